//! Which statements of a candidate line cannot hold together by their numbers or points: all minimal sets of them.
//!
//! Statements are left out of the line's numbers, and the same search for a delivery says whether the rest can hold. What is
//! left out restricts nothing and costs nothing; where it helps it counts. In what the line is counted stays as all its
//! statements together make it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::bargain::{Bargain, Bid, Burden, Burdens, Demand, Rhythm, Supply};
use super::candidate::{Candidate, Pricing};
use super::measure::Measure;
use super::numbers::{burden, common_multiple, is_recurring, rhythms_of, volume_period};
use super::options::Options;
use super::pieces::Ends;
use super::points::{self, Failure, Frontier};
use super::terms::{self, Issue};
use crate::agreement::Role;
use crate::domain::Interval;
use crate::manifest::model::{Cost, Rhythm as StatedRhythm, Terms};
use crate::syntax::{At, NodeId};
use crate::value::{Duration, DurationUnit, Rational};

/// A statement that can be left out of the numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Quantity(Role),
    Volume(Role),
    Every(Role),
    Price(Role),
    Term(Role, String),
}

impl Part {
    /// The term that it states.
    pub(super) fn key(&self) -> &str {
        match self {
            Self::Quantity(_) => "quantity",
            Self::Volume(_) => "volume",
            Self::Every(_) => "every",
            Self::Price(_) => "price",
            Self::Term(_, key) => key,
        }
    }

    pub(super) fn role(&self) -> Role {
        match self {
            Self::Quantity(role) | Self::Volume(role) | Self::Every(role) | Self::Price(role) | Self::Term(role, _) => {
                *role
            }
        }
    }

    /// Where it is written.
    pub(super) fn node(&self, offer: &Terms, need: &Terms) -> Option<NodeId> {
        let terms = if self.role() == Role::Provider { offer } else { need };
        match self {
            Self::Quantity(_) => terms.quantity.as_ref().map(|at| at.node),
            Self::Volume(_) => terms.volume.as_ref().map(|at| at.node),
            Self::Every(_) => terms.every.as_ref().map(|at| at.node),
            Self::Price(_) => terms.price.as_ref().map(|at| at.node),
            Self::Term(_, key) => terms.others.iter().find(|s| s.key == *key).map(|s| s.node),
        }
    }
}

/// The minimal sets of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Minimal {
    /// The sets, in the order of their parts.
    pub(super) sets: Vec<BTreeSet<Part>>,
    /// Whether a stated limit ended the search before it was known that there are no more.
    pub(super) cut_short: bool,
}

/// What keeps the two of a line apart, whatever else does: their numbers, and where no money moves their points.
#[derive(Clone, Debug, Default)]
pub(super) struct Apart {
    pub(super) numbers: Minimal,
    pub(super) points: Minimal,
}

impl Apart {
    /// Of a candidate line.
    pub(super) fn of(candidate: &Candidate<'_>) -> Self {
        let points = if candidate.pricing == Pricing::Free { points_apart(candidate) } else { Minimal::default() };
        Self { numbers: numbers_apart(candidate), points }
    }

    /// Whether a stated limit ended a search before it was known that there are no more.
    pub(super) fn is_cut_short(&self) -> bool {
        self.numbers.cut_short || self.points.cut_short
    }
}

impl Minimal {
    /// The statements of all sets.
    pub(super) fn parts(&self) -> BTreeSet<&Part> {
        self.sets.iter().flatten().collect()
    }
}

/// Most minimal sets that are listed for one line; there can be more of them than anybody could read.
const MOST_SETS: usize = 50;
/// Most sets of statements that are tried for one line.
const MOST_TRIALS: usize = 2_000;

