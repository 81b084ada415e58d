//! That changes are found by meaning, and losses by negotiating.

use std::collections::BTreeSet;

use super::*;
use crate::i18n::Lang;
use crate::lint::{self, Checked};
use crate::negotiate::Side;
use crate::source::{Source, Sources};
use crate::syntax::Document;

/// A manifest with its text.
struct Text {
    source: Source,
    document: Document,
    manifest: Checked,
}

impl Text {
    fn of(name: &str, text: &str) -> Self {
        let source = Source::new(name, text);
        let read = lint::read(Sources::new().add(source.clone()), &source);
        let found: Vec<String> = read.diagnostics.iter().map(|finding| finding.message.english()).collect();
        let manifest = read.manifest.unwrap_or_else(|| panic!("{found:?}\n{text}"));
        Self { source, document: read.document.unwrap(), manifest }
    }

    fn side(&self) -> Side<'_> {
        Side { checked: &self.manifest, document: &self.document, source: &self.source }
    }
}

fn speech_in(lang: Lang) -> Speech {
    speech(&Locale::from(lang).or_region("AR"))
}

/// The changes between two texts: kind and path.
fn changes(old: &str, new: &str) -> Vec<(Kind, String)> {
    let (old, new) = (Text::of("old", old), Text::of("new", new));
    let diff = diff(&old.side(), &new.side(), &speech_in(Lang::En));
    diff.changes.into_iter().map(|change| (change.kind, change.path)).collect()
}

/// The parts that are changed, in a manifest of a mill.
fn mill(body: &str) -> String {
    format!(
        "clm: 1\ncoop: {{ id: https://mill.example, name: The Mill, legal_form: producer, place: {{ country: AR }} }}\n\
         partners: {{ coops: {{ legal_form: [worker, producer] }} }}\n{body}"
    )
}

const FLOUR: &str = "with: coops\noffers:\n  flour: { item: hs:1101, price: 600 ARS/kg, volume: 1 t per month, payment_days: { at_most: 30 days } }\n";

const BAKERY: &str = "clm: 1\ncoop: { id: https://bakery.example, name: The Bakery, legal_form: worker, place: { country: AR } }\n\
    with: anyone\noperations: { order: { formats: csv } }\n\
    needs: { dough: { item: hs:1101, volume: 500 kg per month, price: { at_most: 700 ARS/kg }, payment_days: { at_least: 15 days } } }\n";

#[test]
fn what_means_the_same_is_no_change() {
    let same = |old: &str, new: &str| assert_eq!(changes(&mill(old), &mill(new)), [], "{old}\n{new}");
    same(FLOUR, &format!("# a note\n{}", FLOUR.replace("600 ARS/kg", "600.00 ARS/kg")));
    same(FLOUR, &FLOUR.replace("1 t per month", "1000 kg per month"));
    same(FLOUR, &FLOUR.replace("600 ARS/kg", "600000 ARS/t"));
    same(FLOUR, &FLOUR.replace("with: coops\n", "").replace("item: hs:1101,", "with: coops, item: [hs:1101],"));
    let default = "defaults: { offers: { payment_days: { at_most: 30 days } } }\n";
    same(FLOUR, &format!("{default}{}", FLOUR.replace(", payment_days: { at_most: 30 days }", "")));
    same(FLOUR, &format!("{default}{FLOUR}"));
    let two = |first: &str, second: &str| format!("with: anyone\noffers:\n  {first}\n  {second}\n");
    let (a, b) = ("a: { item: hs:1101, price: 1 ARS/kg }", "b: { item: hs:1102, price: 2 ARS/kg }");
    same(&two(a, b), &two(b, a));
    let methods =
        |list: &str| format!("with: anyone\noffers: {{ a: {{ item: hs:1101, payment_method: [{list}] }} }}\n");
    same(&methods("cash, cheque"), &methods("cheque, cash"));
    same(&FLOUR.replace("30 days", "14 days"), &FLOUR.replace("30 days", "2 weeks"));
    assert_eq!(changes(EVERY_EXAMPLE, EVERY_EXAMPLE), []);
}

const EVERY_EXAMPLE: &str = include_str!("../../examples/buenos-aires/cajas-del-sur.clm.yaml");

