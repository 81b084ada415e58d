//! Brackets, quotes and commas as the writer put them, found without the parser.
//!
//! The parser says where it could not go on, which is often far behind the mistake. This scan knows enough of YAML to
//! tell a bracket that holds values from one in a text, and a quote from an apostrophe.

use super::build::MOST_LEVELS;
use super::mistakes::hash_in;
use crate::source::Span;

/// What stands in brackets, where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// `[`
    OpenList,
    /// `{`
    OpenMapping,
    /// A bracket that closes.
    Close,
    /// A comma.
    Comma,
    /// A colon behind a key.
    Colon,
}

/// How the brackets of a text are wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The bracket at this offset is never closed.
    Unclosed(usize),
    /// The bracket at this offset closes nothing.
    Stray(usize),
    /// One bracket is closed by one of the other kind.
    Mismatched {
        /// Offset of the one that opens.
        open: usize,
        /// Offset of the one that closes.
        close: usize,
    },
}

/// The brackets of a text.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    /// Offset, kind and depth of each mark in brackets, in order.
    marks: Vec<(usize, Mark, usize)>,
    /// Whether what stands behind each mark lies in a mapping.
    in_mapping: Vec<bool>,
    /// Those that are open at the end.
    open: Vec<(usize, char)>,
    fault: Option<Fault>,
}

impl Brackets {
    /// Finds the brackets of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut scan = Scan { text, found: Self::default(), quote: None, begins: true, closed: false, before: '\n' };
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            // Deeper than a document may be, nothing more is asked of them, and they could fill the memory.
            if scan.found.fault.is_some() || scan.found.open.len() > MOST_LEVELS {
                break;
            }
            at += scan.take(at, c);
        }
        let mut found = scan.found;
        found.fault = found.fault.or_else(|| found.open.last().map(|(at, _)| Fault::Unclosed(*at)));
        found
    }

    /// What is wrong with them first.
    pub(super) fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// Whether an offset lies in brackets.
    pub(super) fn hold(&self, offset: usize) -> bool {
        self.depth(offset) > 0
    }

    /// Where the first of the brackets stands that are open at the end.
    pub(super) fn outermost(&self) -> Option<usize> {
        self.open.first().map(|(at, _)| *at)
    }

    /// Where the bracket opens that the one at an offset closes.
    pub(super) fn opens(&self, close: usize) -> Option<usize> {
        let (_, _, depth) = self.marks.iter().find(|(at, mark, _)| *at == close && *mark == Mark::Close)?;
        let opens = |mark: Mark| matches!(mark, Mark::OpenList | Mark::OpenMapping);
        let before = self.marks.iter().rev().find(|(at, mark, level)| *at < close && level == depth && opens(*mark));
        before.map(|(at, ..)| *at)
    }

    /// How many bytes behind the bracket with which a text begins the one stands that closes it.
    pub(super) fn closed_at(text: &str) -> Option<usize> {
        let brackets = Self::of(text);
        let close = brackets.marks.iter().find(|(_, mark, depth)| *mark == Mark::Close && *depth == 1)?;
        (brackets.opens(close.0) == Some(0)).then_some(close.0)
    }

    /// Where the last bracket on a line stands that closes the outermost.
    pub(super) fn closed_on(&self, line: Span) -> Option<usize> {
        let closes = |(at, mark, depth): &&(usize, Mark, usize)| {
            *mark == Mark::Close && *depth == 1 && (line.start..line.end).contains(at)
        };
        self.marks.iter().rfind(closes).map(|(at, ..)| *at)
    }

    /// Whether what stands at an offset is a value: a colon came last.
    pub(super) fn is_value(&self, offset: usize) -> bool {
        let depth = self.depth(offset);
        let before = self.before(offset).iter().rev().find(|(_, _, level)| *level <= depth);
        before.is_some_and(|(_, mark, level)| *mark == Mark::Colon || (*mark == Mark::Close && *level == depth))
    }

    /// Whether an offset lies in a mapping in brackets.
    pub(super) fn in_mapping(&self, offset: usize) -> bool {
        let last = self.before(offset).len().checked_sub(1);
        last.and_then(|last| self.in_mapping.get(last)).is_some_and(|in_mapping| *in_mapping)
    }

    /// Where entries stand first on their line with no comma before them, from an offset on up to where the outermost of the
    /// brackets around it is closed. A text that goes on below is none.
    pub(super) fn undivided(&self, text: &str, from: usize) -> Vec<usize> {
        let close = self.marks.iter().find(|(at, mark, depth)| *at > from && *mark == Mark::Close && *depth == 1);
        let inside = text.get(from..close.map_or(text.len(), |(at, ..)| *at)).unwrap_or_default();
        let ends = inside.match_indices('\n').map(|(at, _)| from + at + 1);
        let begin = ends.filter_map(|start| {
            let line = text.get(start..)?.lines().next()?;
            Some(start + line.len() - line.trim_start().len()).filter(|_| !line.trim().is_empty())
        });
        begin.filter(|at| self.hold(*at) && self.lacks_comma(text, *at)).collect()
    }

    /// Whether an entry stands at an offset, first on its line, with another before it and no comma between.
    fn lacks_comma(&self, text: &str, at: usize) -> bool {
        let split = self.marks.partition_point(|(mark, ..)| *mark < at);
        let (before, behind) = self.marks.split_at(split);
        let Some((last, mark, _)) = before.last() else { return false };
        let mut lines = text.get(last + 1..at).unwrap_or_default().lines().rev().map(without_comment);
        let said = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
        let is_value = !said.is_empty();
        let ends = *mark == Mark::Close || is_value;
        let begins = |signs: &[char]| text.get(at..).is_some_and(|rest| rest.starts_with(signs));
        if self.in_mapping(at) {
            let is_key = behind.first().is_some_and(|(colon, mark, _)| {
                *mark == Mark::Colon && text.get(at..*colon).is_some_and(|key| !key.contains('\n'))
            });
            return is_key && (*mark == Mark::Close || (*mark == Mark::Colon && is_value));
        }
        let in_quotes = said.trim_end().ends_with(['"', '\'']) && begins(&['"', '\'']);
        ends && (begins(&['[', '{']) || in_quotes)
    }

    /// The marks before an offset.
    fn before(&self, offset: usize) -> &[(usize, Mark, usize)] {
        self.marks.split_at(self.marks.partition_point(|(at, ..)| *at < offset)).0
    }

    fn depth(&self, offset: usize) -> usize {
        self.before(offset)
            .last()
            .map_or(0, |(_, mark, depth)| if *mark == Mark::Close { depth.saturating_sub(1) } else { *depth })
    }
}

