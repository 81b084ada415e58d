//! The identity of an agreement: the digest of its canonical JSON.

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
    let bytes = serde_json_canonicalizer::to_vec(&value).map_err(|e| DigestError(e.to_string()))?;
    Ok(Sha256::digest(bytes).iter().fold(String::from("sha256:"), |out, byte| out + &format!("{byte:02x}")))
}

#[cfg(test)]
mod tests {
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
}
