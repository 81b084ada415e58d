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
        "CLM0312 `$38.50/kg` is written with a symbol for the currency (several currencies have this sign: write the three letters of yours behind the amount, for example `38.50 ARS/kg`)",
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
fn a_value_is_proposed_that_fits_the_field() {
    is_told(
        &mill("{ at_least: 100 kg, multiple_of: 25 kg }", "{ at_least: 1/2 kg }"),
        "CLM0306 `1/2 kg` cannot be read as it is written (write `0.5 kg`)",
    );
    is_told(
        &mill("{ at_least: 100 kg, multiple_of: 25 kg }", "{ at_least: 1/3 kg }"),
        "CLM0306 `1/3 kg` cannot be read as it is written (write the number with decimals, such as `0.5`)",
    );
    for every in ["weekly", "week"] {
        is_told(
            &flour(&format!("every: {every}")),
            &format!("CLM0317 `{every}` is not a time in days, weeks, months or years (write `1 week`)"),
        );
    }
    is_told(
        &flour("every: often"),
        "CLM0317 `often` is not a time in days, weeks, months or years (write for example `1 week`)",
    );
    is_told(
        &flour("lead_time: 10-15 días hábiles"),
        "CLM0306 `10-15 días hábiles` cannot be read as it is written (days of the calendar are counted, of which more go by: write it like `{ at_least: 10 days, at_most: 15 days }`)",
    );
    is_told(
        &flour("shelf_life: 48 hours"),
        "CLM0317 `48 hours` is not a time in days, weeks, months or years (write `2 days`)",
    );
    is_told(
        &format!("{MILL}recipes: {{ r: {{ makes: {{ flour: 1 kg }}, work: 6 }} }}\n"),
        "CLM0310 `6` does not say in which unit (write for example `6 hour`)",
    );
    is_told(
        &mill("{ at_most: 30 days }", "{ at_most: 60 days, costs_us: 0.07 % daily after 30 days }"),
        "CLM0327 `0.07 % daily after 30 days` cannot be read as a cost (write `0.07 % per day after 30 days`)",
    );
    is_told(
        &mill("with: anyone", "circuits: { punto: { id: https://punto.example, limit: $3.000.000 } }\nwith: anyone"),
        "CLM0312 `$3.000.000` is written with a symbol for the currency (several currencies have this sign: write the three letters of yours behind the amount, for example `3000000 ARS`)",
    );
    is_told(
        &mill("  place:", "  members: 9.5\n  place:"),
        "CLM0306 `9.5` cannot be read as it is written (write a whole number, such as `12`)",
    );
    is_told(
        &mill("item: hs:1101", "item: sku:flour, hs:1101"),
        "CLM0325 `sku:flour, hs:1101` does not have the form of its classification (a list is written `[sku:flour, hs:1101]`)",
    );
}

#[test]
fn the_colon_is_the_mistake_where_it_is_missing_or_too_much() {
    is_told(
        &price("{ at_least 37.50 ARS/kg }"),
        "CLM0201 unknown key `at_least 37.50 ARS/kg` in `price` (write `at_least: 37.50 ARS/kg`)",
    );
    let told = told(&flour("# clm: allow(unused-class): because we plan it"));
    assert_eq!(
        told,
        ["CLM1231 this comment speaks to the tool, and is not one that it knows (take out the colon before `because`)"]
    );
}

