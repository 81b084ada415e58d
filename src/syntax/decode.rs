//! Bytes to text.

use super::rules::{BINARY, NOT_UTF8, TOO_LARGE};
use crate::diagnostic::Rule;

/// Most bytes of a document.
pub const MOST_BYTES: usize = 1 << 20;

/// How many bytes are looked at to tell a picture from a text.
const SAMPLE: usize = 1024;

/// Why bytes are no text of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// Which rule was broken.
    pub rule: &'static Rule,
    /// At which byte.
    pub offset: usize,
    /// The way out.
    pub help: &'static str,
}

/// The text of a file: UTF-8 of at most [`MOST_BYTES`]; a byte-order mark is dropped.
///
/// # Errors
/// If the file is too large, or no text in UTF-8.
pub fn decode(bytes: Vec<u8>) -> Result<String, DecodeError> {
    let error = |rule, offset| Err(DecodeError { rule, offset, help: super::rules::way_out(rule) });
    if bytes.len() > MOST_BYTES {
        return error(&TOO_LARGE, MOST_BYTES);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return error(&NOT_UTF8, 0);
    }
    if let Some(at) = bytes.iter().take(SAMPLE).position(|byte| *byte == 0) {
        return error(&BINARY, at);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(wrong) => error(&NOT_UTF8, wrong.utf8_error().valid_up_to()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_what_is_none() {
        let code = |bytes: &[u8]| decode(bytes.to_vec()).map_err(|error| error.rule.name);
        assert_eq!(code("\u{feff}clm: 1".as_bytes()), Ok("clm: 1".to_owned()));
        assert_eq!(code(b"caf\xe9"), Err("not-utf8"));
        assert_eq!(code(&[0xff, 0xfe, 0x63, 0]), Err("not-utf8"));
        assert_eq!(code(b"\x89PNG\0\0"), Err("binary"));
        assert_eq!(code(&vec![b'a'; MOST_BYTES + 1]), Err("too-large"));
    }
}
