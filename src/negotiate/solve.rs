//! A candidate line solved: the delivery of R6, what is kept of each term, and the amounts of R7.

use super::bargain::Delivery;
use super::candidate::{Candidate, Pricing};
use super::points::{self, Frontier, WorkLimit};
use super::price::{Amounts, amounts};
use super::terms::Settled;
use crate::value::Rational;

/// A possible line.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    pub(super) delivery: Delivery,
    /// One for each issue of the candidate, in the same order.
    pub(super) settled: Vec<Settled>,
    /// `None` where no price is agreed.
    pub(super) amounts: Option<Amounts>,
    /// What rhythm and terms cost the provider.
    pub(super) provider_cost: Rational,
    /// What rhythm, terms and substitute cost the receiver.
    pub(super) receiver_cost: Rational,
}

/// What solving a candidate came to.
#[derive(Clone, Debug)]
pub(super) enum Solved {
    /// The line is possible.
    Possible(Box<Solution>),
    /// It is not.
    Impossible,
    /// The stated limit of work was exceeded.
    Undecided(WorkLimit),
}

impl Candidate<'_> {
    /// The best delivery of the line and all that follows from it.
    pub(super) fn solve(&self, fairness: Frontier) -> Solved {
        let Some((_, bargain)) = self.counted.as_ref().filter(|_| self.is_open()) else { return Solved::Impossible };
        match bargain.best() {
            Some(delivery) => self.solve_for(delivery, fairness),
            None => Solved::Impossible,
        }
    }

    /// The line with a given delivery.
    pub(super) fn solve_for(&self, delivery: Delivery, fairness: Frontier) -> Solved {
        let Some((_, bargain)) = &self.counted else { return Solved::Impossible };
        let mut settled: Vec<Settled> = self.issues.iter().map(|issue| issue.settle(bargain, &delivery)).collect();
        if self.pricing == Pricing::Free {
            match points::choose(&self.issues, fairness) {
                Ok(Some(chosen)) => points::replace(&mut settled, chosen),
                Ok(None) => {}
                Err(points::Failure::Nothing) => return Solved::Impossible,
                Err(points::Failure::Limit(limit)) => return Solved::Undecided(limit),
            }
        }
        let rhythm = bargain.rhythm(&delivery).map(|r| r.burdens.clone()).unwrap_or_default();
        let provider_cost: Rational =
            settled.iter().map(|s| s.provider.clone()).sum::<Rational>() + bargain.provider_cost(&rhythm, &delivery);
        let receiver_cost = settled.iter().map(|s| s.receiver.clone()).sum::<Rational>()
            + bargain.receiver_cost(&rhythm, &delivery)
            + bargain.receiver_cost(&self.stand_in, &delivery);
        let amounts = amounts(bargain, &delivery, &provider_cost, &receiver_cost);
        if self.pricing == Pricing::Split && amounts.is_none() {
            // What the receiver would pay lies below zero (R7).
            return Solved::Impossible;
        }
        Solved::Possible(Box::new(Solution { delivery, settled, amounts, provider_cost, receiver_cost }))
    }
}
