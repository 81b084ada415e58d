//! Whether what a manifest says can hold together: the rules of chapters 4 and 5, and the only door onward; and what a
//! careful reader would advise (chapter 11).
//!
//! [`read`] is the whole way from a text to a [`Checked`] manifest. All findings of a text come in one run, and a part
//! that could not be read is never complained of twice. Nothing here negotiates, and nothing here knows what day it is.

pub mod advice;
mod columns;
mod containment;
mod context;
mod cut;
mod json;
mod measure;
pub(crate) mod misfit;
mod multiples;
mod offers;
#[cfg(test)]
mod pages;
mod promise;
pub mod rules;
mod section;
pub mod suppression;
mod terms;
#[cfg(test)]
mod trial;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

pub use advice::advise;
pub use rules::{RULES, expired};

use crate::diagnostic::{self, Diagnostic, Place, Rule, Severity};
use crate::manifest::lower;
use crate::manifest::model::Manifest;
use crate::manifest::names;
use crate::manifest::wire;
use crate::schema::{rules as shape_rules, shape};
use crate::source::{Source, SourceId, Span};
use crate::syntax::{self, Document, Kind, NodeId, Parsed};
use crate::vocab::reading::DOUBTFUL_POINT;

/// What has been checked and found without errors. Only [`check`] makes one.
#[derive(Clone, Debug)]
pub struct Checked<T = Manifest>(T);

impl<T> Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// What became of a text.
#[derive(Debug)]
pub struct Read {
    /// Its nodes, for everything that asks where something stands; `None` if the text is no document at all.
    pub document: Option<Document>,
    /// What it means, if there is no error in it.
    pub manifest: Option<Checked>,
    /// All findings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text and checks everything that can be checked without another manifest and without a clock.
pub fn read(id: SourceId, source: &Source) -> Read {
    let mut read = read_as_is(id, source);
    match read.document {
        None => {
            section::tell_of_text(id, source, &mut read.diagnostics);
            promise::keep(id, source, &mut read.diagnostics);
        }
        Some(_) => {
            section::tell(id, source, &mut read);
            columns::tell(id, source, &mut read);
            promise::keep_what_helps(id, source, &mut read.diagnostics);
        }
    }
    read
}

/// Reads a text, with the fixes of one that is no document as its lines suggest them.
fn read_as_is(id: SourceId, source: &Source) -> Read {
    let Parsed { document, mut diagnostics } = syntax::parse(id, source);
    cut::pass_over_rests(source, &mut diagnostics);
    if let Some(document) = &document {
        cut::pass_over_texts(document, &mut diagnostics);
    }
    let of_text = diagnostics.len();
    let manifest = document.as_ref().and_then(|document| manifest(document, &mut diagnostics));
    if let Some(document) = &document {
        let mut of_meaning = diagnostics.split_off(of_text);
        cut::told(document, source, &mut of_meaning);
        promise::spare_words(source, &mut of_meaning);
        syntax::take_out_whole(&mut of_meaning, source);
        offers::move_lines(document, source, &mut of_meaning);
        offers::pass_over_blocks(document, &mut of_meaning);
        diagnostics = once(document, diagnostics, of_meaning);
        cut::pass_over_texts(document, &mut diagnostics);
        offers::spare_comments(document, source, &mut diagnostics);
        offers::keep_lines(document, source, &mut diagnostics);
    }
    diagnostic::sort(&mut diagnostics);
    // What the defaults or the manifest's `with` say wrong is wrong once, on however many lines it holds.
    diagnostics.dedup_by(|b, a| a.rule.code == b.rule.code && a.place == b.place);
    diagnostic::keep_quotes(&mut diagnostics, source);
    json::keep(document.as_ref(), source, &mut diagnostics);
    // A document that is not well written may be understood otherwise than it is meant.
    let manifest = manifest.filter(|_| !diagnostic::has_errors(&diagnostics));
    Read { document, manifest, diagnostics }
}

/// What is wrong with a text and with what it means, where one mistake is not told as both: a value that cannot be read
/// because of a character in it is told as the character.
fn once(document: &Document, mut of_text: Vec<Diagnostic>, of_meaning: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let told: Vec<Spot> = of_text.iter().map(|finding| Spot::of(document, finding.place)).collect();
    let mut others = Vec::new();
    for finding in of_meaning {
        let spot = Spot::of(document, finding.place);
        let told = told.iter().position(|told| told.is_same(spot));
        match told.and_then(|at| of_text.get_mut(at)) {
            // What would only be odd in a text keeps a value from being read.
            Some(told) => told.severity = told.severity.max(finding.severity),
            None => others.push(finding),
        }
    }
    of_text.into_iter().chain(others).collect()
}

/// A place, and the scalar in which it lies.
#[derive(Clone, Copy)]
struct Spot {
    span: Span,
    scalar: Option<NodeId>,
}

impl Spot {
    fn of(document: &Document, place: Place) -> Self {
        let node = innermost(document, place);
        Self { span: place.span, scalar: document.text(node).map(|_| node) }
    }

