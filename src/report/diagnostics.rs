//! Findings as plain text, and framed for terminals.

use anstyle::{AnsiColor, Style};

use super::finding::{Finding, Region};
use super::pages::url;
use super::snippet::{Snippet, location};
use super::words::{help_word, said, severity_word};
use super::{escape, escape_line, layout};
use crate::diagnostic::{Diagnostic, Place, Severity, Text};
use crate::i18n::Lang;
use crate::source::Sources;

/// What a terminal is handed beside characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Colour.
    pub colour: bool,
    /// Links to the pages of rules.
    pub links: bool,
}

/// A finding as plain text: where, what, the line, the way out. No drawing and no colour.
pub fn plain(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    plain_of(&Finding::of(diagnostic, sources), lang)
}

/// The same of a finding that was freed of its text.
pub(super) fn plain_of(finding: &Finding, lang: Lang) -> String {
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
    out + &help(finding.help.as_ref(), lang)
}

/// `file:line:column`, or the file alone.
pub(super) fn at(file: &str, region: Option<Region>) -> String {
    let place = region.map_or_else(String::new, |region| format!(":{}:{}", region.start.line, region.start.column));
    escape_line(file) + &place
}

fn indented(lines: &str) -> String {
    lines.lines().map(|line| format!("  {line}\n")).collect()
}

/// A finding for a terminal, with its lines framed.
pub fn fancy(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, paint: Paint) -> String {
    let places = std::iter::once(diagnostic.place).chain(diagnostic.labels.iter().map(|label| label.place));
    let margin = places.map(|place| Snippet::of(sources, place).margin()).max().unwrap_or(0);
    let frame = Frame { sources, paint, margin };
    let loud = style(diagnostic.severity);
    let mut out = header(diagnostic, lang, paint, loud);
    if margin == 0 {
        out.push_str(&frame.line("╰─", &format!(" {}", location(sources, diagnostic.place))));
        return out + &help(diagnostic.help.as_ref(), lang);
    }
    out.push_str(&frame.place("╭─", diagnostic.place, "", loud));
    for label in &diagnostic.labels {
        let text = format!(": {}", escape_line(&said(&label.text, lang)));
        out.push_str(&frame.place("├─", label.place, &text, QUIET));
    }
    out.push_str(&frame.line("╰─", ""));
    out + &help(diagnostic.help.as_ref(), lang)
}

/// The way out, in lines that a terminal has room for.
fn help(help: Option<&Text>, lang: Lang) -> String {
    let Some(help) = help else { return String::new() };
    layout::wrap(&format!("  {}: ", help_word(lang)), &escape(&said(help, lang)))
}

/// How frames and second places look.
const QUIET: Style = AnsiColor::Cyan.on_default();

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Info => AnsiColor::Blue.on_default().bold(),
    }
}

/// A text in a style, where there is colour.
fn painted(text: &str, style: Style, paint: Paint) -> String {
    if paint.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

fn header(diagnostic: &Diagnostic, lang: Lang, paint: Paint, loud: Style) -> String {
    let rule = diagnostic.rule;
    let link = |text: &str, to: &str| {
        // OSC 8: a terminal that knows no links shows the text alone.
        if paint.links { format!("\x1b]8;;{to}\x1b\\{text}\x1b]8;;\x1b\\") } else { text.to_owned() }
    };
    let named = link(&format!("{} {}", rule.code, rule.name), &url(rule));
    let kind = format!("{}[{named}]", severity_word(diagnostic.severity, lang));
    let message = format!(": {}", escape_line(&said(&diagnostic.message, lang)));
    painted(&kind, loud, paint) + &painted(&message, Style::new().bold(), paint) + "\n"
}

/// Lines behind a bar, the numbers before it all as wide as the widest.
struct Frame<'s> {
    sources: &'s Sources,
    paint: Paint,
    margin: usize,
}

impl Frame<'_> {
    /// A line of the frame itself.
    fn line(&self, corner: &str, text: &str) -> String {
        let gap = " ".repeat(self.margin + 1);
        format!("{gap}{}{text}\n", painted(corner, QUIET, self.paint))
    }

    /// A place: where it is, and what stands there.
    fn place(&self, corner: &str, place: Place, text: &str, loud: Style) -> String {
        let shown = Snippet::of(self.sources, place);
        let mut out = self.line(corner, &format!(" {}{text}", location(self.sources, place)));
        for (number, line) in &shown.lines {
            out.push_str(&self.row(&number.to_string(), line));
        }
        if shown.more {
            out.push_str(&self.row("", "..."));
        }
        if let Some((gap, marks)) = shown.marked {
            let marks = painted(&"━".repeat(marks), loud, self.paint);
            out.push_str(&self.row("", &format!("{}{marks}", " ".repeat(gap))));
        }
        out
    }

    fn row(&self, number: &str, text: &str) -> String {
        let number = painted(&format!("{number:>margin$}", margin = self.margin), QUIET, self.paint);
        let bar = painted("│", QUIET, self.paint);
        if text.is_empty() { format!("{number} {bar}\n") } else { format!("{number} {bar} {text}\n") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Span};

    fn twice(paint: Paint) -> String {
        let mut sources = Sources::new();
        let text = "a: 1\n".to_owned() + &"#\n".repeat(8) + "\tñ: 2\n";
        let source = sources.add(Source::new("x\u{1b}.yaml", text.clone()));
        let place = |part: &str| {
            let at = text.find(part).unwrap();
            Place::new(source, Span::new(at, at + part.len()))
        };
        let finding = Diagnostic::new(&crate::input::FILE_NOT_FOUND, place("ñ"))
            .with("name", "a\nb")
            .label(place("a"), Text::new("here too"))
            .help(Text::new("take one away"));
        fancy(&finding, &sources, Lang::En, paint)
    }

    #[test]
    fn a_frame_holds_every_place_under_one_margin() {
        let framed = "error[CLM0001 file-not-found]: there is no file `a\\u{a}b`\n   ╭─ x\\u{1b}.yaml:10:2\n10 │  ñ: 2\n   │  ━\n   \
                      ├─ x\\u{1b}.yaml:1:1: here too\n 1 │ a: 1\n   │ ━\n   ╰─\n  help: take one away\n";
        assert_eq!(twice(Paint::default()), framed);
    }

    #[test]
    fn colour_and_links_change_nothing_but_themselves() {
        let painted = twice(Paint { colour: true, links: true });
        assert!(painted.contains("\x1b]8;;https://"), "{painted:?}");
        let mut bare = String::new();
        let mut rest = painted.as_str();
        while let Some((before, escaped)) = rest.split_once('\x1b') {
            bare.push_str(before);
            let end = if escaped.starts_with(']') { escaped.find('\\') } else { escaped.find('m') };
            rest = &escaped[end.unwrap() + 1..];
        }
        assert_eq!(bare + rest, twice(Paint::default()));
        assert!(!twice(Paint { colour: true, links: false }).contains("]8;"));
    }
}
