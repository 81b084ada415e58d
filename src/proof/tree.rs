//! Whether no way of serving a group weighs more than the one taken.
//!
//! The proof is a tree. At a branch a service is once taken and once left out, so that every way is below one of the leaves;
//! at a leaf the potentials of needs, offers and packages are together at least the weight of every service that is left,
//! so that no way below it weighs more than all potentials together.

use std::collections::{BTreeMap, BTreeSet};

use super::weights::{Need, Service, Shared};
use crate::certificate::{Node, Potentials};
use crate::diagnostic::Text;
use crate::value::Rational;

/// Services that are decided together.
pub(super) struct Group<'p> {
    pub(super) parties: &'p [String; 2],
    pub(super) services: &'p [&'p Service<'p>],
    pub(super) weights: &'p [Rational],
    pub(super) needs: Vec<Need<'p>>,
}

/// A node: the services taken, and those left out.
#[derive(Clone, Default)]
struct Part {
    taken: Vec<usize>,
    barred: BTreeSet<usize>,
}

/// Whether the certificate leaves open that another way is better, since it gives only a bound.
pub(super) fn check(group: &Group<'_>, taken: &[usize], proof: &[Node]) -> Result<bool, Text> {
    let mut used = Used::default();
    for at in taken {
        let service = group.services.get(*at).filter(|service| used.leaves(service));
        used.take(service.ok_or_else(|| Text::new("what the certificate takes cannot be taken together"))?);
    }
    let best = group.weight(taken);
    if let [Node::Bound(potentials)] = proof {
        return Ok(group.bound(&Part::default(), potentials)? > best);
    }
    let malformed = || Text::new("the proof of who serves whom does not cover every way of serving");
    let (mut open, mut nodes) = (vec![Part::default()], proof.iter());
    while let Some(part) = open.pop() {
        match nodes.next().ok_or_else(malformed)? {
            Node::Branch(at) if *at < group.services.len() => {
                let mut without = part.clone();
                without.barred.insert(*at);
                let mut with = part;
                with.taken.push(*at);
                open.extend([without, with]);
            }
            Node::Potentials(potentials) => {
                if group.bound(&part, potentials)? > best {
                    return Err(group.not_the_best(taken));
                }
            }
            Node::Branch(_) | Node::Bound(_) => return Err(malformed()),
        }
    }
    if nodes.next().is_some() { Err(malformed()) } else { Ok(false) }
}

impl<'p> Group<'p> {
    fn weight(&self, services: &[usize]) -> Rational {
        services.iter().filter_map(|at| self.weights.get(*at)).sum()
    }

    fn not_the_best(&self, taken: &[usize]) -> Text {
        let first = taken.iter().min().and_then(|at| self.services.get(*at)).or_else(|| self.services.first());
        let service = first.map_or_else(|| Text::new("nothing"), |service| service.named());
        Text::new("the certificate does not show that taking {service} serves the needs best")
            .with_text("service", service)
    }

    /// The most that a way below a node can weigh, by its potentials.
    fn bound(&self, part: &Part, potentials: &Potentials) -> Result<Rational, Text> {
        let taken: Vec<&Service<'_>> = part.taken.iter().filter_map(|at| self.services.get(*at).copied()).collect();
        let mut used = Used::default();
        taken.iter().for_each(|service| used.take(service));
        let of_needs: BTreeMap<Need<'_>, &Rational> =
            self.needs.iter().copied().zip(potentials.needs.iter().map(|potential| &potential.0)).collect();
        let of_shared = self.of_shared(potentials)?;
        let all = of_needs.values().copied().chain(of_shared.values().copied());
        if potentials.needs.len() != self.needs.len() || all.into_iter().any(Rational::is_negative) {
            return Err(Text::new("the certificate does not give each need one potential that is not below zero"));
        }
        let mut left: Vec<&Service<'_>> = Vec::new();
        for (at, service) in self.services.iter().enumerate() {
            if part.barred.contains(&at) || part.taken.contains(&at) || !used.leaves(service) {
                continue;
            }
            let needs: Rational = service.needs().filter_map(|need| of_needs.get(&need).copied()).sum();
            let each = service.shared().and_then(|shared| of_shared.get(&shared).copied());
            let shared = each.map(|each| each * &count(service.lines.len())).unwrap_or_default();
            if self.weights.get(at).is_some_and(|weight| &needs + &shared < *weight) {
                return Err(Text::new(
                    "{service} weighs more than its need, offer or package are worth in the certificate",
                )
                .with_text("service", service.named()));
            }
            left.push(service);
        }
        let needs: Rational = of_needs.values().copied().sum();
        let rooms = of_shared.iter().map(|(shared, each)| *each * &count(used.room(*shared, &left)));
        Ok(&(&self.weight(&part.taken) + &needs) + &rooms.sum())
    }

