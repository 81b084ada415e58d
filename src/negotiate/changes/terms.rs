//! Changes of terms, and of who is admitted: one side gives way.

use std::sync::Arc;

use super::{Proposal, TermEdit, distance};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{Choice, RangeDomain, Statement, TermDomain, Terms};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::clash::Clash;
use crate::negotiate::terms::{Issue, Meeting, interval_of};
use crate::negotiate::{outcome, words, write};
use crate::value::Rational;

/// A clash that is no matter of numbers: one side gives way.
pub(super) fn of_clash(candidate: &Candidate<'_>, clash: &Clash) -> Vec<Proposal> {
    if let Some(issue) =
        clash.term.as_ref().and_then(|key| candidate.sheet.issues.iter().find(|issue| issue.key == key))
    {
        return Role::BOTH.into_iter().filter_map(|role| give_way(candidate, issue, role)).collect();
    }
    if clash.kind == "eligibility" {
        return admissions(candidate, clash);
    }
    let to = match clash.kind {
        "certificate" => {
            let asked = clash.said.get(1).map(|statement| statement.says.as_str()).unwrap_or_default();
            Text::new("obtain the certificate {certificate} and state it").with("certificate", asked)
        }
        "item_property" => Text::new("state the property as it is asked"),
        _ => return Vec::new(),
    };
    let ways = [to, Text::new("do not ask for it")];
    let overlooked = |(statement, to)| overlooking(clash, statement, to);
    clash.said.iter().zip(ways).filter_map(overlooked).collect()
}

/// Who leaves the other out lets it in, or who is left out does what it lacks: neither move comes before the other.
fn admissions(candidate: &Candidate<'_>, clash: &Clash) -> Vec<Proposal> {
    let admit = |statement: &outcome::Statement| {
        let name = candidate.name_of(statement.role?.other());
        overlooking(clash, statement, Text::new("admit {name}").with("name", name))
    };
    let openings = clash.openings.iter().filter_map(|opening| overlooking(clash, &opening.said, opening.to.clone()));
    clash.said.iter().filter_map(admit).chain(openings).collect()
}

/// A change after which a clash is none.
fn overlooking(clash: &Clash, statement: &outcome::Statement, to: Text) -> Option<Proposal> {
    let (statement, edit) = (statement.clone(), TermEdit::Overlook(clash.clone()));
    Some(Proposal { role: statement.role?, statement, to, size: None, edit })
}

/// One side moves the near end of its range to the other's, or accepts the other's first choice.
fn give_way(candidate: &Candidate<'_>, issue: &Issue<'_>, role: Role) -> Option<Proposal> {
    if !matches!(issue.meeting, Meeting::Empty) {
        return None;
    }
    let own = issue.stated_by(role)?;
    let (to, size, domain) = match (&own.domain, issue.stated_by(role.other()).map(|s| &s.domain)) {
        (TermDomain::Range(own), Some(TermDomain::Range(theirs))) => moved_end(own, theirs)?,
        (TermDomain::Choices(mine), Some(TermDomain::Choices(theirs))) => {
            let (to, domain) = accepting(candidate, role, own, mine, theirs.first()?);
            (to, None, domain)
        }
        (TermDomain::Range(own), None) => {
            let domain = TermDomain::Range(RangeDomain { at_least: None, ..own.clone() });
            (Text::new("do without it"), None, domain)
        }
        _ => return None,
    };
    Some(restated(candidate, role, own, domain, to, size))
}

/// A change of what it would say, how far it moves, and what it would be.
type Moved = (Text, Option<Rational>, TermDomain);

/// The near end of a range moved to the other's.
fn moved_end(own: &RangeDomain, theirs: &RangeDomain) -> Option<Moved> {
    let (mine, set) = (interval_of(own), interval_of(theirs));
    let above = set.lo().filter(|lo| mine.hi().is_some_and(|hi| hi < lo));
    let below = set.hi().filter(|hi| mine.lo().is_some_and(|lo| lo > hi));
    let (end, was) = above.map(|lo| (lo, mine.hi())).or_else(|| below.map(|hi| (hi, mine.lo())))?;
    let size = was.and_then(|was| distance(was, end));
    let moved = Some(end.clone());
    let range = match above {
        Some(_) => RangeDomain { at_most: moved, ..own.clone() },
        None => RangeDomain { at_least: moved, ..own.clone() },
    };
    let to = Text::new("accept {value}").with_text("value", words::value(&write::value(&own.scale, end)));
    Some((to, size, TermDomain::Range(range)))
}

