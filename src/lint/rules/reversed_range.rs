//! A range whose lower end is above its upper end.

use std::cmp::Ordering;

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::lint::measure;
use crate::manifest::model::{Line, PriceTerm, Property, RangeDomain, TermDomain, Terms};
use crate::rule;
use crate::syntax::NodeId;
use crate::value::Money;

rule! {
    /// `at_least` is above `at_most`.
    RULE = "CLM0504", "reversed-range", Error, Meaning, "05-terms#ranges",
    summary: "the lower end of a range is above its upper end",
    message: "`at_least: {low}` is above `at_most: {high}`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut ranges: Vec<NodeId> = Vec::new();
    for statement in &context.manifest.agreement {
        ranges.extend(reversed(&statement.domain).then_some(statement.node));
    }
    for (_, line) in context.lines() {
        all_terms(line).for_each(|terms| of_terms(line, terms, &mut ranges));
    }
    for package in context.manifest.packages.values() {
        let Some(price) = &package.price else { continue };
        let above = price.value.at_most.as_ref().is_some_and(|high| is_above(&price.value.at_least, high));
        ranges.extend(above.then_some(price.node));
    }
    found.extend(ranges.into_iter().map(|node| finding(context, node)));
}

fn of_terms(line: &Line, terms: &Terms, ranges: &mut Vec<NodeId>) {
    for statement in &terms.others {
        ranges.extend(reversed(&statement.domain).then_some(statement.node));
    }
    let above = |low, high| measure::compare(&line.units, low, high) == Some(Ordering::Greater);
    if let Some(quantity) = &terms.quantity
        && let (Some(low), Some(high)) = (&quantity.value.at_least, &quantity.value.at_most)
    {
        ranges.extend(above(low, high).then_some(quantity.node));
    }
    if let Some(volume) = &terms.volume
        && let (Some(low), Some(high)) = (&volume.value.at_least, &volume.value.at_most)
    {
        ranges.extend(above(low, high).then_some(volume.node));
    }
    for property in terms.properties.iter().flat_map(|all| all.value.values()) {
        if let Property::Range(range) = &property.value {
            ranges.extend(ends_reversed(range).then_some(property.node));
        }
    }
    if let Some(PriceTerm::Tiers(tiers)) = terms.price.as_ref().map(|price| &price.value) {
        for tier in tiers {
            let (Some(low), Some(high)) = (&tier.at_least, &tier.at_most) else { continue };
            let above = measure::compare_prices(&line.units, &low.value, &high.value) == Some(Ordering::Greater);
            ranges.extend(above.then_some(tier.node));
        }
    }
}

fn is_above(low: &Money, high: &Money) -> bool {
    low.currency == high.currency && low.amount > high.amount
}

fn reversed(domain: &TermDomain) -> bool {
    matches!(domain, TermDomain::Range(range) if ends_reversed(range))
}

fn ends_reversed(range: &RangeDomain) -> bool {
    matches!((&range.at_least, &range.at_most), (Some(low), Some(high)) if low > high)
}

fn finding(context: &Context<'_>, node: NodeId) -> Diagnostic {
    let (low, high) = (context.part(node, "at_least"), context.part(node, "at_most"));
    context
        .value(&RULE, high)
        .with("low", context.written(low))
        .with("high", context.written(high))
        .help(Text::new("swap the two, or take one out"))
        .label(context.place(low), Text::new("the lower end"))
        .edits(context.swapped(low, high), false)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    fn offer(term: &str) -> String {
        format!("with: anyone\noffers: {{ x: {{ item: hs:1101, {term} }} }}")
    }

    #[test]
    fn every_kind_of_range_is_looked_at() {
        fires(&RULE, &offer("lead_time: { at_least: 1 week, at_most: 6 days }"));
        fires(&RULE, &offer("quantity: { at_least: 1 t, at_most: 900 kg }"));
        fires(&RULE, &offer("price: { at_least: 3 ARS/kg, at_most: 2 ARS/kg }"));
        fires(&RULE, &offer("properties: { width: { at_least: 1 m, at_most: 90 cm } }"));
        fires(&RULE, &offer("x_height: { at_least: 1 m, at_most: 90 cm }"));
        fires(&RULE, "agreement: { duration: { at_least: 2 years, at_most: 6 months } }");
        fires(&RULE, "needs: { x: { item: hs:1101, volume: { at_least: 1 t per month, at_most: 900 kg per month } } }");
    }

    #[test]
    fn a_range_may_be_one_value() {
        silent(&offer("lead_time: { at_least: 1 week, at_most: 7 days }"));
        silent(&offer("delivery_hours: { at_least: 05:00, at_most: 08:00 }"));
    }
}
