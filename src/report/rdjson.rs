//! The diagnostic format of reviewdog, which comments on changes wherever they are reviewed and suggests edits there.

use serde_json::{Value, json};

use super::Report;
use super::escape;
use super::finding::{Beside, Change, Finding, Position, Region, path};
use super::json::object;
use super::pages::url;
use super::words::said;
use crate::i18n::Lang;

/// The report.
pub fn rdjson(report: &Report<'_>) -> String {
    let diagnostics: Vec<Value> = report.standing().map(|finding| diagnostic(finding, report)).collect();
    escape::json(&json!({ "source": { "name": "clm" }, "diagnostics": diagnostics }), true)
}

fn diagnostic(finding: &Finding, report: &Report<'_>) -> Value {
    let lang = report.lang;
    let code = object([
        ("value", Some(format!("{} {}", finding.rule.code, finding.rule.name).into())),
        ("url", report.pages.map(|pages| url(pages, finding.rule).into())),
    ]);
    let suggest = |change: &Change| json!({ "range": range(change.region), "text": change.replacement });
    let suggestions = finding.remedy.as_ref().map(|remedy| remedy.changes.iter().map(suggest).collect());
    let others = Some(&finding.beside).filter(|beside| !beside.is_empty());
    object([
        ("message", Some(finding.sentence(lang).into())),
        ("location", Some(location(finding.path(), finding.region))),
        ("severity", Some(finding.severity.name().to_uppercase().into())),
        ("code", Some(code)),
        ("suggestions", suggestions),
        ("relatedLocations", others.map(|others| others.iter().map(|beside| related(beside, lang)).collect())),
    ])
}

fn related(beside: &Beside, lang: Lang) -> Value {
    json!({ "message": said(&beside.text, lang), "location": location(path(&beside.file), beside.region) })
}

fn location(path: &str, region: Option<Region>) -> Value {
    object([("path", Some(path.into())), ("range", region.map(range))])
}

/// Columns count bytes of UTF-8 here.
fn range(region: Region) -> Value {
    let at = |position: Position| json!({ "line": position.line, "column": position.byte });
    json!({ "start": at(region.start), "end": at(region.end) })
}
