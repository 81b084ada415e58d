//! Walks over the terms of a line that several rules take.

use std::sync::Arc;

use super::context::all_terms;
use crate::diagnostic::{Text, periods};
use crate::manifest::model::{Choice, Cost, Line, RangeDomain, Statement, TermDomain, Terms};
use crate::syntax::At;
use crate::value::{Date, Duration, DurationUnit};

/// What is said on a term that is a range.
pub(super) fn range<'t>(statements: &'t [Arc<Statement>], key: &str) -> Option<(&'t Statement, &'t RangeDomain)> {
    statements.iter().filter(|statement| statement.key == key).find_map(|statement| match &statement.domain {
        TermDomain::Range(range) => Some((statement.as_ref(), range)),
        TermDomain::Choices(_) => None,
    })
}

/// The alternatives that are said on a term; none where nothing is.
pub(super) fn choices<'t>(statements: &'t [Arc<Statement>], key: &str) -> &'t [Choice] {
    let said = statements.iter().find(|statement| statement.key == key);
    match said.map(|statement| &statement.domain) {
        Some(TermDomain::Choices(choices)) => choices,
        _ => &[],
    }
}

/// So many days that were counted and stand nowhere, in words.
pub(super) fn days(count: i64) -> Text {
    periods::length(Duration::new(u32::try_from(count).unwrap_or(u32::MAX), DurationUnit::Day))
}

/// How many days a span has, both ends counted; `None` where an end is open.
pub(super) fn length(from: Option<&At<Date>>, until: Option<&At<Date>>) -> Option<i64> {
    until?.day_number().checked_sub(from?.day_number())?.checked_add(1)
}

/// The costs on one statement.
pub(super) fn costs_of(domain: &TermDomain) -> impl Iterator<Item = &Cost> {
    let (range, choices): (&[Cost], &[Choice]) = match domain {
        TermDomain::Range(range) => (&range.costs, &[]),
        TermDomain::Choices(choices) => (&[], choices),
    };
    range.iter().chain(choices.iter().flat_map(|choice| &choice.costs))
}

/// All costs on terms that take them; those elsewhere are an error of their own.
pub(super) fn all_costs(terms: &Terms) -> impl Iterator<Item = &Cost> {
    let rhythms = terms.every.iter().flat_map(|rhythms| &rhythms.value).flat_map(|rhythm| &rhythm.costs);
    let others = terms.others.iter().filter(|statement| statement.term.costs);
    rhythms.chain(others.flat_map(|statement| costs_of(&statement.domain)))
}

/// The alternatives that carry points, of terms that take some.
pub(super) fn all_points(terms: &Terms) -> impl Iterator<Item = &Choice> {
    terms.others.iter().filter(|statement| statement.term.takes_points()).flat_map(|statement| points_of(statement))
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
