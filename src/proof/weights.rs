//! What could serve needs, computed from the deliveries that were shown to be best, and what it weighs (R10).

use std::collections::{BTreeMap, BTreeSet};

use super::costs::Setting;
use super::lines::Best;
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::negotiate::Pricing;
use crate::negotiate::problem::{Bundle, Line, Part, Problem};
use crate::value::Rational;

/// A need: index of the side that states it, and its name.
pub(super) type Need<'p> = (usize, &'p str);

/// What several services share: index of the side, and the name of an offer with a volume or of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shared<'p> {
    Offer(usize, &'p str),
    Package(usize, &'p str),
}

/// What a service is of.
#[derive(Clone, Debug)]
pub(super) enum Of {
    /// Index of the line.
    Line(usize),
    /// Index of the package and of its way, with the rhythm.
    Bundle(usize, usize, Option<String>),
}

/// A way to serve a need, or several by a package.
#[derive(Clone, Debug)]
pub(super) struct Service<'p> {
    pub(super) of: Of,
    pub(super) by: usize,
    pub(super) package: Option<&'p str>,
    /// Offer and need of each line.
    pub(super) lines: Vec<(&'p str, &'p str)>,
    /// Which share of the volume of an offer each line uses up, where it has one.
    pub(super) uses: Vec<(&'p str, Rational)>,
    pub(super) items: BTreeSet<&'p str>,
    agreed: usize,
    gain: Option<(&'p str, Rational)>,
    price: Option<(&'p str, Rational)>,
}

impl<'p> Service<'p> {
    pub(super) fn needs(&self) -> impl Iterator<Item = Need<'p>> {
        let by = 1 - self.by.min(1);
        self.lines.iter().map(move |(_, need)| (by, *need))
    }

    /// The rhythm, of a package.
    pub(super) fn every(&self) -> Option<&str> {
        match &self.of {
            Of::Line(_) => None,
            Of::Bundle(_, _, every) => every.as_deref(),
        }
    }

    /// What it is called in sentences.
    pub(super) fn named(&self) -> Text {
        match (self.package, self.lines.first()) {
            (Some(package), _) => Text::new("the package `{package}`").with("package", package),
            (None, Some((offer, need))) => Text::new("`{offer}` for `{need}`").with("offer", offer).with("need", need),
            (None, None) => Text::new("nothing"),
        }
    }

    /// What it shares with others: its package, else the volume of its offer.
    pub(super) fn shared(&self) -> Option<Shared<'p>> {
        let volume = || self.uses.first().map(|(offer, _)| Shared::Offer(self.by, offer));
        self.package.map(|package| Shared::Package(self.by, package)).or_else(volume)
    }
}

/// Everything that could serve a need: the lines that are possible, then the packages.
pub(super) fn services<'p>(problem: &'p Problem, deals: &[Option<Best>]) -> Vec<Service<'p>> {
    let lines = problem.lines.iter().zip(deals).enumerate();
    let mut found: Vec<Service<'p>> =
        lines.filter_map(|(at, (line, best))| Some(of_line(at, line, best.as_ref()?))).collect();
    for (at, bundle) in problem.packages.iter().enumerate() {
        let ways = bundle.ways.iter().enumerate();
        found.extend(ways.filter_map(|(way, parts)| of_bundle(problem, at, bundle, way, parts)));
    }
    found
}

fn of_line<'p>(at: usize, line: &'p Line, best: &Best) -> Service<'p> {
    let years = line.rhythms.get(best.rhythm).map_or_else(Rational::one, |rhythm| rhythm.years.clone());
    let yearly = |amount: Rational| (line.currency.as_str(), amount.checked_div(&years).unwrap_or_default());
    let agreed = matches!(line.pricing, Pricing::Split | Pricing::Taken | Pricing::Free);
    Service {
        of: Of::Line(at),
        by: line.by,
        package: None,
        lines: vec![(&line.offer, &line.need)],
        uses: share(line, best.rhythm, &best.quantity).into_iter().map(|share| (line.offer.as_str(), share)).collect(),
        items: line.items.iter().map(String::as_str).collect(),
        agreed: usize::from(agreed),
        gain: best.gain.clone().map(yearly),
        price: price(line, best).map(yearly),
    }
}

/// The price of a delivery where it is only taken or proposed.
fn price(line: &Line, best: &Best) -> Option<Rational> {
    let tier = best.tier.and_then(|tier| line.tiers.get(tier));
    let asked = || tier.map(|tier| tier.ask.as_ref().unwrap_or(&tier.limit) * &best.quantity);
    match line.pricing {
        Pricing::Taken => {
            let rhythm = line.rhythms.get(best.rhythm)?;
            let of_rhythm = Setting { line, rhythm, tier }.provider(&rhythm.costs).at(&best.quantity);
            Some((&(&asked()? + &best.provider_cost) + &of_rhythm).max(Rational::zero()))
        }
        Pricing::Proposed(Role::Provider) => asked(),
        Pricing::Proposed(Role::Receiver) => line.limit.as_ref().map(|limit| limit * &best.quantity),
        Pricing::Split | Pricing::Open | Pricing::Free => None,
    }
}

