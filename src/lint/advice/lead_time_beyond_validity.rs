//! A lead time that outlasts what it stands in.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::terms::{days, length, range};
use crate::manifest::model::{Line, RangeDomain, Statement};
use crate::rule;
use crate::value::Rational;

rule! {
    /// The lead time is longer than the days on which the line holds, or than an agreement can last.
    RULE = "CLM1125", "lead-time-beyond-validity", Warning, Meaning, "11-advice#terms",
    summary: "the lead time is longer than the line holds, or than an agreement can last",
    message: "a lead time of `{lead}` is longer than the time in which `{line}` can be taken up: {length}",
}

/// No month is longer.
const MOST_DAYS_IN_MONTH: i64 = 31;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    // An agreement with a duration goes on after the manifests that made it.
    let duration = range(&whole.manifest.agreement, "duration");
    for (_, line) in whole.lines() {
        let longest = match duration {
            Some(duration) => Longest::agreement(whole, duration),
            None => Longest::validity(whole, line),
        };
        let Some(longest) = longest else { continue };
        for (statement, domain) in all_terms(line).filter_map(|terms| range(&terms.others, "lead_time")) {
            if domain.at_least.as_ref().is_some_and(|lead| *lead > longest.days) {
                let node = whole.part(statement.node, "at_least");
                let finding = whole.value(&RULE, node).with("lead", whole.written(node)).with("line", &line.key);
                found.push(finding.with_text("length", longest.said.clone()).help(longest.help.clone()));
            }
        }
    }
}

/// The most days on which what was ordered of a line can come.
struct Longest {
    days: Rational,
    said: Text,
    help: Text,
}

impl Longest {
    /// Those on which the line holds.
    fn validity(whole: &Whole<'_>, line: &Line) -> Option<Self> {
        let valid = &whole.manifest.valid;
        let from = line.valid.from.as_ref().max(valid.from.as_ref());
        let until = [&line.valid.until, &valid.until].into_iter().flatten().min();
        let held = length(from, until)?;
        let help = Text::new("let it hold for longer, or state under `agreement` a `duration`");
        Some(Self { days: held.into(), said: days(held), help })
    }

    /// Those of the longest agreement, if it has an end.
    fn agreement(whole: &Whole<'_>, (statement, duration): (&Statement, &RangeDomain)) -> Option<Self> {
        let months = duration.at_most.as_ref()?;
        let written = whole.written(whole.part(statement.node, "at_most"));
        Some(Self {
            days: months * &Rational::from(MOST_DAYS_IN_MONTH),
            said: Text::new("an agreement lasts `{length}` at most").with("length", written),
            help: Text::new("state a shorter lead time, or under `agreement` a longer `duration`"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice, told};

    #[test]
    fn what_is_ordered_comes_while_it_holds() {
        let offer = |lead: &str, valid: &str, agreement: &str| {
            format!(
                "valid: {{ from: 2026-12-01, until: 2026-12-31 }}\nwith: anyone\n{agreement}offers: {{ x: {{ item: hs:1101, lead_time: {{ at_least: {lead} }}{valid} }} }}"
            )
        };
        advises(&RULE, &offer("32 days", "", ""));
        no_advice(&RULE, &offer("31 days", "", ""));
        assert_eq!(
            told(&RULE, &offer("10 weeks", "", "")),
            ["a lead time of `10 weeks` is longer than the time in which `x` can be taken up: 31 days"]
        );
        advises(&RULE, &offer("15 days", ", valid: { from: 2026-12-20 }", ""));
        no_advice(&RULE, &offer("32 days", "", "agreement: { duration: { at_least: 6 months } }\n"));
        let two_months = "agreement: { duration: { at_least: 1 month, at_most: 2 months } }\n";
        no_advice(&RULE, &offer("62 days", "", two_months));
        assert_eq!(
            told(&RULE, &offer("63 days", "", two_months)),
            ["a lead time of `63 days` is longer than the time in which `x` can be taken up: an agreement lasts `2 months` at most"]
        );
    }
}
