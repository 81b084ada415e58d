//! Mending: which fixes are taken, and that nothing gets worse.

use std::cell::Cell;

use proptest::prelude::*;

use super::{Mended, Reading, Wanted, errors, mend, mend_within};
use crate::diagnostic::{Diagnostic, Place, keep_quotes};
use crate::lint;
use crate::source::{Source, Sources, Span};
use crate::vocab::reading::DECIMAL_COMMA;

const EVERY_KEY: &str = include_str!("../schema/every_key.clm.yaml");
const COOP: &str =
    "clm: 1\ncoop:\n  id: https://a.example\n  name: A\n  legal_form: worker\n  place: { country: AR }\n";

fn reading(text: &str) -> Reading {
    let source = Source::new("a.clm.yaml", text);
    let read = lint::read(Sources::new().add(source.clone()), &source);
    let digest = read.manifest.as_ref().zip(read.document.as_ref());
    Reading {
        digest: digest.map(|(manifest, document)| manifest.digest(document).to_owned()),
        is_document: read.document.is_some(),
        diagnostics: read.diagnostics,
    }
}

/// What the body behind the smallest head becomes.
fn mended(body: &str, wanted: Wanted) -> String {
    let Mended { text, .. } = mend(&format!("{COOP}{body}\n"), wanted, reading);
    text.strip_prefix(COOP).unwrap_or(&text).trim_end_matches('\n').to_owned()
}

#[track_caller]
fn safely(body: &str, expected: &str) {
    assert_eq!(mended(body, Wanted::Safe), expected, "{:#?}", reading(&format!("{COOP}{body}\n")).diagnostics);
}

/// Mended only where that is asked for.
#[track_caller]
fn boldly(body: &str, expected: &str) {
    safely(body, body);
    assert_eq!(mended(body, Wanted::All), expected, "{:#?}", reading(&format!("{COOP}{body}\n")).diagnostics);
}

fn offer(terms: &str) -> String {
    format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 ARS/kg, {terms} }}")
}

#[test]
fn what_stood_in_quotes_stands_in_them_again() {
    let source = Source::new("x", "\"0,5\" '0,5' 0,5 \"a\": \"b\"");
    let id = Sources::new().add(source.clone());
    let kept = |start: usize, end: usize, new: &str| {
        let place = Place::new(id, Span::new(start, end));
        let mut found = [Diagnostic::new(&DECIMAL_COMMA, place).fix(place, new, true)];
        keep_quotes(&mut found, &source);
        found.into_iter().filter_map(|finding| Some(finding.fix?.edits.pop()?.replacement)).collect::<String>()
    };
    assert_eq!(kept(0, 5, "0.5"), "\"0.5\"");
    assert_eq!(kept(6, 11, "it's"), "'it''s'");
    assert_eq!(kept(12, 15, "0.5"), "0.5");
    assert_eq!(kept(16, 24, "x"), "x");
    assert_eq!((kept(0, 5, ""), kept(0, 5, "[a]")), (String::new(), "[a]".to_owned()));
}

#[test]
fn values_are_written_in_their_one_form() {
    let price = |price: &str| format!("with: anyone\noffers:\n  x:\n    item: hs:1101\n    price: {price}");
    for (wrong, right) in [
        ("0,95 ARS/kg", "0.95 ARS/kg"),
        ("\"0,95 ARS/kg\"", "\"0.95 ARS/kg\""),
        ("1,250.50 ARS/kg", "1250.50 ARS/kg"),
        ("1e3 ARS/kg", "1000 ARS/kg"),
        ("12 Ars/kg", "12 ARS/kg"),
        ("ARS 12/kg", "12 ARS/kg"),
        ("12ARS/kg", "12 ARS/kg"),
        ("12\u{a0}ARS/kg", "12 ARS/kg"),
        ("'€12/kg'", "'12 EUR/kg'"),
    ] {
        safely(&price(wrong), &price(right));
    }
    safely(&offer("lead_time: 30 d"), &offer("lead_time: 30 days"));
    safely(&offer("lead_time: 30 days."), &offer("lead_time: 30 days"));
    safely(&offer("tax: 21"), &offer("tax: 21 %"));
    safely("valid: { from: 25/12/2026 }", "valid: { from: 2026-12-25 }");
    boldly("valid: { from: 1/12/2026 }", "valid: { from: 2026-12-01 }");
    // Nobody can tell which one is meant.
    safely(&price("1,250 ARS/kg"), &price("1,250 ARS/kg"));
    safely(&price("$12/kg"), &price("$12/kg"));
}

