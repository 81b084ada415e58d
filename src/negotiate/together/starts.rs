//! From which quantities on a delivery gains: what it costs a delivery has to come in again, and the receiver needs
//! something to pay with.
//!
//! Both grow straight with the quantity from a negative number or zero, since nothing is worth anything by the delivery
//! (CLM0513). So each choice of terms is possible from one quantity of a tier on, and gains no less with each one more.

use super::steps::Steps;
use crate::negotiate::bargain::{Bargain, Burdens, Delivery, Tier};
use crate::negotiate::points::WorkLimit;
use crate::value::Rational;

/// The quantities of a tier, `first` and above, at which some choice of terms begins to be possible. Where no choice can leave
/// the receiver without anything to pay, the least: from there on the choices that cost least are enough to look at.
pub(super) fn starts(
    bargain: &Bargain,
    rhythm: Option<usize>,
    tier: Option<usize>,
    first: &Rational,
    steps: &mut Steps,
) -> Result<Vec<Rational>, WorkLimit> {
    let delivery = Delivery { quantity: first.clone(), rhythm, tier, gain: None };
    let Some(prices) = Prices::of(bargain, &delivery) else { return Ok(vec![first.clone()]) };
    let beside = prices.beside();
    let all: Vec<Vec<Sum>> = bargain.options.terms.iter().map(|options| prices.sums(options)).collect();
    let binds = prices.may_bind(&beside, &all, first);
    let sums = if binds {
        undominated(beside, &all, true, steps)?
    } else {
        let contested: Vec<Vec<Sum>> = bargain.options.contested.iter().map(|options| prices.sums(options)).collect();
        undominated(beside.plus(&prices.sum(&bargain.options.settled)), &contested, false, steps)?
    };
    let mut starts: Vec<Rational> =
        sums.iter().filter_map(|sum| prices.start(sum)).map(|start| start.max(first.clone())).collect();
    starts.sort();
    starts.dedup();
    starts.truncate(if binds { usize::MAX } else { 1 });
    Ok(starts)
}

/// `fixed + each × quantity`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Straight {
    fixed: Rational,
    each: Rational,
}

impl Straight {
    fn plus(&self, other: &Self) -> Self {
        Self { fixed: &self.fixed + &other.fixed, each: &self.each + &other.each }
    }

    /// Whether it is at most the other at every quantity.
    fn is_at_most(&self, other: &Self) -> bool {
        self.fixed <= other.fixed && self.each <= other.each
    }

    /// The quantity from which on so much a unit comes up for it.
    fn covered_from(&self, by: &Rational) -> Option<Rational> {
        let left = by - &self.each;
        match self.fixed.is_positive() {
            true => self.fixed.checked_div(&left).filter(|_| left.is_positive()),
            false => (!left.is_negative()).then(Rational::zero),
        }
    }
}

/// What choices cost.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sum {
    /// The two together.
    joint: Straight,
    receiver: Straight,
}

impl Sum {
    fn plus(&self, other: &Self) -> Self {
        Self { joint: self.joint.plus(&other.joint), receiver: self.receiver.plus(&other.receiver) }
    }

    /// Whether it never costs more; the receiver neither, where that matters.
    fn is_as_good(&self, other: &Self, receiver_too: bool) -> bool {
        self.joint.is_at_most(&other.joint) && (!receiver_too || self.receiver.is_at_most(&other.receiver))
    }
}

/// One option of each term, all that no other is as good as.
fn undominated(beside: Sum, terms: &[Vec<Sum>], receiver_too: bool, steps: &mut Steps) -> Result<Vec<Sum>, WorkLimit> {
    let mut sums = vec![beside];
    for options in terms {
        let mut kept: Vec<Sum> = Vec::new();
        for sum in sums.iter().flat_map(|sum| options.iter().map(|option| sum.plus(option))) {
            steps.take(1 + kept.len())?;
            if !kept.iter().any(|known| known.is_as_good(&sum, receiver_too)) {
                kept.retain(|known| !sum.is_as_good(known, receiver_too));
                kept.push(sum);
            }
        }
        sums = kept;
    }
    Ok(sums)
}

/// The prices of a delivery, of which the two state an amount each.
struct Prices<'b> {
    bargain: &'b Bargain,
    delivery: &'b Delivery,
    tier: &'b Tier,
    limit: &'b Rational,
}

impl<'b> Prices<'b> {
    fn of(bargain: &'b Bargain, delivery: &'b Delivery) -> Option<Self> {
        Some(Self { bargain, delivery, tier: bargain.tier(delivery)?, limit: bargain.limit()? })
    }

    fn sum(&self, burdens: &Burdens) -> Sum {
        let (fixed, each) = self.bargain.line_of(burdens, self.delivery);
        let receiver = &burdens.receiver;
        let paid = Straight { fixed: receiver.fixed.clone(), each: receiver.per_unit(Some(self.limit)) };
        Sum { joint: Straight { fixed, each }, receiver: paid }
    }

    fn sums(&self, options: &[Burdens]) -> Vec<Sum> {
        options.iter().map(|option| self.sum(option)).collect()
    }

    /// What rhythm and substitute cost.
    fn beside(&self) -> Sum {
        let rhythm = self.bargain.rhythm(self.delivery).map(|rhythm| self.sum(&rhythm.burdens));
        let stand_in = self.bargain.stand_in.iter().flatten().map(|taken| self.sum(taken));
        rhythm.into_iter().chain(stand_in).fold(self.sum(&Burdens::default()), |sum, other| sum.plus(&other))
    }

    /// Whether some choice could leave the receiver nothing to pay, at `first` or above.
    fn may_bind(&self, beside: &Sum, terms: &[Vec<Sum>], first: &Rational) -> bool {
        let dearest = |of: fn(&Straight) -> &Rational| {
            let most = terms.iter().filter_map(|options| options.iter().map(|sum| of(&sum.receiver)).max());
            most.fold(of(&beside.receiver).clone(), |sum, most| &sum + most)
        };
        let dearest = Straight { fixed: dearest(|cost| &cost.fixed), each: dearest(|cost| &cost.each) };
        dearest.covered_from(self.limit).is_none_or(|from| from > *first)
    }

    /// The quantity from which on a choice gains nothing or more and leaves the receiver something to pay.
    fn start(&self, sum: &Sum) -> Option<Rational> {
        let gains = sum.joint.covered_from(&(self.limit - &self.tier.limit))?;
        Some(gains.max(sum.receiver.covered_from(self.limit)?))
    }
}
