//! What holds for much longer than a year.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::measure;
use crate::lint::terms::{days, length};
use crate::manifest::model::{Terms, Window};
use crate::rule;
use crate::syntax::At;
use crate::value::Date;

rule! {
    /// A manifest, or a line of it, holds for more than a year and a month.
    RULE = "CLM1130", "long-validity", Info, Clarity, "11-advice#terms",
    summary: "a manifest or a line holds for much longer than a year",
    message: "these prices hold for {length}",
}

/// A year, and some weeks to publish the next one in.
const MOST_DAYS: i64 = 400;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let manifest = whole.manifest;
    let packages = manifest.packages.values().map(|package| (&package.valid, package.price.is_some()));
    let priced = |terms: &Terms| !measure::tiers(terms).is_empty();
    let lines: Vec<(&Window, bool)> =
        whole.lines().map(|(_, line)| (&line.valid, priced(&line.terms))).chain(packages).collect();
    let without_own = || lines.iter().filter(|(valid, _)| valid.until.is_none());
    // Where all that is dated ends by itself, the manifest may stand.
    if (lines.is_empty() || without_own().next().is_some())
        && let Some(finding) = too_long(whole, &manifest.valid, None, without_own().any(|(_, priced)| *priced))
    {
        found.push(finding);
        return;
    }
    let own = lines.iter().filter(|(valid, _)| valid.until.is_some());
    found.extend(own.filter_map(|(valid, priced)| too_long(whole, valid, manifest.valid.from.as_ref(), *priced)));
}

/// What there is to say of a window that is too long, which begins with the manifest where it has no beginning of its own.
fn too_long(whole: &Whole<'_>, valid: &Window, start: Option<&At<Date>>, priced: bool) -> Option<Diagnostic> {
    let held = length(valid.from.as_ref().or(start), valid.until.as_ref()).filter(|held| *held > MOST_DAYS)?;
    let finding = whole.value(&RULE, valid.until.as_ref()?.node);
    let finding = if priced {
        finding.help(Text::new("let it end within a year and publish a new one then, with the prices of that day"))
    } else {
        let help = Text::new("let it end within a year and publish a new one then");
        finding.message(Text::new("this holds for {length}, and may be taken up until the last day")).help(help)
    };
    Some(finding.with_text("length", days(held)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice, told};

    #[test]
    fn prices_are_looked_at_once_a_year() {
        let offer = |until: &str, price: &str| {
            format!("valid: {{ from: 2026-12-01, until: {until} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: {price} }} }}")
        };
        advises(&RULE, &offer("2028-01-05", "2 EUR/kg"));
        no_advice(&RULE, &offer("2028-01-04", "2 EUR/kg"));
        advises(&RULE, &offer("2030-01-01", "free"));
        assert_eq!(told(&RULE, &offer("2028-11-30", "2 EUR/kg")), ["these prices hold for 731 days"]);
    }

    #[test]
    fn what_has_no_price_is_looked_at_once_a_year_too() {
        let manifest = |until: &str, body: &str| format!("valid: {{ from: 2026-12-01, until: {until} }}\n{body}");
        let need = "needs: { x: { item: hs:1101, quantity: { at_most: 5 kg }, price: { at_most: 2 EUR/kg } } }";
        let grant = "with: anyone\noperations: { order: { formats: [csv] } }";
        [need, grant].iter().for_each(|body| advises(&RULE, &manifest("2036-12-01", body)));
        [need, grant].iter().for_each(|body| no_advice(&RULE, &manifest("2027-12-31", body)));
    }

    #[test]
    fn a_line_may_hold_too_long_by_itself() {
        let offer = |valid: &str, own: &str| {
            format!("{valid}with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, valid: {{ {own} }} }} }}")
        };
        advises(&RULE, &offer("", "from: 2026-12-01, until: 2028-04-01"));
        advises(&RULE, &offer("valid: { from: 2026-12-01 }\n", "until: 2028-04-01"));
        no_advice(&RULE, &offer("", "from: 2026-12-01, until: 2027-04-01"));
        no_advice(&RULE, &offer("valid: { from: 2026-12-01, until: 2036-12-01 }\n", "from: 2026-12-01, until: 2027-04-01"));
    }
}
