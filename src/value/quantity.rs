//! Quantities and what they are counted in.

use std::fmt;

use super::error::{ValueError, ValueErrorKind as Kind};
use super::{Decimal, Duration, scan};

/// What a unit counts. Units convert only inside one dimension.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Counted in kilograms.
    Mass,
    /// Counted in litres.
    Volume,
    /// Counted in metres.
    Length,
    /// Counted in square metres.
    Area,
    /// Counted in hours.
    Time,
    /// Counted in kilowatt hours.
    Energy,
    /// Counted in pieces.
    Count,
    /// A word that counts only against itself: a box that nobody declares.
    Word(String),
}

impl Dimension {
    /// The symbol of the unit in which it is counted.
    pub fn base_unit(&self) -> &str {
        match self {
            Self::Mass => "kg",
            Self::Volume => "l",
            Self::Length => "m",
            Self::Area => "m2",
            Self::Time => "hour",
            Self::Energy => "kWh",
            Self::Count => "each",
            Self::Word(word) => word,
        }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Mass => "mass",
            Self::Volume => "volume",
            Self::Length => "length",
            Self::Area => "area",
            Self::Time => "time",
            Self::Energy => "energy",
            Self::Count => "count",
            Self::Word(word) => word,
        }
    }
}

/// `500 kg`: a decimal that is not negative and the word of a unit, not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// How many.
    pub amount: Decimal,
    /// Of which unit, as written.
    pub unit: String,
}

impl Quantity {
    /// Reads `500 kg`.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let (amount, tail, at) = scan::amount(text, Kind::MissingUnit)?;
        let (unit, rest) = scan::word(tail);
        if !rest.is_empty() {
            return Err(ValueError::new(Kind::TrailingText, at + unit.len()..text.len()));
        }
        Ok(Self { amount: scan::not_negative(amount, text)?, unit: unit.to_owned() })
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit)
    }
}

/// `60000 box per month`: a quantity in a period.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    /// How much.
    pub quantity: Quantity,
    /// In which period.
    pub per: Duration,
}

impl Rate {
    /// Reads `60000 box per month`, also `per 2 weeks`.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let Some(at) = text.find(" per ") else {
            Quantity::parse(text)?;
            return Err(ValueError::new(Kind::MissingPeriod, 0..text.len()));
        };
        let (quantity, period) = text.split_at(at);
        let period = period.trim_start_matches(" per ");
        let start = text.len() - period.len();
        Ok(Self { quantity: Quantity::parse(quantity)?, per: Duration::parse_period(period, start)? })
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} per {}", self.quantity, self.per.as_period())
    }
}
