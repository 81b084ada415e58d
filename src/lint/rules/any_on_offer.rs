//! `price: any` where somebody sells.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::manifest::model::PriceTerm;
use crate::rule;

rule! {
    /// An offer takes any price.
    RULE = "CLM0520", "any-on-offer", Error, Meaning, "05-terms#any",
    summary: "an offer says `any` for its price",
    message: "an offer cannot say `any` for its price",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for price in context.manifest.offers.values().flat_map(all_terms).filter_map(|terms| terms.price.as_ref()) {
        if price.value == PriceTerm::Any {
            found.push(context.value(&RULE, price.node).help(Text::new(
                "write the least that you sell for, `free` to give it without money, or no price to leave it open",
            )));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn only_a_need_takes_any_price() {
        fires(&RULE, "with: anyone\noffers: { x: { item: hs:1101, price: any } }");
        silent("needs: { x: { item: hs:1101, quantity: 5 kg, price: any } }");
    }
}
