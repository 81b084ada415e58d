//! What a choice costs, and what paying early takes off.

use std::fmt;

use super::error::{ValueError, ValueErrorKind as Kind};
use super::{Clock, Date, Decimal, Duration, Money, Percent, Price, Quantity};

/// What stands behind `costs_us` or `worth_to_us`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// How much.
    pub amount: CostAmount,
    /// On a range: for each such step.
    pub per: Option<Step>,
    /// On a range: counted from here on.
    pub after: Option<Step>,
}

/// Money per delivery, money per unit, or a part of the price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CostAmount {
    /// `500 ARS`
    Delivery(Money),
    /// `12 ARS/box`
    Unit(Price),
    /// `2 %`
    Share(Percent),
}

/// A value of a range's own scale: what `per` and `after` name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `30 days`
    Duration(Duration),
    /// `5 %`
    Percent(Percent),
    /// `2026-12-01`
    Date(Date),
    /// `08:00`
    Clock(Clock),
    /// `10 kg`
    Quantity(Quantity),
    /// `3`
    Number(Decimal),
}

impl Cost {
    /// Reads `500 ARS`, `12 ARS/box` or `2 %`, maybe with ` per day` and ` after 30 days`.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let (head, after) = split(text, " after ");
        let (amount, per) = split(head, " per ");
        Ok(Self {
            amount: CostAmount::parse(amount)?,
            per: per.map(|(at, text)| Step::parse_per(text, at)).transpose()?,
            after: after.map(|(at, text)| Step::parse(text, at)).transpose()?,
        })
    }
}

/// What stands before a word, and what behind it with its place.
fn split<'t>(text: &'t str, word: &str) -> (&'t str, Option<(usize, &'t str)>) {
    match text.split_once(word) {
        Some((before, behind)) => (before, Some((text.len() - behind.len(), behind))),
        None => (text, None),
    }
}

impl CostAmount {
    fn parse(text: &str) -> Result<Self, ValueError> {
        if text.ends_with('%') {
            return Percent::parse(text).map(Self::Share);
        }
        match Money::parse(text) {
            Ok(money) => Ok(Self::Delivery(money)),
            Err(error) if error.kind == Kind::MoneyPerUnit => Price::parse(text).map(Self::Unit),
            Err(error) if error.kind == Kind::MissingCurrency => Err(ValueError::new(Kind::CostForm, error.at)),
            Err(error) => Err(error),
        }
    }
}

impl Step {
    /// `day`, `5 days`, `1 %`.
    fn parse_per(text: &str, at: usize) -> Result<Self, ValueError> {
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return Self::parse(text, at);
        }
        if text == "%" {
            return Ok(Self::Percent(Percent(Decimal::whole(1))));
        }
        match Duration::parse_period(text, at) {
            Ok(duration) => Ok(Self::Duration(duration)),
            Err(_) => {
                Self::parse(&format!("1 {text}"), at).map_err(|_| ValueError::new(Kind::CostForm, at..at + text.len()))
            }
        }
    }

    /// A value of any scale, by its form.
    fn parse(text: &str, at: usize) -> Result<Self, ValueError> {
        let here = |error: ValueError| ValueError::new(error.kind, at..at + text.len());
        if text.ends_with('%') {
            return Percent::parse(text).map(Self::Percent).map_err(here);
        }
        if text.contains(':') {
            return Clock::parse(text).map(Self::Clock).map_err(here);
        }
        if let Ok(date) = Date::parse(text) {
            return Ok(Self::Date(date));
        }
        if let Ok(duration) = Duration::parse(text) {
            return Ok(Self::Duration(duration));
        }
        if let Ok(number) = Decimal::parse(text) {
            return Ok(Self::Number(number));
        }
        Quantity::parse(text).map(Self::Quantity).map_err(here)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duration(duration) => duration.fmt(f),
            Self::Percent(percent) => percent.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Clock(clock) => clock.fmt(f),
            Self::Quantity(quantity) => quantity.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// `2 % within 10 days`: what paying early takes off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlyDiscount {
    /// How much.
    pub percent: Percent,
    /// When paid within so many days.
    pub within: Duration,
}

impl EarlyDiscount {
    /// Reads `2 % within 10 days`.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let (percent, within) = split(text, " within ");
        let Some((at, within)) = within else {
            return Err(ValueError::new(Kind::DiscountForm, 0..text.len()));
        };
        let within = Duration::parse(within).map_err(|error| ValueError::new(error.kind, at..text.len()))?;
        Ok(Self { percent: Percent::parse(percent)?, within })
    }
}

impl fmt::Display for EarlyDiscount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} within {}", self.percent, self.within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_has_an_amount_a_step_and_a_start() {
        let cost = Cost::parse("0.07 % per day after 30 days").unwrap();
        assert_eq!(cost.per.unwrap().to_string(), "1 day");
        assert_eq!(cost.after.unwrap().to_string(), "30 days");
        assert!(matches!(Cost::parse("12 ARS/box").unwrap().amount, CostAmount::Unit(_)));
        assert!(matches!(Cost::parse("500 ARS per 5 days").unwrap().amount, CostAmount::Delivery(_)));
        assert_eq!(Cost::parse("1 ARS/kg per 5 %").unwrap().per.unwrap().to_string(), "5 %");
        assert_eq!(Cost::parse("12").unwrap_err().kind, Kind::CostForm);
    }

    #[test]
    fn a_discount_has_a_percentage_and_a_time() {
        assert_eq!(EarlyDiscount::parse("2 % within 10 days").unwrap().to_string(), "2 % within 10 days");
        assert_eq!(EarlyDiscount::parse("2 %").unwrap_err().kind, Kind::DiscountForm);
    }
}
