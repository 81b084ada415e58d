//! A tier that asks more per unit than the one before it.

use std::cmp::Ordering;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::measure;
use crate::rule;

rule! {
    /// A larger delivery is asked more per unit than a smaller one.
    RULE = "CLM1102", "rising-asking-price", Warning, Meaning, "11-advice#prices",
    summary: "a larger delivery is asked more per unit than a smaller one",
    message: "`{price}` is asked for the larger delivery, and `{before}` for the smaller",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for line in whole.manifest.offers.values() {
        for pair in all_terms(line).flat_map(|terms| measure::tiers(terms).windows(2)) {
            let [before, tier] = pair else { continue };
            let (Some(cheaper), Some(asked)) = (&before.at_most, &tier.at_most) else { continue };
            if measure::compare_prices(&line.units, asked, cheaper) == Some(Ordering::Greater) {
                found.push(
                    whole
                        .value(&RULE, asked.node)
                        .with("price", &asked.value)
                        .with("before", &cheaper.value)
                        .help(Text::new("ask no more than in the tier before"))
                        .label(whole.place(cheaper.node), Text::new("asked for the smaller delivery")),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn who_takes_more_is_not_asked_more_for_each() {
        let tiers = |most: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, price: {{ tiers: [{{ from: 1 t, price: {{ at_least: 2 EUR/kg, at_most: 3 EUR/kg }} }}, {{ from: 2 t, price: {{ at_least: 1.8 EUR/kg, at_most: {most} }} }}] }} }} }}"
            )
        };
        advises(&RULE, &tiers("3100 EUR/t"));
        no_advice(&RULE, &tiers("3000 EUR/t"));
    }
}
