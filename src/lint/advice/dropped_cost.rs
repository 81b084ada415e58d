//! A term for a class that leaves out what the same choice costs elsewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::terms::costs_of;
use crate::manifest::model::{ClassTerms, Cost, Line, Statement, TermDomain};
use crate::rule;
use crate::syntax::NodeId;
use crate::value::Rational;

rule! {
    /// A class has a choice for nothing that costs us something with everybody else.
    RULE = "CLM1124", "dropped-cost", Info, Meaning, "11-advice#terms",
    summary: "a class has for nothing what costs something with everybody else",
    message: "with `{class}` this costs nothing, with everybody else `{cost}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in whole.lines().filter(|(_, line)| !line.classes.is_empty()) {
        let costs_us = |statement: &&Statement| costs_of(&statement.domain).any(|cost| !cost.benefit);
        let costly: Vec<&Statement> = line.terms.others.iter().map(Arc::as_ref).filter(costs_us).collect();
        for class in &line.classes {
            of_class(whole, &costly, class, found);
            found.extend(rhythm(line, class).map(|(node, cost)| told(whole, class, node, cost)));
        }
    }
}

/// A rhythm that a class has for nothing, and what it costs with everybody else.
fn rhythm<'m>(line: &'m Line, class: &ClassTerms) -> Option<(NodeId, &'m Cost)> {
    let (everybodys, own) = (line.terms.every.as_ref()?, class.terms.every.as_ref()?);
    if own.node == everybodys.node {
        return None;
    }
    own.iter().filter(|own| own.costs.is_empty()).find_map(|own| {
        let other = everybodys.iter().find(|other| other.every == own.every)?;
        Some((own.node, other.costs.iter().find(|cost| !cost.benefit)?))
    })
}

fn of_class(whole: &Whole<'_>, costly: &[&Statement], class: &ClassTerms, found: &mut Vec<Diagnostic>) {
    let own: BTreeMap<&str, &Statement> =
        class.terms.others.iter().map(|statement| (statement.key.as_str(), statement.as_ref())).collect();
    for everybodys in costly {
        let Some(own) = own.get(everybodys.key.as_str()).filter(|own| own.node != everybodys.node) else { continue };
        found.extend(dropped(everybodys, own).map(|(node, cost)| told(whole, class, node, cost)));
    }
}

fn told(whole: &Whole<'_>, class: &ClassTerms, node: NodeId, cost: &Cost) -> Diagnostic {
    let written = whole.written(cost.node);
    let help = Text::new("a term of a class replaces the whole: repeat `costs_us: {cost}` if it still holds");
    whole
        .value(&RULE, node)
        .with("class", &class.class.value)
        .with("cost", written)
        .help(help.with("cost", written))
        .label(whole.place(cost.node), Text::new("what it costs with everybody else"))
}

/// Where a statement accepts for nothing what costs something by another, and what.
fn dropped<'s>(other: &'s Statement, own: &Statement) -> Option<(NodeId, &'s Cost)> {
    match (&other.domain, &own.domain) {
        (TermDomain::Range(other), TermDomain::Range(range)) => {
            let counts = |cost: &&Cost| {
                let from = cost.after.clone().unwrap_or_else(Rational::zero);
                !cost.benefit && range.at_most.as_ref().is_none_or(|most| *most > from)
            };
            let cost = other.costs.iter().find(counts).filter(|_| range.costs.is_empty())?;
            Some((own.node, cost))
        }
        (TermDomain::Choices(others), TermDomain::Choices(own)) => own.iter().find_map(|choice| {
            let other = others.iter().find(|other| other.value == choice.value && other.at == choice.at)?;
            let cost = other.costs.iter().find(|cost| !cost.benefit).filter(|_| choice.costs.is_empty())?;
            Some((choice.node, cost))
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    fn offer(everybody: &str, class: &str) -> String {
        format!(
            "partners: {{ a: {{ practice: equal_vote }} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, {everybody}, for: [{{ with: a, {class} }}] }} }}"
        )
    }

    #[test]
    fn days_that_cost_elsewhere_cost_the_class_too() {
        let days = "payment_days: { at_most: 60 days, costs_us: 0.05 % per day after 30 days }";
        advises(&RULE, &offer(days, "payment_days: { at_most: 90 days }"));
        no_advice(&RULE, &offer(days, "payment_days: { at_most: 90 days, costs_us: 0.05 % per day after 60 days }"));
        no_advice(&RULE, &offer(days, "payment_days: { at_most: 30 days }"));
        no_advice(&RULE, &offer(days, "lead_time: 3 days"));
    }

    #[test]
    fn an_alternative_that_costs_elsewhere_costs_the_class_too() {
        let delivery = "delivery: [pickup, { value: delivered, costs_us: 0.05 EUR/kg }]";
        advises(&RULE, &offer(delivery, "delivery: [pickup, delivered]"));
        no_advice(&RULE, &offer(delivery, "delivery: pickup"));
        no_advice(&RULE, &offer(delivery, "delivery: { value: delivered, costs_us: 0.02 EUR/kg }"));
    }

    #[test]
    fn a_rhythm_that_costs_elsewhere_costs_the_class_too() {
        let every = "volume: 1 t per month, every: [1 month, { value: 1 week, costs_us: 5 EUR }]";
        advises(&RULE, &offer(every, "every: [1 month, 1 week]"));
        no_advice(&RULE, &offer(every, "every: 1 month"));
        no_advice(&RULE, &offer(every, "lead_time: 3 days"));
    }
}
