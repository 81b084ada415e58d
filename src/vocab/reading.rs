//! From a value that could not be read to a finding: the rules of chapter 3, their sentences and their ways out.
//!
//! A finding names the smallest thing to edit. Where that is depends on how the scalar is written, which the caller
//! says: offsets in the text are offsets in the document only if the scalar is plain. What a value is for is not known.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Rule, Text};
use crate::rule;
use crate::source::Span;
use crate::value::{Dimension, Form, ValueError, ValueErrorKind as Kind};

use super::codes::CodeError;
use super::currencies;
use super::units::{UnitError, Units};

rule! {
    /// A value is written as nothing.
    EMPTY_VALUE = "CLM0301", "empty-value", Error, Value, "03-values#what-a-value-is",
    summary: "a value is empty",
    message: "nothing is written where {what} is due",
}

rule! {
    /// A value is not of the form that its place takes.
    MALFORMED_VALUE = "CLM0302", "malformed-value", Error, Value, "03-values#what-a-value-is",
    summary: "a value is not of the form that its place takes",
    message: "`{value}` is not {what}",
}

rule! {
    /// The parts of a value are not parted by one space.
    ODD_SPACING = "CLM0303", "odd-spacing", Error, Value, "03-values#spaces",
    summary: "the parts of a value are not parted by one space",
    message: "the parts of `{value}` are not parted by one space",
}

rule! {
    /// Digits are grouped.
    THOUSANDS_SEPARATOR = "CLM0304", "thousands-separator", Error, Value, "03-values#numbers",
    summary: "digits are grouped by thousands",
    message: "`{text}` has marks between its digits",
}

rule! {
    /// A comma stands for the point.
    DECIMAL_COMMA = "CLM0305", "decimal-comma", Error, Value, "03-values#numbers",
    summary: "a comma stands where the point is due",
    message: "`{text}` has a comma where the point is due",
}

rule! {
    /// A number is written in a way of its own.
    ODD_NUMBER = "CLM0306", "odd-number", Error, Value, "03-values#numbers",
    summary: "a number has an exponent, a needless zero or sign, or a point alone",
    message: "`{text}` is not how this number is written",
}

rule! {
    /// A number has too many digits.
    TOO_MANY_DIGITS = "CLM0307", "too-many-digits", Error, Value, "03-values#numbers",
    summary: "a number has more digits than a value may have",
    message: "`{text}` has too many digits",
}

rule! {
    /// A value below zero where none can be.
    NEGATIVE_VALUE = "CLM0308", "negative-value", Error, Value, "03-values#numbers",
    summary: "a value is below zero where it cannot be",
    message: "`{value}` is below zero",
}

rule! {
    /// A number stands without what it counts.
    MISSING_UNIT = "CLM0309", "missing-unit", Error, Value, "03-values#quantities",
    summary: "a number stands without its unit",
    message: "`{text}` does not say of what",
}

rule! {
    /// An amount stands without its currency.
    MISSING_CURRENCY = "CLM0310", "missing-currency", Error, Value, "03-values#money",
    summary: "an amount of money stands without its currency",
    message: "`{text}` does not say in which currency",
}

rule! {
    /// A currency is written as a sign, before its amount or in other letters.
    ODD_CURRENCY = "CLM0311", "odd-currency", Error, Value, "03-values#money",
    summary: "a currency is not written as its code behind the amount",
    message: "`{text}` is not how a currency is written here",
}

rule! {
    /// A sum stands where a price per unit is due.
    MONEY_FOR_PRICE = "CLM0312", "money-for-price", Error, Value, "03-values#prices",
    summary: "a sum of money stands where a price per unit is due",
    message: "`{value}` does not say for how much of the item",
}

rule! {
    /// A price per unit stands where a sum is due.
    PRICE_FOR_MONEY = "CLM0313", "price-for-money", Error, Value, "03-values#money",
    summary: "a price per unit stands where a sum of money is due",
    message: "`{value}` is a price per unit, and a sum of money is due",
}

