//! The usual mistakes behind an error of the parser, in our words.

use granit_parser::ErrorKind;

use super::brackets::{Brackets, Fault};
use super::build::MOST_LEVELS;
use super::events::Stop;
use super::margin::odd_margin;
use super::merge::conflict;
use super::mixed::{is_item, list_and_keys};
use super::repair::percentage;
use super::rules::{
    BAD_ESCAPE, COLON_IN_TEXT, DIRECTIVE, FOREIGN_COMMENT, MISSING_COLON, MISSING_COMMA, MISSING_SPACE, NOT_YAML,
    RESERVED_CHARACTER, TOO_DEEP, UNCLOSED_BRACKET, UNCLOSED_QUOTE, WRONG_INDENT,
};
use super::slips::{bullet, slip, wide_colon};
use crate::diagnostic::{Diagnostic, Edit, Place, Rule, Text};
use crate::source::{SourceId, Span};

/// Most other places that are shown of one mistake.
pub(super) const MOST_LABELS: usize = 8;

pub(super) fn finding(rule: &'static Rule, source: SourceId, span: Span) -> Diagnostic {
    Diagnostic::new(rule, Place::new(source, span))
}

/// Lines with the offset of their first byte, without line breaks.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end_matches(['\n', '\r'])))
    })
}

/// A line of a text.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl Line<'_> {
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// Its text without indent and line break.
    pub(super) fn body(&self) -> Span {
        Span::new(self.start + self.indent(), self.start + self.text.trim_end().len())
    }
}

/// Lines that begin at an offset or before it, the last first.
fn lines_back(text: &str, offset: usize) -> impl Iterator<Item = (usize, &str)> {
    let begin = |end: usize| {
        let before = text.as_bytes().get(..end).unwrap_or_default();
        memchr::memrchr(b'\n', before).map_or(0, |at| at + 1)
    };
    // The end of the text belongs to its last line.
    let last = begin(offset.min(text.len().saturating_sub(1)));
    let starts = std::iter::successors(Some(last), move |start| start.checked_sub(1).map(begin));
    starts.map(|start| (start, text.get(start..).map_or("", |rest| lines(rest).next().map_or("", |(_, line)| line))))
}

/// The line at an offset, or the one before that says something.
pub(super) fn line_at(text: &str, offset: usize) -> Line<'_> {
    let mut says = lines_back(text, offset).filter(|(_, line)| !line.trim().is_empty());
    says.next().map_or(Line { start: 0, text: "" }, |(start, text)| Line { start, text })
}

/// The lines before that say something, the last first.
pub(super) fn lines_up<'t>(text: &'t str, line: &Line<'t>) -> impl Iterator<Item = Line<'t>> {
    let before = line.start.checked_sub(1).map(|end| lines_back(text, end));
    let says = |line: &Line<'_>| !line.text.trim().is_empty() && !line.text.trim_start().starts_with('#');
    before.into_iter().flatten().map(|(start, text)| Line { start, text }).filter(says)
}

/// The line at which reading stopped, behind the one before that says something and before the next: the parser may notice a
/// line later, or stop a line before.
pub(super) fn lines_near<'t>(text: &'t str, here: &Line<'t>) -> impl Iterator<Item = Line<'t>> {
    let behind = lines(text).find(|(start, _)| *start > here.start).map(|(start, text)| Line { start, text });
    [line_before(text, here), Some(*here), behind].into_iter().flatten()
}

/// The line before that says something.
pub(super) fn line_before<'t>(text: &'t str, line: &Line<'t>) -> Option<Line<'t>> {
    lines_up(text, line).next()
}

