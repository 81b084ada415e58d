//! What goes with an entry or an item that is taken out: its comma, its hyphen, its line.

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// Widens the edits that take out a whole entry or item, so that what is left is well written. Rules name nodes and know
/// nothing of commas.
pub fn take_out_whole(diagnostics: &mut [Diagnostic], source: &Source) {
    let fixes = diagnostics.iter_mut().filter_map(|finding| finding.fix.as_mut());
    for edit in fixes.flat_map(|fix| &mut fix.edits) {
        if edit.replacement.is_empty() && !edit.place.span.is_empty() {
            edit.place.span = removal(source.text(), edit.place.span);
        }
    }
}

/// The span that is removed with an entry or item at a span.
pub(super) fn removal(text: &str, span: Span) -> Span {
    let before = text.get(..span.start).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let lead = before.get(start..).unwrap_or_default().trim_start();
    let next = behind.trim_start().chars().next();
    let in_brackets = !(lead.is_empty() || lead.trim_end() == "-") || matches!(next, Some(',' | ']' | '}'));
    if !in_brackets {
        // A line of its own, the comment behind it included.
        let end = behind.find('\n').map_or(text.len(), |at| span.end + at + 1);
        return Span::new(start, end);
    }
    let spaces = behind.len() - behind.trim_start().len();
    if next == Some(',') {
        let rest = behind.get(spaces + 1..).unwrap_or_default();
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        return Span::new(span.start, span.end + spaces + 1 + gap);
    }
    match before.trim_end().strip_suffix(',') {
        Some(kept) => Span::new(kept.len(), span.end),
        None => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str, gone: &str) -> String {
        let start = text.rfind(gone).unwrap();
        let span = removal(text, Span::new(start, start + gone.len()));
        format!("{}{}", &text[..span.start], &text[span.end..])
    }

    #[test]
    fn commas_hyphens_and_lines_go_with_what_they_belong_to() {
        assert_eq!(left("x: [a, b, c]\n", "c"), "x: [a, b]\n");
        assert_eq!(left("x: [a, b, c]\n", "b"), "x: [a, c]\n");
        assert_eq!(left("x: [a, b]\n", "a"), "x: [b]\n");
        assert_eq!(left("x: { a: 1, b: 2 }\n", "b: 2"), "x: { a: 1 }\n");
        assert_eq!(left("x:\n  - a\n  - b # two\ny: 1\n", "b"), "x:\n  - a\ny: 1\n");
        assert_eq!(left("x:\n  a: 1\n  b:\n    c: 2\nd: 3\n", "b:\n    c: 2"), "x:\n  a: 1\nd: 3\n");
        assert_eq!(left("{\n  \"a\": 1,\n  \"b\": 2\n}", "\"b\": 2"), "{\n  \"a\": 1\n}");
    }
}
