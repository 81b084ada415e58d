//! The notation of JSON, in which every text stands in quotes.

use std::borrow::Cow;

/// A value, or entries with commas between, as JSON writes them. What is JSON already stays as it is.
pub fn as_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut depth = usize::from(begins_with_a_key(text));
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '"' | '\'' => end_of_quoted(rest, c),
            '{' | '[' | '}' | ']' | ',' | ':' => c.len_utf8(),
            _ if c.is_whitespace() => c.len_utf8(),
            _ => end_of_plain(rest, depth > 0),
        };
        let (token, behind) = rest.split_at_checked(taken).unwrap_or((rest, ""));
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_key = depth > 0 && behind.trim_start().starts_with(':');
        out.push_str(&written(token, is_key));
        rest = behind;
    }
    out
}

/// Whether a text says a key and its value: `at_most: 15 days`.
fn begins_with_a_key(text: &str) -> bool {
    let is_word = |key: &str| {
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'))
    };
    text.split_once(": ").is_some_and(|(key, _)| is_word(key.trim_matches('"')))
}

/// A sentence in which what stands in backticks as a group, a list or an entry is written as JSON.
pub(super) fn with_json(sentence: String) -> String {
    let is_code = |nth: usize, part: &str| nth % 2 == 1 && (part.starts_with(['{', '[']) || begins_with_a_key(part));
    let parts = sentence.split('`').enumerate();
    let parts =
        parts.map(|(nth, part)| if is_code(nth, part) { Cow::Owned(as_json(part)) } else { Cow::Borrowed(part) });
    parts.collect::<Vec<_>>().join("`")
}

/// How long a text in quotes is at the beginning of another.
fn end_of_quoted(text: &str, quote: char) -> usize {
    let mut rest = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = rest.next() {
        let is_escape = match quote {
            '"' => c == '\\',
            _ => c == quote && rest.peek().is_some_and(|(_, next)| *next == quote),
        };
        if is_escape {
            rest.next();
        } else if c == quote {
            return at + c.len_utf8();
        }
    }
    text.len()
}

/// How long a text without quotes is at the beginning of another.
fn end_of_plain(text: &str, in_brackets: bool) -> usize {
    let ends = |at: usize, c: char| match c {
        ',' | ']' | '}' => true,
        ':' => text.get(at + 1..).is_none_or(|behind| behind.is_empty() || behind.starts_with(char::is_whitespace)),
        _ => false,
    };
    let end = text.char_indices().find(|(at, c)| in_brackets && ends(*at, *c)).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default().trim_end().len()
}

/// A text, sign or space as JSON writes it.
fn written(token: &str, is_key: bool) -> Cow<'_, str> {
    let is_sign = token.starts_with(['{', '[', '}', ']', ',', ':', '"']) || token.trim().is_empty();
    let is_literal = || !is_key && serde_json::from_str::<serde::de::IgnoredAny>(token).is_ok();
    if is_sign || is_literal() {
        return Cow::Borrowed(token);
    }
    let inner = token.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\''));
    let text = inner.map_or(Cow::Borrowed(token), |inner| Cow::Owned(inner.replace("''", "'")));
    Cow::Owned(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_entries_are_written_as_json_has_them() {
        let is = |text: &str, json: &str| assert_eq!(as_json(text), json, "{text}");
        is("4 %", "\"4 %\"");
        is("10 kg, 20 kg", "\"10 kg, 20 kg\"");
        is("{ at_most: 15 days }", "{ \"at_most\": \"15 days\" }");
        is(
            "[pickup, { value: delivered, costs_us: 1 EUR/kg }]",
            "[\"pickup\", { \"value\": \"delivered\", \"costs_us\": \"1 EUR/kg\" }]",
        );
        is(
            "coop: { id: https://a.example, name: Cajas del Sur }",
            "\"coop\": { \"id\": \"https://a.example\", \"name\": \"Cajas del Sur\" }",
        );
        is("at_least: 10 kg, members: 5", "\"at_least\": \"10 kg\", \"members\": 5");
        is("{ 12: 'it''s', x: \"a, b\" }", "{ \"12\": \"it's\", \"x\": \"a, b\" }");
        is("{ \"at_least\": \"10 kg\" }", "{ \"at_least\": \"10 kg\" }");
        is("C:\\x \"y\"", "\"C:\\\\x \\\"y\\\"\"");
    }

    #[test]
    fn of_a_sentence_only_what_is_written_is_changed() {
        let json = with_json("write `in: punto`, the name of `defaults`, as `[` needs its `]`: `4 %`".to_owned());
        assert_eq!(json, "write `\"in\": \"punto\"`, the name of `defaults`, as `[` needs its `]`: `4 %`");
    }
}
