//! Lines that were possible and that the way of serving leaves out, with what speaks against them.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::outcome::Reason;
use super::serve::ServedLine;
use super::solve::{Solution, Solved};
use super::{Negotiation, Served, line_order, words};
use crate::agreement::Line;
use crate::diagnostic::Text;
use crate::value::{ItemCode, Rational};

impl Negotiation<'_> {
    /// A note on each line that was possible and is not among those that were taken.
    pub(super) fn superfluous(&self, taken: &[Line], solved: &[Solved], way: &Served<'_>) -> Vec<Reason> {
        let served: BTreeMap<ServedLine<'_>, &Line> = taken.iter().map(|line| (line_order(line), line)).collect();
        let line_of = |candidate: &Candidate<'_>| served.get(&candidate.served_line()).copied();
        let chosen: Vec<(&Candidate<'_>, &Line)> =
            self.candidates.iter().filter_map(|candidate| Some((candidate, line_of(candidate)?))).collect();
        let left_out = self.candidates.iter().zip(solved).filter_map(|(candidate, solved)| match solved {
            Solved::Possible(solution) if line_of(candidate).is_none() => Some((candidate, solution)),
            Solved::Possible(_) | Solved::Impossible | Solved::Undecided(_) => None,
        });
        let notes = left_out.map(|(candidate, solution)| {
            Reason::new("superfluous", why(candidate, &chosen, self.lacks_volume(candidate, solution, way)))
        });
        notes.collect()
    }

    /// Whether a way of serving leaves less of the volume of a line's offer than the line alone would take.
    fn lacks_volume(&self, candidate: &Candidate<'_>, solution: &Solution, way: &Served<'_>) -> bool {
        self.uses(candidate, solution).iter().any(|(volume, share)| {
            let others = way.taken().flat_map(|service| &service.uses).filter(|(of, _)| of == volume);
            let used: Rational = others.map(|(_, share)| share).sum();
            &used + share > Rational::one()
        })
    }
}

/// Why a possible line is not taken beside those that are, which may leave its offer too little volume for it.
fn why(candidate: &Candidate<'_>, taken: &[(&Candidate<'_>, &Line)], lacks_volume: bool) -> Text {
    let is_served = |other: &Candidate<'_>| other.by == candidate.by && other.need.key == candidate.need.key;
    let moved: Vec<&ItemCode> = candidate.codes().collect();
    let goes_back = |other: &Candidate<'_>| other.by != candidate.by && other.codes().any(|code| moved.contains(&code));
    let sentence = if taken.iter().any(|(other, _)| is_served(other)) {
        Text::new(
            "`{offer}` of {provider} could also serve `{need}`, but serving the needs otherwise is better for the two together",
        )
    } else if let Some(used_up) = used_up(candidate, taken).filter(|_| lacks_volume) {
        Text::new(
            "`{offer}` of {provider} could serve `{need}` alone, but there is not enough of it for all: {used_up}, and that is better for the two together",
        )
        .with_text("used_up", used_up)
    } else if let Some((other, _)) = taken.iter().find(|(other, _)| goes_back(other)) {
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

/// What of the volume of a line's offer other lines take.
fn used_up(candidate: &Candidate<'_>, taken: &[(&Candidate<'_>, &Line)]) -> Option<Text> {
    let volume = &candidate.offer_terms.volume.as_ref()?.value;
    let most = volume.at_most.as_ref()?.to_string();
    let whole = match volume.per {
        Some(per) => words::rate(&most, per),
        None => Text::new("{quantity} in stock").with("quantity", most),
    };
    let draws = |other: &Candidate<'_>| other.by == candidate.by && other.offer.key == candidate.offer.key;
    let takes = taken.iter().filter(|(other, _)| draws(other)).map(|(_, line)| {
        let delivered = words::delivered(words::written(&line.quantity), line.every.as_deref());
        Text::new("`{other}` takes {quantity}").with("other", &line.need).with_text("quantity", delivered)
    });
    let takes = words::commas(takes)?;
    Some(Text::new("of {whole} {takes}").with_text("whole", whole).with_text("takes", takes))
}
