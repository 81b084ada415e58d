//! The edits that mend a text which could not be read as it stands.
//!
//! One function a rule: from the place of a finding and the lines around it to edits, and whether they are what the writer
//! meant in every case. Whether they do mend it is seen by who applies them.

use super::brackets::Brackets;
use super::mistakes::{Line, PREFIXES, hash_in, lacks_colon, line_at, line_before, lines};
use super::rules::{
    ALIAS, ANCHOR, BAD_ESCAPE, COLON_IN_TEXT, DIRECTIVE, FOREIGN_COMMENT, MISSING_COLON, MISSING_COMMA, MISSING_SPACE,
    NOT_JSON, RESERVED_CHARACTER, SEVERAL_DOCUMENTS, TAB_INDENT, TAG, UNCLOSED_BRACKET, UNCLOSED_QUOTE, WRONG_INDENT,
};
use crate::diagnostic::{Diagnostic, Edit, Place, Text};
use crate::source::{SourceId, Span};

/// Spaces of one level, where a text does not show another habit.
pub(super) const STEP: usize = 2;

/// The quotes of printed texts, with which YAML quotes nothing.
const QUOTES: [char; 8] = ['”', '“', '’', '‘', '´', '«', '»', '„'];

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
        _ if *rule == MISSING_SPACE => Some(hyphens(text, span)),
        _ if *rule == MISSING_COMMA => comma(text, span),
        _ if *rule == BAD_ESCAPE => escape(text, span),
        _ if *rule == FOREIGN_COMMENT && !name.ends_with(".json") => comment(text, span),
        _ if *rule == DIRECTIVE => directive(text, span),
        _ if *rule == SEVERAL_DOCUMENTS => second_document(text, span),
        _ if *rule == TAG => tag(text, span),
        _ if *rule == ANCHOR => anchor(text, span),
        _ if *rule == ALIAS => {
            let words = words_from(text, span).unwrap_or(span);
            Some((vec![(words, quoted(slice(text, words)))], false))
        }
        _ if *rule == NOT_JSON => last_comma(text, span),
        _ => None,
    };
    let Some((edits, safe)) = found else { return };
    if let Some(meant) = one_text(&edits, *rule == RESERVED_CHARACTER || *rule == COLON_IN_TEXT) {
        finding.help = Some(Text::new("write `{meant}`").with("meant", meant));
    } else if let [(_, moved)] = edits.as_slice()
        && moved.contains(" #")
        && *rule == UNCLOSED_BRACKET
    {
        let help = Text::new("the comment goes behind the bracket: write `{meant}`");
        finding.help = Some(help.with("meant", moved.trim_start_matches([',', ' '])));
    }
    if *rule == MISSING_COLON
        && let Some(meant) = line_with(text, &edits)
    {
        finding.help = Some(Text::new("write `{meant}`").with("meant", meant));
    } else if *rule == UNCLOSED_QUOTE
        && let [(at, _)] = edits.as_slice()
        && text.get(at.start..).is_some_and(|rest| rest.starts_with(':'))
    {
        finding.help = Some(Text::new("put the same quote at the end of the key"));
    }
    *finding = finding.clone().edits(placed(edits, finding.place.source), safe);
}

/// What a line says once one edit in it was made.
fn line_with(text: &str, edits: &[(Span, String)]) -> Option<String> {
    let [(span, written)] = edits else { return None };
    let line = line_at(text, span.start);
    let said = rest_of_line(&line, line.start);
    let (before, behind) = (said.get(..span.start - line.start)?, said.get(span.end - line.start..)?);
    let meant = format!("{before}{written}{behind}");
    (!meant.contains('`') && !Brackets::of(text.get(..line.start)?).hold(line.start)).then(|| meant.trim().to_owned())
}

/// The text that edits write, in quotes unless any will do, if that is all they do: it can be spelled out.
fn one_text(edits: &[(Span, String)], any: bool) -> Option<&str> {
    let [(_, text)] = edits else { return None };
    (text.len() > 1 && (any || text.starts_with(['"', '\'', '['])) && !text.contains(['\n', '`'])).then_some(text)
}