/// All minimal sets of statements whose numbers cannot hold together; none where they can.
fn numbers_apart(candidate: &Candidate<'_>) -> Minimal {
    let Some((measure, bargain)) = &candidate.counted else { return Minimal::default() };
    let mut numbers = Numbers::new(candidate, measure, bargain);
    if candidate.clashes.iter().any(|clash| clash.kind == "currency") {
        // Amounts in two currencies cannot be compared, and that is said already.
        numbers.all.retain(|part| matches!(part, Part::Quantity(_) | Part::Volume(_) | Part::Every(_)));
    }
    minimal_sets(&numbers.all, &|kept| numbers.hold(kept))
}

/// All minimal sets of statements on terms with points of which no choice leaves both sides at zero or more.
fn points_apart(candidate: &Candidate<'_>) -> Minimal {
    minimal_sets(&weighed(candidate), &|kept| points_hold_together(candidate, kept))
}

/// The terms with points, the statements that are not kept left out.
pub(super) fn with_points_of<'a>(candidate: &Candidate<'a>, kept: &BTreeSet<Part>) -> Vec<Issue<'a>> {
    let left_out = |role, key: &str| !kept.contains(&Part::Term(role, key.to_owned()));
    let pointed = candidate.sheet.issues.iter().filter(|issue| issue.has_points());
    pointed.map(|issue| issue.pooled(|role| left_out(role, issue.key))).collect()
}

/// Whether the numbers of a set of statements can hold together, whatever the others say.
pub(super) fn hold_together(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> bool {
    let counted = candidate.counted.as_ref();
    counted.is_some_and(|(measure, bargain)| Numbers::new(candidate, measure, bargain).hold(set))
}

/// Whether by a set of statements some choice can be worth nothing or more to both, whatever the others say; what is too much
/// to look at can.
pub(super) fn points_hold_together(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> bool {
    !matches!(points::choose(&with_points_of(candidate, set), Frontier::default()), Err(Failure::Nothing))
}

/// The statements on terms with points.
pub(super) fn weighed(candidate: &Candidate<'_>) -> BTreeSet<Part> {
    let pointed = candidate.sheet.issues.iter().filter(|issue| issue.has_points());
    let part = |role, issue: &Issue<'_>| issue.stated_by(role).map(|_| Part::Term(role, issue.key.to_owned()));
    pointed.flat_map(|issue| Role::BOTH.into_iter().filter_map(move |role| part(role, issue))).collect()
}

/// All minimal subsets that do not hold; every set around one of them does not hold either.
fn minimal_sets(all: &BTreeSet<Part>, holds: &dyn Fn(&BTreeSet<Part>) -> bool) -> Minimal {
    let mut trials = Trials { holds, made: 0 };
    let mut sets: Vec<BTreeSet<Part>> = Vec::new();
    let mut seen: BTreeSet<BTreeSet<Part>> = BTreeSet::new();
    let mut open = vec![all.clone()];
    while trials.made < MOST_TRIALS && sets.len() < MOST_SETS {
        let Some(kept) = open.pop() else { break };
        if !seen.insert(kept.clone()) {
            continue;
        }
        let set = match sets.iter().find(|set| set.is_subset(&kept)) {
            Some(known) => known.clone(),
            None if trials.hold(&kept) => continue,
            None => trials.shrink(kept.clone()),
        };
        // Any other minimal set lacks some member of this one.
        open.extend(set.iter().map(|part| kept.iter().filter(|p| *p != part).cloned().collect()));
        if !sets.contains(&set) {
            sets.push(set);
        }
    }
    sets.sort();
    Minimal { sets, cut_short: !open.is_empty() }
}

/// The trials made so far.
struct Trials<'h> {
    holds: &'h dyn Fn(&BTreeSet<Part>) -> bool,
    made: usize,
}

impl Trials<'_> {
    /// Whether the kept statements can hold together, every other one left out.
    fn hold(&mut self, kept: &BTreeSet<Part>) -> bool {
        self.made += 1;
        (self.holds)(kept)
    }

    /// Leaves out one statement after the other as long as the rest cannot hold.
    fn shrink(&mut self, mut kept: BTreeSet<Part>) -> BTreeSet<Part> {
        for part in kept.clone() {
            kept.remove(&part);
            if self.hold(&kept) {
                kept.insert(part);
            }
        }
        kept
    }
}

