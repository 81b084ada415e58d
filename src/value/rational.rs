//! Exact fractions.
//!
//! A fraction lives in two 64-bit integers as long as it fits and in big integers otherwise; which of the two is never
//! visible, since equal fractions have one form only. What two small ones come to fits 128 bits before it is reduced, so that
//! nothing overflows on the way. Nothing here rounds unless its name says so.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::decimal::Decimal;

/// An exact fraction; equality, order and hash go by value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(Form);

/// `Small` whenever both parts fit; lowest terms, denominator above zero, and never `i64::MIN`, so that signs can be
/// turned without looking.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Small(i64, i64),
    Big(Box<BigRational>),
}

impl Rational {
    /// Nothing.
    pub fn zero() -> Self {
        Self(Form::Small(0, 1))
    }

    /// The whole.
    pub fn one() -> Self {
        Self(Form::Small(1, 1))
    }

    /// The fraction `n / d`; `None` if `d` is zero.
    pub fn new(n: i128, d: i128) -> Option<Self> {
        if d == 0 {
            return None;
        }
        let within = n != i128::MIN && d != i128::MIN;
        Some(if within { Self::reduced(n, d) } else { Self::from_parts(n.into(), d.into()) })
    }

    /// The whole number of some digits, however many.
    pub(super) fn of_digits(digits: &str) -> Option<Self> {
        match digits.parse::<i64>() {
            Ok(n) => Some(Self(Form::Small(n, 1))),
            Err(_) => Some(Self::from_parts(digits.parse().ok()?, BigInt::one())),
        }
    }