/// Why reading stopped, as one finding at the smallest thing to edit.
pub(super) fn explain(source: SourceId, text: &str, stop: &Stop) -> Diagnostic {
    use ErrorKind as E;
    let here = line_at(text, stop.offset);
    let at = Span::new(stop.offset, (stop.offset + char_len(text, stop.offset)).min(text.len()));
    if let Some(told) = conflict(source, text, &here) {
        return told;
    }
    if let Some(told) = odd_margin(source, text, &here) {
        return told;
    }
    if let Some(told) = slip(source, text, stop.offset, &here) {
        return told;
    }
    let brackets = Brackets::of(text);
    match &stop.kind {
        E::RecursionLimitExceeded => finding(&TOO_DEEP, source, at).with("most", MOST_LEVELS),
        E::DirectiveDisallowed => finding(&DIRECTIVE, source, here.body()),
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar | E::InvalidQuotedScalarIndent => {
            finding(&UNCLOSED_QUOTE, source, open_quote(text, stop.offset).unwrap_or(at))
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            behind_quotes(source, text, stop.offset, &brackets)
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => finding(&BAD_ESCAPE, source, escape(text, stop.offset).unwrap_or(at)),
        E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::MisplacedFlowCollectionEnd
        | E::MismatchedFlowCollectionEnd { .. }
        | E::UnclosedFlowCollection { .. }
        | E::BlockEntryInFlowCollection
        | E::InvalidFlowScalarIndent => in_brackets(source, text, stop, &brackets),
        // `>= 30 days` begins like a text of several lines.
        E::InvalidBlockScalarHeader => block_sign(source, text, at),
        _ if begins_a_value(text, at) => {
            let sign = text.get(at.start..at.end).unwrap_or_default();
            if matches!(sign, "-" | "?") && !text.get(at.end..).is_some_and(|rest| rest.starts_with(' ')) {
                let help = Text::new("write what belongs there, or take the key out: what is not written is not said");
                return finding(&RESERVED_CHARACTER, source, at).with("sign", sign).help(help);
            }
            bullet(source, text, at).unwrap_or_else(|| finding(&RESERVED_CHARACTER, source, at).with("sign", sign))
        }
        E::UnexpectedCharacter { .. } => {
            let sign = text.get(at.start..at.end).unwrap_or_default();
            if sign == "`" {
                // It would not be seen among those around it.
                return finding(&RESERVED_CHARACTER, source, at)
                    .message(Text::new("a text without quotes cannot begin with a backtick"));
            }
            let told = finding(&RESERVED_CHARACTER, source, at).with("sign", sign);
            let word = text.get(at.start..).and_then(|rest| rest.split([' ', ',', '}', ']', '\n', '\r']).next());
            match word.and_then(percentage) {
                Some(meant) => told.help(Text::new("write `{meant}`").with("meant", meant)),
                None => told,
            }
        }
        _ if brackets.hold(stop.offset) => in_brackets(source, text, stop, &brackets),
        _ => by_the_lines(source, text, stop, &here, at),
    }
}

/// Whether at a place a text begins with a sign that means something else there.
fn begins_a_value(text: &str, at: Span) -> bool {
    let before = text.get(..at.start).unwrap_or_default();
    let spaced = text.get(at.end..).is_some_and(|rest| rest.starts_with(' '));
    let ends = text.get(at.end..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['\n', '\r']));
    match text.get(at.start..at.end) {
        Some("&" | "*" | "!") => true,
        Some("-" | "?") => (spaced || ends) && before.trim_end_matches(' ').ends_with(':') && !before.ends_with('\n'),
        _ => false,
    }
}

