//! What each comment stands at, so that it goes where that goes; and where the writer left a line empty.

use std::collections::{BTreeMap, BTreeSet};

use super::slots::Slots;
use super::{children, column, in_brackets, is_block_text};
use crate::source::Span;
use crate::syntax::{self, Comment, Document, NodeId};

/// A comment on a line of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    /// Whether an empty line stands before it.
    pub(super) apart: bool,
}

/// The comments of a document, by what they stand at.
#[derive(Debug, Default)]
pub(super) struct Comments<'t> {
    /// At the top, before all keys.
    pub(super) head: Vec<Line<'t>>,
    /// Whether an empty line stands behind those at the top.
    pub(super) head_apart: bool,
    /// Before an entry.
    before: BTreeMap<NodeId, Vec<Line<'t>>>,
    /// On the line of an entry, behind it, and those right below that go on with it.
    behind: BTreeMap<NodeId, Vec<&'t str>>,
    /// At the end of what an entry holds, or of the whole.
    foot: BTreeMap<NodeId, Vec<Line<'t>>>,
    /// Entries before which a line is empty.
    apart: BTreeSet<NodeId>,
    /// Lists and mappings in brackets that hold comments or texts of several lines, and so cannot stand on one.
    broken: BTreeSet<NodeId>,
}

/// What a comment stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// The whole, at its top.
    Head,
    /// An entry below it.
    Before(NodeId),
    /// An entry on the same line.
    Behind(NodeId),
    /// What is around it, at the end.
    Foot(NodeId),
}

/// The comment behind an entry with which one below it may go on.
#[derive(Clone, Copy)]
pub(super) struct Begun {
    pub(super) node: NodeId,
    /// In characters.
    pub(super) column: usize,
    pub(super) end: usize,
}

impl<'t> Comments<'t> {
    pub(super) fn of(document: &Document, text: &'t str) -> Self {
        let found = syntax::comments(document, text);
        let mut comments = Self { broken: broken(document, text, &found), ..Self::default() };
        let slots = Slots::of(document, text, &comments.broken);
        comments.apart = slots.iter().filter(|slot| is_apart(text, slot.start)).map(|slot| slot.node).collect();
        let mut begun = None;
        for comment in found {
            let owner = slots.owner(comment, begun);
            comments.place(owner, comment, text, document);
            begun = match owner {
                Owner::Behind(node) => {
                    Some(Begun { node, column: characters_before(text, comment.span.start), end: comment.span.end })
                }
                _ => None,
            };
        }
        if let Some(first) = slots.first() {
            comments.part_head(first.node);
        }
        comments
    }

    fn place(&mut self, owner: Owner, comment: Comment, text: &'t str, document: &Document) {
        let Span { start, end } = comment.span;
        let words = text.get(start..end).unwrap_or_default().trim_end();
        let line = Line { text: words, apart: comment.alone && is_apart(text, start) };
        match owner {
            Owner::Head => self.head.push(line),
            Owner::Before(node) => self.before.entry(node).or_default().push(line),
            Owner::Foot(node) => self.foot.entry(node).or_default().push(line),
            // A second one on another line of the same entry: there is one end of its line.
            Owner::Behind(node) if !comment.alone && self.behind.contains_key(&node) => {
                let owner = if is_block_text(document, node) { Owner::Before(node) } else { Owner::Foot(node) };
                self.place(owner, comment, text, document);
            }
            Owner::Behind(node) => self.behind.entry(node).or_default().push(words),
        }
    }

    /// Gives the first entry the comments that are about it: those right above it with an empty line before them, or
    /// from one on that allows something in it. All others at the top are about the whole.
    fn part_head(&mut self, first: NodeId) {
        self.head_apart = self.apart.contains(&first);
        if self.head_apart {
            return;
        }
        let parted = self.head.iter().rposition(|line| line.apart).filter(|at| *at > 0);
        self.head_apart = parted.is_some();
        if let Some(at) = parted.or_else(|| self.head.iter().position(|line| is_allowance(line.text))) {
            self.before.insert(first, self.head.split_off(at));
        }
    }

    pub(super) fn before(&self, node: NodeId) -> &[Line<'t>] {
        self.before.get(&node).map_or(&[], Vec::as_slice)
    }

    pub(super) fn behind(&self, node: NodeId) -> &[&'t str] {
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

    /// Whether something behind an entry holds for what stands on its line.
    pub(super) fn binds_line(&self, node: NodeId) -> bool {
        self.behind(node).iter().any(|comment| is_allowance(comment))
    }
}

/// Whether a comment allows what stands below it or on its line.
fn is_allowance(comment: &str) -> bool {
    let said = comment.trim_start_matches('#').trim_start().strip_prefix("clm:");
    said.is_some_and(|said| said.trim_start().starts_with("allow("))
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
    if several && in_brackets(document, text, node) && !children(document, node).is_empty() {
        broken.insert(node);
    }
    several
}

/// Whether the line before that of a place is empty.
fn is_apart(text: &str, at: usize) -> bool {
    let before = text.get(..at - column(text, at)).unwrap_or_default();
    let mut lines = before.split_inclusive('\n').rev();
    lines.next().is_some_and(|line| line.trim().is_empty())
}

/// How many characters stand before a place on its line.
pub(super) fn characters_before(text: &str, at: usize) -> usize {
    text.get(at - column(text, at)..at).map_or(0, |before| before.chars().count())
}
