//! A cost that does not grow where it must, or grows where it cannot.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::manifest::model::{Cost, RangeDomain, Scale, TermDomain};
use crate::rule;

rule! {
    /// A cost on a range without `per`, or one with `per` on an alternative or on `credit_share`.
    RULE = "CLM0511", "cost-without-per", Error, Meaning, "05-terms#costs",
    summary: "a cost on a range does not say per how much, or one elsewhere does",
    message: "this cost does not say per how much of the range",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in context.lines() {
        for terms in all_terms(line) {
            for statement in terms.others.iter().filter(|statement| statement.term.costs) {
                match &statement.domain {
                    TermDomain::Range(range) => on_range(context, &statement.key, range, found),
                    TermDomain::Choices(choices) => {
                        choices.iter().flat_map(|choice| &choice.costs).for_each(|cost| flat(context, cost, found));
                    }
                }
            }
            let rhythms = terms.every.iter().flat_map(|rhythms| &rhythms.value);
            rhythms.flat_map(|rhythm| &rhythm.costs).for_each(|cost| flat(context, cost, found));
        }
        line.substitutes.iter().flat_map(|substitute| &substitute.costs).for_each(|cost| flat(context, cost, found));
    }
}

fn on_range(context: &Context<'_>, key: &str, range: &RangeDomain, found: &mut Vec<Diagnostic>) {
    for cost in &range.costs {
        if key == "credit_share" {
            flat(context, cost, found);
        } else if cost.per.is_none() {
            found.push(
                context
                    .value(&RULE, cost.node)
                    .help(Text::new("write how it grows, such as `0.07 % per day`, or `0.07 % per day after 30 days`")),
            );
        } else if range.scale == Scale::Dates && cost.after.is_none() {
            found.push(
                context
                    .value(&RULE, cost.node)
                    .message(Text::new("this cost does not say after which day it grows"))
                    .help(Text::new("add the day, such as `2 % per day after 2026-12-15`")),
            );
        }
    }
}

fn flat(context: &Context<'_>, cost: &Cost, found: &mut Vec<Diagnostic>) {
    if cost.per.is_some() || cost.after.is_some() {
        found.push(
            context
                .value(&RULE, cost.node)
                .message(Text::new("this cost says `per` or `after` where there is nothing to count"))
                .help(Text::new("write the amount alone")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    fn line(term: &str) -> String {
        format!(
            "circuits: {{ punto: {{ id: https://punto.example, unit: 1 ARS }} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 ARS/kg, {term} }} }}"
        )
    }

    #[test]
    fn ranges_have_steps() {
        fires(&RULE, &line("payment_days: { at_most: 60 days, costs_us: 0.07 % }"));
        silent(&line("payment_days: { at_most: 60 days, costs_us: 0.07 % per day after 30 days }"));
    }

    #[test]
    fn days_of_the_calendar_have_no_zero() {
        fires(&RULE, &line("delivery_date: { at_most: 2027-01-15, costs_us: 1 % per day }"));
        silent(&line("delivery_date: { at_most: 2027-01-15, costs_us: 1 % per day after 2027-01-01 }"));
    }

    #[test]
    fn alternatives_and_credit_have_none() {
        fires(&RULE, &line("delivery: [pickup, { value: delivered, costs_us: 2 % per day }]"));
        fires(&RULE, &line("credit_share: { in: punto, at_most: 40 %, costs_us: 2 % per 1 % }"));
        silent(&line("credit_share: { in: punto, at_most: 40 %, costs_us: 2 % }"));
    }
}
