//! Our tables against published copies of the standards that they name, where such copies lie beside the project.

use std::collections::BTreeMap;
use std::path::Path;

use super::{codes, countries, currencies, table};

/// Codes with names of a published list; `None` where there is no copy.
#[allow(clippy::disallowed_methods, reason = "a test of data reads files")]
fn published(file: &str) -> Option<BTreeMap<String, String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = ["../shared", "../../shared"]
        .iter()
        .find_map(|shared| std::fs::read_to_string(root.join(shared).join("corpora/code-lists").join(file)).ok());
    let Some(text) = text else {
        println!("skipped: no copy of {file}");
        return None;
    };
    let pair =
        |line: &str| line.split_once(',').map(|(code, name)| (code.to_owned(), name.trim_matches('"').to_owned()));
    Some(text.lines().skip(1).filter_map(pair).collect())
}

#[test]
fn currencies_are_those_of_iso_4217() {
    let Some(published) = published("ISO4217_2015.csv") else { return };
    // Left and come since that copy; metals, units of account and codes for tests are no money to pay with.
    let left = ["ANG", "BGN"];
    let come = ["XCG"];
    let no_money = ["XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX"];
    let mut ours: Vec<&str> = currencies::codes().collect();
    ours.sort_unstable();
    let kept = published.keys().map(String::as_str).filter(|code| !left.contains(code) && !no_money.contains(code));
    let mut theirs: Vec<&str> = kept.chain(come).collect();
    theirs.sort_unstable();
    assert_eq!(ours, theirs);
}

#[test]
fn countries_are_those_of_iso_3166() {
    let Some(published) = published("ISO3166-1_Alpha2.csv") else { return };
    let ours: Vec<&str> = countries::codes().collect();
    // Kosovo and Northern Ireland have codes in that copy that the standard does not have.
    let theirs: Vec<&str> = published.keys().map(String::as_str).filter(|code| !["1A", "XI"].contains(code)).collect();
    assert_eq!(ours, theirs);
}

/// Units whose published name is another word for the same.
const SYNONYMS: [(&str, &str); 3] =
    [("bbl", "barrel (us)"), ("ha", "square hectometre"), ("cwt_uk", "hundred weight (uk)")];

#[test]
fn units_have_the_codes_of_recommendation_20_for_what_they_are() {
    let Some(published) = published("UNECERec20-11e.csv") else { return };
    for row in table::rows(include_str!("data/units.tsv")) {
        let (symbol, code) = (row[1], row[2]);
        let name = published.get(code).unwrap_or_else(|| panic!("{symbol} has no code {code}")).to_lowercase();
        let others = row.iter().skip(4).flat_map(|words| words.split_whitespace());
        let said = |word: &str| match word.strip_suffix("_uk") {
            Some(word) => name.contains(&format!("{} (uk)", word.replace('_', " "))),
            None => name.contains(&word.replace('_', " ").to_lowercase()),
        };
        let named = std::iter::once(symbol).chain(others).filter(|word| word.len() > 2).any(said);
        assert!(named || SYNONYMS.contains(&(symbol, name.as_str())), "{symbol}: {code} is {name}");
    }
}

#[test]
fn packages_have_the_codes_of_recommendation_21_or_20() {
    let (Some(units), Some(packages)) = (published("UNECERec20-11e.csv"), published("UNECERec21-9e.csv")) else {
        return;
    };
    for row in table::rows(include_str!("data/packages.tsv")) {
        let (word, code) = (row[0], row[1]);
        let package = code.strip_prefix('X').and_then(|code| packages.get(code));
        let named = package.map(|name| name.to_lowercase().replace("intermediate bulk container", "ibc"));
        assert!(named.is_some_and(|name| name.contains(word)) || units.contains_key(code), "{word} has no code {code}");
    }
}

#[test]
fn means_of_payment_are_in_uncl_4461() {
    let Some(published) = published("UNCL4461.csv") else { return };
    let theirs = [
        ("bank_transfer", "30", "Credit transfer"),
        ("direct_debit", "49", "Direct debit"),
        ("cheque", "20", "Cheque"),
        ("e_cheque", "20", "Cheque"),
        ("cash", "10", "In cash"),
        ("card", "48", "Bank card"),
        ("clearing", "97", "Clearing between partners"),
    ];
    let ours: Vec<&str> = codes::PAYMENT_METHODS.iter().map(|row| row.code).collect();
    assert_eq!(ours, theirs.map(|(word, ..)| word));
    for (word, code, name) in theirs {
        assert_eq!(published.get(code).map(String::as_str), Some(name), "{word}");
    }
}
