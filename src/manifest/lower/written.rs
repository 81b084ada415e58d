//! Values that are read from one scalar, and how one looks.

use crate::value::{
    Clock, Cost, Date, Decimal, Duration, EarlyDiscount, ItemCode, Money, Percent, Price, Quantity, Rate, ValueError,
    ValueErrorKind,
};

/// A value that is read from a scalar, and how one looks.
pub(super) trait Written: Sized {
    /// A value as it should be written.
    const EXPECTED: &'static str;

    /// Reads a text.
    fn read(text: &str) -> Result<Self, ValueError>;
}

macro_rules! written {
    ($($type:ty, $expected:literal;)*) => {
        $(impl Written for $type {
            const EXPECTED: &'static str = $expected;

            fn read(text: &str) -> Result<Self, ValueError> {
                Self::parse(text)
            }
        })*
    };
}

written! {
    Clock, "08:30";
    Cost, "12 EUR/kg";
    Date, "2026-12-01";
    Decimal, "5";
    Duration, "30 days";
    EarlyDiscount, "2 % within 10 days";
    ItemCode, "cpv:44617100";
    Money, "1250.50 EUR";
    Percent, "2 %";
    Price, "12 EUR/kg";
    Quantity, "500 kg";
    Rate, "500 kg per month";
}

/// A whole number that is not negative.
pub(super) struct Count(pub(super) u64);

impl Written for Count {
    const EXPECTED: &'static str = "12";

    fn read(text: &str) -> Result<Self, ValueError> {
        let number = Decimal::parse(text).map_err(|error| match error.kind {
            // Nobody counts a part of a member, so the comma can only divide thousands.
            ValueErrorKind::AmbiguousComma => {
                let suggestion = Some(text.replace(',', ""));
                ValueError { kind: ValueErrorKind::ThousandsSeparator, suggestion, ..error }
            }
            _ => error,
        })?;
        if groups(text, '.') {
            let suggestion = Some(text.replace('.', ""));
            return Err(ValueError { kind: ValueErrorKind::ThousandsSeparator, at: 0..text.len(), suggestion });
        }
        let kind = match number.is_negative() {
            true => ValueErrorKind::Negative,
            false => ValueErrorKind::NotWhole,
        };
        text.parse().map(Self).map_err(|_| ValueError::new(kind, 0..text.len()))
    }
}

/// Whether a number has one to three digits, and three behind the sign that may divide thousands.
fn groups(text: &str, sign: char) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = text.split_once(sign).filter(|(whole, rest)| digits(whole) && digits(rest));
    parts.is_some_and(|(whole, rest)| (1..=3).contains(&whole.len()) && !whole.starts_with('0') && rest.len() == 3)
}
