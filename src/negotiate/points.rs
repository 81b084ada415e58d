//! Lines on which no money moves (R8): the Pareto frontier of the two sums of points, and the fair point on it.

use std::cmp::{Ordering, Reverse};

use super::terms::{Alternative, Issue, Meeting};
use crate::diagnostic::Text;
use crate::value::Rational;

/// Which rule chooses on the frontier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frontier {
    /// The greatest product, then sum.
    #[default]
    Balanced,
    /// The greatest smaller gain, then larger.
    EqualGain,
    /// The same on shares of each side's best.
    EqualShare,
}

impl Frontier {
    /// All of them, in the order in which they are told.
    pub(super) const ALL: [Self; 3] = [Self::Balanced, Self::EqualGain, Self::EqualShare];

    /// Its code among the values of `fairness`.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::EqualGain => "equal_gain",
            Self::EqualShare => "equal_share",
        }
    }

    /// The rule of a `fairness` term.
    pub(super) fn of(code: &str) -> Self {
        match code {
            "equal_gain" => Self::EqualGain,
            "equal_share" => Self::EqualShare,
            _ => Self::Balanced,
        }
    }
}

/// Of what there may be too much to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// Combinations of options, on a frontier.
    Points,
    /// Ways of matching the parts of a package to needs.
    Matches,
    /// Steps in search of who serves whom.
    Steps,
    /// Steps in search of two offers for one need.
    Together,
}

impl Work {
    pub(super) fn words(self) -> Text {
        match self {
            Self::Points => Text::new("combinations of points"),
            Self::Matches => Text::new("ways of matching the parts of a package"),
            Self::Steps => Text::new("steps in search of who serves whom"),
            Self::Together => Text::new("steps in search of two offers for one need"),
        }
    }
}

/// A stated limit of work, and where it was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WorkLimit {
    pub(super) what: Work,
    pub(super) most: usize,
}

/// Why no point was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// No combination is worth nothing or more to both.
    Nothing,
    /// Too many points.
    Limit(WorkLimit),
}

/// Most points that a frontier may have on the way.
const MOST_POINTS: usize = 1_000_000;

/// A combination of alternatives of the terms so far.
#[derive(Clone, Debug)]
struct Point {
    provider: Rational,
    receiver: Rational,
    /// The index of the alternative taken, term by term.
    picks: Vec<usize>,
}

/// The alternatives taken, by index of their issue; `None` where no option carries points.
pub(super) fn choose(issues: &[Issue<'_>], rule: Frontier) -> Result<Option<Vec<(usize, Alternative)>>, Failure> {
    let terms: Vec<(usize, Vec<&Alternative>)> = issues.iter().enumerate().filter_map(ranked).collect();
    let zero = Rational::zero();
    let any_points = |a: &&Alternative| a.points.0 != zero || a.points.1 != zero;
    if !terms.iter().any(|(_, list)| list.iter().any(any_points)) {
        return Ok(None);
    }
    let mut frontier = frontier_of(terms.iter().map(|(_, list)| list.as_slice()))?;
    frontier.retain(|p| !p.provider.is_negative() && !p.receiver.is_negative());
    let best = fairest(&frontier, rule).ok_or(Failure::Nothing)?;
    let taken =
        terms.iter().zip(&best.picks).filter_map(|((issue, list), pick)| Some((*issue, (*list.get(*pick)?).clone())));
    Ok(Some(taken.collect()))
}

/// The sums of the provider and of the receiver over all terms but some, of which no other is at least as good for both.
pub(super) fn sums_beside(issues: &[Issue<'_>], keys: &[&str]) -> Result<Vec<[Rational; 2]>, Failure> {
    let beside = issues.iter().enumerate().filter(|(_, issue)| !keys.contains(&issue.key));
    let terms: Vec<(usize, Vec<&Alternative>)> = beside.filter_map(ranked).collect();
    let frontier = frontier_of(terms.iter().map(|(_, list)| list.as_slice()))?;
    Ok(frontier.into_iter().map(|point| [point.provider, point.receiver]).collect())
}

/// The combinations of one alternative a term of which no other is at least as good for both.
fn frontier_of<'t, 'i: 't>(terms: impl Iterator<Item = &'t [&'i Alternative]>) -> Result<Vec<Point>, Failure> {
    let mut frontier = vec![Point { provider: Rational::zero(), receiver: Rational::zero(), picks: Vec::new() }];
    for list in terms {
        if frontier.len().saturating_mul(list.len()) > MOST_POINTS {
            return Err(Failure::Limit(WorkLimit { what: Work::Points, most: MOST_POINTS }));
        }
        frontier = undominated(extend(&frontier, list));
    }
    Ok(frontier)
}

/// The alternatives of a term of kind *one*, those that win ties first.
fn ranked<'i>((index, issue): (usize, &'i Issue<'_>)) -> Option<(usize, Vec<&'i Alternative>)> {
    let Meeting::One(list) = &*issue.meeting else { return None };
    let mut list: Vec<&Alternative> = list.iter().collect();
    list.sort_by(|a, b| a.tie().cmp(&b.tie()));
    Some((index, list))
}

fn extend(frontier: &[Point], list: &[&Alternative]) -> Vec<Point> {
    let with = |point: &Point, pick: usize, alternative: &Alternative| Point {
        provider: &point.provider + &alternative.points.0,
        receiver: &point.receiver + &alternative.points.1,
        picks: point.picks.iter().copied().chain([pick]).collect(),
    };
    frontier.iter().flat_map(|point| list.iter().enumerate().map(move |(pick, a)| with(point, pick, a))).collect()
}

/// The points that no other is at least as good for both; of equal points the one that wins the ties.
fn undominated(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| {
        b.provider.cmp(&a.provider).then_with(|| b.receiver.cmp(&a.receiver)).then_with(|| a.picks.cmp(&b.picks))
    });
    let mut best: Option<Rational> = None;
    points.retain(|point| {
        let better = best.as_ref().is_none_or(|best| point.receiver > *best);
        if better {
            best = Some(point.receiver.clone());
        }
        better
    });
    points
}

