//! An e-mail address that is none.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// What stands under `email` is no e-mail address.
    RULE = "CLM1197", "malformed-mail", Warning, Clarity, "11-advice#trust",
    summary: "what stands under `email` is no e-mail address",
    message: "`{email}` is no e-mail address",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let Some(email) = whole.manifest.coop.contact.email.as_ref().filter(|email| !is_mail(email)) else { return };
    if let Some(node) = whole.at(&["coop", "contact", "email"]) {
        let help = Text::new("write it as `name@domain`, without anything around it");
        found.push(whole.value(&RULE, node).with("email", email).help(help));
    }
}

/// Whether a text has the form of an e-mail address: something, `@`, and a host with a point in it.
pub(super) fn is_mail(text: &str) -> bool {
    let is_host = |host: &str| {
        host.split('.').count() > 1
            && host.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'))
    };
    let is_name = |name: &str| !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || matches!(c, '@' | '<' | ':'));
    text.rsplit_once('@').is_some_and(|(name, host)| is_name(name) && is_host(host))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn an_address_can_be_written_to() {
        let coop = |email: &str| format!("  contact: {{ email: \"{email}\" }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}");
        ["trade a.example", "trade@example", "Mill <trade@a.example>", "trade@a..example", "@a.example", "mailto:trade@a.example"].iter().for_each(|email| advises(&RULE, &coop(email)));
        ["trade@a.example", "trade+flour@mail.a.example", "señal@á.example"].iter().for_each(|email| no_advice(&RULE, &coop(email)));
    }
}
