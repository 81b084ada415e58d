//! What people type wrong with a text editor, told with its fix: one mistake is one finding, its help says what the fix does,
//! and what the fix leaves has nothing more of it.

use clm::fix::{Mended, Wanted, mend};
use clm::session::Session;
use clm::world::Memory;

use crate::fixes::reading;
use crate::folder::{Folder, MILL};

/// Whether a fix is made by `--fix`, or only by who asks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sure {
    Yes,
    No,
}

/// A line of the mill, what is written in its place, what is told of it, and what the fix makes of it.
type Slip<'s> = (&'s str, &'s str, &'s str, Sure, &'s str);

fn mill(line: &str, instead: &str) -> String {
    assert!(MILL.contains(line), "{line}");
    MILL.replace(line, instead)
}

/// Code, message and help of what is found.
fn told(manifest: &str) -> Vec<String> {
    let found = Session::new(Memory::of(&[("a.clm.yaml", manifest)])).check("a.clm.yaml").diagnostics;
    let tell = |finding: &clm::diagnostic::Diagnostic| {
        let help = finding.help.as_ref().map(|help| format!(" ({})", help.english())).unwrap_or_default();
        format!("{} {}{help}", finding.rule.code, finding.message.english())
    };
    found.iter().map(tell).collect()
}

