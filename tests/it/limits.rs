//! Stated limits of work: what would take for ever is cut short, and says so.

use std::fmt::Write as _;

use clm::lint;
use clm::negotiate::outcome::{Outcome, Verdict};
use clm::negotiate::{Explain, Side, negotiate};
use clm::source::{Source, Sources};
use serde_json::{Map, Value, json};

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
