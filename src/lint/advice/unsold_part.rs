//! A part of a package in a quantity in which it is not sold.

use std::cell::LazyCell;
use std::cmp::Ordering;

use super::Whole;
use super::reach::{Left, Reach};
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::measure;
use crate::manifest::model::{Audience, Line, Package, Terms};
use crate::rule;
use crate::value::Quantity;

rule! {
    /// A package includes a part in a quantity that the part's own offer does not sell, or to nobody who may have the package.
    RULE = "CLM1109", "unsold-part", Warning, Meaning, "11-advice#prices",
    summary: "a package includes what its offer does not sell so, or to nobody of the same",
    message: "`{part}` is not sold at `{quantity}`, so that nobody can take `{package}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let reach = LazyCell::new(|| Reach::of(whole.manifest));
    for package in whole.manifest.packages.values() {
        found.extend(for_nobody(whole, &reach, package));
        for (name, part) in &package.includes {
            let Some(offer) = whole.manifest.offers.get(name) else { continue };
            if all_terms(offer).any(|terms| is_sold(offer, terms, &part.value)) {
                continue;
            }
            found.push(
                whole
                    .value(&RULE, part.node)
                    .with("part", name)
                    .with("quantity", &part.value)
                    .with("package", &package.key)
                    .help(Text::new("include a quantity that the offer sells, or let the offer sell this one"))
                    .label(whole.key(&RULE, offer.node).place, Text::new("the offer")),
            );
        }
    }
}

/// Whether a delivery may hold so much; what cannot be compared is another rule's.
fn is_sold(offer: &Line, terms: &Terms, part: &Quantity) -> bool {
    let compared = |end: &Quantity| measure::compare(&offer.units, part, end);
    let is_below = |end: &Quantity| compared(end) == Some(Ordering::Less);
    let is_above = |end: &Quantity| compared(end) == Some(Ordering::Greater);
    let first = measure::tiers(terms).first().and_then(|tier| tier.from.as_ref());
    let stock = terms.volume.as_ref().filter(|volume| volume.per.is_none()).and_then(|volume| volume.at_most.as_ref());
    let quantity = terms.quantity.as_ref().map(|quantity| &quantity.value);
    let is_odd = |step: &Quantity| {
        let own = measure::converted(&offer.units, part, &step.unit);
        own.is_some_and(|own| !own.is_multiple_of(&step.amount.rational()))
    };
    let too_little = first.is_some_and(|from| is_below(from))
        || quantity.and_then(|quantity| quantity.at_least.as_ref()).is_some_and(is_below);
    let too_much = stock.is_some_and(is_above)
        || quantity.and_then(|quantity| quantity.at_most.as_ref()).is_some_and(is_above);
    !too_little && !too_much && !quantity.and_then(|quantity| quantity.multiple_of.as_ref()).is_some_and(is_odd)
}

/// The part of a package that nobody may have who may have the package and the parts before it.
fn for_nobody<'a>(whole: &Whole<'a>, reach: &Reach<'a>, package: &Package) -> Option<Diagnostic> {
    let mut left = vec![reach.everybody()];
    let parts = package.includes.iter().filter_map(|(name, part)| {
        let offer = whole.manifest.offers.get(name)?;
        Some((part.node, &offer.with, name.as_str()))
    });
    for (node, with, part) in std::iter::once((package.node, &package.with, package.key.as_str())).chain(parts) {
        let Audience::Classes(names) = &with.value else { continue };
        // A class that nobody fits is told where it stands.
        let classes: Vec<Left<'_>> = names.iter().filter_map(|name| reach.left(&name.value).ok()).collect();
        if classes.is_empty() || classes.len() * left.len() > MOST_WAYS {
            return None;
        }
        let both = |left: &Left<'a>| classes.iter().filter_map(|class| left.and(class).ok()).collect::<Vec<_>>();
        left = left.iter().flat_map(both).collect();
        if left.is_empty() {
            let text = Text::new("nobody who may have the rest of `{package}` may have `{part}`, so that nobody can take it");
            let finding = whole.value(&RULE, node).message(text).with("part", part).with("package", &package.key);
            let help = Text::new("let `with` of the package and of its parts name partners who may have all of them");
            return Some(finding.help(help).label(whole.place(with.node), Text::new("who may have it")));
        }
    }
    None
}

/// So many ways to be of one class of each `with` beyond which none is looked at.
const MOST_WAYS: usize = 256;

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_part_is_included_as_it_is_sold() {
        let package = |terms: &str, part: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, {terms}, price: 2 EUR/kg }}, p: {{ includes: {{ x: {part} }}, price: 1 EUR }} }}"
            )
        };
        let terms = "quantity: { at_least: 50 kg, at_most: 1 t, multiple_of: 25 kg }";
        ["25 kg", "60 kg", "1025 kg"].iter().for_each(|part| advises(&RULE, &package(terms, part)));
        ["50 kg", "0.075 t", "1000 kg"].iter().for_each(|part| no_advice(&RULE, &package(terms, part)));
        advises(&RULE, &package("volume: { at_most: 500 kg }", "501 kg"));
        no_advice(&RULE, &package("volume: { at_most: 500 kg per week }", "501 kg"));
    }

    #[test]
    fn what_a_class_alone_may_take_is_sold() {
        no_advice(
            &RULE,
            "partners: { a: { practice: equal_vote } }\nwith: anyone\noffers: { x: { item: hs:1101, quantity: { at_least: 50 kg }, price: 2 EUR/kg, for: [{ with: a, quantity: { at_least: 5 kg } }] }, p: { includes: { x: 5 kg }, price: 1 EUR } }",
        );
    }

    #[test]
    fn somebody_may_have_the_package_and_all_of_its_parts() {
        let package = |bread: &str, jam: &str, kit: &str| {
            format!("partners: {{ workers: {{ legal_form: worker }}, shops: {{ legal_form: consumer }}, equals: {{ practice: equal_vote }} }}\nwith: [workers, shops, equals]\noffers: {{ bread: {{ item: hs:1905, with: {bread}, quantity: {{ multiple_of: 1 kg }}, price: 9 EUR/kg }}, jam: {{ item: hs:2007, with: {jam}, quantity: {{ multiple_of: 1 kg }}, price: 9 EUR/kg }}, kit: {{ includes: {{ bread: 2 kg, jam: 1 kg }}, with: {kit}, price: 9 EUR }} }}")
        };
        advises(&RULE, &package("shops", "workers", "workers"));
        advises(&RULE, &package("shops", "workers", "anyone"));
        advises(&RULE, &package("anyone", "shops", "workers"));
        no_advice(&RULE, &package("workers", "workers", "workers"));
        no_advice(&RULE, &package("[shops, workers]", "workers", "anyone"));
        no_advice(&RULE, &package("equals", "shops", "anyone"));
    }
}
