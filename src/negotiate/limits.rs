//! What limits a deal: statements which, loosened by one step, would raise what the two gain together.
//!
//! A step is the nearest change of a statement, of those that are tried to mend a line, after which the joint gain of a year
//! is greater. Prices are left out: a limit that gives way moves what each gains, and is nothing that both could want.

use super::candidate::Candidate;
use super::changes::{Step, steps};
use super::outcome::{Limits, Loosened, Sum};
use super::points::Frontier;
use super::solve::Solution;
use crate::value::Rational;

/// Most steps that are told of one line.
const TOLD: usize = 5;

/// The steps of a line that would raise its joint gain, the one that would raise it most first; nothing where none would.
///
/// `room` is what the other lines of the agreement leave of the offer's volume, as a share of it.
pub(super) fn of_line(
    candidate: &Candidate<'_>,
    solution: &Solution,
    fairness: Frontier,
    room: &Rational,
) -> Option<Limits> {
    let gain = candidate.gain_per_year(solution)?;
    let currency = candidate.currency?;
    let loosened = |Step { change, gain: raised }: Step| {
        let more = Sum { amount: &raised - &gain, currency: currency.to_owned() };
        Loosened { change, more }
    };
    let steps: Vec<Loosened> = steps(candidate, &gain, fairness, room).into_iter().take(TOLD).map(loosened).collect();
    let told = Limits {
        provider: candidate.provider.id().to_owned(),
        receiver: candidate.receiver.id().to_owned(),
        offer: candidate.offer.key.to_string(),
        need: candidate.need.key.to_string(),
        steps,
    };
    (!told.steps.is_empty()).then_some(told)
}
