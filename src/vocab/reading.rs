//! Values that are not written as they should be, as findings: rules CLM03.
//!
//! The texts are read in [`crate::value`]; here their mistakes get a code, a sentence, the smallest place and a way out.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Rule, Text};
use crate::rule;
use crate::source::Span;
use crate::value::{Form, ItemCode, ValueError, ValueErrorKind as Kind, currency_of_sign};

use super::example;

rule! {
    /// A value is empty.
    EMPTY_TEXT = "CLM0301", "empty-text", Error, Value, "03-values#what-a-value-is",
    summary: "a value is empty",
    message: "nothing is written here",
}

rule! {
    /// A number is due and something else stands there.
    NOT_A_NUMBER = "CLM0302", "not-a-number", Error, Value, "03-values#decimals",
    summary: "a number is due and something else stands there",
    message: "`{text}` does not begin with a number",
}

rule! {
    /// A number is written with separators of thousands.
    THOUSANDS_SEPARATOR = "CLM0303", "thousands-separator", Error, Value, "03-values#decimals",
    summary: "a number is written with separators of thousands",
    message: "the number in `{text}` is written with a separator of thousands",
}

rule! {
    /// Decimals are written behind a comma.
    DECIMAL_COMMA = "CLM0304", "decimal-comma", Error, Value, "03-values#decimals",
    summary: "decimals are written behind a comma",
    message: "the decimals in `{text}` stand behind a comma",
}

rule! {
    /// A number is written with an exponent.
    EXPONENT = "CLM0305", "exponent", Error, Value, "03-values#decimals",
    summary: "a number is written with an exponent",
    message: "`{text}` is written with an exponent",
}

rule! {
    /// A value is not written in its one form.
    NUMBER_FORM = "CLM0306", "number-form", Error, Value, "03-values#decimals",
    summary: "a value is not written in its one form",
    message: "`{text}` cannot be read as it is written",
}

rule! {
    /// A number has too many digits.
    TOO_MANY_DIGITS = "CLM0307", "too-many-digits", Error, Value, "03-values#decimals",
    summary: "a number has too many digits",
    message: "the number in `{text}` has too many digits",
}

rule! {
    /// A number is negative or zero where none may be.
    NEGATIVE_VALUE = "CLM0308", "negative-value", Error, Value, "03-values#decimals",
    summary: "a number is negative or zero where none may be",
    message: "the number in `{text}` must be greater than zero",
}

rule! {
    /// A unit is glued to its number.
    GLUED_UNIT = "CLM0309", "glued-unit", Error, Value, "03-values#quantities",
    summary: "a unit is glued to its number",
    message: "the number and the unit in `{text}` are written together",
}

rule! {
    /// A quantity has no unit.
    MISSING_UNIT = "CLM0310", "missing-unit", Error, Value, "03-values#quantities",
    summary: "a quantity has no unit",
    message: "`{text}` does not say in which unit",
}

rule! {
    /// An amount has no currency.
    MISSING_CURRENCY = "CLM0311", "missing-currency", Error, Value, "03-values#money",
    summary: "an amount has no currency",
    message: "`{text}` does not say in which currency",
}

rule! {
    /// A currency is written as a symbol.
    CURRENCY_SYMBOL = "CLM0312", "currency-symbol", Error, Value, "03-values#money",
    summary: "a currency is written as a symbol",
    message: "`{text}` is written with a symbol for the currency",
}

rule! {
    /// A currency is not written in capitals.
    CURRENCY_CASE = "CLM0313", "currency-case", Error, Value, "03-values#money",
    summary: "a currency is not written in capitals",
    message: "the currency in `{text}` is not written in capitals",
}

rule! {
    /// A price does not say for which unit.
    PRICE_WITHOUT_UNIT = "CLM0314", "price-without-unit", Error, Value, "03-values#prices",
    summary: "a price does not say for which unit",
    message: "`{text}` is a sum, and a price for a unit is due here",
}

rule! {
    /// A sum is written as a price for a unit.
    SUM_PER_UNIT = "CLM0315", "sum-per-unit", Error, Value, "03-values#money",
    summary: "a sum is written as a price for a unit",
    message: "`{text}` is a price for a unit, and a sum is due here",
}