fn are_mended(slips: &[Slip<'_>]) {
    for (line, instead, expected, sure, meant) in slips {
        let manifest = mill(line, instead);
        assert_eq!(told(&manifest), [*expected], "{manifest}");
        let safely = mend(&manifest, Wanted::Safe, reading);
        let Mended { text, fixed, .. } = mend(&manifest, Wanted::All, reading);
        assert_eq!((text.as_str(), fixed), (mill(line, meant).as_str(), 1), "{instead}");
        let left = if *sure == Sure::Yes { &text } else { &manifest };
        assert_eq!(safely.text, *left, "{instead}");
        // What the help spells is what the fix writes.
        let spelled = expected.rsplit_once("write `").and_then(|(_, help)| help.strip_suffix("`)"));
        assert!(spelled.is_none_or(|spelled| text.contains(spelled)), "{text}");
        let again = told(&text);
        assert!(!again.iter().any(|found| found == expected), "{again:?}");
    }
}

/// More said of the flour.
macro_rules! flour {
    ($more:literal) => {
        concat!("name: Flour\n    ", $more)
    };
}

const NAME: &str = "name: Flour";
const PRICE: &str = "price: { at_least: 600 ARS/kg }";
const QUANTITY: &str = "quantity: { at_least: 100 kg, multiple_of: 25 kg }";
const WITH: &str = "with: anyone";

#[test]
fn words_that_would_switch_something() {
    are_mended(&[
        (
            NAME,
            flour!("delivery: yes"),
            "CLM0343 `delivery` cannot be switched on or off with `yes` (write `delivered`)",
            Sure::No,
            flour!("delivery: delivered"),
        ),
        (
            NAME,
            flour!("delivery: [no]"),
            "CLM0343 `delivery` cannot be switched on or off with `no` (write `pickup`)",
            Sure::No,
            flour!("delivery: [pickup]"),
        ),
        (
            NAME,
            flour!("tax: off"),
            "CLM0302 `tax` cannot be switched on or off with `off` (write `0 %`)",
            Sure::No,
            flour!("tax: 0 %"),
        ),
        (
            NAME,
            flour!("warranty: no"),
            "CLM0317 `warranty` cannot be switched on or off with `no` (take `warranty` out: what is not written is not said)",
            Sure::No,
            "name: Flour",
        ),
        (
            NAME,
            flour!("credit_share: no"),
            "CLM0302 `credit_share` cannot be switched on or off with `no` (take `credit_share` out: what is not written is not said)",
            Sure::No,
            "name: Flour",
        ),
        (
            WITH,
            "with: yes",
            "CLM0401 no class of partners is called `yes` (write `anyone` if it is for everybody)",
            Sure::No,
            WITH,
        ),
    ]);
    let example = told(&mill(NAME, flour!("tax: yes")));
    assert_eq!(example, ["CLM0302 `tax` cannot be switched on or off with `yes` (write for example `tax: 21 %`)"]);
}

#[test]
fn items_of_lists() {
    let first = |item: &str| format!("CLM0126 the first item of this list has no `- ` before it (write `- {item}`)");
    are_mended(&[
        (
            "item: hs:1101",
            "item:\n      hs:1101\n      - sku:flour",
            &first("hs:1101"),
            Sure::No,
            "item:\n      - hs:1101\n      - sku:flour",
        ),
        (
            "item: hs:1101",
            "item: hs:1101\n      - sku:flour",
            &first("hs:1101"),
            Sure::No,
            "item:\n      - hs:1101\n      - sku:flour",
        ),
        (
            PRICE,
            "price:\n      tiers:\n        from: 100 kg\n        price: 8 ARS/kg\n        - from: 900 kg\n          price: 7 ARS/kg",
            &first("from: 100 kg"),
            Sure::No,
            "price:\n      tiers:\n        - from: 100 kg\n          price: 8 ARS/kg\n        - from: 900 kg\n          price: 7 ARS/kg",
        ),
        (
            NAME,
            flour!("receiver_brings:\n      - papel\n       - tinta"),
            "CLM0119 this line is not indented like the ones it belongs to (begin it in the same column as the item before)",
            Sure::No,
            flour!("receiver_brings:\n      - papel\n      - tinta"),
        ),
        (
            NAME,
            flour!("receiver_brings:\n    * papel\n    * tinta"),
            "CLM0127 an item of a list begins with `-`, not with `*` (write `- papel`)",
            Sure::No,
            flour!("receiver_brings:\n    - papel\n    - tinta"),
        ),
        (
            NAME,
            flour!("delivery:\n    pickup"),
            "CLM0119 this line is not indented like the ones it belongs to (begin `pickup` further right than `delivery`)",
            Sure::No,
            flour!("delivery:\n      pickup"),
        ),
        (
            NAME,
            flour!("receiver_brings: [papel] [tinta]"),
            "CLM0132 behind the `]` that ends the value another bracket begins (write `[papel, tinta]`)",
            Sure::No,
            flour!("receiver_brings: [papel, tinta]"),
        ),
        (
            NAME,
            flour!("receiver_brings: [papel] [tinta] [\"cola] fina\"]"),
            "CLM0132 behind the `]` that ends the value another bracket begins (write `[papel, tinta, \"cola] fina\"]`)",
            Sure::No,
            flour!("receiver_brings: [papel, tinta, \"cola] fina\"]"),
        ),
        (
            QUANTITY,
            "quantity: { at_least: 100 kg } { multiple_of: 25 kg }",
            "CLM0132 behind the `}` that ends the value another bracket begins (write `{ at_least: 100 kg, multiple_of: 25 kg }`)",
            Sure::No,
            QUANTITY,
        ),
        (
            PRICE,
            "price:\n      tiers: { from: 100 kg, price: 8 ARS/kg }, { from: 900 kg, price: 7 ARS/kg }",
            "CLM0132 behind the `}` that ends the value another bracket begins (write `[{ from: 100 kg, price: 8 ARS/kg }, { from: 900 kg, price: 7 ARS/kg }]`)",
            Sure::No,
            "price:\n      tiers: [{ from: 100 kg, price: 8 ARS/kg }, { from: 900 kg, price: 7 ARS/kg }]",
        ),
        (
            PRICE,
            "price:\n      tiers: { from: 100 kg, price: 8 ARS/kg } { price: 7 ARS/kg, from: 900 kg }",
            "CLM0132 behind the `}` that ends the value another bracket begins (write `[{ from: 100 kg, price: 8 ARS/kg }, { price: 7 ARS/kg, from: 900 kg }]`)",
            Sure::No,
            "price:\n      tiers: [{ from: 100 kg, price: 8 ARS/kg }, { price: 7 ARS/kg, from: 900 kg }]",
        ),
    ]);
}

#[test]
fn a_text_whose_next_line_begins_like_an_item_is_one_text_where_one_is_due() {
    for name in ["Flour\n      - and more", "Delivered the\n      26. of each month", "\n      1. Flour\n      2. Bran"]
    {
        assert_eq!(told(&mill(NAME, &format!("name: {name}"))), [""; 0], "{name}");
    }
    // What is told as a key that nobody knows is told once.
    let unknown = told(&mill(NAME, flour!("description: Flour\n      - and more")));
    assert!(unknown.len() == 1 && unknown[0].starts_with("CLM0201"), "{unknown:?}");
}

#[test]
fn commas_and_colons_in_brackets() {
    let commas = |word: &str, count: usize| {
        format!("CLM0132 a comma is missing before `{word}` (put one behind each entry, {count} in all)")
    };
    let colon = |meant: &str| {
        let key = meant.split(':').next().unwrap();
        format!("CLM0201 a colon is missing behind `{key}` (write `{meant}`)")
    };
    are_mended(&[
        (
            QUANTITY,
            "quantity: { at_least: 100 kg # two bags\n      multiple_of: 25 kg\n      at_most: 900 kg }",
            &commas("multiple_of", 2),
            Sure::Yes,
            "quantity: { at_least: 100 kg, # two bags\n      multiple_of: 25 kg,\n      at_most: 900 kg }",
        ),
        (
            PRICE,
            "price: { tiers: [\n      { from: 100 kg\n        price: 600 ARS/kg }\n      { from: 900 kg, price: 500 ARS/kg }] }",
            &commas("price", 2),
            Sure::Yes,
            "price: { tiers: [\n      { from: 100 kg,\n        price: 600 ARS/kg },\n      { from: 900 kg, price: 500 ARS/kg }] }",
        ),
        (
            NAME,
            flour!("delivery: [pickup\n      { value: delivered, costs_us: 2 ARS/kg }]"),
            "CLM0132 a comma is missing before `{` (put one between the two)",
            Sure::No,
            flour!("delivery: [pickup,\n      { value: delivered, costs_us: 2 ARS/kg }]"),
        ),
        (
            NAME,
            flour!("packaging: [palet #2,\n      caja]"),
            "CLM0132 behind this `#` all is a comment, the comma before `caja` included (write `\"palet #2\"`)",
            Sure::Yes,
            flour!("packaging: [\"palet #2\",\n      caja]"),
        ),
        (
            QUANTITY,
            "quantity: { at_least, 100 kg, multiple_of: 25 kg }",
            &colon("at_least: 100 kg"),
            Sure::No,
            QUANTITY,
        ),
        (
            NAME,
            flour!("delivery_hours: { at_least, 05:00, at_most: 10:00 }"),
            &colon("at_least: 05:00"),
            Sure::No,
            flour!("delivery_hours: { at_least: 05:00, at_most: 10:00 }"),
        ),
    ]);
    let both = mill(QUANTITY, "quantity: { at_least, 100 kg, multiple_of, 25 kg }");
    assert_eq!(told(&both), [colon("at_least: 100 kg"), colon("multiple_of: 25 kg")]);
    assert_eq!(mend(&both, Wanted::All, reading).text, MILL);
}

#[test]
fn hyphens_that_are_too_many_or_too_few() {
    are_mended(&[
        (
            PRICE,
            "price:\n      - tiers:\n        - { from: 100 kg, price: 600 ARS/kg }",
            "CLM0203 `price` takes a value or a group of keys, not a list (take the `-` before `tiers` out: its lines are no list)",
            Sure::No,
            "price:\n        tiers:\n        - { from: 100 kg, price: 600 ARS/kg }",
        ),
        (
            PRICE,
            "price:\n      tiers:\n        { from: 100 kg, price: 600 ARS/kg }\n        { from: 900 kg, price: 500 ARS/kg }",
            "CLM0126 this item of a list has no `- ` before it (write `- { from: 100 kg, price: 600 ARS/kg }`)",
            Sure::No,
            "price:\n      tiers:\n        - { from: 100 kg, price: 600 ARS/kg }\n        - { from: 900 kg, price: 500 ARS/kg }",
        ),
        (
            NAME,
            flour!("  - 25 kilos: the bag"),
            "CLM0126 this text goes on below like a list (write `\"Flour - 25 kilos: the bag\"`)",
            Sure::No,
            "name: \"Flour - 25 kilos: the bag\"",
        ),
        (
            QUANTITY,
            "quantity: [at_least: 100 kg, multiple_of: 25 kg]",
            "CLM0203 `quantity` takes a value or a group of keys, not a list (write `quantity: { at_least: 100 kg, multiple_of: 25 kg }`)",
            Sure::No,
            QUANTITY,
        ),
    ]);
}

#[test]
fn stars_before_keys() {
    let nowhere = "CLM0127 no list is due here, so that no sign stands before a key (take it out)";
    are_mended(&[
        ("  flour:\n", "  * flour:\n", nowhere, Sure::No, "  flour:\n"),
        (NAME, "* name: Flour", "CLM0127 a key has no `*` before it (write `name: Flour`)", Sure::No, NAME),
        (
            NAME,
            flour!("receiver_brings:\n      * papel\n      * tinta"),
            "CLM0127 an item of a list begins with `-`, not with `*` (write `- papel`)",
            Sure::No,
            flour!("receiver_brings:\n      - papel\n      - tinta"),
        ),
        (
            PRICE,
            "price:\n      tiers:\n      * from: 100 kg\n        price: 8 ARS/kg\n      * from: 900 kg\n        price: 7 ARS/kg",
            "CLM0127 an item of a list begins with `-`, not with `*` (write `- from: 100 kg`)",
            Sure::No,
            "price:\n      tiers:\n      - from: 100 kg\n        price: 8 ARS/kg\n      - from: 900 kg\n        price: 7 ARS/kg",
        ),
    ]);
    let names = mill(
        "offers:\n",
        "offers:\n  * bran:\n      item: hs:2302\n      price: 60 ARS/kg\n      payment_days: { at_most: 30 days }\n  * flour:\n",
    );
    let names = names.replacen("\n  flour:\n", "\n", 1).replace("\n    ", "\n      ").replace("\n        ", "\n      ");
    assert_eq!(told(&names), [nowhere], "{names}");
    let mended = mend(&names, Wanted::All, reading).text;
    assert!(
        mended.contains("\n  bran:\n    item: hs:2302\n") && mended.contains("\n  flour:\n    item: hs:1101\n"),
        "{mended}"
    );
}

#[test]
fn stars_before_all_keys_of_a_group() {
    const COOP: &str = "clm: 1\ncoop:\n  id: https://a.example\n  name: A\n  legal_form: worker\n";
    let starred = |place: &str| {
        let keys = COOP.replace("\n  ", "\n  * ");
        (format!("{keys}  * {place}with: anyone\n"), format!("{COOP}  {place}with: anyone\n"))
    };
    for place in ["place: { country: ES }\n", "place:\n    country: ES\n", "place:\n\n    # Spain\n    country: ES\n"] {
        let (starred, meant) = starred(place);
        assert_eq!(
            told(&starred),
            ["CLM0127 no list is due here, so that no sign stands before a key (take it out)"],
            "{starred}"
        );
        assert_eq!(mend(&starred, Wanted::All, reading).text, meant);
    }
}

#[test]
fn a_country_of_which_the_region_is_not_is_mended_only_for_who_asks() {
    let place = |said: &str| mill("place: { country: AR }", &format!("place: {{ {said} }}"));
    let safely = |said: &str| mend(&place(said), Wanted::Safe, reading).text;
    assert_eq!(safely("country: no, subdivision: NO-03"), place("country: NO, subdivision: NO-03"));
    assert_eq!(safely("country: no"), place("country: NO"));
    assert_eq!(safely("country: no, subdivision: ES-V"), place("country: no, subdivision: ES-V"));
}

#[test]
fn a_line_that_would_spoil_the_value_above_is_no_rest_of_it() {
    let told_of = |line: &str| told(&mill(line, &format!("{line}\n    ask for Ana")));
    let without_colon = "CLM0128 this line has no colon, so it is neither a key nor an item of a list";
    assert_eq!(
        told_of(NAME),
        [format!("{without_colon} (if it belongs to the text above, begin it further right than that key)")]
    );
    assert_eq!(
        told_of("volume: 1000 kg per month"),
        [format!("{without_colon} (write `key: value`, or `- ` before an item)")]
    );
}

#[test]
fn signs_around_values_and_lines() {
    const PAYMENT: &str = "payment_days: { at_most: 30 days }";
    are_mended(&[
        (
            PRICE,
            "price: at_least: 600 ARS/kg }",
            "CLM0122 a text without quotes holds a colon and a space (write `{ at_least: 600 ARS/kg }`)",
            Sure::No,
            PRICE,
        ),
        (
            "item: hs:1101",
            "item: hs:1101]",
            "CLM0325 `hs:1101]` does not have the form of its classification (write `hs:1101`)",
            Sure::No,
            "item: hs:1101",
        ),
        (
            NAME,
            flour!("\"shelf_life: 3 days\""),
            "CLM0128 these quotes make one text of the key and its value (write `shelf_life: 3 days`)",
            Sure::No,
            flour!("shelf_life: 3 days"),
        ),
        (
            "offers:\n",
            "==========\noffers:\n",
            "CLM0128 this line has no colon, so it is neither a key nor an item of a list (take the line out, or begin it with `#` as a comment)",
            Sure::No,
            "# ==========\noffers:\n",
        ),
        (
            PAYMENT,
            "payment_days: 30 days (at most)",
            "CLM0306 `30 days (at most)` cannot be read as it is written (write `30 days # at most`)",
            Sure::No,
            "payment_days: 30 days # at most",
        ),
        (
            PAYMENT,
            "payment_days: 30 days -- at most",
            "CLM0306 `30 days -- at most` cannot be read as it is written (write `30 days # at most`)",
            Sure::No,
            "payment_days: 30 days # at most",
        ),
        (
            "volume: 1000 kg per month",
            "volume: aprox. 1000 kg por mes",
            "CLM0302 `aprox. 1000 kg por mes` does not begin with a number (write `1000 kg per month`)",
            Sure::No,
            "volume: 1000 kg per month",
        ),
        (
            "legal_form: producer",
            "legal_form: producer\n  practices:\n    - equal_vote,\n    - open_books",
            "CLM1149 the `,` at the end is part of the text (take it out: a line ends without a sign)",
            Sure::No,
            "legal_form: producer\n  practices:\n    - equal_vote\n    - open_books",
        ),
    ]);
    let nothing = "CLM0127 a text without quotes cannot begin with `-` (write what belongs there, or take the key out: what is not written is not said)";
    assert_eq!(told(&mill(NAME, flour!("shelf_life: -"))), [nothing]);
    // A unit holds none of itself.
    let units = told(&mill(QUANTITY, "units: { case: 12 }\n    quantity: { at_least: 1 case }"));
    assert_eq!(units, ["CLM0310 `12` does not say in which unit (write for example `12 kg`)"]);
}

#[test]
fn amounts_in_a_period_are_understood_in_spanish() {
    let volume = "volume: 1000 kg per month";
    let most = "an offer says only how much at most: write `{ at_most: 400 kg per month }`";
    for said in ["100-400 kg por mes", "100 a 400 kg al mes", "entre 100 y 400 kg por mes", "hasta 400 kg/mes"] {
        let found = told(&mill(volume, &format!("volume: {said}")));
        assert_eq!(found, [format!("CLM0306 `{said}` cannot be read as it is written ({most})")]);
    }
    for said in ["1000 kg por mes", "1000 kg al mes", "1000 kg cada mes", "1000 kg x mes", "1000 kg/mes"] {
        let mended = mend(&mill(volume, &format!("volume: {said}")), Wanted::Safe, reading).text;
        assert_eq!(mended, MILL, "{said}");
    }
    assert_eq!(mend(&mill(volume, "volume: 1000 por mes"), Wanted::All, reading).text, MILL);
}

#[test]
fn several_in_one_text() {
    are_mended(&[
        (
            "law: [AR]",
            "law: [AR UY]",
            "CLM0132 a comma is missing before `UY` (write `AR, UY`)",
            Sure::Yes,
            "law: [AR, UY]",
        ),
        (
            WITH,
            "with: anyone\npartners: { a: { legal_form: [worker, producer consumer] } }\noperations: { forecast: { with: a } }",
            "CLM0132 a comma is missing before `consumer` (write `producer, consumer`)",
            Sure::Yes,
            "with: anyone\npartners: { a: { legal_form: [worker, producer, consumer] } }\noperations: { forecast: { with: a } }",
        ),
        (
            NAME,
            flour!("delivery: pickup, delivered"),
            "CLM0343 `pickup, delivered` is not one of the words for `delivery` (a list is written `[pickup, delivered]`)",
            Sure::No,
            flour!("delivery: [pickup, delivered]"),
        ),
        (
            "item: hs:1101",
            "item: sku:a hs:4707",
            "CLM0325 `sku:a hs:4707` does not have the form of its classification (a list is written `[sku:a, hs:4707]`)",
            Sure::No,
            "item: [sku:a, hs:4707]",
        ),
        (
            NAME,
            flour!("delivery_days: lunes, jueves"),
            "CLM0343 `lunes, jueves` is not one of the words for `delivery_days` (a list is written `[mon, thu]`)",
            Sure::No,
            flour!("delivery_days: [mon, thu]"),
        ),
        (
            PRICE,
            "price: 80-110 ARS/kg",
            "CLM0306 `80-110 ARS/kg` cannot be read as it is written (a range is written `{ at_least: 80 ARS/kg, at_most: 110 ARS/kg }`)",
            Sure::No,
            "price: { at_least: 80 ARS/kg, at_most: 110 ARS/kg }",
        ),
        (
            PRICE,
            "price: { at_least: 80-110 ARS/kg }",
            "CLM0306 `80-110 ARS/kg` cannot be read as it is written (write `at_least: 80 ARS/kg, at_most: 110 ARS/kg`)",
            Sure::No,
            "price: { at_least: 80 ARS/kg, at_most: 110 ARS/kg }",
        ),
        (
            "volume: 1000 kg per month",
            "volume: 5 a 10 kg per month",
            "CLM0306 `5 a 10 kg per month` cannot be read as it is written (an offer says only how much at most: write `{ at_most: 10 kg per month }`)",
            Sure::No,
            "volume: { at_most: 10 kg per month }",
        ),
        (
            "volume: 1000 kg per month",
            "volume: { at_most: 100-400 kg per month }",
            "CLM0306 `100-400 kg per month` cannot be read as it is written (write `at_most: 400 kg per month`)",
            Sure::No,
            "volume: { at_most: 400 kg per month }",
        ),
        (
            WITH,
            "with: anyone\nvalid: 2026-12-01 - 2027-11-30",
            "CLM0203 `valid` takes a group of keys, not a single value (write `valid: { from: 2026-12-01, until: 2027-11-30 }`)",
            Sure::No,
            "with: anyone\nvalid: { from: 2026-12-01, until: 2027-11-30 }",
        ),
    ]);
    // What takes one value has no list.
    let form = told(&mill("legal_form: producer", "legal_form: producer, worker"));
    assert!(form.len() == 1 && !form[0].contains("a list"), "{form:?}");
}

#[test]
fn what_a_comma_or_a_number_sign_cuts_off() {
    are_mended(&[
        (
            "place: { country: AR }",
            "place: { country: AR, locality: Rosario, Santa Fe }",
            "CLM0208 in brackets a comma divides entries, so it cuts `Rosario, Santa Fe` in two (write `locality: \"Rosario, Santa Fe\"`)",
            Sure::No,
            "place: { country: AR, locality: \"Rosario, Santa Fe\" }",
        ),
        (
            "place: { country: AR }",
            "place: { country: AR, address: Mitre 750, piso 2 }",
            "CLM0208 in brackets a comma divides entries, so it cuts `Mitre 750, piso 2` in two (write `address: \"Mitre 750, piso 2\"`)",
            Sure::No,
            "place: { country: AR, address: \"Mitre 750, piso 2\" }",
        ),
        (
            NAME,
            flour!("properties: { flute: a, b, c }"),
            "CLM0208 in brackets a comma divides entries, so it cuts `a, b, c` into 3 (write `flute: [a, b, c]`)",
            Sure::No,
            flour!("properties: { flute: [a, b, c] }"),
        ),
        (
            PRICE,
            "price: { at_least: 95.000,50 ARS/kg }",
            "CLM0208 in brackets a comma divides entries, so it cuts `95.000,50 ARS/kg` in two (write `95000.50 ARS/kg`)",
            Sure::Yes,
            "price: { at_least: 95000.50 ARS/kg }",
        ),
        (
            NAME,
            flour!("delivery: [pickup, { value: delivered, costs_us: [0,95 ARS/kg, 500 ARS] }]"),
            "CLM0208 in brackets a comma divides entries, so it cuts `0,95 ARS/kg` in two (write `0.95 ARS/kg`)",
            Sure::Yes,
            flour!("delivery: [pickup, { value: delivered, costs_us: [0.95 ARS/kg, 500 ARS] }]"),
        ),
        (
            NAME,
            "name: #5 blando",
            "CLM0204 behind this `#` all is a comment, so nothing stands behind `name` (write `name: \"#5 blando\"`)",
            Sure::No,
            "name: \"#5 blando\"",
        ),
        (
            NAME,
            "name: Recorte #5\n      blando",
            "CLM0101 behind this `#` all is a comment, and a text that goes on below has none in it (write `name: \"Recorte #5 blando\"`)",
            Sure::No,
            "name: \"Recorte #5 blando\"",
        ),
        (
            NAME,
            "name: Recorte # ours\n      blando",
            "CLM0101 behind this `#` all is a comment, and a text that goes on below has none in it (write `name: Recorte blando`)",
            Sure::No,
            "name: Recorte blando # ours",
        ),
    ]);
    // A comment on what is to come is none of these.
    assert!(told(&mill(NAME, "name: # to be named"))[0].starts_with("CLM0204 nothing stands behind `name`"));
}

#[test]
fn signs_of_other_keyboards() {
    are_mended(&[
        (
            NAME,
            "name：Flour",
            "CLM0128 `：` is not the colon that divides a key from its value (write `name: Flour`)",
            Sure::Yes,
            NAME,
        ),
        (
            QUANTITY,
            "quantity: { at_least：200 kg }",
            "CLM0128 `：` is not the colon that divides a key from its value (write `at_least: 200 kg`)",
            Sure::Yes,
            "quantity: { at_least: 200 kg }",
        ),
        (
            QUANTITY,
            "quantity: { at_least = 200 kg }",
            "CLM0201 unknown key `at_least = 200 kg` in `quantity` (write `at_least: 200 kg`)",
            Sure::No,
            "quantity: { at_least: 200 kg }",
        ),
        (
            "id: https://mill.example",
            "id: “https://mill.example",
            "CLM0124 this typographic quote counts as part of the text, and has no other (write `\"https://mill.example\"`)",
            Sure::No,
            "id: \"https://mill.example\"",
        ),
        (NAME, "name:\u{a0}Flour", "CLM0125 a space is missing behind the `:` (put a space there)", Sure::Yes, NAME),
    ]);
    // A quote of print behind a number stands for inches.
    assert_eq!(told(&mill(NAME, "name: Pipe 12”")), [""; 0]);
}

#[test]
fn amounts_without_something() {
    let volume = "quantity: { at_least: 100 kg, multiple_of: 25 kg }\n    volume: 1000 kg per month";
    are_mended(&[
        (
            volume,
            "volume: { at_most: 9 t per month }\n    quantity: { at_least: 200 }",
            "CLM0310 `200` does not say in which unit (write for example `200 kg`)",
            Sure::No,
            "volume: { at_most: 9 t per month }\n    quantity: { at_least: 200 kg }",
        ),
        (
            PRICE,
            "price: 95.000,50 ARS/kg",
            "CLM0304 the decimals in `95.000,50 ARS/kg` stand behind a comma (write `95000.50 ARS/kg`)",
            Sure::Yes,
            "price: 95000.50 ARS/kg",
        ),
        (
            PRICE,
            "price: 600000 ARS/mil kg",
            "CLM0306 `600000 ARS/mil kg` cannot be read as it is written (write `600000 ARS/1000 kg`)",
            Sure::Yes,
            "price: 600000 ARS/1000 kg",
        ),
        (
            PRICE,
            "price: $95000/1000 kg",
            "CLM0312 `$95000/1000 kg` is written with a symbol for the currency (several currencies have this sign: write the three letters of yours behind the amount, for example `95000 ARS/1000 kg`)",
            Sure::No,
            "price: 95000 ARS/1000 kg",
        ),
        (
            "payment_days: { at_most: 30 days }",
            "payment_days: { at_most: 30 }",
            "CLM0317 `30` is not a time in days, weeks, months or years (write for example `30 days`)",
            Sure::No,
            "payment_days: { at_most: 30 days }",
        ),
    ]);
    let credit = |share: &str| {
        mill(
            "    payment_days: { at_most: 30 days }\n",
            &format!("    payment_days: {{ at_most: 30 days }}\n    credit_share: {share}\n"),
        )
        .replace(WITH, "circuits: { punto: { id: https://punto.example, unit: 1 ARS, limit: 9 ARS } }\nwith: anyone")
    };
    assert_eq!(
        told(&credit("40 %")),
        ["CLM0526 `credit_share` does not say in which circuit (write `{ in: punto, at_least: 40 %, at_most: 40 % }`)"]
    );
    for (share, meant) in [
        ("40 %", "{ in: punto, at_least: 40 %, at_most: 40 % }"),
        ("{ at_most: 40 % }", "{ in: punto, at_most: 40 % }"),
    ] {
        assert_eq!(mend(&credit(share), Wanted::All, reading).text, credit(meant));
    }
}

#[test]
fn keys_that_stand_otherwise() {
    are_mended(&[
        (
            "item: hs:1101",
            "sku: facon-corrugado",
            "CLM0201 unknown key `sku` in `flour` (write `item: sku:facon-corrugado`)",
            Sure::No,
            "item: sku:facon-corrugado",
        ),
        (
            "item: hs:1101",
            "item: hs:1101\n    sku: facon-corrugado",
            "CLM0201 unknown key `sku` in `flour` (write `item: [hs:1101, sku:facon-corrugado]`)",
            Sure::No,
            "item: [hs:1101, sku:facon-corrugado]",
        ),
        (
            "    volume: 1000 kg per month\n",
            "    stock: 300 kg\n",
            "CLM0201 unknown key `stock` in `flour` (write `volume: { at_most: 300 kg }`)",
            Sure::No,
            "    volume: { at_most: 300 kg }\n",
        ),
        (
            NAME,
            flour!("colour: red"),
            "CLM0201 unknown key `colour` in `flour` (a key of your own begins with `x_`: `x_colour`)",
            Sure::No,
            flour!("x_colour: red"),
        ),
        (
            "law: [AR]",
            "law: { country: AR }",
            "CLM0201 unknown key `country` in `law` (write `law: AR`)",
            Sure::No,
            "law: AR",
        ),
        (
            "item: hs:1101",
            "item: { hs: 1101 }",
            "CLM0203 `item` takes a value or a list of values, not a group of keys (write `item: hs:1101`)",
            Sure::No,
            "item: hs:1101",
        ),
        (
            WITH,
            "with: anyone\noperations: { order: { formats: csv }, forecast: off }",
            "CLM0203 `forecast` takes a group of keys, not a single value (take `forecast` out: what is not listed is not granted)",
            Sure::No,
            "with: anyone\noperations: { order: { formats: csv } }",
        ),
    ]);
}

#[test]
fn no_fix_leaves_json_that_is_none() {
    let json = |delivery: &str| {
        format!(
            "{{\"clm\": 1, \"coop\": {{\"id\": \"https://a.example\", \"name\": \"A\", \"legal_form\": \"worker\", \"place\": {{\"country\": \"AR\"}}}}, \"with\": \"anyone\", \"offers\": {{\"x\": {{\"item\": \"hs:1101\", {delivery}}}}}}}\n"
        )
    };
    for (written, meant) in [
        ("\"delivery\": \"pickup, delivered\"", "\"delivery\": [\"pickup\", \"delivered\"]"),
        ("\"price\": \"80-110 ARS/kg\"", "\"price\": { \"at_least\": \"80 ARS/kg\", \"at_most\": \"110 ARS/kg\" }"),
        (
            "\"price\": {\"from\": \"9 kg\", \"price\": \"8 ARS/kg\"}",
            "\"price\": { \"tiers\": [{ \"from\": \"9 kg\", \"price\": \"8 ARS/kg\" }] }",
        ),
        ("\"tax\": 4, \"payment_days\": 30", "\"tax\": \"4 %\", \"payment_days\": \"30 days\""),
        (
            "\"price\": \"3 ARS/kg\", \"quantity\": { \"at_least\": 10 }",
            "\"price\": \"3 ARS/kg\", \"quantity\": { \"at_least\": \"10 kg\" }",
        ),
        ("\"delivery\": { \"pickup\": true }", "\"delivery\": \"pickup\""),
    ] {
        let folder = Folder::new().with("a.clm.json", json(written));
        folder.run(&["check", "--unsafe-fixes", "a.clm.json"]);
        assert_eq!(folder.read("a.clm.json"), json(meant));
    }
}

#[test]
fn a_first_manifest_is_told_of_a_decimal_comma_once() {
    let folder = Folder::new();
    let arguments =
        ["init", "--name", "Pan", "--country", "AR", "--legal-form", "worker", "--id", "https://pan.example"];
    let said = folder.run(&[&arguments[..], &["--offer", "Pan=hs:1905 950,50 ARS/kg", "pan.clm.yaml"]].concat());
    let said = said.exits(2).all();
    assert_eq!(said.matches("--offer").count(), 1, "{said}");
    assert!(said.contains("write `950.50 ARS/kg`"), "{said}");
}

#[test]
fn values_as_people_say_them() {
    let clock = "CLM0306 `8 a 17 hs` cannot be read as it is written (a range is written `{ at_least: 08:00, at_most: 17:00 }`)";
    are_mended(&[
        (
            "payment_days: { at_most: 30 days }",
            "payment_days: contado",
            "CLM0317 `contado` is not a time in days, weeks, months or years (write `0 days`)",
            Sure::No,
            "payment_days: 0 days",
        ),
        (
            QUANTITY,
            "quantity: aprox. 100 kg",
            "CLM0302 `aprox. 100 kg` does not begin with a number (write `100 kg`)",
            Sure::No,
            "quantity: 100 kg",
        ),
        (
            PRICE,
            "price: 6:50 ARS/kg",
            "CLM0309 the number and the unit in `6:50 ARS/kg` are written together (write `6.50 ARS/kg`)",
            Sure::No,
            "price: 6.50 ARS/kg",
        ),
        (
            PRICE,
            "price: 600 ARS/kg,",
            "CLM0306 `600 ARS/kg,` cannot be read as it is written (write `600 ARS/kg`)",
            Sure::Yes,
            "price: 600 ARS/kg",
        ),
        (
            PRICE,
            "price: 600 ARS/kg + IVA",
            "CLM0306 `600 ARS/kg + IVA` cannot be read as it is written (write `600 ARS/kg`)",
            Sure::No,
            "price: 600 ARS/kg",
        ),
        (
            PRICE,
            "price: 600 ARS/kg // for now",
            "CLM0306 `600 ARS/kg // for now` cannot be read as it is written (write `600 ARS/kg # for now`)",
            Sure::No,
            "price: 600 ARS/kg # for now",
        ),
        (
            "languages: [es, en]",
            "languages: [spa, en]",
            "CLM0347 `spa` is not the code of a language (did you mean `es`?)",
            Sure::No,
            "languages: [es, en]",
        ),
        (
            "languages: [es, en]",
            "languages: [es, en-UK]",
            "CLM0347 `en-UK` is not the code of a language (did you mean `en-GB`?)",
            Sure::No,
            "languages: [es, en-GB]",
        ),
        (
            "  flour:\n",
            "  - flour:\n",
            "CLM0203 `offers` takes a group of keys, not a list (take the `-` before each name out: the names stand below `offers` by themselves)",
            Sure::No,
            "  flour:\n",
        ),
        (
            NAME,
            flour!("delivery_hours: 8 a 17 hs"),
            clock,
            Sure::No,
            flour!("delivery_hours: { at_least: 08:00, at_most: 17:00 }"),
        ),
        (
            NAME,
            flour!("early_discount: 2% a 10 días"),
            "CLM0328 `2% a 10 días` is not a discount in the form `2 % within 10 days` (write `2 % within 10 days`)",
            Sure::Yes,
            flour!("early_discount: 2 % within 10 days"),
        ),
        (
            NAME,
            flour!("delivery: retiro en planta"),
            "CLM0343 `retiro en planta` is not one of the words for `delivery` (did you mean `pickup`?)",
            Sure::No,
            flour!("delivery: pickup"),
        ),
        (
            "id: https://mill.example",
            "id: <https://mill.example>",
            "CLM0346 `<https://mill.example>` is not `https://` or `did:web:` with the full name of a host behind it (write `https://mill.example`)",
            Sure::No,
            "id: https://mill.example",
        ),
        (
            "languages: [es, en]",
            "languages: (es, en)",
            "CLM0347 `(es, en)` is not the code of a language (a list is written `[es, en]`)",
            Sure::No,
            "languages: [es, en]",
        ),
        (
            "item: hs:1101",
            "item: hs: 1101",
            "CLM0122 a text without quotes holds a colon and a space (write `hs:1101`)",
            Sure::No,
            "item: hs:1101",
        ),
        (
            "item: hs:1101",
            "item: hs:11,01",
            "CLM0325 `hs:11,01` does not have the form of its classification (write `hs:1101`)",
            Sure::Yes,
            "item: hs:1101",
        ),
        (
            WITH,
            "with: anyone\nvalid: hasta 2027-11-30",
            "CLM0203 `valid` takes a group of keys, not a single value (write `valid: { until: 2027-11-30 }`)",
            Sure::No,
            "with: anyone\nvalid: { until: 2027-11-30 }",
        ),
        (
            WITH,
            "with: anyone\nvalid: 2027-10-31",
            "CLM0203 `valid` takes a group of keys, not a single value (write `{ until: 2027-10-31 }` if it is the last day, or `{ from: 2027-10-31 }` if it is the first)",
            Sure::No,
            "with: anyone\nvalid: { until: 2027-10-31 }",
        ),
        (
            WITH,
            "with: anyone\nvalid: 31/10/2027",
            "CLM0203 `valid` takes a group of keys, not a single value (write `{ until: 2027-10-31 }` if it is the last day, or `{ from: 2027-10-31 }` if it is the first)",
            Sure::No,
            "with: anyone\nvalid: { until: 2027-10-31 }",
        ),
        (
            "item: hs:1101",
            "item: 1101",
            "CLM0323 `1101` does not say of which classification it is (write `hs:1101`, if that is what it is, or `sku:1101` for a number of your own)",
            Sure::No,
            "item: hs:1101",
        ),
        (
            "payment_days: { at_most: 30 days }",
            "payment_days: 30/60 días",
            "CLM0306 `30/60 días` are several days to pay on, and `payment_days` is one by which all is paid (write `60 days`, the last of them)",
            Sure::No,
            "payment_days: 60 days",
        ),
        (
            "payment_days: { at_most: 30 days }",
            "payment_days: 30, 60 y 90 días",
            "CLM0306 `30, 60 y 90 días` are several days to pay on, and `payment_days` is one by which all is paid (write `90 days`, the last of them)",
            Sure::No,
            "payment_days: 90 days",
        ),
        (
            NAME,
            flour!("lead_time: 5/7 días"),
            "CLM0306 `5/7 días` cannot be read as it is written (a range is written `{ at_least: 5 days, at_most: 7 days }`)",
            Sure::No,
            flour!("lead_time: { at_least: 5 days, at_most: 7 days }"),
        ),
    ]);
}

#[test]
fn brackets_and_lines_of_another_kind() {
    are_mended(&[
        (
            NAME,
            flour!("delivery: {pickup, delivered}"),
            "CLM0201 unknown key `pickup` in `delivery` (write `delivery: [pickup, delivered]`)",
            Sure::No,
            flour!("delivery: [pickup, delivered]"),
        ),
        (
            NAME,
            flour!("delivery: [[pickup, delivered]]"),
            "CLM0203 an entry of `delivery` must be a value or a group of keys, not a list (write `pickup, delivered`)",
            Sure::No,
            flour!("delivery: [pickup, delivered]"),
        ),
        (
            QUANTITY,
            "quantity: (at_least: 100 kg, multiple_of: 25 kg)",
            "CLM0122 a text without quotes holds a colon and a space (write `{ at_least: 100 kg, multiple_of: 25 kg }`)",
            Sure::No,
            QUANTITY,
        ),
        (
            NAME,
            flour!("receiver_brings: \"paper\", \"ink\""),
            "CLM0120 the text in quotes ends here, and more stands behind it (write `[\"paper\", \"ink\"]`)",
            Sure::No,
            flour!("receiver_brings: [\"paper\", \"ink\"]"),
        ),
        (
            NAME,
            flour!("receiver_brings:\n      1. paper\n      2. ink"),
            "CLM0127 an item of a list begins with `-`, not with `1.` (write `- paper`)",
            Sure::No,
            flour!("receiver_brings:\n      - paper\n      - ink"),
        ),
        (
            NAME,
            flour!("receiver_brings:\n      -\u{a0}paper\n      - ink"),
            "CLM0125 a space is missing behind the `-` (put a space there)",
            Sure::Yes,
            flour!("receiver_brings:\n      - paper\n      - ink"),
        ),
        (
            "    name: Flour\n",
            "    - name: Flour\n",
            "CLM0126 items of a list and keys stand in one block here (take the `- ` out: this is a key like those above)",
            Sure::No,
            "    name: Flour\n",
        ),
        (
            "    name: Flour\n",
            "    \"name: Flour\n",
            "CLM0120 this quote is not closed (put the same quote at the end of the key)",
            Sure::No,
            "    \"name\": Flour\n",
        ),
        (
            "    name: Flour\n",
            "    name -> Flour\n",
            "CLM0128 this line has no colon, so it is neither a key nor an item of a list (write `name: Flour`)",
            Sure::No,
            "    name: Flour\n",
        ),
        (
            "    name: Flour\n",
            "    name: Flour\n    very white\n",
            "CLM0128 this line has no colon, so it is neither a key nor an item of a list (if it belongs to the text above, begin it further right than that key)",
            Sure::No,
            "    name: Flour\n      very white\n",
        ),
        (
            "agreement: { law: [AR] }",
            "agreement: { law: [AR]], duration: 6 months }",
            "CLM0121 `]` cannot close `{` (take it out)",
            Sure::No,
            "agreement: { law: [AR], duration: 6 months }",
        ),
        (
            "agreement: { law: [AR] }",
            "agreement: law AR",
            "CLM0203 `agreement` takes a group of keys, not a single value (write `agreement: { law: AR }`)",
            Sure::No,
            "agreement: { law: AR }",
        ),
        (
            PRICE,
            "price:\n      - { from: 100 kg, price: 8 ARS/kg } # few\n      - { from: 900 kg, price: 7 ARS/kg }",
            "CLM0203 `price` takes a value or a group of keys, not a list (put `tiers:` between `price` and its list)",
            Sure::No,
            "price:\n      tiers:\n        - { from: 100 kg, price: 8 ARS/kg } # few\n        - { from: 900 kg, price: 7 ARS/kg }",
        ),
        (
            PRICE,
            "price:\n      tiers:\n        from: 100 kg\n        # few\n        price: 8 ARS/kg",
            "CLM0203 `tiers` takes a list, not a group of keys (put `- ` before `from`, and two spaces before the lines of it below)",
            Sure::No,
            "price:\n      tiers:\n        - from: 100 kg\n          # few\n          price: 8 ARS/kg",
        ),
        (
            PRICE,
            "price: { tiers: { from: 100 kg, price: 8 ARS/kg } }",
            "CLM0203 `tiers` takes a list, not a group of keys (write `tiers: [{ from: 100 kg, price: 8 ARS/kg }]`)",
            Sure::No,
            "price: { tiers: [{ from: 100 kg, price: 8 ARS/kg }] }",
        ),
    ]);
}

#[test]
fn practices_in_one_text_are_told_though_any_text_may_be_one() {
    let practices = |practices: &str| mill("  languages:", &format!("  practices: {practices}\n  languages:"));
    for (written, meant) in [
        ("[equal_vote open_books]", "[equal_vote, open_books]"),
        ("equal_vote, open_books", "[equal_vote, open_books]"),
    ] {
        let mended = mend(&practices(written), Wanted::All, reading);
        assert_eq!((mended.text, mended.fixed), (practices(meant), 1));
        assert_eq!(mend(&practices(written), Wanted::Safe, reading).text, practices(written));
    }
}

/// Another manifest, with all that a mill does not have.
const BAKERY: &str = "\
clm: 1
coop:
  id: https://bakery.example
  name: The Bakery
  legal_form: worker
  place: { country: AR }
  contact: { email: trade@bakery.example, signatory: The chair, office: chair }
  certificates: { organic: { number: A-1, issuer: B, evidence: https://b.example/1 } }
valid: { from: 2026-12-01, until: 2027-11-30 }
circuits:
  punto: { id: https://punto.example, unit: 1 ARS, limit: 3000000 ARS }
partners:
  sisters: { practice: equal_vote }
with: sisters
operations: { order: { formats: csv } }
agreement: { law: [AR], late_interest: { at_most: 8 % } }
offers:
  bread:
    item: hs:1905
    name: Bread
    price: 3000 ARS/kg
    credit_share: { in: punto, at_most: 40 % }
    certificates: [organic]
  kit:
    includes: { bread: 5 kg }
    price: 15000 ARS
needs:
  flour:
    item: hs:1101
    volume: { at_most: 200 kg per week }
    price: { at_most: 700 ARS/kg }
    substitutes: [{ item: hs:1102, ratio: 1.05 }]
recipes:
  baking:
    makes: { bread: 10 kg }
    from: { flour: 10 kg }
    work: 2 hour
";

#[test]
fn what_a_bakery_writes_is_told_once_and_mended() {
    for (line, instead, told_as, meant) in [
        ("limit: 3000000 ARS", "limit: 3 millones ARS", "write `3000000 ARS`", "limit: 3000000 ARS"),
        (
            "practice: equal_vote }\nwith",
            "equal_vote: yes }\nwith",
            "write `practice: equal_vote`",
            "practice: equal_vote }\nwith",
        ),
        (
            "practice: equal_vote }\nwith",
            "members: más de 6 }\nwith",
            "a range is written `{ at_least: 6 }`",
            "members: { at_least: 6 } }\nwith",
        ),
        (
            "practice: equal_vote }\nwith",
            "members: > 6 }\nwith",
            "write `{ at_least: 6 }`",
            "members: { at_least: 6 } }\nwith",
        ),
        (
            "  place: { country: AR }",
            "  place: Argentina",
            "write `place: { country: AR }`",
            "  place: { country: AR }",
        ),
        (
            "  place: { country: AR }",
            "  place: { country: AR, subdivision: Buenos Aires }",
            "did you mean `AR-B`?",
            "  place: { country: AR, subdivision: AR-B }",
        ),
        (
            "  place: { country: AR }",
            "  place: { country: AR, subdivision AR-B }",
            "write `subdivision: AR-B`",
            "  place: { country: AR, subdivision: AR-B }",
        ),
        (
            "operations: { order: { formats: csv } }",
            "operations: [order, forecast]",
            "write `operations: { order: { formats: [csv] }, forecast: {} }`",
            "operations: { order: { formats: [csv] }, forecast: {} }",
        ),
        ("makes: { bread: 10 kg }", "makes: { bread, 10 kg }", "write `bread: 10 kg`", "makes: { bread: 10 kg }"),
        ("makes: { bread: 10 kg }", "makes: bread 10 kg", "write `makes: { bread: 10 kg }`", "makes: { bread: 10 kg }"),
        (
            "makes: { bread: 10 kg }",
            "makes: [bread: 10 kg]",
            "write `makes: { bread: 10 kg }`",
            "makes: { bread: 10 kg }",
        ),
        (
            "includes: { bread: 5 kg }",
            "includes: bread 5 kg",
            "write `includes: { bread: 5 kg }`",
            "includes: { bread: 5 kg }",
        ),
        (
            "volume: { at_most: 200 kg per week }",
            "volume: { at_most: 200 per week }",
            "write for example `200 kg per week`",
            "volume: { at_most: 200 kg per week }",
        ),
        (
            "volume: { at_most: 200 kg per week }",
            "volume: 50 kg to 200 kg per week",
            "a range is written `{ at_least: 50 kg per week, at_most: 200 kg per week }`",
            "volume: { at_least: 50 kg per week, at_most: 200 kg per week }",
        ),
        ("[{ item: hs:1102, ratio: 1.05 }]", "[hs:1102]", "write `item: hs:1102`", "[item: hs:1102]"),
        (
            "[{ item: hs:1102, ratio: 1.05 }]",
            "{ item: hs:1102, ratio: 1.05 }",
            "write `substitutes: [{ item: hs:1102, ratio: 1.05 }]`",
            "[{ item: hs:1102, ratio: 1.05 }]",
        ),
        ("late_interest: { at_most: 8 % }", "late_interest: 8% anual", "write `8%`", "late_interest: 8%"),
        ("until: 2027-11-30", "until: 2027-11", "write `2027-11-30`", "until: 2027-11-30"),
        ("number: A-1", "number: A-1 # 2", "write `\"A-1 # 2\"`", "number: \"A-1 # 2\""),
        ("number: A-1", "number: #A-1", "write `\"#A-1\"`", "number: \"#A-1\""),
        (
            "needs:\n  flour:\n    item: hs:1101\n    volume: { at_most: 200 kg per week }\n    price: { at_most: 700 ARS/kg }\n    substitutes: [{ item: hs:1102, ratio: 1.05 }]\n",
            "needs:\nflour:\n  item: hs:1101\n  price: { at_most: 700 ARS/kg }\n",
            "if it belongs under `needs`, begin this line and all that belongs to it further right",
            "needs:\n  flour:\n    item: hs:1101\n    price: { at_most: 700 ARS/kg }\n",
        ),
    ] {
        assert!(BAKERY.contains(line), "{line}");
        let (wrong, right) = (BAKERY.replace(line, instead), BAKERY.replace(line, meant));
        let found = told(&wrong);
        assert!(found.len() == 1 && found[0].ends_with(&format!("({told_as})")), "{instead}: {found:#?}");
        assert_eq!(mend(&wrong, Wanted::All, reading).text, right, "{instead}");
    }
    // Neither a package nor a line can be read where its parts cannot: its price is no second mistake.
    assert_eq!(told(&BAKERY.replace("includes: { bread: 5 kg }", "includes: [bread]")).len(), 1);
}

#[test]
fn what_is_told_of_json_is_json() {
    let json = |offer: &str| {
        format!(
            "{{\"clm\": 1, \"coop\": {{\"id\": \"https://a.example\", \"name\": \"A\", \"legal_form\": \"worker\", \"place\": {{\"country\": \"AR\"}}}}, \"with\": \"anyone\", \"offers\": {{\"x\": {{\"item\": \"hs:1101\", \"price\": \"3 ARS/kg\", {offer}}}}}}}\n"
        )
    };
    let told = |text: &str| {
        let found = Session::new(Memory::of(&[("a.clm.json", text)])).check("a.clm.json").diagnostics;
        let tell = |finding: &clm::diagnostic::Diagnostic| {
            format!("{} {}", finding.rule.code, finding.help.as_ref().map(|help| help.english()).unwrap_or_default())
        };
        found.iter().filter(|found| found.severity == clm::diagnostic::Severity::Error).map(tell).collect::<Vec<_>>()
    };
    for (offer, expected) in [
        ("\"tax\": 4", "CLM0316 write `\"4 %\"`"),
        ("\"tax\": \"4\"", "CLM0316 write `4 %`"),
        (
            "\"lead_time\": null",
            "CLM0204 write for example `\"lead_time\": { \"at_most\": \"15 days\" }`, or leave it out",
        ),
        (
            "\"credit_share\": \"30 %\"",
            "CLM0526 add `\"in\": \"punto\"`, the name of a circuit declared under `circuits`",
        ),
        ("\"name\": “Flour”", "CLM0124 use `\"`, or none"),
        ("\"name\": \"Flour, \"tax\": \"4 %\"", "CLM0120 put the same quote at the end of the text"),
        (
            "\"name\": \"The \"white\" one\"",
            "CLM0120 put all of it in one pair of quotes; inside, write `\\\"` for `\"`",
        ),
    ] {
        assert_eq!(told(&json(offer)), [expected], "{offer}");
    }
    let behind = json("\"tax\": \"4 %\"").replace("}}}\n", "}}},\n");
    assert_eq!(told(&behind), ["CLM0135 take it out"]);
    let folder =
        Folder::new().with("a.clm.json", json("\"tax\": \"4 %\", \"name\": \"Flour, \"lead_time\": \"3 days\""));
    folder.run(&["check", "--unsafe-fixes", "a.clm.json"]);
    assert_eq!(folder.read("a.clm.json"), json("\"tax\": \"4 %\", \"name\": \"Flour\", \"lead_time\": \"3 days\""));
}

const SPACE: &str = "CLM0125 a space is missing behind the `:` (put a space there)";

#[test]
fn signs_missing_before_brackets_and_quotes() {
    are_mended(&[
        (PRICE, "price:{ at_least: 600 ARS/kg }", SPACE, Sure::Yes, PRICE),
        (QUANTITY, "quantity:{ at_least: 100 kg, multiple_of: 25 kg }", SPACE, Sure::Yes, QUANTITY),
        (NAME, "name:\"Flour\"", SPACE, Sure::Yes, "name: \"Flour\""),
        (NAME, flour!("delivery:[delivered]"), SPACE, Sure::Yes, flour!("delivery: [delivered]")),
        (
            NAME,
            flour!("delivery [delivered, pickup]"),
            "CLM0128 a colon is missing behind `delivery` (write `delivery: [delivered, pickup]`)",
            Sure::No,
            flour!("delivery: [delivered, pickup]"),
        ),
        (
            NAME,
            "name \"Flour\"",
            "CLM0128 a colon is missing behind `name` (write `name: \"Flour\"`)",
            Sure::No,
            "name: \"Flour\"",
        ),
        (
            QUANTITY,
            "quantity { at_least: 100 kg, multiple_of: 25 kg }",
            "CLM0128 a colon is missing behind `quantity` (write `quantity: { at_least: 100 kg, multiple_of: 25 kg }`)",
            Sure::No,
            QUANTITY,
        ),
    ]);
}

#[test]
fn what_stands_behind_the_bracket_that_ends_a_value() {
    are_mended(&[
        (
            QUANTITY,
            "quantity: { at_least: 100 kg, multiple_of: 25 kg },",
            "CLM0101 the value ends at the `}` before this (take it out)",
            Sure::Yes,
            QUANTITY,
        ),
        (
            NAME,
            flour!("delivery_days: [mon, wed]."),
            "CLM0101 the value ends at the `]` before this (take it out)",
            Sure::Yes,
            flour!("delivery_days: [mon, wed]"),
        ),
        (
            NAME,
            flour!("delivery_days: [mon, wed]# from 8 to 14"),
            "CLM0125 a space is missing before the `#` of a comment (put a space there)",
            Sure::Yes,
            flour!("delivery_days: [mon, wed] # from 8 to 14"),
        ),
        (
            NAME,
            flour!("delivery_days: [mon, wed] but no holidays"),
            "CLM0101 the value ends at the `]` before this (if it is a comment, write `# but no holidays`)",
            Sure::No,
            flour!("delivery_days: [mon, wed] # but no holidays"),
        ),
    ]);
}

#[test]
fn a_list_against_keys_over_several_lines() {
    are_mended(&[
        (
            NAME,
            flour!("delivery:\n      - value: pickup\n        points: 2\n      value: delivered"),
            "CLM0126 this item of a list has no `- ` before it (write `- value: delivered`)",
            Sure::No,
            flour!("delivery:\n      - value: pickup\n        points: 2\n      - value: delivered"),
        ),
        (
            NAME,
            flour!("delivery:\n      - pickup\n      - value: delivered\n      costs_us: 9 ARS/kg"),
            "CLM0126 items of a list and keys stand in one block here (begin it further right: it belongs to the item above)",
            Sure::No,
            flour!("delivery:\n      - pickup\n      - value: delivered\n        costs_us: 9 ARS/kg"),
        ),
        (
            WITH,
            "with: anyone\noperations:\n  order: { formats: csv }\n  - invoice: { formats: csv }\n  - pay: { formats: csv }",
            "CLM0126 items of a list and keys stand in one block here (take the `- ` out: this is a key like `order`)",
            Sure::No,
            "with: anyone\noperations:\n  order: { formats: csv }\n  invoice: { formats: csv }\n  pay: { formats: csv }",
        ),
        (
            WITH,
            "with: anyone\noperations:\n  - order:\n      formats: csv\n  invoice:\n    formats: csv",
            "CLM0126 items of a list and keys stand in one block here (take the `- ` out: this is a key like `invoice`)",
            Sure::No,
            "with: anyone\noperations:\n  order:\n    formats: csv\n  invoice:\n    formats: csv",
        ),
        // The keys stand right below the name already.
        (
            "  flour:\n    item: hs:1101\n    name: Flour",
            "  - flour:\n    item: hs:1101\n    properties:\n      variety: hard\n  salt: { item: hs:2501, price: 9 ARS/kg }\n  meal:\n    item: hs:1102",
            "CLM0126 items of a list and keys stand in one block here (take the `- ` out: this is a key like `salt`)",
            Sure::No,
            "  flour:\n    item: hs:1101\n    properties:\n      variety: hard\n  salt: { item: hs:2501, price: 9 ARS/kg }\n  meal:\n    item: hs:1102",
        ),
        (
            "contact: { email: trade@mill.example, signatory: The chair, office: chair }",
            "contact:\n    email: trade@mill.example\n  - signatory: The chair\n  - office: chair",
            "CLM0126 items of a list and keys stand in one block here (take the `- ` out: this is a key like those above)",
            Sure::No,
            "contact:\n    email: trade@mill.example\n    signatory: The chair\n    office: chair",
        ),
    ]);
    // A name of which only the writer knows is no fix.
    let nameless = mill("  flour:\n    item: hs:1101", "  - item: hs:1101")
        .replace("    payment_days", "  salt:\n    item: hs:2501\n    price: 9 ARS/kg\n    payment_days");
    assert_eq!(
        told(&nameless),
        [
            "CLM0126 items of a list and keys stand in one block here (give the list a key of its own, or put a `- ` before every item)"
        ]
    );
    assert_eq!(mend(&nameless, Wanted::All, reading).text, nameless);
}

#[test]
fn signs_that_are_none_of_the_keyboard_s() {
    are_mended(&[
        (
            NAME,
            "name: «Flour»",
            "CLM0124 these typographic quotes count as part of the text (use `\"`, or none)",
            Sure::No,
            "name: \"Flour\"",
        ),
        (
            "country: AR",
            "country: ‹AR›",
            "CLM0124 these typographic quotes count as part of the text (use `\"`, or none)",
            Sure::No,
            "country: \"AR\"",
        ),
        (
            NAME,
            "name: \"C:\\flour\\best\"",
            "CLM0117 in double quotes `\\f` stands for a character that nobody can read (write `\\\\` for a backslash; in a YAML file single quotes keep one as it is)",
            Sure::No,
            "name: \"C:\\\\flour\\\\best\"",
        ),
        (
            "    name: Flour",
            "\u{a0}\u{a0}  name: Flour",
            "CLM0119 this line is indented with a space that is none of the keyboard's (`U+00A0`) (indent it with spaces)",
            Sure::Yes,
            "    name: Flour",
        ),
    ]);
    // Two pairs are part of the text, and so is one inside.
    for name in ["name: «Flour» and «salt»", "name: Flour «best»", "name: “Flour” and “salt”"] {
        assert_eq!(told(&mill(NAME, name)), [""; 0], "{name}");
    }
}

#[test]
fn marks_of_a_merge_alone_indented_or_with_what_was_before() {
    let told = |instead: &str| told(&mill("  name: The Mill\n", instead)).join("\n");
    let lone = "CLM0123 here is a marker of two versions that were not merged (keep the lines of one version, and take out those of the other with every marked line)";
    for mark in ["<<<<<<< HEAD", "=======", ">>>>>>> main", "||||||| base", "  ======="] {
        assert_eq!(told(&format!("  name: The Mill\n{mark}\n")), lone, "{mark}");
    }
    let all = "  <<<<<<< HEAD\n  name: The Mill\n  =======\n  name: A mill\n  >>>>>>> main\n";
    assert!(told(all).ends_with("take out the rest with the 3 marked lines)"), "{}", told(all));
    let old = all.replace("  =======", "  ||||||| base\n  name: Mill\n  =======");
    for old in [&old, &old.replace("  <", "<").replace("  |", "|").replace("  =", "=").replace("  >", ">")] {
        assert!(told(old).contains("those up to `=======` what it was before"), "{}", told(old));
        assert!(told(old).ends_with("take out the rest with the 4 marked lines)"), "{}", told(old));
    }
    assert_eq!(told("  name: |\n    The Mill\n    =======\n    >>>>>>> main\n"), "");
}

#[test]
fn keys_beside_the_one_that_they_belong_under_and_options_that_are_switched() {
    are_mended(&[
        (
            NAME,
            flour!("properties:\n    variety: hard\n    grade: fine"),
            "CLM0201 unknown key `variety` in `flour` (if it belongs under `properties`, begin this line and all that belongs to it further right)",
            Sure::No,
            flour!("properties:\n      variety: hard\n      grade: fine"),
        ),
        (
            NAME,
            flour!("delivery: { pickup: yes, delivered: no }"),
            "CLM0201 unknown key `pickup` in `delivery` (write `delivery: pickup`)",
            Sure::No,
            flour!("delivery: pickup"),
        ),
        (
            NAME,
            flour!("delivery:\n      - pickup: true\n      - delivered"),
            "CLM0201 unknown key `pickup` in `delivery` (write `pickup`)",
            Sure::No,
            flour!("delivery:\n      - pickup\n      - delivered"),
        ),
    ]);
    assert_eq!(
        told(&mill(NAME, flour!("delivery: { pickup: no }"))),
        ["CLM0201 unknown key `pickup` in `delivery` (take `delivery` out: what is not written is not said)"]
    );
}
