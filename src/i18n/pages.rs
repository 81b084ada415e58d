//! The pages of rules in other languages than English: the prose alone, since examples are the same in all.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Lang;

/// What a page says in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// The code and name of the rule.
    pub title: &'static str,
    /// What the rule says.
    pub what: &'static str,
    /// Why.
    pub why: &'static str,
    /// What stands under the headings of the examples where these are words: the bad one, the better one.
    pub examples: Option<(&'static str, &'static str)>,
}

/// The headings of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headings {
    /// Above what the rule says.
    pub what: &'static str,
    /// Above why.
    pub why: &'static str,
    /// Above the example that breaks it.
    pub bad: &'static str,
    /// Above the one that does not.
    pub better: &'static str,
}

impl Lang {
    /// The headings of pages.
    pub fn headings(self) -> Headings {
        match self {
            Self::En => Headings { what: "What it says", why: "Why", bad: "Bad", better: "Better" },
            Self::Es => Headings { what: "Qué dice", why: "Por qué", bad: "Mal", better: "Mejor" },
        }
    }
}

/// All pages in Spanish, in the order of their file.
pub fn pages() -> Vec<Prose> {
    let file = include_str!("../../spec/rules.es.md");
    file.split("\n# ").skip(1).filter_map(prose).collect()
}

fn prose(page: &'static str) -> Option<Prose> {
    let (title, text) = page.split_once("\n\n")?;
    let headings = Lang::Es.headings();
    let (text, examples) = match text.split_once(&format!("\n## {}\n\n", headings.bad)) {
        Some((text, rest)) => (text, rest.split_once(&format!("\n## {}\n\n", headings.better))),
        None => (text, None),
    };
    let (what, why) = text.split_once("\n\n")?;
    let examples = examples.map(|(bad, better)| (bad.trim(), better.trim()));
    Some(Prose { title, what: what.trim(), why: why.trim(), examples })
}

/// The prose of the page of a rule in a language; none where there is no such page.
pub fn page(code: &str, lang: Lang) -> Option<&'static Prose> {
    static SPANISH: LazyLock<BTreeMap<&str, Prose>> =
        LazyLock::new(|| pages().into_iter().filter_map(|page| Some((page.title.split_once(' ')?.0, page))).collect());
    match lang {
        Lang::En => None,
        Lang::Es => SPANISH.get(code),
    }
}
