//! Payment later than European law lets pass without more ado.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Side, all_terms};
use crate::lint::terms::range;
use crate::rule;
use crate::value::Rational;
use crate::vocab::countries::is_eu_member;

rule! {
    /// A coop of the European Union pays no sooner than after more than 60 days, or lets who buys choose to.
    RULE = "CLM1144", "payment-beyond-60-days", Warning, Law, "11-advice#law",
    summary: "payment may be due only after the 60 days of European law",
    message: "`{days}` are more than the 60 days within which payment is due by Directive 2011/7/EU",
}

/// Article 3(5) of the directive.
const MOST_DAYS: i64 = 60;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    if !is_eu_member(&whole.manifest.coop.place.country) {
        return;
    }
    for (side, terms) in whole.lines().flat_map(|(side, line)| all_terms(line).map(move |terms| (side, terms))) {
        let Some((statement, domain)) = range(&terms.others, "payment_days") else { continue };
        let may_wait = domain.at_most.as_ref().is_some_and(|most| *most > Rational::from(MOST_DAYS));
        if domain.at_least.as_ref().is_some_and(|least| *least > Rational::from(MOST_DAYS)) {
            let node = whole.part(statement.node, "at_least");
            let help = Text::new("accept 60 days or less; more holds only if it is not grossly unfair to the side that is paid");
            found.push(whole.value(&RULE, node).with("days", whole.written(node)).help(help));
        } else if side == Side::Offer && may_wait {
            // Who pays chooses within what the offer accepts.
            let node = whole.part(statement.node, "at_most");
            let text = Text::new("who buys may choose to pay only after `{days}`, beyond the 60 days of Directive 2011/7/EU");
            let help = Text::new("end it at 60 days; more holds only if it is agreed expressly and not grossly unfair to you");
            found.push(whole.value(&RULE, node).message(text).with("days", whole.written(node)).help(help));
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

    #[test]
    fn who_buys_may_not_choose_to_pay_later_than_that() {
        let offer = |days: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, payment_days: {days} }} }}");
        assert_eq!(told("ES", &offer("{ at_most: 90 days }")), 1);
        assert_eq!(told("ES", &offer("{ at_least: 90 days }")), 1);
        assert_eq!(told("ES", &offer("{ at_most: 60 days }")), 0);
        assert_eq!(told("ES", &offer("{ at_least: 30 days }")), 0);
        no_advice(&RULE, &offer("{ at_most: 90 days }"));
    }
}
