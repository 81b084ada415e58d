//! How two statements on one term meet, what each common choice costs the two, and what is kept (R3, R6, R11).

use std::rc::Rc;
use std::sync::Arc;

use smol_str::SmolStr;

use super::bargain::{Bargain, Burden, Burdens, Delivery};
use crate::agreement::Role;
use crate::domain::{Interval, common, ladder};
use crate::manifest::model::{Choice, Cost, RangeDomain, Scale, Statement, TermDomain};
use crate::value::Rational;
use crate::vocab::codes;
use crate::vocab::terms::{CodeList, Silence, Term, TermKind, Values, order};

/// One term on which at least one side has spoken.
#[derive(Clone, Debug)]
pub(super) struct Issue<'a> {
    pub(super) key: &'a str,
    pub(super) term: &'static Term,
    pub(super) provider: Option<&'a Statement>,
    pub(super) receiver: Option<&'a Statement>,
    /// What the two have in common; shared among lines whose sides say the same.
    pub(super) meeting: Rc<Meeting>,
}

/// What two statements have in common.
#[derive(Clone, Debug)]
pub(super) enum Meeting {
    /// Nothing: a conflict.
    Empty,
    /// Only one side has spoken, and silence is open.
    Proposed,
    /// One side lacks it and the other does not insist: it is no part of the deal.
    Absent,
    /// An interval.
    Range(RangeMeeting),
    /// Alternatives, one of which is taken.
    One(Vec<Alternative>),
    /// Alternatives, of which all that cost least are kept.
    All(Vec<Alternative>),
    /// Steps in order.
    Ladder(Vec<String>),
}

/// An interval and what its values cost.
#[derive(Clone, Debug)]
pub(super) struct RangeMeeting {
    pub(super) set: Interval,
    pub(super) circuit: Option<String>,
    /// The values at which costs may bend, rising; empty where nothing costs anything.
    values: Vec<(Rational, Burdens)>,
    /// Whether the last value stands for everything above.
    open_above: bool,
}

/// A common alternative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Alternative {
    pub(super) value: SmolStr,
    pub(super) at: Option<SmolStr>,
    pub(super) burdens: Burdens,
    /// Points of the provider and of the receiver.
    pub(super) points: (Rational, Rational),
    /// What decides between equals, before the bytes of value and place: worse rank, sum of ranks, place in the code list.
    rank: (usize, usize, usize),
}

/// What is kept of a meeting in a delivery, and what it costs each.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub(super) kept: Kept,
    pub(super) provider: Rational,
    pub(super) receiver: Rational,
}

/// What is kept of a meeting.
#[derive(Clone, Debug)]
pub(super) enum Kept {
    Nothing,
    Range(Interval),
    One(Alternative),
    All(Vec<Alternative>),
    Ladder(Vec<String>),
}

/// Turns a cost that a side states into a burden.
pub(super) type Costing<'p> = dyn Fn(Role, &Cost) -> Burden + 'p;

/// All terms on which either side has spoken, in catalogue order.
pub(super) fn issues<'a>(
    provider: &'a [Arc<Statement>],
    receiver: &'a [Arc<Statement>],
    costing: &Costing<'_>,
) -> Vec<Issue<'a>> {
    let mut keys: Vec<(usize, &'a str)> = provider.iter().chain(receiver).map(|s| order(&s.key)).collect();
    keys.sort_unstable();
    keys.dedup();
    let keys = keys.into_iter().map(|(_, key)| key);
    keys.filter_map(|key| Issue::new(key, stated_on(provider, key), stated_on(receiver, key), costing)).collect()
}

/// What a side says on a term.
fn stated_on<'a>(statements: &'a [Arc<Statement>], key: &str) -> Option<&'a Statement> {
    statements.iter().find(|statement| statement.key == key).map(Arc::as_ref)
}

impl<'a> Issue<'a> {
    /// The issue of a term; `None` where neither has spoken.
    pub(super) fn new(
        key: &'a str,
        provider: Option<&'a Statement>,
        receiver: Option<&'a Statement>,
        costing: &Costing<'_>,
    ) -> Option<Self> {
        let term = provider.or(receiver)?.term;
        let meeting = meet(term, provider, receiver, costing);
        Some(Self { key, term, provider, receiver, meeting: Rc::new(meeting) })
    }