fn fairest(frontier: &[Point], rule: Frontier) -> Option<&Point> {
    let best = |side: fn(&Point) -> &Rational| frontier.iter().map(side).max().cloned().unwrap_or_default();
    let most = (best(|p| &p.provider), best(|p| &p.receiver));
    frontier.iter().max_by(|a, b| {
        let order = worth(a, rule, &most).cmp(&worth(b, rule, &most));
        order.then_with(|| Reverse(&a.picks).cmp(&Reverse(&b.picks)))
    })
}

/// What a rule looks at first and second.
fn worth(point: &Point, rule: Frontier, most: &(Rational, Rational)) -> (Rational, Rational) {
    let (p, r) = (&point.provider, &point.receiver);
    match rule {
        Frontier::Balanced => (p * r, p + r),
        Frontier::EqualGain => ordered(p.clone(), r.clone()),
        Frontier::EqualShare => match (p.checked_div(&most.0), r.checked_div(&most.1)) {
            (Some(p), Some(r)) => ordered(p, r),
            // A side whose best is zero is left out.
            (one, other) => one.or(other).map(|share| (share.clone(), share)).unwrap_or_default(),
        },
    }
}

fn ordered(a: Rational, b: Rational) -> (Rational, Rational) {
    if a.cmp(&b) == Ordering::Greater { (b, a) } else { (a, b) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn point(provider: i64, receiver: i64, pick: usize) -> Point {
        Point { provider: provider.into(), receiver: receiver.into(), picks: vec![pick] }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn nothing_outside_the_frontier_is_better_by_any_rule(pairs in proptest::collection::vec((0i64..9, 0i64..9), 1..12)) {
            let points: Vec<Point> = pairs.iter().enumerate().map(|(i, (p, r))| point(*p, *r, i)).collect();
            let frontier = undominated(points.clone());
            for rule in [Frontier::Balanced, Frontier::EqualGain, Frontier::EqualShare] {
                let most = (Rational::from(pairs.iter().map(|p| p.0).max().unwrap()), Rational::from(pairs.iter().map(|p| p.1).max().unwrap()));
                let best = worth(fairest(&frontier, rule).unwrap(), rule, &most);
                prop_assert!(points.iter().all(|p| worth(p, rule, &most) <= best));
            }
        }
    }

    #[test]
    fn the_three_rules_differ() {
        let frontier = [point(10, 1, 0), point(6, 3, 1), point(4, 4, 2)];
        let pick = |rule| fairest(&frontier, rule).unwrap().picks[0];
        assert_eq!([pick(Frontier::Balanced), pick(Frontier::EqualGain), pick(Frontier::EqualShare)], [1, 2, 1]);
    }
}
