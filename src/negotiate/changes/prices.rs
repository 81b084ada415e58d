//! Changes of prices: a limit lowered or raised, a tier that begins sooner.

use super::lattice::{Way, rounded_away, writable};
use super::{Proposal, TermEdit, distance};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{PriceTerm, Tier};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::draft;
use crate::syntax::At;
use crate::value::{Decimal, Price, Quantity, Rational};
use crate::vocab::currencies;

/// The offer's limit of one tier lowered, or a lower price from a smaller quantity on.
pub(super) fn of_offer(candidate: &Candidate<'_>) -> Vec<Proposal> {
    let Some(price) = &candidate.offer_terms.price else { return Vec::new() };
    let PriceTerm::Tiers(tiers) = &price.value else { return Vec::new() };
    let lowered = (0..tiers.len()).filter_map(|index| lower_tier(candidate, price, tiers, index));
    let sooner = (0..tiers.len()).filter_map(|index| sooner_tier(candidate, price, tiers, index));
    // Of the tiers that could be lowered the nearest is enough.
    let nearest = lowered.min_by(|a, b| a.size.cmp(&b.size)).or_else(|| given_away(candidate, price));
    nearest.into_iter().chain(sooner.min_by(|a, b| a.size.cmp(&b.size))).collect()
}

/// Nothing asked, where no price above zero does.
fn given_away(candidate: &Candidate<'_>, price: &At<PriceTerm>) -> Option<Proposal> {
    let free = At { node: price.node, value: PriceTerm::Free };
    let edit = candidate.edited(Role::Provider, |terms| terms.price = Some(free));
    let (statement, to) = (candidate.offered(price.node), Text::new("ask nothing for it"));
    let size = Some(Rational::one());
    candidate.can_hold(&edit).then_some(Proposal { role: Role::Provider, statement, to, size, edit })
}

fn with_tiers(candidate: &Candidate<'_>, price: &At<PriceTerm>, tiers: Vec<Tier>) -> TermEdit {
    candidate
        .edited(Role::Provider, |terms| terms.price = Some(At { node: price.node, value: PriceTerm::Tiers(tiers) }))
}

