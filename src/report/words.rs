//! Sentences of findings in the language of the reader.

use crate::diagnostic::{Severity, Text};
use crate::i18n::{Lang, translated};

/// A sentence in a language; in English where that language does not have it.
pub fn said(text: &Text, lang: Lang) -> String {
    text.render(&|english| translated(english, lang).unwrap_or(english))
}

/// The word for a severity, as it stands before a finding.
pub fn severity_word(severity: Severity, lang: Lang) -> String {
    let word = match severity {
        Severity::Info => Text::new("info"),
        Severity::Warning => Text::new("warning"),
        Severity::Error => Text::new("error"),
    };
    said(&word, lang)
}

/// The word before a way out.
pub(super) fn help_word(lang: Lang) -> String {
    said(&Text::new("help"), lang)
}
