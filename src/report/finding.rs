//! A finding freed of the text in which it was found: what all formats print, so that all say the same.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::layout::Width;
use super::snippet::snippet;
use super::words::said;
use crate::diagnostic::{self, Diagnostic, Place, Rule, Severity, Step, Text, Waiver};
use crate::i18n::Lang;
use crate::source::{LineColumn, Source, Sources};

/// A position in a text, in the counts that formats ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode characters, from 1.
    pub column: usize,
    /// Column in units of UTF-16, from 1.
    pub utf16: usize,
    /// Column in bytes of UTF-8, from 1.
    pub byte: usize,
    /// Bytes of the whole text before it.
    pub offset: usize,
}

/// From where to where; the end is behind the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// Its beginning.
    pub start: Position,
    /// Behind its last character.
    pub end: Position,
}

/// A second place of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The file, as it was given.
    pub file: String,
    /// Where in it; none for a file as a whole.
    pub region: Option<Region>,
    /// What is to be seen there.
    pub text: Text,
    /// Its line with the underline, or its first lines, in plain characters.
    pub snippet: String,
}

/// An edit with its region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is replaced.
    pub region: Region,
    /// The new text.
    pub replacement: String,
}

/// The changes that together would mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// In order of place.
    pub changes: Vec<Change>,
    /// Whether what was meant is kept in every case.
    pub safe: bool,
}

/// One finding. Sentences are data still: a format renders them in its language and escapes them its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, as it was given; `<stdin>` for the standard input.
    pub file: String,
    /// Where in it; none for a file as a whole.
    pub region: Option<Region>,
    /// JSON Pointer of the node concerned; empty for the whole document.
    pub pointer: String,
    /// The same by the names of keys and items, outermost first.
    pub steps: Vec<Step<LineColumn>>,
    /// The rule.
    pub rule: &'static Rule,
    /// How much it matters, settings considered.
    pub severity: Severity,
    /// The sentence.
    pub message: Text,
    /// The way out.
    pub help: Option<Text>,
    /// Other places.
    pub beside: Vec<Beside>,
    /// The edits that would do.
    pub remedy: Option<Remedy>,
    /// Why it does not count, if it does not.
    pub waiver: Option<Waiver>,
    /// What is written at the place, or its beginning.
    pub excerpt: String,
    /// The line of the place with its underline, or its first lines, in plain characters.
    pub snippet: String,
    /// What it is recognised by when lines have moved: 32 hexadecimal digits.
    pub fingerprint: String,
}

impl Finding {
    /// Frees a finding of its text, of which lines are kept that are no wider than `width`. [`findings`] gives it its fingerprint.
    pub(super) fn of(diagnostic: &Diagnostic, sources: &Sources, width: Width) -> Self {
        let source = sources.get(diagnostic.place.source);
        let change = |edit: &crate::diagnostic::Edit| {
            Some(Change { region: region(sources, edit.place)?, replacement: edit.replacement.clone() })
        };
        Self {
            file: source.map(|source| source.name().to_owned()).unwrap_or_default(),
            region: region(sources, diagnostic.place),
            pointer: diagnostic.pointer.clone(),
            steps: source.map_or_else(Vec::new, |source| placed(&diagnostic.steps, source)),
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            beside: diagnostic.labels.iter().map(|label| beside(sources, label.place, &label.text, width)).collect(),
            remedy: diagnostic.fix.as_ref().and_then(|fix| {
                let changes = fix.edits.iter().map(change).collect::<Option<Vec<_>>>()?;
                Some(Remedy { changes, safe: fix.safe })
            }),
            waiver: diagnostic.waiver.clone(),
            excerpt: source.map(|source| excerpt(source.slice(diagnostic.place.span))).unwrap_or_default(),
            snippet: snippet(sources, diagnostic.place, "", width),
            fingerprint: String::new(),
        }
    }

    /// Whether it counts: nobody has waived it.
    pub fn counts(&self) -> bool {
        self.waiver.is_none()
    }

    /// About how many bytes it keeps.
    pub fn bytes(&self) -> usize {
        let steps = self.steps.capacity() * size_of::<Step<LineColumn>>();
        let own = steps + self.pointer.len() + self.excerpt.len() + self.snippet.len() + self.fingerprint.len();
        let said = self.message.bytes() + self.help.as_ref().map_or(0, Text::bytes);
        let beside = self.beside.iter().map(|beside| beside.text.bytes() + beside.snippet.len());
        size_of::<Self>() + own + said + beside.sum::<usize>()
    }

    /// The file as services know it: from the root of what was checked out, without a dot in front.
    pub fn path(&self) -> &str {
        path(&self.file)
    }

