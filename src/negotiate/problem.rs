//! Two manifests as a problem of numbers: what R1 to R4 leave to be chosen, and what each choice costs.
//!
//! Plain data without any choice made, for who wants to judge choices without making them. Quantities are in base units of
//! their line, money in its currency.

use super::bargain::{Bargain, Burden, Burdens};
use super::candidate::{Candidate, Pricing, currency_id};
use super::package::{self, matchings};
use super::points::Frontier as Fairness;
use super::terms::{Issue, Meeting};
use super::{Negotiation, Side, in_order};
use crate::agreement::Role;
use crate::domain::Interval;
use crate::manifest::model::Package;
use crate::value::Rational;

/// All that two manifests leave to be chosen on lines.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The ids of the two parties, in order.
    pub parties: [String; 2],
    /// The digests of their manifests.
    pub manifests: [String; 2],
    /// The rule that weighs points; `None` where the two have none in common, so that no free line stands by itself.
    pub fairness: Option<Fairness>,
    /// The candidate lines against which nothing but numbers and rules of fairness can speak, in order of provider, need and
    /// offer.
    pub lines: Vec<Line>,
    /// The packages that can be had.
    pub packages: Vec<Bundle>,
}

/// A candidate line.
#[derive(Clone, Debug)]
pub struct Line {
    /// Index of the side that delivers.
    pub by: usize,
    /// Name of the offer.
    pub offer: String,
    /// Name of the need.
    pub need: String,
    /// The codes in common.
    pub items: Vec<String>,
    /// How the price comes about.
    pub pricing: Pricing,
    /// ISO code, or the URI of a circuit; empty where no money is named.
    pub currency: String,
    /// The rhythms that both accept; for a single delivery one.
    pub rhythms: Vec<Rhythm>,
    /// The provider's prices from a quantity on; none where it states no price.
    pub tiers: Vec<Tier>,
    /// What the receiver pays at most for a base unit.
    pub limit: Option<Rational>,
    /// The same as a part of a package, where who takes for nothing pays nothing.
    pub limit_in_package: Option<Rational>,
    /// What the offer has in all, or in a period of so many years.
    pub stock: Option<(Rational, Option<Rational>)>,
    /// The terms that leave a choice, in catalogue order; what a substitute costs stands as the last.
    pub terms: Vec<Term>,
}

/// A rhythm.
#[derive(Clone, Debug)]
pub struct Rhythm {
    /// As it is written; `None` for a single delivery.
    pub every: Option<String>,
    /// The years from one delivery to the next; one for a single delivery, which counts once.
    pub years: Rational,
    /// What it costs each.
    pub costs: Costs,
    /// What decides between equals: worse rank, sum of ranks.
    pub rank: (usize, usize),
    /// The quantities that one delivery may have.
    pub quantities: Interval,
}

/// The provider's prices of a base unit from a quantity on.
#[derive(Clone, Debug)]
pub struct Tier {
    /// From which quantity on.
    pub from: Rational,
    /// The least that it takes.
    pub limit: Rational,
    /// What it asks.
    pub ask: Option<Rational>,
}

/// A term with the options that both accept.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its name.
    pub name: String,
    /// Whether one option is taken; else all that cost least are kept.
    pub takes_one: bool,
    /// The options, the one that wins ties first.
    pub options: Vec<Choice>,
}

/// The name of what a substitute costs, as a term without a choice.
const SUBSTITUTE: &str = "substitute";

impl Term {
    /// Whether it is what a substitute costs.
    pub fn is_substitute(&self) -> bool {
        self.name == SUBSTITUTE
    }

    /// Whether some option costs something.
    pub fn costs_anything(&self) -> bool {
        self.options.iter().any(|choice| !choice.costs.provider.is_nothing() || !choice.costs.receiver.is_nothing())
    }
}

/// An option.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What tells it from others.
    pub name: String,
    /// What it costs each.
    pub costs: Costs,
    /// Points of the provider and of the receiver.
    pub points: (Rational, Rational),
}

/// What a choice costs each.
#[derive(Clone, Debug, Default)]
pub struct Costs {
    /// The provider.
    pub provider: Cost,
    /// The receiver.
    pub receiver: Cost,
}

