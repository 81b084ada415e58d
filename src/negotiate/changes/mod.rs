//! What would mend a failed line: the smallest change of each statement, tried by negotiating the changed line.
//!
//! A change is an edit of terms, days or facts, and the deal that is shown for it is the one that the same solver makes of the
//! line as it is then. Only changes that make a deal are shown, ordered by how far they move; none is recommended.

mod amounts;
mod days;
mod facts;
pub(super) mod fairness;
mod lattice;
mod merge;
mod points;
mod prices;
mod properties;
pub(super) mod settling;
mod terms;
pub(super) mod whole;

use std::collections::BTreeSet;

use super::candidate::{Candidate, Pricing};
use super::clash::Clash;
use super::conflicts::{Apart, Part, weighed, without};
use super::points::Frontier;
use super::solve::Solved;
use super::{draft, write};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::lint::misfit::misfit;
use crate::manifest::model::{Fact, Terms};
use crate::negotiate::outcome::{Change, Deal, Edit, Reason, Statement};
use crate::value::Rational;
pub(super) use amounts::meets_a_stock;
use days::MovedDay;
use merge::merge;

/// A change of one side, not yet known to do.
#[derive(Clone, Debug)]
struct Proposal {
    role: Role,
    statement: Statement,
    to: Text,
    /// How far it moves, as a share of what it was.
    size: Option<Rational>,
    edit: TermEdit,
}

/// What is changed.
#[derive(Clone, Debug)]
enum TermEdit {
    Terms(Role, Box<Terms>),
    Day(MovedDay),
    /// A side's line granted to the other.
    Admit(Role),
    /// What a side states of itself, and what its line says with that.
    State(Role, Vec<Fact>, Option<Box<Terms>>),
}

/// Whether what an edit makes of the line does what is asked of it.
type Does<'d> = dyn Fn(&TermEdit) -> bool + 'd;

/// Most pairs of changes that are tried where no single one does.
const MOST_PAIRS: usize = 400;

/// The changes that would make a deal: every single one, else the smallest pairs. `fairness` weighs what is free, where the
/// two have a rule of it in common.
pub(super) fn find(candidate: &Candidate<'_>, apart: &Apart, fairness: Option<Frontier>) -> Vec<Change> {
    let proposals = proposals(candidate, apart);
    let singles = proposals.iter().filter_map(|p| Some(change(&[p], deal(candidate, &[p], fairness)?)));
    let singles = distinct(singles.collect());
    if !singles.is_empty() {
        return singles;
    }
    let mut pairs = pairs_of(&proposals);
    pairs.extend(pairs_of_numbers(candidate, &apart.numbers.sets));
    pairs.extend(pairs_of_points(candidate, apart));
    pairs.extend(pairs_after_terms(candidate, &apart.numbers.parts()));
    pairs.extend(pairs_after_facts(candidate));
    pairs.sort_by_cached_key(|[a, b]| {
        let size = |p: &Proposal| p.size.clone().unwrap_or_default();
        (usize::from(a.size.is_none()) + usize::from(b.size.is_none()), &size(a) + &size(b))
    });
    // The smallest of the provider alone, of the receiver alone, and of one each: neither side's move is recommended.
    let mut who: BTreeSet<BTreeSet<Role>> = BTreeSet::new();
    let smallest = pairs.iter().take(MOST_PAIRS).filter_map(|[a, b]| {
        let roles = BTreeSet::from([a.role, b.role]);
        let deal = if who.contains(&roles) { None } else { deal(candidate, &[a, b], fairness) }?;
        who.insert(roles);
        Some(change(&[a, b], deal))
    });
    smallest.collect()
}

/// A change after which the two gain more together.
pub(super) struct Step {
    pub(super) change: Change,
    /// What they gain a year after it.
    pub(super) gain: Rational,
}

