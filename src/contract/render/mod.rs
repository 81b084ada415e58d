//! A contract as text: Markdown and HTML.
//!
//! Both write every text of the tree so that it reads as that text. Nothing is decided here about what a contract says.

mod html;
mod markdown;

pub use html::html;
pub use markdown::markdown;
pub(crate) use markdown::{escape, line};

/// The text as it can be shown: line breaks and tabs as spaces, and other characters that are not visible or turn the
/// direction of text as the replacement character, so that nothing is hidden.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

fn visible_char(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
            char::REPLACEMENT_CHARACTER
        }
        '\u{2028}' | '\u{2029}' | '\u{fdd0}'..='\u{fdef}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}
