//! Tiers that do not reward larger deliveries.

use std::cmp::Ordering;

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::lint::measure;
use crate::manifest::model::{Line, PriceTerm, Tier};
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// `from` does not rise or the limit does not fall.
    RULE = "CLM0518", "unordered-tiers", Error, Meaning, "05-terms#prices",
    summary: "tiers do not rise in quantity, or do not fall in price",
    message: "this tier begins below the one before",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for line in context.manifest.offers.values() {
        for price in all_terms(line).filter_map(|terms| terms.price.as_ref()) {
            let PriceTerm::Tiers(tiers) = &price.value else { continue };
            for pair in tiers.windows(2) {
                let [before, tier] = pair else { continue };
                let Some((node, mistake)) = mistake(line, before, tier) else { continue };
                found.push(
                    context
                        .value(&RULE, node)
                        .message(mistake)
                        .help(Text::new("write the tiers from the smallest delivery to the largest, each cheaper than the one before"))
                        .label(context.place(before.node), Text::new("the tier before")),
                );
            }
        }
    }
}

fn mistake(line: &Line, before: &Tier, tier: &Tier) -> Option<(NodeId, Text)> {
    let (Some(earlier), Some(from)) = (&before.from, &tier.from) else { return None };
    match measure::compare(&line.units, &from.value, &earlier.value) {
        Some(Ordering::Less) => return Some((from.node, RULE.sentence())),
        Some(Ordering::Equal) => return Some((from.node, Text::new("this tier begins where the one before does"))),
        _ => {}
    }
    let (Some(dearer), Some(limit)) = (&before.at_least, &tier.at_least) else { return None };
    match measure::compare_prices(&line.units, &limit.value, &dearer.value) {
        Some(Ordering::Greater) => Some((limit.node, Text::new("this tier is dearer than the one before"))),
        Some(Ordering::Equal) => Some((limit.node, Text::new("this tier is no cheaper than the one before"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    fn tiers(first: &str, second: &str) -> String {
        format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: {{ tiers: [{first}, {second}] }} }} }}")
    }

    #[test]
    fn tiers_rise_and_fall_whatever_the_units() {
        let first = "{ from: 1 t, price: 2 ARS/kg }";
        fires(&RULE, &tiers(first, "{ from: 900 kg, price: 1 ARS/kg }"));
        fires(&RULE, &tiers(first, "{ from: 1000 kg, price: 1 ARS/kg }"));
        fires(&RULE, &tiers(first, "{ from: 2 t, price: 2000 ARS/t }"));
        silent(&tiers(first, "{ from: 2 t, price: 1999 ARS/t }"));
    }

    #[test]
    fn asking_prices_are_free_to_rise() {
        silent(&tiers(
            "{ from: 1 t, price: 2 ARS/kg }",
            "{ from: 2 t, price: { at_least: 1.8 ARS/kg, at_most: 2.2 ARS/kg } }",
        ));
    }
}
