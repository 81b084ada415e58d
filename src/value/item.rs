//! Codes of what is traded.
//!
//! A code is canonical: the same article has one form, whichever way it was written, so that two manifests that name it
//! alike are seen to do so. Whether a code is in use is not known here; what its digits prove is.

use std::fmt;

use smol_str::{SmolStr, format_smolstr};

use super::error::{Form, ValueError, ValueErrorKind as Kind};
use super::scan::{Scan, read};

/// From which catalogue a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// Common Procurement Vocabulary of the European Union.
    Cpv,
    /// United Nations Standard Products and Services Code.
    Unspsc,
    /// Harmonized System of customs and its national branches.
    Hs,
    /// Global Trade Item Number of GS1.
    Gtin,
    /// An item of Wikidata.
    Wikidata,
    /// The coop's own article number.
    Sku,
    /// A URI that names the thing itself.
    Uri,
}

impl Scheme {
    const PREFIXED: [Self; 6] = [Self::Cpv, Self::Unspsc, Self::Hs, Self::Gtin, Self::Wikidata, Self::Sku];

    /// The word before the colon; empty for URIs.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Cpv => "cpv",
            Self::Unspsc => "unspsc",
            Self::Hs => "hs",
            Self::Gtin => "gtin",
            Self::Wikidata => "wikidata",
            Self::Sku => "sku",
            Self::Uri => "",
        }
    }
}

/// A code of what is traded: `cpv:44617100`, `https://a.example/things#box`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemCode {
    scheme: Scheme,
    code: SmolStr,
}

impl ItemCode {
    /// Reads `scheme:code`, or an `https` or `did:web` URI.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::Item, text, Scan::item)
    }

    /// From which catalogue it is.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The code alone, without its scheme; a URI whole.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Whether a code stands for part of what another does, or for the same: `hs:470710` for part of `hs:4707`. Only
    /// classifications whose codes get longer as they get finer tell so much.
    pub fn is_part_of(&self, whole: &Self) -> bool {
        let common = match whole.scheme {
            Scheme::Hs => whole.code(),
            // Zeros fill up what is said: by pairs of digits in one, digit by digit behind the first two in the other.
            Scheme::Unspsc => {
                let mut said = whole.code();
                while let Some(shorter) = said.strip_suffix("00") {
                    said = shorter;
                }
                said
            }
            Scheme::Cpv => whole
                .code
                .get(..2 + whole.code.get(2..).unwrap_or_default().trim_end_matches('0').len())
                .unwrap_or_default(),
            _ => return self == whole,
        };
        self.scheme == whole.scheme && !common.is_empty() && self.code.starts_with(common)
    }

    /// The code as others write it: the coop's own numbers become URIs under its id, everything else stays.
    #[must_use]
    pub fn resolve(&self, coop_id: &str) -> Self {
        match self.scheme {
            Scheme::Sku => Self { scheme: Scheme::Uri, code: format_smolstr!("{coop_id}#{}", self.code) },
            _ => self.clone(),
        }
    }
}

impl fmt::Display for ItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scheme {
            Scheme::Uri => f.write_str(&self.code),
            scheme => write!(f, "{}:{}", scheme.prefix(), self.code),
        }
    }
}

