//! That every statement of a manifest is read aloud, in every language.

use std::collections::BTreeSet;
use std::path::Path;

use super::speech::table_of;
use super::{Block, Reading, Speech, read};
use crate::i18n::{Lang, Locale};
use crate::lint;
use crate::source::{Source, Sources};
use crate::syntax::{Document, Kind, NodeId};
use crate::vocab::{codes, countries, units};

const EVERY_KEY: &str = include_str!("../schema/every_key.clm.yaml");

fn document_of(text: &str) -> Option<Document> {
    let source = Source::new("test", text);
    lint::read(Sources::new().add(source.clone()), &source).document
}

fn locale_of(document: &Document, lang: Lang) -> Locale {
    let country = ["coop", "place", "country"].iter().try_fold(document.root(), |node, key| document.get(node, key));
    Locale::from(lang).or_region(country.and_then(|node| document.text(node)).unwrap_or_default())
}

fn reading_of(text: &str, lang: Lang) -> (Document, Reading) {
    let document = document_of(text).unwrap();
    let reading = read(&document, &Speech::new(&locale_of(&document, lang)));
    (document, reading)
}

fn text_of(reading: &Reading) -> String {
    let texts = reading.blocks.iter().map(|block| match block {
        Block::Section(text) | Block::Entry(text) | Block::Sentence(text) | Block::Point(text) => text.as_str(),
    });
    std::iter::once(reading.title.as_str()).chain(texts).collect::<Vec<_>>().join("\n")
}

