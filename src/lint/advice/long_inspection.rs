//! An inspection of deliveries that takes longer than European law lets pass without more ado.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::terms::range;
use crate::rule;
use crate::value::Rational;
use crate::vocab::countries::is_eu_member;

rule! {
    /// A coop of the European Union asks for more than 30 days to inspect a delivery.
    RULE = "CLM1147", "long-inspection", Warning, Law, "11-advice#law",
    summary: "an inspection takes longer than the 30 days of European law",
    message: "`{days}` are more than the 30 days that Directive 2011/7/EU leaves to inspect a delivery",
}

/// Article 3(4) of the directive.
const MOST_DAYS: i64 = 30;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    if !is_eu_member(&whole.manifest.coop.place.country) {
        return;
    }
    for terms in whole.manifest.needs.values().flat_map(all_terms) {
        let Some((statement, domain)) = range(&terms.others, "inspection") else { continue };
        if domain.at_least.as_ref().is_some_and(|least| *least > Rational::from(MOST_DAYS)) {
            let node = whole.part(statement.node, "at_least");
            let help = Text::new("ask for 30 days or less; more holds only if it is not grossly unfair to the side that delivers");
            found.push(whole.value(&RULE, node).with("days", whole.written(node)).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advice, no_advice};

    #[test]
    fn a_delivery_is_inspected_within_thirty_days() {
        let need = |days: &str| format!("needs: {{ x: {{ item: hs:1101, quantity: 5 t, price: any, inspection: {days} }} }}\n");
        let told = |days: &str| {
            let head = "clm: 1\ncoop: { id: https://a.example, name: A, legal_form: worker, place: { country: ES } }\n";
            advice(&format!("{head}{}", need(days))).iter().filter(|finding| finding.rule == &RULE).count()
        };
        assert_eq!(told("{ at_least: 31 days }"), 1);
        assert_eq!(told("{ at_least: 30 days }"), 0);
        assert_eq!(told("{ at_most: 60 days }"), 0);
        no_advice(&RULE, &need("{ at_least: 31 days }"));
    }
}
