//! Intervals of numbers, both ends inclusive and either one missing, maybe on multiples counted from zero.

use crate::value::Rational;

/// A set of numbers in canonical form: ends lie on the lattice, a single number has none, the empty set is one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    lo: Option<Rational>,
    hi: Option<Rational>,
    step: Option<Rational>,
}

impl Interval {
    /// The numbers from `lo` to `hi` that are multiples of `step`; a `step` that is not positive counts as none.
    pub fn new(lo: Option<Rational>, hi: Option<Rational>, step: Option<Rational>) -> Self {
        let step = step.filter(Rational::is_positive);
        let (lo, hi) = match &step {
            Some(step) => (lo.map(|v| v.ceil_to(step)), hi.map(|v| v.floor_to(step))),
            None => (lo, hi),
        };
        match (&lo, &hi) {
            (Some(l), Some(h)) if l > h => Self::empty(),
            (Some(l), Some(h)) if l == h => Self { lo, hi, step: None },
            _ => Self { lo, hi, step },
        }
    }

    /// All numbers.
    pub fn all() -> Self {
        Self { lo: None, hi: None, step: None }
    }

    /// No number.
    pub fn empty() -> Self {
        Self { lo: Some(Rational::one()), hi: Some(Rational::zero()), step: None }
    }

    /// Exactly one number.
    pub fn point(value: Rational) -> Self {
        Self { lo: Some(value.clone()), hi: Some(value), step: None }
    }

    /// The smallest number, if there is one.
    pub fn lo(&self) -> Option<&Rational> {
        self.lo.as_ref()
    }

    /// The largest number, if there is one.
    pub fn hi(&self) -> Option<&Rational> {
        self.hi.as_ref()
    }

    /// The distance of neighbours, if the numbers are on a lattice.
    pub fn step(&self) -> Option<&Rational> {
        self.step.as_ref()
    }

    /// Whether there is no number in it.
    pub fn is_empty(&self) -> bool {
        matches!((&self.lo, &self.hi), (Some(lo), Some(hi)) if lo > hi)
    }

    /// The only number, if there is exactly one.
    pub fn single(&self) -> Option<&Rational> {
        self.lo.as_ref().filter(|lo| self.hi.as_ref() == Some(lo))
    }

    /// Whether a number is in it.
    pub fn contains(&self, value: &Rational) -> bool {
        self.lo.as_ref().is_none_or(|lo| lo <= value)
            && self.hi.as_ref().is_none_or(|hi| value <= hi)
            && self.step.as_ref().is_none_or(|step| value.is_multiple_of(step))
    }

    /// The numbers in both; multiples meet in their least common multiple.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::empty();
        }
        // A single number has lost its lattice, so it is asked whether it is in the other set.
        for (point, set) in [(self, other), (other, self)] {
            if let Some(value) = point.single() {
                return if set.contains(value) { point.clone() } else { Self::empty() };
            }
        }
        let lo = pick(&self.lo, &other.lo, |a, b| a.max(b).clone());
        let hi = pick(&self.hi, &other.hi, |a, b| a.min(b).clone());
        let step = pick(&self.step, &other.step, |a, b| a.lcm(b));
        Self::new(lo, hi, step)
    }

    /// The largest number in it that is at most `value`.
    pub fn at_most(&self, value: &Rational) -> Option<Rational> {
        if self.lo.as_ref().is_some_and(|lo| lo > value) || self.is_empty() {
            return None;
        }
        if let Some(hi) = self.hi.as_ref().filter(|hi| *hi <= value) {
            return Some(hi.clone());
        }
        // The lower end is a multiple, so that what is rounded down is not below it.
        Some(self.step.as_ref().map_or_else(|| value.clone(), |step| value.floor_to(step)))
    }

    /// The smallest number in it that is at least `value`.
    pub fn at_least(&self, value: &Rational) -> Option<Rational> {
        if self.hi.as_ref().is_some_and(|hi| hi < value) || self.is_empty() {
            return None;
        }
        if let Some(lo) = self.lo.as_ref().filter(|lo| *lo >= value) {
            return Some(lo.clone());
        }
        Some(self.step.as_ref().map_or_else(|| value.clone(), |step| value.ceil_to(step)))
    }
}

/// Combines two optional values; a missing one leaves the other as it is.
fn pick(
    a: &Option<Rational>,
    b: &Option<Rational>,
    both: impl Fn(&Rational, &Rational) -> Rational,
) -> Option<Rational> {
    match (a, b) {
        (Some(a), Some(b)) => Some(both(a, b)),
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = Rational> {
        (-12i64..=24).prop_map(Rational::from)
    }

    fn interval() -> impl Strategy<Value = Interval> {
        let end = || proptest::option::of(number());
        let step = proptest::option::of((1i64..=6).prop_map(Rational::from));
        (end(), end(), step).prop_map(|(lo, hi, step)| Interval::new(lo, hi, step))
    }

    /// The members among the numbers that the generator can tell apart, halves included.
    fn members(set: &Interval) -> Vec<bool> {
        let half = Rational::new(1, 2).unwrap();
        (-200i64..=200).map(|n| set.contains(&(&Rational::from(n) * &half))).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5000))]

        #[test]
        fn law_9_meeting_is_commutative_associative_and_idempotent(a in interval(), b in interval(), c in interval()) {
            prop_assert_eq!(a.meet(&b), b.meet(&a));
            prop_assert_eq!(a.meet(&b).meet(&c), a.meet(&b.meet(&c)));
            prop_assert_eq!(a.meet(&a), a.clone());
        }

        #[test]
        fn the_nearest_numbers_are_the_ends_of_what_is_left(a in interval(), halves in -30i64..60) {
            let value = Rational::new(halves.into(), 2).unwrap();
            let below = a.meet(&Interval::new(None, Some(value.clone()), None));
            prop_assert_eq!(a.at_most(&value), below.hi().filter(|_| !below.is_empty()).cloned());
            let above = a.meet(&Interval::new(Some(value.clone()), None, None));
            prop_assert_eq!(a.at_least(&value), above.lo().filter(|_| !above.is_empty()).cloned());
        }

        #[test]
        fn law_9_meeting_is_what_both_contain_and_forms_are_canonical(a in interval(), b in interval()) {
            let met = a.meet(&b);
            let both: Vec<bool> = members(&a).iter().zip(members(&b)).map(|(x, y)| *x && y).collect();
            prop_assert_eq!(members(&met), both);
            prop_assert_eq!(members(&a) == members(&b), a == b);
        }
    }

    #[test]
    fn multiples_meet_in_their_least_common_multiple() {
        let n = |v: i64| Some(Rational::from(v));
        let met = Interval::new(n(500), None, n(50)).meet(&Interval::new(None, n(1000), n(30)));
        assert_eq!(met, Interval::new(n(600), n(900), n(150)));
    }
}
