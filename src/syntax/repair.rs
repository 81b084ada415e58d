//! The edits that mend a text which could not be read as it stands.
//!
//! One function a rule: from the place of a finding and the lines around it to edits, and whether they are what the writer
//! meant in every case. Whether they do mend it is seen by who applies them.

use super::brackets::Brackets;
use super::mistakes::{Line, line_at, lines};
use super::rules::{
    ALIAS, ANCHOR, BAD_ESCAPE, COLON_IN_TEXT, DIRECTIVE, FOREIGN_COMMENT, MISSING_COLON, MISSING_COMMA, NOT_JSON,
    RESERVED_CHARACTER, TAB_INDENT, TAG, UNCLOSED_BRACKET, UNCLOSED_QUOTE, WRONG_INDENT,
};
use crate::diagnostic::{Diagnostic, Edit, Place};
use crate::source::Span;

/// Spaces of one level, where a text does not show another habit.
const STEP: usize = 2;

/// What is replaced by what, and whether that is certain.
type Repair = (Vec<(Span, String)>, bool);

/// Adds to a finding about a text the edits that would do, where there are some.
pub(super) fn repair(finding: &mut Diagnostic, text: &str, name: &str) {
    if finding.fix.is_some() {
        return;
    }
    let span = finding.place.span;
    let rule = finding.rule;
    let found = match rule {
        _ if *rule == TAB_INDENT => tabs(text),
        _ if *rule == WRONG_INDENT => indent(text, span),
        _ if *rule == UNCLOSED_QUOTE => quote(text, span),
        _ if *rule == UNCLOSED_BRACKET => bracket(text, span, !finding.labels.is_empty()),
        _ if *rule == COLON_IN_TEXT => colon_in_text(text, span),
        _ if *rule == RESERVED_CHARACTER => reserved(text, span),
        _ if *rule == MISSING_COLON => colon(text, span),
        _ if *rule == MISSING_COMMA => comma(text, span),
        _ if *rule == BAD_ESCAPE => escape(text, span),
        _ if *rule == FOREIGN_COMMENT && !name.ends_with(".json") => comment(text, span),
        _ if *rule == DIRECTIVE => directive(text, span),
        _ if *rule == TAG => tag(text, span),
        _ if *rule == ANCHOR => anchor(text, span),
        _ if *rule == ALIAS => Some((vec![(span, quoted(slice(text, span)))], false)),
        _ if *rule == NOT_JSON => last_comma(text, span),
        _ => None,
    };
    if let Some((edits, safe)) = found {
        let source = finding.place.source;
        let edit = |(span, replacement): (Span, String)| Edit { place: Place::new(source, span), replacement };
        *finding = finding.clone().edits(edits.into_iter().map(edit).collect(), safe);
    }
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// How far a line is indented, and whether it says anything.
fn depth(line: &str) -> Option<usize> {
    let said = line.trim_start();
    (!said.is_empty() && !said.starts_with('#')).then(|| line.len() - said.len())
}

/// The lines below one that are indented more than it, those that say nothing included, and the end of the last that says
/// something.
fn end_of_deeper(text: &str, line: &Line<'_>) -> usize {
    let below = lines(text).filter(|(start, _)| *start > line.start);
    let mut end = line.start + line.text.trim_end().len();
    for (start, text) in below {
        match depth(text) {
            Some(deep) if deep <= line.indent() => break,
            Some(_) => end = start + text.trim_end().len(),
            None => {}
        }
    }
    end
}

/// What a line says from an offset on, without the comment behind it.
fn rest_of_line<'t>(line: &Line<'t>, offset: usize) -> &'t str {
    let rest = line.text.get(offset.saturating_sub(line.start)..).unwrap_or_default();
    rest.split(" #").next().unwrap_or_default().trim_end()
}

