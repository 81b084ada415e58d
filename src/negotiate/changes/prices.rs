//! Changes of prices: a limit lowered or raised, a tier that begins sooner.

use super::{Proposal, TermEdit, distance};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{PriceTerm, Tier};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::{draft, write};
use crate::syntax::At;
use crate::value::{Decimal, Price, Quantity, Rational};

/// The offer's limit of one tier lowered, or a lower price from a smaller quantity on.
pub(super) fn of_offer(candidate: &Candidate<'_>) -> Vec<Proposal> {
    let Some(price) = &candidate.offer_terms.price else { return Vec::new() };
    let PriceTerm::Tiers(tiers) = &price.value else { return Vec::new() };
    let lowered = (0..tiers.len()).filter_map(|index| lower_tier(candidate, price, tiers, index));
    let sooner = (0..tiers.len()).filter_map(|index| sooner_tier(candidate, price, tiers, index));
    // Of the tiers that could be lowered the nearest is enough.
    let nearest = lowered.min_by(|a, b| a.size.cmp(&b.size));
    nearest.into_iter().chain(sooner.min_by(|a, b| a.size.cmp(&b.size))).collect()
}

fn with_tiers(candidate: &Candidate<'_>, price: &At<PriceTerm>, tiers: Vec<Tier>) -> TermEdit {
    candidate
        .edited(Role::Provider, |terms| terms.price = Some(At { node: price.node, value: PriceTerm::Tiers(tiers) }))
}

fn lower_tier(candidate: &Candidate<'_>, price: &At<PriceTerm>, tiers: &[Tier], index: usize) -> Option<Proposal> {
    let tier = tiers.get(index)?;
    let (stated, ask) = (&tier.at_least.as_ref()?.value, tier.at_most.as_ref().map(|ask| &ask.value));
    let posted = ask.is_some_and(|ask| ask.per_unit() == stated.per_unit());
    let edit = |amount: &Decimal| {
        let mut tiers = tiers.to_vec();
        if let Some(tier) = tiers.get_mut(index) {
            let node = tier.node;
            let lowered = Some(At { node, value: Price { amount: amount.clone(), ..stated.clone() } });
            if posted {
                tier.at_most.clone_from(&lowered);
            }
            tier.at_least = lowered;
        }
        with_tiers(candidate, price, tiers)
    };
    let amount = nearest_price(stated, Toward::Zero, |amount| candidate.has_deal(&edit(amount)))?;
    let to = Text::new("sell at {price}").with("price", Price { amount: amount.clone(), ..stated.clone() });
    Some(Proposal {
        role: Role::Provider,
        statement: candidate.offered(tier.at_least.as_ref()?.node),
        to,
        size: distance(&stated.amount.rational(), &amount.rational()),
        edit: edit(&amount),
    })
}

fn sooner_tier(candidate: &Candidate<'_>, price: &At<PriceTerm>, tiers: &[Tier], index: usize) -> Option<Proposal> {
    let (measure, bargain) = candidate.counted.as_ref()?;
    let tier = tiers.get(index)?;
    let from = tier.from.as_ref()?;
    let factor = measure.factor(Role::Provider, &from.value.unit)?;
    let now = measure.base(Role::Provider, &from.value)?;
    let rhythms: Vec<Option<usize>> = match &bargain.rhythms {
        None => vec![None],
        Some(list) => (0..list.len()).map(Some).collect(),
    };
    let below =
        |rhythm: &Option<usize>| bargain.quantities(*rhythm).hi().cloned().filter(|hi| *hi < now && hi.is_positive());
    let mut ends: Vec<Rational> = rhythms.iter().filter_map(below).collect();
    ends.sort();
    let edit = |quantity: &Quantity| {
        let mut tiers = tiers.to_vec();
        if let Some(tier) = tiers.get_mut(index) {
            tier.from = Some(At { node: from.node, value: quantity.clone() });
        }
        // Tiers that would now begin later than the next are overtaken by it.
        let overtaken = |t: &Tier| t.from.as_ref().and_then(|f| measure.base(Role::Provider, &f.value));
        let start = overtaken(tiers.get(index)?)?;
        let kept = tiers.iter().enumerate().filter(|(i, t)| *i >= index || overtaken(t).is_none_or(|at| at < start));
        Some(with_tiers(candidate, price, kept.map(|(_, t)| t.clone()).collect()))
    };
    let (end, quantity) = ends.into_iter().rev().find_map(|end| {
        let amount = write::decimal(&end.checked_div(&factor)?);
        let quantity = Quantity { amount, unit: from.value.unit.clone() };
        candidate.has_deal(&edit(&quantity)?).then_some((end, quantity))
    })?;
    let at = tier.at_least.as_ref().or(tier.at_most.as_ref())?;
    let to = Text::new("sell at {price} from {quantity}").with("price", &at.value).with("quantity", &quantity);
    Some(Proposal {
        role: Role::Provider,
        statement: candidate.offered(from.node),
        to,
        size: distance(&now, &end),
        edit: edit(&quantity)?,
    })
}

