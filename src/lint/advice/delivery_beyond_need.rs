//! A need that takes more in one delivery than it ever asks.

use std::cmp::Ordering;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::measure;
use crate::manifest::model::{Line, Terms};
use crate::rule;
use crate::value::{Duration, Quantity, Rational};

rule! {
    /// The largest delivery of a need is more than the need asks in all, or at the longest rhythm that it takes.
    RULE = "CLM1116", "delivery-beyond-need", Info, Meaning, "11-advice#quantities",
    summary: "a need takes more in one delivery than it ever asks",
    message: "`{need}` takes up to `{most}` in one delivery, and asks `{all}` in all",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for need in whole.manifest.needs.values() {
        for terms in all_terms(need) {
            let (Some(quantity), Some(volume)) = (&terms.quantity, &terms.volume) else { continue };
            let (Some(most), Some(all)) = (&quantity.at_most, &volume.at_most) else { continue };
            if let Some(per) = &volume.per {
                found.extend(beyond_rhythm(whole, need, terms, most, all, per));
            } else if measure::compare(&need.units, most, all) == Some(Ordering::Greater) {
                found.push(
                    whole
                        .value(&RULE, whole.part(quantity.node, "at_most"))
                        .with("need", &need.key)
                        .with("most", most)
                        .with("all", all)
                        .help(Text::new("if more is asked over time, say in which, such as `{all} per month`").with("all", all))
                        .label(whole.place(whole.part(volume.node, "at_most")), Text::new("all that is asked")),
                );
            }
        }
    }
}

/// So many times what is asked may be room to spare.
const SPARE: i64 = 2;

/// What a need takes in one delivery, where that is far more than its volume comes to at the longest of its rhythms. Who names no
/// rhythm takes the other side's, however rare.
fn beyond_rhythm(
    whole: &Whole<'_>,
    need: &Line,
    terms: &Terms,
    most: &Quantity,
    volume: &Quantity,
    per: &Duration,
) -> Option<Diagnostic> {
    // What holds for all needs is room that no single one has to fill.
    let quantity = terms.quantity.as_ref().filter(|quantity| whole.is_in(quantity.node, Some(need.node)))?;
    let longest = &terms.every.as_ref()?.value.iter().max_by_key(|rhythm| rhythm.every.years())?;
    let periods = longest.every.years().checked_div(&per.years())?;
    let asked = &volume.amount.rational() * &periods;
    let most_taken = measure::converted(&need.units, most, &volume.unit)?;
    (most_taken > &asked * &Rational::from(SPARE)).then(|| {
        whole
            .value(&RULE, whole.part(quantity.node, "at_most"))
            .message(Text::new("`{need}` takes up to `{most}` in one delivery, and `{volume} per {period}` is less than that every `{every}`"))
            .with("need", &need.key)
            .with("most", most)
            .with("volume", volume)
            .with("period", per.as_period())
            .with("every", longest.every)
            .help(Text::new("let a delivery hold what is asked at that rhythm, or name a longer one under `every`"))
            .label(whole.place(longest.node), Text::new("the longest rhythm"))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn one_delivery_is_no_more_than_all() {
        let need = |volume: &str| {
            format!("needs: {{ x: {{ item: hs:1101, quantity: {{ at_most: 500 kg }}, volume: {{ at_most: {volume} }} }} }}")
        };
        advises(&RULE, &need("0.3 t"));
        no_advice(&RULE, &need("0.5 t"));
        no_advice(&RULE, &need("300 kg per week"));
    }

    #[test]
    fn one_delivery_is_no_more_than_the_longest_rhythm_asks() {
        let need = |most: &str, every: &str| {
            format!("needs: {{ x: {{ item: hs:1101, quantity: {{ at_most: {most} }}, volume: 500 kg per month, every: {every} }} }}")
        };
        advises(&RULE, &need("6 t", "1 month"));
        advises(&RULE, &need("2.1 t", "[1 week, 2 months]"));
        no_advice(&RULE, &need("2 t", "[1 week, 2 months]"));
        no_advice(&RULE, &need("500 kg", "4 weeks"));
        no_advice(&RULE, &need("6 t", "1 month").replace("quantity: { at_most: 6 t }, ", "").replace("needs:", "defaults: { needs: { quantity: { at_most: 6 t } } }\nneeds:"));
    }
}