#[test]
fn keys_and_words_are_written_as_they_are_known() {
    safely(&offer("paymentDays: 30 days"), &offer("payment_days: 30 days"));
    // What was not read under a key that is none is mended once it is.
    safely(&offer("Payment-Days: 30 d"), &offer("payment_days: 30 days"));
    safely(&offer("payment_method: [Cheque]"), &offer("payment_method: [cheque]"));
    boldly(&offer("payment_method: [cheqe]"), &offer("payment_method: [cheque]"));
    safely("agreement: { law: [ar] }", "agreement: { law: [AR] }");
    let classes = |with: &str| {
        format!("partners: {{ neighbours: {{ members: 3 }} }}\nwith: {with}\noperations: {{ order: {{}} }}")
    };
    safely(&classes("Neighbours"), &classes("neighbours"));
    boldly(&classes("neighbors"), &classes("neighbours"));
}

#[test]
fn what_shows_only_once_something_is_mended_is_mended_too() {
    safely("operations:\n  ORDER: { FORMATS: [csv] }", "operations:\n  order: { formats: [csv] }");
    // As a telephone writes it.
    let small = format!("{COOP}with: anyone\noffers:\n  x:\n    item: hs:1101\n    price: {{ at_least: 2 ARS/kg }}\n");
    let large =
        small.replace("clm:", "Clm:").replace("coop:", "Coop:").replace("  id:", "  Id:").replace("with:", "With:");
    let large = large.replace("name:", "Name:").replace("legal_form:", "Legal_form:").replace("offers:", "Offers:");
    let large =
        large.replace("item:", "Item:").replace("price: { at_least", "Price: { At_least").replace("place:", "Place:");
    assert_eq!(mend(&large, Wanted::Safe, reading).text, small);
    // One bracket after the other, and between them the text gets no shorter to read.
    boldly(
        "partners: { a: { place: { country: [AR } } }\nwith: a\noperations: { order: {} }",
        "partners: { a: { place: { country: AR } } }\nwith: a\noperations: { order: {} }",
    );
}

#[test]
fn what_stands_twice_stands_once() {
    boldly(&offer("delivery: [pickup, delivered, EXW]"), &offer("delivery: [pickup, delivered]"));
    safely(
        "needs: { x: { item: [hs:1101, hs:1102, hs:1101], quantity: { at_most: 1 kg } } }",
        "needs: { x: { item: [hs:1101, hs:1102], quantity: { at_most: 1 kg } } }",
    );
    let with = |with: &str| format!("partners: {{ a: {{ members: 3 }} }}\nwith:{with}\noperations: {{ order: {{}} }}");
    safely(&with("\n  - a # ours\n  - a\n"), &with("\n  - a # ours\n"));
    safely(
        "valid: { until: 2027-01-01 }\nvalid: { until: 2027-01-01 }",
        "valid: { until: 2027-01-01 }\nvalid: { until: 2027-01-01 }",
    );
    safely("with: anyone\nwith: anyone\n", "with: anyone");
    boldly(
        "partners:\n  a: { members: 3 }\n  b: { members: 4 }\nwith: b\noperations: { order: {} }",
        "partners:\n  b: { members: 4 }\nwith: b\noperations: { order: {} }",
    );
    boldly(
        "partners:\n  a: { members: 3 }\nwith: anyone\noperations: { order: {} }",
        "with: anyone\noperations: { order: {} }",
    );
}

#[test]
fn ends_that_were_confused_change_places() {
    boldly("valid: { from: 2027-01-02, until: 2027-01-01 }", "valid: { from: 2027-01-01, until: 2027-01-02 }");
    boldly(
        &offer("lead_time: { at_least: \"10 days\", at_most: 3 days }"),
        &offer("lead_time: { at_least: \"3 days\", at_most: 10 days }"),
    );
}

