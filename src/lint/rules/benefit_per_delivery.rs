//! A benefit as a sum per delivery.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::lint::terms::line_costs;
use crate::rule;
use crate::value::CostAmount;

rule! {
    /// `worth_to_us` is money per delivery.
    RULE = "CLM0513", "benefit-per-delivery", Error, Meaning, "05-terms#costs",
    summary: "a benefit is a sum of money per delivery",
    message: "what is worth something to you is stated per unit or in per cent, not per delivery",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for cost in context.lines().flat_map(|(_, line)| line_costs(line)) {
        if cost.benefit && matches!(cost.amount, CostAmount::Delivery(_)) {
            found.push(
                context
                    .value(&RULE, cost.node)
                    .help(Text::new("write money per unit, such as `2 ARS/kg`, or a percentage")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn costs_may_be_per_delivery_and_benefits_not() {
        let line = |cost: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 ARS/kg, delivery: [{{ value: pickup, {cost} }}, delivered] }} }}"
            )
        };
        fires(&RULE, &line("worth_to_us: 500 ARS"));
        silent(&line("worth_to_us: 0.5 ARS/kg"));
        silent(&line("worth_to_us: 2 %"));
        silent(&line("costs_us: 500 ARS"));
    }
}
