//! What a range that is stated with multiples really holds.

use super::measure::{self, Ends};
use crate::manifest::model::{Line, Quantities, RangeDomain, Scale, Statement, TermDomain, Terms};
use crate::syntax::NodeId;
use crate::value::{Duration, DurationUnit, Percent, Quantity, Rational};
use crate::vocab::units::Units;

/// A range, with its ends counted in one unit and a way to write what is counted.
pub(super) struct Counted<'m> {
    pub(super) node: NodeId,
    pub(super) ends: Ends,
    /// Whether zero is no value of it: nobody delivers nothing.
    is_delivery: bool,
    /// Whether it says no more than its ends and its multiples.
    pub(super) is_plain: bool,
    scale: Counts<'m>,
}

/// In what the ends are counted.
enum Counts<'m> {
    Days,
    Months,
    Percent,
    Number,
    Unit { word: &'m str, factor: &'m Rational },
}

impl Counted<'_> {
    /// The smallest value, where there is one.
    pub(super) fn lowest(&self) -> Option<Rational> {
        let Some(step) = &self.ends.step else { return self.ends.low.clone() };
        let low = self.ends.low.as_ref().map_or_else(Rational::zero, |low| low.ceil_to(step));
        Some(if self.is_delivery { low.max(step.clone()) } else { low })
    }

    /// The largest value, where there is one.
    pub(super) fn highest(&self) -> Option<Rational> {
        let high = self.ends.high.as_ref()?;
        Some(self.ends.step.as_ref().map_or_else(|| high.clone(), |step| high.floor_to(step)))
    }

    /// A value as it is written in a manifest.
    pub(super) fn written(&self, value: &Rational) -> Option<String> {
        let lasting = |unit| Some(Duration::new(u32::try_from(value.to_i64()?).ok()?, unit).to_string());
        match &self.scale {
            Counts::Days => lasting(DurationUnit::Day),
            Counts::Months => lasting(DurationUnit::Month),
            Counts::Percent => Some(Percent(value.to_decimal()?).to_string()),
            Counts::Number => Some(value.to_decimal()?.shortest().to_string()),
            Counts::Unit { word, factor } => {
                let amount = value.checked_div(factor)?.to_decimal()?;
                Some(Quantity { amount, unit: (*word).into() }.to_string())
            }
        }
    }
}

/// The ranges of a line's terms that are counted and not only ordered: deliveries, days, months, percentages, and numbers of
/// coined terms.
pub(super) fn of_terms<'m>(line: &'m Line, terms: &'m Terms) -> impl Iterator<Item = Counted<'m>> {
    let quantity = terms.quantity.as_ref().and_then(|quantity| of_quantity(&line.units, quantity.node, quantity));
    quantity.into_iter().chain(terms.others.iter().filter_map(|statement| of_statement(statement)))
}

/// The range of a statement.
pub(super) fn of_statement(statement: &Statement) -> Option<Counted<'_>> {
    let TermDomain::Range(range) = &statement.domain else { return None };
    let scale = match &range.scale {
        Scale::Days => Counts::Days,
        Scale::Months => Counts::Months,
        Scale::Percent => Counts::Percent,
        Scale::Number => Counts::Number,
        Scale::Unit { unit, factor, .. } => Counts::Unit { word: unit, factor },
        Scale::Dates | Scale::Clock => return None,
    };
    let RangeDomain { at_least, at_most, multiple_of, circuit, costs, .. } = range;
    let ends = Ends { low: at_least.clone(), high: at_most.clone(), step: multiple_of.clone() };
    // A single value of a coined term may be read as a text.
    let is_coined = matches!(range.scale, Scale::Number | Scale::Unit { .. });
    let is_plain = circuit.is_none() && costs.is_empty() && !is_coined;
    Some(Counted { node: statement.node, ends, is_delivery: false, is_plain, scale })
}

fn of_quantity<'m>(units: &'m Units, node: NodeId, quantity: &'m Quantities) -> Option<Counted<'m>> {
    // Multiples are written in the unit of their step, in which they have an end.
    let word = &quantity.multiple_of.as_ref().or(quantity.at_most.as_ref())?.unit;
    let (ends, dimension) = measure::delivery_in(units, quantity)?;
    let factor = units.factor(word, dimension)?;
    Some(Counted { node, ends, is_delivery: true, is_plain: true, scale: Counts::Unit { word, factor } })
}
