//! Packages (R10): several offers of one side, all or nothing, at a price of their own.

use std::collections::BTreeSet;

use super::bargain::{Bid, Delivery};
use super::candidate::{Candidate, currency_id};
use super::draft::{Drafted, payable};
use super::eligibility::Grants;
use super::points::{Work, WorkLimit};
use super::price::split_package;
use super::side::Side;
use super::solve::Solution;
use super::time::Span;
use super::write;
use crate::agreement::{Price, Provenance, Status};
use crate::manifest::model::{Manifest, Package, PriceTerm};
use crate::negotiate::outcome::LineGain;
use crate::value::{Duration, Rational};

/// A package that serves a different need by each of its parts.
#[derive(Clone, Debug)]
pub(super) struct PackageDeal<'a> {
    pub(super) package: &'a Package,
    /// Index of the side that offers it.
    pub(super) by: usize,
    /// Indices of the candidates that its parts use, with what is kept of each.
    pub(super) parts: Vec<(usize, Solution)>,
    /// URI or code of the currency of its price.
    pub(super) currency: Option<&'a str>,
    /// Limit, most that the receiver pays, price; the middle one is missing where a need states no limit.
    pub(super) amounts: Option<PackageAmounts>,
    /// The rhythm; `None` for a single delivery.
    pub(super) every: Option<Duration>,
}

/// The amounts of a package, exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PackageAmounts {
    pub(super) lower: Rational,
    pub(super) upper: Option<Rational>,
    pub(super) price: Rational,
}

/// A package of which nothing but its price is in the way.
#[derive(Clone, Debug)]
pub(super) struct TooDear<'a> {
    pub(super) package: &'a Package,
    /// Index of the side that offers it.
    pub(super) by: usize,
    /// As it is written, or the URI of a circuit.
    pub(super) currency: &'a str,
    /// The least that the provider takes.
    pub(super) lower: Rational,
    /// The most that the receiver pays; below zero where the parts cost it more than they are worth to it.
    pub(super) upper: Rational,
    /// The rhythm; `None` for a single delivery.
    pub(super) every: Option<Duration>,
}

/// Most ways of matching parts to needs that are looked at for one package.
const MOST_MATCHES: usize = 10_000;

/// All deals that the packages of both sides could make.
pub(super) fn deals<'a>(
    sides: &[Side<'a>; 2],
    grants: &Grants<'a>,
    agreement: &Span,
    candidates: &[Candidate<'a>],
) -> Result<Vec<PackageDeal<'a>>, WorkLimit> {
    let open = open(sides, grants, agreement, candidates)?;
    let of = |open: &Open<'a>| open.matchings.iter().filter_map(|m| deal(open, m, candidates)).collect::<Vec<_>>();
    Ok(open.iter().flat_map(of).collect())
}

/// The packages of both sides of which nothing but the price is in the way, each in the way in which least is lacking.
pub(super) fn too_dear<'a>(
    sides: &[Side<'a>; 2],
    grants: &Grants<'a>,
    agreement: &Span,
    candidates: &[Candidate<'a>],
) -> Result<Vec<TooDear<'a>>, WorkLimit> {
    let nearest = |open: &Open<'a>| {
        let ways: Vec<Weighed<'a>> = open.matchings.iter().flat_map(|m| ways(open, m, candidates)).collect();
        let dear: Option<Vec<TooDear<'a>>> = ways.into_iter().map(Weighed::too_dear).collect();
        dear?.into_iter().min_by_key(|dear| &dear.lower - &dear.upper)
    };
    Ok(open(sides, grants, agreement, candidates)?.iter().filter_map(nearest).collect())
}

/// A package that the other side can take, with every way of serving needs by its parts.
struct Open<'a> {
    manifest: &'a Manifest,
    by: usize,
    package: &'a Package,
    matchings: Vec<Vec<usize>>,
}

