//! Item codes: what an offer is and a need asks for, in a classification both know.

use std::fmt;

use super::error::{ValueError, ValueErrorKind as Kind};

/// `cpv:44617100`, or an https URI.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemCode(String);

/// The classifications that are known by name.
pub(super) const SCHEMES: [&str; 6] = ["cpv", "unspsc", "hs", "gtin", "wikidata", "sku"];

impl ItemCode {
    /// Reads `scheme:code` or an https URI; check digits are verified where they are written, and dropped from CPV codes.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let all = 0..text.len();
        if text.is_empty() {
            return Err(ValueError::new(Kind::Empty, all));
        }
        if let Some(rest) = text.strip_prefix("https://") {
            let fits = rest.contains('.') && !rest.contains(char::is_whitespace);
            return if fits { Ok(Self(text.to_owned())) } else { Err(ValueError::new(Kind::CodeForm, all)) };
        }
        let Some((scheme, code)) = text.split_once(':') else {
            return Err(ValueError::new(Kind::MissingScheme, all));
        };
        let at = scheme.len() + 1;
        if !SCHEMES.contains(&scheme) {
            let error = ValueError::new(Kind::UnknownScheme, 0..scheme.len());
            let lower = scheme.to_lowercase();
            return Err(if SCHEMES.contains(&lower.as_str()) {
                error.suggest(format!("{lower}:{code}"))
            } else {
                error
            });
        }
        let code = check(scheme, code).map_err(|(kind, right)| {
            let error = ValueError::new(kind, at..text.len());
            match right {
                Some(right) => error.suggest(format!("{scheme}:{right}")),
                None => error,
            }
        })?;
        Ok(Self(format!("{scheme}:{code}")))
    }

    /// The code as others write it: `sku:X` of a coop is `<coop id>#X`.
    #[must_use]
    pub fn resolve(&self, coop_id: &str) -> Self {
        self.0.strip_prefix("sku:").map_or_else(|| self.clone(), |code| Self(format!("{coop_id}#{code}")))
    }
}

impl fmt::Display for ItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

type Wrong = (Kind, Option<String>);

/// The code in canonical form, or what is wrong with it and how it would be right.
fn check(scheme: &str, code: &str) -> Result<String, Wrong> {
    let form = || (Kind::CodeForm, None);
    let digits =
        |text: &str, lengths: &[usize]| lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    match scheme {
        "cpv" => {
            let (number, check) = code.split_once('-').map_or((code, None), |(number, check)| (number, Some(check)));
            if !digits(number, &[8]) {
                return Err(form());
            }
            let right = cpv_check_digit(number);
            match check {
                Some(written) if written != right.to_string() => {
                    Err((Kind::CheckDigit, Some(format!("{number}-{right}"))))
                }
                _ => Ok(number.to_owned()),
            }
        }
        "gtin" => {
            if !digits(code, &[8, 12, 13, 14]) {
                return Err(form());
            }
            let (number, _) = code.split_at(code.len() - 1);
            let right = format!("{number}{}", gtin_check_digit(number));
            if right == code { Ok(right) } else { Err((Kind::CheckDigit, Some(right))) }
        }
        "unspsc" if digits(code, &[8]) => Ok(code.to_owned()),
        "hs" => {
            let plain = code.replace('.', "");
            if !digits(&plain, &[2, 4, 6, 8, 10]) {
                return Err(form());
            }
            if plain == code { Ok(plain) } else { Err((Kind::CodeForm, Some(plain))) }
        }
        "wikidata" => {
            let number = code.strip_prefix('Q').unwrap_or_default();
            let fits = !number.is_empty() && !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit());
            if fits { Ok(code.to_owned()) } else { Err(form()) }
        }
        "sku" if !code.is_empty() && !code.contains(|c: char| c.is_whitespace() || c == '#') => Ok(code.to_owned()),
        _ => Err(form()),
    }
}

/// GS1: weights 3 and 1 from the right, up to the next ten.
fn gtin_check_digit(number: &str) -> u32 {
    let weighted =
        number.bytes().rev().zip([3u32, 1].into_iter().cycle()).map(|(b, weight)| u32::from(b - b'0') * weight);
    (10 - weighted.sum::<u32>() % 10) % 10
}

/// The check digit of a CPV code: the digits weighted 3, 7, 1 over and over, modulo ten.
fn cpv_check_digit(number: &str) -> u32 {
    let weighted = number.bytes().zip([3u32, 7, 1].into_iter().cycle()).map(|(b, weight)| u32::from(b - b'0') * weight);
    weighted.sum::<u32>() % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_verified_where_they_are_written() {
        assert_eq!(ItemCode::parse("gtin:4006381333931").unwrap().to_string(), "gtin:4006381333931");
        let wrong = ItemCode::parse("gtin:4006381333932").unwrap_err();
        assert_eq!((wrong.kind, wrong.suggestion.as_deref()), (Kind::CheckDigit, Some("gtin:4006381333931")));
        assert_eq!(ItemCode::parse("cpv:03000000-1").unwrap(), ItemCode::parse("cpv:03000000").unwrap());
        assert_eq!(ItemCode::parse("cpv:03000000-2").unwrap_err().suggestion.as_deref(), Some("cpv:03000000-1"));
    }

    #[test]
    fn forms_and_schemes_are_checked() {
        let kind = |text: &str| ItemCode::parse(text).unwrap_err().kind;
        assert_eq!(kind("flour"), Kind::MissingScheme);
        assert_eq!(kind("ean:123"), Kind::UnknownScheme);
        assert_eq!(kind("hs:480"), Kind::CodeForm);
        assert_eq!(ItemCode::parse("hs:48.04").unwrap_err().suggestion.as_deref(), Some("hs:4804"));
        assert_eq!(ItemCode::parse("CPV:44617100").unwrap_err().suggestion.as_deref(), Some("cpv:44617100"));
    }

    #[test]
    fn our_own_codes_become_uris() {
        let code = ItemCode::parse("sku:box-1").unwrap().resolve("https://a.example");
        assert_eq!(code, ItemCode::parse("https://a.example#box-1").unwrap());
    }
}
