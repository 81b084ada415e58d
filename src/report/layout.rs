//! Paragraphs of as many columns as there is room for, eighty where nobody says how many.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a terminal that does not say how many it has, and of what goes elsewhere.
const COLUMNS: usize = 80;

/// Fewer columns hold no sentence, and lines of more are hard to follow.
const FEWEST: usize = 40;
const MOST: usize = 100;

/// How many columns lines may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width(usize);

impl Width {
    /// For what goes to no terminal: a file is read elsewhere.
    pub const USUAL: Self = Self(COLUMNS);

    /// For a terminal of so many columns.
    pub fn of(columns: usize) -> Self {
        Self(columns.clamp(FEWEST, MOST))
    }

    pub(super) fn columns(self) -> usize {
        self.0
    }
}

impl Default for Width {
    fn default() -> Self {
        Self::USUAL
    }
}

/// Text wrapped at spaces; the first line begins with `first`, the others with as many spaces.
pub(super) fn wrap(first: &str, text: &str, width: Width) -> String {
    let indent = " ".repeat(first.chars().count());
    let mut out = String::from(first);
    let mut column = indent.len();
    let mut begun = false;
    for word in text.split_whitespace() {
        let len = word.chars().count();
        if begun && column + 1 + len > width.columns() {
            out.push('\n');
            out.push_str(&indent);
            column = indent.len();
            begun = false;
        }
        if begun {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += len;
        begun = true;
    }
    out.push('\n');
    out
}

/// A text wrapped at spaces.
pub fn wrapped(text: &str, width: Width) -> String {
    let indent: String = text.chars().take_while(|c| *c == ' ').collect();
    wrap(&indent, text, width)
}

/// Rows of two columns, the first as wide as its longest entry.
pub(super) fn table(indent: &str, rows: &[(String, String)], width: Width) -> String {
    let widest = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let row = |(name, text): &(String, String)| {
        let padding = " ".repeat(widest.saturating_sub(name.chars().count()) + 2);
        wrap(&format!("{indent}{name}{padding}"), text, width)
    };
    rows.iter().map(row).collect()
}

/// The lines of a cell of a table, none wider than the cell: broken at spaces, and inside words that are wider.
pub(super) fn cell(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let fits = |line: &String| line.is_empty() || width(line) + 1 + width(word) <= most;
        if !lines.last().is_some_and(fits) {
            lines.push(String::new());
        }
        let Some(line) = lines.last_mut() else { continue };
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        while let Some(long) = lines.last().filter(|line| width(line) > most).cloned() {
            let (fitting, rest) = long.split_at(bytes(&long, most.max(2)));
            lines.pop();
            lines.extend([fitting.to_owned(), rest.to_owned()]);
        }
    }
    lines
}

/// How many columns a text takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// How many bytes of a line stand before a column.
pub(super) fn bytes(line: &str, column: usize) -> usize {
    let mut columns = 0;
    let before = line.char_indices().find(|(_, c)| {
        columns += c.width().unwrap_or(0);
        columns > column
    });
    before.map_or(line.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_wider_than_it_may_be_and_loses_nothing() {
        for (text, most) in [("https://circuit.example/of/all 12 EUR", 9), ("包装 🎉 ñandú", 3), ("", 5), ("a b", 80)]
        {
            let lines = cell(text, most);
            assert!(lines.iter().all(|line| width(line) <= most), "{lines:?}");
            let bare = |text: &str| text.replace(' ', "");
            assert_eq!(bare(&lines.concat()), bare(text));
        }
    }

    #[test]
    fn no_line_is_longer_than_a_terminal_and_no_word_is_lost() {
        let text = "one two three ".repeat(30);
        for columns in [0, 50, COLUMNS, 1000] {
            let width = Width::of(columns);
            let out = wrap("  - ", &text, width);
            assert!(out.lines().all(|line| line.chars().count() <= width.columns()));
            assert_eq!(out.split_whitespace().skip(1).collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
        }
    }
}
