//! A coop of which nobody knows who signs.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// `contact` names neither a signatory nor an office.
    RULE = "CLM1188", "nobody-signs", Info, Clarity, "11-advice#trust",
    summary: "who signs for the coop is not said",
    message: "`contact` does not say who signs for the coop",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let contact = &whole.manifest.coop.contact;
    // Who cannot be reached at all is told so, with what else a contact says.
    if contact.email.is_none() && contact.phone.is_none() {
        return;
    }
    if contact.signatory.is_none()
        && contact.office.is_none()
        && let Some(node) = whole.at(&["coop", "contact"])
    {
        let help = Text::new("add `office`, or `signatory` with the name of who signs; else a contract leaves the line empty");
        found.push(whole.key(&RULE, node).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_contract_knows_who_signs() {
        let coop = |contact: &str| format!("  contact: {{ email: trade@a.example{contact} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}");
        advises(&RULE, &coop(""));
        no_advice(&RULE, &coop(", office: Chair"));
        no_advice(&RULE, &coop(", signatory: The chair"));
        no_advice(&RULE, "  contact: {}\nwith: anyone\noffers: { x: { item: hs:1101, price: 2 EUR/kg } }");
    }
}
