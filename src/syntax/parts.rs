//! A text in parts that can be read each by itself: the entries that stand below each other in one column.
//!
//! A mistake that stops the reading of one part stops that of no other, so that of many mistakes in a long text each costs as
//! much as its own part is long, and not as much as the text.

use super::mistakes::{Line, lines};
use super::repair::depth;

/// A text in parts.
pub struct Parts<'t> {
    /// What stands before the first entry: comments, and the lines below which the entries stand.
    before: &'t str,
    /// The lines of keys below which the entries stand.
    heads: String,
    entries: Vec<&'t str>,
}

/// What begins an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begin {
    Key,
    Item,
}

impl<'t> Parts<'t> {
    /// How often a text is divided at most: into groups, those into what they hold, and that into its keys.
    pub const MOST_LEVELS: usize = 4;

    /// How many bytes are read of a text that cannot be read, from stop to stop, before it is divided: a short one is looked at as
    /// a whole.
    pub const PATIENCE: usize = 16 << 10;

    /// The parts of a text: the entries of its root, or where there is one alone, of what stands below it. None of a text in
    /// brackets, or of one that is a part itself.
    pub fn of(text: &'t str) -> Option<Self> {
        let (mut heads, mut from) = (String::new(), 0);
        loop {
            let below = text.get(from..)?;
            let said = lines(below).map(|(start, text)| Line { start: from + start, text });
            let mut said = said.filter(|line| depth(line.text).is_some() && line.text.trim_end() != "---");
            let first = said.next()?;
            let begin = begin(&first)?;
            let begins = |line: &Line<'_>| line.indent() == first.indent() && self::begin(line) == Some(begin);
            let starts: Vec<usize> =
                std::iter::once(first.start).chain(said.filter(|line| begins(line)).map(|line| line.start)).collect();
            if let [_, second, ..] = starts.as_slice()
                && first.start < *second
            {
                let ends = starts.iter().skip(1).copied().chain([text.len()]);
                let entries = starts.iter().zip(ends).filter_map(|(start, end)| text.get(*start..end)).collect();
                return Some(Self { before: text.get(..first.start)?, heads, entries });
            }
            if !is_head(&first) {
                return None;
            }
            from = (first.start + first.text.len() + 1).min(text.len());
            heads.push_str(first.text.trim_end());
            heads.push('\n');
        }
    }

    /// The text with each part as it is once mended, up to the first that cannot be read then: those behind it are left as they
    /// are. What is told of each that was mended, and whether all can be read. A part is handed over below the lines below
    /// which it stands, and comes back with whether it can be read.
    pub fn mended<T>(&self, mut mend: impl FnMut(&str) -> (String, bool, T)) -> (String, bool, Vec<T>) {
        let (mut whole, mut all, mut told) = (self.before.to_owned(), true, Vec::new());
        for entry in &self.entries {
            let (mended, is_readable, of_part) = mend(&format!("{}{entry}", self.heads));
            let mended = mended.strip_prefix(&self.heads);
            all = is_readable && mended.is_some();
            let Some(mended) = mended else { break };
            whole.push_str(mended);
            told.push(of_part);
            if !all {
                break;
            }
        }
        self.entries.iter().skip(told.len()).for_each(|entry| whole.push_str(entry));
        (whole, all, told)
    }
}

/// What a line begins, if it does.
fn begin(line: &Line<'_>) -> Option<Begin> {
    let said = line.text.trim_start_matches(' ');
    let is_key =
        || said.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\'')) && said.contains(':');
    match said.starts_with("- ") {
        true => Some(Begin::Item),
        false => is_key().then_some(Begin::Key),
    }
}

/// Whether a line is a key and nothing else, so that what it holds stands below it.
fn is_head(line: &Line<'_>) -> bool {
    let said = line.text.find(" #").and_then(|at| line.text.get(..at)).unwrap_or(line.text).trim_end();
    begin(line) == Some(Begin::Key) && said.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the parts of a text are.
    fn parts(text: &str) -> Vec<String> {
        let mut parts = Vec::new();
        let Some(of_text) = Parts::of(text) else { return parts };
        let (whole, all, _) = of_text.mended(|part| {
            parts.push(part.to_owned());
            (part.to_owned(), true, ())
        });
        assert_eq!((whole.as_str(), all), (text, true));
        parts
    }

    #[test]
    fn entries_that_stand_below_each_other_are_parts_below_what_they_stand_below() {
        assert_eq!(parts("---\n# a\na: 1\n# b\nb:\n  c: 1\n- d\n"), ["a: 1\n# b\n", "b:\n  c: 1\n- d\n"]);
        assert_eq!(
            parts("a: # all\n\n  b:\n  - c: 1\n    d: {\n  }\n  - e"),
            ["a: # all\n  b:\n  - c: 1\n    d: {\n  }\n", "a: # all\n  b:\n  - e"]
        );
        assert_eq!(parts("a:\r\n  b: \"\r\n  c: 1\r\n"), ["a:\n  b: \"\r\n", "a:\n  c: 1\r\n"]);
    }

    #[test]
    fn what_holds_one_entry_or_stands_in_brackets_has_no_parts() {
        for text in [
            "",
            "# a\n",
            "a: 1\n",
            "a:\n  b: 1\n",
            "a: {\n  b: 1,\n  c: 2 }\n",
            "{\n\"a\": 1,\n\"b\": 2\n}\n",
            "a: |\n  b: 1\n  c: 2\n",
        ] {
            assert_eq!(parts(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn behind_a_part_that_cannot_be_read_all_is_left_as_it_is() {
        let of_text = Parts::of("a: 1\nb: 1\nc: 1\n").unwrap();
        let mended = of_text.mended(|part| (part.replace('1', "2"), !part.starts_with('b'), part.len()));
        assert_eq!(mended, ("a: 2\nb: 2\nc: 1\n".to_owned(), false, vec![5, 5]));
    }

    #[test]
    fn a_part_that_no_longer_stands_below_its_lines_is_left_too() {
        let of_text = Parts::of("a:\n  b: 1\n  c: 1\n").unwrap();
        let mended = of_text.mended(|part| (part.replace("a:\n  c", "a: c"), true, ()));
        assert_eq!(mended, ("a:\n  b: 1\n  c: 1\n".to_owned(), false, vec![()]));
    }
}
