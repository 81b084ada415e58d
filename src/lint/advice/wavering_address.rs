//! An address that others will write otherwise.

use super::Whole;
use super::words::host;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// An address that names somebody ends with a slash or has capitals in its host.
    RULE = "CLM1186", "wavering-address", Info, Meaning, "11-advice#trust",
    summary: "an address that names somebody has a second form",
    message: "`{address}` is easily written as `{plain}`, which would name somebody else",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let addresses = whole.document.scalars().filter(|(_, text)| text.starts_with("https://"));
    for (node, address) in addresses.filter(|(_, text)| is_wavering(text)) {
        if matches!(whole.document.key_of(node), Some("id" | "member_of")) {
            let plain = plain(address);
            let help = Text::new("write `{plain}`, if whoever bears it does: names count to the letter").with("plain", &plain);
            let finding = whole.value(&RULE, node).with("address", address).with("plain", &plain).help(help);
            let place = finding.place;
            found.push(finding.fix(place, plain, false));
        }
    }
}

fn is_wavering(address: &str) -> bool {
    address.ends_with('/') || host(address).is_some_and(|(host, _)| host.bytes().any(|b| b.is_ascii_uppercase()))
}

/// The address with its host in small letters and without a slash at its end.
fn plain(address: &str) -> String {
    let (host, behind) = host(address).unwrap_or_default();
    format!("https://{}{}", host.to_lowercase(), behind.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::{RULE, plain};
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn an_address_has_one_form() {
        let coop = |federation: &str| format!("  member_of: [{federation}]\nwith: a\npartners: {{ a: {{ practice: equal_vote }} }}\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}");
        advises(&RULE, &coop("https://f.example/"));
        advises(&RULE, &coop("https://F.example"));
        no_advice(&RULE, &coop("https://f.example/Coops"));
        advises(&RULE, "partners: { a: { id: https://b.example/coop/ } }\nwith: a\noffers: { x: { item: hs:1101, price: 2 EUR/kg } }");
        no_advice(&RULE, "with: anyone\noperations: { order: { formats: [csv], endpoint: https://a.example/orders/ } }");
        assert_eq!(plain("https://F.example/Coops/"), "https://f.example/Coops");
    }
}
