//! Changes of terms, and of who is admitted: one side gives way.

use std::sync::Arc;

use super::lattice::{Way, last_not_short_of};
use super::{Does, Proposal, TermEdit, days, distance, facts, properties};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::domain::Interval;
use crate::manifest::model::{Choice, RangeDomain, Scale, Statement, TermDomain};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::clash::Clash;
use crate::negotiate::terms::{Issue, choices, insists, interval_of, is_same_choice, same_scale};
use crate::negotiate::{Side, outcome, words, write};
use crate::value::Rational;
use crate::vocab::terms::Silence;

/// A clash that is no matter of numbers: one side gives way.
pub(super) fn of_clash(candidate: &Candidate<'_>, clash: &Clash) -> Vec<Proposal> {
    if let Some(issue) =
        clash.term.as_ref().and_then(|key| candidate.sheet.issues.iter().find(|issue| issue.key == key))
    {
        let given = Role::BOTH.into_iter().filter_map(|role| give_way(candidate, issue, role));
        let joined = Role::BOTH.into_iter().filter_map(|role| join_circuit(candidate, issue, role));
        return given.chain(joined).chain(days::before_a_delivery(candidate, issue)).collect();
    }
    match clash.kind {
        "eligibility" => facts::admissions(candidate, clash),
        "time" => days::in_common(candidate),
        "certificate" => certificates(candidate, clash),
        "item_property" => properties::of_clash(candidate, clash),
        _ => Vec::new(),
    }
}

/// The offer states a certificate, or the need does not ask for it.
fn certificates(candidate: &Candidate<'_>, clash: &Clash) -> Vec<Proposal> {
    let (Some(name), [offered, needed]) = (clash.asked.as_deref(), clash.said.as_slice()) else { return Vec::new() };
    let obtain = Text::new("obtain the certificate {certificate} and state it").with("certificate", name);
    let waive = Text::new("do not ask for the certificate {certificate}").with("certificate", name);
    let waived = candidate.edited(Role::Receiver, |terms| {
        terms.certificates.iter_mut().for_each(|asked| asked.value.retain(|certificate| certificate.value != name));
    });
    let obtained = facts::with_certificate(candidate, name);
    let proposal = |role, statement: &outcome::Statement, to, edit| Proposal {
        role,
        statement: statement.clone(),
        to,
        size: None,
        edit,
    };
    vec![proposal(Role::Provider, offered, obtain, obtained), proposal(Role::Receiver, needed, waive, waived)]
}

/// One side gives way on a term on which the two have nothing in common, or no day that is left.
fn give_way(candidate: &Candidate<'_>, issue: &Issue<'_>, role: Role) -> Option<Proposal> {
    let own = issue.stated_by(role)?;
    // A share in another circuit is no answer.
    let other = issue.stated_by(role.other()).filter(|_| issue.is_shared());
    let within = if issue.key == "delivery_date" { candidate.span.since_start() } else { Interval::all() };
    let moved = given_way(own, other, candidate.side(role.other()), &within)?;
    let first = restated(candidate, role, own, moved);
    let could_hold = |edit: &TermEdit| candidate.can_hold(edit) && candidate.can_be_worth_it(edit);
    // Where choices cost something or are worth points, another than the first can be what does.
    if !(issue.states_costs() || issue.states_points()) || could_hold(&first.edit) {
        return Some(first);
    }
    widened_on(candidate, issue, role, &could_hold).or(Some(first))
}

/// The least share accepted on which the other side insists, in its circuit; whoever is in that already only has to say so.
fn join_circuit(candidate: &Candidate<'_>, issue: &Issue<'_>, role: Role) -> Option<Proposal> {
    let other = issue.stated_by(role.other()).filter(|other| !issue.is_shared() && insists(other))?;
    let TermDomain::Range(theirs) = &other.domain else { return None };
    let circuit = theirs.circuit.as_ref()?;
    let least = interval_of(theirs).lo()?.clone();
    let is_in = candidate.side(role).manifest().circuits.values().any(|own| own.id == *circuit);
    let to = match is_in {
        true => Text::new("accept a `{term}` of {value} in the circuit {circuit}"),
        false => Text::new("join the circuit {circuit} and accept a `{term}` of {value}"),
    };
    let to = to.with("term", issue.key).with("circuit", circuit).with("value", write::value(&theirs.scale, &least));
    let accepted =
        RangeDomain { at_least: None, at_most: Some(least), multiple_of: None, costs: Vec::new(), ..theirs.clone() };
    let silent = Statement { node: candidate.line(role).node, ..other.clone() };
    let own = issue.stated_by(role).unwrap_or(&silent);
    let mut joined = restated(candidate, role, own, (to, None, Some(TermDomain::Range(accepted))));
    if joined.statement.is_silent {
        joined.statement.path = format!("{}.{}", joined.statement.path, issue.key);
    }
    Some(joined)
}

