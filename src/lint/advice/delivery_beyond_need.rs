//! A need that takes more in one delivery than it ever asks.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::measure;
use crate::manifest::model::{Line, Terms};
use crate::rule;
use crate::syntax::NodeId;
use crate::value::{Duration, DurationUnit, Quantity, Rational};

rule! {
    /// The largest delivery of a need is more than the need asks in all, or at the longest rhythm that it takes.
    RULE = "CLM1116", "delivery-beyond-need", Info, Meaning, "11-advice#quantities",
    summary: "a need takes more in one delivery than it ever asks",
    message: "`{need}` takes up to `{most}` in one delivery, and asks `{all}` in all",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    // What one statement says of several needs, or of several classes, some may fill where others do not.
    let mut by_statement: BTreeMap<NodeId, Vec<Option<Diagnostic>>> = BTreeMap::new();
    for need in whole.manifest.needs.values() {
        for terms in all_terms(need) {
            if let Some(quantity) = &terms.quantity {
                by_statement.entry(quantity.node).or_default().push(beyond(whole, need, terms));
            }
        }
    }
    found.extend(by_statement.into_values().filter_map(|each| each.into_iter().collect::<Option<Vec<_>>>()?.into_iter().next()));
}

/// What a need takes in one delivery, where that is more than it asks.
fn beyond(whole: &Whole<'_>, need: &Line, terms: &Terms) -> Option<Diagnostic> {
    let (quantity, volume) = (terms.quantity.as_ref()?, terms.volume.as_ref()?);
    let (most, all) = (quantity.at_most.as_ref()?, volume.at_most.as_ref()?);
    let told = || whole.value(&RULE, whole.part(quantity.node, "at_most"));
    let finding = match &volume.per {
        Some(per) => beyond_rhythm(whole, need, terms, most, all, per, told())?,
        None if measure::compare(&need.units, most, all) == Some(Ordering::Greater) => {
            let help = Text::new("if more is asked over time, say in which, such as `{all} per month`").with("all", all);
            let label = whole.place(whole.part(volume.node, "at_most"));
            told().with("all", all).help(help).label(label, Text::new("all that is asked"))
        }
        None => return None,
    };
    Some(finding.with("need", &need.key).with("most", most))
}

/// So much more is room to spare: a quarter at a rhythm that is the only one, since months are not of one length and a load is
/// rounded up; as much again where the rhythm is still open.
const SPARE: (i64, i64) = (5, 4);
const SPARE_WHERE_OPEN: (i64, i64) = (2, 1);

/// What a need takes in one delivery, where that is more than its volume comes to at the longest of its rhythms. Who names no
/// rhythm takes the other side's, which is hardly rarer than once a year.
fn beyond_rhythm(
    whole: &Whole<'_>,
    need: &Line,
    terms: &Terms,
    most: &Quantity,
    volume: &Quantity,
    per: &Duration,
    finding: Diagnostic,
) -> Option<Diagnostic> {
    let longest = terms.every.as_ref().and_then(|every| every.value.iter().max_by_key(|rhythm| rhythm.every.years()));
    let every = longest.map_or(Duration::new(1, DurationUnit::Year), |rhythm| rhythm.every);
    let asked = &volume.amount.rational() * &every.years().checked_div(&per.years())?;
    let most_taken = measure::converted(&need.units, most, &volume.unit)?;
    let is_only = terms.every.as_ref().is_some_and(|every| every.value.len() == 1);
    let (times, of) = if is_only { SPARE } else { SPARE_WHERE_OPEN };
    if &most_taken * &Rational::from(of) <= &asked * &Rational::from(times) {
        return None;
    }
    let finding = match longest {
        Some(longest) => finding
            .message(Text::new("`{need}` takes up to `{most}` in one delivery, and `{volume} per {period}` is less than that every `{every}`"))
            .with("every", every)
            .help(Text::new("let a delivery hold what is asked at that rhythm, or name a longer one under `every`"))
            .label(whole.place(longest.node), Text::new("the longest rhythm")),
        None => finding
            .message(Text::new("`{need}` takes up to `{most}` in one delivery, and `{volume} per {period}` is less than that in a whole year"))
            .help(Text::new("look for a slipped number or unit in one of the two")),
    };
    Some(finding.with("volume", volume).with("period", per.as_period()))
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
        advises(&RULE, &need("800 kg", "1 month"));
        advises(&RULE, &need("2.1 t", "[1 week, 2 months]"));
        no_advice(&RULE, &need("2 t", "[1 week, 2 months]"));
        advises(&RULE, &need("1.3 t", "2 months"));
        no_advice(&RULE, &need("1.2 t", "2 months"));
        no_advice(&RULE, &need("500 kg", "4 weeks"));
    }

    #[test]
    fn without_a_rhythm_one_delivery_is_no_more_than_a_year_asks() {
        let need = |most: &str| format!("needs: {{ x: {{ item: hs:1101, quantity: {{ at_most: {most} }}, volume: 500 kg per month }} }}");
        advises(&RULE, &need("20 t"));
        no_advice(&RULE, &need("6 t"));
    }

    #[test]
    fn what_the_defaults_let_in_is_room_if_one_need_fills_it() {
        let needs = |volume: &str| {
            format!("defaults: {{ needs: {{ quantity: {{ at_most: 20 t }} }} }}\nneeds: {{ x: {{ item: hs:1101, volume: 500 kg per month, every: 1 month }}, y: {{ item: hs:1102{volume} }} }}")
        };
        advises(&RULE, &needs(", volume: 2 t per month, every: 1 month"));
        advises(&RULE, &needs(", volume: 2 t"));
        no_advice(&RULE, &needs(", volume: 20 t per month, every: 1 month"));
        no_advice(&RULE, &needs(", volume: 20 t"));
        no_advice(&RULE, &needs(""));
    }
}
