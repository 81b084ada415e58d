//! A code that stands for hundreds of things.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;
use crate::value::{ItemCode, Scheme};

rule! {
    /// An item code is a whole chapter of its list.
    RULE = "CLM1168", "broad-item", Warning, Meaning, "11-advice#things",
    summary: "an item code is a whole chapter of its list",
    message: "`{item}` stands for hundreds of different things",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in whole.lines() {
        let substitutes = line.substitutes.iter().flat_map(|substitute| &substitute.items);
        for item in line.items.iter().chain(substitutes).filter(|item| is_chapter(item)) {
            let help = Text::new("write the code of the thing itself: codes meet only where they are equal");
            found.push(whole.value(&RULE, item.node).with("item", &item.value).help(help));
        }
    }
}

fn is_chapter(item: &ItemCode) -> bool {
    match item.scheme() {
        Scheme::Hs => item.code().len() == 2,
        Scheme::Cpv | Scheme::Unspsc => item.code().ends_with("000000"),
        Scheme::Gtin | Scheme::Wikidata | Scheme::Sku | Scheme::Uri => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_code_is_that_of_a_thing() {
        let offer = |item: &str| format!("with: anyone\noffers: {{ x: {{ item: {item}, price: 2 EUR/kg }} }}");
        ["hs:11", "cpv:15000000", "unspsc:50000000"].iter().for_each(|item| advises(&RULE, &offer(item)));
        ["hs:1101", "cpv:15600000", "unspsc:50220000", "sku:000000"].iter().for_each(|item| no_advice(&RULE, &offer(item)));
        advises(&RULE, "needs: { x: { item: hs:1101, quantity: { at_most: 5 kg }, price: any, substitutes: [{ item: hs:11 }] } }");
    }
}
