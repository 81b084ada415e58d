//! A candidate line solved: the delivery of R6, what is kept of each term, and the amounts of R7.

use super::bargain::Delivery;
use super::candidate::{Candidate, Pricing};
use super::points::{self, Failure, Frontier, WorkLimit};
use super::price::{Amounts, amounts};
use super::terms::{Issue, Settled};
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
    /// The joint gain of a year, where both state an amount; a single delivery counts once.
    pub(super) fn gain_per_year(&self, solution: &Solution) -> Option<Rational> {
        let amounts = solution.amounts.as_ref()?;
        let gain = amounts.upper.as_ref()? - &amounts.lower;
        self.counted.as_ref().map(|(_, bargain)| bargain.per_year(&gain, &solution.delivery))
    }

    /// The best delivery of the line and all that follows from it.
    pub(super) fn solve(&self, fairness: Frontier) -> Solved {
        let Some((_, bargain)) = self.counted.as_ref().filter(|_| self.is_open()) else { return Solved::Impossible };
        match bargain.best() {
            Ok(Some(delivery)) => self.solve_for(delivery, fairness),
            Ok(None) => Solved::Impossible,
            Err(limit) => Solved::Undecided(limit),
        }
    }

    /// The line with its best delivery.
    fn solve_for(&self, delivery: Delivery, fairness: Frontier) -> Solved {
        let settled = match self.pricing {
            Pricing::Split | Pricing::Taken => self.settle(&delivery),
            Pricing::Free => self.settle_points(fairness),
            Pricing::Proposed(_) | Pricing::Open => Ok(self.settle_without_costs()),
        };
        match settled {
            Ok(settled) => {
                self.solution(delivery, settled).map_or(Solved::Impossible, |s| Solved::Possible(Box::new(s)))
            }
            Err(Failure::Nothing) => Solved::Impossible,
            Err(Failure::Limit(limit)) => Solved::Undecided(limit),
        }
    }

    /// The line as a part of a package with a given delivery: money moves whatever the line alone says of it, and costs
    /// count where the price of the package is agreed.
    pub(super) fn part_for(&self, delivery: Delivery, costs_count: bool) -> Option<Solution> {
        let (_, bargain) = self.counted.as_ref()?;
        let settled = if costs_count {
            self.issues.iter().map(|issue| issue.settle(bargain, &delivery)).collect()
        } else {
            self.settle_without_costs()
        };
        self.solution(delivery, settled)
    }

    /// What is kept of each term where the price is agreed.
    fn settle(&self, delivery: &Delivery) -> Result<Vec<Settled>, Failure> {
        let Some((_, bargain)) = &self.counted else { return Err(Failure::Nothing) };
        let bound = bargain.choice(delivery).map_err(Failure::Limit)?.and_then(|choice| choice.picks);
        let mut picks = bound.into_iter().flatten();
        let taken = |issue: &Issue<'_>| {
            let pick = if issue.options().is_empty() { None } else { picks.next() };
            issue.settle_as(pick, bargain, delivery)
        };
        Ok(self.issues.iter().map(taken).collect())
    }

    /// What is kept of each term where no price is agreed, so that costs do not count.
    pub(super) fn settle_without_costs(&self) -> Vec<Settled> {
        self.issues.iter().map(|issue| Settled::free(issue.settle_without_costs())).collect()
    }

    fn settle_points(&self, fairness: Frontier) -> Result<Vec<Settled>, Failure> {
        let mut settled = self.settle_without_costs();
        if let Some(chosen) = points::choose(&self.issues, fairness)? {
            points::replace(&mut settled, chosen);
        }
        Ok(settled)
    }

    pub(super) fn solution(&self, delivery: Delivery, settled: Vec<Settled>) -> Option<Solution> {
        let (_, bargain) = self.counted.as_ref()?;
        let rhythm = bargain.rhythm(&delivery).map(|r| r.burdens.clone()).unwrap_or_default();
        let provider_cost: Rational =
            settled.iter().map(|s| s.provider.clone()).sum::<Rational>() + bargain.provider_cost(&rhythm, &delivery);
        let receiver_cost = settled.iter().map(|s| s.receiver.clone()).sum::<Rational>()
            + bargain.receiver_cost(&rhythm, &delivery)
            + bargain.receiver_cost(&self.stand_in, &delivery);
        let amounts = amounts(bargain, &delivery, &provider_cost, &receiver_cost);
        Some(Solution { delivery, settled, amounts, provider_cost, receiver_cost })
    }
}