/// The numbers of a line, ready for statements to be left out.
struct Numbers<'c, 'a> {
    candidate: &'c Candidate<'a>,
    measure: &'c Measure<'a>,
    bargain: &'c Bargain,
    /// The statements that have a part in the numbers.
    all: BTreeSet<Part>,
    /// The terms on which somebody states a cost.
    terms: Vec<CostlyTerm>,
}

impl<'c, 'a> Numbers<'c, 'a> {
    fn new(candidate: &'c Candidate<'a>, measure: &'c Measure<'a>, bargain: &'c Bargain) -> Self {
        let costly = candidate.sheet.issues.iter().filter(|issue| issue.carries_costs());
        let price = |role: Role, cost: &Cost| burden(measure, role, cost);
        let costly_terms: Vec<CostlyTerm> = costly.map(|issue| CostlyTerm::new(issue, &price)).collect();
        let mut all = BTreeSet::new();
        for (role, terms) in [(Role::Provider, candidate.offer_terms), (Role::Receiver, candidate.need_terms)] {
            all.extend(terms.quantity.as_ref().map(|_| Part::Quantity(role)));
            all.extend(terms.volume.as_ref().map(|_| Part::Volume(role)));
            all.extend(terms.every.as_ref().map(|_| Part::Every(role)));
            all.extend(terms.price.as_ref().map(|_| Part::Price(role)));
        }
        all.extend(costly_terms.iter().flat_map(|term| term.parts.iter().flatten()).cloned());
        Self { candidate, measure, bargain, all, terms: costly_terms }
    }

    /// Whether the numbers of the kept statements can hold together.
    fn hold(&self, kept: &BTreeSet<Part>) -> bool {
        // Multiples that are left out help where they round a volume down.
        let (offered, needed) = (&self.bargain.supply.multiple, &self.bargain.demand.multiple);
        let rounds = |part: &&Part| match part {
            Part::Quantity(Role::Provider) => offered.is_some(),
            Part::Quantity(Role::Receiver) => needed.is_some(),
            _ => false,
        };
        let with = |part: &Part| kept.iter().chain([part]).cloned().collect();
        self.of(kept).possible().unwrap_or(false)
            || self.all.difference(kept).filter(rounds).any(|part| self.hold(&with(part)))
    }

    /// The numbers of the kept statements, with what is worth something to a side.
    fn of(&self, kept: &BTreeSet<Part>) -> Bargain {
        let whole = self.bargain;
        let any = || Interval::new(Some(Rational::zero()), None, None);
        let set = |role, stated: &Interval| if kept.contains(&Part::Quantity(role)) { stated.clone() } else { any() };
        let (supply, demand) = (&whole.supply, &whole.demand);
        let offered = supply.multiple.clone().filter(|_| kept.contains(&Part::Quantity(Role::Provider)));
        let needed = demand.multiple.clone().filter(|_| kept.contains(&Part::Quantity(Role::Receiver)));
        Bargain {
            supply: Rc::new(Supply {
                quantity: set(Role::Provider, &supply.quantity),
                multiple: offered.clone(),
                volume: supply.volume.clone().filter(|_| kept.contains(&Part::Volume(Role::Provider))),
                tiers: supply.tiers.clone().filter(|_| kept.contains(&Part::Price(Role::Provider))),
            }),
            demand: Rc::new(Demand {
                quantity: set(Role::Receiver, &demand.quantity),
                multiple: needed.clone(),
                volume: demand.volume.clone().filter(|_| kept.contains(&Part::Volume(Role::Receiver))),
                bid: if kept.contains(&Part::Price(Role::Receiver)) { demand.bid.clone() } else { Bid::Silent },
            }),
            multiples: common_multiple([offered, needed]),
            grain: whole.grain.clone(),
            rhythms: self.rhythms(kept).map(Into::into),
            options: Rc::new(self.options(kept)),
            stand_in: whole.stand_in.clone(),
            ends: Ends::default(),
        }
    }

