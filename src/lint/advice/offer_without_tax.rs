//! An offer that says nothing of tax where others do.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::measure;
use crate::lint::terms::range;
use crate::rule;

rule! {
    /// Of the offers with a price, some say their tax and this one does not.
    RULE = "CLM1131", "offer-without-tax", Info, Clarity, "11-advice#terms",
    summary: "an offer says nothing of tax where others do",
    message: "`{offer}` says nothing of tax, and `{other}` does",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let priced = || whole.manifest.offers.values().filter(|offer| !measure::tiers(&offer.terms).is_empty());
    let Some((other, tax)) = priced().find_map(|offer| Some((offer, range(&offer.terms.others, "tax")?.0))) else { return };
    for offer in priced().filter(|offer| range(&offer.terms.others, "tax").is_none()) {
        // `any` says that it is left to the other side.
        if whole.child(offer.node, "tax").is_none() {
            found.push(
                whole
                    .key(&RULE, offer.node)
                    .with("offer", &offer.key)
                    .with("other", &other.key)
                    .help(Text::new("prices are before tax: add what comes on top, or `tax: 0 %`"))
                    .label(whole.place(tax.node), Text::new("stated here")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn all_offers_say_their_tax_or_none_does() {
        let offers = |x: &str, y: &str| {
            format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg{x} }}, y: {{ item: hs:1102, {y} }} }}")
        };
        advises(&RULE, &offers(", tax: 21 %", "price: 3 EUR/kg"));
        no_advice(&RULE, &offers(", tax: 21 %", "price: 3 EUR/kg, tax: 0 %"));
        no_advice(&RULE, &offers(", tax: 21 %", "price: 3 EUR/kg, tax: any"));
        no_advice(&RULE, &offers(", tax: 21 %", "price: free"));
        no_advice(&RULE, &offers("", "price: 3 EUR/kg"));
    }
}