    /// The options that the choice of a delivery has to weigh.
    pub(super) fn options(&self) -> Vec<Burdens> {
        match &*self.meeting {
            Meeting::Range(range) => range.values.iter().map(|(_, burdens)| burdens.clone()).collect(),
            Meeting::One(list) | Meeting::All(list) => list.iter().map(|a| a.burdens.clone()).collect(),
            Meeting::Empty | Meeting::Proposed | Meeting::Absent | Meeting::Ladder(_) => Vec::new(),
        }
    }

    /// Whether there are any.
    pub(super) fn has_options(&self) -> bool {
        match &*self.meeting {
            Meeting::Range(range) => !range.values.is_empty(),
            Meeting::One(list) | Meeting::All(list) => !list.is_empty(),
            Meeting::Empty | Meeting::Proposed | Meeting::Absent | Meeting::Ladder(_) => false,
        }
    }

    /// Whether no option costs anybody anything, so that what is kept is the same in every delivery.
    pub(super) fn costs_nothing(&self) -> bool {
        match &*self.meeting {
            Meeting::Range(range) => range.values.iter().all(|(_, burdens)| burdens.are_nothing()),
            Meeting::One(list) | Meeting::All(list) => list.iter().all(|a| a.burdens.are_nothing()),
            Meeting::Empty | Meeting::Proposed | Meeting::Absent | Meeting::Ladder(_) => true,
        }
    }

    /// Whether what the two say is about one thing: shares in two circuits are not.
    pub(super) fn is_shared(&self) -> bool {
        self.provider.is_some()
            && self.receiver.is_some()
            && (self.key != "credit_share" || in_one_circuit(self.provider, self.receiver))
    }

    /// Whether an alternative carries points.
    pub(super) fn has_points(&self) -> bool {
        let carries = |a: &Alternative| !a.points.0.is_zero() || !a.points.1.is_zero();
        matches!(&*self.meeting, Meeting::One(list) | Meeting::All(list) if list.iter().any(carries))
    }

    /// Whether choices are to be made of which somebody states what they cost, even where those that both accept cost
    /// nothing.
    pub(super) fn carries_costs(&self) -> bool {
        self.has_options() && self.states_costs()
    }

    /// Whether somebody states what some choice costs, or is worth.
    pub(super) fn states_costs(&self) -> bool {
        let stated = [self.provider, self.receiver].into_iter().flatten();
        stated.flat_map(|statement| costs_of(&statement.domain)).next().is_some()
    }

    /// Whether somebody states what some choice is worth where no money moves.
    pub(super) fn states_points(&self) -> bool {
        let stated = [self.provider, self.receiver].into_iter().flatten();
        stated.filter_map(|statement| choices(Some(statement))).flatten().any(|choice| choice.points.is_some())
    }

    /// Whether some value is worth something to who states it.
    pub(super) fn is_worth_anything(&self) -> bool {
        let stated = [self.provider, self.receiver].into_iter().flatten();
        stated.flat_map(|statement| costs_of(&statement.domain)).any(|cost| cost.benefit)
    }

    /// The same between statements that say the same elsewhere.
    pub(super) fn between(&self, offered: &'a [Arc<Statement>], needed: &'a [Arc<Statement>]) -> Self {
        let own = |stated: Option<&Statement>, all| stated.and_then(|stated| stated_on(all, &stated.key));
        Self { provider: own(self.provider, offered), receiver: own(self.receiver, needed), ..self.clone() }
    }

