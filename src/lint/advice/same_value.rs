//! Values of the language by what they mean, so that two ways to write the same are the same.

use std::cmp::Ordering;

use smol_str::SmolStr;

use super::spoken::plain;
use crate::lint::measure;
use crate::value::{Decimal, Duration, EarlyDiscount, Money, Percent, Price, Quantity, Rate, Rational, ValueError};
use crate::vocab::currencies;
use crate::vocab::units::{self, Units};

/// A value that somebody wrote.
enum Value {
    Period(Duration),
    Share(Percent),
    Discount(EarlyDiscount),
    Price(Price),
    Money(Money),
    Rate(Rate),
    Amount(Quantity),
    /// A number of what goes without saying: `net 30`.
    Number(Decimal),
}

/// No value takes more words: `500 kg per 2 weeks`.
pub(super) const MOST_WORDS: usize = 5;

/// Whether words begin with the value that is stated: the most of them that read as a value are what is meant. `units` are
/// those in which it may be counted.
pub(super) fn begins_with<'u>(words: &str, stated: &str, units: impl Iterator<Item = &'u Units> + Clone) -> bool {
    let begins = beginnings(words);
    let value = Value::of(stated, units.clone());
    let said = longest(&begins, units.clone()).or_else(|| value.as_ref()?.in_short(words, &begins, units.clone()));
    match (said, value) {
        (Some(said), Some(stated)) => said.is(&stated, units),
        _ => begins.iter().any(|begin| plain(bare(begin)) == plain(stated)),
    }
}

/// One word, two words and so on, up to as many as a value takes.
fn beginnings(words: &str) -> Vec<String> {
    let words: Vec<&str> = words.split_whitespace().take(MOST_WORDS).collect();
    (1..=words.len()).filter_map(|many| words.get(..many)).map(|words| words.join(" ")).collect()
}

fn longest<'u>(begins: &[String], units: impl Iterator<Item = &'u Units> + Clone) -> Option<Value> {
    begins.iter().rev().find_map(|begin| Value::of(begin, units.clone()))
}

/// A value as it is written, or as it was meant.
pub(super) fn parsed<T>(parse: fn(&str) -> Result<T, ValueError>, text: &str) -> Option<T> {
    parse(text).or_else(|error| parse(&error.suggestion.unwrap_or_default())).ok()
}

/// Signs behind a value that are no part of it.
fn bare(text: &str) -> &str {
    text.trim_end_matches([',', '.', ';', ')', ']'])
}

/// A number alone, with a sign of money that several currencies have.
fn number(text: &str) -> Option<Decimal> {
    parsed(Decimal::parse, bare(text).trim_start_matches('$').trim_start())
}

impl Value {
    fn of<'u>(text: &str, units: impl Iterator<Item = &'u Units> + Clone) -> Option<Self> {
        let text = bare(text);
        let amount = |said: Quantity| Quantity { unit: in_registry(&said.unit, units.clone()), ..said };
        // Words that are no price as the language has it are one only with a currency and a unit: `2 EUR for all` is a sum.
        let price = |said: Price| {
            let is_exact = Price::parse(text).is_ok();
            let basis = amount(said.basis);
            let is_meant =
                || currencies::is_currency(&said.currency) && units.clone().any(|units| units.is_known(&basis.unit));
            let is_price = is_exact || is_meant();
            is_price.then_some(Price { basis, ..said })
        };
        let money = || parsed(Money::parse, text).filter(|money| currencies::is_currency(&money.currency));
        parsed(Duration::parse, text)
            .map(Self::Period)
            .or_else(|| parsed(Percent::parse, text).filter(|_| number(text).is_none()).map(Self::Share))
            .or_else(|| parsed(EarlyDiscount::parse, text).map(Self::Discount))
            .or_else(|| {
                parsed(Rate::parse, text).map(|rate| Self::Rate(Rate { quantity: amount(rate.quantity), ..rate }))
            })
            .or_else(|| parsed(Price::parse, text).and_then(price).map(Self::Price))
            .or_else(|| money().map(Self::Money))
            .or_else(|| parsed(Quantity::parse, text).map(amount).map(Self::Amount))
    }

    /// Whether it means the same as what is stated.
    fn is<'u>(&self, stated: &Self, mut units: impl Iterator<Item = &'u Units>) -> bool {
        match (self, stated) {
            (Self::Period(said), Self::Period(stated)) => {
                (said.days(), said.months()) == (stated.days(), stated.months())
            }
            (Self::Share(said), Self::Share(stated)) => said == stated,
            (Self::Share(said), Self::Discount(stated)) => *said == stated.percent,
            (Self::Discount(said), Self::Discount(stated)) => {
                let within = |discount: &EarlyDiscount| (discount.within.days(), discount.within.months());
                said.percent == stated.percent && within(said) == within(stated)
            }
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

    /// A number of what is stated that words begin with. Of a price it is so much of its currency: `$4 a dozen`.
    fn in_short<'u>(
        &self,
        words: &str,
        begins: &[String],
        units: impl Iterator<Item = &'u Units> + Clone,
    ) -> Option<Self> {
        let (begin, number) = begins.iter().find_map(|begin| Some((begin, number(begin)?)))?;
        let Self::Price(Price { currency, .. }) = self else { return Some(Self::Number(number)) };
        let many = begin.split_whitespace().count();
        let behind: Vec<&str> = words.split_whitespace().skip(many).collect();
        longest(&beginnings(&format!("{number} {currency} {}", behind.join(" "))), units)
    }

    fn number(&self) -> Decimal {
        match self {
            Self::Period(period) => Decimal::whole(period.count.into()),
            Self::Share(Percent(number)) | Self::Number(number) => number.clone(),
            Self::Discount(discount) => discount.percent.0.clone(),
            Self::Price(Price { amount, .. }) | Self::Money(Money { amount, .. }) => amount.clone(),
            Self::Rate(Rate { quantity: Quantity { amount, .. }, .. }) | Self::Amount(Quantity { amount, .. }) => {
                amount.clone()
            }
        }
    }
}

/// The word of the registry for a unit of daily use: `500 unidades` are `500 each`. One that is known stays.
fn in_registry<'u>(unit: &SmolStr, mut units: impl Iterator<Item = &'u Units>) -> SmolStr {
    if units.any(|units| units.is_known(unit)) {
        return unit.clone();
    }
    units::in_daily_use(unit).map_or_else(|| unit.clone(), SmolStr::from)
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
            ("pickup, delivered]", "pickup"),
            ("Pickup.", "pickup"),
            ("bank transfer", "bank_transfer"),
            ("500 unidades", "500 each"),
            ("500 ud", "500 each"),
            ("500 units", "500 each"),
            ("500 pieces", "500 each"),
            ("48 EUR a dozen", "4 EUR/each"),
            ("$48 a dozen", "4 USD/each"),
            ("2 EUR for all", "2 EUR/kg"),
            ("2 % within 10 days, as always", "2 % within 10 days"),
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
            ("500 boxes", "500 each"),
            ("4 USD per dozen", "4 USD/each"),
            ("$4 a dozen", "4 USD/each"),
            ("2 % within 30 days", "2 % within 10 days"),
            ("500 kg per month", "500 kg"),
        ] {
            assert!(!is(said, stated), "{said} is not {stated}");
        }
    }
}
