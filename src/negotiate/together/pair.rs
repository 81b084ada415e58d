//! How what a need asks can be split over two deliveries, as far as any split could be the best.
//!
//! In a run of each half the gain rises with the quantity, and bends only upwards. So of a quantity of the one, the largest of
//! the other that is left goes best with it. And where both can be moved by what their multiples have in common, the one up
//! and the other down, one of the two ways gains no less: only where that leads out of a run has anything to be looked at.

use std::iter::successors;

use super::half::Run;
use crate::value::Rational;

/// What the two deliver together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) least: Rational,
    pub(super) most: Option<Rational>,
}

/// The splits over a run of each, among which are the best; the first one's quantity first. Nothing where what is left of what
/// is asked is no quantity of the other.
pub(super) fn splits<'r>(
    [one, other]: [&'r Run; 2],
    asked: &'r Asked,
) -> Box<dyn Iterator<Item = Option<[Rational; 2]>> + 'r> {
    let Some(most) = &asked.most else {
        let all = [one.last.clone(), other.last.clone()];
        return Box::new([Some(all).filter(|[first, second]| first + second >= asked.least)].into_iter());
    };
    // The one that takes the longer steps is gone through: it takes fewer of them until both are where they were.
    let first_leads = one.step > other.step;
    let (lead, rest) = if first_leads { (one, other) } else { (other, one) };
    let with_rest = move |quantity: Rational| {
        let left = rest.at_most(&(most - &quantity))?;
        let fits = quantity.is_positive() && left.is_positive() && &quantity + &left >= asked.least;
        fits.then_some(if first_leads { [quantity, left] } else { [left, quantity] })
    };
    Box::new(leading(lead, rest, most).map(with_rest))
}

impl Run {
    /// The largest quantity that is at most `value`.
    fn at_most(&self, value: &Rational) -> Option<Rational> {
        let value = value.min(&self.last);
        let value = self.step.as_ref().map_or_else(|| value.clone(), |step| value.floor_to(step));
        (value >= self.first).then_some(value)
    }

    /// The smallest quantity that is at least `value`.
    fn at_least(&self, value: &Rational) -> Option<Rational> {
        let value = value.max(&self.first);
        let value = self.step.as_ref().map_or_else(|| value.clone(), |step| value.ceil_to(step));
        (value <= self.last).then_some(value)
    }
}

/// The quantities of the one that takes the longer steps: the largest beside all of the rest; and of those beside which the
/// rest is what is left, the first and the last, one more than there are until the two are where they were.
fn leading<'r>(lead: &'r Run, rest: &Run, most: &Rational) -> Box<dyn Iterator<Item = Rational> + 'r> {
    let beside_all = most - &rest.last;
    let largest = lead.at_most(&beside_all);
    let (Some(low), Some(high)) = (lead.at_least(&beside_all), lead.at_most(&(most - &rest.first))) else {
        return Box::new(largest.into_iter());
    };
    let Some(step) = &lead.step else {
        return Box::new(largest.into_iter().chain([low, high]));
    };
    let round = rest.step.as_ref().and_then(|other| step.lcm(other).checked_div(step)).unwrap_or_else(Rational::one);
    let edge = &round * step;
    let (up_to, down_to) = (high.clone().min(&low + &edge), &high - &edge);
    let upwards = successors(Some(low), move |quantity| Some(quantity + step));
    let downwards = successors(Some(high), move |quantity| Some(quantity - step));
    let rest_of_them = {
        let up_to = up_to.clone();
        downwards.take_while(move |quantity| *quantity >= down_to && *quantity > up_to)
    };
    let upwards = upwards.take_while(move |quantity| *quantity <= up_to);
    Box::new(largest.into_iter().chain(upwards).chain(rest_of_them))
}
