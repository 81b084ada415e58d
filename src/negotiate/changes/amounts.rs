//! Changes of quantities, volumes and rhythms: an end moved to a delivery that does.

use smol_str::SmolStr;

use super::lattice::{Way, just_short_of, rounded_away, writable};
use super::{Does, Proposal, TermEdit, distance};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::domain::Interval;
use crate::manifest::model::{Quantities, Rhythm, Volume};
use crate::negotiate::bargain::Bargain;
use crate::negotiate::candidate::Candidate;
use crate::negotiate::conflicts::{Part, usual_rhythms};
use crate::negotiate::explain::statement;
use crate::negotiate::numbers::{is_recurring, volume_period};
use crate::negotiate::words;
use crate::syntax::At;
use crate::value::{Decimal, Dimension, Duration, Quantity, Rational};

/// Quantities at which something begins or ends: where tiers begin, and the ends of what either side allows, on the common
/// multiples.
fn target_quantities(bargain: &Bargain) -> Vec<Rational> {
    let lattice = |q: &Rational| match &bargain.multiples {
        Some(step) => vec![q.floor_to(step), q.ceil_to(step)],
        None => vec![q.clone()],
    };
    let count = bargain.rhythms.as_ref().map_or(0, |all| all.len());
    let rhythms: Vec<Option<usize>> = if count == 0 { vec![None] } else { (0..count).map(Some).collect() };
    let of_volumes: Vec<Interval> = rhythms.into_iter().flat_map(|rhythm| bargain.sets_of_volumes(rhythm)).collect();
    let sets = [&bargain.supply.quantity, &bargain.demand.quantity].into_iter().chain(&of_volumes);
    let ends = sets.flat_map(|set| set.lo().into_iter().chain(set.hi()));
    let starts = bargain.supply.tiers.iter().flatten().map(|tier| &tier.from);
    let mut targets: Vec<Rational> = starts.chain(ends).flat_map(lattice).filter(Rational::is_positive).collect();
    targets.sort();
    targets.dedup();
    targets
}

/// One side's quantity of a delivery moved to one that does, and its multiples given up; both at once where neither alone does.
pub(super) fn quantities(candidate: &Candidate<'_>, role: Role, does: &Does<'_>) -> Vec<Proposal> {
    let any = without_multiples(candidate, role);
    let moved = moved_quantity(candidate, role, does);
    let does_alone = any.as_ref().is_some_and(|proposal| does(&proposal.edit));
    if moved.is_some() || does_alone {
        return moved.into_iter().chain(any.filter(|_| does_alone)).collect();
    }
    any.and_then(|any| moved_without_multiples(candidate, any, does)).into_iter().collect()
}

/// One side's quantity of a delivery moved to one that does, where its multiples are given up too.
fn moved_without_multiples(candidate: &Candidate<'_>, any: Proposal, does: &Does<'_>) -> Option<Proposal> {
    let TermEdit::Terms(role, terms) = &any.edit else { return None };
    let (offer, need) = candidate.with(*role, terms);
    let moved = moved_quantity(&candidate.varied(offer, need), *role, does)?;
    let multiple = candidate.terms(*role).quantity.as_ref()?.value.multiple_of.as_ref()?;
    let to = Text::new("{change}, and not only multiples of {multiple}").with_text("change", moved.to);
    Some(Proposal { to: to.with("multiple", multiple), ..moved })
}

/// One side's quantity of a delivery moved to the nearest that does.
pub(super) fn moved_quantity(candidate: &Candidate<'_>, role: Role, does: &Does<'_>) -> Option<Proposal> {
    let stated = candidate.terms(role).quantity.as_ref()?;
    let (_, bargain) = candidate.counted.as_ref()?;
    let restated = |[at_least, at_most]: [Option<Quantity>; 2]| {
        let value = Quantities { at_least, at_most, ..stated.value.clone() };
        candidate.edited(role, |terms| terms.quantity = Some(At { node: stated.node, value }))
    };
    let written = Written::of(candidate, role, [&stated.value.at_least, &stated.value.at_most])?;
    let lattice = |end: &End| {
        let in_unit = |amount: &Rational| amount.checked_div(&end.factor);
        let multiples = bargain.multiples.as_ref().and_then(in_unit).filter(|step| writable(step).is_some());
        Lattice {
            step: multiples.unwrap_or_else(|| end.step.clone()),
            marks: target_quantities(bargain).iter().filter_map(in_unit).collect(),
            rates: Vec::new(),
            bounds: Vec::new(),
        }
    };
    let Moved { quantity, size, edit } = written.moved(&lattice, &restated, does)?;
    let to = match role {
        Role::Provider => Text::new("deliver {quantity}"),
        Role::Receiver => Text::new("take {quantity}"),
    };
    let statement = statement(candidate, &Part::Quantity(role))?;
    Some(Proposal { role, statement, to: to.with("quantity", quantity), size, edit })
}

