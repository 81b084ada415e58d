//! Findings, outcomes and verifications as text and in the formats of other programs: one file a format.
//!
//! Every sentence is rendered here, from data. Untrusted text goes through [`escape()`] before it reaches any
//! output. Where a format goes, and which were asked for, is not known here.

mod checkstyle;
mod concise;
mod diagnostics;
mod escape;
mod fairness;
mod finding;
mod frame;
mod github;
mod gitlab;
mod json;
mod junit;
mod layout;
mod markdown;
mod matches;
mod narrated;
mod outcome;
mod page;
mod pages;
mod prose;
mod rdjson;
mod reading;
mod rules;
mod sarif;
mod snippet;
mod words;

pub use checkstyle::checkstyle;
pub use concise::concise;
pub use diagnostics::plain;
pub use escape::{escape, escape_line};
pub use fairness::{fairness, fairness_as_markdown, fairness_narrated};
pub use finding::{Beside, Change, Finding, Position, Region, Remedy, findings};
pub use frame::{Paint, fancy};
pub use github::github;
pub use gitlab::gitlab;
pub use json::{findings_schema, json, jsonl};
pub use junit::junit;
pub use layout::{Width, wrapped};
pub use markdown::markdown;
pub use matches::{matches, matches_as_csv, matches_as_json, matches_as_markdown};
pub use narrated::narrated;
pub use outcome::{Account, outcome, outcome_as_markdown, outcome_narrated};
pub use page::{has_page, page, page_as_markdown, page_json};
pub use pages::is_address;
pub use prose::in_sentence;
pub use rdjson::rdjson;
pub use reading::{reading, reading_as_markdown};
pub use rules::{rules_as_json, rules_as_markdown, rules_in_columns, rules_in_lines};
pub use sarif::sarif;
pub use words::{said, severity_word};

use indexmap::IndexMap;

use crate::diagnostic::Text;
use crate::i18n::Lang;

/// What a check came to: what documents that are written at its end are made of.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The files that were asked for, in their order, those without findings too.
    pub files: &'a [String],
    /// What was found, what was waived too.
    pub findings: &'a [Finding],
    /// How much was found, and what can be done about it, a sentence each.
    pub summary: &'a [Text],
    /// In which language people are spoken to.
    pub lang: Lang,
    /// Where the pages of rules are to be read, if anywhere.
    pub pages: Option<&'a str>,
    /// What the shell is told.
    pub exit: u8,
}

impl<'a> Report<'a> {
    /// The findings that count.
    fn standing(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.findings.iter().filter(|finding| finding.counts())
    }

    /// The findings that count by file, files without findings too.
    fn by_file(&self) -> IndexMap<&'a str, Vec<&'a Finding>> {
        let mut files: IndexMap<&str, Vec<&Finding>> =
            self.files.iter().map(|file| (file.as_str(), Vec::new())).collect();
        for finding in self.standing() {
            files.entry(&finding.file).or_default().push(finding);
        }
        files
    }
}
