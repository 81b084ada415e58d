//! Decimals as people write them: a number and how many digits stand behind its point.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::error::{Form, ValueError};
use super::rational::Rational;
use super::scan::{Sign, read};

/// A decimal as written; `2.50` shows two decimals and equals `2.5`.
#[derive(Clone, Debug)]
pub struct Decimal {
    value: Rational,
    scale: u32,
}

impl Decimal {
    /// Reads `-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?`, zero without a sign.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::Decimal, text, |scan| scan.number(Sign::Either))
    }

    /// A number that so many decimals show exactly.
    pub(super) fn of(value: Rational, scale: u32) -> Self {
        Self { value, scale }
    }

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self::of(Rational::from(number), 0)
    }

    /// The number one.
    pub fn one() -> Self {
        Self::of(Rational::one(), 0)
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.value.is_negative()
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.value.is_zero()
    }

    /// The number, without regard to how it is written.
    pub fn rational(&self) -> Rational {
        self.value.clone()
    }

    /// How many digits stand behind the point.
    pub fn scale(&self) -> u32 {
        self.scale
    }

    /// The same number with no digits behind the point that are not needed.
    #[must_use]
    pub fn shortest(&self) -> Self {
        self.value.to_decimal().unwrap_or_else(|| self.clone())
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (0, Some(whole)) = (self.scale, self.value.to_i64()) {
            return write!(f, "{whole}");
        }
        let unscaled = self.value.abs().checked_div(&Rational::step_of(self.scale)).unwrap_or_default();
        let width = usize::try_from(self.scale).unwrap_or(usize::MAX);
        // One digit at least stands before the point.
        let digits = format!("{:0>width$}", unscaled.digits_of_numerator(), width = width.saturating_add(1));
        let (whole, behind) = digits.split_at_checked(digits.len().saturating_sub(width)).unwrap_or((&digits, ""));
        let sign = if self.value.is_negative() { "-" } else { "" };
        match behind {
            "" => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{behind}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_read_is_written_again(text in "(-[1-9][0-9]{0,14}|0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?") {
            let decimal = Decimal::parse(&text).unwrap();
            prop_assert_eq!(decimal.to_string(), text);
        }

        #[test]
        fn bad_text_never_panics_and_is_read_only_if_written_alike(text in "[-+0-9.,eE_' kg%/]{0,12}") {
            if let Ok(decimal) = Decimal::parse(&text) {
                prop_assert_eq!(decimal.to_string(), text);
            }
        }
    }

    #[test]
    fn zeros_behind_the_point_are_shown_and_do_not_count() {
        let (long, short) = (Decimal::parse("2.50").unwrap(), Decimal::parse("2.5").unwrap());
        assert_eq!(long, short);
        assert_eq!((long.to_string(), long.scale()), ("2.50".to_owned(), 2));
        assert_eq!(long.shortest().to_string(), "2.5");
        assert_eq!(Decimal::parse("-0.05").unwrap().to_string(), "-0.05");
    }
}
