//! Words of a manifest as rules look for them: what is counted in, and what names a host.

use super::Whole;
use crate::syntax::{Kind, NodeId};

/// The words in which a text counts something: `box` in `500 box`, `820 ARS/box` and `120 EUR/1000 box`.
pub(super) fn counts_in(text: &str) -> impl Iterator<Item = &str> {
    let mut before = "";
    let parts = text.bytes().any(|b| b.is_ascii_digit()).then(|| text.split_inclusive([' ', '/']));
    parts.into_iter().flatten().filter_map(move |part| {
        let before = std::mem::replace(&mut before, part);
        (before.ends_with('/') || is_number(before.trim_end())).then(|| part.trim_end_matches([' ', '/']))
    })
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && word.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-')
}

/// The names and nodes of a mapping.
pub(super) fn entries<'a>(whole: &Whole<'a>, node: NodeId) -> impl Iterator<Item = (&'a str, NodeId)> + use<'a> {
    let entries = match whole.document.kind(node) {
        Kind::Mapping(entries) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().map(|entry| (entry.key.as_str(), entry.value))
}

/// The host of an `https` or `did:web` address, as it is written, and what stands behind it.
pub(super) fn host(address: &str) -> Option<(&str, &str)> {
    let (rest, ends): (&str, &[char]) = match address.strip_prefix("did:web:") {
        Some(rest) => (rest, &[':', '%', '#', '?']),
        None => (address.strip_prefix("https://")?, &['/', ':', '#', '?']),
    };
    let end = rest.find(ends).unwrap_or(rest.len());
    Some(rest.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::{counts_in, host, is_number};

    #[test]
    fn an_address_has_a_host() {
        assert_eq!(host("https://a.example/x#y"), Some(("a.example", "/x#y")));
        assert_eq!(host("did:web:a.example:coops:b"), Some(("a.example", ":coops:b")));
        assert_eq!(host("did:web:a.example"), Some(("a.example", "")));
        assert_eq!(host("a.example"), None);
    }

    #[test]
    fn what_is_counted_stands_behind_a_number_or_a_stroke() {
        let words = |text: &'static str| counts_in(text).collect::<Vec<_>>();
        assert_eq!((words("500 box"), words("820 ARS/box")), (vec!["box"], vec!["ARS", "box"]));
        assert_eq!(words("120 EUR/1000 box"), ["EUR", "1000", "box"]);
        assert!(words("box").is_empty() && words("a box/b").is_empty());
    }

    #[test]
    fn a_number_is_what_a_unit_stands_behind() {
        assert!(is_number("500") && is_number("0.5") && is_number("-2"));
        assert!(!is_number("t85") && !is_number("") && !is_number("2x"));
    }
}
