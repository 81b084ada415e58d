//! A cost, or points, where the catalogue takes none.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::lint::terms::{costs_of, points_of};
use crate::rule;
use crate::vocab::terms::TermKind;

rule! {
    /// A cost on tax, a cost or points on a term of the agreement, or points where all common values are kept.
    RULE = "CLM0509", "cost-not-taken", Error, Meaning, "05-terms#costs",
    summary: "costs or points stand on a term that takes none",
    message: "`{term}` takes no costs",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let lines = context.lines().flat_map(|(_, line)| all_terms(line)).flat_map(|terms| &terms.others);
    for statement in context.manifest.agreement.iter().chain(lines) {
        for cost in costs_of(&statement.domain).filter(|_| !statement.term.costs) {
            found.push(
                context
                    .key(&RULE, cost.node)
                    .with("term", &statement.key)
                    .help(Text::new("take the cost out; costs stand on terms of a line that has a price")),
            );
        }
        let way_out = if statement.term.kind == TermKind::All {
            Text::new("take the points out: what both accept of `{term}` is kept, whatever it is worth")
                .with("term", &statement.key)
        } else {
            Text::new("take the points out; points stand on terms of a line on which no money moves")
        };
        for points in points_of(statement).filter(|_| !statement.term.takes_points()) {
            found.push(
                context
                    .key(&RULE, context.part(points.node, "points"))
                    .message(Text::new("`{term}` takes no points").with("term", &statement.key))
                    .help(way_out.clone()),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn tax_and_the_agreement_take_no_costs_and_no_points() {
        fires(&RULE, "agreement: { termination_notice: { at_least: 30 days, costs_us: 1 % per day } }");
        fires(&RULE, "agreement: { disputes: [dialogue, { value: arbitration, costs_us: 500 ARS }] }");
        fires(&RULE, "agreement: { law: [AR, { value: ES, points: 3 }] }");
        let free = |term: &str, values: [&str; 2]| {
            let [one, other] = values;
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, price: free, {term}: [{{ value: {one}, points: 3 }}, {other}] }} }}"
            )
        };
        fires(&RULE, &free("payment_method", ["cash", "cheque"]));
        fires(&RULE, &free("delivery_days", ["mon", "tue"]));
        silent(&free("delivery", ["pickup", "delivered"]));
        fires(
            &RULE,
            "with: anyone\noffers: { x: { item: hs:1101, price: 2 ARS/kg, tax: { at_most: 21 %, costs_us: 1 % per 1 % } } }",
        );
    }
}
