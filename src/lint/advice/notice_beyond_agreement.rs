//! A notice of termination that is longer than what it would end.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::terms::{days, length, range};
use crate::rule;
use crate::value::{Duration, DurationUnit, Rational};

rule! {
    /// The notice of termination is longer than the agreement can run.
    RULE = "CLM1127", "notice-beyond-agreement", Warning, Meaning, "11-advice#terms",
    summary: "the notice of termination is longer than the agreement can run",
    message: "a notice of `{notice}` never takes effect: the agreement runs for `{longest}` at most",
}

/// The most days that a month has.
const DAYS_IN_MONTH: i64 = 31;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let Some((statement, notice)) = range(&whole.manifest.agreement, "termination_notice") else { return };
    let (Some(notice), Some((longest, written))) = (&notice.at_least, longest(whole)) else { return };
    if *notice > longest {
        found.push(
            whole
                .value(&RULE, whole.part(statement.node, "at_least"))
                .with("notice", days(notice))
                .with("longest", written)
                .help(Text::new("ask for a shorter notice, or let the agreement run for longer")),
        );
    }
}

/// The most days that an agreement can have, and how that is written.
fn longest(whole: &Whole<'_>) -> Option<(Rational, String)> {
    if let Some((_, duration)) = range(&whole.manifest.agreement, "duration") {
        let months = duration.at_most.as_ref()?;
        let count = u32::try_from(months.to_i64()?).ok()?;
        let written = Duration::new(count, DurationUnit::Month).to_string();
        return Some((months * &Rational::from(DAYS_IN_MONTH), written));
    }
    let valid = &whole.manifest.valid;
    let held = Rational::from(length(valid.from.as_ref(), valid.until.as_ref())?);
    let written = days(&held);
    Some((held, written))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

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
        no_advice(&RULE, &valid("2027-01-28").replace("at_least: 60", "at_most: 60"));
    }
}
