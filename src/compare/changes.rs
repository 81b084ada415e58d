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
}

impl Pairs {
    pub(super) fn of(old: &Side<'_>, new: &Side<'_>, speech: &Speech) -> Self {
        let (before, after) = (facts(old, speech), facts(new, speech));
        let mut order: Vec<String> = after.iter().map(|fact| fact.path.clone()).collect();
        let mut last = 0;
        // What is gone is told behind what stood before it.
        for fact in &before {
            match order.iter().position(|path| *path == fact.path) {
                Some(at) => last = at + 1,
                None => {
                    order.insert(last.min(order.len()), fact.path.clone());
                    last += 1;
                }
            }
        }
        let by_path = |facts: Vec<Fact>| facts.into_iter().map(|fact| (fact.path.clone(), fact)).collect();
        Self { old: by_path(before), new: by_path(after), order }
    }

    /// What differs, an old fact, a new one or both.
    pub(super) fn differing(&self) -> impl Iterator<Item = (Option<&Fact>, Option<&Fact>)> {
        let pairs = self.order.iter().map(|path| (self.old.get(path), self.new.get(path)));
        pairs.filter(|(old, new)| match (old, new) {
            (Some(old), Some(new)) => old.meaning != new.meaning,
            _ => true,
        })
    }

    /// The entries that only one of the versions has.
    fn lone_entries(&self) -> BTreeSet<&str> {
        let entries = |facts: &'_ BTreeMap<String, Fact>| -> BTreeSet<String> {
            facts.values().map(|fact| fact.entry.clone()).collect()
        };
        let (old, new) = (entries(&self.old), entries(&self.new));
        let lone: BTreeSet<String> = old.symmetric_difference(&new).cloned().collect();
        // The parts that are always there are no entries that come and go.
        let always = ["coop", "agreement", "manifest"];
        let all = self.old.values().chain(self.new.values()).map(|fact| fact.entry.as_str());
        all.filter(|entry| lone.contains(*entry) && !always.contains(entry)).collect()
    }

    /// Whether a fact belongs to an entry that the other version does not have.
    pub(super) fn is_of_lone_entry(&self, fact: &Fact) -> bool {
        self.lone_entries().contains(fact.entry.as_str())
    }

    fn changes(&self, old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
        let lone = self.lone_entries();
        let mut told = BTreeSet::new();
        let mut changes = Vec::new();
        for (before, after) in self.differing() {
            let Some(fact) = after.or(before) else { continue };
            if lone.contains(fact.entry.as_str()) {
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

/// Where a node is written.
pub(super) fn spot(side: &Side<'_>, node: NodeId) -> Spot {
    let at = side.source.line_column(side.document.span(node).start);
    Spot { file: side.source.name().to_owned(), line: at.line, column: at.column }
}
