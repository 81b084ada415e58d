//! A package that costs more than its parts by themselves.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::containment::is_in;
use crate::lint::measure;
use crate::manifest::model::{Audience, ClassTerms, Package, PriceTerm};
use crate::rule;
use crate::value::{Money, Quantity, Rational};
use crate::vocab::currencies::minor_units;

rule! {
    /// A package is asked more than its parts are one by one.
    RULE = "CLM1108", "dear-package", Warning, Meaning, "11-advice#prices",
    summary: "a package costs more than its parts",
    message: "`{package}` costs `{price}`, and its parts by themselves `{sum}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for package in whole.manifest.packages.values() {
        let Some(price) = &package.price else { continue };
        let asked = price.at_most.as_ref().unwrap_or(&price.at_least);
        let buyers = std::iter::once(None).chain(classes(whole, package).into_iter().map(Some));
        let cheaper = |class: Option<&'_ str>| parts(whole, package, class).filter(|sum| asked.amount.rational() > *sum);
        let Some((class, sum)) = buyers.into_iter().find_map(|class| Some((class, cheaper(class)?))) else { continue };
        let amount = sum.round_half_even(minor_units(&asked.currency).unwrap_or(2));
        let finding = whole.value(&RULE, whole.part(price.node, "at_most"));
        let finding = match class {
            None => finding,
            Some(class) => finding
                .message(Text::new("`{package}` costs `{price}`, and its parts by themselves `{sum}` for `{class}`"))
                .with("class", class),
        };
        found.push(
            finding
                .with("package", &package.key)
                .with("price", asked)
                .with("sum", Money { amount, currency: asked.currency.clone() })
                .help(Text::new("ask less than the parts come to; whoever can add takes them one by one")),
        );
    }
}

/// The classes that may have a package and have prices of their own for a part of it.
fn classes<'m>(whole: &Whole<'m>, package: &Package) -> Vec<&'m str> {
    let may_have = |class: &str| match &package.with.value {
        Audience::Nobody => false,
        Audience::Anyone => true,
        Audience::Classes(with) => is_in(whole, class, &with.iter().map(|with| with.value.as_str()).collect::<Vec<_>>()),
    };
    let mut classes: Vec<&str> = Vec::new();
    for offer in package.includes.keys().filter_map(|name| whole.manifest.offers.get(name)) {
        for entry in offer.classes.iter().filter(|entry| entry.terms.price != offer.terms.price) {
            let class = entry.class.value.as_str();
            if !classes.contains(&class) && may_have(class) {
                classes.push(class);
            }
        }
    }
    classes
}

/// What the parts come to by themselves, for a class or for everybody else; `None` where one of them has no price for its
/// quantity.
fn parts(whole: &Whole<'_>, package: &Package, class: Option<&str>) -> Option<Rational> {
    let asked = |(name, quantity)| {
        let quantity: &Quantity = quantity;
        let offer = whole.manifest.offers.get(name)?;
        let own = class.and_then(|class| {
            let fits = |entry: &&ClassTerms| is_in(whole, class, &[entry.class.value.as_str()]);
            offer.classes.iter().find(fits)
        });
        match &own.map_or(&offer.terms, |own| &own.terms).price.as_ref()?.value {
            PriceTerm::Free => Some(Rational::zero()),
            PriceTerm::Any => None,
            PriceTerm::Tiers(tiers) => {
                let tier = measure::tier_at(&offer.units, tiers, quantity)?;
                measure::sum(&offer.units, tier.at_most.as_ref().or(tier.at_least.as_ref())?, quantity)
            }
        }
    };
    package.includes.iter().map(|(name, part)| (name, &part.value)).map(asked).sum()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_package_is_no_dearer_than_what_is_in_it() {
        let package = |price: &str| {
            format!(
                "with: anyone\noffers:\n  x: {{ item: hs:1101, price: {{ tiers: [{{ from: 1 kg, price: 2 EUR/kg }}, {{ from: 1 t, price: 1500 EUR/t }}] }} }}\n  y: {{ item: hs:1102, price: {{ at_least: 3 EUR/kg, at_most: 4 EUR/kg }} }}\n  p: {{ includes: {{ x: 2 t, y: 5 kg }}, price: {price} }}"
            )
        };
        advises(&RULE, &package("3021 EUR"));
        advises(&RULE, &package("{ at_least: 2900 EUR, at_most: 3020.01 EUR }"));
        no_advice(&RULE, &package("3020 EUR"));
        no_advice(&RULE, &package("3021 EUR").replace("2 t, y", "0.5 kg, y"));
    }

    #[test]
    fn a_class_has_the_parts_at_prices_of_its_own() {
        let package = |with: &str, x: &str, price: &str| {
            format!(
                "partners: {{ near: {{ place: {{ country: AR }} }}, far: {{ place: {{ country: UY }} }} }}\nwith: anyone\noffers:\n  x: {{ item: hs:1101, {x}for: [{{ with: near, price: 2 EUR/kg }}] }}\n  y: {{ item: hs:1102, price: 3 EUR/kg }}\n  p: {{ with: {with}, includes: {{ x: 10 kg, y: 10 kg }}, price: {price} }}"
            )
        };
        advises(&RULE, &package("anyone", "price: 4 EUR/kg, ", "51 EUR"));
        advises(&RULE, &package("near", "price: 4 EUR/kg, ", "71 EUR"));
        advises(&RULE, &package("near", "", "51 EUR"));
        no_advice(&RULE, &package("near", "", "50 EUR"));
        no_advice(&RULE, &package("far", "price: 4 EUR/kg, ", "51 EUR"));
    }
}
