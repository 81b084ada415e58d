//! A lead time that outlasts what it stands in.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::terms::{days, length, range};
use crate::rule;
use crate::value::Rational;

rule! {
    /// The lead time is longer than the days on which the line holds.
    RULE = "CLM1125", "lead-time-beyond-validity", Warning, Meaning, "11-advice#terms",
    summary: "the lead time is longer than the line holds",
    message: "a lead time of `{lead}` is longer than the time in which `{line}` can be taken up: {length}",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    // An agreement with a duration goes on after the manifests that made it.
    if whole.manifest.agreement.iter().any(|statement| statement.key == "duration") {
        return;
    }
    for (_, line) in whole.lines() {
        let valid = &whole.manifest.valid;
        let from = line.valid.from.as_ref().max(valid.from.as_ref());
        let until = [&line.valid.until, &valid.until].into_iter().flatten().min();
        let Some(held) = length(from, until) else { continue };
        for (statement, domain) in all_terms(line).filter_map(|terms| range(&terms.others, "lead_time")) {
            if domain.at_least.as_ref().is_some_and(|lead| *lead > Rational::from(held)) {
                let node = whole.part(statement.node, "at_least");
                found.push(
                    whole
                        .value(&RULE, node)
                        .with("lead", whole.written(node))
                        .with("line", &line.key)
                        .with_text("length", days(held))
                        .help(Text::new("let it hold for longer, or state under `agreement` a `duration`")),
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
    }
}