#[test]
fn what_means_another_thing_is_told_by_its_path() {
    let only = |new: &str| changes(&mill(FLOUR), &mill(new));
    let changed = |path: &str| vec![(Kind::Changed, path.to_owned())];
    assert_eq!(only(&FLOUR.replace("600", "650")), changed("offers.flour.price"));
    assert_eq!(only(&FLOUR.replace("30 days", "20 days")), changed("offers.flour.payment_days"));
    assert_eq!(only(&FLOUR.replace("with: coops", "with: anyone")), changed("offers.flour.with"));
    assert_eq!(only(&FLOUR.replace("1 t per month", "1 t per week")), changed("offers.flour.volume"));
    assert_eq!(
        only(&FLOUR.replace(", payment_days: { at_most: 30 days }", "")),
        [(Kind::Removed, "offers.flour.payment_days".to_owned())]
    );
    assert_eq!(
        only(&format!("{FLOUR}  bran: {{ item: hs:2302, price: 5 ARS/kg }}\n")),
        [(Kind::Added, "offers.bran".to_owned())]
    );
    assert_eq!(only("with: coops\n"), [(Kind::Removed, "offers.flour".to_owned())]);
    assert_eq!(
        changes(&mill(FLOUR), &mill(FLOUR).replace("[worker, producer]", "[worker]")),
        changed("partners.coops")
    );
    assert_eq!(
        changes(&mill(FLOUR), &mill(&format!("operations: {{ order: {{ formats: csv }} }}\n{FLOUR}"))),
        [(Kind::Added, "operations.order".to_owned())]
    );
}

#[test]
fn both_values_are_said_in_the_language() {
    let (old, new) = (Text::of("old", &mill(FLOUR)), Text::of("new", &mill(&FLOUR.replace("600", "1650.5"))));
    let diff = diff(&old.side(), &new.side(), &speech_in(Lang::Es));
    let change = &diff.changes[0];
    assert_eq!(change.old.as_deref(), Some("600\u{a0}ARS por kg"));
    assert_eq!(change.new.as_deref(), Some("1.650,5\u{a0}ARS por kg"));
    assert_eq!(change.new_place.as_ref().map(|place| place.line), Some(6));
    let said = diff_reading(&diff, "old", "new", &speech_in(Lang::Es));
    assert!(format!("{said:?}").contains("Precio antes de impuestos: antes, 600"), "{said:?}");
}

#[test]
fn what_the_coop_is_and_where_is_said_as_it_is_read_aloud() {
    let coop = |more: &str| {
        format!(
            "clm: 1\ncoop: {{ id: https://mill.example, name: The Mill, legal_form: worker, {more} }}\n\
             with: anyone\noffers: {{ flour: {{ item: hs:1101, price: 6 EUR/kg }} }}\n"
        )
    };
    let before = coop("place: { country: AR, subdivision: AR-B }, languages: [es]");
    let after = coop(
        "place: { country: UY }, practices: [equal_vote, rotating_chair], languages: [es, en], \
         certificates: { eu-organic: { number: 1, issuer: B } }",
    );
    let (old, new) = (Text::of("old", &before), Text::of("new", &after));
    let said = |lang| {
        format!("{:?}", diff_reading(&diff(&old.side(), &new.side(), &speech_in(lang)), "a", "b", &speech_in(lang)))
    };
    let (english, spanish) = (said(Lang::En), said(Lang::Es));
    for part in [
        "one member, one vote (equal_vote) and rotating_chair",
        "it was Argentina, and now it is Uruguay",
        "Spanish (es) and English (en)",
        "Certificate organic production of the European Union (eu-organic)",
    ] {
        assert!(english.contains(part), "{part}: {english}");
    }
    for part in ["una persona, un voto (equal_vote) y rotating_chair", "español (es) e inglés (en)"] {
        assert!(spanish.contains(part), "{part}: {spanish}");
    }
}

#[test]
fn each_statement_of_a_manifest_that_goes_is_a_change() {
    // Whatever line is cut out of a manifest that stays valid, something of what it means is gone or changed.
    let whole = Text::of("old", EVERY_EXAMPLE);
    let mut tried = 0;
    for index in 0..EVERY_EXAMPLE.lines().count() {
        let kept = EVERY_EXAMPLE.lines().enumerate().filter(|(other, _)| *other != index);
        let cut: String = kept.map(|(_, line)| format!("{line}\n")).collect();
        let source = Source::new("new", cut);
        let read = lint::read(Sources::new().add(source.clone()), &source);
        let (Some(document), Some(manifest)) = (read.document, read.manifest) else { continue };
        if document.len() == whole.document.len() {
            continue;
        }
        let new = Side { checked: &manifest, document: &document, source: &source };
        let diff = diff(&whole.side(), &new, &speech_in(Lang::En));
        assert!(!diff.is_same(), "{}", EVERY_EXAMPLE.lines().nth(index).unwrap());
        tried += 1;
    }
    assert!(tried > 20, "{tried}");
}

fn partner(new: &str, lang: Lang) -> Partner {
    let (old, new) = (Text::of("old", &mill(FLOUR)), Text::of("new", new));
    let bakery = Text::of("bakery", BAKERY);
    with_partners(&old.side(), &new.side(), &[bakery.side()], &speech_in(lang)).remove(0)
}

