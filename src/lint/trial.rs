//! Manifests in tests: the smallest head before a body, and what is found in it.

use crate::diagnostic::{Diagnostic, Rule, Text};
use crate::lint::{Checked, Read, advise, read};
use crate::source::{Source, Sources};
use crate::syntax::Document;

pub(super) const COOP: &str =
    "clm: 1\ncoop:\n  id: https://a.example\n  name: A\n  legal_form: worker\n  place: { country: AR }\n";

/// Reads a whole text.
pub(super) fn read_text(text: &str) -> Read {
    let source = Source::new("trial", text);
    read(Sources::new().add(source.clone()), &source)
}

/// What is found, as lines that a failing test can show.
pub(super) fn findings(text: &str) -> Vec<String> {
    let source = Source::new("trial", text);
    let found = read_text(text).diagnostics;
    found
        .iter()
        .map(|d| format!("{} {} {}", d.rule.code, source.line_column(d.place.span.start), d.message.english()))
        .collect()
}

fn assert_codes(text: &str, expected: &[&str]) {
    let found = read_text(text).diagnostics;
    let codes: Vec<&str> = found.iter().map(|d| d.rule.code).collect();
    assert_eq!(codes, expected, "{:#?}\nin\n{text}", findings(text));
    found.iter().for_each(assert_filled);
}

fn assert_filled(finding: &Diagnostic) {
    let sentences =
        std::iter::once(&finding.message).chain(&finding.help).chain(finding.labels.iter().map(|l| &l.text));
    for sentence in sentences {
        assert!(!has_open_hole(&sentence.english()), "a hole is open: {}", sentence.english());
    }
}

/// Whether a sentence shows a `{hole}` that nobody filled.
fn has_open_hole(sentence: &str) -> bool {
    let named = |hole: &str| !hole.is_empty() && hole.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    sentence.split('{').skip(1).any(|behind| behind.split_once('}').is_some_and(|(hole, _)| named(hole)))
}

/// The body after the smallest head breaks exactly this rule, once.
pub(super) fn fires(rule: &Rule, body: &str) {
    assert_codes(&format!("{COOP}{body}\n"), &[rule.code]);
}

/// The body after the smallest head has no finding.
pub(super) fn silent(body: &str) {
    assert_codes(&format!("{COOP}{body}\n"), &[]);
}

/// The ways out of what is found in the body after the smallest head.
pub(super) fn helps(body: &str) -> Vec<String> {
    let found = read_text(&format!("{COOP}{body}\n")).diagnostics;
    found.iter().filter_map(|finding| finding.help.as_ref()).map(Text::english).collect()
}

/// What a careful reader says about a text, which must have no error.
pub(super) fn advice(text: &str) -> Vec<Diagnostic> {
    let source = Source::new("trial", text);
    let read = read(Sources::new().add(source.clone()), &source);
    match (&read.document, &read.manifest) {
        (Some(document), Some(manifest)) => advise(document, &source, manifest),
        _ => panic!("{:#?}", findings(text)),
    }
}

/// What a rule or an advice says of a manifest, in English.
pub(super) fn told(rule: &Rule, body: &str) -> Vec<String> {
    let text = format!("{COOP}{body}\n");
    let mut found = read_text(&text).diagnostics;
    if !found.iter().any(|finding| finding.rule == rule) {
        found = advice(&text);
    }
    found.iter().filter(|finding| finding.rule == rule).map(|finding| finding.message.english()).collect()
}

fn codes_of_advice(rule: &Rule, body: &str) -> usize {
    let found = advice(&format!("{COOP}{body}\n"));
    found.iter().for_each(assert_filled);
    found.iter().filter(|finding| finding.rule == rule).count()
}

/// The body after the smallest head, which must have no error, gives this advice once; other advice does not matter.
pub(super) fn advises(rule: &Rule, body: &str) {
    assert_eq!(codes_of_advice(rule, body), 1, "{} in\n{body}", rule.code);
}

/// The body after the smallest head, which must have no error, does not give this advice.
pub(super) fn no_advice(rule: &Rule, body: &str) {
    assert_eq!(codes_of_advice(rule, body), 0, "{} in\n{body}", rule.code);
}

/// The body after the smallest head as the edits of this advice, given once, would leave it.
pub(super) fn mended(rule: &Rule, body: &str) -> String {
    let mut text = format!("{COOP}{body}\n");
    let found = advice(&text);
    let mut told = found.iter().filter(|finding| finding.rule == rule);
    let fix = told.next().and_then(|finding| finding.fix.as_ref()).unwrap_or_else(|| panic!("no edit in\n{body}"));
    assert!(told.next().is_none(), "{} is told twice in\n{body}", rule.code);
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.place.span.start..edit.place.span.end, &edit.replacement);
    }
    assert!(read_text(&text).manifest.is_some(), "{:#?}", findings(&text));
    text[COOP.len()..].trim_end().to_owned()
}

/// What the body after the smallest head means; it must have no error.
pub(super) fn checked(body: &str) -> (Document, Checked) {
    let text = format!("{COOP}{body}\n");
    let read = read_text(&text);
    match (read.document, read.manifest) {
        (Some(document), Some(manifest)) => (document, manifest),
        _ => panic!("{:#?}", findings(&text)),
    }
}
