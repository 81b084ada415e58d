//! A percentage that hardly anybody means.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::manifest::model::{Cost, PriceTerm, Property, RangeDomain, Scale, Statement, TermDomain};
use crate::rule;
use crate::syntax::NodeId;
use crate::value::{CostAmount, EarlyDiscount, Rational};
use crate::vocab::countries::is_eu_member;
use crate::vocab::terms::Values;

rule! {
    /// A percentage is far from what is usual.
    RULE = "CLM1122", "implausible-percentage", Warning, Meaning, "11-advice#terms",
    summary: "a percentage is far from what is usual",
    message: "`{value}` is hardly what is meant for `{term}`",
}

/// From which percentage on a term is doubted, and up to which it is usual.
static DOUBTED: [(&str, i64, &str); 4] =
    [("tax", 50, "27 %"), ("tolerance", 50, "10 %"), ("early_discount", 25, "5 %"), ("delay_penalty", 25, "5 %")];

/// Interest on late payment is high where money loses its worth fast.
const LATE_INTEREST: (i64, &str) = (200, "60 %");
const LATE_INTEREST_IN_EUROPE: (i64, &str) = (50, "15 %");

/// The same of what a day of a range costs.
const A_DAY: (i64, &str) = (1, "0.2 % per day");

/// Words of English and Spanish for what is a part of a whole, of which there is never more than all.
const PARTS: [&str; 37] = [
    "recycled", "recyclable", "reused", "organic", "content", "share", "proportion", "purity", "fat", "protein", "sugar", "alcohol",
    "cocoa", "fibre", "fiber", "cotton", "wool", "virgin", "renewable", "biobased", "reciclado", "reciclada", "reciclable",
    "reutilizado", "organico", "organica", "ecologico", "ecologica", "contenido", "proporcion", "pureza", "grasa", "proteina", "azucar", "algodon", "lana", "renovable",
];

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    more_than_all(whole, found);
    let of_lines = whole.lines().flat_map(|(_, line)| all_terms(line)).flat_map(|terms| {
        // A share of nothing is told as that.
        let is_free = terms.price.as_ref().is_some_and(|price| price.value == PriceTerm::Free);
        terms.others.iter().map(move |statement| (statement, is_free))
    });
    for (statement, is_free) in whole.manifest.agreement.iter().map(|statement| (statement, false)).chain(of_lines) {
        if let Some((node, usual)) = limit(whole, statement).and_then(|(limit, usual)| Some((beyond(whole, statement, limit)?, usual))) {
            found.push(finding(whole, node, &statement.key, usual));
        }
        if let TermDomain::Range(range) = &statement.domain {
            if let Some(slipped) = slipped_tax(statement, range) {
                let node = whole.part(statement.node, "at_most");
                let help = Text::new("look for a slipped point: was `{meant} %` meant?").with("meant", slipped);
                let finding = whole.value(&RULE, node).with("value", whole.written(node)).with("term", &statement.key);
                found.push(finding.help(help));
            }
            let dear = range.costs.iter().filter(|cost| !is_free && is_dear_a_day(range, cost));
            found.extend(dear.map(|cost| finding(whole, cost.node, &statement.key, A_DAY.1)));
        }
    }
}

/// Properties that say of a part of something that it is more than all of it.
fn more_than_all(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let stated = whole.lines().flat_map(|(_, line)| all_terms(line)).filter_map(|terms| terms.properties.as_ref());
    for (name, property) in stated.flat_map(|properties| &properties.value) {
        let Property::Range(range) = &property.value else { continue };
        if range.scale != Scale::Percent || !name.split(['-', '_']).any(|word| PARTS.contains(&word)) {
            continue;
        }
        let ends = [(&range.at_least, "at_least"), (&range.at_most, "at_most")];
        let is_more = |end: &Option<Rational>| end.as_ref().is_some_and(|end| *end > Rational::from(100));
        if let Some((_, key)) = ends.into_iter().find(|(end, _)| is_more(end)) {
            let node = whole.part(property.node, key);
            let text = Text::new("`{value}` is more than all there is of `{name}`");
            let help = Text::new("look for a slipped point: a part of something is at most `100 %` of it");
            let finding = whole.value(&RULE, node).message(text).with("value", whole.written(node)).with("name", name);
            found.push(finding.help(help));
        }
    }
}

fn finding(whole: &Whole<'_>, node: NodeId, term: &str, usual: &str) -> Diagnostic {
    let help = Text::new("look for a slipped point: usual is up to `{usual}`").with("usual", usual);
    whole.value(&RULE, node).with("value", whole.written(node)).with("term", term).help(help)
}

/// A tax below this is mostly a part of one with a sign of per cent behind it.
const LEAST_TAX: (i128, i128) = (3, 10);

