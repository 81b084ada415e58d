//! Prices in Argentine pesos that would move by an index.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::measure;
use crate::lint::terms::choices;
use crate::rule;

rule! {
    /// Prices in pesos would be revised by an index under Argentine law.
    RULE = "CLM1143", "index-in-pesos", Warning, Law, "11-advice#law",
    summary: "prices in Argentine pesos would move by an index",
    message: "prices in `ARS` may not move by an `index` under the law of Argentina",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let agreement = &whole.manifest.agreement;
    let Some(index) = choices(agreement, "price_revision").iter().find(|choice| choice.value == "index") else { return };
    let law = choices(agreement, "law");
    let is_argentine = match law {
        [] => whole.manifest.coop.place.country == "AR",
        _ => law.iter().any(|choice| choice.value == "AR"),
    };
    let in_pesos = || whole.lines().any(|(_, line)| measure::currencies_of_line(line).iter().any(|(_, of)| *of == "ARS"));
    if is_argentine && in_pesos() {
        let help = Text::new("take `index` out: `renegotiate` or `cost` may stand, and prices may hold for a shorter time");
        found.push(whole.value(&RULE, index.node).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn pesos_do_not_follow_an_index() {
        let offer = |agreement: &str, currency: &str| {
            format!("with: anyone\nagreement: {{ {agreement} }}\noffers: {{ x: {{ item: hs:1101, price: 900 {currency}/kg }} }}")
        };
        advises(&RULE, &offer("price_revision: [cost, index]", "ARS"));
        advises(&RULE, &offer("price_revision: index, law: [ES, AR]", "ARS"));
        no_advice(&RULE, &offer("price_revision: index, law: [ES]", "ARS"));
        no_advice(&RULE, &offer("price_revision: index", "USD"));
        no_advice(&RULE, &offer("price_revision: cost", "ARS"));
    }
}