    /// Whether two overlap or lie in one scalar.
    fn is_same(self, other: Self) -> bool {
        let overlap = self.span.start < other.span.end && other.span.start < self.span.end;
        overlap || (self.scalar.is_some() && self.scalar == other.scalar)
    }
}

fn manifest(document: &Document, diagnostics: &mut Vec<Diagnostic>) -> Option<Checked> {
    let unread = unread(document, diagnostics);
    let shape = shape::check(document);
    // Where the text itself is wrong, what seems to be missing may only be what could not be read.
    let seems = |finding: &Diagnostic| ABSENCES.iter().any(|rule| rule.code == finding.rule.code);
    // A name that is none is not also told as one that nobody knows.
    let mut told = places_of_errors(&shape.diagnostics);
    diagnostics.extend(shape.diagnostics.into_iter().filter(|finding| unread.is_empty() || !seems(finding)));
    let wire: wire::Manifest = syntax::de::from_document(document, &shape.bad).ok()?;
    let is_circuits = |node: &NodeId| document.key_of(*node).is_some_and(|key| shape::is_like(key, "circuits"));
    let circuits = shape.bad.iter().any(is_circuits);
    let unread_here = lower::Unread { circuits, units: without_units(document, &shape.bad) };
    let lowered = lower::lower(document, &wire, unread_here);
    let of_values: Vec<Diagnostic> =
        lowered.diagnostics.into_iter().filter(|finding| !told.contains(&finding.place)).collect();
    told.extend(places_of_errors(&of_values));
    diagnostics.extend(of_values);
    let bad = shape.bad.into_iter().chain(lowered.bad).chain(unread).collect();
    let (checked, found) = check(document, lowered.manifest?, &bad);
    let found = found.into_iter().filter(|finding| !told.contains(&finding.place)).collect();
    settle_doubts(document, diagnostics, found);
    checked.ok()
}

/// The groups of which the units cannot be read, or not all of them: those that are written otherwise, under another key, or
/// with a name that is none.
fn without_units(document: &Document, bad: &BTreeSet<NodeId>) -> BTreeSet<NodeId> {
    let group = |node: &NodeId| {
        let (key, around) = (document.key_of(*node)?, document.parent(*node)?);
        if shape::is_like(key, "units") {
            return Some(around);
        }
        let is_unit = document.key_of(around) == Some("units") && !names::is_name(key);
        if is_unit { document.parent(around) } else { None }
    };
    bad.iter().filter_map(group).collect()
}

/// Adds findings on meaning. One where a point is in doubt is probably due to that point: it is told with the way out of
/// the doubt.
fn settle_doubts(document: &Document, diagnostics: &mut Vec<Diagnostic>, found: Vec<Diagnostic>) {
    for mut finding in found {
        let spot = Spot::of(document, finding.place);
        let is_doubt = |other: &Diagnostic| {
            *other.rule == DOUBTFUL_POINT
                && spot.scalar.is_some()
                && Spot::of(document, other.place).scalar == spot.scalar
        };
        let doubt = diagnostics.iter().position(is_doubt);
        if let Some(doubt) = doubt.map(|at| diagnostics.remove(at)) {
            finding.help = doubt.help;
        }
        diagnostics.push(finding);
    }
}

/// Where something is wrong; what stands there is not judged a second time.
fn places_of_errors(findings: &[Diagnostic]) -> BTreeSet<Place> {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.place).collect()
}

/// Rules that tell of something that is not there.
static ABSENCES: [&Rule; 3] = [&shape_rules::MISSING_KEY, &shape_rules::WRONG_KIND, &shape_rules::EMPTY_VALUE];

/// The nodes in which something could not be read as text.
fn unread(document: &Document, found: &[Diagnostic]) -> BTreeSet<NodeId> {
    let errors = found.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| innermost(document, finding.place)).collect()
}

