//! The words of the language: terms, units, currencies, countries and codes, each a list with its source and date.
//!
//! Lists that others maintain are data files beside the module that reads them. What a word does in a negotiation is
//! not known here.

pub mod codes;
pub mod countries;
pub mod currencies;
mod nearest;
pub mod reading;
mod table;
pub mod terms;
pub mod units;

pub use nearest::nearest;

#[cfg(test)]
mod standards;