rule! {
    /// A percentage has no percent sign.
    MISSING_PERCENT_SIGN = "CLM0316", "missing-percent-sign", Error, Value, "03-values#percentages",
    summary: "a percentage has no percent sign",
    message: "`{text}` has no percent sign",
}

rule! {
    /// A duration is written in other words.
    DURATION_WORD = "CLM0317", "duration-word", Error, Value, "03-values#durations",
    summary: "a duration is written in other words",
    message: "`{text}` is not a time in days, weeks, months or years",
}

rule! {
    /// A duration is not a whole number.
    FRACTIONAL_DURATION = "CLM0318", "fractional-duration", Error, Value, "03-values#durations",
    summary: "a duration is not a whole number",
    message: "`{text}` is not a whole number of days, weeks, months or years",
}

rule! {
    /// A rate does not say its period with `per`.
    MISSING_PERIOD = "CLM0319", "missing-period", Error, Value, "03-values#rates",
    summary: "an amount in a period is not written with `per`",
    message: "`{text}` does not say its period with `per`",
}

rule! {
    /// A date is not written as year-month-day.
    DATE_FORM = "CLM0320", "date-form", Error, Value, "03-values#dates",
    summary: "a date is not written as year-month-day",
    message: "`{text}` is not a date in the form 2026-12-31",
}

rule! {
    /// A day is not in the calendar.
    NO_SUCH_DATE = "CLM0321", "no-such-date", Error, Value, "03-values#dates",
    summary: "a day is not in the calendar",
    message: "`{text}` is not in the calendar",
}

rule! {
    /// A time of day is not written as hours and minutes.
    CLOCK_FORM = "CLM0322", "clock-form", Error, Value, "03-values#times-of-day",
    summary: "a time of day is not written as hours and minutes",
    message: "`{text}` is not a time of day in the form 08:30",
}

rule! {
    /// An item code does not say of which classification.
    ITEM_WITHOUT_SCHEME = "CLM0323", "item-without-scheme", Error, Value, "03-values#items",
    summary: "an item code does not say of which classification",
    message: "`{text}` does not say of which classification it is",
}

rule! {
    /// A classification is not known.
    UNKNOWN_SCHEME = "CLM0324", "unknown-scheme", Error, Value, "03-values#items",
    summary: "a classification is not known",
    message: "the classification of `{text}` is not known here",
}

rule! {
    /// An item code does not have the form of its classification.
    ITEM_FORM = "CLM0325", "item-form", Error, Value, "03-values#items",
    summary: "an item code does not have the form of its classification",
    message: "`{text}` does not have the form of its classification",
}

rule! {
    /// The check digit of a code is wrong.
    WRONG_CHECK_DIGIT = "CLM0326", "wrong-check-digit", Error, Value, "03-values#items",
    summary: "the check digit of a code is wrong",
    message: "the check digit of `{text}` is wrong",
}

rule! {
    /// A cost is not written in one of its forms.
    COST_FORM = "CLM0327", "cost-form", Error, Value, "03-values#costs",
    summary: "a cost is not written in one of its forms",
    message: "`{text}` cannot be read as a cost",
}

rule! {
    /// A discount for paying early is not written in its form.
    DISCOUNT_FORM = "CLM0328", "discount-form", Error, Value, "03-values#percentages",
    summary: "a discount for paying early is not written in its form",
    message: "`{text}` is not a discount in the form `2 % within 10 days`",
}

rule! {
    /// A unit is not known.
    UNKNOWN_UNIT = "CLM0340", "unknown-unit", Error, Value, "03-values#quantities",
    summary: "a unit is not known",
    message: "`{word}` is not a unit that is known here",
}

rule! {
    /// A currency is not known.
    UNKNOWN_CURRENCY = "CLM0341", "unknown-currency", Error, Value, "03-values#money",
    summary: "a currency is not known",
    message: "`{word}` is neither a currency nor a circuit of this manifest",
}

rule! {
    /// A country is not known.
    UNKNOWN_COUNTRY = "CLM0342", "unknown-country", Error, Value, "03-values#codes",
    summary: "a country is not known",
    message: "`{word}` is not the code of a country",
}

rule! {
    /// A word is not in the list of this key.
    UNKNOWN_CODE = "CLM0343", "unknown-code", Error, Value, "03-values#codes",
    summary: "a word is not in the list of this key",
    message: "`{word}` is not one of the words for {what}",
}