    fn of_shared<'c>(&self, potentials: &'c Potentials) -> Result<BTreeMap<Shared<'c>, &'c Rational>, Text> {
        let mut found = BTreeMap::new();
        for potential in &potentials.shared {
            let by = self.parties.iter().position(|id| *id == potential.provider);
            let shared = match (by, &potential.offer, &potential.package) {
                (Some(by), Some(offer), None) => Shared::Offer(by, offer),
                (Some(by), None, Some(package)) => Shared::Package(by, package),
                _ => return Err(Text::new("a potential is of neither an offer nor a package")),
            };
            found.insert(shared, &potential.potential.0);
        }
        Ok(found)
    }
}

fn count(of: usize) -> Rational {
    Rational::from(u32::try_from(of).unwrap_or(u32::MAX))
}

/// What services that were taken use up.
#[derive(Default)]
struct Used<'p> {
    needs: BTreeSet<Need<'p>>,
    packages: BTreeSet<(usize, &'p str)>,
    /// Which items go from which side.
    items: BTreeSet<(&'p str, usize)>,
    volumes: BTreeMap<(usize, &'p str), Rational>,
}

impl<'p> Used<'p> {
    fn take(&mut self, service: &Service<'p>) {
        self.needs.extend(service.needs());
        self.packages.extend(service.package.map(|package| (service.by, package)));
        self.items.extend(service.items.iter().map(|code| (*code, service.by)));
        for (offer, share) in &service.uses {
            let used = self.volumes.entry((service.by, offer)).or_default();
            *used = &*used + share;
        }
    }

    /// Whether a service can be taken as well.
    fn leaves(&self, service: &Service<'p>) -> bool {
        let other = 1 - service.by.min(1);
        let fits = |offer: &'p str| {
            let more = service.uses.iter().filter(|(of, _)| *of == offer).map(|(_, share)| share);
            self.used(service.by, offer) + more.sum::<Rational>() <= Rational::one()
        };
        !service.needs().any(|need| self.needs.contains(&need))
            && !service.package.is_some_and(|package| self.packages.contains(&(service.by, package)))
            && !service.items.iter().any(|code| self.items.contains(&(*code, other)))
            && service.uses.iter().all(|(offer, _)| fits(offer))
    }

    fn used(&self, by: usize, offer: &'p str) -> Rational {
        self.volumes.get(&(by, offer)).cloned().unwrap_or_default()
    }

    /// How many lines can still share something: as many as the smallest of each need fit, or all parts of a package.
    fn room(&self, shared: Shared<'_>, left: &[&Service<'p>]) -> usize {
        let sharing = || left.iter().filter(|service| service.shared() == Some(shared));
        let Shared::Offer(by, _) = shared else {
            return sharing().map(|service| service.lines.len()).max().unwrap_or(0);
        };
        let mut smallest: BTreeMap<Need<'_>, &Rational> = BTreeMap::new();
        let mut used = Rational::zero();
        for service in sharing() {
            for (need, (offer, share)) in service.needs().zip(&service.uses) {
                let known = smallest.entry(need).or_insert(share);
                *known = (*known).min(share);
                used = self.used(by, offer);
            }
        }
        let mut shares: Vec<&Rational> = smallest.into_values().collect();
        shares.sort();
        let fitting = shares.into_iter().take_while(|share| {
            used = &used + *share;
            used <= Rational::one()
        });
        fitting.count()
    }
}
