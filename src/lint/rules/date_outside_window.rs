//! A delivery before the line begins.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::manifest::model::TermDomain;
use crate::rule;
use crate::value::Rational;

rule! {
    /// A delivery date lies wholly before the line's first day.
    RULE = "CLM0525", "date-outside-window", Error, Meaning, "04-manifest#validity",
    summary: "a delivery date lies before the line begins",
    message: "this delivery is before the line begins on {from}",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in context.lines() {
        let starts = [&line.valid.from, &context.manifest.valid.from];
        let Some(from) = starts.into_iter().flatten().max_by_key(|from| from.value) else { continue };
        let statements = all_terms(line).flat_map(|terms| &terms.others);
        for statement in statements.filter(|statement| statement.key == "delivery_date") {
            let TermDomain::Range(range) = &statement.domain else { continue };
            if range.at_most.as_ref().is_some_and(|last| *last < Rational::from(from.value.day_number())) {
                found.push(
                    context
                        .value(&RULE, context.part(statement.node, "at_most"))
                        .with("from", from.value)
                        .help(Text::new("write a later date, or let the line begin earlier"))
                        .label(context.place(from.node), Text::new("it begins here")),
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
    fn nothing_is_delivered_before_the_line_begins() {
        let line = |date: &str| {
            format!(
                "valid: {{ from: 2027-01-01 }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, valid: {{ from: 2027-02-01 }}, delivery_date: {date} }} }}"
            )
        };
        fires(&RULE, &line("2027-01-31"));
        fires(&RULE, &line("{ at_most: 2027-01-31 }"));
        silent(&line("{ at_most: 2027-02-01 }"));
        silent(&line("{ at_least: 2027-01-15 }"));
    }
}
