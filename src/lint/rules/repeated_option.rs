//! The same value twice in one list.

use std::collections::BTreeMap;

use smol_str::{SmolStr, ToSmolStr, format_smolstr};

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::manifest::model::{Choice, Property, TermDomain, Terms};
use crate::rule;
use crate::syntax::NodeId;
use crate::value::Duration;

rule! {
    /// A list of options, rhythms, certificates, formats or properties holds a value twice.
    RULE = "CLM0506", "repeated-option", Error, Meaning, "05-terms#domains",
    summary: "a value stands twice in one list",
    message: "`{value}` stands in this list already",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let agreement = context.manifest.agreement.iter().filter_map(|statement| choices(&statement.domain));
    agreement.for_each(|list| look(context, list, found));
    for terms in context.lines().flat_map(|(_, line)| all_terms(line)) {
        terms
            .others
            .iter()
            .filter_map(|statement| choices(&statement.domain))
            .for_each(|list| look(context, list, found));
        structural(context, terms, found);
    }
    for operation in context.manifest.operations.values() {
        look(context, operation.formats.iter().map(|format| (format.value.clone(), format.node)).collect(), found);
    }
}

fn structural(context: &Context<'_>, terms: &Terms, found: &mut Vec<Diagnostic>) {
    if let Some(rhythms) = &terms.every {
        look(context, rhythms.value.iter().map(|rhythm| (length(&rhythm.every), rhythm.node)).collect(), found);
    }
    if let Some(names) = &terms.certificates {
        look(context, names.value.iter().map(|name| (name.value.clone(), name.node)).collect(), found);
    }
    for property in terms.properties.iter().flat_map(|all| all.value.values()) {
        if let Property::Texts(texts) = &property.value {
            let nodes = context.items(property.node).iter().copied();
            look(context, texts.iter().cloned().zip(nodes).collect(), found);
        }
    }
}

/// Seven days are a week; four weeks are no month.
fn length(every: &Duration) -> SmolStr {
    let days = every.days().map(|days| format_smolstr!("{days} days"));
    let months = || every.months().map(|months| format_smolstr!("{months} months"));
    days.or_else(months).unwrap_or_else(|| every.to_smolstr())
}

/// So few alternatives are compared each with each.
const FEW: usize = 16;

fn choices(domain: &TermDomain) -> Option<Vec<(SmolStr, NodeId)>> {
    let TermDomain::Choices(choices) = domain else { return None };
    // Most lists are short, and in most of those nothing stands twice: no name has to be made up then.
    let first = |at: usize| choices.iter().take(at);
    let twice = |(at, choice): (usize, &Choice)| first(at).any(|other| other.value == choice.value);
    if choices.len() <= FEW && choices.iter().all(|choice| choice.at.is_none()) && !choices.iter().enumerate().any(twice) {
        return None;
    }
    let name = |place: &Option<SmolStr>| place.as_ref().map(|place| format!(" at {place}")).unwrap_or_default();
    Some(choices.iter().map(|choice| (format_smolstr!("{}{}", choice.value, name(&choice.at)), choice.node)).collect())
}

fn look(context: &Context<'_>, list: Vec<(SmolStr, NodeId)>, found: &mut Vec<Diagnostic>) {
    let mut first = BTreeMap::new();
    for (value, node) in list {
        let Some(before) = first.get(&value).copied() else {
            first.insert(value, node);
            continue;
        };
        let finding = context
            .value(&RULE, node)
            .with("value", Some(context.written(node)).filter(|written| !written.is_empty()).unwrap_or(&value))
            .help(Text::new("keep the one that stands where you prefer it"))
            .label(context.place(before), Text::new("here already"));
        // Which place it was meant to have, only the writer knows.
        found.push(match context.beside(node, before) {
            true => finding.edits(vec![context.without(node)], false),
            false => finding,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn values_are_compared_by_meaning() {
        let line = |term: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 ARS/kg, {term} }} }}");
        fires(&RULE, &line("delivery: [delivered, DAP]"));
        fires(&RULE, &line("every: [7 days, 1 week]"));
        fires(&RULE, &line("packaging: [sack, { value: sack, costs_us: 1 % }]"));
        silent(&line("every: [4 weeks, 1 month]"));
    }

    #[test]
    fn lists_of_the_agreement_and_of_formats_are_looked_at() {
        fires(&RULE, "agreement: { law: [AR, AR] }");
        fires(&RULE, "with: anyone\noperations: { order: { formats: [csv, csv] } }");
    }
}