    /// Reads what is displayed: `120`, `-0.5`, `1/3`. `None` for anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        let (sign, size) = text.strip_prefix('-').map_or((1, text), |size| (-1, size));
        let size = match (size.split_once('.'), size.split_once('/')) {
            (Some((whole, part)), _) => {
                let places = u32::try_from(part.len()).ok().filter(|places| *places > 0)?;
                &whole_number(whole)? + &(&whole_number(part)? * &Self::step_of(places))
            }
            (None, Some((n, d))) => whole_number(n)?.checked_div(&whole_number(d)?)?,
            (None, None) => whole_number(size)?,
        };
        Some(&size * &Self::from(sign))
    }

    /// Ten to the power of minus `decimals`: the smallest step that so many decimals can show.
    pub(super) fn step_of(decimals: u32) -> Self {
        match 10_i64.checked_pow(decimals) {
            Some(power) => Self(Form::Small(1, power)),
            None => Self::from_big(BigRational::new(BigInt::one(), BigInt::from(10).pow(decimals))),
        }
    }

    /// Lowest terms of `n / d`, `d` not zero, neither of them `i128::MIN`.
    fn reduced(n: i128, d: i128) -> Self {
        let common = gcd(n, d) * d.signum();
        Self::of_lowest(over(n, common), over(d, common))
    }

    /// `n / d`, which is in lowest terms.
    fn of_lowest(n: i128, d: i128) -> Self {
        match (within(n), within(d)) {
            (Some(n), Some(d)) => Self(Form::Small(n, d)),
            _ => Self(Form::Big(Box::new(BigRational::new_raw(n.into(), d.into())))),
        }
    }

    fn from_big(big: BigRational) -> Self {
        match (small_part(big.numer()), small_part(big.denom())) {
            (Some(n), Some(d)) => Self(Form::Small(n, d)),
            _ => Self(Form::Big(Box::new(big))),
        }
    }

    pub(super) fn from_parts(n: BigInt, d: BigInt) -> Self {
        Self::from_big(BigRational::new(n, d))
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Form::Small(n, d) => BigRational::new_raw((*n).into(), (*d).into()),
            Form::Big(big) => (**big).clone(),
        }
    }

    /// Numerator in lowest terms.
    pub(super) fn numerator(&self) -> BigInt {
        match &self.0 {
            Form::Small(n, _) => (*n).into(),
            Form::Big(big) => big.numer().clone(),
        }
    }

    /// Denominator in lowest terms, above zero.
    pub(super) fn denominator(&self) -> BigInt {
        match &self.0 {
            Form::Small(_, d) => (*d).into(),
            Form::Big(big) => big.denom().clone(),
        }
    }

    /// The quotient; `None` if `other` is zero.
    pub fn checked_div(&self, other: &Self) -> Option<Self> {
        Some(self * &other.recip()?)
    }

    /// One over it; `None` for zero.
    pub fn recip(&self) -> Option<Self> {
        match &self.0 {
            Form::Small(0, _) => None,
            Form::Small(n, d) => Some(Self(Form::Small(d * n.signum(), n.abs()))),
            Form::Big(big) => Some(Self::from_big(big.recip())),
        }
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Form::Small(0, _))
    }

    /// Whether it is above zero.
    pub fn is_positive(&self) -> bool {
        self.signum() == Ordering::Greater
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.signum() == Ordering::Less
    }

    fn signum(&self) -> Ordering {
        match &self.0 {
            Form::Small(n, _) => n.cmp(&0),
            Form::Big(big) => big.numer().cmp(&BigInt::zero()),
        }
    }

    /// Whether it has no part behind the point.
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Form::Small(_, d) => *d == 1,
            Form::Big(big) => big.is_integer(),
        }
    }

    /// As a whole number, where it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Form::Small(n, 1) => Some(*n),
            _ => None,
        }
    }

    /// As a whole number of any size, where it is one.
    pub fn to_integer(&self) -> Option<BigInt> {
        match &self.0 {
            Form::Small(n, 1) => Some(BigInt::from(*n)),
            Form::Small(..) => None,
            Form::Big(big) => big.is_integer().then(|| big.numer().clone()),
        }
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Form::Small(n, d) => Self(Form::Small(n.div_euclid(*d), 1)),
            Form::Big(big) => Self::from_big(big.floor()),
        }
    }

    /// The largest multiple of `step` that is not above it; itself where `step` is zero.
    #[must_use]
    pub fn floor_to(&self, step: &Self) -> Self {
        if let (Form::Small(n, d), Form::Small(step, parts)) = (&self.0, &step.0) {
            if let Some(down) = floor_in_words((*n, *d), (step.abs(), *parts)) {
                return if *parts == 1 {
                    Self(Form::Small(down, 1))
                } else {
                    Self::reduced(down.into(), (*parts).into())
                };
            }
            let [n, d, step, parts] = [*n, *d, step.abs(), *parts].map(i128::from);
            if let Some(down) = (n * parts).checked_div_euclid(d * step).and_then(|times| times.checked_mul(step)) {
                return Self::reduced(down, parts);
            }
        }
        let step = step.abs();
        match self.checked_div(&step) {
            Some(times) => &times.floor() * &step,
            None => self.clone(),
        }
    }

    /// The smallest multiple of `step` that is not below it; itself where `step` is zero.
    #[must_use]
    pub fn ceil_to(&self, step: &Self) -> Self {
        -((-self).floor_to(step))
    }

    /// Whether it is a whole number of `step`s; only zero is a multiple of zero.
    pub fn is_multiple_of(&self, step: &Self) -> bool {
        if let (Form::Small(n, 1), Form::Small(step, 1)) = (&self.0, &step.0)
            && let Some(over) = n.checked_rem(*step)
        {
            return over == 0;
        }
        self.checked_div(step).map_or_else(|| self.is_zero(), |times| times.is_whole())
    }

    /// The least positive common multiple of two positive fractions; zero if either is zero. Signs do not matter.
    #[must_use]
    pub fn lcm(&self, other: &Self) -> Self {
        if self == other {
            return self.abs();
        }
        // For fractions in lowest terms: lcm of the numerators over gcd of the denominators.
        if let (Form::Small(a, b), Form::Small(c, d)) = (&self.0, &other.0) {
            let (a, c) = (i128::from(a.abs()), i128::from(c.abs()));
            return Self::reduced(if a == 0 { 0 } else { over(a, gcd(a, c)) * c }, gcd((*b).into(), (*d).into()));
        }
        Self::from_parts(self.numerator().lcm(&other.numerator()).abs(), self.denominator().gcd(&other.denominator()))
    }

    /// Rounded to so many decimals, ties to the even neighbour; all the decimals are shown.
    pub fn round_half_even(&self, decimals: u32) -> Decimal {
        let step = Self::step_of(decimals);
        let down = self.floor_to(&step);
        let twice_rest = &(self - &down) + &(self - &down);
        let up = match twice_rest.cmp(&step) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => !down.is_multiple_of(&(&step + &step)),
        };
        Decimal::of(if up { down + step } else { down }, decimals)
    }

    /// The same number as a decimal with the fewest digits, if it has an end.
    pub fn to_decimal(&self) -> Option<Decimal> {
        let (twos, fives, rest_is_one) = match &self.0 {
            Form::Small(_, d) => {
                let twos = d.trailing_zeros();
                let (fives, rest) = fives_of(d >> twos);
                (twos, fives, rest == 1)
            }
            Form::Big(big) => {
                let (twos, rest) = strip(big.denom().clone(), 2);
                let (fives, rest) = strip(rest, 5);
                (twos, fives, rest.is_one())
            }
        };
        rest_is_one.then(|| Decimal::of(self.clone(), twos.max(fives)))
    }

    /// The digits of its numerator, with the sign.
    pub(super) fn digits_of_numerator(&self) -> String {
        match &self.0 {
            Form::Small(n, _) => n.to_string(),
            Form::Big(big) => big.numer().to_string(),
        }
    }
}