#[test]
fn what_stops_the_reading_is_mended() {
    for (wrong, right) in [
        ("with:anyone", "with: anyone"),
        ("with: \"anyone\noperations: {}", "with: \"anyone\"\noperations: {}"),
        ("with: \"anyone”", "with: \"anyone\""),
        ("operations: { order: {} # ours", "operations: { order: {} } # ours"),
        ("agreement: { law: AR disputes: dialogue }", "agreement: { law: AR, disputes: dialogue }"),
        ("offers:\n  x: { item: hs:1101, name: @home }", "offers:\n  x: { item: hs:1101, name: \"@home\" }"),
        (
            "offers:\n  x:\n    name: Bread: white # ours\n    item: hs:1905",
            "offers:\n  x:\n    name: \"Bread: white\" # ours\n    item: hs:1905",
        ),
        (
            "offers:\n  x:\n    name: \"a\\b c\\d\"\n    item: hs:1905",
            "offers:\n  x:\n    name: \"a\\b c\\\\d\"\n    item: hs:1905",
        ),
        ("// ours\nwith: anyone", "# ours\nwith: anyone"),
        ("with: anyone // ours", "with: anyone // ours"),
        ("with: !!str anyone", "with: anyone"),
        ("operations: &ops\n  order: {}", "operations:\n  order: {}"),
        ("operations\n  order: {}", "operations:\n  order: {}"),
        ("operations:\n\torder: {}\n\tinvoice: {}", "operations:\n  order: {}\n  invoice: {}"),
        ("operations: {\n  order: {}\n}", "operations: {\n  order: {}\n  }"),
    ] {
        let wrong = wrong.replace("\"anyone\"”", "\"anyone”");
        let after = mended(&wrong, Wanted::Safe);
        // Most of these lines are no whole manifest; what matters is that they are read.
        assert_eq!(after, right, "{:#?}", reading(&format!("{COOP}{wrong}\n")).diagnostics);
    }
    boldly("operations: { order: {} }}", "operations: { order: {} }");
    boldly("operations: { order: {} ]", "operations: { order: {} }");
    boldly("operations:\n  order: {}\n invoice: {}", "operations:\n  order: {}\n  invoice: {}");
    boldly("with: *anyone", "with: \"*anyone\"");
}

/// An offer, a key a line.
fn lines_of_offer(lines: &str) -> String {
    format!("with: anyone\noffers:\n  x:\n    item: hs:1101\n{lines}\n    price: 2 ARS/kg")
}

/// Mended with neither kind of fix.
#[track_caller]
fn left(body: &str) {
    safely(body, body);
    assert_eq!(mended(body, Wanted::All), body);
}

#[test]
fn a_tab_on_one_line_becomes_the_column_of_the_lines_beside_it() {
    safely(&lines_of_offer("\tname: Flour"), &lines_of_offer("    name: Flour"));
    safely(
        &lines_of_offer("    for:\n      - with: anyone\n\tpayment_days: 3 days"),
        &lines_of_offer("    for:\n      - with: anyone\n        payment_days: 3 days"),
    );
    safely(
        "partners:\n\ta:\n\t\tmembers: 3\n\tb: { members: 4 }",
        "partners:\n  a:\n    members: 3\n  b: { members: 4 }",
    );
}

#[test]
fn a_hyphen_without_its_space_is_one_mistake_for_all_items_in_a_row() {
    let of = |item: &str| format!("with: anyone\noffers:\n  x:\n    item:\n{item}\n    price: 2 ARS/kg");
    safely(&of("      -sku:a\n      -hs:1101"), &of("      - sku:a\n      - hs:1101"));
    let tiers = |first: &str, second: &str| {
        lines_of_offer("    quantity: { at_least: 1 kg }").replace(
            "2 ARS/kg",
            &format!(
                "\n      tiers:\n        {first}{{ from: 1 kg, price: 2 ARS/kg }}\n        {second}{{ from: 9 kg, price: 1 ARS/kg }}"
            ),
        )
    };
    for (first, second) in [("-", "- "), ("- ", "-"), ("-", "-")] {
        let wrong = tiers(first, second).replace("price: \n", "price:\n");
        let right = tiers("- ", "- ").replace("price: \n", "price:\n");
        safely(&wrong, &right);
    }
    let classes = |first: &str, second: &str| {
        format!("partners:\n  a:\n    any_of:\n      {first}members: 3\n      {second}practice: equal_vote\nwith: a")
    };
    for (first, second) in [("-", "- "), ("- ", "-"), ("-", "-")] {
        let found = reading(&format!("{COOP}{}\n", classes(first, second))).diagnostics;
        assert!(found.iter().all(|finding| finding.rule.name == "missing-space"), "{found:#?}");
        safely(&classes(first, second), &classes("- ", "- "));
    }
}