/// Which share of the offer's volume a delivery uses up.
fn share(line: &Line, rhythm: usize, quantity: &Rational) -> Option<Rational> {
    let (most, period) = line.stock.as_ref()?;
    let rhythm = line.rhythms.get(rhythm)?;
    let rate = match period.as_ref().filter(|_| rhythm.every.is_some()) {
        Some(years) => (quantity * years).checked_div(&rhythm.years)?,
        None => quantity.clone(),
    };
    rate.checked_div(most)
}

/// A package at the rhythm at which the two gain most a year, the shorter one where several do.
fn of_bundle<'p>(
    problem: &'p Problem,
    at: usize,
    bundle: &'p Bundle,
    way: usize,
    parts: &'p [Part],
) -> Option<Service<'p>> {
    let parts: Vec<(&Line, &Part)> =
        parts.iter().map(|part| Some((problem.lines.get(part.line)?, part))).collect::<Option<_>>()?;
    let (first, _) = parts.first()?;
    let rhythms = first.rhythms.iter().map(|rhythm| rhythm.every.as_deref());
    let at_rhythms = rhythms.filter_map(|every| Amounts::of(bundle, &parts, every));
    let best = at_rhythms.max_by(|a, b| a.gain.cmp(&b.gain).then_with(|| b.years.cmp(&a.years)))?;
    let currency = bundle.price.as_ref().map_or("", |price| price.currency.as_str());
    let uses = parts
        .iter()
        .zip(&best.rhythms)
        .filter_map(|((line, part), rhythm)| Some((line.offer.as_str(), share(line, *rhythm, &part.quantity)?)));
    Some(Service {
        by: bundle.by,
        package: Some(&bundle.name),
        lines: parts.iter().map(|(line, _)| (line.offer.as_str(), line.need.as_str())).collect(),
        uses: uses.collect(),
        items: parts.iter().flat_map(|(line, _)| &line.items).map(String::as_str).collect(),
        agreed: if best.gain.is_some() { parts.len() } else { 0 },
        gain: best.gain.map(|gain| (currency, gain)),
        price: best.price.map(|price| (currency, price)),
        of: Of::Bundle(at, way, best.every.map(str::to_owned)),
    })
}

/// What a package comes to in a rhythm.
struct Amounts<'p> {
    every: Option<&'p str>,
    years: Rational,
    /// The rhythm of each part.
    rhythms: Vec<usize>,
    /// Of a year.
    gain: Option<Rational>,
    /// Of a year, where it is only proposed.
    price: Option<Rational>,
}

impl<'p> Amounts<'p> {
    fn of(bundle: &Bundle, parts: &[(&'p Line, &'p Part)], every: Option<&'p str>) -> Option<Self> {
        let currency = bundle.price.as_ref().map(|price| &price.currency);
        if !parts.iter().all(|(_, part)| part.bids_in.is_none() || part.bids_in.as_ref() == currency) {
            return None;
        }
        let agreed = parts.iter().all(|(line, _)| line.limit_in_package.is_some());
        let (mut rhythms, mut years) = (Vec::new(), Rational::one());
        let (mut cost, mut most) = (Rational::zero(), Rational::zero());
        for (line, part) in parts {
            let at = line.rhythms.iter().position(|rhythm| rhythm.every.as_deref() == every)?;
            let rhythm = line.rhythms.get(at).filter(|rhythm| rhythm.quantities.contains(&part.quantity))?;
            let tier = line.tiers.iter().rfind(|tier| tier.from <= part.quantity);
            let setting = Setting { line, rhythm, tier };
            let (provider, receiver) = borne(&setting, &part.quantity, agreed);
            cost = &cost + &provider;
            let limit = line.limit_in_package.clone().unwrap_or_default();
            most = &most + &(&(&limit * &part.quantity) - &receiver);
            years = rhythm.years.clone();
            rhythms.push(at);
        }
        let mut amounts = Self { every, years, rhythms, gain: None, price: None };
        let Some(price) = &bundle.price else { return Some(amounts) };
        let least = &price.limit + &cost;
        let yearly = |amount: Rational| amount.checked_div(&amounts.years).unwrap_or_default();
        if agreed {
            amounts.gain = Some(yearly(&most - &least));
            return (most >= least && !most.is_negative()).then_some(amounts);
        }
        amounts.price = Some(yearly(&price.ask.clone().unwrap_or_else(|| price.limit.clone()) + &cost));
        Some(amounts)
    }
}

