//! A tier that begins above the largest delivery of its line.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::measure;
use crate::manifest::model::{Line, Terms, Tier};
use crate::rule;
use crate::syntax::NodeId;
use crate::value::{Quantity, Rational};

rule! {
    /// A tier begins above what one delivery may hold.
    RULE = "CLM1103", "unreached-tier", Warning, Meaning, "11-advice#prices",
    summary: "a tier begins above the largest delivery",
    message: "no delivery of `{offer}` reaches `{from}`, from which this price holds",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    begun_below(whole, found);
    for line in whole.manifest.offers.values() {
        for terms in all_terms(line) {
            for from in measure::tiers(terms).iter().filter_map(|tier| tier.from.as_ref()) {
                let Some(end) = end_below(line, terms, &from.value) else { continue };
                found.push(
                    whole
                        .value(&RULE, from.node)
                        .with("offer", &line.key)
                        .with("from", &from.value)
                        .help(Text::new("begin the tier lower, raise what one delivery may hold, or take the tier out"))
                        .label(whole.place(whole.part(end, "at_most")), Text::new("deliveries end here")),
                );
            }
        }
    }
}

/// Tiers of which the next one begins no higher than any delivery does. One that several lines or classes have from one place is
/// told only where it is so of all of them.
fn begun_below(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let mut by_tier: BTreeMap<NodeId, Vec<Option<Diagnostic>>> = BTreeMap::new();
    for line in whole.manifest.offers.values() {
        for terms in all_terms(line) {
            let tiers = measure::tiers(terms);
            for (tier, next) in tiers.iter().zip(tiers.iter().skip(1)) {
                by_tier.entry(tier.node).or_default().push(never_left(whole, line, terms, tier, next));
            }
        }
    }
    found.extend(by_tier.into_values().filter_map(|each| each.into_iter().collect::<Option<Vec<_>>>()?.into_iter().next()));
}

/// A tier below the least delivery, for which the next one holds.
fn never_left(whole: &Whole<'_>, line: &Line, terms: &Terms, tier: &Tier, next: &Tier) -> Option<Diagnostic> {
    let quantity = terms.quantity.as_ref()?;
    let (key, least) = match (&quantity.at_least, &quantity.multiple_of) {
        (Some(least), _) => ("at_least", least),
        (None, Some(step)) => ("multiple_of", step),
        (None, None) => return None,
    };
    let begins_by = measure::compare(&line.units, &next.from.as_ref()?.value, least)?;
    let text = Text::new("every delivery of `{offer}` is of `{least}` or more, where the next price holds: this one never does");
    let finding = || whole.value(&RULE, tier.from.as_ref().map_or(tier.node, |from| from.node)).message(text);
    begins_by.is_le().then(|| {
        finding()
            .with("offer", &line.key)
            .with("least", least)
            .help(Text::new("take the tier out, or let a delivery be smaller"))
            .label(whole.place(whole.part(quantity.node, key)), Text::new("deliveries begin here"))
    })
}

/// The statement by which every delivery stays below a quantity.
pub(super) fn end_below(line: &Line, terms: &Terms, from: &Quantity) -> Option<NodeId> {
    let step = terms.quantity.as_ref().and_then(|quantity| quantity.multiple_of.as_ref());
    let step = step.and_then(|step| measure::converted(&line.units, step, &from.unit)).filter(Rational::is_positive);
    // The largest delivery is the last multiple within the end.
    let last = |most: &Quantity| {
        let most = measure::converted(&line.units, most, &from.unit)?;
        Some(step.as_ref().map_or_else(|| most.clone(), |step| most.floor_to(step)))
    };
    let is_below = |most: &Quantity| {
        measure::compare(&line.units, most, from) == Some(Ordering::Less)
            || last(most).is_some_and(|last| last < from.amount.rational())
    };
    if let Some(quantity) = terms.quantity.as_ref().filter(|all| all.at_most.as_ref().is_some_and(is_below)) {
        return Some(quantity.node);
    }
    let volume = terms.volume.as_ref()?;
    let most = volume.at_most.as_ref()?;
    let periods = match (&volume.per, &terms.every) {
        (None, _) => Rational::one(),
        (Some(per), Some(every)) => {
            let longest = every.value.iter().map(|rhythm| rhythm.every.years()).max()?;
            // A need that is met once may take what a whole period holds.
            longest.checked_div(&per.years())?.max(Rational::one())
        }
        // Who names no rhythm delivers as rarely as is asked.
        (Some(_), None) => return None,
    };
    let most = &measure::converted(&line.units, most, &from.unit)? * &periods;
    (most < from.amount.rational()).then_some(volume.node)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn some_delivery_reaches_every_tier() {
        let offer = |terms: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, price: {{ tiers: [{{ from: 100 kg, price: 2 EUR/kg }}, {{ from: 1 t, price: 1.8 EUR/kg }}] }}, {terms} }} }}"
            )
        };
        advises(&RULE, &offer("quantity: { at_most: 900 kg }"));
        advises(&RULE, &offer("volume: { at_most: 900 kg }"));
        advises(&RULE, &offer("volume: { at_most: 200 kg per week }, every: [1 week, 2 weeks]"));
        no_advice(&RULE, &offer("quantity: { at_most: 1 t }"));
        no_advice(&RULE, &offer("volume: { at_most: 200 kg per week }"));
        no_advice(&RULE, &offer("volume: { at_most: 500 kg per week }, every: [1 week, 2 weeks]"));
        no_advice(&RULE, &offer("volume: { at_most: 2 t per month }, every: 1 week"));
    }

    #[test]
    fn the_largest_delivery_is_a_multiple() {
        let offer = |most: &str, from: &str| {
            format!("with: anyone\noffers: {{ x: {{ item: hs:1101, quantity: {{ at_most: {most}, multiple_of: 10 kg }}, price: {{ tiers: [{{ from: 10 kg, price: 2 EUR/kg }}, {{ from: {from}, price: 1.8 EUR/kg }}] }} }} }}")
        };
        advises(&RULE, &offer("55 kg", "52 kg"));
        advises(&RULE, &offer("0.055 t", "52 kg"));
        no_advice(&RULE, &offer("55 kg", "50 kg"));
        no_advice(&RULE, &offer("60 kg", "52 kg"));
    }

    #[test]
    fn some_delivery_is_small_enough_for_every_tier() {
        let offer = |quantity: &str, own: &str| {
            format!(
                "partners: {{ a: {{ practice: equal_vote }} }}\nwith: [a]\noffers: {{ x: {{ item: hs:1101, price: {{ tiers: [{{ from: 10 kg, price: 2 EUR/kg }}, {{ from: 100 kg, price: 1.8 EUR/kg }}] }}, quantity: {{ {quantity} }}{own} }} }}"
            )
        };
        ["at_least: 100 kg", "at_least: 0.2 t", "multiple_of: 100 kg"].iter().for_each(|quantity| advises(&RULE, &offer(quantity, "")));
        ["at_least: 99 kg", "at_least: 10 kg", "multiple_of: 50 kg"].iter().for_each(|quantity| no_advice(&RULE, &offer(quantity, "")));
        no_advice(&RULE, &offer("at_least: 10 kg", ", for: [{ with: a, quantity: { at_least: 200 kg } }]"));
    }
}
