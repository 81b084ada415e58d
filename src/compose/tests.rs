//! That what is written passes a check, in every language, and that answers and lists are understood or refused.

use std::collections::BTreeSet;

use super::words::table_of;
use super::*;
use crate::diagnostic::{Diagnostic, Severity};
use crate::i18n::Lang;
use crate::lint;
use crate::source::{Source, Sources};
use crate::value::Date;

fn words(lang: Lang) -> Words {
    Words::new(lang)
}

fn today() -> Option<Date> {
    Some(Date::parse("2026-11-30").unwrap())
}

/// Everything that a check says of a draft as it is written.
fn findings(draft: &Draft, words: &Words) -> Vec<String> {
    let source = Source::new("manifest", write(draft, words));
    let read = lint::read(Sources::new().add(source.clone()), &source);
    let advice = read.document.as_ref().zip(read.manifest.as_ref());
    let advice = advice.map(|(document, manifest)| lint::advise(document, &source, manifest)).unwrap_or_default();
    let all = read.diagnostics.iter().chain(&advice);
    all.filter(|finding| finding.severity != Severity::Info).map(|finding| finding.message.english()).collect()
}

/// A person who answers from a list, and what is said meanwhile.
struct Script {
    answers: Vec<&'static str>,
    said: Vec<String>,
}

impl Script {
    fn of(answers: &[&'static str]) -> Self {
        Self { answers: answers.iter().rev().copied().collect(), said: Vec::new() }
    }
}

impl Console for Script {
    fn ask(&mut self, question: &str) -> Option<String> {
        self.said.push(question.to_owned());
        self.answers.pop().map(str::to_owned)
    }

    fn tell(&mut self, text: &str) {
        self.said.push(text.to_owned());
    }