/// A change of what it would say, how far it moves, and what it would be; nothing where it is left out.
pub(super) type Moved = (Text, Option<Rational>, Option<TermDomain>);

/// What a side would say that gives way to the other: the near end of its range moved to the other's, as far as that lies
/// `within` some values; the other's first choice accepted too, in its word for it; a share that the other lacks done without.
/// Of a term of their own on which the two speak of different things, it would say nothing.
pub(super) fn given_way(
    own: &Statement,
    other: Option<&Statement>,
    other_side: &Side<'_>,
    within: &Interval,
) -> Option<Moved> {
    match (&own.domain, other.map(|s| &s.domain)) {
        (TermDomain::Range(own), Some(TermDomain::Range(theirs))) if same_scale(&own.scale, &theirs.scale) => {
            let reached = interval_of(theirs).meet(within);
            // What the other says can be as far off as its own statement; it would have to give way as well.
            let reached = if reached.is_empty() { within } else { &reached };
            let moved = moved_end(own, reached).or_else(|| without_multiples(own, reached));
            moved.or_else(|| moved_without_multiples(own, reached))
        }
        (TermDomain::Choices(mine), Some(TermDomain::Choices(theirs))) => {
            let (to, domain) = accepting(own, mine, theirs.first()?, other_side);
            Some((to, None, Some(domain)))
        }
        (_, Some(_)) => left_out(own, other_side),
        (TermDomain::Range(own), None) if own.circuit.is_none() => moved_end(own, within),
        (TermDomain::Range(own), None) => {
            let domain = TermDomain::Range(RangeDomain { at_least: None, ..own.clone() });
            Some((Text::new("do without it"), None, Some(domain)))
        }
        _ => None,
    }
}

/// A term of one's own of which nothing is said, so that it can stand in the way of nothing.
pub(super) fn left_out(own: &Statement, other_side: &Side<'_>) -> Option<Moved> {
    let to = Text::new("leave out `{term}`, so that what {name} says of it is only proposed");
    let to = to.with("term", &own.key).with("name", &other_side.manifest().coop.name);
    (own.term.silence == Silence::Open).then_some((to, None, None))
}

/// Any value of a range, where only its multiples are none of the others.
fn without_multiples(own: &RangeDomain, others: &Interval) -> Option<Moved> {
    let step = own.multiple_of.as_ref()?;
    let any = RangeDomain { multiple_of: None, ..own.clone() };
    let to = Text::new("accept any value, not only multiples of {step}");
    let to = to.with_text("step", words::value(&multiples(own, step)));
    (!interval_of(&any).meet(others).is_empty()).then_some((to, None, Some(TermDomain::Range(any))))
}

/// The multiples of a range.
fn multiples(own: &RangeDomain, step: &Rational) -> String {
    write::exact(&[&own.scale], step, write::Toward::Nearest)
}

/// The end of a range moved where its multiples are none of the others, and these given up.
fn moved_without_multiples(own: &RangeDomain, others: &Interval) -> Option<Moved> {
    let step = own.multiple_of.as_ref()?;
    let (to, size, domain) = moved_end(&RangeDomain { multiple_of: None, ..own.clone() }, others)?;
    let to = Text::new("{change}, and not only multiples of {multiple}").with_text("change", to);
    Some((to.with_text("multiple", words::value(&multiples(own, step))), size, domain))
}

/// The end of a range moved that has less far to go to some other values.
fn moved_end(own: &RangeDomain, others: &Interval) -> Option<Moved> {
    let (up, was, end) = nearer_end(own, others)?;
    let moved = TermDomain::Range(with_end(own, up, &end));
    Some((moved_to(&own.scale, up, &end), way_to(&own.scale, was, &end), Some(moved)))
}

