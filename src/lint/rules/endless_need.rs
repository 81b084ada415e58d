//! A need that says no largest amount.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, Side, all_terms};
use crate::rule;

rule! {
    /// A need has no upper end, neither of quantity nor of volume.
    RULE = "CLM0422", "endless-need", Error, Meaning, "04-manifest#lines",
    summary: "a need has no upper end",
    message: "`{name}` does not say how much at most",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for line in context.manifest.needs.values().filter(|line| context.is_whole_line(Side::Need, line)) {
        let endless = all_terms(line).any(|terms| {
            let quantity = terms.quantity.as_ref().and_then(|quantity| quantity.value.at_most.as_ref());
            quantity.or(terms.volume.as_ref().and_then(|volume| volume.value.at_most.as_ref())).is_none()
        });
        if endless {
            found.push(context.key(&RULE, line.node).with("name", &line.key).help(Text::new(
                "add `quantity: { at_most: … }` for one delivery, or `volume: { at_most: … per month }`",
            )));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn one_upper_end_is_enough() {
        let need = |term: &str| format!("needs: {{ x: {{ item: hs:1101, {term} }} }}");
        fires(&RULE, &need("quantity: { at_least: 1 kg }"));
        silent(&need("quantity: 5 kg"));
        silent(&need("volume: { at_most: 5 kg per month }"));
        silent(&need("volume: 5 kg per month"));
    }

    #[test]
    fn a_class_cannot_take_the_end_away() {
        fires(
            &RULE,
            "partners: { a: { practice: equal_vote } }\nneeds: { x: { item: hs:1101, quantity: 5 kg, for: [{ with: a, quantity: any }] } }",
        );
    }
}
