//! Many manifests matched: no pair is missing, no row depends on the order of the files, every format takes any character,
//! and what cannot be read keeps nobody else waiting.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use clm::agreement::Line;
use clm::i18n::Lang;
use clm::lint::{self, Read};
use clm::market::{Counting, Entry, Market, Pair, Reach, Row, Standing, Table};
use clm::negotiate::outcome::{LineGain, Outcome, Verdict};
use clm::negotiate::{Explain, Side, negotiate};
use clm::report;
use clm::source::{Source, Sources};
use clm::value::{Duration, Money, Rational};
use proptest::prelude::*;
use serde_json::Value;

use crate::folder::{BAKERY, Folder, MILL, Said};

// No pair is missing.

/// A line that is offered or needed: which item, and what is paid for it.
type Traded = (usize, u8);

/// A coop of a generated ecosystem.
#[derive(Clone, Debug)]
struct Coop {
    offers: Vec<Traded>,
    /// Each with what would do instead.
    needs: Vec<(Traded, Option<usize>)>,
    package: bool,
    operations: Vec<usize>,
    /// To whom it offers: to anyone, to worker coops, to nobody.
    with: usize,
    worker: bool,
}

fn coops() -> impl Strategy<Value = Vec<Coop>> {
    let line = || (0..6_usize, 1..5_u8);
    let need = (line(), proptest::option::of(0..6_usize));
    let coop = (
        proptest::collection::vec(line(), 0..3),
        proptest::collection::vec(need, 0..3),
        any::<bool>(),
        proptest::sample::subsequence((0..3).collect::<Vec<usize>>(), 0..=2),
        0..3_usize,
        any::<bool>(),
    );
    let built = coop.prop_map(|(offers, needs, package, operations, with, worker)| Coop {
        offers,
        needs,
        package,
        operations,
        with,
        worker,
    });
    proptest::collection::vec(built, 2..7)
}

const ITEMS: [&str; 6] =
    ["hs:1101", "hs:110100", "cpv:15612000", "https://items.example/rye", "sku:R1", "https://c2.example#R1"];
const OPERATIONS: [&str; 3] = ["order", "invoice", "watch_price"];

fn text(at: usize, coop: &Coop) -> String {
    let form = if coop.worker { "worker" } else { "producer" };
    let mut text = format!(
        "clm: 1\ncoop: {{ id: https://c{at}.example, name: C{at}, legal_form: {form}, place: {{ country: AR }} }}\n"
    );
    text.push_str(match coop.with {
        0 => "with: anyone\n",
        1 => "partners: { workers: { legal_form: worker } }\nwith: workers\n",
        _ => "",
    });
    section(&mut text, "operations", coop.operations.iter().map(|name| format!("{}: {{}}", OPERATIONS[*name])));
    let offers = coop.offers.iter().enumerate();
    let offers = offers.map(|(n, (item, price))| format!("o{n}: {{ item: {}, price: {price} EUR/kg }}", ITEMS[*item]));
    let kit = "kit: { includes: { o0: 10 kg, o1: 10 kg }, price: 30 EUR }".to_owned();
    section(&mut text, "offers", offers.chain(Some(kit).filter(|_| coop.package && coop.offers.len() > 1)));
    let needs = coop.needs.iter().enumerate().map(|(n, ((item, price), instead))| {
        let code = |item: usize| ITEMS[item].replace("sku:", &format!("https://c{at}.example#"));
        let instead = instead.filter(|other| code(*other) != code(*item));
        let instead = instead.map_or_else(String::new, |item| format!(", substitutes: [{{ item: {} }}]", ITEMS[item]));
        format!("n{n}: {{ item: {}, quantity: 10 kg, price: {price} EUR/kg{instead} }}", ITEMS[*item])
    });
    section(&mut text, "needs", needs);
    text
}

fn section(text: &mut String, title: &str, entries: impl Iterator<Item = String>) {
    for (at, entry) in entries.enumerate() {
        if at == 0 {
            writeln!(text, "{title}:").unwrap();
        }
        writeln!(text, "  {entry}").unwrap();
    }
}

/// Texts that were read.
struct Ecosystem {
    texts: Vec<Source>,
    reads: Vec<Read>,
}

