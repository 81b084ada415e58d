//! Reading numbers and words from the front of a text, and recognising the usual mistakes.

use num_bigint::BigInt;

use super::Decimal;
use super::error::{ValueError, ValueErrorKind as Kind};

/// Most digits before the point, and behind it.
const WHOLE_DIGITS: usize = 15;
const DECIMALS: usize = 6;

/// Symbols that people write for currencies.
const SYMBOLS: [char; 7] = ['$', '€', '£', '¥', '₹', '₩', '₿'];

/// A decimal from the front of `text`, and the rest. `offset` is where `text` stands in the whole value.
pub(super) fn decimal(text: &str, offset: usize) -> Result<(Decimal, &str), ValueError> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '\'' | '_')))
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let error = |kind| ValueError::new(kind, offset..offset + number.len().max(first_char(text)));
    if text.is_empty() {
        return Err(ValueError::new(Kind::Empty, offset..offset));
    }
    if text.starts_with(SYMBOLS) {
        return Err(error(Kind::CurrencySymbol));
    }
    if !number.contains(|c: char| c.is_ascii_digit()) {
        return Err(error(Kind::NotANumber));
    }
    if rest.starts_with(['e', 'E']) && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit() || c == '-' || c == '+') {
        return Err(error(Kind::Exponent));
    }
    if let Some(kind) = separator_mistake(number, rest) {
        let plain = without_separators(number, rest);
        let error = ValueError::new(kind, offset..offset + number.len());
        return Err(match plain {
            Some(plain) => error.suggest(plain),
            None => error,
        });
    }
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, number),
    };
    if digits.starts_with('+') {
        return Err(error(Kind::PlusSign));
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let only_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    match () {
        () if digits.contains('.') && (whole.is_empty() || fraction.is_empty()) => {
            return Err(error(Kind::BarePoint));
        }
        () if !only_digits(whole) || !only_digits(fraction) => return Err(error(Kind::NotANumber)),
        () if whole.len() > 1 && whole.starts_with('0') => return Err(error(Kind::LeadingZeros)),
        () if whole.len() > WHOLE_DIGITS => return Err(error(Kind::TooManyDigits)),
        () if fraction.len() > DECIMALS => return Err(error(Kind::TooManyDecimals)),
        () => {}
    }
    let mut value: BigInt = format!("{whole}{fraction}").parse().map_err(|_| error(Kind::NotANumber))?;
    if sign && value == BigInt::from(0) {
        return Err(error(Kind::SignOnZero));
    }
    if sign {
        value = -value;
    }
    let scale = u32::try_from(fraction.len()).unwrap_or(0);
    Ok((Decimal::from_parts(value, scale), rest))
}

/// How many bytes the first character takes.
fn first_char(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Whether a number holds commas, apostrophes, underscores or several points, or is followed by more groups of digits.
fn separator_mistake(number: &str, rest: &str) -> Option<Kind> {
    let grouped = rest.strip_prefix([' ', '\u{a0}', '\u{202f}']).is_some_and(|next| {
        next.len() >= 3
            && next.bytes().take(3).all(|b| b.is_ascii_digit())
            && !next.bytes().nth(3).is_some_and(|b| b.is_ascii_digit())
    });
    let points = number.matches('.').count();
    let commas = number.matches(',').count();
    if number.contains(['\'', '_']) || points > 1 || commas > 1 || (commas == 1 && points == 1) || grouped {
        return Some(Kind::ThousandsSeparator);
    }
    (commas == 1).then(|| {
        let behind = number.split(',').nth(1).unwrap_or_default();
        let before = number.split(',').next().unwrap_or_default();
        // `1,250` may be either; `0,125` and `0,95` are decimals.
        if behind.len() == 3 && before != "0" { Kind::ThousandsSeparator } else { Kind::DecimalComma }
    })
}

/// The number with a point before its decimals and nothing between its thousands; `None` where that is a guess.
fn without_separators(number: &str, rest: &str) -> Option<String> {
    let last = number.rfind(['.', ','])?;
    let (whole, fraction) = number.split_at(last);
    let fraction = fraction.trim_start_matches(['.', ',']);
    let kinds = |c: char| number.contains(c);
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).collect::<String>();
    let both = kinds('.') && kinds(',');
    let decimal_comma =
        kinds(',') && !kinds('.') && number.matches(',').count() == 1 && (fraction.len() != 3 || digits(whole) == "0");
    if both || decimal_comma {
        return Some(format!("{}.{fraction}{rest}", digits(whole)));
    }
    (number.matches(['.', ',']).count() > 1).then(|| format!("{}{rest}", digits(number)))
}

/// The word at the front: letters, digits, hyphens, underscores and the signs of units.
pub(super) fn word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '/' | ',')).unwrap_or(text.len());
    text.split_at(end)
}

/// A decimal, one space, and the rest; complains of what is glued or missing.
pub(super) fn amount(text: &str, missing: Kind) -> Result<(Decimal, &str, usize), ValueError> {
    let (number, rest) = decimal(text, 0).map_err(|error| symbol_behind(text, error))?;
    let at = text.len() - rest.len();
    if rest.is_empty() {
        return Err(ValueError::new(missing, 0..text.len()));
    }
    let Some(tail) = rest.strip_prefix(' ') else {
        let glued = ValueError::new(Kind::GluedUnit, at..text.len());
        return Err(if rest.starts_with(char::is_alphabetic) {
            glued.suggest(format!("{} {rest}", &text.get(..at).unwrap_or_default()))
        } else {
            symbol(rest, at, glued)
        });
    };
    if tail.starts_with(char::is_whitespace) {
        let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        return Err(ValueError::new(Kind::TrailingText, at..text.len() - tail.trim_start().len()).suggest(squeezed));
    }
    if tail.is_empty() {
        return Err(ValueError::new(missing, 0..text.len()));
    }
    if tail.starts_with(SYMBOLS) {
        return Err(ValueError::new(Kind::CurrencySymbol, at + 1..text.len()));
    }
    Ok((number, tail, at + 1))
}

fn symbol(rest: &str, at: usize, other: ValueError) -> ValueError {
    if rest.starts_with(SYMBOLS) { ValueError::new(Kind::CurrencySymbol, at..at + first_char(rest)) } else { other }
}

fn symbol_behind(text: &str, error: ValueError) -> ValueError {
    match text.char_indices().find(|(_, c)| SYMBOLS.contains(c)) {
        Some((at, c)) if error.kind == Kind::NotANumber => ValueError::new(Kind::CurrencySymbol, at..at + c.len_utf8()),
        _ => error,
    }
}

/// Refuses a negative number.
pub(super) fn not_negative(number: Decimal, text: &str) -> Result<Decimal, ValueError> {
    if number.is_negative() {
        let end = text.find(' ').unwrap_or(text.len());
        return Err(ValueError::new(Kind::Negative, 0..end));
    }
    Ok(number)
}
