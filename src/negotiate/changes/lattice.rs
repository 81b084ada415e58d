//! How far an end has to move: the amounts to which it could, and the search for the nearest that does.

use crate::value::{Decimal, Rational};

/// Where an end can go, one way. What does goes on doing farther away (law 5), so that halving finds the nearest.
pub(super) struct Way {
    /// Where it is.
    pub(super) from: Rational,
    /// Whether it goes up.
    pub(super) up: bool,
    /// The lattice: whole multiples of this.
    pub(super) step: Rational,
    /// The lowest that it can go on the lattice.
    pub(super) least: Rational,
    /// Amounts beside the lattice at which something else begins or ends.
    pub(super) marks: Vec<Rational>,
    /// Whether it is worth going on where none of the marks does.
    pub(super) beyond_marks: bool,
}

/// How many times what is stated may be doubled in search of an amount that does.
const MOST_DOUBLINGS: u32 = 24;
/// Most decimals that a manifest writes.
const MOST_DECIMALS: u32 = 6;
/// Amounts have at most fifteen digits before the point.
const TOO_LARGE: i64 = 1_000_000_000_000_000;

/// An amount as a manifest can write it; nothing where it cannot.
pub(super) fn writable(amount: &Rational) -> Option<Decimal> {
    let is_small = amount.abs() < Rational::from(TOO_LARGE);
    amount.to_decimal().filter(|decimal| is_small && decimal.scale() <= MOST_DECIMALS)
}

/// An amount that can be written, farther away where this one cannot.
pub(super) fn rounded_away(amount: &Rational, up: bool) -> Rational {
    if writable(amount).is_some() {
        return amount.clone();
    }
    if up { amount.ceil_to(&thousandth()) } else { amount.floor_to(&thousandth()) }
}

/// The nearest amount that six decimals hold, not short of this one on its way; nothing where it is too large.
pub(super) fn last_not_short_of(amount: &Rational, up: bool) -> Option<Rational> {
    if writable(amount).is_some() {
        return Some(amount.clone());
    }
    let last =
        (0..MOST_DECIMALS).fold(Rational::one(), |last, _| last.checked_div(&Rational::from(10)).unwrap_or(last));
    Some(if up { amount.ceil_to(&last) } else { amount.floor_to(&last) }).filter(|amount| writable(amount).is_some())
}

/// The last thousandth before an amount.
pub(super) fn just_short_of(amount: &Rational) -> Rational {
    &amount.ceil_to(&thousandth()) - &thousandth()
}

fn thousandth() -> Rational {
    Rational::new(1, 1000).unwrap_or_default()
}

impl Way {
    /// The nearest amount that does, of the lattice and the marks.
    pub(super) fn nearest(&self, does: &dyn Fn(&Rational) -> bool) -> Option<Rational> {
        let marks = self.in_order(&self.marks);
        // Mostly none does, and then the last tells.
        let none_does = marks.last().is_some_and(|last| !does(last));
        let short = if none_does { marks.len() } else { marks.partition_point(|mark| !does(mark)) };
        let near = short.checked_sub(1).and_then(|last| marks.get(last)).map_or(Some(0), |mark| self.steps_to(mark))?;
        let Some(mark) = marks.get(short) else {
            return if self.beyond_marks { self.nearest_beyond(near, does) } else { None };
        };
        let before = self.steps_to(mark)?;
        let before = if self.after(before) == *mark { before - 1 } else { before };
        let is_nearer = before > near && does(&self.after(before));
        Some(if is_nearer { self.between(near, before, does) } else { mark.clone() })
    }

    /// Amounts that lie this way, the nearest first.
    pub(super) fn in_order(&self, amounts: &[Rational]) -> Vec<Rational> {
        let lies_ahead = |amount: &&Rational| {
            if self.up { **amount > self.from } else { **amount < self.from && !amount.is_negative() }
        };
        let mut ahead: Vec<Rational> = amounts.iter().filter(lies_ahead).cloned().collect();
        ahead.sort();
        ahead.dedup();
        if !self.up {
            ahead.reverse();
        }
        ahead
    }

    /// The last point of the lattice that is not beyond an amount, in steps.
    fn steps_to(&self, amount: &Rational) -> Option<i64> {
        let way = if self.up { amount - &self.start() } else { &self.start() - amount };
        way.checked_div(&self.step)?.floor().to_i64()
    }

    /// The amount after so many steps.
    fn after(&self, steps: i64) -> Rational {
        let way = &self.step * &Rational::from(steps);
        if self.up { &self.start() + &way } else { &self.start() - &way }
    }

    /// Where steps are counted from: on the lattice, and not ahead.
    fn start(&self) -> Rational {
        if self.up { self.from.floor_to(&self.step) } else { self.from.ceil_to(&self.step) }
    }

    /// The nearest amount of the lattice that does, where no mark does.
    fn nearest_beyond(&self, mut near: i64, does: &dyn Fn(&Rational) -> bool) -> Option<Rational> {
        if !self.up {
            let last = self.steps_to(&self.least)?;
            return (last > near && does(&self.after(last))).then(|| self.between(near, last, does));
        }
        let stated = self.start().checked_div(&self.step)?.to_i64()?;
        let mut far = near.max(stated).max(1);
        let farthest = far.saturating_mul(1 << MOST_DOUBLINGS);
        if !does(&self.after(farthest)) {
            return None;
        }
        while far < farthest && !does(&self.after(far)) {
            near = far;
            far = far.saturating_mul(2);
        }
        Some(self.between(near, far, does))
    }

    /// The nearest that does, where `near` steps do not and `far` do.
    fn between(&self, mut near: i64, mut far: i64, does: &dyn Fn(&Rational) -> bool) -> Rational {
        while far - near > 1 {
            let middle = near + (far - near) / 2;
            if does(&self.after(middle)) {
                far = middle;
            } else {
                near = middle;
            }
        }
        self.after(far)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn way(from: i64, up: bool, step: i64, marks: &[i64]) -> Way {
        Way {
            from: from.into(),
            up,
            step: step.into(),
            least: step.into(),
            marks: marks.iter().map(|mark| Rational::from(*mark)).collect(),
            beyond_marks: true,
        }
    }

    proptest! {
        #[test]
        fn the_nearest_of_lattice_and_marks_is_found(
            from in 1i64..60,
            up: bool,
            step in 1i64..8,
            marks in proptest::collection::vec(1i64..200, 0..5),
            limit in 1i64..150,
        ) {
            let way = way(from, up, step, &marks);
            let ahead = |at: i64| if up { at > from } else { at < from };
            let reaches = |at: i64| if up { at >= limit } else { at <= limit };
            let on_lattice = (1..400).map(|n| n * step).filter(|at| ahead(*at) && reaches(*at));
            let on_marks = marks.iter().copied().filter(|at| ahead(*at) && reaches(*at));
            let expected = on_lattice.chain(on_marks).min_by_key(|at| (at - from).abs());
            let found = way.nearest(&|at| at.to_i64().is_some_and(|at| ahead(at) && reaches(at)));
            prop_assert_eq!(found, expected.map(Rational::from));
        }
    }

    #[test]
    fn what_never_does_is_soon_given_up() {
        let tried = std::cell::Cell::new(0);
        let never = |_: &Rational| {
            tried.set(tried.get() + 1);
            false
        };
        assert_eq!(way(50, true, 1, &[60, 70, 80]).nearest(&never), None);
        assert!(tried.get() <= 3, "{} trials", tried.get());
    }
}