/// The nearest change of each statement, but for prices, after which the joint gain of a year is greater by a sum that
/// can be paid: the greatest first. Those are left out after which the line takes more than `room` of the offer's volume, which
/// other lines take, too.
pub(super) fn steps(candidate: &Candidate<'_>, gain: &Rational, fairness: Frontier, room: &Rational) -> Vec<Step> {
    // What cannot be paid is no gain.
    let payable = smallest_sum(candidate);
    let raises =
        |edit: &TermEdit| raised(candidate, edit, fairness).is_some_and(|raised| raised.gain >= gain + &payable);
    let moves = Role::BOTH.into_iter().flat_map(|role| {
        let amounts = amounts::quantities(candidate, role, &raises).into_iter();
        let amounts = amounts.chain(amounts::moved_volume(candidate, role, &raises));
        let rhythm = amounts::added_rhythm(candidate, role, &raises);
        amounts.chain(rhythm).chain(terms::widened(candidate, role, &raises))
    });
    let after = |proposal: Proposal| {
        let Raised { gain, deal, uses } = raised(candidate, &proposal.edit, fairness)?;
        uses.is_none_or(|uses| uses <= *room).then_some((proposal, gain, deal))
    };
    let mut found: Vec<(Proposal, Rational, Deal)> = moves.filter_map(after).collect();
    found.sort_by(|(a, gain, _), (b, other, _)| {
        let rest = |p: &Proposal| (p.size.is_none(), p.size.clone(), p.role, p.statement.pointer.clone());
        other.cmp(gain).then_with(|| rest(a).cmp(&rest(b)))
    });
    found.into_iter().map(|(proposal, gain, deal)| Step { change: change(&[&proposal], deal), gain }).collect()
}

/// The smallest sum of the currency.
fn smallest_sum(candidate: &Candidate<'_>) -> Rational {
    let decimals = draft::minor_units(candidate.currency.unwrap_or_default());
    (0..decimals).fold(Rational::one(), |sum, _| sum.checked_div(&Rational::from(10)).unwrap_or(sum))
}

/// What a change comes to.
struct Raised {
    /// What the two gain a year.
    gain: Rational,
    deal: Deal,
    /// Which share it takes of the offer's volume, where that has one.
    uses: Option<Rational>,
}

/// What the two gain a year after a change, and the deal that it makes.
fn raised(candidate: &Candidate<'_>, edit: &TermEdit, fairness: Frontier) -> Option<Raised> {
    let (offer, need) = match edit {
        TermEdit::Terms(role, terms) if candidate.may_say(*role, terms) => candidate.with(*role, terms),
        TermEdit::Terms(..) | TermEdit::Day(_) | TermEdit::Admit(_) | TermEdit::State(..) => return None,
    };
    let varied = candidate.varied(offer, need);
    let Solved::Possible(solution) = varied.solve(fairness) else { return None };
    let uses = varied.counted.as_ref().and_then(|(_, bargain)| bargain.share_of_volume(&solution.delivery));
    Some(Raised { gain: varied.gain_per_year(&solution)?, deal: varied.deal(&solution)?, uses })
}

/// Two changes of different statements.
fn pairs_of(proposals: &[Proposal]) -> Vec<[Proposal; 2]> {
    let pairs = proposals.iter().enumerate().flat_map(|(i, a)| proposals.iter().skip(i + 1).map(move |b| [a, b]));
    let apart = |[a, b]: &[&Proposal; 2]| a.statement.pointer != b.statement.pointer || a.role != b.role;
    pairs.filter(apart).map(|pair| pair.map(Proposal::clone)).collect()
}

/// Two changes of numbers that only together do: the first is found with the statement of the second left out, the second
/// with the first made.
fn pairs_of_numbers(candidate: &Candidate<'_>, sets: &[BTreeSet<Part>]) -> Vec<[Proposal; 2]> {
    let involved: BTreeSet<&Part> = sets.iter().flatten().collect();
    let couples = involved.iter().flat_map(|first| involved.iter().map(move |second| (*first, *second)));
    let all_mended = |(first, second): &(&Part, &Part)| {
        first != second && sets.iter().all(|set| set.contains(*first) || set.contains(*second))
    };
    let mut found = Vec::new();
    for (first, second) in couples.filter(all_mended) {
        let (offer, need) = without(candidate, second);
        for change in of_part(&candidate.varied(&offer, &need), first) {
            let TermEdit::Terms(role, terms) = &change.edit else { continue };
            let before = if *role == Role::Provider { &offer } else { &need };
            let mut made = candidate.terms(*role).clone();
            merge(&mut made, before, terms);
            let (offer, need) = candidate.with(*role, &made);
            let then = of_part(&candidate.varied(offer, need), second);
            let edit = TermEdit::Terms(*role, Box::new(made.clone()));
            found.extend(then.into_iter().map(|second| [Proposal { edit: edit.clone(), ..change.clone() }, second]));
        }
    }
    found
}

