//! Countries of ISO 3166-1, and the shape of their subdivisions.
//!
//! Which subdivisions a country has is not known here, only that a code of one begins with its country's.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::codes::CodeError;
use super::nearest::nearest as nearest_of;
use super::table::rows;

/// A country or territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    /// Short English name.
    pub english: &'static str,
    /// Short Spanish name.
    pub spanish: &'static str,
    eu: bool,
}

static COUNTRIES: LazyLock<BTreeMap<&'static str, Country>> = LazyLock::new(|| {
    rows(include_str!("data/countries.tsv"))
        .map(|row| {
            let code = row.field(0);
            (
                code,
                Country {
                    code,
                    english: row.field(1),
                    spanish: row.field(2),
                    eu: row.field(3) == "eu",
                },
            )
        })
        .collect()
});

/// The country of a code.
pub fn find(code: &str) -> Option<&'static Country> {
    COUNTRIES.get(code)
}

/// Whether a code is a country's.
pub fn is_country(code: &str) -> bool {
    find(code).is_some()
}

/// Position of a code in the list, which goes by letters; the length of the list for another word.
pub fn order(code: &str) -> usize {
    COUNTRIES
        .keys()
        .position(|known| *known == code)
        .unwrap_or(COUNTRIES.len())
}

/// Whether a country is a member of the European Union.
pub fn eu_member(code: &str) -> bool {
    find(code).is_some_and(|country| country.eu)
}

/// The code that a wrong word probably means: a country by name, in the wrong case or in an older or wider use.
pub fn nearest(word: &str) -> Option<String> {
    let upper = word.to_uppercase();
    if is_country(&upper) {
        return Some(upper);
    }
    // Codes of two letters are all one slip apart, so only names and well-known other codes tell what was meant.
    let other = match upper.as_str() {
        "UK" => Some("GB"),
        "EL" => Some("GR"),
        "USA" => Some("US"),
        "ARG" => Some("AR"),
        "ESP" => Some("ES"),
        _ => None,
    };
    let named = |name: &str| {
        let name = name.to_lowercase();
        COUNTRIES
            .values()
            .find(|country| {
                country.english.to_lowercase() == name || country.spanish.to_lowercase() == name
            })
            .map(|country| country.code)
    };
    let near = || {
        let names = COUNTRIES
            .values()
            .flat_map(|country| [country.english, country.spanish]);
        if word.chars().count() > 3 {
            nearest_of(word, names).and_then(named)
        } else {
            None
        }
    };
    other
        .or_else(|| named(word))
        .or_else(near)
        .map(str::to_owned)
}

/// Reads the code of a country.
///
/// # Errors
/// The word is not one, with the code that is probably meant.
pub fn country(word: &str) -> Result<String, CodeError> {
    if is_country(word) {
        return Ok(word.to_owned());
    }
    Err(CodeError::unknown("country", word, nearest(word)))
}

/// Reads the code of a subdivision, such as `AR-B`: a country's, `-`, and up to three letters or digits.
///
/// # Errors
/// The word has not that shape or its country does not exist.
pub fn subdivision(word: &str) -> Result<String, CodeError> {
    let upper = word.to_uppercase();
    if is_subdivision(word) {
        return Ok(word.to_owned());
    }
    Err(CodeError::unknown(
        "subdivision",
        word,
        is_subdivision(&upper).then_some(upper),
    ))
}

fn is_subdivision(word: &str) -> bool {
    word.split_once('-').is_some_and(|(country, part)| {
        is_country(country)
            && (1..=3).contains(&part.len())
            && part
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    })
}

/// Whether a subdivision lies in a country, as its code says.
pub fn is_inside(subdivision: &str, country: &str) -> bool {
    subdivision
        .split_once('-')
        .is_some_and(|(prefix, _)| prefix == country)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_by_code_and_understood_by_name() {
        assert_eq!(COUNTRIES.len(), 249);
        assert_eq!(country("NO").as_deref(), Ok("NO"));
        let meant = [
            ("ar", "AR"),
            ("UK", "GB"),
            ("España", "ES"),
            ("argentina", "AR"),
            ("Urugay", "UY"),
        ];
        for (word, code) in meant {
            assert_eq!(
                country(word).unwrap_err().nearest.as_deref(),
                Some(code),
                "{word}"
            );
        }
        assert_eq!(country("ZZ").unwrap_err().nearest, None);
        assert_eq!(
            (eu_member("ES"), eu_member("GB"), eu_member("AR")),
            (true, false, false)
        );
        assert_eq!(COUNTRIES.values().filter(|country| country.eu).count(), 27);
    }

    #[test]
    fn a_subdivision_begins_with_its_country() {
        assert_eq!(subdivision("AR-B").as_deref(), Ok("AR-B"));
        assert_eq!(
            subdivision("us-wi").unwrap_err().nearest.as_deref(),
            Some("US-WI")
        );
        for word in ["B", "ZZ-B", "AR-", "AR-ABCD", "AR"] {
            assert!(subdivision(word).is_err(), "{word}");
        }
        assert!(is_inside("AR-B", "AR") && !is_inside("AR-B", "ES"));
    }
}
