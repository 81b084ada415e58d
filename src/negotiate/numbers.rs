//! The numbers of a candidate line: what the two sides state, as a bargain in base units and one currency.

use super::bargain::{Bargain, Bid, Burden, Burdens, Rhythm, Tier, Volume};
use super::candidate::{Candidate, Pricing};
use super::measure::Measure;
use super::terms::{self, Issue};
use crate::agreement::Role;
use crate::domain::{Interval, common};
use crate::manifest::model::{Cost, PriceTerm, Quantities, Rhythm as StatedRhythm, Terms};
use crate::value::{CostAmount, Duration, Price, Quantity, Rational};

impl<'a> Candidate<'a> {
    /// Everything that both state, in numbers.
    pub(super) fn bargain(&self, measure: &Measure<'a>, price: &terms::Pricing<'_>) -> Bargain {
        let ratio = self.substitute.map_or_else(Rational::one, |s| s.ratio.clone());
        let one = Rational::one();
        let mut weighed: Vec<Vec<Burdens>> = self.issues.iter().map(Issue::options).filter(|o| !o.is_empty()).collect();
        if self.substitute.is_some() {
            weighed.push(vec![self.stand_in.clone()]);
        }
        Bargain {
            offer_quantity: quantities(measure, Role::Provider, self.offer_terms, &one),
            need_quantity: quantities(measure, Role::Receiver, self.need_terms, &ratio),
            multiples: common_multiple(self.multiples(measure)),
            offer_volume: volume(measure, Role::Provider, self.offer_terms, &one),
            need_volume: volume(measure, Role::Receiver, self.need_terms, &ratio),
            grain: measure.shown_factor().checked_div(&Rational::from(1000)).unwrap_or_else(Rational::one),
            rhythms: self.rhythms(price),
            tiers: self.tiers(measure),
            bid: self.bid(measure, &ratio),
            issues: weighed,
        }
    }

    /// The multiples that the provider and the receiver state; a set of one quantity has forgotten its own.
    pub(super) fn multiples(&self, measure: &Measure<'_>) -> [Option<Rational>; 2] {
        let ratio = self.substitute.map_or_else(Rational::one, |s| s.ratio.clone());
        let stated = |role, terms: &Terms| {
            let step = terms.quantity.as_ref()?.value.multiple_of.as_ref()?;
            measure.base(role, step)
        };
        let needed = stated(Role::Receiver, self.need_terms).map(|step| &step * &ratio);
        [stated(Role::Provider, self.offer_terms), needed]
    }

    /// R4: recurring if the need states `every` or a volume with a period.
    pub(super) fn is_recurring(&self) -> bool {
        self.need_terms.every.is_some() || volume_period(self.need_terms).is_some()
    }

    fn rhythms(&self, price: &terms::Pricing<'_>) -> Option<Vec<Rhythm>> {
        let stated = |terms: &'a Terms| terms.every.as_ref().map(|every| every.value.as_slice());
        self.is_recurring().then(|| self.rhythms_of(stated(self.offer_terms), stated(self.need_terms), price))
    }

    /// The rhythms of a recurring line whose sides state these.
    pub(super) fn rhythms_of(
        &self,
        offered: Option<&[StatedRhythm]>,
        needed: Option<&[StatedRhythm]>,
        price: &terms::Pricing<'_>,
    ) -> Vec<Rhythm> {
        if offered.is_none() && needed.is_none() {
            let period = volume_period(self.need_terms).or_else(|| volume_period(self.offer_terms));
            return period.map(|every| rhythm(every, Burdens::default(), (0, 0))).into_iter().collect();
        }
        common_rhythms(offered, needed, price)
    }

    fn tiers(&self, measure: &Measure<'a>) -> Option<Vec<Tier>> {
        let free = || vec![Tier { from: Rational::zero(), limit: Rational::zero(), ask: Some(Rational::zero()) }];
        if self.pricing == Pricing::Free {
            return None;
        }
        match &self.offer_terms.price.as_ref()?.value {
            PriceTerm::Free => Some(free()),
            PriceTerm::Any => None,
            PriceTerm::Tiers(tiers) => {
                let numbers = |price: &Price| measure.price(Role::Provider, price);
                let counted: Vec<Tier> = tiers
                    .iter()
                    .filter_map(|tier| {
                        Some(Tier {
                            from: tier
                                .from
                                .as_ref()
                                .and_then(|from| measure.base(Role::Provider, &from.value))
                                .unwrap_or_default(),
                            limit: numbers(&tier.at_least.as_ref()?.value)?,
                            ask: tier.at_most.as_ref().and_then(|ask| numbers(&ask.value)),
                        })
                    })
                    .collect();
                (!counted.is_empty()).then_some(counted)
            }
        }
    }

