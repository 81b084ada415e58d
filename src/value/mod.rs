//! Exact values of the language: numbers, quantities, money, prices, times, item codes.
//!
//! Each type reads the one way in which it may be written and writes it back in canonical form. A text that is not of
//! that form gives a [`ValueError`] that says which of the usual mistakes it is, where, and what was probably meant.
//! Nothing here knows YAML, code lists or diagnostics.

mod cost;
mod decimal;
mod error;
mod item;
mod money;
mod quantity;
mod rational;
mod scan;
mod time;

pub use cost::{Cost, CostAmount, EarlyDiscount, Step};
pub use decimal::Decimal;
pub use error::{ValueError, ValueErrorKind};
pub use item::ItemCode;
pub use money::{Money, Percent, Price};
pub use quantity::{Dimension, Quantity, Rate};
pub use rational::Rational;
pub use time::{Clock, Date, Duration, DurationUnit};
