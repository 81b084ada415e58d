//! Changes that would settle one conflict of a line, whatever else speaks against it.

use std::collections::BTreeSet;

use super::{Proposal, TermEdit, edit_of, merge, nearest_first, of_part, points as weighed, terms};
use crate::agreement::Role;
use crate::negotiate::candidate::Candidate;
use crate::negotiate::clash::Clash;
use crate::negotiate::conflicts::{Part, with_only};
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

/// After which changes the numbers of a conflict hold together; all others are left out.
pub(in crate::negotiate) fn numbers(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Vec<Change> {
    let (offer, need) = with_only(candidate, set);
    let alone = candidate.varied(&offer, &need, &[]);
    let can_be_said = |edit: &TermEdit| {
        let TermEdit::Terms(role, terms) = edit else { return false };
        let mut said = candidate.terms(*role).clone();
        merge(&mut said, alone.terms(*role), terms);
        candidate.may_say(*role, &said)
    };
    let proposals = set.iter().flat_map(|part| of_part(&alone, part));
    told(proposals.filter(|proposal| alone.can_hold(&proposal.edit) && can_be_said(&proposal.edit)).collect())
}

/// After which changes the points of a conflict leave nobody below zero whatever the two choose; of what one side alone says,
/// not itself.
pub(in crate::negotiate) fn points(candidate: &Candidate<'_>, set: &BTreeSet<Part>) -> Vec<Change> {
    let roles: BTreeSet<Role> = set.iter().map(Part::role).collect();
    let proposals = set.iter().flat_map(|part| match roles.len() {
        1 => weighed::of_part_for_itself(candidate, part).into_iter().collect(),
        _ => weighed::of_part(candidate, part),
    });
    told(proposals.collect())
}

fn told(mut proposals: Vec<Proposal>) -> Vec<Change> {
    nearest_first(&mut proposals);
    let change =
        |Proposal { statement, to, size, .. }| Change { edits: vec![edit_of(statement, to, size)], deal: None };
    proposals.into_iter().map(change).collect()
}
