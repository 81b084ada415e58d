//! Findings as plain text: no drawing and no colour.

use super::finding::{Finding, Region};
use super::layout::{Width, wrap};
use super::words::{help_word, said, severity_word};
use super::{escape, escape_line};
use crate::diagnostic::{Diagnostic, Text};
use crate::i18n::Lang;
use crate::source::Sources;

/// A finding as plain text: where, what, the line, the way out. No drawing and no colour.
pub fn plain(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, width: Width) -> String {
    plain_of(&Finding::of(diagnostic, sources, width), lang, width)
}

/// The same of a finding that was freed of its text.
pub(super) fn plain_of(finding: &Finding, lang: Lang, width: Width) -> String {
    let rule = finding.rule;
    let mut out = format!(
        "{}: {}[{} {}]: {}\n",
        at(&finding.file, finding.region),
        severity_word(finding.severity, lang),
        rule.code,
        rule.name,
        escape_line(&said(&finding.message, lang))
    );
    out.push_str(&indented(&finding.snippet));
    for beside in &finding.beside {
        out.push_str(&format!("  {}: {}\n", at(&beside.file, beside.region), escape_line(&said(&beside.text, lang))));
        out.push_str(&indented(&beside.snippet));
    }
    out + &help(finding.help.as_ref(), lang, width)
}

/// `file:line:column`, or the file alone.
pub(super) fn at(file: &str, region: Option<Region>) -> String {
    let place = region.map_or_else(String::new, |region| format!(":{}:{}", region.start.line, region.start.column));
    escape_line(file) + &place
}

fn indented(lines: &str) -> String {
    lines.lines().map(|line| format!("  {line}\n")).collect()
}

/// The way out, in lines that a terminal has room for.
fn help(help: Option<&Text>, lang: Lang, width: Width) -> String {
    let Some(help) = help else { return String::new() };
    wrap(&format!("  {}: ", help_word(lang)), &escape(&said(help, lang)), width)
}
