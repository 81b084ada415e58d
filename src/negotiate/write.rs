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
        Scale::Unit { unit, .. } => {
            format!("{} {unit}", decimal(&in_units(scale, amount)))
        }
    }
}

/// Which way a number is rounded that no decimal holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Toward {
    More,
    Less,
    Nearest,
}

/// A value of a term, in the unit of the first of some scales in which six decimals hold it; else in the base unit of what they
/// count, with as many as it takes. What no decimal holds is rounded to six in the first unit.
pub(super) fn exact(scales: &[&Scale], amount: &Rational, toward: Toward) -> String {
    let Some(first) = scales.first() else { return String::new() };
    let is_held = |scale: &&&Scale| in_units(scale, amount).to_decimal().is_some_and(|units| units.scale() <= CUT);
    if let Some(scale) = scales.iter().find(is_held) {
        return value(scale, amount);
    }
    match (first, amount.to_decimal()) {
        (Scale::Unit { dimension, .. }, Some(decimal)) => format!("{decimal} {}", dimension.base_unit()),
        (Scale::Unit { unit, .. }, None) => format!("{} {unit}", rounded(&in_units(first, amount), toward)),
        _ => value(first, amount),
    }
}

/// An amount in the unit in which a scale is written.
fn in_units(scale: &Scale, amount: &Rational) -> Rational {
    match scale {
        Scale::Unit { factor, .. } => amount.checked_div(factor).unwrap_or_default(),
        Scale::Days | Scale::Months | Scale::Percent | Scale::Dates | Scale::Clock | Scale::Number => amount.clone(),
    }
}

fn rounded(units: &Rational, toward: Toward) -> Decimal {
    let last = (0..CUT).fold(Rational::one(), |last, _| last.checked_div(&Rational::from(10)).unwrap_or(last));
    match toward {
        Toward::More => decimal(&units.ceil_to(&last)),
        Toward::Less => decimal(&units.floor_to(&last)),
        Toward::Nearest => decimal(units),
    }
}

/// A number that is whole.
pub(super) fn whole(amount: &Rational) -> Option<i64> {
    amount.floor_to(&Rational::one()).to_string().parse().ok()
}