/// The smallest node around a place.
fn innermost(document: &Document, place: Place) -> NodeId {
    let inside = |node: NodeId| match document.kind(node) {
        Kind::List(items) => first_around(document, place, items, |item| *item),
        Kind::Mapping(entries) => first_around(document, place, entries, |entry| entry.value),
        Kind::Null | Kind::Scalar(_) => None,
    };
    let mut node = document.root();
    while let Some(next) = inside(node) {
        node = next;
    }
    node
}

/// The first of the parts of a node, which stand in order, that a place lies in.
fn first_around<T>(document: &Document, place: Place, parts: &[T], node: impl Fn(&T) -> NodeId) -> Option<NodeId> {
    let span = |part: &T| document.span(node(part));
    let begun = parts.partition_point(|part| span(part).start <= place.span.start);
    let around = parts.iter().take(begun).rev().take_while(|part| place.span.end <= span(part).end);
    around.last().map(node)
}

/// Holds what was lowered against the rules. `bad` are the nodes that could not be read and are reported already.
pub fn check(
    document: &Document,
    manifest: Manifest,
    bad: &BTreeSet<NodeId>,
) -> (Result<Checked, Manifest>, Vec<Diagnostic>) {
    let context = context::Context::new(document, &manifest, bad);
    let mut found = Vec::new();
    for check in rules::CHECKS {
        let before = found.len();
        (check.run)(&context, &mut found);
        debug_assert!(found.iter().skip(before).all(|finding| finding.rule.code == check.rule.code));
    }
    let found = each_name_once(found);
    let errors = diagnostic::has_errors(&found);
    (if errors { Err(manifest) } else { Ok(Checked(manifest)) }, found)
}

/// Most other places that are shown of one name.
const MOST_LABELS: usize = 2;

