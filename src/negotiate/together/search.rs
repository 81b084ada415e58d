//! Of the lines of one need, the two that together are what it asks and gain the most.
//!
//! What two could gain at most goes before what they do gain: those that could gain most are looked at first, and once none
//! that is left could come before the best, nothing more is.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::half::{Half, Worth};
use super::pair::{Asked, splits};
use super::steps::{MOST_PAIRS, Steps, TOO_MANY_PAIRS};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::points::WorkLimit;
use crate::value::Rational;

/// What a search came to.
pub(super) struct Found<'a> {
    /// The two, each narrowed to the one delivery that it makes.
    pub(super) best: Option<[Candidate<'a>; 2]>,
    /// Which limit ended it before all was looked at.
    pub(super) limit: Option<WorkLimit>,
}

/// The best two of some lines of one need; none where no two do, or where what they gain in a year is not more than what is
/// gained `before`.
pub(super) fn best_pair<'a>(lines: &[Candidate<'a>], before: Option<&Rational>) -> Found<'a> {
    let mut steps = Steps::default();
    let halves = match halves(lines, &mut steps) {
        Ok(halves) => halves,
        Err(limit) => return Found { best: None, limit: Some(limit) },
    };
    let mut search = Search { before, best: None, steps };
    let limit = search.run(&halves).err();
    let best = search.best.map(|best| best.pair.map(|(half, quantity)| half.narrowed(&quantity)));
    Found { best, limit }
}

/// A line in a rhythm, with its place among the lines, and what it can gain at most.
struct Ready<'c, 'a> {
    at: usize,
    half: Half<'c, 'a>,
    most: Most,
}

/// What a half comes to at most.
struct Most {
    quantity: Rational,
    /// In a year.
    gain: Rational,
    /// In a year, by the unit of one delivery.
    each: Rational,
}

/// Each line in each of its rhythms.
fn halves<'c, 'a>(lines: &'c [Candidate<'a>], steps: &mut Steps) -> Result<Vec<Ready<'c, 'a>>, WorkLimit> {
    let mut ready = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let rhythms = line.counted.as_ref().and_then(|(_, bargain)| bargain.rhythms.as_ref());
        let rhythms: Vec<Option<usize>> = rhythms.map_or_else(|| vec![None], |all| (0..all.len()).map(Some).collect());
        for rhythm in rhythms {
            let Some(half) = Half::new(line, rhythm, steps)? else { continue };
            if let Some(most) = Most::of(&half)? {
                ready.push(Ready { at, half, most });
            }
        }
    }
    Ok(ready)
}

impl Most {
    /// A gain rises within a run, and more than in proportion: it is greatest at the last quantity, by the unit as well.
    fn of(half: &Half<'_, '_>) -> Result<Option<Self>, WorkLimit> {
        let mut most: Option<Self> = None;
        for run in &half.runs {
            let Some(Worth { gain, .. }) = half.worth(&run.last)? else { continue };
            let each = gain.checked_div(&run.last).unwrap_or_default();
            let known = most.take().unwrap_or_else(|| Self {
                quantity: run.last.clone(),
                gain: gain.clone(),
                each: each.clone(),
            });
            most = Some(Self {
                quantity: known.quantity.max(run.last.clone()),
                gain: known.gain.max(gain),
                each: known.each.max(each),
            });
        }
        Ok(most)
    }
}

/// Two halves, what the need asks of them, and what they come to at most.
struct Pair<'h, 'c, 'a> {
    at: [usize; 2],
    halves: [&'h Half<'c, 'a>; 2],
    asked: Asked,
    most: Worth,
}

impl<'h, 'c, 'a> Pair<'h, 'c, 'a> {
    /// Two halves of different lines that are in one rhythm; nothing where they cannot reach what the need asks, or do not
    /// count it alike.
    fn new(one: &'h Ready<'c, 'a>, other: &'h Ready<'c, 'a>) -> Option<Self> {
        let halves = [&one.half, &other.half];
        let alike = one.half.need == other.half.need;
        let asked = halves.map(|half| &half.asked);
        let least = asked.iter().filter_map(|set| set.lo()).min().cloned().unwrap_or_default();
        let asked = Asked { least, most: asked.iter().filter_map(|set| set.hi()).min().cloned() };
        let reach = &one.most.quantity + &other.most.quantity;
        let quantity = asked.most.clone().map_or_else(|| reach.clone(), |most| most.min(reach.clone()));
        let gain = gain_at_most([&one.most, &other.most], &quantity);
        let most = Worth { gain, quantity: one.half.per_year(&quantity) };
        let at = [one.at, other.at];
        (alike && reach >= asked.least).then_some(Self { at, halves, asked, most })
    }
}

