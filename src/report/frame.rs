//! A finding framed for a terminal.
//!
//! The drawer of frames shows lines whole and counts columns in bytes. So it is handed a text of its own, of the lines that are
//! seen alone: they are cut to what a terminal has room for and have nothing hidden in them. Where lines of the source are left
//! out between them, a few empty ones stand, so that nothing is drawn as one that is apart.

use std::collections::BTreeMap;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, Severity as Level,
    SourceCode, SourceSpan, SpanContents,
};

use super::diagnostics::plain;
use super::escape_line;
use super::layout::{self, Width};
use super::pages::url;
use super::snippet::{Snippet, beginning, location, snippet};
use super::words::{help_word, said, severity_word};
use crate::diagnostic::{Diagnostic, Label, Severity, Text};
use crate::i18n::Lang;
use crate::source::{Source, Sources};

/// What a terminal is handed beside characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Colour.
    pub colour: bool,
    /// Links to the pages of rules, which stand there.
    pub links: Option<&'static str>,
    /// How many columns it has.
    pub width: Width,
}

/// A finding for a terminal, with its lines framed.
pub fn fancy(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, paint: Paint) -> String {
    let source = sources.get(diagnostic.place.source).filter(|source| !source.text().is_empty());
    let Some(source) = source else { return plain(diagnostic, sources, lang, paint.width) };
    let (framed, outside) = Framed::of(diagnostic, source, sources, lang, paint);
    let theme = if paint.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(paint.links.is_some())
        .with_link_display_text(said(&Text::new("(link)"), lang))
        .with_width(paint.width.columns())
        .with_context_lines(1)
        .without_syntax_highlighting();
    let mut out = String::new();
    if handler.render_report(&mut out, &framed).is_err() {
        return plain(diagnostic, sources, lang, paint.width);
    }
    for label in outside {
        let text = escape_line(&said(&label.text, lang));
        out.push_str(&format!("  {}: {text}\n", location(sources, label.place)));
        out.push_str(&snippet(sources, label.place, "  ", paint.width));
    }
    if let Some(help) = &diagnostic.help {
        out.push_str(&layout::wrap(&format!("  {}: ", help_word(lang)), &escape_line(&said(help, lang)), paint.width));
    }
    out
}

/// A finding as the drawer of frames wants it.
#[derive(Debug)]
struct Framed {
    code: String,
    message: String,
    severity: Severity,
    url: Option<String>,
    text: Shown,
    labels: Vec<LabeledSpan>,
}

impl Framed {
    /// With the second places that stand in the same text; the others are given back.
    fn of<'d>(
        diagnostic: &'d Diagnostic,
        source: &Source,
        sources: &Sources,
        lang: Lang,
        paint: Paint,
    ) -> (Self, Vec<&'d Label>) {
        let mut sheet = Sheet { source, lines: BTreeMap::new(), marks: Vec::new(), width: paint.width };
        sheet.mark(&Snippet::of(sources, diagnostic.place, paint.width), diagnostic.place.span.start, None);
        let mut outside = Vec::new();
        for label in &diagnostic.labels {
            let text = Some(escape_line(&said(&label.text, lang)));
            let here = label.place.source == diagnostic.place.source;
            if !here || !sheet.mark(&Snippet::of(sources, label.place, paint.width), label.place.span.start, text) {
                outside.push(label);
            }
        }
        let (text, labels) = sheet.write();
        let framed = Self {
            // Signs and colours alone do not say how grave it is, least of all without colour.
            code: format!(
                "{}[{} {}]",
                severity_word(diagnostic.severity, lang),
                diagnostic.rule.code,
                diagnostic.rule.name
            ),
            message: escape_line(&said(&diagnostic.message, lang)),
            severity: diagnostic.severity,
            url: paint.links.map(|pages| url(pages, diagnostic.rule)),
            text,
            labels,
        };
        (framed, outside)
    }
}

/// A mark on a line: columns before it, columns that it takes, where the place begins in the source, and what is said of it.
struct Mark {
    line: usize,
    gap: usize,
    columns: usize,
    offset: usize,
    text: Option<String>,
}

/// Empty lines for lines of the source that are left out: more than a frame shows around a place.
const GAP: usize = 2;

/// The lines that are shown, by number, while they are gathered.
struct Sheet<'s> {
    source: &'s Source,
    lines: BTreeMap<usize, String>,
    marks: Vec<Mark>,
    width: Width,
}

