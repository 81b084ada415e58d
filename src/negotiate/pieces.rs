//! The quantities of a line in pieces, one to each tier, and where they end: all that the best delivery is looked for among.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::domain::Interval;
use crate::value::Rational;

/// The quantities that a set and a tier share.
pub(super) struct Piece {
    /// The smallest, if there is any.
    pub(super) first: Option<Rational>,
    /// The largest. Without multiples a piece that runs up to the next tier has none, and needs none: where that begins is
    /// dearer to neither side.
    pub(super) last: Option<Rational>,
}

impl Piece {
    /// The piece of `set` from `from` to below `next`.
    pub(super) fn of(
        set: &Interval,
        from: &Rational,
        next: Option<&Rational>,
        plenty: impl FnOnce() -> Rational,
    ) -> Self {
        let first = set.at_least(from).filter(|q| next.is_none_or(|next| q < next));
        let reaches = |next: &Rational| set.hi().is_none_or(|hi| hi >= next);
        let last = match (next, set.step()) {
            (Some(next), Some(step)) => set.at_most(&(&next.ceil_to(step) - step)),
            (Some(next), None) if reaches(next) => None,
            _ => set.hi().cloned().or_else(|| set.at_most(&plenty())),
        };
        Self { first, last: last.filter(|q| q >= from) }
    }

    /// Its ends, as far as they are quantities.
    pub(super) fn ends(self) -> impl Iterator<Item = Rational> {
        let last = self.last.filter(|last| self.first.as_ref() != Some(last));
        self.first.into_iter().chain(last).filter(Rational::is_positive)
    }
}

/// Where a piece ends: a quantity that is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// Index into the tiers.
    pub(super) tier: Option<usize>,
    pub(super) quantity: Rational,
}

/// Where the pieces of a line end in each of its rhythms, worked out when it is first asked and shared by lines that are
/// alike in amounts, whatever their prices. What is cloned is about to be changed, and works out its own.
#[derive(Debug, Default)]
pub(super) struct Ends(Rc<OnceCell<Vec<OnceCell<Vec<End>>>>>);

impl Clone for Ends {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Ends {
    /// The same ones.
    pub(super) fn shared(&self) -> Self {
        Self(self.0.clone())
    }

    /// Those of one of so many rhythms.
    pub(super) fn of(&self, rhythm: usize, rhythms: usize, find: impl FnOnce() -> Vec<End>) -> &[End] {
        let cells = self.0.get_or_init(|| vec![OnceCell::new(); rhythms]);
        cells.get(rhythm).map_or(&[], |cell| cell.get_or_init(find).as_slice())
    }
}
