//! Whole sentences out of what rules say in lower case and without a full stop.

use super::escape_line;
use super::words::said;
use crate::diagnostic::Text;
use crate::i18n::Lang;

/// What is said in a language, as a sentence.
pub fn in_sentence(text: &Text, lang: Lang) -> String {
    escape_line(&sentence(&said(text, lang)))
}

/// A text as a sentence: with a capital, and an end.
pub(super) fn sentence(text: &str) -> String {
    stopped(&capital(text.trim_end()))
}

/// A text with an end.
pub(super) fn stopped(text: &str) -> String {
    let ended = text.ends_with(['.', '?', '!', '…']);
    text.to_owned() + if ended { "" } else { "." }
}

/// A text that begins with a capital, behind the marks with which Spanish opens a question.
pub(super) fn capital(text: &str) -> String {
    let (marks, words) = text.split_at(text.find(|c| !matches!(c, '¿' | '¡')).unwrap_or(text.len()));
    let mut letters = words.chars();
    let words = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters);
    marks.chars().chain(words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_and_ends_as_one() {
        assert_eq!(sentence("ñandúes are birds"), "Ñandúes are birds.");
        assert_eq!(sentence("did you mean `x`?"), "Did you mean `x`?");
        assert_eq!(sentence("¿se quiso decir `x`?"), "¿Se quiso decir `x`?");
        assert_eq!(sentence("`12 EUR` is a sum\n"), "`12 EUR` is a sum.");
    }
}
