//! A choice of a need that costs more than the need would pay.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::measure;
use crate::lint::terms::line_costs;
use crate::manifest::model::{Cost, Line, TermDomain, Terms};
use crate::rule;
use crate::syntax::At;
use crate::value::{CostAmount, Price, Rational};

rule! {
    /// A choice costs a need more than its limit, so that less than nothing is left to pay.
    RULE = "CLM1111", "impossible-choice", Warning, Meaning, "11-advice#prices",
    summary: "a choice of a need costs more than the need would pay",
    message: "`{cost}` is more than `{limit}`, so that this is never chosen",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for line in whole.manifest.needs.values() {
        // What something else is worth may outweigh it.
        if line_costs(line).any(|cost| cost.benefit) {
            continue;
        }
        for terms in all_terms(line) {
            let Some(limit) = measure::tiers(terms).first().and_then(|tier| tier.at_most.as_ref()) else { continue };
            for cost in dear(line, terms, limit) {
                found.push(
                    whole
                        .value(&RULE, cost.node)
                        .with("cost", whole.written(cost.node))
                        .with("limit", &limit.value)
                        .help(Text::new("look for a slipped number or unit; else take the choice out"))
                        .label(whole.place(limit.node), Text::new("the most that is paid")),
                );
            }
        }
    }
}

/// The costs of alternatives and substitutes that are above a limit.
fn dear<'l>(line: &'l Line, terms: &'l Terms, limit: &At<Price>) -> Vec<&'l Cost> {
    let alternatives = terms.others.iter().flat_map(|statement| match &statement.domain {
        TermDomain::Choices(choices) => choices.as_slice(),
        TermDomain::Range(_) => &[],
    });
    let costs = alternatives.flat_map(|choice| &choice.costs).map(|cost| (cost, Rational::one()));
    let substitutes = line.substitutes.iter();
    let costs = costs.chain(substitutes.flat_map(|other| other.costs.iter().map(|cost| (cost, other.ratio.clone()))));
    costs.filter(|(cost, ratio)| exceeds(line, cost, limit, ratio)).map(|(cost, _)| cost).collect()
}

/// Whether a cost per unit is more than what is paid for one, of which `ratio` is needed.
fn exceeds(line: &Line, cost: &Cost, limit: &Price, ratio: &Rational) -> bool {
    let CostAmount::Unit(price) = &cost.amount else { return false };
    let of_basis = measure::sum(&line.units, price, &limit.basis);
    price.currency == limit.currency && of_basis.is_some_and(|sum| &sum * ratio > limit.amount.rational())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_choice_leaves_something_to_pay() {
        let need = |cost: &str| {
            format!(
                "needs: {{ x: {{ item: hs:1101, quantity: 5 t, price: {{ at_most: 0.90 EUR/kg }}, delivery: [delivered, {{ value: pickup, costs_us: {cost} }}] }} }}"
            )
        };
        advises(&RULE, &need("8 EUR/kg"));
        advises(&RULE, &need("901 EUR/t"));
        no_advice(&RULE, &need("900 EUR/t"));
        no_advice(&RULE, &need("80 EUR/t"));
        no_advice(&RULE, &need("8000 EUR"));
    }

    #[test]
    fn a_substitute_costs_less_than_is_paid_for_so_much_of_it() {
        let need = |ratio: &str, cost: &str| {
            format!(
                "needs: {{ x: {{ item: hs:1101, quantity: 5 t, price: {{ at_most: 0.90 EUR/kg }}, substitutes: [{{ item: hs:1102, ratio: {ratio}, costs_us: {cost} }}] }} }}"
            )
        };
        advises(&RULE, &need("2.1", "0.45 EUR/kg"));
        no_advice(&RULE, &need("2", "0.45 EUR/kg"));
        no_advice(&RULE, &need("2", "3 %"));
    }
}