#[test]
fn only_a_text_is_put_in_quotes() {
    let price = |price: &str| lines_of_offer("    name: Flour").replace("price: 2 ARS/kg", price);
    boldly(&price("price: at_least: 2 ARS/kg"), &price("price: { at_least: 2 ARS/kg }"));
    let tiers = |tier: &str| price(&format!("price:\n      tiers:\n        - {tier}"));
    boldly(&tiers("from: 1 kg, price: 2 ARS/kg"), &tiers("{ from: 1 kg, price: 2 ARS/kg }"));
    boldly(&lines_of_offer("    tax: %21"), &lines_of_offer("    tax: 21 %"));
    safely(&lines_of_offer("    name: %21"), &lines_of_offer("    name: %21"));
    safely(&lines_of_offer("    name: @home"), &lines_of_offer("    name: \"@home\""));
    let contact =
        |name: &str| COOP.replace("place:", &format!("contact: {{ office: {name}, email: a@b.example }}\n  place:"));
    let after = mend(&contact("Board: president"), Wanted::Safe, reading).text;
    assert_eq!(after, contact("\"Board: president\""));
}

#[test]
fn a_fix_of_a_text_loses_no_word_of_it() {
    boldly(&lines_of_offer("    name = Soft rolls"), &lines_of_offer("    name: Soft rolls"));
    boldly(&lines_of_offer("    name: &Soft rolls"), &lines_of_offer("    name: \"&Soft rolls\""));
    boldly(&lines_of_offer("    name: !Soft rolls"), &lines_of_offer("    name: \"!Soft rolls\""));
    let contact = |office: &str| COOP.replace("place:", &format!("contact: {{ office: {office} }}\n  place:"));
    let after = mend(&contact("Board #5 president"), Wanted::Safe, reading).text;
    assert_eq!(after, contact("\"Board #5 president\""));
    // What is no text with the comment in it may have one, behind its bracket.
    boldly(
        &lines_of_offer("    quantity: { at_least: 5 kg #six? }"),
        &lines_of_offer("    quantity: { at_least: 5 kg } #six?"),
    );
}

#[test]
fn a_line_goes_to_the_column_where_what_it_says_is_known() {
    boldly(&lines_of_offer("  name: Flour\n    tax: 21 %"), &lines_of_offer("    name: Flour\n    tax: 21 %"));
    left(&lines_of_offer("").replace("  x:\n", "  x: Flour\n").replace("hs:1101\n", "hs:1101"));
    let valid = |column: &str| format!("  contact: {{ email: a@b.example }}\n{column}valid: {{ from: 2026-12-01 }}");
    boldly(&valid(" "), &valid(""));
    let form = COOP.replace("  legal_form", "legal_form");
    assert_eq!(mend(&form, Wanted::All, reading).text, COOP);
    assert_eq!(mend(&form, Wanted::Safe, reading).text, form);
}

#[test]
fn decimal_commas_with_the_same_rest_are_mended_alike_by_all_fixes() {
    let offer = |quantity: &str| {
        format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 ARS/kg, quantity: {{ {quantity} }} }}")
    };
    let commas = offer("at_least: 1,5 kg, at_most: 7,5 kg, multiple_of: 0,5 kg");
    let points = offer("at_least: 1.5 kg, at_most: 7.5 kg, multiple_of: 0.5 kg");
    assert_eq!((mended(&commas, Wanted::Safe), mended(&commas, Wanted::All)), (points.clone(), points));
}