#[test]
fn what_a_comma_in_brackets_cuts_is_spelled_in_full() {
    let limit = |limit: &str| {
        mill(
            "with: anyone",
            &format!("circuits: {{ punto: {{ id: https://punto.example, limit: {limit} }} }}\nwith: anyone"),
        )
    };
    is_told(
        &limit("3,000,000 ARS"),
        "CLM0208 in brackets a comma divides entries, so it cuts `3,000,000 ARS` into 3 (write `3000000 ARS`)",
    );
    is_told(
        &limit("3,000 ARS"),
        "CLM0208 in brackets a comma divides entries, so it cuts `3,000 ARS` in two (write `3000 ARS` for thousands, or `3.000 ARS`)",
    );
    is_told(
        &price("{ at_least: 37,50 ARS/kg }"),
        "CLM0208 in brackets a comma divides entries, so it cuts `37,50 ARS/kg` in two (write `37.50 ARS/kg`)",
    );
    is_told(
        &price("{ at_least: 1,250.50 ARS/kg }"),
        "CLM0208 in brackets a comma divides entries, so it cuts `1,250.50 ARS/kg` in two (write `1250.50 ARS/kg`)",
    );
    is_told(
        &mill("agreement:", "valid: { from: 2026-12-01, until: Nov 30, 2027 }\nagreement:"),
        "CLM0208 in brackets a comma divides entries, so it cuts `Nov 30, 2027` in two (write `2027-11-30`)",
    );
}

#[test]
fn lines_in_the_column_of_their_name_are_one_mistake() {
    is_told(
        &mill("  flour:\n", "    flour:\n"),
        "CLM0204 nothing stands behind `flour` (begin each line that belongs to `flour` further right than `flour`)",
    );
}

#[test]
fn a_value_in_brackets_that_it_does_not_need_is_spelled_without_them() {
    let place = |text: &str, due: &str| {
        let found = Session::new(Memory::of(&[("a.clm.yaml", text)])).check("a.clm.yaml").diagnostics;
        let shown: Vec<&str> =
            found.iter().map(|finding| &text[finding.place.span.start..finding.place.span.end]).collect();
        assert_eq!(shown, [due], "{text}");
    };
    let volume = mill("volume: 1000 kg per month", "volume: [1000 kg per month]");
    is_told(
        &volume,
        "CLM0203 `volume` takes a value or a group of keys, not a list (write `volume: 1000 kg per month`)",
    );
    place(&volume, "[1000 kg per month]");
    let item = mill("item: hs:1101", "item: { hs: 1101 }");
    is_told(&item, "CLM0203 `item` takes a value or a list of values, not a group of keys (write `item: hs:1101`)");
    place(&item, "{ hs: 1101 }");
    is_told(
        &mill("item: hs:1101", "item: [sku: flour, hs:1101]"),
        "CLM0203 an entry of `item` must be a single value, not a group of keys (write `sku:flour`)",
    );
}

#[test]
fn a_backtick_is_named() {
    is_told(
        &mill("name: Flour", "name: `Flour`"),
        "CLM0127 a text without quotes cannot begin with a backtick (put the text in quotes)",
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
fn a_country_that_is_no_code_does_not_make_its_region_wrong() {
    for country in ["USA", "United States"] {
        is_told(
            &mill("{ country: AR }", &format!("{{ country: {country}, subdivision: US-WI }}")),
            &format!("CLM0342 `{country}` is not the code of a country (did you mean `US`?)"),
        );
    }
    is_told(
        &mill("{ country: AR }", "{ country: US, subdivision: wi }"),
        "CLM0343 `wi` is no region of `US` (write `US-WI`)",
    );
}

#[test]
fn a_region_that_does_not_exist_is_proposed_by_its_name() {
    for (region, meant) in [("AR-BA", "AR-B"), ("Buenos Aires", "AR-B"), ("CABA", "AR-C"), ("ar-x", "AR-X")] {
        is_told(
            &mill("{ country: AR }", &format!("{{ country: AR, subdivision: {region} }}")),
            &format!("CLM0343 `{region}` is no region of `AR` (did you mean `{meant}`?)"),
        );
    }
}

#[test]
fn a_with_that_is_misspelt_is_not_also_missing() {
    for with in ["With", "wiht"] {
        is_told(
            &mill("with: anyone", &format!("{with}: anyone")),
            &format!("CLM0201 unknown key `{with}` (did you mean `with`?)"),
        );
    }
}

#[test]
fn a_unit_that_stands_alone_on_its_line_is_the_mistake() {
    let need = "needs:\n  oil:\n    item: hs:1512\n    name: Oil\n    volume: 20 l per week\n    price: { at_most: 9 ARS/kg }\n";
    let recipe = "recipes:\n  r:\n    makes: { flour: 9 kg }\n    from: { oil: 1 l }\n";
    is_told(
        &format!("{MILL}{need}{recipe}"),
        "CLM0502 nothing says how much `kg` is in `l` (count all in `kg` or all in `l`, or declare a unit of your own that is both)",
    );
}

#[test]
fn a_point_in_doubt_is_not_also_a_tier_out_of_order() {
    is_told(
        &price("{ tiers: [{ from: 500 kg, price: 8 ARS/kg }, { from: 2.000 kg, price: 7 ARS/kg }] }"),
        "CLM0518 this tier begins below the one before (write `2000` for thousands, or `2`)",
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
                "CLM0401 no class of partners is called `{word}` (nothing is switched off with `{word}`: name those for whom it is, or take out what is for nobody)"
            ),
        );
    }
}

