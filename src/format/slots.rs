//! Where entries and items begin, and which of them a comment stands at.
//!
//! Indents say what a comment is in, as they say it of a key: it is in the innermost entry that begins further left. In
//! brackets, where indents say nothing, it is in the innermost pair around it.

use std::collections::BTreeSet;

use super::comments::{Begun, Owner, characters_before};
use super::{children, column, in_brackets, is_block_text};
use crate::source::Span;
use crate::syntax::{Comment, Document, Kind, NodeId};

/// An entry that has a line of its own: a key with its value, or an item.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) node: NodeId,
    pub(super) start: usize,
    column: usize,
}

/// Entries in the order of the text; of those that begin at one place, the outermost first.
pub(super) struct Slots<'d> {
    document: &'d Document,
    text: &'d str,
    slots: Vec<Slot>,
}

impl<'d> Slots<'d> {
    /// All but those in brackets that stand on one line.
    pub(super) fn of(document: &'d Document, text: &'d str, broken: &BTreeSet<NodeId>) -> Self {
        let mut slots = Vec::new();
        let mut open = vec![document.root()];
        while let Some(node) = open.pop() {
            if in_brackets(document, text, node) && !broken.contains(&node) && node != document.root() {
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
        Self { document, text, slots }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter()
    }

    pub(super) fn first(&self) -> Option<&Slot> {
        self.slots.first()
    }

    /// What a comment stands at. `begun` is the comment before it, if that stands behind an entry.
    pub(super) fn owner(&self, comment: Comment, begun: Option<Begun>) -> Owner {
        let start = comment.span.start;
        let at = self.slots.partition_point(|slot| slot.start < start);
        let next = self.slots.get(at);
        let Some(last) = at.checked_sub(1).and_then(|at| self.slots.get(at)) else { return Owner::Head };
        let complete = self.complete(last.node, start);
        if !comment.alone {
            return complete.map_or(Owner::Behind(last.node), Owner::Foot);
        }
        if let Some(begun) = begun.filter(|begun| self.goes_on(*begun, start, next)) {
            return Owner::Behind(begun.node);
        }
        // Between a key and its value.
        let value = self.document.span(last.node).start;
        if value > start && next.is_none_or(|next| next.start > value) {
            return Owner::Before(last.node);
        }
        if let Some(brackets) = self.brackets_around(last.node, start) {
            let end = self.document.span(brackets).end;
            return next.filter(|next| next.start < end).map_or(Owner::Foot(brackets), |next| Owner::Before(next.node));
        }
        let inside = self.inside(complete.unwrap_or(last.node), column(self.text, start), next);
        match (inside, next) {
            (Some(node), _) => Owner::Foot(node),
            (None, Some(next)) => Owner::Before(next.node),
            (None, None) => Owner::Foot(self.document.root()),
        }
    }

    /// Whether a comment on the next line stands in the column of one behind an entry, so that the two are one.
    fn goes_on(&self, begun: Begun, start: usize, next: Option<&Slot>) -> bool {
        let between = self.text.get(begun.end..start).unwrap_or_default();
        between.matches('\n').count() == 1
            && characters_before(self.text, start) == begun.column
            && next.is_none_or(|next| next.column != column(self.text, start))
    }

    /// The outermost brackets around a node that are closed before a place.
    fn complete(&self, node: NodeId, place: usize) -> Option<NodeId> {
        let closed = |node: &NodeId| self.is_in_brackets(*node) && self.document.span(*node).end <= place;
        self.around(node).filter(closed).last()
    }

    /// The innermost brackets around a place; `node` is the last that begins before it.
    fn brackets_around(&self, node: NodeId, place: usize) -> Option<NodeId> {
        let holds = |span: Span| span.start < place && place < span.end;
        let mut nodes = std::iter::once(node).chain(self.around(node));
        nodes.find(|node| self.is_in_brackets(*node) && holds(self.document.span(*node)))
    }

    /// The innermost entry around a place in a column: `node` or what is around it, but not around what is next.
    fn inside(&self, node: NodeId, column: usize, next: Option<&Slot>) -> Option<NodeId> {
        let open: Vec<NodeId> = next.map(|next| self.around(next.node).collect()).unwrap_or_default();
        let ended = std::iter::once(node).chain(self.around(node)).take_while(|node| !open.contains(node));
        // The items of a list may stand in the column of its key: at the end of all that does, it is one of them.
        let is_last = column > 0 && next.is_none_or(|next| next.column != column);
        let mut holds = ended.filter(|node| {
            let left = self.column_of(*node);
            left.is_some_and(|left| left < column || is_last && left == column && self.items_at(*node, column))
        });
        // What is indented below a text of several lines would be part of it.
        holds.find(|node| !is_block_text(self.document, *node))
    }

    /// Whether a node is a list whose items stand in a column.
    fn items_at(&self, node: NodeId, column: usize) -> bool {
        let Kind::List(items) = self.document.kind(node) else { return false };
        !self.is_in_brackets(node) && items.first().and_then(|item| self.column_of(*item)) == Some(column)
    }

    fn column_of(&self, node: NodeId) -> Option<usize> {
        let is_list = |parent| matches!(self.document.kind(parent), Kind::List(_));
        let start = match self.document.parent(node)? {
            parent if is_list(parent) => beginning(self.document, self.text, node),
            _ => self.document.key_place(node).span.start,
        };
        Some(column(self.text, start))
    }

    fn is_in_brackets(&self, node: NodeId) -> bool {
        in_brackets(self.document, self.text, node)
    }

    /// What is around a node, from the inside out.
    fn around(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.document.parent(node), |node| self.document.parent(*node))
    }
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