/// The end of a range that has less far to go to some other values, and the nearest of its own multiples among them, as it can
/// be written. Whether it goes up comes first.
pub(super) fn nearer_end<'r>(own: &'r RangeDomain, others: &Interval) -> Option<(bool, &'r Rational, Rational)> {
    let multiples = Interval::new(None, None, own.multiple_of.clone());
    let reached = others.meet(&multiples);
    let up = own.at_most.as_ref().and_then(|was| Some((true, was, reached.at_least(was)?)));
    let down = own.at_least.as_ref().and_then(|was| Some((false, was, reached.at_most(was)?)));
    let ends = up.into_iter().chain(down).filter(|(_, was, end)| *was != end);
    let (up, was, end) = ends.min_by_key(|(_, was, end)| (end - *was).abs())?;
    Some((up, was, written_end(&own.scale, &end, up)?))
}

/// The nearest end that can be written in the unit of a range, not short of one; nothing where it is too large.
pub(super) fn written_end(scale: &Scale, end: &Rational, up: bool) -> Option<Rational> {
    let one = match scale {
        Scale::Unit { factor, .. } => factor.clone(),
        Scale::Days | Scale::Months | Scale::Percent | Scale::Dates | Scale::Clock | Scale::Number => Rational::one(),
    };
    Some(&last_not_short_of(&end.checked_div(&one)?, up)? * &one)
}

/// How far an end moves, as a share of what it was: days of the calendar and times of day are no amounts.
fn way_to(scale: &Scale, was: &Rational, end: &Rational) -> Option<Rational> {
    if matches!(scale, Scale::Dates | Scale::Clock) { None } else { distance(was, end) }
}

/// A range with one end elsewhere.
pub(super) fn with_end(range: &RangeDomain, up: bool, end: &Rational) -> RangeDomain {
    let moved = Some(end.clone());
    if up { RangeDomain { at_most: moved, ..range.clone() } } else { RangeDomain { at_least: moved, ..range.clone() } }
}

/// To where an end moves, and which way: what is within the range already stays there.
fn moved_to(scale: &Scale, up: bool, end: &Rational) -> Text {
    let value = write::value(scale, end);
    match (scale, up) {
        (Scale::Dates, true) => Text::new("allow it until {day}").with("day", value),
        (Scale::Dates, false) => Text::new("allow it from {day} on").with("day", value),
        (Scale::Clock, true) => Text::new("allow it until {time}").with("time", value),
        (Scale::Clock, false) => Text::new("allow it from {time} on").with("time", value),
        (_, true) => Text::new("go up to {value}").with_text("value", words::value(&value)),
        (_, false) => Text::new("go down to {value}").with_text("value", words::value(&value)),
    }
}

/// One more choice accepted, which the other side says already, in its word for it.
fn accepting(own: &Statement, mine: &[Choice], choice: &Choice, other: &Side<'_>) -> (Text, TermDomain) {
    let added = Choice { node: own.node, costs: Vec::new(), points: None, ..choice.clone() };
    let value = words::value(other.word(choice.node).unwrap_or(&choice.value));
    let to = match &choice.at {
        Some(at) => Text::new("also accept {value} at {place}").with("place", at),
        None => Text::new("also accept {value}"),
    };
    (to.with_text("value", value), TermDomain::Choices(mine.iter().cloned().chain([added]).collect()))
}

/// A statement of a side with another domain, or left out.
pub(super) fn restated(candidate: &Candidate<'_>, role: Role, own: &Statement, (to, size, domain): Moved) -> Proposal {
    let edit = edited(candidate, role, own, domain);
    Proposal { role, statement: candidate.said(role, own.node), to, size, edit }
}

pub(super) fn edited(candidate: &Candidate<'_>, role: Role, own: &Statement, domain: Option<TermDomain>) -> TermEdit {
    candidate.edited(role, |terms| {
        terms.others.retain(|s| s.key != own.key);
        terms.others.extend(domain.map(|domain| Arc::new(Statement { domain, ..own.clone() })));
    })
}

/// What one side could accept beside what it says of each term on which costs are stated.
pub(super) fn widened(candidate: &Candidate<'_>, role: Role, does: &Does<'_>) -> Vec<Proposal> {
    let costly = candidate.sheet.issues.iter().filter(|issue| issue.carries_costs());
    costly.filter_map(|issue| widened_on(candidate, issue, role, does)).collect()
}

