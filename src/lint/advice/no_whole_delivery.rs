//! Multiples that are larger than any delivery.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Side, all_terms};
use crate::lint::measure;
use crate::manifest::model::{Line, Terms};
use crate::rule;
use crate::value::Rational;

rule! {
    /// The smallest multiple is more than one delivery may hold.
    RULE = "CLM1115", "no-whole-delivery", Warning, Meaning, "11-advice#quantities",
    summary: "no delivery is large enough for one multiple",
    message: "no delivery of `{name}` holds `{step}`, so that nothing can be had of it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (side, line) in whole.lines() {
        for terms in all_terms(line) {
            let Some(quantity) = terms.quantity.as_ref().filter(|_| is_too_small(side, line, terms)) else { continue };
            let node = whole.part(quantity.node, "multiple_of");
            let step = whole.written(node);
            found.push(
                whole
                    .value(&RULE, node)
                    .with("name", &line.key)
                    .with("step", step)
                    .help(Text::new("let a delivery hold `{step}`, or count in a smaller step").with("step", step)),
            );
        }
    }
}

/// Whether the step is above what one delivery may hold at every rhythm of the line.
fn is_too_small(side: Side, line: &Line, terms: &Terms) -> bool {
    let Some(quantity) = terms.quantity.as_ref().filter(|quantity| quantity.multiple_of.is_some()) else { return false };
    let above = |step: &Option<Rational>, high: &Rational| step.as_ref().is_some_and(|step| step > high);
    let Some(volume) = &terms.volume else {
        let ends = measure::delivery(&line.units, quantity);
        return ends.is_some_and(|ends| ends.high.as_ref().is_some_and(|high| above(&ends.step, high)));
    };
    let Some((delivery, period)) = measure::delivery_and_period(&line.units, quantity, volume) else { return false };
    if delivery.high.as_ref().is_some_and(|high| above(&delivery.step, high)) {
        return true;
    }
    let periods = match (&volume.per, &terms.every) {
        (Some(per), Some(every)) => {
            let longest = every.value.iter().map(|rhythm| rhythm.every.years()).max();
            let periods = longest.and_then(|longest| longest.checked_div(&per.years()));
            // An offer also serves a need that is met once, with what a whole period holds.
            if side == Side::Offer { periods.map(|periods| periods.max(Rational::one())) } else { periods }
        }
        // Who names no rhythm takes the other side's, however rare.
        (Some(_), None) => None,
        (None, _) => Some(Rational::one()),
    };
    period.high.zip(periods).is_some_and(|(high, periods)| above(&delivery.step, &(&high * &periods)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_delivery_holds_at_least_one_multiple() {
        let need = |terms: &str| format!("needs: {{ x: {{ item: hs:1101, {terms} }} }}");
        advises(&RULE, &need("quantity: { at_most: 40 kg, multiple_of: 50 kg }"));
        advises(&RULE, &need("quantity: { multiple_of: 50 kg }, volume: { at_most: 40 kg }"));
        let weekly = |every: &str| need(&format!("quantity: {{ multiple_of: 50 kg }}, volume: 40 kg per week, every: {every}"));
        advises(&RULE, &weekly("1 week"));
        no_advice(&RULE, &weekly("[1 week, 2 weeks]"));
        no_advice(&RULE, &need("quantity: { at_most: 0.05 t, multiple_of: 50 kg }"));
    }

    #[test]
    fn an_offer_without_a_rhythm_waits_until_there_is_enough() {
        let offer = |volume: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, quantity: {{ multiple_of: 50 kg }}, volume: {{ at_most: {volume} }} }} }}");
        advises(&RULE, &offer("40 kg"));
        no_advice(&RULE, &offer("40 kg per week"));
        advises(&RULE, &offer("40 kg per week").replace(" } } }", " }, every: [1 day, 1 week] } }"));
        no_advice(&RULE, &offer("60 kg per week").replace(" } } }", " }, every: 1 day } }"));
    }
}
