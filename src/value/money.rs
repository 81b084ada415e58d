//! Money, prices and percentages.

use std::fmt;

use super::error::{ValueError, ValueErrorKind as Kind};
use super::{Decimal, Quantity, Rational, scan};

/// `1250.50 ARS`: a sum in a currency of ISO 4217, or in a circuit's unit by the circuit's local name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// Of which currency, as written.
    pub currency: String,
}

impl Money {
    /// Reads `1250.50 ARS`.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let (amount, tail, at) = scan::amount(text, Kind::MissingCurrency)?;
        let (currency, rest) = scan::word(tail);
        if rest.starts_with('/') {
            return Err(ValueError::new(Kind::MoneyPerUnit, at + currency.len()..text.len()));
        }
        if !rest.is_empty() {
            return Err(ValueError::new(Kind::TrailingText, at + currency.len()..text.len()));
        }
        check_case(text, currency, at)?;
        Ok(Self { amount: scan::not_negative(amount, text)?, currency: currency.to_owned() })
    }
}

/// Three letters that are not all capitals look like a currency in the wrong case; anything longer may be a circuit.
fn check_case(text: &str, currency: &str, at: usize) -> Result<(), ValueError> {
    let letters = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_alphabetic());
    let upper = currency.to_ascii_uppercase();
    if letters && upper != currency && currency.bytes().any(|b| b.is_ascii_uppercase()) {
        let mended = format!("{}{upper}{}", text.get(..at).unwrap_or_default(), text.get(at + 3..).unwrap_or_default());
        return Err(ValueError::new(Kind::CurrencyCase, at..at + 3).suggest(mended));
    }
    Ok(())
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

/// `820 ARS/box`, `120 EUR/1000 bag`: a sum per quantity; the basis is kept as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Price {
    /// How much.
    pub amount: Decimal,
    /// Of which currency, as written.
    pub currency: String,
    /// For which quantity.
    pub basis: Quantity,
}

impl Price {
    /// Reads `820 ARS/box` or `120 EUR/1000 bag`.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let (amount, tail, at) = scan::amount(text, Kind::MissingCurrency)?;
        let (currency, rest) = scan::word(tail);
        let behind = at + currency.len();
        let Some(basis) = rest.strip_prefix('/') else {
            let kind = if rest.is_empty() { Kind::PriceWithoutUnit } else { Kind::TrailingText };
            let from = if rest.is_empty() { 0 } else { behind };
            return Err(ValueError::new(kind, from..text.len()));
        };
        check_case(text, currency, at)?;
        let basis = parse_basis(basis, behind + 1, text.len())?;
        Ok(Self { amount: scan::not_negative(amount, text)?, currency: currency.to_owned(), basis })
    }

    /// The sum for one of the unit.
    pub fn per_unit(&self) -> Rational {
        self.amount.rational().checked_div(&self.basis.amount.rational()).unwrap_or_default()
    }
}

/// `box`, or `1000 bag`.
fn parse_basis(basis: &str, at: usize, end: usize) -> Result<Quantity, ValueError> {
    if basis.is_empty() {
        return Err(ValueError::new(Kind::MissingUnit, at.saturating_sub(1)..end));
    }
    if basis.starts_with(|c: char| c.is_ascii_digit()) {
        let shift =
            |error: ValueError| ValueError { at: error.at.start + at..error.at.end + at, suggestion: None, ..error };
        let quantity = Quantity::parse(basis).map_err(shift)?;
        if quantity.amount.is_zero() {
            return Err(ValueError::new(Kind::Zero, at..end));
        }
        return Ok(quantity);
    }
    let (unit, rest) = scan::word(basis);
    if !rest.is_empty() || unit.is_empty() {
        return Err(ValueError::new(Kind::TrailingText, at + unit.len()..end));
    }
    Ok(Quantity { amount: Decimal::whole(1), unit: unit.to_owned() })
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = self.basis.amount.rational() == Rational::one();
        if one {
            write!(f, "{} {}/{}", self.amount, self.currency, self.basis.unit)
        } else {
            write!(f, "{} {}/{}", self.amount, self.currency, self.basis)
        }
    }
}

/// `2 %`: a percentage.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(pub Decimal);

impl Percent {
    /// Reads `2 %`, also `2%`.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let Some(number) = text.strip_suffix('%') else {
            let (_, rest) = scan::decimal(text, 0)?;
            let missing = ValueError::new(Kind::MissingPercentSign, 0..text.len());
            return Err(if rest.is_empty() { missing.suggest(format!("{text} %")) } else { missing });
        };
        let number = number.strip_suffix(' ').unwrap_or(number);
        Ok(Self(scan::not_negative(Decimal::parse(number)?, text)?))
    }

    /// As a part of one: 2 % is 0.02.
    pub fn fraction(&self) -> Rational {
        self.0.rational().checked_div(&Rational::from(100)).unwrap_or_default()
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_the_same(whole in 0u32..99999, cents in 0u32..100, basis in 1u32..5000) {
            let money = format!("{whole}.{cents:02} ARS");
            prop_assert_eq!(Money::parse(&money).unwrap().to_string(), money);
            let price = if basis == 1 { format!("{whole}.{cents:02} EUR/bag") } else { format!("{whole}.{cents:02} EUR/{basis} bag") };
            prop_assert_eq!(Price::parse(&price).unwrap().to_string(), price);
        }

        #[test]
        fn no_text_is_read_without_its_form(text in "\\PC{0,20}") {
            let _ = (Money::parse(&text), Price::parse(&text), Percent::parse(&text));
        }
    }

    #[test]
    fn the_usual_mistakes_are_named() {
        let money = |text: &str| Money::parse(text).unwrap_err();
        assert_eq!(
            (money("1,250.50 USD").kind, money("1,250.50 USD").suggestion.as_deref()),
            (Kind::ThousandsSeparator, Some("1250.50 USD"))
        );
        assert_eq!(money("$12").kind, Kind::CurrencySymbol);
        assert_eq!(money("12 €").kind, Kind::CurrencySymbol);
        assert_eq!(money("12").kind, Kind::MissingCurrency);
        assert_eq!(money("12 Eur").suggestion.as_deref(), Some("12 EUR"));
        assert_eq!(money("12 EUR/kg").kind, Kind::MoneyPerUnit);
        assert_eq!(money("-12 EUR").kind, Kind::Negative);
        let price = |text: &str| Price::parse(text).unwrap_err();
        assert_eq!(
            (price("0,95 EUR/kg").kind, price("0,95 EUR/kg").suggestion.as_deref()),
            (Kind::DecimalComma, Some("0.95 EUR/kg"))
        );
        assert_eq!(price("12 EUR").kind, Kind::PriceWithoutUnit);
        assert_eq!(price("12 EUR/").kind, Kind::MissingUnit);
        assert_eq!(price("12EUR/kg").suggestion.as_deref(), Some("12 EUR/kg"));
        assert_eq!(Percent::parse("2").unwrap_err().suggestion.as_deref(), Some("2 %"));
        assert_eq!(Percent::parse("2%").unwrap().to_string(), "2 %");
        assert_eq!(Price::parse("120 EUR/1000 bag").unwrap().per_unit(), Rational::new(12, 100).unwrap());
    }
}
