//! Sentences of findings in the language of the reader.

use crate::diagnostic::{Severity, Text};
use crate::i18n::Lang;

/// A sentence in a language.
pub fn said(text: &Text, lang: Lang) -> String {
    match lang {
        Lang::En | Lang::Es => text.english(),
    }
}

/// The word for a severity.
pub(super) fn severity_word(severity: Severity, lang: Lang) -> &'static str {
    word(severity.name(), lang)
}

/// A single word of the output.
pub(super) fn word(english: &'static str, lang: Lang) -> &'static str {
    match lang {
        Lang::En | Lang::Es => english,
    }
}
