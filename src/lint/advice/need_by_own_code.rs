//! A need that only our own codes would fill.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;
use crate::syntax::At;
use crate::value::{ItemCode, Scheme};

rule! {
    /// All codes of a need are the coop's own.
    RULE = "CLM1166", "need-by-own-code", Warning, Meaning, "11-advice#things",
    summary: "a need asks only for the coop's own codes",
    message: "`{need}` asks only for codes of your own, which nobody else offers",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let id = &whole.manifest.coop.id.value;
    for need in whole.manifest.needs.values() {
        let own = |items: &[At<ItemCode>]| items.iter().all(|item| is_own(item, id));
        if own(&need.items) && need.substitutes.iter().all(|substitute| own(&substitute.items)) {
            let help = Text::new("write the code under which partners offer it: theirs in full, or one of a public list");
            let node = whole.part(need.node, "item");
            found.push(whole.value(&RULE, node).with("need", &need.key).help(help));
        }
    }
}

/// Whether a code is one of the coop's own.
pub(super) fn is_own(item: &ItemCode, id: &str) -> bool {
    item.scheme() == Scheme::Uri && item.code().strip_prefix(id).is_some_and(|rest| rest.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_need_is_known_to_others() {
        let need = |item: &str| format!("needs: {{ x: {{ item: {item}, quantity: {{ at_most: 5 kg }}, price: any }} }}");
        advises(&RULE, &need("sku:flour"));
        advises(&RULE, &need("[sku:flour, 'https://a.example#wheat']"));
        no_advice(&RULE, &need("[sku:flour, hs:1101]"));
        no_advice(&RULE, &need("https://b.example#flour"));
        no_advice(&RULE, &need("sku:flour, substitutes: [{ item: hs:1102 }]"));
    }
}
