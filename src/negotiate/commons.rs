//! What candidate lines have in common, worked out once: in what they are counted, how their terms meet, and what each side
//! says in numbers.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::rc::Rc;
use std::sync::Arc;

use super::bargain::{self, Bargain, Demand, Supply};
use super::candidate::{Money, Pricing, money_of};
use super::measure::{Measure, Words};
use super::numbers::{burden, rhythms, volume_period};
use super::options::Options;
use super::pieces::Ends;
use super::sheet::{Sheet, are_same, say_the_same};
use crate::agreement::Role;
use crate::manifest::model::{Cost, Line, Manifest, Rhythm, Statement, Substitute, Terms, all_pairs};
use crate::value::{Duration, Rational};

/// An offer or a need with what follows from it alone.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    pub(super) line: &'a Line,
    /// Its terms for the other side.
    pub(super) terms: &'a Terms,
    /// In what money it speaks.
    pub(super) money: Option<Money<'a>>,
    at: Place,
    counted_like: CountedLike,
    stated_like: StatedLike,
    says_like: SaysLike,
}

/// The place of an offer among the offers, of a need among the needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place(usize);

/// The first line that is counted like a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct CountedLike(Place);

/// The first line whose other terms are the same statements as those of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct StatedLike(Place);

/// The first line whose other terms say the same as those of a line, in whatever statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct SaysLike(Place);

/// The place of numbers among all that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct NumbersLike(usize);

/// The place of the first numbers among all that are alike in amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct AmountsLike(usize);

/// What the terms of a line rest on.
#[derive(Clone, Debug)]
pub(super) struct Ground<'a> {
    pub(super) sheet: Rc<Sheet<'a>>,
    /// In what it is counted, and its numbers; `None` where the two count in different things.
    pub(super) counted: Option<(Rc<Measure<'a>>, Rc<Bargain>)>,
}

/// What the numbers of an offer and a need are made of.
pub(super) struct Making<'m> {
    pub(super) measure: &'m Measure<'m>,
    pub(super) options: &'m Rc<Options>,
    pub(super) offer: &'m Terms,
    pub(super) need: &'m Terms,
    pub(super) pricing: Pricing,
    pub(super) substitute: Option<&'m Substitute>,
}

/// How often and in what amounts lines are delivered that are alike in that.
#[derive(Debug)]
pub(super) struct Schedule {
    rhythms: Option<Rc<[bargain::Rhythm]>>,
    ends: Ends,
}

impl Schedule {
    fn shared(&self) -> Self {
        Self { rhythms: self.rhythms.clone(), ends: self.ends.shared() }
    }
}

impl Making<'_> {
    pub(super) fn supply(&self) -> Supply {
        Supply::of(self.measure, self.offer, self.pricing)
    }

    pub(super) fn demand(&self) -> Demand {
        let ratio = self.substitute.map_or_else(Rational::one, |substitute| substitute.ratio.clone());
        Demand::of(self.measure, self.need, self.pricing, &ratio)
    }

    fn schedule(&self) -> Schedule {
        Schedule { rhythms: rhythms(self.measure, self.offer, self.need), ends: Ends::default() }
    }

    /// The numbers of both; the schedule too, where it is not known.
    pub(super) fn bargain(&self, supply: Rc<Supply>, demand: Rc<Demand>, known: Option<&Schedule>) -> Rc<Bargain> {
        let of_its_own = || self.schedule();
        let Schedule { rhythms, ends } = known.map_or_else(of_its_own, Schedule::shared);
        let numbers = (supply, demand);
        let bargain = Bargain::of(self.measure, numbers, rhythms, self.options.clone(), self.substitute);
        Rc::new(Bargain { ends, ..bargain })
    }
}

/// What the lines of one side that delivers and one that receives have in common.
#[derive(Debug, Default)]
pub(super) struct Commons<'a> {
    offers: Kinds<'a>,
    needs: Kinds<'a>,
    measures: BTreeMap<[CountedLike; 2], Option<Rc<Measure<'a>>>>,
    /// By how lines are counted, and in what statements they say what they say.
    sheets: BTreeMap<([CountedLike; 2], [StatedLike; 2]), Rc<Sheet<'a>>>,
    /// By how lines are counted, and what they say.
    models: BTreeMap<([CountedLike; 2], [SaysLike; 2]), Rc<Sheet<'a>>>,
    supplies: Numbers<'a, Supply>,
    demands: Numbers<'a, Demand>,
    /// By the numbers of each side, what they say, and how the price comes about.
    bargains: BTreeMap<([NumbersLike; 2], [SaysLike; 2], Pricing), Rc<Bargain>>,
    /// By what is said of amounts.
    schedules: BTreeMap<[AmountsLike; 2], Schedule>,
}