    /// What a side says.
    pub(super) fn stated_by(&self, role: Role) -> Option<&'a Statement> {
        match role {
            Role::Provider => self.provider,
            Role::Receiver => self.receiver,
        }
    }

    /// The term with statements left out that restrict nothing then, and whose points count where they help.
    pub(super) fn pooled(&self, left_out: impl Fn(Role) -> bool) -> Self {
        let free = |_: Role, _: &Cost| Burden::default();
        let provider = self.provider.filter(|_| !left_out(Role::Provider));
        let receiver = self.receiver.filter(|_| !left_out(Role::Receiver));
        let ways = [
            (self.provider, self.receiver),
            (self.provider, receiver),
            (provider, self.receiver),
            (provider, receiver),
        ];
        let mut pool: Vec<Alternative> = Vec::new();
        for (provider, receiver) in ways {
            let issue = Self::new(self.key, provider, receiver, &free);
            match issue.as_ref().map(|issue| &*issue.meeting) {
                Some(Meeting::One(list)) => pool.extend(list.iter().cloned()),
                // Nobody says anything: any choice, and none is worth anything.
                _ => pool.push(Alternative::default()),
            }
        }
        Self { meeting: Rc::new(Meeting::One(pool)), ..self.clone() }
    }

    /// What is kept in a delivery (R6).
    pub(super) fn settle(&self, bargain: &Bargain, delivery: &Delivery) -> Settled {
        match &*self.meeting {
            Meeting::Range(range) => range.settle(bargain, delivery),
            Meeting::One(list) => settle_one(list, bargain, delivery),
            Meeting::All(list) => settle_all(list, bargain, delivery),
            Meeting::Ladder(steps) => Settled::free(Kept::Ladder(steps.clone())),
            Meeting::Empty | Meeting::Proposed | Meeting::Absent => Settled::free(Kept::Nothing),
        }
    }

    /// What is kept in a delivery: the option with an index of `options`, where the terms are not each decided by itself.
    pub(super) fn settle_as(&self, pick: Option<usize>, bargain: &Bargain, delivery: &Delivery) -> Settled {
        let alone = pick.and_then(|pick| self.settle_at(pick, bargain, delivery));
        alone.unwrap_or_else(|| self.settle(bargain, delivery))
    }

    /// The option with an index of `options`, taken alone.
    fn settle_at(&self, pick: usize, bargain: &Bargain, delivery: &Delivery) -> Option<Settled> {
        let settled = |burdens: &Burdens, kept| Settled {
            provider: bargain.provider_cost(burdens, delivery),
            receiver: bargain.receiver_cost(burdens, delivery),
            kept,
        };
        match &*self.meeting {
            Meeting::Range(range) => {
                range.values.get(pick).map(|(value, b)| settled(b, Kept::Range(Interval::point(value.clone()))))
            }
            Meeting::One(list) => list.get(pick).map(|a| settled(&a.burdens, Kept::One(a.clone()))),
            Meeting::All(list) => list.get(pick).map(|a| settled(&a.burdens, Kept::All(vec![a.clone()]))),
            Meeting::Empty | Meeting::Proposed | Meeting::Absent | Meeting::Ladder(_) => None,
        }
    }

    /// What is kept where nothing costs anything: on terms of the agreement as a whole.
    pub(super) fn settle_without_costs(&self) -> Kept {
        match &*self.meeting {
            Meeting::Range(range) => Kept::Range(range.set.clone()),
            Meeting::One(list) => {
                list.iter().min_by(|a, b| a.tie().cmp(&b.tie())).cloned().map_or(Kept::Nothing, Kept::One)
            }
            Meeting::All(list) => Kept::All(list.clone()),
            Meeting::Ladder(steps) => Kept::Ladder(steps.clone()),
            Meeting::Empty | Meeting::Proposed | Meeting::Absent => Kept::Nothing,
        }
    }
}

impl Settled {
    pub(super) fn free(kept: Kept) -> Self {
        Self { kept, provider: Rational::zero(), receiver: Rational::zero() }
    }
}

fn meet(
    term: &'static Term,
    provider: Option<&Statement>,
    receiver: Option<&Statement>,
    costing: &Costing<'_>,
) -> Meeting {
    if term.name == "credit_share" {
        return meet_credit(provider, receiver, costing);
    }
    if provider.is_none() != receiver.is_none() && term.silence == Silence::Open {
        return Meeting::Proposed;
    }
    match (provider.map(|s| &s.domain), receiver.map(|s| &s.domain)) {
        (None, None) => Meeting::Absent,
        (Some(TermDomain::Range(_)), Some(TermDomain::Choices(_)))
        | (Some(TermDomain::Choices(_)), Some(TermDomain::Range(_))) => Meeting::Empty,
        (Some(TermDomain::Choices(_)), _) | (_, Some(TermDomain::Choices(_))) => {
            meet_choices(term, choices(provider), choices(receiver), costing)
        }
        (Some(TermDomain::Range(_)), _) | (_, Some(TermDomain::Range(_))) => {
            meet_ranges(range(provider), range(receiver), costing)
        }
    }
}

