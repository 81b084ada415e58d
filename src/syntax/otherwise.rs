//! Edits that mend a text in another way than the one that comes to mind first.

use super::brackets::Brackets;
use super::mistakes::{Line, line_at, line_before, lines, lines_up};
use super::mixed::{begins_group, is_item, without_hyphens};
use super::repair::{
    STEP, comment_behind, depth, levels_above, placed, quoted, rest_of_line, slice, value_around, with_what_is_below,
};
use super::rules::{
    COLON_IN_TEXT, LIST_AND_MAPPING, MISSING_COLON, MISSING_SPACE, RESERVED_CHARACTER, UNCLOSED_BRACKET, WRONG_INDENT,
};
use super::slips::without_bullets;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::Span;

/// Edits that may be meant where the first that come to mind are not: which it is, only what the text means can tell.
pub fn others(finding: &Diagnostic, text: &str) -> Vec<Vec<Edit>> {
    let span = finding.place.span;
    let found = match finding.rule {
        rule if *rule == WRONG_INDENT => other_columns(text, span),
        rule if *rule == COLON_IN_TEXT => {
            let meant = [item_in_braces(text, span), in_braces(text, span), in_other_brackets(text, span)];
            meant.into_iter().flatten().collect()
        }
        rule if *rule == LIST_AND_MAPPING => {
            [without_their_hyphens(text, span), into_the_item_above(text, span), text_in_quotes(text, span)]
                .into_iter()
                .flatten()
                .collect()
        }
        rule if *rule == MISSING_COLON => vec![in_the_text_above(text, span)].into_iter().flatten().collect(),
        rule if *rule == UNCLOSED_BRACKET && matches!(slice(text, span), "]" | "}") => {
            vec![vec![(span, String::new())]]
        }
        rule if *rule == UNCLOSED_BRACKET && slice(text, span) == "#" => {
            comment_behind(&line_at(text, span.start), span).map(|edit| vec![edit]).into_iter().collect()
        }
        rule if *rule == RESERVED_CHARACTER => without_bullets(text, span).into_iter().collect(),
        rule if *rule == MISSING_SPACE => behind_its_key(text, span).into_iter().collect(),
        _ => Vec::new(),
    };
    found.into_iter().map(|edits| placed(edits, finding.place.source)).collect()
}

/// A group of keys in the brackets of a sentence goes in braces: `(at_least: 100 kg)`.
fn in_other_brackets(text: &str, span: Span) -> Option<Vec<(Span, String)>> {
    let value = value_around(text, span, rest_of_line)?;
    let inner = slice(text, value).strip_prefix('(')?.strip_suffix(')')?;
    Some(vec![(value, format!("{{ {} }}", inner.trim()))])
}

/// The hyphens before keys that belong beside those above go. They stand on the line itself, or right below its block.
fn without_their_hyphens(text: &str, span: Span) -> Option<Vec<(Span, String)>> {
    let from = line_at(text, span.start);
    let below = lines(text).filter(|(start, _)| *start >= from.start).map(|(start, text)| Line { start, text });
    let said = below.filter(|line| depth(line.text).is_some());
    let mut block = said.take_while(|line| line.indent() >= from.indent() || is_item(line));
    let item = block.find(is_item)?;
    let edits = without_hyphens(text, &item);
    if from.indent() == item.indent() + "- ".len() {
        // The keys stand where they belong: only the hyphens before them go.
        let hyphens = edits.into_iter().filter(|(_, written)| written.is_empty());
        return Some(hyphens.map(|(hyphen, _)| (hyphen, " ".repeat(hyphen.len()))).collect());
    }
    Some(edits)
}

/// A key with its value in the column of the item above goes further in, where the other keys of that item stand.
fn into_the_item_above(text: &str, span: Span) -> Option<Vec<(Span, String)>> {
    let line = line_at(text, span.start);
    let mut beside = lines_up(text, &line).filter(|above| above.indent() <= line.indent());
    let is_due = !is_item(&line)
        && !begins_group(&line)
        && beside.next().is_some_and(|above| is_item(&above) && above.indent() == line.indent());
    is_due.then(|| with_what_is_below(text, &line, line.indent() + "- ".len()))
}