rule! {
    /// Something is counted for each nothing.
    ZERO_BASIS = "CLM0314", "zero-basis", Error, Value, "03-values#prices",
    summary: "a price is for nothing, or a rate is for no time",
    message: "nothing can be counted for each `{text}`",
}

rule! {
    /// A rate does not say in which time.
    MISSING_PERIOD = "CLM0315", "missing-period", Error, Value, "03-values#rates",
    summary: "a rate does not say in which time, or not with the word `per`",
    message: "`{value}` does not say in which time with the word `per`",
}

rule! {
    /// A period is written with another word, in parts or beyond reason.
    ODD_DURATION = "CLM0316", "odd-duration", Error, Value, "03-values#durations",
    summary: "a period is not a whole number of days, weeks, months or years",
    message: "`{value}` is not a whole number of days, weeks, months or years",
}

rule! {
    /// A date is not written year first.
    ODD_DATE = "CLM0317", "odd-date", Error, Value, "03-values#dates-and-times",
    summary: "a date is not written as year, month and day",
    message: "`{text}` is not written as year, month and day",
}

rule! {
    /// A date or time does not exist.
    NO_SUCH_TIME = "CLM0318", "no-such-time", Error, Value, "03-values#dates-and-times",
    summary: "a day is not in the calendar, or a time not in the day",
    message: "there is no `{text}`",
}

rule! {
    /// A time is not written as hours and minutes.
    ODD_CLOCK = "CLM0319", "odd-clock", Error, Value, "03-values#dates-and-times",
    summary: "a time of the day is not written as two digits, a colon and two digits",
    message: "`{text}` is not written as hours and minutes",
}

rule! {
    /// An item code does not say of which catalogue it is.
    UNKNOWN_SCHEME = "CLM0320", "unknown-scheme", Error, Value, "03-values#items",
    summary: "an item is not of a known catalogue",
    message: "`{text}` does not begin with a known catalogue",
}

rule! {
    /// An item code that its catalogue cannot have.
    MALFORMED_ITEM = "CLM0321", "malformed-item", Error, Value, "03-values#items",
    summary: "an item's code has not the shape of its catalogue",
    message: "`{text}` cannot be a code of that catalogue",
}

rule! {
    /// A check digit does not fit.
    WRONG_CHECK_DIGIT = "CLM0322", "wrong-check-digit", Error, Value, "03-values#items",
    summary: "the check digit of an item's code is wrong",
    message: "the check digit of `{value}` is `{text}`, but the other digits ask for `{right}`",
}

rule! {
    /// A unit that nobody knows.
    UNKNOWN_UNIT = "CLM0323", "unknown-unit", Error, Value, "03-values#units",
    summary: "a unit is neither in the registry nor declared",
    message: "unit `{text}` is neither known nor declared",
}

rule! {
    /// A currency that nobody knows.
    UNKNOWN_CURRENCY = "CLM0324", "unknown-currency", Error, Value, "03-values#currencies",
    summary: "a currency is neither of ISO 4217 nor a circuit of the manifest",
    message: "currency `{text}` is neither known nor one of your circuits",
}

rule! {
    /// A code that its list does not have.
    UNKNOWN_CODE = "CLM0325", "unknown-code", Error, Value, "03-values#codes",
    summary: "a word is not in the code list of its place",
    message: "`{text}` is no known {what}",
}

rule! {
    /// A name, tag or address that has not its shape.
    MALFORMED_NAME = "CLM0326", "malformed-name", Error, Value, "03-values#codes",
    summary: "a name, language or address has not its shape",
    message: "`{text}` is not how {what} is written",
}

rule! {
    /// A declared unit whose word is not free.
    RESERVED_UNIT = "CLM0327", "reserved-unit", Error, Value, "03-values#declared-units",
    summary: "a unit is declared under a word that has a meaning of its own",
    message: "`{text}` cannot be declared: it {why}",
}

rule! {
    /// An equivalent of a declared unit that cannot be.
    BAD_EQUIVALENT = "CLM0328", "bad-equivalent", Error, Value, "03-values#declared-units",
    summary: "what a declared unit is equal to is nothing, itself, or said twice",
    message: "`{text}` cannot be what one `{unit}` is",
}

