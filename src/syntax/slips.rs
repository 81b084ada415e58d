//! Slips of single signs that stop the reading far from where they stand: a hyphen forgotten before the first item, a value
//! in the column of its key, a `#` in a text that goes on below, two brackets side by side, a colon of another keyboard.

use std::collections::BTreeSet;

use super::brackets::Brackets;
use super::mistakes::{Line, finding, lacks_colon, line_at, line_before, lines, lines_up};
use super::mixed::begins_group;
use super::repair::{STEP, depth, quoted, rest_of_line, text_of_line};
use super::rules::{
    LIST_AND_MAPPING, MISSING_COLON, MISSING_COMMA, MISSING_SPACE, NOT_YAML, RESERVED_CHARACTER, WRONG_INDENT,
};
use crate::diagnostic::{Diagnostic, Edit, Place, Text};
use crate::source::{SourceId, Span};

/// The colon of Chinese and Japanese keyboards, which is a letter to YAML.
const WIDE_COLON: char = '：';

/// What may be told of an offset at which reading stopped, at its line or the one before.
pub(super) fn slip(source: SourceId, text: &str, offset: usize, here: &Line<'_>) -> Option<Diagnostic> {
    let before = line_before(text, here);
    dashed(source, text, here)
        .or_else(|| before.iter().chain([here]).find_map(|line| wide_colon(source, line.text, line.start)))
        .or_else(|| first_item(source, text, here))
        .or_else(|| bare_items(source, text, here))
        .or_else(|| brackets_side_by_side(source, text, offset))
        .or_else(|| std::iter::once(here).chain(&before).find_map(|line| behind_brackets(source, text, line)))
        .or_else(|| text_around_comment(source, text, here))
        .or_else(|| bulleted_line(source, text, here))
        .or_else(|| beside_its_key(source, text, here, before.as_ref()))
}

/// The finding for a list with printed dashes for hyphens at a line or the one before it.
fn dashed(source: SourceId, text: &str, here: &Line<'_>) -> Option<Diagnostic> {
    let near = [line_before(text, here), Some(*here)].into_iter().flatten();
    let mut with_dash = near.filter(|line| line.text.trim_start().starts_with(['–', '—']));
    with_dash.find_map(|line| bulleted_line(source, text, &line))
}

/// The finding for a line that begins with another sign than the hyphen of an item.
fn bulleted_line(source: SourceId, text: &str, line: &Line<'_>) -> Option<Diagnostic> {
    let start = line.body().start;
    let sign = line.text.trim_start().chars().next()?;
    bullet(source, text, Span::new(start, start + sign.len_utf8()))
}

/// Signs with which people begin an item, and a space behind.
const BULLETS: [&str; 4] = ["*", "•", "–", "—"];

/// The finding for an item that begins with another sign than a hyphen, first of its line, or for a key with such a sign.
pub(super) fn bullet(source: SourceId, text: &str, at: Span) -> Option<Diagnostic> {
    let (sign, block) = bulleted(text, at)?;
    let first = block.first()?;
    let said = first.text.trim_start().get(sign.len()..)?.trim();
    let told = finding(&RESERVED_CHARACTER, source, at);
    let place = |span| Place::new(source, span);
    if is_beside_a_key(text, first) {
        let edits = without_bullets(text, at)?.into_iter();
        return Some(
            told.message(Text::new("a key has no `{sign}` before it").with("sign", sign))
                .help(Text::new("write `{meant}`").with("meant", said))
                .edits(edits.map(|(span, replacement)| Edit { place: place(span), replacement }).collect(), false),
        );
    }
    let edit = |item: &Line<'_>| {
        let start = item.start + item.indent();
        Edit { place: place(Span::new(start, start + sign.len())), replacement: "-".to_owned() }
    };
    Some(
        told.message(Text::new("an item of a list begins with `-`, not with `{sign}`").with("sign", sign))
            .help(Text::new("write `- {item}`").with("item", said))
            .edits(block.iter().filter(|line| line.indent() == first.indent()).map(edit).collect(), false),
    )
}

