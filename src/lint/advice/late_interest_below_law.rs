//! Interest on late payment that is lower than European law gives.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::terms::range;
use crate::rule;
use crate::value::Rational;
use crate::vocab::countries::is_eu_member;

rule! {
    /// A coop of the European Union accepts less interest on late payment than law gives it.
    RULE = "CLM1145", "late-interest-below-law", Info, Law, "11-advice#law",
    summary: "interest on late payment is below that of European law",
    message: "`{most}` is below what Directive 2011/7/EU gives those who are paid late: 8 points above the reference rate",
}

/// Percentage points over the reference rate, which is not below zero: article 2(6) of the directive.
const LEAST: i64 = 8;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    if !is_eu_member(&whole.manifest.coop.place.country) {
        return;
    }
    let Some((statement, interest)) = range(&whole.manifest.agreement, "late_interest") else { return };
    if interest.at_most.as_ref().is_some_and(|most| *most < Rational::from(LEAST)) {
        let node = whole.part(statement.node, "at_most");
        let help = Text::new("take the line out, so that the interest of law holds, or accept `{least} %` and more");
        found.push(whole.value(&RULE, node).with("most", whole.written(node)).help(help.with("least", LEAST)));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advice, no_advice};

    #[test]
    fn who_is_paid_late_has_the_interest_of_law() {
        let told = |interest: &str| {
            let head = "clm: 1\ncoop: { id: https://a.example, name: A, legal_form: worker, place: { country: ES } }\n";
            let found = advice(&format!("{head}agreement: {{ late_interest: {interest} }}\n"));
            found.iter().filter(|finding| finding.rule == &RULE).count()
        };
        assert_eq!(told("{ at_most: 5 % }"), 1);
        assert_eq!(told("0 %"), 1);
        assert_eq!(told("{ at_most: 8 % }"), 0);
        assert_eq!(told("{ at_least: 4 % }"), 0);
        no_advice(&RULE, "agreement: { late_interest: 0 % }");
    }
}
