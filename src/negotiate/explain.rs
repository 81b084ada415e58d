//! Why a candidate line failed: all minimal conflicts, each with both places, and what would mend it.
//!
//! Statements that clash whatever the numbers are come from the candidate. Quantities, rhythms and prices clash only
//! together: their minimal sets are found by leaving statements out and asking the same solver again.

use std::collections::BTreeSet;

use super::candidate::{Candidate, Pricing};
use super::changes;
use super::clash::Clash;
use super::whole::Whole;
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{Rhythm, Terms};
use crate::negotiate::outcome::{FailedLine, Statement};
use crate::syntax::NodeId;
use crate::value::{Duration, DurationUnit};

/// A statement that can be left out of the numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Quantity(Role),
    Volume(Role),
    Every(Role),
    Price(Role),
    Term(Role, String),
}

/// The account of a candidate that is not possible.
pub(super) fn explain(candidate: &Candidate<'_>, whole: &Whole<'_>) -> FailedLine {
    let sets = minimal_sets(candidate);
    let mut conflicts: Vec<_> = candidate.clashes.iter().cloned().map(Clash::into_conflict).collect();
    conflicts.extend(sets.iter().map(|set| numeric(candidate, set).into_conflict()));
    if conflicts.is_empty() {
        conflicts.push(unfair(candidate, whole).into_conflict());
    }
    FailedLine {
        provider: candidate.provider.id().to_owned(),
        receiver: candidate.receiver.id().to_owned(),
        offer: candidate.offer.key.clone(),
        need: candidate.need.key.clone(),
        conflicts,
        changes: changes::find(candidate, &sets),
    }
}

/// A line that only the weighing of points, or a price below zero, prevents.
fn unfair(candidate: &Candidate<'_>, whole: &Whole<'_>) -> Clash {
    match (candidate.pricing, whole.fairness) {
        (Pricing::Free, None) => {
            let sentence = Text::new("on `fairness`, which weighs lines without money, the two have nothing in common");
            Clash::new("term", sentence, whole.said_on("fairness")).on("fairness")
        }
        (Pricing::Free, Some(_)) => {
            let pointed = candidate.issues.iter().filter(|issue| issue.has_points());
            let said = pointed.flat_map(|issue| candidate.said_on(issue)).collect();
            Clash::new("points", Text::new("no choice is worth nothing or more to both"), said)
        }
        _ => {
            let sentence = Text::new("what the receiver would pay, after its costs, lies below zero");
            Clash::new("price", sentence, candidate.price_statements())
        }
    }
}

/// All minimal sets of statements whose numbers cannot hold together; none where they can.
fn minimal_sets(candidate: &Candidate<'_>) -> Vec<BTreeSet<Part>> {
    // Amounts in two currencies cannot be compared, and that is said already.
    if candidate.counted.is_none() || candidate.clashes.iter().any(|clash| clash.kind == "currency") {
        return Vec::new();
    }
    let all = parts(candidate);
    let mut found: Vec<BTreeSet<Part>> = Vec::new();
    let mut seen: BTreeSet<BTreeSet<Part>> = BTreeSet::new();
    let mut open = vec![all.clone()];
    while let Some(kept) = open.pop() {
        if !seen.insert(kept.clone()) || holds(candidate, &all, &kept) {
            continue;
        }
        let known = found.iter().find(|set| set.is_subset(&kept)).cloned();
        let set = known.unwrap_or_else(|| shrink(candidate, &all, kept.clone()));
        if !found.contains(&set) {
            found.push(set.clone());
        }
        // Any other minimal set lacks some member of this one.
        open.extend(set.iter().map(|part| kept.iter().filter(|p| *p != part).cloned().collect()));
    }
    found.sort();
    found
}

/// Leaves out one statement after the other as long as the rest cannot hold.
fn shrink(candidate: &Candidate<'_>, all: &BTreeSet<Part>, mut kept: BTreeSet<Part>) -> BTreeSet<Part> {
    for part in kept.clone() {
        kept.remove(&part);
        if holds(candidate, all, &kept) {
            kept.insert(part);
        }
    }
    kept
}

/// Whether the numbers of the kept statements can hold together, every other statement of `all` left out.
fn holds(candidate: &Candidate<'_>, all: &BTreeSet<Part>, kept: &BTreeSet<Part>) -> bool {
    let (mut offer, mut need) = (candidate.offer_terms.clone(), candidate.need_terms.clone());
    for part in all.difference(kept) {
        leave_out(candidate, part, &mut offer, &mut need);
    }
    // Terms that do not meet at all are conflicts of their own.
    let apart = |key: &str| candidate.clashes.iter().any(|clash| clash.term.as_deref() == Some(key));
    offer.others.retain(|statement| !apart(&statement.key));
    need.others.retain(|statement| !apart(&statement.key));
    let varied = candidate.varied(&offer, &need, &[]);
    varied.counted.as_ref().is_some_and(|(_, bargain)| bargain.possible())
}

