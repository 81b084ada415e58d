//! What options cost, and the deliveries of a line compared.

use std::cmp::{Ordering, Reverse};

use crate::negotiate::problem::{Choice, Cost, Costs, Line, Rhythm, Term, Tier};
use crate::value::Rational;

/// A line at one rhythm and one tier, where costs are straight in the quantity.
#[derive(Clone, Copy)]
pub(super) struct Setting<'p> {
    pub(super) line: &'p Line,
    pub(super) rhythm: &'p Rhythm,
    pub(super) tier: Option<&'p Tier>,
}

/// `fixed + per_unit × quantity`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Straight {
    pub(super) fixed: Rational,
    pub(super) per_unit: Rational,
}

impl Straight {
    pub(super) fn at(&self, quantity: &Rational) -> Rational {
        &self.fixed + &(&self.per_unit * quantity)
    }
}

fn straight(cost: &Cost, price: Option<&Rational>) -> Straight {
    let of_price = price.map_or_else(Rational::zero, |price| &cost.share * price);
    Straight { fixed: cost.fixed.clone(), per_unit: &cost.unit + &of_price }
}

impl<'p> Setting<'p> {
    /// Both limits, the receiver's first, where both sides state an amount.
    pub(super) fn limits(&self) -> Option<(&'p Rational, &'p Rational)> {
        Some((self.line.limit.as_ref()?, &self.tier?.limit))
    }

    pub(super) fn provider(&self, costs: &Costs) -> Straight {
        straight(&costs.provider, self.tier.map(|tier| &tier.limit))
    }

    pub(super) fn receiver(&self, costs: &Costs) -> Straight {
        straight(&costs.receiver, self.line.limit.as_ref())
    }

    pub(super) fn joint(&self, costs: &Costs) -> Straight {
        let (provider, receiver) = (self.provider(costs), self.receiver(costs));
        Straight { fixed: &provider.fixed + &receiver.fixed, per_unit: &provider.per_unit + &receiver.per_unit }
    }

    /// The joint gain of a delivery whose terms cost the two so much; `None` where not both state an amount.
    pub(super) fn gain(&self, quantity: &Rational, costs_of_terms: &Rational) -> Option<Rational> {
        let (most, least) = self.limits()?;
        let rhythm = self.joint(&self.rhythm.costs).at(quantity);
        Some(&(&(&(most - least) * quantity) - &rhythm) - costs_of_terms)
    }

    /// What the receiver has left to pay for terms.
    pub(super) fn purse(&self, quantity: &Rational) -> Rational {
        let limit = self.line.limit.clone().unwrap_or_default();
        &(&limit * quantity) - &self.receiver(&self.rhythm.costs).at(quantity)
    }

    /// What the provider and the receiver bear for a term where each is decided by itself (R6): for one option, the first
    /// that costs the two least; for a range or a list, of those the ones that cost the provider least.
    pub(super) fn by_itself(&self, term: &Term, quantity: &Rational) -> (Rational, Rational) {
        let borne = |choice: &Choice| {
            let costs = &choice.costs;
            (self.provider(costs).at(quantity), self.receiver(costs).at(quantity))
        };
        let weighed = term.options.iter().map(borne).map(|(provider, receiver)| {
            let then = if term.takes_one { Rational::zero() } else { provider.clone() };
            ((&provider + &receiver, then), (provider, receiver))
        });
        weighed.min_by(|a, b| a.0.cmp(&b.0)).map(|(_, borne)| borne).unwrap_or_default()
    }

    /// What a delivery with such a gain is worth in the order of R6; greater is better.
    pub(super) fn rank(&self, gain: Option<Rational>, quantity: &Rational) -> Rank {
        let per_year = |amount: &Rational| amount.checked_div(&self.rhythm.years).unwrap_or_default();
        Rank {
            gain: gain.map(|gain| per_year(&gain)),
            rate: per_year(quantity),
            rhythm: Reverse((self.rhythm.rank, self.rhythm.every.clone())),
            quantity: quantity.clone(),
        }
    }
}

/// What decides between deliveries, in the order of R6.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rank {
    pub(super) gain: Option<Rational>,
    rate: Rational,
    rhythm: Reverse<((usize, usize), Option<String>)>,
    quantity: Rational,
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_gain = self.gain.cmp(&other.gain).then_with(|| self.rate.cmp(&other.rate));
        by_gain.then_with(|| self.rhythm.cmp(&other.rhythm)).then_with(|| self.quantity.cmp(&other.quantity))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
