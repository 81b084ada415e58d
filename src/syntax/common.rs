//! The common way to write a document, read at once: blocks by their indent, values and brackets each on one line.
//!
//! Most manifests are written in no other way, and the parser, which knows every way, takes longer than all the rest of a check.
//! What is not certainly common (escapes, texts of several lines, nothing behind a key, any mistake) is left to the
//! parser, which then reads the whole text; so nothing is decided here but what is plain. Tests hold that both come to the same.

use smol_str::SmolStr;

use super::Style;
use super::events::{Located, Step};
use crate::source::Span;

/// Deeper than this, and longer than this a key, is nothing that is common.
const DEEPEST: usize = 16;
const LONGEST_KEY: usize = 128;

/// The steps of a text that is written in the common way; `None` for any other, however little it differs.
pub(super) fn steps(text: &str) -> Option<Vec<Located>> {
    if !text.is_ascii() && text.contains(is_uncommon) {
        return None;
    }
    let mut reader = Reader { text, at: 0, indent: None, depth: 0, steps: Vec::with_capacity(text.len() / 8) };
    reader.push(Step::Document, Span::at(0));
    reader.next_line()?;
    if reader.indent != Some(0) {
        return None;
    }
    reader.block(0)?;
    reader.indent.is_none().then_some(reader.steps)
}

/// Characters beyond ASCII that a reader of YAML may take for more than a letter.
fn is_uncommon(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// The indent of the line that was begun last; none at the end of the text.
    indent: Option<usize>,
    depth: usize,
    steps: Vec<Located>,
}

/// A scalar that was seen and not taken yet.
struct Seen<'t> {
    text: &'t str,
    style: Style,
    span: Span,
}

impl<'t> Reader<'t> {
    /// The byte at an offset; zero behind the end, which no common text holds.
    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn here(&self) -> u8 {
        self.byte(self.at)
    }

    fn push(&mut self, step: Step, span: Span) {
        self.steps.push(Located { step, span, tag: None });
    }

    fn begin(&mut self, mapping: bool, brackets: bool) -> Option<()> {
        self.depth += 1;
        self.push(Step::Begin { mapping, brackets }, Span::at(self.at));
        (self.depth <= DEEPEST).then_some(())
    }

    fn end(&mut self) {
        self.depth -= 1;
        self.push(Step::End, Span::at(self.at));
    }

    fn take(&mut self, seen: &Seen<'_>) {
        self.push(Step::Scalar { text: SmolStr::new(seen.text), style: seen.style }, seen.span);
        self.at = seen.span.end;
    }

    fn skip_spaces(&mut self) {
        while self.here() == b' ' {
            self.at += 1;
        }
    }

    /// Goes on to the next line that says something; a line begins here.
    fn next_line(&mut self) -> Option<()> {
        loop {
            let start = self.at;
            self.skip_spaces();
            match self.here() {
                b'\n' => self.at += 1,
                b'#' => self.skip_line()?,
                0 => break self.indent = None,
                _ => break self.indent = Some(self.at - start),
            }
        }
        (self.at == self.text.len() || self.indent.is_some()).then_some(())
    }

    /// Passes over the rest of a line, of which nothing is read but that its characters are common.
    fn skip_line(&mut self) -> Option<()> {
        let rest = self.text.get(self.at..)?;
        let line = rest.split('\n').next().unwrap_or(rest);
        self.at = (self.at + line.len() + 1).min(self.text.len());
        line.bytes().all(|byte| byte >= b' ' && byte != 0x7f).then_some(())
    }

    /// Ends a line behind a value, perhaps with a comment, and goes on to the next.
    fn end_line(&mut self) -> Option<()> {
        let end = self.at;
        self.skip_spaces();
        match self.here() {
            b'\n' => self.at += 1,
            b'#' if self.at > end => self.skip_line()?,
            0 if self.at == self.text.len() => {}
            _ => return None,
        }
        self.next_line()
    }

    fn is_dash(&self) -> bool {
        self.here() == b'-' && self.byte(self.at + 1) == b' '
    }

    fn block(&mut self, column: usize) -> Option<()> {
        if self.is_dash() { self.list(column) } else { self.mapping(column) }
    }

    fn mapping(&mut self, column: usize) -> Option<()> {
        self.begin(true, false)?;
        loop {
            let key = self.key(false)?;
            self.take(&key);
            self.at += 1;
            self.value(column)?;
            if self.indent.is_none_or(|indent| indent < column) {
                break;
            }
            if self.indent != Some(column) {
                return None;
            }
        }
        self.end();
        Some(())
    }

