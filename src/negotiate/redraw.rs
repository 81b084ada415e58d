//! The agreement that a given way of serving is. Nothing is chosen here but what R6 decides term by term.

use std::rc::Rc;

use super::bargain::Delivery;
use super::candidate::{Candidate, Pricing};
use super::package::{PackageDeal, at_rhythm};
use super::problem::{Problem, TakenBundle, TakenLine, Way};
use super::solve::Solution;
use super::terms::{Alternative, Meeting};
use super::{Negotiation, Part, Side, in_order};
use crate::agreement::Agreement;

/// The agreement of two manifests whose lines are served in a way that was chosen of their problem; `None` where it is no way
/// of serving them. The order of the two does not matter.
pub fn agreement_of(one: &Side<'_>, other: &Side<'_>, problem: &Problem, way: &Way) -> Option<Agreement> {
    let negotiation = Negotiation::new(in_order(one, other));
    let open = negotiation.in_question();
    let line = |taken: &TakenLine| {
        let index = *open.get(taken.line)?;
        let solution = negotiation.candidates.get(index)?.taken(taken)?;
        Some(Part::Line(index, Rc::new(solution)))
    };
    let bundle = |taken: &TakenBundle| Some(Part::Package(Box::new(negotiation.taken(problem, &open, taken)?)));
    let lines = way.lines.iter().map(line);
    let parts: Vec<Part<'_>> = lines.chain(way.packages.iter().map(bundle)).collect::<Option<_>>()?;
    let outcome = negotiation.blank();
    negotiation.conclude(outcome, &parts.iter().collect::<Vec<_>>()).agreement
}

impl<'a> Negotiation<'a> {
    fn taken(&self, problem: &Problem, open: &[usize], taken: &TakenBundle) -> Option<PackageDeal<'a>> {
        let bundle = problem.packages.get(taken.package)?;
        let manifest = self.sides.get(bundle.by)?.manifest();
        let package = manifest.packages.get(bundle.name.as_str())?;
        let ways = bundle.ways.get(taken.way)?;
        let index = |part: &super::problem::Part| open.get(part.line).copied();
        let parts: Vec<(usize, &Candidate<'a>)> =
            ways.iter().map(|part| Some((index(part)?, self.candidates.get(index(part)?)?))).collect::<Option<_>>()?;
        let quantities: Vec<_> = ways.iter().map(|part| part.quantity.clone()).collect();
        let rhythms =
            parts.first().and_then(|(_, part)| part.counted.as_ref()?.1.rhythms.as_deref()).unwrap_or_default();
        let named =
            |every: &String| rhythms.iter().map(|rhythm| rhythm.every).find(|known| known.to_string() == *every);
        let every = match &taken.every {
            Some(every) => Some(named(every)?),
            None => None,
        };
        at_rhythm(manifest, bundle.by, package, &parts, &quantities, every.as_ref())?.deal()
    }
}

impl Candidate<'_> {
    /// The line with what was taken of it.
    fn taken(&self, taken: &TakenLine) -> Option<Solution> {
        let (_, bargain) = self.counted.as_ref()?;
        let rhythm = bargain.rhythms.as_ref().map(|_| taken.rhythm);
        let delivery = Delivery { quantity: taken.quantity.clone(), rhythm, tier: taken.tier, gain: None };
        let settled = match (self.pricing, &taken.picks) {
            (Pricing::Split | Pricing::Taken, picks) => self.sheet.settle(bargain, &delivery, picks.as_deref()),
            (Pricing::Free, Some(picks)) => Rc::new(self.sheet.settle_without_costs().with(self.picked(picks))),
            (Pricing::Free | Pricing::Proposed(_) | Pricing::Open, _) => self.sheet.settle_without_costs(),
        };
        self.solution(delivery, settled)
    }

    /// The alternatives with these indices, term by term where one is taken, by index of their issue.
    fn picked(&self, picks: &[usize]) -> Vec<(usize, Alternative)> {
        let lists = self.sheet.issues.iter().enumerate().filter_map(|(index, issue)| match &*issue.meeting {
            Meeting::One(list) => Some((index, list)),
            _ => None,
        });
        lists.zip(picks).filter_map(|((index, list), pick)| Some((index, list.get(*pick)?.clone()))).collect()
    }
}