/// One more choice accepted, which the other side says already, in its word for it.
fn accepting(
    candidate: &Candidate<'_>,
    role: Role,
    own: &Statement,
    mine: &[Choice],
    choice: &Choice,
) -> (Text, TermDomain) {
    let added = Choice { node: own.node, costs: Vec::new(), points: None, ..choice.clone() };
    let word = candidate.side(role.other()).word(choice.node).unwrap_or(&choice.value);
    let value = words::value(word);
    let to = match &choice.at {
        Some(at) => Text::new("accept {value} at {place}").with("place", at),
        None => Text::new("accept {value}"),
    };
    (to.with_text("value", value), TermDomain::Choices(mine.iter().cloned().chain([added]).collect()))
}

/// A statement of a side with another domain.
fn restated(
    candidate: &Candidate<'_>,
    role: Role,
    own: &Statement,
    domain: TermDomain,
    to: Text,
    size: Option<Rational>,
) -> Proposal {
    let changed = Statement { domain, ..own.clone() };
    let replace = |terms: &mut Terms| {
        terms.others.retain(|s| s.key != changed.key);
        terms.others.push(Arc::new(changed));
    };
    let edit = candidate.edited(role, replace);
    Proposal { role, statement: candidate.said(role, own.node), to, size, edit }
}

/// What one side could accept beside what it says of a term on which costs are stated: each is what the other says already.
pub(super) fn widened(candidate: &Candidate<'_>, role: Role) -> Vec<Vec<Proposal>> {
    let costly = candidate.sheet.issues.iter().filter(|issue| issue.carries_costs());
    costly.map(|issue| widenings(candidate, issue, role)).collect()
}

fn widenings(candidate: &Candidate<'_>, issue: &Issue<'_>, role: Role) -> Vec<Proposal> {
    let Some((own, other)) = issue.stated_by(role).zip(issue.stated_by(role.other())) else { return Vec::new() };
    let widened = |(to, size, domain)| restated(candidate, role, own, domain, to, size);
    match (&own.domain, &other.domain) {
        (TermDomain::Choices(mine), TermDomain::Choices(theirs)) => {
            let lacking = theirs.iter().filter(|choice| !mine.iter().any(|own| own.value == choice.value));
            let with = lacking.map(|choice| accepting(candidate, role, own, mine, choice));
            with.map(|(to, domain)| widened((to, None, domain))).collect()
        }
        (TermDomain::Range(mine), TermDomain::Range(theirs)) => widened_ends(mine, theirs).map(widened).collect(),
        _ => Vec::new(),
    }
}

/// Each end of a range moved to the other's, or left out where the other has none.
fn widened_ends(mine: &RangeDomain, theirs: &RangeDomain) -> impl Iterator<Item = Moved> + use<> {
    let (own, set) = (interval_of(mine), interval_of(theirs));
    let value = |end: &Rational| words::value(&write::value(&mine.scale, end));
    let low = own.lo().filter(|own| set.lo().is_none_or(|theirs| theirs < own)).map(|was| {
        let size = set.lo().and_then(|end| distance(was, end));
        let to = set.lo().map_or(Text::new("accept less than {value}"), |_| Text::new("accept {value}"));
        let range = RangeDomain { at_least: set.lo().cloned(), ..mine.clone() };
        (to.with_text("value", value(set.lo().unwrap_or(was))), size, TermDomain::Range(range))
    });
    let high = own.hi().filter(|own| set.hi().is_none_or(|theirs| theirs > own)).map(|was| {
        let size = set.hi().and_then(|end| distance(was, end));
        let to = set.hi().map_or(Text::new("accept more than {value}"), |_| Text::new("accept {value}"));
        let range = RangeDomain { at_most: set.hi().cloned(), ..mine.clone() };
        (to.with_text("value", value(set.hi().unwrap_or(was))), size, TermDomain::Range(range))
    });
    low.into_iter().chain(high)
}
