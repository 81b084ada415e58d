//! Stated limits of work: what would take for ever is cut short, and says so.

use std::fmt::Write as _;

use clm::lint;
use clm::negotiate::outcome::{Outcome, Verdict};
use clm::negotiate::{Explain, Side, negotiate};
use clm::source::{Source, Sources};
use serde_json::{Map, Value, json};

use crate::folder::Folder;
use crate::formats::FORMATS;

/// A manifest with these offers or needs.
fn manifest(name: &str, lines: &str, stated: Value) -> Source {
    let coop = json!({
        "id": format!("https://{name}.example"), "name": name, "legal_form": "worker", "place": { "country": "AR" },
    });
    let text = json!({ "clm": 1, "coop": coop, "with": "anyone", lines: stated }).to_string();
    Source::new(format!("{name}.clm.json"), text)
}

fn outcome(one: Source, other: Source) -> Outcome {
    let mut sources = Sources::new();
    let reads = [&one, &other].map(|source| lint::read(sources.add(source.clone()), source));
    let side = |at: usize, source| Side {
        checked: reads[at].manifest.as_ref().expect("a valid manifest"),
        document: reads[at].document.as_ref().expect("a document"),
        source,
    };
    negotiate(&side(0, &one), &side(1, &other), Explain::Failures)
}

#[test]
fn a_line_with_more_conflicts_than_anybody_could_read_says_that_it_lists_only_some() {
    // Ten choices cost 1 EUR each, and 4.50 EUR are to spare: any five of the ten are a conflict.
    let terms = |option: Value| (0..10).map(move |i| (format!("x_choice_{i}"), json!([option])));
    let line = |price: &str| Map::from_iter([("item".into(), json!("cpv:15612000")), ("price".into(), json!(price))]);
    let mut offer = line("1 EUR/kg");
    offer.extend(terms(json!({ "value": "yes", "costs_us": "1 EUR" })));
    let mut need = line("1.45 EUR/kg");
    need.insert("quantity".into(), json!("10 kg"));
    need.extend(terms(json!("yes")));
    let outcome = outcome(
        manifest("mill", "offers", json!({ "flour": offer })),
        manifest("bakery", "needs", json!({ "flour": need })),
    );
    assert_eq!(outcome.verdict, Verdict::Impasse);
    let failed = &outcome.failed[0];
    assert!(failed.cut_short && failed.conflicts.len() >= 20, "{} conflicts", failed.conflicts.len());
    for conflict in &failed.conflicts {
        // The two prices, the quantity, and five choices as both state them.
        assert_eq!(conflict.statements.len(), 3 + 2 * 5, "{conflict:?}");
    }
}

/// What is told of two offers for 100 tonnes of flour, 10 grammes more or less.
fn two_for_flour(offers: Map<String, Value>) -> Outcome {
    let quantity = json!({ "at_least": "99999.99 kg", "at_most": "100000.01 kg" });
    let need = json!({ "item": "cpv:15612000", "quantity": quantity, "price": { "at_most": "1.50 EUR/kg" } });
    outcome(manifest("mill", "offers", json!(offers)), manifest("bakery", "needs", json!({ "flour": need })))
}

#[test]
fn the_best_two_of_many_offers_are_told_of_wherever_their_names_stand() {
    let offer = |i: usize| {
        let price = if i < 118 { "1.40 EUR/kg" } else { "1.00 EUR/kg" };
        (
            format!("flour-{i:03}"),
            json!({ "item": "cpv:15612000", "volume": { "at_most": "60000 kg" }, "price": price }),
        )
    };
    let outcome = two_for_flour((0..120).map(offer).collect());
    let [told] = outcome.together.as_slice() else { panic!("{:?}", outcome.together) };
    let named: Vec<&str> = told.offers.iter().map(|share| share.offer.as_str()).collect();
    assert_eq!(named, ["flour-118", "flour-119"]);
    assert!(outcome.notes.is_empty(), "{:?}", outcome.notes);
}

#[test]
fn where_not_every_two_deliveries_were_looked_at_it_is_said() {
    // Both multiples are primes: only after 99971 of the longer ones the two are where they were.
    let offer = |multiple: &str| {
        let quantity = json!({ "at_most": "90000 kg", "multiple_of": multiple });
        json!({ "item": "cpv:15612000", "quantity": quantity, "price": "1 EUR/kg" })
    };
    let offers = [("bags".to_owned(), offer("0.99971 kg")), ("sacks".to_owned(), offer("1.00003 kg"))];
    let outcome = two_for_flour(offers.into_iter().collect());
    let [note] = outcome.notes.as_slice() else { panic!("{:?}", outcome.notes) };
    assert_eq!(note.kind, "work_limit");
    assert!(note.text.contains("`flour`") && note.text.contains("20000 steps"), "{}", note.text);
}