fn losses(partner: &Partner) -> Vec<(Loss, What, &str)> {
    partner.broken.iter().map(|broken| (broken.loss, broken.what, broken.path.as_str())).collect()
}

#[test]
fn a_partner_that_keeps_all_loses_nothing() {
    assert_eq!(partner(&mill(FLOUR), Lang::En).broken, []);
    assert_eq!(partner(&mill(&FLOUR.replace("600", "590")), Lang::En).broken, []);
}

#[test]
fn a_higher_price_makes_a_deal_worse_and_one_too_high_ends_it() {
    let worse = partner(&mill(&FLOUR.replace("600", "650")), Lang::En);
    assert_eq!(losses(&worse), [(Loss::Worse, What::Line, "offers.flour")]);
    let said = &worse.broken[0];
    assert!(said.before.as_ref().unwrap().contains("600") && said.after.as_ref().unwrap().contains("650"), "{said:?}");
    assert!(said.why.as_ref().unwrap().contains("less a delivery"), "{said:?}");
    let lost = partner(&mill(&FLOUR.replace("600", "750")), Lang::Es);
    assert_eq!(losses(&lost), [(Loss::Lost, What::Deal, "agreement"), (Loss::Lost, What::Line, "offers.flour")]);
    assert_eq!(lost.broken[1].place.as_ref().map(|place| (place.file.as_str(), place.line)), Some(("new", 6)));
    assert!(lost.broken[1].why.is_some() && lost.broken[1].before.is_some());
}

#[test]
fn a_class_an_operation_and_a_line_are_lost_by_name() {
    let narrowed = mill(FLOUR).replace("[worker, producer]", "[producer]");
    let found = partner(&narrowed, Lang::En);
    assert!(losses(&found).contains(&(Loss::Lost, What::Class, "partners.coops")), "{found:?}");
    assert!(losses(&found).contains(&(Loss::Lost, What::Line, "offers.flour")), "{found:?}");
    let with = |body: &str| mill(&format!("{body}{FLOUR}"));
    let granted = "operations: { order: { formats: csv } }\n";
    let (old, new, bakery) = (Text::of("old", &with(granted)), Text::of("new", &with("")), Text::of("bakery", BAKERY));
    let found = with_partners(&old.side(), &new.side(), &[bakery.side()], &speech_in(Lang::En)).remove(0);
    assert_eq!(losses(&found), [(Loss::Lost, What::Operation, "operations.order")]);
    let gone = partner(&mill("with: coops\n"), Lang::En);
    assert!(losses(&gone).contains(&(Loss::Lost, What::Line, "offers.flour")), "{gone:?}");
}

#[test]
fn what_is_lost_is_told_by_the_reason_for_which_it_is() {
    let partner = |old: &str, new: &str, partner: &str| {
        let [old, new, partner] =
            [("old", old), ("new", new), ("partner", partner)].map(|(name, text)| Text::of(name, text));
        with_partners(&old.side(), &new.side(), &[partner.side()], &speech_in(Lang::En)).remove(0)
    };
    let whys =
        |found: &Partner| found.broken.iter().map(|broken| broken.why.clone().unwrap_or_default()).collect::<Vec<_>>();
    // The agreement as a whole fails: the operation is granted as before.
    let ours = |law: &str| {
        let operations = "operations: { order: { formats: [csv] }, watch_stock: { detail: exact } }";
        mill(&format!("{operations}\nagreement: {{ law: {law} }}\n{FLOUR}"))
    };
    let theirs = format!("{BAKERY}\nagreement: {{ law: [AR] }}\n");
    let lost = partner(&ours("[AR, UY]"), &ours("[UY]"), &theirs);
    assert!(whys(&lost).iter().all(|why| why == "on `law` the two have nothing in common"), "{lost:?}");
    // The codes do not meet any more.
    let other = partner(&ours("[AR]"), &ours("[AR]").replace("hs:1101", "hs:1102"), &theirs);
    assert_eq!(whys(&other), ["none of its codes is one of the partner's any more"]);
    // What is done less well is worse and not lost.
    let by_hand = partner(&ours("[AR]"), &ours("[AR]").replace("[csv]", "[ubl-order-2.1]"), &theirs);
    assert_eq!(losses(&by_hand), [(Loss::Worse, What::Operation, "operations.order")]);
    let coarser = partner(&ours("[AR]"), &ours("[AR]").replace("exact", "level"), &theirs);
    assert_eq!(losses(&coarser), [(Loss::Worse, What::Operation, "operations.watch_stock")]);
    assert_eq!(
        (coarser.broken[0].before.as_deref(), coarser.broken[0].after.as_deref()),
        (Some("exact figures"), Some("low, enough or high"))
    );
    assert_eq!(losses(&partner(&ours("[AR]").replace("exact", "level"), &ours("[AR]"), &theirs)), []);
    // How fine it was where nobody said it, nobody knows.
    assert_eq!(losses(&partner(&ours("[AR]").replace("{ detail: exact }", "{}"), &ours("[AR]"), &theirs)), []);
}