impl Ecosystem {
    fn of(texts: Vec<Source>) -> Self {
        let mut sources = Sources::new();
        let reads = texts.iter().map(|text| lint::read(sources.add(text.clone()), text)).collect();
        Self { texts, reads }
    }

    fn sides(&self) -> Vec<Side<'_>> {
        let found = |read: &Read| read.diagnostics.iter().map(|d| d.message.english()).collect::<Vec<_>>().join("; ");
        self.texts
            .iter()
            .zip(&self.reads)
            .map(|(source, own)| Side {
                checked: own.manifest.as_ref().unwrap_or_else(|| panic!("{}\n{}", found(own), source.text())),
                document: own.document.as_ref().unwrap(),
                source,
            })
            .collect()
    }
}

/// The joint gain of a year of an outcome, by currency, as far as its strings tell it.
fn gains(outcome: &Outcome) -> BTreeMap<String, Rational> {
    let mut sums: BTreeMap<String, Rational> = BTreeMap::new();
    for gain in &outcome.gains {
        let money = Money::parse(&gain.joint_gain).unwrap();
        let of = |line: &&Line| line.provider == gain.provider && is_of(line, gain);
        let line = outcome.agreement.iter().flat_map(|a| &a.lines).find(of).unwrap();
        let years = line.every.as_ref().map_or_else(Rational::one, |every| Duration::parse(every).unwrap().years());
        let yearly = money.amount.rational().checked_div(&years).unwrap();
        let sum = sums.entry(money.currency.to_string()).or_default();
        *sum = &*sum + &yearly;
    }
    sums
}

fn is_of(line: &Line, gain: &LineGain) -> bool {
    line.need == gain.need && (line.offer == gain.offer || line.package.as_ref() == Some(&gain.offer))
}

fn all(market: &Market<'_>, reach: Reach, counting: Counting) -> Vec<Pair> {
    (0..market.sides().len()).flat_map(|one| market.pairs_of(one, reach, counting)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_misses_no_pair_that_all_with_all_would_find(coops in coops()) {
        let texts = coops.iter().enumerate().map(|(at, coop)| Source::new(format!("{at}.clm.yaml"), text(at, coop)));
        let ecosystem = Ecosystem::of(texts.collect());
        let market = Market::new(ecosystem.sides());
        let rows = |reach| -> BTreeMap<[usize; 2], Pair> {
            all(&market, reach, Counting::All).into_iter().map(|pair| (pair.sides, pair)).collect()
        };
        let (by_item, by_any) = (rows(Reach::Items), rows(Reach::Operations));
        for one in 0..market.sides().len() {
            for other in one + 1..market.sides().len() {
                let outcome = negotiate(&market.sides()[one], &market.sides()[other], Explain::Nothing);
                let operations = outcome.agreement.as_ref().map_or(0, |a| a.operations.len());
                let row = by_item.get(&[one, other]);
                prop_assert_eq!(row.is_some(), outcome.no_common_item.is_none());
                prop_assert_eq!(by_any.contains_key(&[one, other]), outcome.no_common_item.is_none() || operations > 0);
                let Some(row) = by_any.get(&[one, other]) else { continue };
                let deals = matches!(outcome.verdict, Verdict::Agreement | Verdict::OperationsOnly);
                prop_assert_eq!(row.standing == Standing::Deal, deals);
                prop_assert_eq!(row.lines, outcome.agreement.as_ref().map_or(0, |a| a.lines.len()));
                prop_assert_eq!(row.operations, operations);
                prop_assert_eq!(&row.gains, &gains(&outcome));
            }
        }
    }
}

/// The generator would prove nothing of pairs that never meet.
#[test]
fn generated_coops_deal_fail_and_have_nothing_in_common() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, TestRunner};
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(Config::default().rng_algorithm),
    );
    let (mut seen, mut packages) = (BTreeSet::new(), 0);
    for _ in 0..200 {
        let coops = coops().new_tree(&mut runner).unwrap().current();
        let texts = coops.iter().enumerate().map(|(at, coop)| Source::new(format!("{at}.clm.yaml"), text(at, coop)));
        let ecosystem = Ecosystem::of(texts.collect());
        let sides = ecosystem.sides();
        for (at, one) in sides.iter().enumerate() {
            for other in &sides[at + 1..] {
                let outcome = negotiate(one, other, Explain::Nothing);
                seen.insert((format!("{:?}", outcome.verdict), outcome.no_common_item.is_some()));
                let lines = outcome.agreement.iter().flat_map(|a| &a.lines);
                packages += lines.filter(|line| line.package.is_some()).count();
            }
        }
    }
    // An agreement has an item in common; the other two come with one and without.
    assert_eq!(seen.len(), 5, "{seen:?}");
    assert!(packages > 0);
}

