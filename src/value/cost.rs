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
    /// For each so much of the range; the unit is a word, `%`, or empty for a plain number. Never zero.
    pub per: Option<Quantity>,
    /// Counted from here on.
    pub after: Option<Mark>,
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

/// A value of a range from which on a cost counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// `30 days`, `5 %`, or a plain number with an empty unit.
    Amount(Quantity),
    /// A day.
    Date(Date),
    /// A time of the day.
    Clock(Clock),
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
            Some(per) if per.amount == Decimal::one() && !matches!(per.unit.as_str(), "" | "%") => {
                write!(f, " per {}", per.unit)?;
            }
            Some(per) => {
                f.write_str(" per ")?;
                measure(per, f)?;
            }
            None => {}
        }
        match &self.after {
            Some(mark) => write!(f, " after {mark}"),
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

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(quantity) => measure(quantity, f),
            Self::Date(date) => date.fmt(f),
            Self::Clock(clock) => clock.fmt(f),
        }
    }
}

fn measure(quantity: &Quantity, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match quantity.unit.as_str() {
        "" => write!(f, "{}", quantity.amount),
        _ => write!(f, "{quantity}"),
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
            if !scan.keyword("within") {
                if !scan.is_done() {
                    scan.skip_spaces();
                }
                return None;
            }
            Some(Self {
                percent,
                within: scan.duration()?,
            })
        })
    }
}

impl fmt::Display for EarlyDiscount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} within {}", self.percent, self.within)
    }
}

impl Scan<'_> {
    fn cost(&mut self) -> Option<Cost> {
        let amount = self.cost_amount()?;
        let per = if self.keyword("per") {
            Some(self.step()?)
        } else {
            None
        };
        let after = if self.keyword("after") {
            Some(self.mark()?)
        } else {
            None
        };
        Some(Cost { amount, per, after })
    }

    fn cost_amount(&mut self) -> Option<CostAmount> {
        if self
            .rest()
            .starts_with(|c: char| c.is_ascii_digit() || c == '.')
            && self.is_share()
        {
            return self.percent().map(CostAmount::Share);
        }
        let money = self.money()?;
        let start = self.at();
        if self.rest().trim_start().starts_with('/') {
            if self.skip_spaces() > 0 {
                self.mend(Kind::Spacing, start..self.at());
            }
            let basis = self.basis(start)?;
            return Some(CostAmount::Unit(Price {
                amount: money.amount,
                currency: money.currency,
                basis,
            }));
        }
        Some(CostAmount::Delivery(money))
    }

    /// Whether the amount ahead is a percentage.
    fn is_share(&self) -> bool {
        let mut ahead = self.fork();
        ahead.number(Sign::Never).is_some() && ahead.is_percent_next()
    }

    /// `day`, `5 days`, `1 %`, `100`.
    fn step(&mut self) -> Option<Quantity> {
        let start = self.at();
        if !self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            if self.eat("%") {
                self.mend(Kind::Malformed(Form::Cost), start..self.at());
                return Some(Quantity {
                    amount: Decimal::one(),
                    unit: "%".to_owned(),
                });
            }
            return Some(Quantity {
                amount: Decimal::one(),
                unit: self.unit()?,
            });
        }
        let step = self.measure()?;
        if step.amount.rational().is_zero() {
            self.fail(Kind::ZeroDivisor, start..self.at());
            return None;
        }
        Some(step)
    }

    fn mark(&mut self) -> Option<Mark> {
        let rest = self.rest().trim_end();
        if rest.contains(':') {
            return self.clock().map(Mark::Clock);
        }
        if rest.len() >= 8
            && rest
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/'))
        {
            return self.date().map(Mark::Date);
        }
        self.measure().map(Mark::Amount)
    }

    /// A number with a unit, with `%` or alone.
    fn measure(&mut self) -> Option<Quantity> {
        let start = self.at();
        let amount = self.number(Sign::Either)?;
        if self.is_percent_next() {
            self.percent_sign(&amount, start..self.at())?;
            return Some(Quantity {
                amount,
                unit: "%".to_owned(),
            });
        }
        let next = self.rest().trim_start();
        if next.is_empty() || next.starts_with("after ") {
            return Some(Quantity {
                amount,
                unit: String::new(),
            });
        }
        self.space(Kind::Glued);
        Some(Quantity {
            amount,
            unit: self.unit()?,
        })
    }
}