/// What is underlined of the one mistake in a manifest.
fn underlined(manifest: &str) -> &str {
    let found = Session::new(Memory::of(&[("a.clm.yaml", manifest)])).check("a.clm.yaml").diagnostics;
    let [only] = found.as_slice() else { panic!("{found:#?}") };
    &manifest[only.place.span.start..only.place.span.end]
}

#[test]
fn circuits_that_are_wrong_where_they_are_declared_are_told_there() {
    let with = |circuits: &str| {
        let circuits = format!("{circuits}\nwith: anyone");
        let share = "    payment_days: { at_most: 30 days }\n    credit_share: { in: punto, at_most: 40 % }\n";
        mill("with: anyone", &circuits).replace("    payment_days: { at_most: 30 days }\n", share)
    };
    is_told(
        &with("circuits: [punto]"),
        "CLM0203 `circuits` takes a group of keys, not a list (write for example `circuits: { punto: { id: https://punto.example, unit: 1 ARS } }`)",
    );
    is_told(
        &with("circuit: { punto: { id: https://punto.example } }"),
        "CLM0201 unknown key `circuit` (did you mean `circuits`?)",
    );
    is_told(
        &with("circuits: { Punto: { id: https://punto.example } }"),
        "CLM0205 `Punto` is not a name: names are lower-case letters, digits and hyphens, a letter first (`punto` would be a name; whatever refers to it changes too)",
    );
    let twice = with("circuits: { puntos: { id: https://punto.example } }")
        + "  bran:\n    item: hs:2302\n    price: 90 ARS/kg\n    credit_share: { in: punto, at_most: 40 % }\n";
    is_told(&twice, "CLM0402 no circuit is called `punto` (did you mean `puntos`?)");
}

#[test]
fn a_line_that_is_missing_is_one_mistake_wherever_its_name_stands() {
    let two = "  bran:\n    item: hs:2302\n    name: Bran\n    every: 1 week\n    price: 90 ARS/kg\n";
    let recipe = "recipes:\n  r:\n    makes: { flour: 9 kg, bran: 1 l }\n";
    let told = "CLM0109 key `item` stands twice here (the line before may be missing that names what begins here; else keep one of each)";
    let offers = flour("every: 1 week") + two + recipe;
    is_told(&offers.replace("  bran:\n", ""), told);
    is_told(&offers.replace("  bran:\n", "").replace("90 ARS/kg", "90 ARS/l"), told);
}

#[test]
fn a_name_that_is_none_is_told_where_it_stands_alone() {
    let recipe = "recipes:\n  r:\n    makes: { flour: 9 kg }\n";
    is_told(
        &(mill("  flour:\n", "  White flour:\n") + recipe),
        "CLM0205 `White flour` is not a name: names are lower-case letters, digits and hyphens, a letter first (`white-flour` would be a name; whatever refers to it changes too)",
    );
}

#[test]
fn the_brackets_of_a_wrong_kind_are_underlined() {
    for (line, instead, shown) in [
        ("name: Flour", "name: [Wheat, flour]", "[Wheat, flour]"),
        ("place: { country: AR }", "place: [AR]", "[AR]"),
        ("price: { at_least: 600 ARS/kg }", "price: [600 ARS/kg, 700 ARS/kg]", "[600 ARS/kg, 700 ARS/kg]"),
        ("name: Flour", "name:\n      - Wheat\n      - flour", "name"),
    ] {
        assert_eq!(underlined(&mill(line, instead)), shown);
    }
}