/// Tabs before what lines say become spaces: as many as others have that are indented by one level.
fn tabs(text: &str) -> Option<Repair> {
    let indents: Vec<(usize, &str)> = lines(text)
        .filter(|(_, line)| depth(line).is_some())
        .map(|(start, line)| (start, line.get(..line.len() - line.trim_start().len()).unwrap_or_default()))
        .collect();
    let spaces = indents.iter().filter(|(_, indent)| !indent.contains('\t') && !indent.is_empty());
    let step = spaces.map(|(_, indent)| indent.len()).min();
    let edits = indents.iter().filter(|(_, indent)| indent.contains('\t')).map(|(start, indent)| {
        (Span::new(*start, start + indent.len()), indent.replace('\t', &" ".repeat(step.unwrap_or(STEP))))
    });
    // A text of several lines may hold tabs of its own.
    let has_blocks = lines(text).any(|(_, line)| line.trim_end().ends_with(['|', '>', '+', '-']));
    let is_even = |indent: &str| match indent.trim_matches('\t').is_empty() {
        true => true,
        false => !indent.contains('\t') && indent.len().is_multiple_of(step.unwrap_or(STEP)),
    };
    let even = indents.iter().all(|(_, indent)| is_even(indent));
    Some((edits.collect(), even && !has_blocks))
}

/// A line between two levels goes to the nearer, and what is below it goes with it.
fn indent(text: &str, span: Span) -> Option<Repair> {
    let line = line_at(text, span.start);
    let own = line.indent();
    if Brackets::of(text.get(..line.start)?).hold(line.start) {
        // In brackets how far a line is indented means nothing, if it is far enough.
        return Some((vec![(Span::at(line.start), " ".repeat(STEP))], true));
    }
    let mut levels: Vec<usize> = Vec::new();
    for (_, above) in lines(text).filter(|(start, _)| *start < line.start).collect::<Vec<_>>().into_iter().rev() {
        let Some(deep) = depth(above) else { continue };
        if levels.last().is_none_or(|last| deep < *last) {
            if above.trim_start().starts_with("- ") {
                levels.push(deep + "- ".len());
            }
            levels.push(deep);
        }
    }
    let level = levels.into_iter().min_by_key(|level| (level.abs_diff(own), usize::MAX - level))?;
    let end = end_of_deeper(text, &line);
    let moved = lines(text).filter(|(start, _)| (line.start..=end).contains(start));
    let edits = moved.filter(|(_, text)| depth(text).is_some()).map(|(start, text)| {
        let deep = text.len() - text.trim_start().len();
        (Span::new(start, start + deep), " ".repeat((deep + level).saturating_sub(own)))
    });
    Some((edits.collect(), false))
}

/// A quote that opens a value and has no other on its line is closed at the end of the line, if what is below is no part
/// of it.
fn quote(text: &str, span: Span) -> Option<Repair> {
    let sign = slice(text, span).chars().next()?;
    let line = line_at(text, span.start);
    let before = text.get(line.start..span.start)?.trim_end();
    if Brackets::of(text.get(..line.start)?).hold(line.start) || before.contains(['{', '[']) {
        return None;
    }
    let opens = before.ends_with(':') || before.trim_start() == "-";
    if !opens {
        return text_with_quotes(text, &line, sign);
    }
    let said = line.text.trim_end();
    let rest = said.get(span.end - line.start..)?;
    if rest.contains(sign) || rest.contains(" #") || rest.is_empty() {
        return None;
    }
    let end = line.start + said.len();
    let certain = end_of_deeper(text, &line) == end;
    match rest.chars().next_back().filter(|last| "”“’‘´»„".contains(*last)) {
        Some(last) => Some((vec![(Span::new(end - last.len_utf8(), end), sign.to_string())], certain)),
        None => Some((vec![(Span::at(end), sign.to_string())], certain)),
    }
}