    /// The node concerned by its path: `offers.flour.price.tiers[from 10 kg]`; empty for the whole document.
    pub fn node(&self) -> String {
        diagnostic::path(&self.steps)
    }

    /// What is wrong and the way out, in one line.
    pub fn sentence(&self, lang: Lang) -> String {
        let message = said(&self.message, lang);
        match &self.help {
            Some(help) => format!("{message}; {}", said(help, lang)),
            None => message,
        }
    }
}

fn placed(steps: &[Step], source: &Source) -> Vec<Step<LineColumn>> {
    steps.iter().map(|step| step.placed(source)).collect()
}

/// A name of a file without a dot in front.
pub(super) fn path(file: &str) -> &str {
    file.strip_prefix("./").unwrap_or(file)
}

/// Most characters of what is written that are told: who wrote more knows it by its beginning.
const MOST_TOLD: usize = 120;

/// The beginning of what is written, in one line. Spaces within a line stand as they are: a finding may be about them.
fn excerpt(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut told = lines.join(" ");
    if let Some((end, _)) = told.char_indices().nth(MOST_TOLD) {
        told.truncate(end);
        told.push('…');
    }
    told
}

/// Findings freed of their texts, each with a fingerprint that no other finding of its file has.
pub fn findings(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Finding> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let free = |diagnostic: &Diagnostic| {
        let mut finding = Finding::of(diagnostic, sources, Width::USUAL);
        let content = content(diagnostic, sources);
        let before = seen.entry(format!("{} {content}", finding.file)).or_default();
        finding.fingerprint = fingerprint(&content, *before);
        *before += 1;
        finding
    };
    diagnostics.iter().map(free).collect()
}

/// What a finding is about, without anything that moves when lines are put before it or lists are put in another order.
fn content(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let is_index = |step: &&str| step.bytes().all(|byte| byte.is_ascii_digit());
    let steps = diagnostic.pointer.split('/').map(|step| if is_index(&step) { "" } else { step });
    let text = sources.get(diagnostic.place.source).map_or("", |source| source.slice(diagnostic.place.span));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {} {words}", diagnostic.rule.code, steps.collect::<Vec<_>>().join("/"))
}

/// `nth` tells apart what is alike.
fn fingerprint(content: &str, nth: usize) -> String {
    let digest = Sha256::digest(format!("{content}\n{nth}"));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn beside(sources: &Sources, place: Place, text: &Text, width: Width) -> Beside {
    let file = sources.get(place.source).map(|source| source.name().to_owned()).unwrap_or_default();
    Beside { file, region: region(sources, place), text: text.clone(), snippet: snippet(sources, place, "", width) }
}

/// Where a place is; none where there is no text to be in.
fn region(sources: &Sources, place: Place) -> Option<Region> {
    let source = sources.get(place.source).filter(|source| !source.text().is_empty())?;
    Some(Region { start: position(source, place.span.start), end: position(source, place.span.end) })
}

fn position(source: &Source, offset: usize) -> Position {
    let at = source.line_column(offset);
    let offset = offset.min(source.text().len());
    let byte = offset - source.line_start(at.line) + 1;
    Position { line: at.line, column: at.column, utf16: source.utf16_column(offset), byte, offset }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn prints(text: &str, wanted: &[(&str, &str)]) -> Vec<String> {
        let mut sources = Sources::new();
        let source = sources.add(Source::new("x", text));
        let found = wanted.iter().map(|(pointer, part)| {
            let start = text.find(part).unwrap();
            let place = Place::new(source, Span::new(start, start + part.len()));
            Diagnostic { pointer: (*pointer).to_owned(), ..Diagnostic::new(&crate::input::FILE_NOT_FOUND, place) }
        });
        findings(&found.collect::<Vec<_>>(), &sources).into_iter().map(|finding| finding.fingerprint).collect()
    }

    #[test]
    fn what_is_written_is_quoted_as_it_is_written() {
        assert_eq!(excerpt("\"sal  fina\""), "\"sal  fina\"");
        assert_eq!(excerpt(" a:\n    b:  1\n\n"), "a: b:  1");
    }

    #[test]
    fn a_fingerprint_survives_what_stands_around_and_tells_apart_what_is_alike() {
        let one = prints("a: [x,  y]", &[("/a/0", "x"), ("/a/1", "y")]);
        let other = prints("# more\na: [z, y, x]", &[("/a/2", "x"), ("/a/1", "y")]);
        assert_eq!(one, other);
        let alike = prints("a: [x, x]", &[("/a/0", "x"), ("/a/1", "x")]);
        assert_eq!((alike.first(), alike.len()), (one.first(), 2));
        assert_ne!(alike.first(), alike.last());
        assert!(one.iter().all(|print| print.len() == 32));
    }
}
