//! A line of a text with the part that is meant underlined: what plain text and frames show of a place.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::escape::{escape, push_escaped};
use super::layout::Width;
use crate::diagnostic::Place;
use crate::source::{Source, Sources};

/// Most columns of a line that are shown, and how many are left to its number and the frame.
const WIDTH: usize = 72;
const MARGIN: usize = 8;

/// As many columns of a line as are shown where there is so much room.
fn widest(room: Width) -> usize {
    room.columns().saturating_sub(MARGIN).min(WIDTH)
}

/// Most characters on a side of a place that are looked at: some take no column, and a line may be as long as a text.
const NEAR: usize = 1024;

/// Most lines of a place that are shown.
const LINES: usize = 4;

/// What stands where a part is left out.
const CUT: &str = "…";

/// What is shown of a place.
#[derive(Debug, Default)]
pub(super) struct Snippet {
    /// Numbers of lines and what is shown of each, nothing hidden in it.
    pub(super) lines: Vec<(usize, String)>,
    /// Whether more lines would follow.
    pub(super) more: bool,
    /// How many columns of the only line stand before what is meant, and how many it takes.
    pub(super) marked: Option<(usize, usize)>,
}

impl Snippet {
    /// Of a place; empty where the text has nothing to show.
    pub(super) fn of(sources: &Sources, place: Place, room: Width) -> Self {
        let Some(source) = sources.get(place.source).filter(|source| !source.text().is_empty()) else {
            return Self::default();
        };
        let start = source.line_column(place.span.start);
        let end = source.line_column(place.span.end);
        let several = block(source, start.line, if end.column == 1 { end.line.saturating_sub(1) } else { end.line });
        if several.len() > 1 {
            let more = several.len() > LINES;
            let shown = several.into_iter().take(LINES).map(|(number, line)| (number, beginning(line, room))).collect();
            return Self { lines: shown, more, marked: None };
        }
        let line = source.line(start.line);
        let inside = |offset: usize| offset.saturating_sub(source.line_start(start.line)).min(line.len());
        underlined(line, start.line, inside(place.span.start)..inside(place.span.end), room)
    }

    /// Columns that the numbers of lines take.
    pub(super) fn margin(&self) -> usize {
        self.lines.iter().map(|(number, _)| number.to_string().len()).max().unwrap_or(0)
    }
}

/// A line with the columns of the part of it that is meant; a long one is cut around the place, so that the place is always
/// seen.
fn underlined(line: &str, number: usize, part: Range<usize>, room: Width) -> Snippet {
    let (before, rest) = line.split_at_checked(part.start).unwrap_or((line, ""));
    let marked = first(line.get(part).unwrap_or_default().trim_end());
    let columns = escape(marked).width().max(1);
    let near = last(before);
    let width = widest(room);
    let fits = near == before && escape(before).width() + columns.min(width / 2) <= width;
    let kept = if fits { before } else { end(near, width / 2) };
    let (shown, whole) = fitting(kept.chars().chain(rest.chars()), room);
    let cut = if kept.len() < before.len() { CUT } else { "" };
    let text = format!("{cut}{shown}{}", if whole { "" } else { CUT });
    let gap = cut.width() + escape(kept).width();
    // What runs on beyond the cut is underlined up to it.
    let left = text.width().saturating_sub(gap);
    Snippet { lines: vec![(number, text)], more: false, marked: Some((gap, columns.min(left).max(1))) }
}

