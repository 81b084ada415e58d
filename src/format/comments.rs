//! What each comment stands at, so that it goes where that goes; and where the writer left a line empty.

use std::collections::{BTreeMap, BTreeSet};

use super::{children, in_brackets};
use crate::source::Span;
use crate::syntax::{self, Comment, Document, Kind, NodeId};

/// A comment on a line of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    /// Whether an empty line stands before it.
    pub(super) apart: bool,
}

/// A comment behind something on its line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Behind<'t> {
    pub(super) text: &'t str,
    /// The column in which it stands, in characters, if the writer moved it there: several below each other.
    pub(super) column: Option<usize>,
}

/// The comments of a document, by what they stand at.
#[derive(Debug, Default)]
pub(super) struct Comments<'t> {
    /// At the top, before all keys.
    pub(super) head: Vec<Line<'t>>,
    /// At the end, behind all.
    pub(super) tail: Vec<Line<'t>>,
    /// Before an entry.
    before: BTreeMap<NodeId, Vec<Line<'t>>>,
    /// On the line of an entry, behind it.
    behind: BTreeMap<NodeId, Vec<Behind<'t>>>,
    /// Behind the last of what an entry holds.
    foot: BTreeMap<NodeId, Vec<Line<'t>>>,
    /// Entries before which a line is empty.
    apart: BTreeSet<NodeId>,
    /// Lists and mappings in brackets that hold comments or texts of several lines, and so cannot stand on one.
    broken: BTreeSet<NodeId>,
}

/// An entry that has a line of its own: a key with its value, or an item.
#[derive(Clone, Copy)]
struct Slot {
    node: NodeId,
    start: usize,
    column: usize,
}

impl<'t> Comments<'t> {
    pub(super) fn of(document: &Document, text: &'t str) -> Self {
        let found = syntax::comments(document, text);
        let mut comments = Self { broken: broken(document, text, &found), ..Self::default() };
        let slots = comments.slots(document, text);
        comments.apart = slots.iter().filter(|slot| is_apart(text, slot.start)).map(|slot| slot.node).collect();
        for comment in found {
            comments.place(document, text, &slots, comment);
        }
        comments
    }

    pub(super) fn before(&self, node: NodeId) -> &[Line<'t>] {
        self.before.get(&node).map_or(&[], Vec::as_slice)
    }

    pub(super) fn behind(&self, node: NodeId) -> &[Behind<'t>] {
        self.behind.get(&node).map_or(&[], Vec::as_slice)
    }

    pub(super) fn foot(&self, node: NodeId) -> &[Line<'t>] {
        self.foot.get(&node).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_apart(&self, node: NodeId) -> bool {
        self.apart.contains(&node)
    }

    pub(super) fn is_broken(&self, node: NodeId) -> bool {
        self.broken.contains(&node)
    }

    /// Entries in the order of the text; of those that begin at one place, the outermost first.
    fn slots(&self, document: &Document, text: &str) -> Vec<Slot> {
        let mut slots = Vec::new();
        let mut open = vec![document.root()];
        while let Some(node) = open.pop() {
            if in_brackets(document, text, node) && !self.is_broken(node) {
                continue;
            }
            let below = children(document, node);
            let is_list = matches!(document.kind(node), Kind::List(_));
            slots.extend(below.iter().map(|child| {
                let key = document.key_place(*child).span.start;
                let start = if is_list { beginning(document, text, *child) } else { key };
                Slot { node: *child, start, column: column(text, start) }
            }));
            open.extend(below.into_iter().rev());
        }
        slots.sort_by_key(|slot| slot.start);
        slots
    }

    fn place(&mut self, document: &Document, text: &'t str, slots: &[Slot], comment: Comment) {
        let Span { start, end } = comment.span;
        let words = text.get(start..end).unwrap_or_default().trim_end();
        let line = Line { text: words, apart: is_apart(text, start) };
        let at = slots.partition_point(|slot| slot.start < start);
        let (before, next) = (slots.get(..at).unwrap_or_default(), slots.get(at));
        let Some(last) = before.last() else { return self.head.push(line) };
        if !comment.alone {
            let said = text.get(start - column(text, start)..start).unwrap_or_default();
            let moved = said.ends_with("  ").then(|| said.chars().count());
            return self.behind.entry(last.node).or_default().push(Behind { text: words, column: moved });
        }
        // Between a key and its value.
        if document.span(last.node).start > start && next.is_none_or(|next| next.start > document.span(last.node).start)
        {
            return self.before.entry(last.node).or_default().push(line);
        }
        let deep = column(text, start);
        match next {
            Some(next) if deep <= next.column => self.before.entry(next.node).or_default().push(line),
            None if deep == 0 => self.tail.push(line),
            _ => {
                let owner = before.iter().rev().find(|slot| slot.column <= deep).unwrap_or(last);
                self.foot.entry(owner.node).or_default().push(line);
            }
        }
    }
}

/// What stands in brackets and cannot stand on one line, with all that is around it.
fn broken(document: &Document, text: &str, comments: &[Comment]) -> BTreeSet<NodeId> {
    let mut broken = BTreeSet::new();
    look(document, text, comments, document.root(), &mut broken);
    broken
}

fn look(document: &Document, text: &str, comments: &[Comment], node: NodeId, broken: &mut BTreeSet<NodeId>) -> bool {
    let Span { start, end } = document.span(node);
    if document.text(node).is_some() {
        return text.get(start..end).is_some_and(|written| written.contains('\n'));
    }
    let first = comments.partition_point(|comment| comment.span.start < start);
    let mut several = comments.get(first).is_some_and(|comment| comment.span.start < end);
    for child in children(document, node) {
        several |= look(document, text, comments, child, broken);
    }
    if several && in_brackets(document, text, node) {
        broken.insert(node);
    }
    several
}

/// Where an item begins: at its hyphen, if it has one.
fn beginning(document: &Document, text: &str, item: NodeId) -> usize {
    let start = match document.kind(item) {
        Kind::List(items) if !in_brackets(document, text, item) => {
            items.first().map_or(0, |first| beginning(document, text, *first))
        }
        _ => document.span(item).start,
    };
    hyphen(text, start).unwrap_or(start)
}

/// The hyphen before a place, with nothing but space, line breaks and comments between.
fn hyphen(text: &str, place: usize) -> Option<usize> {
    let mut end = place;
    loop {
        let start = end - column(text, end);
        let line = text.get(start..end)?;
        let comment = if line.starts_with('#') { Some(0) } else { line.find(" #") };
        let said = line.get(..comment.unwrap_or(line.len()))?.trim_end();
        if said.ends_with('-') {
            return Some(start + said.len() - 1);
        }
        if !said.is_empty() || start == 0 {
            return None;
        }
        end = start - 1;
    }
}

fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.len() - before.rfind('\n').map_or(0, |end| end + 1)
}

/// Whether the line before that of a place is empty.
fn is_apart(text: &str, at: usize) -> bool {
    let before = text.get(..at - column(text, at)).unwrap_or_default();
    let mut lines = before.split_inclusive('\n').rev();
    lines.next().is_some_and(|line| line.trim().is_empty())
}
