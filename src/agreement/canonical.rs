//! The identity of an agreement: the digest of its canonical JSON.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Agreement;

/// The agreement could not be put into canonical JSON; the text says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestError(pub String);

/// `sha256:` and the hex digits of the SHA-256 of the RFC 8785 form of all but `digest` and `provenance`.
///
/// # Errors
/// If the agreement holds something that JSON cannot; values read or negotiated never do.
pub fn digest_of(agreement: &Agreement) -> Result<String, DigestError> {
    let mut value = serde_json::to_value(agreement).map_err(|e| DigestError(e.to_string()))?;
    if let Some(object) = value.as_object_mut() {
        object.remove("digest");
        object.remove("provenance");
    }
    let bytes = canonical(value).map_err(|e| DigestError(e.to_string()))?;
    Ok(Sha256::digest(bytes).iter().fold(String::from("sha256:"), |out, byte| out + &format!("{byte:02x}")))
}

/// Whole numbers up to which every one has a double of its own, so that RFC 8785 writes it as it is.
const EXACT: u64 = 1 << 53;

/// The RFC 8785 form. The names of an agreement's fields are ASCII and its numbers counts, so sorting the fields is all that
/// plain JSON lacks of it; what a hand put in that is neither goes the long way, which takes several times as long.
fn canonical(mut value: Value) -> serde_json::Result<Vec<u8>> {
    if !is_plain(&value) {
        return serde_json_canonicalizer::to_vec(&value);
    }
    value.sort_all_objects();
    serde_json::to_vec(&value)
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => true,
        Value::Number(number) => number.as_u64().is_some_and(|number| number <= EXACT),
        Value::Array(items) => items.iter().all(is_plain),
        Value::Object(fields) => fields.iter().all(|(name, value)| name.is_ascii() && is_plain(value)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Party, Provenance};
    use super::*;

    #[test]
    fn provenance_and_the_digest_itself_are_outside_the_identity() {
        let bare = Agreement { parties: vec![Party::default()], ..Agreement::default() };
        let digest = digest_of(&bare).unwrap();
        let dressed = Agreement { digest: digest.clone(), provenance: vec![Provenance::default()], ..bare.clone() };
        assert_eq!(digest_of(&dressed), Ok(digest.clone()));
        let other = Agreement { starts: Some("2026-12-01".into()), ..bare };
        assert_ne!(digest_of(&other), Ok(digest));
    }

    proptest! {
        #[test]
        fn what_is_sorted_is_what_the_standard_asks(value in json()) {
            prop_assert_eq!(canonical(value.clone()).unwrap(), serde_json_canonicalizer::to_vec(&value).unwrap());
        }
    }

    /// Values with all that is written in a way of its own: control characters, quotes, names beyond ASCII, large numbers.
    fn json() -> impl Strategy<Value = Value> {
        let text = "[a-c\u{0}-\u{1f}\"\\\\/\u{7f}\u{80}\u{2028}\u{e000}\u{1f600}]{0,4}";
        let number = prop_oneof![0..9_u64, EXACT - 1..EXACT + 4, any::<u64>()];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            number.prop_map(Value::from),
            text.prop_map(Value::from)
        ];
        leaf.prop_recursive(3, 16, 4, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec((text, inner), 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }
}
