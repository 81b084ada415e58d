//! The identity of an agreement: the digest of its canonical JSON.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Agreement, sorted};

/// The agreement could not be put into canonical JSON; the text says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestError(pub String);

/// `sha256:` and the hex digits of the SHA-256 of the RFC 8785 form of all but `digest` and `provenance`.
///
/// # Errors
/// If the agreement holds something that JSON cannot; values read or negotiated never do.
pub fn digest_of(agreement: &Agreement) -> Result<String, DigestError> {
    let bytes = canonical(agreement, &["digest", "provenance"]).map_err(|e| DigestError(e.to_string()))?;
    Ok(Sha256::digest(bytes).iter().fold(String::from("sha256:"), |out, byte| out + &format!("{byte:02x}")))
}

/// The RFC 8785 form without the named fields. The names of an agreement's fields are ASCII and its numbers counts, so sorting
/// the fields is all that plain JSON lacks of it; what a hand put in that is neither goes the long way, which takes several
/// times as long.
fn canonical(value: &impl Serialize, left_out: &[&str]) -> serde_json::Result<Vec<u8>> {
    if let Some(text) = sorted::text(value, left_out)? {
        return Ok(text);
    }
    let mut value = serde_json::to_value(value)?;
    if let Some(object) = value.as_object_mut() {
        left_out.iter().for_each(|name| drop(object.remove(*name)));
    }
    serde_json_canonicalizer::to_vec(&value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use serde_json::Value;

    use super::super::{Party, Provenance};
    use super::*;
    use crate::agreement::sorted::EXACT;

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
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_is_sorted_is_what_the_standard_asks(value in json()) {
            prop_assert_eq!(canonical(&value, &[]).unwrap(), serde_json_canonicalizer::to_vec(&value).unwrap());
        }
    }

    /// Values with all that is written in a way of its own: control characters, quotes, names beyond ASCII, large numbers. Most
    /// names are plain, as those of agreements are.
    fn json() -> impl Strategy<Value = Value> {
        let text = "[a-c\u{0}-\u{1f}\"\\\\/\u{7f}\u{80}\u{2028}\u{e000}\u{1f600}]{0,4}";
        let number = prop_oneof![0..9_u64, EXACT - 1..EXACT + 4, any::<u64>()];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            number.prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            (-9.0_f64..9.0).prop_map(Value::from),
            text.prop_map(Value::from)
        ];
        let leaf = prop_oneof![1 => leaf, 4 => "[a-z]{0,3}".prop_map(Value::from)];
        let name = prop_oneof![9 => "[a-c_ !~]{0,3}", 1 => text];
        leaf.prop_recursive(3, 24, 5, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec((name.clone(), inner), 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }
}
