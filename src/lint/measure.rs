//! Amounts of a line brought to one measure, as far as its units allow.

use std::cmp::Ordering;

use super::context::all_terms;
use super::terms::line_costs;
use crate::manifest::model::{Line, PackagePrice, PriceTerm, Quantities, Terms, Tier, Volume};
use crate::syntax::NodeId;
use crate::value::{CostAmount, Dimension, Price, Quantity, Rational};
use crate::vocab::units::Units;

/// The ends of a range of quantities, counted in one dimension.
pub(super) struct Ends {
    pub(super) low: Option<Rational>,
    pub(super) high: Option<Rational>,
    pub(super) step: Option<Rational>,
}

/// The dimensions in which a word can be counted.
pub(super) fn dimensions<'u>(units: &'u Units, word: &str) -> impl Iterator<Item = &'u Dimension> {
    units.equivalents(word).into_iter().flatten().map(|(dimension, _)| dimension)
}

/// The first dimension in which all of the words can be counted.
fn common<'u, 'a>(units: &'u Units, words: impl Iterator<Item = &'a str> + Clone) -> Option<&'u Dimension> {
    let first = words.clone().next()?;
    dimensions(units, first).find(|dimension| words.clone().all(|word| units.factor(word, dimension).is_some()))
}

fn base(units: &Units, quantity: &Quantity, dimension: &Dimension) -> Option<Rational> {
    Some(&quantity.amount.rational() * units.factor(&quantity.unit, dimension)?)
}

/// Which of two quantities is larger; `None` where they cannot be compared.
pub(super) fn compare(units: &Units, a: &Quantity, b: &Quantity) -> Option<Ordering> {
    if a.unit == b.unit && units.is_known(&a.unit) {
        return Some(a.amount.cmp(&b.amount));
    }
    let dimension = common(units, [a.unit.as_str(), &b.unit].into_iter())?;
    Some(base(units, a, dimension)?.cmp(&base(units, b, dimension)?))
}

/// Which of two prices is higher; `None` where they cannot be compared.
pub(super) fn compare_prices(units: &Units, a: &Price, b: &Price) -> Option<Ordering> {
    if a.currency == b.currency && a.basis == b.basis && units.is_known(&a.basis.unit) {
        return Some(a.amount.cmp(&b.amount));
    }
    let dimension = common(units, [a.basis.unit.as_str(), &b.basis.unit].into_iter())?;
    let per_base = |price: &Price| price.per_unit().checked_div(units.factor(&price.basis.unit, dimension)?);
    (a.currency == b.currency).then(|| Some(per_base(a)?.cmp(&per_base(b)?))).flatten()
}

/// What so much comes to at a price; `None` where the two cannot be compared.
pub(super) fn sum(units: &Units, price: &Price, quantity: &Quantity) -> Option<Rational> {
    let dimension = common(units, [price.basis.unit.as_str(), &quantity.unit].into_iter())?;
    let per_base = price.per_unit().checked_div(units.factor(&price.basis.unit, dimension)?)?;
    Some(&per_base * &base(units, quantity, dimension)?)
}

/// How much of another unit a quantity is; `None` where the two cannot be compared.
pub(super) fn converted(units: &Units, quantity: &Quantity, unit: &str) -> Option<Rational> {
    let dimension = common(units, [quantity.unit.as_str(), unit].into_iter())?;
    base(units, quantity, dimension)?.checked_div(units.factor(unit, dimension)?)
}

/// What one delivery may hold.
pub(super) fn delivery(units: &Units, quantity: &Quantities) -> Option<Ends> {
    delivery_in(units, quantity).map(|(ends, _)| ends)
}

/// What one delivery may hold, with the dimension in which it is counted.
pub(super) fn delivery_in<'u>(units: &'u Units, quantity: &Quantities) -> Option<(Ends, &'u Dimension)> {
    let dimension = common(units, words_of_quantities(quantity))?;
    Some((ends(units, quantity, dimension)?, dimension))
}

