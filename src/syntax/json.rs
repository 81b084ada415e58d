//! Why a text cannot be read that is called JSON, where JSON says more of it than YAML.

use super::mistakes::{finding, lines};
use super::rules::{NOT_JSON, TYPOGRAPHIC_QUOTE, UNCLOSED_QUOTE};
use crate::diagnostic::{Diagnostic, Place, Severity, Text};
use crate::source::{Source, SourceId, Span};

/// What JSON does not allow in a text that was read as YAML, told once: quotes of print are that already.
pub(super) fn add_what_json_refuses(id: SourceId, source: &Source, found: &mut Vec<Diagnostic>) {
    let Some(wrong) = not_json(id, source) else { return };
    let is_told = |told: &&mut Diagnostic| *told.rule == TYPOGRAPHIC_QUOTE && told.place.span.touches(wrong.place.span);
    match found.iter_mut().find(is_told) {
        Some(told) => told.severity = Severity::Error,
        None => found.push(wrong),
    }
}

fn not_json(id: SourceId, source: &Source) -> Option<Diagnostic> {
    let wrong = serde_json::from_str::<serde::de::IgnoredAny>(source.text()).err()?;
    // The reader counts lines from one, and columns in bytes up to and with the one at which it stopped.
    let text = source.text();
    let line = lines(text).nth(wrong.line().saturating_sub(1)).map_or(text.len(), |(start, _)| start);
    let at =
        (line..=line + wrong.column().saturating_sub(1)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(line);
    let len = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Some(finding(&NOT_JSON, id, Span::new(at, at + len)))
}

/// Why reading stopped in a text that begins as JSON does; `None` where YAML says it as well.
pub(super) fn explain(source: SourceId, text: &str) -> Option<Diagnostic> {
    text.trim_start().starts_with('{').then_some(())?;
    behind_the_end(source, text).or_else(|| open_text(source, text))
}

/// The same finding without what JSON does not have.
pub(super) fn in_its_words(told: Diagnostic) -> Diagnostic {
    let speaks_of_quotes = |help: &Text| help.template().contains("`''`");
    match told.help.as_ref().is_some_and(speaks_of_quotes) {
        true => told.help(Text::new("put all of it in one pair of quotes; inside, write `\\\"` for `\"`")),
        false => told,
    }
}

/// The finding for what stands behind the brace that closes the document, most often a comma.
fn behind_the_end(source: SourceId, text: &str) -> Option<Diagnostic> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    values.next()?.ok()?;
    let end = values.byte_offset();
    let rest = text.get(end..)?;
    let sign = rest.trim_start().chars().next()?;
    let start = end + rest.len() - rest.trim_start().len();
    let told = finding(&NOT_JSON, source, Span::new(start, start + sign.len_utf8()))
        .message(Text::new("the document ends at the `}` before this"))
        .help(Text::new("take it out"));
    Some(if rest.trim() == "," { told.fix(Place::new(source, Span::new(start, start + 1)), "", true) } else { told })
}

/// The finding for the first text whose closing quote is missing: no text of JSON goes on on the next line.
fn open_text(source: SourceId, text: &str) -> Option<Diagnostic> {
    let (start, open, end) =
        lines(text).find_map(|(start, line)| open_on(line).map(|(open, end)| (start, open, end)))?;
    let told = finding(&UNCLOSED_QUOTE, source, Span::new(start + open, start + open + 1));
    Some(told.fix(Place::new(source, Span::at(start + end)), "\"", false))
}

/// Where on a line a text opens that is not closed there, and where it would end.
fn open_on(line: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    while let Some(open) = line.get(at..)?.find('"').map(|quote| at + quote) {
        let begins = line.get(..open)?.trim_end();
        if !begins.is_empty() && !begins.ends_with(['{', '[', ',', ':']) {
            return None;
        }
        let inner = line.get(open + 1..)?;
        let Some(close) = closing_quote(inner) else {
            let said = inner.trim_end_matches([' ', ',', '}', ']']);
            return Some((open, open + 1 + said.len()));
        };
        let behind = inner.get(close + 1..)?.trim_start();
        if !behind.is_empty() && !behind.starts_with([':', ',', ']', '}']) {
            // The quote that seems to close it opens the next: `"worker, "place": …`.
            let said = inner.get(..close)?.trim_end().strip_suffix(',')?;
            return Some((open, open + 1 + said.len()));
        }
        at = open + 1 + close + 1;
    }
    None
}

/// Where the quote stands that closes a text.
fn closing_quote(inner: &str) -> Option<usize> {
    let mut is_escaped = false;
    inner.bytes().position(|byte| {
        let closes = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        closes
    })
}
