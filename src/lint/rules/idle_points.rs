//! Points where money decides.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::lint::terms::{all_costs, all_points};
use crate::manifest::model::PriceTerm;
use crate::rule;

rule! {
    /// Points on a line that has a price.
    RULE = "CLM0516", "idle-points", Warning, Clarity, "05-terms#points",
    summary: "points stand on a line that has a price",
    message: "points do nothing here, since `{name}` has a price",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in context.lines() {
        // With costs beside them the points are an error already.
        for terms in all_terms(line).filter(|terms| all_costs(terms).next().is_none()) {
            let (Some(price), Some(points)) = (&terms.price, all_points(terms).next()) else { continue };
            if price.value != PriceTerm::Free {
                found.push(
                    context
                        .value(&RULE, points.node)
                        .with("name", &line.key)
                        .help(Text::new("say what the choice costs you with `costs_us`, or take the points out"))
                        .label(context.place(price.node), Text::new("the price")),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn a_line_with_many_points_is_one_finding() {
        let line = |price: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, price: {price}, delivery: [{{ value: pickup, points: 2 }}, {{ value: delivered, points: 1 }}] }} }}"
            )
        };
        fires(&RULE, &line("2 ARS/kg"));
        silent(&line("free"));
    }
}
