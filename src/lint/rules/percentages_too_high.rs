//! Percentages that leave nothing of the price.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::lint::terms::{costs_of, line_costs};
use crate::manifest::model::{Cost, Line, RangeDomain, Scale, TermDomain, Terms};
use crate::rule;
use crate::syntax::NodeId;
use crate::value::{CostAmount, Rational};

rule! {
    /// The percentages of one side on a line reach 100 % together.
    RULE = "CLM0512", "percentages-too-high", Error, Meaning, "05-terms#costs",
    summary: "percentages on a line reach 100 % together",
    message: "with the percentages of the other terms this reaches {sum} % of the price",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let has_shares = |line: &Line| line_costs(line).any(|cost| matches!(cost.amount, CostAmount::Share(_)));
    for (_, line) in context.lines().filter(|(_, line)| has_shares(line)) {
        let substitute = line.substitutes.iter().map(|substitute| flat(&substitute.costs)).max();
        for terms in all_terms(line) {
            for benefit in [false, true] {
                let mut parts = parts(terms, benefit);
                if !benefit && let (Some(most), Some(written)) = (&substitute, line.substitutes.first()) {
                    parts.push((most.clone(), written.node));
                }
                let sum = parts.iter().fold(Rational::zero(), |sum, (part, _)| sum + part.clone());
                let Some((_, node)) = parts.into_iter().max_by(|a, b| a.0.cmp(&b.0)) else { continue };
                if sum >= Rational::from(100) {
                    found.push(
                        context
                            .value(&RULE, node)
                            .with("sum", sum)
                            .help(Text::new("a percentage is of the price; keep their sum well under 100 %")),
                    );
                }
            }
        }
    }
}

/// For each term the most that any of its values costs (or is worth), in per cent.
fn parts(terms: &Terms, benefit: bool) -> Vec<(Rational, NodeId)> {
    let sign = |value: Rational| if benefit { -value } else { value };
    let mut out = Vec::new();
    for statement in terms.others.iter().filter(|statement| statement.term.costs && has_costs(&statement.domain)) {
        let most = match &statement.domain {
            TermDomain::Choices(choices) => choices.iter().map(|choice| sign(flat(&choice.costs))).max(),
            TermDomain::Range(range) if statement.key == "credit_share" => Some(sign(flat(&range.costs))),
            TermDomain::Range(range) => corners(range).into_iter().map(|at| sign(grown(range, &at))).max(),
        };
        out.extend(most.filter(Rational::is_positive).map(|most| (most, statement.node)));
    }
    if let Some(every) = &terms.every {
        let most = every.value.iter().map(|rhythm| sign(flat(&rhythm.costs))).max();
        out.extend(most.filter(Rational::is_positive).map(|most| (most, every.node)));
    }
    out
}

fn has_costs(domain: &TermDomain) -> bool {
    costs_of(domain).next().is_some()
}

fn percent(cost: &Cost) -> Rational {
    match &cost.amount {
        CostAmount::Share(percent) if cost.benefit => -percent.0.rational(),
        CostAmount::Share(percent) => percent.0.rational(),
        _ => Rational::zero(),
    }
}

fn flat(costs: &[Cost]) -> Rational {
    costs.iter().fold(Rational::zero(), |sum, cost| sum + percent(cost))
}

/// Where a sum of costs that grow from a point on can be largest: its ends and the points.
fn corners(range: &RangeDomain) -> Vec<Rational> {
    let inside = |at: &Rational| {
        range.at_least.as_ref().is_none_or(|low| at >= low) && range.at_most.as_ref().is_none_or(|high| at <= high)
    };
    let points = range.costs.iter().filter_map(|cost| cost.after.clone()).filter(inside);
    range.at_least.iter().chain(&range.at_most).cloned().chain(points).collect()
}

fn grown(range: &RangeDomain, at: &Rational) -> Rational {
    range.costs.iter().fold(Rational::zero(), |sum, cost| {
        let beyond = at.clone() - cost.after.clone().unwrap_or_else(Rational::zero);
        match &cost.per {
            // Days of the calendar are counted from a day; that it is missing is told elsewhere.
            _ if range.scale == Scale::Dates && cost.after.is_none() => sum,
            Some(per) if per.is_positive() && beyond.is_positive() => {
                &sum + &(percent(cost) * beyond.checked_div(per).unwrap_or_default())
            }
            _ => sum,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    fn line(terms: &str) -> String {
        format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 ARS/kg, {terms} }} }}")
    }

    #[test]
    fn the_dearest_choices_of_all_terms_count() {
        fires(
            &RULE,
            &line(
                "delivery: [pickup, { value: delivered, costs_us: 60 % }], packaging: [loose, { value: sack, costs_us: 40 % }]",
            ),
        );
        silent(&line("delivery: [{ value: pickup, costs_us: 60 % }, { value: delivered, costs_us: 60 % }]"));
        silent(&line(
            "delivery: [pickup, { value: delivered, costs_us: 60 % }], packaging: [loose, { value: sack, costs_us: 39.9 % }]",
        ));
    }

    #[test]
    fn a_range_counts_at_its_dearest_end() {
        fires(&RULE, &line("payment_days: { at_most: 130 days, costs_us: 1 % per day after 30 days }"));
        silent(&line("payment_days: { at_most: 129 days, costs_us: 1 % per day after 30 days }"));
    }

    #[test]
    fn benefits_are_summed_by_themselves() {
        fires(&RULE, &line("delivery: [{ value: pickup, worth_to_us: 100 % }, delivered]"));
        silent(&line("delivery: [{ value: pickup, worth_to_us: 50 % }, { value: delivered, costs_us: 50 % }]"));
    }
}
