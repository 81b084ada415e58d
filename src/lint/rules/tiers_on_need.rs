//! Tiers in the price of a need.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::manifest::model::PriceTerm;
use crate::rule;

rule! {
    /// A need states its price in tiers.
    RULE = "CLM0517", "tiers-on-need", Error, Meaning, "05-terms#prices",
    summary: "a need states its price in tiers",
    message: "a need has one limit, not tiers",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for price in context.manifest.needs.values().flat_map(all_terms).filter_map(|terms| terms.price.as_ref()) {
        let PriceTerm::Tiers(tiers) = &price.value else { continue };
        if tiers.len() > 1 || tiers.iter().any(|tier| tier.from.is_some()) {
            found.push(context.value(&RULE, price.node).help(Text::new(
                "write the most that you pay, `{ at_most: … }`, and the smallest delivery under `quantity`",
            )));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn a_need_has_one_limit() {
        let need = |price: &str| format!("needs: {{ x: {{ item: hs:1101, quantity: 5 kg, price: {price} }} }}");
        fires(&RULE, &need("{ tiers: [{ from: 1 kg, price: 2 ARS/kg }] }"));
        silent(&need("{ at_least: 1 ARS/kg, at_most: 2 ARS/kg }"));
    }
}