/// Both ends of a quantity or a volume, as they are written.
struct Written {
    least: Option<End>,
    most: Option<End>,
}

/// An end in its own unit.
struct End {
    stated: Quantity,
    /// How many base units of what is delivered one of the unit is.
    factor: Rational,
    /// The last decimal that is written.
    step: Rational,
}

/// To what an end can be moved, in the unit in which it is written.
struct Lattice {
    step: Rational,
    marks: Vec<Rational>,
    /// By the rhythm, what a volume has of a common multiple in each delivery.
    rates: Vec<Rational>,
    /// Amounts short of which the lower end of a volume is rounded down to a delivery at which something begins or ends.
    bounds: Vec<Rational>,
}

/// An end at its new place.
struct Moved {
    quantity: Quantity,
    size: Option<Rational>,
    edit: TermEdit,
}

impl End {
    /// Another amount in its unit; nothing where it cannot be written.
    fn at(&self, amount: &Rational) -> Option<Quantity> {
        Some(Quantity { amount: writable(amount)?, unit: self.stated.unit.clone() })
    }

    /// In base units of what is delivered.
    fn base(&self) -> Rational {
        &self.stated.amount.rational() * &self.factor
    }

    /// A quantity of each delivery in the unit that is written, and in a period of each rhythm.
    fn of_deliveries(&self, quantity: &Rational, bargain: &Bargain, per: Option<Duration>) -> Vec<Rational> {
        let Some(quantity) = quantity.checked_div(&self.factor) else { return Vec::new() };
        match (&bargain.rhythms, per) {
            (Some(rhythms), Some(per)) => {
                let times = rhythms.iter().filter_map(|rhythm| per.years().checked_div(&rhythm.years));
                times.map(|times| &quantity * &times).collect()
            }
            _ => vec![quantity],
        }
    }

    /// What a need takes at most in a period, by its volume, else by its deliveries in the first of the rhythms.
    fn taken_in(&self, bargain: &Bargain, per: Duration) -> Option<Rational> {
        let demand = &bargain.demand;
        let in_periods = demand.volume.as_ref().filter(|volume| volume.years.is_some());
        let of_volume = in_periods.and_then(|volume| volume.at_most.as_ref()?.checked_div(&self.factor));
        of_volume.or_else(|| self.of_deliveries(demand.quantity.hi()?, bargain, Some(per)).first().cloned())
    }
}

impl Written {
    fn of(candidate: &Candidate<'_>, role: Role, ends: [&Option<Quantity>; 2]) -> Option<Self> {
        let (measure, _) = candidate.counted.as_ref()?;
        let in_pieces = |unit: &SmolStr| {
            matches!(measure.dimension(), Dimension::Count | Dimension::Word(_))
                || candidate.line(role).units.declares(unit)
        };
        let end = |stated: &Quantity| {
            let alike = ends.into_iter().flatten().filter(|end| end.unit == stated.unit);
            let decimals = alike.map(|end| last_decimal(&end.amount, in_pieces(&end.unit)));
            let factor = &measure.factor(role, &stated.unit)? * &stand_in_ratio(candidate, role);
            Some(End { stated: stated.clone(), factor, step: decimals.min()? })
        };
        let [least, most] = ends.map(|stated| stated.as_ref().map(end));
        Some(Self { least: least.unwrap_or(None), most: most.unwrap_or(None) })
    }

