//! How single values and keys are written: as the writer did, in double quotes where some reader needs quotes, else without.

use super::{GAP, STEP};
use crate::source::Span;
use crate::syntax::Style;

/// Words that some reader of YAML takes for a truth value, for nothing, or for no number.
const WORDS: [&str; 14] =
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nil", "none", "nan", "inf", "infinity"];

/// Where a value stands: in brackets, commas and brackets have a meaning, and to old readers question marks too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    Lines,
    Brackets,
}

/// A text that stands in quotes: without them where every reader takes it for the same text, else in double quotes.
pub(super) fn quoted_if_needed(value: &str, around: Around) -> String {
    if is_plain(value, around) { value.to_owned() } else { quoted(value) }
}

fn quoted(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out + "\""
}

/// Whether a text is itself to every reader of YAML, old and new. Rather no than a doubt.
fn is_plain(text: &str, around: Around) -> bool {
    let has_meaning = |c: char| c.is_control() || (c.is_whitespace() && c != ' ') || is_typographic_quote(c);
    let divides = |c: char| around == Around::Brackets && matches!(c, ',' | '[' | ']' | '{' | '}' | '?');
    let words = text.split(' ').all(|word| !word.is_empty() && !word.ends_with(':') && !word.starts_with('#'));
    let begins = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '/' | '¿' | '¡'));
    words && begins && !text.chars().any(|c| has_meaning(c) || divides(c)) && !means_something_else(text)
}

/// A mark that people take for a quote, and that readers do not.
fn is_typographic_quote(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}')
}

/// Whether some reader may take a text for a truth value, nothing, a number, a date or a time.
fn means_something_else(text: &str) -> bool {
    // All that numbers are made of, in every base and notation, and dates with their times.
    let of_number = |c: char| c.is_ascii_hexdigit() || " _.,:+-xXoOtTzZ".contains(c);
    let like_number = text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(of_number);
    WORDS.contains(&text.to_lowercase().as_str()) || (like_number && !is_amount(text))
}

/// A number, a space and a unit, which no reader takes for a number.
fn is_amount(text: &str) -> bool {
    let Some((number, unit)) = text.split_once(' ') else { return false };
    let digits = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.');
    digits && unit.len() > 1 && unit.starts_with(char::is_alphabetic)
}

/// A text of several lines without `|` or `>`, its lines moved to an indent. How they are indented is no part of it.
pub(super) fn moved(written: &str, indent: usize) -> String {
    let mut lines = written.split('\n').map(|line| line.trim_end_matches('\r'));
    let mut out = lines.next().unwrap_or_default().trim_end().to_owned();
    for line in lines {
        out.push('\n');
        let line = line.trim_matches([' ', '\t']);
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
    }
    out
}

/// A text behind `|` or `>`, with the comment behind that sign, its lines moved to an indent. The span of such a text
/// begins where its first line says something.
pub(super) fn block(text: &str, span: Span, value: &str, style: Style, indent: usize, comment: Option<&str>) -> String {
    let lines: Vec<&str> = match style {
        // What is read of it is what stands there, line by line.
        Style::Literal => value.trim_end_matches('\n').split('\n').collect(),
        _ => folded(text, span, value),
    };
    let hides = lines.iter().find(|line| !line.is_empty()).is_some_and(|line| line.starts_with([' ', '\t']));
    let mut out = header(style, value, hides);
    if let Some(comment) = comment {
        out.push_str(&" ".repeat(GAP));
        out.push_str(comment);
    }
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
    }
    // Behind `+`, empty lines at the end are part of the text.
    let kept = value.len() - value.trim_end_matches('\n').len();
    out.push_str(&"\n".repeat(kept.saturating_sub(1)));
    out
}

/// The lines of a folded text without the indent that is no part of them, the empty ones before the first included.
fn folded<'t>(text: &'t str, span: Span, value: &str) -> Vec<&'t str> {
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    // The span leaves out spaces at the end, which are part of what is said.
    let behind = text.get(span.end..).unwrap_or_default();
    let spaces_behind = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let body = text.get(start..span.end + spaces_behind).unwrap_or_default();
    let spaces = |line: &str| line.len() - line.trim_start_matches(' ').len();
    // Where the indent is said in a digit, the first line may be indented more than the text.
    let deep = spaces(body).saturating_sub(spaces(value.trim_start_matches('\n')));
    let empty = before.get(..start).unwrap_or_default().lines().rev().take_while(|line| line.trim().is_empty()).count();
    let lines = body.lines().map(|line| line.get(deep..).unwrap_or_default().trim_end_matches('\r'));
    std::iter::repeat_n("", empty).chain(lines).collect()
}

/// `|`, `>-` and the like, with the indent where the first line would hide it.
fn header(style: Style, value: &str, hides: bool) -> String {
    let sign = if style == Style::Literal { '|' } else { '>' };
    let end = match value.len() - value.trim_end_matches('\n').len() {
        0 => "-",
        1 => "",
        _ => "+",
    };
    let digit = if hides { STEP.to_string() } else { String::new() };
    format!("{sign}{digit}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_double_and_hold_any_text() {
        assert_eq!(quoted_if_needed("hs:1101", Around::Brackets), "hs:1101");
        assert_eq!(quoted_if_needed("no", Around::Lines), "\"no\"");
        assert_eq!(quoted_if_needed("a\\b\n\"c\"", Around::Lines), "\"a\\\\b\\n\\\"c\\\"\"");
    }

    #[test]
    fn quotes_stay_where_any_reader_needs_them() {
        use Around::{Brackets, Lines};
        for plain in [
            "Cajas del Sur",
            "AR",
            "hs",
            "12 EUR/kg",
            "12 each",
            "2 %",
            "bank_transfer",
            "Ñandú (sur)",
            "e3",
            "x-1",
            "hs:1101",
            "https://b.example#kraft-120",
            "it's",
            "40×30×20",
            "5\" pipe",
            "(sur)",
        ] {
            assert!(is_plain(plain, Lines) && is_plain(plain, Brackets), "{plain}");
        }
        for divided in ["a, b", "a]", "a {b}", "¿a?"] {
            assert!(is_plain(divided, Lines) && !is_plain(divided, Brackets), "{divided}");
        }
        for doubtful in [
            "",
            " a",
            "a ",
            "a  b",
            "no",
            "Yes",
            "NULL",
            "~",
            "1e3",
            "0x1F",
            "007",
            "08:30",
            "2026-12-01",
            "1_000",
            "+5",
            "-5",
            ".5",
            "a: b",
            "a #b",
            "[a]",
            "{a}",
            "@a",
            "&a",
            "*a",
            "!a",
            "%a",
            "- a",
            "? a",
            "'a'",
            "1 2",
            "12",
            "a\nb",
            "=",
            "2001-12-14 21:59:43 Z",
            ". a",
            "<<",
            "a:",
            "12:30:45",
            "12 e",
            "“a”",
            "a “b”",
            "a\u{2028}b",
        ] {
            assert!(!is_plain(doubtful, Lines) && !is_plain(doubtful, Brackets), "{doubtful:?}");
        }
    }
}
