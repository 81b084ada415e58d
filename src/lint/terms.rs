//! Walks over the terms of a line that several rules take.

use super::context::all_terms;
use crate::manifest::model::{Choice, Cost, Line, Statement, TermDomain, Terms};

/// The costs on one statement.
pub(super) fn costs_of(domain: &TermDomain) -> Box<dyn Iterator<Item = &Cost> + '_> {
    match domain {
        TermDomain::Range(range) => Box::new(range.costs.iter()),
        TermDomain::Choices(choices) => Box::new(choices.iter().flat_map(|choice| &choice.costs)),
    }
}

/// All costs on terms that take them; those elsewhere are an error of their own.
pub(super) fn all_costs(terms: &Terms) -> impl Iterator<Item = &Cost> {
    let rhythms = terms.every.iter().flat_map(|rhythms| &rhythms.value).flat_map(|rhythm| &rhythm.costs);
    let others = terms.others.iter().filter(|statement| statement.term.costs);
    rhythms.chain(others.flat_map(|statement| costs_of(&statement.domain)))
}

/// The alternatives that carry points.
pub(super) fn all_points(terms: &Terms) -> impl Iterator<Item = &Choice> {
    terms.others.iter().flat_map(points_of)
}

/// The alternatives of one statement that carry points.
pub(super) fn points_of(statement: &Statement) -> impl Iterator<Item = &Choice> {
    let choices = match &statement.domain {
        TermDomain::Choices(choices) => choices.as_slice(),
        TermDomain::Range(_) => &[],
    };
    choices.iter().filter(|choice| choice.points.is_some())
}

/// The costs on a line, whichever partner they hold for, substitutes included.
pub(super) fn line_costs(line: &Line) -> impl Iterator<Item = &Cost> {
    let substitutes = line.substitutes.iter().flat_map(|substitute| &substitute.costs);
    all_terms(line).flat_map(all_costs).chain(substitutes)
}