/// `fixed + (unit + share × price) × quantity`, where the price is the side's own.
#[derive(Clone, Debug, Default)]
pub struct Cost {
    /// Money per delivery.
    pub fixed: Rational,
    /// Money per base unit.
    pub unit: Rational,
    /// Part of the price.
    pub share: Rational,
}

impl Cost {
    /// Whether it is nothing at any quantity and price.
    pub fn is_nothing(&self) -> bool {
        self.fixed.is_zero() && self.unit.is_zero() && self.share.is_zero()
    }
}

/// A package.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Index of the side that offers it.
    pub by: usize,
    /// Its name.
    pub name: String,
    /// Its own price, where it states one.
    pub price: Option<BundlePrice>,
    /// Every way to serve a different need by each of its parts.
    pub ways: Vec<Vec<Part>>,
}

/// The price of a package.
#[derive(Clone, Debug)]
pub struct BundlePrice {
    /// The least that the provider takes.
    pub limit: Rational,
    /// What it asks.
    pub ask: Option<Rational>,
    /// In which money.
    pub currency: String,
}

/// A part of a package that serves a need.
#[derive(Clone, Debug)]
pub struct Part {
    /// Index of the line.
    pub line: usize,
    /// Its quantity.
    pub quantity: Rational,
    /// The currency of the receiver's price, where it states one.
    pub bids_in: Option<String>,
}

/// What was chosen of a problem.
#[derive(Clone, Debug, Default)]
pub struct Way {
    /// The lines that are in no package.
    pub lines: Vec<TakenLine>,
    /// The packages.
    pub packages: Vec<TakenBundle>,
}

/// A line that was chosen.
#[derive(Clone, Debug)]
pub struct TakenLine {
    /// Index of the line.
    pub line: usize,
    /// The quantity of a delivery.
    pub quantity: Rational,
    /// Index of the rhythm.
    pub rhythm: usize,
    /// Index of the tier.
    pub tier: Option<usize>,
    /// Indices of the options, where the terms are not each decided by itself: of every term, or where points decide, of every
    /// term of which one option is taken.
    pub picks: Option<Vec<usize>>,
}

/// A package that was chosen.
#[derive(Clone, Debug)]
pub struct TakenBundle {
    /// Index of the package.
    pub package: usize,
    /// Index of the way to serve needs by its parts.
    pub way: usize,
    /// The rhythm; `None` for a single delivery.
    pub every: Option<String>,
}

/// What two manifests leave to be chosen; `None` where a stated limit of work is exceeded. The order of the arguments does
/// not matter.
pub fn problem(one: &Side<'_>, other: &Side<'_>) -> Option<Problem> {
    Negotiation::new(in_order(one, other)).problem()
}

impl Negotiation<'_> {
    pub(super) fn problem(&self) -> Option<Problem> {
        let open = self.in_question();
        let candidates = open.iter().filter_map(|index| self.candidates.get(*index));
        Some(Problem {
            parties: self.sides.each_ref().map(|side| side.id().to_owned()),
            manifests: self.sides.each_ref().map(|side| side.manifest().digest(side.document).to_owned()),
            fairness: self.whole.fairness,
            lines: candidates.filter_map(line).collect(),
            packages: self.bundles(&open)?,
        })
    }

    /// The candidates against which nothing but numbers can speak. A free line is one of them also where rules of fairness
    /// are apart: it can still be a part of a package.
    pub(super) fn in_question(&self) -> Vec<usize> {
        // Where the manifests have no day in common, nothing is left to be chosen.
        let can_meet = !self.whole.life.window.is_empty();
        let open = |c: &Candidate<'_>| can_meet && c.is_open() && c.counted.is_some();
        (0..self.candidates.len()).filter(|index| self.candidates.get(*index).is_some_and(open)).collect()
    }

    fn bundles(&self, open: &[usize]) -> Option<Vec<Bundle>> {
        let mut found = Vec::new();
        for (by, side) in self.sides.iter().enumerate() {
            for package in side
                .manifest()
                .packages
                .values()
                .filter(|package| package::is_open(by, package, &self.grants, &self.whole.life.window))
            {
                let ways = matchings(by, package, &self.candidates).ok()?;
                let part = |index: &usize| self.part(package, *index, open);
                let price = package.price.as_ref().map(|price| &price.value);
                found.push(Bundle {
                    by,
                    name: package.key.to_string(),
                    price: price.map(|price| BundlePrice {
                        limit: price.at_least.amount.rational(),
                        ask: price.at_most.as_ref().map(|ask| ask.amount.rational()),
                        currency: currency_id(side.manifest(), &price.at_least.currency).to_owned(),
                    }),
                    ways: ways.iter().filter_map(|way| way.iter().map(part).collect()).collect(),
                });
            }
        }
        Some(found)
    }

    /// A part of a package by a candidate; `None` where their days do not overlap.
    fn part(&self, package: &Package, index: usize, open: &[usize]) -> Option<Part> {
        let candidate = self.candidates.get(index)?;
        let overlaps = !candidate.span.narrowed(&package.valid).is_empty();
        let (measure, _) = candidate.counted.as_ref().filter(|_| overlaps)?;
        Some(Part {
            line: open.binary_search(&index).ok()?,
            quantity: measure.base(Role::Provider, &package.includes.get(&candidate.offer.key)?.value)?,
            bids_in: candidate.bids_in().map(str::to_owned),
        })
    }
}