/// The examples of the repository, and the manifest that has every key.
fn manifests() -> Vec<(String, String)> {
    let mut found = vec![("every key".to_owned(), EVERY_KEY.to_owned())];
    for city in ["bilbao", "buenos-aires", "madison"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(city);
        #[allow(clippy::disallowed_methods, reason = "a test reads its own files")]
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "yaml") {
                #[allow(clippy::disallowed_methods, reason = "a test reads its own files")]
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(found.len() > 14);
    found
}

/// Every way in which a word of the manifest may be said in a language.
fn ways(word: &str, speech: &Speech) -> BTreeSet<String> {
    let (locale, lang) = (speech.locale(), speech.locale().lang);
    let mut ways = BTreeSet::from([word.to_owned(), locale.date(word), locale.number(word)]);
    let lists = [
        codes::LEGAL_FORMS,
        codes::INCOTERMS,
        codes::WEEKDAYS,
        codes::PAYMENT_METHODS,
        codes::DISPUTES,
        codes::PRICE_REVISION,
        codes::LOSS_OF_STATUS,
        codes::FAIRNESS,
        codes::DETAILS,
    ];
    for code in lists.into_iter().flatten().filter(|code| code.code == word) {
        ways.insert(locale.spelled(if lang == Lang::En { code.en } else { code.es }).into_owned());
    }
    ways.extend(countries::names(word).map(|(en, es)| if lang == Lang::En { en } else { es }.to_owned()));
    ways.extend(countries::subdivision_name(word).map(str::to_owned));
    if units::code(units::canonical_word(word)).is_some()
        || ["days", "weeks", "months", "years"].contains(&word.trim_end_matches('s'))
    {
        ways.extend([true, false].map(|one| speech.wording.unit(word, one)));
    }
    let plain = [
        ("any", "any"),
        ("any", "any_price"),
        ("free", "free"),
        ("anyone", "anyone"),
        ("pickup", "delivery.EXW"),
        ("delivered", "delivery.DAP"),
        ("EXW", "delivery.EXW"),
        ("DAP", "delivery.DAP"),
    ];
    ways.extend(plain.into_iter().filter(|(own, _)| *own == word).map(|(_, key)| speech.word(key).to_owned()));
    for list in ["operation", "grant"] {
        ways.extend(speech.find(&format!("{list}.{word}")).map(str::to_owned));
    }
    ways
}

/// Every scalar below a node whose text nobody would find in a reading.
fn unsaid(document: &Document, node: NodeId, said: &str, speech: &Speech, found: &mut Vec<String>) {
    match document.kind(node) {
        Kind::Mapping(entries) => entries.iter().for_each(|e| unsaid(document, e.value, said, speech, found)),
        Kind::List(items) => items.iter().for_each(|item| unsaid(document, *item, said, speech, found)),
        Kind::Null => {}
        Kind::Scalar(text) => {
            let says = |word: &str| ways(word, speech).iter().any(|way| said.contains(way.as_str()));
            // A value of several words is said where each of them is; `per` and its like are said by the sentence.
            let words = text.split([' ', '/']).filter(|word| !["per", "after", "within", "%", "day"].contains(word));
            if !says(text) && !words.clone().all(says) {
                found.push(format!("{}: {text}", document.pointer(node)));
            }
        }
    }
}

#[test]
fn every_value_that_is_written_is_said() {
    for (name, text) in manifests() {
        for lang in Lang::ALL.iter().copied() {
            let (document, reading) = reading_of(&text, lang);
            let speech = Speech::new(&locale_of(&document, lang));
            let mut found = Vec::new();
            unsaid(&document, document.root(), &text_of(&reading), &speech, &mut found);
            assert!(found.is_empty(), "{name} in {lang:?}: {found:#?}\n{}", text_of(&reading));
        }
    }
}

#[test]
fn every_key_of_a_line_is_said() {
    // Without a statement, the reading of the whole is another: nothing is passed over that is written.
    let (whole, _) = reading_of(EVERY_KEY, Lang::En);
    let (_, full) = reading_of(EVERY_KEY, Lang::En);
    let mut tried = 0;
    for (index, line) in EVERY_KEY.lines().enumerate() {
        let cut: String =
            EVERY_KEY.lines().enumerate().filter(|(i, _)| *i != index).map(|(_, l)| format!("{l}\n")).collect();
        let Some(document) = document_of(&cut).filter(|document| document.len() < whole.len()) else { continue };
        let reading = read(&document, &Speech::new(&locale_of(&document, Lang::En)));
        assert_ne!(reading, full, "{line}");
        tried += 1;
    }
    assert!(tried > 40, "{tried}");
}

#[test]
fn who_asks_what_and_who_leaves_whom_out_is_said() {
    let text = "clm: 1\ncoop: { id: https://a.example, name: A, legal_form: worker, place: { country: AR } }\nwith: anyone\n\
        partners: { rest: { none_of: [{ id: https://b.example }, { place: { country: BR } }] }, abroad: { none_of: [{ place: { country: AR } }] } }\n\
        operations: { x_library: {} }\n\
        offers: { pan: { item: hs:1905, price: { at_least: 1000 ARS/kg, at_most: 1200 ARS/kg }, packaging: [{ value: box, points: 1 }, { value: bag, points: 2 }] } }\n\
        needs: { sal: { item: hs:2501, quantity: 5 kg, price: { at_least: 100 ARS/kg, at_most: 200 ARS/kg } } }\n";
    let told = text_of(&reading_of(text, Lang::Es).1).replace('\u{a0}', " ");
    for part in [
        "se piden 1.200 ARS por kg, y no menos de 1.000 ARS por kg",
        "no más de 200 ARS por kg, y con gusto hasta 100 ARS por kg",
        "1 punto para nosotros",
        "2 puntos para nosotros",
        "no se cumple nada de esto: es https://b.example; está en Brasil",
        "no es cierto que está en Argentina",
        "Una operación propia, «library».",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn no_hole_and_no_key_is_left_in_a_reading() {
    for (name, text) in manifests() {
        for lang in Lang::ALL.iter().copied() {
            let said = text_of(&reading_of(&text, lang).1);
            assert!(!said.contains(['{', '}']), "{name}: {said}");
            for key in ["term.", "condition.", "grant.", "operation.", "section.", "who.", "cost."] {
                assert!(!said.contains(key), "{name}: {key} in {said}");
            }
        }
    }
}

#[test]
fn the_tables_have_the_same_keys_and_holes() {
    let holes = |text: &str| {
        text.split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|(hole, _)| hole.to_owned())
            .collect::<BTreeSet<_>>()
    };
    let rows = |lang: Lang| {
        let lines = table_of(lang).lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        lines
            .map(|line| line.split_once(" = ").unwrap_or_else(|| panic!("{line}")))
            .map(|(key, text)| (key, holes(text)))
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(Lang::En), rows(Lang::Es));
    let keys: BTreeSet<&str> = rows(Lang::En).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys.len(), rows(Lang::En).len(), "a key stands twice");
    for term in crate::vocab::terms::TERMS {
        assert!(keys.contains(format!("term.{}", term.name).as_str()), "{}", term.name);
    }
}
