//! A smallest delivery for which no tier has a price.

use std::cmp::Ordering;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::measure;
use crate::rule;

rule! {
    /// The smallest delivery is smaller than the first tier, below which nothing is sold.
    RULE = "CLM1104", "quantity-below-tiers", Warning, Meaning, "11-advice#prices",
    summary: "the smallest delivery is below the first tier",
    message: "`{least}` has no price: the first tier begins at `{from}`, and below it nothing is sold",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for line in whole.manifest.offers.values() {
        for terms in all_terms(line) {
            let (Some(quantity), Some(tier)) = (&terms.quantity, measure::tiers(terms).first()) else { continue };
            let (Some(least), Some(from)) = (&quantity.at_least, &tier.from) else { continue };
            let compared = |quantity| measure::compare(&line.units, quantity, &from.value);
            // Where no delivery reaches the tier, that is told.
            let reached = quantity.at_most.as_ref().is_none_or(|most| compared(most) != Some(Ordering::Less));
            if reached && compared(least) == Some(Ordering::Less) {
                let node = whole.part(quantity.node, "at_least");
                let help = Text::new("begin the first tier at `{least}`, or sell from `{from}`");
                found.push(
                    whole
                        .value(&RULE, node)
                        .with("least", least)
                        .with("from", &from.value)
                        .help(help.with("least", least).with("from", &from.value))
                        .label(whole.place(from.node), Text::new("the first tier"))
                        .fix(whole.place(node), from.value.to_string(), false),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, mended, no_advice};

    #[test]
    fn what_is_sold_has_a_price() {
        let offer = |quantity: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, quantity: {quantity}, price: {{ tiers: [{{ from: 100 kg, price: 2 EUR/kg }}] }} }} }}"
            )
        };
        advises(&RULE, &offer("{ at_least: 50 kg }"));
        assert_eq!(mended(&RULE, &offer("{ at_least: 0.05 t }")), offer("{ at_least: 100 kg }"));
        no_advice(&RULE, &offer("{ at_least: 0.1 t }"));
        no_advice(&RULE, &offer("{ multiple_of: 50 kg }"));
    }
}
