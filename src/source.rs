//! Text and places in it.
//!
//! A [`Source`] is a name and a text; a [`Span`] is a pair of byte offsets into that text. Lines and columns are
//! computed here and only when somebody asks. This module knows nothing of paths, disks or YAML: the name is what the
//! reader is shown, nothing more.

use std::fmt;
use std::sync::OnceLock;

/// Which source of a [`Sources`] collection a place belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A half-open range of bytes of one source, always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; an `end` before `start` gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The empty span at `offset`.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether no byte is covered.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether no byte lies between the two; where one ends and the other begins they touch.
    pub fn touches(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

/// A line and a column, both counted from one; the column counts Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for LineColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// How many characters of a text stand before an offset, and how many units they take in UTF-16.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    characters: usize,
    utf16: usize,
}

impl Counts {
    fn of(bytes: &[u8]) -> Self {
        // A character begins with any byte but `10xxxxxx`; of those with four bytes, UTF-16 takes two units.
        let characters = bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count();
        let beyond = bytes.iter().filter(|byte| **byte >= 0b1111_0000).count();
        Self { characters, utf16: characters + beyond }
    }

    fn and(self, other: Self) -> Self {
        Self { characters: self.characters + other.characters, utf16: self.utf16 + other.utf16 }
    }

    fn without(self, part: Self) -> Self {
        Self { characters: self.characters - part.characters, utf16: self.utf16 - part.utf16 }
    }
}

/// Every so many bytes it is noted how much stands before them, so that a place on a long line is found as fast as any.
const MARK: usize = 1024;

/// A named text with an index of its lines.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Offset of the first byte of each line, once somebody has asked for a line.
    line_starts: OnceLock<Vec<usize>>,
    /// What stands before each [`MARK`] bytes, once somebody has asked for a column.
    marks: OnceLock<Vec<Counts>>,
}

impl Source {
    /// Takes a text under the name that readers are shown.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), line_starts: OnceLock::new(), marks: OnceLock::new() }
    }

    /// What stands before a byte of the text.
    fn before(&self, offset: usize) -> Counts {
        let bytes = self.text.as_bytes();
        let marks = self.marks.get_or_init(|| {
            let parts = bytes.chunks(MARK).scan(Counts::default(), |before, part| {
                let after = before.and(Counts::of(part));
                Some(std::mem::replace(before, after))
            });
            parts.collect()
        });
        let nearest = (offset / MARK).min(marks.len().saturating_sub(1));
        let rest = bytes.get(nearest * MARK..offset.min(bytes.len())).unwrap_or_default();
        marks.get(nearest).copied().unwrap_or_default().and(Counts::of(rest))
    }

    /// What stands on a line before a byte of it; most lines are so short that the marks are not asked for.
    fn on_line(&self, start: usize, offset: usize) -> Counts {
        match self.text.as_bytes().get(start..offset) {
            Some(part) if part.len() <= MARK => Counts::of(part),
            _ => self.before(offset).without(self.before(start)),
        }
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let bytes = self.text.as_bytes();
            // A carriage return alone ends a line too, as it does to the reader of YAML.
            let ends = |at: &usize| bytes.get(*at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n');
            std::iter::once(0).chain(memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends).map(|at| at + 1)).collect()
        })
    }

    /// The name that readers are shown, usually a path as the user wrote it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span does not lie in this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Line and column of a byte offset; an offset behind the end counts as the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = offset.min(self.text.len());
        let line = self.line_starts().partition_point(|start| *start <= offset);
        let start = self.line_starts().get(line.wrapping_sub(1)).copied().unwrap_or(0);
        LineColumn { line: line.max(1), column: self.on_line(start, offset).characters + 1 }
    }

    /// The column of a byte offset in units of UTF-16, counted from one.
    pub fn utf16_column(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let start = self.line_start(self.line_column(offset).line);
        self.on_line(start, offset).utf16 + 1
    }

    /// The offset of the first byte of a line, counted from one; the end of the text past the last line.
    pub fn line_start(&self, line: usize) -> usize {
        line.checked_sub(1).and_then(|i| self.line_starts().get(i)).copied().unwrap_or(self.text.len())
    }

    /// The text of a line, counted from one, without its line break; empty past the last line.
    pub fn line(&self, line: usize) -> &str {
        let Some(start) = line.checked_sub(1).and_then(|i| self.line_starts().get(i)).copied() else {
            return "";
        };
        let end = self.line_starts().get(line).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }
}

/// All texts of one run, so that a place can be `Copy` and still be resolved.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// An empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text and says by which id places refer to it.
    pub fn add(&mut self, source: Source) -> SourceId {
        let id = SourceId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(source);
        id
    }

    /// How many bytes all texts have.
    pub fn bytes(&self) -> usize {
        self.0.iter().map(|source| source.text.len()).sum()
    }

    /// The source of an id; `None` if the id is of another collection.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.0.get(usize::try_from(id.0).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let source = Source::new("x", "añb\ncd\n");
        assert_eq!(source.line_column(0).to_string(), "1:1");
        assert_eq!(source.line_column(3).to_string(), "1:3");
        assert_eq!(source.line_column(5).to_string(), "2:1");
        assert_eq!(source.line_column(99).to_string(), "3:1");
        assert_eq!(Source::new("x", "a\rb\r\nc").line_column(5).to_string(), "3:1");
        assert_eq!((source.line(1), source.line(2), source.line(3), source.line(4)), ("añb", "cd", "", ""));
    }

    #[test]
    fn columns_of_a_long_line_are_counted_from_its_beginning() {
        let text = format!("first\n{}\nlast", "añ🎉".repeat(1000));
        let source = Source::new("x", text.as_str());
        let line = text.find('a').unwrap();
        for (offset, c) in text.char_indices().filter(|(offset, _)| (line..line + 7000).contains(offset)) {
            let before = &text[line..offset];
            assert_eq!(source.line_column(offset), LineColumn { line: 2, column: before.chars().count() + 1 }, "{c}");
            assert_eq!(source.utf16_column(offset), before.encode_utf16().count() + 1, "{c}");
        }
        assert_eq!(source.line_column(text.len()).to_string(), "3:5");
    }
}
