//! An address with a name and a password in it.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// An address holds the login of somebody.
    RULE = "CLM1196", "login-in-address", Warning, Safety, "11-advice#trust",
    summary: "an address holds a name and a password",
    message: "the address of `{host}` holds a name and a password, and every reader of the file has them",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for passage in whole.passages().iter().filter(|passage| passage.has_at_sign()) {
        if let Some(host) = host_behind_login(passage.text) {
            let help = Text::new("write the address without them, have the password changed, and give the new one to whom it is for");
            found.push(whole.told(&RULE, passage).with("host", host).help(help));
        }
    }
}

/// The host of an address before which a name and a password stand.
fn host_behind_login(text: &str) -> Option<&str> {
    text.match_indices("://").find_map(|(at, sign)| {
        let rest = text.get(at + sign.len()..)?;
        let authority = rest.split(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#')).next()?;
        let (login, host) = authority.rsplit_once('@')?;
        login.split_once(':').filter(|(name, word)| !name.is_empty() && !word.is_empty()).map(|_| host)
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn an_address_is_not_a_key() {
        let offer = |comment: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }} # {comment}");
        advises(&RULE, &offer("see ftp://mill:flour@a.example/prices"));
        ["see https://a.example/prices", "https://a.example:8443/@mill", "ssh://mill@a.example"].iter().for_each(|text| no_advice(&RULE, &offer(text)));
    }
}
