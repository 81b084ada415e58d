//! What each rule of fairness would choose on lines where no money moves (R8), beside the one in force.

use super::candidate::{Candidate, Pricing};
use super::outcome::{ChosenOption, FairChoice, LineFairness};
use super::points::{self, Frontier};
use super::terms::Alternative;
use super::{Negotiation, Side, in_order, write};
use crate::value::Rational;

/// For each free line on which points decide, what the three rules choose. The order of the arguments does not matter.
pub fn fairness(one: &Side<'_>, other: &Side<'_>) -> Vec<LineFairness> {
    let negotiation = Negotiation::new(in_order(one, other));
    let rule = negotiation.whole.fairness;
    let weighed = negotiation.candidates.iter().filter(|c| c.pricing == Pricing::Free && c.is_open());
    weighed.filter_map(|candidate| of_line(candidate, rule)).collect()
}

/// What the rules choose on a line; `None` where points decide nothing or nothing can be chosen.
fn of_line(candidate: &Candidate<'_>, in_force: Option<Frontier>) -> Option<LineFairness> {
    let (_, bargain) = candidate.counted.as_ref()?;
    bargain.best().ok().flatten()?;
    let choices: Vec<(Frontier, Choice)> =
        Frontier::ALL.into_iter().map(|rule| Some((rule, Choice::by(candidate, rule)?))).collect::<Option<_>>()?;
    let (_, measure) = choices.iter().find(|(rule, _)| Some(*rule) == in_force).or_else(|| choices.first())?;
    let written = |(rule, choice): &(Frontier, Choice)| {
        let more = |own: &Rational, other: &Rational| {
            Some(own - other).filter(|more| !more.is_zero()).map(|more| write::decimal(&more).to_string())
        };
        FairChoice {
            rule: rule.code(),
            in_force: Some(*rule) == in_force,
            provider_points: write::decimal(&choice.provider).to_string(),
            receiver_points: write::decimal(&choice.receiver).to_string(),
            provider_more: more(&choice.provider, &measure.provider),
            receiver_more: more(&choice.receiver, &measure.receiver),
            options: choice.options.clone(),
        }
    };
    Some(LineFairness {
        provider: candidate.provider.id().to_owned(),
        receiver: candidate.receiver.id().to_owned(),
        offer: candidate.offer.key.to_string(),
        need: candidate.need.key.to_string(),
        alike: choices.iter().all(|(_, choice)| choice.options == measure.options),
        rules: choices.iter().map(written).collect(),
    })
}

/// What a rule chooses.
struct Choice {
    provider: Rational,
    receiver: Rational,
    options: Vec<ChosenOption>,
}

impl Choice {
    fn by(candidate: &Candidate<'_>, rule: Frontier) -> Option<Self> {
        let chosen = points::choose(&candidate.sheet.issues, rule).ok().flatten()?;
        let sum = |side: fn(&Alternative) -> &Rational| chosen.iter().map(|(_, alternative)| side(alternative)).sum();
        let option = |(issue, alternative): &(usize, Alternative)| {
            let term = candidate.sheet.issues.get(*issue)?.key.to_owned();
            Some(ChosenOption {
                term,
                value: alternative.value.to_string(),
                at: alternative.at.as_deref().map(str::to_owned),
            })
        };
        Some(Self {
            provider: sum(|alternative| &alternative.points.0),
            receiver: sum(|alternative| &alternative.points.1),
            options: chosen.iter().filter_map(option).collect(),
        })
    }
}