pub(super) fn placed(edits: Vec<(Span, String)>, source: SourceId) -> Vec<Edit> {
    edits.into_iter().map(|(span, replacement)| Edit { place: Place::new(source, span), replacement }).collect()
}

pub(super) fn slice(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}

/// A text in quotes.
pub fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// A text without the typographic quotes around it.
fn bare(text: &str) -> &str {
    let inner = [('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’'), ('”', '”')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inner.map(str::trim).filter(|inner| !inner.is_empty() && !inner.contains(QUOTES)).unwrap_or(text)
}

/// How far a line is indented, and whether it says anything.
pub(super) fn depth(line: &str) -> Option<usize> {
    let said = line.trim_start();
    (!said.is_empty() && !said.starts_with('#')).then(|| line.len() - said.len())
}

/// The lines below one that are indented more than it, those that say nothing included, and the end of the last that says
/// something.
pub(super) fn end_of_deeper(text: &str, line: &Line<'_>) -> usize {
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
pub(super) fn rest_of_line<'t>(line: &Line<'t>, offset: usize) -> &'t str {
    let rest = line.text.get(offset.saturating_sub(line.start)..).unwrap_or_default();
    rest.split(" #").next().unwrap_or_default().trim_end()
}

/// What a line says from an offset on if that is a text: a `#` with a letter or digit right behind it may be part of it,
/// as in `Rolls #5`.
pub(super) fn text_of_line<'t>(line: &Line<'t>, offset: usize) -> &'t str {
    let rest = line.text.get(offset.saturating_sub(line.start)..).unwrap_or_default();
    let is_comment =
        |at: &usize| !rest.get(at + " #".len()..).is_some_and(|said| said.starts_with(char::is_alphanumeric));
    let end = rest.match_indices(" #").map(|(at, _)| at).find(is_comment).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default().trim_end()
}

/// Tabs before what lines say become spaces: the first line of several goes to the column in which it belongs by the line
/// before it, the others as much further in as they have more tabs.
fn tabs(text: &str) -> Option<Repair> {
    let said: Vec<Line<'_>> =
        lines(text).filter(|(_, line)| depth(line).is_some()).map(|(start, text)| Line { start, text }).collect();
    let step = said.iter().map(|line| blank(line)).filter(|blank| !blank.contains('\t') && !blank.is_empty());
    let step = step.map(str::len).min().unwrap_or(STEP);
    let (mut edits, mut even) = (Vec::new(), true);
    // Where the lines begin that have tabs: column and number of tabs.
    let mut run: Option<(usize, usize)> = None;
    let mut before: Option<Line<'_>> = None;
    for line in &said {
        let blank = blank(line);
        if blank.contains('\t') {
            let many = blank.matches('\t').count();
            let (column, first) = *run.get_or_insert_with(|| (column_below(before.as_ref(), line, step), many));
            let column = (column + many * step).saturating_sub(first * step);
            even &= blank.trim_matches('\t').is_empty();
            edits.push((Span::new(line.start, line.start + blank.len()), " ".repeat(column)));
        } else {
            run = None;
        }
        before = Some(*line);
    }
    // A text of several lines may hold tabs of its own.
    let has_blocks = lines(text).any(|(_, line)| line.trim_end().ends_with(['|', '>', '+', '-']));
    Some((edits, even && !has_blocks))
}

/// What stands before the first word of a line.
fn blank<'t>(line: &Line<'t>) -> &'t str {
    line.text.get(..line.indent()).unwrap_or_default()
}

/// The column of a line that is further in than the one before it if that ends with the colon of a key, else beside it.
fn column_below(before: Option<&Line<'_>>, line: &Line<'_>, step: usize) -> usize {
    let Some(before) = before else { return step };
    let said = rest_of_line(before, before.start);
    let is_item = |text: &str| text.trim_start().starts_with("- ");
    let in_item = is_item(said) && !is_item(line.text);
    let column = before.indent() + if in_item { "- ".len() } else { 0 };
    if said.ends_with(':') || lacks_colon(said) { column + step } else { column.max(step) }
}

