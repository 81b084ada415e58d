//! Branch and bound over the services of one group of needs.
//!
//! A node is a set of services taken and a set of services barred. Its bound is the heaviest assignment of the needs that
//! are left, where an offer has room for as many services as the smallest of them would fit, and a package can be taken in
//! part. Where that assignment can stand as it is, it is the best of the node; where it cannot, a service that stands in
//! the way is once taken and once barred.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;

use super::Service;
use super::assignment::{Edge, Heaviest, heaviest};
use super::weights::weights;
use crate::negotiate::points::{Work, WorkLimit};
use crate::value::{ItemCode, Rational};

/// Most steps of the search; each looks at one service.
const MOST_STEPS: usize = 10_000_000;

/// Most nodes of a search whose proof is kept.
const MOST_NODES: usize = 1000;

/// How many steps were made.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps(usize);

impl Steps {
    /// One more.
    pub(super) fn count(&mut self) -> Result<(), WorkLimit> {
        self.0 += 1;
        if self.0 > MOST_STEPS {
            return Err(WorkLimit { what: Work::Steps, most: MOST_STEPS });
        }
        Ok(())
    }
}

/// The search over one group.
pub(super) struct Search<'s> {
    services: &'s [&'s Service<'s>],
    weights: Vec<BigInt>,
    /// How often each weight is counted, so that the part of a package that falls to one need is whole.
    scale: usize,
    best: Option<(BigInt, Vec<usize>)>,
    steps: Steps,
    proof: Proof,
}

/// Whether a service can be taken where nothing else is: no offer has less than it uses up.
pub(super) fn fits_alone(service: &Service<'_>) -> bool {
    Rest::default().fits(service)
}

/// The best way of a group, and why none is better.
#[derive(Default)]
pub(in crate::negotiate) struct Found {
    /// The services taken.
    pub(in crate::negotiate) taken: Vec<usize>,
    /// What each service weighs.
    pub(in crate::negotiate) weights: Vec<BigInt>,
    pub(in crate::negotiate) proof: Proof,
}

/// Why no way is better: the nodes in the order in which they were visited.
#[derive(Default)]
pub(in crate::negotiate) struct Proof {
    pub(in crate::negotiate) nodes: Vec<Visited>,
    /// Whether there were more nodes than are kept.
    pub(in crate::negotiate) cut: bool,
}

/// What was found at a node.
pub(in crate::negotiate) struct Visited {
    /// The service that is once taken and once barred; `None` where nothing below can be better than the best.
    pub(in crate::negotiate) branch: Option<usize>,
    /// What shows that: together they are at least the weight of any service that is left. Kept of branches only at the root.
    pub(in crate::negotiate) potentials: Potentials,
}

/// What needs and what they share are worth, in weights times the scale.
#[derive(Default)]
pub(in crate::negotiate) struct Potentials {
    pub(in crate::negotiate) scale: usize,
    pub(in crate::negotiate) needs: BTreeMap<usize, BigInt>,
    pub(in crate::negotiate) shared: BTreeMap<Shared, BigInt>,
}

/// The heaviest assignment of the needs that a node leaves.
#[derive(Default)]
struct Relaxed {
    /// For each service picked by a need, its weight.
    picks: Vec<(usize, BigInt)>,
    potentials: Potentials,
}

/// What is decided of a way of serving.
#[derive(Clone, Debug, Default)]
struct Node {
    taken: Vec<usize>,
    barred: BTreeSet<usize>,
}

/// What the services taken leave.
#[derive(Default)]
struct Rest<'s> {
    served: BTreeSet<usize>,
    packages: BTreeSet<usize>,
    items: BTreeSet<(&'s ItemCode, usize)>,
    used: BTreeMap<usize, Rational>,
}

/// A column of the assignment: what several services share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::negotiate) enum Shared {
    /// The volume of an offer.
    Offer(usize),
    /// A package.
    Package(usize),
    /// Nothing: an offer without a volume serves any number.
    Nothing,
}

impl<'s> Search<'s> {
    pub(super) fn new(services: &'s [&'s Service<'s>]) -> Self {
        let parts = services.iter().map(|service| service.needs.len());
        let scale = parts.fold(1, |scale, parts| num_integer::lcm(scale, parts.max(1)));
        let (steps, proof) = (Steps::default(), Proof::default());
        Self { services, weights: weights(services), scale, best: None, steps, proof }
    }