/// The nearest that one side could accept beside what it says of a term with costs or points.
pub(super) fn loosened(candidate: &Candidate<'_>, role: Role, key: &str, does: &Does<'_>) -> Option<Proposal> {
    let issue = candidate.sheet.issues.iter().find(|issue| issue.key == key)?;
    widened_on(candidate, issue, role, does)
}

/// One more option that the other side has, or an end of a range moved towards the other's.
fn widened_on(candidate: &Candidate<'_>, issue: &Issue<'_>, role: Role, does: &Does<'_>) -> Option<Proposal> {
    let own = issue.stated_by(role)?;
    let widened = |moved| restated(candidate, role, own, moved);
    match (&own.domain, issue.stated_by(role.other()).map(|other| &other.domain)) {
        (TermDomain::Choices(_), Some(TermDomain::Choices(_))) => {
            added(candidate, issue, role).map(|(_, proposal)| proposal).find(|proposal| does(&proposal.edit))
        }
        (TermDomain::Range(mine), Some(TermDomain::Range(theirs))) => {
            nearest_end(candidate, role, own, mine, &interval_of(theirs), does).map(widened)
        }
        (TermDomain::Range(mine), None) => nearest_end(candidate, role, own, mine, &Interval::all(), does).map(widened),
        _ => None,
    }
}

/// Each option of the other side that one side lacks, and that it accepts it too.
pub(super) fn added<'c>(
    candidate: &'c Candidate<'_>,
    issue: &Issue<'c>,
    role: Role,
) -> impl Iterator<Item = (&'c Choice, Proposal)> {
    let chosen = |role| Some((issue.stated_by(role)?, choices(issue.stated_by(role))?));
    let both = chosen(role).zip(chosen(role.other()));
    both.into_iter().flat_map(move |((own, mine), (_, theirs))| {
        let lacking = theirs.iter().filter(|choice| !mine.iter().any(|own| is_same_choice(own, choice)));
        lacking.map(move |choice| {
            let (to, domain) = accepting(own, mine, choice, candidate.side(role.other()));
            (choice, restated(candidate, role, own, (to, None, Some(domain))))
        })
    })
}

/// The end of a range that moves least, to where it does.
fn nearest_end(
    candidate: &Candidate<'_>,
    role: Role,
    own: &Statement,
    mine: &RangeDomain,
    theirs: &Interval,
    does: &Does<'_>,
) -> Option<Moved> {
    let moved = |up| {
        let way = way_of(mine, theirs, up)?;
        let at = |end: &Rational| Some(TermDomain::Range(with_end(mine, up, &written_end(&mine.scale, end, up)?)));
        let reaches = |end: &Rational| at(end).is_some_and(|moved| does(&edited(candidate, role, own, Some(moved))));
        let end = written_end(&mine.scale, &way.nearest(&reaches)?, up)?;
        Some((moved_to(&mine.scale, up, &end), way_to(&mine.scale, &way.from, &end), at(&end)))
    };
    let ends = [false, true].into_iter().filter_map(moved);
    ends.min_by(|(_, a, _), (_, b, _)| (a.is_none(), a).cmp(&(b.is_none(), b)))
}

/// Where an end of a range can go: as far as the other's, or where that has none, as far as it takes.
fn way_of(mine: &RangeDomain, theirs: &Interval, up: bool) -> Option<Way> {
    let own = interval_of(mine);
    let (from, until) = if up { (own.hi()?, theirs.hi()) } else { (own.lo()?, theirs.lo()) };
    let step = match (&mine.multiple_of, &mine.scale) {
        (Some(step), _) => step.clone(),
        (None, Scale::Days | Scale::Months | Scale::Dates | Scale::Clock | Scale::Percent | Scale::Number) => {
            Rational::one()
        }
        (None, Scale::Unit { factor, .. }) => factor.clone(),
    };
    // Days of the calendar and times of day have no end that would be worth nothing to move.
    let goes_on = matches!(mine.scale, Scale::Days | Scale::Months | Scale::Number | Scale::Unit { .. });
    let is_natural = !up && matches!(mine.scale, Scale::Percent);
    let way = Way {
        from: from.clone(),
        up,
        step,
        least: Rational::zero(),
        marks: until.into_iter().cloned().collect(),
        beyond_marks: until.is_none() && (goes_on || is_natural),
    };
    let may_move = until.is_none_or(|until| if up { until > from } else { until < from });
    may_move.then_some(way)
}
