//! Two versions of one manifest: what the newer one changes, and who loses by it.
//!
//! Both are compared by what they mean, statement by statement: order, layout, comments, defaults written out and other
//! ways to write the same number are no change. [`diff`] says what differs; `breaking` says which partners lose
//! something, by negotiating both versions with them, or, without partners, by what the two versions alone show.

mod alone;
mod breaking;
mod changes;
mod facts;
mod lines;
mod meaning;
mod narrowing;
#[cfg(test)]
mod tests;
mod told;
mod whole;

pub use alone::alone;
pub use breaking::{Partner, with_partners};
pub use changes::{Change, Diff, Kind, Spot, diff};
pub use told::{breaking_reading, diff_reading, json_of_breaking, json_of_diff};

use serde::Serialize;

use crate::i18n::{Lang, Locale};
use crate::reading::Speech;

/// How much a partner loses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// Something is gone.
    Lost,
    /// Something is left, and worse than before.
    Worse,
    /// Something may be gone or worse, depending on the partner.
    Possible,
}

/// What is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Any agreement at all.
    Deal,
    /// A line of the agreement: an offer that met a need.
    Line,
    /// An operation.
    Operation,
    /// A place among a class of partners.
    Class,
    /// A statement on terms or facts.
    Term,
}

/// One thing that partners lose, or may lose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Who: the partner's id; `None` where nobody in particular was asked.
    pub partner: Option<String>,
    /// The partner's name for people.
    pub name: Option<String>,
    /// How much.
    pub loss: Loss,
    /// What.
    pub what: What,
    /// The path of the statement or the name of the line, operation or class.
    pub path: String,
    /// What it is called, for people.
    pub label: String,
    /// Why, as far as that can be said.
    pub why: Option<String>,
    /// The statement of the new version that it comes from, or of the old one where the new one says nothing.
    pub place: Option<Spot>,
    /// What it was before.
    pub before: Option<String>,
    /// What it is now.
    pub after: Option<String>,
}

/// The sentences of this module over those of readings.
pub fn speech(locale: &Locale) -> Speech {
    Speech::new(locale).with_table(table_of(locale.lang))
}

/// The table of sentences of a language.
fn table_of(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("words/en.txt"),
        Lang::Es => include_str!("words/es.txt"),
    }
}
