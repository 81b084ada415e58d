//! Bytes to text.

use super::rules::{BINARY, NOT_UTF8, TOO_LARGE};
use crate::diagnostic::{Rule, Text};

/// Most bytes of a document.
pub const MOST_BYTES: usize = 1 << 20;

/// How many bytes are looked at to tell a picture from a text.
const SAMPLE: usize = 1024;

/// Why bytes are no text of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// Which rule was broken.
    pub rule: &'static Rule,
    /// The text up to where it ceases to be one, where there is some.
    pub before: String,
    /// The way out, where it is not the rule's own.
    pub help: Option<Text>,
}

/// The text of a file: UTF-8 of at most so many bytes, [`MOST_BYTES`] for a document; a byte-order mark is dropped.
///
/// # Errors
/// If the file is too large, or no text in UTF-8.
pub fn decode(bytes: Vec<u8>, most: usize) -> Result<String, DecodeError> {
    let error = |rule| DecodeError { rule, before: String::new(), help: None };
    if bytes.len() > most {
        return Err(error(&TOO_LARGE));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(DecodeError { help: Some(Text::new("it is in UTF-16: save it as UTF-8")), ..error(&NOT_UTF8) });
    }
    if bytes.iter().take(SAMPLE).any(|byte| *byte == 0) {
        return Err(error(&BINARY));
    }
    let plain = |text: &str| text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
    match String::from_utf8(bytes) {
        Ok(text) if !text.starts_with('\u{feff}') => Ok(text),
        Ok(text) => Ok(plain(&text)),
        Err(wrong) => {
            let valid = wrong.as_bytes().get(..wrong.utf8_error().valid_up_to()).unwrap_or_default();
            Err(DecodeError { before: plain(&String::from_utf8_lossy(valid)), ..error(&NOT_UTF8) })
        }
    }
}

/// The byte-order mark.
const MARK: &str = "\u{feff}";

/// A text that takes the place of some bytes, with the byte-order mark that they begin with, if they do.
pub fn marked_as(bytes: &[u8], text: &str) -> String {
    let mark = if bytes.starts_with(MARK.as_bytes()) { MARK } else { "" };
    format!("{mark}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_what_is_none() {
        let code = |bytes: &[u8]| decode(bytes.to_vec(), MOST_BYTES).map_err(|error| error.rule.name);
        assert_eq!(code("\u{feff}clm: 1".as_bytes()), Ok("clm: 1".to_owned()));
        assert_eq!(code(b"caf\xe9"), Err("not-utf8"));
        assert_eq!(
            decode(b"\xef\xbb\xbfcaf\xe9 1".to_vec(), MOST_BYTES).map_err(|error| error.before),
            Err("caf".to_owned())
        );
        assert_eq!(code(&[0xff, 0xfe, 0x63, 0]), Err("not-utf8"));
        assert_eq!(code(b"\x89PNG\0\0"), Err("binary"));
        assert_eq!(code(&vec![b'a'; MOST_BYTES + 1]), Err("too-large"));
    }
}