rule! {
    /// A duration is of the wrong family.
    WRONG_FAMILY = "CLM0344", "wrong-family", Error, Value, "03-values#durations",
    summary: "a time in days stands where one in months is due, or the other way round",
    message: "`{text}` counts {family}, and this term counts {due}",
}

rule! {
    /// A declared unit is not possible.
    UNIT_REDEFINED = "CLM0345", "unit-redefined", Error, Value, "03-values#units",
    summary: "a unit is declared that cannot be one",
    message: "`{word}` cannot be declared as a unit: {reason}",
}

rule! {
    /// An address is not of its form.
    ADDRESS_FORM = "CLM0346", "address-form", Error, Value, "03-values#addresses",
    summary: "an address is not complete",
    message: "`{text}` is not {due} with the full name of a host behind it",
}

rule! {
    /// A language is not given by its tag.
    LANGUAGE_TAG = "CLM0347", "language-tag", Error, Value, "03-values#codes",
    summary: "a language is not given by its code",
    message: "`{word}` is not the code of a language",
}

rule! {
    /// A point may have been meant to divide thousands.
    DOUBTFUL_POINT = "CLM0348", "doubtful-point", Warning, Clarity, "03-values#decimals",
    summary: "a point may have been meant to divide thousands",
    message: "the point in `{number}` is read as a decimal point",
}

/// Every rule about values.
pub static RULES: &[&Rule] = &[
    &EMPTY_TEXT,
    &NOT_A_NUMBER,
    &THOUSANDS_SEPARATOR,
    &DECIMAL_COMMA,
    &EXPONENT,
    &NUMBER_FORM,
    &TOO_MANY_DIGITS,
    &NEGATIVE_VALUE,
    &GLUED_UNIT,
    &MISSING_UNIT,
    &MISSING_CURRENCY,
    &CURRENCY_SYMBOL,
    &CURRENCY_CASE,
    &PRICE_WITHOUT_UNIT,
    &SUM_PER_UNIT,
    &MISSING_PERCENT_SIGN,
    &DURATION_WORD,
    &FRACTIONAL_DURATION,
    &MISSING_PERIOD,
    &DATE_FORM,
    &NO_SUCH_DATE,
    &CLOCK_FORM,
    &ITEM_WITHOUT_SCHEME,
    &UNKNOWN_SCHEME,
    &ITEM_FORM,
    &WRONG_CHECK_DIGIT,
    &COST_FORM,
    &DISCOUNT_FORM,
    &UNKNOWN_UNIT,
    &UNKNOWN_CURRENCY,
    &UNKNOWN_COUNTRY,
    &UNKNOWN_CODE,
    &WRONG_FAMILY,
    &UNIT_REDEFINED,
    &ADDRESS_FORM,
    &LANGUAGE_TAG,
    &DOUBTFUL_POINT,
];

