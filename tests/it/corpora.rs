//! Test data that others wrote, where it lies beside the project; `skipped` where it does not.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use clm::agreement::{Agreement, Format, digest_of, write};
use clm::contract::{self, render};
use clm::i18n::{Lang, Locale};
use clm::negotiate::Explain;
use clm::report::{self, Account};
use clm::session::{Negotiated, Session, Verification};
use clm::vocab::switch::Switch;
use clm::world::Memory;
use serde_json::{Value, json};

use crate::{files, root};

/// A folder of test data.
pub(crate) fn corpus(name: &str) -> Option<PathBuf> {
    let places = ["../shared/corpora", "../../shared/corpora"].map(|place| root(place).join(name));
    let found = places.into_iter().find(|place| place.is_dir());
    if found.is_none() {
        println!("skipped: no {name} here");
    }
    found
}

#[test]
fn the_canonical_form_is_that_of_rfc_8785() {
    let Some(folder) = corpus("rfc8785") else { return };
    let inputs = files(&folder.join("input"), "json");
    assert_eq!(inputs.len(), 6);
    for input in inputs {
        let value: Value = serde_json::from_slice(&fs::read(&input).unwrap()).unwrap();
        let written = serde_json_canonicalizer::to_vec(&value).unwrap();
        let expected = fs::read_to_string(folder.join("outhex").join(input.file_stem().unwrap()).with_extension("txt"));
        let expected = expected.unwrap();
        let hex: Vec<String> = written.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, expected.split_whitespace().collect::<Vec<_>>(), "{}", input.display());
    }
}

/// Two manifests that agree on a line for each text, with the texts in every place that takes any text.
fn manifests(texts: &[&str]) -> [String; 2] {
    let coop = |name: &str| {
        let first = texts[0];
        json!({
            "id": format!("https://{name}.example"), "name": first, "legal_form": "worker",
            "place": { "country": "AR", "locality": first, "address": first },
            "identifiers": { "cuit": first }, "contact": { "email": first, "signatory": first, "office": first },
            "practices": texts, "certificates": { "organic": { "number": first, "issuer": first } },
        })
    };
    let lines = |key: &str, value: Value| {
        let line = |(i, text): (usize, &&str)| {
            let mut line = json!({
                "item": format!("https://items.example/{i}"), "name": text, "price": "2 ARS/kg", "certificates": "organic",
                "packaging": text, "x_word": [text], "receiver_brings": [text], "properties": { "kind": text },
                "delivery": [{ "value": "delivered", "at": text }],
            });
            line[key] = value.clone();
            (format!("line-{i}"), line)
        };
        texts.iter().enumerate().map(line).collect::<serde_json::Map<_, _>>()
    };
    // A word that switches something on or off is not the name of a format.
    let format = |text: &&str| if Switch::of(text).is_some() { format!("x-{text}") } else { (*text).to_owned() };
    let formats: Vec<String> = texts.iter().map(format).collect();
    let manifest = |name: &str, side: &str, lines: serde_json::Map<String, Value>| {
        let mut manifest = json!({
            "clm": 1, "coop": coop(name), "with": "anyone", "agreement": { "x_place": texts, "law": "AR" },
            "operations": { "order": { "formats": formats } },
        });
        manifest[side] = Value::Object(lines);
        manifest.to_string()
    };
    [
        manifest("a", "offers", lines("tolerance", json!("5 %"))),
        manifest("b", "needs", lines("quantity", json!("10 kg"))),
    ]
}

/// Characters that no output for people may hold.
pub(crate) fn is_raw(c: char) -> bool {
    c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c)
}

#[test]
fn strings_that_break_software_go_through_every_output_or_are_refused_by_name() {
    let Some(folder) = corpus("naughty-strings") else { return };
    let strings: Vec<String> = serde_json::from_slice(&fs::read(folder.join("blns.json")).unwrap()).unwrap();
    let unique: BTreeSet<&str> = strings.iter().map(String::as_str).collect();
    let (refused, taken): (Vec<&str>, Vec<&str>) = unique.into_iter().partition(|text| is_refused(text));
    println!("{} go through, {} are refused", taken.len(), refused.len());
    assert!(taken.len() > 400 && refused.len() > 10);
    for texts in taken.chunks(25) {
        let [a, b] = manifests(texts);
        let mut session = Session::new(Memory::of(&[("a.clm.json", &a), ("b.clm.json", &b)]));
        let Negotiated::Done(outcome, _) = session.negotiate("a.clm.json", "b.clm.json", Explain::Failures) else {
            panic!("refused: {texts:?}");
        };
        let name = |id: &str| id.to_owned();
        let account = Account {
            outcome: &outcome,
            names: &name,
            sources: session.sources(),
            lang: clm::i18n::Lang::Es,
            width: report::Width::USUAL,
            in_full: false,
        };
        for form in [report::outcome, report::outcome_narrated, report::outcome_as_markdown] {
            assert!(!form(&account).contains(is_raw), "{texts:?}");
        }
        let agreement = outcome.agreement.as_ref().unwrap_or_else(|| panic!("no agreement: {texts:?}"));
        assert_eq!(agreement.lines.len(), texts.len(), "{texts:?}");
        outputs(agreement, &a, &b);
    }
}

/// Whether a manifest that holds a text is refused; if it is, by a rule about texts, told without any of it raw.
fn is_refused(text: &str) -> bool {
    let [manifest, _] = manifests(&[text]);
    let mut session = Session::new(Memory::of(&[("a.clm.json", &manifest)]));
    let loaded = session.load("a.clm.json");
    for finding in &loaded.diagnostics {
        assert!(["forbidden-character", "not-nfc", "empty-text"].contains(&finding.rule.name), "{text:?}: {finding:?}");
        let shown = report::plain(finding, session.sources(), Lang::En, report::Width::USUAL)
            + &report::fancy(finding, session.sources(), Lang::Es, report::Paint::default());
        assert!(!shown.contains(is_raw), "{text:?}");
    }
    let json = report::json(&report::findings(&loaded.diagnostics, session.sources()), None).to_string();
    assert!(serde_json::from_str::<Value>(&json).is_ok(), "{text:?}");
    loaded.manifest.is_none()
}

/// The agreement is written, read back and verified in both notations, and drafted in both languages.
fn outputs(agreement: &Agreement, a: &str, b: &str) {
    for (name, format) in [("agreement.yaml", Format::Yaml), ("agreement.json", Format::Json)] {
        let written = write(agreement, format).unwrap();
        let world = Memory::of(&[("a.clm.json", a), ("b.clm.json", b), (name, &written)]);
        let mut session = Session::new(world);
        let opened = session.open(name).unwrap_or_else(|findings| panic!("{findings:?}\n{written}"));
        assert_eq!(digest_of(&opened.agreement).unwrap(), agreement.digest);
        assert!(matches!(session.verify(name, "a.clm.json", "b.clm.json"), Verification::Same), "{written}");
    }
    for lang in ["en", "es"] {
        let lang = Locale::parse(lang).unwrap();
        let document = contract::draft(agreement, &contract::Options { lang }).unwrap();
        let (html, markdown) = (render::html(&document), render::markdown(&document));
        assert!(!html.contains(is_raw) && !markdown.contains(is_raw), "{markdown}");
        assert!(!html.to_lowercase().contains("<script") && !html.contains("<img"), "{html}");
    }
}
