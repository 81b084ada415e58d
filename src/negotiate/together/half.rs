//! One of two lines of a need: what it can deliver of a part of what is asked, and what that gains.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::starts::starts;
use super::steps::Steps;
use crate::domain::Interval;
use crate::negotiate::bargain::{Bargain, Demand, Volume};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::pieces::Piece;
use crate::negotiate::points::WorkLimit;
use crate::value::{Duration, Rational};

/// What a delivery comes to in a year: the greater gain is better, then the larger quantity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth {
    pub(super) gain: Rational,
    pub(super) quantity: Rational,
}

impl Worth {
    pub(super) fn plus(&self, other: &Self) -> Self {
        Self { gain: &self.gain + &other.gain, quantity: &self.quantity + &other.quantity }
    }
}

/// Quantities of one tier, from where some choice of terms begins to be possible. The gain of that choice rises with each, and
/// so does the greatest of all choices that are possible at the first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub(super) first: Rational,
    /// Where the next tier begins, if it runs up to that without multiples: there it gains no less.
    pub(super) last: Rational,
    /// The multiples in which it is counted.
    pub(super) step: Option<Rational>,
}

/// A line in one rhythm of whose need only a part is asked. Quantities are of what was asked: of a substitute, of what it
/// stands in for.
pub(super) struct Half<'c, 'a> {
    line: &'c Candidate<'a>,
    bargain: Bargain,
    /// How much of what is delivered one of what was asked is.
    ratio: Rational,
    /// What the need asks of one delivery.
    pub(super) asked: Interval,
    /// What it says of quantities and volumes, in which two lines have to be alike.
    pub(super) need: (Interval, Option<Volume>),
    pub(super) runs: Vec<Run>,
    /// What was found of quantities already.
    known: RefCell<BTreeMap<Rational, Option<Worth>>>,
}

impl<'c, 'a> Half<'c, 'a> {
    /// A line in one of its rhythms; nothing where it can deliver nothing that gains.
    pub(super) fn new(
        line: &'c Candidate<'a>,
        rhythm: Option<usize>,
        steps: &mut Steps,
    ) -> Result<Option<Self>, WorkLimit> {
        let ratio = line.substitute.map_or_else(Rational::one, |substitute| substitute.ratio.clone());
        let (Some((_, bargain)), Some(part)) = (&line.counted, ratio.recip()) else { return Ok(None) };
        let asked = bargain.asked(rhythm);
        let cut = Interval::new(Some(Rational::zero()), asked.hi().cloned(), bargain.demand.multiple.clone());
        let volume = bargain.demand.volume.as_ref().map(|volume| Volume {
            at_least: volume.at_least.as_ref().map(|end| end * &part),
            at_most: volume.at_most.as_ref().map(|end| end * &part),
            years: volume.years.clone(),
        });
        let need = (times(&bargain.demand.quantity, &part), volume);
        let bargain = in_rhythm(bargain, rhythm, cut);
        let runs = runs(&bargain, &part, steps)?;
        let known = RefCell::default();
        let half = Self { line, bargain, ratio, asked: times(&asked, &part), need, runs, known };
        Ok((!half.runs.is_empty()).then_some(half))
    }

    /// How often it delivers.
    pub(super) fn every(&self) -> Option<Duration> {
        self.bargain.rhythms.as_ref()?.first().map(|rhythm| rhythm.every)
    }

    /// By what the rhythm comes before others of the line (R6).
    pub(super) fn rank(&self) -> Option<((usize, usize), String)> {
        self.bargain.rhythms.as_ref()?.first().map(|rhythm| (rhythm.rank, rhythm.every.to_string()))
    }

    /// What is delivered in a year where one delivery is a quantity; a single one counts once.
    pub(super) fn per_year(&self, quantity: &Rational) -> Rational {
        let years = self.bargain.rhythms.as_ref().and_then(|all| all.first()).map(|rhythm| &rhythm.years);
        years.and_then(|years| quantity.checked_div(years)).unwrap_or_else(|| quantity.clone())
    }

    /// What a delivery comes to; nothing where it is none, or costs more than it is worth. Without an agreed price it gains
    /// nothing.
    pub(super) fn worth(&self, quantity: &Rational) -> Result<Option<Worth>, WorkLimit> {
        if let Some(known) = self.known.borrow().get(quantity) {
            return Ok(known.clone());
        }
        let gain = self.bargain.gain_of(&(quantity * &self.ratio), self.bargain.only_rhythm())?;
        let gain = gain.filter(|gain| !gain.is_negative());
        let worth = gain.map(|gain| Worth { gain: self.per_year(&gain), quantity: self.per_year(quantity) });
        self.known.borrow_mut().insert(quantity.clone(), worth.clone());
        Ok(worth)
    }

    /// The line of one delivery alone.
    pub(super) fn narrowed(&self, quantity: &Rational) -> Candidate<'a> {
        let mut line = self.line.clone();
        let bargain = asking(&self.bargain, Interval::point(quantity * &self.ratio));
        line.counted = line.counted.map(|(measure, _)| (measure, Rc::new(bargain)));
        line
    }
}

impl Bargain {
    fn only_rhythm(&self) -> Option<usize> {
        self.rhythms.as_ref().map(|_| 0)
    }
}

/// What can be delivered and gains, of what was asked of which `part` is delivered.
fn runs(bargain: &Bargain, part: &Rational, steps: &mut Steps) -> Result<Vec<Run>, WorkLimit> {
    let rhythm = bargain.only_rhythm();
    let step = bargain.quantities(rhythm).step().cloned();
    let mut runs = Vec::new();
    for (tier, Piece { first, last }) in bargain.pieces(rhythm) {
        let next = || bargain.supply.tiers.as_ref()?.get(tier? + 1).map(|next| next.from.clone());
        let (Some(first), Some(last)) = (first, last.or_else(next)) else { continue };
        for start in starts(bargain, rhythm, tier, &first, steps)? {
            let start = step.as_ref().map_or_else(|| start.clone(), |step| start.ceil_to(step).max(step.clone()));
            if start <= last {
                let step = step.as_ref().map(|step| step * part);
                runs.push(Run { first: &start * part, last: &last * part, step });
            }
        }
    }
    runs.sort();
    runs.dedup();
    Ok(runs)
}

/// The numbers of a line in one rhythm whose need takes any quantity of a set.
fn in_rhythm(bargain: &Bargain, rhythm: Option<usize>, quantity: Interval) -> Bargain {
    let one = |all: &Rc<[_]>| rhythm.and_then(|at| all.get(at)).into_iter().cloned().collect();
    let demand = Rc::new(Demand { quantity, volume: None, ..bargain.demand.as_ref().clone() });
    Bargain { rhythms: bargain.rhythms.as_ref().map(one), demand, ..bargain.clone() }
}

/// The same numbers where the need asks for another set of quantities.
fn asking(bargain: &Bargain, quantity: Interval) -> Bargain {
    let demand = Rc::new(Demand { quantity, ..bargain.demand.as_ref().clone() });
    Bargain { demand, ..bargain.clone() }
}

/// Every number of a set times a factor above zero.
fn times(set: &Interval, factor: &Rational) -> Interval {
    if set.is_empty() {
        return Interval::empty();
    }
    let times = |end: Option<&Rational>| end.map(|end| end * factor);
    Interval::new(times(set.lo()), times(set.hi()), times(set.step()))
}