/// Most digits of a number that is read; what they stand for would be beyond any use.
const MOST_DIGITS: usize = 10_000;

/// A whole number of digits alone.
fn whole_number(digits: &str) -> Option<Rational> {
    let sound = !digits.is_empty() && digits.len() <= MOST_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| Rational::of_digits(digits)).flatten()
}

fn small_part(big: &BigInt) -> Option<i64> {
    big.to_i64().filter(|n| *n != i64::MIN)
}

/// As a part of a small fraction, if it fits.
fn within(n: i128) -> Option<i64> {
    i64::try_from(n).ok().filter(|n| *n != i64::MIN)
}

/// The greatest common divisor. Most fractions are whole numbers, and most parts fit into a machine word.
fn gcd(a: i128, b: i128) -> i128 {
    if a == 1 || b == 1 {
        return 1;
    }
    match (u64::try_from(a.unsigned_abs()), u64::try_from(b.unsigned_abs())) {
        (Ok(a), Ok(b)) => a.gcd(&b).into(),
        _ => a.gcd(&b),
    }
}

/// `n / divisor`, which is mostly one.
fn over(n: i128, divisor: i128) -> i128 {
    match (divisor, i64::try_from(n), i64::try_from(divisor)) {
        (1, ..) => n,
        // Words are divided many times faster.
        (_, Ok(n), Ok(divisor)) if divisor > 0 => (n / divisor).into(),
        _ => n / divisor,
    }
}

/// The numerator, over `parts`, of the largest multiple of `step / parts` that is not above `n / d`, where machine words do.
fn floor_in_words((n, d): (i64, i64), (step, parts): (i64, i64)) -> Option<i64> {
    let times = n.checked_mul(parts)?.checked_div_euclid(d.checked_mul(step)?)?;
    times.checked_mul(step).filter(|down| *down != i64::MIN)
}

/// How often five divides `n`, and what is left.
fn fives_of(mut n: i64) -> (u32, i64) {
    let mut times = 0;
    while n % 5 == 0 {
        n /= 5;
        times += 1;
    }
    (times, n)
}

/// How often `prime` divides `n`, and what is left.
fn strip(mut n: BigInt, prime: u32) -> (u32, BigInt) {
    let mut times = 0;
    loop {
        let (quotient, rest) = n.div_rem(&BigInt::from(prime));
        if !rest.is_zero() {
            return (times, n);
        }
        n = quotient;
        times += 1;
    }
}

/// A whole number, if it is there and can be kept small.
fn whole(n: Option<i64>) -> Option<Rational> {
    n.filter(|n| *n != i64::MIN).map(|n| Rational(Form::Small(n, 1)))
}

fn small_sum((a, b): (i64, i64), (c, d): (i64, i64)) -> Rational {
    if let (1, 1, Some(sum)) = (b, d, whole(a.checked_add(c))) {
        return sum;
    }
    if a == 0 || c == 0 {
        return Rational(if a == 0 { Form::Small(c, d) } else { Form::Small(a, b) });
    }
    let [a, b, c, d] = [a, b, c, d].map(i128::from);
    let common = gcd(b, d);
    let (b_rest, d_rest) = (over(b, common), over(d, common));
    let sum = a * d_rest + c * b_rest;
    // Both are in lowest terms, so that only what the denominators share can be in the sum too.
    let shared = gcd(sum, common);
    Rational::of_lowest(over(sum, shared), b_rest * over(d, shared))
}

fn small_product((a, b): (i64, i64), (c, d): (i64, i64)) -> Rational {
    if let (1, 1, Some(product)) = (b, d, whole(a.checked_mul(c))) {
        return product;
    }
    let [a, b, c, d] = [a, b, c, d].map(i128::from);
    let (left, right) = (gcd(a, d), gcd(c, b));
    Rational::of_lowest(over(a, left) * over(c, right), over(b, right) * over(d, left))
}

impl Add<&Rational> for &Rational {
    type Output = Rational;
    fn add(self, other: &Rational) -> Rational {
        match (&self.0, &other.0) {
            (Form::Small(a, b), Form::Small(c, d)) => small_sum((*a, *b), (*c, *d)),
            _ => Rational::from_big(self.to_big() + other.to_big()),
        }
    }
}

