//! Exact fractions: 128-bit integers as long as they suffice, big integers where they do not.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::{BigRational, Ratio};
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, One, Signed, ToPrimitive, Zero};

use super::Decimal;

/// An exact fraction.
///
/// Always reduced, and small whenever it fits, so that equality and hashing are by value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(Ratio<i128>),
    Big(Box<BigRational>),
}

impl Rational {
    /// Zero.
    pub fn zero() -> Self {
        Self::from(0)
    }

    /// One.
    pub fn one() -> Self {
        Self::from(1)
    }

    /// `numerator / denominator`; `None` if the denominator is zero.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        Some(Self::shrunk(BigRational::new(BigInt::from(numerator), BigInt::from(denominator))))
    }

    fn big(&self) -> BigRational {
        match &self.0 {
            Repr::Small(small) => BigRational::new_raw(BigInt::from(*small.numer()), BigInt::from(*small.denom())),
            Repr::Big(big) => (**big).clone(),
        }
    }

    /// The canonical form of a big fraction.
    fn shrunk(big: BigRational) -> Self {
        match (big.numer().to_i128(), big.denom().to_i128()) {
            // The least i128 has no negative of its own, so it stays big.
            (Some(n), Some(d)) if n != i128::MIN => Self(Repr::Small(Ratio::new_raw(n, d))),
            _ => Self(Repr::Big(Box::new(big))),
        }
    }

    fn combine(
        &self,
        other: &Self,
        small: impl Fn(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>,
        big: impl Fn(&BigRational, &BigRational) -> BigRational,
    ) -> Self {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0)
            && let Some(result) = small(a, b)
            && *result.numer() != i128::MIN
        {
            return Self(Repr::Small(result));
        }
        Self::shrunk(big(&self.big(), &other.big()))
    }

    /// `self / other`; `None` if `other` is zero.
    pub fn checked_div(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        Some(self.combine(other, CheckedDiv::checked_div, |a, b| a / b))
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        matches!(&self.0, Repr::Small(small) if small.is_zero())
    }

    /// Whether it is greater than zero.
    pub fn is_positive(&self) -> bool {
        match &self.0 {
            Repr::Small(small) => small.is_positive(),
            Repr::Big(big) => big.is_positive(),
        }
    }

    /// Whether it is less than zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(small) => small.is_negative(),
            Repr::Big(big) => big.is_negative(),
        }
    }

    /// Its distance from zero.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The greatest multiple of `step` that is not greater; itself if `step` is zero.
    #[must_use]
    pub fn floor_to(&self, step: &Self) -> Self {
        self.checked_div(step).map_or_else(|| self.clone(), |times| &times.floor() * step)
    }

    /// The least multiple of `step` that is not less; itself if `step` is zero.
    #[must_use]
    pub fn ceil_to(&self, step: &Self) -> Self {
        -&(-self).floor_to(step)
    }

    fn floor(&self) -> Self {
        match &self.0 {
            Repr::Small(small) => Self(Repr::Small(Ratio::from_integer(small.numer().div_floor(small.denom())))),
            Repr::Big(big) => Self::shrunk(big.floor()),
        }
    }

    /// Whether it is a whole number of times `step`; only zero is of zero.
    pub fn is_multiple_of(&self, step: &Self) -> bool {
        self.checked_div(step).map_or_else(|| self.is_zero(), |times| times.is_whole())
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Repr::Small(small) => small.is_integer(),
            Repr::Big(big) => big.is_integer(),
        }
    }

    /// The least positive number that is a multiple of both, which must be positive.
    #[must_use]
    pub fn lcm(&self, other: &Self) -> Self {
        let (a, b) = (self.big(), other.big());
        Self::shrunk(BigRational::new(a.numer().lcm(b.numer()), a.denom().gcd(b.denom())))
    }

    /// Rounded to so many decimals, a half to the even neighbour.
    pub fn round_half_even(&self, decimals: u32) -> Decimal {
        let ten = BigInt::from(10).pow(decimals);
        let scaled = self.big() * BigRational::from_integer(ten);
        let below = scaled.floor();
        let rest = &scaled - &below;
        let half = BigRational::new(BigInt::from(1), BigInt::from(2));
        let up = match rest.cmp(&half) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => below.numer().is_odd(),
        };
        Decimal::from_parts(below.numer() + BigInt::from(u8::from(up)), decimals)
    }

    /// The decimal that it is exactly; `None` if no decimal is.
    pub fn to_decimal(&self) -> Option<Decimal> {
        let big = self.big();
        let mut rest = big.denom().clone();
        let mut count = |prime: u32| {
            let prime = BigInt::from(prime);
            let mut times = 0u32;
            while rest.is_multiple_of(&prime) {
                rest /= &prime;
                times += 1;
            }
            times
        };
        let decimals = count(2).max(count(5));
        rest.is_one().then(|| self.round_half_even(decimals))
    }

    pub(super) fn from_big(numerator: BigInt, denominator: BigInt) -> Self {
        Self::shrunk(BigRational::new(numerator, denominator))
    }
}

