//! A price of zero.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Side, all_terms};
use crate::lint::measure;
use crate::lint::terms::all_costs;
use crate::manifest::model::{Terms, Tier};
use crate::rule;
use crate::syntax::At;
use crate::value::Price;

rule! {
    /// What is given without money states a price of zero.
    RULE = "CLM1105", "price-of-zero", Warning, Clarity, "11-advice#prices",
    summary: "a price is zero",
    message: "`{price}` is no price: what is given without money is `free`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (side, line) in whole.lines() {
        for terms in all_terms(line) {
            let Some((price, zero)) = terms.price.as_ref().zip(zero(side, terms)) else { continue };
            let help = Text::new("write `price: free`; leave a price out that is still to be agreed");
            let finding = whole.value(&RULE, zero.node).with("price", &zero.value).help(help);
            // Costs are counted against a price of zero, and not where no money moves.
            let has_costs = all_costs(terms).next().is_some();
            found.push(if has_costs { finding } else { finding.fix(whole.place(price.node), whole.quoted_as(zero.node, "free"), false) });
        }
    }
}

/// The price of zero of a line that has no other.
fn zero(side: Side, terms: &Terms) -> Option<&At<Price>> {
    let [Tier { from: None, at_least, at_most: Some(most), .. }] = measure::tiers(terms) else { return None };
    let is_zero = |price: &At<Price>| price.value.amount.is_zero();
    let nothing = match side {
        Side::Offer => at_least.as_ref().is_some_and(is_zero) && is_zero(most),
        Side::Need => is_zero(most),
    };
    nothing.then_some(most)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, mended, no_advice};

    #[test]
    fn what_costs_nothing_is_free() {
        let offer = |price: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: {price} }} }}");
        assert_eq!(mended(&RULE, &offer("0 EUR/kg")), offer("free"));
        assert_eq!(mended(&RULE, &offer("{ at_least: 0 EUR/kg, at_most: 0.00 EUR/kg }")), offer("free"));
        no_advice(&RULE, &offer("{ at_least: 0 EUR/kg, at_most: 1 EUR/kg }"));
        let need = |most: &str| {
            format!("needs: {{ x: {{ item: hs:1101, quantity: 5 kg, price: {{ at_most: {most} }} }} }}")
        };
        advises(&RULE, &need("0 EUR/kg"));
        no_advice(&RULE, &need("0.01 EUR/kg"));
    }
}
