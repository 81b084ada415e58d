//! Every sentence that a finding or the command line can say stands in the table of all languages, and none that nobody
//! says.
//!
//! A sentence is found where it is written: behind `Text::new(`, always as a literal, or in a rule. What is rendered here
//! in Spanish is every finding of every example and of every case of the conformance suite.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use clm::catalog;
use clm::diagnostic::{Argument, Diagnostic, Text};
use clm::i18n::{Lang, Sentence, sentences, translated};
use clm::report::said;
use clm::session::Session;
use clm::world::Memory;

use crate::spec::blocks;
use crate::{files, root};

/// Where sentences are of no concern here: contracts have their own tables, and the account of an outcome is English.
const OTHERS: [&str; 2] = ["src/contract/", "src/negotiate/"];

/// Where a rule turns its own sentences, which are found by the catalogue, into texts.
const OF_RULES: &str = "src/diagnostic/rule.rs";

/// Headings of the table that are no codes of rules.
const HEADINGS: [&str; 4] = ["several", "output", "negotiation", "help"];

/// The sentences of the sources, each with the file that says it first; or where something else than a literal stands.
fn said_in_sources() -> (BTreeMap<String, String>, Vec<String>) {
    let (mut found, mut hidden) = (BTreeMap::new(), Vec::new());
    for file in files(&root("src"), "rs") {
        let name = file.strip_prefix(root("")).unwrap().to_string_lossy().replace('\\', "/");
        if OTHERS.iter().any(|other| name.starts_with(other)) || name == OF_RULES {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("\n#[cfg(test)]\n").next().unwrap();
        for (at, call) in code.match_indices("Text::new(") {
            let behind = code[at + call.len()..].trim_start();
            let line = code[..at].lines().count();
            match literal(behind) {
                Some(sentence) => drop(found.entry(sentence).or_insert_with(|| format!("{name}:{line}"))),
                None => {
                    hidden.push(format!("{name}:{line}: a sentence is written as a literal, so that it can be found"))
                }
            }
        }
    }
    (found, hidden)
}

/// The text of the literal that code begins with.
fn literal(code: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = code.strip_prefix('"')?.chars();
    loop {
        match rest.next()? {
            '"' => return Some(out),
            '\\' => match rest.next()? {
                // The line goes on behind the indent of the next.
                '\n' => rest = rest.as_str().trim_start().chars(),
                c @ ('"' | '\\') => out.push(c),
                other => panic!("no sentence needs the escape `\\{other}`: {code:.80}"),
            },
            c => out.push(c),
        }
    }
}

/// All sentences, each with where it is said.
fn all_said() -> BTreeMap<String, String> {
    let (mut all, hidden) = said_in_sources();
    assert!(hidden.is_empty(), "{}", hidden.join("\n"));
    for text in clm::cli::texts() {
        all.insert(text, "--help".to_owned());
    }
    for rule in catalog::rules() {
        for sentence in [rule.summary, rule.message].into_iter().chain(rule.help) {
            all.insert(sentence.to_owned(), rule.code.to_owned());
        }
    }
    all
}

fn holes(sentence: &str) -> BTreeSet<&str> {
    sentence
        .split('{')
        .skip(1)
        .filter_map(|behind| behind.split_once('}').map(|(hole, _)| hole))
        .filter(|hole| !hole.is_empty() && hole.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect()
}

#[test]
fn every_sentence_has_a_row_and_every_row_is_said() {
    let said = all_said();
    let rows: BTreeSet<&str> = sentences().iter().map(|row| row.english).collect();
    let mut faults: Vec<String> = said
        .iter()
        .filter(|(sentence, _)| !rows.contains(sentence.as_str()))
        .map(|(sentence, place)| format!("{place}: not in src/i18n/sentences.txt: {sentence}"))
        .collect();
    let stale = rows.iter().filter(|row| !said.contains_key(**row));
    faults.extend(stale.map(|row| format!("src/i18n/sentences.txt: nobody says: {row}")));
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn rows_are_unique_have_the_same_holes_and_are_written_as_sentences_are() {
    let mut seen = BTreeSet::new();
    let mut fault = |row: &Sentence| {
        if !seen.insert(row.english) {
            return Some("stands twice".to_owned());
        }
        // What somebody else has written in both languages fills a hole of its own in Spanish.
        let spanish: BTreeSet<&str> =
            holes(row.spanish).into_iter().map(|hole| hole.strip_suffix("_es").unwrap_or(hole)).collect();
        if holes(row.english) != spanish {
            return Some(format!("the holes differ: {:?} and {:?}", holes(row.english), holes(row.spanish)));
        }
        let capital = |text: &str| text.trim_start().chars().next().is_some_and(char::is_uppercase);
        let stop = |text: &str| text.ends_with('.') && !text.ends_with("…");
        if capital(row.spanish) && !capital(row.english) || stop(row.spanish) || row.spanish.trim_end() != row.spanish {
            return Some("sentences are lower case and end without a full stop".to_owned());
        }
        // What the user reads in backticks is a word of the language or of a file, and is not translated.
        let (own, other) = (in_backticks(row.english), in_backticks(row.spanish));
        (own != other).then(|| format!("in backticks stand {own:?} and {other:?}"))
    };
    let faults: Vec<String> = sentences()
        .iter()
        .filter_map(|row| Some(format!("{} {}: {}", row.heading, row.english, fault(row)?)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What stands in backticks in a sentence.
fn in_backticks(sentence: &str) -> BTreeSet<&str> {
    sentence.split('`').skip(1).step_by(2).collect()
}

#[test]
fn sentences_of_rules_stand_under_their_codes() {
    let rows = sentences();
    let codes: BTreeSet<&str> = catalog::rules().iter().map(|rule| rule.code).collect();
    let headings = rows.iter().map(|row| row.heading).filter(|heading| !HEADINGS.contains(heading));
    let unknown: BTreeSet<&str> = headings.filter(|heading| !codes.contains(heading)).collect();
    assert!(unknown.is_empty(), "no rules: {unknown:?}");
    let under: BTreeMap<&str, &str> = rows.iter().map(|row| (row.english, row.heading)).collect();
    let astray: Vec<String> = catalog::rules()
        .iter()
        .flat_map(|rule| [rule.summary, rule.message].into_iter().chain(rule.help).map(move |text| (rule.code, text)))
        .filter(|(code, text)| under.get(text).is_some_and(|heading| heading != code && !HEADINGS.contains(heading)))
        .map(|(code, text)| format!("{code}: {text}"))
        .collect();
    assert!(astray.is_empty(), "under another heading: {}", astray.join("\n"));
}

/// What is found in a text, in all its sentences.
fn found_in(name: &str, text: &str) -> Vec<Diagnostic> {
    Session::new(Memory::of(&[(name, text)])).check(name).diagnostics
}

/// The manifests of the examples of all pages and of all cases of the conformance suite, by where they stand.
fn manifests() -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for file in files(&root("spec"), "md") {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let of_yaml = |info: &str| info.split(' ').next() == Some("yaml");
        let blocks = blocks(&name, &fs::read_to_string(&file).unwrap());
        let examples = blocks.into_iter().filter(|block| of_yaml(&block.info));
        all.extend(examples.map(|block| (block.place, "example.clm.yaml".to_owned(), block.text)));
    }
    for ending in ["yaml", "json"] {
        let cases = files(&root("tests/conformance"), ending).into_iter();
        for file in cases.filter(|file| file.to_string_lossy().contains(".clm.")) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            all.push((shown(&file), name, fs::read_to_string(&file).unwrap_or_default()));
        }
    }
    all
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root("")).unwrap().display().to_string()
}

/// What of a text would be read in English by whoever asked for Spanish.
fn english_in(text: &Text, faults: &mut Vec<String>) {
    let Some(spanish) = translated(text.template(), Lang::Es) else {
        faults.push(format!("not translated: {}", text.template()));
        return;
    };
    for hole in holes(spanish) {
        let argument = text.args.iter().find(|(name, _)| *name == hole).map(|(_, argument)| argument);
        match argument {
            None => faults.push(format!("nothing fills `{hole}` of: {}", text.template())),
            Some(Argument::Said(words)) => english_in(words, faults),
            // Outside of backticks stand numbers, dates and lists of words that have backticks of their own.
            Some(Argument::Written(value)) if !is_in_backticks(spanish, hole) => {
                let bare: String = value.split('`').step_by(2).collect();
                if bare.contains(char::is_alphabetic) {
                    faults.push(format!("`{hole}` is filled with `{value}`, outside of backticks, in: {spanish}"));
                }
            }
            Some(Argument::Written(_)) => {}
        }
    }
}

fn is_in_backticks(sentence: &str, hole: &str) -> bool {
    let before = sentence.split(&format!("{{{hole}}}")).next().unwrap_or_default();
    before.matches('`').count() % 2 == 1
}

#[test]
fn whoever_asks_for_spanish_reads_no_english() {
    let (mut faults, mut codes) = (BTreeSet::new(), BTreeSet::new());
    for (place, name, text) in manifests() {
        for finding in found_in(&name, &text) {
            codes.insert(finding.rule.code);
            let labels = finding.labels.iter().map(|label| &label.text);
            for sentence in std::iter::once(&finding.message).chain(&finding.help).chain(labels) {
                let mut english = Vec::new();
                english_in(sentence, &mut english);
                faults.extend(english.into_iter().map(|fault| format!("{}: {fault} ({place})", finding.rule.code)));
                assert!(!said(sentence, Lang::Es).is_empty());
            }
        }
    }
    assert!(codes.len() > 100, "the examples give only {codes:?}");
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