impl<'a> Commons<'a> {
    /// An offer with its terms for the other side.
    pub(super) fn offer(&mut self, manifest: &'a Manifest, line: &'a Line, terms: &'a Terms) -> Prepared<'a> {
        self.offers.prepared(manifest, line, terms)
    }

    /// A need with its terms for the other side.
    pub(super) fn need(&mut self, manifest: &'a Manifest, line: &'a Line, terms: &'a Terms) -> Prepared<'a> {
        self.needs.prepared(manifest, line, terms)
    }

    /// What the terms of an offer and a need rest on, by a substitute or by the item itself.
    pub(super) fn ground(
        &mut self,
        offer: &Prepared<'a>,
        need: &Prepared<'a>,
        pricing: Pricing,
        substitute: Option<&Substitute>,
    ) -> Ground<'a> {
        let counted_like = [offer.counted_like, need.counted_like];
        let say_like = [offer.says_like, need.says_like];
        let measure = self.measure(counted_like);
        let sheet = self.sheet(offer, need, measure.as_deref());
        let counted = measure.map(|measure| {
            let (offered, needed, options) = (offer.terms, need.terms, &sheet.options);
            let making = Making { measure: &measure, options, offer: offered, need: needed, pricing, substitute };
            let basis = (counted_like, pricing == Pricing::Free);
            let supply = self.supplies.of(offer, basis, Supply::is_alike_in_amounts, || making.supply());
            // Substitutes are rare, and each has a ratio and costs of its own.
            let bargain = match substitute {
                Some(_) => making.bargain(supply.numbers, Rc::new(making.demand()), None),
                None => {
                    let demand = self.demands.of(need, basis, Demand::is_alike_in_amounts, || making.demand());
                    let known = self.bargains.entry(([supply.like, demand.like], say_like, pricing));
                    let schedule = self.schedules.entry([supply.amounts_like, demand.amounts_like]);
                    let schedule = schedule.or_insert_with(|| making.schedule());
                    known.or_insert_with(|| making.bargain(supply.numbers, demand.numbers, Some(schedule))).clone()
                }
            };
            (measure, bargain)
        });
        Ground { sheet, counted }
    }

    /// The terms of an offer and a need; what they come to is worked out once for all that say the same.
    fn sheet(&mut self, offer: &Prepared<'a>, need: &Prepared<'a>, measure: Option<&Measure<'_>>) -> Rc<Sheet<'a>> {
        let counted_like = [offer.counted_like, need.counted_like];
        let models = &mut self.models;
        let sheet = self.sheets.entry((counted_like, [offer.stated_like, need.stated_like]));
        let new = || {
            let (offered, needed) = (&offer.terms.others, &need.terms.others);
            match models.entry((counted_like, [offer.says_like, need.says_like])) {
                Entry::Occupied(model) => Rc::new(model.get().between(offered, needed)),
                Entry::Vacant(place) => place.insert(Rc::new(sheet_of(measure, offer.terms, need.terms))).clone(),
            }
        };
        sheet.or_insert_with(new).clone()
    }

    fn measure(&mut self, counted_like: [CountedLike; 2]) -> Option<Rc<Measure<'a>>> {
        let [offer, need] = counted_like;
        let (offer, need) = (self.offers.words.get(&offer)?, self.needs.words.get(&need)?);
        let measure = self.measures.entry(counted_like);
        measure.or_insert_with(|| Measure::find(offer, need).map(Rc::new)).clone()
    }
}

/// The terms of both, priced in what the line is counted in; where it cannot be counted nothing costs anything.
pub(super) fn sheet_of<'a>(measure: Option<&Measure<'_>>, offer: &'a Terms, need: &'a Terms) -> Sheet<'a> {
    let priced = |role: Role, cost: &Cost| measure.map(|m| burden(m, role, cost)).unwrap_or_default();
    Sheet::new(&offer.others, &need.others, &priced)
}

/// What numbers of a side go by, beside its own terms: in what lines are counted, and whether no money moves.
type Basis = ([CountedLike; 2], bool);

