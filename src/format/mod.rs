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

use serde::de::IgnoredAny;

use crate::diagnostic::Place;
use crate::source::{Source, Sources, Span};
use crate::syntax::{self, Document, Kind, NodeId, Style};

use comments::Comments;
use layout::Layout;

/// Longest line that brackets may make, in characters.
const WIDTH: usize = 120;
/// Spaces before a comment behind something. Where the writer moved it says nothing, and a column that several share would
/// change on lines of which nothing else does.
const GAP: usize = 2;
/// Spaces of one level.
const STEP: usize = 2;

/// The text of a document without mistakes, laid out as all are.
///
/// # Errors
/// What would come to say something else, so that the text is better left as it is.
pub fn format(document: &Document, source: &Source) -> Result<String, Place> {
    let text = source.text();
    let laid_out = if is_json(source) { json::write(document, text) } else { yaml(document, text) };
    let laid_out = if text.contains("\r\n") { laid_out.replace('\n', "\r\n") } else { laid_out };
    match changed(document, source, &laid_out) {
        None => Ok(laid_out),
        Some(node) if node == document.root() => Err(Place::new(document.source(), Span::at(0))),
        Some(node) => Err(document.key_place(node)),
    }
}

/// Whether a text is JSON: by its name, else by what it is.
fn is_json(source: &Source) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| source.name().ends_with(ending));
    let is_object = |text: &str| text.trim_start().starts_with('{') && serde_json::from_str::<IgnoredAny>(text).is_ok();
    ends(&[".json"]) || !ends(&[".yaml", ".yml"]) && is_object(source.text())
}

fn yaml(document: &Document, text: &str) -> String {
    let comments = Comments::of(document, text);
    Layout::new(document, text, &comments).write()
}

/// What a text that is laid out would say otherwise; the root where that is the comments, or it cannot be read.
fn changed(document: &Document, source: &Source, text: &str) -> Option<NodeId> {
    let again = Source::new(source.name(), text);
    let Some(other) = syntax::parse(Sources::new().add(again.clone()), &again).document else {
        return Some(document.root());
    };
    let lost = || (words(document, source.text()) != words(&other, text)).then(|| document.root());
    differs((document, document.root()), (&other, other.root())).or_else(lost)
}

/// The first node below one that is not the same in another document, whatever the order of keys.
fn differs((one, a): (&Document, NodeId), (other, b): (&Document, NodeId)) -> Option<NodeId> {
    let same = match (one.kind(a), other.kind(b)) {
        (Kind::Mapping(left), Kind::Mapping(right)) if left.len() == right.len() => {
            return left.iter().find_map(|entry| match other.get(b, &entry.key) {
                Some(value) => differs((one, entry.value), (other, value)),
                None => Some(entry.value),
            });
        }
        (Kind::List(left), Kind::List(right)) if left.len() == right.len() => {
            return left.iter().zip(right).find_map(|(x, y)| differs((one, *x), (other, *y)));
        }
        (left, right) => left == right,
    };
    (!same).then_some(a)
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
