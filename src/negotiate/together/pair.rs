//! Of two lines of one need, the two deliveries that together are what it asks and gain the most.

use std::rc::Rc;

use crate::domain::Interval;
use crate::negotiate::bargain::{Bargain, Delivery, Demand, Volume};
use crate::negotiate::candidate::Candidate;
use crate::value::Rational;

/// Most pairs of deliveries that are tried for one need.
const MOST_TRIALS: usize = 1_000;
/// How many multiples around a quantity are tried where the two lines are counted in different ones.
const MOST_MULTIPLES: i32 = 20;

/// The best two of some lines of one need, each narrowed to the one delivery that it makes; none where no two do, or where
/// what they gain in a year is not more than what is gained `before`. Of equal ones the first counts.
pub(super) fn best_pair<'a>(lines: &[Candidate<'a>], before: Option<&Rational>) -> Option<[Candidate<'a>; 2]> {
    let pairs = lines.iter().enumerate().flat_map(|(i, one)| lines.iter().skip(i + 1).map(move |other| [one, other]));
    let tries = pairs.flat_map(Pair::all).flat_map(|pair| {
        let tries = pair.tries();
        tries.into_iter().map(move |quantity| (pair.clone(), quantity))
    });
    let mut best: Option<(Worth, Pair<'_, 'a>, [Delivery; 2])> = None;
    for (pair, quantity) in tries.take(MOST_TRIALS) {
        let Some((worth, deliveries)) = pair.with(&quantity) else { continue };
        let gains = before.is_none_or(|before| worth.gain > *before);
        if gains && best.as_ref().is_none_or(|(known, ..)| worth > *known) {
            best = Some((worth, pair, deliveries));
        }
    }
    let (_, pair, [first, second]) = best?;
    Some([pair.first.narrowed(&first.quantity), pair.second.narrowed(&second.quantity)])
}

/// What two deliveries come to in a year: the greater gain is better, then the larger quantity.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    gain: Rational,
    quantity: Rational,
}

/// Two lines in a rhythm, and what the need asks of both together in one delivery.
#[derive(Clone)]
struct Pair<'c, 'a> {
    first: Half<'c, 'a>,
    second: Half<'c, 'a>,
    least: Rational,
    most: Option<Rational>,
}

impl<'c, 'a> Pair<'c, 'a> {
    /// Two lines in each rhythm that both have, as far as they reach what the need asks.
    fn all([one, other]: [&'c Candidate<'a>; 2]) -> Vec<Self> {
        let rhythms = |line: &Candidate<'_>| line.counted.as_ref().map(|(_, bargain)| bargain.rhythms.clone());
        match (rhythms(one), rhythms(other)) {
            (Some(None), Some(None)) => Self::new([(one, None), (other, None)]).into_iter().collect(),
            (Some(Some(own)), Some(Some(theirs))) => {
                let place = |every| theirs.iter().position(|rhythm| rhythm.every == every);
                let shared = own.iter().enumerate().filter_map(|(at, rhythm)| Some((at, place(rhythm.every)?)));
                shared.filter_map(|(at, place)| Self::new([(one, Some(at)), (other, Some(place))])).collect()
            }
            _ => Vec::new(),
        }
    }

    /// `None` where the two cannot reach what the need asks, or do not count it alike.
    fn new([one, other]: [(&'c Candidate<'a>, Option<usize>); 2]) -> Option<Self> {
        let (first, second) = (Half::new(one)?, Half::new(other)?);
        if first.need != second.need {
            return None;
        }
        let asked = [&first.asked, &second.asked];
        let least = asked.iter().filter_map(|set| set.lo()).min().cloned().unwrap_or_default();
        let most = asked.iter().filter_map(|set| set.hi()).min().cloned();
        let reach = &first.ends().into_iter().max()? + &second.ends().into_iter().max()?;
        (reach >= least).then_some(Self { first, second, least, most })
    }

    /// Quantities of the first that are worth trying, the largest first: the ends of what it can deliver, what the ends of the
    /// second leave of the need's, and, where the two are counted in different multiples, those beside.
    fn tries(&self) -> Vec<Rational> {
        let can = self.first.quantities();
        let asked: Vec<&Rational> = [&self.least].into_iter().chain(&self.most).collect();
        let left = |end: &Rational| {
            let rests = asked.iter().map(|asked| *asked - end);
            rests.flat_map(|rest| [can.at_most(&rest), can.at_least(&rest)]).flatten().collect::<Vec<_>>()
        };
        let left = self.second.ends().iter().flat_map(left).collect::<Vec<_>>().into_iter();
        let beside = self.beside(&can);
        let around = |quantity: Rational| beside.iter().map(move |by| &quantity + by).collect::<Vec<_>>();
        let mut tries: Vec<Rational> = self.first.ends().into_iter().chain(left).flat_map(around).collect();
        tries.retain(|quantity| quantity.is_positive() && can.contains(quantity));
        tries.sort_by(|a, b| b.cmp(a));
        tries.dedup();
        tries
    }

