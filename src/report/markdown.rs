//! A report in Markdown, for issues, comments and wikis: a table of files, then what was found in each.

use super::Report;
use super::escape_line;
use super::finding::{Beside, Finding, Region};
use super::pages::url;
use super::prose::{capital, sentence};
use super::words::{said, severity_word};
use crate::diagnostic::{Severity, Text};
use crate::i18n::Lang;

/// The report.
pub fn markdown(report: &Report<'_>) -> String {
    let lang = report.lang;
    let mut out = format!("## {}\n", prose(&capital(&said(&Text::new("what `clm check` found"), lang))));
    out.extend(report.summary.iter().map(|text| format!("\n{}\n", prose(&sentence(&said(text, lang))))));
    let files = report.by_file();
    let told: Vec<_> = files.iter().filter(|(_, findings)| !findings.is_empty()).collect();
    if told.is_empty() {
        return out;
    }
    let row = |name: &str, cells: [String; 3]| format!("| {name} | {} |\n", cells.join(" | "));
    let heads = [Text::new("errors"), Text::new("warnings"), Text::new("notes")].map(|text| said(&text, lang));
    out.push('\n');
    out.push_str(&row(&said(&Text::new("file"), lang), heads));
    out.push_str("|---|---:|---:|---:|\n");
    for (file, findings) in &told {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count().to_string();
        let cells = [Severity::Error, Severity::Warning, Severity::Info].map(count);
        out.push_str(&row(&code(file).replace('|', "\\|"), cells));
    }
    for (file, findings) in told {
        out.push_str(&format!("\n### {}\n", code(file)));
        out.extend(findings.iter().map(|finding| entry(finding, report)));
    }
    out
}

/// A finding as an entry of a list: what, where, the lines, the way out.
fn entry(finding: &Finding, report: &Report<'_>) -> String {
    let (rule, lang) = (finding.rule, report.lang);
    let name = format!("{} {}", rule.code, rule.name);
    let mut out = format!(
        "\n- **{}** {}{}: {}\n",
        severity_word(finding.severity, lang),
        report.pages.map_or_else(|| name.clone(), |pages| format!("[{name}]({})", url(pages, rule))),
        place(finding.region, lang),
        prose(&said(&finding.message, lang)),
    );
    out.push_str(&block(&finding.snippet));
    for beside in &finding.beside {
        out.push_str(&format!("\n  {}: {}\n", elsewhere(beside, finding, lang), prose(&said(&beside.text, lang))));
        out.push_str(&block(&beside.snippet));
    }
    if let Some(help) = &finding.help {
        out.push_str(&format!("\n  {}\n", prose(&sentence(&said(help, lang)))));
    }
    out
}

/// `, line 17, column 12`, or nothing for a file as a whole.
fn place(region: Option<Region>, lang: Lang) -> String {
    region.map_or_else(String::new, |region| {
        format!(", {}", position(Text::new("line {line}, column {column}"), region, lang))
    })
}

fn position(text: Text, region: Region, lang: Lang) -> String {
    said(&text.with("line", region.start.line).with("column", region.start.column), lang)
}

fn elsewhere(beside: &Beside, finding: &Finding, lang: Lang) -> String {
    let file = if beside.file == finding.file { String::new() } else { format!("{}, ", code(&beside.file)) };
    match beside.region {
        Some(region) => file + &position(Text::new("line {line}, column {column}"), region, lang),
        None => code(&beside.file),
    }
}

/// Lines as they are, inside an entry of a list.
pub(super) fn block(lines: &str) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(lines).max(2) + 1);
    let lines: String = lines.lines().map(|line| format!("  {line}\n")).collect();
    format!("\n  {fence}text\n{lines}  {fence}\n")
}

/// A text as code, whatever is in it.
fn code(text: &str) -> String {
    let text = escape_line(text);
    let fence = "`".repeat(longest_run(&text) + 1);
    let room = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{room}{text}{room}{fence}")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A sentence in which what stands in backticks is code, and everything else is only itself.
pub(super) fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let last = parts.len() - 1;
    let mut out = String::new();
    for (number, part) in parts.into_iter().enumerate() {
        match number % 2 {
            // A backtick that is not closed is one.
            1 if number == last => out.push_str(&format!("\\`{}", literal(part))),
            1 => out.push_str(&code(part)),
            _ => out.push_str(&literal(part)),
        }
    }
    out
}

/// A text in which no sign means anything.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in escape_line(text).chars() {
        if "\\*_[]<>&#|~@!".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
