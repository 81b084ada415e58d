//! A password or a key in the file.

use memchr::memmem;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A text or a comment holds what looks like a password or a key to a system.
    RULE = "CLM1195", "secret-in-text", Warning, Safety, "11-advice#trust",
    summary: "a text or a comment holds what looks like a password or a key",
    message: "what follows `{word}` looks like a password or a key, and every reader of the file has it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    if !may_hold_one(whole.source.text()) {
        return;
    }
    for passage in whole.passages().iter().filter(|passage| passage.text.len() >= SHORTEST) {
        let key = || passage.node.and_then(|node| whole.document.key_of(node));
        let of_key = Some(passage.text).filter(|text| looks_secret(text)).and_then(|_| word_of(key()?));
        if let Some(word) = of_key.or_else(|| word_in(passage.text)).or_else(|| prefix_in(passage.text)) {
            let help = Text::new("take it out and have it changed: what was published once is known");
            found.push(whole.told(&RULE, passage).with("word", word).help(help));
        }
    }
}

/// Words behind which a secret stands, in small letters.
const WORDS: [&str; 11] =
    ["password", "passwd", "contraseña", "clave", "api_key", "api-key", "apikey", "access_token", "auth_token", "token", "secret"];

/// How tokens of widely used services begin.
const PREFIXES: [&str; 9] =
    ["ghp_", "github_pat_", "glpat-", "sk_live_", "sk_test_", "xoxb-", "xoxp-", "AKIA", "AIza"];

/// What stands over a key that is kept in a file.
const PRIVATE: &str = "PRIVATE KEY";

/// Shortest secret that is told from a word, and shortest token behind its prefix.
const SHORTEST: usize = 6;
const SHORTEST_TOKEN: usize = 16;

/// Whether a file is worth a closer look: few are.
fn may_hold_one(text: &str) -> bool {
    let holds = |text: &str, part: &str| memmem::find(text.as_bytes(), part.as_bytes()).is_some();
    let small = text.to_ascii_lowercase();
    // Behind a backslash letters may be written as numbers.
    text.contains('\\')
        || STEMS.iter().any(|stem| holds(&small, stem))
        || holds(text, PRIVATE)
        || BEGINNINGS.iter().any(|beginning| holds(text, beginning))
}

/// What all of the words have in them.
const STEMS: [&str; 6] = ["passw", "contrase", "clave", "key", "token", "secret"];

/// How the prefixes themselves begin.
const BEGINNINGS: [&str; 7] = ["ghp_", "github_pat_", "glpat-", "sk_", "xox", "AKIA", "AIza"];

/// The word for a secret that a key holds.
fn word_of(key: &str) -> Option<&'static str> {
    WORDS.iter().copied().find(|word| key.split_once(word).is_some_and(|(before, _)| *word != "clave" || !before.ends_with(char::is_alphabetic)))
}

/// The word for a secret behind which one stands.
fn word_in(text: &str) -> Option<&'static str> {
    if !text.contains([':', '=']) {
        return None;
    }
    let small = text.to_lowercase();
    WORDS.iter().copied().find(|word| {
        small.match_indices(word).any(|(at, _)| {
            let before = small.get(..at).unwrap_or_default();
            // An enclave and an autoclave are no keys.
            if *word == "clave" && before.ends_with(char::is_alphabetic) {
                return false;
            }
            let behind = small.get(at + word.len()..).unwrap_or_default().trim_start();
            let secret = behind.strip_prefix([':', '=']).map(str::trim_start).unwrap_or_default();
            looks_secret(secret.split([' ', '&', ',', ';']).next().unwrap_or_default().trim_matches(['\'', '"', '`']))
        })
    })
}

/// The beginning by which a secret is known.
fn prefix_in(text: &str) -> Option<&'static str> {
    if text.len() < SHORTEST_TOKEN {
        return None;
    }
    if text.contains(PRIVATE) {
        return Some(PRIVATE);
    }
    PREFIXES.iter().copied().find(|prefix| {
        text.match_indices(prefix).any(|(at, _)| {
            let behind = text.get(at + prefix.len()..).unwrap_or_default();
            let token = behind.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
            token.count() >= SHORTEST_TOKEN
        })
    })
}

/// Whether a word is one that nobody says: letters and digits in one.
fn looks_secret(word: &str) -> bool {
    let has = |which: fn(&char) -> bool| word.chars().any(|c| which(&c));
    word.len() >= SHORTEST && !word.contains([' ', '{', '<']) && has(char::is_ascii_digit) && has(|c| c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn no_word_is_without_its_stem() {
        assert!(super::WORDS.iter().all(|word| super::STEMS.iter().any(|stem| word.contains(stem))));
        assert!(super::PREFIXES.iter().all(|prefix| super::BEGINNINGS.iter().any(|stem| prefix.starts_with(stem))));
    }

    #[test]
    fn secrets_are_not_published() {
        let offer = |comment: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }} # {comment}");
        for text in ["password: hunter22", "Contraseña = pan2026", "clave: abc123def456", "https://a.example/orders?token=a8f3e1c7", "key ghp_0123456789abcdefghij"] {
            advises(&RULE, &offer(text));
        }
        for text in ["password: ask us", "a token of thanks: 2 loaves", "token: required", "the secret of bread: time", "autoclave: 121grados", "clave: preguntar", "ghp_short"] {
            no_advice(&RULE, &offer(text));
        }
        advises(&RULE, "with: anyone\noffers: { x: { item: hs:1101, price: 2 EUR/kg, x_api_key: a8f3e1c7 } }");
        advises(&RULE, "with: anyone\noperations: { order: { formats: [csv], endpoint: 'https://a.example/orders?api_key=a8f3e1c7' } }");
    }
}
