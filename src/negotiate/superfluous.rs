//! Lines that were possible and that the way of serving leaves out, with what speaks against them.

use std::collections::BTreeSet;

use super::candidate::Candidate;
use super::outcome::Reason;
use super::serve::ServedLine;
use super::solve::Solved;
use super::{Negotiation, line_order};
use crate::agreement::Line;
use crate::diagnostic::Text;
use crate::value::ItemCode;

impl Negotiation<'_> {
    /// A note on each line that was possible and is not among those that were taken.
    pub(super) fn superfluous(&self, taken: &[Line], solved: &[Solved]) -> Vec<Reason> {
        let served: BTreeSet<ServedLine<'_>> = taken.iter().map(line_order).collect();
        let is_taken = |candidate: &&Candidate<'_>| served.contains(&candidate.served_line());
        let chosen: Vec<&Candidate<'_>> = self.candidates.iter().filter(is_taken).collect();
        let possible = self.candidates.iter().zip(solved).filter(|(_, solved)| matches!(solved, Solved::Possible(_)));
        let left_out = possible.map(|(candidate, _)| candidate).filter(|candidate| !is_taken(candidate));
        left_out.map(|candidate| Reason::new("superfluous", why(candidate, &chosen))).collect()
    }
}

/// Why a possible line is not taken beside those that are.
fn why(candidate: &Candidate<'_>, taken: &[&Candidate<'_>]) -> Text {
    let is_served = |other: &&&Candidate<'_>| other.by == candidate.by && other.need.key == candidate.need.key;
    let uses_it_up = |other: &&&Candidate<'_>| other.by == candidate.by && other.offer.key == candidate.offer.key;
    let moved: Vec<&ItemCode> = candidate.codes().collect();
    let goes_back =
        |other: &&&Candidate<'_>| other.by != candidate.by && other.codes().any(|code| moved.contains(&code));
    let sentence = if taken.iter().any(|other| is_served(&other)) {
        Text::new(
            "`{offer}` of {provider} could also serve `{need}`, but serving the needs otherwise is better for the two together",
        )
    } else if let Some(other) = taken.iter().find(uses_it_up) {
        Text::new(
            "`{offer}` of {provider} could serve `{need}` alone, but there is not enough of it beside what `{other}` takes, and that is better for the two together",
        )
        .with("other", &other.need.key)
    } else if let Some(other) = taken.iter().find(goes_back) {
        Text::new(
            "`{offer}` of {provider} could serve `{need}` alone, but an item goes one way only between two coops, and `{other}` going the other way is better for the two together",
        )
        .with("other", &other.offer.key)
    } else {
        Text::new(
            "`{offer}` of {provider} could serve `{need}` alone, but what is agreed is better for the two together",
        )
    };
    sentence
        .with("offer", &candidate.offer.key)
        .with("provider", candidate.provider.manifest().coop.name.clone())
        .with("need", &candidate.need.key)
}
