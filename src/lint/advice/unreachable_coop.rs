//! A coop that partners cannot reach.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// The coop states neither an e-mail address nor a telephone.
    RULE = "CLM1189", "unreachable-coop", Info, Clarity, "11-advice#trust",
    summary: "the coop states neither an e-mail address nor a telephone",
    message: "`coop` does not say how to reach it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let contact = &whole.manifest.coop.contact;
    if contact.email.is_none()
        && contact.phone.is_none()
        && let Some(node) = whole.at(&["coop", "contact"]).or_else(|| whole.at(&["coop"]))
    {
        let help = Text::new("add `contact` with an `email` or a `phone`, and the `office` in which somebody signs");
        found.push(whole.key(&RULE, node).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_coop_can_be_reached() {
        let offer = "with: anyone\noffers: { x: { item: hs:1101, price: 2 EUR/kg } }";
        advises(&RULE, offer);
        advises(&RULE, &format!("  contact: {{ office: Chair }}\n{offer}"));
        no_advice(&RULE, &format!("  contact: {{ phone: +54 11 5555 0000 }}\n{offer}"));
    }
}
