//! A need that takes more in one delivery than in all.

use std::cmp::Ordering;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::measure;
use crate::rule;

rule! {
    /// The largest delivery of a need is more than the need asks in all.
    RULE = "CLM1116", "delivery-beyond-need", Info, Meaning, "11-advice#quantities",
    summary: "a need takes more in one delivery than it asks in all",
    message: "`{need}` takes up to `{most}` in one delivery, and asks `{all}` in all",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for need in whole.manifest.needs.values() {
        for terms in all_terms(need) {
            let (Some(quantity), Some(volume)) = (&terms.quantity, &terms.volume) else { continue };
            let (Some(most), Some(all), None) = (&quantity.at_most, &volume.at_most, &volume.per) else { continue };
            if measure::compare(&need.units, most, all) == Some(Ordering::Greater) {
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
}
