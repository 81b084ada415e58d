//! Characters that a terminal, a reader or a parser must not be handed raw, and how each notation writes them instead.

use std::fmt::Write;

use serde::Serialize;

/// The text with control, direction and invisible characters written out as `\u{..}`; line breaks stay.
pub fn escape(text: &str) -> String {
    // Most texts hold nothing of the kind, which is seen faster than each character is looked up.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_escaped(&mut out, c));
    out
}

/// Adds a character as [`escape`] writes it.
pub(super) fn push_escaped(out: &mut String, c: char) {
    if matches!(c, ' '..='~' | '\n') || !is_hidden(c) {
        out.push(c);
    } else if c == '\t' {
        out.push(' ');
    } else {
        // Writing to a string does not fail.
        let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
    }
}

/// The text in one line: line breaks are written out too.
pub fn escape_line(text: &str) -> String {
    escape(text).replace('\n', "\\u{a}")
}

/// A value as JSON, with control, direction and invisible characters escaped in strings as JSON does.
///
/// Outside of strings there are none, so that the text can be gone through as it is; of line breaks only those between
/// the values are left.
pub(super) fn json<T: Serialize>(value: &T, pretty: bool) -> String {
    let text = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    let text = text.unwrap_or_default();
    let mut out = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if c == '\n' || !is_hidden(c) {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out.push('\n');
    out
}

/// A text for XML, as the value of an attribute and between tags; what XML cannot hold is written out.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in escape(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A break that is not written out is a space to who reads an attribute.
            '\n' => out.push_str("&#10;"),
            '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// A file as a reference of RFC 3986: what is neither a letter, a digit nor one of `-._~/` is written by its bytes.
pub(super) fn uri(file: &str) -> String {
    let mut out = String::from(if file.starts_with('/') { "file://" } else { "" });
    for byte in file.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_raw_control_character_is_left_of_any_code_point() {
        for c in (0..=0x10ffff).filter_map(char::from_u32).filter(|c| *c != '\n') {
            let out = escape(&c.to_string());
            assert!(!out.contains(char::is_control), "{c:?}");
            assert!(!out.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}']), "{c:?}");
        }
        assert_eq!(escape_line("a\nb\tc"), "a\\u{a}b c");
        assert_eq!(escape("caja\u{1b}[31m ñ"), "caja\\u{1b}[31m ñ");
    }

    #[test]
    fn strings_of_json_come_back_whole_and_show_nothing_hidden() {
        let all: String = (0..=0x10ffff).filter_map(char::from_u32).collect();
        let text = json(&all, false);
        assert!(!text.trim_end().contains(is_hidden));
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), all);
    }

    #[test]
    fn a_name_is_a_reference_whatever_it_holds() {
        assert_eq!(uri("a b/ñ:%.yaml"), "a%20b/%C3%B1%3A%25.yaml");
        assert_eq!(uri("/coop/x.yaml"), "file:///coop/x.yaml");
    }
}
