//! Points and costs on one line.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::lint::terms::{all_costs, all_points};
use crate::rule;

rule! {
    /// A line weighs its choices both in points and in money.
    RULE = "CLM0515", "points-and-costs", Error, Meaning, "05-terms#points",
    summary: "a line has both points and costs",
    message: "`{name}` has points here and costs elsewhere",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in context.lines() {
        for terms in all_terms(line) {
            let (Some(points), Some(cost)) = (all_points(terms).next(), all_costs(terms).next()) else { continue };
            found.push(
                context
                    .value(&RULE, points.node)
                    .with("name", &line.key)
                    .help(Text::new("keep the points on a line that is free, the costs on a line that has a price"))
                    .label(context.place(cost.node), Text::new("a cost")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn a_line_is_weighed_in_one_measure() {
        let line = |term: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, price: free, delivery: [{{ value: pickup, points: 2 }}, {{ value: delivered, {term} }}] }} }}"
            )
        };
        fires(&RULE, &line("costs_us: 5 ARS"));
        silent(&line("points: 1"));
    }
}
