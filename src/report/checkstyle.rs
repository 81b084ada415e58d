//! The XML of Checkstyle, which most programs that collect warnings can read.

use super::Report;
use super::escape::xml;
use super::finding::Finding;
use crate::i18n::Lang;

/// The report: the files and what stands in each.
pub fn checkstyle(report: &Report<'_>) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
    for (file, findings) in report.by_file() {
        out.push_str(&format!("  <file name=\"{}\">\n", xml(file)));
        out.extend(findings.into_iter().map(|finding| error(finding, report.lang)));
        out.push_str("  </file>\n");
    }
    out + "</checkstyle>\n"
}

/// The source is read as category and type: the group of the rule and its code.
fn error(finding: &Finding, lang: Lang) -> String {
    let at = finding.region.map_or_else(String::new, |region| {
        format!(" line=\"{}\" column=\"{}\"", region.start.line, region.start.column)
    });
    format!(
        "    <error{at} severity=\"{}\" message=\"{}\" source=\"clm.{}.{}\"/>\n",
        finding.severity.name(),
        xml(&finding.sentence(lang)),
        finding.rule.group.name(),
        finding.rule.code,
    )
}
