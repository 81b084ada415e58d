//! Needs of two receivers pooled: taken together where the offer's quantity and tiers go by what both take.
//!
//! Everything else stands for each alone: its terms, its limit, its quantities. Tier by tier and rhythm by rhythm each line
//! is solved as if the price of the tier held from any quantity on; what the two then take together has to reach it.

use std::rc::Rc;

use super::candidate::{Candidate, Pricing, candidates};
use super::eligibility::Grants;
use super::outcome::{Pool, Sum};
use super::points::Frontier;
use super::side::Side;
use super::solve::{Solution, Solved};
use super::whole::Whole;
use crate::manifest::model::{PriceTerm, Rhythm, Terms, Tier};
use crate::syntax::At;
use crate::value::{Duration, Rational};

/// What pooling with a third does for the needs of either of two: pools after which all three gain more together.
pub fn pools(one: &Side<'_>, other: &Side<'_>, third: &Side<'_>) -> Vec<Pool> {
    let mut found: Vec<Pool> = [(one, other), (other, one)]
        .into_iter()
        .flat_map(|(provider, receiver)| served(provider, receiver, third))
        .collect();
    found.sort_by(|a, b| {
        (&a.provider, &a.need, &a.offer, &a.other_need).cmp(&(&b.provider, &b.need, &b.offer, &b.other_need))
    });
    found
}

/// The pools in which one side delivers to another and to a third.
fn served(provider: &Side<'_>, receiver: &Side<'_>, third: &Side<'_>) -> Vec<Pool> {
    if [receiver.id(), third.id()].contains(&provider.id()) || receiver.id() == third.id() {
        return Vec::new();
    }
    let with = |taker: &Side<'_>, pool: &mut dyn FnMut(&[Candidate<'_>])| {
        let sides = super::in_order(provider, taker);
        let grants = Rc::new(Grants::find(sides.each_ref().map(Side::manifest)));
        let whole = Whole::new(&sides);
        let mut lines = candidates(&sides, &grants, &whole.life.window);
        lines.retain(|line| line.provider.id() == provider.id() && line.is_open() && line.pricing == Pricing::Split);
        if whole.clashes.is_empty() {
            pool(&lines);
        }
    };
    let mut found = Vec::new();
    with(receiver, &mut |own| {
        with(third, &mut |theirs| {
            let pairs = own.iter().flat_map(|one| theirs.iter().map(move |other| (one, other)));
            found.extend(pairs.filter_map(|(one, other)| pooled(one, other)));
        });
    });
    found
}

/// The best pool of two lines of one offer, if it is better than each line alone.
fn pooled(one: &Candidate<'_>, other: &Candidate<'_>) -> Option<Pool> {
    let alike = std::ptr::eq(one.offer_terms, other.offer_terms);
    let apart = [one, other].map(|line| solved(line).and_then(|s| line.gain_per_year(&s)).unwrap_or_default());
    let best = ways(one, other).into_iter().filter(|_| alike).max_by(|a, b| a.gain.cmp(&b.gain))?;
    let more = &best.gain - &apart.into_iter().sum::<Rational>();
    more.is_positive().then(|| Pool {
        provider: one.provider.id().to_owned(),
        receiver: one.receiver.id().to_owned(),
        offer: one.offer.key.to_string(),
        need: one.need.key.to_string(),
        with: other.receiver.id().to_owned(),
        other_need: other.need.key.to_string(),
        deal: best.deals.0,
        other_deal: best.deals.1,
        more: Sum { amount: more, currency: one.currency.unwrap_or_default().to_owned() },
    })
}

fn solved(line: &Candidate<'_>) -> Option<Rc<Solution>> {
    match line.solve(Frontier::default()) {
        Solved::Possible(solution) => Some(solution),
        Solved::Impossible | Solved::Undecided(_) => None,
    }
}

/// A way in which two take together.
struct Way {
    deals: (super::outcome::Deal, super::outcome::Deal),
    gain: Rational,
}

/// Every tier in every rhythm that both lines have.
fn ways(one: &Candidate<'_>, other: &Candidate<'_>) -> Vec<Way> {
    let Some(PriceTerm::Tiers(tiers)) = one.offer_terms.price.as_ref().map(|at| &at.value) else { return Vec::new() };
    let rhythms = common_rhythms(one, other);
    let each = rhythms.iter().flat_map(|every| tiers.iter().map(move |tier| (every, tier)));
    each.filter_map(|(every, tier)| way(one, other, *every, tier)).collect()
}

/// The rhythms of both; `[None]` if both are single deliveries.
fn common_rhythms(one: &Candidate<'_>, other: &Candidate<'_>) -> Vec<Option<Duration>> {
    let of = |line: &Candidate<'_>| line.counted.as_ref().map(|(_, bargain)| bargain.rhythms.clone());
    match (of(one), of(other)) {
        (Some(None), Some(None)) => vec![None],
        (Some(Some(own)), Some(Some(theirs))) => {
            let shared = own.iter().filter(|r| theirs.iter().any(|t| t.every == r.every));
            shared.map(|r| Some(r.every)).collect()
        }
        _ => Vec::new(),
    }
}

fn way(one: &Candidate<'_>, other: &Candidate<'_>, every: Option<Duration>, tier: &Tier) -> Option<Way> {
    let offer = at_tier(one.offer_terms, tier);
    let needs = [one, other].map(|line| in_rhythm(line, every));
    let [own, their] = &needs;
    let (first, second) = (one.varied(&offer, own), other.varied(&offer, their));
    let (taken, theirs) = (solved(&first)?, solved(&second)?);
    let (measure, bargain) = one.counted.as_ref()?;
    let (their_measure, _) = other.counted.as_ref()?;
    let together = &taken.delivery.quantity + &theirs.delivery.quantity;
    let share = |line: &Candidate<'_>, solution: &Solution| {
        line.counted.as_ref().and_then(|(_, bargain)| bargain.share_of_volume(&solution.delivery)).unwrap_or_default()
    };
    let from = tier.from.as_ref().and_then(|from| measure.base(crate::agreement::Role::Provider, &from.value));
    let holds = measure.dimension() == their_measure.dimension()
        && bargain.supply.quantity.contains(&together)
        && from.is_none_or(|from| together >= from)
        && &share(&first, &taken) + &share(&second, &theirs) <= Rational::one();
    let gain = &first.gain_per_year(&taken)? + &second.gain_per_year(&theirs)?;
    let deals = (first.deal(&taken)?, second.deal(&theirs)?);
    holds.then_some(Way { deals, gain })
}

/// The offer's terms as if the price of a tier held from any quantity on, and one delivery could be any.
fn at_tier(terms: &Terms, tier: &Tier) -> Terms {
    let price = terms
        .price
        .as_ref()
        .map(|at| At { node: at.node, value: PriceTerm::Tiers(vec![Tier { from: None, ..tier.clone() }]) });
    Terms { quantity: None, price, ..terms.clone() }
}

/// The need's terms in one rhythm alone.
fn in_rhythm(line: &Candidate<'_>, every: Option<Duration>) -> Terms {
    let Some(every) = every else { return line.need_terms.clone() };
    let stated = line.need_terms.every.as_ref();
    let node = stated.map_or(line.need.node, |at| at.node);
    let known = stated.and_then(|at| at.value.iter().find(|rhythm| rhythm.every == every).cloned());
    let rhythm = known.unwrap_or(Rhythm { node, every, costs: Vec::new() });
    Terms { every: Some(At { node, value: vec![rhythm] }), ..line.need_terms.clone() }
}
