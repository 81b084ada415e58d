//! Prices that are asked from a day on and without an end.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::measure;
use crate::rule;
use crate::value::{Duration, DurationUnit};

rule! {
    /// A manifest says from when its prices hold and not until when.
    RULE = "CLM1129", "endless-posted-price", Info, Clarity, "11-advice#terms",
    summary: "prices hold from a day on and without an end",
    message: "`valid` has no `until`: what `{offer}` costs could be taken up for ever",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let valid = &whole.manifest.valid;
    let (Some(from), None, Some(node)) = (&valid.from, &valid.until, whole.top("valid")) else { return };
    let mut offers = whole.manifest.offers.values();
    let Some(offer) = offers.find(|offer| offer.valid.until.is_none() && !measure::tiers(&offer.terms).is_empty()) else {
        return;
    };
    let year = Duration::new(1, DurationUnit::Year);
    let finding = whole.value(&RULE, node).with("offer", &offer.key);
    found.push(match from.add(&year).and_then(|day| day.day_before()) {
        Some(day) => finding.help(Text::new("add a last day, such as `until: {day}`").with("day", day)),
        None => finding,
    });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_price_has_a_last_day() {
        let offer = |valid: &str, line: &str| {
            format!("valid: {valid}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, {line} }} }}")
        };
        advises(&RULE, &offer("{ from: 2026-12-01 }", "price: 2 EUR/kg"));
        no_advice(&RULE, &offer("{ from: 2026-12-01, until: 2027-11-30 }", "price: 2 EUR/kg"));
        no_advice(&RULE, &offer("{ from: 2026-12-01 }", "price: 2 EUR/kg, valid: { until: 2027-03-31 }"));
        no_advice(&RULE, &offer("{ from: 2026-12-01 }", "price: free"));
    }
}
