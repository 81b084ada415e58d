//! The laws of negotiation (`spec/06-negotiation.md#laws`) as properties of random pairs of manifests.
//!
//! The pairs are drawn from small pools, so that they meet; `pairs` draws them, one file a family of laws judges them.
#![allow(clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

mod arithmetic;
mod certified;
mod changes;
pub(crate) mod dice;
mod form;
mod markets;
mod metamorphic;
mod monotone;
mod optimal;
mod pairs;
mod runs;
mod sound;
mod together;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use clm::lint::{self, Read};
use clm::negotiate::outcome::Outcome;
use clm::negotiate::{Explain, Side, negotiate};
use clm::source::{Source, SourceId, Sources};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use pairs::Manifest;

/// Cases of each law, unless `PROPTEST_CASES` says otherwise: continuous integration asks for 5,000 of an optimized build.
const CASES: u32 = 1000;
/// How many pairs may fall under no law for each that does.
const REJECTS: u32 = 10;

fn config() -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    let cases = asked.unwrap_or(CASES);
    Config {
        cases,
        failure_persistence: None,
        max_global_rejects: cases.saturating_mul(REJECTS),
        max_shrink_iters: 400,
        ..Config::default()
    }
}

/// A manifest as text, with the name of its file.
struct Text<'a> {
    name: &'a str,
    text: &'a str,
}

/// Reads two texts and negotiates them; nothing if one of them has errors.
fn outcome(a: Text<'_>, b: Text<'_>, explain: Explain) -> Option<Outcome> {
    of_texts(a, b, |one, other| negotiate(one, other, explain))
}

/// What comes of two texts; nothing if one of them has errors.
fn of_texts<T>(a: Text<'_>, b: Text<'_>, come: impl FnOnce(&Side<'_>, &Side<'_>) -> T) -> Option<T> {
    let mut sources = Sources::new();
    let [one, other] = [a, b].map(|text| {
        let source = Source::new(text.name, text.text);
        read(sources.add(source.clone()), source)
    });
    Some(come(&side(&one)?, &side(&other)?))
}

/// How many readings are kept: those of the pair that a law is tried on, and of what it makes of them.
const KEPT: usize = 6;

/// A text with what came of it, and as which one of a pair it was read.
type Known = (SourceId, Rc<(Source, Read)>);

/// What came of a text, read once: most laws change one manifest of two, or ask of the same two in several ways.
fn read(id: SourceId, source: Source) -> Rc<(Source, Read)> {
    thread_local! {
        static KNOWN: RefCell<VecDeque<Known>> = const { RefCell::new(VecDeque::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        let is_it = |other: &Source| other.name() == source.name() && other.text() == source.text();
        let same = known.iter().find(|(other, read)| *other == id && is_it(&read.0));
        if let Some((_, read)) = same {
            return Rc::clone(read);
        }
        let read = lint::read(id, &source);
        let read = Rc::new((source, read));
        known.truncate(KEPT - 1);
        known.push_front((id, Rc::clone(&read)));
        read
    })
}

/// What comes of two manifests; nothing if one of them has errors.
fn of_pair<T>(a: &Manifest, b: &Manifest, come: impl FnOnce(&Side<'_>, &Side<'_>) -> T) -> Option<T> {
    let texts = [a, b].map(|manifest| manifest.0.to_string());
    of_texts(Text { name: a.name(), text: &texts[0] }, Text { name: b.name(), text: &texts[1] }, come)
}

fn side((source, read): &(Source, Read)) -> Option<Side<'_>> {
    let (checked, document) = (read.manifest.as_ref()?, read.document.as_ref()?);
    Some(Side { checked, document, source })
}

/// The outcome of two manifests as JSON, with its failures explained.
fn explained(a: &Manifest, b: &Manifest) -> Option<Value> {
    json(a, b, Explain::Failures)
}

/// The outcome of two manifests as JSON, without explanations.
fn agreed(a: &Manifest, b: &Manifest) -> Option<Value> {
    json(a, b, Explain::Nothing)
}

fn json(a: &Manifest, b: &Manifest, explain: Explain) -> Option<Value> {
    let outcome = of_pair(a, b, |one, other| negotiate(one, other, explain))?;
    Some(serde_json::to_value(&outcome).expect("an outcome is JSON"))
}

/// A law that nothing falls under would hold of anything: most pairs are valid, and many reach an agreement.
#[test]
fn pairs_are_no_mere_failures() {
    let (mut valid, mut deals, all) = (0, 0, 600);
    let mut runner = TestRunner::new_with_rng(
        config(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    for _ in 0..all {
        let [a, b] = pairs::any_pair().new_tree(&mut runner).expect("a pair").current();
        if let Some(outcome) = agreed(&a, &b) {
            valid += 1;
            deals += usize::from(outcome["verdict"] == "agreement");
        }
    }
    assert!(valid * 10 >= all * 6, "{valid} of {all} pairs are valid");
    assert!(deals * 10 >= valid * 3, "{deals} of {valid} pairs reach an agreement");
}
