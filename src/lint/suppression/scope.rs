//! What a comment covers.

use super::directive::Directive;
use crate::source::Span;
use crate::syntax::{Document, Kind, NodeId};

/// The bytes in which a finding has to begin to be allowed.
pub(super) fn of(directive: &Directive<'_>, document: &Document, text: &str) -> Span {
    if directive.file {
        return Span::new(0, text.len());
    }
    if !directive.comment.alone {
        return line_of(directive.comment.span.start, text);
    }
    match next_line(directive.comment.span.end, text) {
        Some(line) => Span::new(line.start, end_of_what_begins(line, document).max(line.end)),
        None => Span::at(text.len()),
    }
}

fn line_of(offset: usize, text: &str) -> Span {
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(offset..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| offset + at);
    Span::new(start, end)
}

/// The next line that says something.
fn next_line(offset: usize, text: &str) -> Option<Span> {
    let mut line = line_of(offset, text);
    while line.end < text.len() {
        line = line_of(line.end + 1, text);
        let words = text.get(line.start..line.end).unwrap_or_default().trim();
        if !words.is_empty() && !words.starts_with('#') {
            return Some(line);
        }
    }
    None
}

/// Where the last of the entries and items ends that begin on a line.
fn end_of_what_begins(line: Span, document: &Document) -> usize {
    let begins = |span: Span| line.start <= span.start && span.start <= line.end;
    let mut nodes: Vec<NodeId> = vec![document.root()];
    let mut end = 0;
    while let Some(node) = nodes.pop() {
        match document.kind(node) {
            Kind::Mapping(entries) => {
                for entry in entries {
                    nodes.push(entry.value);
                    if begins(entry.key_span) {
                        end = end.max(entry.key_span.end).max(document.span(entry.value).end);
                    }
                }
            }
            Kind::List(items) => {
                nodes.extend(items);
                let begun = items.iter().map(|item| document.span(*item)).filter(|span| begins(*span));
                end = begun.map(|span| span.end).fold(end, usize::max);
            }
            Kind::Null | Kind::Scalar(_) => {}
        }
    }
    end
}
