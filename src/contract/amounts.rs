//! Exact amounts of money on paper: a share of a total, with tax and without.
//!
//! Amounts come from the agreement as text with the decimals of their currency and keep them; halves are rounded to
//! even, as everywhere. Currencies are not known here: amounts of two are never put together.

use num_bigint::BigInt;
use num_integer::Integer;

/// An amount: `1560000.00 ARS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// In units of the last decimal.
    minor: BigInt,
    decimals: usize,
    currency: String,
}

impl Amount {
    /// Reads `1560000.00 ARS`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (number, currency) = text.split_once(' ')?;
        let (minor, decimals) = decimal(number)?;
        Some(Self { minor, decimals, currency: currency.to_owned() })
    }

    /// So many per cent of it, given as `21 %`.
    pub(super) fn percent(&self, percent: &str) -> Option<Self> {
        let (rate, decimals) = decimal(percent.strip_suffix('%')?.trim_end())?;
        let hundredths = BigInt::from(10).pow(u32::try_from(decimals.checked_add(2)?).ok()?);
        Some(Self { minor: divide_half_even(&(&self.minor * rate), &hundredths), ..self.clone() })
    }

    /// The sum of two amounts of one currency.
    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        (self.decimals == other.decimals && self.currency == other.currency)
            .then(|| Self { minor: &self.minor + &other.minor, ..self.clone() })
    }

    /// What remains of it.
    pub(super) fn minus(&self, other: &Self) -> Option<Self> {
        self.plus(&Self { minor: -&other.minor, ..other.clone() })
    }

    /// As the language writes it.
    pub(super) fn text(&self) -> String {
        let digits = format!("{:0>width$}", self.minor.magnitude().to_string(), width = self.decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(self.decimals));
        let sign = if self.minor.sign() == num_bigint::Sign::Minus { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction} {}", self.currency)
    }
}

/// The digits of a decimal without its point, and how many stood behind it.
fn decimal(text: &str) -> Option<(BigInt, usize)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction}");
    let plain = !whole.is_empty() && digits.len() <= 40 && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten().map(|number| (number, fraction.len()))
}

fn divide_half_even(number: &BigInt, by: &BigInt) -> BigInt {
    let (quotient, remainder) = number.div_mod_floor(by);
    let twice = &remainder + &remainder;
    if twice > *by || (twice == *by && quotient.is_odd()) { quotient + 1 } else { quotient }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(total: &str, percent: &str) -> Option<String> {
        Some(Amount::parse(total)?.percent(percent)?.text())
    }

    #[test]
    fn tax_of_a_delivery_is_exact() {
        let net = Amount::parse("1560000.00 ARS").unwrap();
        let tax = net.percent("21 %").unwrap();
        assert_eq!(tax.text(), "327600.00 ARS");
        assert_eq!(net.plus(&tax).unwrap().text(), "1887600.00 ARS");
        assert_eq!(net.minus(&net.percent("40 %").unwrap()).unwrap().text(), "936000.00 ARS");
    }

    #[test]
    fn halves_go_to_even() {
        assert_eq!(of("0.10 EUR", "5 %").as_deref(), Some("0.00 EUR"));
        assert_eq!(of("0.30 EUR", "5 %").as_deref(), Some("0.02 EUR"));
        assert_eq!(of("0.50 EUR", "5.5 %").as_deref(), Some("0.03 EUR"));
        assert_eq!(of("1999 JPY", "10 %").as_deref(), Some("200 JPY"));
    }

    #[test]
    fn what_is_no_amount_is_none() {
        for text in ["", "12", "a ARS", "1,5 ARS", "-1 ARS", ". ARS", "1e5 ARS"] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
        assert_eq!(of("10.00 EUR", "21"), None);
        assert_eq!(Amount::parse("1.00 EUR").unwrap().plus(&Amount::parse("1.00 USD").unwrap()), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})? [A-Z]{3}") {
            prop_assert_eq!(Amount::parse(&text).unwrap().text(), text);
        }

        #[test]
        fn a_share_and_the_rest_are_the_whole(minor in 0u64..1_000_000_000_000, share in 0u32..=100) {
            let total = Amount::parse(&format!("{}.{:02} ARS", minor / 100, minor % 100)).unwrap();
            let part = total.percent(&format!("{share} %")).unwrap();
            let rest = total.minus(&part).unwrap();
            prop_assert_eq!(part.plus(&rest).unwrap(), total);
        }
    }
}