rule! {
    /// A unit that measures something else than its place takes.
    WRONG_DIMENSION = "CLM0329", "wrong-dimension", Error, Value, "03-values#units",
    summary: "a unit measures something else than is due",
    message: "`{text}` measures {found}, and {due} is due",
}

/// The rules of this chapter.
pub static RULES: &[&Rule] = &[
    &EMPTY_VALUE,
    &MALFORMED_VALUE,
    &ODD_SPACING,
    &THOUSANDS_SEPARATOR,
    &DECIMAL_COMMA,
    &ODD_NUMBER,
    &TOO_MANY_DIGITS,
    &NEGATIVE_VALUE,
    &MISSING_UNIT,
    &MISSING_CURRENCY,
    &ODD_CURRENCY,
    &MONEY_FOR_PRICE,
    &PRICE_FOR_MONEY,
    &ZERO_BASIS,
    &MISSING_PERIOD,
    &ODD_DURATION,
    &ODD_DATE,
    &NO_SUCH_TIME,
    &ODD_CLOCK,
    &UNKNOWN_SCHEME,
    &MALFORMED_ITEM,
    &WRONG_CHECK_DIGIT,
    &UNKNOWN_UNIT,
    &UNKNOWN_CURRENCY,
    &UNKNOWN_CODE,
    &MALFORMED_NAME,
    &RESERVED_UNIT,
    &BAD_EQUIVALENT,
    &WRONG_DIMENSION,
];

/// A scalar as it stands in a document.
#[derive(Clone, Copy, Debug)]
pub struct Scalar<'a> {
    /// The place of the whole scalar, quotes included.
    pub place: Place,
    /// Its text, as read.
    pub text: &'a str,
    /// Whether the scalar is plain, so that offsets in the text are offsets in the document.
    pub plain: bool,
}

impl Scalar<'_> {
    /// The place of a part of the text; the whole scalar where the part has no place of its own.
    fn part(&self, at: &Range<usize>) -> Place {
        let Place { source, span } = self.place;
        if !self.plain || at.is_empty() || span.len() != self.text.len() {
            return self.place;
        }
        Place::new(
            source,
            Span::new(span.start + at.start, span.start + at.end),
        )
    }

    /// The place of the only occurrence of a word in the text.
    fn word(&self, word: &str) -> Place {
        match self.text.match_indices(word).collect::<Vec<_>>().as_slice() {
            [(start, _)] => self.part(&(*start..start + word.len())),
            _ => self.place,
        }
    }

    /// A replacement of the whole scalar, quoted again where it was.
    fn mended(&self, diagnostic: Diagnostic, text: &str, safe: bool) -> Diagnostic {
        if self.plain {
            diagnostic.fix(self.place, text, safe)
        } else {
            diagnostic.fix(self.place, format!("\"{text}\""), safe)
        }
    }
}

/// The finding for a text that is not the value it should be.
pub fn value_diagnostic(error: &ValueError, scalar: Scalar<'_>) -> Diagnostic {
    let place = match error.kind {
        // These are mended at another place than they are seen.
        Kind::Glued | Kind::MissingPeriod | Kind::MoneyForPrice | Kind::PriceForMoney => {
            scalar.place
        }
        _ => scalar.part(&error.at),
    };
    let wrong = scalar.text.get(error.at.clone()).unwrap_or(scalar.text);
    let (rule, advice) = sentence(error.kind);
    let mut diagnostic = Diagnostic::new(rule, place)
        .with("text", wrong)
        .with("value", scalar.text);
    if let Kind::Empty(form) | Kind::Malformed(form) = error.kind {
        diagnostic = diagnostic.with("what", noun(form));
    }
    if let Kind::CheckDigit(right) = error.kind {
        diagnostic = diagnostic.with("right", right);
    }
    match &error.suggestion {
        Some(mended) => {
            let diagnostic = diagnostic.help(Text::new("write `{mended}`").with("mended", mended));
            scalar.mended(diagnostic, mended, true)
        }
        None => diagnostic.help(advice),
    }
}