/// The manifests of the examples, of each coop the first.
fn examples() -> Ecosystem {
    let mut texts = Vec::new();
    for scenario in ["bilbao", "buenos-aires", "madison"] {
        for file in crate::files(&crate::root("examples").join(scenario), "yaml") {
            texts.push(Source::new(
                file.file_name().unwrap().to_string_lossy(),
                std::fs::read_to_string(&file).unwrap(),
            ));
        }
    }
    Ecosystem::of(texts)
}

#[test]
fn no_byte_depends_on_the_order_of_files_or_rows() {
    let ecosystem = examples();
    let mut sides = ecosystem.sides();
    let market = Market::new(sides.clone());
    let pairs = all(&market, Reach::Operations, Counting::All);
    assert!(pairs.len() > 45, "{}", pairs.len());
    let whole = report::matches_as_json(&Table::new(&market, pairs.clone(), Vec::new()));
    // Threads hand in rows in the order of manifests; that they did in any other would change nothing either.
    let backwards = pairs.into_iter().rev().collect();
    assert_eq!(report::matches_as_json(&Table::new(&market, backwards, Vec::new())), whole);
    sides.rotate_left(5);
    sides.reverse();
    let turned = Market::new(sides);
    let pairs = all(&turned, Reach::Operations, Counting::All);
    assert_eq!(report::matches_as_json(&Table::new(&turned, pairs, Vec::new())), whole);
}

#[test]
fn a_row_does_not_depend_on_what_else_is_matched() {
    let ecosystem = examples();
    let market = Market::new(ecosystem.sides());
    let ids =
        |market: &Market<'_>, pair: &Pair| pair.sides.map(|side| market.sides()[side].checked.coop.id.value.clone());
    let bare = |pair: &Pair| Pair { sides: [0, 1], ..pair.clone() };
    for pair in all(&market, Reach::Items, Counting::All) {
        let two = Market::new(pair.sides.map(|side| market.sides()[side]).to_vec());
        let alone = all(&two, Reach::Items, Counting::All);
        assert_eq!(alone.len(), 1);
        assert_eq!((ids(&market, &pair), bare(&pair)), (ids(&two, &alone[0]), bare(&alone[0])));
    }
}

// The command.

/// The same coop under another name, with some text replaced.
fn named(text: &str, from: &str, to: &str, changes: &[(&str, &str)]) -> String {
    let renamed = text
        .replace(&format!("{from}.example"), &format!("{to}.example"))
        .replace("name: The", &format!("name: {to} of the"));
    changes.iter().fold(renamed, |text, (what, instead)| {
        assert!(text.contains(what), "{what}");
        text.replace(what, instead)
    })
}

