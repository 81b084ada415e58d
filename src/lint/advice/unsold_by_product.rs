//! What comes out of a recipe and that nobody is offered.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;
use crate::value::ItemCode;

rule! {
    /// Something comes out of a recipe that is neither offered nor goes into another.
    RULE = "CLM1175", "unsold-by-product", Info, Clarity, "11-advice#things",
    summary: "what comes out of a recipe is neither offered nor used",
    message: "`{item}` comes out of `{recipe}` and is neither offered nor used",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let manifest = whole.manifest;
    if manifest.items.is_empty() || manifest.recipes.is_empty() {
        return;
    }
    let mut told: BTreeSet<&str> = manifest.recipes.values().flat_map(|recipe| recipe.from.keys()).map(SmolStr::as_str).collect();
    let lines = manifest.offers.values().chain(manifest.needs.values());
    let traded: BTreeSet<&ItemCode> = lines.flat_map(|line| &line.items).map(|item| &item.value).collect();
    for (name, recipe) in &manifest.recipes {
        for (item, part) in recipe.makes.iter().chain(&recipe.also) {
            let Some(codes) = manifest.items.get(item) else { continue };
            // Under another name it is offered, or goes back to where we need it, in whole or by its finer kinds.
            let is_traded = |code: &ItemCode| traded.contains(code) || traded.iter().any(|part| part.is_part_of(code));
            if codes.iter().any(|code| is_traded(&code.value)) || !told.insert(item) {
                continue;
            }
            let help = Text::new("offer it: what is left over may be what another coop needs");
            found.push(whole.key(&RULE, part.node).with("item", item).with("recipe", name).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    fn mill(offers: &str, recipes: &str) -> String {
        format!(
            "with: anyone\noffers: {{ flour: {{ item: hs:1101, price: 3 EUR/kg }}{offers} }}\nitems: {{ wheat: {{ item: sku:wheat }}, bran: {{ item: hs:2302 }} }}\nrecipes: {{ {recipes} }}"
        )
    }

    #[test]
    fn what_is_left_over_is_offered_or_used() {
        let milling = "milling: { makes: { flour: 80 kg }, also: { bran: 20 kg }, from: { wheat: 100 kg } }";
        advises(&RULE, &mill("", milling));
        advises(&RULE, &mill("", &milling.replace("80 kg }, also: { bran", "80 kg, bran")));
        advises(&RULE, &mill("", &format!("{milling}, {}", milling.replace("milling", "again"))));
        no_advice(&RULE, &mill("", &format!("{milling}, feed: {{ makes: {{ flour: 1 kg }}, from: {{ bran: 2 kg }} }}")));
        no_advice(&RULE, &mill(", wheat-bran: { item: hs:2302, price: 1 EUR/kg }", milling));
        no_advice(&RULE, &mill(", wheat-bran: { item: hs:230230, price: 1 EUR/kg }", milling));
        advises(&RULE, &mill(", feed: { item: hs:23, price: 1 EUR/kg }", milling));
    }
}
