//! The words of the language: terms, units, currencies, countries and codes, each a list with its source.

pub mod terms;
