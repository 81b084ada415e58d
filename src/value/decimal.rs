//! Decimals as they are written.

use std::fmt;
use std::hash::{Hash, Hasher};

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::error::{ValueError, ValueErrorKind};
use super::{Rational, scan};

/// A decimal with the number of decimals that it is written with. Compares by value: `1.50` equals `1.5`.
#[derive(Clone, Debug)]
pub struct Decimal {
    digits: BigInt,
    scale: u32,
}

impl Decimal {
    /// `digits / 10^scale`.
    pub(super) fn from_parts(digits: BigInt, scale: u32) -> Self {
        Self { digits, scale }
    }

    /// The whole number.
    pub fn whole(number: i64) -> Self {
        Self::from_parts(BigInt::from(number), 0)
    }

    /// Reads `-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?`, without a sign on zero.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let (decimal, rest) = scan::decimal(text, 0)?;
        if rest.is_empty() {
            Ok(decimal)
        } else {
            Err(ValueError::new(ValueErrorKind::TrailingText, text.len() - rest.len()..text.len()))
        }
    }

    /// The exact value.
    pub fn rational(&self) -> Rational {
        Rational::from_big(self.digits.clone(), BigInt::from(10).pow(self.scale))
    }

    /// How many decimals it is written with.
    pub fn scale(&self) -> u32 {
        self.scale
    }

    /// Whether it is less than zero.
    pub fn is_negative(&self) -> bool {
        self.digits.is_negative()
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.digits.is_zero()
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.rational() == other.rational()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.rational().hash(state);
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rational().cmp(&other.rational())
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits.is_negative() { "-" } else { "" };
        let digits = self.digits.abs().to_string();
        let scale = usize::try_from(self.scale).unwrap_or(usize::MAX);
        let padded = format!("{digits:0>width$}", width = scale.saturating_add(1));
        let (whole, fraction) = padded.split_at(padded.len().saturating_sub(scale));
        if scale == 0 { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{fraction}") }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_read_is_written_the_same(text in "-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?") {
            match Decimal::parse(&text) {
                Ok(decimal) => prop_assert_eq!(decimal.to_string(), text),
                Err(error) => prop_assert_eq!(error.kind, ValueErrorKind::SignOnZero),
            }
        }
    }

    #[test]
    fn trailing_zeros_are_kept_and_do_not_count() {
        let (a, b) = (Decimal::parse("1.50").unwrap(), Decimal::parse("1.5").unwrap());
        assert_eq!((a.to_string().as_str(), a == b), ("1.50", true));
        assert_eq!(Decimal::parse("0.05").unwrap().to_string(), "0.05");
    }
}