/// The need's limit raised.
pub(super) fn of_need(candidate: &Candidate<'_>) -> Vec<Proposal> {
    let Some(price) = &candidate.need_terms.price else { return Vec::new() };
    let PriceTerm::Tiers(tiers) = &price.value else { return Vec::new() };
    let Some((tier, stated)) = tiers.first().and_then(|tier| Some((tier, tier.at_most.as_ref()?))) else {
        return Vec::new();
    };
    let edit = |amount: &Decimal| {
        let value = Price { amount: amount.clone(), ..stated.value.clone() };
        let raised = Tier { at_most: Some(At { node: stated.node, value }), ..tier.clone() };
        candidate.edited(Role::Receiver, |terms| {
            terms.price = Some(At { node: price.node, value: PriceTerm::Tiers(vec![raised]) });
        })
    };
    let Some(amount) = nearest_price(&stated.value, Toward::More, |amount| candidate.has_deal(&edit(amount))) else {
        return Vec::new();
    };
    let to = Text::new("pay {price}").with("price", Price { amount: amount.clone(), ..stated.value.clone() });
    vec![Proposal {
        role: Role::Receiver,
        statement: candidate.needed(stated.node),
        to,
        size: distance(&stated.value.amount.rational(), &amount.rational()),
        edit: edit(&amount),
    }]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Toward {
    Zero,
    More,
}

/// How many times a price may be doubled in search of one that does.
const MOST_DOUBLINGS: u32 = 24;

/// The price nearest to the stated one that does, on the lattice of its decimals; whether one does is monotone (law 5).
fn nearest_price(stated: &Price, toward: Toward, does: impl Fn(&Decimal) -> bool) -> Option<Decimal> {
    let decimals = stated.amount.scale().max(draft::minor_units(&stated.currency));
    let unit = (0..decimals).fold(Rational::one(), |unit, _| unit.checked_div(&Rational::from(10)).unwrap_or(unit));
    let start = write::whole(&stated.amount.rational().checked_div(&unit)?)?;
    let at = |steps: i64| (&Rational::from(steps) * &unit).round_half_even(decimals);
    // `near` never does, `far` does; the two close in on each other.
    let (mut near, mut far) = match toward {
        Toward::Zero => (start, 0),
        Toward::More => {
            let mut far = start.max(1);
            let mut doublings = 0;
            while !does(&at(far)) {
                doublings += 1;
                far = far.checked_mul(2).filter(|_| doublings < MOST_DOUBLINGS)?;
            }
            (start, far)
        }
    };
    if !does(&at(far)) {
        return None;
    }
    while near.abs_diff(far) > 1 {
        let middle = near + (far - near) / 2;
        if does(&at(middle)) {
            far = middle;
        } else {
            near = middle;
        }
    }
    let amount = at(far);
    // As few decimals as the writer used, where they suffice.
    let short = amount.rational().round_half_even(stated.amount.scale());
    Some(if short == amount { short } else { amount })
}
