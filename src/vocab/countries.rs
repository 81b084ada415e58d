//! Countries of ISO 3166-1 and what some of their subdivisions are called.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::codes::unaccented;
use super::table;
use crate::near;

/// By the code of two letters: the names in English and in Spanish, and the code of three letters.
static COUNTRIES: LazyLock<BTreeMap<&'static str, [&'static str; 3]>> = LazyLock::new(|| {
    let of = |row: Vec<&'static str>| Some((*row.first()?, [*row.get(1)?, *row.get(2)?, *row.get(3)?]));
    table::rows(include_str!("data/countries.tsv")).filter_map(of).collect()
});

/// Other names by which people call a country, in small letters and without points, each with its code.
const ALSO_CALLED: [(&str, &str); 24] = [
    ("uk", "GB"),
    ("great britain", "GB"),
    ("gran bretaña", "GB"),
    ("england", "GB"),
    ("inglaterra", "GB"),
    ("scotland", "GB"),
    ("escocia", "GB"),
    ("wales", "GB"),
    ("gales", "GB"),
    ("northern ireland", "GB"),
    ("united states of america", "US"),
    ("estados unidos de américa", "US"),
    ("eeuu", "US"),
    ("ee uu", "US"),
    ("eua", "US"),
    ("holland", "NL"),
    ("holanda", "NL"),
    ("turkey", "TR"),
    ("czech republic", "CZ"),
    ("república checa", "CZ"),
    ("russia", "RU"),
    ("rusia", "RU"),
    ("south korea", "KR"),
    ("corea del sur", "KR"),
];

static SUBDIVISIONS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    table::rows(include_str!("data/subdivisions.tsv")).filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect()
});

/// Members of the European Union.
const EU: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Whether it is a code of the list.
pub fn is_country(code: &str) -> bool {
    COUNTRIES.contains_key(code)
}

/// All codes, in order.
pub fn codes() -> impl Iterator<Item = &'static str> {
    COUNTRIES.keys().copied()
}

/// What a country is called in English and in Spanish.
pub fn names(code: &str) -> Option<(&'static str, &'static str)> {
    COUNTRIES.get(code).map(|[english, spanish, _]| (*english, *spanish))
}

/// Whether a country is a member of the European Union.
pub fn is_eu_member(code: &str) -> bool {
    EU.contains(&code)
}

/// Whether a code of ISO 3166-2 has its form, begins with the country's, and is one where those of the country are listed.
pub fn is_subdivision(code: &str, country: &str) -> bool {
    code.split_once('-').is_some_and(|(before, behind)| {
        before == country
            && (1..=3).contains(&behind.len())
            && behind.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && (SUBDIVISIONS.contains_key(code) || !SUBDIVISIONS.keys().any(|known| is_of(known, country)))
    })
}

/// Other names by which people call a subdivision, in small letters and without accents, each with its code.
const ALSO_CALLED_SUBDIVISIONS: [(&str, &str); 8] = [
    ("caba", "AR-C"),
    ("capital federal", "AR-C"),
    ("ciudad de buenos aires", "AR-C"),
    ("ciudad autonoma", "AR-C"),
    ("pba", "AR-B"),
    ("provincia de buenos aires", "AR-B"),
    ("pais vasco", "ES-PV"),
    ("cataluna", "ES-CT"),
];

/// The listed subdivision of a country that a text was probably meant to be, if one: its code in other letters, with the country
/// or without, its name, or the first letters of its name.
pub fn subdivision_meant(text: &str, country: &str) -> Option<&'static str> {
    let upper = text.to_uppercase().replace(['_', ' '], "-");
    let bare = upper.strip_prefix(country).map_or(upper.as_str(), |behind| behind.trim_start_matches('-'));
    let of_country = || SUBDIVISIONS.iter().filter(|(code, _)| is_of(code, country));
    let by_code = of_country().find(|(code, _)| code.split_once('-').is_some_and(|(_, behind)| behind == bare));
    if let Some((code, _)) = by_code {
        return Some(code);
    }
    let spoken = unaccented(text);
    let called = ALSO_CALLED_SUBDIVISIONS.iter().find(|(name, code)| is_of(code, country) && *name == spoken);
    if let Some((_, code)) = called {
        return Some(code);
    }
    only(of_country().filter(|(_, name)| unaccented(name) == spoken))
        .or_else(|| only(of_country().filter(|(_, name)| bare.len() > 1 && initials(name) == bare)))
        .or_else(|| {
            let near = |name: &str| text.chars().count() > 4 && near::within(&unaccented(name), &spoken, 1).is_some();
            only(of_country().filter(|(_, name)| near(name)))
        })
}

/// A subdivision of a country as an example of how one is written; none where the list has none of it.
pub fn subdivision_like(country: &str) -> Option<&'static str> {
    SUBDIVISIONS.keys().copied().filter(|code| is_of(code, country)).min()
}

/// Whether a code is of a country.
fn is_of(code: &str, country: &str) -> bool {
    code.strip_prefix(country).is_some_and(|behind| behind.starts_with('-'))
}

