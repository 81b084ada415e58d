//! What can be measured, so that only like is added to like.

use smol_str::SmolStr;

/// What a unit measures; two quantities compare only inside one dimension.
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
    /// Working time and the like, counted in hours.
    Time,
    /// Counted in kilowatt hours.
    Energy,
    /// Pieces.
    Count,
    /// A word that counts only against itself: `box`, `pallet`.
    Word(SmolStr),
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
