//! What choices cost: `costs_us` and `worth_to_us`.

use super::reader::Reader;
use super::rules;
use super::scales;
use crate::diagnostic::Text;
use crate::manifest::model::{Cost, Scale};
use crate::manifest::wire::{self, OneOrMany};
use crate::syntax::{At, NodeId};
use crate::value::{self, CostAmount, Rational, Step};
use crate::vocab::units::Units;

/// The costs of an alternative.
pub(super) fn on_choice(reader: &mut Reader<'_>, units: &Units, keys: &wire::Mapping) -> Vec<Cost> {
    all(reader, units, None, keys)
}

/// The costs on a range, whose steps are of its scale.
pub(super) fn on_range(reader: &mut Reader<'_>, units: &Units, scale: &Scale, keys: &wire::Mapping) -> Vec<Cost> {
    all(reader, units, Some(scale), keys)
}

/// What taking a substitute costs.
pub(super) fn of_substitute(reader: &mut Reader<'_>, units: &Units, written: Option<&At<OneOrMany>>) -> Vec<Cost> {
    list(reader, units, None, written, false)
}

fn all(reader: &mut Reader<'_>, units: &Units, scale: Option<&Scale>, keys: &wire::Mapping) -> Vec<Cost> {
    let mut costs = list(reader, units, scale, keys.costs_us.as_ref(), false);
    costs.extend(list(reader, units, scale, keys.worth_to_us.as_ref(), true));
    costs
}

fn list(
    reader: &mut Reader<'_>,
    units: &Units,
    scale: Option<&Scale>,
    written: Option<&At<OneOrMany>>,
    benefit: bool,
) -> Vec<Cost> {
    let written = written.iter().flat_map(|list| list.each());
    written.filter_map(|(node, text)| cost(reader, units, scale, node, text, benefit)).collect()
}

fn cost(
    reader: &mut Reader<'_>,
    units: &Units,
    scale: Option<&Scale>,
    node: NodeId,
    text: &str,
    benefit: bool,
) -> Option<Cost> {
    let read: value::Cost = reader.read(node, text)?;
    let known = match &read.amount {
        CostAmount::Unit(price) => {
            reader.doubt_point(node, text);
            reader.known_currency(node, text, &price.currency) & reader.known_unit(units, node, text, &price.basis.unit)
        }
        CostAmount::Delivery(money) => {
            reader.doubt_point(node, text);
            reader.known_currency(node, text, &money.currency)
        }
        CostAmount::Share(_) => {
            reader.doubt_point(node, text);
            true
        }
    };
    let mut step = |step: &Option<Step>| match step {
        Some(step) => in_scale(reader, units, scale, node, step).map(Some),
        None => Some(None),
    };
    let (per, after) = (step(&read.per), step(&read.after));
    known.then_some(())?;
    Some(Cost { node, benefit, amount: read.amount, per: per?, after: after? })
}

/// A step as a number of the range's scale. On an alternative any step will do, since it is refused as a whole.
fn in_scale(
    reader: &mut Reader<'_>,
    units: &Units,
    scale: Option<&Scale>,
    node: NodeId,
    step: &Step,
) -> Option<Rational> {
    let Some(scale) = scale else {
        return Some(Rational::one());
    };
    let number = match (scale, step) {
        (Scale::Days, Step::Duration(duration)) => duration.days().map(Rational::from),
        (Scale::Months, Step::Duration(duration)) => duration.months().map(Rational::from),
        (Scale::Percent, Step::Percent(percent)) => Some(percent.0.rational()),
        (Scale::Dates, Step::Duration(duration)) => duration.days().map(Rational::from),
        (Scale::Dates, Step::Date(date)) => Some(Rational::from(date.day_number())),
        (Scale::Clock, Step::Clock(clock)) => Some(Rational::from(u32::from(clock.0))),
        (Scale::Clock, Step::Quantity(quantity)) => scales::minutes(quantity),
        (Scale::Number, Step::Number(number)) => Some(number.rational()),
        (Scale::Unit { dimension, .. }, Step::Quantity(quantity)) => scales::in_dimension(units, quantity, dimension),
        _ => None,
    };
    if number.is_none() {
        reader.report_at(&rules::MIXED_ENDS, node, |finding| {
            finding.with("value", step).help(Text::new("write `per` and `after` in what the range counts"))
        });
    }
    number
}
