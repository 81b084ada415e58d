//! Changes of what holds for the agreement as a whole: the smallest by which each side would give way.

use super::days::{Reach, reaching};
use super::edit_of;
use super::terms::given_way;
use crate::domain::Interval;
use crate::manifest::model::Statement;
use crate::negotiate::bargain::Burden;
use crate::negotiate::clash::Clash;
use crate::negotiate::outcome::{Change, Edit};
use crate::negotiate::terms::{Issue, Kept, Meeting};
use crate::negotiate::whole::Whole;

/// After which change of each side a clash is none, in the order of the parties.
pub(in crate::negotiate) fn of_clash(whole: &Whole<'_>, clash: &Clash) -> Vec<Change> {
    let edits = match &clash.term {
        Some(key) => given_ways(whole, key).into_iter().map(|(edit, _)| edit).collect(),
        None if clash.is_of_windows() => windows(whole),
        None => Vec::new(),
    };
    edits.into_iter().map(|edit| Change { edits: vec![edit], deal: None }).collect()
}

/// The windows of the two manifests, each moved to where the other is.
fn windows(whole: &Whole<'_>) -> Vec<Edit> {
    let of = |side: &crate::negotiate::Side<'_>| {
        let reaches = reaching(&side.manifest().valid, &whole.life.window);
        reaches.into_iter().map(|Reach { node, to, .. }| edit_of(side.quote(None, node), to, None)).collect::<Vec<_>>()
    };
    whole.sides.iter().flat_map(of).collect()
}

/// How each side would give way on a term, and what is kept of it then.
pub(super) fn given_ways(whole: &Whole<'_>, key: &str) -> Vec<(Edit, Kept)> {
    let Some(issue) = whole.issues.iter().find(|issue| issue.key == key) else { return Vec::new() };
    let [first, second] = &whole.sides;
    let ways = [(first, issue.provider, second, issue.receiver), (second, issue.receiver, first, issue.provider)];
    let given = ways.into_iter().filter_map(|(side, own, other, theirs)| {
        let own = own?;
        let (to, size, domain) = given_way(own, theirs, other, &Interval::all())?;
        let changed = domain.map(|domain| Statement { domain, ..own.clone() });
        let kept = kept(issue.key, changed.as_ref(), theirs)?;
        Some((edit_of(side.quote(None, own.node), to, size), kept))
    });
    given.collect()
}

/// What is kept of two statements on a term of the whole, where these do not conflict.
fn kept(key: &str, changed: Option<&Statement>, theirs: Option<&Statement>) -> Option<Kept> {
    let free = |_, _: &_| Burden::default();
    let issue = Issue::new(key, changed, theirs, &free)?;
    (!matches!(*issue.meeting, Meeting::Empty)).then(|| issue.settle_without_costs())
}
