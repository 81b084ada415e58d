//! Changes of terms, and of who is admitted: one side gives way.

use std::sync::Arc;

use super::{Proposal, TermEdit, distance};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{Choice, RangeDomain, Statement, TermDomain, Terms};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::clash::Clash;
use crate::negotiate::terms::{Issue, Meeting, interval_of};
use crate::negotiate::{words, write};
use crate::value::Rational;

/// A clash that is no matter of numbers: one side gives way.
pub(super) fn of_clash(candidate: &Candidate<'_>, clash: &Clash) -> Vec<Proposal> {
    if let Some(issue) =
        clash.term.as_ref().and_then(|key| candidate.sheet.issues.iter().find(|issue| issue.key == key))
    {
        return [Role::Provider, Role::Receiver]
            .into_iter()
            .filter_map(|role| give_way(candidate, issue, role))
            .collect();
    }
    let to = match clash.kind {
        "eligibility" => {
            let admitting = clash.said.first().and_then(|statement| statement.role);
            let other = if admitting == Some(Role::Receiver) { Role::Provider } else { Role::Receiver };
            Text::new("admit {name}").with("name", candidate.name_of(other))
        }
        "certificate" => {
            let asked = clash.said.get(1).map(|statement| statement.says.as_str()).unwrap_or_default();
            Text::new("obtain the certificate {certificate} and state it").with("certificate", asked)
        }
        "item_property" => Text::new("state the property as it is asked"),
        _ => return Vec::new(),
    };
    let first = clash.said.first().map(|statement| Proposal {
        role: statement.role.unwrap_or(Role::Provider),
        statement: statement.clone(),
        to,
        size: None,
        edit: TermEdit::Overlook(clash.clone()),
    });
    let dropped = clash.said.get(1).map(|statement| Proposal {
        role: Role::Receiver,
        statement: statement.clone(),
        to: Text::new("do not ask for it"),
        size: None,
        edit: TermEdit::Overlook(clash.clone()),
    });
    first.into_iter().chain(dropped).collect()
}

/// One side moves the near end of its range to the other's, or accepts the other's first choice.
fn give_way(candidate: &Candidate<'_>, issue: &Issue<'_>, role: Role) -> Option<Proposal> {
    if !matches!(issue.meeting, Meeting::Empty) {
        return None;
    }
    let (own, other) = match role {
        Role::Provider => (issue.provider?, issue.receiver),
        Role::Receiver => (issue.receiver?, issue.provider),
    };
    let mut changed = own.clone();
    let (to, size) = match (&mut changed.domain, other.map(|s| &s.domain)) {
        (TermDomain::Range(own), Some(TermDomain::Range(theirs))) => {
            let (mine, set) = (interval_of(own), interval_of(theirs));
            let above = set.lo().filter(|lo| mine.hi().is_some_and(|hi| hi < lo));
            let below = set.hi().filter(|hi| mine.lo().is_some_and(|lo| lo > hi));
            let (end, was) = above.map(|lo| (lo, mine.hi())).or_else(|| below.map(|hi| (hi, mine.lo())))?;
            let size = was.and_then(|was| distance(was, end));
            if above.is_some() {
                own.at_most = Some(end.clone());
            } else {
                own.at_least = Some(end.clone());
            }
            (Text::new("accept {value}").with_text("value", words::value(&write::value(&own.scale, end))), size)
        }
        (TermDomain::Choices(own), Some(TermDomain::Choices(theirs))) => {
            let first = theirs.first()?;
            own.push(Choice { node: changed.node, costs: Vec::new(), points: None, ..first.clone() });
            (Text::new("accept {value}").with("value", &first.value), None)
        }
        (TermDomain::Range(own), None) => {
            own.at_least = None;
            (Text::new("do without it"), None)
        }
        _ => return None,
    };
    let statement = match role {
        Role::Provider => candidate.offered(own.node),
        Role::Receiver => candidate.needed(own.node),
    };
    let replace = |terms: &mut Terms| {
        terms.others.retain(|s| s.key != changed.key);
        terms.others.push(Arc::new(changed.clone()));
    };
    Some(Proposal { role, statement, to, size, edit: candidate.edited(role, replace) })
}

/// What one side could accept beside what it says of a term on which costs are stated: each is what the other says already.
pub(super) fn widened(candidate: &Candidate<'_>, role: Role) -> Vec<Vec<Proposal>> {
    candidate
        .sheet
        .issues
        .iter()
        .filter(|issue| issue.carries_costs())
        .map(|issue| widenings(candidate, issue, role))
        .collect()
}

fn widenings(candidate: &Candidate<'_>, issue: &Issue<'_>, role: Role) -> Vec<Proposal> {
    let stated = match role {
        Role::Provider => issue.provider.zip(issue.receiver),
        Role::Receiver => issue.receiver.zip(issue.provider),
    };
    let Some((own, other)) = stated else { return Vec::new() };
    let accepting = |to: Text, size, domain| {
        let changed = Statement { domain, ..own.clone() };
        let statement = match role {
            Role::Provider => candidate.offered(own.node),
            Role::Receiver => candidate.needed(own.node),
        };
        let replace = |terms: &mut Terms| {
            terms.others.retain(|s| s.key != changed.key);
            terms.others.push(Arc::new(changed));
        };
        Proposal { role, statement, to, size, edit: candidate.edited(role, replace) }
    };
    match (&own.domain, &other.domain) {
        (TermDomain::Choices(mine), TermDomain::Choices(theirs)) => {
            let lacking = theirs.iter().filter(|choice| !mine.iter().any(|own| own.value == choice.value));
            let with = |choice: &Choice| {
                let added = Choice { node: own.node, costs: Vec::new(), points: None, ..choice.clone() };
                let domain = TermDomain::Choices(mine.iter().cloned().chain([added]).collect());
                let to = Text::new("accept {value}").with_text("value", words::value(&choice.value));
                accepting(to, None, domain)
            };
            lacking.map(with).collect()
        }
        (TermDomain::Range(mine), TermDomain::Range(theirs)) => {
            let (own, set) = (interval_of(mine), interval_of(theirs));
            let value = |end: &Rational| words::value(&write::value(&mine.scale, end));
            let low = own.lo().filter(|own| set.lo().is_none_or(|theirs| theirs < own)).map(|was| {
                let size = set.lo().and_then(|end| distance(was, end));
                let to = set.lo().map_or(Text::new("accept less than {value}"), |_| Text::new("accept {value}"));
                let range = RangeDomain { at_least: set.lo().cloned(), ..mine.clone() };
                accepting(to.with_text("value", value(set.lo().unwrap_or(was))), size, TermDomain::Range(range))
            });
            let high = own.hi().filter(|own| set.hi().is_none_or(|theirs| theirs > own)).map(|was| {
                let size = set.hi().and_then(|end| distance(was, end));
                let to = set.hi().map_or(Text::new("accept more than {value}"), |_| Text::new("accept {value}"));
                let range = RangeDomain { at_most: set.hi().cloned(), ..mine.clone() };
                accepting(to.with_text("value", value(set.hi().unwrap_or(was))), size, TermDomain::Range(range))
            });
            low.into_iter().chain(high).collect()
        }
        _ => Vec::new(),
    }
}