/// The findings with one for each name that nobody declared, however often it stands: its other places go with the first,
/// and so do their edits.
fn each_name_once(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by_key(|finding| finding.place);
    let of_names = [&rules::unknown_class::RULE, &rules::unknown_certificate::RULE, &rules::unknown_line::RULE];
    let mut first: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut once: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for finding in found {
        if !of_names.iter().any(|rule| **rule == *finding.rule) {
            once.push(finding);
            continue;
        }
        let at = *first.entry((finding.rule.code, finding.message.english())).or_insert(once.len());
        match once.get_mut(at) {
            Some(told) => diagnostic::also_at(told, finding, MOST_LABELS),
            None => once.push(finding),
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Severity;
    use super::trial::{COOP, findings, fires, read_text, silent};
    use crate::manifest::lower::rules::UNKNOWN_CIRCUIT;
    use crate::schema::rules::{BAD_NAME, MISSING_KEY, UNKNOWN_KEY};
    use crate::vocab::reading::{DECIMAL_COMMA, EMPTY_TEXT, NOT_A_NUMBER, UNKNOWN_UNIT};

    #[test]
    fn what_is_missing_because_it_cannot_be_read_is_not_told_twice() {
        let costs = "delivery: [pickup, { value: delivered, costs_us: 1 ARS/kg }]";
        fires(
            &DECIMAL_COMMA,
            &format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 0\u{2c}5 ARS/kg, {costs} }} }}")
                .replace("0,5 ARS/kg", "'0,5 ARS/kg'"),
        );
        fires(&UNKNOWN_UNIT, "needs: { x: { item: hs:1101, quantity: { at_most: 5 kilopond } } }");
        fires(
            &UNKNOWN_CIRCUIT,
            "with: anyone\noffers: { x: { item: hs:1101, credit_share: { in: punto, at_most: 5 % } } }",
        );
    }

    #[test]
    fn what_is_wrong_with_the_text_of_a_value_is_told_once() {
        let offer = |price: &str| {
            let body = format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: {price} }} }}");
            read_text(&format!("{COOP}{body}"))
                .diagnostics
                .iter()
                .map(|finding| (finding.rule.name, finding.severity))
                .collect::<Vec<_>>()
        };
        assert_eq!(offer("“950 ARS/kg”"), [("typographic-quote", Severity::Error)]);
        assert_eq!(offer("950 AR\u{200b}S/kg"), [("forbidden-character", Severity::Error)]);
        assert_eq!(offer("950 pi\u{301}/kg"), [("not-nfc", Severity::Error)]);
        assert_eq!(offer("\u{2028}"), [("forbidden-character", Severity::Error)]);
        assert_eq!(offer("3 ARS/kg, wi\u{200b}th: anyone"), [("forbidden-character", Severity::Error)]);
    }

    #[test]
    fn a_name_that_is_none_is_told_once() {
        let needs = "needs: { flour: { item: hs:1101, quantity: { at_most: 5 kg }, price: any } }";
        fires(
            &BAD_NAME,
            &format!(
                "{needs}\nitems: {{ bread: {{ item: hs:1905 }} }}\nrecipes: {{ x: {{ makes: {{ Bread: 1 kg }}, from: {{ flour: 1 kg }} }} }}"
            ),
        );
        fires(&BAD_NAME, &format!("{needs}\nunits: {{ Box: 400 pallet }}"));
        fires(&EMPTY_TEXT, "with: ''");
        let head = COOP.replace("clm: 1", "clm:");
        assert_eq!(findings(&head).len(), 1, "{:?}", findings(&head));
    }

    #[test]
    fn a_unit_that_cannot_be_read_or_that_nobody_declared_is_told_once() {
        let bread = |units: &str, unit: &str| {
            format!(
                "with: anyone\noffers: {{ bread: {{ item: hs:1905, {units} quantity: {{ at_least: 1 {unit} }}, price: 3 ARS/{unit} }} }}"
            )
        };
        fires(&NOT_A_NUMBER, &bread("units: { cajon: kg },", "cajon"));
        fires(&BAD_NAME, &bread("units: { cajón: 12 kg },", "cajon"));
        fires(&BAD_NAME, &bread("units: { cajón: 12 kg },", "cajón"));
        fires(&UNKNOWN_UNIT, &bread("", "cajoncito"));
    }

    #[test]
    fn a_point_that_may_divide_thousands_is_doubted() {
        let bread = |price: &str| format!("with: anyone\noffers: {{ bread: {{ item: hs:1905, price: {price} }} }}");
        fires(&super::DOUBTFUL_POINT, &bread("12.550 ARS/kg"));
        ["12.55 ARS/kg", "0.550 ARS/kg", "12.555 ARS/kg", "1234.550 ARS/kg"]
            .iter()
            .for_each(|price| silent(&bread(price)));
    }

    #[test]
    fn a_name_is_declared_even_where_its_entry_is_wrong() {
        fires(&UNKNOWN_KEY, "partners: { a: { practise: equal_vote } }\nwith: a\noperations: { order: {} }");
        fires(
            &MISSING_KEY,
            "with: anyone\noffers: { x: { price: 2 ARS/kg }, p: { includes: { x: 5 kg }, price: 9 ARS } }",
        );
    }

    #[test]
    fn findings_of_all_stages_come_in_one_run_by_place() {
        let text = "clm: 1\ncoop:\n  id: https://a.example\n  name: A\n  legal_form: worker\n  place: { country: XX }\n\
                    with: anyon\noffers:\n  x: { item: hs:1101, prize: 2 ARS/kg }\nneeds:\n  y: { item: hs:1102 }\nname: A\nname: B\n";
        let found = read_text(text);
        let codes: Vec<&str> = found.diagnostics.iter().map(|finding| finding.rule.code).collect();
        assert!(found.manifest.is_none());
        assert_eq!(codes, ["CLM0342", "CLM0401", "CLM0201", "CLM0422", "CLM0201", "CLM0109"], "{:#?}", findings(text));
    }

    #[test]
    fn only_errors_close_the_door() {
        let warned = read_text(
            "clm: 1\ncoop:\n  id: https://a.example\n  name: A\n  legal_form: worker\n  place: { country: AR }\noperations: { order: {} }\n",
        );
        assert_eq!((warned.diagnostics.len(), warned.manifest.is_some()), (1, true));
        silent("");
    }

    /// A manifest with every key of the language.
    const EVERY_KEY: &str = include_str!("../schema/every_key.clm.yaml");

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn whatever_is_written_over_it_it_is_read_the_same_twice(at in 0..EVERY_KEY.len(), gone in 0usize..40, put in "[-0-9a-z %:,.{}\\[\\]\n]{0,12}") {
            let ends = |at: usize| (at..=EVERY_KEY.len()).find(|at| EVERY_KEY.is_char_boundary(*at)).unwrap();
            let (from, to) = (ends(at), ends((at + gone).min(EVERY_KEY.len())));
            let text = format!("{}{put}{}", &EVERY_KEY[..from], &EVERY_KEY[to..]);
            let (one, two) = (read_text(&text), read_text(&text));
            prop_assert_eq!(&one.diagnostics, &two.diagnostics);
            prop_assert_eq!(one.manifest.is_some(), !crate::diagnostic::has_errors(&one.diagnostics));
        }
    }
}