/// A value in quotes with the same quotes inside: those inside are written as they are in quotes.
fn text_with_quotes(text: &str, line: &Line<'_>, sign: char) -> Option<Repair> {
    let colon = line.text.find(": ")?;
    let value = rest_of_line(line, line.start + colon + 2);
    let start = line.start + colon + 2 + (value.len() - value.trim_start().len());
    let value = value.trim_start();
    let inner = value.strip_prefix(sign)?.strip_suffix(sign)?;
    let inner = if sign == '\'' { inner.replace('\'', "''") } else { inner.replace('"', "\\\"") };
    text.get(start..start + value.len())?;
    Some((vec![(Span::new(start, start + value.len()), format!("{sign}{inner}{sign}"))], false))
}

/// A bracket is closed where the lines end that belong to its key; one that closes nothing goes, and one of the wrong kind
/// becomes the right one.
fn bracket(text: &str, span: Span, mismatched: bool) -> Option<Repair> {
    let sign = slice(text, span);
    let line = line_at(text, span.start);
    let due = match sign {
        "{" => " }",
        "[" => "]",
        "}" if mismatched => return Some((vec![(span, "]".to_owned())], false)),
        "]" if mismatched => return Some((vec![(span, "}".to_owned())], false)),
        _ => return Some((vec![(span, String::new())], false)),
    };
    let own = rest_of_line(&line, span.end);
    let end_of_own = span.end + own.len();
    let below = end_of_deeper(text, &line) > line.start + line.text.trim_end().len();
    if below && own.trim().is_empty() && holds_block(text, &line) {
        // What is below is written in lines, as it is where there are no brackets.
        let before = text.get(..span.start)?.trim_end_matches(' ').len();
        return Some((vec![(Span::new(before, span.end), String::new())], false));
    }
    let end = if below { end_of_deeper(text, &line) } else { end_of_own };
    // Which of several brackets lacks its other one, nobody can tell.
    let alone = Brackets::of(own).fault().is_none() && !Brackets::of(text.get(..line.start)?).hold(line.start);
    Some((vec![(Span::at(end), due.to_owned())], alone && !below))
}

/// Whether the lines below one are keys or items without the commas that brackets ask for.
fn holds_block(text: &str, line: &Line<'_>) -> bool {
    let end = end_of_deeper(text, line);
    let below = lines(text).filter(|(start, _)| line.start < *start && *start < end);
    let said: Vec<&str> = below.map(|(_, text)| text.trim()).filter(|text| depth(text).is_some()).collect();
    let is_key = |text: &str| text.split_once(':').is_some_and(|(_, value)| value.is_empty() || value.starts_with(' '));
    said.iter().all(|text| !text.ends_with(','))
        && said.first().is_some_and(|first| first.starts_with("- ") || is_key(first))
}