/// The finding for a text behind the sign of a text of several lines, on the line of that sign.
fn block_sign(source: SourceId, text: &str, at: Span) -> Diagnostic {
    let sign = text.get(at.start..at.end).unwrap_or_default();
    let rest = text.get(at.start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let said = rest.trim_start_matches(['>', '|', '=', ' ']);
    let told = finding(&RESERVED_CHARACTER, source, at).with("sign", sign);
    match sign {
        ">" if said.starts_with(|c: char| c.is_ascii_digit()) => told.help(
            Text::new("a limit is written `{meant}`").with("meant", format!("{{ at_least: {} }}", said.trim_end())),
        ),
        ">" | "|" => told
            .message(Text::new("behind `{sign}` a text begins on the next line").with("sign", sign))
            .help(Text::new("take the sign out, or begin the text on the next line, further right than its key")),
        _ => finding(&NOT_YAML, source, at),
    }
}

/// The bracket with which a text begins that goes on behind the one that closes it: `{Soft} rolls`.
fn text_in_brackets(source: SourceId, text: &str, stop: &Stop, here: &Line<'_>) -> Option<Diagnostic> {
    let before = text.get(here.start..stop.offset)?;
    let open = before.find(": ").map(|at| at + 2).or_else(|| before.find("- ").map(|at| at + 2))?;
    let value = before.get(open..)?;
    let start = here.start + open + (value.len() - value.trim_start().len());
    let sign = value.trim().get(..1).filter(|sign| matches!(*sign, "{" | "["))?;
    let closed = value.trim().ends_with(if sign == "{" { '}' } else { ']' });
    let words = text.get(stop.offset..)?.starts_with(char::is_alphanumeric);
    (closed && words).then(|| finding(&RESERVED_CHARACTER, source, Span::new(start, start + 1)).with("sign", sign))
}

/// Why reading stopped in brackets: they do not fit together, or what is in them is not divided.
fn in_brackets(source: SourceId, text: &str, stop: &Stop, brackets: &Brackets) -> Diagnostic {
    let of = |at: usize| text.get(at..at + 1).unwrap_or_default();
    let bracket = |at: usize| finding(&UNCLOSED_BRACKET, source, Span::new(at, at + 1));
    match brackets.fault() {
        Some(Fault::Unclosed(at)) if quote_behind(text, at).is_some() => {
            let quote = quote_behind(text, at).unwrap_or(at);
            finding(&UNCLOSED_QUOTE, source, Span::new(quote, quote + 1))
        }
        Some(Fault::Unclosed(at)) => match closed_in_comment(text, at) {
            Some(hash) => bracket(hash)
                .message(Text::new("behind this `#` all is a comment, the bracket that should close included"))
                .label(Place::new(source, Span::new(at, at + 1)), Text::new("it was opened here"))
                .help(Text::new("put the text in quotes")),
            None => bracket(at),
        },
        Some(Fault::Stray(at)) => {
            let stray = Text::new("this `{close}` closes no bracket").with("close", of(at));
            bracket(at).message(stray).help(Text::new("take it out"))
        }
        Some(Fault::Mismatched { open, close }) => {
            let message = Text::new("`{close}` cannot close `{open}`").with("close", of(close)).with("open", of(open));
            bracket(close)
                .message(message)
                .label(Place::new(source, Span::new(open, open + 1)), Text::new("it was opened here"))
                .help(Text::new("write `{meant}`").with("meant", if of(open) == "[" { "]" } else { "}" }))
        }
        None if stop.kind == ErrorKind::InvalidIndentation => {
            let here = line_at(text, stop.offset);
            let span = Span::new(here.start, here.body().start.max(here.start + 1));
            finding(&WRONG_INDENT, source, span)
                .help(Text::new("indent every line up to the closing bracket more than the key"))
        }
        None => undivided(source, text, stop.offset, brackets),
    }
}

/// The quote behind a bracket on its line that has no other, so that the bracket which would close stands in it: `["US]`.
fn quote_behind(text: &str, open: usize) -> Option<usize> {
    let line = text.get(open..)?.lines().next()?;
    let close = if line.starts_with('{') { '}' } else { ']' };
    let begins = |(at, c): &(usize, char)| {
        let before = line.get(..*at).unwrap_or_default().trim_end();
        matches!(c, '"' | '\'') && before.ends_with(['[', '{', ',', ':'])
    };
    let (at, quote) = line.char_indices().rfind(begins)?;
    let behind = line.get(at + 1..)?;
    (!behind.contains(quote) && behind.contains(close)).then_some(open + at)
}

/// Where a `#` behind a bracket, on its line or on those below that belong to it, makes a comment of the one that would close it: `{ name: Rolls #5 }`.
fn closed_in_comment(text: &str, open: usize) -> Option<usize> {
    let close = if text.get(open..)?.starts_with('{') { '}' } else { ']' };
    let begins = line_at(text, open);
    let from = |start: usize| Some((start, text.get(start..)?.lines().next()?));
    // Lines that belong to the brackets are further in than the one with which they begin.
    let below = lines(text).skip_while(|(start, _)| *start <= open).map(|(start, text)| Line { start, text });
    let below = below.take_while(|line| line.text.trim().is_empty() || line.indent() > begins.indent());
    let mut held = from(open).into_iter().chain(below.map(|line| (line.start, line.text)));
    held.find_map(|(start, line)| {
        let hash = hash_in(line)?;
        let comment = line.get(hash + 1..)?;
        // A comment to oneself has a space behind its sign, unless it holds the entries that follow.
        let is_text = !comment.starts_with(char::is_whitespace) || holds_entry(comment);
        (comment.contains(close) && is_text).then_some(start + hash)
    })
}

/// Whether a comment in brackets holds a key and its value behind a comma: `# 2, issuer: B }`.
fn holds_entry(comment: &str) -> bool {
    let is_key = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    comment.split(", ").skip(1).any(|entry| entry.split_once(": ").is_some_and(|(key, _)| is_key(key)))
}

/// Whether a part of a line in brackets breaks off in a text in quotes.
fn ends_in_quotes(part: &str) -> bool {
    let (mut quote, mut last) = (None, '[');
    for c in part.chars().filter(|c| !c.is_whitespace()) {
        quote = match quote {
            Some(open) if open == c => None,
            None if matches!(c, '"' | '\'') && matches!(last, '[' | '{' | ',' | ':') => Some(c),
            open => open,
        };
        last = c;
    }
    quote.is_some()
}

/// The finding for two entries in brackets without a comma, or a key and a value without a colon.
fn undivided(source: SourceId, text: &str, offset: usize, brackets: &Brackets) -> Diagnostic {
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
    let before = text.get(..offset).unwrap_or_default();
    // At a colon it is noticed that the word before is a key, which should have begun a new entry.
    let start = if text.get(offset..).is_some_and(|rest| rest.starts_with(':')) {
        before
            .rfind(ends)
            .map_or(0, |at| at + before.get(at..).and_then(|c| c.chars().next()).map_or(1, char::len_utf8))
    } else {
        offset
    };
    let word = text.get(start..).map_or("", |rest| rest.split(ends).next().unwrap_or_default()).trim_end_matches(':');
    let bracket = text.get(start..start + 1).filter(|sign| matches!(*sign, "[" | "{"));
    let is_item = !brackets.in_mapping(start) && !before.trim_end().ends_with([',', ':', '[', '{']);
    if let Some(bracket) = bracket.filter(|_| word.is_empty() && is_item) {
        let span = Span::new(start, start + bracket.len());
        return commas(source, text, finding(&MISSING_COMMA, source, span).with("word", bracket), brackets);
    }
    if word.is_empty() {
        return nothing_before(source, text, offset);
    }
    let span = Span::new(start, start + word.len());
    if let Some(comment) = foreign_comment(source, word, span) {
        return comment;
    }
    if start < offset && text.get(..start).is_some_and(|before| before.trim_end().ends_with(':')) {
        return finding(&COLON_IN_TEXT, source, Span::new(offset, offset + 1));
    }
    let is_key = before.trim_end().ends_with(['"', '\'']) && brackets.in_mapping(start) && !brackets.is_value(start);
    if is_key {
        return finding(&MISSING_COLON, source, span).help(Text::new("put a colon between the key and its value"));
    }
    if let Some(hash) = comma_in_comment(text, start) {
        return finding(&MISSING_COMMA, source, Span::new(hash, hash + 1))
            .message(
                Text::new("behind this `#` all is a comment, the comma before `{word}` included").with("word", word),
            )
            .help(Text::new("put the text in quotes"));
    }
    commas(source, text, finding(&MISSING_COMMA, source, span).with("word", word), brackets)
}

/// Shows with a comma that is missing those that are missing in the same brackets before lines further down.
fn commas(source: SourceId, text: &str, told: Diagnostic, brackets: &Brackets) -> Diagnostic {
    let more = brackets.undivided(text, told.place.span.end);
    let help = match more.as_slice() {
        [] => return told,
        _ => Text::new("put one behind each entry, {count} in all").with("count", more.len() + 1),
    };
    let label = |told: Diagnostic, at: &usize| {
        told.label(Place::new(source, Span::new(*at, at + char_len(text, *at))), Text::new("and here"))
    };
    more.iter().take(MOST_LABELS).fold(told.help(help), label)
}

/// Where on the line before that of an entry in brackets a `#` makes a comment of the comma that should divide the two:
/// `[paper #2,`.
fn comma_in_comment(text: &str, entry: usize) -> Option<usize> {
    let before = line_before(text, &line_at(text, entry))?;
    let hash = hash_in(before.text)?;
    let comment = before.text.get(hash + 1..)?;
    let is_text = comment.starts_with(char::is_alphanumeric) && comment.trim_end().ends_with(',');
    is_text.then_some(before.start + hash)
}

/// Where the comment of a line in brackets begins behind a word.
pub(super) fn hash_in(line: &str) -> Option<usize> {
    let mut hashes = line.match_indices(" #").map(|(at, _)| at + 1);
    hashes.find(|at| !ends_in_quotes(line.get(..*at).unwrap_or_default()))
}

/// The finding for a comma in brackets before which nothing stands.
fn nothing_before(source: SourceId, text: &str, offset: usize) -> Diagnostic {
    let at = Span::new(offset, offset + char_len(text, offset));
    let told = finding(&NOT_YAML, source, at);
    if text.get(at.start..at.end) != Some(",") {
        return told;
    }
    let behind = text.get(at.end..).unwrap_or_default();
    let gap = behind.len() - behind.trim_start_matches(' ').len();
    // The space behind it goes with it, unless the one before is what parts two entries.
    let gone = if text.get(..offset).is_some_and(|before| before.ends_with(',')) { at.end } else { at.end + gap };
    told.message(Text::new("nothing stands before this comma"))
        .help(Text::new("take it out, or write what is missing before it"))
        .fix(Place::new(source, Span::new(offset, gone)), "", false)
}

/// The finding for a text that begins as comments do in other languages.
pub(super) fn foreign_comment(source: SourceId, text: &str, span: Span) -> Option<Diagnostic> {
    let sign = ["//", "/*"].into_iter().find(|sign| text.starts_with(sign))?;
    Some(finding(&FOREIGN_COMMENT, source, Span::new(span.start, span.start + sign.len())).with("sign", sign))
}

/// The finding for text behind a closing quote: the quote was an apostrophe, or something between is missing.
fn behind_quotes(source: SourceId, text: &str, offset: usize, brackets: &Brackets) -> Diagnostic {
    let before = text.get(..offset).unwrap_or_default();
    if brackets.hold(offset) && before.ends_with(char::is_whitespace) {
        return undivided(source, text, offset, brackets);
    }
    let quote = before.trim_end().len().saturating_sub(1);
    finding(&UNCLOSED_QUOTE, source, Span::new(quote, quote + 1))
        .message(Text::new("the text in quotes ends here, and more stands behind it"))
        .help(Text::new("put all of it in one pair of quotes; inside, write `''` for `'` and `\\\"` for `\"`"))
}

/// The last backslash of a quoted text that begins no escape.
fn escape(text: &str, offset: usize) -> Option<Span> {
    let line = text.get(offset..)?.lines().next()?;
    let known = |c: char| "0abtnvfre \"/\\N_LPxU\t".contains(c);
    let mut rest = line.char_indices();
    while let Some((at, c)) = rest.next() {
        if c == '\\' {
            let next = rest.next().map(|(_, c)| c);
            if !next.is_some_and(known) {
                let len = next.map_or(0, char::len_utf8);
                return Some(Span::new(offset + at, offset + at + 1 + len));
            }
        }
    }
    None
}

fn char_len(text: &str, offset: usize) -> usize {
    text.get(offset..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// The quote that is still open at an offset: the last line before it that has an odd number of its quotes.
fn open_quote(text: &str, offset: usize) -> Option<Span> {
    let mut open: Option<Span> = None;
    let mut quote = ' ';
    let mut before = ' ';
    for (at, c) in text.char_indices().take_while(|(at, _)| *at <= offset) {
        let begins = matches!(before, ' ' | '\n' | '[' | '{' | ',' | '(');
        if open.is_some() && c == quote && before != '\\' {
            open = None;
        } else if open.is_none() && begins && matches!(c, '"' | '\'') {
            (open, quote) = (Some(Span::new(at, at + 1)), c);
        }
        before = c;
    }
    open.or_else(|| text.get(..offset)?.rfind(['"', '\'']).map(|at| Span::new(at, at + 1)))
}

/// Whether a line is text without a colon that ends a key.
pub(super) fn lacks_colon(line: &str) -> bool {
    let line = line.lines().next().unwrap_or_default();
    !line.contains(": ") && !line.trim_end().ends_with(':') && !line.trim_start().starts_with("- ")
}

/// The finding for a document that is one text.
pub(super) fn line_without_colon(source: SourceId, text: &str) -> Diagnostic {
    let first = lines(text).find(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let line = first.map_or(Line { start: 0, text: "" }, |(start, text)| Line { start, text });
    without_colon(source, &line)
}

fn without_colon(source: SourceId, line: &Line<'_>) -> Diagnostic {
    let body = line.text.trim();
    if let Some(finding) = foreign_comment(source, body, line.body()) {
        return finding;
    }
    if let Some(finding) = glued_hyphen(source, body, line.start + line.indent())
        .or_else(|| missing_space(source, body, line.start + line.indent()))
    {
        return finding;
    }
    let told = finding(&MISSING_COLON, source, line.body());
    if body.len() > 2 && body.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '~' | '+')) {
        let help = Text::new("take the line out, or begin it with `#` as a comment");
        return told.help(help).fix(Place::new(source, Span::at(line.body().start)), "# ", false);
    }
    told
}

/// The finding for an item without the space behind its hyphen: `-sku:rolls`, but not `-5` or `---`.
pub(super) fn glued_hyphen(source: SourceId, body: &str, start: usize) -> Option<Diagnostic> {
    let is_odd_space = |c: char| c.is_whitespace() && !c.is_ascii();
    let begins = |c: char| c.is_alphabetic() || is_odd_space(c) || matches!(c, '{' | '[' | '"' | '\'');
    let glued = body.strip_prefix('-').is_some_and(|item| item.starts_with(begins));
    let hyphen = Span::new(start, start + 1);
    glued.then(|| finding(&MISSING_SPACE, source, hyphen).with("sign", "-"))
}

/// The finding for a text that looks like a key without the space behind its colon. `start` is where the text stands.
pub(super) fn missing_space(source: SourceId, body: &str, start: usize) -> Option<Diagnostic> {
    if let Some(told) = wide_colon(source, body, start) {
        return Some(told);
    }
    let colon = glued_colon(body)?;
    let at = start + colon;
    // A space that is none of the keyboard's stands for the one that is missing.
    let odd = body.get(colon + 1..)?.chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8);
    let place = Place::new(source, Span::new(at + 1, at + 1 + odd));
    Some(finding(&MISSING_SPACE, source, Span::new(at, at + 1)).with("sign", ":").fix(place, " ", true))
}

/// Words before a colon that are no keys: of addresses and of item codes.
pub(super) const PREFIXES: [&str; 10] =
    ["did", "http", "https", "mailto", "cpv", "gtin", "hs", "sku", "unspsc", "wikidata"];

/// Where a word and a colon stand without a space behind: `name:A`, but not `https://`.
fn glued_colon(body: &str) -> Option<usize> {
    let colon = body.find(':')?;
    let (word, behind) = body.split_at(colon);
    let word = word.trim_end();
    // What begins with a digit is a time of day, and no key.
    let key = is_word(word) && !word.starts_with(|c: char| c.is_ascii_digit()) && !PREFIXES.contains(&word);
    (key && behind.len() > 1 && !behind.starts_with("://") && !behind.starts_with(": ")).then_some(colon)
}

/// What the lines around a place show where the parser's own reason says little to people.
fn by_the_lines(source: SourceId, text: &str, stop: &Stop, here: &Line<'_>, at: Span) -> Diagnostic {
    let body = here.text.trim();
    let before = line_before(text, here);
    if let Some(finding) = text_in_brackets(source, text, stop, here) {
        return finding;
    }
    if let Some(finding) = entry_in_quotes(source, here) {
        return finding;
    }
    let glued = |line: &Line<'_>| glued_hyphen(source, line.text.trim(), line.start + line.indent());
    if let Some(finding) = glued(here).or_else(|| before.as_ref().and_then(glued)) {
        return finding;
    }
    if let Some(finding) = std::iter::once(here).chain(&before).find_map(|line| spaceless(source, line)) {
        return finding;
    }
    if let Some(finding) = std::iter::once(here).chain(&before).find_map(|line| colonless(source, line)) {
        return finding;
    }
    if let Some(colon) = second_colon(body) {
        let start = here.start + here.indent();
        return finding(&COLON_IN_TEXT, source, Span::new(start + colon, start + colon + 1));
    }
    // The line before may be what is wrong: the parser only notices at the next.
    if let Some(before) = before
        .filter(|line| lacks_colon(line.text) && !is_item(line) && !line.text.contains(['[', '{', '"', '\'', '}', ']']))
    {
        return without_colon(source, &before);
    }
    if lacks_colon(body) && !is_item(here) && !body.contains(['[', '{', ']', '}', '"']) {
        return without_colon(source, here);
    }
    if let Some(finding) = list_and_keys(source, text, here) {
        return finding;
    }
    if before.is_some_and(|line| line.indent() != here.indent()) {
        return finding(&WRONG_INDENT, source, Span::new(here.start, here.body().start.max(here.start + 1)));
    }
    finding(&NOT_YAML, source, at)
}

/// The finding for a key on a line, or the first of an item, without the space behind its colon.
fn spaceless(source: SourceId, line: &Line<'_>) -> Option<Diagnostic> {
    let (body, start) = without_hyphen(line);
    missing_space(source, body, start)
}

/// The finding for a key without its colon before a bracket or a quote: `disputes [a, b]`.
fn colonless(source: SourceId, line: &Line<'_>) -> Option<Diagnostic> {
    let (body, start) = without_hyphen(line);
    let (word, value) = body.split_once(' ')?;
    let is_key = word.starts_with(|c: char| c.is_ascii_lowercase()) && is_word(word);
    let value = value.trim_start().trim_start_matches(['=', '>', ' ']);
    let span = Span::new(start, start + body.len());
    (is_key && value.starts_with(['[', '{', '"', '\''])).then(|| {
        finding(&MISSING_COLON, source, span)
            .message(Text::new("a colon is missing behind `{name}`").with("name", word))
    })
}

/// The finding for a key without the space behind its colon that was read as one with the beginning of the brackets behind it:
/// `valid:{ from`.
pub(super) fn begins_brackets(source: SourceId, key: &str, start: usize) -> Option<Diagnostic> {
    let word = key.get(..key.find(['[', '{'])?)?;
    word.ends_with(':').then(|| missing_space(source, key, start)).flatten()
}

/// What a line says behind the hyphen of an item, without a comment, and where.
fn without_hyphen<'t>(line: &Line<'t>) -> (&'t str, usize) {
    let said = line.text.trim();
    let said = said.get(..hash_in(said).unwrap_or(said.len())).unwrap_or(said).trim_end();
    let body = said.strip_prefix("- ").map_or(said, str::trim_start);
    (body, line.start + line.indent() + said.len() - body.len())
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// The finding for quotes around a key and its value, which make one text of both: `"shelf_life: 3 days"`.
fn entry_in_quotes(source: SourceId, here: &Line<'_>) -> Option<Diagnostic> {
    let body = here.text.trim();
    let quote = body.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let inner = body.strip_prefix(quote)?.strip_suffix(quote)?;
    let (key, value) = inner.split_once(": ")?;
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-'));
    let body = here.body();
    let gone = |at: usize| Edit { place: Place::new(source, Span::new(at, at + 1)), replacement: String::new() };
    let told = finding(&MISSING_COLON, source, body)
        .message(Text::new("these quotes make one text of the key and its value"))
        .help(Text::new("write `{meant}`").with("meant", inner));
    (is_key && !value.contains(quote)).then(|| told.edits(vec![gone(body.start), gone(body.end - 1)], false))
}

/// Where a second `: ` stands in a line without quotes or brackets. What a comment says does not count.
fn second_colon(body: &str) -> Option<usize> {
    let body = body.split(" # ").next().unwrap_or_default().trim_end();
    let (key, value) = body.split_once(": ").filter(|(key, _)| !key.starts_with('#'))?;
    let plain = !value.trim_start().starts_with(['"', '\'', '[', '{', '|', '>']);
    let inner = value.find(": ").or_else(|| value.strip_suffix(':').map(str::len))?;
    plain.then_some(key.len() + 2 + inner)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use crate::source::{Source, Sources};

    /// The names of the findings, and what is underlined.
    fn told(text: &str) -> Vec<(&'static str, String)> {
        let source = Source::new("x", text);
        let id = Sources::new().add(source.clone());
        let found = parse(id, &source).diagnostics;
        found.iter().map(|d| (d.rule.name, source.slice(d.place.span).to_owned())).collect()
    }

    fn one(text: &str) -> (&'static str, String) {
        let mut found = told(text);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        found.remove(0)
    }

    #[test]
    fn a_file_that_is_called_json_is_json() {
        let told = |text: &str| {
            let source = Source::new("x.clm.json", text);
            let found = parse(Sources::new().add(source.clone()), &source).diagnostics;
            found.iter().map(|d| (d.rule.name, d.place.span.start)).collect::<Vec<_>>()
        };
        assert_eq!(told("{ \"clm\": 1,\n  \"á\": [true, null, 1e3, \"\\ud83d\\ude42\"] }\n"), []);
        assert_eq!(told("{ \"clm\": 1,\n  \"a\": [2,] }"), [("not-json", 22)]);
        assert_eq!(told("{ \"ábc\": é }"), [("not-json", 10)]);
        assert_eq!(told("# a\n{ \"clm\": 1 }"), [("not-json", 0)]);
        assert_eq!(told("clm: 1\n"), [("not-json", 0)]);
        assert_eq!(told("{ \"clm\": 1, \"clm\": 1, }"), [("duplicate-key", 12)]);
    }

    #[test]
    fn the_usual_mistakes_are_told_by_name_and_place() {
        let is =
            |text: &str, name: &'static str, shown: &str| assert_eq!(one(text), (name, shown.to_owned()), "{text:?}");
        is("clm: 1\ncoop:\n\tname: A\n", "tab-indent", "\t");
        is("clm: 1\ncoop:\n  id: x\n name: A\n", "wrong-indent", " ");
        is("clm: 1\ncoop:\n  name: \"A\n  legal_form: worker\n", "unclosed-quote", "\"");
        is("clm: 1\ncoop:\n  name: 'A d'Or'\n", "unclosed-quote", "'");
        is("clm: 1\ncoop:\n  name: \"C:\\path\"\n", "bad-escape", "\\p");
        is("{\"clm\": 1, \"coop\": \"\\ud83e\"}", "bad-escape", "\\u");
        is("clm: 1\ncoop: { name: A\n", "unclosed-bracket", "{");
        is("clm: 1\ncoop: { name: A ]\n", "unclosed-bracket", "]");
        is("clm: 1\ncoop: { name: A }}\n", "unclosed-bracket", "}");
        is("clm: 1\nname: Box [large\ncoop: { name: A\n", "unclosed-bracket", "{");
        is("clm: 1\ncoop: {\n  name: A\n}\nvalid: { from: x }\n", "wrong-indent", "}");
        is("clm: 1\ncoop: { name: A id: b }\n", "missing-comma", "id");
        is("clm: 1\ncoop: { name: A; id: b }\n", "missing-comma", "id");
        is("{\"clm\": 1\n\"coop\": 2}", "missing-comma", "\"coop\"");
        is("clm: 1\nlist: [\"a\" \"b\"]\n", "missing-comma", "\"b\"");
        is("{\"clm\" 1}", "missing-colon", "1");
        is("{\"clm\": \"1\" // one\n}", "foreign-comment", "//");
        is("{\"clm\": 1, // one\n\"coop\": 2}", "foreign-comment", "//");
        is("clm: 1\ncoop: {name:A}\n", "missing-space", ":");
        is("clm: 1\ncoop: { id: x, name :A }\n", "missing-space", ":");
        is("clm: 1\nvalid: >= 3 days\n", "reserved-character", ">");
        is("clm: 1\ncoop:\n  list: [a, b\n  name: c\n", "unclosed-bracket", "[");
        is("clm: 1\ncoop:\n  name: Cooperativa: A\n", "colon-in-text", ":");
        is("clm: 1\ncoop:\n  name:A\n  id: x\n", "missing-space", ":");
        is("clm: 1\ncoop:\n  name:A\n", "missing-space", ":");
        is("clm: 1\ncoop:\n  name @home\n  id: x\n", "missing-colon", "name @home");
        is("clm: 1\ncoop:\n  name: @home\n", "reserved-character", "@");
        is("clm: 1\n- a\n", "list-and-mapping", "- a");
        is("%YAML 1.2\n---\nclm: 1\n", "directive", "%YAML 1.2");
        is("clm: 1\n<<<<<<< ours\ncoop: a\n=======\ncoop: b\n>>>>>>> theirs\n", "conflict-marker", "<<<<<<< ours");
        is("clm\n", "missing-colon", "clm");
    }
}