/// The rule of a mistake, and its way out where no mending is certain.
fn rule_of(kind: Kind, text: &str) -> (&'static Rule, Text) {
    match kind {
        Kind::Empty(_) => (&EMPTY_TEXT, Text::new("write for example `{example}`")),
        Kind::Malformed(form) => (rule_of_form(form), Text::new("write for example `{example}`")),
        Kind::TrailingText => (&NUMBER_FORM, Text::new("write for example `{example}`, and nothing behind it")),
        Kind::Spacing => (&NUMBER_FORM, Text::new("write exactly one space between number and word")),
        Kind::ThousandsSeparator => {
            (&THOUSANDS_SEPARATOR, Text::new("write the digits together, and a point before the decimals"))
        }
        Kind::AmbiguousComma => (&THOUSANDS_SEPARATOR, Text::new("write `{thousands}` for thousands, or `{decimals}`")),
        // What stands before the comma may be divided too: `1234.567,50`.
        Kind::DecimalComma => (&DECIMAL_COMMA, Text::new("write the digits together, and a point before the decimals")),
        Kind::Fraction => (&NUMBER_FORM, Text::new("write the number with decimals, such as `0.5`")),
        Kind::NumberWord => (&NUMBER_FORM, Text::new("write the number in digits")),
        Kind::NotWhole => (&NUMBER_FORM, Text::new("write a whole number, such as `{example}`")),
        Kind::Exponent => (&EXPONENT, Text::new("write all digits")),
        Kind::LonePoint => (&NUMBER_FORM, Text::new("write a digit on both sides of the point")),
        Kind::LeadingZeros => {
            (&NUMBER_FORM, Text::new("leave out the zeros at the start, or put in the point that is missing"))
        }
        Kind::SignOnZero | Kind::OddSign => {
            (&NUMBER_FORM, Text::new("leave out the sign, or write the `-` of the keyboard"))
        }
        Kind::CurrencyFirst => (&NUMBER_FORM, Text::new("write the amount first, then the currency")),
        Kind::CurrencyWord => (
            &NUMBER_FORM,
            Text::new("write a currency of three capital letters, such as `EUR`, or the name of a circuit"),
        ),
        Kind::TooManyDigits | Kind::TooManyDecimals => {
            (&TOO_MANY_DIGITS, Text::new("a number has at most 15 digits before the point and 6 behind it"))
        }
        Kind::LongDuration => (&TOO_MANY_DIGITS, Text::new("write it in a larger unit: a duration counts up to 99999")),
        Kind::Negative | Kind::ZeroDivisor | Kind::Zero => {
            (&NEGATIVE_VALUE, Text::new("write for example `{example}`"))
        }
        Kind::Glued => (&GLUED_UNIT, Text::new("put one space between them")),
        Kind::MissingUnit => (&MISSING_UNIT, Text::new("write for example `{example}`")),
        Kind::MissingCurrency => (&MISSING_CURRENCY, Text::new("write for example `{example}`")),
        Kind::CurrencySymbol => (
            &CURRENCY_SYMBOL,
            Text::new(
                "several currencies have this sign: write the three letters of yours behind the amount, for example `{example}`",
            ),
        ),
        Kind::CurrencyCase => (&CURRENCY_CASE, Text::new("write the three letters in capitals")),
        Kind::MoneyForPrice => (&PRICE_WITHOUT_UNIT, Text::new("say for which unit: for example `{example}`")),
        Kind::PriceForMoney => (&SUM_PER_UNIT, Text::new("write a sum: for example `{example}`")),
        Kind::MissingPercentSign => (&MISSING_PERCENT_SIGN, Text::new("write the sign too: `2 %` is two of a hundred")),
        Kind::MissingDurationUnit => (&DURATION_WORD, Text::new("write for example `{example}`")),
        Kind::DurationWord => {
            (&DURATION_WORD, Text::new("write a whole number and `days`, `weeks`, `months` or `years`"))
        }
        Kind::FractionalDuration => {
            (&FRACTIONAL_DURATION, Text::new("write a whole number, in a smaller unit where there is one"))
        }
        Kind::MissingPeriod => (&MISSING_PERIOD, Text::new("write for example `{example}`")),
        Kind::DateOrder => (&DATE_FORM, Text::new("write year, month and day with hyphens")),
        Kind::NoSuchDay => (&NO_SUCH_DATE, Text::new("check the month and the day")),
        Kind::ClockForm => (&CLOCK_FORM, Text::new("write hours and minutes with two digits each")),
        Kind::NoSuchTime => {
            (&CLOCK_FORM, Text::new("hours go from 00 to 23 and minutes from 00 to 59; the day ends at `24:00`"))
        }
        Kind::MissingScheme => (
            &ITEM_WITHOUT_SCHEME,
            Text::new(
                "write `cpv:`, `unspsc:`, `hs:`, `gtin:`, `wikidata:` or `sku:` before it, or a whole https address",
            ),
        ),
        Kind::UnknownScheme | Kind::InsecureUri => (
            &UNKNOWN_SCHEME,
            Text::new("use `cpv`, `unspsc`, `hs`, `gtin`, `wikidata` or `sku`, or a whole https address"),
        ),
        Kind::ItemShape => (&ITEM_FORM, shape_of(text)),
        Kind::CheckDigit(_) => (
            &WRONG_CHECK_DIGIT,
            Text::new("it would be `{right}`; compare all digits with the label, since another one may be mistyped"),
        ),
    }
}