    /// The nearest move of either end that does; an exact amount stays exact.
    fn moved(
        &self,
        lattice: &dyn Fn(&End) -> Lattice,
        restated: &dyn Fn([Option<Quantity>; 2]) -> TermEdit,
        does: &Does<'_>,
    ) -> Option<Moved> {
        let moved = |end: &End, up| self.moved_one_way(end, up, &lattice(end), restated, does);
        let upwards = self.most.as_ref().and_then(|most| moved(most, true));
        let downwards = self.least.as_ref().and_then(|least| moved(least, false));
        [upwards, downwards].into_iter().flatten().min_by(|a, b| a.size.cmp(&b.size))
    }

    /// Whether both ends are the same amount, in whatever units.
    fn is_exact(&self) -> bool {
        self.least.as_ref().map(End::base) == self.most.as_ref().map(End::base)
    }

    fn moved_one_way(
        &self,
        moving: &End,
        up: bool,
        lattice: &Lattice,
        restated: &dyn Fn([Option<Quantity>; 2]) -> TermEdit,
        does: &Does<'_>,
    ) -> Option<Moved> {
        let stated = |end: &Option<End>| end.as_ref().map(|end| end.stated.clone());
        let wider = |end: &Rational| {
            let end = Some(moving.at(end)?);
            Some(restated(if up { [stated(&self.least), end] } else { [end, stated(&self.most)] }))
        };
        let from = moving.stated.amount.rational();
        let way = Way {
            from: from.clone(),
            up,
            step: lattice.step.clone(),
            least: lattice.step.clone(),
            marks: lattice.marks_of(up).into_iter().filter(Rational::is_positive).collect(),
            beyond_marks: true,
        };
        let reaches = |end: &Rational| wider(end).is_some_and(|edit| does(&edit));
        let end = way.nearest(&reaches)?;
        let end = lattice.nearer(&way, &end).into_iter().find(|nearer| reaches(nearer)).unwrap_or(end);
        let moved = |end: &Rational, edit: TermEdit| {
            Some(Moved { quantity: moving.at(end)?, size: distance(&from, end), edit })
        };
        if !self.is_exact() {
            return moved(&end, wider(&end)?);
        }
        // All amounts before the nearest do not, so the exact one does where it is a delivery itself.
        let exact = |end: &Rational| Some(restated([moving.at(end), moving.at(end)])).filter(|edit| does(edit));
        let ends = std::iter::once(end).chain(way.in_order(&way.marks));
        ends.filter_map(|end| moved(&end, exact(&end)?)).next()
    }
}

impl Lattice {
    /// What begins or ends on a way, as it can be written.
    fn marks_of(&self, up: bool) -> Vec<Rational> {
        let short = self.bounds.iter().filter(|_| !up).map(just_short_of);
        self.marks.iter().map(|mark| rounded_away(mark, up)).chain(short).collect()
    }

    /// Amounts short of one that does, of which a volume has whole multiples in a delivery, the nearest first.
    fn nearer(&self, way: &Way, end: &Rational) -> Vec<Rational> {
        if !way.up {
            return Vec::new();
        }
        let whole = self.rates.iter().map(|rate| end.floor_to(rate));
        let short: Vec<Rational> = whole.filter(|amount| amount < end && writable(amount).is_some()).collect();
        way.in_order(&short)
    }
}

/// The last decimal that is written, or the tenth of the first digit; of what is counted in pieces no part of one.
fn last_decimal(amount: &Decimal, in_pieces: bool) -> Rational {
    let is_coarse = amount.scale() == 0 && !in_pieces && amount.rational() < Rational::from(10);
    let decimals = if is_coarse { 1 } else { amount.scale() };
    (0..decimals).fold(Rational::one(), |unit, _| unit.checked_div(&Rational::from(10)).unwrap_or(unit))
}

/// Any quantity between the ends, where only multiples stood in the way.
pub(super) fn without_multiples(candidate: &Candidate<'_>, role: Role) -> Option<Proposal> {
    let stated = candidate.terms(role).quantity.as_ref()?;
    let multiple = stated.value.multiple_of.as_ref()?;
    let value = Quantities { multiple_of: None, ..stated.value.clone() };
    let edit = candidate.edited(role, |terms| terms.quantity = Some(At { node: stated.node, value }));
    let to = match role {
        Role::Provider => Text::new("deliver any quantity, not only multiples of {multiple}"),
        Role::Receiver => Text::new("take any quantity, not only multiples of {multiple}"),
    };
    let to = to.with("multiple", multiple);
    let statement = statement(candidate, &Part::Quantity(role))?;
    Some(Proposal { role, statement, to, size: None, edit })
}

