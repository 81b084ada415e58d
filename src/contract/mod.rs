//! The contract: an agreement put into words, clause by clause, as Markdown or HTML.
//!
//! [`draft`] builds a [`Document`] out of an agreement and the templates of a language; [`render`] writes it. A contract
//! says what the agreement says and no more: what nobody stated is a visible gap, what one side asks for is marked as its
//! proposal. How an agreement comes about is not known here.

mod amounts;
mod annexes;
mod clause;
mod document;
mod drafter;
mod goods;
mod opening;
pub mod render;
mod systems;
mod terms;
pub(crate) mod wording;

use std::fmt;

pub use document::{Block, Column, Document, Footer, Inline, Section, Signature, Table};

use crate::agreement::{Agreement, digest_of};
use crate::i18n::Locale;

/// How a contract is drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Language and region. Without a region, that of the parties is taken where they share one.
    pub lang: Locale,
}

/// Why no contract could be drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContractError {
    /// The agreement does not have two parties; how many it has.
    Parties(usize),
    /// The agreement does not say what its digest says: it was changed after it was made.
    Digest {
        /// The digest that it carries.
        stated: String,
        /// The digest of what it says.
        computed: String,
    },
    /// A template of the language is wrong; what is wrong.
    Template(String),
}

impl fmt::Display for ContractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parties(count) => write!(f, "a contract is between two parties and this agreement has {count}"),
            Self::Digest { stated, computed } => write!(
                f,
                "the agreement carries the digest `{stated}` and its content has `{computed}`: it was changed after it \
                 was made; negotiate it again"
            ),
            Self::Template(what) => write!(f, "a contract template is wrong: {what}"),
        }
    }
}

impl std::error::Error for ContractError {}

/// Puts an agreement into words.
///
/// # Errors
/// If the agreement is not between two parties, or its digest is not that of its content.
pub fn draft(agreement: &Agreement, options: &Options) -> Result<Document, ContractError> {
    if agreement.parties.len() != 2 {
        return Err(ContractError::Parties(agreement.parties.len()));
    }
    let computed = digest_of(agreement).map_err(|error| ContractError::Template(error.0))?;
    if computed != agreement.digest {
        return Err(ContractError::Digest { stated: agreement.digest.clone(), computed });
    }
    drafter::Drafter::new(agreement, &options.lang)?.document()
}

#[cfg(test)]
mod tests;
