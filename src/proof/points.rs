//! Lines on which no money moves: the sums of points that can be had, and which of them is fair (R8).

use super::sums::{self, Better, Had, Pair};
use crate::certificate::Points;
use crate::diagnostic::Text;
use crate::negotiate::problem::{Line, Term};
use crate::negotiate::{Fairness, Pricing};
use crate::value::Rational;

/// What the points of a line come to.
#[derive(Clone, Debug)]
pub(super) struct Weighed {
    /// The option of each term of the line, all others as if nothing were stated of them; `None` where no choice leaves both
    /// sums at zero or more.
    pub(super) chosen: Option<Vec<usize>>,
}

/// Checks the points of a line by a rule; `None` where there is no rule, the line has no points, or nothing can be delivered
/// anyway.
pub(super) fn check(
    rule: Option<Fairness>,
    line: &Line,
    deliverable: bool,
    points: Option<&Points>,
) -> Result<Option<Weighed>, Text> {
    let terms: Vec<&Term> = line.terms.iter().filter(|term| term.takes_one).collect();
    let carry = |term: &&Term| term.options.iter().any(|o| !o.points.0.is_zero() || !o.points.1.is_zero());
    let weighed = deliverable && line.pricing == Pricing::Free && terms.iter().any(carry);
    let (rule, points) = match (rule.filter(|_| weighed), points) {
        (Some(rule), Some(points)) => (rule, points),
        (None, None) => return Ok(None),
        (None, Some(_)) => {
            return Err(Text::new("points decide nothing on this line, and the certificate shows sums of them"));
        }
        (Some(_), None) => {
            return Err(Text::new("points decide on this line, and the certificate shows no sums of them"));
        }
    };
    let pairs = |term: &&Term| term.options.iter().map(|choice| choice.points.clone()).collect();
    let sums = sums::check(terms.iter().map(|term| (*term, pairs(term))).collect(), &points.terms, Better::More)?;
    let taken = match points.chosen {
        Some(at) => Some(sums.get(at).ok_or_else(|| Text::new("the chosen sum of points is none of those shown"))?),
        None => None,
    };
    let possible = |had: &&Had| !had.pair.0.is_negative() && !had.pair.1.is_negative();
    let all: Vec<&Had> = sums.iter().filter(possible).collect();
    fairest(rule, taken, &all)?;
    Ok(Some(Weighed { chosen: taken.map(|had| had.picks.clone()) }))
}

/// Whether none of the sums that both can take is fairer than the one taken.
fn fairest(rule: Fairness, taken: Option<&Had>, all: &[&Had]) -> Result<(), Text> {
    let most = |side: fn(&Pair) -> &Rational| all.iter().map(|had| side(&had.pair)).max().cloned().unwrap_or_default();
    let most = (most(|pair| &pair.0), most(|pair| &pair.1));
    let fairer = match taken {
        None => all.first(),
        Some(taken) if taken.pair.0.is_negative() || taken.pair.1.is_negative() => {
            return Err(Text::new("the chosen sums of points are below zero"));
        }
        Some(taken) => {
            let worth = fairness(rule, &taken.pair, &most);
            all.iter().find(|had| {
                let other = fairness(rule, &had.pair, &most);
                other > worth || (other == worth && had.picks < taken.picks)
            })
        }
    };
    match fairer {
        Some(had) => Err(Text::new("the sums of {provider} and {receiver} points are fairer than those chosen")
            .with("provider", &had.pair.0)
            .with("receiver", &had.pair.1)),
        None => Ok(()),
    }
}

/// What a rule looks at first and second; greater is fairer.
fn fairness(rule: Fairness, (provider, receiver): &Pair, most: &Pair) -> Pair {
    let smaller_first = |a: Rational, b: Rational| if a <= b { (a, b) } else { (b, a) };
    match rule {
        Fairness::Balanced => (provider * receiver, provider + receiver),
        Fairness::EqualGain => smaller_first(provider.clone(), receiver.clone()),
        Fairness::EqualShare => match (provider.checked_div(&most.0), receiver.checked_div(&most.1)) {
            (Some(provider), Some(receiver)) => smaller_first(provider, receiver),
            // A side whose best is zero is left out.
            (Some(share), None) | (None, Some(share)) => (share.clone(), share),
            (None, None) => Pair::default(),
        },
    }
}
