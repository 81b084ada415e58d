//! An outcome as an account that people read aloud: what is told is the same in every format, how it is laid out is not.

mod failures;
mod lines;
mod markdown;
mod narrated;
mod shares;
mod text;
mod told;

pub use markdown::outcome_as_markdown;
pub use narrated::outcome_narrated;
pub use text::outcome;

use super::layout::Width;
use super::prose::{capital, stopped};
use super::words::said;
use crate::diagnostic::{Argument, Text};
use crate::i18n::Lang;
use crate::negotiate::outcome::{Outcome, Statement};
use crate::source::Sources;

/// An outcome with all that is needed to tell it.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    /// What is told.
    pub outcome: &'a Outcome,
    /// The name of a party by its id.
    pub names: &'a dyn Fn(&str) -> String,
    /// The texts that places refer to.
    pub sources: &'a Sources,
    /// In which language.
    pub lang: Lang,
    /// How wide lines of text may be.
    pub width: Width,
    /// Whether every line that failed is told in full, however many there are.
    pub in_full: bool,
}

impl std::fmt::Debug for Account<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("outcome", self.outcome).field("lang", &self.lang).finish_non_exhaustive()
    }
}

/// A part of what is told.
enum Part<'a> {
    /// Between whom it is, and what it came to.
    Verdict(Text),
    /// What the parts behind it are about.
    Heading(Text),
    /// Names, and what is to be said of each.
    Rows(Vec<(Text, Text)>),
    /// A sentence under a heading.
    Sentence(Text),
    /// Who says something that is in the way, and what.
    Statement(String, &'a Statement),
    /// What would do, and what it gives.
    Changes(Vec<(Text, Option<Text>)>),
    /// What several take or deliver together, and what each of it gives.
    Shares(Vec<(Text, Option<Text>)>),
    /// What is worth knowing beside.
    Note(Text),
}

/// What is said in a language, beginning with a capital unless it begins with a name.
fn begun(text: &Text, lang: Lang) -> String {
    let words = said(text, lang);
    if begins_with_name(text) { words } else { capital(&words) }
}

/// Whether a sentence begins with what somebody has written, which keeps its first letter.
fn begins_with_name(text: &Text) -> bool {
    let hole = text.template().strip_prefix('{').and_then(|rest| rest.split_once('}'));
    let first = hole.and_then(|(name, _)| text.args.iter().find(|(key, _)| *key == name));
    match first {
        None => false,
        Some((_, Argument::Written(_))) => true,
        Some((_, Argument::Said(inner))) => begins_with_name(inner),
    }
}

/// That somebody says something at a place, or nothing.
fn says(statement: &Statement, name: &str, place: String) -> Text {
    let says = match statement.is_silent {
        true => Text::new("{name} says nothing of it in {place}"),
        false => Text::new("{name} says in {place}"),
    };
    says.with("name", name).with("place", place)
}

/// The same as a sentence, unless it leads on to what follows.
pub(super) fn ended(text: &Text, lang: Lang) -> String {
    let words = begun(text, lang);
    if words.ends_with(':') { words } else { stopped(&words) }
}
