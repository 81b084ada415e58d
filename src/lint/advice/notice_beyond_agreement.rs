//! A notice of termination that is longer than what it would end.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::terms::{days, length, range};
use crate::rule;
use crate::value::Rational;

rule! {
    /// The notice of termination is longer than the agreement can run.
    RULE = "CLM1127", "notice-beyond-agreement", Warning, Meaning, "11-advice#terms",
    summary: "the notice of termination is longer than the agreement can run",
    message: "a notice of `{notice}` never takes effect: the agreement runs for {longest} at most",
}

/// The most days that a month has.
const DAYS_IN_MONTH: i64 = 31;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let Some((statement, notice)) = range(&whole.manifest.agreement, "termination_notice") else { return };
    let (Some(notice), Some((longest, said))) = (&notice.at_least, longest(whole)) else { return };
    if *notice > longest {
        let node = whole.part(statement.node, "at_least");
        found.push(
            whole
                .value(&RULE, node)
                .with("notice", whole.written(node))
                .with_text("longest", said)
                .help(Text::new("ask for a shorter notice, or let the agreement run for longer")),
        );
    }
}

/// The most days that an agreement can have, and that as it is written, or in words where it is counted.
fn longest(whole: &Whole<'_>) -> Option<(Rational, Text)> {
    if let Some((statement, duration)) = range(&whole.manifest.agreement, "duration") {
        let months = duration.at_most.as_ref()?;
        let written = whole.written(whole.part(statement.node, "at_most"));
        return Some((months * &Rational::from(DAYS_IN_MONTH), Text::new("`{text}`").with("text", written)));
    }
    let valid = &whole.manifest.valid;
    let held = length(valid.from.as_ref(), valid.until.as_ref())?;
    Some((Rational::from(held), days(held)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice, told};

    #[test]
    fn an_agreement_outlasts_its_notice() {
        let duration = |months: &str| format!("agreement: {{ duration: {{ at_most: {months} }}, termination_notice: {{ at_least: 60 days }} }}");
        advises(&RULE, &duration("1 month"));
        no_advice(&RULE, &duration("2 months"));
        let valid = |until: &str| {
            format!("valid: {{ from: 2026-12-01, until: {until} }}\nagreement: {{ termination_notice: {{ at_least: 60 days }} }}")
        };
        advises(&RULE, &valid("2027-01-28"));
        no_advice(&RULE, &valid("2027-01-29"));
        let says = |longest: &str| [format!("a notice of `60 days` never takes effect: the agreement runs for {longest} at most")];
        assert_eq!(told(&RULE, &duration("1 month")), says("`1 month`"));
        assert_eq!(told(&RULE, &valid("2027-01-28")), says("59 days"));
        no_advice(&RULE, &valid("2027-01-28").replace("at_least: 60", "at_most: 60"));
    }
}
