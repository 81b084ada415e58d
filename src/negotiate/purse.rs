//! The choice of terms that costs the two together least while the receiver has something left to pay (R5).
//!
//! Each term is decided by itself as long as that leaves the receiver something. Else one term's choice is bound to
//! another's, and the sums of all are looked at, as far as none is better both for the two together and for the receiver.

use super::points::{Work, WorkLimit};
use crate::value::Rational;

/// What an option costs in a delivery.
#[derive(Clone, Debug)]
pub(super) struct Weight {
    /// The two together.
    pub(super) joint: Rational,
    /// The receiver.
    pub(super) receiver: Rational,
}

/// Options taken, one a term, and what they cost.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) joint: Rational,
    receiver: Rational,
    /// The index of the option taken, term by term; `None` where each term is free to take any that costs least.
    pub(super) picks: Option<Vec<usize>>,
}

/// Most sums that are looked at on the way.
const MOST_SUMS: usize = 1_000_000;

/// The choice, if there is one that leaves the receiver `purse` or less to spend; `apart` is what is taken of the terms each
/// by itself.
pub(super) fn choose(
    apart: Choice,
    terms: impl FnOnce() -> Vec<Vec<Weight>>,
    purse: &Rational,
) -> Result<Option<Choice>, WorkLimit> {
    if apart.receiver <= *purse {
        return Ok(Some(apart));
    }
    let mut sums = vec![Choice { joint: Rational::zero(), receiver: Rational::zero(), picks: Some(Vec::new()) }];
    for options in terms() {
        if sums.len().saturating_mul(options.len()) > MOST_SUMS {
            return Err(WorkLimit { what: Work::Points, most: MOST_SUMS });
        }
        sums = undominated(sums.iter().flat_map(|sum| options.iter().enumerate().map(|o| sum.with(o))).collect());
    }
    // The first costs the two least.
    Ok(sums.into_iter().find(|sum| sum.receiver <= *purse))
}

/// What is taken of a term that has to look at no other: of the options that cost least any, the dearest for the receiver.
pub(super) fn least(options: impl Iterator<Item = Weight>) -> Option<Weight> {
    options.min_by(|a, b| a.joint.cmp(&b.joint).then_with(|| b.receiver.cmp(&a.receiver)))
}

impl Choice {
    /// What terms cost that are each decided by itself.
    pub(super) fn of(weight: Weight) -> Self {
        Self { joint: weight.joint, receiver: weight.receiver, picks: None }
    }

    /// Together with what is taken of another term by itself.
    pub(super) fn and(self, taken: Option<Weight>) -> Self {
        let Some(taken) = taken else { return self };
        Self { joint: self.joint + taken.joint, receiver: self.receiver + taken.receiver, picks: None }
    }

    fn with(&self, (pick, option): (usize, &Weight)) -> Self {
        Self {
            joint: &self.joint + &option.joint,
            receiver: &self.receiver + &option.receiver,
            picks: self.picks.as_ref().map(|picks| picks.iter().copied().chain([pick]).collect()),
        }
    }
}

/// Those that no other costs at most as much, the two together and the receiver; cheapest for the two first.
fn undominated(mut sums: Vec<Choice>) -> Vec<Choice> {
    sums.sort_by(|a, b| {
        a.joint.cmp(&b.joint).then_with(|| a.receiver.cmp(&b.receiver)).then_with(|| a.picks.cmp(&b.picks))
    });
    let mut best: Option<Rational> = None;
    sums.retain(|sum| {
        let better = best.as_ref().is_none_or(|best| sum.receiver < *best);
        if better {
            best = Some(sum.receiver.clone());
        }
        better
    });
    sums
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weights(options: &[(i64, i64)]) -> Vec<Weight> {
        options
            .iter()
            .map(|(joint, receiver)| Weight { joint: (*joint).into(), receiver: (*receiver).into() })
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn no_choice_that_can_be_paid_costs_the_two_less(
            terms in proptest::collection::vec(proptest::collection::vec((-9i64..9, -9i64..9), 1..4), 1..4),
            purse in -9i64..9,
        ) {
            let mut all = vec![(0, 0)];
            for options in &terms {
                all = all.iter().flat_map(|(j, r)| options.iter().map(move |(dj, dr)| (j + dj, r + dr))).collect();
            }
            let cheapest = all.iter().filter(|(_, receiver)| *receiver <= purse).map(|(joint, _)| *joint).min();
            let weighed: Vec<Vec<Weight>> = terms.iter().map(|options| weights(options)).collect();
            let nothing = Choice::of(Weight { joint: Rational::zero(), receiver: Rational::zero() });
            let apart = weighed.iter().fold(nothing, |sum, options| sum.and(least(options.iter().cloned())));
            let found = choose(apart, || weighed, &purse.into()).unwrap();
            prop_assert_eq!(found.map(|choice| choice.joint), cheapest.map(Rational::from));
        }
    }
}
