//! Amounts with a unit: quantities, rates, money, prices and percentages.
//!
//! Units and currencies are words here; which of them exist is looked up elsewhere.

use std::fmt;

use smol_str::SmolStr;

use super::decimal::Decimal;
use super::duration::{Duration, DurationUnit};
use super::error::{Form, ValueError, ValueErrorKind as Kind};
use super::rational::Rational;
use super::scan::{Scan, Sign, read};

/// So much of a unit: `500 kg`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// How much.
    pub amount: Decimal,
    /// The unit, as written.
    pub unit: SmolStr,
}

impl Quantity {
    /// Reads `500 kg`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::Quantity, text, |scan| scan.quantity(Sign::Never))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit)
    }
}

/// So much in a period: `60000 box per month`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    /// How much.
    pub quantity: Quantity,
    /// In how much time; never zero.
    pub per: Duration,
}

impl Rate {
    /// Reads `60000 box per month`, `500 kg per 2 weeks`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::Rate, text, Scan::rate)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} per {}", self.quantity, self.per.as_period())
    }
}

/// A sum of money: `1250.50 ARS`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// A code of three capitals, or a circuit's name.
    pub currency: SmolStr,
}

impl Money {
    /// Reads `1250.50 ARS`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::Money, text, |scan| {
            let money = scan.money()?;
            if scan.rest().trim_start().starts_with('/') {
                scan.fail(Kind::PriceForMoney, scan.at()..scan.whole().end);
                return None;
            }
            Some(money)
        })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

/// Money per so much of a unit: `820 ARS/box`, `120 EUR/1000 bag`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Price {
    /// How much money.
    pub amount: Decimal,
    /// A code of three capitals, or a circuit's name.
    pub currency: SmolStr,
    /// For how much; never zero.
    pub basis: Quantity,
}

impl Price {
    /// Reads `820 ARS/box`, `120 EUR/1000 bag`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::Price, text, Scan::price)
    }

    /// Money for one of the basis' unit.
    pub fn per_unit(&self) -> Rational {
        self.amount.rational().checked_div(&self.basis.amount.rational()).unwrap_or_default()
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.basis.amount == Decimal::one() {
            write!(f, "{} {}/{}", self.amount, self.currency, self.basis.unit)
        } else {
            write!(f, "{} {}/{}", self.amount, self.currency, self.basis)
        }
    }
}

/// Hundredths: `2 %`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(pub Decimal);

impl Percent {
    /// Reads `2 %` or `2%`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::Percent, text, Scan::percent)
    }

    /// The part of one: 0.02 for `2 %`.
    pub fn fraction(&self) -> Rational {
        self.0.rational() * Rational::step_of(2)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

/// Signs of currencies, longest first, with the code where the sign has one meaning only.
const SYMBOLS: [(&str, Option<&str>); 17] = [
    ("US$", Some("USD")),
    ("u$s", Some("USD")),
    ("U$S", Some("USD")),
    ("AR$", Some("ARS")),
    ("MX$", Some("MXN")),
    ("R$", Some("BRL")),
    ("S/", Some("PEN")),
    ("$", None),
    ("€", Some("EUR")),
    ("£", None),
    ("¥", None),
    ("₹", Some("INR")),
    ("₲", Some("PYG")),
    ("₺", Some("TRY")),
    ("₩", None),
    ("₴", Some("UAH")),
    ("₱", None),
];

/// The currency of a sign that only one has.
pub fn currency_of_sign(sign: &str) -> Option<&'static str> {
    SYMBOLS.iter().find(|(symbol, _)| *symbol == sign).and_then(|(_, code)| *code)
}

/// Words for `%` that are understood.
const PERCENT_WORDS: [&str; 6] = ["percent", "per cent", "pct", "por ciento", "por cien", "％"];

/// Words for thousands and millions that are understood before a unit or a currency, the longer of two first; all begin
/// with `m` or `t`.
const LARGE: [(&str, u32); 14] = [
    ("mil millones de", 1_000_000_000),
    ("mil millones", 1_000_000_000),
    ("millones de", 1_000_000),
    ("millones", 1_000_000),
    ("millón de", 1_000_000),
    ("millón", 1_000_000),
    ("millions of", 1_000_000),
    ("million", 1_000_000),
    ("miles de", 1000),
    ("miles", 1000),
    ("mil", 1000),
    ("thousands of", 1000),
    ("thousand", 1000),
    ("mille", 1000),
];

/// Words for one period that are understood after a quantity.
const ADVERBS: [(&str, DurationUnit); 16] = [
    ("daily", DurationUnit::Day),
    ("weekly", DurationUnit::Week),
    ("monthly", DurationUnit::Month),
    ("yearly", DurationUnit::Year),
    ("a day", DurationUnit::Day),
    ("a week", DurationUnit::Week),
    ("a month", DurationUnit::Month),
    ("a year", DurationUnit::Year),
    ("diario", DurationUnit::Day),
    ("diarios", DurationUnit::Day),
    ("semanal", DurationUnit::Week),
    ("semanales", DurationUnit::Week),
    ("mensual", DurationUnit::Month),
    ("mensuales", DurationUnit::Month),
    ("anual", DurationUnit::Year),
    ("anuales", DurationUnit::Year),
];

