//! An offer under the code of a whole chapter.

use super::Whole;
use super::need_by_own_code::is_own;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;
use crate::value::{ItemCode, Scheme};

rule! {
    /// An offer has no code of a public list but whole chapters.
    RULE = "CLM1168", "broad-offer", Warning, Meaning, "11-advice#things",
    summary: "an offer is only under the code of a whole chapter",
    message: "`{offer}` is only under `{item}`, a whole chapter, where no need for the thing itself meets it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let id = &whole.manifest.coop.id.value;
    for offer in whole.manifest.offers.values() {
        let mut public = offer.items.iter().filter(|item| !is_own(item, id));
        if let Some(item) = public.clone().next().filter(|_| public.all(|item| is_chapter(item))) {
            let help = Text::new("add the code of the thing itself: codes meet only where they are equal");
            let finding = whole.value(&RULE, item.node).with("offer", &offer.key);
            found.push(finding.with("item", &item.value).help(help));
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
    fn an_offer_has_the_code_of_a_thing() {
        let offer = |item: &str| format!("with: anyone\noffers: {{ x: {{ item: {item}, price: 2 EUR/kg }} }}");
        ["hs:11", "cpv:15000000", "unspsc:50000000", "[sku:flour, hs:11]"]
            .iter()
            .for_each(|item| advises(&RULE, &offer(item)));
        ["hs:1101", "cpv:15600000", "sku:000000", "[hs:11, hs:1101]"]
            .iter()
            .for_each(|item| no_advice(&RULE, &offer(item)));
        no_advice(&RULE, "needs: { x: { item: hs:11, quantity: { at_most: 5 kg }, price: any } }");
    }
}
