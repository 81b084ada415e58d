//! Why a candidate line failed: all minimal conflicts, each with both places, and what would mend it.
//!
//! Statements that clash whatever the numbers are come from the candidate; those that clash by their numbers are found by
//! `conflicts`, and what would mend the line by `changes`.

use std::collections::BTreeSet;

use super::candidate::{Candidate, Pricing, first_price};
use super::changes::{self, meets_a_stock};
use super::clash::Clash;
use super::conflicts::{Apart, Part};
use super::numbers::volume_period;
use super::whole::Whole;
use super::{rules, words, write};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{PriceTerm, Quantities};
use crate::negotiate::outcome::{Change, Conflict, FailedLine, Statement};
use crate::value::{Price, Quantity, Rational};
use crate::vocab::terms::order;

/// Decimals of a quantity that is shown in the other side's unit, as many as an agreement writes at most.
const SHOWN_DECIMALS: u32 = 6;

/// The account of a candidate that is not possible.
pub(super) fn explain(candidate: &Candidate<'_>, whole: &Whole<'_>) -> FailedLine {
    let apart = Apart::of(candidate);
    let unfair = unfair(whole).filter(|_| candidate.pricing == Pricing::Free);
    let changes = match &unfair {
        Some(_) => changes::fairness::find(candidate, &apart, whole),
        None => changes::find(candidate, &apart, whole.fairness),
    };
    // Where no one or two changes would do, it is told what would settle each conflict alone.
    let alone = |settled: &dyn Fn() -> Vec<Change>| if changes.is_empty() { settled() } else { Vec::new() };
    let mut clashes: Vec<(Clash, Vec<Change>)> = Vec::new();
    for clash in &candidate.clashes {
        clashes.push((clash.clone(), alone(&|| changes::settling::a_clash(candidate, clash))));
    }
    for set in &apart.numbers.sets {
        clashes.push((numeric(candidate, set), alone(&|| changes::settling::numbers(candidate, set))));
    }
    for set in &apart.points.sets {
        clashes.push((weighed(candidate, set), alone(&|| changes::settling::points(candidate, set))));
    }
    clashes.extend(unfair.map(|clash| {
        let settled = alone(&|| changes::whole::of_clash(whole, &clash));
        (clash, settled)
    }));
    clashes.sort_by_key(|(clash, _)| rules::order(clash.kind));
    FailedLine {
        provider: candidate.provider.id().to_owned(),
        receiver: candidate.receiver.id().to_owned(),
        offer: candidate.offer.key.to_string(),
        need: candidate.need.key.to_string(),
        conflicts: clashes.into_iter().map(|(clash, changes)| Conflict { changes, ..clash.into_conflict() }).collect(),
        cut_short: apart.is_cut_short(),
        served_by: None,
        changes,
    }
}

/// Rules of fairness apart, which keep two from giving and taking for nothing.
fn unfair(whole: &Whole<'_>) -> Option<Clash> {
    let sentence = Text::new("on `fairness`, which weighs lines without money, the two have nothing in common");
    whole.fairness.is_none().then(|| Clash::new("term", sentence, whole.said_on("fairness")).on("fairness"))
}

