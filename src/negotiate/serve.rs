//! Who serves whom (R10): of all ways of serving the needs of both sides, the best.
//!
//! Needs that no shared volume, package or item couples are decided one by one. The rest is searched exhaustively with
//! bounds, within a stated limit of steps.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::points::WorkLimit;
use crate::value::Rational;

/// One way to serve one need, or several by a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Service {
    /// The needs it serves, as indices, rising.
    pub(super) needs: Vec<usize>,
    /// Which share of the volume of which offer it uses up; offers without a volume are left out.
    pub(super) uses: Vec<(usize, Rational)>,
    /// The item codes that move, and from which side.
    pub(super) items: BTreeSet<(String, usize)>,
    /// How many needs it serves at an agreed price.
    pub(super) agreed: usize,
    /// Its joint gain a year.
    pub(super) gain: Option<(String, Rational)>,
    /// Its price a year, where that is only taken or proposed.
    pub(super) price: Option<(String, Rational)>,
    /// Which package it is.
    pub(super) package: Option<usize>,
    /// (provider, need, offer) of each line.
    pub(super) lines: Vec<(String, String, String)>,
}

/// Most steps of the search.
const MOST_STEPS: usize = 1_000_000;

/// The indices of the services of the best way, rising.
pub(super) fn best_way(needs: usize, services: &[Service]) -> Result<Vec<usize>, WorkLimit> {
    let mut chosen = Vec::new();
    for group in groups(needs, services) {
        let members: Vec<usize> = (0..services.len())
            .filter(|s| services.get(*s).is_some_and(|s| s.needs.iter().any(|n| group.contains(n))))
            .collect();
        chosen.extend(Search::new(services, &group, &members).run()?);
    }
    chosen.sort_unstable();
    Ok(chosen)
}

/// Needs that have to be decided together.
fn groups(needs: usize, services: &[Service]) -> Vec<BTreeSet<usize>> {
    let mut group: Vec<usize> = (0..needs).collect();
    let mut join = |a: usize, b: usize| {
        let (Some(from), Some(to)) = (group.get(a).copied(), group.get(b).copied()) else { return };
        group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
    };
    for service in services {
        service.needs.windows(2).for_each(|pair| {
            if let [a, b] = pair {
                join(*a, *b)
            }
        });
    }
    for list in contended(services).into_values() {
        list.windows(2).for_each(|pair| {
            if let [a, b] = pair {
                join(*a, *b)
            }
        });
    }
    let mut packages: BTreeMap<usize, usize> = BTreeMap::new();
    for service in services {
        // A package is taken once, whatever needs it serves.
        if let (Some(package), Some(need)) = (service.package, service.needs.first()) {
            join(*need, *packages.entry(package).or_insert(*need));
        }
    }
    let mut sides: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
    for service in services {
        for (code, by) in &service.items {
            if let Some(list) = sides.entry(code).or_default().get_mut(*by) {
                list.extend(&service.needs);
            }
        }
    }
    for [first, second] in sides.into_values() {
        // An item that could go both ways couples every need that it could serve.
        if let (Some(anchor), Some(_)) = (first.first(), second.first()) {
            first.iter().chain(&second).for_each(|need| join(*need, *anchor));
        }
    }
    let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (need, of) in group.into_iter().enumerate() {
        found.entry(of).or_default().insert(need);
    }
    found.into_values().collect()
}

/// The needs that contend for the volume of an offer: those whose largest uses do not fit it together.
fn contended(services: &[Service]) -> BTreeMap<usize, Vec<usize>> {
    let mut largest: BTreeMap<usize, BTreeMap<usize, Rational>> = BTreeMap::new();
    for service in services {
        for (offer, share) in &service.uses {
            for need in &service.needs {
                let most = largest.entry(*offer).or_default().entry(*need).or_default();
                *most = most.clone().max(share.clone());
            }
        }
    }
    largest.retain(|_, uses| uses.values().cloned().sum::<Rational>() > Rational::one());
    largest.into_iter().map(|(offer, uses)| (offer, uses.into_keys().collect())).collect()
}