/// How often a line can be delivered: its rhythms, and the period of its volume.
#[derive(Debug)]
struct Rhythmic<'a> {
    every: Option<&'a [Rhythm]>,
    period: Option<Duration>,
}

impl<'a> Rhythmic<'a> {
    fn of(terms: &'a Terms) -> Self {
        Self { every: terms.every.as_ref().map(|every| every.value.as_slice()), period: volume_period(terms) }
    }

    fn says_the_same(&self, other: &Self) -> bool {
        let are_same = match (self.every, other.every) {
            (Some(own), Some(others)) => all_pairs(own, others, Rhythm::says_the_same),
            (own, others) => own.is_none() && others.is_none(),
        };
        are_same && self.period == other.period
    }
}

/// The numbers of the lines of one side; those of lines that are alike in them are kept once.
#[derive(Debug)]
struct Numbers<'a, T> {
    kinds: Vec<(Basis, Rhythmic<'a>, Numbered<T>)>,
    of_lines: BTreeMap<(Place, Basis), Numbered<T>>,
}

/// The numbers of a line, and which others are like them.
#[derive(Debug)]
struct Numbered<T> {
    like: NumbersLike,
    amounts_like: AmountsLike,
    numbers: Rc<T>,
}

impl<T> Clone for Numbered<T> {
    fn clone(&self) -> Self {
        Self { numbers: self.numbers.clone(), ..*self }
    }
}

impl<T> Default for Numbers<'_, T> {
    fn default() -> Self {
        Self { kinds: Vec::new(), of_lines: BTreeMap::new() }
    }
}

impl<'a, T: PartialEq> Numbers<'a, T> {
    /// The numbers of a line.
    fn of(
        &mut self,
        line: &Prepared<'a>,
        basis: Basis,
        are_alike_in_amounts: fn(&T, &T) -> bool,
        numbers: impl FnOnce() -> T,
    ) -> Numbered<T> {
        let kinds = &mut self.kinds;
        let of_lines = self.of_lines.entry((line.at, basis));
        let numbered = of_lines.or_insert_with(|| {
            let (numbers, rhythmic) = (numbers(), Rhythmic::of(line.terms));
            let mut like = kinds.iter().filter(|(of, when, _)| *of == basis && when.says_the_same(&rhythmic));
            if let Some((.., known)) = like.clone().find(|(.., known)| *known.numbers == numbers) {
                return known.clone();
            }
            let at = kinds.len();
            let alike = like.find(|(.., known)| are_alike_in_amounts(&known.numbers, &numbers));
            let amounts_like = alike.map_or(AmountsLike(at), |(.., known)| known.amounts_like);
            let numbered = Numbered { like: NumbersLike(at), amounts_like, numbers: Rc::new(numbers) };
            kinds.push((basis, rhythmic, numbered.clone()));
            numbered
        });
        numbered.clone()
    }
}

/// What tells the lines of a side from each other.
#[derive(Debug, Default)]
struct Kinds<'a> {
    lines: usize,
    /// By the first line of each that is counted in another way.
    words: BTreeMap<CountedLike, Words<'a>>,
    /// By the first line of each that has other statements, with the first that says the same.
    stated: BTreeMap<StatedLike, (&'a [Arc<Statement>], SaysLike)>,
}

impl<'a> Kinds<'a> {
    fn prepared(&mut self, manifest: &'a Manifest, line: &'a Line, terms: &'a Terms) -> Prepared<'a> {
        let at = Place(self.lines);
        self.lines += 1;
        let words = Words::of(&line.units, terms);
        let known = self.words.iter().find(|(_, known)| known.are_like(&words));
        let counted_like = known.map_or(CountedLike(at), |(first, _)| *first);
        self.words.entry(counted_like).or_insert(words);
        let (stated_like, says_like) = self.stated_like(at, &terms.others);
        Prepared { line, terms, money: money_of(manifest, terms), at, counted_like, stated_like, says_like }
    }

    fn stated_like(&mut self, at: Place, stated: &'a [Arc<Statement>]) -> (StatedLike, SaysLike) {
        let mut kinds = self.stated.iter();
        if let Some((first, (_, says_like))) = kinds.find(|(_, (known, _))| are_same(known, stated)) {
            return (*first, *says_like);
        }
        let mut kinds = self.stated.values();
        let says_like = kinds.find(|(known, _)| say_the_same(known, stated)).map_or(SaysLike(at), |(_, says)| *says);
        self.stated.insert(StatedLike(at), (stated, says_like));
        (StatedLike(at), says_like)
    }
}
