//! The words in which manifests are read aloud and compared: a table of sentences for each language, beside the words of
//! contracts.

use crate::contract::wording::Wording;
use crate::i18n::{Lang, Locale, Messages, fill};
use crate::vocab::codes::Code;

/// A language with its sentences.
pub struct Speech {
    pub(super) wording: Wording,
    tables: Vec<Messages>,
}

impl std::fmt::Debug for Speech {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Speech").field(self.locale()).finish()
    }
}

/// The table of sentences of a language.
pub(super) fn table_of(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("words/en.txt"),
        Lang::Es => include_str!("words/es.txt"),
    }
}

impl Speech {
    /// The sentences of a language, in the spelling, numbers and dates of a region.
    pub fn new(locale: &Locale) -> Self {
        let speech = Self { wording: Wording::new(locale.clone()), tables: Vec::new() };
        speech.with_table(table_of(locale.lang))
    }

    /// The same with another table of sentences, in the same language.
    #[must_use]
    pub fn with_table(mut self, table: &'static str) -> Self {
        let table = Messages::parse(table).spelled(self.locale());
        self.tables.push(table);
        self
    }

    /// The language and region.
    pub fn locale(&self) -> &Locale {
        &self.wording.locale
    }

    /// A word or sentence; a key that is missing shows itself, and a test finds it.
    pub fn word<'s>(&'s self, key: &'s str) -> &'s str {
        self.find(key).unwrap_or(key)
    }

    /// A word or sentence, if there is one of that key.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.tables.iter().find_map(|table| table.get(key))
    }

    /// A sentence with its holes filled.
    pub fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        fill(self.word(key), args)
    }

    /// Items as the language joins them: `a, b and c`.
    pub fn all(&self, items: &[String]) -> String {
        self.wording.locale.list(items)
    }

    /// Items of which one holds: `a, b or c`.
    pub fn any(&self, items: &[String]) -> String {
        let Some((last, before)) = items.split_last() else { return String::new() };
        if before.is_empty() {
            return last.clone();
        }
        format!("{}{}{last}", before.join(", "), self.wording.locale.or_before(last))
    }

    /// A day in words.
    pub fn date(&self, date: &str) -> String {
        self.wording.locale.date(date)
    }

    /// `2000 box`, `30 days`, `1560000.00 ARS`, `21 %`, as the language writes them.
    pub fn measure(&self, text: &str) -> String {
        self.wording.measure(text)
    }

    /// `780 ARS/box`, as the language writes it.
    pub fn price(&self, text: &str) -> String {
        self.wording.price(text)
    }

    /// What a code of a list is called; the code itself where it is the coop's own.
    pub fn code(&self, list: &'static [Code], code: &str) -> String {
        self.wording.code(list, code)
    }

    /// What a code of an open list is called, with the code behind it; the code alone where it is the coop's own.
    pub fn named(&self, list: &'static [Code], code: &str) -> String {
        self.wording.named(list, code).iter().map(|run| run.text()).collect()
    }

    /// A language by its name, with its tag behind it; the tag alone where we have no name of it.
    pub fn language(&self, tag: &str) -> String {
        match self.wording.label("lang", tag) {
            name if name == tag => name,
            name => format!("{name} ({tag})"),
        }
    }

    /// The name of a country; the code itself where there is none of it.
    pub fn country(&self, code: &str) -> String {
        self.wording.country(code)
    }

    /// The name of a subdivision of a country; the code itself where there is none of it.
    pub fn subdivision(&self, code: &str) -> String {
        self.wording.subdivision(code)
    }

    /// How often: `every 2 weeks`.
    pub fn rhythm(&self, every: &str) -> String {
        self.wording.rhythm(Some(every))
    }

    /// A name of the coop's own, set apart.
    pub fn quoted(&self, name: &str) -> String {
        self.say("quoted", &[("name", name)])
    }
}