/// The options of a statement that is a choice.
pub(super) fn choices(statement: Option<&Statement>) -> Option<&[Choice]> {
    match &statement?.domain {
        TermDomain::Choices(list) => Some(list),
        TermDomain::Range(_) => None,
    }
}

fn range(statement: Option<&Statement>) -> Option<&RangeDomain> {
    match &statement?.domain {
        TermDomain::Range(range) => Some(range),
        TermDomain::Choices(_) => None,
    }
}

/// A share in a circuit needs both sides in the same one; whoever is silent, or elsewhere, lacks it.
fn meet_credit(provider: Option<&Statement>, receiver: Option<&Statement>, costing: &Costing<'_>) -> Meeting {
    if in_one_circuit(provider, receiver) {
        return meet_ranges(range(provider), range(receiver), costing);
    }
    if [provider, receiver].into_iter().flatten().any(insists) { Meeting::Empty } else { Meeting::Absent }
}

fn in_one_circuit(provider: Option<&Statement>, receiver: Option<&Statement>) -> bool {
    matches!((range(provider), range(receiver)), (Some(a), Some(b)) if a.circuit.is_some() && a.circuit == b.circuit)
}

/// What the values of a domain cost or are worth, in the order in which they stand.
pub(super) fn costs_of(domain: &TermDomain) -> Vec<&Cost> {
    match domain {
        TermDomain::Range(range) => range.costs.iter().collect(),
        TermDomain::Choices(list) => list.iter().flat_map(|choice| &choice.costs).collect(),
    }
}

/// Whether a side accepts nothing less than some of it.
pub(super) fn insists(statement: &Statement) -> bool {
    range(Some(statement)).is_some_and(|range| range.at_least.as_ref().is_some_and(Rational::is_positive))
}

fn meet_choices(
    term: &'static Term,
    first: Option<&[Choice]>,
    second: Option<&[Choice]>,
    costing: &Costing<'_>,
) -> Meeting {
    if term.kind == TermKind::Ladder {
        let codes = code_list(term).map(codes::of).unwrap_or_default();
        let words =
            |list: Option<&[Choice]>| list.map(|list| list.iter().map(|c| c.value.to_string()).collect::<Vec<_>>());
        let (first, second) = (words(first), words(second));
        let either = first.clone().or(second.clone()).unwrap_or_default();
        let steps = ladder(&first.unwrap_or_else(|| either.clone()), &second.unwrap_or(either), &codes);
        return if steps.is_empty() { Meeting::Empty } else { Meeting::Ladder(steps) };
    }
    let joined = common(first, second, |a, b| join(a, b, costing));
    let mut list: Vec<Alternative> = joined
        .into_iter()
        .map(|common| {
            let (worse, sum) = common.order();
            let mut alternative = common.value;
            let code = code_list(term).map_or(0, |list| codes::place(list, &alternative.value));
            alternative.rank = (worse, sum, code);
            alternative
        })
        .collect();
    // What comes first where nothing else decides.
    list.sort_by(|a, b| a.tie().cmp(&b.tie()));
    match (list.is_empty(), term.kind) {
        (true, _) => Meeting::Empty,
        (false, TermKind::All) => Meeting::All(list),
        (false, _) => Meeting::One(list),
    }
}

fn code_list(term: &'static Term) -> Option<CodeList> {
    match term.values {
        Values::Code(list) => Some(list),
        _ => None,
    }
}

/// Two choices are the same if their values are, and their places where both name one.
pub(super) fn is_same_choice(a: &Choice, b: &Choice) -> bool {
    let places_differ = matches!((&a.at, &b.at), (Some(x), Some(y)) if x != y);
    a.value == b.value && !places_differ
}

