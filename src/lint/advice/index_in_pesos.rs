//! Prices in Argentine pesos that would move by an index or with costs.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::measure;
use crate::lint::terms::choices;
use crate::manifest::model::Manifest;
use crate::rule;

rule! {
    /// Prices in pesos would be revised by an index, or as costs vary, under Argentine law.
    RULE = "CLM1143", "index-in-pesos", Warning, Law, "11-advice#law",
    summary: "prices in Argentine pesos would move by an index or with costs",
    message: "prices in `ARS` may not move by `{way}` under the law of Argentina",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let agreement = &whole.manifest.agreement;
    let mut forbidden = choices(agreement, "price_revision").iter().filter(|choice| WAYS.contains(&choice.value.as_str()));
    let Some(first) = forbidden.next() else { return };
    let law = choices(agreement, "law");
    let is_argentine = match law {
        [] => whole.manifest.coop.place.country == "AR",
        _ => law.iter().any(|choice| choice.value == "AR"),
    };
    if is_argentine && has_pesos(whole.manifest) {
        let help = Text::new("take `{way}` out: `renegotiate` may stand, and prices may hold for a shorter time");
        let mut finding = whole.value(&RULE, first.node).with("way", &first.value).help(help.with("way", &first.value));
        for other in forbidden {
            let label = Text::new("and not by `{way}` either").with("way", &other.value);
            finding = finding.label(whole.place(other.node), label);
        }
        found.push(finding);
    }
}

/// What the law names beside the renewed talk that it leaves: adjustment by prices, and by the variation of costs.
const WAYS: [&str; 2] = ["index", "cost"];

/// Whether a line or a package has a price or a cost in pesos.
fn has_pesos(manifest: &Manifest) -> bool {
    let lines = manifest.offers.values().chain(manifest.needs.values()).flat_map(measure::currencies_of_line);
    let packages = manifest.packages.values().filter_map(|package| Some((package.node, package.price.as_ref()?)));
    let of_packages = packages.flat_map(|(node, price)| measure::currencies_of_package(node, &price.value));
    lines.chain(of_packages).any(|(_, currency)| currency == "ARS")
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
        advises(&RULE, &offer("price_revision: [renegotiate, cost]", "ARS"));
        no_advice(&RULE, &offer("price_revision: cost", "EUR"));
        no_advice(&RULE, &offer("price_revision: [renegotiate, fixed, market]", "ARS"));
    }

    #[test]
    fn the_price_of_a_package_counts() {
        let package = |currency: &str| {
            format!("with: anyone\nagreement: {{ price_revision: index }}\noffers: {{ x: {{ item: hs:1101, quantity: {{ multiple_of: 1 kg }} }}, p: {{ includes: {{ x: 5 kg }}, price: 900 {currency} }} }}")
        };
        advises(&RULE, &package("ARS"));
        no_advice(&RULE, &package("USD"));
    }
}
