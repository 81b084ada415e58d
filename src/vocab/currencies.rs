//! Currencies of ISO 4217 and their smallest sums.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::table::{self, Index};

static CURRENCIES: LazyLock<Index<u32>> = LazyLock::new(|| {
    let of =
        |row: Vec<&'static str>| -> Option<(u32, &'static str)> { Some((row.first()?.parse().ok()?, *row.get(1)?)) };
    let lists = table::rows(include_str!("data/currencies.tsv")).filter_map(of);
    let mut index: Index<u32> =
        lists.flat_map(|(decimals, codes)| codes.split(' ').map(move |code| (code, decimals))).collect();
    index.sort_unstable_keys();
    index
});

/// How many decimals the smallest sum of a currency has; `None` for a code that is not in the list.
pub fn minor_units(code: &str) -> Option<u32> {
    CURRENCIES.get(code).copied()
}

/// Countries of which the currency is proposed to whoever has not named one yet.
const OF_COUNTRIES: [(&str, &str); 27] = [
    ("AR", "ARS"),
    ("AU", "AUD"),
    ("BO", "BOB"),
    ("BR", "BRL"),
    ("CA", "CAD"),
    ("CH", "CHF"),
    ("CL", "CLP"),
    ("CO", "COP"),
    ("CR", "CRC"),
    ("CU", "CUP"),
    ("DO", "DOP"),
    ("EC", "USD"),
    ("GB", "GBP"),
    ("GT", "GTQ"),
    ("HN", "HNL"),
    ("IN", "INR"),
    ("JP", "JPY"),
    ("KR", "KRW"),
    ("MX", "MXN"),
    ("NI", "NIO"),
    ("NZ", "NZD"),
    ("PE", "PEN"),
    ("PY", "PYG"),
    ("SV", "USD"),
    ("US", "USD"),
    ("UY", "UYU"),
    ("VE", "VES"),
];

/// Countries that pay in euros.
const EURO_AREA: [&str; 21] = [
    "AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT",
    "SI", "SK",
];

/// The currency that is most likely meant in a country: an example, not a fact about it.
pub fn of_country(country: &str) -> &'static str {
    proposed(country).unwrap_or("EUR")
}

/// The currency that is proposed to whoever names a country for it; none where we have none to propose.
pub fn proposed(country: &str) -> Option<&'static str> {
    let of_its_own = OF_COUNTRIES.iter().find(|(code, _)| *code == country).map(|(_, currency)| *currency);
    of_its_own.or_else(|| EURO_AREA.contains(&country).then_some("EUR"))
}

/// Words by which people call currencies, without accents, with all that are called so.
const CALLED: [(&str, &[&str]); 22] = [
    ("dollar dollars dolar dolares", &["USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD"]),
    ("peso pesos", &["ARS", "CLP", "COP", "CUP", "DOP", "MXN", "PHP", "UYU"]),
    ("euro euros", &["EUR"]),
    ("real reais reales", &["BRL"]),
    ("pound pounds sterling libras", &["GBP", "EGP", "LBP"]),
    ("yen yenes", &["JPY"]),
    ("yuan renminbi", &["CNY"]),
    ("sol soles", &["PEN"]),
    ("guarani guaranies", &["PYG"]),
    ("boliviano bolivianos", &["BOB"]),
    ("bolivar bolivares", &["VES"]),
    ("bs", &["BOB", "VES"]),
    ("quetzal quetzales", &["GTQ"]),
    ("lempira lempiras", &["HNL"]),
    ("cordoba cordobas", &["NIO"]),
    ("colon colones", &["CRC"]),
    ("rupee rupees rupias", &["INR", "LKR", "NPR", "PKR"]),
    ("franc francs franco francos", &["CHF", "XAF", "XOF"]),
    ("krona kronor krone kroner coronas", &["DKK", "ISK", "NOK", "SEK"]),
    ("rand rands", &["ZAR"]),
    ("lira liras", &["TRY"]),
    ("zloty zlotys", &["PLN"]),
];

/// The currencies that a word of people names; none for another word.
pub fn called(word: &str) -> Option<&'static [&'static str]> {
    let plain: String =
        word.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase).collect();
    CALLED.iter().find(|(words, _)| words.split(' ').any(|other| other == plain)).map(|(_, codes)| *codes)
}

/// Whether it is a code of the list.
pub fn is_currency(code: &str) -> bool {
    CURRENCIES.contains_key(code)
}

/// The code that a word was probably meant to be: the same in capitals, or with two letters changed over, one too many or one
/// too few.
pub fn nearest(word: &str) -> Option<&'static str> {
    let upper = word.to_uppercase();
    CURRENCIES
        .get_key_value(upper.as_str())
        .map(|(code, _)| *code)
        .or_else(|| table::nearest_code(word, CURRENCIES.keys().copied()))
}

/// All codes, in order.
pub fn codes() -> impl Iterator<Item = &'static str> {
    CURRENCIES.keys().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yen_have_no_cents_and_dinars_three() {
        assert_eq!(
            (minor_units("JPY"), minor_units("BHD"), minor_units("ARS"), minor_units("XXX")),
            (Some(0), Some(3), Some(2), None)
        );
        assert_eq!(nearest("eur"), Some("EUR"));
        assert_eq!([nearest("ASR"), nearest("USDT"), nearest("BTC")], [Some("ARS"), Some("USD"), None]);
        assert_eq!((of_country("AR"), of_country("ES")), ("ARS", "EUR"));
        for (country, currency) in OF_COUNTRIES {
            assert!(super::super::countries::is_country(country) && is_currency(currency), "{country}");
        }
    }
}
