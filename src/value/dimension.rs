//! What can be measured, so that only like is added to like.

use std::fmt;

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
    Word(String),
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mass => "mass",
            Self::Volume => "volume",
            Self::Length => "length",
            Self::Area => "area",
            Self::Time => "time",
            Self::Energy => "energy",
            Self::Count => "count",
            Self::Word(word) => word,
        })
    }
}
