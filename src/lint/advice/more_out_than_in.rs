//! A recipe of which more comes out, by weight, than goes in.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::{Line, Recipe};
use crate::rule;
use crate::syntax::At;
use crate::value::{Dimension, ItemCode, Quantity, Rational, Scheme};
use crate::vocab::units::Units;

rule! {
    /// What comes out of a recipe weighs more than what goes in.
    RULE = "CLM1118", "more-out-than-in", Info, Meaning, "11-advice#quantities",
    summary: "what comes out of a recipe weighs more than what goes in",
    message: "more comes out of `{recipe}` than goes in: `{out} kg` of `{into} kg`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (name, recipe) in whole.manifest.recipes.iter().filter(|(_, recipe)| !recipe.from.is_empty()) {
        if grows(whole, recipe) {
            continue;
        }
        let Some(into) = weight_in(whole, recipe) else { continue };
        let out = recipe.makes.iter().chain(&recipe.also).filter_map(|(name, part)| weight(whole, name, part));
        let out = out.sum::<Rational>();
        if out > into {
            let kilograms = |weight: Rational| weight.round_half_even(3).shortest();
            found.push(
                whole
                    .key(&RULE, recipe.node)
                    .with("recipe", name)
                    .with("out", kilograms(out))
                    .with("into", kilograms(into))
                    .help(Text::new("look for a slipped number or unit, and for what is missing under `from`")),
            );
        }
    }
}

/// What goes in, energy and time left aside; `None` where the weight of something is not known.
fn weight_in(whole: &Whole<'_>, recipe: &Recipe) -> Option<Rational> {
    let weighs = |part: &Quantity| {
        let none = [Dimension::Energy, Dimension::Time];
        none.iter().all(|dimension| Units::registry().factor(&part.unit, dimension).is_none())
    };
    recipe.from.iter().filter(|(_, part)| weighs(part)).map(|(name, part)| weight(whole, name, part)).sum()
}

/// Kilograms of a part, counted as the line of its name counts.
fn weight(whole: &Whole<'_>, name: &str, part: &At<Quantity>) -> Option<Rational> {
    let of = |units: &Units| Some(&part.amount.rational() * units.factor(&part.unit, &Dimension::Mass)?);
    match line(whole, name) {
        Some(line) => of(&line.units),
        None => of(&Units::registry()),
    }
}

fn line<'m>(whole: &Whole<'m>, name: &str) -> Option<&'m Line> {
    whole.manifest.offers.get(name).or_else(|| whole.manifest.needs.get(name))
}

/// Whether something of it grows, on a field or in a stable: it takes more than anybody puts in.
fn grows(whole: &Whole<'_>, recipe: &Recipe) -> bool {
    let mut lines = recipe.makes.keys().chain(recipe.also.keys()).filter_map(|name| line(whole, name));
    lines.any(|line| line.items.iter().any(|item| is_grown(item)))
}

/// Whether something is a plant or an animal, or comes of one as it is.
pub(super) fn is_grown(item: &ItemCode) -> bool {
    match item.scheme() {
        // Chapters of live animals and plants, without milling.
        Scheme::Hs => item.code().get(..2).is_some_and(|chapter| chapter <= "14" && chapter != "11"),
        Scheme::Cpv => item.code().starts_with("03"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    fn bakery(item: &str, makes: &str, from: &str) -> String {
        format!(
            "with: anyone\noffers: {{ bread: {{ item: {item}, units: {{ loaf: 0.5 kg }}, price: 1 EUR/kg }} }}\nneeds: {{ flour: {{ item: hs:1101, units: {{ sack: 25 kg }}, quantity: 1 t, price: 1 EUR/kg }} }}\nitems: {{ water: {{ item: sku:water }}, power: {{ item: sku:power }}, crumbs: {{ item: sku:crumbs }} }}\nrecipes: {{ bread: {{ makes: {{ bread: {makes} }}, also: {{ crumbs: 1 kg }}, from: {{ flour: {from} }} }} }}"
        )
    }

    #[test]
    fn nothing_comes_of_nothing() {
        advises(&RULE, &bakery("hs:1905", "200 loaf", "4 sack, power: 5 kWh"));
        no_advice(&RULE, &bakery("hs:1905", "198 loaf", "4 sack, power: 5 kWh"));
        no_advice(&RULE, &bakery("hs:1905", "200 loaf", "4 sack, water: 2000 g"));
    }

    #[test]
    fn what_is_not_weighed_or_grows_is_not_judged() {
        no_advice(&RULE, &bakery("hs:1905", "200 loaf", "4 sack, water: 30 l"));
        no_advice(&RULE, &bakery("hs:1001", "200 loaf", "1 sack"));
        no_advice(&RULE, &bakery("cpv:03211100", "200 loaf", "1 sack"));
    }
}
