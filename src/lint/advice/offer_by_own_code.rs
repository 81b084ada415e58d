//! An offer to all that only those find who know our codes.

use super::Whole;
use super::need_by_own_code::is_own;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::Audience;
use crate::rule;

rule! {
    /// An offer to anyone has no code but the coop's own.
    RULE = "CLM1167", "offer-by-own-code", Info, Clarity, "11-advice#things",
    summary: "an offer to anyone has only the coop's own codes",
    message: "`{offer}` is for anyone, and only who knows your own code finds it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let id = &whole.manifest.coop.id.value;
    for offer in whole.manifest.offers.values() {
        if offer.with.value == Audience::Anyone && offer.items.iter().all(|item| is_own(item, id)) {
            let help = Text::new("add a code of a public list, such as `hs` or `cpv`, beside your own");
            let node = whole.part(offer.node, "item");
            found.push(whole.value(&RULE, node).with("offer", &offer.key).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn what_is_for_all_can_be_found_by_all() {
        let offer = |with: &str, item: &str| format!("partners: {{ a: {{ practice: equal_vote }} }}\nwith: {with}\noffers: {{ x: {{ item: {item}, price: 2 EUR/kg }} }}");
        advises(&RULE, &offer("anyone", "sku:flour"));
        no_advice(&RULE, &offer("anyone", "[sku:flour, hs:1101]"));
        no_advice(&RULE, &offer("a", "sku:flour"));
    }
}