/// The first letters of the words of a name that are written large.
fn initials(name: &str) -> String {
    name.split(' ').filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
}

/// The code of the only row.
fn only<'r>(mut rows: impl Iterator<Item = (&'r &'static str, &'r &'static str)>) -> Option<&'static str> {
    let (code, _) = rows.next()?;
    rows.next().is_none().then_some(*code)
}

/// What a subdivision is called where it lies; none where the list does not have it.
pub fn subdivision_name(code: &str) -> Option<&'static str> {
    SUBDIVISIONS.get(code).copied()
}

/// The code of the country that a word names for certain: the same in capitals, that of three letters, or its name in any
/// case, with or without accents.
pub fn named(word: &str) -> Option<&'static str> {
    let upper = word.replace('.', "").to_uppercase();
    if let Some((code, _)) = COUNTRIES.get_key_value(upper.as_str()) {
        return Some(code);
    }
    let of = |fits: &dyn Fn(&[&str; 3]) -> bool| COUNTRIES.iter().find(|(_, row)| fits(row)).map(|(code, _)| *code);
    if let Some(code) = of(&|[_, _, alpha_3]| *alpha_3 == upper) {
        return Some(code);
    }
    let spoken = upper.to_lowercase();
    if let Some((_, code)) = ALSO_CALLED.iter().find(|(name, _)| *name == spoken) {
        return Some(code);
    }
    let bare = unaccented(word);
    of(&|[english, spanish, _]| [english, spanish].into_iter().any(|name| unaccented(name) == bare))
}

/// The code that a word was probably meant to be: that of the country it names, or that comes nearest to a name.
pub fn nearest(word: &str) -> Option<&'static str> {
    named(word).or_else(|| {
        let names = COUNTRIES.values().flat_map(|[english, spanish, _]| [*english, *spanish]);
        let name = table::nearest(word, names).filter(|_| word.len() > 3)?;
        named(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn norway_is_a_country_and_xx_is_not() {
        assert!(is_country("NO") && !is_country("XX"));
        assert_eq!(
            (nearest("ar"), nearest("UK"), nearest("Españ"), nearest("XX")),
            (Some("AR"), Some("GB"), Some("ES"), None)
        );
        for (word, code) in
            [("USA", "US"), ("U.S.A.", "US"), ("deu", "DE"), ("EE.UU.", "US"), ("England", "GB"), ("Alemania", "DE")]
        {
            assert_eq!(nearest(word), Some(code), "{word}");
        }
        assert!(ALSO_CALLED.iter().all(|(_, code)| is_country(code)));
        assert!(
            is_subdivision("AR-B", "AR")
                && !is_subdivision("ES-BI", "AR")
                && is_subdivision("UY-MO", "UY")
                && EU.iter().all(|code| is_country(code))
        );
    }

    #[test]
    fn a_subdivision_that_is_none_is_known_by_its_name_or_letters() {
        assert!(!is_subdivision("AR-BA", "AR") && !is_subdivision("US-XX", "US") && is_subdivision("US-GU", "US"));
        for (text, country, code) in [
            ("AR-BA", "AR", "AR-B"),
            ("Buenos Aires", "AR", "AR-B"),
            ("buenos aires", "AR", "AR-B"),
            ("CABA", "AR", "AR-C"),
            ("us-wi", "US", "US-WI"),
            ("WI", "US", "US-WI"),
            ("Wisconsin", "US", "US-WI"),
            ("Cordoba", "AR", "AR-X"),
            ("Tucumam", "AR", "AR-T"),
            ("AR-ER", "AR", "AR-E"),
        ] {
            assert_eq!(subdivision_meant(text, country), Some(code), "{text}");
        }
        for (text, country) in [("AR-QQ", "AR"), ("S", "UY"), ("Springfield", "US"), ("SA", "AR")] {
            assert_eq!(subdivision_meant(text, country), None, "{text}");
        }
    }

    #[test]
    fn a_country_is_named_by_its_whole_name_only() {
        for (word, code) in [("argentina", "AR"), ("Mexico", "MX"), ("ESPAÑA", "ES"), ("gbr", "GB"), ("holanda", "NL")]
        {
            assert_eq!(named(word), Some(code), "{word}");
        }
        assert_eq!((named("Austrlia"), nearest("Austrlia")), (None, Some("AU")));
    }

    #[test]
    fn every_subdivision_with_a_name_is_one_of_its_country() {
        assert_eq!(subdivision_name("AR-B"), Some("Buenos Aires"));
        assert_eq!(subdivision_name("AR-Ñ"), None);
        assert!(
            ALSO_CALLED_SUBDIVISIONS
                .iter()
                .all(|(name, code)| unaccented(name) == *name && SUBDIVISIONS.contains_key(code))
        );
        for (code, name) in SUBDIVISIONS.iter() {
            let country = code.split('-').next().unwrap();
            assert!(is_country(country) && is_subdivision(code, country) && !name.is_empty(), "{code}");
        }
    }
}
