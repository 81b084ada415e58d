//! A value as it should be written, made of what is written: as much as can be kept, so that it need only be copied.

use crate::value::{
    Decimal, Duration, Form, Money, Percent, Price, Quantity, Rate, ValueErrorKind as Kind, currency_of_sign,
    is_iso_shape,
};

/// The value that is proposed for a text that is wrong in one way; `expected` is one of the form that is due.
pub(super) fn like(text: &str, kind: Kind, sign: &str, expected: &str) -> String {
    made(text, kind, sign, expected).unwrap_or_else(|| expected.to_owned())
}

/// The same, if what is written is kept in it.
pub(super) fn made(text: &str, kind: Kind, sign: &str, expected: &str) -> Option<String> {
    let text = text.trim();
    match kind {
        Kind::MoneyForPrice => Money::parse(text).ok().map(|_| format!("{text}{}", from(expected, "/"))),
        Kind::PriceForMoney => text.split('/').next().filter(|sum| Money::parse(sum).is_ok()).map(str::to_owned),
        Kind::MissingPeriod => Quantity::parse(text).ok().map(|_| format!("{text}{}", from(expected, " per "))),
        Kind::MissingUnit => number(text).map(|number| format!("{number}{}", from(expected, " "))),
        Kind::MissingCurrency => in_currency(text, own(expected), expected),
        Kind::CurrencySymbol => {
            let shared = Some(own(expected)).filter(|code| sign == "$" && DOLLARS.contains(code));
            let code = currency_of_sign(sign).or(shared).or_else(|| usual(sign)).unwrap_or_else(|| own(expected));
            in_currency(&text.replacen(sign, "", 1), code, expected)
        }
        Kind::TrailingText => text.strip_suffix(sign).map(|head| head.trim_end().to_owned()),
        Kind::MissingDurationUnit => {
            let meant = number(text).map(|number| format!("{number}{}", from(expected, " ")));
            meant.and_then(|meant| {
                Duration::parse(&meant).map_or_else(|error| error.suggestion, |time| Some(time.to_string()))
            })
        }
        Kind::Malformed(Form::Cost) => number(text).and_then(|_| in_currency(text, own(expected), expected)),
        Kind::Malformed(Form::Percent) => {
            let digits = text.find(|c: char| c.is_ascii_digit()).and_then(|at| text.get(at..));
            digits.filter(|digits| Percent::parse(digits).is_ok()).map(str::to_owned)
        }
        Kind::Malformed(Form::Quantity | Form::Rate) => per_period(text, expected),
        _ => None,
    }
}

/// An amount without unit in a period, with the unit of an example: `1200 per week`.
fn per_period(text: &str, expected: &str) -> Option<String> {
    let (between, (amount, period)) = PER_PERIOD.iter().find_map(|word| Some((word, text.split_once(word)?)))?;
    let unit = expected.split(' ').nth(1)?;
    let meant = format!("{} {unit}{between}{period}", number(amount)?);
    Rate::parse(&meant).map_or_else(|error| error.suggestion, |_| Some(meant))
}

/// An amount with its currency, for the unit that is written or due.
fn in_currency(text: &str, code: &str, expected: &str) -> Option<String> {
    let said = PER.iter().find_map(|word| text.split_once(word));
    let (amount, unit) = said.unwrap_or_else(|| (text, from(expected, "/").trim_start_matches('/')));
    let sum = format!("{} {code}", mended(amount)?);
    if unit.is_empty() {
        return Some(sum);
    }
    Some(format!("{sum}/{}", unit.trim_start())).filter(|price| Price::parse(price).is_ok())
}

/// What stands between an amount and its period, as people write it.
const PER_PERIOD: [&str; 5] = [" per ", " por ", " al ", " cada ", " each "];

/// What stands between an amount and its unit, as people write it.
const PER: [&str; 6] = ["/", " per ", " por ", " el ", " la ", " cada "];

/// A number as it should be written, where that is certain.
fn mended(text: &str) -> Option<String> {
    match Decimal::parse(text.trim()) {
        Ok(_) => Some(text.trim().to_owned()),
        Err(error) => error.suggestion,
    }
}

/// The currency of an example.
fn own(expected: &str) -> &str {
    expected.split([' ', '/']).find(|word| is_iso_shape(word)).unwrap_or("EUR")
}

fn number(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| Decimal::parse(text).is_ok())
}

/// What of an example begins with a mark; nothing where it has none.
fn from<'e>(expected: &'e str, mark: &str) -> &'e str {
    expected.find(mark).and_then(|at| expected.get(at..)).unwrap_or_default()
}

/// Currencies that are written with a `$`.
const DOLLARS: [&str; 14] =
    ["ARS", "AUD", "CAD", "CLP", "COP", "CUP", "DOP", "HKD", "MXN", "NZD", "SGD", "TWD", "USD", "UYU"];

/// The currency that most who write a sign mean, where several have it.
fn usual(sign: &str) -> Option<&'static str> {
    let codes = [("$", "USD"), ("£", "GBP"), ("¥", "JPY"), ("₩", "KRW"), ("₱", "PHP"), ("₴", "UAH")];
    codes.into_iter().find(|(other, _)| *other == sign).map(|(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_kept() {
        let price = |text, kind, sign| like(text, kind, sign, "12 EUR/kg");
        assert_eq!(price("38.50 USD", Kind::MoneyForPrice, ""), "38.50 USD/kg");
        assert_eq!(price("38.50", Kind::MissingCurrency, ""), "38.50 EUR/kg");
        assert_eq!(price("38.50/bag", Kind::MissingCurrency, ""), "38.50 EUR/bag");
        assert_eq!(price("€38.50", Kind::CurrencySymbol, "€"), "38.50 EUR/kg");
        assert_eq!(price("$ 38.50/bag", Kind::CurrencySymbol, "$"), "38.50 USD/bag");
        assert_eq!(price("$ 38.50 / bag", Kind::CurrencySymbol, "$"), "38.50 USD/bag");
        assert_eq!(price("$38.50 por bolsa", Kind::CurrencySymbol, "$"), "38.50 USD/bolsa");
        assert_eq!(like("$ 38.50", Kind::CurrencySymbol, "$", "1250.50 EUR"), "38.50 USD");
        assert_eq!(price("$ ask", Kind::CurrencySymbol, "$"), "12 EUR/kg");
        assert_eq!(price("3/4", Kind::MissingCurrency, ""), "12 EUR/kg");
        assert_eq!(price("31/12/2027", Kind::MissingCurrency, ""), "12 EUR/kg");
        assert_eq!(like("40", Kind::MissingUnit, "", "500 kg"), "40 kg");
        assert_eq!(like("40 bag", Kind::MissingPeriod, "", "500 kg per month"), "40 bag per month");
        assert_eq!(like("40 por mes", Kind::Malformed(Form::Rate), "", "500 kg per month"), "40 kg per month");
        assert_eq!(like("2 EUR/kg", Kind::PriceForMoney, "", "1250.50 EUR"), "2 EUR");
    }
}
