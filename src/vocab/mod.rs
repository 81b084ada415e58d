//! Code lists and the term catalogue: what words mean, as data with source and date.
//!
//! Lists live in `data/` as tab-separated text and are read once, when first asked for.

pub mod codes;
pub mod countries;
pub mod currencies;
mod example;
pub mod measures;
pub mod reading;
pub mod switch;
mod table;
pub mod terms;
pub mod units;

#[cfg(test)]
mod standards;