    /// How far beside a quantity others are worth trying.
    fn beside(&self, can: &Interval) -> Vec<Rational> {
        let other = self.second.quantities();
        let (Some(step), Some(other)) = (can.step(), other.step()) else { return vec![Rational::zero()] };
        let steps = |times: i32| step * &Rational::from(times);
        let round = step.lcm(other);
        let within = |by: &Rational| by.abs() < round;
        (-MOST_MULTIPLES..=MOST_MULTIPLES).map(steps).filter(within).collect()
    }

    /// What it comes to if the first delivers a quantity, and the second the best of what is left to it.
    fn with(&self, quantity: &Rational) -> Option<(Worth, [Delivery; 2])> {
        let most = self.most.as_ref().map(|most| most - quantity);
        let left = Interval::new(Some(&self.least - quantity), most, None);
        let (own, (gain, rate)) = self.first.best(&Interval::point(quantity.clone()))?;
        let (theirs, (their_gain, their_rate)) = self.second.best(&left)?;
        Some((Worth { gain: &gain + &their_gain, quantity: &rate + &their_rate }, [own, theirs]))
    }
}

/// A line in one rhythm whose need asks for no least quantity. Quantities are of what was asked: of a substitute, of what it
/// stands in for.
#[derive(Clone)]
struct Half<'c, 'a> {
    line: &'c Candidate<'a>,
    bargain: Bargain,
    /// How much of what is delivered one of what was asked is.
    ratio: Rational,
    /// What the need asks of one delivery.
    asked: Interval,
    /// What it says of quantities and volumes, in which the lines have to be alike.
    need: (Interval, Option<Volume>),
}

impl<'c, 'a> Half<'c, 'a> {
    fn new((line, rhythm): (&'c Candidate<'a>, Option<usize>)) -> Option<Self> {
        let (_, bargain) = line.counted.as_ref()?;
        let ratio = line.substitute.map_or_else(Rational::one, |substitute| substitute.ratio.clone());
        let part = Rational::one().checked_div(&ratio)?;
        let asked = bargain.asked(rhythm);
        let cut = Interval::new(Some(Rational::zero()), asked.hi().cloned(), bargain.demand.multiple.clone());
        let need_volume = bargain.demand.volume.as_ref().map(|volume| Volume {
            at_least: volume.at_least.as_ref().map(|end| end * &part),
            at_most: volume.at_most.as_ref().map(|end| end * &part),
            years: volume.years.clone(),
        });
        let need = (times(&bargain.demand.quantity, &part), need_volume);
        Some(Self { line, bargain: in_rhythm(bargain, rhythm, cut), asked: times(&asked, &part), need, ratio })
    }

    fn rhythm(&self) -> Option<usize> {
        self.bargain.rhythms.as_ref().map(|_| 0)
    }

    /// What can be delivered at all.
    fn quantities(&self) -> Interval {
        self.part_of(&self.bargain.quantities(self.rhythm()))
    }

    /// The ends of what can be delivered, tier by tier.
    fn ends(&self) -> Vec<Rational> {
        let ends = self.bargain.ends(self.rhythm()).into_iter();
        ends.filter_map(|(quantity, ..)| quantity.checked_div(&self.ratio)).collect()
    }

    fn part_of(&self, delivered: &Interval) -> Interval {
        Rational::one().checked_div(&self.ratio).map_or_else(Interval::empty, |part| times(delivered, &part))
    }

    /// The best delivery of those in a set, with the gain and the quantity of a year.
    fn best(&self, set: &Interval) -> Option<(Delivery, (Rational, Rational))> {
        let bargain = asking(&self.bargain, self.bargain.demand.quantity.meet(&times(set, &self.ratio)));
        let delivery = bargain.best().ok()??;
        let year = |amount: &Rational| bargain.per_year(amount, &delivery);
        let gain = delivery.gain.as_ref().map(year).unwrap_or_default();
        let quantity = year(&delivery.quantity).checked_div(&self.ratio)?;
        Some((delivery, (gain, quantity)))
    }

    /// The line of one delivery alone.
    fn narrowed(&self, quantity: &Rational) -> Candidate<'a> {
        let mut line = self.line.clone();
        let bargain = asking(&self.bargain, Interval::point(quantity.clone()));
        line.counted = line.counted.map(|(measure, _)| (measure, Rc::new(bargain)));
        line
    }
}

/// The numbers of a line in one rhythm whose need takes any quantity of a set.
fn in_rhythm(bargain: &Bargain, rhythm: Option<usize>, quantity: Interval) -> Bargain {
    let one = |all: &Vec<_>| rhythm.and_then(|at| all.get(at)).into_iter().cloned().collect();
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
