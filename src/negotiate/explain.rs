//! Why a candidate line failed: all minimal conflicts, each with both places, and what would mend it.
//!
//! Statements that clash whatever the numbers are come from the candidate. Quantities, rhythms and prices clash only
//! together: their minimal sets are found by leaving statements out and asking the same solver again.

use std::collections::BTreeSet;

use super::candidate::{Candidate, Pricing};
use super::changes;
use super::clash::Clash;
use super::points::{self, Failure, Frontier};
use super::terms::Issue;
use super::whole::Whole;
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{Rhythm, Terms};
use crate::negotiate::outcome::{FailedLine, Statement};
use crate::syntax::NodeId;
use crate::value::{Duration, DurationUnit};
use crate::vocab::terms::order;

/// A statement that can be left out of the numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Quantity(Role),
    Volume(Role),
    Every(Role),
    Price(Role),
    Term(Role, String),
}

/// The kinds of conflicts of a line, in the order in which they are told.
const KINDS: [&str; 10] =
    ["eligibility", "time", "unit", "currency", "item_property", "certificate", "term", "quantity", "price", "points"];

/// The account of a candidate that is not possible.
pub(super) fn explain(candidate: &Candidate<'_>, whole: &Whole<'_>) -> FailedLine {
    let sets = numbers_apart(candidate);
    let mut clashes = candidate.clashes.clone();
    clashes.extend(sets.iter().map(|set| numeric(candidate, set)));
    if candidate.pricing == Pricing::Free {
        clashes.extend(unfair(candidate, whole));
    }
    clashes.sort_by_key(|clash| KINDS.iter().position(|kind| *kind == clash.kind));
    FailedLine {
        provider: candidate.provider.id().to_owned(),
        receiver: candidate.receiver.id().to_owned(),
        offer: candidate.offer.key.clone(),
        need: candidate.need.key.clone(),
        conflicts: clashes.into_iter().map(Clash::into_conflict).collect(),
        changes: changes::find(candidate, &sets),
    }
}

/// What keeps two from giving and taking for nothing: rules of fairness apart, or points that no choice brings to zero.
fn unfair(candidate: &Candidate<'_>, whole: &Whole<'_>) -> Vec<Clash> {
    let rules = whole.fairness.is_none().then(|| {
        let sentence = Text::new("on `fairness`, which weighs lines without money, the two have nothing in common");
        Clash::new("term", sentence, whole.said_on("fairness")).on("fairness")
    });
    let points = points_apart(candidate).into_iter().map(|set| {
        Clash::new("points", Text::new("no choice is worth nothing or more to both"), said_by(candidate, &set))
    });
    rules.into_iter().chain(points).collect()
}

/// All minimal sets of statements whose numbers cannot hold together; none where they can.
fn numbers_apart(candidate: &Candidate<'_>) -> Vec<BTreeSet<Part>> {
    if candidate.counted.is_none() {
        return Vec::new();
    }
    let mut all = parts(candidate);
    if has_two_currencies(candidate) {
        // Amounts in two currencies cannot be compared, and that is said already.
        all.retain(|part| matches!(part, Part::Quantity(_) | Part::Volume(_) | Part::Every(_)));
    }
    minimal_sets(&all, &|kept| holds(candidate, &all, kept))
}

fn has_two_currencies(candidate: &Candidate<'_>) -> bool {
    candidate.clashes.iter().any(|clash| clash.kind == "currency")
}

/// All minimal sets of statements on terms with points of which no choice leaves both sides at zero or more.
fn points_apart(candidate: &Candidate<'_>) -> Vec<BTreeSet<Part>> {
    let pointed: Vec<&Issue<'_>> = candidate.issues.iter().filter(|issue| issue.has_points()).collect();
    let part = |role, issue: &&Issue<'_>| issue.is_stated_by(role).then(|| Part::Term(role, issue.key.to_owned()));
    let all =
        [Role::Provider, Role::Receiver].into_iter().flat_map(|role| pointed.iter().filter_map(move |i| part(role, i)));
    minimal_sets(&all.collect(), &|kept| {
        let left_out = |role, key: &str| !kept.contains(&Part::Term(role, key.to_owned()));
        let issues: Vec<Issue<'_>> =
            pointed.iter().map(|issue| issue.pooled(|role| left_out(role, issue.key))).collect();
        !matches!(points::choose(&issues, Frontier::default()), Err(Failure::Nothing))
    })
}

