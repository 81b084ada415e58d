//! A candidate line solved: the delivery of R6, what is kept of each term, and the amounts of R7.

use std::rc::Rc;

use super::bargain::Delivery;
use super::candidate::{Candidate, Pricing};
use super::points::{self, Failure, Frontier, WorkLimit};
use super::price::{Amounts, amounts};
use super::serve::ServedLine;
use super::sheet::Settlement;
use crate::value::Rational;

/// A possible line.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    pub(super) delivery: Delivery,
    /// What is kept of the terms.
    pub(super) settled: Rc<Settlement>,
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
    Possible(Rc<Solution>),
    /// It is not.
    Impossible,
    /// The stated limit of work was exceeded.
    Undecided(WorkLimit),
}

impl<'a> Candidate<'a> {
    /// Whom it would serve by what.
    pub(super) fn served_line(&self) -> ServedLine<'a> {
        (self.provider.id(), &self.need.key, &self.offer.key)
    }

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
            Pricing::Proposed(_) | Pricing::Open => Ok(self.sheet.settle_without_costs()),
        };
        match settled {
            Ok(settled) => {
                self.solution(delivery, settled).map_or(Solved::Impossible, |s| Solved::Possible(Rc::new(s)))
            }
            Err(Failure::Nothing) => Solved::Impossible,
            Err(Failure::Limit(limit)) => Solved::Undecided(limit),
        }
    }

    /// The line as a part of a package with a given delivery: money moves whatever the line alone says of it, and costs
    /// count where the price of the package is agreed.
    pub(super) fn part_for(&self, delivery: Delivery, costs_count: bool) -> Option<Solution> {
        let (_, bargain) = self.counted.as_ref()?;
        let settled =
            if costs_count { self.sheet.settle(bargain, &delivery, None) } else { self.sheet.settle_without_costs() };
        self.solution(delivery, settled)
    }

    /// What is kept of each term where the price is agreed.
    fn settle(&self, delivery: &Delivery) -> Result<Rc<Settlement>, Failure> {
        let Some((_, bargain)) = &self.counted else { return Err(Failure::Nothing) };
        let bound = bargain.choice(delivery).map_err(Failure::Limit)?.and_then(|choice| choice.picks);
        Ok(self.sheet.settle(bargain, delivery, bound.as_deref()))
    }

    fn settle_points(&self, fairness: Frontier) -> Result<Rc<Settlement>, Failure> {
        let settled = self.sheet.settle_without_costs();
        Ok(match points::choose(&self.sheet.issues, fairness)? {
            Some(chosen) => Rc::new(settled.with(chosen)),
            None => settled,
        })
    }

    /// Whether some choice of its options is worth nothing or more to both where no money moves.
    pub(super) fn has_fair_points(&self, fairness: Frontier) -> Result<bool, WorkLimit> {
        match self.settle_points(fairness) {
            Ok(_) => Ok(true),
            Err(Failure::Nothing) => Ok(false),
            Err(Failure::Limit(limit)) => Err(limit),
        }
    }

    pub(super) fn solution(&self, delivery: Delivery, settled: Rc<Settlement>) -> Option<Solution> {
        let (_, bargain) = self.counted.as_ref()?;
        let (mut provider_cost, mut receiver_cost) = (settled.provider.clone(), settled.receiver.clone());
        let beside = bargain.rhythm(&delivery).map(|rhythm| &rhythm.burdens);
        for burdens in beside.into_iter().chain(bargain.stand_in.iter().flatten()) {
            provider_cost += bargain.provider_cost(burdens, &delivery);
            receiver_cost += bargain.receiver_cost(burdens, &delivery);
        }
        let amounts = amounts(bargain, &delivery, &provider_cost, &receiver_cost);
        Some(Solution { delivery, settled, amounts, provider_cost, receiver_cost })
    }
}
