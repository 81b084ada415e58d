//! Changes of what choices are worth where no money moves: an option worth more, one that the other side has accepted too, or
//! a term of one's own left out.
//!
//! To say nothing of a term lets in no option that could not be accepted beside those stated, and takes off no points that could
//! not be put right where they are written. Only of a term of one's own it does more, since the other's points do not count then.

use std::collections::BTreeSet;

use super::{Does, Proposal, TermEdit, distance, terms};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{Choice, TermDomain};
use crate::negotiate::candidate::{Candidate, Pricing};
use crate::negotiate::conflicts::{Part, points_hold_together, with_points_of};
use crate::negotiate::points::{Frontier, sums_beside};
use crate::negotiate::terms::{Issue, Meeting};
use crate::negotiate::{outcome, words, write};
use crate::value::Rational;

/// Of whom a choice has to be worth nothing or more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Both,
    Itself,
}

/// The nearest changes of one statement after which some choice is worth nothing or more to both.
pub(super) fn of_part(candidate: &Candidate<'_>, part: &Part) -> Vec<Proposal> {
    nearest(candidate, &candidate.sheet.issues, part, &|edit| candidate.can_be_worth_it(edit))
}

/// The nearest changes of one statement of a conflict after which that is none.
pub(super) fn of_part_in(candidate: &Candidate<'_>, set: &BTreeSet<Part>, part: &Part) -> Vec<Proposal> {
    let settles = |edit: &TermEdit| {
        let TermEdit::Terms(role, terms) = edit else { return false };
        let (offer, need) = candidate.with(*role, terms);
        points_hold_together(&candidate.varied(offer, need), set)
    };
    nearest(candidate, &with_points_of(candidate, set), part, &settles)
}

/// One option worth more on some terms, or one more that the other side has; where neither does, the term left out.
fn nearest(candidate: &Candidate<'_>, issues: &[Issue<'_>], part: &Part, does: &Does<'_>) -> Vec<Proposal> {
    let raised = raised(candidate, issues, part, Of::Both).into_iter();
    let found: Vec<Proposal> = raised.chain(terms::loosened(candidate, part.role(), part.key(), does)).collect();
    if !found.is_empty() {
        return found;
    }
    left_out(candidate, part).into_iter().filter(|proposal| does(&proposal.edit)).collect()
}

/// A statement on a term of one's own on which the other has spoken, too, left out.
fn left_out(candidate: &Candidate<'_>, part: &Part) -> Option<Proposal> {
    let role = part.role();
    let issue = candidate.sheet.issues.iter().find(|issue| issue.key == part.key())?;
    let (own, _) = issue.stated_by(role).zip(issue.stated_by(role.other()))?;
    let moved = terms::left_out(own, candidate.side(role.other()))?;
    Some(terms::restated(candidate, role, own, moved))
}

/// The nearest change of one statement after which some choice is worth nothing or more to its side, whatever to the other.
pub(super) fn of_part_for_itself(candidate: &Candidate<'_>, part: &Part) -> Option<Proposal> {
    raised(candidate, &candidate.sheet.issues, part, Of::Itself)
}

/// What a side can do on a term beside thinking more of an option: what it takes then is worth nothing to itself.
struct Opening {
    to_other: Rational,
    change: Proposal,
}

/// An option of the other side accepted, or a term of one's own left out.
fn openings(candidate: &Candidate<'_>, part: &Part) -> Vec<Opening> {
    let issue = candidate.sheet.issues.iter().find(|issue| issue.key == part.key());
    let added = issue.into_iter().flat_map(|issue| terms::added(candidate, issue, part.role()));
    let accepted =
        added.map(|(choice, change)| Opening { to_other: choice.points.clone().unwrap_or_default(), change });
    let silent = left_out(candidate, part).map(|change| Opening { to_other: Rational::zero(), change });
    accepted.chain(silent).collect()
}

/// Two changes of one side alone after which some choice is worth nothing or more to both, where after no single one it is.
///
/// Two options worth more to a side are no such pair. They change nothing of what choices are worth to the other, so that one
/// of them is worth nothing or more to that side already, and either of its options in it, worth as much as is lacking, does
/// alone. The first therefore opens another choice, and the second opens one as well or makes it worth enough.
pub(super) fn pairs_of_one_side(candidate: &Candidate<'_>, weighed: &BTreeSet<Part>) -> Vec<[Proposal; 2]> {
    let mut found = Vec::new();
    for first in weighed {
        for second in weighed.iter().filter(|second| second.role() == first.role() && *second != first) {
            found.extend(opened_and_raised(candidate, first, second));
            if first < second {
                found.extend(opened_both(candidate, first, second));
            }
        }
    }
    found
}

/// What opens a choice by one statement, and the nearest change of another that makes it worth enough to their side.
fn opened_and_raised(candidate: &Candidate<'_>, first: &Part, second: &Part) -> Vec<[Proposal; 2]> {
    let with = |opening: Opening| {
        let TermEdit::Terms(role, terms) = &opening.change.edit else { return None };
        let (offer, need) = candidate.with(*role, terms);
        let varied = candidate.varied(offer, need);
        let raised = raised(&varied, &varied.sheet.issues, second, Of::Both)?;
        Some([opening.change, raised])
    };
    openings(candidate, first).into_iter().filter_map(with).collect()
}

