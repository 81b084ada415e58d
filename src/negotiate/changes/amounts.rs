//! Changes of quantities, volumes and rhythms: an end moved to a delivery that does.

use smol_str::SmolStr;

use super::{Proposal, distance};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::domain::Interval;
use crate::manifest::model::{Quantities, Rhythm, Volume};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::conflicts::{Part, usual_rhythms};
use crate::negotiate::explain::statement;
use crate::negotiate::words;
use crate::syntax::At;
use crate::value::{Decimal, Quantity, Rational};

/// Quantities worth trying: where tiers begin, and the ends of what either side allows, on the common multiples.
fn target_quantities(candidate: &Candidate<'_>) -> Vec<Rational> {
    let Some((_, bargain)) = &candidate.counted else { return Vec::new() };
    let lattice = |q: &Rational| {
        [&bargain.supply.quantity, &bargain.demand.quantity]
            .into_iter()
            .filter_map(|set| set.step())
            .fold(None::<Rational>, |step, next| Some(step.map_or_else(|| next.clone(), |s| s.lcm(next))))
            .map_or_else(|| vec![q.clone()], |step| vec![q.floor_to(&step), q.ceil_to(&step)])
    };
    let starts = bargain.supply.tiers.iter().flatten().map(|tier| tier.from.clone());
    let count = bargain.rhythms.as_ref().map_or(0, Vec::len);
    let rhythms: Vec<Option<usize>> = if count == 0 { vec![None] } else { (0..count).map(Some).collect() };
    let mut ends: Vec<Rational> = starts.collect();
    for set in [&bargain.supply.quantity, &bargain.demand.quantity] {
        ends.extend(set.lo().cloned().into_iter().chain(set.hi().cloned()));
    }
    for rhythm in rhythms {
        for set in bargain.sets_of_volumes(rhythm) {
            ends.extend(set.lo().cloned().into_iter().chain(set.hi().cloned()));
        }
    }
    let mut targets: Vec<Rational> = ends.iter().flat_map(lattice).filter(Rational::is_positive).collect();
    targets.sort();
    targets.dedup();
    targets
}

/// One side's quantity of a delivery moved to one that does, and its multiples given up.
pub(super) fn quantities(candidate: &Candidate<'_>, role: Role) -> Vec<Proposal> {
    let moved = nearest(candidate, moved_quantities(candidate, role));
    let any = without_multiples(candidate, role).filter(|proposal| candidate.has_deal(&proposal.edit));
    moved.into_iter().chain(any).collect()
}

/// One side's quantity of a delivery moved to each quantity worth trying.
pub(super) fn moved_quantities(candidate: &Candidate<'_>, role: Role) -> Vec<Proposal> {
    let stated = candidate.terms(role).quantity.as_ref();
    stated.and_then(|stated| moved_to_each(candidate, role, stated)).unwrap_or_default()
}

fn moved_to_each(candidate: &Candidate<'_>, role: Role, stated: &At<Quantities>) -> Option<Vec<Proposal>> {
    let (measure, bargain) = candidate.counted.as_ref()?;
    let set = if role == Role::Provider { &bargain.supply.quantity } else { &bargain.demand.quantity };
    let unit = unit_of(&stated.value)?;
    let factor = &measure.factor(role, &unit)? * &stand_in_ratio(candidate, role);
    let proposal = |target: &Rational| {
        let quantity = Quantity { amount: target.checked_div(&factor)?.to_decimal()?, unit: unit.clone() };
        let (value, was) = moved(&stated.value, set, target, &quantity)?;
        let edit = candidate.edited(role, |terms| terms.quantity = Some(At { node: stated.node, value }));
        let statement = statement(candidate, &Part::Quantity(role))?;
        let to = match role {
            Role::Provider => Text::new("deliver {quantity}"),
            Role::Receiver => Text::new("take {quantity}"),
        };
        let to = to.with("quantity", &quantity);
        let size = distance(was, target);
        Some(Proposal { role, statement, to, size, edit })
    };
    Some(target_quantities(candidate).iter().filter_map(proposal).collect())
}

/// The smallest of several changes of one statement that does; what is farther is not tried any more.
fn nearest(candidate: &Candidate<'_>, mut proposals: Vec<Proposal>) -> Option<Proposal> {
    proposals.sort_by(|a, b| (a.size.is_none(), &a.size).cmp(&(b.size.is_none(), &b.size)));
    proposals.into_iter().find(|proposal| candidate.has_deal(&proposal.edit))
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

fn unit_of(quantities: &Quantities) -> Option<SmolStr> {
    let ends = [&quantities.at_least, &quantities.at_most, &quantities.multiple_of];
    ends.into_iter().flatten().map(|quantity| quantity.unit.clone()).next()
}

/// The statement with the end moved that stood in the way, and where that end was; an exact quantity stays exact. Nothing
/// where no end stands in the way.
fn moved<'s>(
    stated: &Quantities,
    set: &'s Interval,
    target: &Rational,
    to: &Quantity,
) -> Option<(Quantities, &'s Rational)> {
    let (low, high) = (set.lo().filter(|lo| target < lo), set.hi().filter(|hi| target > hi));
    let was = low.or(high)?;
    let mut changed = stated.clone();
    let exact = set.single().is_some();
    if exact || high.is_some() {
        changed.at_most = Some(to.clone());
    }
    if exact || low.is_some() {
        changed.at_least = Some(to.clone());
    }
    Some((changed, was))
}

