//! Findings as plain text and for terminals.

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, Severity as Level};

use super::snippet::{location, snippet};
use super::words::{said, severity_word, word};
use super::{escape, layout};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::i18n::Lang;
use crate::source::Sources;

/// A finding as plain text: where, what, the line, the way out. No drawing and no colour.
pub fn plain(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let rule = diagnostic.rule;
    let mut out = format!(
        "{}: {}[{} {}]: {}\n",
        location(sources, diagnostic.place),
        severity_word(diagnostic.severity, lang),
        rule.code,
        rule.name,
        escape(&said(&diagnostic.message, lang))
    );
    out.push_str(&snippet(sources, diagnostic.place, "  "));
    out.extend(diagnostic.labels.iter().map(|label| beside(label, sources, lang)));
    if let Some(help) = &diagnostic.help {
        out.push_str(&layout::wrap(&format!("  {}: ", word("help", lang)), &escape(&said(help, lang))));
    }
    out
}

/// A second place as plain text.
fn beside(label: &Label, sources: &Sources, lang: Lang) -> String {
    let sentence = escape(&said(&label.text, lang));
    format!("  {}: {sentence}\n{}", location(sources, label.place), snippet(sources, label.place, "  "))
}

/// A finding for a terminal, with its line framed. A frame shows one text: places in others are told below it.
pub fn fancy(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, colour: bool) -> String {
    let Some(source) = sources.get(diagnostic.place.source).filter(|source| !source.text().is_empty()) else {
        return plain(diagnostic, sources, lang);
    };
    let clean = source.text().chars().all(|c| c == '\n' || escape(&c.to_string()).starts_with(c));
    if !clean {
        // What is not shown as it is written would shift the frame.
        return plain(diagnostic, sources, lang);
    }
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(layout::COLUMNS).with_context_lines(1);
    let report = Framed { diagnostic, lang, source: NamedSource::new(escape(source.name()), source.text().to_owned()) };
    let mut out = String::new();
    if handler.render_report(&mut out, &report).is_err() {
        return plain(diagnostic, sources, lang);
    }
    let elsewhere = diagnostic.labels.iter().filter(|label| label.place.source != diagnostic.place.source);
    out.extend(elsewhere.map(|label| beside(label, sources, lang)));
    out
}

/// A finding as the frame drawer wants it.
#[derive(Debug)]
struct Framed<'d> {
    diagnostic: &'d Diagnostic,
    lang: Lang,
    source: NamedSource<String>,
}

impl std::fmt::Display for Framed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&escape(&said(&self.diagnostic.message, self.lang)))
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
        Some(Box::new(escape(&said(help, self.lang))))
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
                Some(escape(&said(&label.text, self.lang))),
                label.place.span.start..label.place.span.end,
            )
        });
        Some(Box::new(std::iter::once(first).chain(others)))
    }
}