/// What the two versions alone show: loss and path.
fn shown(old: &str, new: &str) -> Vec<(Loss, String)> {
    let (old, new) = (Text::of("old", old), Text::of("new", new));
    alone(&old.side(), &new.side(), &speech_in(Lang::En)).into_iter().map(|b| (b.loss, b.path)).collect()
}

#[test]
fn without_partners_what_is_gone_is_certain_and_what_is_narrower_possible() {
    let flour = |new: &str| shown(&mill(FLOUR), &mill(new));
    assert_eq!(flour("with: coops\n"), [(Loss::Lost, "offers.flour".to_owned())]);
    let possible = |path: &str| vec![(Loss::Possible, path.to_owned())];
    assert_eq!(flour(&FLOUR.replace("600", "650")), possible("offers.flour.price"));
    assert_eq!(flour(&FLOUR.replace("600", "550")), []);
    assert_eq!(flour(&FLOUR.replace("30 days", "20 days")), possible("offers.flour.payment_days"));
    assert_eq!(flour(&FLOUR.replace("30 days", "40 days")), []);
    assert_eq!(flour(&FLOUR.replace(", payment_days: { at_most: 30 days }", "")), []);
    assert_eq!(flour(&FLOUR.replace("with: coops", "with: anyone")), []);
    assert_eq!(
        shown(&mill(&FLOUR.replace("with: coops", "with: anyone")), &mill(FLOUR)),
        possible("offers.flour.with")
    );
    assert_eq!(flour(&FLOUR.replace("with: coops\n", "")), [(Loss::Lost, "offers.flour.with".to_owned())]);
    let class = |forms: &str| mill(FLOUR).replace("[worker, producer]", forms);
    assert_eq!(shown(&mill(FLOUR), &class("[worker]")), possible("partners.coops"));
    assert_eq!(shown(&mill(FLOUR), &class("[worker, producer, consumer]")), []);
}

/// What changes between two texts, in sentences.
fn changes_in(old: &str, new: &str, lang: Lang) -> String {
    let (old, new) = (Text::of("old", old), Text::of("new", new));
    let diff = diff(&old.side(), &new.side(), &speech_in(lang));
    format!("{:?}", diff_reading(&diff, "old", "new", &speech_in(lang))).replace(r"\u{a0}", " ")
}

#[test]
fn a_change_is_a_sentence_whatever_it_is_about() {
    let class = |forms: &str| mill(FLOUR).replace("[worker, producer]", forms);
    let told = changes_in(&class("[worker, producer]"), &class("[worker]"), Lang::Es);
    assert!(told.contains("Quiénes se cuentan: antes, quien cumple esto: tiene"), "{told}");
    assert!(told.contains("; ahora, quien cumple esto: tiene"), "{told}");
    let told = changes_in(&class("[worker, producer]"), &class("[worker]"), Lang::En);
    assert!(told.contains("it was whoever meets this: it is registered"), "{told}");
    let told = changes_in(&mill(FLOUR), &mill(&format!("{FLOUR}  bread: {{ item: hs:1905 }}\n")), Lang::Es);
    assert!(told.contains("Se agrega (offers.bread)"), "{told}");
    let told = changes_in(&mill(FLOUR), &mill(FLOUR).replace("legal_form: producer", "legal_form: worker"), Lang::Es);
    assert!(told.contains("antes, cooperativa de producción; ahora, cooperativa de trabajo"), "{told}");
}

#[test]
fn what_the_new_version_says_is_read_aloud() {
    let new = mill(&FLOUR.replace("600 ARS/kg", "{ at_least: 900 ARS/kg }"));
    let lost = partner(&new, Lang::Es).broken.remove(1);
    let after = lost.after.map(|after| after.replace('\u{a0}', " "));
    assert_eq!(after.as_deref(), Some("Precio antes de impuestos: al menos 900 ARS por kg"));
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
}

#[test]
fn no_key_shows_itself_in_what_is_said() {
    for lang in Lang::ALL.iter().copied() {
        let (old, new) = (Text::of("old", EVERY_EXAMPLE), Text::of("new", &mill("with: anyone\n")));
        let diff = diff(&old.side(), &new.side(), &speech_in(lang));
        let said = format!("{:?}", diff_reading(&diff, "old", "new", &speech_in(lang)));
        for key in ["part.", "entry.", "diff.", "term.", "{label}", "{name}", "window."] {
            assert!(!said.contains(key), "{key} in {said}");
        }
    }
}