/// One side's volume moved so that a delivery in one of the rhythms does.
pub(super) fn volumes(candidate: &Candidate<'_>, role: Role) -> Vec<Proposal> {
    nearest(candidate, moved_volumes(candidate, role)).into_iter().collect()
}

/// A volume moved to each delivery worth trying.
pub(super) fn moved_volumes(candidate: &Candidate<'_>, role: Role) -> Vec<Proposal> {
    let (Some(stated), Some((measure, bargain))) = (&candidate.terms(role).volume, &candidate.counted) else {
        return Vec::new();
    };
    let ends = [&stated.value.at_least, &stated.value.at_most];
    let Some(unit) = ends.into_iter().flatten().map(|q| q.unit.clone()).next() else { return Vec::new() };
    let Some(factor) = measure.factor(role, &unit).map(|factor| &factor * &stand_in_ratio(candidate, role)) else {
        return Vec::new();
    };
    let amount = |q: &Option<Quantity>| q.as_ref().map(|q| q.amount.rational());
    let (least, most) = (amount(&stated.value.at_least), amount(&stated.value.at_most));
    let per_period: Vec<Option<Rational>> = match (&bargain.rhythms, &stated.value.per) {
        (Some(rhythms), Some(per)) => rhythms.iter().map(|r| per.years().checked_div(&r.years)).collect(),
        _ => vec![Some(Rational::one())],
    };
    let proposal = |(target, times): (&Rational, &Rational)| {
        let exact_amount = (target * times).checked_div(&factor)?;
        let up = most.as_ref().is_some_and(|most| exact_amount > *most);
        // A volume has to reach the delivery after its ends are rounded down, hence a decimal that is not too small.
        let amount = exact_amount.to_decimal().unwrap_or_else(|| round_up(&exact_amount));
        let quantity = Quantity { amount, unit: unit.clone() };
        let mut changed: Volume = stated.value.clone();
        if up || least == most {
            changed.at_most = Some(quantity.clone());
        }
        if !up || least == most {
            changed.at_least = changed.at_least.as_ref().map(|_| quantity.clone());
        }
        let was = if up { most.as_ref() } else { least.as_ref().or(most.as_ref()) }?;
        let edit = candidate.edited(role, |terms| terms.volume = Some(At { node: stated.node, value: changed }));
        let period = stated.value.per.as_ref();
        let size = distance(was, &quantity.amount.rational());
        let quantity = quantity.to_string();
        let text = match period {
            Some(per) => words::rate(&quantity, *per),
            None => Text::new("{value}").with("value", quantity),
        };
        let to = match role {
            Role::Provider => Text::new("have {volume}"),
            Role::Receiver => Text::new("need {volume}"),
        };
        let statement = statement(candidate, &Part::Volume(role))?;
        Some(Proposal { role, statement, to: to.with_text("volume", text), size, edit })
    };
    let targets = target_quantities(candidate);
    let pairs = targets.iter().flat_map(|target| per_period.iter().flatten().map(move |times| (target, times)));
    pairs.filter_map(proposal).collect()
}

fn round_up(amount: &Rational) -> Decimal {
    let thousandth = Rational::new(1, 1000).unwrap_or_default();
    amount.ceil_to(&thousandth).round_half_even(3)
}

/// A rhythm more, the one nearest to those stated that does.
pub(super) fn rhythms(candidate: &Candidate<'_>, role: Role) -> Vec<Proposal> {
    nearest(candidate, added_rhythms(candidate, role)).into_iter().collect()
}

/// Each rhythm more that is worth trying.
pub(super) fn added_rhythms(candidate: &Candidate<'_>, role: Role) -> Vec<Proposal> {
    let terms = candidate.terms(role);
    let stated: Vec<Rhythm> = terms.every.as_ref().map(|every| every.value.clone()).unwrap_or_default();
    let period = terms.volume.as_ref().and_then(|volume| volume.value.per);
    let was: Vec<Rational> = stated.iter().map(|r| r.every.years()).chain(period.map(|p| p.years())).collect();
    let node = terms.every.as_ref().map(|at| at.node).or_else(|| terms.volume.as_ref().map(|at| at.node));
    let Some(node) = node else { return Vec::new() };
    let proposal = |every: crate::value::Duration| {
        if stated.iter().any(|r| r.every == every) {
            return None;
        }
        let size = was.iter().filter_map(|was| distance(was, &every.years())).min();
        let added = Rhythm { node, every, costs: Vec::new() };
        let edit = candidate.edited(role, |terms| {
            terms.every = Some(At { node, value: stated.iter().cloned().chain([added]).collect() });
        });
        let to = match role {
            Role::Provider => Text::new("deliver {rhythm}"),
            Role::Receiver => Text::new("take a delivery {rhythm}"),
        };
        let statement = candidate.said(role, node);
        Some(Proposal { role, statement, to: to.with_text("rhythm", words::rhythm(every)), size, edit })
    };
    usual_rhythms(candidate).into_iter().filter_map(proposal).collect()
}
