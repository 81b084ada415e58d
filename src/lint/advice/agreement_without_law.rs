//! Terms of an agreement that name no law, or several and no way to settle disputes.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::terms::choices;
use crate::rule;

rule! {
    /// Terms of an agreement are stated, and no law; or the law of several countries, and not how disputes are settled.
    RULE = "CLM1146", "agreement-without-law", Info, Law, "11-advice#law",
    summary: "terms of an agreement name no law, or several and no way to settle disputes",
    message: "`agreement` states no `{term}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let agreement = &whole.manifest.agreement;
    let Some(node) = whole.top("agreement").filter(|_| !agreement.is_empty()) else { return };
    // `any` says that it is left to the other side.
    let is_silent = |term| whole.child(node, term).is_none();
    let law = || {
        let help = Text::new("add `law: {country}`, or the countries whose law you accept");
        ("law", help.with("country", &whole.manifest.coop.place.country))
    };
    let disputes = || {
        ("disputes", Text::new("add the steps that you take, such as `disputes: [dialogue, federation_mediation, arbitration]`"))
    };
    let missing = if is_silent("law") {
        Some(law())
    } else {
        let across_borders = choices(agreement, "law").len() > 1;
        (across_borders && is_silent("disputes")).then(disputes)
    };
    found.extend(missing.map(|(term, help)| whole.key(&RULE, node).with("term", term).help(help)));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn an_agreement_stands_under_a_law() {
        let agreement = |terms: &str| format!("agreement: {{ duration: 6 months{terms} }}");
        advises(&RULE, &agreement(""));
        no_advice(&RULE, &agreement(", law: [AR]"));
        advises(&RULE, &agreement(", law: [AR, ES]"));
        no_advice(&RULE, &agreement(", law: [AR, ES], disputes: arbitration"));
        advises(&RULE, &agreement(", disputes: [dialogue]"));
        no_advice(&RULE, &agreement(", law: [AR], disputes: [dialogue]"));
        no_advice(&RULE, &agreement(", law: any, disputes: any"));
        no_advice(&RULE, "with: anyone\noffers: { x: { item: hs:1101, price: 2 EUR/kg } }");
    }
}
