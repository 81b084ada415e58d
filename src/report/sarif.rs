//! SARIF 2.1.0: what services for code and viewers of findings exchange. In English, with every rule of the catalogue, so
//! that a reader knows what was looked for and not found; what was waived is there as suppressed.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::Report;
use super::escape;
use super::finding::{Beside, Finding, Region, Remedy, path};
use super::pages::{self, HOME, url};
use super::prose::sentence;
use crate::catalog;
use crate::diagnostic::{Rule, Severity, Waiver};
use crate::i18n::Lang;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Names the way in which fingerprints are taken; another way gets another name.
const FINGERPRINT: &str = "clmFinding/v1";

/// The log, with one run.
pub fn sarif(report: &Report<'_>) -> String {
    let rules = catalog::rules();
    let places = Places::of(report);
    let index: IndexMap<&str, usize> = rules.iter().enumerate().map(|(at, rule)| (rule.code, at)).collect();
    let results = report.findings.iter().map(|finding| result(finding, &places, &index));
    let run = json!({
        "tool": { "driver": {
            "name": "clm",
            "fullName": "clm check, the linter of Cooperation License Manifests",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": HOME,
            "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        } },
        "invocations": [{
            "executionSuccessful": report.exit < 2,
            "exitCode": report.exit,
            "exitCodeDescription": report.summary.iter().map(|text| sentence(&text.english())).collect::<Vec<_>>().join(" "),
        }],
        "artifacts": places.artifacts(),
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "language": "en",
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

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": sentence(rule.summary) },
        "fullDescription": { "text": pages::says(rule) },
        "help": { "text": pages::text(rule), "markdown": rule.page },
        "helpUri": url(rule),
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
    })
}

fn result(finding: &Finding, places: &Places<'_>, rules: &IndexMap<&str, usize>) -> Value {
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rules.get(finding.rule.code).copied().unwrap_or_default(),
        "level": level(finding.severity),
        "message": { "text": finding.sentence(Lang::En) },
        "locations": [location(finding, places)],
        "partialFingerprints": { FINGERPRINT: finding.fingerprint },
    });
    let mut add = |key: &str, value: Value| result[key] = value;
    if !finding.beside.is_empty() {
        add("relatedLocations", (1..).zip(&finding.beside).map(|(id, beside)| related(id, beside, places)).collect());
    }
    if let Some(remedy) = &finding.remedy {
        add("fixes", json!([fix(finding, remedy, places)]));
    }
    if let Some(waiver) = &finding.waiver {
        add("suppressions", json!([suppression(waiver)]));
    }
    result
}

fn location(finding: &Finding, places: &Places<'_>) -> Value {
    let mut physical = places.physical(&finding.file, finding.region);
    // Only what is told whole is a snippet.
    let whole = |at: Region| !finding.excerpt.is_empty() && at.end.offset - at.start.offset == finding.excerpt.len();
    if finding.region.is_some_and(whole) {
        physical["region"]["snippet"] = json!({ "text": finding.excerpt });
    }
    let mut location = json!({ "physicalLocation": physical });
    let node = finding.node();
    if !node.is_empty() {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": node }]);
    }
    location
}

fn related(id: usize, beside: &Beside, places: &Places<'_>) -> Value {
    json!({
        "id": id,
        "physicalLocation": places.physical(&beside.file, beside.region),
        "message": { "text": beside.text.english() },
    })
}

fn fix(finding: &Finding, remedy: &Remedy, places: &Places<'_>) -> Value {
    let replacements = remedy.changes.iter().map(
        |change| json!({ "deletedRegion": region(change.region), "insertedContent": { "text": change.replacement } }),
    );
    let how = finding.help.as_ref().map_or_else(|| finding.rule.summary.to_owned(), |help| help.english());
    json!({
        "description": { "text": how },
        "artifactChanges": [{
            "artifactLocation": places.artifact(&finding.file),
            "replacements": replacements.collect::<Vec<_>>(),
        }],
        "properties": { "safe": remedy.safe },
    })
}

fn suppression(waiver: &Waiver) -> Value {
    match waiver {
        Waiver::Comment(reason) => json!({ "kind": "inSource", "status": "accepted", "justification": reason }),
        Waiver::Baseline => {
            json!({ "kind": "external", "status": "accepted", "justification": "it stands in the baseline" })
        }
    }
}

/// Columns count units of UTF-16 here, as `columnKind` says.
fn region(region: Region) -> Value {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.utf16,
        "endLine": region.end.line,
        "endColumn": region.end.utf16,
    })
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

    fn physical(&self, file: &str, at: Option<Region>) -> Value {
        let mut physical = Map::new();
        physical.insert("artifactLocation".to_owned(), self.artifact(file));
        if let Some(at) = at {
            physical.insert("region".to_owned(), region(at));
        }
        physical.into()
    }
}