impl Sheet<'_> {
    /// Takes a place up; false where its line is shown already, cut otherwise.
    fn mark(&mut self, shown: &Snippet, offset: usize, text: Option<String>) -> bool {
        let Some((line, first)) = shown.lines.first() else { return false };
        if self.marks.iter().any(|mark| mark.line == *line) && self.lines.get(line) != Some(first) {
            return false;
        }
        // Of several lines the beginning of the first is marked, since a frame over all of them says no more.
        let (gap, columns) = shown.marked.unwrap_or_else(|| {
            let gap = first.chars().take_while(|c| *c == ' ').count();
            (gap, layout::width(first).saturating_sub(gap).max(1))
        });
        for around in [line - 1, line + 1].into_iter().filter(|line| *line > 0) {
            self.lines.entry(around).or_insert_with(|| beginning(self.source.line(around), self.width));
        }
        self.lines.extend(shown.lines.iter().cloned());
        self.marks.push(Mark { line: *line, gap, columns, offset, text });
        true
    }

    /// The text that is framed, and the marks on it.
    fn write(self) -> (Shown, Vec<LabeledSpan>) {
        let mut text = String::new();
        let (mut starts, mut numbers) = (BTreeMap::new(), Vec::new());
        let mut due = 1;
        for (number, line) in &self.lines {
            let left_out = number.saturating_sub(due);
            numbers.extend(number - left_out.min(GAP)..=*number);
            text.push_str(&"\n".repeat(left_out.min(GAP)));
            starts.insert(*number, text.len());
            text.push_str(line);
            text.push('\n');
            due = number + 1;
        }
        // What follows the last line break would be shown as one more line.
        text.pop();
        let mut columns = BTreeMap::new();
        let mut labels = Vec::new();
        for mark in self.marks {
            let line = self.lines.get(&mark.line).map_or("", String::as_str);
            let start = starts.get(&mark.line).copied().unwrap_or(0);
            let (from, to) = (layout::bytes(line, mark.gap), layout::bytes(line, mark.gap + mark.columns));
            columns.insert(start + from, self.source.line_column(mark.offset).column);
            let span = start + from..start + to.max(from);
            labels.push(if labels.is_empty() {
                LabeledSpan::new_primary_with_span(mark.text, span)
            } else {
                LabeledSpan::new_with_span(mark.text, span)
            });
        }
        (Shown { name: super::escape_line(self.source.name()), text, numbers, columns }, labels)
    }
}

/// The text that is framed.
#[derive(Debug)]
struct Shown {
    name: String,
    text: String,
    /// The number of each line in the source.
    numbers: Vec<usize>,
    /// Columns in the source, by offset in this text.
    columns: BTreeMap<usize, usize>,
}

impl SourceCode for Shown {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let read = self.text.read_span(span, before, after)?;
        // What is asked for without lines around is asked for its place.
        let place = self.columns.get(&span.offset()).filter(|_| before == 0 && after == 0);
        let column = place.map_or(read.column(), |column| column - 1);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            read.data(),
            *read.span(),
            self.numbers.get(read.line()).map_or(read.line(), |number| number - 1),
            column,
            read.line_count(),
        )))
    }
}

impl std::fmt::Display for Framed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Framed {}

impl miette::Diagnostic for Framed {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<Level> {
        Some(match self.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Info => Level::Advice,
        })
    }

    fn url<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.url.as_ref().map(|url| Box::new(url) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.text)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::source::Span;

    /// A finding about a part of a text and a second place in it.
    fn framed(text: &str, part: &str, other: &str, paint: Paint) -> String {
        framed_in(Lang::En, text, part, other, paint)
    }

    fn framed_in(lang: Lang, text: &str, part: &str, other: &str, paint: Paint) -> String {
        let mut sources = Sources::new();
        let source = sources.add(Source::new("x\u{1b}.yaml", text));
        let place = |part: &str| {
            let at = text.find(part).unwrap();
            Place::new(source, Span::new(at, at + part.len()))
        };
        let finding = Diagnostic::new(&crate::input::FILE_NOT_FOUND, place(part))
            .with("name", "a\nb")
            .label(place(other), Text::new("here too"))
            .help(Text::new("take one away"));
        fancy(&finding, &sources, lang, paint)
    }

    const SPREAD: &str = "a: 1\n#\n#\n#\n#\n#\n#\n#\n#\n\tñ: 2\n";

    #[test]
    fn a_frame_names_the_place_in_characters_and_shows_nothing_hidden() {
        let out = framed(SPREAD, "ñ", "a", Paint::default());
        assert!(out.contains("[x\\u{1b}.yaml:10:2]"), "{out}");
        assert!(out.contains("there is no file `a\\u{a}b`") && out.contains("here too"), "{out}");
        assert!(out.contains("  help: take one away\n") && !out.contains(['\u{1b}', '\t']), "{out}");
        let rows: Vec<&str> = out.lines().collect();
        let row = rows.iter().position(|row| row.contains("ñ: 2")).unwrap();
        let column = |row: &str, sign: char| row.chars().position(|c| c == sign);
        assert_eq!(column(rows[row + 1], '─'), column(rows[row], 'ñ'), "{out}");
    }

    #[test]
    fn a_long_line_is_cut_and_no_row_is_wider_than_a_terminal() {
        let long = format!("a: {}here{}\nb: 1\n", "包".repeat(300), "x".repeat(300));
        for width in [40, 80, 100].map(Width::of) {
            let out = framed(&long, "here", "b", Paint { width, ..Paint::default() });
            assert!(out.contains("here") && out.contains(":1:304]"), "{out}");
            assert!(out.lines().all(|line| layout::width(line) <= width.columns()), "{out}");
        }
    }

    #[test]
    fn colour_and_links_change_nothing_but_themselves() {
        let painted =
            framed(SPREAD, "ñ", "a", Paint { colour: true, links: Some("https://rules.example"), width: Width::USUAL });
        assert!(
            painted.contains("\u{1b}]8;;https://rules.example/CLM0001\u{1b}") && painted.contains("\u{1b}["),
            "{painted:?}"
        );
        let linked = Paint { colour: true, links: Some("https://rules.example"), width: Width::USUAL };
        let spanish = framed_in(Lang::Es, SPREAD, "ñ", "a", linked);
        assert!(spanish.contains("(enlace)") && !spanish.contains("(link)"), "{spanish:?}");
        assert!(!framed(SPREAD, "ñ", "a", Paint { colour: true, links: None, width: Width::USUAL }).contains("]8;"));
        assert!(!framed(SPREAD, "ñ", "a", Paint::default()).contains('\u{1b}'));
    }
}
