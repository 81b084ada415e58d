//! Amounts as the laws read them: numbers with units, on exact fractions, sharing nothing with the negotiation but those.

use clm::value::Rational;

/// A number as it is written. A unit price has as many decimals as it takes (R9), more than a manifest may write.
pub(super) fn number(text: &str) -> Rational {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{decimals}").parse().unwrap_or_else(|e| panic!("`{text}` is no number: {e}"));
    let scale = 10_i128.pow(u32::try_from(decimals.len()).unwrap());
    Rational::new(digits, scale).unwrap_or_else(|| panic!("`{text}` is no number"))
}

/// A fraction of whole numbers.
pub(super) fn fraction(n: i64, d: i64) -> Rational {
    Rational::new(i128::from(n), i128::from(d)).expect("a denominator")
}

/// `12 kg` as number and unit.
pub(super) fn amount(text: &str) -> (Rational, &str) {
    let (digits, unit) = text.split_once(' ').unwrap_or_else(|| panic!("`{text}` has no unit"));
    (number(digits), unit)
}

/// Length of a rhythm or period in years: `2 weeks`, `month`.
pub(super) fn years(period: &str) -> Rational {
    let (count, unit) = period.split_once(' ').unwrap_or(("1", period));
    let one = match unit.trim_end_matches('s') {
        "day" => fraction(1, 365),
        "week" => fraction(7, 365),
        "month" => fraction(1, 12),
        "year" => fraction(1, 1),
        other => panic!("`{other}` is no period"),
    };
    number(count) * one
}