/// Two changes of points of which no single one does, since no choice is worth nothing or more to either: of one side what
/// makes a choice worth that to it, and of the other what then does; or two of one side. A statement that is in no conflict
/// yet can be in one after the first.
fn pairs_of_points(candidate: &Candidate<'_>, apart: &Apart) -> Vec<[Proposal; 2]> {
    let something_else = !candidate.clashes.is_empty() || !apart.numbers.sets.is_empty();
    if apart.points.sets.is_empty() || something_else {
        return Vec::new();
    }
    let weighed = weighed(candidate);
    let mut found = points::pairs_of_one_side(candidate, &weighed);
    for first in weighed.iter().filter_map(|part| points::of_part_for_itself(candidate, part)) {
        let TermEdit::Terms(role, terms) = &first.edit else { continue };
        let (offer, need) = candidate.with(*role, terms);
        let varied = candidate.varied(offer, need);
        let of_other = weighed.iter().filter(|other| other.role() != *role);
        let then = of_other.flat_map(|other| points::of_part(&varied, other));
        found.extend(then.map(|second| [first.clone(), second]));
    }
    found
}

/// A change of a term that does not meet, and one of the numbers or the points as they are with it, since what a choice costs
/// or is worth counts then.
fn pairs_after_terms(candidate: &Candidate<'_>, involved: &BTreeSet<&Part>) -> Vec<[Proposal; 2]> {
    let prices = Role::BOTH.map(Part::Price);
    let parts: BTreeSet<&Part> = involved.iter().copied().chain(&prices).collect();
    // Where nothing costs anything or is worth anything all stays as it is.
    let counts = |clash: &&Clash| {
        let mut issues = candidate.sheet.issues.iter().filter(|issue| clash.term.as_deref() == Some(issue.key));
        issues.any(|issue| issue.states_costs() || issue.states_points())
    };
    let mut found = Vec::new();
    let mended = candidate.clashes.iter().filter(counts);
    let mended =
        mended.flat_map(|clash| terms::of_clash(candidate, clash).into_iter().map(move |first| (clash, first)));
    for (clash, first) in mended {
        let TermEdit::Terms(role, terms) = &first.edit else { continue };
        let (offer, need) = candidate.with(*role, terms);
        let varied = candidate.varied(offer, need);
        let of_numbers = parts.iter().flat_map(|part| of_part(&varied, part));
        let mut weighed = if varied.pricing == Pricing::Free { weighed(&varied) } else { BTreeSet::new() };
        weighed.retain(|part| part.role() != *role || clash.term.as_deref() != Some(part.key()));
        let then = of_numbers.chain(weighed.iter().flat_map(|part| points::of_part(&varied, part)));
        found.extend(then.map(|second| [first.clone(), second]));
    }
    found
}

/// What a side states of itself, and a change of the numbers of the terms that are for it then, or of a term that does not meet
/// among them.
fn pairs_after_facts(candidate: &Candidate<'_>) -> Vec<[Proposal; 2]> {
    let of = |role| [Part::Quantity(role), Part::Volume(role), Part::Every(role), Part::Price(role)];
    let parts = Role::BOTH.map(of).concat();
    let mut found = Vec::new();
    for first in candidate.clashes.iter().flat_map(|clash| terms::of_clash(candidate, clash)) {
        let stated = in_force(candidate, &[&first]);
        let has_other_terms = |role| !std::ptr::eq(stated.terms(role), candidate.terms(role));
        if Role::BOTH.into_iter().any(has_other_terms) {
            let varied = stated.varied(stated.offer_terms, stated.need_terms);
            let of_terms = varied.clashes.iter().filter(|clash| !clash.is_outer());
            let of_terms = of_terms.flat_map(|clash| terms::of_clash(&varied, clash));
            let then = parts.iter().flat_map(|part| of_part(&varied, part)).chain(of_terms);
            found.extend(then.map(|second| [first.clone(), second]));
        }
    }
    found
}

