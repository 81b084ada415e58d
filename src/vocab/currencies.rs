//! Currencies of ISO 4217. Currencies never convert, so all that is known of one is its smallest unit.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::nearest::nearest as nearest_of;
use super::table::rows;

static DECIMALS: LazyLock<BTreeMap<&'static str, u32>> = LazyLock::new(|| {
    rows(include_str!("data/currencies.tsv"))
        .filter_map(|row| Some((row.field(0), row.field(1).parse().ok()?)))
        .collect()
});

/// Names that people write for a currency where one code is meant.
const MEANT: [(&str, &str); 8] = [
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("dolares", "USD"),
    ("dólares", "USD"),
    ("dollars", "USD"),
    ("pesos", "ARS"),
    ("reais", "BRL"),
    ("soles", "PEN"),
];

/// How many decimals the smallest unit of a currency has: 2 for `EUR`, 0 for `JPY`, 3 for `BHD`.
pub fn minor_units(code: &str) -> Option<u32> {
    DECIMALS.get(code).copied()
}

/// Whether a code is a currency's.
pub fn is_currency(code: &str) -> bool {
    DECIMALS.contains_key(code)
}

/// The currency that a wrong word probably means.
pub fn nearest(word: &str) -> Option<String> {
    let upper = word.to_uppercase();
    if is_currency(&upper) {
        return Some(upper);
    }
    let meant = MEANT
        .iter()
        .find(|(written, _)| *written == word.to_lowercase())
        .map(|(_, code)| *code);
    meant
        .or_else(|| nearest_of(&upper, DECIMALS.keys().copied()))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smallest_units_are_those_of_the_standard() {
        assert_eq!(
            ["EUR", "ARS", "JPY", "BHD", "CLF"].map(minor_units),
            [Some(2), Some(2), Some(0), Some(3), Some(4)]
        );
        assert_eq!(["XAU", "XXX", "eur", "HRK"].map(minor_units), [None; 4]);
        for (word, code) in MEANT {
            assert!(is_currency(code), "{word}");
        }
    }

    #[test]
    fn what_was_probably_meant() {
        assert_eq!(
            ["ars", "euros", "EURO", "USDD"].map(nearest),
            ["ARS", "EUR", "EUR", "USD"].map(|code| Some(code.to_owned()))
        );
        assert_eq!(nearest("trueque"), None);
    }
}
