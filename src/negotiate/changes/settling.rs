//! Changes that would settle one conflict of a line, whatever else speaks against it.

use std::collections::BTreeSet;

use super::{Proposal, TermEdit, changed, edit_of, merge, nearest_first, of_part, points as weighed, terms};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::clash::Clash;
use crate::negotiate::conflicts::{Part, hold_together, with_only};
use crate::negotiate::outcome::Change;

/// After which changes a clash that is no matter of numbers is none.
pub(in crate::negotiate) fn a_clash(candidate: &Candidate<'_>, clash: &Clash) -> Vec<Change> {
    let is_settled = |after: &Candidate<'_>| !after.clashes.iter().any(|other| other.is_on_the_same_as(clash));
    let settles = |proposal: &Proposal| changed(candidate, &[proposal], is_settled).unwrap_or(false);
    told(terms::of_clash(candidate, clash).into_iter().filter(settles).collect())
}

/// After which changes the numbers of a conflict hold together; all others are left out.
pub(in crate::negotiate) fn numbers(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Vec<Change> {
    let (offer, need) = with_only(candidate, set);
    let alone = candidate.varied(&offer, &need);
    let settles = |edit: &TermEdit| {
        let TermEdit::Terms(role, terms) = edit else { return false };
        let mut said = candidate.terms(*role).clone();
        merge(&mut said, alone.terms(*role), terms);
        let (offer, need) = candidate.with(*role, &said);
        candidate.may_say(*role, &said) && hold_together(&candidate.varied(offer, need), set)
    };
    let proposals = set.iter().flat_map(|part| of_part(&alone, part));
    told(proposals.filter(|proposal| settles(&proposal.edit)).collect())
}

/// After which changes the points of a conflict leave nobody below zero; all others count where they help.
pub(in crate::negotiate) fn points(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Vec<Change> {
    told(set.iter().flat_map(|part| weighed::of_part_in(candidate, set, part)).collect())
}

fn told(mut proposals: Vec<Proposal>) -> Vec<Change> {
    nearest_first(&mut proposals);
    let change =
        |Proposal { statement, to, size, .. }| Change { edits: vec![edit_of(statement, to, size)], deal: None };
    proposals.into_iter().map(change).collect()
}