/// What is due, with its article.
fn noun(form: Form) -> &'static str {
    match form {
        Form::Decimal => "a number",
        Form::Quantity => "a quantity",
        Form::Rate => "a quantity per period",
        Form::Money => "an amount of money",
        Form::Price => "a price per unit",
        Form::Percent => "a percentage",
        Form::Duration => "a period of time",
        Form::Date => "a date",
        Form::Clock => "a time of the day",
        Form::Item => "an item code",
        Form::Cost => "a cost",
        Form::EarlyDiscount => "a discount for paying early",
    }
}

/// How a value of a form is written.
fn example(form: Form) -> Text {
    Text::new(match form {
        Form::Decimal => "write a number such as `12.5`",
        Form::Quantity => "write a number and a unit, such as `500 kg`",
        Form::Rate => "write a quantity and a period, such as `500 kg per month`",
        Form::Money => "write a number and a currency, such as `1250.50 EUR`",
        Form::Price => "write an amount of money per unit, such as `820 ARS/box`",
        Form::Percent => "write a number and `%`, such as `2 %`",
        Form::Duration => "write a whole number of days, weeks, months or years, such as `10 days`",
        Form::Date => "write year, month and day, such as `2026-12-01`",
        Form::Clock => "write hours and minutes, such as `08:30`",
        Form::Item => "write a catalogue and a code, such as `cpv:44617100` or `sku:A-12`",
        Form::Cost => {
            "write `500 EUR` for each delivery, `0.10 EUR/kg` for each unit, or `2 %` of the price"
        }
        Form::EarlyDiscount => "write a percentage and a period, such as `2 % within 10 days`",
    })
}

