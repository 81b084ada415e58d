//! Changes of properties: the item has what is asked, or the need takes it as it is.

use super::terms::{nearer_end, with_end, written_end};
use super::{Proposal, TermEdit, distance};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{Property, RangeDomain};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::clash::Clash;
use crate::negotiate::outcome::Statement;
use crate::negotiate::terms::{interval_of, same_scale};
use crate::negotiate::{words, write};
use crate::syntax::At;
use crate::value::Rational;

/// The offer states a property as it is asked, or the need takes what the offer states of it.
pub(super) fn of_clash(candidate: &Candidate<'_>, clash: &Clash) -> Vec<Proposal> {
    let Some(name) = clash.asked.as_deref() else { return Vec::new() };
    let said_by = |role| candidate.terms(role).properties.as_ref()?.value.get(name).map(|property| &property.value);
    let (Some(asked), [offered, needed]) = (said_by(Role::Receiver), clash.said.as_slice()) else { return Vec::new() };
    let mut offered = offered.clone();
    if said_by(Role::Provider).is_none() && candidate.offer_terms.properties.is_some() {
        // What stands beside it says nothing of it.
        offered = Statement { path: format!("{}.{name}", offered.path), in_words: None, is_silent: true, ..offered };
    }
    let stated = stated_as_asked(asked).map(|(to, property)| (Role::Provider, offered, to, None, Some(property)));
    let (to, size, property) = taken(asked, said_by(Role::Provider));
    let moves = stated.into_iter().chain([(Role::Receiver, needed.clone(), to, size, property)]);
    let proposal = |(role, statement, to, size, property): (_, _, Text, _, _)| Proposal {
        role,
        statement,
        to: to.with("property", name),
        size,
        edit: edited(candidate, role, name, property),
    };
    moves.map(proposal).collect()
}

/// A side saying something else of a property, or nothing.
fn edited(candidate: &Candidate<'_>, role: Role, name: &str, property: Option<Property>) -> TermEdit {
    candidate.edited(role, |terms| {
        let mut all = terms.properties.take().unwrap_or(At { node: candidate.line(role).node, value: <_>::default() });
        let node = all.value.shift_remove(name).map_or(all.node, |stated| stated.node);
        all.value.extend(property.map(|value| (name.into(), At { node, value })));
        terms.properties = Some(all).filter(|all| !all.value.is_empty());
    })
}

/// What an offer would say of a property that is asked, in words and as it can be written; nothing where it cannot.
fn stated_as_asked(asked: &Property) -> Option<(Text, Property)> {
    let (value, property) = match asked {
        Property::Texts(texts) => (words::either(texts.iter().map(|text| words::written(text)))?, asked.clone()),
        Property::Range(range) => {
            let written = written(range)?;
            (in_words(&written)?, Property::Range(written))
        }
    };
    Some((Text::new("state `{property}` as it is asked: {value}").with_text("value", value), property))
}

/// What of a range can be written in its unit: no end lies outside, and multiples that cannot be written are left out.
fn written(range: &RangeDomain) -> Option<RangeDomain> {
    let end = |end: &Option<Rational>, up| end.as_ref().map(|end| written_end(&range.scale, end, up));
    let step = range.multiple_of.as_ref().filter(|step| written_end(&range.scale, step, true).as_ref() == Some(step));
    let at_least = end(&range.at_least, true).map_or(Some(None), |end| end.map(Some))?;
    let at_most = end(&range.at_most, false).map_or(Some(None), |end| end.map(Some))?;
    let written = RangeDomain { at_least, at_most, multiple_of: step.cloned(), ..range.clone() };
    (!interval_of(&written).is_empty()).then_some(written)
}

/// What a need would say to take what is stated, how far it moves, and what it would then ask; of what is not stated, or is of
/// another kind, it asks nothing.
fn taken(asked: &Property, stated: Option<&Property>) -> (Text, Option<Rational>, Option<Property>) {
    let moved = match (asked, stated) {
        (Property::Texts(asked), Some(Property::Texts(stated))) => stated.first().map(|text| {
            let texts = asked.iter().chain([text]).cloned().collect();
            (Text::new("also accept {value} as `{property}`").with("value", text), None, Some(Property::Texts(texts)))
        }),
        (Property::Range(asked), Some(Property::Range(stated))) if same_scale(&asked.scale, &stated.scale) => {
            moved_end(asked, stated)
        }
        _ => None,
    };
    moved.unwrap_or((Text::new("do not ask for `{property}`"), None, None))
}

fn moved_end(asked: &RangeDomain, stated: &RangeDomain) -> Option<(Text, Option<Rational>, Option<Property>)> {
    let (up, was, end) = nearer_end(asked, &interval_of(stated))?;
    let to = match up {
        true => Text::new("accept `{property}` up to {value}"),
        false => Text::new("accept `{property}` down to {value}"),
    };
    let size = distance(was, &end);
    let to = to.with("value", write::value(&asked.scale, &end));
    Some((to, size, Some(Property::Range(with_end(asked, up, &end)))))
}

/// A range of a property.
fn in_words(range: &RangeDomain) -> Option<Text> {
    let end = |end: &Option<Rational>| end.as_ref().map(|end| write::value(&range.scale, end));
    let [least, most, step] = [&range.at_least, &range.at_most, &range.multiple_of].map(end);
    let exact = least.clone().filter(|_| least == most).map(|exact| words::written(&exact));
    let between = exact.or_else(|| words::between(least.as_deref(), most.as_deref()));
    match (between, step) {
        (Some(range), Some(step)) => Some(words::in_multiples(range, &step)),
        (range, step) => range.or_else(|| Some(words::multiples(&step?))),
    }
}
