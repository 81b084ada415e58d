//! Sentences of findings in the language of the reader.

use crate::diagnostic::{Severity, Text};
use crate::i18n::{Lang, translated};
use crate::value::Rational;
use crate::vocab::currencies;

/// A sentence in a language; in English where that language does not have it.
pub fn said(text: &Text, lang: Lang) -> String {
    let words = |english| translated(english, lang).unwrap_or(english);
    text.render(&words, &|before, next| lang.meet(before, next))
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

/// Decimals of money whose currency has no entry in ISO 4217: units of circuits.
const MINOR_OF_CIRCUITS: u32 = 2;

/// A sum to the smallest of its currency.
pub(super) fn rounded(amount: &Rational, currency: &str) -> String {
    let decimals = currencies::minor_units(currency).unwrap_or(MINOR_OF_CIRCUITS);
    format!("{} {currency}", amount.round_half_even(decimals))
}

/// The word before a way out.
pub(super) fn help_word(lang: Lang) -> String {
    said(&Text::new("help"), lang)
}
