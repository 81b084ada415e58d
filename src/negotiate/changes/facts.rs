//! Changes of facts: what a side states of itself decides whether the other admits it, and which of the other's terms are for it.

use super::{Proposal, TermEdit};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{Fact, Terms};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::clash::Clash;
use crate::negotiate::eligibility::WayIn;
use crate::negotiate::outcome;
use crate::syntax::At;

/// Most ways in that are told of one audience.
const MOST_WAYS: usize = 5;

/// Who leaves the other out lets it in, or who is left out does what it lacks: neither move comes before the other.
pub(super) fn admissions(candidate: &Candidate<'_>, clash: &Clash) -> Vec<Proposal> {
    let Some((statement, by)) = clash.said.first().and_then(|statement| Some((statement, statement.role?))) else {
        return Vec::new();
    };
    let to = Text::new("admit {name}").with("name", candidate.name_of(by.other()));
    let admit = Proposal { role: by, statement: statement.clone(), to, size: None, edit: TermEdit::Admit(by) };
    let ways = ways_in(candidate, by);
    std::iter::once(admit).chain(ways.into_iter().filter_map(|way| taken(candidate, by.other(), way))).collect()
}

/// A side takes a way in: operations stand among its operations, all else in what it says of itself.
fn taken(candidate: &Candidate<'_>, role: Role, way: WayIn) -> Option<Proposal> {
    let side = candidate.side(role);
    // One that is listed is granted in its own `with`.
    let listed = way.any_operation().find_map(|name| side.manifest().operations.get(name));
    let elsewhere = || if way.by_operations() { side.operations() } else { side.coop() };
    let node = listed.map_or_else(elsewhere, |operation| operation.with.node);
    let statement = outcome::Statement { in_words: None, ..side.quote(Some(role), node) };
    // Each of the values does the same, but all at once could do something else.
    let facts = way.by_one_value_each().next()?.0;
    Some(Proposal { role, statement, to: way.in_words()?, size: None, edit: TermEdit::State(role, facts, None) })
}

/// The ways in which the other side can come into the `with` of a line, each with all values that do the same.
fn ways_in(candidate: &Candidate<'_>, by: Role) -> Vec<WayIn> {
    let ways = candidate.grants.ways_in(candidate.index_of(by), &candidate.line(by).with.value);
    let mut found: Vec<([&Terms; 2], WayIn)> = Vec::new();
    let mut known: Vec<([&Terms; 2], WayIn)> = Vec::new();
    for mut way in ways.iter().flat_map(WayIn::by_one_value_each) {
        let stated = candidate.stating(by.other(), &way.0);
        if !stated.admits(by) {
            continue;
        }
        let terms = [stated.offer_terms, stated.need_terms];
        let alike = |of: &[&Terms; 2]| of.iter().zip(terms).all(|(one, other)| std::ptr::eq(*one, other));
        // Whatever less does on the same terms is told already.
        if known.iter().any(|(of, less)| alike(of) && way.holds(less)) {
            continue;
        }
        known.push((terms, way.clone()));
        while let Some((index, joined)) = found
            .iter()
            .enumerate()
            .find_map(|(index, (of, known))| known.joined(&way).filter(|_| alike(of)).map(|joined| (index, joined)))
        {
            found.remove(index);
            way = joined;
        }
        found.push((terms, way));
    }
    found.truncate(MOST_WAYS);
    found.into_iter().map(|(_, way)| way).collect()
}

/// The offer states a certificate, and its coop declares it where it does not yet.
pub(super) fn with_certificate(candidate: &Candidate<'_>, name: &str) -> TermEdit {
    let role = Role::Provider;
    let mut terms = candidate.offer_terms.clone();
    let node = candidate.offer.node;
    let all = terms.certificates.get_or_insert(At { node, value: Vec::new() });
    all.value.push(At { node: all.node, value: name.into() });
    if candidate.side(role).manifest().coop.certificates.contains_key(name) {
        return TermEdit::Terms(role, Box::new(terms));
    }
    TermEdit::State(role, vec![Fact::Certificate(vec![name.into()])], Some(Box::new(terms)))
}