/// The rule of a mistake, and the way out where no mending is certain.
fn sentence(kind: Kind) -> (&'static Rule, Text) {
    match kind {
        Kind::Empty(form) => (&EMPTY_VALUE, example(form)),
        Kind::Malformed(form) => (&MALFORMED_VALUE, example(form)),
        Kind::Spacing | Kind::Glued => (
            &ODD_SPACING,
            Text::new("write exactly one space between number and word"),
        ),
        Kind::ThousandsSeparator => (
            &THOUSANDS_SEPARATOR,
            Text::new("write the digits without marks between them: `1250.50`"),
        ),
        Kind::AmbiguousComma => (
            &THOUSANDS_SEPARATOR,
            Text::new("write `1250` for a thousand and more, or `1.250` for a little over one"),
        ),
        Kind::DecimalComma => (&DECIMAL_COMMA, Text::new("write a point: `0.95`")),
        Kind::LonePoint => (
            &ODD_NUMBER,
            Text::new("write a digit on both sides of the point: `0.5`"),
        ),
        Kind::Exponent => (
            &ODD_NUMBER,
            Text::new("write all digits of the number: `1000`, not `1e3`"),
        ),
        Kind::LeadingZeros => (&ODD_NUMBER, Text::new("leave the zeros at the start away")),
        Kind::SignOnZero | Kind::OddSign => (
            &ODD_NUMBER,
            Text::new("leave the sign away, or write the `-` of the keyboard"),
        ),
        Kind::TooManyDecimals => (
            &TOO_MANY_DIGITS,
            Text::new("round to six digits behind the point, or write it in a smaller unit"),
        ),
        Kind::TooManyDigits => (
            &TOO_MANY_DIGITS,
            Text::new("write it in a larger unit: at most fifteen digits stand before the point"),
        ),
        Kind::Negative => (&NEGATIVE_VALUE, Text::new("write it without the minus")),
        Kind::MissingUnit => (
            &MISSING_UNIT,
            Text::new("add the unit, such as `kg`, `box` or `hour`"),
        ),
        Kind::MissingDurationUnit => (
            &MISSING_UNIT,
            Text::new("add `days`, `weeks`, `months` or `years`"),
        ),
        Kind::MissingPercentSign => (
            &MISSING_UNIT,
            Text::new("write hundredths and `%`: `2 %` is two of a hundred"),
        ),
        Kind::MissingCurrency => (
            &MISSING_CURRENCY,
            Text::new(
                "add the currency behind the amount, such as `EUR`, or the name of a circuit",
            ),
        ),
        Kind::CurrencySymbol => (
            &ODD_CURRENCY,
            Text::new(
                "several currencies have this sign: write the code behind the amount, such as `USD`, `ARS` or `UYU`",
            ),
        ),
        Kind::CurrencyFirst | Kind::CurrencyCase => (
            &ODD_CURRENCY,
            Text::new("write the amount, one space and the code: `12 EUR`"),
        ),
        Kind::CurrencyWord => (
            &ODD_CURRENCY,
            Text::new("write a code of three capitals, such as `EUR`, or the name of a circuit"),
        ),
        Kind::MoneyForPrice => (
            &MONEY_FOR_PRICE,
            Text::new("add `/` and the unit, such as `12 EUR/kg`"),
        ),
        Kind::PriceForMoney => (
            &PRICE_FOR_MONEY,
            Text::new("write the whole sum, without `/` and unit"),
        ),
        Kind::ZeroDivisor => (
            &ZERO_BASIS,
            Text::new("write a number above zero, or leave it away for one"),
        ),
        Kind::MissingPeriod => (
            &MISSING_PERIOD,
            Text::new("add `per` and the period, such as `per month` or `per 2 weeks`"),
        ),
        Kind::DurationWord | Kind::FractionalDuration | Kind::LongDuration => (
            &ODD_DURATION,
            Text::new("write a whole number of `days`, `weeks`, `months` or `years`, up to 99999"),
        ),
        Kind::DateOrder => (
            &ODD_DATE,
            Text::new("write the year with four digits, then month and day with two: `2026-12-01`"),
        ),
        Kind::NoSuchDay => (
            &NO_SUCH_TIME,
            Text::new("look at a calendar: the month or the day is too high or zero"),
        ),
        Kind::NoSuchTime => (
            &NO_SUCH_TIME,
            Text::new("write hours from 00 to 23 and minutes from 00 to 59, or `24:00`"),
        ),
        Kind::ClockForm => (
            &ODD_CLOCK,
            Text::new("write two digits, a colon and two digits: `08:30`"),
        ),
        Kind::MissingScheme => (
            &UNKNOWN_SCHEME,
            Text::new("write `sku:` before a number of your own, or the catalogue that it is from"),
        ),
        Kind::UnknownScheme => (
            &UNKNOWN_SCHEME,
            Text::new(
                "write one of `cpv`, `unspsc`, `hs`, `gtin`, `wikidata`, `sku`, or an `https` address",
            ),
        ),
        Kind::InsecureUri => (&UNKNOWN_SCHEME, Text::new("write `https`")),
        Kind::ItemShape => (
            &MALFORMED_ITEM,
            Text::new(
                "`cpv` and `unspsc` have 8 digits, `hs` 2, 4 or 6 to 10, `gtin` 8, 12, 13 or 14, `wikidata` a `Q` and digits",
            ),
        ),
        Kind::CheckDigit(_) => (
            &WRONG_CHECK_DIGIT,
            Text::new("compare all digits with the label: any of them may be wrong"),
        ),
    }
}

/// The finding for a unit that is neither in the registry nor declared.
pub fn unknown_unit(word: &str, units: &Units, scalar: Scalar<'_>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_UNIT, scalar.word(word)).with("text", word);
    if currencies::is_currency(word) {
        return diagnostic.help(
            Text::new("`{text}` is a currency, and a unit of the item is due").with("text", word),
        );
    }
    match units.nearest(word) {
        Some(meant) => mean(diagnostic, word, &meant, scalar),
        None => diagnostic.help(
            Text::new("say under `units` what one of it is, such as `{text}: 12 kg`")
                .with("text", word),
        ),
    }
}

