//! Periods in words of ours, so that every language says them its own way.

use super::Text;
use crate::value::{Duration, DurationUnit};

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
