//! The Code Quality report of GitLab: what a merge request shows of quality won and lost.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Report;
use super::escape;
use super::finding::{Finding, Position};
use crate::diagnostic::{Group, Severity};
use crate::i18n::Lang;

/// The report: a list of what GitLab calls violations.
pub fn gitlab(report: &Report<'_>) -> String {
    escape::json(&report.standing().map(|finding| violation(finding, report.lang)).collect::<Vec<_>>(), true)
}

fn violation(finding: &Finding, lang: Lang) -> Value {
    json!({
        "type": "issue",
        "check_name": format!("{} {}", finding.rule.code, finding.rule.name),
        "description": finding.sentence(lang),
        "categories": [category(finding.rule.group)],
        "severity": match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        "fingerprint": fingerprint(finding),
        "location": location(finding),
    })
}

/// The nearest of the categories of Code Climate, from whom the format is.
fn category(group: Group) -> &'static str {
    match group {
        Group::Safety => "Security",
        Group::Clarity | Group::Fairness | Group::Law => "Clarity",
        Group::Syntax | Group::Shape | Group::Value | Group::Meaning | Group::Input | Group::Conflict => "Bug Risk",
    }
}

/// GitLab takes one fingerprint for one violation, whatever the file.
fn fingerprint(finding: &Finding) -> String {
    let digest = Sha256::digest(format!("{}\n{}", finding.path(), finding.fingerprint));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// A place has to be on a line; a file as a whole is told of on its first.
fn location(finding: &Finding) -> Value {
    let at = |position: Position| json!({ "line": position.line, "column": position.column });
    match finding.region {
        Some(region) => json!({
            "path": finding.path(),
            "positions": { "begin": at(region.start), "end": at(region.end) },
        }),
        None => json!({ "path": finding.path(), "lines": { "begin": 1 } }),
    }
}