fn lower_tier(candidate: &Candidate<'_>, price: &At<PriceTerm>, tiers: &[Tier], index: usize) -> Option<Proposal> {
    let (measure, _) = candidate.counted.as_ref()?;
    let tier = tiers.get(index)?;
    let limit = tier.at_least.as_ref()?;
    let stated = &limit.value;
    // A price alone is limit and asking price in one; of a range only the limit moves.
    let posted = tier.at_most.as_ref().is_some_and(|ask| ask.node == limit.node);
    let price_of = |amount: &Decimal| Price { amount: amount.clone(), ..stated.clone() };
    // A later tier that is no cheaper then would be out of order (CLM0518), and goes.
    let stays = |later: &Tier, amount: &Decimal| {
        let limit = later.at_least.as_ref().and_then(|at| measure.price(Role::Provider, &at.value));
        limit < measure.price(Role::Provider, &price_of(amount))
    };
    let lowered = |amount: &Decimal| -> Vec<Tier> {
        let mut lowered = tier.clone();
        lowered.at_least = Some(At { node: tier.node, value: price_of(amount) });
        if posted {
            lowered.at_most.clone_from(&lowered.at_least);
        }
        let (before, after) = (tiers.iter().take(index), tiers.iter().skip(index + 1));
        let after = after.filter(|later| stays(later, amount));
        before.cloned().chain([lowered]).chain(after.cloned()).collect()
    };
    let edit = |amount: &Decimal| with_tiers(candidate, price, lowered(amount));
    let amount = nearest_price(stated, Toward::Zero, |amount| candidate.can_hold(&edit(amount)))?;
    if amount.is_zero() {
        return None;
    }
    let replaces = lowered(&amount).len() < tiers.len();
    let (to, node) = if replaces {
        let from = &tier.from.as_ref()?.value;
        let to = Text::new("sell at {price} from {quantity} on, and no dearer after that").with("quantity", from);
        (to, price.node)
    } else {
        (Text::new("sell at {price}"), limit.node)
    };
    Some(Proposal {
        role: Role::Provider,
        statement: candidate.offered(node),
        to: to.with("price", price_of(&amount)),
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
    // Tiers stay in order: one that would begin with the one before it, or sooner, would need that one to go.
    let before = index.checked_sub(1).and_then(|before| tiers.get(before));
    let earlier = before.and_then(|tier| measure.base(Role::Provider, &tier.from.as_ref()?.value));
    let edit = |quantity: &Quantity| {
        let mut tiers = tiers.to_vec();
        let start = measure.base(Role::Provider, quantity)?;
        let tier = tiers.get_mut(index).filter(|_| earlier.as_ref().is_none_or(|earlier| *earlier < start))?;
        tier.from = Some(At { node: from.node, value: quantity.clone() });
        Some(with_tiers(candidate, price, tiers))
    };
    let (end, quantity) = ends.into_iter().rev().find_map(|end| {
        let amount = rounded_away(&end.checked_div(&factor)?, false);
        let quantity = Quantity { amount: writable(&amount)?, unit: from.value.unit.clone() };
        candidate.can_hold(&edit(&quantity)?).then(|| (&amount * &factor, quantity))
    })?;
    let at = tier.at_least.as_ref().or(tier.at_most.as_ref())?;
    let to = Text::new("sell at {price} from {quantity} on").with("price", &at.value).with("quantity", &quantity);
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
    let PriceTerm::Tiers(tiers) = &price.value else { return paid_for(candidate, price).into_iter().collect() };
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
    let Some(amount) = nearest_price(&stated.value, Toward::More, |amount| candidate.can_hold(&edit(amount))) else {
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

/// A price for what is wanted for nothing, in the money of the offer and by the unit of the need.
fn paid_for(candidate: &Candidate<'_>, price: &At<PriceTerm>) -> Option<Proposal> {
    let offered = match (&price.value, &candidate.offer_terms.price.as_ref()?.value) {
        (PriceTerm::Free, PriceTerm::Tiers(tiers)) => tiers.first()?.at_least.as_ref()?,
        _ => return None,
    };
    let quantity = candidate.need_terms.quantity.as_ref().map(|at| &at.value);
    let volume = candidate.need_terms.volume.as_ref().map(|at| &at.value);
    let ends = quantity.map(|q| [&q.at_least, &q.at_most, &q.multiple_of]).into_iter().flatten();
    let ends = ends.chain(volume.map(|v| [&v.at_least, &v.at_most]).into_iter().flatten());
    let unit = ends.flatten().map(|quantity| quantity.unit.clone()).next()?;
    // The name of a circuit is the offer's own.
    let decimals = currencies::minor_units(&offered.value.currency)?;
    let basis = Quantity { amount: Decimal::one(), unit };
    let nothing = Price { amount: Rational::zero().round_half_even(decimals), basis, ..offered.value.clone() };
    let limit = |amount: &Decimal| At { node: price.node, value: Price { amount: amount.clone(), ..nothing.clone() } };
    let edit = |amount: &Decimal| {
        let tier = Tier { node: price.node, from: None, at_least: None, at_most: Some(limit(amount)) };
        let value = PriceTerm::Tiers(vec![tier]);
        candidate.edited(Role::Receiver, |terms| terms.price = Some(At { node: price.node, value }))
    };
    let amount = nearest_price(&nothing, Toward::More, |amount| candidate.can_hold(&edit(amount)))?;
    let to = Text::new("pay {price}").with("price", limit(&amount).value);
    let statement = candidate.needed(price.node);
    Some(Proposal { role: Role::Receiver, statement, to, size: None, edit: edit(&amount) })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Toward {
    Zero,
    More,
}

/// The price nearest to the stated one that does, on the lattice of its decimals; whether one does is monotone (law 5).
fn nearest_price(stated: &Price, toward: Toward, does: impl Fn(&Decimal) -> bool) -> Option<Decimal> {
    let decimals = stated.amount.scale().max(draft::minor_units(&stated.currency));
    let step = (0..decimals).fold(Rational::one(), |step, _| step.checked_div(&Rational::from(10)).unwrap_or(step));
    let way = Way {
        from: stated.amount.rational(),
        up: toward == Toward::More,
        step,
        least: Rational::zero(),
        marks: Vec::new(),
        beyond_marks: true,
    };
    let written = |amount: &Rational| amount.round_half_even(decimals);
    let amount = written(&way.nearest(&|amount| does(&written(amount)))?);
    // As few decimals as the writer used, where they suffice.
    let short = amount.rational().round_half_even(stated.amount.scale());
    Some(if short == amount { short } else { amount })
}
