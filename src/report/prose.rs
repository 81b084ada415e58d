//! Whole sentences out of what rules say in lower case and without a full stop.

/// A text as a sentence: with a capital, and an end.
pub(super) fn sentence(text: &str) -> String {
    ended(capital(text.trim_end()))
}

/// A text with an end.
pub(super) fn ended(text: String) -> String {
    if text.ends_with(['.', '?', '!', '…']) { text } else { text + "." }
}

/// A text that begins with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_and_ends_as_one() {
        assert_eq!(sentence("ñandúes are birds"), "Ñandúes are birds.");
        assert_eq!(sentence("did you mean `x`?"), "Did you mean `x`?");
        assert_eq!(sentence("`12 EUR` is a sum\n"), "`12 EUR` is a sum.");
    }
}
