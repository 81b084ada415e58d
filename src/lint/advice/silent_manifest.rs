//! A manifest that says who speaks and nothing else.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A manifest offers nothing, needs nothing, has no operation and states no terms of an agreement.
    RULE = "CLM1191", "silent-manifest", Warning, Clarity, "11-advice#trust",
    summary: "a manifest offers nothing, needs nothing and has no operation",
    message: "`{name}` offers nothing, needs nothing and has no operation with partners",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let manifest = whole.manifest;
    let speaks = !manifest.offers.is_empty()
        || !manifest.needs.is_empty()
        || !manifest.packages.is_empty()
        || !manifest.operations.is_empty()
        || !manifest.agreement.is_empty();
    if !speaks && let Some(node) = whole.at(&["coop"]) {
        let help = Text::new("add `offers`, `needs` or `operations`: nothing comes of a negotiation without any");
        found.push(whole.key(&RULE, node).with("name", &manifest.coop.name).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_manifest_says_what_is_to_be_had() {
        advises(&RULE, "with: anyone");
        no_advice(&RULE, "needs: { x: { item: hs:1101, price: any, quantity: { at_most: 5 kg } } }");
        no_advice(&RULE, "with: anyone\noperations: { watch_price: {} }");
        no_advice(&RULE, "agreement: { law: AR }");
    }
}
