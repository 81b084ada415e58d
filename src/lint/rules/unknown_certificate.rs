//! An offer that states a certificate which the coop does not declare.

use crate::diagnostic::Diagnostic;
use crate::lint::context::{Context, all_terms};
use crate::manifest::names;
use crate::rule;

rule! {
    /// A certificate on an offer that `coop.certificates` does not hold.
    RULE = "CLM0403", "unknown-certificate", Error, Meaning, "04-manifest#certificates",
    summary: "an offer states a certificate that the coop does not declare",
    message: "the coop declares no certificate `{name}`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.is_unread("certificates") {
        return;
    }
    let held = context.declared(&["coop", "certificates"]);
    for terms in context.manifest.offers.values().flat_map(all_terms) {
        let stated = terms.certificates.iter().flat_map(|list| &list.value);
        for name in stated.filter(|name| !names::is_known(&name.value, &held)) {
            found.push(context.unknown(&RULE, name.node, &name.value, &held));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn an_offer_states_only_what_the_coop_holds() {
        fires(&RULE, "with: anyone\noffers: { x: { item: hs:1101, certificates: [organic] } }");
        fires(
            &RULE,
            "with: anyone\ndefaults: { offers: { certificates: [organic] } }\noffers: { x: { item: hs:1101 }, y: { item: hs:1102 } }",
        );
    }

    #[test]
    fn a_need_may_ask_for_any() {
        silent("needs: { x: { item: hs:1101, quantity: { at_most: 5 kg }, certificates: [organic] } }");
    }
}