/// A line between two levels goes to the nearer, and what is below it goes with it.
fn indent(text: &str, span: Span) -> Option<Repair> {
    let line = line_at(text, span.start);
    let own = line.indent();
    if Brackets::of(text.get(..line.start)?).hold(line.start) {
        return Some((further_than_their_key(text, &line)?, true));
    }
    let level = levels_above(text, &line).into_iter().min_by_key(|level| (level.abs_diff(own), usize::MAX - level))?;
    Some((with_what_is_below(text, &line, level), false))
}

/// In brackets how far a line is indented means nothing, if it is further than their key: so are it and those below moved
/// that are not.
fn further_than_their_key(text: &str, line: &Line<'_>) -> Option<Vec<(Span, String)>> {
    let key = line_at(text, Brackets::of(text.get(..line.start)?).outermost()?);
    let is_item = key.text.trim_start().starts_with("- ");
    let column = key.indent() + if is_item { "- ".len() } else { 0 };
    let brackets = Brackets::of(text);
    let below = lines(text).skip_while(|(start, _)| *start < line.start);
    let held = below.take_while(|(start, _)| *start == line.start || brackets.hold(*start));
    let short = held.filter_map(|(start, said)| Some((start, depth(said).filter(|deep| *deep <= column)?)));
    let short: Vec<(usize, usize)> = short.collect();
    let least = short.iter().map(|(_, deep)| *deep).min()?;
    let further = " ".repeat(column + STEP - least);
    Some(short.into_iter().map(|(start, _)| (Span::at(start), further.clone())).collect())
}

/// The columns in which the lines above begin that a line may belong to.
pub(super) fn levels_above(text: &str, line: &Line<'_>) -> Vec<usize> {
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
    levels
}

/// The edits that move a line to a column, and with it what is below it.
pub(super) fn with_what_is_below(text: &str, line: &Line<'_>, column: usize) -> Vec<(Span, String)> {
    let end = end_of_deeper(text, line);
    // What stands in that column already is beside it, not below.
    let beside = |start: usize, text: &str| {
        start > line.start && depth(text).is_some_and(|deep| line.indent() < deep && deep <= column)
    };
    let moved = lines(text).skip_while(|(start, _)| *start < line.start);
    let moved = moved.take_while(|(start, text)| *start <= end && !beside(*start, text));
    let edits = moved.filter(|(_, text)| depth(text).is_some()).map(|(start, text)| {
        let deep = text.len() - text.trim_start().len();
        (Span::new(start, start + deep), " ".repeat((deep + column).saturating_sub(line.indent())))
    });
    edits.collect()
}

/// A quote that opens a value and has no other on its line is closed at the end of the line, if what is below is no part
/// of it.
fn quote(text: &str, span: Span) -> Option<Repair> {
    let sign = slice(text, span).chars().next()?;
    let line = line_at(text, span.start);
    let before = text.get(line.start..span.start)?.trim_end();
    if Brackets::of(text.get(..line.start)?).hold(line.start) || before.contains(['{', '[']) {
        let rest = text.get(span.end..line.start + line.text.len())?;
        let end = rest.find([',', ']', '}'])?;
        return (!rest.contains(sign)).then(|| (vec![(Span::at(span.end + end), sign.to_string())], false));
    }
    let opens = before.ends_with(':') || before.trim_start() == "-";
    let key = text.get(span.end..line.start + line.text.len())?.split(':').next()?;
    let is_key =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-');
    if is_key && matches!(before.trim_start(), "" | "-") && !key.contains(sign) {
        return Some((vec![(Span::at(span.end + key.len()), sign.to_string())], false));
    }
    if !opens {
        return text_with_quotes(&line, sign);
    }
    let said = line.text.trim_end();
    let rest = said.get(span.end - line.start..)?;
    if rest.contains(sign) || rest.contains(" #") || rest.is_empty() {
        return None;
    }
    let end = line.start + said.len();
    let certain = end_of_deeper(text, &line) == end;
    let closes =
        |last: &char| QUOTES.contains(last) || (matches!(last, '"' | '\'') && rest.matches(*last).count() == 1);
    match rest.chars().next_back().filter(closes) {
        Some(last) => Some((vec![(Span::new(end - last.len_utf8(), end), sign.to_string())], certain)),
        None => Some((vec![(Span::at(end), sign.to_string())], certain)),
    }
}