    fn cost(&self) -> impl Fn(Role, &Cost) -> Burden {
        |role, cost| burden(self.measure, role, cost)
    }

    /// A need that recurs goes on recurring, in any rhythm where what says how often is left out; a stock that is kept makes
    /// it a single delivery then.
    fn rhythms(&self, kept: &BTreeSet<Part>) -> Option<Vec<Rhythm>> {
        let (offer, need) = (self.candidate.offer_terms, self.candidate.need_terms);
        let every = |role, terms: &'a Terms| {
            let every = terms.every.as_ref().filter(|_| kept.contains(&Part::Every(role)));
            every.map(|every| every.value.as_slice())
        };
        let volume_with_period = |role, terms: &Terms, period: bool| {
            let kept = terms.volume.as_ref().filter(|_| kept.contains(&Part::Volume(role)));
            kept.is_some_and(|volume| volume.value.per.is_some() == period)
        };
        self.bargain.rhythms.as_ref()?;
        let (offered, needed) = (every(Role::Provider, offer), every(Role::Receiver, need));
        let by_volume = volume_with_period(Role::Receiver, need, true);
        let by_stock = volume_with_period(Role::Provider, offer, false);
        let stated = offer.every.is_some() || need.every.is_some();
        let of = |needed: Option<&[StatedRhythm]>| rhythms_of(offer, need, [offered, needed], &self.cost());
        let in_any = || Some(of(Some(any_rhythm(self.candidate).as_slice())));
        match needed {
            None if by_volume && stated && offered.is_none() => in_any(),
            None if !by_volume && by_stock => None,
            None if !by_volume => in_any(),
            needed => Some(of(needed)),
        }
    }

    /// The options of each term on which somebody states a cost.
    fn options(&self, kept: &BTreeSet<Part>) -> Options {
        let options = self.terms.iter().map(|term| term.options(kept));
        Options::new(options.filter(|list| !list.is_empty()).cloned().collect())
    }
}

/// A term on which somebody states a cost.
struct CostlyTerm {
    /// The statements of the provider and of the receiver, as far as there are any.
    parts: [Option<Part>; 2],
    /// The options where neither statement is kept, that of the receiver alone, that of the provider alone, and both.
    options: [Vec<Burdens>; 4],
}

impl CostlyTerm {
    fn new(issue: &Issue<'_>, price: &terms::Costing<'_>) -> Self {
        let part = |role| issue.stated_by(role).map(|_| Part::Term(role, issue.key.to_owned()));
        let ways = [(false, false), (false, true), (true, false), (true, true)];
        Self {
            parts: [Role::Provider, Role::Receiver].map(part),
            options: ways.map(|(offered, needed)| options_of(issue, offered, needed, price)),
        }
    }

    fn options(&self, kept: &BTreeSet<Part>) -> &Vec<Burdens> {
        let [neither, needed, offered, both] = &self.options;
        match self.parts.each_ref().map(|part| part.as_ref().is_some_and(|part| kept.contains(part))) {
            [false, false] => neither,
            [false, true] => needed,
            [true, false] => offered,
            [true, true] => both,
        }
    }
}

/// The options of a term with some of its statements, and those that are worth something with any of them.
fn options_of(issue: &Issue<'_>, keeps_offered: bool, keeps_needed: bool, price: &terms::Costing<'_>) -> Vec<Burdens> {
    let (provider, receiver) = (issue.provider, issue.receiver);
    let (offered, needed) = (provider.filter(|_| keeps_offered), receiver.filter(|_| keeps_needed));
    let options =
        |first, second| Issue::new(issue.key, first, second, price).map(|issue| issue.options()).unwrap_or_default();
    let mut found = options(offered, needed);
    if issue.is_worth_anything() {
        if found.is_empty() {
            found.push(Burdens::default());
        }
        let ways = [(provider, receiver), (provider, needed), (offered, receiver)];
        found.extend(ways.into_iter().flat_map(|(first, second)| options(first, second)));
    }
    found
}