    /// The best way.
    pub(super) fn run(mut self) -> Result<Found, WorkLimit> {
        let mut open = vec![Node::default()];
        while let Some(node) = open.pop() {
            if let Some(service) = self.visit(&node)? {
                let mut barred = node.clone();
                barred.barred.insert(service);
                let mut taken = node;
                taken.taken.push(service);
                // The last is visited first.
                open.extend([barred, taken]);
            }
        }
        let taken = self.best.map(|(_, taken)| taken).unwrap_or_default();
        Ok(Found { taken, weights: self.weights, proof: self.proof })
    }

    /// Takes note of the best way of a node, or names the service to branch on; neither where the best so far is better.
    fn visit(&mut self, node: &Node) -> Result<Option<usize>, WorkLimit> {
        let rest = self.rest(&node.taken);
        let mut open = Vec::new();
        for (at, service) in self.services.iter().enumerate() {
            self.steps.count()?;
            if !node.barred.contains(&at) && rest.fits(service) {
                open.push(at);
            }
        }
        let Relaxed { picks, potentials } = self.relaxed(&rest, &open)?;
        let bound = self.weight(&node.taken) * self.scale + picks.iter().map(|(_, weight)| weight).sum::<BigInt>();
        let mut branch = None;
        if self.best.as_ref().is_none_or(|(best, _)| bound > best * self.scale) {
            match self.complete(&node.taken, &picks) {
                Ok(taken) => self.best = Some((self.weight(&taken), taken)),
                Err(in_the_way) => branch = Some(in_the_way),
            }
        }
        self.proof.note(branch, potentials);
        Ok(branch)
    }

    /// The heaviest assignment of the needs left.
    fn relaxed(&mut self, rest: &Rest<'_>, open: &[usize]) -> Result<Relaxed, WorkLimit> {
        let mut columns: BTreeMap<Shared, usize> = BTreeMap::new();
        let mut rows: BTreeMap<usize, BTreeMap<usize, Edge>> = BTreeMap::new();
        for index in open {
            let Some(service) = self.services.get(*index) else { continue };
            let next = columns.len();
            let column = *columns.entry(shared(service)).or_insert(next);
            let Some(weight) = self.weights.get(*index) else { continue };
            // What of the weight falls to each need.
            let times = self.scale / service.needs.len().max(1);
            let weight = if times == 1 { Cow::Borrowed(weight) } else { Cow::Owned(weight * times) };
            for need in &service.needs {
                let edges = rows.entry(*need).or_default();
                // Of two services by which a need can share the same, the heavier is enough.
                if edges.get(&column).is_none_or(|known| known.weight < *weight) {
                    edges.insert(column, Edge { column, weight: weight.clone().into_owned(), service: *index });
                }
            }
        }
        let mut room = vec![0; columns.len()];
        for (shared, column) in &columns {
            let room_of = self.room(rest, open, *shared, rows.len());
            room.get_mut(*column).into_iter().for_each(|room| *room = room_of);
        }
        let needs: Vec<usize> = rows.keys().copied().collect();
        let rows: Vec<Vec<Edge>> = rows.into_values().map(|edges| edges.into_values().collect()).collect();
        let Heaviest { taken, of_rows, of_columns } = heaviest(&rows, &room, &mut self.steps)?;
        let picked = rows.iter().zip(taken).filter_map(|(edges, taken)| edges.get(taken?));
        let of_shared = columns.into_iter().filter_map(|(shared, at)| Some((shared, of_columns.get(at)?.clone())));
        Ok(Relaxed {
            picks: picked.map(|edge| (edge.service, edge.weight.clone())).collect(),
            potentials: Potentials {
                scale: self.scale,
                needs: needs.into_iter().zip(of_rows).collect(),
                shared: of_shared.collect(),
            },
        })
    }

