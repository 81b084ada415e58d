//! A sum of money that is finer than can be paid.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::terms::line_costs;
use crate::rule;
use crate::syntax::NodeId;
use crate::value::{CostAmount, Money};
use crate::vocab::currencies::minor_units;

rule! {
    /// A sum has more decimals than the smallest coin of its currency.
    RULE = "CLM1106", "unpayable-sum", Warning, Meaning, "11-advice#prices",
    summary: "a sum is finer than can be paid in its currency",
    message: "`{sum}` cannot be paid: the smallest sum is `{smallest}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let mut judge = |node: NodeId, sum: &Money| {
        if let Some(smallest) = smallest(sum) {
            let help = Text::new("round it to what can be paid");
            found.push(whole.value(&RULE, node).with("sum", sum).with("smallest", smallest).help(help));
        }
    };
    for price in whole.manifest.packages.values().filter_map(|package| package.price.as_ref()) {
        judge(whole.part(price.node, "at_least"), &price.at_least);
        price.at_most.iter().for_each(|most| judge(whole.part(price.node, "at_most"), most));
    }
    for cost in whole.lines().flat_map(|(_, line)| line_costs(line)) {
        if let CostAmount::Delivery(sum) = &cost.amount {
            judge(cost.node, sum);
        }
    }
}

/// The smallest sum of a currency, where it is larger than the last digit of this one.
fn smallest(sum: &Money) -> Option<String> {
    let decimals = minor_units(&sum.currency)?;
    let is_finer = sum.amount.shortest().scale() > decimals;
    let one = match usize::try_from(decimals).ok()?.checked_sub(1) {
        Some(zeros) => format!("0.{}1 {}", "0".repeat(zeros), sum.currency),
        None => format!("1 {}", sum.currency),
    };
    is_finer.then_some(one)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_sum_is_paid_in_coins_and_a_price_per_unit_may_be_finer() {
        let offer = |price: &str, cost: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, price: {price}, delivery: [pickup, {{ value: delivered, costs_us: {cost} }}] }} }}"
            )
        };
        advises(&RULE, &offer("2 EUR/kg", "3.005 EUR"));
        advises(&RULE, &offer("2 JPY/kg", "300.5 JPY"));
        no_advice(&RULE, &offer("0.0125 EUR/kg", "3.050 EUR"));
        no_advice(&RULE, &offer("0.0125 BHD/kg", "0.005 BHD/kg"));
        no_advice(&RULE, &offer("2 BHD/kg", "3.005 BHD"));
        let package = |price: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }}, p: {{ includes: {{ x: 5 kg }}, price: {price} }} }}"
            )
        };
        advises(&RULE, &package("9.999 EUR"));
        advises(&RULE, &package("{ at_least: 9 EUR, at_most: 9.999 EUR }"));
        no_advice(&RULE, &package("9.99 EUR"));
    }
}
