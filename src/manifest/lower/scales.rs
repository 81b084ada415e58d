//! Values of terms as numbers of a scale, or as codes and texts.

use super::reader::Reader;
use crate::diagnostic::Text;
use crate::manifest::model::Scale;
use crate::syntax::At;
use crate::value::{
    Clock, Date, Decimal, Dimension, Duration, DurationUnit, EarlyDiscount, Percent, Quantity, Rational,
};
use crate::vocab::reading;
use crate::vocab::terms::Values;
use crate::vocab::units::Units;
use smol_str::{SmolStr, format_smolstr};

/// A number and what it counts.
pub(super) struct Number {
    pub(super) value: Rational,
    pub(super) scale: Scale,
}

/// The scale in which a term's numbers count; `None` where each statement says it itself.
pub(super) fn of(values: Values) -> Option<Scale> {
    match values {
        Values::Days => Some(Scale::Days),
        Values::Months => Some(Scale::Months),
        Values::Percent => Some(Scale::Percent),
        Values::Dates => Some(Scale::Dates),
        Values::Clock => Some(Scale::Clock),
        Values::Own | Values::Code(_) | Values::Text | Values::EarlyDiscount | Values::Free => None,
    }
}

/// Whether numbers of two scales can stand in one range.
pub(super) fn same(a: &Scale, b: &Scale) -> bool {
    match (a, b) {
        (Scale::Unit { dimension: a, .. }, Scale::Unit { dimension: b, .. }) => a == b,
        _ => a == b,
    }
}

/// Reads a number of a term.
pub(super) fn number(reader: &mut Reader<'_>, values: Values, units: &Units, text: &At<SmolStr>) -> Option<Number> {
    let of = |value: Rational, scale: Scale| Some(Number { value, scale });
    match values {
        Values::Days => of(days(reader, text)?, Scale::Days),
        Values::Months => of(months(reader, text)?, Scale::Months),
        Values::Percent => of(percent(reader, text)?, Scale::Percent),
        Values::Dates => {
            let date: Date = reader.read(text.node, &text.value)?;
            of(Rational::from(date.day_number()), Scale::Dates)
        }
        Values::Clock => {
            let clock: Clock = reader.read(text.node, &text.value)?;
            of(Rational::from(u32::from(clock.0)), Scale::Clock)
        }
        Values::Own | Values::Code(_) | Values::Text | Values::EarlyDiscount | Values::Free => {
            free(reader, units, text)
        }
    }
}

fn percent(reader: &mut Reader<'_>, text: &At<SmolStr>) -> Option<Rational> {
    let percent: Percent = reader.read(text.node, &text.value)?;
    reader.doubt_point(text.node, &text.value);
    Some(percent.0.rational())
}

fn days(reader: &mut Reader<'_>, text: &At<SmolStr>) -> Option<Rational> {
    let duration: Duration = reader.read(text.node, &text.value)?;
    let days = duration.days().map(Rational::from);
    if days.is_none() {
        wrong_family(
            reader,
            text,
            &duration,
            Text::new("days or weeks"),
            Text::new("write the days that you mean, such as `30 days`"),
        );
    }
    days
}

fn months(reader: &mut Reader<'_>, text: &At<SmolStr>) -> Option<Rational> {
    let duration: Duration = reader.read_like(text.node, &text.value, "6 months")?;
    let months = duration.months().map(Rational::from);
    if months.is_none() {
        wrong_family(
            reader,
            text,
            &duration,
            Text::new("months or years"),
            Text::new("write the months that you mean, such as `6 months`"),
        );
    }
    months
}

fn wrong_family(reader: &mut Reader<'_>, text: &At<SmolStr>, duration: &Duration, due: Text, help: Text) {
    let family = match duration.unit {
        DurationUnit::Day => Text::new("days"),
        DurationUnit::Week => Text::new("weeks"),
        DurationUnit::Month => Text::new("months"),
        DurationUnit::Year => Text::new("years"),
    };
    reader.report_at(&reading::WRONG_FAMILY, text.node, |finding| {
        finding.with("text", &text.value).with_text("family", family).with_text("due", due).help(help)
    });
}

/// A number with a unit, a percentage or neither.
fn free(reader: &mut Reader<'_>, units: &Units, text: &At<SmolStr>) -> Option<Number> {
    if text.value.ends_with('%') {
        return Some(Number { value: percent(reader, text)?, scale: Scale::Percent });
    }
    if !text.value.contains(' ') {
        let number: Decimal = reader.read(text.node, &text.value)?;
        return Some(Number { value: number.rational(), scale: Scale::Number });
    }
    let quantity = reader.quantity(units, text)?.value;
    in_unit(units, &quantity)
}

/// A quantity counted in the first dimension of its unit.
fn in_unit(units: &Units, quantity: &Quantity) -> Option<Number> {
    let (dimension, factor) = units.equivalents(&quantity.unit)?.first()?.clone();
    let value = &quantity.amount.rational() * &factor;
    Some(Number { value, scale: Scale::Unit { dimension, unit: quantity.unit.clone(), factor } })
}

/// The number that a property's text is, if it is one; a text is no mistake.
pub(super) fn property(units: &Units, text: &str) -> Option<Number> {
    if let Ok(number) = Decimal::parse(text) {
        return Some(Number { value: number.rational(), scale: Scale::Number });
    }
    if let Ok(percent) = Percent::parse(text) {
        return Some(Number { value: percent.0.rational(), scale: Scale::Percent });
    }
    let number = in_unit(units, &Quantity::parse(text).ok()?)?;
    // `2 ply` is a text: a word that counts only against itself compares as text does.
    let own = matches!(number.scale, Scale::Unit { dimension: Dimension::Word(_), .. });
    (!own).then_some(number)
}

/// A choice in its canonical form.
pub(super) fn choice(reader: &mut Reader<'_>, values: Values, text: &At<SmolStr>) -> Option<SmolStr> {
    match values {
        Values::Code(list) => reader.code_of(list, text),
        Values::EarlyDiscount => {
            let discount: EarlyDiscount = reader.read(text.node, &text.value)?;
            reader.doubt_point(text.node, &text.value);
            let within = At { node: text.node, value: discount.within.to_string().into() };
            let days = days(reader, &within)?;
            // Weeks and days of one length are one choice.
            Some(format_smolstr!(
                "{} % within {} {}",
                discount.percent.0.rational(),
                days,
                if days == Rational::one() { "day" } else { "days" }
            ))
        }
        _ => Some(text.value.clone()),
    }
}

/// A quantity counted in one dimension.
pub(super) fn in_dimension(units: &Units, quantity: &Quantity, dimension: &Dimension) -> Option<Rational> {
    Some(&quantity.amount.rational() * units.factor(&quantity.unit, dimension)?)
}

/// Hours or minutes, as steps of a time of day.
pub(super) fn minutes(quantity: &Quantity) -> Option<Rational> {
    let hours = in_dimension(&Units::default(), quantity, &Dimension::Time)?;
    Some(&hours * &Rational::from(60))
}
