//! A discount for paying early that runs as long as payment itself.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::terms::{choices, range};
use crate::rule;
use crate::value::{EarlyDiscount, Rational};

rule! {
    /// The time for a discount ends no sooner than payment is due.
    RULE = "CLM1123", "late-early-discount", Warning, Meaning, "11-advice#terms",
    summary: "a discount for paying early runs as long as payment itself",
    message: "`{discount}` goes to everybody: payment is due within `{due}` anyway",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in whole.lines() {
        for terms in all_terms(line) {
            let discounts = choices(&terms.others, "early_discount");
            let Some((due, domain)) = range(&terms.others, "payment_days").filter(|_| !discounts.is_empty()) else { continue };
            let Some(latest) = &domain.at_most else { continue };
            for choice in discounts {
                let within = EarlyDiscount::parse(&choice.value).ok().and_then(|discount| discount.within.days());
                if within.is_some_and(|within| Rational::from(within) >= *latest) {
                    found.push(
                        whole
                            .value(&RULE, choice.node)
                            .with("discount", &choice.value)
                            .with("due", whole.written(whole.part(due.node, "at_most")))
                            .help(Text::new("give it for fewer days, or take it off the price"))
                            .label(whole.place(due.node), Text::new("when payment is due")),
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice, told};

    #[test]
    fn early_is_before_payment_is_due() {
        let offer = |discount: &str, most: &str| {
            format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, early_discount: {discount}, payment_days: {{ at_most: {most} }} }} }}")
        };
        advises(&RULE, &offer("2 % within 30 days", "30 days"));
        advises(&RULE, &offer("[1 % within 20 days, 2 % within 10 days]", "2 weeks"));
        let written = "`2 % within 20 days` goes to everybody: payment is due within `2 weeks` anyway";
        assert_eq!(told(&RULE, &offer("2 % within 20 days", "2 weeks")), [written]);
        no_advice(&RULE, &offer("2 % within 10 days", "30 days"));
    }
}