#[test]
fn values_of_another_kind_are_spelled_as_they_are_due() {
    for (line, instead, told) in [
        (
            "name: Flour",
            "name: { es: Harina }",
            "CLM0203 `name` takes a single value, not a group of keys (write `name: Harina`)",
        ),
        (
            "price: { at_least: 600 ARS/kg }",
            "price: [600 ARS/kg, 700 ARS/kg]",
            "CLM0203 `price` takes a value or a group of keys, not a list (write `price: { at_least: 600 ARS/kg, at_most: 700 ARS/kg }`)",
        ),
        (
            "with: anyone",
            "with: anyone\nvalid: [2026-12-01, 2027-11-30]",
            "CLM0203 `valid` takes a group of keys, not a list (write `valid: { from: 2026-12-01, until: 2027-11-30 }`)",
        ),
        (
            "with: anyone",
            "with: anyone\nvalid: from 2026-12-01 to 2027-11-30",
            "CLM0203 `valid` takes a group of keys, not a single value (write `valid: { from: 2026-12-01, until: 2027-11-30 }`)",
        ),
        ("law: [AR]", "law: { country: AR }", "CLM0201 unknown key `country` in `law` (write `law: AR`)"),
        (
            "with: anyone",
            "with: anyone\noperations: { order: [csv, json] }",
            "CLM0203 `order` takes a group of keys, not a list (write `order: { formats: [csv, json] }`)",
        ),
        (
            "with: anyone",
            "with: anyone\noperations: { order: anyone }",
            "CLM0203 `order` takes a group of keys, not a single value (write `order: { with: anyone }`)",
        ),
        (
            "price: { at_least: 600 ARS/kg }",
            "price:\n      - { from: 500 kg, price: 600 ARS/kg }",
            "CLM0203 `price` takes a value or a group of keys, not a list (put `tiers:` between `price` and its list)",
        ),
        (
            "price: { at_least: 600 ARS/kg }",
            "tiers: [{ from: 500 kg, price: 600 ARS/kg }]",
            "CLM0201 unknown key `tiers` in `flour` (`tiers` belongs under `price`)",
        ),
        (
            "price: { at_least: 600 ARS/kg }",
            "price:\n    at_least: 600 ARS/kg\n    at_most: 700 ARS/kg",
            "CLM0201 unknown key `at_least` in `flour` (if it belongs under `price`, begin this line and all that belongs to it further right)",
        ),
        (
            "    payment_days: { at_most: 30 days }",
            "    for:\n      with: anyone\n      tax: 21 %",
            "CLM0203 `for` takes a list, not a group of keys (put `- ` before `with`, and two spaces before the lines of it below)",
        ),
        (
            "with: anyone",
            "partners: { a: { all_of: [practice equal_vote, { members: 3 }] } }\nwith: a",
            "CLM0203 an entry of `all_of` must be a group of keys, not a single value (write `practice: equal_vote`)",
        ),
        (
            "agreement:",
            "units: { tray }\nagreement:",
            "CLM0204 nothing stands behind `tray` (write for example `tray: [1 each, 0.614 kg]`, or leave it out)",
        ),
        (
            "agreement:",
            "units: { tray 9 kg }\nagreement:",
            "CLM0205 a colon is missing behind `tray` (write `tray: 9 kg`)",
        ),
    ] {
        is_told(&mill(line, instead), told);
    }
}