/// A text that holds a colon goes in quotes.
fn colon_in_text(text: &str, span: Span) -> Option<Repair> {
    let line = line_at(text, span.start);
    let start = line.text.find(": ")? + ": ".len();
    let value = rest_of_line(&line, line.start + start);
    let start = line.start + start + (value.len() - value.trim_start().len());
    let value = value.trim_start();
    let before = text.get(start..span.start)?;
    // What looks like a key may be one that should stand on a line of its own.
    let is_text = before.contains(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
    Some((vec![(Span::new(start, start + value.len()), quoted(value))], is_text))
}

/// A text that begins with a reserved character goes in quotes.
fn reserved(text: &str, span: Span) -> Option<Repair> {
    if !matches!(slice(text, span), "@" | "`" | "%") {
        return None;
    }
    let line = line_at(text, span.start);
    let rest = rest_of_line(&line, span.start);
    let held = Brackets::of(text.get(..span.start)?).hold(span.start);
    let value = if held { rest.split([',', ']', '}']).next()?.trim_end() } else { rest };
    Some((vec![(Span::new(span.start, span.start + value.len()), quoted(value))], true))
}

/// A colon goes behind the word that must be a key.
fn colon(text: &str, span: Span) -> Option<Repair> {
    if Brackets::of(text.get(..span.start)?).hold(span.start) {
        let before = text.get(..span.start)?.trim_end().len();
        return Some((vec![(Span::at(before), ":".to_owned())], true));
    }
    let line = line_at(text, span.start);
    let said = slice(text, span);
    let is_key = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if is_key(said) {
        let end = span.end;
        return (end_of_deeper(text, &line) > end).then(|| (vec![(Span::at(end), ":".to_owned())], true));
    }
    let word = said.split(' ').next().filter(|word| is_key(word))?;
    Some((vec![(Span::at(span.start + word.len()), ":".to_owned())], false))
}

/// A comma goes behind the entry before.
fn comma(text: &str, span: Span) -> Option<Repair> {
    let before = text.get(..span.start)?.trim_end();
    if before.ends_with(';') {
        return Some((vec![(Span::new(before.len() - 1, before.len()), ",".to_owned())], false));
    }
    let word = slice(text, span);
    let is_key = word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
        && text.get(span.end..)?.starts_with(':');
    let both_quoted = before.ends_with(['"', '\'']) && word.starts_with(['"', '\'']);
    Some((vec![(Span::at(before.len()), ",".to_owned())], is_key || both_quoted))
}

/// A backslash that begins nothing is a backslash.
fn escape(text: &str, span: Span) -> Option<Repair> {
    let next = slice(text, span).chars().nth(1);
    let is_code = next.is_some_and(|c| matches!(c, 'u' | 'U' | 'x'));
    (!is_code).then(|| (vec![(Span::at(span.start), "\\".to_owned())], true))
}

/// `//` becomes `#`, and so does `/*` if its comment ends with the line.
fn comment(text: &str, span: Span) -> Option<Repair> {
    let glued = text.get(..span.start)?.ends_with(|c: char| !c.is_whitespace());
    let sign = if glued { " #" } else { "#" };
    if slice(text, span) == "//" {
        return Some((vec![(span, sign.to_owned())], true));
    }
    let line = line_at(text, span.start);
    let end = line.start + line.text.trim_end().len();
    let body = text.get(span.end..end)?.strip_suffix("*/")?;
    if body.contains("*/") {
        return None;
    }
    let close = span.end + body.trim_end().len();
    Some((vec![(span, sign.to_owned()), (Span::new(close, end), String::new())], true))
}

/// A directive says nothing that a document here needs.
fn directive(text: &str, span: Span) -> Option<Repair> {
    let end = span.end + text.get(span.end..)?.find('\n').map_or(0, |at| at + 1);
    let start = span.start - (span.start - text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1));
    Some((vec![(Span::new(start, end), String::new())], slice(text, span).starts_with("%YAML")))
}

/// Something before a value goes, with the space that divides it from the value, or at the end of a line from its key.
fn without(text: &str, span: Span) -> Span {
    let behind = text.get(span.end..).unwrap_or_default();
    let spaces = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    if behind.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) || behind.trim().is_empty() {
        let before = text.get(..span.start).unwrap_or_default();
        return Span::new(before.trim_end_matches([' ', '\t']).len(), span.end);
    }
    Span::new(span.start, span.end + spaces)
}

/// A tag of YAML itself says what the field decides anyway.
fn tag(text: &str, span: Span) -> Option<Repair> {
    let known = ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq"];
    Some((vec![(without(text, span), String::new())], known.contains(&slice(text, span))))
}

/// A name that nothing refers to goes. Before a text, it may be part of it.
fn anchor(text: &str, span: Span) -> Option<Repair> {
    let name = slice(text, span).strip_prefix('&')?;
    if text.contains(&format!("*{name}")) {
        return None;
    }
    let at_end = text.get(span.end..)?.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
    Some((vec![(without(text, span), String::new())], at_end))
}

/// The comma behind a last entry, which JSON does not know.
fn last_comma(text: &str, span: Span) -> Option<Repair> {
    let before = text.get(..span.start)?.trim_end();
    let closes = matches!(slice(text, span), "]" | "}");
    let comma = Span::new(before.len().checked_sub(1)?, before.len());
    (closes && slice(text, comma) == ",").then(|| (vec![(comma, String::new())], true))
}