impl Default for Rational {
    fn default() -> Self {
        Self::zero()
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Self {
        Self(Repr::Small(Ratio::from_integer(i128::from(value))))
    }
}

impl From<u32> for Rational {
    fn from(value: u32) -> Self {
        Self::from(i64::from(value))
    }
}

impl From<i32> for Rational {
    fn from(value: i32) -> Self {
        Self::from(i64::from(value))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a), Repr::Small(b)) => a.cmp(b),
            _ => self.big().cmp(&other.big()),
        }
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Neg for &Rational {
    type Output = Rational;

    fn neg(self) -> Rational {
        match &self.0 {
            // The least i128 is never held small.
            Repr::Small(small) => Rational(Repr::Small(-small)),
            Repr::Big(big) => Rational::shrunk(-(**big).clone()),
        }
    }
}

impl Neg for Rational {
    type Output = Self;

    fn neg(self) -> Self {
        -&self
    }
}

macro_rules! operator {
    ($operation:ident, $method:ident, $small:expr, $big:expr) => {
        impl $operation for &Rational {
            type Output = Rational;

            fn $method(self, other: &Rational) -> Rational {
                self.combine(other, $small, $big)
            }
        }

        impl $operation for Rational {
            type Output = Rational;

            fn $method(self, other: Rational) -> Rational {
                (&self).$method(&other)
            }
        }
    };
}

operator!(Add, add, CheckedAdd::checked_add, |a, b| a + b);
operator!(Sub, sub, CheckedSub::checked_sub, |a, b| a - b);
operator!(Mul, mul, CheckedMul::checked_mul, |a, b| a * b);

impl Sum for Rational {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::zero(), |sum, number| &sum + &number)
    }
}

impl fmt::Display for Rational {
    /// The exact decimal where there is one, else `numerator/denominator`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal() {
            Some(decimal) => decimal.fmt(f),
            None => write!(f, "{}/{}", self.big().numer(), self.big().denom()),
        }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Small fractions and such as overflow 128 bits when they are combined.
    fn fraction() -> impl Strategy<Value = Rational> {
        let part = || prop_oneof![-60i128..60, any::<i128>()];
        (part(), part().prop_filter("a denominator", |d| *d != 0)).prop_map(|(n, d)| Rational::new(n, d).unwrap())
    }

    proptest! {
        #[test]
        fn it_computes_as_big_fractions_do(a in fraction(), b in fraction()) {
            prop_assert_eq!((&a + &b).big(), a.big() + b.big());
            prop_assert_eq!((&a - &b).big(), a.big() - b.big());
            prop_assert_eq!((&a * &b).big(), a.big() * b.big());
            prop_assert_eq!(a.checked_div(&b).map(|q| q.big()), (!b.is_zero()).then(|| a.big() / b.big()));
            prop_assert_eq!(a.cmp(&b), a.big().cmp(&b.big()));
        }

        #[test]
        fn one_value_has_one_form(a in fraction(), b in fraction()) {
            prop_assert_eq!(&(&a + &b) - &b, a.clone());
            prop_assert_eq!(-&-&a, a);
        }

        #[test]
        fn floor_and_ceiling_are_the_nearest_multiples(a in fraction(), step in 1i64..50) {
            let step = Rational::from(step);
            let (floor, ceil) = (a.floor_to(&step), a.ceil_to(&step));
            prop_assert!(floor <= a && a <= ceil && &ceil - &floor <= step);
            prop_assert!(floor.is_multiple_of(&step) && ceil.is_multiple_of(&step));
        }

        #[test]
        fn the_least_common_multiple_is_one_and_the_least(a in 1i128..60, b in 1i128..60, c in 1i128..12, d in 1i128..12) {
            let (x, y) = (Rational::new(a, c).unwrap(), Rational::new(b, d).unwrap());
            let lcm = x.lcm(&y);
            prop_assert!(lcm.is_multiple_of(&x) && lcm.is_multiple_of(&y));
            let times = (1i64..).map(|n| &Rational::from(n) * &x).find(|m| m.is_multiple_of(&y)).unwrap();
            prop_assert_eq!(lcm, times);
        }

        #[test]
        fn rounding_is_to_the_nearest_and_halves_to_even(n in -100_000i128..100_000, d in 1i128..400, decimals in 0u32..4) {
            let exact = Rational::new(n, d).unwrap();
            let rounded = exact.round_half_even(decimals).rational();
            let unit = Rational::new(1, 10i128.pow(decimals)).unwrap();
            let twice = &(&rounded - &exact).abs() * &Rational::from(2);
            prop_assert!(twice <= unit);
            if twice == unit {
                prop_assert!(rounded.is_multiple_of(&(&unit * &Rational::from(2))));
            }
        }
    }

    #[test]
    fn only_twos_and_fives_make_decimals() {
        assert_eq!(Rational::new(1, 8).unwrap().to_string(), "0.125");
        assert_eq!(Rational::new(-3, 2).unwrap().to_string(), "-1.5");
        assert_eq!(Rational::new(1, 3).unwrap().to_string(), "1/3");
        assert_eq!(Rational::from(100).to_string(), "100");
    }
}