/// What opens a choice by one statement and what does by another, where it is worth enough.
fn opened_both(candidate: &Candidate<'_>, first: &Part, second: &Part) -> Vec<[Proposal; 2]> {
    let Ok(beside) = sums_beside(&candidate.sheet.issues, &[first.key(), second.key()]) else { return Vec::new() };
    let beside: Vec<[Rational; 2]> = beside.into_iter().map(|sums| own_first(first.role(), sums)).collect();
    let is_enough =
        |to_other: &Rational| beside.iter().any(|[own, other]| !own.is_negative() && !(other + to_other).is_negative());
    let (openings, others) = (openings(candidate, first), openings(candidate, second));
    let pairs = openings.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    let do_both = pairs.filter(|(one, other)| is_enough(&(&one.to_other + &other.to_other)));
    do_both.map(|(one, other)| [one.change.clone(), other.change.clone()]).collect()
}

impl Candidate<'_> {
    /// Whether some choice can be worth nothing or more to both after an edit, whatever else speaks against the line; where
    /// money moves none has to.
    pub(super) fn can_be_worth_it(&self, edit: &TermEdit) -> bool {
        let TermEdit::Terms(role, terms) = edit else { return false };
        let (offer, need) = self.with(*role, terms);
        let varied = self.varied(offer, need);
        varied.pricing != Pricing::Free || varied.has_fair_points(Frontier::default()).unwrap_or(false)
    }
}

/// One option of a statement worth more to its side: of those that could be, the one that moves least.
fn raised(candidate: &Candidate<'_>, issues: &[Issue<'_>], part: &Part, of: Of) -> Option<Proposal> {
    let role = part.role();
    let issue = issues.iter().find(|issue| issue.key == part.key())?;
    let own = issue.stated_by(role)?;
    let (TermDomain::Choices(mine), Meeting::One(common)) = (&own.domain, &*issue.meeting) else { return None };
    let beside = sums_beside(issues, &[issue.key]).ok()?;
    let to_do = |choice: &Choice| {
        let sums = common.iter().filter(|alternative| alternative.is_of(choice)).flat_map(|alternative| {
            let (provider, receiver) = &alternative.points;
            beside.iter().map(move |[one, other]| own_first(role, [one + provider, other + receiver]))
        });
        let worth = sums.filter(|[_, other]| of == Of::Itself || !other.is_negative());
        let most = worth.map(|[own, _]| own).max().filter(Rational::is_negative)?;
        let was = choice.points.clone().unwrap_or_default();
        let to = (&was - &most).ceil_to(&last_decimal(&was));
        Some((&to - &was, to, was))
    };
    // What one side's points count is the same on all of its options.
    let moves = mine.iter().filter_map(|choice| Some((to_do(choice)?, choice)));
    let ((_, to, was), choice) = moves.min_by(|((a, ..), _), ((b, ..), _)| a.cmp(b))?;
    let size = distance(&was, &to);
    let edit = terms::edited(candidate, role, own, Some(with_points(mine, choice, &to)));
    let value = candidate.side(role).word(choice.node).unwrap_or(&choice.value);
    let sentence = match &choice.at {
        Some(at) => Text::new("set the points of {value} at {place} to {points}").with("place", at),
        None => Text::new("set the points of {value} to {points}"),
    };
    let sentence = sentence.with_text("value", words::value(value)).with("points", write::decimal(&to));
    Some(Proposal { role, statement: statement(candidate, role, choice), to: sentence, size, edit })
}

/// Of what is worth something to the provider and to the receiver, a side's and the other's.
fn own_first(role: Role, [provider, receiver]: [Rational; 2]) -> [Rational; 2] {
    if role == Role::Provider { [provider, receiver] } else { [receiver, provider] }
}

/// The points of an option where they are written, else the option.
fn statement(candidate: &Candidate<'_>, role: Role, choice: &Choice) -> outcome::Statement {
    match candidate.side(role).points_of(choice.node) {
        Some(points) => candidate.said(role, points),
        None => outcome::Statement { in_words: None, ..candidate.said(role, choice.node) },
    }
}

/// The options with one of them worth something else.
fn with_points(mine: &[Choice], choice: &Choice, points: &Rational) -> TermDomain {
    let set = |own: &Choice| {
        if own == choice { Choice { points: Some(points.clone()), ..own.clone() } } else { own.clone() }
    };
    TermDomain::Choices(mine.iter().map(set).collect())
}

/// One of the last decimal in which points are written.
fn last_decimal(points: &Rational) -> Rational {
    let scale = points.to_decimal().map_or(0, |decimal| decimal.scale());
    (0..scale).fold(Rational::one(), |unit, _| unit.checked_div(&Rational::from(10)).unwrap_or(unit))
}
