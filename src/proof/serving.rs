//! Who serves whom (R10): whether every service is weighed, and whether the groups are each served best.

use std::collections::{BTreeMap, BTreeSet};

use super::Proven;
use super::lines::Best;
use super::tree::{self, Group};
use super::weights::{Need, Of, Service, services, weights};
use crate::certificate;
use crate::diagnostic::Text;
use crate::negotiate::problem::{Problem, TakenBundle, TakenLine, Way};
use crate::value::Rational;

/// Checks who serves whom, given the best delivery of each line.
pub(super) fn check(problem: &Problem, deals: &[Option<Best>], groups: &[certificate::Group]) -> Result<Proven, Text> {
    let services = services(problem, deals);
    let members = members(problem, &services, groups)?;
    apart(&services, &members)?;
    let mut proven = Proven { way: Way::default(), is_open: false };
    for (written, indices) in groups.iter().zip(&members) {
        let of_group: Vec<&Service<'_>> = indices.iter().filter_map(|index| services.get(*index)).collect();
        let weights = weights(&of_group);
        let mut differing = written.services.iter().zip(of_group.iter().zip(&weights));
        if let Some((_, (service, weight))) = differing.find(|(written, (_, weight))| written.weight.0 != **weight) {
            return Err(Text::new("{service} weighs {weight}, and not what the certificate says")
                .with_text("service", service.named())
                .with("weight", weight));
        }
        let needs = written.needs.iter().filter_map(|need| need_of(problem, need)).collect();
        let group = Group { parties: &problem.parties, services: &of_group, weights: &weights, needs };
        proven.is_open |= tree::check(&group, &written.taken, &written.proof)?;
        let taken = written.taken.iter().filter_map(|at| of_group.get(*at));
        taken.for_each(|service| take(&mut proven.way, &service.of, deals));
    }
    Ok(proven)
}

fn need_of<'p>(problem: &Problem, need: &'p certificate::Need) -> Option<Need<'p>> {
    Some((problem.parties.iter().position(|id| *id == need.receiver)?, &need.need))
}

/// For each group the indices of its services. Every service is in one group, with all its needs.
fn members(
    problem: &Problem,
    services: &[Service<'_>],
    groups: &[certificate::Group],
) -> Result<Vec<Vec<usize>>, Text> {
    type Key<'k> = (&'k str, Option<&'k str>, Vec<(&'k str, &'k str)>);
    let mut left: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    for (index, service) in services.iter().enumerate() {
        let provider = problem.parties.get(service.by).map_or("", String::as_str);
        left.insert((provider, service.package, service.lines.clone()), index);
    }
    let mut found = Vec::new();
    let mut known: BTreeSet<Need<'_>> = BTreeSet::new();
    for group in groups {
        let needs: BTreeSet<Need<'_>> = group.needs.iter().filter_map(|need| need_of(problem, need)).collect();
        if needs.len() != group.needs.len() || !known.is_disjoint(&needs) {
            return Err(Text::new("the groups of needs in the certificate overlap, or hold needs that nobody has"));
        }
        let mut members = Vec::new();
        for written in &group.services {
            let lines = written.lines.iter().map(|line| (line.offer.as_str(), line.need.as_str())).collect();
            let key = (written.provider.as_str(), written.package.as_deref(), lines);
            let index = left.remove(&key);
            let service = index.and_then(|index| services.get(index));
            let Some((index, service)) = index.zip(service).filter(|(_, s)| s.every() == written.every.as_deref())
            else {
                let first = written.lines.first();
                return Err(Text::new("`{offer}` for `{need}` is listed among what could serve, and cannot")
                    .with("offer", first.map_or("", |line| &line.offer))
                    .with("need", first.map_or("", |line| &line.need)));
            };
            if !service.needs().all(|need| needs.contains(&need)) {
                return Err(coupled(service));
            }
            members.push(index);
        }
        known.extend(needs);
        found.push(members);
    }
    match left.into_values().next().and_then(|index| services.get(index)) {
        Some(missing) => Err(Text::new("{service} could serve, and is missing from the certificate")
            .with_text("service", missing.named())),
        None => Ok(found),
    }
}

fn coupled(service: &Service<'_>) -> Text {
    Text::new("{service} is bound up with needs of another group").with_text("service", service.named())
}

/// Whether nothing couples the groups.
fn apart(services: &[Service<'_>], members: &[Vec<usize>]) -> Result<(), Text> {
    let grouped = || {
        let of = members.iter().enumerate();
        of.flat_map(|(group, of)| of.iter().filter_map(move |index| Some((group, services.get(*index)?))))
    };
    let mut ties = Ties::default();
    grouped().for_each(|(group, service)| ties.note(group, service));
    let mut tied = grouped().filter(|(_, service)| ties.bind(service));
    tied.next().map_or(Ok(()), |(_, service)| Err(coupled(service)))
}

/// What services share with each other, and in which groups.
#[derive(Default)]
struct Ties<'p> {
    packages: BTreeMap<(usize, &'p str), BTreeSet<usize>>,
    items: BTreeMap<&'p str, OfItem>,
    volumes: BTreeMap<(usize, &'p str), OfVolume<'p>>,
}

#[derive(Default)]
struct OfItem {
    groups: BTreeSet<usize>,
    /// From which sides it goes.
    sides: BTreeSet<usize>,
}

#[derive(Default)]
struct OfVolume<'p> {
    groups: BTreeSet<usize>,
    /// The largest share that serves each need.
    largest: BTreeMap<Need<'p>, Rational>,
}

impl<'p> Ties<'p> {
    fn note(&mut self, group: usize, service: &Service<'p>) {
        if let Some(package) = service.package {
            self.packages.entry((service.by, package)).or_default().insert(group);
        }
        for code in &service.items {
            let item = self.items.entry(code).or_default();
            item.groups.insert(group);
            item.sides.insert(service.by);
        }
        for (offer, share) in &service.uses {
            let volume = self.volumes.entry((service.by, offer)).or_default();
            volume.groups.insert(group);
            for need in service.needs() {
                let largest = volume.largest.entry(need).or_default();
                *largest = largest.clone().max(share.clone());
            }
        }
    }

    /// Whether a service shares with one of another group a package, an item that could go both ways, or a volume that could
    /// be too small.
    fn bind(&self, service: &Service<'p>) -> bool {
        let several = |groups: &BTreeSet<usize>| groups.len() > 1;
        let package = service.package.and_then(|package| self.packages.get(&(service.by, package)));
        let both_ways = |item: &OfItem| several(&item.groups) && item.sides.len() > 1;
        let too_small = |volume: &OfVolume<'_>| {
            several(&volume.groups) && volume.largest.values().sum::<Rational>() > Rational::one()
        };
        package.is_some_and(several)
            || service.items.iter().filter_map(|code| self.items.get(code)).any(both_ways)
            || service.uses.iter().filter_map(|(offer, _)| self.volumes.get(&(service.by, offer))).any(too_small)
    }
}

/// Adds a service to what was chosen.
fn take(way: &mut Way, of: &Of, deals: &[Option<Best>]) {
    match of {
        Of::Line(line) => way.lines.extend(deals.get(*line).and_then(Option::as_ref).map(|best| TakenLine {
            line: *line,
            quantity: best.quantity.clone(),
            rhythm: best.rhythm,
            tier: best.tier,
            picks: best.picks.clone(),
        })),
        Of::Bundle(package, way_of, every) => {
            way.packages.push(TakenBundle { package: *package, way: *way_of, every: every.clone() });
        }
    }
}