#[test]
fn each_decimal_comma_is_one_mistake_though_two_leave_the_same_rest() {
    let told = |lines: &str| {
        let found = reading(&format!("{COOP}{}\n", lines_of_offer(lines))).diagnostics;
        found.iter().map(|finding| (finding.rule.name, finding.fix.is_some())).collect::<Vec<_>>()
    };
    for (lines, commas) in [
        ("    quantity: { at_least: 1,5 kg, at_most: 7,5 kg }", 2),
        ("    quantity: { at_least: 1,5 kg, at_most: 7,5 kg, multiple_of: 0,5 kg }", 3),
        ("    units: { box: 1,5 kg, bag: 2,5 kg, sack: 3,5 kg }", 3),
        ("    delivery: [pickup, { value: delivered, costs_us: [1,5 ARS/kg, 2,5 ARS/kg] }]", 2),
    ] {
        assert_eq!(told(lines), vec![("split-number", true); commas], "{lines}");
    }
}

#[test]
fn what_may_be_an_item_is_no_comment_until_somebody_says_so() {
    let open = lines_of_offer("    packaging: [palet #2, caja");
    safely(&open, &open);
    safely(&lines_of_offer("    packaging: [palet # two"), &lines_of_offer("    packaging: [palet] # two"));
}

#[test]
fn lines_of_a_bracket_are_moved_at_once_however_far_left_they_stand() {
    safely(
        &lines_of_offer("    delivery: [\n    pickup,\n  delivered,\n    ]"),
        &lines_of_offer("    delivery: [\n        pickup,\n      delivered,\n        ]"),
    );
}

#[test]
fn a_decimal_comma_is_mended_in_brackets_with_names_of_ones_own() {
    safely(&lines_of_offer("    units: { box: 0,614 kg }"), &lines_of_offer("    units: { box: 0.614 kg }"));
    let recipe = |also: &str| {
        format!(
            "{}\nrecipes: {{ r: {{ makes: {{ x: 10 kg }}, also: {{ bran: {also} }}, from: {{ x: 99 kg }} }} }}\nitems: {{ bran: {{ item: sku:bran }} }}",
            lines_of_offer("    name: A")
        )
    };
    safely(&recipe("3,5 kg"), &recipe("3.5 kg"));
    for one in [lines_of_offer("    units: { box: 0,614 kg }"), recipe("3,5 kg")] {
        let found = reading(&format!("{COOP}{one}\n")).diagnostics;
        let errors: Vec<&str> = found.iter().map(|finding| finding.rule.name).collect();
        assert_eq!(errors, ["split-number"], "{found:#?}");
    }
}

#[test]
fn what_nobody_asked_for_and_what_would_be_worse_is_left() {
    // Two fixes at one place: the first is taken, and what it leaves is looked at again.
    let twice = offer("lead_time: { at_least: 10d, at_most: 3d }");
    safely(&twice, &offer("lead_time: { at_least: 10 days, at_most: 3 days }"));
    // A key of which there is one already stays.
    let taken = offer("payment_days: 30 days, paymentDays: 20 days");
    safely(&taken, &taken);
    let untouched = format!("{COOP}with: anyone\n");
    assert_eq!(mend(&untouched, Wanted::All, reading), Mended { text: untouched, fixed: 0, is_cut: false });
}

#[test]
fn a_comment_on_what_is_to_come_keeps_the_key_that_it_waits_behind() {
    let offers = |price: &str| format!("with: anyone\noffers:\n  x:\n    item: hs:1101{price}");
    let keeps = |body: &str| assert_eq!(mended(body, Wanted::All), body);
    boldly(&offers("\n    price:"), &offers(""));
    keeps(&offers("\n    price: # ask Ana"));
    keeps(&offers("\n    price:\n      # 2 ARS/kg or more"));
    keeps(&offers("\n    delivery: [] # pickup?"));
    // What is below may be due behind it.
    boldly(&offers("\n    price:\n    at_least: 2 ARS/kg"), &offers("\n    price:\n      at_least: 2 ARS/kg"));
    // Whoever wrote it twice may have meant the comment of the second.
    boldly("with: anyone\nwith: anyone # for now", "with: anyone");
}