/// What a way of serving is worth. Greater is better.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Worth {
    served: usize,
    agreed: usize,
    gains: BTreeMap<String, Rational>,
    prices: BTreeMap<String, Rational>,
    packages: usize,
    lines: Vec<(String, String, String)>,
}

impl Worth {
    fn add(&mut self, service: &Service) {
        self.served += service.needs.len();
        self.agreed += service.agreed;
        self.packages += usize::from(service.package.is_some());
        self.lines.extend(service.lines.iter().cloned());
        for (sums, amount) in [(&mut self.gains, &service.gain), (&mut self.prices, &service.price)] {
            if let Some((currency, amount)) = amount {
                let sum = sums.entry(currency.clone()).or_default();
                *sum = &*sum + amount;
            }
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let lines = |worth: &Self| {
            let mut lines = worth.lines.clone();
            lines.sort();
            lines
        };
        (self.served, self.agreed)
            .cmp(&(other.served, other.agreed))
            .then_with(|| by_currency(&self.gains, &other.gains))
            .then_with(|| by_currency(&other.prices, &self.prices))
            .then_with(|| other.packages.cmp(&self.packages))
            .then_with(|| lines(other).cmp(&lines(self)))
    }
}

/// Sums are compared currency by currency, in order of code; a missing one is zero.
fn by_currency(a: &BTreeMap<String, Rational>, b: &BTreeMap<String, Rational>) -> Ordering {
    let codes: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let sum = |of: &BTreeMap<String, Rational>, code: &String| of.get(code).cloned().unwrap_or_default();
    codes
        .into_iter()
        .map(|code| sum(a, code).cmp(&sum(b, code)))
        .find(|order| *order != Ordering::Equal)
        .unwrap_or(Ordering::Equal)
}

/// The search over one group of needs.
struct Search<'s> {
    services: &'s [Service],
    needs: Vec<usize>,
    /// For each need of the group, the services of which it is the first, best first.
    starting: Vec<Vec<usize>>,
    steps: usize,
    taken: Vec<usize>,
    best: Option<(Worth, Vec<usize>)>,
}

impl<'s> Search<'s> {
    fn new(services: &'s [Service], group: &BTreeSet<usize>, members: &[usize]) -> Self {
        let needs: Vec<usize> = group.iter().copied().collect();
        let first = |at: &usize| services.get(*at).and_then(|s| s.needs.first());
        let worth = |at: &usize| {
            let mut worth = Worth::default();
            services.get(*at).into_iter().for_each(|s| worth.add(s));
            worth
        };
        let starting = needs.iter().map(|need| {
            let mut list: Vec<usize> = members.iter().copied().filter(|at| first(at) == Some(need)).collect();
            list.sort_by(|a, b| worth(b).cmp(&worth(a)));
            list
        });
        Self { services, starting: starting.collect(), needs, steps: 0, taken: Vec::new(), best: None }
    }

    fn run(mut self) -> Result<Vec<usize>, WorkLimit> {
        self.visit(0)?;
        Ok(self.best.map(|(_, taken)| taken).unwrap_or_default())
    }

