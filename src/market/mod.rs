//! Many manifests: which pairs of them have something to deal on, and what each pair comes to.
//!
//! Pairs are found by an index on items and operations, so that no more are looked at than there is something to say of.
//! Nothing is kept of a negotiation but a row, and no row depends on the order in which manifests are given.

mod index;
mod row;
mod table;

pub use row::{Pair, Standing};
pub use table::{Entry, Row, Table, Why, table_schema};

use index::Index;

use crate::lint::Checked;
use crate::negotiate::{Side, appraise};

/// Which pairs are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those of which an offer of one meets a need of the other by item.
    Items,
    /// Also those that agree on operations alone, or of which one grants some to the other.
    Operations,
}

/// What counts as a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// Lines, and operations without any line too.
    All,
    /// Lines alone.
    Lines,
}

/// Manifests that are matched with each other, in the order of their ids.
#[derive(Debug)]
pub struct Market<'a> {
    sides: Vec<Side<'a>>,
    index: Index<'a>,
}

impl<'a> Market<'a> {
    /// A market of manifests of different coops; of two with one id only the first is taken.
    pub fn new(mut sides: Vec<Side<'a>>) -> Self {
        let id = |side: &Side<'a>| &side.checked.coop.id.value;
        sides.sort_by(|a, b| id(a).cmp(id(b)));
        sides.dedup_by(|a, b| id(a) == id(b));
        let manifests: Vec<&Checked> = sides.iter().map(|side| side.checked).collect();
        let index = Index::new(&manifests);
        Self { sides, index }
    }

    /// The manifests, in the order of their ids.
    pub fn sides(&self) -> &[Side<'a>] {
        &self.sides
    }

    /// The rows of one manifest and those after it. The rows of all manifests are those of all pairs, each once.
    pub fn pairs_of(&self, one: usize, reach: Reach, counting: Counting) -> Vec<Pair> {
        let Some(side) = self.sides.get(one) else { return Vec::new() };
        let others = self.index.partners(one, reach).into_iter();
        let pair = |other: usize| {
            let appraisal = appraise(side, self.sides.get(other)?);
            let told = appraisal.candidates > 0 || appraisal.operations > 0;
            told.then(|| Pair::new([one, other], appraisal, counting))
        };
        others.filter_map(pair).collect()
    }
}
