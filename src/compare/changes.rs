//! What the newer of two versions changes, statement by statement.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::facts::{Extent, Fact, facts};
use crate::negotiate::Side;
use crate::reading::Speech;
use crate::syntax::NodeId;

/// What was done to a statement or an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

/// Where something is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// The name of the file as given.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What was done.
    pub kind: Kind,
    /// The path by name: `offers.kraft-box.price`, or `offers.kraft-box` of an entry as a whole.
    pub path: String,
    /// What the entry is called.
    pub of: String,
    /// What the statement is called; empty where it is the entry as a whole.
    pub label: String,
    /// What was said.
    pub old: Option<String>,
    /// What is said now.
    pub new: Option<String>,
    /// Where it was said.
    pub old_place: Option<Spot>,
    /// Where it is said now.
    pub new_place: Option<Spot>,
}

/// What two versions differ in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The changes, in the order of the new version; what is gone stands where it stood.
    pub changes: Vec<Change>,
}

impl Diff {
    /// Whether both mean the same.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Compares two versions by what they mean.
pub fn diff(old: &Side<'_>, new: &Side<'_>, speech: &Speech) -> Diff {
    let pairs = Pairs::of(old, new, speech);
    Diff { changes: pairs.changes(old, new) }
}

/// The facts of both versions, side by side.
pub(super) struct Pairs {
    old: BTreeMap<String, Fact>,
    new: BTreeMap<String, Fact>,
    /// The paths of all facts in the order in which they are told.
    order: Vec<String>,
    /// The paths of entries that only one of the versions has.
    lone: BTreeSet<String>,
}

impl Pairs {
    pub(super) fn of(old: &Side<'_>, new: &Side<'_>, speech: &Speech) -> Self {
        let (before, after) = (facts(old, speech), facts(new, speech));
        let order = order(&before, &after);
        let lone = lone_entries(&before, &after);
        let by_path = |facts: Vec<Fact>| facts.into_iter().map(|fact| (fact.path.clone(), fact)).collect();
        Self { old: by_path(before), new: by_path(after), order, lone }
    }

    /// What differs, an old fact, a new one or both.
    pub(super) fn differing(&self) -> impl Iterator<Item = (Option<&Fact>, Option<&Fact>)> {
        let pairs = self.order.iter().map(|path| (self.old.get(path), self.new.get(path)));
        pairs.filter(|(old, new)| match (old, new) {
            (Some(old), Some(new)) => old.meaning != new.meaning,
            _ => true,
        })
    }

    /// Whether a fact belongs to an entry that the other version does not have.
    pub(super) fn is_of_lone_entry(&self, fact: &Fact) -> bool {
        self.lone.contains(&fact.entry)
    }

    fn changes(&self, old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
        let mut told = BTreeSet::new();
        let mut changes = Vec::new();
        for (before, after) in self.differing() {
            let Some(fact) = after.or(before) else { continue };
            if self.is_of_lone_entry(fact) {
                if told.insert(fact.entry.clone()) {
                    changes.push(self.entry_change(fact, after.is_some(), if after.is_some() { new } else { old }));
                }
                continue;
            }
            changes.push(Change {
                kind: match (before, after) {
                    (None, _) => Kind::Added,
                    (_, None) => Kind::Removed,
                    _ => Kind::Changed,
                },
                path: fact.path.clone(),
                of: fact.of.clone(),
                label: fact.label.clone(),
                old: before.map(|fact| fact.words.clone()),
                new: after.map(|fact| fact.words.clone()),
                old_place: before.map(|fact| spot(old, fact.node)),
                new_place: after.map(|fact| spot(new, fact.node)),
            });
        }
        changes
    }

    /// A whole entry that is new or gone, with everything that it says.
    fn entry_change(&self, fact: &Fact, is_new: bool, side: &Side<'_>) -> Change {
        let facts = if is_new { &self.new } else { &self.old };
        let of_entry = self.order.iter().filter_map(|path| facts.get(path)).filter(|other| other.entry == fact.entry);
        let said = of_entry.filter(|part| !matches!(part.extent, Extent::Entry(_)) && !part.path.ends_with(".name"));
        let said = said.map(|part| {
            if part.label.is_empty() { part.words.clone() } else { format!("{}: {}", part.label, part.words) }
        });
        let said = said.collect::<Vec<_>>().join("; ");
        let place = Some(spot(side, fact.node));
        let (old, new) = if is_new { (None, Some(said)) } else { (Some(said), None) };
        let (old_place, new_place) = if is_new { (None, place) } else { (place, None) };
        let kind = if is_new { Kind::Added } else { Kind::Removed };
        Change {
            kind,
            path: fact.entry.clone(),
            of: fact.of.clone(),
            label: String::new(),
            old,
            new,
            old_place,
            new_place,
        }
    }
}

/// All paths in the order of the new version; what is gone stands behind what stood before it.
fn order(before: &[Fact], after: &[Fact]) -> Vec<String> {
    let kept: BTreeSet<&str> = after.iter().map(|fact| fact.path.as_str()).collect();
    let mut gone: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut behind = "";
    for fact in before {
        if kept.contains(fact.path.as_str()) {
            behind = &fact.path;
        } else {
            gone.entry(behind).or_default().push(&fact.path);
        }
    }
    let at_first = gone.get("").into_iter().flatten().copied();
    let rest = after.iter().flat_map(|fact| {
        let behind = gone.get(fact.path.as_str()).into_iter().flatten().copied();
        std::iter::once(fact.path.as_str()).chain(behind)
    });
    at_first.chain(rest).map(str::to_owned).collect()
}

/// The entries that come or go as a whole; the parts that are always there are none of them.
fn lone_entries(before: &[Fact], after: &[Fact]) -> BTreeSet<String> {
    let entries = |facts: &[Fact]| facts.iter().map(|fact| fact.entry.clone()).collect::<BTreeSet<_>>();
    let lone = entries(before).symmetric_difference(&entries(after)).cloned().collect::<BTreeSet<_>>();
    lone.into_iter().filter(|entry| !["coop", "agreement", ""].contains(&entry.as_str())).collect()
}

/// Where a node is written.
pub(super) fn spot(side: &Side<'_>, node: NodeId) -> Spot {
    let at = side.source.line_column(side.document.span(node).start);
    Spot { file: side.source.name().to_owned(), line: at.line, column: at.column }
}
