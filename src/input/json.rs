//! Where and why a text is not the JSON that is due.

use serde_json::Error;

use crate::diagnostic::Text;

/// Where in a text a reader of JSON stopped; it counts lines from one and columns in bytes.
pub fn offset(text: &str, error: &Error) -> usize {
    let line: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = (line + error.column().saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Why a text is none, in words of ours.
pub fn reason(error: &Error) -> Text {
    if error.is_data() { Text::new("it has another form") } else { Text::new("it is not JSON from here on") }
}
