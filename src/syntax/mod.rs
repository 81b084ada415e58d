//! Text of the strict subset of YAML, or JSON, as a tree in which every key and value knows its place.
//!
//! One decoder for both notations, many findings in one run, never a panic. Nothing here knows coops or terms.

mod at;
mod brackets;
mod build;
mod characters;
mod comments;
mod common;
#[cfg(test)]
mod corpus_tests;
pub mod de;
mod decode;
mod document;
mod events;
mod items;
mod json;
mod margin;
mod merge;
mod mistakes;
mod mixed;
mod otherwise;
mod parts;
mod removal;
mod repair;
pub mod rules;
mod slips;
mod trial;

pub use at::At;
pub use build::{Parsed, parse};
pub use comments::{Comment, comments};
pub use decode::{DecodeError, MOST_BYTES, decode, marked_as};
pub use document::{Document, Entry, Kind, NodeId, Style};
pub use otherwise::others;
pub use parts::Parts;
pub use removal::take_out_whole;
pub use repair::quoted;
pub use rules::RULES;
pub use trial::{gets_nowhere, gets_on, made_readable, mended};