/// What two gain at most with so much of both: neither more than alone, nor more by the unit.
fn gain_at_most([one, other]: [&Most; 2], quantity: &Rational) -> Rational {
    let (dear, cheap) = if one.each >= other.each { (one, other) } else { (other, one) };
    let first = quantity.clone().min(dear.quantity.clone());
    let by_unit = &(&dear.each * &first) + &(&cheap.each * &(quantity - &first));
    by_unit.min(&one.gain + &other.gain)
}

/// Greater is better: what it comes to in a year; the first two by name; for the first of them, of the rhythm as a choice and
/// the larger delivery.
type Place = (Worth, Reverse<[usize; 2]>, Reverse<Option<((usize, usize), String)>>, Rational);

/// The pairs of each rhythm, those first of which one gains most by itself, and whether these are all.
fn pairs<'h, 'c, 'a>(ready: &'h [Ready<'c, 'a>]) -> (Vec<Pair<'h, 'c, 'a>>, bool) {
    let mut rhythms: BTreeMap<Option<String>, Vec<&'h Ready<'c, 'a>>> = BTreeMap::new();
    for one in ready {
        rhythms.entry(one.half.every().map(|every| every.to_string())).or_default().push(one);
    }
    let (mut pairs, mut left) = (Vec::new(), MOST_PAIRS);
    for mut halves in rhythms.into_values() {
        halves.sort_by(|a, b| b.most.gain.cmp(&a.most.gain).then_with(|| a.at.cmp(&b.at)));
        for (index, one) in halves.iter().enumerate() {
            for other in halves.iter().skip(index + 1) {
                let Some(fewer) = left.checked_sub(1) else { return (pairs, false) };
                left = fewer;
                pairs.extend(if one.at < other.at { Pair::new(one, other) } else { Pair::new(other, one) });
            }
        }
    }
    (pairs, true)
}

/// The best two so far.
struct Best<'h, 'c, 'a> {
    place: Place,
    pair: [(&'h Half<'c, 'a>, Rational); 2],
}

struct Search<'h, 'c, 'a> {
    before: Option<&'h Rational>,
    best: Option<Best<'h, 'c, 'a>>,
    steps: Steps,
}

impl<'h, 'c, 'a> Search<'h, 'c, 'a> {
    fn run(&mut self, ready: &'h [Ready<'c, 'a>]) -> Result<(), WorkLimit> {
        let (mut pairs, are_all) = pairs(ready);
        pairs.sort_by(|a, b| b.most.cmp(&a.most).then_with(|| a.at.cmp(&b.at)));
        for pair in pairs {
            let could_be_best = |best: &Best<'_, '_, '_>| {
                let (known, Reverse(at), ..) = &best.place;
                pair.most > *known || (pair.most == *known && pair.at <= *at)
            };
            if self.best.as_ref().is_none_or(could_be_best) {
                self.look_at(&pair)?;
            }
        }
        if are_all { Ok(()) } else { Err(TOO_MANY_PAIRS) }
    }

    /// Looks at each split of what is asked over a run of each.
    fn look_at(&mut self, pair: &Pair<'h, 'c, 'a>) -> Result<(), WorkLimit> {
        let [one, other] = pair.halves;
        for runs in one.runs.iter().flat_map(|first| other.runs.iter().map(move |second| [first, second])) {
            self.steps.take(1)?;
            for split in splits(runs, &pair.asked) {
                self.steps.take(1)?;
                split.map_or(Ok(()), |split| self.weigh(pair, split))?;
            }
        }
        Ok(())
    }

    fn weigh(&mut self, pair: &Pair<'h, 'c, 'a>, [first, second]: [Rational; 2]) -> Result<(), WorkLimit> {
        let [one, other] = pair.halves;
        let (Some(worth), Some(others)) = (one.worth(&first)?, other.worth(&second)?) else { return Ok(()) };
        let place = (worth.plus(&others), Reverse(pair.at), Reverse(one.rank()), first.clone());
        let gains = self.before.is_none_or(|before| place.0.gain > *before);
        if gains && self.best.as_ref().is_none_or(|best| place > best.place) {
            self.best = Some(Best { place, pair: [(one, first), (other, second)] });
        }
        Ok(())
    }
}