fn line(candidate: &Candidate<'_>) -> Option<Line> {
    let (_, bargain) = candidate.counted.as_ref()?;
    let tiers = bargain.supply.tiers.iter().flatten();
    let stock = bargain.supply.volume.as_ref().and_then(|volume| Some((volume.at_most.clone()?, volume.years.clone())));
    Some(Line {
        by: candidate.by,
        offer: candidate.offer.key.to_string(),
        need: candidate.need.key.to_string(),
        items: candidate.items(),
        pricing: candidate.pricing,
        currency: candidate.currency.unwrap_or_default().to_owned(),
        rhythms: rhythms(candidate),
        tiers: tiers.map(|t| Tier { from: t.from.clone(), limit: t.limit.clone(), ask: t.ask.clone() }).collect(),
        limit: bargain.limit().cloned(),
        limit_in_package: candidate.limit(),
        stock,
        terms: candidate.sheet.issues.iter().filter_map(term).chain(stand_in(bargain)).collect(),
    })
}

fn rhythms(candidate: &Candidate<'_>) -> Vec<Rhythm> {
    let Some((_, bargain)) = &candidate.counted else { return Vec::new() };
    let Some(stated) = &bargain.rhythms else {
        return vec![Rhythm {
            every: None,
            years: Rational::one(),
            costs: Costs::default(),
            rank: (0, 0),
            quantities: bargain.quantities(None),
        }];
    };
    let rhythm = |(index, stated): (usize, &super::bargain::Rhythm)| Rhythm {
        every: Some(stated.every.to_string()),
        years: stated.years.clone(),
        costs: costs(&stated.burdens),
        rank: stated.rank,
        quantities: bargain.quantities(Some(index)),
    };
    stated.iter().enumerate().map(rhythm).collect()
}

/// The term of an issue that has options.
fn term(issue: &Issue<'_>) -> Option<Term> {
    let options: Vec<Choice> = match &*issue.meeting {
        Meeting::Range(range) => range.values().map(|(value, burdens)| choice(value.to_string(), burdens)).collect(),
        Meeting::One(list) | Meeting::All(list) => {
            list.iter().map(|a| Choice { points: a.points.clone(), ..choice(a.name(), &a.burdens) }).collect()
        }
        Meeting::Empty | Meeting::Proposed | Meeting::Absent | Meeting::Ladder(_) => Vec::new(),
    };
    let takes_one = matches!(*issue.meeting, Meeting::One(_));
    (!options.is_empty()).then(|| Term { name: issue.key.to_owned(), takes_one, options })
}

/// Taking the substitute, as a term without a choice.
fn stand_in(bargain: &Bargain) -> Option<Term> {
    let options = |taken: &Burdens| vec![choice("taken".to_owned(), taken)];
    let term = |[taken]: &[Burdens; 1]| Term { name: SUBSTITUTE.to_owned(), takes_one: true, options: options(taken) };
    bargain.stand_in.as_ref().map(term)
}

fn choice(name: String, burdens: &Burdens) -> Choice {
    Choice { name, costs: costs(burdens), points: <(Rational, Rational)>::default() }
}

fn costs(burdens: &Burdens) -> Costs {
    let cost =
        |burden: &Burden| Cost { fixed: burden.fixed.clone(), unit: burden.unit.clone(), share: burden.share.clone() };
    Costs { provider: cost(&burdens.provider), receiver: cost(&burdens.receiver) }
}