/// A text behind a key that goes on below as if it were a list goes in quotes, on one line.
fn text_in_quotes(text: &str, span: Span) -> Option<Vec<(Span, String)>> {
    let line = line_at(text, span.start);
    let own = text.get(line.start..span.start)?;
    let below = lines(text).filter(|(start, said)| *start > line.start && depth(said).is_some());
    let below: Vec<(usize, &str)> = below.take_while(|(_, said)| depth(said) > Some(line.indent())).collect();
    let (last, said) = below.last()?;
    let is_text = own.trim_end().ends_with(':') && !slice(text, span).starts_with(['"', '\'', '[', '{', '|', '>']);
    if !is_text || below.iter().any(|(_, said)| said.contains(" #")) {
        return None;
    }
    let words = std::iter::once(rest_of_line(&line, span.start)).chain(below.iter().map(|(_, said)| said.trim()));
    let whole = Span::new(span.start, last + said.trim_end().len());
    Some(vec![(whole, quoted(&words.collect::<Vec<_>>().join(" ")))])
}

/// A line without a colon goes further in than the key above, whose text it is the rest of.
fn in_the_text_above(text: &str, span: Span) -> Option<Vec<(Span, String)>> {
    let line = line_at(text, span.start);
    let before = line_before(text, &line)?;
    let (_, value) = before.text.split_once(": ")?;
    let is_text = value.trim().starts_with(char::is_alphanumeric) && !before.text.contains(" #");
    let blank = Span::new(line.start, line.start + line.indent());
    (is_text && line.indent() <= before.indent()).then(|| vec![(blank, " ".repeat(before.indent() + STEP))])
}

/// An item that holds several keys on one line goes in the braces that it lacks: `- from: 500 box, price: 8 EUR/box`.
fn item_in_braces(text: &str, span: Span) -> Option<Vec<(Span, String)>> {
    let line = line_at(text, span.start);
    if Brackets::of(text.get(..line.start)?).hold(line.start) {
        return None;
    }
    let said = rest_of_line(&line, line.start);
    let item = said.trim_start().strip_prefix("- ")?.trim_start();
    item.contains(", ").then_some(())?;
    let end = line.start + said.len();
    Some(vec![(Span::new(end - item.len(), end), format!("{{ {item} }}"))])
}

/// A key and its value behind the colon of another key go in the braces that they lack.
fn in_braces(text: &str, span: Span) -> Option<Vec<(Span, String)>> {
    let value = value_around(text, span, rest_of_line)?;
    let said = slice(text, value);
    // Only the bracket that opens may be missing.
    let inner = said.strip_suffix('}').filter(|inner| !inner.contains(['{', '}'])).unwrap_or(said);
    Some(vec![(value, format!("{{ {} }}", inner.trim_end()))])
}

/// What stands alone on the line below a key and begins with a hyphen goes behind that key, in quotes: it may be a text.
fn behind_its_key(text: &str, span: Span) -> Option<Vec<(Span, String)>> {
    let line = line_at(text, span.start);
    let said = rest_of_line(&line, span.start);
    let before = line_before(text, &line)?;
    let key = rest_of_line(&before, before.start);
    let begins = slice(text, span) == "-" && key.ends_with(':') && line.indent() >= before.indent();
    let colon = before.start + key.len();
    begins.then(|| vec![(Span::new(colon, span.start + said.len()), format!(" {}", quoted(said)))])
}

/// The other columns for a line that is indented unlike its neighbours; or it stands right, and the line before does not.
fn other_columns(text: &str, span: Span) -> Vec<Vec<(Span, String)>> {
    let line = line_at(text, span.start);
    let before = line_before(text, &line).filter(|before| before.indent() != line.indent());
    let before =
        before.map(|before| vec![(Span::new(before.start, before.start + before.indent()), " ".repeat(line.indent()))]);
    let levels = levels_above(text, &line).into_iter().filter(|level| *level != line.indent());
    let alone = |level: usize| vec![(Span::new(line.start, line.start + line.indent()), " ".repeat(level))];
    let moved = levels.flat_map(|level| [alone(level), with_what_is_below(text, &line, level)]);
    before.into_iter().chain(moved).collect()
}
