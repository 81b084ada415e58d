//! Multiples of which none lies in the range.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::lint::measure::{self, Ends};
use crate::manifest::model::{Line, Property, RangeDomain, TermDomain, Terms};
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// `multiple_of` leaves no value, or is not above zero.
    RULE = "CLM0505", "no-multiple", Error, Meaning, "05-terms#ranges",
    summary: "no multiple lies in the range",
    message: "no multiple of `{step}` lies in this range",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut nodes: Vec<NodeId> = Vec::new();
    for statement in &context.manifest.agreement {
        nodes.extend(of_domain(&statement.domain).then_some(statement.node));
    }
    for (_, line) in context.lines() {
        all_terms(line).for_each(|terms| of_terms(line, terms, &mut nodes));
    }
    for node in nodes {
        let step = context.part(node, "multiple_of");
        found.push(
            context
                .value(&RULE, step)
                .with("step", context.written(step))
                .help(Text::new("multiples count from zero; widen the range or write another step")),
        );
    }
}

fn of_terms(line: &Line, terms: &Terms, nodes: &mut Vec<NodeId>) {
    nodes.extend(terms.others.iter().filter(|statement| of_domain(&statement.domain)).map(|statement| statement.node));
    for property in terms.properties.iter().flat_map(|all| all.value.values()) {
        if let Property::Range(range) = &property.value {
            nodes.extend(is_empty(range).then_some(property.node));
        }
    }
    if let Some(quantity) = &terms.quantity
        && let Some(ends) = measure::delivery(&line.units, &quantity.value)
    {
        nodes.extend(leaves_nothing(&ends).then_some(quantity.node));
    }
}

fn of_domain(domain: &TermDomain) -> bool {
    matches!(domain, TermDomain::Range(range) if is_empty(range))
}

fn is_empty(range: &RangeDomain) -> bool {
    leaves_nothing(&Ends { low: range.at_least.clone(), high: range.at_most.clone(), step: range.multiple_of.clone() })
}

/// Whether the step alone is to blame; ends the wrong way round are another rule's.
fn leaves_nothing(ends: &Ends) -> bool {
    let Some(step) = &ends.step else { return false };
    if !step.is_positive() {
        return true;
    }
    match (&ends.low, &ends.high) {
        (Some(low), Some(high)) => low <= high && low.ceil_to(step) > *high,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    fn offer(term: &str) -> String {
        format!("with: anyone\noffers: {{ x: {{ item: hs:1101, {term} }} }}")
    }

    #[test]
    fn a_multiple_lies_between_the_ends() {
        fires(&RULE, &offer("quantity: { at_least: 510 kg, at_most: 540 kg, multiple_of: 50 kg }"));
        fires(&RULE, &offer("quantity: { at_least: 1.1 t, at_most: 1190 kg, multiple_of: 200 kg }"));
        fires(&RULE, &offer("lead_time: { at_least: 1 day, at_most: 6 days, multiple_of: 1 week }"));
        fires(&RULE, &offer("quantity: { at_most: 5 kg, multiple_of: 0 kg }"));
        silent(&offer("quantity: { at_least: 500 kg, at_most: 540 kg, multiple_of: 50 kg }"));
        silent(&offer("lead_time: { at_most: 7 days, multiple_of: 1 week }"));
    }

    #[test]
    fn zero_is_a_multiple() {
        silent(&offer("tolerance: { at_most: 3 %, multiple_of: 5 % }"));
    }
}