#[test]
fn a_text_of_several_lines_promises_no_fix() {
    let form = "  legal_form: >\n    Worker\n";
    let text = COOP.replace("  legal_form: worker\n", form);
    let found = reading(&text).diagnostics;
    assert!(found.iter().any(|finding| finding.rule.name == "unknown-code"), "{found:#?}");
    assert!(found.iter().all(|finding| finding.fix.is_none()), "{found:#?}");
}

#[test]
fn what_cannot_be_read_in_the_end_is_not_mended_by_halves() {
    boldly(
        "with: anyone\noffers: [\n  x: { item: hs:1101, price: 2 ARS/kg }",
        "with: anyone\noffers:\n  x: { item: hs:1101, price: 2 ARS/kg }",
    );
    boldly(
        "with: anyone\noffers: { # ours\n  x:\n    item: hs:1101\n    price: 2 ARS/kg",
        "with: anyone\noffers: # ours\n  x:\n    item: hs:1101\n    price: 2 ARS/kg",
    );
    boldly("with: [\n  anyone", "with: [\n  anyone]");
}

#[test]
fn where_a_text_cannot_be_read_in_the_end_what_gets_on_is_mended_and_nothing_else() {
    let listed = |first: &str, second: &str| {
        format!("with: anyone\noffers:\n  x:\n    receiver_brings:\n      {first}\n      {second}\n    item: hs:1101")
    };
    // No fix makes readable what stands at the end.
    let end = "needs: >x y: #";
    let text = format!("{COOP}{}\n{end}\n", listed("1. paper", "2. ink"));
    let found = reading(&text).diagnostics;
    let [item, stop] = found.as_slice() else { panic!("{found:#?}") };
    assert!(item.fix.as_ref().is_some_and(|fix| !fix.safe) && stop.fix.is_none(), "{found:#?}");
    assert_eq!(item.help.as_ref().unwrap().english(), "write `- paper`");
    boldly(&format!("{}\n{end}", listed("1. paper", "2. ink")), &format!("{}\n{end}", listed("- paper", "- ink")));
    boldly(&format!("valid: \"a\" b \"c\n{end}"), &format!("valid: '\"a\" b \"c'\n{end}"));
    // What stops the reading where it stood before gets nowhere.
    let hopeless = "with: [ a, b\nneeds: { c: ] }\n- x";
    let found = reading(&format!("{COOP}{hopeless}\n")).diagnostics;
    assert!(found.iter().all(|finding| finding.fix.as_ref().is_none_or(|fix| fix.safe)), "{found:#?}");
    boldly(hopeless, hopeless);
}

#[test]
fn line_breaks_that_few_programs_know_become_those_that_all_do() {
    let text = format!("# Ours.\n{COOP}with: anyone # all\noffers:\n  x: {{ item: hs:1101, price: 0,95 ARS/kg }}\n");
    for wrong in [text.replace('\n', "\r"), text.replace(" # all\n", " # all\r")] {
        let found = reading(&wrong).diagnostics;
        let returns = found.iter().filter(|finding| finding.rule.name == "forbidden-character");
        assert_eq!(returns.count(), 1, "{found:#?}");
        assert_eq!(mend(&wrong, Wanted::Safe, reading).text, text.replace("0,95", "0.95"));
    }
}

#[test]
fn however_many_mistakes_stop_the_reading_all_are_mended() {
    let lines = |line: fn(usize) -> String| (0..150).map(line).collect::<String>();
    let wrong =
        format!("{COOP}with: anyone\noffers:\n  x:\n    item: hs:1101\n{}", lines(|nth| format!("    x_{nth}: \"a\n")));
    let Mended { text, fixed, .. } = mend(&wrong, Wanted::Safe, reading);
    assert_eq!((fixed, text), (150, wrong.replace("\"a", "\"a\"")));
}

/// So many offers with a mistake that stops the reading in the name of each.
fn offers(count: usize, name: &str) -> String {
    let offer = |nth| format!("  x{nth}:\n    item: hs:1101\n    name: {name}\n    price: 2 ARS/kg\n");
    format!("{COOP}with: anyone\noffers:\n{}", (0..count).map(offer).collect::<String>())
}

