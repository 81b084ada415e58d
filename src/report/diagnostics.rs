//! Findings as plain text, for terminals, and as JSON.

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, Severity as Level};
use serde_json::{Value, json};

use super::snippet::{location, snippet};
use super::{escape, layout};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// A finding as plain text: where, what, the line, the way out. No drawing and no colour.
pub fn plain(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let rule = diagnostic.rule;
    let mut out = format!(
        "{}: {}[{} {}]: {}\n",
        location(sources, diagnostic.place),
        diagnostic.severity.name(),
        rule.code,
        rule.name,
        escape(&diagnostic.message.english())
    );
    out.push_str(&snippet(sources, diagnostic.place, "  "));
    for label in &diagnostic.labels {
        out.push_str(&format!("  {}: {}\n", location(sources, label.place), escape(&label.text.english())));
        out.push_str(&snippet(sources, label.place, "  "));
    }
    if let Some(help) = &diagnostic.help {
        out.push_str(&layout::wrap("  help: ", &escape(&help.english())));
    }
    out
}

/// A finding for a terminal, with its line framed.
pub fn fancy(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let Some(source) = sources.get(diagnostic.place.source).filter(|source| !source.text().is_empty()) else {
        return plain(diagnostic, sources);
    };
    let clean = source.text().chars().all(|c| c == '\n' || escape(&c.to_string()).starts_with(c));
    if !clean {
        // What is not shown as it is written would shift the frame.
        return plain(diagnostic, sources);
    }
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(layout::COLUMNS).with_context_lines(1);
    let report = Framed { diagnostic, source: NamedSource::new(escape(source.name()), source.text().to_owned()) };
    let mut out = String::new();
    if handler.render_report(&mut out, &report).is_err() {
        return plain(diagnostic, sources);
    }
    out
}

/// A finding as the frame drawer wants it.
#[derive(Debug)]
struct Framed<'d> {
    diagnostic: &'d Diagnostic,
    source: NamedSource<String>,
}

impl std::fmt::Display for Framed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&escape(&self.diagnostic.message.english()))
    }
}

impl std::error::Error for Framed<'_> {}

impl miette::Diagnostic for Framed<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(format!("{} {}", self.diagnostic.rule.code, self.diagnostic.rule.name)))
    }

    fn severity(&self) -> Option<Level> {
        Some(match self.diagnostic.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Info => Level::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        let help = self.diagnostic.help.as_ref()?;
        Some(Box::new(escape(&help.english())))
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let place = self.diagnostic.place;
        let first = LabeledSpan::new_primary_with_span(None, place.span.start..place.span.end);
        let here = self.diagnostic.labels.iter().filter(move |label| label.place.source == place.source);
        let others = here.map(|label| {
            LabeledSpan::new_with_span(
                Some(escape(&label.text.english())),
                label.place.span.start..label.place.span.end,
            )
        });
        Some(Box::new(std::iter::once(first).chain(others)))
    }
}

/// Findings as a versioned JSON document.
pub fn as_json(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    json_document(json_findings(diagnostics, sources))
}

/// Findings as the entries of a [`json_document`], for those who gather them from many texts.
pub fn json_findings(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Value> {
    let finding = |d: &Diagnostic| {
        let source = sources.get(d.place.source);
        let at = |offset: usize| source.map(|source| source.line_column(offset));
        let (start, end) = (at(d.place.span.start), at(d.place.span.end));
        json!({
            "file": source.map(|source| source.name()),
            "pointer": d.pointer,
            "start": start.map(|at| json!({ "line": at.line, "column": at.column })),
            "end": end.map(|at| json!({ "line": at.line, "column": at.column })),
            "code": d.rule.code,
            "name": d.rule.name,
            "severity": d.severity.name(),
            "message": d.message.english(),
            "arguments": d.message.args.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str()))).collect::<serde_json::Map<_, _>>(),
            "help": d.help.as_ref().map(|help| help.english()),
        })
    };
    diagnostics.iter().map(finding).collect()
}

/// The versioned JSON document of findings.
pub fn json_document(findings: Vec<Value>) -> Value {
    json!({ "clm_findings": 1, "findings": findings })
}
