//! What goes into a recipe and that nobody is asked for.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::Whole;
use super::more_out_than_in::is_grown;
use super::need_by_own_code::is_own;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;
use crate::value::{ItemCode, Scheme};

rule! {
    /// Of what goes into a recipe partners are asked for nothing, though others sell it.
    RULE = "CLM1119", "input-without-need", Info, Clarity, "11-advice#things",
    summary: "nothing that goes into a recipe is needed or made",
    message: "`{item}` goes into `{recipe}`, and no need asks partners for it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let manifest = whole.manifest;
    if manifest.items.is_empty() {
        return;
    }
    let recipes = || manifest.recipes.values();
    let made: BTreeSet<&SmolStr> = recipes().flat_map(|recipe| recipe.makes.keys().chain(recipe.also.keys())).collect();
    let lines = manifest.offers.values().chain(manifest.needs.values());
    let substitutes = manifest.needs.values().flat_map(|need| &need.substitutes).flat_map(|substitute| &substitute.items);
    let traded: BTreeSet<&ItemCode> =
        lines.flat_map(|line| &line.items).chain(substitutes).map(|item| &item.value).collect();
    // Under another name it is needed, or offered and so there, in whole or by its finer kinds.
    let is_traded = |code: &ItemCode| traded.iter().any(|other| other.is_part_of(code) || code.is_part_of(other));
    let is_had = |name: &SmolStr| {
        let codes = manifest.items.get(name);
        made.contains(name) || codes.is_none_or(|codes| codes.iter().any(|code| is_traded(&code.value)))
    };
    let id = &manifest.coop.id.value;
    let is_sold = |name: &SmolStr| {
        let codes = manifest.items.get(name);
        codes.is_some_and(|codes| !codes.iter().any(|code| is_own(code, id) || is_at_hand(code)))
    };
    for (name, recipe) in &manifest.recipes {
        // Who asks partners for part of what goes in has thought of the rest.
        if recipe.from.keys().any(is_had) {
            continue;
        }
        let Some((item, part)) = recipe.from.iter().find(|(item, _)| is_sold(item)) else { continue };
        let help = Text::new("if partners may supply it, move `{item}` to `needs`, with a quantity and a price");
        found.push(whole.key(&RULE, part.node).with("item", item).with("recipe", name).help(help.with("item", item)));
    }
}

/// Whether something is mostly had without a seller who could be a partner: what grows at one's own place, and water, gas and
/// electricity, which come out of a pipe or a wire.
fn is_at_hand(item: &ItemCode) -> bool {
    let begins = |starts: &[&str]| starts.iter().any(|start| item.code().starts_with(start));
    let is_piped = match item.scheme() {
        Scheme::Hs => begins(&["2201", "2705", "2711", "2716"]),
        Scheme::Cpv => begins(&["0912", "0931", "41", "65"]),
        _ => false,
    };
    is_grown(item) || is_piped
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    fn bakery(code: &str, more: &str) -> String {
        format!(
            "with: anyone\noffers: {{ bread: {{ item: hs:1905, price: 3 EUR/kg }} }}\nitems: {{ input: {{ item: {code} }} }}\nrecipes: {{ baking: {{ makes: {{ bread: 10 kg }}, from: {{ input: 8 kg }} }} }}\n{more}"
        )
    }

    #[test]
    fn what_goes_in_and_others_sell_is_asked_for() {
        ["hs:1101", "cpv:15612000", "https://b.example#flour"].iter().for_each(|code| advises(&RULE, &bakery(code, "")));
        advises(&RULE, &bakery("hs:1101", "").replace("hs:1101 }", "hs:1101 }, water: { item: sku:water }").replace("from: {", "from: { water: 5 l,"));
        let need = |item: &str| format!("needs: {{ x: {{ item: {item}, quantity: {{ at_most: 5 t }} }} }}");
        advises(&RULE, &bakery("hs:1101", &need("hs:2102")));
        for item in ["hs:1101", "hs:110100", "hs:11", "hs:2102, substitutes: [{ item: hs:1101 }]"] {
            no_advice(&RULE, &bakery("hs:1101", &need(item)));
        }
    }

    #[test]
    fn what_is_at_hand_or_made_is_left_alone() {
        for code in ["sku:dough", "[hs:1101, sku:flour]", "hs:2201", "hs:2716", "cpv:09310000", "hs:1001"] {
            no_advice(&RULE, &bakery(code, ""));
        }
        no_advice(&RULE, &bakery("hs:1101", "").replace("input: 8 kg", "input: 8 kg, bread: 1 kg"));
        let milling = "recipes: { milling: { makes: { input: 8 kg }, work: 1 hour },";
        no_advice(&RULE, &bakery("hs:1101", "").replace("recipes: {", milling));
    }
}
