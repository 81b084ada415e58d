//! A benefit that grows without end.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::manifest::model::TermDomain;
use crate::rule;

rule! {
    /// `worth_to_us` on a range without an end on the side where it grows.
    RULE = "CLM0514", "endless-benefit", Error, Meaning, "05-terms#costs",
    summary: "a benefit grows on a range that has no end there",
    message: "this is worth ever more, and `{term}` has no `at_most`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let terms = context.lines().flat_map(|(_, line)| all_terms(line));
    for statement in terms.flat_map(|terms| &terms.others) {
        let TermDomain::Range(range) = &statement.domain else { continue };
        // A share paid in credit ends at the whole price by itself, but saying so is saying how much is accepted.
        for cost in range.costs.iter().filter(|cost| cost.benefit && range.at_most.is_none()) {
            found.push(
                context
                    .value(&RULE, cost.node)
                    .with("term", &statement.key)
                    .help(Text::new("add `at_most`: the most of it that you would take")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn what_is_worth_something_ends_somewhere() {
        let line = |ends: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 ARS/kg, lead_time: {{ {ends}, worth_to_us: 0.1 % per day }} }} }}"
            )
        };
        fires(&RULE, &line("at_least: 2 days"));
        silent(&line("at_most: 20 days"));
    }
}