#[test]
fn what_many_mistakes_cost_that_stop_the_reading_grows_with_their_number_alone() {
    let bytes = |count| {
        let read = Cell::new(0);
        let wrong = offers(count, "Pan: rico");
        let Mended { text, fixed, is_cut } = mend(&wrong, Wanted::Safe, |text| {
            read.set(read.get() + text.len());
            reading(text)
        });
        assert_eq!((text, fixed, is_cut), (offers(count, "\"Pan: rico\""), count, false));
        read.get()
    };
    let [few, many] = [60, 240].map(bytes);
    assert!(many < 5 * few, "{few} and {many} bytes");
}

#[test]
fn a_part_that_cannot_be_mended_leaves_those_before_it_mended() {
    let wrong = offers(200, "Pan: rico").replace("  x90:\n", "  x90: >x y: #\n");
    let Mended { text, fixed, .. } = mend(&wrong, Wanted::Safe, reading);
    assert_eq!((fixed, text.matches("\"Pan: rico\"").count()), (90, 90));
    assert!(text.split("x90").next().is_some_and(|before| !before.contains(": Pan")));
    assert_eq!(mend(&text, Wanted::Safe, reading).fixed, 0);
}

#[test]
fn where_more_would_be_read_than_is_that_is_told_and_a_second_time_goes_on() {
    let wrong = format!("{COOP}with: anyone\nx_a: [{}]\n", "\"c\\d\", ".repeat(40));
    let whole = mend(&wrong, Wanted::Safe, reading);
    let once = mend_within(1 << 18, &wrong, Wanted::Safe, reading);
    assert!(once.is_cut && (1..whole.fixed).contains(&once.fixed), "{once:?}");
    let twice = mend(&once.text, Wanted::Safe, reading);
    assert_eq!(Mended { fixed: once.fixed + twice.fixed, ..twice.clone() }, whole);
    // What is done is done, however little may be read.
    assert!(!mend_within(0, &twice.text, Wanted::Safe, reading).is_cut);
}

#[test]
fn one_fix_in_the_way_of_many_does_not_keep_them_back_nor_cost_much() {
    let source = Sources::new().add(Source::new("x", ""));
    let reads = Cell::new(0);
    // Each `a` may become `b`, and the one in the middle makes it worse.
    let read = |text: &str| {
        reads.set(reads.get() + 1);
        let letters = text.char_indices().filter(|(_, c)| *c == 'a');
        let fix = |(at, _)| {
            let place = Place::new(source, Span::new(at, at + 1));
            Diagnostic::new(&DECIMAL_COMMA, place).fix(place, if at == 500 { "aa" } else { "b" }, true)
        };
        Reading { diagnostics: letters.map(fix).collect(), is_document: true, digest: None }
    };
    let Mended { text, fixed, .. } = mend(&"a,".repeat(500), Wanted::Safe, read);
    assert_eq!((text.matches('b').count(), fixed), (499, 499));
    assert!(reads.get() < 40, "read {} times", reads.get());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_wrong_it_gets_no_worse_and_a_second_time_nothing_changes(
        at in 0..EVERY_KEY.len(), gone in 0usize..12, put in "[-0-9a-z %:,.\"'#@{}\\[\\]\n\t“]{0,6}", all: bool,
    ) {
        let ends = |at: usize| (at..=EVERY_KEY.len()).find(|at| EVERY_KEY.is_char_boundary(*at)).unwrap();
        let (from, to) = (ends(at), ends((at + gone).min(EVERY_KEY.len())));
        let text = format!("{}{put}{}", &EVERY_KEY[..from], &EVERY_KEY[to..]);
        let wanted = if all { Wanted::All } else { Wanted::Safe };
        let (before, once) = (reading(&text), mend(&text, wanted, reading));
        let after = reading(&once.text);
        prop_assert!(after.is_document || !before.is_document);
        prop_assert!(!before.is_document || errors(&after) <= errors(&before));
        prop_assert_eq!(once.fixed == 0, once.text == text);
        let twice = mend(&once.text, wanted, reading);
        prop_assert_eq!(twice, Mended { text: once.text.clone(), fixed: 0, is_cut: false });
    }
}
