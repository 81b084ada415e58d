//! Who serves whom (R10): of all ways of serving the needs of both sides, the best.
//!
//! Needs that no shared volume, package or item couples are decided one by one. The rest is searched by branch and bound:
//! `weights` makes one number of all that R10 weighs, `assignment` solves the needs exactly as if volumes were mere numbers
//! of lines and packages could be taken in part, and `search` branches where its answer cannot stand.

mod assignment;
mod search;
mod weights;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::points::WorkLimit;
use crate::value::{ItemCode, Rational};
use search::Search;

pub(super) use search::{Found, Potentials, Shared, Visited};

/// One way to serve one need, or several by a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Service<'s> {
    /// The needs it serves, as indices, rising.
    pub(super) needs: Vec<usize>,
    /// Which share of the volume of which offer it uses up; offers without a volume are left out.
    pub(super) uses: Vec<(usize, Rational)>,
    /// The item codes that move, and from which side; nothing where all move from one.
    pub(super) items: BTreeSet<(&'s ItemCode, usize)>,
    /// How many needs it serves at an agreed price.
    pub(super) agreed: usize,
    /// Its joint gain a year.
    pub(super) gain: Option<(&'s str, Rational)>,
    /// Its price a year, where that is only taken or proposed.
    pub(super) price: Option<(&'s str, Rational)>,
    /// Which package it is, with its name.
    pub(super) package: Option<(usize, &'s str)>,
    /// (provider, need, offer) of each line.
    pub(super) lines: Vec<ServedLine<'s>>,
}

/// Provider, need and offer.
pub(super) type ServedLine<'s> = (&'s str, &'s str, &'s str);

/// Services that have to be decided together.
pub(super) struct Group {
    /// Their indices, rising.
    pub(super) services: Vec<usize>,
    /// The best way of serving by them; its services are places in `services`. Not there yet for a service that nothing
    /// contends with, which is taken without a search: only who proves it needs to know what it weighs.
    found: OnceCell<Found>,
}

impl Group {
    /// The indices of the services taken.
    fn taken(&self) -> impl Iterator<Item = usize> {
        let found = self.found.get();
        let searched = found.into_iter().flat_map(|found| found.taken.iter());
        let alone = self.services.iter().copied().filter(move |_| found.is_none());
        searched.filter_map(|at| self.services.get(*at).copied()).chain(alone)
    }

    /// The best way of serving by its services, out of all of them, and why none is better.
    pub(super) fn found(&self, all: &[Service<'_>]) -> &Found {
        self.found.get_or_init(|| {
            let own: Vec<&Service<'_>> = self.services.iter().filter_map(|index| all.get(*index)).collect();
            // A single service is looked at in one step, which is within every limit.
            Search::new(&own).run().unwrap_or_default()
        })
    }
}

/// The indices of the services of the best way, rising.
pub(super) fn chosen(groups: &[Group]) -> Vec<usize> {
    let mut chosen: Vec<usize> = groups.iter().flat_map(Group::taken).collect();
    chosen.sort_unstable();
    chosen
}

/// A group of needs for which there was too much to look at.
#[derive(Clone, Debug)]
pub(super) struct Overwhelmed {
    pub(super) limit: WorkLimit,
    /// Provider, need and offer of each line that could serve one of them.
    pub(super) lines: Vec<(String, String, String)>,
}

/// The best way, group by group.
pub(super) fn best_way(needs: usize, services: &[Service<'_>]) -> Result<Vec<Group>, Overwhelmed> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let groups = groups(needs, services);
    for (index, service) in services.iter().enumerate() {
        let group = service.needs.first().and_then(|need| groups.get(*need));
        group.into_iter().for_each(|group| members.entry(*group).or_default().push(index));
    }
    let best = |indices: Vec<usize>| {
        let group: Vec<&Service<'_>> = indices.iter().filter_map(|index| services.get(*index)).collect();
        if let [alone] = group.as_slice()
            && search::fits_alone(alone)
        {
            return Ok(Group { services: indices, found: OnceCell::new() });
        }
        let overwhelmed = |limit| {
            let lines = group.iter().flat_map(|service| &service.lines);
            let owned =
                |(provider, need, offer): &ServedLine<'_>| ((*provider).into(), (*need).into(), (*offer).into());
            Overwhelmed { limit, lines: lines.map(owned).collect() }
        };
        Ok(Group { found: Search::new(&group).run().map_err(overwhelmed)?.into(), services: indices })
    };
    members.into_values().map(best).collect()
}

/// For each need the name of its group; needs of one group have to be decided together.
fn groups(needs: usize, services: &[Service<'_>]) -> Vec<usize> {
    let mut group: Vec<usize> = (0..needs).collect();
    let mut couple = |coupled: &[usize]| {
        for pair in coupled.windows(2) {
            let [from, to] = [pair.first(), pair.last()].map(|need| need.and_then(|need| group.get(*need).copied()));
            if let (Some(from), Some(to)) = (from, to) {
                group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
            }
        }
    };
    services.iter().for_each(|service| couple(&service.needs));
    contended(services).iter().for_each(|needs| couple(needs));
    packaged(services).values().for_each(|needs| couple(needs));
    both_ways(services).iter().for_each(|needs| couple(needs));
    group
}

/// The needs that each package could serve, since it is taken once.
fn packaged(services: &[Service<'_>]) -> BTreeMap<usize, Vec<usize>> {
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for service in services {
        service.package.into_iter().for_each(|(at, _)| found.entry(at).or_default().extend(&service.needs));
    }
    found
}

/// The needs that each item could serve, of those that could go both ways.
fn both_ways(services: &[Service<'_>]) -> Vec<Vec<usize>> {
    let mut by_item: BTreeMap<&ItemCode, (Vec<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for service in services {
        for (code, by) in &service.items {
            let (needs, sides) = by_item.entry(*code).or_default();
            needs.extend(&service.needs);
            sides.insert(*by);
        }
    }
    by_item.into_values().filter(|(_, sides)| sides.len() > 1).map(|(needs, _)| needs).collect()
}

/// The needs that contend for the volume of an offer: those whose largest uses do not fit it together.
fn contended(services: &[Service<'_>]) -> Vec<Vec<usize>> {
    let mut uses: Vec<(usize, usize, &Rational)> = Vec::new();
    for service in services {
        for (offer, share) in &service.uses {
            uses.extend(service.needs.iter().map(|need| (*offer, *need, share)));
        }
    }
    uses.sort_unstable();
    let of_offer = |uses: &[(usize, usize, &Rational)]| {
        let largest: Vec<(usize, &Rational)> = uses
            .chunk_by(|a, b| a.1 == b.1)
            .filter_map(|of_need| of_need.last().map(|(_, need, most)| (*need, *most)))
            .collect();
        let fit = || largest.iter().map(|(_, most)| *most).sum::<Rational>() <= Rational::one();
        (largest.len() > 1 && !fit()).then(|| largest.into_iter().map(|(need, _)| need).collect())
    };
    uses.chunk_by(|a, b| a.0 == b.0).filter_map(of_offer).collect()
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    /// What a way of serving is worth. Greater is better.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    struct Worth<'s> {
        served: usize,
        agreed: usize,
        gains: BTreeMap<&'s str, Rational>,
        prices: BTreeMap<&'s str, Rational>,
        packaged: usize,
        lines: Vec<ServedLine<'s>>,
        /// Provider, need and package.
        in_packages: Vec<ServedLine<'s>>,
    }

    impl<'s> Worth<'s> {
        fn add(&mut self, service: &Service<'s>) {
            self.served += service.needs.len();
            self.agreed += service.agreed;
            self.lines.extend(&service.lines);
            if let Some((_, name)) = service.package {
                self.packaged += service.needs.len();
                self.in_packages.extend(service.lines.iter().map(|(provider, need, _)| (*provider, *need, name)));
            }
            for (sums, amount) in [(&mut self.gains, &service.gain), (&mut self.prices, &service.price)] {
                if let Some((currency, amount)) = amount {
                    let sum = sums.entry(currency).or_default();
                    *sum = &*sum + amount;
                }
            }
        }

        fn cmp(&self, other: &Self) -> Ordering {
            let sorted = |lines: &[ServedLine<'s>]| {
                let mut lines = lines.to_vec();
                lines.sort();
                lines
            };
            (self.served, self.agreed)
                .cmp(&(other.served, other.agreed))
                .then_with(|| by_currency(&self.gains, &other.gains))
                .then_with(|| by_currency(&other.prices, &self.prices))
                .then_with(|| other.packaged.cmp(&self.packaged))
                .then_with(|| sorted(&other.lines).cmp(&sorted(&self.lines)))
                .then_with(|| sorted(&other.in_packages).cmp(&sorted(&self.in_packages)))
        }
    }

    /// Sums are compared currency by currency, in order of code; a missing one is zero.
    fn by_currency(a: &BTreeMap<&str, Rational>, b: &BTreeMap<&str, Rational>) -> Ordering {
        let codes: BTreeSet<&&str> = a.keys().chain(b.keys()).collect();
        let sum = |of: &BTreeMap<&str, Rational>, code: &str| of.get(code).cloned().unwrap_or_default();
        codes
            .into_iter()
            .map(|code| sum(a, code).cmp(&sum(b, code)))
            .find(|order| *order != Ordering::Equal)
            .unwrap_or(Ordering::Equal)
    }

    /// Whether services can be taken together: needs unserved, volumes not exceeded, no package twice, no item both ways.
    fn valid(taken: &[&Service<'_>]) -> bool {
        let pairs = taken.iter().enumerate().flat_map(|(i, a)| taken.iter().skip(i + 1).map(move |b| (a, b)));
        let apart = |a: &Service<'_>, b: &Service<'_>| {
            let crossing = |(code, by): &(&ItemCode, usize)| b.items.contains(&(*code, 1 - by));
            a.needs.iter().all(|need| !b.needs.contains(need))
                && (a.package.is_none() || a.package != b.package)
                && !a.items.iter().any(crossing)
        };
        let used = |offer: usize| {
            let uses = taken.iter().flat_map(|s| &s.uses);
            uses.filter(|(o, _)| *o == offer).map(|(_, share)| share.clone()).sum::<Rational>()
        };
        pairs.into_iter().all(|(a, b)| apart(a, b)) && (0..4).all(|offer| used(offer) <= Rational::one())
    }

    fn worth_of<'s>(taken: &[&Service<'s>]) -> Worth<'s> {
        let mut worth = Worth::default();
        taken.iter().for_each(|service| worth.add(service));
        worth
    }

    /// The worth of the best way, every way tried.
    fn exhaustive<'s>(services: &[Service<'s>]) -> Worth<'s> {
        let ways = (0u32..1 << services.len()).map(|mask| -> Vec<&Service<'s>> {
            services.iter().enumerate().filter(|(i, _)| mask & (1 << i) != 0).map(|(_, service)| service).collect()
        });
        ways.filter(|way| valid(way)).map(|way| worth_of(&way)).max_by(Worth::cmp).unwrap()
    }

    const NAMES: [&str; 4] = ["0", "1", "2", "3"];
    static CODES: LazyLock<Vec<ItemCode>> =
        LazyLock::new(|| (0..6).map(|n| ItemCode::parse(&format!("hs:11010{n}")).unwrap()).collect());

    fn service() -> impl Strategy<Value = Service<'static>> {
        let needs = proptest::collection::btree_set(0usize..4, 1..3);
        (needs, 0usize..3, 1i64..5, proptest::option::of(0i64..6), 0usize..2, 0usize..6).prop_map(
            |(needs, offer, quarter, gain, by, code)| Service {
                uses: vec![(offer, Rational::new(quarter.into(), 4).unwrap())],
                items: BTreeSet::from([(&CODES[code], by)]),
                agreed: if gain.is_some() { needs.len() } else { 0 },
                gain: gain.map(|g| (if g % 2 == 0 { "ARS" } else { "EUR" }, Rational::from(g))),
                package: (needs.len() > 1).then_some((offer, NAMES[offer])),
                lines: needs.iter().map(|n| (NAMES[by], NAMES[*n], NAMES[offer])).collect(),
                needs: needs.into_iter().collect(),
                price: None,
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn law_6_no_way_of_serving_is_better(services in proptest::collection::vec(service(), 0..10)) {
            let found = chosen(&best_way(4, &services).unwrap());
            let way: Vec<&Service<'_>> = found.iter().map(|index| &services[*index]).collect();
            prop_assert!(valid(&way));
            prop_assert_eq!(worth_of(&way).cmp(&exhaustive(&services)), Ordering::Equal);
        }
    }
}
