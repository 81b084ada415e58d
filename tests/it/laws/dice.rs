//! Choices from a list of random numbers, each list being one case: shorter and smaller numbers are simpler cases.

use proptest::collection::vec;
use proptest::prelude::*;

/// Numbers to choose by, used one after another; when they are used up, everything is the simplest.
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    numbers: Vec<u16>,
    next: usize,
}

impl Dice {
    /// As many throws as a pair needs.
    pub(super) fn any() -> impl Strategy<Value = Self> {
        Self::of(1..220)
    }

    /// So many throws.
    pub(crate) fn of(throws: std::ops::Range<usize>) -> impl Strategy<Value = Self> {
        vec(any::<u16>(), throws).prop_map(|numbers| Self { numbers, next: 0 })
    }

    /// A number below `sides`; 0 is the simplest.
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        let number = self.numbers.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        usize::from(number) % sides
    }

    /// Happens `times` of `of`.
    pub(crate) fn chance(&mut self, times: usize, of: usize) -> bool {
        self.below(of) >= of - times
    }

    /// One of these; the first is the simplest.
    pub(crate) fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// Some of these, at least one, in an order of their own.
    pub(super) fn some<T: Clone>(&mut self, of: &[T]) -> Vec<T> {
        let mut left = of.to_vec();
        let count = 1 + self.below(of.len());
        (0..count).map(|_| left.remove(self.below(left.len()))).collect()
    }

    /// The same in another order.
    pub(crate) fn shuffled<T: Clone>(&mut self, of: &[T]) -> Vec<T> {
        let mut left = of.to_vec();
        (0..of.len()).map(|_| left.remove(self.below(left.len()))).collect()
    }
}