impl Sub<&Rational> for &Rational {
    type Output = Rational;
    fn sub(self, other: &Rational) -> Rational {
        match (&self.0, &other.0) {
            (Form::Small(a, b), Form::Small(c, d)) => small_sum((*a, *b), (-c, *d)),
            _ => Rational::from_big(self.to_big() - other.to_big()),
        }
    }
}

impl Mul<&Rational> for &Rational {
    type Output = Rational;
    fn mul(self, other: &Rational) -> Rational {
        match (&self.0, &other.0) {
            (Form::Small(a, b), Form::Small(c, d)) => small_product((*a, *b), (*c, *d)),
            _ => Rational::from_big(self.to_big() * other.to_big()),
        }
    }
}

impl Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        match &self.0 {
            Form::Small(n, d) => Rational(Form::Small(-n, *d)),
            Form::Big(big) => Rational::from_big(-(**big).clone()),
        }
    }
}

impl Neg for Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        -&self
    }
}

/// The operators for every mixture of values and references.
macro_rules! mixtures {
    ($($trait:ident $method:ident),*) => {$(
        impl $trait for Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational {
                (&self).$method(&other)
            }
        }
        impl $trait<&Rational> for Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational {
                (&self).$method(other)
            }
        }
        impl $trait<Rational> for &Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational {
                self.$method(&other)
            }
        }
    )*};
}

mixtures!(Add add, Sub sub, Mul mul);

impl AddAssign<&Rational> for Rational {
    fn add_assign(&mut self, other: &Rational) {
        *self = &*self + other;
    }
}

impl AddAssign for Rational {
    fn add_assign(&mut self, other: Rational) {
        *self += &other;
    }
}

impl SubAssign<&Rational> for Rational {
    fn sub_assign(&mut self, other: &Rational) {
        *self = &*self - other;
    }
}

impl SubAssign for Rational {
    fn sub_assign(&mut self, other: Rational) {
        *self -= &other;
    }
}

impl Sum for Rational {
    fn sum<I: Iterator<Item = Rational>>(iter: I) -> Rational {
        iter.fold(Rational::zero(), |sum, next| sum + next)
    }
}

impl<'a> Sum<&'a Rational> for Rational {
    fn sum<I: Iterator<Item = &'a Rational>>(iter: I) -> Rational {
        iter.fold(Rational::zero(), |sum, next| sum + next)
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Form::Small(a, b), Form::Small(c, d)) = (&self.0, &other.0) {
            if b == d {
                return a.cmp(c);
            }
            let [a, b, c, d] = [*a, *b, *c, *d].map(i128::from);
            return (a * d).cmp(&(c * b));
        }
        self.to_big().cmp(&other.to_big())
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Default for Rational {
    fn default() -> Self {
        Self::zero()
    }
}

impl From<BigInt> for Rational {
    fn from(n: BigInt) -> Self {
        Self::from_parts(n, BigInt::one())
    }
}

impl From<i64> for Rational {
    fn from(n: i64) -> Self {
        Self::reduced(n.into(), 1)
    }
}

impl From<i32> for Rational {
    fn from(n: i32) -> Self {
        Self(Form::Small(n.into(), 1))
    }
}

impl From<u32> for Rational {
    fn from(n: u32) -> Self {
        Self(Form::Small(n.into(), 1))
    }
}