/// The form of the codes of the classification that a text names.
fn shape_of(text: &str) -> Text {
    match text.split(':').next().unwrap_or_default() {
        "cpv" => Text::new("a cpv code has 8 digits, and maybe a hyphen and a check digit"),
        "unspsc" => Text::new("an unspsc code has 8 digits"),
        "hs" => Text::new("an hs code has 2, 4 or 6 to 10 digits"),
        "gtin" => Text::new("a gtin has 8, 12, 13 or 14 digits"),
        "wikidata" => Text::new("an item of wikidata is a Q and a number"),
        "sku" => {
            Text::new("a number of your own has letters, digits, `-`, `.`, `_`, `~` and `/`, a letter or digit first")
        }
        _ => Text::new("an address has no spaces, and a name or number comes first behind `https://` or `did:web:`"),
    }
}

/// The rule of a text that is not of its form at all.
fn rule_of_form(form: Form) -> &'static Rule {
    match form {
        Form::Cost => &COST_FORM,
        Form::EarlyDiscount => &DISCOUNT_FORM,
        Form::Duration => &DURATION_WORD,
        Form::Date => &DATE_FORM,
        Form::Clock => &CLOCK_FORM,
        Form::Item => &ITEM_FORM,
        Form::Decimal | Form::Quantity | Form::Rate | Form::Money | Form::Price | Form::Percent => &NOT_A_NUMBER,
    }
}

/// A mistake in the text of a scalar as a finding.
///
/// `place` is that of the scalar. `exact` says whether the bytes of the value are the bytes of the file, as in plain
/// text: then the smallest part is shown. `expected` is a value as it should be written.
pub fn value_diagnostic(error: &ValueError, text: &str, place: Place, exact: bool, expected: &str) -> Diagnostic {
    let (rule, help) = match rule_of(error.kind, text) {
        // A number that stands where it should is not what is missing.
        (rule, help) if *rule == NOT_A_NUMBER && text.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
            (&NUMBER_FORM, help)
        }
        found => found,
    };
    let narrowed = if exact { narrow(place, &error.at) } else { place };
    let mut diagnostic = Diagnostic::new(rule, narrowed).with("text", text);
    if error.kind == Kind::Negative {
        // Nothing is above: a price may be 0.
        diagnostic.message = Text::new("the number in `{text}` is below zero").with("text", text);
    }
    match &error.suggestion {
        Some(suggestion) => {
            // A space that is none of the keyboard's looks like one.
            let odd_space = text.contains(|c: char| c.is_whitespace() && c != ' ');
            let help = match odd_space {
                true => Text::new("write `{meant}`, with plain spaces"),
                false => Text::new("write `{meant}`"),
            };
            diagnostic.help(help.with("meant", suggestion)).fix(place, suggestion, true)
        }
        None => {
            let diagnostic = match doubtful(error.kind, text) {
                Some(guess) => diagnostic.fix(place, guess, false),
                None => diagnostic,
            };
            match (error.kind, &diagnostic.fix) {
                (Kind::MissingScheme, Some(fix)) => {
                    let meant = fix.edits.first().map(|edit| edit.replacement.clone()).unwrap_or_default();
                    let help = match likely_code(text.trim()) {
                        Some(_) => {
                            Text::new("write `{meant}`, if that is what it is, or `{own}` for a number of your own")
                        }
                        None => Text::new("write `{meant}`"),
                    };
                    diagnostic.help(help.with("meant", meant).with("own", format!("sku:{}", text.trim())))
                }
                _ => diagnostic.help(filled(help, error, text, expected)),
            }
        }
    }
}

/// A way out in the words and numbers of the text.
fn filled(help: Text, error: &ValueError, text: &str, expected: &str) -> Text {
    let part = text.get(error.at.clone()).unwrap_or_default();
    let example = example::like(text, error.kind, part, expected);
    match error.kind {
        Kind::CheckDigit(right) => help.with("right", right),
        Kind::DateOrder => match either_order(text) {
            Some([day_first, month_first]) => Text::new("write `{one}` or `{other}`, as you mean it")
                .with("one", day_first)
                .with("other", month_first),
            None => help,
        },
        Kind::MissingPercentSign => match hundredfold(text) {
            Some(meant) => Text::new("write `{meant}`, or `{small}` if so little is meant")
                .with("meant", meant)
                .with("small", format!("{} %", text.trim())),
            None => help,
        },
        Kind::AmbiguousComma => help.with("thousands", part.replace(',', "")).with("decimals", part.replace(',', ".")),
        Kind::CurrencySymbol => match currency_of_sign(part) {
            Some(code) => Text::new("write `{code}` behind the amount, for example `{example}`")
                .with("code", code)
                .with("example", example),
            None => help.with("example", example),
        },
        _ => help.with("example", example),
    }
}