fn join(first: Option<&Choice>, second: Option<&Choice>, costing: &Costing<'_>) -> Option<Alternative> {
    if let (Some(a), Some(b)) = (first, second)
        && !is_same_choice(a, b)
    {
        return None;
    }
    let one = first.or(second)?;
    let burden = |role, choice: Option<&Choice>| {
        choice.map(|c| sum(c.costs.iter().map(|cost| costing(role, cost)))).unwrap_or_default()
    };
    let points = |choice: Option<&Choice>| choice.and_then(|c| c.points.clone()).unwrap_or_default();
    let at = first.and_then(|c| c.at.clone()).or_else(|| second.and_then(|c| c.at.clone()));
    Some(Alternative {
        value: one.value.clone(),
        at,
        burdens: Burdens { provider: burden(Role::Provider, first), receiver: burden(Role::Receiver, second) },
        points: (points(first), points(second)),
        rank: (0, 0, 0),
    })
}

fn sum(burdens: impl Iterator<Item = Burden>) -> Burden {
    burdens.fold(Burden::default(), |a, b| a.plus(&b))
}

fn meet_ranges(first: Option<&RangeDomain>, second: Option<&RangeDomain>, costing: &Costing<'_>) -> Meeting {
    let Some(one) = first.or(second) else { return Meeting::Absent };
    if let (Some(a), Some(b)) = (first, second)
        && !same_scale(&a.scale, &b.scale)
    {
        return Meeting::Empty;
    }
    let interval = |r: Option<&RangeDomain>| r.map_or_else(Interval::all, interval_of);
    let set = interval(first).meet(&interval(second));
    if set.is_empty() {
        return Meeting::Empty;
    }
    let (values, open_above) = bends(&set, &one.scale, first, second, costing);
    Meeting::Range(RangeMeeting { set, circuit: one.circuit.as_deref().map(str::to_owned), values, open_above })
}

/// The interval of a stated range.
pub(super) fn interval_of(range: &RangeDomain) -> Interval {
    Interval::new(range.at_least.clone(), range.at_most.clone(), range.multiple_of.clone())
}

/// Whether two ranges count in the same thing; the unit of writing does not matter.
pub(super) fn same_scale(a: &Scale, b: &Scale) -> bool {
    match (a, b) {
        (Scale::Unit { dimension: a, .. }, Scale::Unit { dimension: b, .. }) => a == b,
        _ => a == b,
    }
}

/// The values at which the costs of a range may bend, with what they cost, rising.
fn bends<'r>(
    set: &Interval,
    scale: &Scale,
    first: Option<&'r RangeDomain>,
    second: Option<&'r RangeDomain>,
    costing: &Costing<'_>,
) -> (Vec<(Rational, Burdens)>, bool) {
    let costs = |r: Option<&'r RangeDomain>| r.map(|r| r.costs.as_slice()).unwrap_or_default();
    let (first, second) = (costs(first), costs(second));
    if first.is_empty() && second.is_empty() {
        return (Vec::new(), false);
    }
    // Days, months, shares and times of day have a natural least value; nobody writes it.
    let natural = matches!(scale, Scale::Days | Scale::Months | Scale::Percent | Scale::Clock).then(Rational::zero);
    let mut at: Vec<Rational> = set.lo().cloned().or(natural).into_iter().chain(set.hi().cloned()).collect();
    for after in first.iter().chain(second).filter_map(|cost| cost.after.as_ref()) {
        at.extend(set.at_most(after).into_iter().chain(set.at_least(after)));
    }
    if set.hi().is_none() {
        let step = set.step().cloned().unwrap_or_else(Rational::one);
        let last = at.iter().max().cloned().unwrap_or_default();
        at.push(&last + &step);
    }
    at.sort();
    at.dedup();
    let burden = |role, costs: &[Cost], value: &Rational| {
        sum(costs.iter().map(|cost| costing(role, cost).times(&times(cost, value))))
    };
    let priced = at.into_iter().map(|value| {
        let provider = burden(Role::Provider, first, &value);
        let receiver = burden(Role::Receiver, second, &value);
        (value, Burdens { provider, receiver })
    });
    (priced.collect(), set.hi().is_none())
}

/// How often a cost is counted at a value: once per `per` from `after` on. A share in a circuit names no `per`: its
/// percentage is of the part paid in credit.
fn times(cost: &Cost, value: &Rational) -> Rational {
    let over = value - cost.after.as_ref().unwrap_or(&Rational::zero());
    let over = if over.is_negative() { Rational::zero() } else { over };
    over.checked_div(cost.per.as_ref().unwrap_or(&Rational::from(100))).unwrap_or_default()
}

