//! The account of an outcome: the same in every format and language, with any character in the manifests.

use std::collections::BTreeSet;
use std::path::Path;

use clm::diagnostic::{Argument, Text};
use clm::i18n::{Lang, translated};
use clm::negotiate::Explain;
use clm::negotiate::outcome::{Loosened, Outcome, Reason};
use clm::report::{self, Account, Width};
use clm::session::{Negotiated, Session};
use clm::value::{Duration, Money, Rational};
use clm::world::Memory;
use serde::Deserialize;

use crate::folder::{BAKERY, Folder, MILL};

/// How an account is laid out.
pub(crate) type Form = fn(&Account<'_>) -> String;

/// All formats for people.
pub(crate) const FORMS: [(&str, Form); 3] =
    [("text", report::outcome), ("narrated", report::outcome_narrated), ("markdown", report::outcome_as_markdown)];

#[derive(Deserialize)]
struct Case {
    run: String,
    files: Vec<String>,
}

/// Every pair of the conformance suite that is negotiated, with where it stands.
pub(crate) fn pairs() -> Vec<(String, [String; 2])> {
    let mut pairs = Vec::new();
    for file in crate::files(&crate::root("tests/conformance"), "toml") {
        let case: Case = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let folder: &Path = file.parent().unwrap();
        if let ("negotiate", [a, b]) = (case.run.as_str(), case.files.as_slice()) {
            let text = |name: &String| std::fs::read_to_string(folder.join(name)).unwrap();
            pairs.push((folder.display().to_string(), [text(a), text(b)]));
        }
    }
    pairs
}

/// Negotiates two texts and tells of it in a language.
fn told<T>(a: &str, b: &str, lang: Lang, tell: impl Fn(&Account<'_>) -> T) -> T {
    let name = |text: &str, own: &str| {
        format!("{own}.clm.{}", if text.trim_start().starts_with('{') { "json" } else { "yaml" })
    };
    let (one, other) = (name(a, "a"), name(b, "b"));
    let mut session = Session::new(Memory::of(&[(&one, a), (&other, b)]));
    match session.negotiate(&one, &other, Explain::Deals) {
        Negotiated::Done(outcome, _) => {
            let names = |id: &str| id.to_owned();
            tell(&Account {
                outcome: &outcome,
                names: &names,
                sources: session.sources(),
                lang,
                width: Width::USUAL,
                in_full: false,
            })
        }
        Negotiated::Refused(found) => {
            panic!("{:?}\n{a}\n{b}", found.iter().map(|f| f.message.english()).collect::<Vec<_>>())
        }
    }
}

fn reasons(outcome: &Outcome) -> Vec<Reason> {
    let failed = outcome.failed.iter().flat_map(|failed| {
        let edits = failed.changes.iter().flat_map(|change| &change.edits).map(|edit| edit.to.clone());
        failed.conflicts.iter().map(|conflict| conflict.reason.clone()).chain(edits)
    });
    let steps = outcome.limits.iter().flat_map(|limits| &limits.steps).flat_map(|step| &step.change.edits);
    let failed = failed.chain(steps.map(|edit| edit.to.clone()));
    let whole = outcome.conflicts.iter().flat_map(|conflict| {
        let edits = conflict.changes.iter().flat_map(|change| &change.edits).map(|edit| edit.to.clone());
        [conflict.reason.clone()].into_iter().chain(edits)
    });
    failed
        .chain(whole)
        .chain(outcome.limit.iter().flat_map(|limit| {
            let because = limit.because.iter().map(|many| many.reason.clone());
            [limit.reason.clone()].into_iter().chain(because)
        }))
        .chain(outcome.notes.clone())
        .collect()
}

fn english_in(text: &Text, faults: &mut BTreeSet<String>) {
    if translated(text.template(), Lang::Es).is_none() {
        faults.insert(text.template().to_owned());
    }
    for (_, argument) in &text.args {
        if let Argument::Said(inner) = argument {
            english_in(inner, faults);
        }
    }
}

#[test]
fn every_reason_and_change_is_told_in_spanish() {
    let (mut faults, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for (_, [a, b]) in pairs() {
        for reason in told(&a, &b, Lang::Es, |account| reasons(account.outcome)) {
            english_in(&reason.sentence, &mut faults);
            kinds.insert(reason.kind);
        }
    }
    assert!(faults.is_empty(), "{faults:?}");
    // All ten kinds of conflicts of lines, changes and the limit.
    assert!(kinds.len() >= 12, "{kinds:?}");
}

#[test]
fn the_narrated_account_is_sentences_and_the_written_one_has_whole_tables() {
    for (place, [a, b]) in pairs() {
        for lang in [Lang::En, Lang::Es] {
            let [text, narrated, markdown] = FORMS.map(|(_, form)| told(&a, &b, lang, form));
            assert!(text.ends_with('\n') && narrated.ends_with('\n') && markdown.ends_with('\n'), "{place}");
            for line in narrated.lines().filter(|line| !line.is_empty()) {
                assert!(
                    line.ends_with(['.', ':', '…', '!', '?']) && !line.starts_with([' ', '-', '|', '^', '#']),
                    "{place}: {line}"
                );
            }
            let rows: Vec<&str> = markdown.lines().filter(|line| line.starts_with('|')).collect();
            let bars = |row: &str| row.replace("\\\\", "").replace("\\|", "").matches('|').count();
            assert!(rows.iter().all(|row| bars(row) == 3), "{place}:\n{markdown}");
            // Names of words that nothing breaks are told in every format.
            let agreed = told(&a, &b, lang, |account| account.outcome.agreement.clone());
            for line in agreed.iter().flat_map(|agreement| &agreement.lines) {
                let escaped = line.offer.replace('_', "\\_");
                assert!(
                    text.contains(&line.offer) && narrated.contains(&line.offer) && markdown.contains(&escaped),
                    "{place}"
                );
            }
        }
    }
}

#[test]
fn no_character_of_a_manifest_does_anything_in_an_account() {
    let visible = |c: &char| !c.is_control() && !c.is_whitespace();
    let all: Vec<char> = (0x21..=0x2ff)
        .chain(0x2010..=0x2040)
        .chain(0xff00..=0xff20)
        .filter_map(char::from_u32)
        .filter(visible)
        .collect();
    let mut taken = 0;
    for some in all.chunks(8) {
        let name = some.iter().collect::<String>().replace('\'', "''");
        let one = MILL
            .replace("name: The Mill", &format!("name: 'x{name}'"))
            .replace("name: Flour", &format!("name: 'y{name}'"));
        let mut session = Session::new(Memory::of(&[("a.clm.yaml", &one), ("b.clm.yaml", BAKERY)]));
        // What a manifest may not hold at all is refused before.
        let Negotiated::Done(outcome, _) = session.negotiate("a.clm.yaml", "b.clm.yaml", Explain::Failures) else {
            continue;
        };
        taken += 1;
        let named: Vec<(String, String)> = session.names();
        let names =
            |id: &str| named.iter().find(|(own, _)| own == id).map_or_else(|| id.to_owned(), |(_, name)| name.clone());
        let account = Account {
            outcome: &outcome,
            names: &names,
            sources: session.sources(),
            lang: Lang::En,
            width: Width::USUAL,
            in_full: false,
        };
        let markdown = report::outcome_as_markdown(&account);
        let heads = markdown.lines().filter(|line| line.starts_with('#')).count();
        assert_eq!(heads, markdown.lines().filter(|line| line.starts_with("## ") || line.starts_with("### ")).count());
        assert!(markdown.lines().filter(|line| line.starts_with('|')).count() > 3, "{markdown}");
        for (format, form) in FORMS {
            let out = form(&account);
            assert!(!out.contains(|c: char| c.is_control() && c != '\n'), "{format}: {out}");
            assert!(!out.contains(['\u{202e}', '\u{2028}', '\u{200b}']), "{format}: {out}");
        }
        for mark in ["\n* ", "\n> ", "\n```", "<b", "](", "![", "\n1. "] {
            assert!(!markdown.contains(mark), "{mark}: {markdown}");
        }
    }
    assert!(taken > 40, "{taken}");
}

#[test]
fn the_command_speaks_as_it_is_asked_to() {
    let ranged = MILL.replace("    quantity:", "    properties: { ash: { at_most: 0.6 % } }\n    quantity:");
    let folder = Folder::of_a_pair().with("ranged.clm.yaml", ranged);
    let pair = ["negotiate", "mill.clm.yaml", "bakery.clm.yaml"];
    let plain = folder.run(&pair).exits(0);
    assert_eq!(folder.run(&[&pair[..], &["--format", "text"]].concat()).exits(0).out, plain.out);
    assert!(plain.out.contains("  quantity        500 kg every month\n"), "{}", plain.out);
    let narrated = folder.run(&[&pair[..], &["--format", "narrated"]].concat()).exits(0);
    assert!(narrated.out.contains("\nquantity: 500 kg every month.\n"), "{}", narrated.out);
    let mut dumb = folder.command(&pair);
    let out = dumb.env("TERM", "dumb").output().unwrap().stdout;
    assert_eq!(String::from_utf8(out).unwrap(), narrated.out);
    let spanish = folder.run(&[&pair[..], &["--lang", "es"]].concat()).exits(0);
    for told in [
        "The Bakery y The Mill: acuerdo sobre un renglón.",
        "500 kg cada mes",
        "por entrega, sin impuestos",
        "15 a 30 días",
    ] {
        assert!(spanish.out.contains(told), "{told}:\n{}", spanish.out);
    }
    let spanish = folder.run(&["negotiate", "ranged.clm.yaml", "bakery.clm.yaml", "--lang", "es"]).exits(0);
    assert!(spanish.out.contains("  ash             a lo sumo 0.6 %\n"), "{}", spanish.out);
    let written = folder.run(&[&pair[..], &["--format", "markdown"]].concat()).exits(0);
    assert!(
        written.out.contains("\n| what | how |\n|---|---|\n| quantity | 500 kg every month |\n"),
        "{}",
        written.out
    );
    assert!(!plain.out.contains("What limits"), "{}", plain.out);
    let explained = folder.run(&[&pair[..], &["--explain"]].concat()).exits(0);
    assert!(explained.out.contains("\nWhat limits flour from The Mill for flour of The Bakery\n"), "{}", explained.out);
    // For programs it is the same in every language.
    let json = |lang| folder.run(&[&pair[..], &["--format", "json", "--lang", lang]].concat()).exits(0).out;
    assert_eq!(json("en"), json("es"));
}

/// What is gained in a year, of a sum for each delivery.
fn yearly(sums: &[Rational], every: Option<&str>) -> Rational {
    let sum: Rational = sums.iter().sum();
    let years = every.map_or_else(Rational::one, |every| Duration::parse(every).unwrap().years());
    sum.checked_div(&years).unwrap()
}

#[test]
fn what_limits_a_deal_raises_what_the_two_gain_by_what_is_said() {
    let (mut steps, thousandth) = (0, Rational::new(1, 1000).unwrap());
    for (place, [a, b]) in pairs() {
        let outcome = told(&a, &b, Lang::En, |account| account.outcome.clone());
        for limits in &outcome.limits {
            let line = |offer: &str, need: &str| (offer, need) == (limits.offer.as_str(), limits.need.as_str());
            let gain = outcome.gains.iter().find(|gain| line(&gain.offer, &gain.need)).unwrap();
            let lines = &outcome.agreement.as_ref().unwrap().lines;
            let every = lines.iter().find(|own| line(&own.offer, &own.need)).unwrap().every.as_deref();
            let before = yearly(&[Money::parse(&gain.joint_gain).unwrap().amount.rational()], every);
            assert!((1..=5).contains(&limits.steps.len()), "{place}");
            let more = |step: &Loosened| step.more.amount.clone();
            assert!(limits.steps.windows(2).all(|two| more(&two[0]) >= more(&two[1])), "{place}");
            for step in &limits.steps {
                let deal = step.change.deal.as_ref().unwrap();
                let sums = [&deal.provider_gain, &deal.receiver_gain].map(|gain| gain.clone().unwrap().amount);
                let apart = &(&yearly(&sums, deal.every.as_deref()) - &before) - &more(step);
                assert!(more(step).is_positive() && apart.abs() < thousandth, "{place}: {step:?}");
                steps += 1;
            }
        }
    }
    assert!(steps > 40, "{steps}");
}

/// A mill of two tiers.
const TIERS: &str = "clm: 1
coop: { id: https://mill.example, name: The Mill, legal_form: worker, place: { country: US } }
with: anyone
offers:
  flour:
    item: https://items.example/flour
    quantity: { at_least: 10 bag, multiple_of: 1 bag }
    volume: { at_most: 60 bag per week }
    price: { tiers: [{ from: 10 bag, price: 38.50 USD/bag }, { from: 40 bag, price: 36.75 USD/bag }] }
";

/// A coop that needs so much flour at a price.
fn needing(id: &str, flour: &str) -> String {
    format!(
        "clm: 1\ncoop: {{ id: https://{id}.example, name: The {id}, legal_form: worker, place: {{ country: US }} }}\n\
         needs: {{ flour: {{ item: https://items.example/flour, {flour} }} }}\n"
    )
}

#[test]
fn two_that_reach_a_tier_only_together_are_told_so() {
    let folder = Folder::new()
        .with("mill.clm.yaml", TIERS)
        .with(
            "oven.clm.yaml",
            needing("oven", "volume: 20 bag per week, every: 1 week, price: { at_most: 37.50 USD/bag }"),
        )
        .with(
            "school.clm.yaml",
            needing("school", "volume: 25 bag per week, every: 1 week, price: { at_most: 38 USD/bag }"),
        )
        .with(
            "rare.clm.yaml",
            needing("rare", "volume: 25 bag per week, every: 1 month, price: { at_most: 38 USD/bag }"),
        )
        .with(
            "small.clm.yaml",
            needing("small", "volume: 5 bag per week, every: 1 week, price: { at_most: 38 USD/bag }"),
        )
        .with(
            "large.clm.yaml",
            needing("large", "volume: 50 bag per week, every: 1 week, price: { at_most: 38 USD/bag }"),
        )
        .with("broken.clm.yaml", "clm: 1\n");
    let pools = |a: &str, b: &str, third: &str| {
        let said = folder.run(&["negotiate", a, b, "--pool", third, "--format", "json"]).exits(1);
        serde_json::from_str::<serde_json::Value>(&said.out).unwrap()["pools"].clone()
    };
    let found = pools("mill.clm.yaml", "oven.clm.yaml", "school.clm.yaml");
    assert_eq!(found, pools("oven.clm.yaml", "mill.clm.yaml", "school.clm.yaml"));
    let pool = &found[0];
    assert_eq!((&pool["receiver"], &pool["with"]), (&"https://oven.example".into(), &"https://school.example".into()));
    for (deal, quantity, gain) in [("deal", "20 bag", "15 USD"), ("other_deal", "25 bag", "31.25 USD")] {
        assert_eq!((&pool[deal]["quantity"], &pool[deal]["receiver_gain"]), (&quantity.into(), &gain.into()));
        assert_eq!(pool[deal]["unit_price"], "36.75 USD/bag");
    }
    // (15 + 31.25) USD a week, of 365 days.
    assert_eq!(pool["more"], "2411.607143 USD");
    // Another rhythm, too little together, and more than the mill has.
    for third in ["rare.clm.yaml", "small.clm.yaml", "large.clm.yaml"] {
        assert!(pools("mill.clm.yaml", "oven.clm.yaml", third).is_null(), "{third}");
        let said =
            folder.run(&["negotiate", "mill.clm.yaml", "oven.clm.yaml", "--pool", third, "--format", "narrated"]);
        said.exits(1)
            .says(&[&format!("Note: no offer taken together with the coop of {third} would give the three more")]);
    }
    let pooled = ["negotiate", "mill.clm.yaml", "oven.clm.yaml", "--pool"];
    let text = folder.run(&[&pooled[..], &["school.clm.yaml", "--lang", "es"]].concat()).exits(1);
    assert!(text.out.contains("flour de The Mill, si The oven y The school lo reciben juntas\n"), "{}", text.out);
    folder.run(&[&pooled[..], &["broken.clm.yaml"]].concat()).exits(3).says(&["broken.clm.yaml"]);
    folder.run(&[&pooled[..], &["oven.clm.yaml"]].concat()).exits(3).says(&["CLM0007"]);
}

#[test]
fn two_coops_are_named_as_spanish_joins_their_names() {
    let folder = Folder::of_a_pair().with("mill.clm.yaml", MILL.replace("The Mill", "Imprenta"));
    for command in ["negotiate", "match"] {
        let said = folder.run(&[command, "mill.clm.yaml", "bakery.clm.yaml", "--lang", "es"]).exits(0);
        assert!(said.out.contains("The Bakery e Imprenta"), "{}", said.out);
    }
}

/// Lines that fail, each by something that the two could mend in several ways.
const GIVER: &str = "clm: 1
coop: { id: https://a.example, name: A, legal_form: worker, place: { country: AR } }
partners:
  senders: { all_of: [{ legal_form: worker }, { grants: dispatch }] }
  either: { any_of: [{ legal_form: consumer }, { member_of: https://fed.example }] }
  both: { all_of: [{ practice: equal_vote }, { certificate: organic }] }
  some: { at_least: 2, of: [{ practice: equal_vote }, { certificate: organic }, { grants: order }] }
with: anyone
offers:
  beans: { item: https://items.example/beans, price: 1 EUR/kg, with: some }
  bran: { item: https://items.example/bran, price: 1 EUR/kg, delivery: pickup }
  figs: { item: https://items.example/figs, price: 1 EUR/kg, payment_days: { at_least: 30 days, multiple_of: 15 days } }
  flour: { item: https://items.example/flour, price: 1 EUR/kg, quantity: { at_most: 60 kg } }
  hops: { item: https://items.example/hops, price: 1 EUR/kg, delivery_hours: { at_least: 08:00, at_most: 10:00 } }
  leeks: { item: https://items.example/leeks, price: 1 EUR/kg, delivery_date: { at_least: 2027-01-12 } }
  oats: { item: https://items.example/oats, price: 1 EUR/kg, early_discount: 2 % within 10 days }
  rye: { item: https://items.example/rye, price: 1 EUR/kg, delivery: { value: delivered, costs_us: 0.20 EUR/kg } }
  salt: { item: https://items.example/salt, price: 1 EUR/kg, with: senders }
  tea: { item: https://items.example/tea, price: 1 EUR/kg, with: [either, both] }
";
const TAKER: &str = "clm: 1
coop: { id: https://b.example, name: B, legal_form: worker, place: { country: AR } }
needs:
  beans: { item: https://items.example/beans, quantity: 10 kg, price: 2 EUR/kg }
  bran: { item: https://items.example/bran, quantity: 10 kg, price: 2 EUR/kg, delivery: [{ value: delivered, at: Lanus }] }
  figs: { item: https://items.example/figs, quantity: 10 kg, price: 2 EUR/kg, payment_days: { at_most: 20 days } }
  flour: { item: https://items.example/flour, quantity: 80 kg, price: 2 EUR/kg }
  hops: { item: https://items.example/hops, quantity: 10 kg, price: 2 EUR/kg, delivery_hours: { at_least: 12:00 } }
  leeks: { item: https://items.example/leeks, quantity: 10 kg, price: 2 EUR/kg, delivery_date: { at_most: 2027-01-10 } }
  oats: { item: https://items.example/oats, quantity: 10 kg, price: 2 EUR/kg, early_discount: 3 % within 10 days }
  rye: { item: https://items.example/rye, quantity: 10 kg, price: 1.10 EUR/kg }
  salt: { item: https://items.example/salt, quantity: 10 kg, price: 2 EUR/kg }
  tea: { item: https://items.example/tea, quantity: 10 kg, price: 2 EUR/kg }
";

#[test]
fn what_would_do_is_said_in_the_words_of_who_wrote_it() {
    let folder = Folder::new().with("a.clm.yaml", GIVER).with("b.clm.yaml", TAKER);
    let said = |lang: &str| {
        let run = folder.run(&["negotiate", "a.clm.yaml", "b.clm.yaml", "--format", "narrated", "--lang", lang]);
        run.exits(1).out
    };
    let english = [
        "A: also accept delivered at Lanus (`offers.bran.delivery`, now pickup)",
        "B: also accept pickup (`needs.bran.delivery`",
        "A: go down to 15 days (`offers.figs.payment_days`, now at least 30 days, in multiples of 15 days)",
        "A: deliver 80 kg (`offers.flour.quantity`, now at most 60 kg)",
        "A: allow it until 12:00 (`offers.hops.delivery_hours`, now from 08:00 to 10:00)",
        "A: allow it from 2027-01-10 on (`offers.leeks.delivery_date`",
        "A: also accept 3 % within 10 days",
        "B: pay 1.20 EUR/kg (`needs.rye.price`, now 1.10 EUR/kg)",
        "12.00 EUR a delivery, of which 2.00 EUR for `delivery`",
        "A: admit B (`offers.salt.with`, now senders)",
        "B: grant the operation dispatch advice (`dispatch`) (in b.clm.yaml)",
        "it must meet 2 of these: have the practice “one member, one vote” (`equal_vote`); hold the certificate organic; grant the operation orders (`order`)",
        "B: have the practice “one member, one vote” (`equal_vote`) and hold the certificate organic (`coop`)",
        "it must be of the legal form consumer cooperative (`consumer`) or be a member of https://fed.example; or have the practice “one member, one vote” (`equal_vote`) and hold the certificate",
        "B: be a member of https://fed.example (`coop`)",
    ];
    let spanish = [
        "A: aceptar también delivered en Lanus (`offers.bran.delivery`, hoy pickup)",
        "B: aceptar también pickup (`needs.bran.delivery`",
        "A: bajar hasta 15 días (`offers.figs.payment_days`, hoy al menos 30 días, en múltiplos de 15 días)",
        "(`offers.flour.quantity`, hoy a lo sumo 60 kg)",
        "A: admitirlo hasta las 12:00 (`offers.hops.delivery_hours`, hoy de 08:00 a 10:00)",
        "B: admitirlo desde las 10:00 (`needs.hops.delivery_hours`",
        "A: admitirlo desde el 2027-01-10 (`offers.leeks.delivery_date`",
        "B: admitirlo hasta el 2027-01-12 (`needs.leeks.delivery_date`",
        "A: aceptar también 3 % dentro de 10 días (`offers.oats.early_discount`, hoy 2 % dentro de 10 días)",
        "12.00 EUR por entrega, incluidos 2.00 EUR por `delivery`",
        "A: admitir a B (`offers.salt.with`, hoy senders)",
        "B: conceder la operación avisos de despacho (`dispatch`) (en b.clm.yaml)",
        "hace falta tener la forma jurídica de cooperativa de consumo (`consumer`) o ser miembro de https://fed.example; o tener la práctica «una persona, un voto» (`equal_vote`) y tener el certificado organic",
    ];
    for (lang, sentences) in [("en", &english[..]), ("es", &spanish[..])] {
        let out = said(lang);
        sentences.iter().for_each(|sentence| assert!(out.contains(sentence), "{sentence}\n{out}"));
    }
}

/// Two of which one would have to think more of a choice, and that speak of different things, or of too many.
const NURSERY: &str = "clm: 1
coop: { id: https://a.example, name: A, legal_form: worker, place: { country: AR } }
with: anyone
circuits: { punto: { id: https://punto.example, unit: 1 EUR, limit: 1000 EUR } }
offers:
  ash: { item: https://items.example/ash, price: 1 EUR/kg, delivery: [{ value: delivered, at: Rosario }, { value: FCA, at: Funes }] }
  bark: { item: https://items.example/bark, price: free, delivery: [{ value: pickup, points: -1 }, { value: FCA, points: -2 }] }
  clay: { item: https://items.example/clay, price: 1 EUR/kg, x_rest: [sunday, monday] }
  dung: { item: https://items.example/dung, price: 1 EUR/kg, credit_share: { in: punto, at_least: 20 %, at_most: 40 % } }
  elm:
    item: https://items.example/elm
    price: 5 EUR/kg
    quantity: { at_least: 40 kg, multiple_of: 20 kg }
    properties: { length: 35 cm }
    delivery: pickup
  fern: { item: https://items.example/fern, price: 1 EUR/kg, delivery: { value: pickup, costs_us: 0.30 EUR }, quantity: { at_most: 80 kg } }
  gum: { item: https://items.example/gum, units: { bag: 25 kg }, price: 20 EUR/bag, quantity: { at_least: 10 bag } }
  ivy: { item: https://items.example/ivy, units: { bag: 25 kg }, price: 20 EUR/bag }
  jam: { item: https://items.example/jam, units: { can: 40 l }, price: 20 EUR/can, quantity: { at_least: 3 can } }
";
const GARDEN: &str = "clm: 1
coop: { id: https://b.example, name: B, legal_form: worker, place: { country: AR } }
needs:
  ash: { item: https://items.example/ash, quantity: 10 kg, price: 2 EUR/kg, delivery: { value: delivered, at: Lanus } }
  bark: { item: https://items.example/bark, quantity: 10 kg }
  clay: { item: https://items.example/clay, quantity: 10 kg, price: 2 EUR/kg, x_rest: { at_least: 2 days } }
  dung: { item: https://items.example/dung, quantity: 10 kg, price: 2 EUR/kg }
  elm:
    item: https://items.example/elm
    quantity: 30 kg
    price: 4 EUR/kg
    properties: { flute: [B, C], length: { at_least: 38 cm } }
    delivery: delivered
  fern: { item: https://items.example/fern, quantity: 100 kg, price: 1.003015 EUR/kg }
  gum: { item: https://items.example/gum, quantity: 180 kg, price: 2 EUR/kg }
  ivy: { item: https://items.example/ivy, quantity: 100 kg, price: 0.50 EUR/kg }
  jam: { item: https://items.example/jam, units: { can: 30 l }, quantity: { at_most: 2 can }, price: 12 EUR/can }
";

#[test]
fn more_of_what_would_do_is_said_in_words() {
    let folder = Folder::new().with("a.clm.yaml", NURSERY).with("b.clm.yaml", GARDEN);
    let said = |lang: &str| {
        let run = folder.run(&["negotiate", "a.clm.yaml", "b.clm.yaml", "--format", "narrated", "--lang", lang]);
        run.exits(1).out
    };
    let english = [
        "A: also accept delivered at Lanus (`offers.ash.delivery`, now delivered at Rosario, FCA at Funes)",
        "Whatever the two choose, A is left with less than zero points (CLM0710).",
        "A: set the points of pickup to 0 (`offers.bark.delivery[pickup].points`, now -1).\nThis gives 10 kg; in points, 0 for A and 0 for B.",
        "On `x_rest` one states a range and the other a choice, which have nothing in common",
        "B: leave out `x_rest`, so that what A says of it is only proposed (`needs.clay.x_rest`, now at least 2 days)",
        "A: do without it (`offers.dung.credit_share`, now from 20 to 40 % in punto)",
        "B: join the circuit https://punto.example and accept a `credit_share` of 20 % (`needs.dung.credit_share`)",
        "A: state `flute` as it is asked: B or C (`offers.elm.properties.flute`)",
        "B: do not ask for `flute` (`needs.elm.properties.flute`, now B, C)",
        "B: accept `length` down to 35 cm (`needs.elm.properties.length`, now at least 38 cm)",
        "A: deliver 30 kg, and not only multiples of 20 kg (`offers.elm.quantity`",
        "Change 2 of 2, B: pay 5 EUR/kg",
        "No single change would do, nor two together: each of the 5 conflicts above has to be settled.",
        "100.30 EUR a delivery, of which 0.30 EUR for `delivery`; that is just what each would still accept.",
        "180 kg is 7.2 bag",
        "at a price that both accept; 0.50 EUR/kg is 12.5 EUR/bag (CLM0709)",
        "2 can of the need is 1.5 can of the offer (CLM0708)",
        "12 EUR/can of the need is 16 EUR/can of the offer (CLM0709)",
    ];
    let spanish = [
        "A: poner los puntos de pickup en 0 (`offers.bark.delivery[pickup].points`, hoy -1).\nEsto da 10 kg; en puntos, 0 para A y 0 para B.",
        "En `x_rest` una declara un rango y la otra una opción, que no tienen nada en común",
        "B: no decir nada de `x_rest`, de modo que lo que dice A quede solo propuesto",
        "A: prescindir de eso (`offers.dung.credit_share`, hoy de 20 a 40 % en punto)",
        "B: aceptar `length` desde 35 cm (`needs.elm.properties.length`, hoy al menos 38 cm)",
        "A: entregar 30 kg, y no solo múltiplos de 20 kg",
        "hay que resolver cada uno de los 5 conflictos de arriba.",
        "Ninguna entrega cumple con las cantidades, los volúmenes y las frecuencias de ambas; 180 kg son 7.2 bag",
    ];
    for (lang, sentences) in [("en", &english[..]), ("es", &spanish[..])] {
        let out = said(lang);
        sentences.iter().for_each(|sentence| assert!(out.contains(sentence), "{sentence}\n{out}"));
    }
}

/// Two that disagree on the agreement as a whole, by what can be counted and by what cannot.
const NORTHERN: &str = "clm: 1
coop: { id: https://a.example, name: A, legal_form: worker, place: { country: AR } }
with: anyone
valid: { until: 2026-12-31 }
agreement: { law: AR, duration: { at_most: 6 months } }
offers:
  flour: { item: https://items.example/flour, price: 1 EUR/kg, lead_time: { at_least: 10 days } }
";
const SOUTHERN: &str = "clm: 1
coop: { id: https://b.example, name: B, legal_form: worker, place: { country: UY } }
valid: { from: 2027-01-15 }
agreement: { law: UY, duration: { at_least: 1 year } }
needs:
  flour: { item: https://items.example/flour, quantity: 80 kg, price: 2 EUR/kg }
";

#[test]
fn each_side_is_told_how_it_could_give_way_on_the_whole() {
    let folder = Folder::new().with("a.clm.yaml", NORTHERN).with("b.clm.yaml", SOUTHERN);
    let said = |lang: &str| folder.run(&["negotiate", "a.clm.yaml", "b.clm.yaml", "--lang", lang]).exits(1).out;
    let english = [
        "  Either of these changes would settle it:\n",
        "    - A: let it be valid until 2027-01-15 (`valid.until`, now 2026-12-31)\n",
        "    - B: let it be valid from 2026-12-31 on (`valid.from`, now 2027-01-15)\n",
        "    - A: go up to 12 months (`agreement.duration`, now at most 6 months)\n",
        "    - B: go down to 6 months (`agreement.duration`, now at least 1 year)\n",
        "    - A: also accept UY (`agreement.law`, now AR)\n",
        "    - B: also accept AR (`agreement.law`, now UY)\n",
        "  There is an agreement only once each of these is settled.\n",
    ];
    let spanish = [
        "  Cualquiera de estos cambios lo resolvería:\n",
        "    - A: hacer que valga hasta el 2027-01-15 (`valid.until`, hoy 2026-12-31)\n",
        "    - B: bajar hasta 6 meses (`agreement.duration`, hoy al menos 1 año)\n",
        "    - B: aceptar también AR (`agreement.law`, hoy UY)\n",
    ];
    for (lang, sentences) in [("en", &english[..]), ("es", &spanish[..])] {
        let out = said(lang);
        sentences.iter().for_each(|sentence| assert!(out.contains(sentence), "{sentence}\n{out}"));
    }
}

#[test]
fn a_long_statement_is_whole_for_programs_and_short_for_people() {
    let delivery = "[{ value: delivered, at: Buenos Aires }, { value: delivered, at: Avellaneda }]";
    let offer = format!("price: 1 EUR/kg, delivery: {delivery}");
    let folder = Folder::new().with("a.clm.yaml", NORTHERN.replace("price: 1 EUR/kg", &offer)).with(
        "b.clm.yaml",
        SOUTHERN.replace("price: 2 EUR/kg", "price: 2 EUR/kg, delivery: pickup, certificates: [organic]"),
    );
    let told = |format: &str| folder.run(&["negotiate", "a.clm.yaml", "b.clm.yaml", "--format", format]).exits(1).out;
    let outcome: serde_json::Value = serde_json::from_str(&told("json")).expect("JSON");
    let says = outcome["failed"][0]["conflicts"].as_array().expect("conflicts").iter();
    let mut says = says.map(|conflict| conflict["statements"][0]["says"].as_str().unwrap_or_default());
    assert!(says.any(|says| says == delivery), "{outcome}");
    let narrated = told("narrated");
    assert!(narrated.contains("A says nothing of it on line 7 of a.clm.yaml, in `offers.flour`.\n"), "{narrated}");
    assert!(
        !narrated.contains(delivery) && narrated.contains("`[{ value: delivered, at: Buenos Aires }, "),
        "{narrated}"
    );
}

#[test]
fn a_share_in_a_circuit_is_told_with_the_circuit_and_its_limits() {
    let circuits = "circuits: { punto: { id: https://punto.example, unit: 1 EUR, limit: 500 EUR } }\n";
    let share = |ends: &str| format!("price: 1 EUR/kg, credit_share: {{ in: punto, {ends} }}");
    let giver = NORTHERN.replace("valid: { until: 2026-12-31 }\n", circuits).replace("agreement:", "# agreement:");
    let giver = giver.replace("price: 1 EUR/kg", &share("at_least: 10 %, at_most: 30 %"));
    let taker = SOUTHERN.replace("valid: { from: 2027-01-15 }\n", circuits).replace("agreement:", "# agreement:");
    let both = taker.replace("price: 2 EUR/kg", &share("at_most: 20 %"));
    let elsewhere = both.replace("https://punto.example", "https://coma.example");
    let folder = Folder::new().with("a.clm.yaml", giver).with("both.clm.yaml", both);
    let folder = folder.with("silent.clm.yaml", taker).with("elsewhere.clm.yaml", elsewhere);
    let told = |other: &str| folder.run(&["negotiate", "a.clm.yaml", other, "--format", "narrated"]);
    told("both.clm.yaml").exits(0).says(&[
        "credit_share: 10 to 20 % in the circuit https://punto.example; B chooses; A up to a balance of 500 EUR; B up to a balance of 500 EUR",
    ]);
    told("silent.clm.yaml")
        .exits(1)
        .says(&["A insists on a `credit_share` in the circuit https://punto.example, and B states none"]);
    told("elsewhere.clm.yaml").exits(1).says(&["and B states one in another circuit, https://coma.example"]);
}

#[test]
fn an_amount_in_a_word_that_means_two_things_is_told_as_either_counts() {
    let manifest = |id: &str, group: &str, line: &str| {
        let coop = format!(
            "{{ id: https://{id}.example, name: {}, legal_form: worker, place: {{ country: AR }} }}",
            id.to_uppercase()
        );
        format!(
            "clm: 1\ncoop: {coop}\nwith: anyone\n{group}: {{ flour: {{ item: https://items.example/flour, {line} }} }}\n"
        )
    };
    let need = |price: &str| {
        let line = format!("units: {{ bag: 20 kg }}, quantity: 10 bag, price: {price} EUR/bag");
        manifest("b", "needs", &line)
    };
    let folder = Folder::new().with("a.clm.yaml", manifest("a", "offers", "units: { bag: 25 kg }, price: 50 EUR/bag"));
    let folder = folder.with("b.clm.yaml", need("45")).with("c.clm.yaml", need("30"));
    let told = |other: &str, lang: &str| {
        folder.run(&["negotiate", "a.clm.yaml", other, "--format", "narrated", "--lang", lang])
    };
    told("b.clm.yaml", "en").exits(0).says(&[
        "quantity: 8 bag of A (10 bag of B), once.",
        "price: 50 EUR/bag of A (40 EUR/bag of B), 400.00 EUR a delivery",
    ]);
    told("b.clm.yaml", "es").exits(0).says(&[
        "quantity: 8 bag de A (10 bag de B), una sola vez.",
        "price: 50 EUR/bag de A (40 EUR/bag de B), 400.00 EUR por entrega",
    ]);
    let deal = "gives 8 bag of A (10 bag of B) at 37.50 EUR/bag of A (30 EUR/bag of B), 300.00 EUR a delivery";
    told("c.clm.yaml", "en").exits(1).says(&["A: sell at 37.50 EUR/bag", deal]);
    told("c.clm.yaml", "es").exits(1).says(&["da 8 bag de A (10 bag de B) a 50 EUR/bag de A (40 EUR/bag de B)"]);
}

#[test]
fn of_many_lines_that_failed_those_are_told_that_lack_least() {
    let head = |who: &str| {
        format!(
            "clm: 1\ncoop: {{ id: https://{who}.example, name: {who}, legal_form: worker, place: {{ country: AR }} }}\nwith: anyone\n"
        )
    };
    let line = |key: &str, price: &str| {
        format!("  {key}: {{ item: https://items.example/flour, quantity: 10 kg, price: {price} }}\n")
    };
    let offers: String = (10..50).map(|n| line(&format!("o{n}"), &format!("{n} EUR/kg"))).collect();
    let needs = line("served", "{ at_most: 10 EUR/kg }") + &line("wanted", "{ at_most: 8 EUR/kg }");
    let folder = Folder::new()
        .with("mill.clm.yaml", head("mill") + "offers:\n" + &offers)
        .with("oven.clm.yaml", head("oven") + "needs:\n" + &needs);
    let negotiate = ["negotiate", "mill.clm.yaml", "oven.clm.yaml"];
    let said = folder.run(&negotiate).exits(0);
    let headings =
        |text: &str| text.lines().filter(|line| line.starts_with("No deal on ")).map(str::to_owned).collect::<Vec<_>>();
    let nearest = ["o10", "o11", "o12"].map(|offer| format!("No deal on {offer} from mill for wanted of oven"));
    assert_eq!(headings(&said.out), nearest);
    let rest = "More offers that are no deal\n  served of oven  39 offers; it is served by `o10`\n  wanted of oven  37 offers\n";
    assert!(said.out.contains(rest), "{}", said.out);
    assert!(said.out.contains("\n  `--explain` tells what is in the way of each.\n"), "{}", said.out);
    assert_eq!(headings(&folder.run(&[&negotiate[..], &["--explain"]].concat()).out).len(), 79);
    let outcome = folder.run(&[&negotiate[..], &["--format", "json"]].concat()).out;
    assert_eq!(outcome.matches("\"conflicts\"").count(), 79);
    for format in ["narrated", "markdown"] {
        folder.run(&[&negotiate[..], &["--format", format]].concat()).exits(0).says(&["39 offers; it is served by"]);
    }
}
