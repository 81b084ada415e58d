//! Words that were nearly right: the key that was meant, the name that would do, an example as it is written.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// The candidate that a word most likely stands for, if any is near.
pub(super) fn closest<'s>(word: &str, candidates: impl Iterator<Item = &'s str>) -> Option<&'s str> {
    let word = plain(word);
    let limit = (word.chars().count() / 3).clamp(1, 3);
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(&word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A key in the way that keys are written: `paymentDays` and `Payment-Days` are `payment_days`.
fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 2);
    let mut after_small = false;
    for c in word.chars() {
        if c.is_uppercase() && after_small {
            out.push('_');
        }
        after_small = c.is_lowercase() || c.is_ascii_digit();
        out.extend(if matches!(c, '-' | ' ') { '_' } else { c }.to_lowercase());
    }
    out
}

/// A name near to what was written: accents and capitals go, the rest becomes hyphens.
pub(super) fn slug(text: &str) -> Option<String> {
    let letters = text.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase);
    let mut out = String::new();
    for c in letters {
        if c.is_ascii_lowercase() || (c.is_ascii_digit() && !out.is_empty()) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let slug = out.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// An example as it is written on one line.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", joined(items.iter().map(written))),
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            format!("{{ {} }}", joined(entries.iter().map(|(key, value)| format!("{key}: {}", written(value)))))
        }
        other => other.to_string(),
    }
}

/// Words one after the other, with commas.
pub(super) fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearness() {
        let keys = ["payment_days", "payment_method", "price", "place", "id"];
        let closest = |word| closest(word, keys.into_iter());
        assert_eq!(closest("paymentDays"), Some("payment_days"));
        assert_eq!(closest("Payment-Days"), Some("payment_days"));
        assert_eq!(closest("pirce"), Some("price"));
        assert_eq!(closest("plaec"), Some("place"));
        assert_eq!(closest("colour"), None);
    }

    #[test]
    fn names_from_what_people_write() {
        assert_eq!(slug("Caja de cartón").as_deref(), Some("caja-de-carton"));
        assert_eq!(slug("kraft_box ").as_deref(), Some("kraft-box"));
        assert_eq!(slug("40x30").as_deref(), Some("x30"));
        assert_eq!(slug("纸箱"), None);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn a_slug_is_a_name(text: String) {
            if let Some(slug) = slug(&text) {
                proptest::prop_assert!(slug.starts_with(|c: char| c.is_ascii_lowercase()));
                proptest::prop_assert!(slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
                proptest::prop_assert_eq!(super::slug(&slug), Some(slug));
            }
        }
    }
}