/// A value in quotes with the same quotes inside: those inside are written as they are in quotes.
fn text_with_quotes(line: &Line<'_>, sign: char) -> Option<Repair> {
    let colon = line.text.find(": ")?;
    let value = text_of_line(line, line.start + colon + 2);
    let start = line.start + colon + 2 + (value.len() - value.trim_start().len());
    let value = value.trim_start();
    let whole = Span::new(start, start + value.len());
    if let Some(listed) = texts_in_quotes(value, sign) {
        return Some((vec![(whole, format!("[{listed}]"))], false));
    }
    let Some(inner) = value.strip_prefix(sign)?.strip_suffix(sign) else {
        return Some((vec![(whole, quoted(value))], false));
    };
    let inner = if sign == '\'' { inner.replace('\'', "''") } else { inner.replace('"', "\\\"") };
    Some((vec![(whole, format!("{sign}{inner}{sign}"))], false))
}

/// Several texts in quotes with commas between: `"paper", "ink"`.
fn texts_in_quotes(value: &str, sign: char) -> Option<String> {
    let texts: Vec<&str> = value.split(',').map(str::trim).collect();
    let is_text = |text: &&str| {
        let inner = text.strip_prefix(sign).and_then(|text| text.strip_suffix(sign));
        inner.is_some_and(|inner| !inner.is_empty() && !inner.contains([sign, '\\']))
    };
    (texts.len() > 1 && texts.iter().all(is_text)).then(|| texts.join(", "))
}

/// A bracket is closed where the lines end that belong to its key; one that closes nothing goes, and one of the wrong kind
/// becomes the right one.
fn bracket(text: &str, span: Span, mismatched: bool) -> Option<Repair> {
    let sign = slice(text, span);
    let line = line_at(text, span.start);
    let due = match sign {
        "{" => " }",
        "[" => "]",
        "#" => return with_comment(text, &line, span),
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
    if let Some(moved) = bracket_of_comment(&line, end_of_own, due).filter(|_| !below) {
        return Some((vec![moved], false));
    }
    let end = if below { end_of_deeper(text, &line) } else { end_of_own };
    // Which of several brackets lacks its other one, nobody can tell.
    let alone = Brackets::of(own).fault().is_none() && !Brackets::of(text.get(..line.start)?).hold(line.start);
    // A `#` without a space behind it may belong to the list, with all that follows.
    let behind = line.text.get(end_of_own - line.start..)?.trim_start();
    let is_comment = !behind.starts_with('#') || behind.starts_with("# ");
    Some((vec![(Span::at(end), due.to_owned())], alone && !below && is_comment))
}

/// The bracket at the end of a comment goes before it.
fn bracket_of_comment(line: &Line<'_>, end: usize, due: &str) -> Option<(Span, String)> {
    let comment = line.text.get(end.checked_sub(line.start)?..)?.trim_end();
    let kept = comment.strip_suffix(due.trim_start())?.trim_end();
    Some((Span::new(end, end + comment.len()), format!("{due}{kept}")))
}

/// A value in brackets of which a `#` makes the rest a comment: a text goes in quotes, and a comment behind an amount or
/// a date to the end of the line.
fn with_comment(text: &str, line: &Line<'_>, hash: Span) -> Option<Repair> {
    let before = line.text.get(..hash.start - line.start)?;
    let begun = before.rfind(['{', '[', ',']).max(before.rfind(": "))? + 1;
    let start = line.start + begun + (before.len() - begun) - before.get(begun..)?.trim_start().len();
    let nothing = text.get(start..hash.start)?.trim().is_empty();
    if nothing && before.trim_end().ends_with(':') {
        // The sign begins the value itself.
        let value = Span::new(hash.start, hash.start + comment_in_brackets(line, hash)?.len());
        return Some((vec![(value, quoted(slice(text, value)))], false));
    }
    if !text.get(start..hash.start)?.starts_with(char::is_alphabetic) {
        return Some((vec![comment_behind(line, hash)?], false));
    }
    let value = Span::new(start, hash.start + comment_in_brackets(line, hash)?.len());
    let is_number = text.get(hash.end..)?.starts_with(|c: char| c.is_ascii_digit());
    Some((vec![(value, quoted(slice(text, value)))], is_number))
}

/// What a `#` in brackets was probably meant to make a comment: up to the next entry or the closing bracket.
fn comment_in_brackets<'t>(line: &Line<'t>, hash: Span) -> Option<&'t str> {
    line.text.get(hash.start - line.start..)?.split([',', ']', '}']).next().map(str::trim_end)
}

