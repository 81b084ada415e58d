//! Documents laid out anew: one order of keys, one way of spacing, and the writer's words, comments and choice between
//! lines and brackets kept.
//!
//! [`format()`] takes what has been read and gives a text that says the same. That it does is looked at before the text is
//! given out. What a key or a value means is not known here, only in which order the schema lists the keys.

mod comments;
mod json;
mod layout;
mod order;
mod scalars;
mod slots;
#[cfg(test)]
mod tests;

use crate::source::{Source, Sources};
use crate::syntax::{self, Document, Kind, NodeId, Style};

use comments::Comments;
use layout::Layout;

/// Longest line that brackets may make, in characters.
const WIDTH: usize = 120;
/// Spaces of one level.
const STEP: usize = 2;

/// The text of a document without mistakes, laid out as all are; `None` where that would change what it says, so that it
/// is better left as it is.
pub fn format(document: &Document, source: &Source) -> Option<String> {
    let text = source.text();
    let json = source.name().ends_with(".json");
    let laid_out = if json { json::write(document, text) } else { yaml(document, text) };
    let laid_out = if text.contains("\r\n") { laid_out.replace('\n', "\r\n") } else { laid_out };
    says_the_same(document, source, &laid_out).then_some(laid_out)
}

fn yaml(document: &Document, text: &str) -> String {
    let comments = Comments::of(document, text);
    Layout::new(document, text, &comments).write()
}

/// Whether a text is read as the same document, with the same comments.
fn says_the_same(document: &Document, source: &Source, text: &str) -> bool {
    let again = Source::new(source.name(), text);
    let Some(other) = syntax::parse(Sources::new().add(again), &Source::new(source.name(), text)).document else {
        return false;
    };
    is_same((document, document.root()), (&other, other.root()))
        && words(document, source.text()) == words(&other, text)
}

/// Whether two nodes say the same, whatever the order of their keys.
fn is_same((one, a): (&Document, NodeId), (other, b): (&Document, NodeId)) -> bool {
    match (one.kind(a), other.kind(b)) {
        (Kind::Mapping(left), Kind::Mapping(right)) => {
            left.len() == right.len()
                && left.iter().all(|entry| {
                    other.get(b, &entry.key).is_some_and(|value| is_same((one, entry.value), (other, value)))
                })
        }
        (Kind::List(left), Kind::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(x, y)| is_same((one, *x), (other, *y)))
        }
        (left, right) => left == right,
    }
}

/// The comments of a text, sorted.
fn words<'t>(document: &Document, text: &'t str) -> Vec<&'t str> {
    let mut words: Vec<&str> =
        syntax::comments(document, text).into_iter().map(|comment| comment.words(text)).collect();
    words.sort_unstable();
    words
}

/// Whether a list or mapping stands in brackets.
fn in_brackets(document: &Document, text: &str, node: NodeId) -> bool {
    let start = document.span(node).start;
    let opens = |bracket: char| text.get(start..).is_some_and(|rest| rest.starts_with(bracket));
    match document.kind(node) {
        // A list in lines begins where its first item does, which may be in brackets.
        Kind::List(items) => items.first().is_none_or(|first| document.span(*first).start != start) && opens('['),
        Kind::Mapping(_) => opens('{'),
        Kind::Null | Kind::Scalar(_) => false,
    }
}

/// The nodes right below a node.
fn children(document: &Document, node: NodeId) -> Vec<NodeId> {
    match document.kind(node) {
        Kind::List(items) => items.clone(),
        Kind::Mapping(entries) => entries.iter().map(|entry| entry.value).collect(),
        Kind::Null | Kind::Scalar(_) => Vec::new(),
    }
}

/// Whether a node is a text behind `|` or `>`.
fn is_block_text(document: &Document, node: NodeId) -> bool {
    matches!(document.style(node), Style::Literal | Style::Folded)
}

/// How many bytes stand before a place on its line.
fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.len() - before.rfind('\n').map_or(0, |end| end + 1)
}
