//! SARIF 2.1.0: what services for code and viewers of findings exchange and show to people, hence in the language of the
//! reader. With every rule of the catalogue, so that a reader knows what was looked for and not found; what was waived is there
//! as suppressed.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::Report;
use super::escape;
use super::finding::{Beside, Finding, Region, Remedy, path};
use super::json::object;
use super::page::page_as_markdown;
use super::pages::{self, url};
use super::prose::sentence;
use super::words::said;
use crate::catalog;
use crate::diagnostic::{Rule, Severity, Text, Waiver};
use crate::i18n::Lang;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Names the way in which fingerprints are taken; another way gets another name.
const FINGERPRINT: &str = "clmFinding/v1";

/// The log, with one run.
pub fn sarif(report: &Report<'_>) -> String {
    let rules = catalog::rules();
    let (places, lang) = (Places::of(report), report.lang);
    let index: IndexMap<&str, usize> = rules.iter().enumerate().map(|(at, rule)| (rule.code, at)).collect();
    let results = report.findings.iter().map(|finding| result(finding, &places, &index, lang));
    let mut driver = json!({
        "name": "clm",
        "fullName": "clm check, the linter of Cooperation License Manifests",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|rule| descriptor(rule, report)).collect::<Vec<_>>(),
    });
    insert(&mut driver, "informationUri", report.pages.map(pages::all));
    let run = json!({
        "tool": { "driver": driver },
        "invocations": [{
            "executionSuccessful": report.exit < 2,
            "exitCode": report.exit,
            "exitCodeDescription": report.summary.iter().map(|text| sentence(&said(text, lang))).collect::<Vec<_>>().join(" "),
        }],
        "artifacts": places.artifacts(),
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "language": lang.code(),
        "results": results.collect::<Vec<_>>(),
    });
    escape::json(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }), true)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn descriptor(rule: &Rule, report: &Report<'_>) -> Value {
    let lang = report.lang;
    let page = page_as_markdown(rule, lang);
    let mut descriptor = json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": sentence(&said(&rule.heading(), lang)) },
        "fullDescription": { "text": pages::says(&page) },
        "help": { "text": pages::text(&page), "markdown": page },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "group": rule.group.name(),
            "since": rule.since,
            "section": rule.anchor,
            "template": rule.message,
            "tags": [rule.group.name()],
            // What services ask for that sort by how much rules matter.
            "problem.severity": if rule.severity == Severity::Info { "recommendation" } else { rule.severity.name() },
        },
    });
    insert(&mut descriptor, "helpUri", report.pages.map(|pages| url(pages, rule)));
    descriptor
}

/// Puts an address in, where there is one.
fn insert(object: &mut Value, key: &str, address: Option<String>) {
    if let (Value::Object(entries), Some(address)) = (object, address) {
        entries.insert(key.to_owned(), address.into());
    }
}

fn result(finding: &Finding, places: &Places<'_>, rules: &IndexMap<&str, usize>, lang: Lang) -> Value {
    let others = Some(&finding.beside).filter(|beside| !beside.is_empty());
    let related =
        |beside: &Vec<Beside>| (1..).zip(beside).map(|(id, beside)| related(id, beside, places, lang)).collect();
    object([
        ("ruleId", Some(finding.rule.code.into())),
        ("ruleIndex", rules.get(finding.rule.code).copied().map(Value::from)),
        ("level", Some(level(finding.severity).into())),
        ("message", Some(json!({ "text": finding.sentence(lang) }))),
        ("locations", Some(json!([location(finding, places)]))),
        ("relatedLocations", others.map(related)),
        ("fixes", finding.remedy.as_ref().map(|remedy| json!([fix(finding, remedy, places, lang)]))),
        ("suppressions", finding.waiver.as_ref().map(|waiver| json!([suppression(waiver, lang)]))),
        ("partialFingerprints", Some(json!({ FINGERPRINT: finding.fingerprint }))),
    ])
}

fn location(finding: &Finding, places: &Places<'_>) -> Value {
    // Only what is told whole is a snippet.
    let whole = |at: &Region| !finding.excerpt.is_empty() && at.end.offset - at.start.offset == finding.excerpt.len();
    let snippet = finding.region.filter(whole).map(|_| finding.excerpt.as_str());
    let node = Some(finding.node()).filter(|node| !node.is_empty());
    object([
        ("physicalLocation", Some(places.physical(&finding.file, finding.region, snippet))),
        ("logicalLocations", node.map(|node| json!([{ "fullyQualifiedName": node }]))),
    ])
}

fn related(id: usize, beside: &Beside, places: &Places<'_>, lang: Lang) -> Value {
    json!({
        "id": id,
        "physicalLocation": places.physical(&beside.file, beside.region, None),
        "message": { "text": said(&beside.text, lang) },
    })
}

fn fix(finding: &Finding, remedy: &Remedy, places: &Places<'_>, lang: Lang) -> Value {
    let replacements = remedy.changes.iter().map(
        |change| json!({ "deletedRegion": region(change.region, None), "insertedContent": { "text": change.replacement } }),
    );
    let how = finding.help.as_ref().map_or_else(|| said(&finding.rule.heading(), lang), |help| said(help, lang));
    json!({
        "description": { "text": how },
        "artifactChanges": [{
            "artifactLocation": places.artifact(&finding.file),
            "replacements": replacements.collect::<Vec<_>>(),
        }],
        "properties": { "safe": remedy.safe },
    })
}

fn suppression(waiver: &Waiver, lang: Lang) -> Value {
    match waiver {
        Waiver::Comment(reason) => json!({ "kind": "inSource", "status": "accepted", "justification": reason }),
        Waiver::Baseline => {
            let why = said(&Text::new("it stands in the baseline"), lang);
            json!({ "kind": "external", "status": "accepted", "justification": why })
        }
    }
}

/// Columns count units of UTF-16 here, as `columnKind` says.
fn region(region: Region, snippet: Option<&str>) -> Value {
    object([
        ("startLine", Some(region.start.line.into())),
        ("startColumn", Some(region.start.utf16.into())),
        ("endLine", Some(region.end.line.into())),
        ("endColumn", Some(region.end.utf16.into())),
        ("snippet", snippet.map(|text| json!({ "text": text }))),
    ])
}

/// The files that are spoken of, in the order in which they come up.
struct Places<'a>(IndexMap<&'a str, usize>);

impl<'a> Places<'a> {
    fn of(report: &Report<'a>) -> Self {
        let found = report.findings.iter().flat_map(|finding| {
            std::iter::once(finding.file.as_str()).chain(finding.beside.iter().map(|beside| beside.file.as_str()))
        });
        let mut files = IndexMap::new();
        for file in report.files.iter().map(String::as_str).chain(found) {
            let next = files.len();
            files.entry(path(file)).or_insert(next);
        }
        Self(files)
    }

    fn artifacts(&self) -> Vec<Value> {
        let artifact = |file: &&str| json!({ "location": { "uri": escape::uri(file) }, "roles": ["analysisTarget"] });
        self.0.keys().map(artifact).collect()
    }

    fn artifact(&self, file: &str) -> Value {
        let file = path(file);
        json!({ "uri": escape::uri(file), "index": self.0.get(file).copied().unwrap_or_default() })
    }

    fn physical(&self, file: &str, at: Option<Region>, snippet: Option<&str>) -> Value {
        object([("artifactLocation", Some(self.artifact(file))), ("region", at.map(|at| region(at, snippet)))])
    }
}