/// The rhythms that are tried where none is asked for: the usual ones and those that either states.
pub(super) fn usual_rhythms(candidate: &Candidate<'_>) -> Vec<Duration> {
    let of = |unit, counts: &[u32]| counts.iter().map(|count| Duration { count: *count, unit }).collect::<Vec<_>>();
    let stated =
        [candidate.offer_terms, candidate.need_terms].into_iter().flat_map(|t| t.every.iter()).flat_map(|at| &at.value);
    let mut all: Vec<Duration> = of(DurationUnit::Day, &[1, 2, 3]);
    all.extend(of(DurationUnit::Week, &[1, 2, 3, 4]));
    all.extend(of(DurationUnit::Month, &[1, 2, 3, 6]));
    all.extend(of(DurationUnit::Year, &[1]));
    all.extend(stated.map(|rhythm| rhythm.every));
    let mut seen = BTreeSet::new();
    all.retain(|every| seen.insert(every.to_string()));
    all
}

/// The terms of both without a statement. A need that recurs goes on recurring, in any rhythm.
pub(super) fn without(candidate: &Candidate<'_>, part: &Part) -> (Terms, Terms) {
    without_all(candidate, std::iter::once(part))
}

/// The terms of both with those of their numbers alone that are of a set. A need that recurs goes on recurring, in any rhythm.
pub(super) fn with_only(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> (Terms, Terms) {
    let numbers = Role::BOTH.into_iter().flat_map(|role| {
        let parts = [Part::Quantity(role), Part::Volume(role), Part::Every(role), Part::Price(role)];
        let costly = candidate.sheet.issues.iter().filter(|issue| issue.states_costs());
        parts.into_iter().chain(costly.map(move |issue| Part::Term(role, issue.key.to_owned())))
    });
    let others: Vec<Part> = numbers.filter(|part| !set.contains(part)).collect();
    without_all(candidate, others.iter())
}

fn without_all<'p>(candidate: &Candidate<'_>, parts: impl Iterator<Item = &'p Part>) -> (Terms, Terms) {
    let (mut offer, mut need) = (candidate.offer_terms.clone(), candidate.need_terms.clone());
    for part in parts {
        let terms = if part.role() == Role::Provider { &mut offer } else { &mut need };
        match part {
            Part::Quantity(_) => terms.quantity = None,
            Part::Price(_) => terms.price = None,
            Part::Volume(_) => terms.volume = None,
            Part::Every(_) => terms.every = None,
            Part::Term(_, key) => terms.others.retain(|statement| statement.key != *key),
        }
    }
    if need.every.is_none() && is_recurring(candidate.need_terms) && is_in_any_rhythm(candidate, &offer, &need) {
        let node = candidate.need_terms.every.as_ref().map_or(candidate.need.node, |at| at.node);
        need.every = Some(At { node, value: any_rhythm(candidate) });
    }
    (offer, need)
}

/// Whether a need that recurs does so in any rhythm, as [`Numbers::rhythms`] has it, where the two say no more than this: not
/// where its volume alone has said how often, nor with a stock, which makes it a single delivery.
fn is_in_any_rhythm(candidate: &Candidate<'_>, offer: &Terms, need: &Terms) -> bool {
    if volume_period(need).is_some() {
        let is_stated = candidate.offer_terms.every.is_some() || candidate.need_terms.every.is_some();
        return is_stated && offer.every.is_none();
    }
    offer.volume.as_ref().is_none_or(|volume| volume.value.per.is_some())
}

fn any_rhythm(candidate: &Candidate<'_>) -> Vec<StatedRhythm> {
    let node = candidate.need_terms.every.as_ref().map_or(candidate.need.node, |at| at.node);
    usual_rhythms(candidate).into_iter().map(|every| StatedRhythm { node, every, costs: Vec::new() }).collect()
}