/// All minimal subsets that do not hold, of which every set around one does not hold either.
fn minimal_sets(all: &BTreeSet<Part>, holds: &dyn Fn(&BTreeSet<Part>) -> bool) -> Vec<BTreeSet<Part>> {
    let mut found: Vec<BTreeSet<Part>> = Vec::new();
    let mut seen: BTreeSet<BTreeSet<Part>> = BTreeSet::new();
    let mut open = vec![all.clone()];
    while let Some(kept) = open.pop() {
        if !seen.insert(kept.clone()) || holds(&kept) {
            continue;
        }
        let known = found.iter().find(|set| set.is_subset(&kept)).cloned();
        let set = known.unwrap_or_else(|| shrink(holds, kept.clone()));
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
fn shrink(holds: &dyn Fn(&BTreeSet<Part>) -> bool, mut kept: BTreeSet<Part>) -> BTreeSet<Part> {
    for part in kept.clone() {
        kept.remove(&part);
        if holds(&kept) {
            kept.insert(part);
        }
    }
    kept
}

/// Whether the numbers of the kept statements can hold together. Every other statement of `all` restricts nothing and costs
/// nothing; where it helps it counts.
fn holds(candidate: &Candidate<'_>, all: &BTreeSet<Part>, kept: &BTreeSet<Part>) -> bool {
    // Multiples help where they round a volume down.
    let rounds = |part: &&Part| matches!(part, Part::Quantity(role) if candidate.states_multiples(*role));
    let with = |part: &Part| kept.iter().chain([part]).cloned().collect();
    hold_alone(candidate, all, kept)
        || all.difference(kept).filter(rounds).any(|part| holds(candidate, all, &with(part)))
}

/// Whether the kept statements can hold together, with what is worth something to a side.
fn hold_alone(candidate: &Candidate<'_>, all: &BTreeSet<Part>, kept: &BTreeSet<Part>) -> bool {
    let (mut offer, mut need) = (candidate.offer_terms.clone(), candidate.need_terms.clone());
    for part in all.difference(kept) {
        leave_out(part, &mut offer, &mut need);
    }
    if has_any_rhythm(candidate, &offer, &need) {
        need.every = Some(any_rhythm(candidate));
    }
    if has_two_currencies(candidate) {
        (offer.price, need.price) = (None, None);
    }
    // Terms that do not meet at all are conflicts of their own.
    let apart = |key: &str| candidate.clashes.iter().any(|clash| clash.term.as_deref() == Some(key));
    offer.others.retain(|statement| !apart(&statement.key));
    need.others.retain(|statement| !apart(&statement.key));
    let varied = candidate.varied(&offer, &need, &[]);
    varied.bargain_with_worth(candidate).is_some_and(|bargain| bargain.possible().unwrap_or(false))
}

/// Whether a line that recurs is left without what says in which rhythm. A stock makes it a single delivery instead.
fn has_any_rhythm(candidate: &Candidate<'_>, offer: &Terms, need: &Terms) -> bool {
    let by_volume = need.volume.as_ref().is_some_and(|volume| volume.value.per.is_some());
    let by_stock = offer.volume.as_ref().is_some_and(|volume| volume.value.per.is_none());
    let stated = candidate.offer_terms.every.is_some() || candidate.need_terms.every.is_some();
    let lost = if by_volume { stated && offer.every.is_none() } else { !by_stock };
    candidate.is_recurring() && need.every.is_none() && lost
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

fn leave_out(part: &Part, offer: &mut Terms, need: &mut Terms) {
    let terms = match part.role() {
        Role::Provider => offer,
        Role::Receiver => need,
    };
    match part {
        Part::Quantity(_) => terms.quantity = None,
        Part::Volume(_) => terms.volume = None,
        Part::Every(_) => terms.every = None,
        Part::Price(_) => terms.price = None,
        Part::Term(_, key) => terms.others.retain(|statement| statement.key != *key),
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
    Clash::new(kind, sentence, said_by(candidate, set))
}

/// The statements of a set, the provider's first, each side's in catalogue order.
fn said_by(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Vec<Statement> {
    let mut parts: Vec<&Part> = set.iter().collect();
    parts.sort_by_key(|part| (part.role(), order(part.key())));
    parts.into_iter().filter_map(|part| statement(candidate, part)).collect()
}

impl Part {
    /// The term that it states.
    fn key(&self) -> &str {
        match self {
            Self::Quantity(_) => "quantity",
            Self::Volume(_) => "volume",
            Self::Every(_) => "every",
            Self::Price(_) => "price",
            Self::Term(_, key) => key,
        }
    }

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
