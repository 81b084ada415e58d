//! A list and keys in one block: which of them the others are meant to be.

use super::mistakes::{Line, finding, lines, lines_up};
use super::repair::{depth, end_of_deeper, placed, rest_of_line};
use super::rules::LIST_AND_MAPPING;
use crate::diagnostic::{Diagnostic, Text};
use crate::source::{SourceId, Span};

/// The finding for a line that is a key where those of its block above are items, or the other way round. What belongs to
/// those above, further in, does not count.
pub(super) fn list_and_keys(source: SourceId, text: &str, here: &Line<'_>) -> Option<Diagnostic> {
    let column = here.indent();
    let above: Vec<Line<'_>> = lines_up(text, here).take_while(|line| line.indent() >= column).collect();
    let beside = above.iter().find(|line| line.indent() == column).filter(|line| is_item(line) != is_item(here))?;
    if is_item(here) {
        // A key with its list further in is no block of items: the line is indented wrongly.
        let has_list = above.first().is_some_and(|below| below.indent() > column && is_key_alone(beside));
        return (!has_list).then(|| stray_item(source, text, here, beside));
    }
    let own = |line: &&Line<'_>| line.indent() == column;
    let items: Vec<Line<'_>> = above.iter().filter(own).take_while(|line| is_item(line)).copied().collect();
    // A list may stand in the column of its key, and the next key beside both.
    let owner = above.iter().filter(own).nth(items.len());
    if owner.is_some_and(is_key_alone) {
        return None;
    }
    Some(stray_key(source, text, here, &items))
}

/// The finding for an item among keys. One that is a name with keys of its own, as those above are, has a hyphen too many.
fn stray_item(source: SourceId, text: &str, here: &Line<'_>, beside: &Line<'_>) -> Diagnostic {
    let told = finding(&LIST_AND_MAPPING, source, here.body());
    match begins_group(here) && begins_group(beside) {
        true => told.help(hyphen_too_many(beside)).edits(placed(without_hyphens(text, here), source), false),
        false => told,
    }
}

/// The finding for a key behind items. If each of them is a name with keys of its own, it is they that have a hyphen too
/// many; and if the one before has the same key, it lacks its hyphen.
fn stray_key(source: SourceId, text: &str, here: &Line<'_>, items: &[Line<'_>]) -> Diagnostic {
    let told = finding(&LIST_AND_MAPPING, source, here.body());
    let Some((first, last)) = items.last().zip(items.first()) else { return told };
    if begins_group(here) && items.iter().all(begins_group) {
        let told = finding(&LIST_AND_MAPPING, source, first.body());
        return told.help(hyphen_too_many(here)).edits(placed(without_hyphens(text, first), source), false);
    }
    if key(here).is_some_and(|own| keys_of_item(text, last).contains(&own)) {
        let item = rest_of_line(here, here.start).trim();
        return told
            .message(Text::new("this item of a list has no `- ` before it"))
            .help(Text::new("write `- {item}`").with("item", item))
            .edits(placed(with_hyphens(text, here), source), false);
    }
    told
}

fn hyphen_too_many(like: &Line<'_>) -> Text {
    Text::new("take the `- ` out: this is a key like `{name}`").with("name", key(like).unwrap_or_default())
}

pub(super) fn is_item(line: &Line<'_>) -> bool {
    let said = line.text.trim();
    said == "-" || said.starts_with("- ")
}

/// What a line says, without the hyphen of an item and a comment.
fn said<'t>(line: &Line<'t>) -> &'t str {
    let said = rest_of_line(line, line.start).trim();
    said.strip_prefix("- ").unwrap_or(said).trim_start()
}

/// The key of a line, if it says one.
fn key<'t>(line: &Line<'t>) -> Option<&'t str> {
    let (key, value) = said(line).split_once(':')?;
    (!key.is_empty() && (value.is_empty() || value.starts_with(' '))).then_some(key)
}

fn value<'t>(line: &Line<'t>) -> Option<&'t str> {
    let (_, value) = said(line).split_once(':').filter(|_| key(line).is_some())?;
    Some(value.trim())
}

fn is_key_alone(line: &Line<'_>) -> bool {
    !is_item(line) && value(line).is_some_and(str::is_empty)
}

/// Whether a line is a name with keys of its own, in braces or on the lines below.
pub(super) fn begins_group(line: &Line<'_>) -> bool {
    value(line).is_some_and(|value| value.is_empty() || value.starts_with('{'))
}

/// The keys that an item has on its line and beside it.
fn keys_of_item<'t>(text: &'t str, item: &Line<'t>) -> Vec<&'t str> {
    let column = item.indent() + "- ".len();
    let end = end_of_deeper(text, item);
    let below = lines(text).filter(|(start, _)| item.start < *start && *start < end);
    let below = below.map(|(start, text)| Line { start, text }).filter(|line| line.indent() == column);
    std::iter::once(*item).chain(below).filter_map(|line| key(&line)).collect()
}

/// The edits that take the hyphens out of an item and of those below it in its block. What belongs to one goes out with it
/// where it stands further in than its name.
pub(super) fn without_hyphens(text: &str, item: &Line<'_>) -> Vec<(Span, String)> {
    let column = item.indent();
    let block = block_from(text, item);
    let mut edits = Vec::new();
    let mut goes_out = false;
    for (nth, line) in block.iter().enumerate() {
        let deep = line.indent();
        if deep == column {
            let is_item = is_item(line);
            let hyphen = Span::new(line.start + deep, line.start + deep + "- ".len());
            edits.extend(is_item.then(|| (hyphen, String::new())));
            goes_out = is_item && block.get(nth + 1).is_some_and(|below| below.indent() > column + "- ".len());
        } else if goes_out {
            edits.push((Span::new(line.start, line.start + deep), " ".repeat(deep - "- ".len())));
        }
    }
    edits
}

/// The edits that put a hyphen before a key that begins an item, and wherever it stands again; the others go further in.
fn with_hyphens(text: &str, first: &Line<'_>) -> Vec<(Span, String)> {
    let begins = |line: &Line<'_>| line.indent() == first.indent() && key(line) == key(first);
    let own =
        block_from(text, first).into_iter().take_while(|line| !(line.indent() == first.indent() && is_item(line)));
    let lead = |line: Line<'_>| {
        let at = line.start + line.indent();
        (Span::at(at), if begins(&line) { "- " } else { "  " }.to_owned())
    };
    own.map(lead).collect()
}

/// A line and those below it that say something and are no further out.
fn block_from<'t>(text: &'t str, first: &Line<'t>) -> Vec<Line<'t>> {
    let from = lines(text).skip_while(|(start, _)| *start < first.start).map(|(start, text)| Line { start, text });
    from.filter(|line| depth(line.text).is_some()).take_while(|line| line.indent() >= first.indent()).collect()
}