/// The finding for a currency that is neither of ISO 4217 nor one of the manifest's circuits.
pub fn unknown_currency<'c>(
    word: &str,
    circuits: impl IntoIterator<Item = &'c str>,
    scalar: Scalar<'_>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_CURRENCY, scalar.word(word)).with("text", word);
    let circuit = super::nearest(word, circuits).map(str::to_owned);
    match circuit.or_else(|| currencies::nearest(word)) {
        Some(meant) => mean(diagnostic, word, &meant, scalar),
        None => diagnostic.help(
            Text::new(
                "write the code of a currency, such as `EUR`, or declare `{text}` under `circuits`",
            )
            .with("text", word),
        ),
    }
}

/// The finding for a word that is not in its list, or has not its shape.
pub fn code_diagnostic(error: &CodeError, scalar: Scalar<'_>) -> Diagnostic {
    let rule = if error.shape {
        &MALFORMED_NAME
    } else {
        &UNKNOWN_CODE
    };
    let diagnostic = Diagnostic::new(rule, scalar.place)
        .with("text", &error.word)
        .with("what", article(error));
    match &error.nearest {
        Some(meant) => mean(diagnostic, &error.word, meant, scalar),
        None if error.known.is_empty() => diagnostic.help(Text::new(shape_advice(error.what))),
        None => {
            diagnostic.help(Text::new("write one of {known}").with("known", quoted(&error.known)))
        }
    }
}

/// What is due: with its article where a shape is spoken of, since `known` stands before the names of lists.
fn article(error: &CodeError) -> String {
    match error.what {
        what if !error.shape => what.to_owned(),
        what if what.starts_with('a') => format!("an {what}"),
        what => format!("a {what}"),
    }
}

fn shape_advice(what: &str) -> &'static str {
    match what {
        "address" => "write an address that begins with `https://` or `did:web:`",
        "language" => "write a language tag, such as `es`, `eu` or `pt-BR`",
        "practice" => "write small letters, digits and `_`, such as `equal_vote`",
        "message format" => "write small letters, digits, `-` and points, such as `ubl-order-2.1`",
        "subdivision" => "write the country, `-` and the part, such as `AR-B`",
        _ => "write the two capitals of the country, such as `AR`",
    }
}