/// The percentage that a tax is a hundredth of, where hardly any is so low.
fn slipped_tax(statement: &Statement, range: &RangeDomain) -> Option<String> {
    let most = range.at_most.as_ref().filter(|most| statement.key == "tax" && most.is_positive())?;
    let is_low = *most < Rational::new(LEAST_TAX.0, LEAST_TAX.1)?;
    is_low.then(|| (most * &Rational::from(100)).to_decimal().map(|meant| meant.to_string())).flatten()
}

fn limit(whole: &Whole<'_>, statement: &Statement) -> Option<(i64, &'static str)> {
    if statement.key == "late_interest" {
        let in_europe = is_eu_member(&whole.manifest.coop.place.country);
        return Some(if in_europe { LATE_INTEREST_IN_EUROPE } else { LATE_INTEREST });
    }
    DOUBTED.iter().find(|(term, ..)| *term == statement.key).map(|(_, limit, usual)| (*limit, *usual))
}

/// Where a statement reaches a percentage.
fn beyond(whole: &Whole<'_>, statement: &Statement, limit: i64) -> Option<NodeId> {
    let limit = Rational::from(limit);
    match &statement.domain {
        TermDomain::Range(range) => {
            let ends = [(&range.at_most, "at_most"), (&range.at_least, "at_least")];
            let (_, key) = ends.into_iter().find(|(end, _)| end.as_ref().is_some_and(|end| *end >= limit))?;
            Some(whole.part(statement.node, key))
        }
        TermDomain::Choices(choices) if statement.term.values == Values::EarlyDiscount => {
            let reaches = |text: &str| EarlyDiscount::parse(text).is_ok_and(|found| found.percent.0.rational() >= limit);
            choices.iter().find(|choice| reaches(&choice.value)).map(|choice| choice.node)
        }
        TermDomain::Choices(_) => None,
    }
}

/// Whether each day costs a share of the price that adds up to several times the price in a year.
fn is_dear_a_day(range: &RangeDomain, cost: &Cost) -> bool {
    let (CostAmount::Share(share), Some(per), Scale::Days) = (&cost.amount, &cost.per, &range.scale) else {
        return false;
    };
    share.0.rational() >= &Rational::from(A_DAY.0) * per
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    fn offer(terms: &str) -> String {
        format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, {terms} }} }}")
    }

    #[test]
    fn a_point_that_slipped_is_seen_in_the_percentage() {
        ["tax: 210 %", "tolerance: { at_most: 50 % }", "early_discount: 25 % within 10 days", "delay_penalty: { at_most: 30 % }"]
            .iter()
            .for_each(|terms| advises(&RULE, &offer(terms)));
        ["tax: 27 %", "tolerance: { at_most: 20 % }", "early_discount: [2 % within 10 days, 10 % within 1 day]", "delay_penalty: { at_most: 10 % }"]
            .iter()
            .for_each(|terms| no_advice(&RULE, &offer(terms)));
    }

    #[test]
    fn a_day_costs_a_small_part() {
        let days = |cost: &str| offer(&format!("payment_days: {{ at_most: 60 days, costs_us: {cost} after 30 days }}"));
        advises(&RULE, &days("1 % per day"));
        advises(&RULE, &days("7 % per 1 week"));
        no_advice(&RULE, &days("0.07 % per day"));
        no_advice(&RULE, &days("2 % per 4 weeks"));
    }

    #[test]
    fn interest_is_judged_by_place() {
        advises(&RULE, "agreement: { late_interest: { at_most: 400 % } }");
        no_advice(&RULE, "agreement: { late_interest: { at_most: 120 % } }");
    }

    #[test]
    fn a_part_is_no_more_than_all() {
        ["recycled: 120 %", "fat-content: { at_least: 101 % }", "contenido-reciclado: { at_least: 10 %, at_most: 150 % }"]
            .iter()
            .for_each(|property| advises(&RULE, &offer(&format!("properties: {{ {property} }}"))));
        ["recycled: 100 %", "recycled: 120", "elongation: 120 %", "stretch: { at_least: 300 % }"]
            .iter()
            .for_each(|property| no_advice(&RULE, &offer(&format!("properties: {{ {property} }}"))));
    }

    #[test]
    fn a_tax_is_no_part_of_one() {
        let offer = |tax: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, tax: {tax} }} }}");
        ["0.21 %", "0.105 %"].iter().for_each(|tax| advises(&RULE, &offer(tax)));
        ["21 %", "0 %", "0.5 %", "2.5 %"].iter().for_each(|tax| no_advice(&RULE, &offer(tax)));
    }

    #[test]
    fn a_share_of_nothing_is_told_as_that_alone() {
        let offer = |price: &str| {
            format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: {price}, payment_days: {{ at_most: 30 days, costs_us: 1 % per day }} }} }}")
        };
        advises(&RULE, &offer("2 EUR/kg"));
        no_advice(&RULE, &offer("free"));
    }
}
