//! The YAML blocks of the spec run: a word after `yaml` says how.
//!
//! `manifest`: a whole manifest without an error. `error=CODE`: a whole manifest with exactly that error. `agreement`: a
//! whole agreement that its schema accepts and whose digest is its own. `fragment`: not run.

use std::fs;

use clm::agreement::{Agreement, agreement_schema, digest_of};
use clm::diagnostic::{Diagnostic, Severity};
use clm::lint;
use clm::report;
use clm::session::Session;
use clm::source::{Source, Sources};
use clm::world::Memory;

use crate::{files, root};

/// A fenced block: where it begins, what stands behind the fence, and its text.
pub(crate) struct Block {
    /// File and line.
    pub(crate) place: String,
    /// The info string.
    pub(crate) info: String,
    /// What is between the fences.
    pub(crate) text: String,
}

/// The fenced blocks of a Markdown text.
pub(crate) fn blocks(name: &str, markdown: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (i, line) in markdown.lines().enumerate() {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(info), None) => {
                open = Some(Block {
                    place: format!("{name}:{}", i + 1),
                    info: info.trim().to_owned(),
                    text: String::new(),
                });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{name}: a fence is not closed");
    found
}

/// Codes of the errors of a manifest, in order.
pub(crate) fn errors(text: &str) -> Vec<&'static str> {
    findings(text).into_iter().filter(|(_, severity)| *severity == Severity::Error).map(|(code, _)| code).collect()
}

/// Codes of all findings of a manifest, with how much they matter.
pub(crate) fn findings(text: &str) -> Vec<(&'static str, Severity)> {
    let source = Source::new("example.clm.yaml", text);
    let mut sources = Sources::new();
    let id = sources.add(source.clone());
    told(&lint::read(id, &source).diagnostics, &sources)
}

/// The same as `clm check` finds them: advice included, what comments allow left out.
pub(crate) fn findings_of_a_check(text: &str) -> Vec<(&'static str, Severity)> {
    let mut session = Session::new(Memory::of(&[("example.clm.yaml", text)]));
    let mut found = session.check("example.clm.yaml").diagnostics;
    found.retain(Diagnostic::counts);
    told(&found, session.sources())
}

fn told(found: &[Diagnostic], sources: &Sources) -> Vec<(&'static str, Severity)> {
    crate::formats::fits(&serde_json::from_str(&report::json(&report::findings(found, sources), None)).unwrap());
    for finding in found {
        for sentence in std::iter::once(&finding.message).chain(&finding.help) {
            assert!(!has_open_hole(&sentence.english()), "{}: `{}`", finding.rule.code, sentence.english());
        }
    }
    found.iter().map(|d| (d.rule.code, d.severity)).collect()
}

/// Whether a sentence shows a `{hole}` that nobody filled.
fn has_open_hole(sentence: &str) -> bool {
    let named = |hole: &str| !hole.is_empty() && hole.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    sentence.split('{').skip(1).any(|behind| behind.split_once('}').is_some_and(|(hole, _)| named(hole)))
}

fn fault(block: &Block) -> Option<String> {
    let info = block.info.strip_prefix("yaml")?.trim();
    match info.split_once('=') {
        None if info == "fragment" => None,
        None if info == "manifest" => {
            let errors = errors(&block.text);
            (!errors.is_empty()).then(|| format!("has errors: {errors:?}"))
        }
        None if info == "agreement" => agreement_fault(&block.text),
        Some(("error", code)) => {
            let errors = errors(&block.text);
            (errors != [code]).then(|| format!("should have exactly the error {code}, has {errors:?}"))
        }
        _ => Some(format!("say behind the fence what `{info}` is: manifest, error=CODE, agreement or fragment")),
    }
}

fn agreement_fault(text: &str) -> Option<String> {
    let agreement: Agreement = match serde_yaml::from_str(text) {
        Ok(agreement) => agreement,
        Err(e) => return Some(format!("is no agreement: {e}")),
    };
    let value = serde_json::to_value(&agreement).expect("an agreement is JSON");
    let schema = jsonschema::validator_for(&agreement_schema()).expect("the schema is one");
    if let Some(error) = schema.iter_errors(&value).next() {
        return Some(format!("does not fit its schema: {error}"));
    }
    let digest = digest_of(&agreement).expect("it has a canonical form");
    (digest != agreement.digest).then(|| format!("its digest is {digest}"))
}

#[test]
fn the_blocks_of_the_spec_hold() {
    let mut faults = Vec::new();
    let mut run = 0;
    for file in files(&root("spec"), "md") {
        // Rule pages have sections instead of words behind the fence; see `rules`.
        if file.parent().is_some_and(|folder| folder.ends_with("rules")) {
            continue;
        }
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for block in blocks(&name, &fs::read_to_string(&file).unwrap()) {
            run += 1;
            faults.extend(fault(&block).map(|fault| format!("{}: {fault}", block.place)));
        }
    }
    assert!(run > 20, "only {run} blocks found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
