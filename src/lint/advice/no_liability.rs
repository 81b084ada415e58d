//! A limit of liability that leaves none.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::terms::range;
use crate::rule;
use crate::value::Rational;

rule! {
    /// Nobody owes any damages.
    RULE = "CLM1139", "no-liability", Warning, Fairness, "11-advice#fairness",
    summary: "a limit of liability leaves none",
    message: "`{cap}` means that nobody answers for any damage",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let Some((statement, cap)) = range(&whole.manifest.agreement, "liability_cap") else { return };
    if cap.at_most.as_ref().is_some_and(Rational::is_zero) {
        let node = whole.part(statement.node, "at_most");
        let help = Text::new("state a share of a year's value, such as `liability_cap: { at_most: 100 % }`");
        found.push(whole.value(&RULE, node).with("cap", whole.written(node)).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn somebody_answers_for_damage() {
        let agreement = |cap: &str| format!("agreement: {{ liability_cap: {cap} }}");
        advises(&RULE, &agreement("0 %"));
        advises(&RULE, &agreement("{ at_most: 0.0 % }"));
        no_advice(&RULE, &agreement("{ at_most: 50 % }"));
        no_advice(&RULE, &agreement("{ at_least: 0 % }"));
    }
}
