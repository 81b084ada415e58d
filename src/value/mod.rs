//! Values as manifests write them: exact numbers, quantities, money, prices, periods, dates and item codes.
//!
//! Every type reads its own text strictly and writes it back in one form; what people type wrong instead is recognised
//! and comes back with what they meant, where that is certain. Which units, currencies and codes exist is not known
//! here, nor what the text was taken from.

mod amount;
mod calendar;
mod cost;
mod decimal;
mod dimension;
mod duration;
mod error;
mod item;
mod range;
mod rational;
mod scan;

pub use amount::{Money, Percent, Price, Quantity, Rate, currency_of_sign, is_iso_shape};
pub use calendar::{Clock, Date};
pub use cost::{Cost, CostAmount, EarlyDiscount, Step};
pub use decimal::Decimal;
pub use dimension::Dimension;
pub use duration::{Duration, DurationUnit, Family};
pub use error::{Form, ValueError, ValueErrorKind};
pub use item::{ItemCode, Scheme};
pub use range::{Ends, ends};
pub use rational::Rational;

#[cfg(test)]
mod tests;
