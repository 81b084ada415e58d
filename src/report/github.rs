//! Workflow commands: what GitHub Actions shows beside the lines of a change.

use super::escape;
use super::finding::Finding;
use crate::diagnostic::Severity;
use crate::i18n::Lang;

/// A finding as a workflow command.
pub fn github(finding: &Finding, lang: Lang) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = vec![("file", finding.path().to_owned())];
    if let Some(region) = finding.region {
        properties.push(("line", region.start.line.to_string()));
        properties.push(("endLine", region.end.line.to_string()));
        properties.push(("col", region.start.column.to_string()));
        // The service takes the column of the end for one of the line of the beginning.
        if region.start.line == region.end.line {
            properties.push(("endColumn", region.end.column.to_string()));
        }
    }
    properties.push(("title", format!("{} {}", finding.rule.code, finding.rule.name)));
    let properties: Vec<String> =
        properties.into_iter().map(|(name, value)| format!("{name}={}", property(&value))).collect();
    format!("::{command} {}::{}\n", properties.join(","), data(&finding.sentence(lang)))
}

/// A text behind the second colons.
fn data(text: &str) -> String {
    escape(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text before the second colons.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
