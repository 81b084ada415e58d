//! What people type wrong with a text editor, and what they are told of it: for one mistake, one finding with its way out.

use clm::diagnostic::Diagnostic;
use clm::session::Session;
use clm::world::Memory;

use crate::folder::MILL;

/// What is found in a manifest: code, message and help.
fn told(manifest: &str) -> Vec<String> {
    let tell = |finding: &Diagnostic| {
        let help = finding.help.as_ref().map(|help| format!(" ({})", help.english())).unwrap_or_default();
        format!("{} {}{help}", finding.rule.code, finding.message.english())
    };
    Session::new(Memory::of(&[("a.clm.yaml", manifest)])).check("a.clm.yaml").diagnostics.iter().map(tell).collect()
}

/// The mill with one line for another.
fn mill(line: &str, instead: &str) -> String {
    assert!(MILL.contains(line), "{line}");
    MILL.replace(line, instead)
}

/// The mill with more said of its flour.
fn flour(more: &str) -> String {
    mill("    name: Flour\n", &format!("    name: Flour\n    {more}\n"))
}

/// The mill with another price.
fn price(price: &str) -> String {
    mill("    price: { at_least: 600 ARS/kg }\n", &format!("    price: {price}\n"))
}

fn is_told(manifest: &str, expected: &str) {
    assert_eq!(told(manifest), [expected], "{manifest}");
}

#[test]
fn amounts() {
    is_told(
        &price("€38.50"),
        "CLM0312 `€38.50` is written with a symbol for the currency (write `EUR` behind the amount, for example `38.50 EUR/kg`)",
    );
    is_told(
        &price("$38.50/kg"),
        "CLM0312 `$38.50/kg` is written with a symbol for the currency (several currencies have this sign: write the three letters of yours behind the amount, for example `38.50 USD/kg`)",
    );
    is_told(
        &price("38.50 ARS"),
        "CLM0314 `38.50 ARS` is a sum, and a price for a unit is due here (say for which unit: for example `38.50 ARS/kg`)",
    );
    is_told(
        &price("1,250 ARS/kg"),
        "CLM0303 the number in `1,250 ARS/kg` is written with a separator of thousands (write `1250` for thousands, or `1.250`)",
    );
    is_told(
        &mill("  place:", "  members: 1,200\n  place:"),
        "CLM0303 the number in `1,200` is written with a separator of thousands (write `1200`)",
    );
    is_told(
        &mill("{ at_least: 100 kg, multiple_of: 25 kg }", "100+ kg"),
        "CLM0306 `100+ kg` cannot be read as it is written (a range is written `{ at_least: 100 kg }`)",
    );
}

#[test]
fn units_of_ones_own() {
    let units = |units: &str| flour(&format!("units: {units}"));
    is_told(
        &units("{ sack: 2 bag }"),
        "CLM0345 `sack` cannot be declared as a unit: nothing says how much one `bag` is (say what it is in kilograms, litres, pieces or the like)",
    );
    is_told(
        &units("{ sack: 2 bag, bag: 12.5 kg }"),
        "CLM0345 `sack` cannot be declared as a unit: `bag` is a unit of your own, and sizes are told in units that everybody knows (write `sack: 25 kg`)",
    );
    is_told(
        &units("{ sack: 2 bag, bag: 3 sack }"),
        "CLM0345 `sack` cannot be declared as a unit: `bag` is a unit of your own, and sizes are told in units that everybody knows (say what it is in kilograms, litres, pieces or the like)",
    );
    is_told(
        &mill("{ at_least: 100 kg, multiple_of: 25 kg }", "{ at_least: 100 kgg }"),
        "CLM0340 `kgg` is not a unit that is known here (did you mean `kg`?)",
    );
}

#[test]
fn words_of_lists() {
    is_told(
        &flour("delivery: pickup, delivered"),
        "CLM0343 `pickup, delivered` is not one of the words for `delivery` (a list is written `[pickup, delivered]`)",
    );
    is_told(
        &flour("delivery_days: mon-wed"),
        "CLM0343 `mon-wed` is not one of the words for `delivery_days` (a list is written `[mon, tue, wed]`)",
    );
    is_told(
        &mill("law: [AR]", "law: AR y UY"),
        "CLM0342 `AR y UY` is not the code of a country (a list is written `[AR, UY]`)",
    );
    is_told(
        &mill("with: anyone", "partners: { a: { practice: equal_vote }, b: { practice: open_books } }\nwith: a, b"),
        "CLM0401 no class of partners is called `a, b` (a list is written `[a, b]`)",
    );
    for country in ["USA", "United States", "Estados Unidos", "EE.UU."] {
        is_told(
            &mill("country: AR", &format!("country: {country}")),
            &format!("CLM0342 `{country}` is not the code of a country (did you mean `US`?)"),
        );
    }
}

#[test]
fn what_follows_from_a_mistake_is_not_told_beside_it() {
    let quoted = told(&mill("trade@mill.example", "”trade@mill.example”"));
    assert_eq!(quoted, ["CLM0124 these typographic quotes count as part of the text (use `\"`, or none)"]);
    is_told(
        &mill("with: anyone", "partners: [friends]\nwith: friends"),
        "CLM0203 `partners` takes a group of keys, not a list (write for example `partners: { neighbours: { place: { country: AR } } }`)",
    );
    is_told(
        &mill("with: anyone", "  partners:\n    friends: { practice: equal_vote }\nwith: friends"),
        "CLM0201 unknown key `partners` in `coop` (`partners` belongs at the top of the document)",
    );
}

