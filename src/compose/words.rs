//! The words in which questions are asked and comments are written.

use crate::i18n::{Lang, Messages, fill};

/// The words of a language.
#[derive(Clone, Debug)]
pub struct Words {
    lang: Lang,
    table: Messages,
}

/// The table of a language.
pub(super) fn table_of(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("words/en.txt"),
        Lang::Es => include_str!("words/es.txt"),
    }
}

impl Words {
    /// The words of a language.
    pub fn new(lang: Lang) -> Self {
        Self { lang, table: Messages::parse(table_of(lang)) }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A word or sentence; a key that is missing shows itself, and a test finds it.
    pub fn word<'s>(&'s self, key: &'s str) -> &'s str {
        self.table.get(key).unwrap_or(key)
    }

    /// A sentence with its holes filled.
    pub fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        fill(self.word(key), args)
    }
}