/// What is understood between a quantity and its period, the longer of two first.
const PER: [&str; 11] = ["/", "por cada ", "por", "a la ", "al", "la ", "el ", "cada", "every", "each", "x "];

fn is_unit_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '°')
}

impl Scan<'_> {
    pub(super) fn quantity(&mut self, sign: Sign) -> Option<Quantity> {
        let start = self.at();
        let amount = self.number(sign)?;
        let amount = self.divided(amount, start)?;
        let amount = self.thousands(amount);
        if self.is_done() {
            self.fail(Kind::MissingUnit, start..self.at());
            return None;
        }
        self.space(Kind::Glued);
        Some(Quantity { amount, unit: self.unit()? })
    }

    /// An amount, or so many thousands or millions where a word for them comes next: `5 mil kg` is understood as 5000 kg.
    fn thousands(&mut self, amount: Decimal) -> Decimal {
        let next = self.rest().trim_start();
        if !next.starts_with(['m', 't']) {
            return amount;
        }
        let is_word = |(word, _): &(&str, u32)| {
            let rest = next.strip_prefix(*word);
            rest.is_some_and(|rest| rest.starts_with(' ') && rest.trim_start().starts_with(is_unit_character))
        };
        let Some((word, times)) = LARGE.into_iter().find(is_word) else { return amount };
        let start = self.at();
        self.skip_spaces();
        self.take(word.len());
        self.mend(Kind::NumberWord, start..self.at());
        (amount.rational() * Rational::from(times)).to_decimal().unwrap_or(amount)
    }

    /// A number, or what it is of the number behind a stroke: `1/2` is understood as 0.5.
    fn divided(&mut self, amount: Decimal, start: usize) -> Option<Decimal> {
        let divisor = self.rest().strip_prefix('/').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if divisor.is_none() {
            return Some(amount);
        }
        self.take(1);
        let divisor = self.number(Sign::Never)?;
        let part = amount.rational().checked_div(&divisor.rational()).and_then(|part| part.to_decimal());
        match part {
            Some(_) => self.mend(Kind::Fraction, start..self.at()),
            None => self.fail(Kind::Fraction, start..self.at()),
        }
        part
    }

    pub(super) fn unit(&mut self) -> Option<SmolStr> {
        let start = self.at();
        let word = self.take_while(is_unit_character);
        if word.chars().any(|c| c.is_alphabetic() || c == '°') {
            return Some(word.into());
        }
        self.take(0);
        self.fail(Kind::Malformed(Form::Quantity), start..self.whole().end);
        None
    }

    pub(super) fn rate(&mut self) -> Option<Rate> {
        let quantity = self.quantity(Sign::Never)?;
        let start = self.at();
        if self.keyword("per") {
            return Some(Rate { quantity, per: self.period()? });
        }
        self.skip_spaces();
        if let Some(per) = self.adverb() {
            self.mend(Kind::MissingPeriod, start..self.at());
            return Some(Rate { quantity, per });
        }
        if PER.into_iter().any(|token| self.eat(token)) {
            self.mend(Kind::MissingPeriod, start..self.whole().end);
            self.skip_spaces();
            return Some(Rate { quantity, per: self.period()? });
        }
        if self.is_done() {
            self.fail(Kind::MissingPeriod, self.whole());
        }
        None
    }

    /// A word for once in a period, if it comes next and nothing is glued to it: `weekly`.
    pub(super) fn adverb(&mut self) -> Option<Duration> {
        let ends = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
        let follows = |word: &str| self.rest().strip_prefix(word).is_some_and(ends);
        let (word, unit) = ADVERBS.into_iter().find(|(word, _)| follows(word))?;
        self.take(word.len());
        Some(Duration::new(1, unit))
    }

    pub(super) fn money(&mut self) -> Option<Money> {
        let start = self.at();
        if let Some(currency) = self.leading_currency() {
            return Some(Money { amount: self.number(Sign::Never)?, currency });
        }
        let amount = self.number(Sign::Never)?;
        let number_at = start..self.at();
        let amount = self.thousands(amount);
        Some(Money { amount, currency: self.currency(number_at)? })
    }

    /// `EUR 12`, `$12`: the currency, after which the number comes.
    fn leading_currency(&mut self) -> Option<SmolStr> {
        let start = self.at();
        if let Some(currency) = self.symbol() {
            self.skip_spaces();
            return Some(currency);
        }
        let rest = self.rest();
        let word = rest.get(..3).filter(|word| word.bytes().all(|b| b.is_ascii_alphabetic()))?;
        let number = rest.get(3..)?.trim_start();
        if !number.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.take(3);
        self.mend(Kind::CurrencyFirst, start..self.at());
        self.skip_spaces();
        Some(word.to_ascii_uppercase().into())
    }

    /// A sign of a currency. Where it could mean several, the sign stands in and nothing is suggested.
    fn symbol(&mut self) -> Option<SmolStr> {
        let start = self.at();
        let (symbol, code) = SYMBOLS.into_iter().find(|(symbol, _)| self.eat(symbol))?;
        match code {
            Some(_) => self.mend(Kind::CurrencySymbol, start..self.at()),
            None => self.fail(Kind::CurrencySymbol, start..self.at()),
        }
        Some(code.unwrap_or(symbol).into())
    }

    /// A space and a currency, after an amount.
    pub(super) fn currency(&mut self, number_at: std::ops::Range<usize>) -> Option<SmolStr> {
        let next = self.rest().trim_start();
        if next.is_empty() || next.starts_with('/') && !next.starts_with("/S") {
            self.fail(Kind::MissingCurrency, number_at);
            return None;
        }
        if SYMBOLS.iter().any(|(symbol, _)| next.starts_with(symbol)) {
            self.skip_spaces();
            return self.symbol();
        }
        self.space(Kind::Glued);
        let start = self.at();
        let word = self.take_while(|c| !c.is_whitespace() && c != '/');
        let at = start..self.at();
        if is_iso_shape(word) || is_name(word) {
            return Some(word.into());
        }
        if is_iso_shape(&word.to_ascii_uppercase()) {
            self.mend(Kind::CurrencyCase, at);
            return Some(word.to_ascii_uppercase().into());
        }
        self.fail(Kind::CurrencyWord, at);
        None
    }

    pub(super) fn price(&mut self) -> Option<Price> {
        let money = self.money()?;
        let start = self.at();
        if self.is_done() {
            self.fail(Kind::MoneyForPrice, self.whole());
            return None;
        }
        if ["per", "por", "el", "a"].into_iter().any(|word| self.keyword(word)) {
            self.mend(Kind::Malformed(Form::Price), start..self.at());
        } else if self.skip_spaces() > 0 {
            let kind = if self.rest().starts_with('/') { Kind::Spacing } else { Kind::Malformed(Form::Price) };
            self.mend(kind, start..self.at());
        }
        let basis = self.basis(start)?;
        Some(Price { amount: money.amount, currency: money.currency, basis })
    }

    /// What stands behind the currency of a price: `/box`, `/1000 bag`; the slash may have been mended before.
    pub(super) fn basis(&mut self, from: usize) -> Option<Quantity> {
        if !self.eat("/") && from == self.at() {
            return None;
        }
        let start = self.at();
        if self.skip_spaces() > 0 {
            self.mend(Kind::Spacing, start..self.at());
        }
        let start = self.at();
        if !self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            let amount = self.thousands(Decimal::one());
            self.skip_spaces();
            return Some(Quantity { amount, unit: self.unit()? });
        }
        let basis = self.quantity(Sign::Never)?;
        if basis.amount.rational().is_zero() {
            self.fail(Kind::ZeroDivisor, start..self.at());
            return None;
        }
        Some(basis)
    }

    pub(super) fn percent(&mut self) -> Option<Percent> {
        let start = self.at();
        let amount = self.number(Sign::Never)?;
        self.percent_sign(&amount, start..self.at())?;
        Some(Percent(amount))
    }

    /// Whether a percent sign or a word for it comes next.
    pub(super) fn is_percent_next(&self) -> bool {
        let next = self.rest().trim_start();
        next.starts_with('%') || PERCENT_WORDS.iter().any(|word| next.starts_with(word))
    }

    /// ` %`, or `%` at once.
    pub(super) fn percent_sign(&mut self, amount: &Decimal, number_at: std::ops::Range<usize>) -> Option<()> {
        if self.is_done() {
            // Somebody who writes `0.02` may well mean 2 %.
            if amount.rational() < Rational::one() {
                self.fail(Kind::MissingPercentSign, number_at);
            } else {
                self.mend(Kind::MissingPercentSign, number_at);
            }
            return Some(());
        }
        let start = self.at();
        let spaces = self.skip_spaces();
        if self.eat("%") {
            if spaces > 0 && !self.was_space(start, spaces) {
                self.mend(Kind::Spacing, start..start + spaces);
            }
            return Some(());
        }
        let start = self.at();
        PERCENT_WORDS.into_iter().find(|word| self.eat(word))?;
        self.mend(Kind::MissingPercentSign, start..self.at());
        Some(())
    }
}

/// Whether a word has the look of a code of ISO 4217: three capitals.
pub fn is_iso_shape(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// A name as users coin them.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