/// What one delivery may hold and what a period may, counted alike.
pub(super) fn delivery_and_period(units: &Units, quantity: &Quantities, volume: &Volume) -> Option<(Ends, Ends)> {
    let period = Quantities { at_least: volume.at_least.clone(), at_most: volume.at_most.clone(), multiple_of: None };
    let dimension = common(units, words_of_quantities(quantity).chain(words_of_quantities(&period)))?;
    Some((ends(units, quantity, dimension)?, ends(units, &period, dimension)?))
}

fn words_of_quantities(quantity: &Quantities) -> impl Iterator<Item = &str> + Clone {
    let ends = [&quantity.at_least, &quantity.at_most, &quantity.multiple_of];
    ends.into_iter().flatten().map(|quantity| quantity.unit.as_str())
}

fn ends(units: &Units, quantity: &Quantities, dimension: &Dimension) -> Option<Ends> {
    let end = |end: &Option<Quantity>| end.as_ref().map_or(Some(None), |end| base(units, end, dimension).map(Some));
    Some(Ends { low: end(&quantity.at_least)?, high: end(&quantity.at_most)?, step: end(&quantity.multiple_of)? })
}

/// Every unit that a line is counted in, with the node at which it stands, the first written first.
pub(super) fn units_of_line(line: &Line) -> Vec<(NodeId, &str)> {
    let mut units: Vec<(NodeId, &str)> = all_terms(line).flat_map(units_of_terms).collect();
    for cost in line_costs(line) {
        if let CostAmount::Unit(price) = &cost.amount {
            units.push((cost.node, &price.basis.unit));
        }
    }
    units
}

fn units_of_terms(terms: &Terms) -> Vec<(NodeId, &str)> {
    let mut units = Vec::new();
    let mut add = |node, quantity| units.push(unit_of(node, quantity));
    for tier in tiers(terms) {
        let prices = tier.at_least.iter().chain(&tier.at_most);
        prices.for_each(|price| add(price.node, &price.value.basis));
        tier.from.iter().for_each(|from| add(from.node, &from.value));
    }
    if let Some(quantity) = &terms.quantity {
        let all = &quantity.value;
        [&all.at_least, &all.at_most, &all.multiple_of].into_iter().flatten().for_each(|end| add(quantity.node, end));
    }
    if let Some(volume) = &terms.volume {
        [&volume.value.at_least, &volume.value.at_most].into_iter().flatten().for_each(|end| add(volume.node, end));
    }
    units
}

fn unit_of(node: NodeId, quantity: &Quantity) -> (NodeId, &str) {
    (node, &quantity.unit)
}

/// The tiers of a price; none where it is no amount.
pub(super) fn tiers(terms: &Terms) -> &[Tier] {
    match terms.price.as_ref().map(|price| &price.value) {
        Some(PriceTerm::Tiers(tiers)) => tiers,
        _ => &[],
    }
}

/// The last tier that begins at or below a quantity.
pub(super) fn tier_at<'t>(units: &Units, tiers: &'t [Tier], quantity: &Quantity) -> Option<&'t Tier> {
    let begun = |tier: &&Tier| {
        tier.from.as_ref().is_none_or(|from| compare(units, from, quantity).is_some_and(Ordering::is_le))
    };
    tiers.iter().rev().find(begun)
}

/// Every currency of a line, with the node at which it stands, the price first.
pub(super) fn currencies_of_line(line: &Line) -> Vec<(NodeId, &str)> {
    let prices = all_terms(line).flat_map(tiers).flat_map(|tier| tier.at_least.iter().chain(&tier.at_most));
    let mut money: Vec<(NodeId, &str)> = prices.map(|price| (price.node, price.value.currency.as_str())).collect();
    for cost in line_costs(line) {
        match &cost.amount {
            CostAmount::Delivery(sum) => money.push((cost.node, &sum.currency)),
            CostAmount::Unit(price) => money.push((cost.node, &price.currency)),
            CostAmount::Share(_) => {}
        }
    }
    money
}

/// The currencies of a package's own price.
pub(super) fn currencies_of_package(node: NodeId, price: &PackagePrice) -> Vec<(NodeId, &str)> {
    let ends = std::iter::once(&price.at_least).chain(&price.at_most);
    ends.map(|money| (node, money.currency.as_str())).collect()
}