/// A decimal where that has an end, else `n/d`.
impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal() {
            Some(decimal) => decimal.fmt(f),
            None => write!(f, "{}/{}", self.digits_of_numerator(), self.denominator()),
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

    /// Small numbers, numbers at the edges of 64 and 128 bits, and numbers beyond them.
    fn rational() -> impl Strategy<Value = Rational> {
        let part = prop_oneof![
            (-50_i128..50),
            any::<i64>().prop_map(i128::from),
            any::<i128>(),
            prop_oneof![Just(i64::MIN), Just(i64::MAX), Just(i64::MIN + 1)].prop_map(i128::from),
            Just(i128::MIN),
            Just(i128::MAX)
        ];
        let plain = (part.clone(), part).prop_filter_map("no denominator", |(n, d)| Rational::new(n, d));
        (plain.clone(), plain, any::<bool>()).prop_map(|(a, b, beyond)| if beyond { &a * &b } else { a })
    }

    fn small() -> impl Strategy<Value = Rational> {
        (-10_000_i128..10_000, 1_i128..500).prop_map(|(n, d)| Rational::new(n, d).unwrap())
    }

    fn positive() -> impl Strategy<Value = Rational> {
        small().prop_map(|r| r.abs()).prop_filter("zero", Rational::is_positive)
    }

    fn is_canonical(r: &Rational) -> bool {
        let big = r.to_big();
        let fits = small_part(big.numer()).is_some() && small_part(big.denom()).is_some();
        big.reduced() == big && matches!(r.0, Form::Small(..)) == fits
    }

    proptest! {
        #[test]
        fn arithmetic_is_that_of_big_fractions(a in rational(), b in rational()) {
            let (x, y) = (a.to_big(), b.to_big());
            prop_assert_eq!((&a + &b).to_big(), &x + &y);
            prop_assert_eq!((&a - &b).to_big(), &x - &y);
            prop_assert_eq!((&a * &b).to_big(), &x * &y);
            prop_assert_eq!((-&a).to_big(), -&x);
            prop_assert_eq!(a.abs().to_big(), x.abs());
            prop_assert_eq!(a.floor().to_big(), x.floor());
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
            prop_assert_eq!(a == b, x == y);
            match a.checked_div(&b) {
                Some(quotient) => prop_assert_eq!(quotient.to_big(), &x / &y),
                None => prop_assert!(y.is_zero()),
            }
        }

        #[test]
        fn every_result_has_the_one_form_of_its_value(a in rational(), b in rational()) {
            let results = [&a + &b, &a - &b, &a * &b, -&a, a.abs(), a.floor(), a.lcm(&b), (&a + &b) - &b];
            for result in &results {
                prop_assert!(is_canonical(result), "{result:?}");
            }
            prop_assert_eq!(&results[7], &a);
        }

        #[test]
        fn floor_and_ceil_are_the_nearest_multiples(a in small(), step in positive()) {
            let (down, up) = (a.floor_to(&step), a.ceil_to(&step));
            prop_assert!(down <= a && &a - &down < step && down.is_multiple_of(&step));
            prop_assert!(up >= a && &up - &a < step && up.is_multiple_of(&step));
            prop_assert_eq!(down == up, a.is_multiple_of(&step));
        }

        #[test]
        fn the_common_multiple_is_the_least(a in positive(), b in positive()) {
            let lcm = a.lcm(&b);
            prop_assert!(lcm.is_multiple_of(&a) && lcm.is_multiple_of(&b) && lcm.is_positive());
            prop_assert_eq!(&lcm, &b.lcm(&a));
            // Of two counts of times without a common factor none smaller will do.
            let times = |part: &Rational| lcm.checked_div(part).unwrap().numerator();
            prop_assert!(times(&a).gcd(&times(&b)).is_one());
        }

        #[test]
        fn rounding_takes_the_nearest_and_on_a_tie_the_even(a in small(), decimals in 0_u32..4) {
            let step = Rational::step_of(decimals);
            let rounded = a.round_half_even(decimals);
            prop_assert_eq!(rounded.scale(), decimals);
            let far = (rounded.rational() - &a).abs();
            let twice = &far + &far;
            prop_assert!(twice <= step);
            if twice == step {
                prop_assert!(rounded.rational().is_multiple_of(&(&step + &step)));
            }
        }

        #[test]
        fn a_decimal_of_a_fraction_is_exact_and_short(a in small()) {
            let divides = |d: &Rational| Rational::from_parts(BigInt::from(10).pow(20), BigInt::one()).is_multiple_of(d);
            match a.to_decimal() {
                Some(decimal) => {
                    prop_assert_eq!(decimal.rational(), a);
                    prop_assert!(decimal.scale() == 0 || !decimal.to_string().ends_with('0'));
                }
                None => prop_assert!(!divides(&Rational::from_parts(a.denominator(), BigInt::one()))),
            }
        }
    }

    #[test]
    fn zero_divides_nothing_and_steps_of_zero_change_nothing() {
        assert_eq!(Rational::new(1, 0), None);
        assert_eq!(Rational::zero().recip(), None);
        assert_eq!(Rational::one().checked_div(&Rational::zero()), None);
        assert_eq!(Rational::one().floor_to(&Rational::zero()), Rational::one());
        assert!(!Rational::one().is_multiple_of(&Rational::zero()));
        assert!(Rational::zero().is_multiple_of(&Rational::zero()));
    }

    #[test]
    fn fractions_without_an_end_are_shown_as_fractions() {
        assert_eq!(Rational::new(-1, 3).unwrap().to_string(), "-1/3");
        assert_eq!(Rational::new(5, -4).unwrap().to_string(), "-1.25");
        assert_eq!(Rational::from(7_u32).to_string(), "7");
    }
}