fn open<'a>(
    sides: &[Side<'a>; 2],
    grants: &Grants<'a>,
    agreement: &Span,
    candidates: &[Candidate<'a>],
) -> Result<Vec<Open<'a>>, WorkLimit> {
    let mut found = Vec::new();
    for (by, side) in sides.iter().enumerate() {
        let manifest = side.manifest();
        for package in manifest.packages.values().filter(|package| is_open(by, package, grants, agreement)) {
            let overlaps =
                |i: &usize| candidates.get(*i).is_some_and(|part| !part.span.narrowed(&package.valid).is_empty());
            let mut matchings = matchings(by, package, candidates)?;
            matchings.retain(|matching| matching.iter().all(overlaps));
            found.push(Open { manifest, by, package, matchings });
        }
    }
    Ok(found)
}

/// Whether the other side is in the `with` of a package, and their days overlap.
pub(super) fn is_open(by: usize, package: &Package, grants: &Grants<'_>, agreement: &Span) -> bool {
    grants.admits(by, &package.with.value) && !agreement.narrowed(&package.valid).is_empty()
}

/// Every way of serving a different need by each part: indices of candidates in the order of the parts.
pub(super) fn matchings(
    by: usize,
    package: &Package,
    candidates: &[Candidate<'_>],
) -> Result<Vec<Vec<usize>>, WorkLimit> {
    let mut found: Vec<Vec<usize>> = vec![Vec::new()];
    for offer in package.includes.keys() {
        let fitting = |c: &Candidate<'_>| c.by == by && c.offer.key == *offer && c.is_open() && c.counted.is_some();
        let options: Vec<usize> = (0..candidates.len()).filter(|i| candidates.get(*i).is_some_and(fitting)).collect();
        let need = |i: &usize| candidates.get(*i).map(|c| c.need.key.as_str());
        let extended = found.iter().flat_map(|taken| {
            let free = options.iter().filter(|option| taken.iter().all(|t| need(t) != need(option)));
            free.map(|option| taken.iter().copied().chain([*option]).collect())
        });
        found = extended.take(MOST_MATCHES + 1).collect();
        if found.len() > MOST_MATCHES {
            return Err(WorkLimit { what: Work::Matches, most: MOST_MATCHES });
        }
    }
    Ok(found)
}

/// The best rhythm of a matching, if its parts can be delivered together.
fn deal<'a>(open: &Open<'a>, matching: &[usize], candidates: &[Candidate<'a>]) -> Option<PackageDeal<'a>> {
    let deals = ways(open, matching, candidates).into_iter().filter_map(Weighed::deal);
    deals.max_by(|a, b| a.gain_per_year().cmp(&b.gain_per_year()).then_with(|| b.years().cmp(&a.years())))
}

/// A matching in each rhythm in which its parts can be delivered together.
fn ways<'a>(open: &Open<'a>, matching: &[usize], candidates: &[Candidate<'a>]) -> Vec<Weighed<'a>> {
    let Open { manifest, by, package, .. } = open;
    let parts: Vec<(usize, &Candidate<'a>)> =
        matching.iter().filter_map(|i| candidates.get(*i).map(|candidate| (*i, candidate))).collect();
    let quantity = |(_, part): &(usize, &Candidate<'a>)| {
        let (measure, _) = part.counted.as_ref()?;
        measure.base(crate::agreement::Role::Provider, &package.includes.get(&part.offer.key)?.value)
    };
    let Some(quantities) = parts.iter().map(quantity).collect::<Option<Vec<Rational>>>() else { return Vec::new() };
    let way = |every: Option<Duration>| at_rhythm(manifest, *by, package, &parts, &quantities, every.as_ref());
    rhythms(&parts).into_iter().filter_map(way).collect()
}

/// The rhythms common to all parts; `[None]` if all are single deliveries.
fn rhythms(parts: &[(usize, &Candidate<'_>)]) -> Vec<Option<Duration>> {
    let stated: Vec<Option<BTreeSet<String>>> = parts
        .iter()
        .map(|(_, part)| {
            let (_, bargain) = part.counted.as_ref()?;
            bargain.rhythms.as_ref().map(|list| list.iter().map(|r| r.every.to_string()).collect())
        })
        .collect();
    if stated.iter().all(Option::is_none) {
        return vec![None];
    }
    let everywhere =
        |every: &Duration| stated.iter().all(|list| list.as_ref().is_some_and(|l| l.contains(&every.to_string())));
    let first = parts.first().and_then(|(_, part)| part.counted.as_ref()).and_then(|(_, b)| b.rhythms.clone());
    first.unwrap_or_default().iter().map(|r| r.every).filter(everywhere).map(Some).collect()
}

/// A matching at a rhythm in which quantities, volumes and currencies allow it, whatever it costs.
pub(super) struct Weighed<'a> {
    package: &'a Package,
    by: usize,
    parts: Vec<(usize, Solution)>,
    currency: Option<&'a str>,
    /// `None` where no price of the whole is stated.
    bounds: Option<Bounds>,
    every: Option<Duration>,
}

/// What the provider takes at least, and asks; what the receiver pays at most, where every need states a limit.
struct Bounds {
    lower: Rational,
    asked: Option<Rational>,
    upper: Option<Rational>,
}

impl Bounds {
    /// The most that the receiver pays, where it is less than the provider takes.
    fn too_little(&self) -> Option<&Rational> {
        self.upper.as_ref().filter(|upper| **upper < self.lower || upper.is_negative())
    }

    fn amounts(self) -> Option<PackageAmounts> {
        if self.too_little().is_some() {
            return None;
        }
        let Self { lower, asked, upper } = self;
        let taken = asked.clone().unwrap_or_else(|| lower.clone());
        let price = upper.as_ref().map_or(taken, |upper| split_package(&lower, upper, asked.as_ref()));
        Some(PackageAmounts { lower, upper, price })
    }
}

impl<'a> Weighed<'a> {
    /// The deal that it is, if the receiver pays what the provider takes.
    pub(super) fn deal(self) -> Option<PackageDeal<'a>> {
        let Self { package, by, parts, currency, bounds, every } = self;
        let amounts = match bounds {
            None => None,
            Some(bounds) => Some(bounds.amounts()?),
        };
        Some(PackageDeal { package, by, parts, currency, amounts, every })
    }

    /// Itself as one that is too dear, and how much is lacking.
    fn too_dear(self) -> Option<TooDear<'a>> {
        let bounds = self.bounds?;
        let upper = bounds.too_little()?.clone();
        let Self { package, by, currency, every, .. } = self;
        Some(TooDear { package, by, currency: currency?, lower: bounds.lower, upper, every })
    }
}

/// A matching at a rhythm, if quantities, volumes and currencies allow it.
pub(super) fn at_rhythm<'a>(
    manifest: &'a Manifest,
    by: usize,
    package: &'a Package,
    parts: &[(usize, &Candidate<'a>)],
    quantities: &[Rational],
    every: Option<&Duration>,
) -> Option<Weighed<'a>> {
    let price = package.price.as_ref().map(|price| &price.value);
    let agreed = parts.iter().all(|(_, part)| part.limit().is_some());
    let solved: Vec<(usize, Solution)> = parts
        .iter()
        .zip(quantities)
        .map(|((index, part), quantity)| Some((*index, part_at(part, quantity, every, agreed)?)))
        .collect::<Option<_>>()?;
    let currency = price.map(|price| currency_id(manifest, &price.at_least.currency));
    let provider_cost: Rational = solved.iter().map(|(_, s)| s.provider_cost.clone()).sum();
    if !parts.iter().all(|(_, part)| part.bids_in().is_none_or(|bid| Some(bid) == currency)) {
        return None;
    }
    let upper: Option<Rational> = parts.iter().zip(&solved).map(|((_, part), (_, s))| part.most(s)).sum();
    let bounds = price.map(|price| {
        let lower = &price.at_least.amount.rational() + &provider_cost;
        let asked = price.at_most.as_ref().map(|asked| &asked.amount.rational() + &provider_cost);
        Bounds { lower, asked, upper }
    });
    Some(Weighed { package, by, parts: solved, currency, bounds, every: every.copied() })
}

/// A part at its quantity in a rhythm, if both sides' quantities and volumes allow it.
fn part_at(part: &Candidate<'_>, quantity: &Rational, every: Option<&Duration>, agreed: bool) -> Option<Solution> {
    let (_, bargain) = part.counted.as_ref()?;
    let rhythm = match (every, &bargain.rhythms) {
        (None, None) => None,
        (Some(every), Some(list)) => Some(list.iter().position(|r| r.every == *every)?),
        _ => return None,
    };
    if !bargain.quantities(rhythm).contains(quantity) {
        return None;
    }
    let tier = bargain.supply.tiers.as_ref().and_then(|tiers| tiers.iter().rposition(|tier| tier.from <= *quantity));
    let delivery = Delivery { quantity: quantity.clone(), rhythm, tier, gain: None };
    part.part_for(delivery, agreed)
}

impl Candidate<'_> {
    /// The most that the receiver pays for a delivery of this line; `None` where it states no limit.
    fn most(&self, solution: &Solution) -> Option<Rational> {
        Some(&(&self.limit()? * &solution.delivery.quantity) - &solution.receiver_cost)
    }

    /// The receiver's limit per base unit; who takes for nothing only pays nothing.
    pub(super) fn limit(&self) -> Option<Rational> {
        if matches!(&self.need_terms.price.as_ref()?.value, PriceTerm::Free) {
            return Some(Rational::zero());
        }
        match &self.counted.as_ref()?.1.demand.bid {
            Bid::Limit { limit, .. } => Some(limit.clone()),
            Bid::Silent | Bid::Any => None,
        }
    }
}

impl PackageDeal<'_> {
    /// The joint gain of a year, where both sides state amounts; a single delivery counts once.
    pub(super) fn gain_per_year(&self) -> Option<Rational> {
        let amounts = self.amounts.as_ref()?;
        let gain = amounts.upper.as_ref()? - &amounts.lower;
        Some(self.per_year(gain))
    }

    /// Puts the price of the whole on a line of the package, with what the two gain.
    pub(super) fn write_price(&self, drafted: &mut Drafted, side: &Side<'_>) {
        let Some(stated) = &self.package.price else {
            drafted.line.open.insert(0, "price".to_owned());
            return;
        };
        drafted.provenance.push(Provenance {
            of: "/price".into(),
            rule: "R10".into(),
            statements: vec![side.place(stated.node)],
        });
        let Some(amounts) = &self.amounts else { return };
        let currency = &stated.value.at_least.currency;
        let proposed = amounts.upper.is_none();
        drafted.line.price = Some(Price {
            status: if proposed { Status::Proposed } else { Status::Agreed },
            by: proposed.then(|| side.id().to_owned()),
            total: Some(payable(&amounts.price, currency)),
            ..Price::default()
        });
        drafted.gain = amounts.upper.as_ref().map(|upper| {
            let money = |amount: &Rational| format!("{} {currency}", write::decimal(amount));
            let (provider, receiver) = (&amounts.price - &amounts.lower, upper - &amounts.price);
            let package = |amount: &Rational| format!("{} {currency}/package", write::decimal(amount));
            LineGain {
                provider: side.id().to_owned(),
                offer: self.package.key.to_string(),
                need: drafted.line.need.clone(),
                joint_gain: money(&(&provider + &receiver)),
                provider_gain: money(&provider),
                receiver_gain: money(&receiver),
                provider_gain_per_unit: package(&provider),
                receiver_gain_per_unit: package(&receiver),
            }
        });
    }

    /// An amount per delivery as an amount a year.
    pub(super) fn per_year(&self, amount: Rational) -> Rational {
        self.years().and_then(|years| amount.checked_div(&years)).unwrap_or(amount)
    }

    /// The years from one delivery to the next.
    fn years(&self) -> Option<Rational> {
        self.every.as_ref().map(Duration::years)
    }
}
