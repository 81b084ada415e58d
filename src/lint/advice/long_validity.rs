//! Prices that hold for much longer than a year.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::measure;
use crate::lint::terms::{days, length};
use crate::rule;
use crate::value::Rational;

rule! {
    /// A manifest with prices holds for more than a year and a month.
    RULE = "CLM1130", "long-validity", Info, Clarity, "11-advice#terms",
    summary: "prices hold for much longer than a year",
    message: "these prices hold for `{length}`",
}

/// A year, and some weeks to publish the next one in.
const MOST_DAYS: i64 = 400;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let valid = &whole.manifest.valid;
    let mut offers = whole.manifest.offers.values();
    let priced = offers.any(|offer| offer.valid.until.is_none() && !measure::tiers(&offer.terms).is_empty());
    let (Some(until), Some(held)) = (&valid.until, length(valid.from.as_ref(), valid.until.as_ref())) else { return };
    if priced && held > MOST_DAYS {
        let help = Text::new("let it end within a year and publish a new one then, with the prices of that day");
        found.push(whole.value(&RULE, until.node).with("length", days(&Rational::from(held))).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn prices_are_looked_at_once_a_year() {
        let offer = |until: &str, price: &str| {
            format!("valid: {{ from: 2026-12-01, until: {until} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: {price} }} }}")
        };
        advises(&RULE, &offer("2028-01-05", "2 EUR/kg"));
        no_advice(&RULE, &offer("2028-01-04", "2 EUR/kg"));
        no_advice(&RULE, &offer("2030-01-01", "free"));
    }
}
