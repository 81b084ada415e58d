//! Numbers where there is nothing: below zero, or more than the whole.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::lint::measure;
use crate::lint::terms::line_costs;
use crate::manifest::model::{RangeDomain, Scale, TermDomain};
use crate::rule;
use crate::syntax::NodeId;
use crate::value::Rational;

rule! {
    /// A number below zero, or a share above 100 %.
    RULE = "CLM0527", "out-of-scale", Error, Meaning, "05-terms#ranges",
    summary: "a number is below zero, or a share above 100 %",
    message: "`{value}` is {beyond}",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut look = |node: NodeId, beyond: &str, help: &'static str| {
        found.push(
            context.value(&RULE, node).with("value", context.written(node)).with("beyond", beyond).help(Text::new(help)),
        );
    };
    let lines = || context.lines().flat_map(|(_, line)| all_terms(line));
    for statement in context.manifest.agreement.iter().chain(lines().flat_map(|terms| &terms.others)) {
        let TermDomain::Range(range) = &statement.domain else { continue };
        let share = matches!(statement.key.as_str(), "credit_share" | "tolerance");
        for (part, number) in numbers(range) {
            let node = context.part(statement.node, part);
            if !statement.key.starts_with("x_") && range.scale != Scale::Dates && number.is_negative() {
                look(node, "below zero", "write zero or more");
            } else if share && *number > Rational::from(100) {
                look(node, "more than the whole", "write 100 % or less");
            }
        }
    }
    for node in lines().flat_map(|terms| measure::negatives(terms, |node, part| context.part(node, part))) {
        look(node, "below zero", "write zero or more");
    }
    for cost in context.lines().flat_map(|(_, line)| line_costs(line)).filter(|cost| measure::is_negative(&cost.amount)) {
        look(cost.node, "below zero", "write what it brings you as `worth_to_us`, what it costs as `costs_us`");
    }
}

fn numbers(range: &RangeDomain) -> impl Iterator<Item = (&'static str, &Rational)> {
    let low = range.at_least.iter().map(|number| ("at_least", number));
    low.chain(range.at_most.iter().map(|number| ("at_most", number)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    fn offer(terms: &str) -> String {
        format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 ARS/kg, {terms} }} }}")
    }

    #[test]
    fn shares_end_at_the_whole_and_others_do_not() {
        fires(&RULE, &offer("tolerance: { at_most: 101 % }"));
        silent(&offer("tolerance: { at_most: 100 % }"));
        silent("agreement: { liability_cap: { at_most: 200 % } }");
    }

    #[test]
    fn only_what_a_coop_coins_reaches_below_zero() {
        fires(&RULE, &offer("tolerance: { at_least: -1 %, at_most: 5 % }"));
        fires(&RULE, &offer("quantity: { at_least: -5 kg, at_most: 5 kg }"));
        fires(&RULE, &offer("delivery: [pickup, { value: delivered, costs_us: -2 % }]"));
        silent(&offer("x_temperature: { at_least: -18, at_most: 4 }"));
    }
}