/// Words in backticks, parted by commas.
fn quoted(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Adds what was probably meant, and the edit that writes it.
fn mean(diagnostic: Diagnostic, word: &str, meant: &str, scalar: Scalar<'_>) -> Diagnostic {
    let diagnostic = diagnostic.help(Text::new("did you mean `{meant}`?").with("meant", meant));
    match scalar.text.match_indices(word).count() {
        1 => scalar.mended(diagnostic, &scalar.text.replace(word, meant), false),
        _ => diagnostic,
    }
}

/// The finding for a declaration of a unit. `word` is the scalar of the word that is declared, `equivalents` those of what
/// it is said to be.
pub fn unit_diagnostic(
    error: &UnitError,
    word: Scalar<'_>,
    equivalents: &[Scalar<'_>],
) -> Diagnostic {
    let reserved = |why| {
        Diagnostic::new(&RESERVED_UNIT, word.place)
            .with("text", word.text)
            .with("why", why)
            .help(Text::new("choose another word, such as `box` or `crate`"))
    };
    let at = |index: &usize, advice| {
        let scalar = equivalents.get(*index).copied().unwrap_or(word);
        Diagnostic::new(&BAD_EQUIVALENT, scalar.place)
            .with("text", scalar.text)
            .with("unit", word.text)
            .help(Text::new(advice))
    };
    match error {
        UnitError::FixedSize(_) => reserved("is the same size everywhere"),
        UnitError::Period(_) => reserved("is a period of time"),
        UnitError::Currency(_) => reserved("is a currency"),
        UnitError::Malformed(_) => reserved("is not one word of letters and digits"),
        UnitError::Empty(_) => Diagnostic::new(&BAD_EQUIVALENT, word.place)
            .with("text", "[]")
            .with("unit", word.text)
            .help(Text::new("write what one of it is, such as `12 kg`")),
        UnitError::Zero(index) => at(index, "write a number above zero"),
        UnitError::SameDimension(index, _) => {
            at(index, "keep one of the two that measure the same")
        }
        UnitError::Itself(index) => at(index, "say it in another unit, such as `kg` or `each`"),
    }
}

/// The finding for a quantity of another dimension than is due.
pub fn wrong_dimension(
    word: &str,
    found: &Dimension,
    due: &Dimension,
    example: &str,
    scalar: Scalar<'_>,
) -> Diagnostic {
    Diagnostic::new(&WRONG_DIMENSION, scalar.word(word))
        .with("text", word)
        .with("found", found)
        .with("due", due)
        .help(Text::new("write it in a unit such as `{example}`").with("example", example))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources};
    use crate::value::{Money, Quantity};

    /// A scalar that begins at offset 3 of a document.
    fn scalar(text: &str, plain: bool) -> Scalar<'_> {
        let mut sources = Sources::new();
        let id = sources.add(Source::new("x", ""));
        let length = if plain { text.len() } else { text.len() + 2 };
        Scalar {
            place: Place::new(id, Span::new(3, 3 + length)),
            text,
            plain,
        }
    }

    fn help(diagnostic: &Diagnostic) -> String {
        diagnostic
            .help
            .as_ref()
            .map(Text::english)
            .unwrap_or_default()
    }

    fn replacement(diagnostic: &Diagnostic) -> Option<&str> {
        diagnostic.fix.as_ref().map(|fix| fix.replacement.as_str())
    }

    #[test]
    fn a_plain_scalar_is_marked_where_it_is_wrong_and_mended_whole() {
        let text = "1,250.50 USD";
        let found = value_diagnostic(&Money::parse(text).unwrap_err(), scalar(text, true));
        assert_eq!(found.rule, &THOUSANDS_SEPARATOR);
        assert_eq!(found.place.span, Span::new(3, 11));
        assert_eq!(
            found.message.english(),
            "`1,250.50` has marks between its digits"
        );
        assert_eq!(help(&found), "write `1250.50 USD`");
        assert_eq!(
            (
                replacement(&found),
                found.fix.as_ref().map(|fix| fix.place.span)
            ),
            (Some("1250.50 USD"), Some(Span::new(3, 15)))
        );
    }

    #[test]
    fn a_quoted_scalar_is_marked_whole_and_stays_quoted() {
        let text = "12 €";
        let found = value_diagnostic(&Money::parse(text).unwrap_err(), scalar(text, false));
        assert_eq!(found.place.span, Span::new(3, 3 + text.len() + 2));
        assert_eq!(replacement(&found), Some("\"12 EUR\""));
    }

    #[test]
    fn what_is_uncertain_is_told_and_not_mended() {
        let text = "1,250 USD";
        let found = value_diagnostic(&Money::parse(text).unwrap_err(), scalar(text, true));
        assert_eq!(
            help(&found),
            "write `1250` for a thousand and more, or `1.250` for a little over one"
        );
        assert_eq!(found.fix, None);
    }

    #[test]
    fn a_slip_in_a_unit_is_marked_alone() {
        let found = unknown_unit("boxs", &Units::registry(), scalar("500 boxs", true));
        assert_eq!(found.place.span, Span::new(7, 11));
        assert_eq!(
            (help(&found).as_str(), replacement(&found)),
            ("did you mean `box`?", Some("500 box"))
        );
        let found = unknown_unit("cajon", &Units::registry(), scalar("3 cajon", true));
        assert_eq!(
            help(&found),
            "say under `units` what one of it is, such as `cajon: 12 kg`"
        );
        let found = unknown_unit("EUR", &Units::registry(), scalar("3 EUR", true));
        assert_eq!(
            help(&found),
            "`EUR` is a currency, and a unit of the item is due"
        );
    }

    #[test]
    fn currencies_are_looked_up_among_circuits_first() {
        let meant = |word, circuits: &[&'static str], text| {
            replacement(&unknown_currency(
                word,
                circuits.iter().copied(),
                scalar(text, true),
            ))
            .map(str::to_owned)
        };
        assert_eq!(meant("ars", &["punto"], "5 ars"), Some("5 ARS".to_owned()));
        assert_eq!(
            meant("punt", &["punto"], "5 punt"),
            Some("5 punto".to_owned())
        );
        assert_eq!(meant("euros", &[], "5 euros"), Some("5 EUR".to_owned()));
    }

    #[test]
    fn codes_say_what_could_stand_there() {
        let of = |error: CodeError, text| code_diagnostic(&error, scalar(text, true));
        let found = of(
            super::super::codes::weekday("tuesday").unwrap_err(),
            "tuesday",
        );
        assert_eq!(
            found.message.english(),
            "`tuesday` is no known day of the week"
        );
        assert_eq!(replacement(&found), Some("tue"));
        let found = of(super::super::codes::fairness("fair").unwrap_err(), "fair");
        assert_eq!(
            help(&found),
            "write one of `balanced`, `equal_gain`, `equal_share`"
        );
        let found = of(
            super::super::codes::uri("not an address").unwrap_err(),
            "not an address",
        );
        assert_eq!(
            (found.rule, found.message.english().as_str()),
            (
                &MALFORMED_NAME,
                "`not an address` is not how an address is written"
            )
        );
    }

    #[test]
    fn declarations_are_marked_where_they_are_wrong() {
        let declare = |word, texts: &[&'static str]| {
            let equivalents = texts
                .iter()
                .map(|text| Quantity::parse(text).unwrap())
                .collect();
            let error = Units::registry().declare(word, equivalents).unwrap_err();
            let scalars: Vec<_> = texts.iter().map(|text| scalar(text, true)).collect();
            unit_diagnostic(&error, scalar(word, true), &scalars)
        };
        assert_eq!(
            declare("kg", &["2 each"]).message.english(),
            "`kg` cannot be declared: it is the same size everywhere"
        );
        assert_eq!(declare("days", &["2 each"]).rule, &RESERVED_UNIT);
        assert_eq!(
            declare("box", &["2 kg", "9 g"]).message.english(),
            "`9 g` cannot be what one `box` is"
        );
    }

    #[test]
    fn every_sentence_has_all_its_holes_filled() {
        for kind in every_kind() {
            let error = ValueError {
                kind,
                at: 0..1,
                suggestion: None,
            };
            let found = value_diagnostic(&error, scalar("5", true));
            assert!(!found.message.english().contains('{'), "{kind:?}");
            assert!(
                !help(&found).contains('{') && !help(&found).is_empty(),
                "{kind:?}"
            );
        }
    }

    fn every_kind() -> Vec<Kind> {
        vec![
            Kind::Empty(Form::Money),
            Kind::Malformed(Form::Cost),
            Kind::Spacing,
            Kind::ThousandsSeparator,
            Kind::DecimalComma,
            Kind::AmbiguousComma,
            Kind::LonePoint,
            Kind::Exponent,
            Kind::LeadingZeros,
            Kind::TooManyDecimals,
            Kind::TooManyDigits,
            Kind::SignOnZero,
            Kind::OddSign,
            Kind::Negative,
            Kind::Glued,
            Kind::MissingUnit,
            Kind::MissingCurrency,
            Kind::CurrencySymbol,
            Kind::CurrencyFirst,
            Kind::CurrencyCase,
            Kind::CurrencyWord,
            Kind::MoneyForPrice,
            Kind::PriceForMoney,
            Kind::ZeroDivisor,
            Kind::MissingPeriod,
            Kind::MissingPercentSign,
            Kind::MissingDurationUnit,
            Kind::DurationWord,
            Kind::FractionalDuration,
            Kind::LongDuration,
            Kind::DateOrder,
            Kind::NoSuchDay,
            Kind::ClockForm,
            Kind::NoSuchTime,
            Kind::MissingScheme,
            Kind::UnknownScheme,
            Kind::ItemShape,
            Kind::CheckDigit('1'),
            Kind::InsecureUri,
        ]
    }

    #[test]
    fn codes_are_unique_and_of_this_chapter() {
        let mut codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), RULES.len());
        assert!(RULES.iter().all(|rule| rule.code.starts_with("CLM03") && rule.anchor.starts_with("03-values#")));
        assert!(RULES.iter().all(|rule| {
            rule.page
                .starts_with(&format!("# {} {}\n", rule.code, rule.name))
        }));
    }
}
