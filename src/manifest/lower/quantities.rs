//! Quantity, volume and properties.

use smol_str::SmolStr;

use super::lines::Side;
use super::reader::Reader;
use super::rules;
use super::scales::{self, Number};
use super::terms::{self, Scene};
use crate::by_name::ByName;
use crate::diagnostic::Text;
use crate::manifest::model::{Property, Quantities, RangeDomain, Volume};
use crate::manifest::wire;
use crate::syntax::At;
use crate::value::{Duration, Quantity, Rate, ValueError, ValueErrorKind, ends};
use crate::vocab::terms::Values;
use crate::vocab::units::Units;

/// The size of one delivery.
pub(super) fn quantity(reader: &mut Reader<'_>, units: &Units, written: &At<wire::Domain>) -> Option<At<Quantities>> {
    let value = match &written.value {
        wire::Domain::Scalar(text) => {
            let text = At { node: written.node, value: text.clone() };
            let exactly = reader.quantity(units, &text)?.value;
            reader.is_something(&text, exactly.amount.is_zero(), "500 kg").then_some(())?;
            Quantities { at_least: Some(exactly.clone()), at_most: Some(exactly), multiple_of: None }
        }
        wire::Domain::Mapping(keys) => {
            let mut end = |field: &wire::Scalar| -> Option<Option<Quantity>> {
                field.as_ref().map_or(Some(None), |text| reader.quantity(units, text).map(|end| Some(end.value)))
            };
            let (at_least, at_most, multiple_of) = (end(&keys.at_least), end(&keys.at_most), end(&keys.multiple_of));
            let (at_least, at_most, multiple_of) = (at_least?, at_most?, multiple_of?);
            if let (Some(text), Some(most)) = (&keys.at_most, &at_most) {
                reader.is_something(text, most.amount.is_zero(), "500 kg").then_some(())?;
            }
            Quantities { at_least, at_most, multiple_of }
        }
        wire::Domain::List(_) => return None,
    };
    Some(At { node: written.node, value })
}

/// What is had in a period, or in all.
pub(super) fn volume(reader: &mut Reader<'_>, scene: Scene<'_>, written: &At<wire::Domain>) -> Option<At<Volume>> {
    let units = scene.units;
    let value = match &written.value {
        wire::Domain::Scalar(text) => {
            let text = At { node: written.node, value: text.clone() };
            let (exactly, per) = rate(reader, units, &text)?;
            reader.is_something(&text, exactly.amount.is_zero(), "500 kg per month").then_some(())?;
            // What an offer holds in all or in a period is for all partners together, never asked of one.
            let at_least = (scene.side == Side::Need).then(|| exactly.clone());
            Volume { at_least, at_most: Some(exactly), per }
        }
        wire::Domain::Mapping(keys) => {
            let low = keys.at_least.as_ref().map(|text| rate(reader, units, text));
            let high = keys.at_most.as_ref().map(|text| {
                let high = rate(reader, units, text)?;
                reader.is_something(text, high.0.amount.is_zero(), "500 kg per month").then_some(high)
            });
            match (low, high) {
                (None, None) | (Some(None), _) | (_, Some(None)) => return None,
                (Some(Some((low, per))), None) => Volume { at_least: Some(low), at_most: None, per },
                (None, Some(Some((high, per)))) => Volume { at_least: None, at_most: Some(high), per },
                (Some(Some((low, per))), Some(Some((high, other)))) => {
                    if !same_period(per.as_ref(), other.as_ref()) {
                        mixed_periods(reader, keys);
                        return None;
                    }
                    Volume { at_least: Some(low), at_most: Some(high), per }
                }
            }
        }
        wire::Domain::List(_) => return None,
    };
    Some(At { node: written.node, value })
}

/// A quantity with its period, or without.
fn rate(reader: &mut Reader<'_>, units: &Units, text: &At<SmolStr>) -> Option<(Quantity, Option<Duration>)> {
    if Rate::parse(&text.value).is_ok() || means_rate(&text.value) {
        let rate: Rate = reader.read(text.node, &text.value)?;
        reader.doubt_point(text.node, &text.value);
        let known = reader.known_unit(units, text.node, &text.value, &rate.quantity.unit);
        return known.then_some((rate.quantity, Some(rate.per)));
    }
    reader.quantity(units, text).map(|quantity| (quantity.value, None))
}

/// Whether what goes on behind the unit of a quantity is a period, rightly written or not.
fn means_rate(text: &str) -> bool {
    let goes_on = |error: ValueError| error.kind == ValueErrorKind::TrailingText;
    let ends = ends(text).and_then(|ends| ends.high.or(ends.low));
    let number = text.find(|c: char| c.is_ascii_digit()).and_then(|at| text.get(at..));
    let amount = ends.as_deref().or(number).unwrap_or(text);
    amount.contains(" per ") || Quantity::parse(amount).is_err_and(goes_on)
}

/// A week is seven days and a year twelve months; a month is never four weeks.
fn same_period(a: Option<&Duration>, b: Option<&Duration>) -> bool {
    let length = |period: &Duration| (period.days(), period.months());
    a.map(length) == b.map(length)
}

fn mixed_periods(reader: &mut Reader<'_>, keys: &wire::Mapping) {
    let (Some(low), Some(high)) = (&keys.at_least, &keys.at_most) else {
        return;
    };
    reader.report_at(&rules::MIXED_PERIODS, high.node, |finding| {
        let finding = finding.with("low", &low.value).with("high", &high.value);
        finding.help(Text::new("write both for the same period"))
    });
}

/// What the item is like, or must be like; `any` says nothing.
pub(super) fn properties(
    reader: &mut Reader<'_>,
    units: &Units,
    written: &At<wire::Properties>,
) -> Option<At<ByName<At<Property>>>> {
    let entries = match &written.value {
        wire::Properties::Named(entries) => entries,
        wire::Properties::Scalar(text) => {
            if text != "any" {
                reader.not_any(written.node, text);
            }
            return None;
        }
    };
    let read = entries.iter().filter_map(|(name, domain)| {
        let value = property(reader, units, domain)?;
        Some((name.clone(), At { node: domain.node, value }))
    });
    Some(At { node: written.node, value: read.collect() })
}

/// A quantity, a range of them, or words.
fn property(reader: &mut Reader<'_>, units: &Units, written: &At<wire::Domain>) -> Option<Property> {
    match &written.value {
        wire::Domain::Scalar(text) => Some(match scales::property(units, text) {
            Some(Number { value, scale }) => Property::Range(RangeDomain {
                scale,
                at_least: Some(value.clone()),
                at_most: Some(value),
                multiple_of: None,
                circuit: None,
                costs: Vec::new(),
            }),
            None => Property::Texts(vec![text.clone()]),
        }),
        wire::Domain::Mapping(keys) => terms::interval(reader, units, Values::Free, keys).map(Property::Range),
        wire::Domain::List(list) => words(reader, units, list).map(Property::Texts),
    }
}

fn words(reader: &mut Reader<'_>, units: &Units, list: &[At<wire::Choice>]) -> Option<Vec<SmolStr>> {
    let mut words = Vec::with_capacity(list.len());
    for entry in list {
        let wire::Choice::Scalar(text) = &entry.value else {
            return None;
        };
        if scales::property(units, text).is_some() {
            reader.report_at(&rules::NUMBERS_IN_LIST, entry.node, |finding| {
                let help = Text::new("write one quantity, or a range such as `{ at_least: 38 cm, at_most: 40 cm }`");
                finding.with("value", text).help(help)
            });
            return None;
        }
        words.push(text.clone());
    }
    Some(words)
}
