//! Values of the language by what they mean, so that two ways to write the same are the same.

use std::cmp::Ordering;

use crate::lint::measure;
use crate::value::{Decimal, Duration, EarlyDiscount, Money, Percent, Price, Quantity, Rate, Rational, ValueError};
use crate::vocab::currencies;
use crate::vocab::units::Units;

/// A value that somebody wrote.
enum Value {
    Period(Duration),
    Share(Percent),
    Price(Price),
    Money(Money),
    Rate(Rate),
    Amount(Quantity),
    /// A number of what goes without saying: `net 30`.
    Number(Decimal),
}

/// No value takes more words: `500 kg per 2 weeks`.
pub(super) const MOST_WORDS: usize = 5;

/// Whether words begin with the value that is stated. `units` are those in which it may be counted.
pub(super) fn begins_with<'u>(words: &str, stated: &str, units: impl Iterator<Item = &'u Units> + Clone) -> bool {
    let words: Vec<&str> = words.split_whitespace().take(MOST_WORDS).collect();
    let begins: Vec<String> =
        (1..=words.len()).filter_map(|many| words.get(..many)).map(|words| words.join(" ")).collect();
    if begins.iter().any(|begin| begin == stated) {
        return true;
    }
    let Some(stated) = Value::of(stated) else { return false };
    let mut said: Vec<Value> = begins.iter().filter_map(|begin| Value::of(begin)).collect();
    if said.is_empty() {
        said.extend(begins.iter().find_map(|begin| number(begin)).map(Value::Number));
    }
    said.iter().any(|said| said.is(&stated, units.clone()))
}

/// A value as it is written, or as it was meant.
pub(super) fn parsed<T>(parse: fn(&str) -> Result<T, ValueError>, text: &str) -> Option<T> {
    parse(text).or_else(|error| parse(&error.suggestion.unwrap_or_default())).ok()
}

/// Signs behind a value that are no part of it.
fn bare(text: &str) -> &str {
    text.trim_end_matches([',', '.', ';', ')'])
}

/// A number alone, with a sign of money that several currencies have.
fn number(text: &str) -> Option<Decimal> {
    parsed(Decimal::parse, bare(text).trim_start_matches('$').trim_start())
}

impl Value {
    fn of(text: &str) -> Option<Self> {
        let text = bare(text);
        let money = || parsed(Money::parse, text).filter(|money| currencies::is_currency(&money.currency));
        parsed(Duration::parse, text)
            .map(Self::Period)
            .or_else(|| parsed(Percent::parse, text).filter(|_| number(text).is_none()).map(Self::Share))
            .or_else(|| parsed(EarlyDiscount::parse, text).map(|discount| Self::Share(discount.percent)))
            .or_else(|| parsed(Rate::parse, text).map(Self::Rate))
            .or_else(|| parsed(Price::parse, text).map(Self::Price))
            .or_else(|| money().map(Self::Money))
            .or_else(|| parsed(Quantity::parse, text).map(Self::Amount))
    }

    /// Whether it means the same as what is stated.
    fn is<'u>(&self, stated: &Self, mut units: impl Iterator<Item = &'u Units>) -> bool {
        match (self, stated) {
            (Self::Period(said), Self::Period(stated)) => {
                (said.days(), said.months()) == (stated.days(), stated.months())
            }
            (Self::Share(said), Self::Share(stated)) => said == stated,
            (Self::Price(said), Self::Price(stated)) => {
                said == stated
                    || units.any(|units| measure::compare_prices(units, said, stated) == Some(Ordering::Equal))
            }
            (Self::Money(said), Self::Price(stated)) => {
                said.currency == stated.currency && said.amount.rational() == stated.per_unit()
            }
            (Self::Money(said), Self::Money(stated)) => said == stated,
            (Self::Rate(said), Self::Rate(stated)) => said == stated || units.any(|units| is_rate(units, said, stated)),
            (Self::Amount(said), Self::Amount(stated)) => {
                said == stated || units.any(|units| measure::compare(units, said, stated) == Some(Ordering::Equal))
            }
            (Self::Number(said), stated) => *said == stated.number(),
            _ => false,
        }
    }

    fn number(&self) -> Decimal {
        match self {
            Self::Period(period) => Decimal::whole(period.count.into()),
            Self::Share(Percent(number)) | Self::Number(number) => number.clone(),
            Self::Price(Price { amount, .. }) | Self::Money(Money { amount, .. }) => amount.clone(),
            Self::Rate(Rate { quantity: Quantity { amount, .. }, .. }) | Self::Amount(Quantity { amount, .. }) => {
                amount.clone()
            }
        }
    }
}

/// Whether two rates come to the same in a year.
fn is_rate(units: &Units, said: &Rate, stated: &Rate) -> bool {
    let a_year = |amount: Rational, rate: &Rate| amount.checked_div(&rate.per.years());
    let said_amount = measure::converted(units, &said.quantity, &stated.quantity.unit);
    let said_a_year = said_amount.and_then(|amount| a_year(amount, said));
    said_a_year.is_some() && said_a_year == a_year(stated.quantity.amount.rational(), stated)
}

#[cfg(test)]
mod tests {
    use super::begins_with;
    use crate::vocab::units::Units;

    #[test]
    fn what_means_the_same_is_the_same_however_it_is_written() {
        let units = Units::registry();
        let is = |said: &str, stated: &str| begins_with(said, stated, std::iter::once(&units));
        for (said, stated) in [
            ("1 año", "12 months"),
            ("2 weeks, as always", "14 days"),
            ("0.5 t por pedido", "500 kg"),
            ("1 dozen", "12 each"),
            ("2 €/kg", "2.00 EUR/kg"),
            ("2000 EUR/t", "2 EUR/kg"),
            ("2 EUR el kilo", "2 EUR/kg"),
            ("$ 700 por kg", "700 ARS/kg"),
            ("10,50 %", "10.5 %"),
            ("2 % por pago en 10 días", "2 % within 10 days"),
            ("12 t per year", "1 t per month"),
            ("1000 kg per month", "1 t per month"),
            ("30", "30 days"),
            ("pickup", "pickup"),
        ] {
            assert!(is(said, stated), "{said} is {stated}");
        }
        for (said, stated) in [
            ("1 año", "1 week"),
            ("1 año", "11 months"),
            ("1 month", "30 days"),
            ("2 EUR/kg", "2 USD/kg"),
            ("2 EUR/t", "2 EUR/kg"),
            ("21 %", "10.5 %"),
            ("20 kg", "20 l"),
            ("1 t per week", "1 t per month"),
            ("31", "30 days"),
            ("pickup", "delivered"),
        ] {
            assert!(!is(said, stated), "{said} is not {stated}");
        }
    }
}