#[test]
fn prices_are_proposed_for_the_unit_of_their_line() {
    let boxes = |price: &str| {
        let quantity = mill("{ at_least: 100 kg, multiple_of: 25 kg }", "{ at_least: 100 box }");
        quantity.replace("1000 kg per month", "1000 box per month").replace("{ at_least: 600 ARS/kg }", price)
    };
    is_told(
        &boxes("$95000"),
        "CLM0312 `$95000` is written with a symbol for the currency (several currencies have this sign: write the three letters of yours behind the amount, for example `95000 ARS/box`)",
    );
    is_told(
        &boxes("95 ARS"),
        "CLM0314 `95 ARS` is a sum, and a price for a unit is due here (say for which unit: for example `95 ARS/box`)",
    );
    let class = "    for: [{ with: friends, quantity: { at_least: 9 t }, price: $90 }]\n";
    let friends = mill("with: anyone", "partners: { friends: { practice: equal_vote } }\nwith: anyone") + class;
    is_told(
        &friends,
        "CLM0312 `$90` is written with a symbol for the currency (several currencies have this sign: write the three letters of yours behind the amount, for example `90 ARS/t`)",
    );
}

#[test]
fn currencies_are_known_by_the_words_of_people() {
    for (written, told) in [
        ("600 pesos/kg", "CLM0341 `pesos` is neither a currency nor a circuit of this manifest (did you mean `ARS`?)"),
        ("600 pesos por kilo", "CLM0306 `600 pesos por kilo` cannot be read as it is written (write `600 ARS/kilo`)"),
        ("6 Euros/kg", "CLM0306 `6 Euros/kg` cannot be read as it is written (write `6 EUR/kg`)"),
        (
            "6 dólares/kg",
            "CLM0306 `6 dólares/kg` cannot be read as it is written (write a currency of three capital letters, such as `EUR`, or the name of a circuit)",
        ),
        (
            "6 dollars/kg",
            "CLM0341 `dollars` is neither a currency nor a circuit of this manifest (write the three letters of the one that you mean: `USD`, `AUD`, `CAD`, `HKD`, `NZD`, `SGD`, `TWD`)",
        ),
        ("gratis", "CLM0302 `gratis` does not begin with a number (write `free` if nothing is paid for it)"),
        (
            "a convenir",
            "CLM0302 `a convenir` does not begin with a number (take `price` out to leave it open: then a price is proposed)",
        ),
        ("600 ARS kg", "CLM0306 `600 ARS kg` cannot be read as it is written (write `600 ARS/kg`)"),
    ] {
        is_told(&price(written), told);
    }
    let bran = "  bran:\n    item: hs:2302\n    price: 3 USD/kg\n";
    is_told(
        &(price("6 dollars/kg") + bran),
        "CLM0341 `dollars` is neither a currency nor a circuit of this manifest (did you mean `USD`?)",
    );
}

#[test]
fn points_are_doubted_in_what_a_price_is_for_and_in_percentages() {
    let doubt = "CLM0348 the point in `1.000` is read as a decimal point (write `1000` for thousands, or `1`)";
    is_told(&price("95000 ARS/1.000 kg"), doubt);
    is_told(&flour("tax: 1.000 %"), doubt);
    is_told(
        &price("95000 ARS per 1.000 kg"),
        "CLM0306 `95000 ARS per 1.000 kg` cannot be read as it is written (write `95000 ARS/1000 kg` for thousands, or `95000 ARS/kg`)",
    );
    is_told(
        &mill("  place:", "  members: 1.200\n  place:"),
        "CLM0303 the number in `1.200` is written with a separator of thousands (write `1200`)",
    );
    assert_eq!(underlined(&price("95000 ARS/1.000 kg")), "1.000");
}

