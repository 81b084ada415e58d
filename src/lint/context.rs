//! What a rule sees: the document, its meaning, and helpers that turn a node into a finding.
//!
//! Rules never compute offsets and never look at text; they name a node. A part that could not be read is *tainted*:
//! rules that complain of something missing leave it alone, since what is missing may be what could not be read.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, Edit, Place, Rule};
use crate::manifest::model::{Audience, Condition, Fact, Line, Manifest, Terms, Window};
use crate::manifest::names;
use crate::schema::shape;
use crate::source::Span;
use crate::syntax::{At, Document, Kind, NodeId};

/// Which of the two kinds of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Offer,
    Need,
}

pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) manifest: &'a Manifest,
    tainted: BTreeSet<NodeId>,
    /// The nodes themselves that could not be read.
    bad: BTreeSet<NodeId>,
    /// The groups of which the units could not be read.
    unitless: BTreeSet<NodeId>,
    /// Keys of which some value could not be read, or which stand where they do not belong.
    unread: BTreeSet<&'a str>,
}

impl<'a> Context<'a> {
    /// `bad` are the nodes that could not be read.
    pub(super) fn new(document: &'a Document, manifest: &'a Manifest, bad: &BTreeSet<NodeId>) -> Self {
        let above = |node: &NodeId| std::iter::successors(Some(*node), |node| document.parent(*node));
        let unread = bad.iter().filter_map(|node| document.key_of(*node)).collect();
        let unitless = super::without_units(document, bad);
        Self { document, manifest, tainted: bad.iter().flat_map(above).collect(), bad: bad.clone(), unitless, unread }
    }

    /// Whether everything in and under a node could be read.
    pub(super) fn is_whole(&self, node: NodeId) -> bool {
        !self.tainted.contains(&node)
    }

    /// Whether a node itself could not be read as a whole.
    pub(super) fn is_bad(&self, node: NodeId) -> bool {
        self.bad.contains(&node)
    }

    /// Whether the units could not be read that a line, or the manifest, declares.
    pub(super) fn lacks_units(&self, group: NodeId) -> bool {
        self.unitless.contains(&group)
    }

    /// The values of a mapping.
    pub(super) fn nodes_in(&self, mapping: NodeId) -> impl Iterator<Item = NodeId> + use<'a> {
        let entries = match self.document.kind(mapping) {
            Kind::Mapping(entries) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(|entry| entry.value)
    }

    /// Whether everything could be read of which a line's terms are made, defaults included.
    pub(super) fn is_whole_line(&self, side: Side, line: &Line) -> bool {
        let kind = match side {
            Side::Offer => "offers",
            Side::Need => "needs",
        };
        let defaults = self.top("defaults").and_then(|node| self.child(node, kind));
        self.is_whole(line.node) && defaults.is_none_or(|node| self.is_whole(node))
    }

    /// The value of a key at the top of the document.
    pub(super) fn top(&self, key: &str) -> Option<NodeId> {
        self.child(self.document.root(), key)
    }

    /// The value of a key of a mapping.
    pub(super) fn child(&self, node: NodeId, key: &str) -> Option<NodeId> {
        let Kind::Mapping(entries) = self.document.kind(node) else {
            return None;
        };
        entries.iter().find(|entry| entry.key == key).map(|entry| entry.value)
    }

    /// The value of a key of a mapping; the node itself where it is none or has no such key.
    pub(super) fn part(&self, node: NodeId, key: &str) -> NodeId {
        self.child(node, key).unwrap_or(node)
    }