impl Scan<'_> {
    fn item(&mut self) -> Option<ItemCode> {
        let start = self.at();
        let text = self.rest().trim_end();
        if let Some(code) = self.uri(text) {
            return Some(ItemCode { scheme: Scheme::Uri, code: code.into() });
        }
        let Some((prefix, _)) = text.split_once(':') else {
            self.fail(Kind::MissingScheme, start..start + text.len());
            return None;
        };
        let prefix = self.take(prefix.len());
        let prefix_at = start..self.at();
        self.take(1);
        let scheme = Scheme::PREFIXED.into_iter().find(|scheme| scheme.prefix().eq_ignore_ascii_case(prefix.trim()));
        let Some(scheme) = scheme else {
            self.fail(Kind::UnknownScheme, prefix_at);
            return None;
        };
        if prefix != scheme.prefix() {
            self.mend(Kind::UnknownScheme, prefix_at);
        }
        if self.skip_spaces() > 0 {
            self.mend(Kind::Spacing, start..self.at());
        }
        let code = self.item_code(scheme)?;
        Some(ItemCode { scheme, code: code.into() })
    }

    /// A URI, taken whole where the text is one.
    fn uri(&mut self, text: &str) -> Option<String> {
        let start = self.at();
        let secure = if text.starts_with("http://") { text.replacen("http:", "https:", 1) } else { text.to_owned() };
        let name = secure.strip_prefix("https://").or_else(|| secure.strip_prefix("did:web:"))?;
        self.take(text.len());
        if secure != text {
            self.mend(Kind::InsecureUri, start..start + 5);
        }
        if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) || !name.bytes().all(is_uri_byte) {
            self.fail(Kind::ItemShape, start..self.at());
        }
        Some(secure)
    }

    fn item_code(&mut self, scheme: Scheme) -> Option<String> {
        let start = self.at();
        let written = self.take(self.rest().trim_end().len());
        let at = start..self.at();
        let found = match scheme {
            Scheme::Cpv => self.cpv(written, start),
            Scheme::Gtin => self.gtin(written, start),
            Scheme::Unspsc => self.digits(written, &at).filter(|code| code.len() == 8),
            Scheme::Hs => self.digits(written, &at).filter(|code| matches!(code.len(), 2 | 4 | 6..=10)),
            Scheme::Wikidata => self.wikidata(written, &at),
            Scheme::Sku | Scheme::Uri => is_sku(written).then(|| written.to_owned()),
        };
        if found.is_none() {
            self.fail(Kind::ItemShape, at);
        }
        found
    }

    /// Digits; points, commas and spaces between them are understood.
    fn digits(&mut self, written: &str, at: &std::ops::Range<usize>) -> Option<String> {
        let digits: String = written.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '-')).collect();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if digits.len() != written.len() {
            self.mend(Kind::ItemShape, at.clone());
        }
        Some(digits)
    }

    fn wikidata(&mut self, written: &str, at: &std::ops::Range<usize>) -> Option<String> {
        let number = written.strip_prefix(['Q', 'q'])?;
        if number.is_empty() || number.starts_with('0') || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if written.starts_with('q') {
            self.mend(Kind::ItemShape, at.clone());
        }
        Some(format!("Q{number}"))
    }

    /// Eight digits, maybe `-` and a check digit, which is not kept.
    fn cpv(&mut self, written: &str, start: usize) -> Option<String> {
        let (code, check) = written.split_once('-').map_or((written, None), |(code, check)| (code, Some(check)));
        if code.len() != 8 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if let Some(check) = check {
            self.check_digit(weighted(code.bytes(), &[3, 7, 1]) % 10, check, start + code.len() + 1)?;
        }
        Some(code.to_owned())
    }

    /// 8, 12, 13 or 14 digits of which the last proves the others; kept without the zeros that only pad it.
    fn gtin(&mut self, written: &str, start: usize) -> Option<String> {
        let code = self.digits(written, &(start..start + written.len()))?;
        if !matches!(code.len(), 8 | 12 | 13 | 14) {
            return None;
        }
        let (body, check) = code.split_at_checked(code.len() - 1)?;
        let sum = weighted(body.bytes().rev(), &[3, 1]);
        self.check_digit((10 - sum % 10) % 10, check, start + written.len() - 1)?;
        Some(match code.trim_start_matches('0') {
            short if short.len() <= 8 => format!("{short:0>8}"),
            short if short.len() <= 13 => format!("{short:0>13}"),
            _ => code,
        })
    }

    fn check_digit(&mut self, right: u32, written: &str, start: usize) -> Option<()> {
        let right = char::from_digit(right, 10)?;
        if written.chars().ne([right]) {
            // A wrong check digit means that some digit is wrong, most likely another one.
            self.fail(Kind::CheckDigit(right), start..start + written.len());
        }
        Some(())
    }
}

/// The sum of digits times weights, which repeat.
fn weighted(digits: impl Iterator<Item = u8>, weights: &[u32]) -> u32 {
    digits.zip(weights.iter().cycle()).map(|(digit, weight)| u32::from(digit.saturating_sub(b'0')) * weight).sum()
}

fn is_sku(code: &str) -> bool {
    code.starts_with(|c: char| c.is_ascii_alphanumeric())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b'/'))
}

/// What RFC 3986 allows in a URI.
fn is_uri_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b)
}
