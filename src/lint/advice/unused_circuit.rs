//! A circuit in which nothing is paid.

use std::collections::BTreeSet;

use super::Whole;
use super::words::{counted, entries};
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A declared mutual-credit circuit is never used.
    RULE = "CLM1175", "unused-circuit", Warning, Clarity, "11-advice#things",
    summary: "a declared circuit is never used",
    message: "nothing can be paid in `{circuit}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let Some(circuits) = whole.top("circuits") else { return };
    let mut used = counted(whole, &BTreeSet::from([circuits]));
    let named = whole.document.scalars().filter(|(node, _)| whole.key_of(*node) == Some("in"));
    used.extend(named.map(|(_, text)| text));
    for (circuit, node) in entries(whole, circuits).filter(|(circuit, _)| !used.contains(circuit)) {
        let help = Text::new("add a `credit_share` that names it to the lines on which it is taken, or take it out");
        found.push(whole.key(&RULE, node).with("circuit", circuit).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_circuit_is_paid_in() {
        let offer = |terms: &str| format!("circuits: {{ punto: {{ id: https://punto.example, limit: 900 EUR }} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, {terms} }} }}");
        advises(&RULE, &offer("price: 2 EUR/kg"));
        no_advice(&RULE, &offer("price: 2 EUR/kg, credit_share: { in: punto, at_most: 40 % }"));
        no_advice(&RULE, &offer("price: 2 punto/kg"));
    }
}
