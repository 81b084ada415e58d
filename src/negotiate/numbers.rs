//! The numbers of a candidate line: what the two sides state, as a bargain in base units and one currency.

use std::rc::Rc;

use super::bargain::{Bargain, Bid, Burden, Burdens, Demand, Rhythm, Supply, Tier, Volume};
use super::candidate::Pricing;
use super::measure::Measure;
use super::options::Options;
use super::pieces::Ends;
use super::terms;
use crate::agreement::Role;
use crate::domain::{Interval, common};
use crate::manifest::model::{self, Cost, PriceTerm, Quantities, Rhythm as StatedRhythm, Substitute, Terms};
use crate::syntax::At;
use crate::value::{CostAmount, Duration, Price, Quantity, Rational};

impl Supply {
    /// The numbers of an offer's terms.
    pub(super) fn of(measure: &Measure<'_>, terms: &Terms, pricing: Pricing) -> Self {
        let one = Rational::one();
        let multiple = multiple(measure, Role::Provider, terms, &one);
        Self {
            quantity: quantities(measure, Role::Provider, terms, &one, multiple.clone()),
            multiple,
            volume: volume(measure, Role::Provider, terms, &one),
            tiers: tiers(measure, terms).filter(|_| pricing != Pricing::Free),
        }
    }
}

impl Demand {
    /// The numbers of a need's terms; `ratio` is how much of what is delivered stands for one of what was asked.
    pub(super) fn of(measure: &Measure<'_>, terms: &Terms, pricing: Pricing, ratio: &Rational) -> Self {
        let silent = pricing == Pricing::Free;
        let multiple = multiple(measure, Role::Receiver, terms, ratio);
        Self {
            quantity: quantities(measure, Role::Receiver, terms, ratio, multiple.clone()),
            multiple,
            volume: volume(measure, Role::Receiver, terms, ratio),
            bid: if silent { Bid::Silent } else { bid(measure, terms, ratio) },
        }
    }
}

impl Bargain {
    /// Everything that both state, in numbers.
    pub(super) fn of(
        measure: &Measure<'_>,
        (supply, demand): (Rc<Supply>, Rc<Demand>),
        rhythms: Option<Rc<[Rhythm]>>,
        options: Rc<Options>,
        substitute: Option<&Substitute>,
    ) -> Self {
        let price = |role: Role, cost: &Cost| burden(measure, role, cost);
        let sum = |costs: &[Cost]| costs.iter().fold(Burden::default(), |sum, c| sum.plus(&price(Role::Receiver, c)));
        let stand_in = |s: &Substitute| [Burdens { provider: Burden::default(), receiver: sum(&s.costs) }];
        Self {
            multiples: common_multiple([supply.multiple.clone(), demand.multiple.clone()]),
            supply,
            demand,
            grain: measure.grain().clone(),
            rhythms,
            options,
            stand_in: substitute.map(stand_in),
            ends: Ends::default(),
        }
    }
}

/// R4: recurring if the need states `every` or a volume with a period.
pub(super) fn is_recurring(need: &Terms) -> bool {
    need.every.is_some() || volume_period(need).is_some()
}

/// The rhythms of a line; `None` for a single delivery.
pub(super) fn rhythms(measure: &Measure<'_>, offer: &Terms, need: &Terms) -> Option<Rc<[Rhythm]>> {
    let stated = [offer, need].map(|terms| terms.every.as_ref().map(|every| every.value.as_slice()));
    let price = |role: Role, cost: &Cost| burden(measure, role, cost);
    is_recurring(need).then(|| rhythms_of(offer, need, stated, &price).into())
}

/// The rhythms of a recurring line whose sides state these.
pub(super) fn rhythms_of(
    offer: &Terms,
    need: &Terms,
    [offered, needed]: [Option<&[StatedRhythm]>; 2],
    price: &terms::Costing<'_>,
) -> Vec<Rhythm> {
    if offered.is_none() && needed.is_none() {
        let period = volume_period(need).or_else(|| volume_period(offer));
        return period.map(|every| rhythm(every, Burdens::default(), (0, 0))).into_iter().collect();
    }
    common_rhythms(offered, needed, price)
}

/// The multiples that a side states.
fn multiple(measure: &Measure<'_>, role: Role, terms: &Terms, ratio: &Rational) -> Option<Rational> {
    let step = terms.quantity.as_ref()?.value.multiple_of.as_ref()?;
    measure.base(role, step).map(|step| &step * ratio)
}

/// The provider's prices; `None` where it states none.
fn tiers(measure: &Measure<'_>, terms: &Terms) -> Option<Vec<Tier>> {
    let numbers = |price: &Price| measure.price(Role::Provider, price);
    let tier = |tier: &model::Tier| {
        let from = tier.from.as_ref().and_then(|from| measure.base(Role::Provider, &from.value));
        let (least, most) = (&tier.at_least.as_ref()?.value, tier.at_most.as_ref().map(|most| &most.value));
        let limit = numbers(least)?;
        // Most prices are posted.
        let ask = most.and_then(|most| if most == least { Some(limit.clone()) } else { numbers(most) });
        Some(Tier { from: from.unwrap_or_default(), limit, ask })
    };
    match &terms.price.as_ref()?.value {
        PriceTerm::Free => {
            Some(vec![Tier { from: Rational::zero(), limit: Rational::zero(), ask: Some(Rational::zero()) }])
        }
        PriceTerm::Any => None,
        PriceTerm::Tiers(tiers) => {
            let counted: Vec<Tier> = tiers.iter().filter_map(tier).collect();
            (!counted.is_empty()).then_some(counted)
        }
    }
}

/// What the receiver says of the price.
fn bid(measure: &Measure<'_>, terms: &Terms, ratio: &Rational) -> Bid {
    match terms.price.as_ref().map(|price| &price.value) {
        None => Bid::Silent,
        Some(PriceTerm::Free) => Bid::Limit { limit: Rational::zero(), floor: None },
        Some(PriceTerm::Any) => Bid::Any,
        Some(PriceTerm::Tiers(tiers)) => {
            let per_delivered =
                |price: &Price| measure.price(Role::Receiver, price).and_then(|price| price.checked_div(ratio));
            let end = |end: &Option<At<Price>>| end.as_ref().and_then(|price| per_delivered(&price.value));
            let tier = tiers.first();
            match tier.and_then(|tier| end(&tier.at_most)) {
                Some(limit) => Bid::Limit { limit, floor: tier.and_then(|tier| end(&tier.at_least)) },
                None => Bid::Silent,
            }
        }
    }
}

/// The period of a volume.
pub(super) fn volume_period(terms: &Terms) -> Option<Duration> {
    terms.volume.as_ref()?.value.per
}

/// The rhythms that both accept, with what they cost each.
fn common_rhythms(
    offered: Option<&[StatedRhythm]>,
    needed: Option<&[StatedRhythm]>,
    price: &terms::Costing<'_>,
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
    Rhythm { years: every.years(), every: every.in_largest_unit(), burdens, rank }
}

fn quantities(
    measure: &Measure<'_>,
    role: Role,
    terms: &Terms,
    ratio: &Rational,
    multiple: Option<Rational>,
) -> Interval {
    let Some(stated) = &terms.quantity else { return Interval::new(Some(Rational::zero()), None, None) };
    let Quantities { at_least, at_most, .. } = &stated.value;
    let number = |q: &Option<Quantity>| q.as_ref().and_then(|q| measure.base(role, q)).map(|q| &q * ratio);
    Interval::new(number(at_least).or_else(|| Some(Rational::zero())), number(at_most), multiple)
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
