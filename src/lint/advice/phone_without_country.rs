//! A telephone number that is known at home only.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A telephone number has no country code.
    RULE = "CLM1198", "phone-without-country", Info, Clarity, "11-advice#trust",
    summary: "a telephone number has no country code",
    message: "`{phone}` does not begin with the code of a country",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let Some(phone) = whole.manifest.coop.contact.phone.as_ref().filter(|phone| !is_whole(phone)) else { return };
    if let Some(node) = whole.at(&["coop", "contact", "phone"]) {
        let help = Text::new("write it as it is dialled from abroad, beginning with `+`");
        found.push(whole.value(&RULE, node).with("phone", phone).help(help));
    }
}

fn is_whole(phone: &str) -> bool {
    phone.starts_with('+') || phone.starts_with("00")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_number_is_known_abroad() {
        let coop = |phone: &str| format!("  contact: {{ phone: {phone} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}");
        advises(&RULE, &coop("011 5555 0000"));
        ["+54 11 5555 0000", "0054 11 5555 0000"].iter().for_each(|phone| no_advice(&RULE, &coop(phone)));
    }
}