/// The sign at a place with which an item begins, and the lines from there on that say something: those in the same column
/// that begin alike, and what belongs to them.
fn bulleted(text: &str, at: Span) -> Option<(&str, Vec<Line<'_>>)> {
    let first = line_at(text, at.start);
    let sign = text.get(at.start..at.end).filter(|sign| BULLETS.contains(sign))?;
    let is_item = |line: &Line<'_>| line.text.trim_start().strip_prefix(sign).is_some_and(|item| item.starts_with(' '));
    if first.body().start != at.start || !is_item(&first) {
        return None;
    }
    // Such a sign may stand on every line: what is above is not gone through for each.
    let from_here = lines(text.get(first.start..)?).filter(|(_, line)| depth(line).is_some());
    let from_here = from_here.map(|(start, text)| Line { start: first.start + start, text });
    let column = first.indent();
    let own = from_here.take_while(|line| line.indent() > column || (line.indent() == column && is_item(line)));
    Some((sign, own.collect()))
}

/// Whether the line above in the same column is a key without a sign, and not the one behind which a list begins.
fn is_beside_a_key(text: &str, line: &Line<'_>) -> bool {
    let above = lines_up(text, line).enumerate().find(|(_, above)| above.indent() <= line.indent());
    above.is_some_and(|(between, above)| {
        let said = rest_of_line(&above, above.start).trim();
        let is_item = said.starts_with("- ") || BULLETS.iter().any(|sign| said.starts_with(sign));
        let is_key = said.contains(": ") || (said.ends_with(':') && between > 0);
        above.indent() == line.indent() && !is_item && is_key
    })
}

/// The edits that take the signs out before what turns out to be keys.
pub(super) fn without_bullets(text: &str, at: Span) -> Option<Vec<(Span, String)>> {
    let (sign, block) = bulleted(text, at)?;
    let column = block.first()?.indent();
    let of_items = block.chunk_by(|_, next| next.indent() > column);
    Some(of_items.flat_map(|lines| without_bullet(sign, lines)).collect())
}