    fn bid(&self, measure: &Measure<'a>, ratio: &Rational) -> Bid {
        let stated = self.need_terms.price.as_ref().map(|price| &price.value);
        match (self.pricing, stated) {
            (Pricing::Free, _) | (_, None) => Bid::Silent,
            (_, Some(PriceTerm::Free)) => Bid::Limit { limit: Rational::zero(), floor: None },
            (_, Some(PriceTerm::Any)) => Bid::Any,
            (_, Some(PriceTerm::Tiers(tiers))) => {
                let per_delivered =
                    |price: &Price| measure.price(Role::Receiver, price).and_then(|price| price.checked_div(ratio));
                let end =
                    |end: &Option<crate::syntax::At<Price>>| end.as_ref().and_then(|price| per_delivered(&price.value));
                let tier = tiers.first();
                match tier.and_then(|tier| end(&tier.at_most)) {
                    Some(limit) => Bid::Limit { limit, floor: tier.and_then(|tier| end(&tier.at_least)) },
                    None => Bid::Silent,
                }
            }
        }
    }
}

fn volume_period(terms: &Terms) -> Option<Duration> {
    terms.volume.as_ref()?.value.per
}

/// The rhythms that both accept, with what they cost each.
fn common_rhythms(
    offered: Option<&[StatedRhythm]>,
    needed: Option<&[StatedRhythm]>,
    price: &terms::Pricing<'_>,
) -> Vec<Rhythm> {
    let costs = |role, stated: Option<&StatedRhythm>| {
        let list = stated.map(|rhythm| rhythm.costs.as_slice()).unwrap_or_default();
        list.iter().fold(Burden::default(), |sum, cost| sum.plus(&price(role, cost)))
    };
    let met = common(offered, needed, |a: Option<&StatedRhythm>, b: Option<&StatedRhythm>| {
        let same = !matches!((a, b), (Some(a), Some(b)) if a.every != b.every);
        let every = a.or(b)?.every;
        let burdens = Burdens { provider: costs(Role::Provider, a), receiver: costs(Role::Receiver, b) };
        same.then_some((every, burdens))
    });
    let ranked = met.into_iter().map(|common| (common.order(), common.value));
    ranked.map(|(rank, (every, burdens))| rhythm(every, burdens, rank)).collect()
}

fn rhythm(every: Duration, burdens: Burdens, rank: (usize, usize)) -> Rhythm {
    Rhythm { years: every.years(), every, burdens, rank }
}

fn quantities(measure: &Measure<'_>, role: Role, terms: &Terms, ratio: &Rational) -> Interval {
    let Some(stated) = &terms.quantity else { return Interval::new(Some(Rational::zero()), None, None) };
    let Quantities { at_least, at_most, multiple_of } = &stated.value;
    let number = |q: &Option<Quantity>| q.as_ref().and_then(|q| measure.base(role, q)).map(|q| &q * ratio);
    Interval::new(number(at_least).or_else(|| Some(Rational::zero())), number(at_most), number(multiple_of))
}

/// The least common multiple of what both state.
pub(super) fn common_multiple([first, second]: [Option<Rational>; 2]) -> Option<Rational> {
    match (first, second) {
        (Some(a), Some(b)) => Some(a.lcm(&b)),
        (one, other) => one.or(other),
    }
}

fn volume(measure: &Measure<'_>, role: Role, terms: &Terms, ratio: &Rational) -> Option<Volume> {
    let stated = &terms.volume.as_ref()?.value;
    let number = |q: &Option<Quantity>| q.as_ref().and_then(|q| measure.base(role, q)).map(|q| &q * ratio);
    Some(Volume {
        at_least: number(&stated.at_least),
        at_most: number(&stated.at_most),
        years: stated.per.as_ref().map(Duration::years),
    })
}

/// What a cost weighs, taken once.
pub(super) fn burden(measure: &Measure<'_>, role: Role, cost: &Cost) -> Burden {
    let mut burden = Burden::default();
    match &cost.amount {
        CostAmount::Delivery(money) => burden.fixed = money.amount.rational(),
        CostAmount::Unit(price) => burden.unit = measure.price(role, price).unwrap_or_default(),
        CostAmount::Share(percent) => burden.share = percent.fraction(),
    }
    if cost.benefit { burden.times(&Rational::from(-1)) } else { burden }
}
