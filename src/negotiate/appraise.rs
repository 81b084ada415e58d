//! What two manifests come to in a few numbers: for those who look at many pairs and keep a row of each.
//!
//! Lines are solved and chosen as in a negotiation; nothing is drafted, and a line that failed is accounted for by the kind
//! of its first conflict alone, for which no minimal set has to be searched.

use std::collections::BTreeMap;

use super::candidate::{Candidate, Pricing};
use super::clash::Clash;
use super::outcome::{Exceeded, Verdict};
use super::solve::Solved;
use super::{Negotiation, Part, Served, Side, in_order, operations, rules};
use crate::diagnostic::Rule;
use crate::value::Rational;

/// What negotiating two manifests comes to, without the agreement itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appraisal {
    /// What it came to.
    pub verdict: Verdict,
    /// How many offers and needs share an item.
    pub candidates: usize,
    /// How many lines the agreement has.
    pub lines: usize,
    /// How many operations it has.
    pub operations: usize,
    /// The joint gain of a year by currency, exact: the code of ISO 4217, or the URI of a circuit.
    pub gains: BTreeMap<String, Rational>,
    /// What stands in the way of an agreement or of lines, in the order in which conflicts are told.
    pub hindrances: Vec<Hindrance>,
    /// Which limit of work was exceeded, when undecided.
    pub limit: Option<Exceeded>,
}

/// A kind of conflict, and what it hinders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hindrance {
    /// The rule under which the kind is explained.
    pub rule: &'static Rule,
    /// The kind: `price`, `quantity`, `eligibility`, …
    pub kind: &'static str,
    /// How many lines fail by it first; `None` where it hinders the agreement as a whole.
    pub lines: Option<usize>,
    /// The term on which there is nothing in common, where it is one alone.
    pub term: Option<String>,
}

/// Negotiates two manifests and counts what comes of it. The order of the arguments does not matter.
pub fn appraise(one: &Side<'_>, other: &Side<'_>) -> Appraisal {
    Negotiation::new(in_order(one, other)).appraise()
}

impl<'a> Negotiation<'a> {
    fn appraise(self) -> Appraisal {
        let solved = self.solve_all();
        let mut appraisal = Appraisal {
            verdict: Verdict::Impasse,
            candidates: self.candidates.len(),
            lines: 0,
            operations: 0,
            gains: BTreeMap::new(),
            hindrances: self.of_the_whole(),
            limit: None,
        };
        let apart = !self.whole.clashes.is_empty();
        let parts = if apart { Ok(Vec::new()) } else { self.serve(&solved).map(Served::into_chosen) };
        match &parts {
            Ok(parts) if !apart => self.count(parts, &mut appraisal),
            Ok(_) => {}
            Err(stopped) => {
                appraisal.verdict = Verdict::Undecided;
                appraisal.limit = Some(self.exceeded(stopped));
            }
        }
        let taken: Vec<usize> = parts.iter().flatten().flat_map(Part::lines).map(|(index, _)| index).collect();
        let failed =
            |(index, solved): &(usize, &Solved)| matches!(solved, Solved::Impossible) && !taken.contains(index);
        let failed = solved.iter().enumerate().filter(failed).filter_map(|(index, _)| self.candidates.get(index));
        appraisal.hindrances.extend(self.of_lines(failed));
        appraisal
    }

    fn count(&self, parts: &[Part<'a>], appraisal: &mut Appraisal) {
        for part in parts {
            appraisal.lines += part.lines().len();
            if let Some((currency, gain)) = self.gain_of(part) {
                let sum = appraisal.gains.entry(currency).or_default();
                *sum = &*sum + &gain;
            }
        }
        appraisal.operations = operations::operations(&self.sides, &self.grants).0.len();
        appraisal.verdict = match (appraisal.lines, appraisal.operations) {
            (0, 0) => Verdict::Impasse,
            (0, _) => Verdict::OperationsOnly,
            _ => Verdict::Agreement,
        };
    }

    /// The joint gain of a year, with its currency.
    fn gain_of(&self, part: &Part<'a>) -> Option<(String, Rational)> {
        match part {
            Part::Line(index, solution) => {
                let candidate = self.candidates.get(*index)?;
                Some((candidate.currency?.to_owned(), candidate.gain_per_year(solution)?))
            }
            Part::Package(deal) => Some((deal.currency?.to_owned(), deal.gain_per_year()?)),
        }
    }

    /// What makes any agreement impossible.
    fn of_the_whole(&self) -> Vec<Hindrance> {
        let mut kinds: Vec<&'static str> = self.whole.clashes.iter().map(|clash| clash.kind).collect();
        kinds.sort_by_key(|kind| rules::order(kind));
        kinds.dedup();
        let hindrance = |kind| {
            let term = only_term(kind, [self.whole.clashes.as_slice()]);
            Some(Hindrance { rule: rules::of(kind)?, kind, lines: None, term })
        };
        kinds.into_iter().filter_map(hindrance).collect()
    }

    /// By which kinds lines fail first.
    fn of_lines<'c>(&self, failed: impl Iterator<Item = &'c Candidate<'a>>) -> Vec<Hindrance>
    where
        'a: 'c,
    {
        let mut by_kind: BTreeMap<usize, (&'static str, Vec<&[Clash]>)> = BTreeMap::new();
        for candidate in failed {
            let kind = first_kind(candidate, self.whole.fairness.is_none());
            by_kind.entry(rules::order(kind)).or_insert((kind, Vec::new())).1.push(&candidate.clashes);
        }
        let hindrance = |(kind, lines): (&'static str, Vec<&[Clash]>)| {
            let (count, term) = (lines.len(), only_term(kind, lines));
            Some(Hindrance { rule: rules::of(kind)?, kind, lines: Some(count), term })
        };
        by_kind.into_values().filter_map(hindrance).collect()
    }
}

/// The one term on which all that fails has nothing in common; none where there are several, or something else is in the way.
fn only_term<'c>(kind: &str, failed: impl IntoIterator<Item = &'c [Clash]>) -> Option<String> {
    if kind != "term" {
        return None;
    }
    let mut only = None;
    for clashes in failed {
        let mut terms = clashes.iter().filter(|clash| clash.kind == kind).map(|clash| clash.term.as_deref());
        let first = terms.next()??;
        if *only.get_or_insert(first) != first || terms.any(|term| term != Some(first)) {
            return None;
        }
    }
    only.map(str::to_owned)
}

/// The kind of the first conflict of a line that failed.
fn first_kind(candidate: &Candidate<'_>, unfair: bool) -> &'static str {
    let free = candidate.pricing == Pricing::Free;
    let clash = candidate.clashes.iter().map(|clash| clash.kind).min_by_key(|kind| rules::order(kind));
    let deliverable = || candidate.counted.as_ref().is_some_and(|(_, bargain)| bargain.is_deliverable());
    match clash {
        Some(kind) => kind,
        None if free && unfair => "term",
        None if !deliverable() => "quantity",
        None if free => "points",
        None => "price",
    }
}
