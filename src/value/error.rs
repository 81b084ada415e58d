//! What people type wrong in a value, told apart finely enough to say it in one sentence.
//!
//! No sentences here: the words, the rules and the places in a document are the reader's.

use std::ops::Range;

/// The kinds of value, by how they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// `12.5`
    Decimal,
    /// `500 kg`
    Quantity,
    /// `60000 box per month`
    Rate,
    /// `1250.50 ARS`
    Money,
    /// `820 ARS/box`
    Price,
    /// `2 %`
    Percent,
    /// `10 days`
    Duration,
    /// `2026-12-01`
    Date,
    /// `08:30`
    Clock,
    /// `cpv:44617100`
    Item,
    /// `12 ARS/box`, `0.07 % per day after 30 days`
    Cost,
    /// `2 % within 10 days`
    EarlyDiscount,
}

/// A text that is not the value it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    /// What is wrong.
    pub kind: ValueErrorKind,
    /// Where, in bytes of the text; on character boundaries, maybe empty.
    pub at: Range<usize>,
    /// The whole text as it should be, where that is certain.
    pub suggestion: Option<String>,
}

impl ValueError {
    /// A mistake at some bytes of the text, without a suggestion.
    pub fn new(kind: ValueErrorKind, at: Range<usize>) -> Self {
        Self { kind, at, suggestion: None }
    }
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueErrorKind {
    /// Nothing is written.
    Empty(Form),
    /// Not of this form at all.
    Malformed(Form),
    /// Something is left over behind the value.
    TrailingText,
    /// A space too many, or one of an odd kind.
    Spacing,
    /// `1,250.50`, `1 250`, `1'250`
    ThousandsSeparator,
    /// `0,95`
    DecimalComma,
    /// `1,250`, which half the world reads as a thousand more than the other half.
    AmbiguousComma,
    /// `.5` or `5.`
    LonePoint,
    /// `1e3`
    Exponent,
    /// `007`
    LeadingZeros,
    /// More than six digits behind the point.
    TooManyDecimals,
    /// More than fifteen digits before the point.
    TooManyDigits,
    /// `-0`
    SignOnZero,
    /// `+5`, or a dash that is not the minus of the keyboard.
    OddSign,
    /// `1/2`
    Fraction,
    /// `5 mil`, `thousand`
    NumberWord,
    /// `9.5` where things are counted.
    NotWhole,
    /// Below zero where nothing can be.
    Negative,
    /// `500kg`
    Glued,
    /// `500` where a quantity is due.
    MissingUnit,
    /// `1250` where money is due.
    MissingCurrency,
    /// `$12`, `12 €`
    CurrencySymbol,
    /// `EUR 12`
    CurrencyFirst,
    /// `12 Eur`
    CurrencyCase,
    /// `12 euro!`: neither three capitals nor the name of a circuit.
    CurrencyWord,
    /// `12 EUR` where a price per unit is due.
    MoneyForPrice,
    /// `12 EUR/kg` where a sum is due.
    PriceForMoney,
    /// A price for nothing, a rate per no time.
    ZeroDivisor,
    /// Nothing where something is due: a delivery of nothing, a rhythm of no time.
    Zero,
    /// `500 box` where a rate is due.
    MissingPeriod,
    /// `2` where a percentage is due.
    MissingPercentSign,
    /// `30` where a period is due.
    MissingDurationUnit,
    /// `30 d`, `30 dias`, `3 lunes`
    DurationWord,
    /// `1.5 weeks`
    FractionalDuration,
    /// More than 99999 of a unit of time.
    LongDuration,
    /// `1/12/2026`
    DateOrder,
    /// `2026-02-30`
    NoSuchDay,
    /// `8.30`, `8 am`
    ClockForm,
    /// `25:00`
    NoSuchTime,
    /// An item without `scheme:`.
    MissingScheme,
    /// `isbn:…`
    UnknownScheme,
    /// A code that its scheme does not have; the scheme is in the text.
    ItemShape,
    /// The check digit should be this one.
    CheckDigit(char),
    /// `http:` for `https:`.
    InsecureUri,
}
