//! The languages of contracts and findings: number, date and plural forms, tables of messages and of sentences.
//!
//! Numbers come in as exact decimal text and go out as text; nothing is computed. Which words a contract uses is not
//! known here, only how a table of them is read and filled.

mod date;
mod messages;
mod number;
mod pages;
mod sentences;
mod spelling;

pub use messages::{Messages, fill};
pub use pages::{Headings, Prose, page, pages};
pub use sentences::{Sentence, sentences, translated};
pub use spelling::capitalised;

/// A language with its own templates and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// English.
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// All languages, in order of their codes.
    pub const ALL: &'static [Self] = &[Self::En, Self::Es];

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// The language of a BCP 47 tag: `es`, `es-AR`, `en-US`; none where it is not one of ours.
    pub fn parse(tag: &str) -> Option<Self> {
        Locale::parse(tag).map(|locale| locale.lang)
    }

    /// Changes the end of what is said as the next word wants it: in Spanish `y` becomes `e` before the sound i.
    pub fn meet(self, before: &mut String, next: &str) {
        if self == Self::Es && before.ends_with(" y ") && begins_with_i(next) {
            before.truncate(before.len() - "y ".len());
            before.push_str("e ");
        }
    }
}

/// A language in a region: `es-AR`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale {
    /// The language.
    pub lang: Lang,
    /// ISO 3166-1 alpha-2 region in capitals; without it the forms that most of the language shares.
    pub region: Option<String>,
}

impl From<Lang> for Locale {
    fn from(lang: Lang) -> Self {
        Self { lang, region: None }
    }
}

impl Locale {
    /// The locale of a BCP 47 tag, in any case and with `-` or `_`; what is neither language nor region is passed over.
    pub fn parse(tag: &str) -> Option<Self> {
        let mut parts = tag.split(['-', '_']);
        let code = parts.next()?;
        let lang = Lang::ALL.iter().find(|lang| lang.code().eq_ignore_ascii_case(code))?;
        let region = parts.find(|part| is_region(part)).map(str::to_ascii_uppercase);
        Some(Self { lang: *lang, region })
    }

    /// The tag: `es-AR`, or `es` without a region.
    pub fn tag(&self) -> String {
        match &self.region {
            Some(region) => format!("{}-{region}", self.lang.code()),
            None => self.lang.code().to_owned(),
        }
    }

    /// The same language in `region` where none is stated yet and `region` is a code of two letters.
    #[must_use]
    pub fn or_region(mut self, region: &str) -> Self {
        if self.region.is_none() && is_region(region) {
            self.region = Some(region.to_ascii_uppercase());
        }
        self
    }

    /// Joins items as the language does: `a, b and c`.
    pub fn list(&self, items: &[String]) -> String {
        let Some((last, before)) = items.split_last() else {
            return String::new();
        };
        if before.is_empty() { last.clone() } else { format!("{}{}{last}", before.join(", "), self.and_before(last)) }
    }

    /// The word between the last two of a list, with its spaces; in Spanish `y` becomes `e` before the sound i.
    pub fn and_before(&self, next: &str) -> &'static str {
        match self.lang {
            Lang::En => " and ",
            Lang::Es if begins_with_i(next) => " e ",
            Lang::Es => " y ",
        }
    }

    /// The word between the last two of a choice, with its spaces; in Spanish `o` becomes `u` before the sound o.
    pub fn or_before(&self, next: &str) -> &'static str {
        let next = next.to_lowercase();
        match self.lang {
            Lang::En => " or ",
            Lang::Es if next.strip_prefix('h').unwrap_or(&next).starts_with(['o', 'ó']) => " u ",
            Lang::Es => " o ",
        }
    }

    /// Whether a decimal takes the singular of its noun: only 1 itself does, in both languages.
    pub fn is_singular(&self, decimal: &str) -> bool {
        decimal == "1"
    }
}

fn is_region(part: &str) -> bool {
    part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether a word begins with the sound i in Spanish, which it does not where a vowel glides into the next: `hielo`, `yerba`.
fn begins_with_i(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let sound = word.strip_prefix('h').unwrap_or(&word);
    let mut letters = sound.chars();
    let (first, second) = (letters.next(), letters.next());
    let glides = second.is_some_and(|c| "aeouáéóú".contains(c));
    match first {
        Some('i' | 'í') => !glides,
        Some('y') => !glides && second.is_some_and(|c| c.is_alphabetic() && !matches!(c, 'i' | 'í')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_in_any_case_and_written_in_one() {
        for (tag, written) in [("es-AR", "es-AR"), ("ES_ar", "es-AR"), ("en", "en"), ("es-Latn-MX", "es-MX")] {
            assert_eq!(Locale::parse(tag).map(|locale| locale.tag()), Some(written.to_owned()));
        }
        for tag in ["", "eu", "e", "english", "-AR"] {
            assert_eq!(Lang::parse(tag), None, "{tag}");
        }
        assert_eq!(Locale::from(Lang::Es).or_region("ar").tag(), "es-AR");
        assert_eq!(Locale::parse("es-ES").unwrap().or_region("AR").tag(), "es-ES");
    }

    #[test]
    fn lists_end_as_the_language_does() {
        let items = ["a", "b", "importe"].map(str::to_owned);
        assert_eq!(Locale::from(Lang::En).list(&items), "a, b and importe");
        assert_eq!(Locale::from(Lang::Es).list(&items), "a, b e importe");
        assert_eq!(Locale::from(Lang::Es).list(&["a".into(), "hielo".into()]), "a y hielo");
        assert_eq!(Locale::from(Lang::Es).list(&[]), "");
    }

    #[test]
    fn y_is_e_before_the_sound_i_only() {
        let meets = |lang: Lang, next: &str| {
            let mut before = "Cajas del Sur y ".to_owned();
            lang.meet(&mut before, next);
            before.ends_with(" e ")
        };
        for next in ["Imprenta", "Ítaca", "Hilados", "Yrigoyen", "«Imprenta»"] {
            assert!(meets(Lang::Es, next), "{next}");
            assert!(!meets(Lang::En, next), "{next}");
        }
        for next in ["Molino", "Hielo", "Hiato", "Iodo", "Yerba", "Y", "Huerta", ""] {
            assert!(!meets(Lang::Es, next), "{next}");
        }
        let mut inside = "hay ".to_owned();
        Lang::Es.meet(&mut inside, "Imprenta");
        assert_eq!(inside, "hay ");
    }
}