#[test]
fn texts_that_begin_with_a_sign_are_put_in_quotes_whole() {
    for (text, told) in [
        ("&Wheat flour", "CLM0103 `&Wheat` gives a value a name to be used elsewhere (write `\"&Wheat flour\"`)"),
        ("*Wheat flour", "CLM0104 `*Wheat` refers to a value elsewhere (write `\"*Wheat flour\"`)"),
        (
            "!Wheat flour",
            "CLM0106 `!Wheat` is a tag, and how a value is read is decided by its key alone (write `\"!Wheat flour\"`)",
        ),
        ("& Wheat", "CLM0127 a text without quotes cannot begin with `&` (write `\"& Wheat\"`)"),
        ("- Wheat", "CLM0127 a text without quotes cannot begin with `-` (write `\"- Wheat\"`)"),
        ("{White} flour", "CLM0127 a text without quotes cannot begin with `{` (write `\"{White} flour\"`)"),
        ("[White] flour", "CLM0127 a text without quotes cannot begin with `[` (write `\"[White] flour\"`)"),
        ("| Wheat", "CLM0127 behind `|` a text begins on the next line (write `Wheat`)"),
        (
            "\"White\" flour",
            "CLM0120 the text in quotes ends here, and more stands behind it (write `'\"White\" flour'`)",
        ),
        ("\n      -white", "CLM0125 a space is missing behind the `-` (write `\"-white\"`)"),
    ] {
        is_told(&mill("name: Flour", &format!("name: {text}")), told);
    }
}

#[test]
fn what_is_left_of_a_list_is_told_in_plain_words() {
    let law = |law: &str| mill("law: [AR]", &format!("law: {law}"));
    let comma = "CLM0101 nothing stands before this comma (take it out, or write what is missing before it)";
    is_told(&law("[AR,, UY]"), comma);
    is_told(&law("[, AR]"), comma);
    is_told(&law("[\"AR]"), "CLM0120 this quote is not closed (put the same quote at the end of the text)");
    let item = |items: &str| mill("item: hs:1101", &format!("item:\n{items}"));
    for sign in ["*", "•"] {
        is_told(
            &item(&format!("      {sign} hs:1101\n      {sign} sku:flour")),
            &format!("CLM0127 an item of a list begins with `-`, not with `{sign}` (write `- hs:1101`)"),
        );
    }
    let tiers =
        |first: &str| price(&format!("{{ tiers: [] }}\n{first}")).replace("{ tiers: [] }\n", "\n      tiers:\n");
    is_told(
        &tiers("        - from: 500 kg, price: 8 ARS/kg"),
        "CLM0122 a text without quotes holds a colon and a space (write `{ from: 500 kg, price: 8 ARS/kg }`)",
    );
}

#[test]
fn the_line_is_shown_that_begins_in_another_column_than_the_rest() {
    let found = |text: &str| {
        let source = clm::source::Source::new("a.clm.yaml", text);
        let found = Session::new(Memory::of(&[("a.clm.yaml", text)])).check("a.clm.yaml").diagnostics;
        let at = |finding: &Diagnostic| source.line_column(finding.place.span.start).to_string();
        found.iter().map(|finding| format!("{} {}", finding.rule.code, at(finding))).collect::<Vec<_>>()
    };
    let first = mill("    item: hs:1101", "      item: hs:1101");
    let second = mill("    name: Flour", "   name: Flour");
    assert_eq!((found(&first), found(&second)), (vec!["CLM0119 13:1".to_owned()], vec!["CLM0119 14:1".to_owned()]));
}

#[test]
fn what_else_a_comment_may_have_swallowed_is_told() {
    let told = told(&mill("name: Flour", "name: Flour #5, soft"));
    assert_eq!(
        told,
        [
            "CLM1199 behind this `#` all is a comment, so `name` says only `Flour` (write `name: \"Flour #5, soft\"`, or a space behind the `#` of a comment)"
        ]
    );
}

#[test]
fn the_first_number_sign_is_told_that_no_quotes_hold() {
    let quoted = |list: &str| told(&flour(&format!("x_kinds: {list}")));
    let told = |meant: &str| {
        vec![format!(
            "CLM0121 behind this `#` all is a comment, the bracket that should close included (write `{meant}`)"
        )]
    };
    assert_eq!(quoted("[soft #1, fine #2, white #3]"), told("\"soft #1\""));
    assert_eq!(quoted("[\"soft #1\", fine #2, white #3]"), told("\"fine #2\""));
}

#[test]
fn a_group_of_names_without_a_name_is_one_mistake() {
    is_told(
        &mill("  flour:\n", ""),
        "CLM0202 `item` stands right under `offers`, where names stand (write a name and a colon on a line before `item`, and begin these lines further right)",
    );
}
