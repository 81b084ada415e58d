//! The XML of JUnit, in which services show what was tried: every manifest is a suite, and every finding a case.
//!
//! Only an error fails its case, as only errors fail the check; a warning stands in the output of a case that passes.
//! What could not be read is a fault of the run. A manifest without findings is one case that passes.

use super::Report;
use super::diagnostics::plain_of;
use super::escape::xml;
use super::finding::Finding;
use super::layout::Width;
use crate::diagnostic::{Group, Severity};
use crate::i18n::Lang;

/// How many cases there are, and how many did not pass.
#[derive(Clone, Copy, Default)]
struct Count {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Count {
    fn of(findings: &[&Finding]) -> Self {
        let outcome = |wanted: Outcome| findings.iter().filter(|finding| Outcome::of(finding) == wanted).count();
        Self { tests: findings.len().max(1), failures: outcome(Outcome::Failure), errors: outcome(Outcome::Error) }
    }

    fn add(self, other: Self) -> Self {
        Self {
            tests: self.tests + other.tests,
            failures: self.failures + other.failures,
            errors: self.errors + other.errors,
        }
    }

    fn attributes(self) -> String {
        format!("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\"", self.tests, self.failures, self.errors)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failure,
    Error,
}

impl Outcome {
    fn of(finding: &Finding) -> Self {
        match (finding.severity, finding.rule.group) {
            (Severity::Error, Group::Input) => Self::Error,
            (Severity::Error, _) => Self::Failure,
            _ => Self::Passed,
        }
    }
}

/// The report.
pub fn junit(report: &Report<'_>) -> String {
    let suites = report.by_file();
    let all = suites.values().map(|findings| Count::of(findings)).fold(Count::default(), Count::add);
    let mut out =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"clm check\" {}>\n", all.attributes());
    for (file, findings) in suites {
        out.push_str(&format!("  <testsuite name=\"{}\" {}>\n", xml(file), Count::of(&findings).attributes()));
        if findings.is_empty() {
            out.push_str(&format!("    <testcase name=\"{0}\" classname=\"{0}\" file=\"{0}\"/>\n", xml(file)));
        }
        out.extend(findings.into_iter().map(|finding| case(finding, report.lang)));
        out.push_str("  </testsuite>\n");
    }
    out + "</testsuites>\n"
}

/// A case is named by rule and node, so that it is the same case when lines have moved.
fn case(finding: &Finding, lang: Lang) -> String {
    let rule = finding.rule;
    let name = format!("{} {} {}", rule.code, rule.name, finding.node());
    let line = finding.region.map_or_else(String::new, |region| format!(" line=\"{}\"", region.start.line));
    let said = xml(&plain_of(finding, lang, Width::USUAL));
    let inside = match Outcome::of(finding) {
        Outcome::Passed => format!("<system-out>{said}</system-out>"),
        outcome => {
            let tag = if outcome == Outcome::Error { "error" } else { "failure" };
            format!("<{tag} type=\"{}\" message=\"{}\">{said}</{tag}>", rule.code, xml(&finding.sentence(lang)))
        }
    };
    format!(
        "    <testcase name=\"{}\" classname=\"{file}\" file=\"{file}\"{line}>\n      {inside}\n    </testcase>\n",
        xml(name.trim_end()),
        file = xml(&finding.file),
    )
}
