//! Our tables against published copies of the standards that they name, where such copies lie beside the project.

use std::collections::BTreeMap;
use std::path::Path;

use super::{countries, currencies, units};

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

#[test]
fn units_have_codes_of_recommendations_20_and_21() {
    let (Some(units), Some(packages)) = (published("UNECERec20-11e.csv"), published("UNECERec21-9e.csv")) else {
        return;
    };
    for (symbol, code) in units::all() {
        let package = code.strip_prefix('X').and_then(|code| packages.get(code));
        let named = package.map(|name| name.to_lowercase().replace("intermediate bulk container", "ibc"));
        let is_package = named.is_some_and(|name| name.contains(symbol));
        assert!(is_package || units.contains_key(code), "{symbol} has no code {code}");
    }
}