/// What the provider and the receiver bear of a part; of terms only where the price of the package is agreed.
fn borne(setting: &Setting<'_>, quantity: &Rational, agreed: bool) -> (Rational, Rational) {
    let costs = &setting.rhythm.costs;
    let mut sum = (setting.provider(costs).at(quantity), setting.receiver(costs).at(quantity));
    for term in setting.line.terms.iter().filter(|term| agreed || term.is_substitute()) {
        let (provider, receiver) = setting.by_itself(term, quantity);
        sum = (&sum.0 + &provider, &sum.1 + &receiver);
    }
    sum
}

/// The weights of services that are decided together: one whole number of all that R10 compares, in its order.
pub(super) fn weights(services: &[&Service<'_>]) -> Vec<Rational> {
    let count = |of: &dyn Fn(&Service<'_>) -> usize| -> Vec<Rational> {
        services.iter().map(|service| Rational::from(u32::try_from(of(service)).unwrap_or(u32::MAX))).collect()
    };
    let negative = |values: Vec<Rational>| values.into_iter().map(|value| -value).collect::<Vec<_>>();
    let mut criteria = vec![count(&|service| service.lines.len()), count(&|service| service.agreed)];
    criteria.extend(by_currency(services, |service| service.gain.as_ref()));
    criteria.extend(by_currency(services, |service| service.price.as_ref()).into_iter().map(negative));
    criteria.push(negative(count(&|service| if service.package.is_some() { service.lines.len() } else { 0 })));
    let mut weights = vec![Rational::zero(); services.len()];
    for criterion in criteria {
        let base = &criterion.iter().map(Rational::abs).sum::<Rational>() + &Rational::one();
        for (weight, value) in weights.iter_mut().zip(&criterion) {
            *weight = &(&*weight * &base) + value;
        }
    }
    let of_offers = earliest(services, |_, offer| Some(offer));
    let of_packages = earliest(services, |package, _| package);
    for (of_lines, base) in [of_offers, of_packages] {
        for (weight, last) in weights.iter_mut().zip(&of_lines) {
            *weight = &(&*weight * &base) + last;
        }
    }
    weights
}

/// One criterion a currency in order of code, in the smallest units in which all amounts are whole.
fn by_currency<'s, 'p>(
    services: &'s [&Service<'p>],
    amount: impl Fn(&'s Service<'p>) -> Option<&'s (&'p str, Rational)>,
) -> Vec<Vec<Rational>> {
    let amounts: Vec<Option<&(&str, Rational)>> = services.iter().map(|service| amount(service)).collect();
    let codes: BTreeSet<&str> = amounts.iter().flatten().map(|(code, _)| *code).collect();
    let of = |code: &str| -> Vec<Rational> {
        let own = |amount: &Option<&(&str, Rational)>| {
            amount.filter(|(other, _)| *other == code).map(|(_, amount)| amount.clone()).unwrap_or_default()
        };
        let amounts: Vec<Rational> = amounts.iter().map(own).collect();
        let parts = amounts.iter().filter_map(Rational::recip);
        let parts = parts.fold(Rational::one(), |common, part| common.lcm(&part));
        amounts.iter().map(|amount| amount * &parts).collect()
    };
    codes.into_iter().map(of).collect()
}

/// The last criteria, the smallest list of provider, need and offer, and of provider, need and package: a digit for each
/// need, the first need's being the highest, the greater the smaller the name is; and what is above all of them.
fn earliest<'p>(
    services: &[&Service<'p>],
    name: fn(Option<&'p str>, &'p str) -> Option<&'p str>,
) -> (Vec<Rational>, Rational) {
    let named = |service: &Service<'p>| -> Vec<((usize, &'p str), &'p str)> {
        let lines = service.lines.iter();
        lines.filter_map(|(offer, need)| Some(((service.by, *need), name(service.package, offer)?))).collect()
    };
    let mut names: BTreeMap<(usize, &str), BTreeSet<&str>> = BTreeMap::new();
    for (need, name) in services.iter().flat_map(|service| named(service)) {
        names.entry(need).or_default().insert(name);
    }
    let number = |count: usize| Rational::from(u32::try_from(count).unwrap_or(u32::MAX));
    let (mut places, mut place) = (BTreeMap::new(), Rational::one());
    for (need, names) in names.iter().rev() {
        places.insert(*need, place.clone());
        place = &place * &number(names.len() + 1);
    }
    let digit = |(need, name): ((usize, &str), &str)| {
        let known = names.get(&need)?;
        Some(&number(known.range(name..).count()) * places.get(&need)?)
    };
    let of = |service: &&Service<'p>| named(service).into_iter().filter_map(digit).sum();
    (services.iter().map(of).collect(), place)
}