/// The edits that take a sign out before a key. What stood in the column behind the sign goes as far out as the sign goes,
/// unless it belongs to the key there, whose sign was put before it without moving what is below.
fn without_bullet(sign: &str, lines: &[Line<'_>]) -> Vec<(Span, String)> {
    let Some((item, deeper)) = lines.split_first() else { return Vec::new() };
    let start = item.body().start;
    let opens = rest_of_line(item, item.start).ends_with(':');
    let stays = opens && deeper.first().is_some_and(|line| line.indent() == item.indent() + STEP);
    let moved = deeper.iter().filter(|_| !stays).map(|line| {
        (Span::new(line.start, line.start + line.indent()), " ".repeat(line.indent().saturating_sub(STEP)))
    });
    std::iter::once((Span::new(start, start + sign.len() + 1), String::new())).chain(moved).collect()
}

/// The finding for a key behind which a colon of another keyboard stands. `start` is where the line stands.
pub(super) fn wide_colon(source: SourceId, line: &str, start: usize) -> Option<Diagnostic> {
    let at = line.find(WIDE_COLON)?;
    let word = line.get(..at)?.trim().trim_start_matches("- ").trim_matches(['"', '\'']);
    let is_key = !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let span = Span::new(start + at, start + at + WIDE_COLON.len_utf8());
    let behind = line.get(at + WIDE_COLON.len_utf8()..)?;
    let colon = if behind.trim().is_empty() || behind.starts_with(' ') { ":" } else { ": " };
    let told = finding(&MISSING_COLON, source, span)
        .message(Text::new("`{sign}` is not the colon that divides a key from its value").with("sign", WIDE_COLON))
        .help(Text::new("write `{meant}`").with("meant", format!("{word}: {}", behind.trim()).trim_end()));
    is_key.then(|| told.fix(Place::new(source, span), colon, true))
}

/// The finding for keys or a value before the second item of a list that should be its first.
fn first_item(source: SourceId, text: &str, here: &Line<'_>) -> Option<Diagnostic> {
    let column = here.indent();
    here.text.trim_start().strip_prefix("- ")?;
    let above = lines(text).take_while(|(start, _)| *start < here.start);
    let above: Vec<Line<'_>> =
        above.filter(|(_, line)| depth(line).is_some()).map(|(start, text)| Line { start, text }).collect();
    let parent = above.iter().rposition(|line| {
        let ends = rest_of_line(line, line.start).ends_with(':');
        line.indent() < column || (line.indent() == column && ends)
    })?;
    let key = above.get(parent).filter(|key| rest_of_line(key, key.start).ends_with(':'))?;
    let own = above.get(parent + 1..)?;
    let first = own.first()?;
    let is_item = |line: &Line<'_>| line.text.trim_start().starts_with("- ");
    let is_deep = |line: &Line<'_>| line.indent() > column || key.indent() < column;
    if own.iter().any(is_item) || !own.iter().all(is_deep) {
        return None;
    }
    // Where each is a name with keys of its own, it is the hyphens that are too many.
    let beside = own.iter().filter(|line| line.indent() == first.indent());
    if first.indent() == column && beside.chain([here]).all(begins_group) {
        return None;
    }
    let moved = own.iter().map(|line| {
        let further = line.indent().saturating_sub(first.indent());
        let lead = if line.start == first.start { "- " } else { "  " };
        (
            Span::new(line.start, line.start + line.indent()),
            format!("{}{lead}{}", " ".repeat(column), " ".repeat(further)),
        )
    });
    Some(without_hyphen(source, first.body(), rest_of_line(first, first.start).trim(), moved.collect()))
}

/// The finding for groups in brackets of which each stands on a line of its own, as items do, and that lack their hyphens.
fn bare_items(source: SourceId, text: &str, here: &Line<'_>) -> Option<Diagnostic> {
    let column = here.indent();
    let sign = here.text.trim_start().chars().next().filter(|sign| matches!(sign, '{' | '['))?;
    let said: Vec<Line<'_>> =
        lines(text).filter(|(_, line)| depth(line).is_some()).map(|(start, text)| Line { start, text }).collect();
    let at = said.iter().position(|line| line.start == here.start)?;
    let is_beside =
        |line: &&Line<'_>| line.indent() == column && line.text.trim_start().trim_start_matches("- ").starts_with(sign);
    let above = said.get(..at)?.iter().rev().take_while(is_beside).count();
    let key = said.get(at.checked_sub(above + 1)?)?;
    if above == 0 || key.indent() >= column || !rest_of_line(key, key.start).ends_with(':') {
        return None;
    }
    let items = said.get(at - above..)?.iter().take_while(is_beside);
    let bare: Vec<&Line<'_>> = items.filter(|line| !line.text.trim_start().starts_with("- ")).collect();
    let first = bare.first()?;
    let edits = bare.iter().map(|line| (Span::at(line.start + column), "- ".to_owned())).collect();
    let item = rest_of_line(first, first.start).trim();
    Some(
        without_hyphen(source, first.body(), item, edits)
            .message(Text::new("this item of a list has no `- ` before it")),
    )
}

/// The finding for a first item without its hyphen, with the edits that put it there.
fn without_hyphen(source: SourceId, span: Span, item: &str, edits: Vec<(Span, String)>) -> Diagnostic {
    let edits = edits.into_iter().map(|(span, replacement)| Edit { place: Place::new(source, span), replacement });
    finding(&LIST_AND_MAPPING, source, span)
        .message(Text::new("the first item of this list has no `- ` before it"))
        .help(Text::new("write `- {item}`").with("item", item))
        .edits(edits.collect(), false)
}

/// The finding for items that were read as lines of the text before them: the first of a list that lacks its hyphen, or one
/// that is indented further than the one before. `span` is where the text stands.
pub(super) fn items_in_a_text(source: SourceId, text: &str, span: Span) -> Option<Diagnostic> {
    let written = text.get(span.start..span.end)?;
    written.lines().skip(1).find(|line| line.trim_start().starts_with("- "))?;
    let first = line_at(text, span.start);
    let below = lines(text).filter(|(start, _)| first.start < *start && *start < span.end);
    let below: Vec<Line<'_>> = below.map(|(start, text)| Line { start, text }).collect();
    let items: Vec<&Line<'_>> = below.iter().filter(|line| line.text.trim_start().starts_with("- ")).collect();
    let next = items.first()?;
    let before = text.get(first.start..span.start)?;
    let blank = |line: &Line<'_>| Span::new(line.start, line.start + line.indent());
    if before.trim_end().ends_with('-') {
        let column = before.find('-')?;
        let moved =
            items.iter().map(|line| Edit { place: Place::new(source, blank(line)), replacement: " ".repeat(column) });
        let told = finding(&WRONG_INDENT, source, blank(next))
            .help(Text::new("begin it in the same column as the item before"));
        return Some(told.edits(moved.collect(), false));
    }
    let column = next.indent();
    let own = rest_of_line(&first, span.start);
    let lead = match before.trim().is_empty() {
        true => (blank(&first), format!("{}- ", " ".repeat(column))),
        // It goes from behind its key to a line of its own.
        false => (Span::new(first.start + before.trim_end().len(), span.start), format!("\n{}- ", " ".repeat(column))),
    };
    let others = items.iter().map(|line| (blank(line), " ".repeat(column)));
    let edits = std::iter::once(lead).chain(others.filter(|(span, blank)| span.len() != blank.len()));
    Some(without_hyphen(source, Span::new(span.start, span.start + own.len()), own, edits.collect()))
}

/// The finding for items that are numbered or lettered, which were read as lines of one text: `1. paper`, `a) ink`.
pub(super) fn numbered_items(source: SourceId, text: &str, span: Span) -> Option<Diagnostic> {
    let written = text.get(span.start..span.end)?;
    written.lines().all(|line| mark(line.trim_start()).is_some()).then_some(())?;
    let first = line_at(text, span.start);
    let said = lines(text).filter(|(start, _)| first.start <= *start && *start < span.end);
    let said: Vec<Line<'_>> = said.map(|(start, text)| Line { start, text }).collect();
    let marks: Option<Vec<usize>> = said.iter().map(|line| mark(line.text.trim_start())).collect();
    let marks = marks.filter(|marks| marks.len() > 1 && first.body().start == span.start)?;
    let edits = said.iter().zip(&marks).map(|(line, mark)| {
        let start = line.start + line.indent();
        Edit { place: Place::new(source, Span::new(start, start + mark)), replacement: "-".to_owned() }
    });
    let sign = text.get(span.start..span.start + marks.first()?)?;
    let item = first.text.trim_start().get(*marks.first()?..)?.trim();
    let told = finding(&RESERVED_CHARACTER, source, Span::new(span.start, span.start + sign.len()))
        .message(Text::new("an item of a list begins with `-`, not with `{sign}`").with("sign", sign))
        .help(Text::new("write `- {item}`").with("item", item));
    Some(told.edits(edits.collect(), false))
}

/// How long the number or letter is with which an item begins.
fn mark(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let letter = usize::from(line.starts_with(|c: char| c.is_ascii_lowercase()));
    let sign = |at: usize, signs: &[&str]| {
        let behind = line.get(at..)?;
        signs.iter().any(|sign| behind.starts_with(sign)).then_some(at + 1)
    };
    match digits {
        0 => sign(letter, &[") "]).filter(|_| letter == 1),
        _ => sign(digits, &[". ", ") "]),
    }
}

/// The finding for a bracket that begins behind one that closes a value: `[paper] [ink]`.
fn brackets_side_by_side(source: SourceId, text: &str, offset: usize) -> Option<Diagnostic> {
    let before = text.get(..offset)?;
    let behind = text.get(offset..)?;
    let second = offset + behind.len() - behind.trim_start_matches([',', ' ']).len();
    let close = before.trim_end_matches([',', ' ']).len().checked_sub(1)?;
    let kind = |at: usize| text.get(at..at + 1);
    let (open, shut) = match (kind(close)?, kind(second)?) {
        ("]", "[") => ('[', ']'),
        ("}", "{") => ('{', '}'),
        _ => return None,
    };
    let line = line_at(text, offset);
    let start = Brackets::of(text.get(..=close)?).opens(close).filter(|at| line.start <= *at)?;
    let mut parts = vec![text.get(start..=close)?];
    let mut end = close + 1;
    let of_line = text.get(..line.start + line.text.len())?;
    // Those behind the second are mended with it.
    while let Some(next) = of_line.get(end..).map(|rest| end + rest.len() - rest.trim_start_matches([',', ' ']).len()) {
        let Some(shut) = of_line.get(next..).filter(|rest| rest.starts_with(open)).and_then(Brackets::closed_at) else {
            break;
        };
        end = next + shut + 1;
        parts.push(of_line.get(next..end)?);
    }
    parts.get(1)?;
    let inner = |bracket: &str| bracket.get(1..bracket.len() - 1).unwrap_or_default().trim().to_owned();
    let keys = |bracket: &str| -> BTreeSet<String> {
        let inner = inner(bracket);
        let entries = inner.split(',').filter_map(|entry| entry.split_once(':'));
        entries.map(|(key, _)| key.trim().to_owned()).collect()
    };
    let pairs = parts.iter().enumerate().flat_map(|(at, one)| parts.iter().skip(at + 1).map(move |other| (one, other)));
    let has_key_twice = pairs.into_iter().any(|(one, other)| !keys(one).is_disjoint(&keys(other)));
    let all_inner = || parts.iter().map(|part| inner(part)).collect::<Vec<_>>().join(", ");
    let all = Brackets::of(text.get(..start)?);
    // Groups that have a key in common are entries of a list, and so are those in one.
    let meant = match (open, has_key_twice) {
        _ if all.hold(start) && !all.in_mapping(start) => parts.join(", "),
        ('{', true) => format!("[{}]", parts.join(", ")),
        ('{', false) => format!("{{ {} }}", all_inner()),
        _ => format!("[{}]", all_inner()),
    };
    let told = finding(&MISSING_COMMA, source, Span::new(second, second + 1))
        .message(Text::new("behind the `{close}` that ends the value another bracket begins").with("close", shut))
        .help(Text::new("write `{meant}`").with("meant", &meant));
    Some(told.fix(Place::new(source, Span::new(start, end)), meant, false))
}

/// The finding for what stands behind the bracket that ends a value: a comma or full stop that nothing asks for, a comment
/// without the space before it, or words that should be one.
fn behind_brackets(source: SourceId, text: &str, line: &Line<'_>) -> Option<Diagnostic> {
    let end = line.start + line.text.trim_end().len();
    let brackets = Brackets::of(text.get(..end)?);
    let close = brackets.closed_on(Span::new(line.start, end))?;
    let sign = text.get(close..=close)?;
    let rest = text.get(close + 1..end)?;
    let said = rest.trim_start();
    let at = end - said.len();
    if said.starts_with('#') {
        let told = finding(&MISSING_SPACE, source, Span::new(at, at + 1))
            .message(Text::new("a space is missing before the `{sign}` of a comment").with("sign", "#"));
        return (at == close + 1).then(|| told.fix(Place::new(source, Span::at(at)), " ", true));
    }
    let words = said.split(" #").next().unwrap_or_default().trim_end();
    if matches!(words, "," | "." | ";") {
        let told = finding(&NOT_YAML, source, Span::new(at, at + 1))
            .message(Text::new("the value ends at the `{close}` before this").with("close", sign))
            .help(Text::new("take it out"));
        return Some(told.fix(Place::new(source, Span::new(close + 1, at + 1)), "", true));
    }
    let is_value = text.get(brackets.opens(close)?..close)?.contains([',', ':']);
    let is_comment =
        words.starts_with(|c: char| c.is_alphanumeric() || c == '(') && !words.contains([':', '[', '{', '#']);
    let told = finding(&NOT_YAML, source, Span::new(at, at + words.len()))
        .message(Text::new("the value ends at the `{close}` before this").with("close", sign))
        .help(Text::new("if it is a comment, write `# {words}`").with("words", words));
    (is_value && is_comment).then(|| told.fix(Place::new(source, Span::new(close + 1, at)), " # ", false))
}

/// The finding for a `#` in a text that goes on below: what is behind it is a comment, and no text has one in it.
fn text_around_comment(source: SourceId, text: &str, here: &Line<'_>) -> Option<Diagnostic> {
    let (own, comment) = here.text.split_once(" #")?;
    let hash = here.start + own.len() + 1;
    let (key, value) = own.split_once(": ")?;
    let value = value.trim();
    if value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']) || value.is_empty() {
        return None;
    }
    let below = lines(text).skip_while(|(start, _)| *start <= here.start).map(|(start, text)| Line { start, text });
    let goes_on = |line: &Line<'_>| {
        depth(line.text).is_some_and(|deep| deep > here.indent()) && lacks_colon(line.text) && !line.text.contains(" #")
    };
    let more: Vec<Line<'_>> = below.take_while(goes_on).collect();
    let last = more.last()?;
    let start = here.start + own.find(": ")? + 2;
    let rest = more.iter().map(|line| line.text.trim());
    let is_text = comment.starts_with(char::is_alphanumeric);
    let first = if is_text { text_of_line(here, start).trim() } else { value };
    let said = std::iter::once(first).chain(rest).collect::<Vec<_>>().join(" ");
    let kept = text.get(hash..here.start + here.text.trim_end().len())?;
    let (value, written) = match is_text {
        true => (quoted(&said), quoted(&said)),
        false => (said.clone(), format!("{said} {kept}")),
    };
    let message = Text::new("behind this `#` all is a comment, and a text that goes on below has none in it");
    let told = finding(&NOT_YAML, source, Span::new(hash, hash + 1)).message(message).help(
        Text::new("write `{key}: {value}`").with("key", key.trim().trim_start_matches("- ")).with("value", value),
    );
    Some(told.fix(Place::new(source, Span::new(start, last.start + last.text.trim_end().len())), written, false))
}

/// The finding for a value below its key that begins in the column of the key.
fn beside_its_key(source: SourceId, text: &str, here: &Line<'_>, before: Option<&Line<'_>>) -> Option<Diagnostic> {
    let key = before.filter(|key| key.indent() == here.indent())?;
    let name = rest_of_line(key, key.start).trim().strip_suffix(':')?;
    let body = here.text.trim();
    let below = lines(text).find(|(start, line)| *start > here.start && depth(line).is_some());
    let holds_more = below.and_then(|(_, line)| depth(line)).is_some_and(|deep| deep > here.indent());
    // Several small words may be a key and its value without the colon between.
    let is_value = !body.contains(' ') || body.starts_with(|c: char| !c.is_ascii_lowercase());
    if holds_more || !is_value || !lacks_colon(body) || body.contains('=') {
        return None;
    }
    let blank = Span::new(here.start, here.body().start.max(here.start + 1));
    let told = finding(&WRONG_INDENT, source, blank)
        .help(Text::new("begin `{value}` further right than `{key}`").with("value", body).with("key", name));
    Some(told.fix(Place::new(source, Span::at(here.start)), " ".repeat(STEP), false))
}