/// A minimal set as a conflict.
fn numeric(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Clash {
    let priced = set.contains(&Part::Price(Role::Provider)) && set.contains(&Part::Price(Role::Receiver));
    let (kind, sentence) = if priced {
        ("price", too_dear_in_words(candidate))
    } else if is_of_a_stock(candidate, set) {
        ("quantity", Text::new("what is in stock serves a single delivery, and the need recurs"))
    } else {
        ("quantity", apart_in_words(candidate, set))
    };
    Clash::new(kind, sentence, said_by(candidate, set))
}

/// A minimal set of statements on terms with points as a conflict. What one side alone says leaves itself below zero.
fn weighed(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Clash {
    let roles: BTreeSet<Role> = set.iter().map(Part::role).collect();
    let sentence = match roles.first().filter(|_| roles.len() == 1) {
        Some(role) => Text::new("whatever the two choose, {name} is left with less than zero points")
            .with("name", candidate.name_of(*role)),
        None => Text::new("whatever the two choose, at least one of them is left with less than zero points"),
    };
    Clash::new("points", sentence, said_by(candidate, set))
}

/// Whether a set is of a stock and of what makes the need recur: whatever their amounts, the two do not hold together.
fn is_of_a_stock(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> bool {
    let recurs = |part: &Part| match part {
        Part::Every(Role::Receiver) => true,
        Part::Volume(Role::Receiver) => volume_period(candidate.need_terms).is_some(),
        _ => false,
    };
    meets_a_stock(candidate) && set.contains(&Part::Volume(Role::Provider)) && set.iter().any(recurs) && set.len() == 2
}

/// That no price is left; of a substitute, what it costs beside its price, too.
fn too_dear_in_words(candidate: &Candidate<'_>) -> Text {
    let why = too_dear_by_amounts(candidate);
    let costs = candidate.substitute.iter().flat_map(|substitute| &substitute.costs);
    let written = costs.filter(|cost| !cost.benefit).map(|cost| Text::new("{value}").with("value", &cost.amount));
    match words::both(written) {
        Some(costs) => Text::new("{why}; a substitute costs {name} {costs} more")
            .with_text("why", why)
            .with("name", candidate.name_of(Role::Receiver))
            .with_text("costs", costs),
        None => why,
    }
}

/// That no price is left; of a substitute, what the need's is for as much of it as stands in for one.
fn too_dear_by_amounts(candidate: &Candidate<'_>) -> Text {
    let stated = candidate.need_terms.price.as_ref().and_then(|price| match &price.value {
        PriceTerm::Tiers(tiers) => Some(&tiers.first()?.at_most.as_ref()?.value),
        PriceTerm::Free | PriceTerm::Any => None,
    });
    let converted = || {
        let ratio = candidate.substitute.map(|substitute| &substitute.ratio).filter(|r| **r != Rational::one())?;
        let price = stated?;
        let amount = write::decimal(&price.amount.rational().checked_div(ratio)?);
        let shown = Price { amount, ..price.clone() };
        let sentence = Text::new(
            "no delivery that both allow comes at a price that both accept; {ratio} of this substitute stand in for 1 of what is needed, so that {price} is {shown} of it",
        );
        Some(sentence.with("ratio", write::decimal(ratio)).with("price", price).with("shown", shown))
    };
    converted().unwrap_or_else(|| too_dear_by_the_unit(candidate, stated))
}

/// The same where nothing stands in; where the two write prices in different units, or mean different things by one, with the
/// need's in the offer's.
fn too_dear_by_the_unit(candidate: &Candidate<'_>, stated: Option<&Price>) -> Text {
    let Some((price, shown)) = stated.and_then(|price| price_of_the_offer(candidate, price)) else {
        return Text::new("no delivery that both allow comes at a price that both accept");
    };
    let sentence = match price.basis == shown.basis {
        true => Text::new(
            "no delivery that both allow comes at a price that both accept; {price} of the need is {shown} of the offer",
        ),
        false => Text::new("no delivery that both allow comes at a price that both accept; {price} is {shown}"),
    };
    sentence.with("price", price).with("shown", shown)
}

/// The need's price, and what it is by the unit of the offer's; nothing where it is the same price.
fn price_of_the_offer<'p>(candidate: &Candidate<'_>, price: &'p Price) -> Option<(&'p Price, Price)> {
    let (measure, _) = candidate.counted.as_ref()?;
    let basis = &first_price(candidate.offer_terms)?.basis;
    let per_unit = measure.price(Role::Receiver, price)?;
    let amount = write::decimal(&(&per_unit * &measure.base(Role::Provider, basis)?));
    let shown = Price { amount, basis: basis.clone(), ..price.clone() };
    (shown != *price).then_some((price, shown))
}

/// That no quantity is left; where the two write theirs in different units, or mean different things by one, with the need's
/// in the offer's.
fn apart_in_words(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Text {
    let quantities = [Role::Provider, Role::Receiver].map(Part::Quantity);
    let converted = || {
        let (measure, _) = candidate.counted.as_ref().filter(|_| quantities.iter().all(|part| set.contains(part)))?;
        let (offer, need) = (candidate.offer_terms.quantity.as_ref()?, candidate.need_terms.quantity.as_ref()?);
        let first = |stated: &Quantities| stated.at_most.clone().or_else(|| stated.at_least.clone());
        let needed = first(&need.value)?;
        let unit = first(&offer.value)?.unit;
        let amount = measure.base(Role::Receiver, &needed)?.checked_div(&measure.factor(Role::Provider, &unit)?)?;
        let shown = Quantity { amount: write::decimal(&amount.round_half_even(SHOWN_DECIMALS).rational()), unit };
        (shown != needed).then_some((needed, shown))
    };
    match converted() {
        Some((quantity, shown)) if quantity.unit == shown.unit => Text::new(
            "no delivery fits the quantities, volumes and rhythms of both; {quantity} of the need is {shown} of the offer",
        )
        .with("quantity", quantity)
        .with("shown", shown),
        Some((quantity, shown)) => {
            Text::new("no delivery fits the quantities, volumes and rhythms of both; {quantity} is {shown}")
                .with("quantity", quantity)
                .with("shown", shown)
        }
        None => Text::new("no delivery fits the quantities, volumes and rhythms of both"),
    }
}

/// The statements of a set, the provider's first, each side's in catalogue order.
fn said_by(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Vec<Statement> {
    let mut parts: Vec<&Part> = set.iter().collect();
    parts.sort_by_key(|part| (part.role(), order(part.key())));
    parts.into_iter().filter_map(|part| statement(candidate, part)).collect()
}

/// A part as the file says it.
pub(super) fn statement(candidate: &Candidate<'_>, part: &Part) -> Option<Statement> {
    let node = part.node(candidate.offer_terms, candidate.need_terms)?;
    Some(candidate.said(part.role(), node))
}