fn pairs(said: &Said) -> Vec<Value> {
    let table: Value = serde_json::from_str(&said.out).unwrap();
    let schema = std::fs::read_to_string(crate::root("schema/match.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let faults: Vec<String> = schema.iter_errors(&table).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    table["pairs"].as_array().unwrap().clone()
}

#[test]
fn pairs_are_shown_best_first_whatever_the_order_of_the_files() {
    let folder = Folder::of_a_pair()
        .with("more/cafe.clm.yaml", named(BAKERY, "bakery", "cafe", &[("500 kg per month", "700 kg per month")]))
        .with("more/inn.clm.yaml", named(BAKERY, "bakery", "inn", &[("700 ARS/kg", "100 ARS/kg")]));
    let whole = folder.run(&["match"]).exits(0);
    assert_eq!(
        whole.out,
        "4 manifests, 3 pairs with something in common: 2 deals, 1 impasse.\n\n\
         verdict    gain a year  lines  coops\n\
         deal     840000.00 ARS      1  cafe of the Bakery and The Mill\n\
         deal     600000.00 ARS      1  The Bakery and The Mill\n\
         impasse                     0  inn of the Bakery and The Mill: more is asked\n\
         \x20                              than is paid (CLM0709, 1 line)\n"
    );
    for files in [
        &["."][..],
        &["more", "."],
        &["mill.clm.yaml", "bakery.clm.yaml", "more"],
        &["more/inn.clm.yaml", "./bakery.clm.yaml", "more/cafe.clm.yaml", "mill.clm.yaml", "bakery.clm.yaml"],
    ] {
        assert_eq!(folder.run(&[&["match"], files].concat()).exits(0).out, whole.out, "{files:?}");
    }
    assert_eq!(pairs(&folder.run(&["match", "--format", "json"]).exits(0)).len(), 3);
}

#[test]
fn the_exit_tells_whether_anybody_deals() {
    let poor = BAKERY.replace("700 ARS/kg", "100 ARS/kg");
    let folder = Folder::new().with("mill.clm.yaml", MILL).with("bakery.clm.yaml", &poor);
    folder.run(&["match"]).exits(1).says(&["1 pair with something in common: 0 deals, 1 impasse."]);
    folder.run(&["match", "mill.clm.yaml"]).exits(2).says(&["not two manifests", "help: "]);
    folder.run(&["match", "nothing"]).exits(3).says(&["CLM0001"]);
    let apart = Folder::new().with("a.clm.yaml", MILL).with("b.clm.yaml", named(MILL, "mill", "other", &[]));
    apart.run(&["match"]).exits(1).says(&["2 manifests: no two of them have anything in common to deal on."]);
}

#[test]
fn where_nobody_is_known_to_deal_and_somebody_may_the_exit_says_undecided() {
    // Points that are all different sums: 2 to the 20th of them, more than are looked at.
    let coop = |name: &str, (offered, needed): (usize, usize)| {
        let terms: String = (0..20)
            .map(|n| {
                let (here, there) = (offered << n, needed << n);
                format!("    x_{n:02}: [{{ value: here, points: {here} }}, {{ value: there, points: {there} }}]\n")
            })
            .collect();
        let lines = if offered > 0 { "offers:\n  box:" } else { "needs:\n  box:\n    quantity: 1 each" };
        format!(
            "clm: 1\ncoop: {{ id: https://{name}.example, name: {name}, legal_form: worker, place: {{ country: AR }} }}\n\
             with: anyone\n{lines}\n    item: https://items.example/box\n    price: free\n{terms}"
        )
    };
    // An impasse beside it leaves it open; a deal does not, and what cannot be read goes before both.
    let folder = Folder::new()
        .with("a.clm.yaml", coop("a", (1, 0)))
        .with("b.clm.yaml", coop("b", (0, 1)))
        .with("mill.clm.yaml", MILL)
        .with("poor.clm.yaml", BAKERY.replace("700 ARS/kg", "100 ARS/kg"));
    let said = folder.run(&["match", "--format", "json"]).exits(5);
    let verdicts: Vec<Value> = pairs(&said).iter().map(|pair| pair["verdict"].clone()).collect();
    assert_eq!(verdicts, ["undecided", "impasse"]);
    let dealing = folder.with("bakery.clm.yaml", named(BAKERY, "bakery", "other", &[]));
    dealing.run(&["match"]).exits(0).says(&["1 deal, 1 impasse, 1 undecided"]);
    dealing.with("broken.clm.yaml", "clm: 1\n").run(&["match"]).exits(3);
}

#[test]
fn what_is_left_out_is_told_and_the_others_are_matched() {
    let folder = Folder::of_a_pair()
        .with("again.clm.yaml", named(MILL, "nobody", "nobody", &[]))
        .with("broken.clm.yaml", MILL.replace("offers:", "offerz:"))
        .with(
            "old.clm.yaml",
            named(BAKERY, "bakery", "old", &[("with: anyone", "with: anyone\nvalid: { until: 2020-01-01 }")]),
        );
    let said = folder.run(&["match", "--format", "json"]).exits(3);
    // By name the second manifest of the mill is the first.
    let said = said.says(&[
        "CLM0007",
        "mill.clm.yaml:3:7",
        "again.clm.yaml:3:7",
        "CLM0201",
        "broken.clm.yaml",
        "CLM0414",
        "old.clm.yaml",
    ]);
    let table: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(table["left_out"], serde_json::json!(["broken.clm.yaml", "mill.clm.yaml"]));
    assert_eq!(table["manifests"].as_array().unwrap().len(), 3);
    assert_eq!(pairs(&said).len(), 2);
}

#[test]
fn operations_alone_are_shown_where_they_are_asked_for() {
    let order = [("with: anyone", "with: anyone\noperations: { order: { formats: [csv] } }")];
    let poor = [order[0], ("700 ARS/kg", "100 ARS/kg")];
    let folder = Folder::new()
        .with("mill.clm.yaml", named(MILL, "mill", "mill", &order))
        .with("other.clm.yaml", named(MILL, "mill", "other", &order))
        .with("bakery.clm.yaml", named(BAKERY, "bakery", "bakery", &poor));
    let json = ["match", "--format", "json"];
    let verdicts = |more: &[&str], code| {
        let all = pairs(&folder.run(&[&json[..], more].concat()).exits(code));
        all.iter().map(|pair| pair["verdict"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&[], 0), ["deal", "deal"]);
    assert_eq!(verdicts(&["--lines"], 1), ["impasse", "impasse"]);
    assert_eq!(verdicts(&["--operations"], 0), ["deal", "deal", "deal"]);
    folder.run(&["match", "--operations", "--lines"]).exits(2);
    folder.run(&["match"]).exits(0).says(&["operations only"]);
}

// Every format takes any character.

fn table_of(names: [&str; 2]) -> Table {
    let entry = |party: &str, name: &str| Entry {
        party: party.to_owned(),
        name: name.to_owned(),
        file: format!("{name}.clm.yaml"),
    };
    let row = |verdict, gains: &[&str]| Row {
        parties: ["https://a.example".to_owned(), "https://b.example".to_owned()],
        verdict,
        lines: 1,
        operations: 0,
        gains: gains.iter().map(|gain| (*gain).to_owned()).collect(),
        sums: gains.iter().map(|gain| (gain.split_once(' ').unwrap().1.to_owned(), Rational::from(12))).collect(),
        reasons: Vec::new(),
        limit: None,
    };
    Table {
        clm_match: 1,
        manifests: vec![entry("https://a.example", names[0]), entry("https://b.example", names[1])],
        left_out: Vec::new(),
        pairs: vec![
            row(Standing::Deal, &["12 EUR", "12 https://circuit.example/a/long/way/to/a/unit"]),
            row(Standing::Impasse, &[]),
        ],
    }
}

#[test]
fn every_character_is_safe_in_every_format() {
    let all: Vec<char> = (0..=0x10ffff).filter_map(char::from_u32).collect();
    for some in all.chunks(997) {
        let name: String = some.iter().collect();
        let table = table_of([&name, "=cmd()"]);
        let text = report::matches(&table, Lang::En, report::Width::USUAL);
        let markdown = report::matches_as_markdown(&table, Lang::Es);
        let csv = report::matches_as_csv(&table, Lang::Es);
        for (format, out) in [("text", &text), ("markdown", &markdown), ("csv", &csv)] {
            let shown = out.replace(['\n', '\r'], "");
            assert!(
                !shown.contains(
                    |c: char| c.is_control() || matches!(c, '\u{202e}' | '\u{2028}' | '\u{200b}' | '\u{feff}')
                ),
                "{format}: {shown}"
            );
        }
        assert_eq!(markdown.lines().filter(|line| line.starts_with('|')).count(), 4, "{markdown}");
        let cells = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        assert!(markdown.lines().filter(|line| line.starts_with('|')).all(|line| cells(line) == 6), "{markdown}");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(records.len() == 2 && records.iter().all(|record| record.len() == 12), "{csv}");
        assert!(
            records.iter().all(|record| record.iter().all(|field| !field.starts_with(['=', '+', '-', '@']))),
            "{csv}"
        );
        assert!(text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{text}");
        let json: Value = serde_json::from_str(&report::matches_as_json(&table)).unwrap();
        assert_eq!(json["manifests"][0]["name"], name);
    }
}
