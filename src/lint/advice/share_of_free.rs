//! A cost in per cent on a line that is free.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::terms::all_costs;
use crate::manifest::model::PriceTerm;
use crate::rule;
use crate::value::CostAmount;

rule! {
    /// A cost is a percentage of a price that is nothing.
    RULE = "CLM1112", "share-of-free", Warning, Meaning, "11-advice#prices",
    summary: "a cost is a percentage of nothing",
    message: "`{cost}` is of the price, and `{line}` is `free`: it counts for nothing",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in whole.lines() {
        for terms in all_terms(line) {
            let Some(price) = terms.price.as_ref().filter(|price| price.value == PriceTerm::Free) else { continue };
            for cost in all_costs(terms).filter(|cost| matches!(cost.amount, CostAmount::Share(_))) {
                found.push(
                    whole
                        .value(&RULE, cost.node)
                        .with("cost", whole.written(cost.node))
                        .with("line", &line.key)
                        .help(Text::new("take it out, or write `any` for the term on the line that is free"))
                        .label(whole.place(price.node), Text::new("no money moves")),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn nothing_has_no_parts() {
        let defaults = "with: anyone\ndefaults: { offers: { tolerance: { at_most: 5 %, costs_us: 1 % per 1 % } } }\n";
        let offers = |terms: &str| format!("{defaults}offers: {{ x: {{ item: hs:1101, {terms} }}, y: {{ item: hs:1102, price: 2 EUR/kg }} }}");
        advises(&RULE, &offers("price: free"));
        no_advice(&RULE, &offers("price: free, tolerance: any"));
        no_advice(&RULE, &offers("price: 2 EUR/kg"));
    }
}
