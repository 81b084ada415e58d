//! A certificate that no offer states.

use std::collections::BTreeSet;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::rule;

rule! {
    /// A certificate is held and stated by no offer.
    RULE = "CLM1183", "unstated-certificate", Info, Clarity, "11-advice#trust",
    summary: "a certificate is stated by no offer",
    message: "no offer states `{certificate}`, so that no need that asks for it is met",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let manifest = whole.manifest;
    if manifest.coop.certificates.is_empty() || manifest.offers.is_empty() {
        return;
    }
    let terms = manifest.offers.values().flat_map(all_terms).filter_map(|terms| terms.certificates.as_ref());
    let stated: BTreeSet<&str> = terms.flat_map(|names| &names.value).map(|name| name.value.as_str()).collect();
    for name in manifest.coop.certificates.keys().filter(|name| !stated.contains(name.as_str())) {
        if let Some(node) = whole.at(&["coop", "certificates", name]) {
            let help = Text::new("add `certificates: [{certificate}]` to what it covers").with("certificate", name);
            found.push(whole.key(&RULE, node).with("certificate", name).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn what_is_held_is_stated_where_it_counts() {
        let coop = |offer: &str| format!("  certificates: {{ organic: {{}} }}\nwith: anyone\n{offer}");
        advises(&RULE, &coop("offers: { x: { item: hs:1101, price: 2 EUR/kg } }"));
        no_advice(&RULE, &coop("offers: { x: { item: hs:1101, price: 2 EUR/kg, certificates: organic } }"));
        no_advice(&RULE, &coop("needs: { x: { item: hs:1101, price: any, quantity: { at_most: 5 kg } } }"));
        no_advice(&RULE, &coop("defaults: { offers: { certificates: [organic] } }\noffers: { x: { item: hs:1101, price: 2 EUR/kg } }"));
    }
}
