//! A first delivery that is due before anything ordered can come.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::terms::range;
use crate::rule;
use crate::value::Rational;

rule! {
    /// The last day for the first delivery is before what is ordered on the first day could come.
    RULE = "CLM1126", "date-before-lead-time", Warning, Meaning, "11-advice#terms",
    summary: "the first delivery is due before its lead time is over",
    message: "`{date}` is sooner than `{lead}` after `{from}`, the first day on which this can be ordered",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in whole.lines() {
        let Some(from) = line.valid.from.as_ref().max(whole.manifest.valid.from.as_ref()) else { continue };
        for terms in all_terms(line) {
            let Some((due, date)) = range(&terms.others, "delivery_date") else { continue };
            let Some((statement, lead)) = range(&terms.others, "lead_time") else { continue };
            let (Some(latest), Some(lead)) = (&date.at_most, &lead.at_least) else { continue };
            if *latest < &Rational::from(from.day_number()) + lead {
                let node = whole.part(due.node, "at_most");
                found.push(
                    whole
                        .value(&RULE, node)
                        .with("date", whole.written(node))
                        .with("lead", whole.written(whole.part(statement.node, "at_least")))
                        .with("from", whole.written(from.node))
                        .help(Text::new("deliver later, order sooner, or need less time"))
                        .label(whole.place(statement.node), Text::new("the lead time")),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice, told};

    #[test]
    fn there_is_time_to_make_what_is_ordered() {
        let offer = |date: &str| {
            format!(
                "valid: {{ from: 2026-12-01 }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, lead_time: {{ at_least: 10 days }}, delivery_date: {date} }} }}"
            )
        };
        advises(&RULE, &offer("{ at_most: 2026-12-10 }"));
        advises(&RULE, &offer("2026-12-10"));
        let weeks = offer("2026-12-10").replace("10 days", "3 weeks");
        assert!(told(&RULE, &weeks).concat().starts_with("`2026-12-10` is sooner than `3 weeks` after"));
        no_advice(&RULE, &offer("{ at_most: 2026-12-11 }"));
        no_advice(&RULE, &offer("{ at_least: 2026-12-05 }"));
    }
}
