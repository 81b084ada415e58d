//! Findings as a versioned JSON document, as JSON lines, and the schema of both.
//!
//! Sentences are in English here, with their templates and what fills them, so that programs need not read prose.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Map, Value};

use super::escape;
use super::finding::{Beside, Finding, Position, Remedy};
use super::pages::{NAMES, url};
use crate::diagnostic::{Argument, Group, Severity, Text, Waiver};

/// The version of the document.
const VERSION: u8 = 1;

/// What `clm check --format json` prints: all findings, those that were waived too.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Findings")]
struct Findings {
    /// The version of this format.
    #[schemars(extend("const" = VERSION))]
    clm_findings: u8,
    /// By file and place.
    findings: Vec<Entry>,
}

/// A line of what `clm check --format jsonl` prints.
#[derive(Serialize)]
struct Line {
    clm_finding: u8,
    #[serde(flatten)]
    entry: Entry,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct Entry {
    /// The name of the file as given; `<stdin>` for the standard input.
    file: String,
    /// JSON Pointer of the node concerned; empty for the whole document.
    pointer: String,
    /// Its path for people: `offers.kraft-box.price.tiers[from 500 box]`; empty for the whole document.
    path: String,
    /// Where it begins; null for a file as a whole.
    start: Option<At>,
    /// Behind its last character.
    end: Option<At>,
    /// The code of the rule.
    #[schemars(regex(pattern = r"^CLM[0-9]{4}$"))]
    code: &'static str,
    /// The name of the rule.
    name: &'static str,
    /// What kind of mistake the rule is about.
    #[schemars(extend("enum" = groups()))]
    group: &'static str,
    /// How much it matters, settings considered.
    #[schemars(extend("enum" = severities()))]
    severity: &'static str,
    /// What is wrong, in English.
    message: String,
    /// The same with holes instead of what is particular to this finding: `unknown key {key}`.
    template: &'static str,
    /// What fills the holes, by name.
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    arguments: Map<String, Value>,
    /// The way out, in English.
    help: Option<String>,
    /// Other places that belong to it.
    labels: Vec<Label>,
    /// The edits that would mend it, where they are certain.
    fix: Option<Fix>,
    /// Why it does not count; null where it does.
    waiver: Option<Waived>,
    /// What it is recognised by when lines have moved; no other finding of its file has it.
    #[schemars(regex(pattern = r"^[0-9a-f]{32}$"))]
    fingerprint: String,
    /// Where the page of the rule is to be read; null where nobody said where the pages are.
    url: Option<String>,
}

/// A position in a text.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Position")]
struct At {
    /// Line, from 1.
    #[schemars(range(min = 1))]
    line: usize,
    /// Column in Unicode characters, from 1.
    #[schemars(range(min = 1))]
    column: usize,
    /// Bytes of the text before it in UTF-8, a byte order mark not counted.
    offset: usize,
}

/// Another place of a finding.
#[derive(Serialize, JsonSchema)]
struct Label {
    /// The file.
    file: String,
    /// Where it begins; null for a file as a whole.
    start: Option<At>,
    /// Behind its last character.
    end: Option<At>,
    /// What is to be seen there, in English.
    message: String,
}

/// Edits that together would mend a finding.
#[derive(Serialize, JsonSchema)]
struct Fix {
    /// Whether what was meant is kept in every case.
    safe: bool,
    /// In order of place, none over another.
    edits: Vec<Edit>,
}

/// A replacement of text; one of nothing inserts.
#[derive(Serialize, JsonSchema)]
struct Edit {
    /// Where what is replaced begins.
    start: At,
    /// Behind its last character.
    end: At,
    /// The new text.
    replacement: String,
}

/// Why a finding does not count.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Waiver")]
struct Waived {
    /// `comment`: the writer of the manifest allowed it. `baseline`: it was there before.
    #[schemars(extend("enum" = ["comment", "baseline"]))]
    by: &'static str,
    /// The reason that the comment gives.
    reason: Option<String>,
}

fn groups() -> Vec<&'static str> {
    Group::ALL.iter().map(|group| group.name()).collect()
}

fn severities() -> [&'static str; 3] {
    [Severity::Error, Severity::Warning, Severity::Info].map(Severity::name)
}

impl From<Position> for At {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column, offset: position.offset }
    }
}

impl From<&Beside> for Label {
    fn from(beside: &Beside) -> Self {
        Self {
            file: beside.file.clone(),
            start: beside.region.map(|region| region.start.into()),
            end: beside.region.map(|region| region.end.into()),
            message: beside.text.english(),
        }
    }
}

impl From<&Remedy> for Fix {
    fn from(remedy: &Remedy) -> Self {
        let edits = remedy.changes.iter().map(|change| Edit {
            start: change.region.start.into(),
            end: change.region.end.into(),
            replacement: change.replacement.clone(),
        });
        Self { safe: remedy.safe, edits: edits.collect() }
    }
}

impl From<&Waiver> for Waived {
    fn from(waiver: &Waiver) -> Self {
        match waiver {
            Waiver::Comment(reason) => Self { by: "comment", reason: Some(reason.clone()) },
            Waiver::Baseline => Self { by: "baseline", reason: None },
        }
    }
}

impl Entry {
    fn of(finding: &Finding, pages: Option<&str>) -> Self {
        let argument = |(name, value): &(&str, Argument)| ((*name).to_owned(), Value::from(value.english()));
        Self {
            file: finding.file.clone(),
            pointer: finding.pointer.clone(),
            path: finding.node(),
            start: finding.region.map(|region| region.start.into()),
            end: finding.region.map(|region| region.end.into()),
            code: finding.rule.code,
            name: finding.rule.name,
            group: finding.rule.group.name(),
            severity: finding.severity.name(),
            message: finding.message.english(),
            template: finding.message.template(),
            arguments: finding.message.args.iter().map(argument).collect(),
            help: finding.help.as_ref().map(Text::english),
            labels: finding.beside.iter().map(Label::from).collect(),
            fix: finding.remedy.as_ref().map(Fix::from),
            waiver: finding.waiver.as_ref().map(Waived::from),
            fingerprint: finding.fingerprint.clone(),
            url: pages.map(|pages| url(pages, finding.rule)),
        }
    }
}

/// An object of what there is: a key of which there is nothing is left out.
pub(super) fn object<const N: usize>(entries: [(&str, Option<Value>); N]) -> Value {
    let there = entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    there.collect::<Map<_, _>>().into()
}

/// The versioned JSON document of findings.
pub fn json<'f>(findings: impl IntoIterator<Item = &'f Finding>, pages: Option<&str>) -> String {
    let findings = findings.into_iter().map(|finding| Entry::of(finding, pages)).collect();
    escape::json(&Findings { clm_findings: VERSION, findings }, true)
}

/// A finding as a line of JSON.
pub fn jsonl(finding: &Finding, pages: Option<&str>) -> String {
    escape::json(&Line { clm_finding: VERSION, entry: Entry::of(finding, pages) }, false)
}

/// The JSON Schema (draft 2020-12) of findings.
pub fn findings_schema() -> Value {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Findings>();
    schema.insert("$id".into(), format!("{NAMES}/schema/findings.schema.json").into());
    schema.insert("title".into(), "Findings on manifests of the Cooperation License Manifest".into());
    schema.to_value()
}
