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

/// Whether nothing couples the groups: no package, no item that could go both ways, no volume that could be too small.
fn apart(services: &[Service<'_>], members: &[Vec<usize>]) -> Result<(), Text> {
    let mut packages: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    let mut items: BTreeMap<&str, (BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
    let mut largest: BTreeMap<(usize, &str), BTreeMap<Need<'_>, (usize, Rational)>> = BTreeMap::new();
    let grouped = || {
        let of = members.iter().enumerate();
        of.flat_map(|(group, of)| of.iter().filter_map(move |index| Some((group, services.get(*index)?))))
    };
    for (group, service) in grouped() {
        if service.package.is_some_and(|name| *packages.entry((service.by, name)).or_insert(group) != group) {
            return Err(coupled(service));
        }
        for code in &service.items {
            let (sides, groups) = items.entry(code).or_default();
            sides.insert(service.by);
            groups.insert(group);
        }
        for (offer, share) in &service.uses {
            let uses = largest.entry((service.by, offer)).or_default();
            for need in service.needs() {
                let (_, most) = uses.entry(need).or_insert_with(|| (group, share.clone()));
                *most = most.clone().max(share.clone());
            }
        }
    }
    let both_ways = |code: &&str| items.get(code).is_some_and(|(sides, groups)| sides.len() > 1 && groups.len() > 1);
    let contended = |by: usize, offer: &str| {
        let uses = || largest.get(&(by, offer)).into_iter().flat_map(BTreeMap::values);
        let groups: BTreeSet<usize> = uses().map(|(group, _)| *group).collect();
        groups.len() > 1 && uses().map(|(_, share)| share).sum::<Rational>() > Rational::one()
    };
    let mut coupling = grouped().filter(|(_, service)| {
        service.items.iter().any(|code| both_ways(code))
            || service.uses.iter().any(|(offer, _)| contended(service.by, offer))
    });
    coupling.next().map_or(Ok(()), |(_, service)| Err(coupled(service)))
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
