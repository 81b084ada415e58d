//! The diagnostic format of reviewdog, which comments on changes wherever they are reviewed and suggests edits there.

use serde_json::{Map, Value, json};

use super::Report;
use super::escape;
use super::finding::{Beside, Finding, Position, Region, path};
use super::pages::{HOME, url};
use super::words::said;
use crate::i18n::Lang;

/// The report.
pub fn rdjson(report: &Report<'_>) -> String {
    let diagnostics: Vec<Value> = report.standing().map(|finding| diagnostic(finding, report.lang)).collect();
    escape::json(&json!({ "source": { "name": "clm", "url": HOME }, "diagnostics": diagnostics }), true)
}

fn diagnostic(finding: &Finding, lang: Lang) -> Value {
    let mut entry = json!({
        "message": finding.sentence(lang),
        "location": location(finding.path(), finding.region),
        "severity": finding.severity.name().to_uppercase(),
        "code": { "value": format!("{} {}", finding.rule.code, finding.rule.name), "url": url(finding.rule) },
    });
    if let Some(remedy) = &finding.remedy {
        let suggest = |change: &super::Change| json!({ "range": range(change.region), "text": change.replacement });
        entry["suggestions"] = remedy.changes.iter().map(suggest).collect();
    }
    if !finding.beside.is_empty() {
        entry["relatedLocations"] = finding.beside.iter().map(|beside| related(beside, lang)).collect();
    }
    entry
}

fn related(beside: &Beside, lang: Lang) -> Value {
    json!({ "message": said(&beside.text, lang), "location": location(path(&beside.file), beside.region) })
}

fn location(path: &str, region: Option<Region>) -> Value {
    let mut location = Map::new();
    location.insert("path".to_owned(), path.into());
    if let Some(region) = region {
        location.insert("range".to_owned(), range(region));
    }
    location.into()
}

/// Columns count bytes of UTF-8 here.
fn range(region: Region) -> Value {
    let at = |position: Position| json!({ "line": position.line, "column": position.byte });
    json!({ "start": at(region.start), "end": at(region.end) })
}
