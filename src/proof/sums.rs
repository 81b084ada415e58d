//! Sums of pairs over one option of each term: whether those shown are had, and whether none that is better is left out.

use crate::certificate::{Exact, Layer, Sum};
use crate::diagnostic::Text;
use crate::negotiate::problem::Term;
use crate::value::Rational;

/// Two numbers.
pub(super) type Pair = (Rational, Rational);

/// Which of two numbers is better.
#[derive(Clone, Copy, Debug)]
pub(super) enum Better {
    Less,
    More,
}

impl Better {
    /// A pair of which less is better.
    fn turned(self, (first, second): &Pair) -> Pair {
        match self {
            Self::Less => (first.clone(), second.clone()),
            Self::More => (-first, -second),
        }
    }
}

/// A sum that was shown to be had.
#[derive(Clone, Debug)]
pub(super) struct Had {
    pub(super) pair: Pair,
    /// The option of each term.
    pub(super) picks: Vec<usize>,
}

/// The last sums of a row of layers. No combination of options is better than all of them by one of the numbers, nor as good
/// as one by both and earlier.
pub(super) fn check(terms: Vec<(&Term, Vec<Pair>)>, layers: &[Layer], better: Better) -> Result<Vec<Had>, Text> {
    if !layers.iter().map(|layer| &layer.term).eq(terms.iter().map(|(term, _)| &term.name)) {
        return Err(Text::new("the sums of the certificate are not over the terms of the line"));
    }
    let mut sums = vec![Had { pair: Pair::default(), picks: Vec::new() }];
    for ((term, pairs), layer) in terms.iter().zip(layers) {
        let had: Vec<Had> = layer.sums.iter().map(|sum| had(sum, &sums, term, pairs)).collect::<Result<_, _>>()?;
        let covering = Covering::of(&had, better);
        for sum in &sums {
            for (pick, pair) in pairs.iter().enumerate() {
                let reached = better.turned(&(&sum.pair.0 + &pair.0, &sum.pair.1 + &pair.1));
                if !covering.covers(&reached, &sum.picks, pick) {
                    let option = term.options.get(pick).map(|choice| choice.name.clone()).unwrap_or_default();
                    return Err(Text::new("the sums leave out what `{option}` of `{term}` would add up to")
                        .with("option", option)
                        .with("term", &term.name));
                }
            }
        }
        sums = had;
    }
    Ok(sums)
}

/// A sum as its option and the sum before make it.
fn had(sum: &Sum, before: &[Had], term: &Term, pairs: &[Pair]) -> Result<Had, Text> {
    let wrong = || Text::new("a sum up to `{term}` is not what its options add up to").with("term", &term.name);
    let pick = term.options.iter().position(|choice| choice.name == sum.option).ok_or_else(wrong)?;
    let (after, more) = (before.get(sum.after).ok_or_else(wrong)?, pairs.get(pick).ok_or_else(wrong)?);
    let pair = (&after.pair.0 + &more.0, &after.pair.1 + &more.1);
    if sum.pair != (Exact(pair.0.clone()), Exact(pair.1.clone())) {
        return Err(wrong());
    }
    Ok(Had { pair, picks: after.picks.iter().copied().chain([pick]).collect() })
}

/// Sums from the best first number to the worst, without those that another covers.
struct Covering<'h>(Vec<(Pair, &'h [usize])>);

impl<'h> Covering<'h> {
    fn of(had: &'h [Had], better: Better) -> Self {
        let mut sums: Vec<(Pair, &[usize])> =
            had.iter().map(|had| (better.turned(&had.pair), had.picks.as_slice())).collect();
        sums.sort();
        let mut least: Option<Rational> = None;
        sums.retain(|((_, second), _)| {
            let uncovered = least.as_ref().is_none_or(|least| second < least);
            if uncovered {
                least = Some(second.clone());
            }
            uncovered
        });
        Self(sums)
    }

    /// Whether a pair is no better than a sum that is there and, where it is the same, its options come no earlier.
    fn covers(&self, pair: &Pair, before: &[usize], pick: usize) -> bool {
        let at = self.0.partition_point(|((first, _), _)| *first <= pair.0);
        let Some((nearest, picks)) = at.checked_sub(1).and_then(|at| self.0.get(at)) else { return false };
        nearest.1 < pair.1
            || (nearest.1 == pair.1 && (nearest.0 < pair.0 || picks.iter().le(before.iter().chain([&pick]))))
    }
}
