//! What a rule sees: the document, its meaning, and helpers that turn a node into a finding.
//!
//! Rules never compute offsets and never look at text; they name a node. A part that could not be read is *tainted*:
//! rules that complain of something missing leave it alone, since what is missing may be what could not be read.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Place, Rule, Text};
use crate::manifest::model::{Audience, Condition, Fact, Line, Manifest, Terms};
use crate::syntax::{At, Document, NodeId};

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
}

impl<'a> Context<'a> {
    /// `bad` are the nodes that could not be read.
    pub(super) fn new(document: &'a Document, manifest: &'a Manifest, bad: &BTreeSet<NodeId>) -> Self {
        let tainted = bad.iter().flat_map(|node| document.ancestors(*node)).collect();
        Self { document, manifest, tainted }
    }

    /// Whether everything in and under a node could be read.
    pub(super) fn is_whole(&self, node: NodeId) -> bool {
        !self.tainted.contains(&node)
    }

    /// Whether everything could be read of which a line's terms are made, defaults included.
    pub(super) fn is_whole_line(&self, side: Side, line: &Line) -> bool {
        let kind = match side {
            Side::Offer => "offers",
            Side::Need => "needs",
        };
        let defaults = self.top("defaults").and_then(|node| self.document.get(node, kind));
        self.is_whole(line.node) && defaults.is_none_or(|node| self.is_whole(node))
    }

    /// The value of a key at the top of the document.
    pub(super) fn top(&self, key: &str) -> Option<NodeId> {
        self.document.get(self.document.root(), key)
    }

    /// The place of a node's value.
    pub(super) fn place(&self, node: NodeId) -> Place {
        self.document.value_place(node)
    }

    /// A finding at a node's value.
    pub(super) fn value(&self, rule: &'static Rule, node: NodeId) -> Diagnostic {
        Diagnostic::new(rule, self.place(node)).pointer(self.document.pointer(node))
    }

    /// A finding at the key under which a node stands, where it has one.
    pub(super) fn key(&self, rule: &'static Rule, node: NodeId) -> Diagnostic {
        Diagnostic::new(rule, self.document.key_place(node)).pointer(self.document.pointer(node))
    }

    /// A finding about a name that nobody declared, with the nearest one that somebody did; the hole is `name`.
    pub(super) fn unknown<'n>(
        &self,
        rule: &'static Rule,
        node: NodeId,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Diagnostic {
        self.unknown_at(self.value(rule, node), name, known)
    }

    /// The same for a finding that has its place already.
    pub(super) fn unknown_at<'n>(
        &self,
        finding: Diagnostic,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Diagnostic {
        let known: Vec<&str> = known.into_iter().collect();
        let finding = finding.with("name", name);
        match nearest(name, known.iter().copied()) {
            Some(near) => {
                let place = finding.place;
                finding.help(Text::new("did you mean `{near}`?").with("near", near)).fix(place, near, false)
            }
            None if known.is_empty() => finding.help(Text::new("none is declared yet")),
            None => finding.help(Text::new("declared are {known}").with("known", list(&known))),
        }
    }

    /// The scalar under `node` that reads `text`; `node` itself where there is none.
    pub(super) fn scalar(&self, node: NodeId, text: &str) -> NodeId {
        self.document.children(node).find(|child| self.document.scalar(*child) == Some(text)).unwrap_or(node)
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

    /// Shows every fact of every class, with the node at which it stands.
    pub(super) fn each_fact(&self, visit: &mut dyn FnMut(&Fact, NodeId)) {
        for condition in self.manifest.partners.values() {
            each_fact(condition, visit);
        }
    }
}

/// The terms of a line for everybody, then those of each class.
pub(super) fn all_terms(line: &Line) -> impl Iterator<Item = &Terms> {
    std::iter::once(&line.terms).chain(line.classes.iter().map(|class| &class.terms))
}

/// Shows every fact inside a condition.
pub(super) fn each_fact(condition: &At<Condition>, visit: &mut dyn FnMut(&Fact, NodeId)) {
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
