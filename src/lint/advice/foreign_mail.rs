//! A mailbox elsewhere than the coop.

use super::Whole;
use super::malformed_mail::is_mail;
use super::words::host;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// The e-mail address is of another domain than the id.
    RULE = "CLM1187", "foreign-mail", Info, Safety, "11-advice#trust",
    summary: "the e-mail address is of another domain than the id",
    message: "`{email}` is not of `{host}`, by which partners know the coop",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let Some(email) = &whole.manifest.coop.contact.email else { return };
    let Some((host, _)) = host(&whole.manifest.coop.id.value) else { return };
    let Some((_, domain)) = email.rsplit_once('@').filter(|_| is_mail(email)) else { return };
    if !are_of_one(&domain.to_lowercase(), &host.to_lowercase())
        && let Some(node) = whole.at(&["coop", "contact", "email"])
    {
        let help = Text::new("give one of the coop's own domain, so that partners can tell it from a stranger's");
        found.push(whole.value(&RULE, node).with("email", email).with("host", host).help(help));
    }
}

/// Whether two hosts are one, or one is below the other; a `www.` before either does not count.
fn are_of_one(one: &str, other: &str) -> bool {
    let below = |inner: &str, outer: &str| {
        inner == outer || inner.strip_suffix(outer).is_some_and(|before| before.ends_with('.'))
    };
    let bare = |host: &'_ str| -> String { host.strip_prefix("www.").unwrap_or(host).to_owned() };
    below(&bare(one), &bare(other)) || below(&bare(other), &bare(one))
}

#[cfg(test)]
mod tests {
    use super::{RULE, are_of_one};
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_mailbox_is_at_home() {
        let coop = |email: &str| format!("  contact: {{ email: {email} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}");
        ["trade@b.example", "a.example@mail.example", "trade@aa.example"].iter().for_each(|email| advises(&RULE, &coop(email)));
        ["trade@a.example", "trade@mail.a.example", "Trade@A.Example", "nobody"].iter().for_each(|email| no_advice(&RULE, &coop(email)));
        assert!(are_of_one("a.example", "www.a.example"));
    }
}
