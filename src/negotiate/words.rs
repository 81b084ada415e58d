//! Periods and values in words of ours, so that every language says them its own way.

use crate::diagnostic::Text;
use crate::value::{Duration, DurationUnit};

/// A value of a term: a period in words, everything else as it is written.
pub fn value(text: &str) -> Text {
    match Duration::parse(text) {
        Ok(period) => length(period),
        Err(_) => Text::new("{value}").with("value", text),
    }
}

/// How long: `2 weeks`.
pub fn length(period: Duration) -> Text {
    let several = match (period.unit, period.count) {
        (DurationUnit::Day, 1) => return Text::new("1 day"),
        (DurationUnit::Week, 1) => return Text::new("1 week"),
        (DurationUnit::Month, 1) => return Text::new("1 month"),
        (DurationUnit::Year, 1) => return Text::new("1 year"),
        (DurationUnit::Day, _) => Text::new("{n} days"),
        (DurationUnit::Week, _) => Text::new("{n} weeks"),
        (DurationUnit::Month, _) => Text::new("{n} months"),
        (DurationUnit::Year, _) => Text::new("{n} years"),
    };
    several.with("n", period.count)
}

/// How often: `every 2 weeks`.
pub fn rhythm(every: Duration) -> Text {
    match (every.unit, every.count) {
        (DurationUnit::Day, 1) => Text::new("every day"),
        (DurationUnit::Week, 1) => Text::new("every week"),
        (DurationUnit::Month, 1) => Text::new("every month"),
        (DurationUnit::Year, 1) => Text::new("every year"),
        _ => Text::new("every {period}").with_text("period", length(every)),
    }
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

/// Values of which any one would do: `worker or producer`.
pub(super) fn either(values: &[impl AsRef<str>]) -> Option<Text> {
    let written = |value: &_| Text::new("{value}").with("value", AsRef::<str>::as_ref(value));
    let joined = |all: Text, one| Text::new("{all} or {one}").with_text("all", all).with_text("one", one);
    values.iter().map(written).reduce(joined)
}

/// Facts one after the other: `legal_form: worker; members: at least 3`.
pub fn listed(facts: Vec<Text>) -> Option<Text> {
    let joined = |all: Text, one| Text::new("{all}; {one}").with_text("all", all).with_text("one", one);
    facts.into_iter().reduce(joined)
}