    /// A key that stands here, with its colon behind it.
    fn key(&self, in_brackets: bool) -> Option<Seen<'t>> {
        let seen = self.scalar(in_brackets).filter(|key| (1..=LONGEST_KEY).contains(&key.text.len()))?;
        let colon = self.byte(seen.span.end) == b':';
        let ends = matches!(self.byte(seen.span.end + 1), b' ' | b'\n')
            && !(in_brackets && self.byte(seen.span.end + 1) == b'\n');
        (colon && ends).then_some(seen)
    }

    /// What stands behind the colon of a key, on its line or in a block below it.
    fn value(&mut self, column: usize) -> Option<()> {
        let colon = self.at;
        self.skip_spaces();
        match self.here() {
            b'\n' | b'#' => {
                self.at = colon;
                self.end_line()?;
                match self.indent? {
                    indent if indent > column => self.block(indent),
                    indent if indent == column && self.is_dash() => self.list(column),
                    _ => None,
                }
            }
            _ => self.alone(),
        }
    }

    /// A value with nothing behind it on its line.
    fn alone(&mut self) -> Option<()> {
        self.inline(false)?;
        self.end_line()
    }

    fn inline(&mut self, in_brackets: bool) -> Option<()> {
        match self.here() {
            b'[' => self.brackets(false, b']'),
            b'{' => self.brackets(true, b'}'),
            _ => {
                let seen = self.scalar(in_brackets)?;
                self.take(&seen);
                Some(())
            }
        }
    }

    fn list(&mut self, column: usize) -> Option<()> {
        self.begin(false, false)?;
        while self.indent == Some(column) && self.is_dash() {
            let dash = self.at;
            self.at += 1;
            self.skip_spaces();
            if self.is_dash() {
                return None;
            }
            if self.key(false).is_some() {
                self.mapping(column + self.at - dash)?;
            } else {
                self.alone()?;
            }
        }
        self.end();
        self.indent.is_none_or(|indent| indent <= column).then_some(())
    }

    /// What stands in brackets, all on one line.
    fn brackets(&mut self, mapping: bool, close: u8) -> Option<()> {
        self.begin(mapping, true)?;
        self.at += 1;
        self.skip_spaces();
        while self.here() != close {
            if mapping {
                let key = self.key(true)?;
                self.take(&key);
                self.at += 1;
                self.skip_spaces();
            }
            self.inline(true)?;
            self.skip_spaces();
            match self.here() {
                b',' => self.at += 1,
                byte if byte == close => break,
                _ => return None,
            }
            self.skip_spaces();
            if self.here() == close {
                return None;
            }
        }
        self.at += 1;
        self.end();
        Some(())
    }

    fn scalar(&self, in_brackets: bool) -> Option<Seen<'t>> {
        match self.here() {
            quote @ (b'"' | b'\'') => self.quoted(quote),
            byte if begins_plain(byte) || (byte == b'-' && self.byte(self.at + 1).is_ascii_digit()) => {
                self.plain(in_brackets)
            }
            _ => None,
        }
    }

    /// A text in quotes without any escape.
    fn quoted(&self, quote: u8) -> Option<Seen<'t>> {
        let rest = self.text.get(self.at + 1..)?;
        let len = rest.bytes().position(|byte| byte == quote || byte == b'\\' || byte < b' ' || byte == 0x7f)?;
        let end = self.at + 1 + len;
        let doubled = quote == b'\'' && self.byte(end + 1) == b'\'';
        let backslash_is_text = quote == b'\'' && self.byte(end) == b'\\';
        if self.byte(end) != quote || doubled || backslash_is_text {
            return None;
        }
        let style = if quote == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
        Some(Seen { text: rest.get(..len)?, style, span: Span::new(self.at, end + 1) })
    }

    /// A text without quotes, up to what ends it.
    fn plain(&self, in_brackets: bool) -> Option<Seen<'t>> {
        let rest = self.text.get(self.at..)?;
        let bytes = rest.as_bytes();
        let mut len = 0;
        loop {
            match bytes.get(len).copied().unwrap_or(b'\n') {
                b'\n' => break,
                b' ' if bytes.get(len + 1) == Some(&b'#') => break,
                b':' if matches!(bytes.get(len + 1), None | Some(b' ' | b'\n')) => break,
                b':' if in_brackets && matches!(bytes.get(len + 1), Some(b',' | b'[' | b']' | b'{' | b'}')) => {
                    return None;
                }
                b',' | b']' | b'}' if in_brackets => break,
                b'[' | b'{' if in_brackets => return None,
                byte if byte < b' ' || byte == 0x7f => return None,
                _ => len += 1,
            }
        }
        let text = rest.get(..len)?.trim_end_matches(' ');
        Some(Seen { text, style: Style::Plain, span: Span::new(self.at, self.at + text.len()) })
    }
}

/// Whether a text without quotes may begin with a byte, as most do: with none that means anything to YAML.
fn begins_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'/' | b'(' | b'+' | b'$') || byte >= 0x80
}