/// One change a sentence and statement.
fn distinct(changes: Vec<Change>) -> Vec<Change> {
    let mut seen = BTreeSet::new();
    let key = |change: &Change| -> Vec<(String, String, String)> {
        change.edits.iter().map(|e| (e.party.clone(), e.statement.pointer.clone(), e.to.text.clone())).collect()
    };
    changes.into_iter().filter(|change| seen.insert(key(change))).collect()
}

fn change(proposals: &[&Proposal], deal: Deal) -> Change {
    let edit = |p: &&Proposal| edit_of(p.statement.clone(), p.to.clone(), p.size.clone());
    Change { edits: proposals.iter().map(edit).collect(), deal: Some(deal) }
}

fn edit_of(statement: Statement, to: Text, size: Option<Rational>) -> Edit {
    Edit {
        party: statement.party.clone(),
        statement,
        to: Reason::new("change", to),
        relative_size: size.map(|size| write::decimal(&size).to_string()),
    }
}

/// The deal that changes make together, if they do.
fn deal(candidate: &Candidate<'_>, proposals: &[&Proposal], fairness: Option<Frontier>) -> Option<Deal> {
    changed(candidate, proposals, |varied| {
        // Without a rule in common nothing is given for nothing.
        if varied.pricing == Pricing::Free && fairness.is_none() {
            return None;
        }
        match varied.solve(fairness.unwrap_or_default()) {
            Solved::Possible(solution) => varied.deal(&solution),
            Solved::Impossible | Solved::Undecided(_) => None,
        }
    })?
}

/// What the line is after changes; nothing where a side could not say so.
fn changed<T>(candidate: &Candidate<'_>, proposals: &[&Proposal], then: impl FnOnce(&Candidate<'_>) -> T) -> Option<T> {
    let changed = in_force(candidate, proposals);
    let (mut offer, mut need) = (changed.offer_terms.clone(), changed.need_terms.clone());
    for (role, terms) in proposals.iter().filter_map(|proposal| proposal.edit.terms()) {
        let (into, in_force) =
            if role == Role::Provider { (&mut offer, changed.offer_terms) } else { (&mut need, changed.need_terms) };
        merge(into, in_force, &merge::in_force(in_force, candidate.terms(role), terms));
    }
    if !(candidate.may_say(Role::Provider, &offer) && candidate.may_say(Role::Receiver, &need)) {
        return None;
    }
    Some(then(&changed.varied(&offer, &need)))
}

/// The same pair with what changes leave of who is admitted, when, and by which terms.
fn in_force<'a>(candidate: &Candidate<'a>, proposals: &[&Proposal]) -> Candidate<'a> {
    let edits = || proposals.iter().map(|proposal| &proposal.edit);
    let days: Vec<MovedDay> =
        edits().filter_map(|edit| if let TermEdit::Day(day) = edit { Some(*day) } else { None }).collect();
    let moved = if days.is_empty() { candidate.clone() } else { candidate.on_days(&days) };
    let stated = edits().fold(moved, |stated, edit| match edit {
        TermEdit::State(role, facts, _) => stated.stating(*role, facts),
        TermEdit::Terms(..) | TermEdit::Day(_) | TermEdit::Admit(_) => stated,
    });
    // Facts say anew who is admitted, so that a line is granted after them.
    edits().fold(stated, |admitted, edit| match edit {
        TermEdit::Admit(role) => admitted.admitted_by(*role),
        TermEdit::Terms(..) | TermEdit::Day(_) | TermEdit::State(..) => admitted,
    })
}

impl TermEdit {
    /// What the line of a side would say.
    fn terms(&self) -> Option<(Role, &Terms)> {
        match self {
            Self::Terms(role, terms) | Self::State(role, _, Some(terms)) => Some((*role, terms)),
            Self::State(_, _, None) | Self::Day(_) | Self::Admit(_) => None,
        }
    }
}