/// What was probably meant by an amount that lacks its unit or its currency, where `expected` has those of its line.
pub fn completed(error: &ValueError, text: &str, expected: &str) -> Option<String> {
    let part = text.get(error.at.clone()).unwrap_or_default();
    match error.kind {
        Kind::MissingUnit
        | Kind::MissingCurrency
        | Kind::MoneyForPrice
        | Kind::CurrencySymbol
        | Kind::Malformed(Form::Quantity | Form::Rate)
        | Kind::MissingDurationUnit => example::made(text, error.kind, part, expected),
        _ => None,
    }
}

/// How a number is written that stands for a thing and does not say in which list, if it can be of one that others know.
pub fn likely_code(number: &str) -> Option<String> {
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let is_number = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let list = match digits {
        _ if !is_number || !number.starts_with(|c: char| c.is_ascii_digit()) => return None,
        4 | 6 if !number.contains('-') => "hs",
        8 | 9 if !number.contains('.') => "cpv",
        12..=14 if digits == number.len() => "gtin",
        _ => return None,
    };
    let code = format!("{list}:{}", number.replace('.', ""));
    ItemCode::parse(&code).is_ok().then_some(code)
}

/// The percentage that a part of one is: `21 %` for `0.21`.
fn hundredfold(text: &str) -> Option<String> {
    let decimals = text.trim().strip_prefix("0.").filter(|rest| rest.bytes().all(|b| b.is_ascii_digit()))?;
    let padded = format!("{decimals:0<2}");
    let (whole, rest) = padded.split_at_checked(2)?;
    let (whole, rest) = (whole.parse::<u8>().ok()?, rest.trim_end_matches('0'));
    Some(if rest.is_empty() { format!("{whole} %") } else { format!("{whole}.{rest} %") })
}

/// What was probably meant where it is not certain; only who asks for it gets it.
fn doubtful(kind: Kind, text: &str) -> Option<String> {
    match kind {
        // Most of the world writes the day first.
        Kind::DateOrder => either_order(text).map(|[day_first, _]| day_first),
        Kind::MissingScheme => likely_code(text.trim()).or_else(|| {
            let (scheme, number) = text.split_once([' ', '-', '='])?;
            let code = format!("{}:{}", scheme.to_lowercase(), number.trim());
            ItemCode::parse(&code).is_ok().then_some(code)
        }),
        Kind::UnknownScheme => {
            let (scheme, number) = text.split_once(':')?;
            let trade = ["ean", "ean13", "ean8", "upc", "gtin13", "gtin14"];
            trade.contains(&scheme.to_lowercase().as_str()).then(|| format!("gtin:{}", number.trim()))
        }
        _ => None,
    }
}

/// A date in figures with the day first and with the month first, where it can be either.
fn either_order(text: &str) -> Option<[String; 2]> {
    let mut parts = text.split(['/', '-', '.']).map(|part| part.trim().parse::<u32>().ok());
    let (first, second, year) = (parts.next()??, parts.next()??, parts.next()??);
    let dates = [(first, second), (second, first)].map(|(day, month)| format!("{year:04}-{month:02}-{day:02}"));
    dates.iter().all(|date| crate::value::Date::parse(date).is_ok()).then_some(dates)
}

/// The place of some bytes of a scalar; of the whole where there are none.
fn narrow(place: Place, at: &Range<usize>) -> Place {
    let (start, end) = (place.span.start + at.start, place.span.start + at.end);
    if at.is_empty() || end > place.span.end { place } else { Place::new(place.source, Span::new(start, end)) }
}

