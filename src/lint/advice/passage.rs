//! The texts of a manifest as somebody reads them, each looked through once for all rules that ask what is in it.

use crate::diagnostic::Place;
use crate::syntax::NodeId;

/// A text as somebody reads it: a value or a comment.
#[derive(Clone, Copy)]
pub(in crate::lint) struct Passage<'a> {
    /// The value; none of a comment.
    pub(super) node: Option<NodeId>,
    /// Where it stands.
    pub(super) place: Place,
    /// What it says.
    pub(super) text: &'a str,
    /// How many digits are in it.
    pub(super) digits: usize,
    signs: u8,
}

/// What may be in a text, as bits.
const AT_SIGN: u8 = 1;
const PLUS: u8 = 2;
const BEYOND_ASCII: u8 = 4;
const DIGIT: u8 = 8;

/// The bit of each byte.
static BITS: [u8; 256] = {
    let mut bits = [0; 256];
    let mut rest: &mut [u8] = &mut bits;
    let mut byte: u8 = 0;
    while let [first, others @ ..] = rest {
        *first = match byte {
            b'@' => AT_SIGN,
            b'+' => PLUS,
            b'0'..=b'9' => DIGIT,
            128.. => BEYOND_ASCII,
            _ => 0,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    bits
};

impl<'a> Passage<'a> {
    pub(super) fn new(node: Option<NodeId>, place: Place, text: &'a str) -> Self {
        let (mut signs, mut digits) = (0, 0);
        for byte in text.bytes() {
            let bit = BITS.get(usize::from(byte)).copied().unwrap_or(0);
            signs |= bit;
            digits += usize::from(bit == DIGIT);
        }
        Self { node, place, text, digits, signs }
    }

    /// Whether there is an `@` in it.
    pub(super) fn has_at_sign(&self) -> bool {
        self.signs & AT_SIGN != 0
    }

    /// Whether there is a `+` in it.
    pub(super) fn has_plus(&self) -> bool {
        self.signs & PLUS != 0
    }

    /// Whether there are only characters of ASCII in it.
    pub(super) fn is_ascii(&self) -> bool {
        self.signs & BEYOND_ASCII == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources, Span};

    #[test]
    fn what_is_in_a_text_is_seen_at_once() {
        let place = Place::new(Sources::new().add(Source::new("x", "")), Span::at(0));
        let seen = |text| {
            let passage = Passage::new(None, place, text);
            (passage.has_at_sign(), passage.has_plus(), passage.is_ascii(), passage.digits)
        };
        assert_eq!(seen("a@b.example"), (true, false, true, 0));
        assert_eq!(seen("+54 11 ñ"), (false, true, false, 4));
        assert_eq!(seen(""), (false, false, true, 0));
    }
}
