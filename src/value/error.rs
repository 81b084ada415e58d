//! What is wrong with the text of a value.

use std::ops::Range;

/// Which mistake a text makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ValueErrorKind {
    /// Nothing is written.
    Empty,
    /// A number is due and something else stands there.
    NotANumber,
    /// `1,250.50` or `1.250,50` or `1 250`: separators of thousands.
    ThousandsSeparator,
    /// `0,95`: a comma before the decimals.
    DecimalComma,
    /// `1e5`.
    Exponent,
    /// `007`.
    LeadingZeros,
    /// More than six decimals.
    TooManyDecimals,
    /// More than fifteen digits before the point.
    TooManyDigits,
    /// `.5` or `5.`
    BarePoint,
    /// `-0`.
    SignOnZero,
    /// `+5`.
    PlusSign,
    /// A negative number where none may be.
    Negative,
    /// Zero where none may be.
    Zero,
    /// `500kg`: the unit glued to the number.
    GluedUnit,
    /// A number without its unit.
    MissingUnit,
    /// An amount without its currency.
    MissingCurrency,
    /// `$12` or `12 €`.
    CurrencySymbol,
    /// `ars` for `ARS`.
    CurrencyCase,
    /// `12 EUR` where a price per unit is due.
    PriceWithoutUnit,
    /// `12 EUR/kg` where a sum is due.
    MoneyPerUnit,
    /// A percentage without its sign.
    MissingPercentSign,
    /// `30 d`, `30 days.`, `30 dias`: a duration in other words.
    DurationWord,
    /// `1.5 days`.
    FractionalDuration,
    /// A period is due: `per month`.
    MissingPeriod,
    /// `1/12/2026`.
    DateForm,
    /// `2026-02-30`.
    NoSuchDate,
    /// Not of the form `08:30`.
    ClockForm,
    /// An item code without a scheme.
    MissingScheme,
    /// A scheme that is not known.
    UnknownScheme,
    /// Not of the form that the scheme's codes have.
    CodeForm,
    /// The last digit does not fit the others.
    CheckDigit,
    /// A cost is not of one of its forms.
    CostForm,
    /// Not of the form `2 % within 10 days`.
    DiscountForm,
    /// Something is left over behind the value.
    TrailingText,
}

/// What is wrong with the text of a value, where in it, and what was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    /// Which mistake it is.
    pub kind: ValueErrorKind,
    /// The bytes of the text concerned.
    pub at: Range<usize>,
    /// The whole text as it should be, where that is certain.
    pub suggestion: Option<String>,
}

impl ValueError {
    /// A mistake at some bytes of the text.
    pub fn new(kind: ValueErrorKind, at: Range<usize>) -> Self {
        Self { kind, at, suggestion: None }
    }

    /// Adds what was probably meant.
    #[must_use]
    pub fn suggest(mut self, text: impl Into<String>) -> Self {
        self.suggestion = Some(text.into());
        self
    }
}