#[test]
fn of_more_pairs_in_several_rhythms_than_are_looked_at_the_best_come_first() {
    let offer = |i: usize| {
        let price = if i < 108 { "1.40 EUR/kg" } else { "1.00 EUR/kg" };
        let volume = json!({ "at_most": "60000 kg per month" });
        let every = json!(["1 week", "2 weeks", "3 weeks", "4 weeks"]);
        (format!("flour-{i:03}"), json!({ "item": "cpv:15612000", "volume": volume, "every": every, "price": price }))
    };
    let volume = json!({ "at_least": "90000 kg per month", "at_most": "100000 kg per month" });
    let need = json!({ "item": "cpv:15612000", "volume": volume, "price": { "at_most": "1.50 EUR/kg" } });
    let of = |offers: usize| {
        let offers: Map<String, Value> = (110 - offers..110).map(offer).collect();
        outcome(
            manifest("mill", "offers", json!(offers)),
            manifest("bakery", "needs", json!({ "flour": need.clone() })),
        )
    };
    let named = |outcome: &Outcome| {
        outcome.together.iter().flat_map(|told| &told.offers).map(|share| share.offer.clone()).collect::<Vec<_>>()
    };
    // 5,995 pairs in each of four rhythms are more than 20,000; 4,950 are not.
    let (many, fewer) = (of(110), of(100));
    assert_eq!((named(&many), named(&fewer)), (vec!["flour-108".to_owned(), "flour-109".to_owned()], named(&many)));
    assert_eq!(many.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), ["work_limit"]);
    assert!(fewer.notes.is_empty(), "{:?}", fewer.notes);
}

/// A package of two offers of one item, and so many needs of it.
fn package_and_needs(needs: usize) -> Folder {
    let coop = |name: &str| {
        format!(
            "clm: 1\ncoop: {{ id: https://{name}.example, name: {name}, legal_form: worker, place: {{ country: AR }} }}\nwith: anyone\n"
        )
    };
    let line = "{ item: cpv:15612000, quantity: 10 kg, price: 1 EUR/kg }";
    let mut mill = coop("mill") + &format!("offers:\n  old: {line}\n  new: {line}\n");
    mill += "  both: { includes: { old: 10 kg, new: 10 kg }, price: 15 EUR }\n";
    let mut bakery = coop("bakery") + "needs:\n";
    (0..needs).for_each(|n| writeln!(bakery, "  flour-{n:03}: {line}").unwrap());
    Folder::new().with("mill.clm.yaml", mill).with("bakery.clm.yaml", bakery)
}

#[test]
fn what_is_undecided_names_the_files_that_have_too_many_of_what() {
    let folder = package_and_needs(102);
    let negotiate = |more: &[&str]| {
        let run = folder.run(&[&["negotiate", "mill.clm.yaml", "bakery.clm.yaml"], more].concat());
        run.exits(5).out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let told = [
        "more than 10000 ways of matching the parts of a package",
        "mill.clm.yaml, line 7: parts of the package `both`: 2",
        "bakery.clm.yaml, line 5: needs that parts of the package could serve, `flour-000` among them: 102",
        "ith fewer of these it could be decided",
    ];
    let plain = |out: String| out.replace('\\', "").replace("&#96;", "`");
    for format in ["text", "narrated", "markdown"] {
        let out = plain(negotiate(&["--format", format]));
        told.iter().for_each(|told| assert!(out.contains(told), "{format}: {told}\n{out}"));
        let out = plain(negotiate(&["--format", format, "--lang", "es"]));
        assert!(out.contains("mill.clm.yaml, línea 7: partes del paquete `both`: 2"), "{format}: {out}");
    }
    let outcome: Value = serde_json::from_str(&negotiate(&["--format", "json"])).unwrap();
    let because = outcome["limit"]["because"].as_array().unwrap().iter();
    let because: Vec<[&Value; 3]> =
        because.map(|many| [&many["kind"], &many["count"], &many["statement"]["pointer"]]).collect();
    assert_eq!(json!(because), json!([["parts", 2, "/offers/both"], ["needs", 102, "/needs/flour-000"]]));
    let rows = folder.run(&["match"]).exits(5).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(rows.contains("parts of the package `both`: 2"), "{rows}");
}

#[test]
fn more_findings_than_anybody_reads_are_counted_whatever_the_format() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.clm.yaml");
    let mut text =
        "clm: 1\ncoop: { id: https://a.example, name: A, legal_form: worker, place: { country: AR } }\n".to_owned();
    (0..1500).for_each(|n| writeln!(text, "Clave{n}: 1").unwrap());
    std::fs::write(&file, text).unwrap();
    let check = |format: &str| {
        let out = crate::clm().args(["check", "--isolated", "--format", format]).arg(&file).output().unwrap();
        assert_eq!(out.status.code(), Some(1), "{format}");
        String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap()
    };
    let rest = "500 more findings are left out from here on";
    for format in FORMATS {
        let out = check(format);
        // A line that is too long for a terminal goes on in the next.
        let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(rest), "{format}");
        assert!(out.contains("Clave999") && !out.contains("Clave1001"), "{format}");
    }
    assert!(check("text").ends_with("1 manifest checked: 1500 errors, 0 warnings\n"));
    let told: Value = serde_json::from_str(&check("json")).unwrap();
    assert_eq!(told["findings"].as_array().unwrap().len(), 1001);
}

#[test]
fn more_stale_entries_than_anybody_reads_are_counted_too() {
    let entry = |nth| format!(r#"{{"file":"gone.clm.yaml","code":"CLM1101","fingerprint":"{nth:032x}"}}"#);
    let entries = (0..1500).map(entry).collect::<Vec<_>>().join(",\n");
    let mill = crate::folder::MILL;
    let folder = crate::folder::Folder::new()
        .with("mill.clm.yaml", mill)
        .with("known.json", format!("{{\"clm_baseline\":1,\"findings\":[\n{entries}]}}\n"));
    let said = folder.run(&["check", "--isolated", "--baseline", "known.json", "mill.clm.yaml"]).exits(0);
    said.says(&["500 more findings are left out from here on", "known.json:1001:", "0 errors, 1500 warnings"])
        .never_says("known.json:1004:");
}