    /// For how many needs there is room at most.
    fn room(&self, rest: &Rest<'_>, open: &[usize], of: Shared, needs: usize) -> usize {
        let services = open.iter().filter_map(|at| self.service(*at)).filter(|service| shared(service) == of);
        match of {
            Shared::Nothing => needs,
            Shared::Package(_) => services.map(|service| service.needs.len()).max().unwrap_or(0),
            Shared::Offer(offer) => {
                let mut smallest: BTreeMap<usize, Rational> = BTreeMap::new();
                for service in services {
                    let share = service.uses.first().map(|(_, share)| share.clone()).unwrap_or_default();
                    let need = service.needs.first().copied().unwrap_or_default();
                    let known = smallest.entry(need).or_insert_with(|| share.clone());
                    *known = known.clone().min(share);
                }
                let mut shares: Vec<Rational> = smallest.into_values().collect();
                shares.sort();
                let mut used = rest.used.get(&offer).cloned().unwrap_or_default();
                let fitting = shares.into_iter().take_while(|share| {
                    used = &used + share;
                    used <= Rational::one()
                });
                fitting.count()
            }
        }
    }

    /// The services taken with those picked, if all of them can be; else the one that stands in the way.
    fn complete(&self, taken: &[usize], picks: &[(usize, BigInt)]) -> Result<Vec<usize>, usize> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (service, _) in picks {
            *counts.entry(*service).or_default() += 1;
        }
        let whole = |at: &usize, count: &usize| self.service(*at).is_none_or(|s| s.needs.len() == *count);
        if let Some((in_part, _)) = counts.iter().find(|(at, count)| !whole(at, count)) {
            return Err(*in_part);
        }
        let mut picked: Vec<usize> = counts.into_keys().collect();
        picked.sort_by_key(|at| Reverse(self.weights.get(*at)));
        let mut taken = taken.to_vec();
        for at in picked {
            if !self.service(at).is_some_and(|service| self.rest(&taken).fits(service)) {
                return Err(at);
            }
            taken.push(at);
        }
        Ok(taken)
    }

    fn service(&self, at: usize) -> Option<&'s Service<'s>> {
        self.services.get(at).copied()
    }

    fn weight(&self, services: &[usize]) -> BigInt {
        services.iter().filter_map(|at| self.weights.get(*at)).sum()
    }

    fn rest(&self, taken: &[usize]) -> Rest<'s> {
        let mut rest = Rest::default();
        taken.iter().filter_map(|at| self.service(*at)).for_each(|service| rest.take(service));
        rest
    }
}

impl Proof {
    /// Keeps what was found at the next node.
    fn note(&mut self, branch: Option<usize>, potentials: Potentials) {
        if self.nodes.len() == MOST_NODES {
            self.nodes.truncate(1);
            self.cut = true;
        }
        if self.cut {
            return;
        }
        let is_kept = branch.is_none() || self.nodes.is_empty();
        let potentials = if is_kept { potentials } else { Potentials::default() };
        self.nodes.push(Visited { branch, potentials });
    }
}

/// What a service shares with others. A package's parts share the package; that they share volumes too is left to
/// branching.
fn shared(service: &Service<'_>) -> Shared {
    match (service.package, service.uses.first()) {
        (Some((at, _)), _) => Shared::Package(at),
        (None, Some((offer, _))) => Shared::Offer(*offer),
        (None, None) => Shared::Nothing,
    }
}

impl<'s> Rest<'s> {
    fn take(&mut self, service: &'s Service<'s>) {
        self.served.extend(&service.needs);
        self.packages.extend(service.package.map(|(at, _)| at));
        self.items.extend(&service.items);
        for (offer, share) in &service.uses {
            let used = self.used.entry(*offer).or_default();
            *used = &*used + share;
        }
    }

    /// Whether a service can be added: its needs unserved, volumes not exceeded, no item both ways, no package twice.
    fn fits(&self, service: &Service<'_>) -> bool {
        let served = service.needs.iter().any(|need| self.served.contains(need));
        let twice = service.package.is_some_and(|(at, _)| self.packages.contains(&at));
        let both_ways = service.items.iter().any(|(code, by)| self.items.contains(&(*code, 1 - (*by).min(1))));
        !(served || twice || both_ways || self.overdrawn(service))
    }

    fn overdrawn(&self, service: &Service<'_>) -> bool {
        let used = |offer: usize| {
            let new = service.uses.iter().filter(|(of, _)| *of == offer).map(|(_, share)| share.clone());
            self.used.get(&offer).cloned().into_iter().chain(new).sum::<Rational>()
        };
        service.uses.iter().any(|(offer, _)| used(*offer) > Rational::one())
    }
}
