//! Numbers of a negotiation in the words of the language: quantities, money, values of terms.

use super::measure::Measure;
use crate::manifest::model::Scale;
use crate::value::{Clock, Date, Decimal, Rational};

/// Decimals to which an amount is cut that no decimal can hold.
const CUT: u32 = 6;

/// An exact decimal where there is one, else rounded half-even to six decimals.
pub(super) fn decimal(amount: &Rational) -> Decimal {
    amount.to_decimal().filter(|d| d.scale() <= CUT).unwrap_or_else(|| amount.round_half_even(CUT))
}

/// A quantity in base units, in the unit that the line shows.
pub(super) fn quantity(measure: &Measure<'_>, amount: &Rational) -> String {
    let units = amount.checked_div(measure.shown_factor()).unwrap_or_default();
    format!("{} {}", decimal(&units), measure.shown_unit())
}

/// A value of a term in its scale.
pub(super) fn value(scale: &Scale, amount: &Rational) -> String {
    let counted = |one: &str, many: &str| {
        let word = if *amount == Rational::one() { one } else { many };
        format!("{} {word}", decimal(amount))
    };
    match scale {
        Scale::Days => counted("day", "days"),
        Scale::Months => counted("month", "months"),
        Scale::Percent => format!("{} %", decimal(amount)),
        Scale::Dates => whole(amount).and_then(Date::from_day_number).map_or_else(String::new, |date| date.to_string()),
        Scale::Clock => whole(amount)
            .and_then(|m| u16::try_from(m).ok())
            .map_or_else(String::new, |minutes| Clock(minutes).to_string()),
        Scale::Number => decimal(amount).to_string(),
        Scale::Unit { unit, factor, .. } => {
            format!("{} {unit}", decimal(&amount.checked_div(factor).unwrap_or_default()))
        }
    }
}

/// A value of a term, in the unit of the first of some scales in which six decimals hold it; else in the base unit of what they
/// count, with as many as it takes.
pub(super) fn exact(scales: &[&Scale], amount: &Rational) -> String {
    let is_held = |scale: &&&Scale| match scale {
        Scale::Unit { factor, .. } => amount
            .checked_div(factor)
            .and_then(|units| units.to_decimal())
            .is_some_and(|decimal| decimal.scale() <= CUT),
        Scale::Days | Scale::Months | Scale::Percent | Scale::Dates | Scale::Clock | Scale::Number => true,
    };
    match (scales.iter().find(is_held), scales.first()) {
        (None, Some(Scale::Unit { dimension, .. })) => {
            let decimal = amount.to_decimal().unwrap_or_else(|| decimal(amount));
            format!("{decimal} {}", dimension.base_unit())
        }
        (held, first) => held.or(first).map(|scale| value(scale, amount)).unwrap_or_default(),
    }
}

/// A number that is whole.
pub(super) fn whole(amount: &Rational) -> Option<i64> {
    amount.floor_to(&Rational::one()).to_string().parse().ok()
}
