//! Findings in whole sentences, one a line: for screen readers, Braille displays and voices. Nothing is drawn, and no sign
//! has a meaning that is not said in words.

use super::escape_line;
use super::finding::{Beside, Finding, Region};
use super::prose::{in_sentence, sentence};
use super::words::said;
use crate::diagnostic::{Severity, Step, Text};
use crate::i18n::Lang;
use crate::source::LineColumn;

/// What was found in one file.
pub fn narrated(findings: &[&Finding], lang: Lang) -> String {
    let Some(first) = findings.first() else { return String::new() };
    let total = findings.len();
    let begin = match total {
        1 => Text::new("there is one finding in {file}"),
        _ => Text::new("there are {total} findings in {file}").with("total", total),
    };
    let mut out = in_sentence(&begin.with("file", &first.file), lang) + "\n";
    for (number, finding) in (1..).zip(findings) {
        let count = Text::new("finding {number} of {total}").with("number", number).with("total", total);
        out.push_str(&format!("\n{} ", in_sentence(&count, lang)));
        out.extend(sentences(finding, lang).into_iter().map(|sentence| escape_line(&sentence) + "\n"));
    }
    out + "\n"
}

/// The sentences of a finding: where, what, what is written there, what else to look at, the way out, the rule.
fn sentences(finding: &Finding, lang: Lang) -> Vec<String> {
    let mut told = vec![place(finding, lang), sentence(&said(&finding.message, lang))];
    if finding.region.is_some() && !finding.excerpt.is_empty() {
        told.push(in_sentence(&Text::new("what is written: `{text}`").with("text", &finding.excerpt), lang));
    }
    told.extend(finding.beside.iter().map(|beside| also(beside, finding, lang)));
    if let Some(help) = &finding.help {
        told.push(sentence(&format!("{} {}", said(&Text::new("what to do:"), lang), said(help, lang))));
    }
    let rule = Text::new("the rule is {name}, {code}").with("name", finding.rule.name).with("code", finding.rule.code);
    told.push(in_sentence(&rule, lang));
    told
}

/// `Error on line 17, column 12 of mill.clm.yaml, in offers, flour, price.`
fn place(finding: &Finding, lang: Lang) -> String {
    let keys = keys(finding, lang);
    let text = match (finding.severity, finding.region, keys.is_empty()) {
        (Severity::Error, None, _) => Text::new("error about {file}"),
        (Severity::Warning, None, _) => Text::new("warning about {file}"),
        (Severity::Info, None, _) => Text::new("note about {file}"),
        (Severity::Error, _, true) => Text::new("error on line {line}, column {column} of {file}"),
        (Severity::Warning, _, true) => Text::new("warning on line {line}, column {column} of {file}"),
        (Severity::Info, _, true) => Text::new("note on line {line}, column {column} of {file}"),
        (Severity::Error, _, _) => Text::new("error on line {line}, column {column} of {file}, in {keys}"),
        (Severity::Warning, _, _) => Text::new("warning on line {line}, column {column} of {file}, in {keys}"),
        (Severity::Info, _, _) => Text::new("note on line {line}, column {column} of {file}, in {keys}"),
    };
    in_sentence(&at(text, &finding.file, finding.region).with("keys", keys), lang)
}

/// The way to the node concerned, as one would read it aloud.
fn keys(finding: &Finding, lang: Lang) -> String {
    let step = |step: &Step<LineColumn>| match step {
        Step::Key(words) | Step::Item { words, at: None } => words.to_string(),
        Step::Item { words, at: Some(at) } => {
            let text = Text::new("{words} on line {line}, column {column}").with("words", words);
            said(&text.with("line", at.line).with("column", at.column), lang)
        }
    };
    finding.steps.iter().map(step).collect::<Vec<_>>().join(", ")
}

fn also(beside: &Beside, finding: &Finding, lang: Lang) -> String {
    let text = match beside.region {
        Some(_) if beside.file == finding.file => Text::new("see also line {line}, column {column}:"),
        Some(_) => Text::new("see also line {line}, column {column} of {file}:"),
        None => Text::new("see also {file}:"),
    };
    sentence(&format!("{} {}", said(&at(text, &beside.file, beside.region), lang), said(&beside.text, lang)))
}

fn at(text: Text, file: &str, region: Option<Region>) -> Text {
    let text = text.with("file", file);
    match region {
        Some(region) => text.with("line", region.start.line).with("column", region.start.column),
        None => text,
    }
}
