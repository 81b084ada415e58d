//! The price of a delivery (R7) and how it is put on paper (R9).

use super::bargain::{Bargain, Bid, Delivery};
use crate::value::{Decimal, Rational};

/// The amounts of one delivery, exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amounts {
    /// The least that the provider takes.
    pub(super) lower: Rational,
    /// The most that the receiver pays; `None` where it takes what is asked.
    pub(super) upper: Option<Rational>,
    /// The price.
    pub(super) price: Rational,
}

/// The price where both state an amount, or where the receiver takes what is asked.
pub(super) fn amounts(
    bargain: &Bargain,
    delivery: &Delivery,
    provider_cost: &Rational,
    receiver_cost: &Rational,
) -> Option<Amounts> {
    let tier = bargain.tier(delivery)?;
    let of = |per_unit: &Rational| per_unit * &delivery.quantity;
    let lower = &of(&tier.limit) + provider_cost;
    let asked = tier.ask.as_ref().map(|ask| &of(ask) + provider_cost);
    match &bargain.demand.bid {
        Bid::Silent => None,
        Bid::Any => {
            let price = not_negative(asked.unwrap_or_else(|| lower.clone()));
            Some(Amounts { lower, upper: None, price })
        }
        Bid::Limit { limit, floor } => {
            let upper = &of(limit) - receiver_cost;
            let floor = floor.as_ref().map(|floor| &of(floor) - receiver_cost);
            let price = split(&lower, &upper, asked.as_ref(), floor.as_ref());
            Some(Amounts { lower, upper: Some(upper), price })
        }
    }
}

/// The price of a package: the middle between the limits, at most what is asked.
pub(super) fn split_package(lower: &Rational, upper: &Rational, asked: Option<&Rational>) -> Rational {
    split(lower, upper, asked, None)
}

/// The middle between the limits, held to at most `asked` and at least `floor`; where these two contradict each other, the
/// middle between them. Never outside the limits, never below zero.
fn split(lower: &Rational, upper: &Rational, asked: Option<&Rational>, floor: Option<&Rational>) -> Rational {
    let middle = |a: &Rational, b: &Rational| (a + b).checked_div(&Rational::from(2)).unwrap_or_default();
    let shaped = match (asked, floor) {
        (Some(asked), Some(floor)) if floor > asked => middle(asked, floor),
        _ => {
            let mut price = middle(lower, upper);
            if let Some(asked) = asked.filter(|asked| **asked < price) {
                price = asked.clone();
            }
            if let Some(floor) = floor.filter(|floor| **floor > price) {
                price = floor.clone();
            }
            price
        }
    };
    not_negative(shaped.min(upper.clone()).max(lower.clone()))
}

fn not_negative(amount: Rational) -> Rational {
    amount.max(Rational::zero())
}

/// Most decimals of a unit price; 10^-12 of a currency unit is beyond any delivery.
const MOST_DECIMALS: u32 = 12;

/// The unit price with the fewest decimals, at least `minor`, for which `units` of it round to the total.
pub(super) fn unit_price(exact: &Rational, units: &Rational, total: &Decimal, minor: u32) -> Decimal {
    let gives_total = |price: &Decimal| (&price.rational() * units).round_half_even(minor) == *total;
    (minor..MOST_DECIMALS)
        .map(|decimals| exact.round_half_even(decimals))
        .find(gives_total)
        .unwrap_or_else(|| exact.round_half_even(MOST_DECIMALS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(n: i128, d: i128) -> Rational {
        Rational::new(n, d).unwrap()
    }

    #[test]
    fn the_gain_is_split_and_shaped_but_never_prevented() {
        let price = |l, u, ask: Option<Rational>, floor: Option<Rational>| split(&l, &u, ask.as_ref(), floor.as_ref());
        assert_eq!(price(r(80, 100), r(90, 100), Some(r(95, 100)), Some(r(70, 100))), r(85, 100));
        assert_eq!(price(r(63, 100), r(81, 100), Some(r(73, 100)), Some(r(81, 100))), r(77, 100));
        assert_eq!(price(r(1, 1), r(9, 1), Some(r(2, 1)), None), r(2, 1));
        assert_eq!(price(r(1, 1), r(9, 1), None, Some(r(8, 1))), r(8, 1));
        assert_eq!(price(r(5, 1), r(9, 1), Some(r(2, 1)), Some(r(4, 1))), r(5, 1));
        assert_eq!(price(r(-5, 1), r(1, 1), None, None), r(0, 1));
    }

    #[test]
    fn a_unit_price_has_the_fewest_decimals_that_give_the_total() {
        let total = r(1000, 3).round_half_even(2);
        assert_eq!(unit_price(&r(1, 3), &r(1000, 1), &total, 2).to_string(), "0.33333");
        assert_eq!(unit_price(&r(5, 2), &r(4, 1), &r(10, 1).round_half_even(2), 2).to_string(), "2.50");
    }
}