#[test]
fn a_block_of_text_with_nothing_in_it_is_shown_where_it_begins() {
    let text = mill("    name: Flour\n", "    name: |\n\n");
    let source = clm::source::Source::new("a.clm.yaml", text.as_str());
    let found = Session::new(Memory::of(&[("a.clm.yaml", &text)])).check("a.clm.yaml").diagnostics;
    let places: Vec<String> =
        found.iter().map(|finding| source.line_column(finding.place.span.start).to_string()).collect();
    assert_eq!(places, ["14:11"], "{found:#?}");
}

#[test]
fn a_line_that_is_missing_or_out_of_its_column_is_one_mistake() {
    let two = mill("    payment_days", "    volume: 9 t per month\n    payment_days");
    is_told(&two, "CLM0109 key `volume` stands twice here (keep one of the two)");
    let offer = "    item: hs:1102\n    name: Rye\n    price: { at_least: 700 ARS/kg }\n";
    is_told(
        &format!("{MILL}{offer}"),
        "CLM0109 key `item` stands twice here (the line before may be missing that names what begins here; else keep one of each)",
    );
    is_told(
        &mill(
            "agreement: { law: [AR] }",
            "agreement: { law: [AR] }\noperations:\n  order: { formats: csv }\n  duration: 6 months\n  disputes: dialogue",
        ),
        "CLM0201 unknown key `duration` in `operations` (these keys belong under `agreement`)",
    );
    is_told(
        &MILL.replace("  flour:", "flour:").replace("    ", "  "),
        "CLM0201 unknown key `flour` (if it belongs under `offers`, begin this line and all that belongs to it further right)",
    );
    is_told(
        &format!("{MILL}recipes:\n  r:\n    makes {{ flour: 1 kg }}\n    from: {{ flour: 1 kg }}\n"),
        "CLM0201 unknown key `makes { flour` in `r` (write `makes: { flour…`)",
    );
    is_told(
        &mill("  flour:\n", "  payment_days: 30 days\n  flour:\n"),
        "CLM0201 unknown key `payment_days` in `offers` (`payment_days` belongs under `defaults.offers`, `defaults.needs`, `offers.…`, `needs.…`)",
    );
}

#[test]
fn a_name_that_is_told_where_it_is_declared_is_not_told_where_it_is_used() {
    let classes =
        |name: &str| mill("with: anyone", &format!("partners:\n  {name}: {{ practice: equal_vote }}\nwith: friends"));
    is_told(
        &classes("Friends"),
        "CLM0205 `Friends` is not a name: names are lower-case letters, digits and hyphens, a letter first (`friends` would be a name; whatever refers to it changes too)",
    );
    is_told(
        &classes("friends").replace("partners:", "prtners:"),
        "CLM0201 unknown key `prtners` (did you mean `partners`?)",
    );
    let twice = mill("with: anyone", "with: freinds\noperations: { order: { with: freinds, formats: csv } }");
    let twice = twice.replace("offers:", "partners: { friends: { practice: equal_vote } }\noffers:");
    is_told(&twice, "CLM0401 no class of partners is called `freinds` (did you mean `friends`?)");
}

#[test]
fn what_was_written_for_something_else_is_told_in_one_sentence() {
    is_told(
        "version: 3\nservices:\n  web: { image: x }\n",
        "CLM0202 this is no manifest: it has none of the keys of one (a manifest begins with `clm: 1` and `coop:`; `clm init` writes one)",
    );
    is_told(
        &MILL.replace("clm: 1", "clm: 2"),
        "CLM0206 `clm` does not take `2` (write `1`, the one version of the language so far)",
    );
    is_told(
        &mill("agreement:", "valid: { until: 1/12/2027 }\nagreement:"),
        "CLM0320 `1/12/2027` is not a date in the form 2026-12-31 (write `2027-12-01` or `2027-01-12`, as you mean it)",
    );
}

#[test]
fn nothing_is_granted_to_who_switches_it_off() {
    let operation = |written: &str| mill("with: anyone", &format!("with: anyone\noperations: {{ {written} }}"));
    let kind = |operation: &str, help: &str| {
        format!("CLM0203 `{operation}` takes a group of keys, not a single value ({help})")
    };
    for word in ["off", "no", "false"] {
        let help = "take `dispatch` out: what is not listed is not granted";
        is_told(&operation(&format!("dispatch: {word}")), &kind("dispatch", help));
    }
    for word in ["on", "yes", "true"] {
        let help = "write `dispatch: { formats: [csv] }`";
        is_told(&operation(&format!("dispatch: {word}")), &kind("dispatch", help));
    }
    is_told(&operation("watch_stock: yes"), &kind("watch_stock", "write `watch_stock: { detail: level }`"));
    is_told(&operation("forecast: yes"), &kind("forecast", "write `forecast: {}`"));
    is_told(
        &operation("dispatch: { formats: off }"),
        "CLM0343 `off` is not the name of a format (take the whole operation out: what is not listed is not granted)",
    );
    is_told(
        &operation("dispatch: { formats: [csv, yes] }"),
        "CLM0343 `yes` is not the name of a format (name the format, such as `formats: [csv]`, or leave `formats` out)",
    );
}

#[test]
fn who_means_everybody_or_nobody_is_told_how_that_is_said() {
    for word in ["yes", "on", "all", "todos"] {
        is_told(
            &mill("with: anyone", &format!("with: {word}")),
            &format!("CLM0401 no class of partners is called `{word}` (write `anyone` if it is for everybody)"),
        );
    }
    for word in ["no", "off"] {
        is_told(
            &mill("with: anyone", &format!("with: {word}")),
            &format!(
                "CLM0401 no class of partners is called `{word}` (name those for whom it is, or take out what is for nobody)"
            ),
        );
    }
}
