//! A need that says nothing of its price.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A need says nothing of its price, so that whatever is asked is proposed.
    RULE = "CLM1101", "need-without-price", Warning, Clarity, "11-advice#prices",
    summary: "a need says nothing of its price",
    message: "`{need}` says nothing of its price: whatever is asked would be proposed",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for need in whole.manifest.needs.values().filter(|need| need.terms.price.is_none()) {
        let help = Text::new("add `price: { at_most: … }`, or `price: any` if that is what is meant");
        found.push(whole.key(&RULE, need.node).with("need", &need.key).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_need_says_what_it_would_pay_or_that_anything_will_do() {
        let need = |price: &str| format!("with: anyone\nneeds: {{ x: {{ item: hs:1101, quantity: {{ at_most: 5 kg }}{price} }} }}");
        advises(&RULE, &need(""));
        no_advice(&RULE, &need(", price: { at_most: 2 EUR/kg }"));
        no_advice(&RULE, &need(", price: any"));
    }
}
