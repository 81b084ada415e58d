//! A need that says nothing of its price.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::containment::is_in;
use crate::manifest::model::{ANYONE, Audience, Line};
use crate::rule;

rule! {
    /// A need says nothing of its price, so that whatever is asked is proposed.
    RULE = "CLM1101", "need-without-price", Warning, Clarity, "11-advice#prices",
    summary: "a need says nothing of its price",
    message: "`{need}` says nothing of its price: whatever is asked would be proposed",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for need in whole.manifest.needs.values().filter(|need| need.terms.price.is_none() && !is_priced(whole, need)) {
        let help = Text::new("add `price: { at_most: … }`, or `price: any` if that is what is meant");
        found.push(whole.key(&RULE, need.node).with("need", &need.key).help(help));
    }
}

/// Whether whoever may serve a need has a price under `for`.
fn is_priced(whole: &Whole<'_>, need: &Line) -> bool {
    let priced = need.classes.iter().filter(|entry| entry.terms.price.is_some());
    let priced: Vec<&str> = priced.map(|entry| entry.class.value.as_str()).collect();
    // An entry without a price may be the first that fits.
    if priced.len() < need.classes.len() {
        return false;
    }
    match &need.with.value {
        Audience::Nobody => false,
        Audience::Anyone => priced.contains(&ANYONE),
        Audience::Classes(names) => names.iter().all(|name| is_in(whole, &name.value, &priced)),
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

    #[test]
    fn a_price_for_every_class_is_a_price() {
        let need = |with: &str, entries: &str| {
            format!("partners: {{ a: {{ legal_form: [worker, consumer] }}, b: {{ partner: a, practice: equal_vote }}, c: {{ practice: equal_vote }} }}\nwith: [a, c]\nneeds: {{ x: {{ item: hs:1101, with: {with}, quantity: {{ at_most: 5 kg }}, for: [{entries}] }}, y: {{ item: hs:1102, with: b, quantity: {{ at_most: 5 kg }}, price: any }} }}")
        };
        let priced = "{ with: a, price: { at_most: 2 EUR/kg } }";
        no_advice(&RULE, &need("a", priced));
        no_advice(&RULE, &need("b", priced));
        no_advice(&RULE, &need("anyone", "{ with: anyone, price: { at_most: 2 EUR/kg } }"));
        advises(&RULE, &need("[a, c]", priced));
        advises(&RULE, &need("anyone", priced));
        advises(&RULE, &need("a", &format!("{{ with: b, lead_time: 3 days }}, {priced}")).replace("{ with: a, price", "{ with: a, lead_time: 2 days, price"));
    }
}