/// How much of what is delivered one of what was asked is.
fn stand_in_ratio(candidate: &Candidate<'_>, role: Role) -> Rational {
    let ratio = candidate.substitute.filter(|_| role == Role::Receiver).map(|s| s.ratio.clone());
    ratio.unwrap_or_else(Rational::one)
}

/// One side's volume moved to the nearest of which a delivery in one of the rhythms does.
pub(super) fn moved_volume(candidate: &Candidate<'_>, role: Role, does: &Does<'_>) -> Option<Proposal> {
    let stated = candidate.terms(role).volume.as_ref()?;
    let (_, bargain) = candidate.counted.as_ref()?;
    let restated = |[at_least, at_most]: [Option<Quantity>; 2]| {
        let value = Volume { at_least, at_most, ..stated.value.clone() };
        candidate.edited(role, |terms| terms.volume = Some(At { node: stated.node, value }))
    };
    let written = Written::of(candidate, role, [&stated.value.at_least, &stated.value.at_most])?;
    let rounded_to = bargain.multiples.as_ref().unwrap_or(&bargain.grain);
    let next_round = |target: &Rational| &target.floor_to(rounded_to) + rounded_to;
    let lattice = |end: &End| {
        let of_deliveries = |quantity: &Rational| end.of_deliveries(quantity, bargain, stated.value.per);
        Lattice {
            step: end.step.clone(),
            marks: target_quantities(bargain).iter().flat_map(of_deliveries).collect(),
            rates: bargain.multiples.iter().flat_map(of_deliveries).collect(),
            bounds: target_quantities(bargain).iter().map(next_round).flat_map(|next| of_deliveries(&next)).collect(),
        }
    };
    let Moved { quantity, size, edit } = written.moved(&lattice, &restated, does)?;
    let volume = match stated.value.per {
        Some(per) => words::rate(&quantity.to_string(), per),
        None => Text::new("{value}").with("value", quantity),
    };
    let to = match (role, stated.value.per) {
        (Role::Provider, Some(_)) => Text::new("have {volume}"),
        (Role::Provider, None) => Text::new("have {volume} in stock"),
        (Role::Receiver, _) => Text::new("need {volume}"),
    };
    let statement = statement(candidate, &Part::Volume(role))?;
    Some(Proposal { role, statement, to: to.with_text("volume", volume), size, edit })
}

/// Whether the offer has a stock, which serves a single delivery, and the need recurs.
pub(in crate::negotiate) fn meets_a_stock(candidate: &Candidate<'_>) -> bool {
    let is_stock = candidate.offer_terms.volume.as_ref().is_some_and(|volume| volume.value.per.is_none());
    is_stock && is_recurring(candidate.need_terms)
}

/// A stock told as what there is in each period of a need that recurs: no more than that takes at most, else the least that
/// does.
pub(super) fn replenished(candidate: &Candidate<'_>, does: &Does<'_>) -> Option<Proposal> {
    let stated = candidate.offer_terms.volume.as_ref().filter(|_| meets_a_stock(candidate))?;
    let (_, bargain) = candidate.counted.as_ref()?;
    let first = || candidate.need_terms.every.as_ref()?.value.first().map(|rhythm| rhythm.every);
    let per = volume_period(candidate.need_terms).or_else(first)?;
    let written = Written::of(candidate, Role::Provider, [&stated.value.at_least, &stated.value.at_most])?;
    let stock = written.most.as_ref().or(written.least.as_ref())?;
    let edit = |amount: &Rational| {
        let value = Volume { at_least: None, at_most: Some(stock.at(amount)?), per: Some(per) };
        Some(candidate.edited(Role::Provider, |terms| terms.volume = Some(At { node: stated.node, value })))
    };
    let reaches = |amount: &Rational| edit(amount).is_some_and(|edit| does(&edit));
    let of_deliveries = |quantity: &Rational| stock.of_deliveries(quantity, bargain, Some(per));
    let way = Way {
        from: Rational::zero(),
        up: true,
        step: stock.step.clone(),
        least: stock.step.clone(),
        marks: target_quantities(bargain).iter().flat_map(of_deliveries).collect(),
        beyond_marks: true,
    };
    let in_stock = written.most.as_ref().map(|most| most.stated.amount.rational());
    let most = stock.taken_in(bargain, per).into_iter().chain(in_stock).min();
    let amount = most.filter(reaches).or_else(|| way.nearest(&reaches))?;
    let to = Text::new("have {volume}").with_text("volume", words::rate(&stock.at(&amount)?.to_string(), per));
    let statement = statement(candidate, &Part::Volume(Role::Provider))?;
    Some(Proposal { role: Role::Provider, statement, to, size: None, edit: edit(&amount)? })
}