/// A comment in brackets goes behind what it made part of it.
pub(super) fn comment_behind(line: &Line<'_>, hash: Span) -> Option<(Span, String)> {
    let comment = comment_in_brackets(line, hash)?;
    let before = line.text.get(..hash.start - line.start)?.trim_end().len();
    let end = line.text.trim_end().len();
    let rest = line.text.get(hash.start - line.start + comment.len()..end)?.trim_start();
    Some((Span::new(line.start + before, line.start + end), format!("{} {comment}", spaced(rest))))
}

/// The rest of an entry in brackets, with the space before a brace.
fn spaced(rest: &str) -> String {
    if rest.starts_with('}') { format!(" {rest}") } else { rest.to_owned() }
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
    let value = value_around(text, span, text_of_line)?;
    let before = text.get(value.start..span.start)?;
    if let Some(code) = code_with_a_space(slice(text, value)) {
        return Some((vec![(value, code)], false));
    }
    // What looks like a key may be one that should stand on a line of its own, and a `#` may begin a comment.
    let is_text = before.contains(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
    Some((vec![(value, quoted(bare(slice(text, value))))], is_text && !slice(text, value).contains(" #")))
}

/// A code or an address of which a space parts the beginning: `hs: 1101`.
fn code_with_a_space(text: &str) -> Option<String> {
    let (prefix, rest) = text.split_once(": ")?;
    let rest = rest.trim_start();
    let is_code = PREFIXES.contains(&prefix) && !rest.is_empty() && !rest.contains([' ', ',', '"', '\'', '#', ':']);
    (is_code && (rest.starts_with("//") == prefix.starts_with("http"))).then(|| format!("{prefix}:{rest}"))
}

/// The value behind the first colon of the line on which something stands, as far as `said` tells what the line says.
pub(super) fn value_around(text: &str, span: Span, said: for<'t> fn(&Line<'t>, usize) -> &'t str) -> Option<Span> {
    let line = line_at(text, span.start);
    let held = Brackets::of(text.get(..span.start)?).hold(span.start);
    let before = line.text.get(..span.start - line.start)?;
    let start = if held { before.rfind(": ") } else { before.find(": ") }? + ": ".len();
    let rest = said(&line, line.start + start);
    let value = if held { rest.split([',', ']', '}']).next()?.trim_end() } else { rest };
    let start = line.start + start + (value.len() - value.trim_start().len());
    Some(Span::new(start, start + value.trim_start().len()))
}

/// A text that begins with a reserved character goes in quotes.
fn reserved(text: &str, span: Span) -> Option<Repair> {
    let sign = slice(text, span);
    let line = line_at(text, span.start);
    if matches!(sign, ">" | "|") {
        let rest = rest_of_line(&line, span.start);
        let is_held = Brackets::of(text.get(..span.start)?).hold(span.start);
        let rest = if is_held { rest.split([',', ']', '}']).next()?.trim_end() } else { rest };
        return block_on_one_line(rest, span);
    }
    let rest = text_of_line(&line, span.start);
    if !matches!(sign, "@" | "`" | "%" | "&" | "*" | "!" | "-" | "?" | "{" | "[") {
        return None;
    }
    let held = !matches!(sign, "{" | "[") && Brackets::of(text.get(..span.start)?).hold(span.start);
    let value = if held { rest.split([',', ']', '}']).next()?.trim_end() } else { rest };
    let whole = Span::new(span.start, span.start + value.len());
    if value.len() == sign.len() {
        return None;
    }
    // Of a text or list that goes on below, quotes around its first line make neither.
    if !held && end_of_deeper(text, &line) > line.start + line.text.trim_end().len() {
        return None;
    }
    match percentage(value) {
        Some(turned) => Some((vec![(whole, turned)], false)),
        None => Some((vec![(whole, quoted(value))], !value.contains(" #"))),
    }
}