/// The statements that have a part in the numbers.
fn parts(candidate: &Candidate<'_>) -> BTreeSet<Part> {
    let mut parts = BTreeSet::new();
    for (role, terms) in [(Role::Provider, candidate.offer_terms), (Role::Receiver, candidate.need_terms)] {
        parts.extend(terms.quantity.as_ref().map(|_| Part::Quantity(role)));
        parts.extend(terms.volume.as_ref().map(|_| Part::Volume(role)));
        parts.extend(terms.every.as_ref().map(|_| Part::Every(role)));
        parts.extend(terms.price.as_ref().map(|_| Part::Price(role)));
    }
    for issue in candidate.issues.iter().filter(|issue| !issue.options().is_empty() && issue.costs_anything()) {
        parts.extend(issue.provider.map(|s| Part::Term(Role::Provider, s.key.clone())));
        parts.extend(issue.receiver.map(|s| Part::Term(Role::Receiver, s.key.clone())));
    }
    parts
}

fn leave_out(candidate: &Candidate<'_>, part: &Part, offer: &mut Terms, need: &mut Terms) {
    let side = |role: &Role, offer: &'_ mut Terms, need: &'_ mut Terms, edit: &dyn Fn(&mut Terms)| match role {
        Role::Provider => edit(offer),
        Role::Receiver => edit(need),
    };
    match part {
        Part::Quantity(role) => side(role, offer, need, &|terms| terms.quantity = None),
        Part::Price(role) => side(role, offer, need, &|terms| terms.price = None),
        Part::Term(role, key) => side(role, offer, need, &|terms| terms.others.retain(|s| s.key != *key)),
        Part::Every(Role::Provider) => offer.every = None,
        Part::Volume(Role::Provider) => offer.volume = None,
        // A need that recurs goes on recurring, in any rhythm.
        Part::Every(Role::Receiver) => need.every = Some(any_rhythm(candidate)),
        Part::Volume(Role::Receiver) => {
            need.volume = None;
            if candidate.is_recurring() && need.every.is_none() {
                need.every = Some(any_rhythm(candidate));
            }
        }
    }
}

/// The rhythms that are tried where none is asked for: the usual ones and those that either states.
pub(super) fn usual_rhythms(candidate: &Candidate<'_>) -> Vec<Duration> {
    let of = |unit, counts: &[u32]| counts.iter().map(|count| Duration { count: *count, unit }).collect::<Vec<_>>();
    let stated =
        [candidate.offer_terms, candidate.need_terms].into_iter().flat_map(|t| t.every.iter()).flat_map(|at| &at.value);
    let mut all: Vec<Duration> = of(DurationUnit::Day, &[1, 2, 3]);
    all.extend(of(DurationUnit::Week, &[1, 2, 3, 4]));
    all.extend(of(DurationUnit::Month, &[1, 2, 3, 6]));
    all.extend(of(DurationUnit::Year, &[1]));
    all.extend(stated.map(|rhythm| rhythm.every));
    let mut seen = BTreeSet::new();
    all.retain(|every| seen.insert(every.to_string()));
    all
}

fn any_rhythm(candidate: &Candidate<'_>) -> crate::syntax::At<Vec<Rhythm>> {
    let node = candidate.need_terms.every.as_ref().map_or(candidate.need.node, |at| at.node);
    let rhythms = usual_rhythms(candidate).into_iter().map(|every| Rhythm { node, every, costs: Vec::new() }).collect();
    crate::syntax::At { node, value: rhythms }
}

/// A minimal set as a conflict.
fn numeric(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Clash {
    let priced = set.contains(&Part::Price(Role::Provider)) && set.contains(&Part::Price(Role::Receiver));
    let (kind, sentence) = if priced {
        (
            "price",
            Text::new(
                "at every delivery that both can make, the least that is asked is more than the most that is paid",
            ),
        )
    } else {
        ("quantity", Text::new("no delivery fits the quantities, volumes and rhythms of both"))
    };
    let mut said: Vec<(Role, Statement)> =
        set.iter().filter_map(|part| Some((part.role(), statement(candidate, part)?))).collect();
    said.sort_by_key(|(role, _)| *role);
    Clash::new(kind, sentence, said.into_iter().map(|(_, statement)| statement).collect())
}

impl Part {
    pub(super) fn role(&self) -> Role {
        match self {
            Self::Quantity(role) | Self::Volume(role) | Self::Every(role) | Self::Price(role) | Self::Term(role, _) => {
                *role
            }
        }
    }

    /// Where it is written.
    pub(super) fn node(&self, offer: &Terms, need: &Terms) -> Option<NodeId> {
        let terms = match self.role() {
            Role::Provider => offer,
            Role::Receiver => need,
        };
        match self {
            Self::Quantity(_) => terms.quantity.as_ref().map(|at| at.node),
            Self::Volume(_) => terms.volume.as_ref().map(|at| at.node),
            Self::Every(_) => terms.every.as_ref().map(|at| at.node),
            Self::Price(_) => terms.price.as_ref().map(|at| at.node),
            Self::Term(_, key) => terms.others.iter().find(|s| s.key == *key).map(|s| s.node),
        }
    }
}

/// A part as the file says it.
pub(super) fn statement(candidate: &Candidate<'_>, part: &Part) -> Option<Statement> {
    let node = part.node(candidate.offer_terms, candidate.need_terms)?;
    Some(match part.role() {
        Role::Provider => candidate.offered(node),
        Role::Receiver => candidate.needed(node),
    })
}
