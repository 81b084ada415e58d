//! Periods and values in words of ours, so that every language says them its own way.

pub use crate::diagnostic::periods::{length, rhythm};

use crate::agreement::Property;
use crate::diagnostic::Text;
use crate::value::{Duration, DurationUnit, EarlyDiscount};
use crate::vocab::codes::PLAIN_DELIVERY;

/// A value of a term: a period, an amount in a period and a discount in words, everything else as it is written.
pub fn value(text: &str) -> Text {
    if let Ok(period) = Duration::parse(text) {
        return length(period);
    }
    if let Some((amount, per)) = text.split_once(" per ")
        && let Ok(per) = Duration::parse(per).or_else(|_| Duration::parse(&format!("1 {per}")))
    {
        return rate(amount, per);
    }
    match EarlyDiscount::parse(text) {
        Ok(EarlyDiscount { percent, within }) => {
            let sentence = Text::new("{percent} within {period}").with("percent", percent);
            sentence.with_text("period", length(within))
        }
        Err(_) => Text::new("{value}").with("value", text),
    }
}

/// A value of a certain term: of a delivery, beside its code, the plain word for it.
pub fn value_of(term: &str, text: &str) -> Text {
    let plain = PLAIN_DELIVERY.iter().find(|(_, code)| term == "delivery" && *code == text);
    match plain {
        Some((word, code)) => Text::new("{value} ({code})").with("value", word).with("code", code),
        None => value(text),
    }
}

/// What a property is, its ranges in words.
pub fn property(text: &str) -> Text {
    let ends = match Property::of(text) {
        Property::Between(least, most) => between(Some(least), Some(most)),
        Property::AtLeast(least) => between(Some(least), None),
        Property::AtMost(most) => between(None, Some(most)),
        Property::One(_) => None,
    };
    ends.unwrap_or_else(|| Text::new("{value}").with("value", text))
}

/// A range with its ends, as far as it has some.
pub fn between(least: Option<&str>, most: Option<&str>) -> Option<Text> {
    Some(match (least, most) {
        (Some(least), Some(most)) => range(least, most),
        (Some(least), None) => Text::new("at least {least}").with_text("least", value(least)),
        (None, Some(most)) => Text::new("at most {most}").with_text("most", value(most)),
        (None, None) => return None,
    })
}

/// A range with its unit said once: `10 to 15 days`.
fn range(least: &str, most: &str) -> Text {
    with_ends(Text::new("{least} to {most}"), least, most)
}

/// The same within a sentence: `from 10 to 15 days`.
pub(super) fn from_to(least: &str, most: &str) -> Text {
    with_ends(Text::new("from {least} to {most}"), least, most)
}

fn with_ends(sentence: Text, least: &str, most: &str) -> Text {
    let alike = match (Duration::parse(least), Duration::parse(most)) {
        (Ok(least), Ok(most)) => least.unit == most.unit,
        _ => least.split_once(' ').map(|(_, unit)| unit) == most.split_once(' ').map(|(_, unit)| unit),
    };
    let least = match least.split_once(' ').filter(|_| alike) {
        Some((number, _)) => Text::new("{value}").with("value", number),
        None => value(least),
    };
    sentence.with_text("least", least).with_text("most", value(most))
}

/// A range of which only some values count.
pub fn in_multiples(range: Text, step: &str) -> Text {
    Text::new("{value}, in multiples of {step}").with_text("value", range).with_text("step", value(step))
}

/// Nothing but the multiples of something.
pub(super) fn multiples(step: &str) -> Text {
    Text::new("in multiples of {step}").with_text("step", value(step))
}

/// Words one after the other: `a, b, c`.
pub fn commas(all: impl IntoIterator<Item = Text>) -> Option<Text> {
    let joined = |before, next| Text::new("{before}, {next}").with_text("before", before).with_text("next", next);
    all.into_iter().reduce(joined)
}

/// How much in which period: `40 bag per week`.
pub(super) fn rate(quantity: &str, per: Duration) -> Text {
    let sentence = match (per.unit, per.count) {
        (DurationUnit::Day, 1) => Text::new("{quantity} per day"),
        (DurationUnit::Week, 1) => Text::new("{quantity} per week"),
        (DurationUnit::Month, 1) => Text::new("{quantity} per month"),
        (DurationUnit::Year, 1) => Text::new("{quantity} per year"),
        _ => Text::new("{quantity} per {period}").with_text("period", length(per)),
    };
    sentence.with("quantity", quantity)
}

/// A quantity, and how often, where it is not once.
pub fn delivered(quantity: Text, every: Option<&str>) -> Text {
    match every.and_then(|every| Duration::parse(every).ok()) {
        None => quantity,
        Some(every) => {
            Text::new("{quantity} {rhythm}").with_text("quantity", quantity).with_text("rhythm", rhythm(every))
        }
    }
}

/// Values of which any one would do: `a or b`.
pub(super) fn either(values: impl IntoIterator<Item = Text>) -> Option<Text> {
    let joined = |all: Text, one| Text::new("{all} or {one}").with_text("all", all).with_text("one", one);
    values.into_iter().reduce(joined)
}

/// All of some: `a, b and c`.
pub(super) fn both(values: impl IntoIterator<Item = Text>) -> Option<Text> {
    let mut values: Vec<Text> = values.into_iter().collect();
    let last = values.pop()?;
    Some(match commas(values) {
        Some(all) => Text::new("{all} and {one}").with_text("all", all).with_text("one", last),
        None => last,
    })
}

/// A word of a manifest as it stands there.
pub(super) fn written(word: &str) -> Text {
    Text::new("{value}").with("value", word)
}

/// A code by its name in either language, with the code that is written for it; the code alone where no name is known.
pub(super) fn named(names: Option<(&str, &str)>, code: &str) -> Text {
    match names {
        Some((en, es)) => Text::new("{name} (`{code}`)").with("name", en).with("name_es", es).with("code", code),
        None => written(code),
    }
}

/// Facts one after the other: `legal_form: worker; members: at least 3`.
pub fn listed(facts: Vec<Text>) -> Option<Text> {
    let joined = |all: Text, one| Text::new("{all}; {one}").with_text("all", all).with_text("one", one);
    facts.into_iter().reduce(joined)
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn the_unit_of_a_range_is_said_once() {
        let range = |least, most| range(least, most).english();
        assert_eq!(range("10 days", "15 days"), "10 to 15 days");
        assert_eq!(range("1 month", "12 months"), "1 to 12 months");
        assert_eq!(range("2 weeks", "1 month"), "2 weeks to 1 month");
        assert_eq!(range("20 %", "40 %"), "20 to 40 %");
        assert_eq!(range("05:00", "07:00"), "05:00 to 07:00");
    }
}