/// What begins like a text of several lines and goes on behind the sign: a limit, or a text that needs no sign.
fn block_on_one_line(rest: &str, span: Span) -> Option<Repair> {
    let sign = rest.chars().next()?;
    let whole = Span::new(span.start, span.start + rest.len());
    let said = rest.trim_start_matches([sign, '=', ' ']);
    let is_limit = sign == '>' && said.starts_with(|c: char| c.is_ascii_digit());
    let meant = if is_limit { format!("{{ at_least: {said} }}") } else { said.to_owned() };
    (!said.is_empty() && !said.contains([':', '#'])).then(|| (vec![(whole, meant)], false))
}

/// `12 %` for `%12`.
pub(super) fn percentage(text: &str) -> Option<String> {
    let number = text.strip_prefix('%')?.trim_start();
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    is_number.then(|| format!("{number} %"))
}

/// A colon goes behind the word that must be a key.
fn colon(text: &str, span: Span) -> Option<Repair> {
    if Brackets::of(text.get(..span.start)?).hold(span.start) {
        let before = text.get(..span.start)?.trim_end().len();
        return Some((vec![(Span::at(before), ":".to_owned())], true));
    }
    let line = line_at(text, span.start);
    let said = slice(text, span);
    let before = line_before(text, &line);
    if before.is_some_and(|before| before.text.trim_start().starts_with("- ") && before.indent() == line.indent()) {
        return Some((vec![(Span::at(span.start), "- ".to_owned())], false));
    }
    let is_key = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if is_key(said) {
        let end = span.end;
        return (end_of_deeper(text, &line) > end).then(|| (vec![(Span::at(end), ":".to_owned())], true));
    }
    let word = said.split([' ', '=', ';']).next().filter(|word| is_key(word))?;
    let behind = said.get(word.len()..)?;
    if let Some(value) = ["=>", "->", "=", ";"].iter().find_map(|sign| behind.trim_start().strip_prefix(sign)) {
        let sign = Span::new(span.start + word.len(), span.start + said.len() - value.trim_start().len());
        return Some((vec![(sign, ": ".to_owned())], false));
    }
    Some((vec![(Span::at(span.start + word.len()), ":".to_owned())], false))
}

/// A space goes behind the hyphen of an item, and of those right below it that lack theirs too.
fn hyphens(text: &str, span: Span) -> Repair {
    let column = line_at(text, span.start).indent();
    let from = text.get(span.start..).unwrap_or_default();
    let item = |start: usize, line: &str| {
        (span.start + start, line.len() - line.trim_start().len(), line.trim_start().to_owned())
    };
    let below = lines(from).map(|(start, line)| item(start, line));
    let glued = |(nth, (_, indent, said)): &(usize, (usize, usize, String))| {
        said.starts_with('-') && !said.starts_with("- ") && (*nth == 0 || *indent == column)
    };
    let items = below.enumerate().take_while(glued);
    // A space that is none of the keyboard's stands for the one that is missing.
    let odd = |said: &str| said.chars().nth(1).filter(|c| c.is_whitespace()).map_or(0, char::len_utf8);
    let edit = |(start, indent, said): (usize, usize, String)| {
        let behind = start + indent + 1;
        (Span::new(behind, behind + odd(&said)), " ".to_owned())
    };
    (items.map(|(_, item)| edit(item)).collect(), true)
}

