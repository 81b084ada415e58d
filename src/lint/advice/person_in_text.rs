//! A person's address or number where nobody looks for it.

use super::Whole;
use super::malformed_mail::is_mail;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A text or a comment holds an e-mail address or a telephone number.
    RULE = "CLM1194", "person-in-text", Info, Safety, "11-advice#trust",
    summary: "a text or a comment holds an e-mail address or a telephone number",
    message: "`{found}` stands in a text, where it stays long after it has changed",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let coop = &whole.manifest.coop;
    let contact = whole.at(&["coop", "contact"]);
    for passage in whole.passages().iter().filter(|passage| passage.has_at_sign() || passage.has_plus()) {
        let is_contact = passage.node.is_some_and(|node| whole.is_in(node, contact));
        let is_address = passage.text.starts_with("https://") || passage.text.starts_with("did:");
        if is_contact || is_address {
            continue;
        }
        let mail = mail(passage.text).filter(|mail| coop.contact.email.as_deref() != Some(mail));
        let Some(person) = mail.or_else(|| phone(passage.text)) else { continue };
        let help = Text::new("write it under `coop.contact` if partners need it, and take it out here");
        found.push(whole.told(&RULE, passage).with("found", person).help(help));
    }
}

fn mail(text: &str) -> Option<&str> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | ':'));
    words.map(|word| word.trim_matches('.')).find(|word| is_mail(word) && !word.contains('/'))
}

/// A number with the code of a country: a plus sign, and at least eight digits in groups.
fn phone(text: &str) -> Option<&str> {
    text.match_indices('+').find_map(|(at, _)| {
        let number = text.get(at + 1..)?;
        let end = number.find(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')'))).unwrap_or(number.len());
        let digits = number.get(..end)?.bytes().filter(u8::is_ascii_digit).count();
        let whole = text.get(at..at + 1 + end)?.trim_end();
        (number.starts_with(|c: char| c.is_ascii_digit()) && (8..=15).contains(&digits)).then_some(whole)
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn persons_are_named_where_partners_look() {
        let offer = |comment: &str| format!("  contact: {{ email: trade@a.example, phone: +54 11 5555 0000 }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }} # {comment}");
        for text in ["ask chair@b.example.", "call +54 11 5555-0001", "<miller@mill.example>"] {
            advises(&RULE, &offer(text));
        }
        for text in ["trade@a.example", "10 kg @ 2 EUR", "flour + bran", "+5 %", "user@host"] {
            no_advice(&RULE, &offer(text));
        }
    }
}
