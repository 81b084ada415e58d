//! Changes of properties: the item has what is asked, or the need takes it as it is.

use super::terms::{nearer_end, overlooking};
use super::{Proposal, distance};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{Property, RangeDomain};
use crate::negotiate::candidate::Candidate;
use crate::negotiate::clash::Clash;
use crate::negotiate::outcome::Statement;
use crate::negotiate::terms::{interval_of, same_scale};
use crate::negotiate::{words, write};
use crate::value::Rational;

/// The offer states a property as it is asked, or the need takes what the offer states of it.
pub(super) fn of_clash(candidate: &Candidate<'_>, clash: &Clash) -> Vec<Proposal> {
    let Some(name) = clash.property.as_deref() else { return Vec::new() };
    let said_by = |role| candidate.terms(role).properties.as_ref()?.value.get(name).map(|property| &property.value);
    let Some((asked, value)) = said_by(Role::Receiver).and_then(|asked| Some((asked, in_words(asked)?))) else {
        return Vec::new();
    };
    let stated = Text::new("state `{property}` as it is asked: {value}").with_text("value", value);
    let (taken, size) = taken(asked, said_by(Role::Provider));
    let [offered, needed] = clash.said.as_slice() else { return Vec::new() };
    let mut offered = offered.clone();
    if said_by(Role::Provider).is_none() && candidate.offer_terms.properties.is_some() {
        // What stands beside it says nothing of it.
        offered = Statement { path: format!("{}.{name}", offered.path), in_words: None, is_silent: true, ..offered };
    }
    let moves = [(stated, None, &offered), (taken, size, needed)];
    let proposal = |(to, size, statement): (Text, Option<Rational>, &Statement)| {
        Some(Proposal { size, ..overlooking(clash, statement, to.with("property", name))? })
    };
    moves.into_iter().filter_map(proposal).collect()
}

/// What a need would say to take what is stated, and how far it moves; of what is not stated, or is of another kind, it
/// asks nothing.
fn taken(asked: &Property, stated: Option<&Property>) -> (Text, Option<Rational>) {
    let moved = match (asked, stated) {
        (Property::Texts(_), Some(Property::Texts(stated))) => {
            stated.first().map(|text| (Text::new("also accept {value} as `{property}`").with("value", text), None))
        }
        (Property::Range(asked), Some(Property::Range(stated))) if same_scale(&asked.scale, &stated.scale) => {
            moved_end(asked, stated)
        }
        _ => None,
    };
    moved.unwrap_or((Text::new("do not ask for `{property}`"), None))
}

fn moved_end(asked: &RangeDomain, stated: &RangeDomain) -> Option<(Text, Option<Rational>)> {
    let (up, was, end) = nearer_end(asked, &interval_of(stated))?;
    let to = match up {
        true => Text::new("accept `{property}` up to {value}"),
        false => Text::new("accept `{property}` down to {value}"),
    };
    Some((to.with("value", write::value(&asked.scale, &end)), distance(was, &end)))
}

/// What is asked of a property; of several texts any would do.
fn in_words(asked: &Property) -> Option<Text> {
    match asked {
        Property::Texts(texts) => words::either(texts.iter().map(|text| words::written(text))),
        Property::Range(range) => {
            let end = |end: &Option<Rational>| end.as_ref().map(|end| write::value(&range.scale, end));
            let [least, most, step] = [&range.at_least, &range.at_most, &range.multiple_of].map(end);
            let exact = least.clone().filter(|_| least == most).map(|exact| words::written(&exact));
            let between = exact.or_else(|| words::between(least.as_deref(), most.as_deref()));
            match (between, step) {
                (Some(range), Some(step)) => Some(words::in_multiples(range, &step)),
                (range, step) => range.or_else(|| Some(words::multiples(&step?))),
            }
        }
    }
}