/// A comma goes behind the entry before.
fn comma(text: &str, span: Span) -> Option<Repair> {
    if slice(text, span) == "#" {
        return with_comment(text, &line_at(text, span.start), span);
    }
    let end = end_of_entry(text, span.start);
    let before = text.get(..end)?;
    let more = Brackets::of(text).undivided(text, span.end);
    let more = more.into_iter().map(|at| (Span::at(end_of_entry(text, at)), ",".to_owned()));
    if before.ends_with(';') {
        let first = (Span::new(end - 1, end), ",".to_owned());
        return Some((std::iter::once(first).chain(more).collect(), false));
    }
    let word = slice(text, span);
    let is_key = word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
        && text.get(span.end..)?.starts_with(':');
    let both_quoted = before.ends_with(['"', '\'']) && word.starts_with(['"', '\'']);
    let both_in_brackets = before.ends_with([']', '}']) && word.starts_with(['[', '{']);
    let first = (Span::at(end), ",".to_owned());
    Some((std::iter::once(first).chain(more).collect(), is_key || both_quoted || both_in_brackets))
}

/// Where the entry before another ends: before the comment behind it, if that begins on a line of its own.
fn end_of_entry(text: &str, entry: usize) -> usize {
    let mut end = text.get(..entry).unwrap_or_default().trim_end().len();
    let own = line_at(text, entry).start;
    while end < own {
        let line = line_at(text, end.saturating_sub(1));
        let said = line.text.get(..hash_in(line.text).unwrap_or(line.text.len())).unwrap_or_default().trim_end();
        if !said.is_empty() && !said.trim_start().starts_with('#') {
            return end.min(line.start + said.len());
        }
        end = text.get(..line.start).unwrap_or_default().trim_end().len();
        if end == 0 {
            break;
        }
    }
    end
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

/// The line of hyphens between two parts of one document goes, if nothing else stands on it.
fn second_document(text: &str, span: Span) -> Option<Repair> {
    let line = line_at(text, span.start);
    let end = (line.start + line.text.len() + 1).min(text.len());
    (line.text.trim() == "---").then(|| (vec![(Span::new(line.start, end), String::new())], false))
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

/// What begins with a tag or name and goes on with a word on the same line: a text whose first character means something.
fn words_from(text: &str, span: Span) -> Option<Span> {
    let line = line_at(text, span.start);
    let held = Brackets::of(text.get(..span.start)?).hold(span.start);
    let rest = text_of_line(&line, span.start);
    let said = if held { rest.split([',', ']', '}']).next()?.trim_end() } else { rest };
    let behind = said.get(span.len()..)?.trim_start();
    let is_text = behind.starts_with(char::is_alphabetic) && !behind.contains(": ") && !behind.ends_with(':');
    is_text.then(|| Span::new(span.start, span.start + said.len()))
}

/// Whether nothing stands behind what begins a value, on its line or below: then it is the value.
fn stands_alone(text: &str, span: Span) -> bool {
    let line = line_at(text, span.start);
    let behind = text.get(span.end..line.start + line.text.len()).unwrap_or_default().trim_start();
    if Brackets::of(text.get(..span.start).unwrap_or_default()).hold(span.start) {
        return behind.starts_with([',', ']', '}']);
    }
    let below = lines(text).find(|(start, below)| *start > line.start && depth(below).is_some());
    let goes_on = below.is_some_and(|(_, below)| {
        depth(below) > Some(line.indent())
            || (depth(below) == Some(line.indent()) && below.trim_start().starts_with("- "))
    });
    (behind.is_empty() || behind.starts_with('#')) && !goes_on
}

/// A tag of YAML itself says what the field decides anyway.
fn tag(text: &str, span: Span) -> Option<Repair> {
    let known = ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq"];
    if let Some(words) = words_from(text, span).filter(|_| !slice(text, span).starts_with("!!")) {
        return Some((vec![(words, quoted(slice(text, words)))], false));
    }
    if !slice(text, span).starts_with("!!") && stands_alone(text, span) {
        return Some((vec![(span, quoted(slice(text, span)))], false));
    }
    Some((vec![(without(text, span), String::new())], known.contains(&slice(text, span))))
}

/// A name that nothing refers to goes. Before a text, it may be part of it.
fn anchor(text: &str, span: Span) -> Option<Repair> {
    let name = slice(text, span).strip_prefix('&')?;
    if text.contains(&format!("*{name}")) {
        return None;
    }
    if let Some(words) = words_from(text, span) {
        return Some((vec![(words, quoted(slice(text, words)))], false));
    }
    if stands_alone(text, span) {
        return Some((vec![(span, quoted(slice(text, span)))], false));
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
