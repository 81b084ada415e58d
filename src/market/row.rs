//! What one pair comes to, in a row.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::Counting;
use crate::negotiate::outcome::{Exceeded, Verdict};
use crate::negotiate::{Appraisal, Hindrance};
use crate::value::Rational;

/// The three things that a pair can come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The two agree on a line, or on operations.
    Deal,
    /// A stated limit of work was exceeded; says nothing about what is possible.
    Undecided,
    /// The two agree on nothing.
    Impasse,
}

/// A pair of manifests with what they come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Their places in the market, the smaller id first.
    pub sides: [usize; 2],
    /// What they come to.
    pub standing: Standing,
    /// How many lines they agree on.
    pub lines: usize,
    /// How many operations they agree on or grant each other.
    pub operations: usize,
    /// The joint gain of a year by currency, exact.
    pub gains: BTreeMap<String, Rational>,
    /// What stands in the way of an agreement or of lines, in the order in which conflicts are told.
    pub hindrances: Vec<Hindrance>,
    /// Which limit of work was exceeded, when undecided.
    pub limit: Option<Exceeded>,
}

impl Pair {
    pub(super) fn new(sides: [usize; 2], appraisal: Appraisal, counting: Counting) -> Self {
        let standing = match (appraisal.verdict, counting) {
            (Verdict::Agreement, _) | (Verdict::OperationsOnly, Counting::All) => Standing::Deal,
            (Verdict::OperationsOnly, Counting::Lines) | (Verdict::Impasse, _) => Standing::Impasse,
            (Verdict::Undecided, _) => Standing::Undecided,
        };
        Self {
            sides,
            standing,
            lines: appraisal.lines,
            operations: appraisal.operations,
            gains: appraisal.gains,
            hindrances: appraisal.hindrances,
            limit: appraisal.limit,
        }
    }

    /// Deals first, then what is undecided, then impasses; of each the greater gain, currency by currency in the order of
    /// their codes; then more lines, then more operations, then the smaller ids.
    pub fn order(&self, other: &Self) -> Ordering {
        let counts = |pair: &Self| (Reverse(pair.lines), Reverse(pair.operations), pair.sides);
        self.standing
            .cmp(&other.standing)
            .then_with(|| by_currency(&other.gains, &self.gains))
            .then_with(|| counts(self).cmp(&counts(other)))
    }
}

/// Sums are compared currency by currency, in order of code; a missing one is zero.
fn by_currency(a: &BTreeMap<String, Rational>, b: &BTreeMap<String, Rational>) -> Ordering {
    let codes: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let of = |sums: &BTreeMap<String, Rational>, code: &String| sums.get(code).cloned().unwrap_or_default();
    let compared = codes.into_iter().map(|code| of(a, code).cmp(&of(b, code)));
    compared.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}
