//! Costs on a line that states no price for them to move.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::lint::terms::all_costs;
use crate::rule;

rule! {
    /// A line states costs and no price.
    RULE = "CLM0510", "cost-without-price", Error, Meaning, "05-terms#costs",
    summary: "a line states costs and no price",
    message: "`{name}` states a cost here and no price",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (side, line) in context.lines().filter(|(side, line)| context.is_whole_line(*side, line)) {
        let _ = side;
        for terms in all_terms(line).filter(|terms| terms.price.is_none()) {
            let substitutes = line.substitutes.iter().flat_map(|substitute| &substitute.costs);
            let Some(cost) = all_costs(terms).chain(substitutes).next() else { continue };
            found.push(
                context
                    .value(&RULE, cost.node)
                    .with("name", &line.key)
                    .help(Text::new("add a price for the choices that cost nothing, or take the cost out"))
                    .label(context.key(&RULE, line.node).place, Text::new("this line has no price")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn costs_from_the_defaults_need_a_price_too() {
        let defaults = "with: anyone\ndefaults: { offers: { tolerance: { at_most: 5 %, costs_us: 1 % per 1 % } } }\n";
        fires(&RULE, &format!("{defaults}offers: {{ x: {{ item: hs:1101 }}, y: {{ item: hs:1102 }} }}"));
        silent(&format!("{defaults}offers: {{ x: {{ item: hs:1101, tolerance: any }} }}"));
    }

    #[test]
    fn a_free_line_bears_its_own_costs() {
        silent(
            "with: anyone\noffers: { x: { item: hs:1101, price: free, delivery: [pickup, { value: delivered, costs_us: 5 ARS }] } }",
        );
    }
}
