//! What the deliveries of a line come to in one rhythm and tier. All of it is straight in the quantity but for the terms that
//! leave a choice, so that it is worked out once for all quantities.

use std::borrow::Cow;

use super::bargain::{Bargain, Burden, Burdens, Rhythm, Tier};
use super::points::WorkLimit;
use super::purse::{self, Choice, Weight};
use crate::value::Rational;

/// An amount that is straight in the quantity.
#[derive(Clone, Debug)]
struct Straight {
    fixed: Rational,
    unit: Rational,
}

impl Straight {
    /// What a side bears whose own price is this.
    fn of(burden: &Burden, price: Option<&Rational>) -> Self {
        Self { fixed: burden.fixed.clone(), unit: burden.per_unit(price) }
    }

    fn plus(&self, other: &Self) -> Self {
        Self { fixed: &self.fixed + &other.fixed, unit: &self.unit + &other.unit }
    }

    fn minus(&self, other: &Self) -> Self {
        Self { fixed: &self.fixed - &other.fixed, unit: &self.unit - &other.unit }
    }

    /// Whether it is below zero at no quantity.
    fn is_never_negative(&self) -> bool {
        !self.fixed.is_negative() && !self.unit.is_negative()
    }

    fn at(&self, quantity: &Rational) -> Rational {
        if self.unit.is_zero() { self.fixed.clone() } else { &self.fixed + &(&self.unit * quantity) }
    }
}

/// What an option costs in a tier.
#[derive(Clone, Debug)]
struct Costs {
    /// The two together.
    joint: Straight,
    receiver: Straight,
}

impl Costs {
    fn at(&self, quantity: &Rational) -> Weight {
        Weight { joint: self.joint.at(quantity), receiver: self.receiver.at(quantity) }
    }

    fn plus(&self, other: &Self) -> Self {
        Self { joint: self.joint.plus(&other.joint), receiver: self.receiver.plus(&other.receiver) }
    }
}

/// What the terms of a line cost in a tier in which both state an amount.
#[derive(Debug)]
pub(super) struct TermCosts<'b> {
    bargain: &'b Bargain,
    tier: &'b Tier,
    /// The most that the receiver pays for a base unit.
    limit: &'b Rational,
    /// All that leaves no choice, and what a substitute costs.
    settled: Costs,
    /// Of each other term, the options that can cost least.
    contested: Vec<Vec<Costs>>,
    /// What deliveries come to where their rhythm costs nothing.
    plain: Deliveries,
}

/// What deliveries come to before and after what the terms cost.
#[derive(Clone, Debug)]
struct Deliveries {
    /// The joint gain before anything that the terms cost.
    gain: Straight,
    /// What the receiver can spend on terms.
    purse: Straight,
    /// The joint gain where no term leaves a choice and the receiver always has something left to pay.
    settled: Option<Straight>,
}

impl Deliveries {
    /// Of a gain and a purse, the terms of which some are settled.
    fn of(gain: Straight, purse: Straight, settled: &Costs, is_contested: bool) -> Self {
        let is_open = || is_contested || !purse.minus(&settled.receiver).is_never_negative();
        let settled = (!is_open()).then(|| gain.minus(&settled.joint));
        Self { gain, purse, settled }
    }
}

impl<'b> TermCosts<'b> {
    /// `None` where not both state an amount.
    pub(super) fn of(bargain: &'b Bargain, tier: Option<&'b Tier>) -> Option<Self> {
        let (tier, limit) = (tier?, bargain.limit()?);
        let costs = |option| costs(tier, limit, option);
        let stand_in = bargain.stand_in.iter().flatten();
        let settled = stand_in.fold(costs(&bargain.options.settled), |sum, taken| sum.plus(&costs(taken)));
        let contested: Vec<Vec<Costs>> =
            bargain.options.contested.iter().map(|term| term.iter().map(costs).collect()).collect();
        let per_unit = |unit: Rational| Straight { fixed: Rational::zero(), unit };
        let (gain, purse) = (per_unit(limit - &tier.limit), per_unit(limit.clone()));
        let plain = Deliveries::of(gain, purse, &settled, !contested.is_empty());
        Some(Self { bargain, tier, limit, settled, contested, plain })
    }

    /// What deliveries come to in a rhythm, or in a single delivery.
    pub(super) fn in_rhythm(&self, rhythm: Option<&Rhythm>) -> Reckoning<'_> {
        let deliveries = match rhythm.filter(|rhythm| !rhythm.burdens.are_nothing()) {
            None => Cow::Borrowed(&self.plain),
            Some(rhythm) => {
                let Costs { joint, receiver } = costs(self.tier, self.limit, &rhythm.burdens);
                let (gain, purse) = (self.plain.gain.minus(&joint), self.plain.purse.minus(&receiver));
                Cow::Owned(Deliveries::of(gain, purse, &self.settled, !self.contested.is_empty()))
            }
        };
        Reckoning { deliveries, terms: self }
    }

    /// What is taken at a quantity where no term has to look at another.
    fn least(&self, quantity: &Rational) -> Choice {
        let taken = |options: &Vec<Costs>| purse::least(options.iter().map(|option| option.at(quantity)));
        self.contested.iter().fold(Choice::of(self.settled.at(quantity)), |sum, options| sum.and(taken(options)))
    }

    /// What every option of every term costs at a quantity, what a substitute costs as a term without a choice.
    fn weights(&self, quantity: &Rational) -> Vec<Vec<Weight>> {
        let weight = |option| costs(self.tier, self.limit, option).at(quantity);
        self.bargain.options().map(|options| options.iter().map(weight).collect()).collect()
    }
}

/// What an option costs in a tier, whose receiver pays at most `limit` for a base unit.
fn costs(tier: &Tier, limit: &Rational, option: &Burdens) -> Costs {
    let receiver = Straight::of(&option.receiver, Some(limit));
    Costs { joint: Straight::of(&option.provider, Some(&tier.limit)).plus(&receiver), receiver }
}

/// What deliveries come to in a rhythm and a tier.
#[derive(Debug)]
pub(super) struct Reckoning<'t> {
    deliveries: Cow<'t, Deliveries>,
    terms: &'t TermCosts<'t>,
}

impl Reckoning<'_> {
    /// The joint gain with the options that cost the two least; `None` where no choice leaves the receiver anything to pay.
    pub(super) fn gain(&self, quantity: &Rational) -> Result<Option<Rational>, WorkLimit> {
        match &self.deliveries.settled {
            Some(gain) => Ok(Some(gain.at(quantity))),
            None => Ok(self.choice(quantity)?.map(|choice| &self.deliveries.gain.at(quantity) - &choice.joint)),
        }
    }

    /// The joint gain with the options that cost the two least, whatever they leave the receiver.
    pub(super) fn least_cost_gain(&self, quantity: &Rational) -> Rational {
        &self.deliveries.gain.at(quantity) - &self.terms.least(quantity).joint
    }

    /// The options taken (R5); all that cost least where no limit binds them.
    pub(super) fn choice(&self, quantity: &Rational) -> Result<Option<Choice>, WorkLimit> {
        purse::choose(self.terms.least(quantity), || self.terms.weights(quantity), &self.deliveries.purse.at(quantity))
    }
}
