//! The comments of a document, for those who ask: the parser passes them over.

use super::document::{Document, Kind};
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
    if !text.contains('#') {
        return Vec::new();
    }
    let scalars = scalars(document);
    let mut taken = scalars.iter().peekable();
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let mut from = 0;
        while let Some(at) = body.get(from..).and_then(|rest| rest.find('#')).map(|at| from + at) {
            let offset = start + at;
            while taken.next_if(|scalar| scalar.end <= offset).is_some() {}
            let in_scalar = taken.peek().is_some_and(|scalar| scalar.start <= offset);
            let before = body.get(..at).unwrap_or_default();
            if !in_scalar && (before.is_empty() || before.ends_with([' ', '\t'])) {
                let span = Span::new(offset, start + body.len());
                found.push(Comment { span, alone: before.trim().is_empty() });
                break;
            }
            from = at + 1;
        }
        start += line.len();
    }
    found
}

/// Where keys and scalars stand, in order.
fn scalars(document: &Document) -> Vec<Span> {
    let mut spans: Vec<Span> = document.scalars().map(|(node, _)| document.span(node)).collect();
    let mut lists = vec![document.root()];
    while let Some(node) = lists.pop() {
        match document.kind(node) {
            Kind::Mapping(entries) => {
                spans.extend(entries.iter().map(|entry| entry.key_span));
                lists.extend(entries.iter().map(|entry| entry.value));
            }
            Kind::List(items) => lists.extend(items),
            Kind::Null | Kind::Scalar(_) => {}
        }
    }
    spans.sort_unstable();
    spans
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
