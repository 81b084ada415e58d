//! An item that no recipe speaks of.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::Whole;
use super::words::entries;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// An entry of `items` stands in no recipe.
    RULE = "CLM1174", "unused-item", Warning, Clarity, "11-advice#things",
    summary: "an entry of `items` stands in no recipe",
    message: "no recipe speaks of `{item}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let Some(items) = whole.top("items") else { return };
    let recipes = whole.manifest.recipes.values();
    let used: BTreeSet<&str> = recipes
        .flat_map(|recipe| recipe.makes.keys().chain(recipe.also.keys()).chain(recipe.from.keys()))
        .map(SmolStr::as_str)
        .collect();
    for (item, node) in entries(whole, items).filter(|(item, _)| !used.contains(item)) {
        let help = Text::new("name it in a recipe, or take it out: partners look at `offers` and `needs` only");
        found.push(whole.key(&RULE, node).with("item", item).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn an_item_is_made_of_or_into_something() {
        let items = |recipe: &str| format!("with: anyone\noffers: {{ bread: {{ item: hs:1905, price: 3 EUR/kg }} }}\nitems: {{ water: {{ item: hs:2201 }} }}\n{recipe}");
        advises(&RULE, &items(""));
        no_advice(&RULE, &items("recipes: { bread: { makes: { bread: 10 kg }, from: { water: 5 kg } } }"));
    }
}
