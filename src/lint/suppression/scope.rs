//! What a comment covers.

use super::directive::Directive;
use crate::source::Span;
use crate::syntax::{Document, Kind, NodeId};

/// The lines of a text that say something, each with the end of what begins on it, so that what a comment covers is looked up
/// however many comments there are.
pub(super) struct Scopes<'t> {
    text: &'t str,
    lines: Vec<(Span, usize)>,
}

impl<'t> Scopes<'t> {
    pub(super) fn of(document: &Document, text: &'t str) -> Self {
        let mut begun = begun(document).into_iter().peekable();
        let lines = saying(text).map(|line| {
            let mut end = line.end;
            while let Some((_, other)) = begun.next_if(|(start, _)| *start <= line.end) {
                end = end.max(other);
            }
            (line, end)
        });
        Self { text, lines: lines.collect() }
    }

    /// The bytes in which a finding has to begin to be allowed.
    pub(super) fn covered(&self, directive: &Directive<'_>) -> Span {
        if directive.file {
            return Span::new(0, self.text.len());
        }
        if !directive.comment.alone {
            return line_of(directive.comment.span.start, self.text);
        }
        let next = self.lines.partition_point(|(line, _)| line.start <= directive.comment.span.end);
        self.lines.get(next).map_or(Span::at(self.text.len()), |(line, end)| Span::new(line.start, *end))
    }
}

fn line_of(offset: usize, text: &str) -> Span {
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(offset..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| offset + at);
    Span::new(start, end)
}

/// The lines that hold more than a comment, without their ends.
fn saying(text: &str) -> impl Iterator<Item = Span> + '_ {
    let lines = text.split('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len() + 1;
        Some((start, line))
    });
    let says = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    lines.filter(move |(_, line)| says(line)).map(|(start, line)| Span::new(start, start + line.len()))
}

/// Where each entry and item begins and ends, in order.
fn begun(document: &Document) -> Vec<(usize, usize)> {
    let mut nodes: Vec<NodeId> = vec![document.root()];
    let mut found = Vec::new();
    while let Some(node) = nodes.pop() {
        match document.kind(node) {
            Kind::Mapping(entries) => {
                for entry in entries {
                    nodes.push(entry.value);
                    found.push((entry.key_span.start, entry.key_span.end.max(document.span(entry.value).end)));
                }
            }
            Kind::List(items) => {
                nodes.extend(items);
                found.extend(items.iter().map(|item| document.span(*item)).map(|span| (span.start, span.end)));
            }
            Kind::Null | Kind::Scalar(_) => {}
        }
    }
    found.sort_unstable();
    found
}
