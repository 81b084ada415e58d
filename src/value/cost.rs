//! What a choice costs its writer, and what paying early takes off.

use std::fmt;

use super::amount::{Money, Percent, Price, Quantity};
use super::calendar::{Clock, Date};
use super::decimal::Decimal;
use super::duration::Duration;
use super::error::{Form, ValueError, ValueErrorKind as Kind};
use super::scan::{Scan, Sign, read};

/// What stands after `costs_us` and `worth_to_us`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cost {
    /// How much.
    pub amount: CostAmount,
    /// On a range: for each such step; never zero.
    pub per: Option<Step>,
    /// On a range: counted from here on.
    pub after: Option<Step>,
}

/// How a cost is stated.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CostAmount {
    /// Money for each delivery: `500 ARS`.
    Delivery(Money),
    /// Money for each unit: `12 ARS/box`.
    Unit(Price),
    /// A part of the price: `2 %`.
    Share(Percent),
}

/// A value of a range's own scale: what `per` and `after` name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::Cost, text, Scan::cost)
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.amount)?;
        match &self.per {
            Some(Step::Duration(period)) => write!(f, " per {}", period.as_period())?,
            Some(Step::Quantity(quantity)) if quantity.amount == Decimal::one() => write!(f, " per {}", quantity.unit)?,
            Some(step) => write!(f, " per {step}")?,
            None => {}
        }
        match &self.after {
            Some(step) => write!(f, " after {step}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for CostAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delivery(money) => money.fmt(f),
            Self::Unit(price) => price.fmt(f),
            Self::Share(percent) => percent.fmt(f),
        }
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

/// A discount for paying early: `2 % within 10 days`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EarlyDiscount {
    /// How much is taken off.
    pub percent: Percent,
    /// How soon one has to pay.
    pub within: Duration,
}

impl EarlyDiscount {
    /// Reads `2 % within 10 days`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::EarlyDiscount, text, |scan| {
            let percent = scan.percent()?;
            let start = scan.at();
            if !scan.keyword("within") {
                if !WITHIN_WORDS.into_iter().any(|word| scan.keyword(word)) {
                    scan.skip_spaces();
                    return None;
                }
                scan.mend(Kind::Malformed(Form::EarlyDiscount), start..scan.at());
            }
            Some(Self { percent, within: scan.duration()? })
        })
    }
}

impl fmt::Display for EarlyDiscount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} within {}", self.percent, self.within)
    }
}

/// Words for `within` that are understood.
const WITHIN_WORDS: [&str; 7] = ["a los", "dentro de los", "dentro de", "antes de", "en", "a", "in"];

/// Words for `per` and for `after` that are understood.
const PER_WORDS: [&str; 4] = ["por", "al", "cada", "a"];
const AFTER_WORDS: [&str; 6] = ["después de", "despues de", "luego de", "a partir de", "desde", "from"];

impl Scan<'_> {
    fn cost(&mut self) -> Option<Cost> {
        let amount = self.cost_amount()?;
        let per = match self.in_each() {
            Some(period) => Some(Step::Duration(period)),
            None if self.word("per", &PER_WORDS) => Some(self.step()?),
            None => None,
        };
        let after = if self.word("after", &AFTER_WORDS) { Some(self.mark()?) } else { None };
        Some(Cost { amount, per, after })
    }

    /// A word for once in a period, which is mended: `0.07 % daily`.
    fn in_each(&mut self) -> Option<Duration> {
        let start = self.at();
        let mut ahead = self.fork();
        ahead.skip_spaces();
        let period = ahead.adverb()?;
        self.take(ahead.at() - start);
        self.mend(Kind::Malformed(Form::Cost), start..self.at());
        Some(period)
    }

    /// Whether a keyword comes next, or a word of people for it, which is mended.
    fn word(&mut self, keyword: &str, others: &[&str]) -> bool {
        if self.keyword(keyword) {
            return true;
        }
        let start = self.at() + self.rest().len() - self.rest().trim_start().len();
        let Some(found) = others.iter().find(|other| self.keyword(other)) else { return false };
        self.mend(Kind::Malformed(Form::Cost), start..start + found.len());
        true
    }

    fn cost_amount(&mut self) -> Option<CostAmount> {
        if self.rest().starts_with(|c: char| c.is_ascii_digit() || c == '.') && self.is_share() {
            return self.percent().map(CostAmount::Share);
        }
        if self.is_bare() {
            return None;
        }
        let money = self.money()?;
        let start = self.at();
        if self.rest().trim_start().starts_with('/') {
            if self.skip_spaces() > 0 {
                self.mend(Kind::Spacing, start..self.at());
            }
            let basis = self.basis(start)?;
            return Some(CostAmount::Unit(Price { amount: money.amount, currency: money.currency, basis }));
        }
        Some(CostAmount::Delivery(money))
    }

    /// Whether the amount ahead is a percentage.
    fn is_share(&self) -> bool {
        let mut ahead = self.fork();
        ahead.number(Sign::Never).is_some() && ahead.is_percent_next()
    }

    /// Whether the number ahead has neither a currency nor a percent sign, and could have meant either.
    fn is_bare(&self) -> bool {
        let mut ahead = self.fork();
        let next = ahead.number(Sign::Never).map(|_| ahead.rest().trim_start());
        next.is_some_and(|next| next.is_empty() || next.starts_with("per ") || next.starts_with("after "))
    }

    /// `day`, `5 days`, `kg`, `1 %`, `100`: never nothing.
    fn step(&mut self) -> Option<Step> {
        let start = self.at();
        if !self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            if self.eat("%") {
                self.mend(Kind::Malformed(Form::Cost), start..self.at());
                return Some(Step::Percent(Percent(Decimal::one())));
            }
            return self.counted(Decimal::one(), start);
        }
        let step = self.measure()?;
        let is_zero = match &step {
            Step::Duration(duration) => duration.count == 0,
            Step::Percent(Percent(number)) | Step::Number(number) => number.is_zero(),
            Step::Quantity(quantity) => quantity.amount.is_zero(),
            Step::Date(_) | Step::Clock(_) => false,
        };
        if is_zero {
            self.fail(Kind::ZeroDivisor, start..self.at());
            return None;
        }
        Some(step)
    }

    fn mark(&mut self) -> Option<Step> {
        let rest = self.rest().trim_end();
        if rest.contains(':') {
            return self.clock().map(Step::Clock);
        }
        if rest.len() >= 8 && rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/')) {
            return self.date().map(Step::Date);
        }
        self.measure()
    }

    /// A number with a unit, with `%` or alone.
    fn measure(&mut self) -> Option<Step> {
        let start = self.at();
        let amount = self.number(Sign::Either)?;
        let number_at = start..self.at();
        if self.is_percent_next() {
            self.percent_sign(&amount, number_at)?;
            return Some(Step::Percent(Percent(amount)));
        }
        let next = self.rest().trim_start();
        if next.is_empty() || [&["after"], &AFTER_WORDS[..]].concat().iter().any(|word| next.starts_with(*word)) {
            return Some(Step::Number(amount));
        }
        self.space(Kind::Glued);
        self.counted(amount, start)
    }

    /// What a number counts: time, or any other unit.
    fn counted(&mut self, amount: Decimal, number_from: usize) -> Option<Step> {
        let number_at = number_from..self.at();
        if self.is_time_next() {
            let unit = self.duration_unit()?;
            return self.whole_duration(&amount, unit, number_at).map(Step::Duration);
        }
        Some(Step::Quantity(Quantity { amount, unit: self.unit()? }))
    }
}
