//! Why a candidate line failed: all minimal conflicts, each with both places, and what would mend it.
//!
//! Statements that clash whatever the numbers are come from the candidate; those that clash by their numbers are found by
//! `conflicts`, and what would mend the line by `changes`.

use std::collections::BTreeSet;

use super::candidate::{Candidate, Pricing};
use super::changes;
use super::clash::Clash;
use super::conflicts::{Part, minimal_sets};
use super::whole::Whole;
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::negotiate::outcome::{FailedLine, Statement};

/// The account of a candidate that is not possible.
pub(super) fn explain(candidate: &Candidate<'_>, whole: &Whole<'_>) -> FailedLine {
    let minimal = minimal_sets(candidate);
    let mut conflicts: Vec<_> = candidate.clashes.iter().cloned().map(Clash::into_conflict).collect();
    conflicts.extend(minimal.sets.iter().map(|set| numeric(candidate, set).into_conflict()));
    if conflicts.is_empty() {
        conflicts.push(unfair(candidate, whole).into_conflict());
    }
    FailedLine {
        provider: candidate.provider.id().to_owned(),
        receiver: candidate.receiver.id().to_owned(),
        offer: candidate.offer.key.clone(),
        need: candidate.need.key.clone(),
        conflicts,
        cut_short: minimal.cut_short,
        changes: changes::find(candidate, &minimal.sets, whole.fairness.unwrap_or_default()),
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

/// A part as the file says it.
pub(super) fn statement(candidate: &Candidate<'_>, part: &Part) -> Option<Statement> {
    let node = part.node(candidate.offer_terms, candidate.need_terms)?;
    Some(match part.role() {
        Role::Provider => candidate.offered(node),
        Role::Receiver => candidate.needed(node),
    })
}
