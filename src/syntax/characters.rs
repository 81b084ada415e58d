//! Which characters a text may hold: those that can be seen, in composed form.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::rules::{FORBIDDEN_CHARACTER, NOT_NFC};
use crate::diagnostic::{Rule, Text};
use crate::source::Span;

/// A word or character that may not stand where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) rule: &'static Rule,
    pub(super) span: Span,
    /// What is to be said of it.
    pub(super) message: Text,
    /// What should stand there instead.
    pub(super) instead: String,
    /// Whether nothing is lost by that.
    pub(super) certain: bool,
}

/// Most findings of this kind in one text; a file full of them is one mistake.
const MOST: usize = 20;

/// Everything forbidden in a text, comments included.
pub(super) fn scan(text: &str) -> Vec<Found> {
    let special = lines(text).filter(|(_, line)| !is_plain(line));
    let special: Vec<(usize, &str)> = special.collect();
    let forbidden = special.iter().flat_map(|(start, line)| {
        line.char_indices().filter_map(move |(at, c)| {
            let span = Span::new(start + at, start + at + c.len_utf8());
            Some(Found {
                rule: &FORBIDDEN_CHARACTER,
                span,
                message: objection(c)?,
                instead: String::new(),
                certain: is_nothing(c),
            })
        })
    });
    let mut found: Vec<Found> = forbidden.take(MOST).collect();
    let doubtful = special.iter().filter(|(_, line)| is_nfc_quick(line.chars()) != IsNormalized::Yes);
    let words = doubtful.flat_map(|(start, line)| words(line).map(move |(at, word)| (start + at, word)));
    found.extend(words.filter_map(decomposed).take(MOST));
    found
}

/// The carriage returns that end a line by themselves. The reader of YAML takes each for a line break, and hardly any
/// other program does.
pub(super) fn lone_returns(text: &str) -> Vec<Span> {
    let lone = |at: &usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    text.match_indices('\r').map(|(at, _)| at).filter(lone).map(|at| Span::new(at, at + 1)).collect()
}

/// What is to be said of them.
pub(super) fn of_returns() -> Text {
    let what = Text::new("a line break that most programs do not take for one");
    FORBIDDEN_CHARACTER.sentence().with_text("what", what).with("code", "U+000D")
}

/// Whether there are only characters that may stand anywhere and compose with none. Looks at every byte, since that is
/// done for many at once.
fn is_plain(line: &str) -> bool {
    line.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t'))
}

/// Lines with the offset of their first byte.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    parts(text.split_inclusive('\n'))
}

/// Parts of a text, one after the other, each with the offset of its first byte.
fn parts<'t>(parts: impl Iterator<Item = &'t str>) -> impl Iterator<Item = (usize, &'t str)> {
    parts.scan(0, |at, part| {
        let start = *at;
        *at += part.len();
        Some((start, part))
    })
}

/// What is wrong with a character that an escape puts into a text. Those that stand in what is `written` are told of
/// where they stand.
pub(super) fn escaped(text: &str, written: &str) -> Option<Text> {
    let mut standing = written.chars().filter(|c| objection(*c).is_some()).peekable();
    let of_escapes = |(c, _): &(char, Text)| standing.next_if_eq(c).is_none();
    let forbidden = text.chars().filter(|c| !matches!(c, '\n' | '\t')).filter_map(|c| Some((c, objection(c)?)));
    forbidden.into_iter().find(of_escapes).map(|(_, objection)| objection)
}

/// Where escapes of one letter stand in what is `written` in double quotes that put a control character into a text, which is
/// rather the way to a file: `C:\\arroz`. None if there are none.
pub(super) fn control_escapes(written: &str) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    let mut rest = written.char_indices();
    while let Some((at, c)) = rest.next() {
        if c == '\\' && rest.next().is_some_and(|(_, c)| matches!(c, '0' | 'a' | 'b' | 'v' | 'f' | 'e')) {
            found.push(at);
        }
    }
    (!found.is_empty()).then_some(found)
}

/// A text with its accents composed, where escapes put them apart. Those that are `written` apart are told of where they
/// stand.
pub(super) fn composed(text: &str, written: &str) -> Option<String> {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes || !is_nfc(written) {
        return None;
    }
    let composed: String = text.nfc().collect();
    (composed != text).then_some(composed)
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    parts(text.split_inclusive(char::is_whitespace)).map(|(at, word)| (at, word.trim_end()))
}

fn decomposed((at, word): (usize, &str)) -> Option<Found> {
    let composed: String = word.nfc().collect();
    (composed != word).then(|| Found {
        rule: &NOT_NFC,
        span: Span::new(at, at + word.len()),
        message: NOT_NFC.sentence().with("word", word),
        instead: composed,
        certain: true,
    })
}

/// Whether a character stands for nothing that anybody reads: no break, no letter, no joint of letters.
fn is_nothing(c: char) -> bool {
    let joins = matches!(c, '\u{200c}' | '\u{200d}');
    !joins && c.general_category() == GeneralCategory::Format
}

/// What is to be said of a forbidden character.
fn objection(c: char) -> Option<Text> {
    let what = match c {
        // Most characters are these, and to ask for the category of one is a search.
        ' '..='~' | '\n' | '\r' | '\t' => return None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            Text::new("a character that turns the direction of writing")
        }
        '\u{2028}' | '\u{2029}' | '\u{85}' => Text::new("a line break that most editors do not show"),
        // Blank letters of scripts that fill a cell without a mark.
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' | '\u{034f}' | '\u{17b4}' | '\u{17b5}' => {
            Text::new("an invisible character")
        }
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Text::new("an invisible character"),
        _ => match c.general_category() {
            GeneralCategory::Control => Text::new("a control character"),
            GeneralCategory::Format => Text::new("an invisible character"),
            GeneralCategory::PrivateUse => Text::new("a character of private use"),
            GeneralCategory::Unassigned => Text::new("a character that is not assigned"),
            _ => return None,
        },
    };
    let code = format!("U+{:04X}", u32::from(c));
    Some(FORBIDDEN_CHARACTER.sentence().with_text("what", what).with("code", code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_found_and_accents_are_composed() {
        let names = |text: &str| scan(text).into_iter().map(|f| (f.rule.name, f.span.start)).collect::<Vec<_>>();
        assert_eq!(names("Caja de cartón – ¡ñandú! 漢字 🙂"), []);
        assert_eq!(names("a\u{200b}b # \u{202e}"), [("forbidden-character", 1), ("forbidden-character", 8)]);
        assert_eq!(names("x cafe\u{301} y"), [("not-nfc", 2)]);
        assert_eq!(scan("cafe\u{301}").first().map(|f| f.instead.clone()).as_deref(), Some("café"));
        assert_eq!(names("\u{e000}\u{7}"), [("forbidden-character", 0), ("forbidden-character", 3)]);
    }
}
