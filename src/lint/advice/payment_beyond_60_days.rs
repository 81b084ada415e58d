//! Payment later than European law lets pass without more ado.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::terms::range;
use crate::rule;
use crate::value::Rational;
use crate::vocab::countries::is_eu_member;

rule! {
    /// A coop of the European Union pays, or is paid, no sooner than after more than 60 days.
    RULE = "CLM1144", "payment-beyond-60-days", Warning, Law, "11-advice#law",
    summary: "payment is never due within the 60 days of European law",
    message: "`{days}` are more than the 60 days within which payment is due by Directive 2011/7/EU",
}

/// Article 3(5) of the directive.
const MOST_DAYS: i64 = 60;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    if !is_eu_member(&whole.manifest.coop.place.country) {
        return;
    }
    for terms in whole.lines().flat_map(|(_, line)| all_terms(line)) {
        let Some((statement, domain)) = range(&terms.others, "payment_days") else { continue };
        if domain.at_least.as_ref().is_some_and(|least| *least > Rational::from(MOST_DAYS)) {
            let node = whole.part(statement.node, "at_least");
            let help = Text::new("accept 60 days or less; more holds only if it is not grossly unfair to the side that is paid");
            found.push(whole.value(&RULE, node).with("days", whole.written(node)).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advice, no_advice};

    /// How often the body is advised of a coop of a country.
    fn told(country: &str, body: &str) -> usize {
        let head = format!("clm: 1\ncoop: {{ id: https://a.example, name: A, legal_form: worker, place: {{ country: {country} }} }}\n");
        advice(&format!("{head}{body}")).iter().filter(|finding| finding.rule == &RULE).count()
    }

    #[test]
    fn payment_may_be_due_within_sixty_days() {
        let need = |days: &str| format!("needs: {{ x: {{ item: hs:1101, quantity: 5 t, price: any, payment_days: {days} }} }}");
        assert_eq!(told("ES", &need("{ at_least: 61 days }")), 1);
        assert_eq!(told("FR", &need("90 days")), 1);
        assert_eq!(told("ES", &need("{ at_least: 60 days }")), 0);
        assert_eq!(told("ES", &need("{ at_most: 90 days }")), 0);
        no_advice(&RULE, &need("{ at_least: 90 days }"));
    }
}
