//! Changes of a line without money on which the two have no rule of fairness in common.

use std::collections::BTreeSet;

use super::{change, deal, proposals, whole};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::conflicts::Apart;
use crate::negotiate::outcome::{Change, Edit};
use crate::negotiate::points::Frontier;
use crate::negotiate::terms::Kept;
use crate::negotiate::whole::Whole;

/// The changes that would make a deal of what is free where the two have no rule of fairness in common: that of one side
/// accepted by the other, alone or with one change of the line.
pub(in crate::negotiate) fn find(candidate: &Candidate<'_>, apart: &Apart, whole: &Whole<'_>) -> Vec<Change> {
    let rule = |kept: Kept| match kept {
        Kept::One(alternative) => Some(Frontier::of(&alternative.value)),
        Kept::Nothing | Kept::Range(_) | Kept::All(_) | Kept::Ladder(_) => None,
    };
    let accepted = whole::given_ways(whole, "fairness").into_iter();
    let mut accepted: Vec<(Edit, Frontier)> = accepted.filter_map(|(edit, kept)| Some((edit, rule(kept)?))).collect();
    accepted.sort_by_key(|(edit, _)| edit.party != candidate.provider.id());
    let alone = |(edit, rule): &(Edit, Frontier)| {
        let deal = deal(candidate, &[], Some(*rule))?;
        Some(Change { edits: vec![edit.clone()], deal: Some(deal) })
    };
    let singles: Vec<Change> = accepted.iter().filter_map(alone).collect();
    if singles.is_empty() { with_one_more(candidate, apart, &accepted) } else { singles }
}

/// A rule accepted and one change of the line: the smallest of each side alone, and of one each.
fn with_one_more(candidate: &Candidate<'_>, apart: &Apart, accepted: &[(Edit, Frontier)]) -> Vec<Change> {
    let mut who: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    let mut pairs = Vec::new();
    for proposal in proposals(candidate, apart) {
        for (edit, rule) in accepted {
            let parties = BTreeSet::from([edit.party.clone(), proposal.statement.party.clone()]);
            let deal = if who.contains(&parties) { None } else { deal(candidate, &[&proposal], Some(*rule)) };
            let Some(deal) = deal else { continue };
            who.insert(parties);
            let Change { edits, deal } = change(&[&proposal], deal);
            pairs.push(Change { edits: std::iter::once(edit.clone()).chain(edits).collect(), deal });
        }
    }
    pairs
}
