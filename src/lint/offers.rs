//! Which fixes are offered: none that takes away what somebody wrote down for later, and none that could not work.

use super::innermost;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{Source, Span};
use crate::syntax::{Comment, Document, Kind, Style, comments};

/// Takes back fixes that take a comment on what is to come with them, and doubts those that take any other. Few findings
/// take something out, and looking for comments takes a walk over the whole document.
pub(super) fn spare_comments(document: &Document, source: &Source, diagnostics: &mut [Diagnostic]) {
    let removes = |finding: &&mut Diagnostic| removed(finding).next().is_some();
    let mut removing = diagnostics.iter_mut().filter(removes).peekable();
    if removing.peek().is_none() {
        return;
    }
    let comments = comments(document, source.text());
    for finding in removing {
        let says_nothing = document.find(&finding.pointer).is_some_and(|node| is_empty(document.kind(node)));
        let below = |span: Span| says_nothing && begins_with_deeper_comment(source.text(), span);
        let holds = |span: Span| comments.iter().any(|comment| lies_in(comment, span));
        if !removed(finding).any(|span| holds(span) || below(span)) {
            continue;
        }
        match &mut finding.fix {
            Some(fix) if !says_nothing => fix.safe = false,
            fix => *fix = None,
        }
    }
}

/// Takes back fixes of values that are texts of several lines: their line breaks are part of them.
pub(super) fn pass_over_blocks(document: &Document, diagnostics: &mut [Diagnostic]) {
    let in_block =
        |edit: &Edit| matches!(document.style(innermost(document, edit.place)), Style::Literal | Style::Folded);
    for finding in diagnostics {
        finding.fix = finding.fix.take().filter(|fix| !fix.edits.iter().any(in_block));
    }
}

/// What the fix of a finding takes out.
fn removed(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    edits.filter(|edit| edit.replacement.is_empty()).map(|edit| edit.place.span)
}

fn lies_in(comment: &Comment, span: Span) -> bool {
    span.start <= comment.span.start && comment.span.start < span.end
}

fn is_empty(kind: &Kind) -> bool {
    match kind {
        Kind::Null => true,
        Kind::List(items) => items.is_empty(),
        Kind::Mapping(entries) => entries.is_empty(),
        Kind::Scalar(_) => false,
    }
}

/// Whether the next that is written below some lines is a comment that is indented more than they are.
fn begins_with_deeper_comment(text: &str, lines: Span) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = text.get(lines.start..).map_or(0, indent);
    let below = text.get(lines.end..).unwrap_or_default();
    let next = below.lines().find(|line| !line.trim().is_empty());
    next.is_some_and(|line| line.trim_start().starts_with('#') && indent(line) > own)
}
