//! A line of a text with the part that is meant underlined, in plain characters.

use super::escape;
use crate::diagnostic::Place;
use crate::source::{Source, Sources};

/// Most characters of a line that are shown.
const WIDTH: usize = 72;

/// Most lines of a place that are shown.
const LINES: usize = 4;

/// The line of a place and its underline, or its first lines, indented; empty where the text has nothing to show.
pub(super) fn snippet(sources: &Sources, place: Place, indent: &str) -> String {
    let Some(source) = sources.get(place.source).filter(|source| !source.text().is_empty()) else {
        return String::new();
    };
    let start = source.line_column(place.span.start);
    let end = source.line_column(place.span.end);
    let several = block(source, start.line, if end.column == 1 { end.line.saturating_sub(1) } else { end.line });
    if several.len() > 1 {
        return numbered(&several, indent);
    }
    let line = source.line(start.line);
    // A long line is cut around the place, so that the place is always seen.
    let from = if start.column > WIDTH { start.column - WIDTH / 2 } else { 1 };
    let shown: String = line.chars().skip(from - 1).take(WIDTH).collect();
    let last = if end.line == start.line { end.column } else { line.chars().count() + 1 };
    let before: String = shown.chars().take(start.column - from).collect();
    let marked: String = shown.chars().skip(start.column - from).take(last.saturating_sub(start.column)).collect();
    let gap = " ".repeat(width(&escape(&before)));
    let marks = "^".repeat(width(&escape(marked.trim_end())).max(1));
    let number = start.line.to_string();
    let margin = " ".repeat(number.len());
    format!("{indent}{number} | {}\n{indent}{margin} | {gap}{marks}\n", escape(&shown))
}

/// The lines from one to another without the blank ones at the end.
fn block(source: &Source, first: usize, last: usize) -> Vec<(usize, &str)> {
    let mut lines: Vec<_> = (first..=last.min(first + LINES)).map(|number| (number, source.line(number))).collect();
    while lines.last().is_some_and(|(_, line)| line.trim().is_empty()) {
        lines.pop();
    }
    lines
}

/// The first lines of a place that has several.
fn numbered(lines: &[(usize, &str)], indent: &str) -> String {
    let width = lines.iter().take(LINES).map(|(number, _)| number.to_string().len()).max().unwrap_or(0);
    let mut out = String::new();
    for (number, line) in lines.iter().take(LINES) {
        let shown: String = line.chars().take(WIDTH).collect();
        out.push_str(&format!("{indent}{number:>width$} | {}\n", escape(shown.trim_end())));
    }
    if lines.len() > LINES {
        out.push_str(&format!("{indent}{:>width$} | ...\n", ""));
    }
    out
}

/// How many columns a text takes; wide characters count twice, as terminals show them.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if ('\u{1100}'..='\u{115f}').contains(&c) || ('\u{2e80}'..='\u{ffe6}').contains(&c) || c >= '\u{1f300}' {
                2
            } else {
                1
            }
        })
        .sum()
}

/// `file:line:column`, or the file alone where there is no text.
pub(super) fn location(sources: &Sources, place: Place) -> String {
    let Some(source) = sources.get(place.source) else { return String::new() };
    let name = escape(source.name());
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
        snippet(&sources, Place::new(source, Span::new(start, start + part.len())), "")
    }

    #[test]
    fn one_line_is_underlined_under_the_characters_that_are_meant() {
        assert_eq!(shown("a: 1\nñandú: 包装 kg # x\n", "包装 kg"), "2 | ñandú: 包装 kg # x\n  |        ^^^^^^^\n");
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
