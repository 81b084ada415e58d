//! Characters that a terminal or a reader must not be handed raw.

use std::fmt::Write;

/// The text with control, direction and invisible characters written out as `\u{..}`; line breaks stay.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' || !is_hidden(c) {
            out.push(c);
        } else if c == '\t' {
            out.push(' ');
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
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
        assert_eq!(escape("caja\u{1b}[31m ñ"), "caja\\u{1b}[31m ñ");
    }
}
