//! A line whose smallest delivery is more than its volume, or its largest less.

use crate::diagnostic::{Diagnostic, Text, periods};
use crate::lint::context::{Context, Side, all_terms};
use crate::lint::misfit::{Misfit, misfit};
use crate::rule;
use crate::value::Duration;

rule! {
    /// No delivery fits both the quantity and the volume at any rhythm of the line.
    RULE = "CLM0524", "impossible-delivery", Error, Meaning, "05-terms#quantity-volume-and-rhythm",
    summary: "no delivery fits both the quantity and the volume",
    message: "no delivery of this quantity fits the volume of `{name}`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (side, line) in context.lines() {
        for terms in all_terms(line) {
            let (Some(quantity), Some(volume)) = (&terms.quantity, &terms.volume) else { continue };
            let Some(misfit) = misfit(side == Side::Offer, &line.units, terms) else { continue };
            let finding = context.value(&RULE, quantity.node);
            let finding = match (&volume.value.per, &terms.every) {
                (Some(per), None) => finding
                    .message(without_rhythm(misfit, *per))
                    .help(Text::new("change one of the two, or state under `every` how often something is delivered")),
                _ => finding.help(Text::new("change one of the two, or add a rhythm under `every` at which they fit")),
            };
            let label = Text::new("the volume");
            found.push(finding.with("name", &line.key).label(context.place(volume.node), label));
        }
    }
}

/// What is said where no rhythm is stated: who leaves it out need not know which one that means.
fn without_rhythm(misfit: Misfit, per: Duration) -> Text {
    let text = match misfit {
        Misfit::TooMuch => {
            Text::new("without `every` there is one delivery {rhythm}, and it is more than the volume of `{name}`")
        }
        Misfit::TooLittle => {
            Text::new("without `every` there is one delivery {rhythm}, and it is less than the volume of `{name}`")
        }
    };
    text.with_text("rhythm", periods::rhythm(per))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent, told};

    #[test]
    fn some_rhythm_has_room() {
        let need = |every: &str| {
            format!(
                "needs: {{ x: {{ item: hs:1101, quantity: {{ at_least: 500 kg }}, volume: {{ at_most: 400 kg per week }}, every: {every} }} }}"
            )
        };
        fires(&RULE, &need("1 week"));
        silent(&need("[1 week, 2 weeks]"));
    }

    #[test]
    fn the_largest_delivery_is_enough() {
        let need = |most: &str| {
            format!(
                "needs: {{ x: {{ item: hs:1101, quantity: {{ at_most: {most} }}, volume: {{ at_least: 400 kg per week }}, every: 1 week }} }}"
            )
        };
        fires(&RULE, &need("300 kg"));
        silent(&need("0.4 t"));
    }

    #[test]
    fn what_silence_on_the_rhythm_means_is_said() {
        let need = "needs: { x: { item: hs:1101, quantity: { at_most: 200 kg }, volume: 500 kg per month } }";
        assert_eq!(
            told(&RULE, need),
            ["without `every` there is one delivery every month, and it is less than the volume of `x`"]
        );
    }

    #[test]
    fn a_stock_holds_one_delivery() {
        fires(
            &RULE,
            "with: anyone\noffers: { x: { item: hs:1101, quantity: { at_least: 5 kg }, volume: { at_most: 4 kg } } }",
        );
        silent(
            "with: anyone\noffers: { x: { item: hs:1101, quantity: { at_least: 5 kg }, volume: { at_most: 4 kg per week } } }",
        );
    }
}