    fn visit(&mut self, at: usize) -> Result<(), WorkLimit> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Err(WorkLimit { what: "steps in search of who serves whom", most: MOST_STEPS });
        }
        let worth = self.worth();
        let Some(need) = self.needs.get(at).copied() else {
            if self.best.as_ref().is_none_or(|(best, _)| worth.cmp(best) == Ordering::Greater) {
                self.best = Some((worth, self.taken.clone()));
            }
            return Ok(());
        };
        if self.hopeless(&worth, at) {
            return Ok(());
        }
        let served = self.taken.iter().filter_map(|s| self.services.get(*s)).any(|s| s.needs.contains(&need));
        if !served {
            for service in self.starting.get(at).cloned().unwrap_or_default() {
                if self.fits(service) {
                    self.taken.push(service);
                    self.visit(at + 1)?;
                    self.taken.pop();
                }
            }
        }
        self.visit(at + 1)
    }

    fn worth(&self) -> Worth {
        let mut worth = Worth::default();
        self.taken.iter().filter_map(|s| self.services.get(*s)).for_each(|s| worth.add(s));
        worth
    }

    /// Whether even the best that could still come does not reach the best so far.
    fn hopeless(&self, worth: &Worth, at: usize) -> bool {
        let Some((best, _)) = &self.best else { return false };
        let mut bound = worth.clone();
        for list in self.starting.iter().skip(at) {
            let mut most: BTreeMap<&String, &Rational> = BTreeMap::new();
            let (mut served, mut agreed) = (0, 0);
            for service in list.iter().filter_map(|s| self.services.get(*s)) {
                served = served.max(service.needs.len());
                agreed = agreed.max(service.agreed);
                if let Some((currency, gain)) = &service.gain {
                    let known = most.entry(currency).or_insert(gain);
                    *known = (*known).max(gain);
                }
            }
            bound.served += served;
            bound.agreed += agreed;
            for (currency, gain) in most {
                let sum = bound.gains.entry(currency.clone()).or_default();
                *sum = &*sum + gain;
            }
        }
        let order = (bound.served, bound.agreed).cmp(&(best.served, best.agreed));
        order.then_with(|| by_currency(&bound.gains, &best.gains)) == Ordering::Less
    }

    /// Whether a service can be added: its needs unserved, volumes not exceeded, no item both ways, no package twice.
    fn fits(&self, index: usize) -> bool {
        let Some(new) = self.services.get(index) else { return false };
        let taken: Vec<&Service> = self.taken.iter().filter_map(|s| self.services.get(*s)).collect();
        let served = taken.iter().any(|s| s.needs.iter().any(|need| new.needs.contains(need)));
        let twice = new.package.is_some() && taken.iter().any(|s| s.package == new.package);
        let both_ways =
            |s: &&Service| s.items.iter().any(|(code, by)| new.items.contains(&(code.clone(), 1 - (*by).min(1))));
        let used = |offer: usize| {
            let all = taken.iter().copied().chain([new]).flat_map(|s| &s.uses);
            all.filter(|(o, _)| *o == offer).map(|(_, share)| share.clone()).sum::<Rational>()
        };
        let overdrawn = new.uses.iter().any(|(offer, _)| used(*offer) > Rational::one());
        !(served || twice || overdrawn || taken.iter().any(both_ways))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every way, one by one.
    fn exhaustive(services: &[Service]) -> Vec<usize> {
        let mut best: Option<(Worth, Vec<usize>)> = None;
        for mask in 0u32..1 << services.len() {
            let taken: Vec<usize> = (0..services.len()).filter(|i| mask & (1 << i) != 0).collect();
            let mut search = Search::new(services, &BTreeSet::new(), &[]);
            let valid = taken.iter().all(|s| {
                let fits = search.fits(*s);
                search.taken.push(*s);
                fits
            });
            let worth = search.worth();
            if valid && best.as_ref().is_none_or(|(b, _)| worth.cmp(b) == Ordering::Greater) {
                best = Some((worth, taken));
            }
        }
        best.unwrap().1
    }

    fn service() -> impl Strategy<Value = Service> {
        let needs = proptest::collection::btree_set(0usize..4, 1..3);
        (needs, 0usize..3, 1i64..5, proptest::option::of(0i64..6), 0usize..2, 0u8..6).prop_map(
            |(needs, offer, quarter, gain, by, code)| Service {
                uses: vec![(offer, Rational::new(quarter.into(), 4).unwrap())],
                items: BTreeSet::from([(code.to_string(), by)]),
                agreed: if gain.is_some() { needs.len() } else { 0 },
                gain: gain.map(|g| (if g % 2 == 0 { "ARS" } else { "EUR" }.to_owned(), Rational::from(g))),
                package: (needs.len() > 1).then_some(offer),
                lines: needs.iter().map(|n| (by.to_string(), n.to_string(), offer.to_string())).collect(),
                needs: needs.into_iter().collect(),
                price: None,
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn law_6_no_way_of_serving_is_better(services in proptest::collection::vec(service(), 0..8)) {
            let worth = |taken: &[usize]| {
                let mut worth = Worth::default();
                taken.iter().for_each(|s| worth.add(&services[*s]));
                worth
            };
            let found = best_way(4, &services).unwrap();
            prop_assert_eq!(worth(&found).cmp(&worth(&exhaustive(&services))), Ordering::Equal);
        }
    }
}