/// The first characters of a text.
fn first(text: &str) -> &str {
    text.char_indices().nth(NEAR).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// The last characters of a text.
fn last(text: &str) -> &str {
    text.char_indices().rev().nth(NEAR - 1).and_then(|(from, _)| text.get(from..)).unwrap_or(text)
}

/// As much of the end of a text as takes so many columns; what combines with a character that is left out is left out too.
fn end(text: &str, most: usize) -> &str {
    let mut columns = 0;
    let fitting = text.char_indices().rev().take_while(|(_, c)| {
        columns += escape(c.encode_utf8(&mut [0; 4])).width();
        columns <= most
    });
    let from = fitting.last().map_or(text.len(), |(at, _)| at);
    text.get(from..).unwrap_or_default().trim_start_matches(|c: char| c.width() == Some(0))
}

/// As many characters as fit, with nothing hidden, and whether those are all.
fn fitting(chars: impl Iterator<Item = char>, room: Width) -> (String, bool) {
    let width = widest(room);
    let mut shown = String::new();
    let mut columns = 0;
    for (count, c) in chars.enumerate() {
        let before = shown.len();
        push_escaped(&mut shown, c);
        columns += shown.get(before..).unwrap_or_default().width();
        if columns > width || count >= 2 * NEAR {
            shown.truncate(before);
            return (shown, false);
        }
    }
    (shown, true)
}

/// What fits of a line that is shown for itself.
pub(super) fn beginning(line: &str, room: Width) -> String {
    let (shown, whole) = fitting(line.trim_end().chars(), room);
    if whole { shown } else { shown + CUT }
}

/// The lines from one to another without the blank ones at the end.
fn block(source: &Source, first: usize, last: usize) -> Vec<(usize, &str)> {
    let mut lines: Vec<_> = (first..=last.min(first + LINES)).map(|number| (number, source.line(number))).collect();
    while lines.last().is_some_and(|(_, line)| line.trim().is_empty()) {
        lines.pop();
    }
    lines
}

/// The line of a place and its underline, or its first lines, in plain characters, indented.
pub(super) fn snippet(sources: &Sources, place: Place, indent: &str, room: Width) -> String {
    let shown = Snippet::of(sources, place, room);
    let margin = shown.margin();
    let mut out = String::new();
    for (number, line) in &shown.lines {
        out.push_str(format!("{indent}{number:>margin$} | {line}").trim_end());
        out.push('\n');
    }
    if shown.more {
        out.push_str(&format!("{indent}{:>margin$} | ...\n", ""));
    }
    if let Some((gap, marks)) = shown.marked {
        out.push_str(&format!("{indent}{:>margin$} | {}{}\n", "", " ".repeat(gap), "^".repeat(marks)));
    }
    out
}

/// `file:line:column`, or the file alone where there is no text.
pub(super) fn location(sources: &Sources, place: Place) -> String {
    let Some(source) = sources.get(place.source) else { return String::new() };
    let name = super::escape_line(source.name());
    if source.text().is_empty() { name } else { format!("{name}:{}", source.line_column(place.span.start)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    /// What is shown of a part of a text.
    fn shown(text: &str, part: &str) -> String {
        let mut sources = Sources::new();
        let source = sources.add(Source::new("a.yaml", text));
        let start = text.find(part).unwrap();
        snippet(&sources, Place::new(source, Span::new(start, start + part.len())), "", Width::USUAL)
    }

    /// What is underlined on a terminal.
    fn marked(text: &str, part: &str) -> String {
        let out = shown(text, part);
        let (line, marks) = out.split_once('\n').unwrap();
        let (from, to) = (marks.find('^').unwrap(), marks.trim_end().len());
        assert!(line.width() <= WIDTH + 2 * CUT.len() + 4, "{line}");
        let mut column = 0;
        let under = |c: &char| {
            let (at, columns) = (column, c.width().unwrap_or(0));
            column += columns;
            // What takes no column belongs to the character before it.
            columns > 0 && (from..to).contains(&at)
        };
        line.chars().filter(under).collect()
    }

    #[test]
    fn one_line_is_underlined_under_the_characters_that_are_meant() {
        assert_eq!(shown("a: 1\nñandú: 包装 kg # x\n", "包装 kg"), "2 | ñandú: 包装 kg # x\n  |        ^^^^^^^\n");
    }

    #[test]
    fn what_takes_no_column_or_two_is_measured_as_terminals_show_it() {
        assert_eq!(marked("a: n\u{303}o x y", "x"), "x");
        assert_eq!(marked("a: 🎉包 x y", "x"), "x");
        assert_eq!(marked("a: ﾊﾟ x y", "x"), "x");
        assert_eq!(marked("a:\tb\tx y", "x"), "x");
        assert_eq!(marked("a: \u{200b}\u{202e} x y", "x"), "x");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        for filler in ["ab ", "包", "e\u{301}"] {
            let long = format!("{}here{}", filler.repeat(400), filler.repeat(400));
            assert_eq!(marked(&long, "here"), "here", "{filler}");
            assert!(shown(&long, "here").starts_with("1 | …"));
        }
        let accents = "\u{301}".repeat(5000);
        let out = shown(&format!("e{accents} here{accents}"), "here");
        assert!(out.contains("here") && out.chars().count() < 4 * NEAR, "{}", out.len());
        let out = shown(&format!("a: {}", "x".repeat(400)), &"x".repeat(400));
        let mut lines = out.lines();
        assert!(lines.next().unwrap().ends_with("xx…"));
        assert_eq!(lines.next().unwrap().matches('^').count(), WIDTH - 3 + 1);
    }

    #[test]
    fn of_several_lines_the_first_four_are_shown_and_none_is_underlined() {
        assert_eq!(shown("tiers:\n  - a\n  - b\n\nnext: 1\n", "- a\n  - b\n\n"), "2 |   - a\n3 |   - b\n");
        let long = "x\n".repeat(12);
        let out = shown(&long, &long);
        assert_eq!(out, "1 | x\n2 | x\n3 | x\n4 | x\n  | ...\n");
        assert_eq!(shown(&("y\n".repeat(8) + &long), &long).lines().next(), Some(" 9 | x"));
    }
}
