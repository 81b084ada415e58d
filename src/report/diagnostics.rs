//! Findings as plain text and for terminals.

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, Severity as Level};

use super::snippet::{location, snippet};
use super::words::{help_word, said, severity_word};
use super::{escape, layout};
use crate::diagnostic::{Diagnostic, Severity};
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
    for label in &diagnostic.labels {
        out.push_str(&format!("  {}: {}\n", location(sources, label.place), escape(&said(&label.text, lang))));
        out.push_str(&snippet(sources, label.place, "  "));
    }
    if let Some(help) = &diagnostic.help {
        out.push_str(&layout::wrap(&format!("  {}: ", help_word(lang)), &escape(&said(help, lang))));
    }
    out
}

/// A finding for a terminal, with its line framed.
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
    let style = theme.styles.help;
    let handler = GraphicalReportHandler::new_themed(theme).with_width(layout::COLUMNS).with_context_lines(1);
    let report = Framed { diagnostic, lang, source: NamedSource::new(escape(source.name()), source.text().to_owned()) };
    let mut out = String::new();
    if handler.render_report(&mut out, &report).is_err() {
        return plain(diagnostic, sources, lang);
    }
    // The drawer of frames knows the word in English alone.
    if let Some(help) = &diagnostic.help {
        let word = format!("  {}: ", help_word(lang));
        let text = layout::wrap(&word, &escape(&said(help, lang)));
        out.push_str(&style.style(&word).to_string());
        out.push_str(text.strip_prefix(&word).unwrap_or(&text));
    }
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