/// A need that recurs by one of its statements met by a single delivery, where the offer has a stock. Whether it does, is not
/// known yet: the other statement can make it recur, too.
pub(super) fn taken_once(candidate: &Candidate<'_>, part: &Part) -> Option<Proposal> {
    if !meets_a_stock(candidate) {
        return None;
    }
    let role = Role::Receiver;
    let (to, edit) = match part {
        Part::Every(Role::Receiver) => {
            (Text::new("take a single delivery"), candidate.edited(role, |terms| terms.every = None))
        }
        Part::Volume(Role::Receiver) => {
            let stated = candidate.need_terms.volume.as_ref().filter(|volume| volume.value.per.is_some())?;
            let value = Volume { per: None, ..stated.value.clone() };
            let ends = [&value.at_least, &value.at_most].map(|end| end.as_ref().map(ToString::to_string));
            let [least, most] = ends.each_ref().map(Option::as_deref);
            let exact = least.filter(|least| Some(*least) == most).map(words::value);
            let volume = exact.or_else(|| words::between(least, most))?;
            let edit = candidate.edited(role, |terms| terms.volume = Some(At { node: stated.node, value }));
            (Text::new("need {volume} in all").with_text("volume", volume), edit)
        }
        _ => return None,
    };
    Some(Proposal { role, statement: statement(candidate, part)?, to, size: None, edit })
}

/// A rhythm more, the one nearest to those stated, else to the period of the volume, that does.
pub(super) fn added_rhythm(candidate: &Candidate<'_>, role: Role, does: &Does<'_>) -> Option<Proposal> {
    added_rhythms(candidate, role).into_iter().find(|proposal| does(&proposal.edit))
}

/// Each rhythm more that is worth trying; the line would say it where it says none.
fn added_rhythms(candidate: &Candidate<'_>, role: Role) -> Vec<Proposal> {
    let terms = candidate.terms(role);
    let stated: Vec<Rhythm> = terms.every.as_ref().map(|every| every.value.clone()).unwrap_or_default();
    let period = terms.volume.as_ref().and_then(|volume| volume.value.per);
    if stated.is_empty() && terms.volume.is_none() {
        return Vec::new();
    }
    let mut was: Vec<Rational> = stated.iter().map(|r| r.every.years()).collect();
    let is_stated = !was.is_empty();
    was.extend(period.map(|period| period.years()));
    let node = terms.every.as_ref().map_or(candidate.line(role).node, |at| at.node);
    let mut statement = candidate.said(role, node);
    if !is_stated {
        statement.path.push_str(".every");
    }
    let way_to = |every: &Duration| was.iter().filter_map(|was| distance(was, &every.years())).min();
    let mut more = usual_rhythms(candidate);
    more.retain(|every| stated.iter().all(|rhythm| rhythm.every != *every));
    more.sort_by_cached_key(way_to);
    let proposal = |every: Duration| {
        let size = way_to(&every).filter(|_| is_stated);
        let added = Rhythm { node, every, costs: Vec::new() };
        let edit = candidate.edited(role, |terms| {
            terms.every = Some(At { node, value: stated.iter().cloned().chain([added]).collect() });
        });
        let to = match (role, is_stated) {
            (Role::Provider, false) => Text::new("deliver {rhythm}"),
            (Role::Provider, true) => Text::new("also deliver {rhythm}"),
            (Role::Receiver, false) => Text::new("take a delivery {rhythm}"),
            (Role::Receiver, true) => Text::new("also take a delivery {rhythm}"),
        };
        Proposal { role, statement: statement.clone(), to: to.with_text("rhythm", words::rhythm(every)), size, edit }
    };
    more.into_iter().map(proposal).collect()
}
