//! Which node of a document something is about: for machines by its JSON Pointer, for people by its path.

use smol_str::SmolStr;

use crate::source::{LineColumn, Source};

/// One step on the way to a node. `At` is how a place is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<At = usize> {
    /// A key of a mapping.
    Key(SmolStr),
    /// An item of a list.
    Item {
        /// What it is called, by its own words.
        words: SmolStr,
        /// Where it begins, if others of the list are called so too.
        at: Option<At>,
    },
}

impl Step {
    /// The same with lines and columns.
    pub fn placed(&self, source: &Source) -> Step<LineColumn> {
        match self {
            Self::Key(key) => Step::Key(key.clone()),
            Self::Item { words, at } => Step::Item { words: words.clone(), at: at.map(|at| source.line_column(at)) },
        }
    }
}

/// The way to a node, outermost step first; empty for the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// JSON Pointer (RFC 6901).
    pub pointer: String,
    /// By the names of keys and items.
    pub steps: Vec<Step>,
}

/// The path of a node for people: `offers.kraft-box.price.tiers[from 500 box]`. Items that are called alike are told apart
/// by line and column.
pub fn path(steps: &[Step<LineColumn>]) -> String {
    steps.iter().fold(String::new(), |path, step| match step {
        Step::Key(key) if path.is_empty() => key.to_string(),
        Step::Key(key) => path + "." + key,
        Step::Item { words, at: None } => format!("{path}[{words}]"),
        Step::Item { words, at: Some(at) } => format!("{path}[{words} at {at}]"),
    })
}
