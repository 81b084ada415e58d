//! Changes that would settle one conflict of a line, whatever else speaks against it.

use std::collections::BTreeSet;

use super::{Proposal, TermEdit, edit_of, nearest_first, of_part, points as weighed, terms};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::clash::Clash;
use crate::negotiate::conflicts::Part;
use crate::negotiate::outcome::Change;

/// After which changes a clash that is no matter of numbers is none.
pub(in crate::negotiate) fn a_clash(candidate: &Candidate<'_>, clash: &Clash) -> Vec<Change> {
    let settles = |proposal: &Proposal| match &proposal.edit {
        TermEdit::Terms(role, terms) => {
            let (offer, need) = candidate.with(*role, terms);
            let left = candidate.varied(offer, need, &[]).clashes;
            candidate.may_say(*role, terms) && !left.iter().any(|other| other.is_on_the_same_as(clash))
        }
        TermEdit::Day(day) => !candidate.on_days(&[*day]).clashes.contains(clash),
        TermEdit::Overlook(_) => true,
    };
    told(terms::of_clash(candidate, clash).into_iter().filter(settles).collect())
}

/// After which changes the numbers hold together.
pub(in crate::negotiate) fn numbers(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Vec<Change> {
    let proposals = set.iter().flat_map(|part| of_part(candidate, part));
    told(proposals.filter(|proposal| candidate.can_hold(&proposal.edit)).collect())
}

/// After which changes some choice leaves neither side below zero points.
pub(in crate::negotiate) fn points(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Vec<Change> {
    told(set.iter().flat_map(|part| weighed::of_part(candidate, part)).collect())
}

fn told(mut proposals: Vec<Proposal>) -> Vec<Change> {
    nearest_first(&mut proposals);
    let change =
        |Proposal { statement, to, size, .. }| Change { edits: vec![edit_of(statement, to, size)], deal: None };
    proposals.into_iter().map(change).collect()
}