    /// The names declared in a mapping at the top, those included whose entry could not be read.
    pub(super) fn declared(&self, path: &[&str]) -> Vec<&'a str> {
        names::declared(self.document, path)
    }

    /// Whether what is declared under a key cannot be told: it is no group of keys, or was written somewhere else.
    pub(super) fn is_unread(&self, key: &str) -> bool {
        self.unread.iter().any(|unread| *unread == key || shape::is_like(unread, key))
    }

    /// The nodes of a list.
    pub(super) fn items(&self, node: NodeId) -> &'a [NodeId] {
        match self.document.kind(node) {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// A scalar as it is written; empty for anything else.
    pub(super) fn written(&self, node: NodeId) -> &'a str {
        self.document.text(node).unwrap_or_default()
    }

    /// Whether a scalar, or an item of a list, reads `text`.
    pub(super) fn reads(&self, node: NodeId, text: &str) -> bool {
        self.written(node) == text || self.items(node).iter().any(|item| self.written(*item) == text)
    }

    /// The place of a node's value.
    pub(super) fn place(&self, node: NodeId) -> Place {
        self.document.place(node)
    }

    /// A finding at a node's value.
    pub(super) fn value(&self, rule: &'static Rule, node: NodeId) -> Diagnostic {
        Diagnostic::new(rule, self.place(node)).node(self.document.address(node))
    }

    /// A finding at the key under which a node stands, where it has one.
    pub(super) fn key(&self, rule: &'static Rule, node: NodeId) -> Diagnostic {
        Diagnostic::new(rule, self.document.key_place(node)).node(self.document.address(node))
    }

    /// The edit that takes out the item of a list that is a node, or a key with the node behind it.
    pub(super) fn without(&self, node: NodeId) -> Edit {
        let value = self.document.span(node);
        let start = self.document.key_span(node).map_or(value.start, |key| key.start);
        let span = Span::new(start, value.end);
        Edit { place: Place::new(self.document.source(), span), replacement: String::new() }
    }

    /// The edits that let two single values change places.
    pub(super) fn swapped(&self, a: NodeId, b: NodeId) -> Vec<Edit> {
        let edit = |at, other| Edit { place: self.place(at), replacement: self.written(other).to_owned() };
        vec![edit(a, b), edit(b, a)]
    }

    /// Whether a single value stands in the same list as another.
    pub(super) fn beside(&self, node: NodeId, other: NodeId) -> bool {
        let parent = self.document.parent(node).filter(|parent| Some(*parent) == self.document.parent(other));
        self.document.text(node).is_some() && parent.is_some_and(|parent| self.items(parent).contains(&node))
    }

    /// A finding about a name that nobody declared, with the nearest one that somebody did; the hole is `name`.
    pub(super) fn unknown(&self, rule: &'static Rule, node: NodeId, name: &str, known: &[&str]) -> Diagnostic {
        let told = names::unknown(self.value(rule, node), name, known);
        let meant = names::list_meant(name, |word| known.contains(&word).then(|| word.to_owned()));
        match meant.filter(|_| told.fix.is_none()) {
            Some(words) => names::as_list(self.document, node, told, &words),
            None => told,
        }
    }

    /// The scalar under `node` that reads `text`; `node` itself where there is none.
    pub(super) fn scalar(&self, node: NodeId, text: &str) -> NodeId {
        self.items(node).iter().copied().find(|item| self.written(*item) == text).unwrap_or(node)
    }

    /// The value under `node` that is counted in a unit; `node` itself where there is none.
    pub(super) fn counted_in(&self, node: NodeId, unit: &str) -> NodeId {
        let is_word = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '°'));
        let counts = |node: &NodeId| self.written(*node).split(is_word).any(|word| word == unit);
        self.nodes_in(node).find(counts).unwrap_or(node)
    }

    /// All lines, offers first.
    pub(super) fn lines(&self) -> impl Iterator<Item = (Side, &'a Line)> {
        let offers = self.manifest.offers.values().map(|line| (Side::Offer, line));
        offers.chain(self.manifest.needs.values().map(|line| (Side::Need, line)))
    }

    /// Every audience that is written, the manifest's own included wherever it holds.
    pub(super) fn audiences(&self) -> impl Iterator<Item = &'a At<Audience>> {
        let lines = self.lines().map(|(_, line)| &line.with);
        let operations = self.manifest.operations.values().map(|operation| &operation.with);
        lines.chain(operations).chain(self.manifest.packages.values().map(|package| &package.with))
    }

    /// Every span of days, the manifest's own first.
    pub(super) fn windows(&self) -> impl Iterator<Item = &'a Window> {
        let lines = self.lines().map(|(_, line)| &line.valid);
        let packages = self.manifest.packages.values().map(|package| &package.valid);
        std::iter::once(&self.manifest.valid).chain(lines).chain(packages)
    }

    /// Shows every fact of every class, with the node at which it stands.
    pub(super) fn each_fact(&self, visit: &mut dyn FnMut(&Fact, NodeId)) {
        for condition in self.manifest.partners.values() {
            each_fact(condition, visit);
        }
    }
}

/// Whether there is anybody else: some class of those for whom a line is has no terms of its own.
pub(super) fn has_others(line: &Line) -> bool {
    let has_own = |name: &At<SmolStr>| line.classes.iter().any(|class| class.class.value == name.value);
    match &line.with.value {
        Audience::Classes(names) => !names.iter().all(has_own),
        Audience::Anyone | Audience::Nobody => true,
    }
}

/// The terms of a line for everybody, then those of each class.
pub(super) fn all_terms(line: &Line) -> impl Iterator<Item = &Terms> {
    std::iter::once(&line.terms).chain(line.classes.iter().map(|class| &class.terms))
}

/// Shows every fact inside a condition.
pub(super) fn each_fact<'c>(condition: &'c At<Condition>, visit: &mut dyn FnMut(&'c Fact, NodeId)) {
    match &condition.value {
        Condition::Fact(fact) => visit(fact, condition.node),
        Condition::All(parts) | Condition::Any(parts) | Condition::None(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| each_fact(part, visit));
        }
    }
}

/// Shows every condition inside a condition, itself included.
pub(super) fn each_condition(condition: &At<Condition>, visit: &mut dyn FnMut(&At<Condition>)) {
    visit(condition);
    match &condition.value {
        Condition::Fact(_) => {}
        Condition::All(parts) | Condition::Any(parts) | Condition::None(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| each_condition(part, visit));
        }
    }
}
