//! One line a finding, for editors, `grep` and those who know the rules: `file:line:column: severity[CODE name] message`.

use super::diagnostics::at;
use super::escape_line;
use super::finding::Finding;
use super::words::{said, severity_word};
use crate::i18n::Lang;

/// A finding in one line.
pub fn concise(finding: &Finding, lang: Lang) -> String {
    let rule = finding.rule;
    format!(
        "{}: {}[{} {}] {}\n",
        at(&finding.file, finding.region),
        severity_word(finding.severity, lang),
        rule.code,
        rule.name,
        escape_line(&said(&finding.message, lang)),
    )
}
