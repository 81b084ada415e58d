//! The comments of a document, for those who ask: the parser passes them over.

use super::document::Document;
use crate::source::Span;

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From its `#` to the end of its line.
    pub span: Span,
    /// Whether nothing else stands on its line.
    pub alone: bool,
}

impl Comment {
    /// What it says, without signs and the space around.
    pub fn words(self, text: &str) -> &str {
        text.get(self.span.start..self.span.end).unwrap_or_default().trim_start_matches('#').trim()
    }
}

/// The comments of the text that a document was read from, in order.
pub fn comments(document: &Document, text: &str) -> Vec<Comment> {
    let mut found: Vec<Comment> = Vec::new();
    for (at, _) in text.match_indices('#') {
        let before = text.get(..at).unwrap_or_default();
        let may_begin = before.is_empty() || before.ends_with([' ', '\t', '\n']);
        let behind_another = found.last().is_some_and(|last| at < last.span.end);
        if !may_begin || behind_another || document.is_written_at(at) {
            continue;
        }
        let behind = text.get(at..).unwrap_or_default();
        let line = behind.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        // Only what stands on the same line counts, which the space before it may not leave.
        let lead = before.trim_end_matches(|c: char| c != '\n' && c.is_whitespace());
        let alone = lead.is_empty() || lead.ends_with('\n');
        found.push(Comment { span: Span::new(at, at + line.len()), alone });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources};

    fn words(text: &str) -> Vec<(String, bool)> {
        let source = Source::new("x", text);
        let document = crate::syntax::parse(Sources::new().add(source.clone()), &source).document.unwrap();
        comments(&document, text).into_iter().map(|found| (found.words(text).to_owned(), found.alone)).collect()
    }

    #[test]
    fn comments_are_told_from_texts_that_hold_their_sign() {
        let text = "# first\na: b#c # behind\n'#d': \"e # f\"  # g # h\nlist: [x, # in\n  y]\n## last";
        let found = words(text);
        let found: Vec<(&str, bool)> = found.iter().map(|(words, alone)| (words.as_str(), *alone)).collect();
        assert_eq!(found, [("first", true), ("behind", false), ("g # h", false), ("in", false), ("last", true)]);
    }

    #[test]
    fn a_block_of_text_holds_no_comments_and_ends_before_the_next() {
        assert_eq!(words("a: |\n  one\n  # two\n\n# after\nb: c\n"), [("after".to_owned(), true)]);
        assert_eq!(words("a: >-\n  one # two\nb: c # d\r\n"), [("d".to_owned(), false)]);
        assert_eq!(words("a: one\n  two # three\nb: ''\n"), [("three".to_owned(), false)]);
    }
}