impl Alternative {
    /// Whether it is what two sides have in common of which this is one side's choice.
    pub(super) fn is_of(&self, choice: &Choice) -> bool {
        self.value == choice.value && (choice.at.is_none() || choice.at == self.at)
    }

    /// What tells it from others of its term.
    pub(super) fn name(&self) -> String {
        self.at.as_ref().map_or_else(|| self.value.to_string(), |at| format!("{} at {at}", self.value))
    }

    /// What decides between it and others that cost as much.
    pub(super) fn tie(&self) -> impl Ord {
        (self.rank, self.value.as_str(), self.at.as_deref())
    }
}

impl RangeMeeting {
    /// The values at which costs may bend, rising, with what they cost.
    pub(super) fn values(&self) -> impl Iterator<Item = (&Rational, &Burdens)> {
        self.values.iter().map(|(value, burdens)| (value, burdens))
    }

    fn settle(&self, bargain: &Bargain, delivery: &Delivery) -> Settled {
        let priced: Vec<(Rational, Rational)> = self
            .values
            .iter()
            .map(|(_, b)| (bargain.provider_cost(b, delivery), bargain.receiver_cost(b, delivery)))
            .collect();
        let Some(best) = cheapest(&priced) else { return Settled::free(Kept::Range(self.set.clone())) };
        // Costs are linear between neighbours, so a run of cheapest values is cheapest throughout.
        let first = best.iter().position(|keep| *keep).unwrap_or(0);
        let last = best.iter().skip(first).take_while(|keep| **keep).count() + first - 1;
        let value = |index: usize| self.values.get(index).map(|(value, _)| value.clone());
        // A natural least value is written only where nothing else is left.
        let lo = if first == 0 && last > 0 && self.set.lo().is_none() { None } else { value(first) };
        let hi = if last + 1 == self.values.len() && self.open_above { None } else { value(last) };
        let (provider, receiver) = priced.get(first).cloned().unwrap_or_default();
        Settled { kept: Kept::Range(Interval::new(lo, hi, self.set.step().cloned())), provider, receiver }
    }
}

/// Which of the (provider, receiver) costs are kept: the least together and, where those do not cost each side the same,
/// those that cost the provider least. `None` for no costs at all.
fn cheapest(costs: &[(Rational, Rational)]) -> Option<Vec<bool>> {
    let joint = costs.iter().map(|(p, r)| p + r).min()?;
    let least = costs.iter().filter(|(p, r)| p + r == joint).map(|(p, _)| p).min()?;
    Some(costs.iter().map(|(p, r)| p + r == joint && p == least).collect())
}

/// Of alternatives in the order of what decides between equals, the first that costs the two least.
fn settle_one(list: &[Alternative], bargain: &Bargain, delivery: &Delivery) -> Settled {
    let costs =
        |a: &Alternative| (bargain.provider_cost(&a.burdens, delivery), bargain.receiver_cost(&a.burdens, delivery));
    let priced = list.iter().map(|alternative| (alternative, costs(alternative)));
    let priced =
        priced.map(|(alternative, (provider, receiver))| (&provider + &receiver, alternative, provider, receiver));
    match priced.min_by(|(a, ..), (b, ..)| a.cmp(b)) {
        Some((_, best, provider, receiver)) => Settled { kept: Kept::One(best.clone()), provider, receiver },
        None => Settled::free(Kept::Nothing),
    }
}

fn settle_all(list: &[Alternative], bargain: &Bargain, delivery: &Delivery) -> Settled {
    let costs: Vec<(Rational, Rational)> = list
        .iter()
        .map(|a| (bargain.provider_cost(&a.burdens, delivery), bargain.receiver_cost(&a.burdens, delivery)))
        .collect();
    let keep = cheapest(&costs).unwrap_or_default();
    let kept: Vec<Alternative> = list.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(a, _)| a.clone()).collect();
    let (provider, receiver) = costs.into_iter().zip(keep).find(|(_, keep)| *keep).map(|(c, _)| c).unwrap_or_default();
    Settled { kept: Kept::All(kept), provider, receiver }
}