/// A line, or the rest of one, without the comment behind it.
fn without_comment(line: &str) -> &str {
    let end = if line.trim_start().starts_with('#') { Some(0) } else { hash_in(line) };
    line.get(..end.unwrap_or(line.len())).unwrap_or_default()
}

struct Scan<'t> {
    text: &'t str,
    found: Brackets,
    /// The quote in which we are.
    quote: Option<char>,
    /// Whether a value or key may begin here, so that a bracket or quote is one.
    begins: bool,
    /// Whether a bracket has just closed, behind which no text begins.
    closed: bool,
    before: char,
}

impl Scan<'_> {
    /// Takes what stands at an offset and says how many bytes that were.
    fn take(&mut self, at: usize, c: char) -> usize {
        if let Some(quote) = self.quote {
            return self.in_quotes(at, c, quote);
        }
        let next = self.text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next()).unwrap_or('\n');
        let in_brackets = !self.found.open.is_empty();
        match c {
            '#' if self.before.is_whitespace() => return self.rest_of_line(at),
            '|' | '>' if self.begins && !in_brackets => return self.block_text(at),
            '"' | '\'' if self.begins => {
                self.quote = Some(c);
                self.begins = false;
            }
            '[' | '{' if self.begins || in_brackets => {
                self.found.open.push((at, c));
                self.mark(at, if c == '[' { Mark::OpenList } else { Mark::OpenMapping });
                self.begins = true;
            }
            ']' | '}' if self.begins || self.closed || in_brackets => self.close(at, c),
            ',' if in_brackets => {
                self.mark(at, Mark::Comma);
                self.begins = true;
            }
            ':' if next.is_whitespace() || (in_brackets && matches!(self.before, '"' | '\'')) => {
                if in_brackets {
                    self.mark(at, Mark::Colon);
                }
                self.begins = true;
            }
            '-' if self.begins && next.is_whitespace() => {}
            '\n' => (self.begins, self.closed) = (true, false),
            _ if c.is_whitespace() => {}
            _ => (self.begins, self.closed) = (false, false),
        }
        self.before = c;
        c.len_utf8()
    }

    fn in_quotes(&mut self, at: usize, c: char, quote: char) -> usize {
        let behind = self.text.get(at + c.len_utf8()..).unwrap_or_default();
        let next = behind.chars().next().map_or(0, char::len_utf8);
        let escapes = (c == '\\' && quote == '"') || (c == '\'' && quote == '\'' && behind.starts_with('\''));
        if escapes {
            return c.len_utf8() + next;
        }
        if c == quote {
            self.quote = None;
            self.before = c;
        }
        c.len_utf8()
    }

    fn mark(&mut self, at: usize, mark: Mark) {
        self.found.marks.push((at, mark, self.found.open.len()));
        self.found.in_mapping.push(self.in_mapping());
    }

    /// Whether the innermost bracket that is open is one of a mapping.
    fn in_mapping(&self) -> bool {
        self.found.open.last().is_some_and(|(_, kind)| *kind == '{')
    }

    fn close(&mut self, at: usize, c: char) {
        self.mark(at, Mark::Close);
        (self.begins, self.closed) = (false, true);
        self.found.fault = match self.found.open.pop() {
            None => Some(Fault::Stray(at)),
            Some((open, kind)) if (kind == '[') != (c == ']') => Some(Fault::Mismatched { open, close: at }),
            Some(_) => None,
        };
        let in_mapping = self.in_mapping();
        self.found.in_mapping.last_mut().into_iter().for_each(|last| *last = in_mapping);
    }

    /// A comment: nothing in it counts.
    fn rest_of_line(&self, at: usize) -> usize {
        self.text.get(at..).map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()))
    }

    /// A text of several lines: all that are indented more than the one in which it begins.
    fn block_text(&mut self, at: usize) -> usize {
        let line_start = self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let own = self.text.get(line_start..).map_or(0, indent);
        let mut taken = self.rest_of_line(at);
        let behind = self.text.get(at + taken + 1..).unwrap_or_default();
        for line in behind.split_inclusive('\n').take_while(|line| line.trim().is_empty() || indent(line) > own) {
            taken += line.len();
        }
        self.begins = true;
        self.before = '\n';
        taken.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<Fault> {
        Brackets::of(text).fault()
    }

    #[test]
    fn brackets_that_hold_values_are_told_from_those_in_texts() {
        for text in [
            "a: { x: [1, 2], y: '}' }\n",
            "a: Box [large\nb: it's } fine\n",
            "a: \"[\"\nb: 'it''s {'\n",
            "a: 1 # [ {\nb: { c: 2 # }\n }\n",
            "a: |\n  [ {\n\n  {\nb: 1\n",
            "- [a]\n- - { b: c }\n",
            "{\"a\":{\"b\":[\"]\"]}}",
        ] {
            assert_eq!(fault(text), None, "{text:?}");
        }
    }

    #[test]
    fn each_fault_is_at_its_bracket() {
        assert_eq!(fault("a: { x: 1\nb: { y: 2 }\n"), Some(Fault::Unclosed(3)));
        assert_eq!(fault("a: { x: 1 }}\n"), Some(Fault::Stray(11)));
        assert_eq!(fault("a: ]\n"), Some(Fault::Stray(3)));
        assert_eq!(fault("a: { x: [1, 2 }\n"), Some(Fault::Mismatched { open: 8, close: 14 }));
        assert_eq!(fault("a: |\n  [\nb: {\n"), Some(Fault::Unclosed(12)));
    }

    #[test]
    fn it_is_known_what_is_in_brackets_and_what_is_a_value() {
        let brackets = Brackets::of("a: { x: 10 kg y: 5 }\nb: 1\n");
        assert!(brackets.hold(5) && brackets.hold(14) && !brackets.hold(2) && !brackets.hold(22));
        assert!(brackets.is_value(14) && !brackets.is_value(5));
        assert!(!Brackets::of("{\"a\" 1}").is_value(5));
        assert!(Brackets::of("{\"a\": {}\n\"b\": 1}").is_value(9));
        let nested = Brackets::of("a: { x: [1, { y: 2 }, 3], z: 4 }\n");
        let mappings = [5, 14, 25].map(|at| nested.in_mapping(at));
        assert_eq!((mappings, [1, 9, 22].map(|at| nested.in_mapping(at))), ([true; 3], [false; 3]));
    }

    #[test]
    fn entries_without_a_comma_before_them_are_found_on_every_line() {
        let found = |text: &str| {
            let undivided = Brackets::of(text).undivided(text, text.find(['[', '{']).unwrap() + 1);
            undivided.iter().map(|at| text[*at..].lines().next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("a: { x: 1 # one\n  y: [2\n  3]\n\n  z: 4, u: 5,\n  v: 6 }\n"), ["y: [2", "z: 4, u: 5,"]);
        assert_eq!(found("a: [\n  { x: 1 }\n  { y: 2\n    z: 3 }\n]\nb: { c: 1\n  d: 2 }\n"), ["{ y: 2", "z: 3 }"]);
        assert_eq!(found("a: [\"b\"\n  \"c\",\n  'd'\n  {e: f}]\n"), ["\"c\",", "{e: f}]"]);
        assert_eq!(found("{\"a\": {}\n\"b\": 1\n\"c\": 2}"), ["\"b\": 1", "\"c\": 2}"]);
        assert_eq!(found("a: [\"b #1\"\n  \"c\"]\n"), ["\"c\"]"]);
        let many = format!("a: [\n{}]\n", "\"b\"\n".repeat(20_000));
        assert_eq!(found(&many).len(), 19_999);
        // A text that goes on, a key behind which its value stands below, and what is divided.
        assert_eq!(found("a: { x: one\n  two, y:\n  3,\n  z: 4\n  }\n"), [""; 0]);
    }

    #[test]
    fn no_text_makes_more_open_brackets_than_a_document_may_have() {
        let brackets = Brackets::of(&"[".repeat(100_000));
        assert_eq!((brackets.open.len(), brackets.marks.len()), (MOST_LEVELS + 1, MOST_LEVELS + 1));
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn any_text_is_scanned_to_its_end(text in "[ \\n:\\-\\[\\]{}#|>'\"\\\\,aé]{0,60}") {
            let place = match fault(&text) {
                Some(Fault::Unclosed(at) | Fault::Stray(at)) => at,
                Some(Fault::Mismatched { open, close }) => open.max(close),
                None => 0,
            };
            proptest::prop_assert!(text.is_char_boundary(place));
        }
    }
}