fn proposals(candidate: &Candidate<'_>, apart: &Apart) -> Vec<Proposal> {
    let mut found: Vec<Proposal> =
        candidate.clashes.iter().flat_map(|clash| terms::of_clash(candidate, clash)).collect();
    let of_numbers = apart.numbers.parts();
    // A rhythm that follows from the volume can be changed too.
    let by_volume = of_numbers.contains(&Part::Volume(Role::Receiver));
    found.extend(of_numbers.into_iter().flat_map(|part| of_part(candidate, part)));
    found.extend(apart.points.parts().into_iter().flat_map(|part| points::of_part(candidate, part)));
    if by_volume && candidate.need_terms.every.is_none() && candidate.offer_terms.every.is_none() {
        found.extend(amounts::added_rhythm(candidate, Role::Receiver, &|edit| candidate.can_hold(edit)));
    }
    nearest_first(&mut found);
    found
}

/// By how far each moves, those of no size last; equal ones with the provider's first, then as they are written.
fn nearest_first(proposals: &mut [Proposal]) {
    proposals.sort_by_cached_key(|p| (p.size.is_none(), p.size.clone(), p.role, p.statement.pointer.clone()));
}

/// The changes of one statement in the numbers.
fn of_part(candidate: &Candidate<'_>, part: &Part) -> Vec<Proposal> {
    let does = |edit: &TermEdit| candidate.can_hold(edit);
    match part {
        Part::Price(Role::Provider) => prices::of_offer(candidate),
        Part::Price(Role::Receiver) => prices::of_need(candidate),
        Part::Quantity(role) => amounts::quantities(candidate, *role, &does),
        Part::Volume(role) => {
            let moved = amounts::moved_volume(candidate, *role, &does);
            let other = match role {
                Role::Provider => amounts::replenished(candidate, &does),
                Role::Receiver => amounts::taken_once(candidate, part),
            };
            moved.into_iter().chain(other).collect()
        }
        Part::Every(role) => {
            let added = amounts::added_rhythm(candidate, *role, &does);
            added.into_iter().chain(amounts::taken_once(candidate, part)).collect()
        }
        // What a choice costs is its writer's own affair; that it need not be taken is for the other to say.
        Part::Term(role, key) => terms::loosened(candidate, *role, key, &does).into_iter().collect(),
    }
}

impl Candidate<'_> {
    /// The terms of both, those of one side being others.
    fn with<'t>(&'t self, role: Role, terms: &'t Terms) -> (&'t Terms, &'t Terms) {
        match role {
            Role::Provider => (terms, self.need_terms),
            Role::Receiver => (self.offer_terms, terms),
        }
    }

    fn edited(&self, role: Role, edit: impl FnOnce(&mut Terms)) -> TermEdit {
        let mut terms = self.terms(role).clone();
        edit(&mut terms);
        TermEdit::Terms(role, Box::new(terms))
    }

    /// Whether the numbers can hold together after an edit, whatever else speaks against the line; the deal that they then
    /// make is [`deal`].
    fn can_hold(&self, edit: &TermEdit) -> bool {
        match edit {
            TermEdit::Terms(role, terms) => {
                let (offer, need) = self.with(*role, terms);
                self.may_say(*role, terms) && self.could_count(offer, need)
            }
            TermEdit::Day(_) | TermEdit::Admit(_) | TermEdit::State(..) => false,
        }
    }

    /// Whether a side can say so of its line: what it delivers, or takes, still fits its own volume, and a stock has no rhythm.
    fn may_say(&self, role: Role, terms: &Terms) -> bool {
        let in_all = terms.volume.as_ref().is_some_and(|volume| volume.value.per.is_none());
        let contradicts = in_all && terms.every.is_some();
        !contradicts && misfit(role == Role::Provider, &self.line(role).units, terms).is_none()
    }
}

/// The way from one amount to another as a share of the first.
fn distance(from: &Rational, to: &Rational) -> Option<Rational> {
    (to - from).abs().checked_div(&from.abs())
}