/// A finding about a word that is in no list, with the word that was probably meant.
pub fn unknown_word(rule: &'static Rule, word: &str, place: Place, meant: Option<&str>, otherwise: Text) -> Diagnostic {
    let diagnostic = Diagnostic::new(rule, place).with("word", word);
    match meant {
        Some(meant) => diagnostic.help(Text::new("did you mean `{meant}`?").with("meant", meant)).fix(
            place,
            meant,
            meant.to_lowercase() == word.to_lowercase(),
        ),
        None => diagnostic.help(otherwise),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Edit;
    use crate::source::SourceId;
    use crate::value::Price;

    #[test]
    fn a_check_digit_is_told_and_not_put_in() {
        let (code, mut sources) = ("cpv:44617100-8", crate::source::Sources::new());
        let place = Place::new(sources.add(crate::source::Source::new("x", code)), Span::new(0, code.len()));
        let told = value_diagnostic(&ItemCode::parse(code).unwrap_err(), code, place, true, "cpv:44617100");
        assert!(told.help.unwrap().english().contains("`9`"));
        assert_eq!(told.fix, None);
    }

    #[test]
    fn a_part_of_one_is_told_as_the_percentage_that_it_is() {
        let place = Place::new(crate::source::Sources::new().add(crate::source::Source::new("x", "0.21")), Span::at(0));
        let help = |text: &str| {
            let error = crate::value::Percent::parse(text).unwrap_err();
            value_diagnostic(&error, text, place, true, "2 %").help.unwrap().english()
        };
        assert_eq!(help("0.21"), "write `21 %`, or `0.21 %` if so little is meant");
        assert_eq!(help("0.5"), "write `50 %`, or `0.5 %` if so little is meant");
        assert_eq!(help("0.105"), "write `10.5 %`, or `0.105 %` if so little is meant");
    }

    #[test]
    fn decimals_behind_a_comma_are_told_with_what_divides_the_digits_before_it() {
        let text = "1234.567,50 EUR/kg";
        let place = Place::new(crate::source::Sources::new().add(crate::source::Source::new("x", text)), Span::at(0));
        let told = value_diagnostic(&Price::parse(text).unwrap_err(), text, place, true, "2 EUR/kg");
        assert_eq!(told.help.unwrap().english(), "write the digits together, and a point before the decimals");
        assert_eq!(told.fix, None);
    }

    #[test]
    fn a_number_alone_is_the_code_that_it_can_be_or_one_of_the_coop_s_own() {
        let place = Place::new(crate::source::Sources::new().add(crate::source::Source::new("x", "1512")), Span::at(0));
        let told = |text: &str| {
            let found = value_diagnostic(&ItemCode::parse(text).unwrap_err(), text, place, false, "hs:4804");
            (found.help.unwrap().english(), found.fix.map(|fix| (fix.edits[0].replacement.clone(), fix.safe)))
        };
        for (text, code) in [("1512", "hs:1512"), ("1512.19", "hs:151219"), ("44617100-9", "cpv:44617100-9")] {
            let help = format!("write `{code}`, if that is what it is, or `sku:{text}` for a number of your own");
            assert_eq!(told(text), (help, Some((code.to_owned(), false))));
        }
        assert_eq!(told("hs 1512").0, "write `hs:1512`");
        assert!(told("12").1.is_none() && told("kraft-box").1.is_none());
    }

    #[test]
    fn a_space_that_only_looks_like_one_is_named() {
        let mut sources = crate::source::Sources::new();
        let text = "12\u{a0}EUR/kg";
        let place = Place::new(sources.add(crate::source::Source::new("x", text)), Span::new(0, text.len()));
        let found = value_diagnostic(&Price::parse(text).unwrap_err(), text, place, true, "12 EUR/kg");
        assert_eq!(found.help.unwrap().english(), "write `12 EUR/kg`, with plain spaces");
    }

    #[test]
    fn the_smallest_part_is_shown_and_the_whole_is_replaced() {
        let mut sources = crate::source::Sources::new();
        let id: SourceId = sources.add(crate::source::Source::new("x", "price: 12 Eur/kg"));
        let place = Place::new(id, Span::new(7, 16));
        let error = Price::parse("12 Eur/kg").unwrap_err();
        let found = value_diagnostic(&error, "12 Eur/kg", place, true, "12 EUR/kg");
        assert_eq!((found.rule.code, found.place.span), ("CLM0313", Span::new(10, 13)));
        assert_eq!(found.fix.map(|fix| fix.edits), Some(vec![Edit { place, replacement: "12 EUR/kg".to_owned() }]));
    }
}
