//! Days of payment that cost something, and delay that costs nothing.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::terms::range;
use crate::rule;

rule! {
    /// Later payment costs something while it is allowed and nothing once it is late.
    RULE = "CLM1140", "delay-without-interest", Info, Fairness, "11-advice#fairness",
    summary: "payment that is allowed late costs something, and payment that is too late nothing",
    message: "waiting for payment costs `{cost}`, and `agreement` states no `late_interest` for those who pay too late",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let agreement = &whole.manifest.agreement;
    // Who states no terms of an agreement at all leaves them to the other side and to law.
    if agreement.is_empty() || agreement.iter().any(|statement| statement.key == "late_interest") {
        return;
    }
    let mut offers = whole.manifest.offers.values();
    let cost = offers.find_map(|offer| range(&offer.terms.others, "payment_days")?.1.costs.iter().find(|cost| !cost.benefit));
    if let Some(cost) = cost {
        found.push(
            whole
                .value(&RULE, cost.node)
                .with("cost", whole.written(cost.node))
                .help(Text::new("add a yearly rate under `agreement`, such as `late_interest: { at_most: 12 % }`")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn who_pays_too_late_does_not_fare_better() {
        let offers = |agreement: &str, cost: &str| {
            format!(
                "with: anyone\nagreement: {{ law: AR{agreement} }}\ndefaults: {{ offers: {{ payment_days: {{ at_most: 60 days{cost} }} }} }}\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }}, y: {{ item: hs:1102, price: 2 EUR/kg }} }}"
            )
        };
        let cost = ", costs_us: 0.05 % per day after 30 days";
        advises(&RULE, &offers("", cost));
        no_advice(&RULE, &offers(", late_interest: { at_most: 12 % }", cost));
        no_advice(&RULE, &offers("", ""));
        no_advice(&RULE, &offers("", cost).replace("agreement: { law: AR }\n", ""));
    }
}