    fn refuse(&mut self, finding: &Diagnostic) {
        self.said.push(finding.message.english());
    }
}

const ANSWERS: &[&str] = &[
    "Molino del Río: \"harina\" y más #1",
    "molino.example",
    "producción",
    "argentina",
    "Azul",
    "ventas@molino.example",
    "Presidenta: \"la que firma\"",
    "2",
    "Harina 000",
    "hs:1101",
    "950 ARS/kg",
    "500 kg per month",
    "Salvado",
    "",
    "120",
    "",
    "",
    "45 días",
    "3",
    "Bolsas",
    "hs:630533",
    "2000 each per month",
    "15 ARS/each",
    "",
    "2027-11-30",
];

#[test]
fn what_is_written_passes_a_check_in_every_language() {
    for lang in Lang::ALL.iter().copied() {
        let mut script = Script::of(ANSWERS);
        let draft = interview(Draft::default(), today(), &mut script, &words(lang))
            .unwrap_or_else(|| panic!("{:#?}", script.said));
        assert_eq!(findings(&draft, &words(lang)), Vec::<String>::new(), "{}", write(&draft, &words(lang)));
        assert_eq!(
            (draft.legal_form.as_str(), draft.country.as_str(), draft.payment_days.as_str()),
            ("producer", "AR", "45")
        );
        assert_eq!(draft.offers[1].price, "120 ARS/kg");
        assert!(script.answers.is_empty(), "{:?}", script.answers);
        assert!(write(&draft, &words(lang)).lines().all(|line| !line.starts_with('#') || line.chars().count() <= 80));
    }
}

#[test]
fn a_wrong_answer_is_explained_and_asked_again() {
    let answers: &[&str] = &[
        "",
        "?",
        "Mill",
        "mill",
        "https://mill.example",
        "99",
        "worker",
        "Austrlia",
        "AR",
        "",
        "nobody",
        "trade@mill.example",
        "",
        "7",
        "1",
        "Flour",
        "hs:11x",
        "hs:1101",
        "950",
        "950 ARS",
        "950 ARS/kg",
        "much",
        "",
        "",
        "soon",
        "30 d",
        "foo",
        "envio",
        "",
        "2027-13-40",
        "2020-01-01",
        "2027-11-30",
    ];
    let mut script = Script::of(answers);
    let draft = interview(Draft::default(), today(), &mut script, &words(Lang::En))
        .unwrap_or_else(|| panic!("{:#?}", script.said));
    assert_eq!((draft.name.as_str(), draft.until.as_str()), ("Mill", "2027-11-30"));
    assert_eq!((draft.country.as_str(), draft.payment_days.as_str()), ("AR", "30"));
    assert_eq!(draft.delivery, ["delivered"]);
    assert_eq!(findings(&draft, &words(Lang::En)), Vec::<String>::new());
    let said = script.said.join("\n");
    for part in [
        "an answer is needed",
        "as on your letterhead",
        "`Austrlia` is not the code of a country",
        "`950 ARS` is a sum",
        "answer with one of the numbers",
        "`soon` is not a time",
        "`foo` is not one of the words for `delivery`",
        "2020-01-01 is past",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

/// Answers of which the first leave out all that can be left out, and the last are one need.
const SILENT: [&str; 19] = [
    "Mill",
    "mill.example",
    "1",
    "AR",
    "",
    "",
    "",
    "1",
    "",
    "",
    "",
    "Bags",
    "sku:own",
    "hs:630533",
    "2 each",
    "",
    "any",
    "",
    "",
];

#[test]
fn a_manifest_that_says_nothing_is_not_written() {
    let mut script = Script::of(&SILENT);
    let draft = interview(Draft::default(), today(), &mut script, &words(Lang::En))
        .unwrap_or_else(|| panic!("{:#?}", script.said));
    assert_eq!((draft.offers.len(), draft.needs.len()), (0, 1));
    let said = script.said.join("\n");
    assert!(said.contains("name at least one thing") && said.contains("which nobody else offers"), "{said}");
    assert!(said.contains("or `any` if you pay whatever is asked"), "{said}");
    let written = write(&draft, &words(Lang::En));
    let price = "    # We pay whatever is asked. A limit would be `{ at_most: 950 ARS/kg }`.\n    price: any\n";
    assert!(written.contains(price), "{written}");
    assert_eq!(Draft { needs: Vec::new(), ..draft }.missing(), ["--offer / --need"]);
}

#[test]
fn no_is_nothing_where_nothing_is_an_answer() {
    let asked = |answers: &[&'static str], lang: Lang| {
        let mut script = Script::of(answers);
        interview(Draft::default(), today(), &mut script, &words(lang)).unwrap_or_else(|| panic!("{:#?}", script.said))
    };
    for (lang, no) in [(Lang::En, "no"), (Lang::En, "None."), (Lang::Es, "Nada más"), (Lang::Es, "ninguno")] {
        let optional = |index: usize| matches!(index, 4..=6 | 8..=10);
        let said = |(index, answer): (usize, &&'static str)| if optional(index) { no } else { *answer };
        let answers: Vec<&'static str> = SILENT.iter().enumerate().map(said).collect();
        assert_eq!(asked(&answers, lang), asked(&SILENT, lang), "{no}");
    }
}

#[test]
fn the_end_of_the_answers_gives_no_draft() {
    for count in 0..ANSWERS.len() {
        let mut script = Script::of(ANSWERS.get(..count).unwrap());
        assert_eq!(interview(Draft::default(), today(), &mut script, &words(Lang::Es)), None, "{count}");
    }
}

fn rows(decimals: Option<Decimals>) -> Rows<'static> {
    Rows { producer: None, currency: "ARS", decimals }
}

#[test]
fn a_list_becomes_offers() {
    for list in [
        "name,price,units,unit_type,on_hand,sku,producer,category\nHarina 000,950.5,500,g,40,H-000,Molino,Harinas\nPan,1200,,,3,,Molino,\n",
        "\u{feff}producer;sku;name;category;units;unit_type;price;on_hand\r\nMolino;H-000;Harina 000;Harinas;500;g;950,5;40\r\nMolino;;Pan;;;;1200;3\r\n",
    ] {
        let imported = import(list.as_bytes(), rows(None)).unwrap();
        let [flour, bread] = imported.offers.as_slice() else { panic!("{imported:?}") };
        assert_eq!((flour.key.as_str(), flour.item.as_str()), ("harina-000", "sku:H-000"));
        assert_eq!((flour.price.as_str(), flour.volume.as_str()), ("950.5 ARS/500 g", "20000 g"));
        assert_eq!(
            (bread.price.as_str(), bread.volume.as_str(), bread.item.as_str()),
            ("1200 ARS/each", "3 each", "sku:pan")
        );
        assert_eq!(imported.producer.as_deref(), Some("Molino"));
        for lang in Lang::ALL.iter().copied() {
            let draft = Draft { offers: imported.offers.clone(), ..Draft::default() }.filled();
            assert_eq!(findings(&draft, &words(lang)), Vec::<String>::new(), "{}", write(&draft, &words(lang)));
        }
    }
}

#[test]
fn a_list_may_have_tabs_and_be_in_spanish() {
    let list = "Nombre\tPrecio\tUnidades\tUnidad de medida\tExistencias\tCódigo\n\
                Harina\t950,5\t500\tgr\t40\tH-1\nAceite\t1200\t\tlts.\t\tA-1\nPan\t9\t\tcajas\t\tP-1\n";
    let imported = import(list.as_bytes(), rows(None)).unwrap();
    let prices: Vec<&str> = imported.offers.iter().map(|offer| offer.price.as_str()).collect();
    assert_eq!(prices, ["950.5 ARS/500 g", "1200 ARS/l", "9 ARS/box"]);
    assert_eq!((imported.offers[0].item.as_str(), imported.offers[0].volume.as_str()), ("sku:H-1", "20000 g"));
    assert_eq!(imported.passed_over, Vec::<String>::new());
    assert_eq!(wrong("nombre,name,price\nPan,Bread,1\n", None), [(1, String::new(), "list.column_twice")]);
}

/// What is wrong in a list: line, column and key.
fn wrong(list: &str, decimals: Option<Decimals>) -> Vec<(u64, String, &'static str)> {
    let bad = import(list.as_bytes(), rows(decimals)).unwrap_err();
    bad.into_iter().map(|bad| (bad.line, bad.column, bad.key)).collect()
}

#[test]
fn every_bad_row_is_told_with_its_place() {
    let list = "name,price,unit_type,sku\nFlour,abc,kg,F1\n,5,kg,F2\nBran,7,parsec,F 3\nOil,-1,l,F4\nOats,,kg,F5\n";
    assert_eq!(
        wrong(list, None),
        [
            (2, "price".to_owned(), "list.number"),
            (3, "name".to_owned(), "list.no_name"),
            (4, "sku".to_owned(), "list.sku"),
            (4, "unit_type".to_owned(), "list.unit"),
            (5, "price".to_owned(), "list.number"),
            (6, "price".to_owned(), "list.no_price"),
        ]
    );
    assert_eq!(wrong("sku,name\nF,Flour\n", None), [(1, String::new(), "list.no_prices")]);
    assert_eq!(wrong("sku,Precio unitario\nF,1\n", None), [(1, String::new(), "list.no_names")]);
    assert_eq!(wrong("name,price,name\nFlour,1,x\n", None), [(1, String::new(), "list.column_twice")]);
    assert_eq!(wrong("name,price\nFlour\n", None), [(2, String::new(), "list.fields")]);
    assert_eq!(wrong("name,price\nCheese,1.200,50\n", None), [(2, String::new(), "list.commas")]);
    assert_eq!(wrong("name,price\n\"Flour,1\nBran,2\n", None), [(2, String::new(), "list.open_quote")]);
    assert_eq!(wrong("name,price\n", None), [(1, String::new(), "list.empty")]);
    assert_eq!(wrong("", None).len(), 2);
    assert_eq!(wrong("name,price,sku\nFlour,1,F\nBran,2,F\n", None), [(3, "sku".to_owned(), "list.sku_twice")]);
    assert_eq!(wrong("producer,name,price\nA,Flour,1\nB,Bran,2\n", None), [(1, String::new(), "list.producers")]);
    let bytes = b"name,price\nFl\xffour,1\n";
    assert_eq!(import(bytes, rows(None)).unwrap_err()[0].key, "list.not_utf8");
}

#[test]
fn lines_are_counted_however_they_end() {
    for list in [
        "name,price\r\nFlour,100\r\nBran,abc\r\n",
        "name,price\rFlour,100\rBran,abc",
        "name,price\n\nBran,abc\n",
        "\r\nname,price\r\nBran,abc\r\n",
        "sep=,\r\nname,price\r\nBran,abc\r\n",
        "name,price\r\n  ,\r\nBran,abc\r\n",
    ] {
        assert_eq!(wrong(list, None), [(3, "price".to_owned(), "list.number")], "{list:?}");
    }
    let quoted = "name,price\r\n\"Flour\r\n000\",100\r\nBran,abc\r\n";
    assert_eq!(wrong(quoted, None), [(4, "price".to_owned(), "list.number")]);
    let sold = "name,price,on_hand\r\nFlour,1,5\r\nBran,2,0\r\n";
    assert_eq!(import(sold.as_bytes(), rows(None)).unwrap().sold_out, [3]);
}

#[test]
fn a_spreadsheet_is_told_from_a_list() {
    for bytes in [&b"PK\x03\x04\x14\x00"[..], b"\xd0\xcf\x11\xe0\xa1\xb1"] {
        assert_eq!(import(bytes, rows(None)).unwrap_err()[0].key, "list.spreadsheet");
    }
}

#[test]
fn decimals_are_read_in_one_way_or_asked_for() {
    let price = |list: &str, decimals| import(list.as_bytes(), rows(decimals)).unwrap().offers[0].price.clone();
    assert_eq!(price("name;price\nFlour;1.234,50\n", None), "1234.50 ARS/each");
    assert_eq!(price("name;price\nFlour;\"1,234.50\"\n", None), "1234.50 ARS/each");
    assert_eq!(wrong("name;price\nFlour;1,5\nBran;2.5\n", None)[0].2, "list.both_decimals");
    assert_eq!(wrong("name;price\nFlour;1.234\n", None), [(2, "price".to_owned(), "list.which_decimals")]);
    assert_eq!(price("name;price\nFlour;1.234\n", Some(Decimals::Comma)), "1234 ARS/each");
    assert_eq!(price("name;price\nFlour;1.234\n", Some(Decimals::Point)), "1.234 ARS/each");
    assert_eq!(wrong("name;price\nFlour;12,34\n", Some(Decimals::Point)), [(2, "price".to_owned(), "list.number")]);
}

#[test]
fn of_several_producers_one_is_taken_and_the_sold_out_are_left_out() {
    let list = "producer,name,price,on_hand\nA,Flour,1,0\nA,Bran,2,5\nB,Oil,3,1\n";
    let imported = import(list.as_bytes(), Rows { producer: Some("A"), ..rows(None) }).unwrap();
    assert_eq!((imported.offers.len(), imported.sold_out), (1, vec![2]));
    let bad = import(list.as_bytes(), Rows { producer: Some("C"), ..rows(None) }).unwrap_err();
    assert_eq!(bad[0].text, "`A`, `B`");
}

#[test]
fn entries_are_stated_in_one_line() {
    let entry = stated("Flour 000=hs:1101 950 ARS/kg, 500 kg per month", &Taken::default(), &words(Lang::En)).unwrap();
    assert_eq!((entry.key.as_str(), entry.item.as_str()), ("flour-000", "hs:1101"));
    assert_eq!((entry.price.as_str(), entry.volume.as_str()), ("950 ARS/kg", "500 kg per month"));
    let own = stated("bread=1200 ARS/each", &["bread"].into_iter().collect(), &words(Lang::En)).unwrap();
    assert_eq!((own.key.as_str(), own.item.as_str(), own.price.as_str()), ("bread-2", "sku:bread-2", "1200 ARS/each"));
    assert!(stated("950 ARS/kg", &Taken::default(), &words(Lang::En)).is_err());
    let need = |text: &str| stated_need(text, &Taken::default(), &words(Lang::En)).map(|need| need.price);
    assert_eq!(need("Sugar=hs:1701 any, 20 kg").as_deref(), Ok("any"));
    assert!(need("Sugar=hs:1701, 20 kg").unwrap_err().contains("does not say what is paid at most"));
    assert!(need("Sugar=hs:1701 any").unwrap_err().ends_with("write it behind a comma, like `, 500 kg per month`"));
}

#[test]
fn a_number_without_a_list_is_neither_code_nor_price() {
    let said = |text: &str| stated_need(text, &Taken::default(), &words(Lang::En)).unwrap_err();
    let both = said("Boxes=4819, 5 box");
    for way_out in ["`4819` may be a code or a price", "`hs:4819` or `sku:4819`", "`4819 ARS/kg`"] {
        assert!(both.contains(way_out), "{both}");
    }
    assert!(said("Flour=4819 any").contains("`4819` does not say of which list it is: write `hs:4819`"));
    assert!(said("Flour=4819 free, 5 kg").contains("write `hs:4819`"));
    assert_eq!(
        said("Flour=12 any, 5 kg"),
        "`12` does not say of which list it is: write `sku:12` for a number of your own"
    );
}

#[test]
fn what_is_no_legal_form_is_asked_for_by_its_number() {
    let answers: Vec<&str> = SILENT[..2].iter().chain(&["circus"]).chain(&SILENT[2..]).copied().collect();
    let mut script = Script::of(&answers);
    interview(Draft::default(), today(), &mut script, &words(Lang::Es)).unwrap();
    let said = script.said.join("\n");
    assert!(said.contains(words(Lang::Es).word("answer.number")) && !said.contains("producer"), "{said}");
}

#[test]
fn a_word_is_no_code_that_others_know() {
    let asked: Vec<&str> = SILENT.iter().map(|answer| if *answer == "sku:own" { "bread" } else { answer }).collect();
    let mut script = Script::of(&asked);
    interview(Draft::default(), today(), &mut script, &words(Lang::En)).unwrap();
    let said = script.said.join("\n");
    assert!(said.contains("`bread` is no code that others know") && !said.contains("nobody else offers"), "{said}");
}

#[test]
fn the_tables_have_the_same_keys_and_holes() {
    let rows = |lang: Lang| {
        let lines = table_of(lang).lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let pair = |line: &'static str| {
            let (key, text) = line.split_once(" = ").unwrap_or_else(|| panic!("{line}"));
            let holes = text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(hole, _)| hole);
            (key, holes.collect::<BTreeSet<_>>())
        };
        lines.map(pair).collect::<Vec<_>>()
    };
    assert_eq!(rows(Lang::En), rows(Lang::Es));
    let keys: BTreeSet<&str> = rows(Lang::En).into_iter().map(|(key, _)| key).collect();
    for key in keys.iter().filter_map(|key| key.strip_prefix("ask.")) {
        assert!(keys.contains(format!("help.{key}").as_str()), "no help on {key}");
    }
}
