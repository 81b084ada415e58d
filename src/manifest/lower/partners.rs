//! Who is granted what: classes of partners, `with`, and operations.

use smol_str::SmolStr;

use super::reader::Reader;
use super::words::Address;
use crate::by_name::ByName;
use crate::diagnostic::Text;
use crate::manifest::model::{Audience, Condition, Fact, Operation, PlacePattern};
use crate::manifest::wire::{self, OneOrMany};
use crate::syntax::{At, NodeId};
use crate::vocab::codes;
use crate::vocab::switch::Switch;

/// Classes by name. A class whose condition cannot be read is still declared.
pub(super) fn classes(reader: &mut Reader<'_>, partners: &wire::Named<wire::Condition>) -> ByName<At<Condition>> {
    let entries = partners.iter().flat_map(|partners| &partners.value);
    entries.map(|(name, written)| (name.clone(), class(reader, written))).collect()
}

/// Several keys together mean all of them.
fn class(reader: &mut Reader<'_>, written: &At<wire::Condition>) -> At<Condition> {
    let parts = parts(reader, written);
    At { node: written.node, value: Condition::All(parts) }
}

/// The same inside another condition, where a key alone stands for itself.
fn condition(reader: &mut Reader<'_>, written: &At<wire::Condition>) -> At<Condition> {
    match <[_; 1]>::try_from(parts(reader, written)) {
        Ok([only]) => only,
        Err(parts) => At { node: written.node, value: Condition::All(parts) },
    }
}

fn parts(reader: &mut Reader<'_>, written: &At<wire::Condition>) -> Vec<At<Condition>> {
    let mut parts = facts(reader, &written.value);
    parts.extend(joined(reader, written));
    parts
}

fn facts(reader: &mut Reader<'_>, written: &wire::Condition) -> Vec<At<Condition>> {
    let mut parts = Vec::new();
    let mut add = |node: NodeId, fact: Fact| parts.push(At { node, value: Condition::Fact(fact) });
    if let Some(list) = &written.legal_form {
        add(
            list.node,
            Fact::LegalForm(
                reader.each(Some(list), |reader, text| {
                    reader.word(codes::LEGAL_FORMS, Text::new("the legal form"), text)
                }),
            ),
        );
    }
    if let Some(list) = &written.member_of {
        add(list.node, Fact::MemberOf(reader.each(Some(list), |reader, text| reader.address(text, Address::Identity))));
    }
    if let Some(list) = &written.practice {
        add(list.node, Fact::Practice(texts(list)));
    }
    if let Some(list) = &written.place {
        let places = list.each().map(|(_, place)| place_pattern(reader, place)).collect();
        add(list.node, Fact::Place(places));
    }
    if let Some(count) = &written.members {
        add(count.node, members(reader, count));
    }
    if let Some(list) = &written.id {
        add(list.node, Fact::Id(reader.each(Some(list), |reader, text| reader.address(text, Address::Identity))));
    }
    if let Some(list) = &written.certificate {
        add(list.node, Fact::Certificate(texts(list)));
    }
    if let Some(list) = &written.grants {
        add(list.node, Fact::Grants(texts(list)));
    }
    if let Some(list) = &written.partner {
        add(list.node, Fact::Partner(texts(list)));
    }
    parts
}

fn joined(reader: &mut Reader<'_>, written: &At<wire::Condition>) -> Vec<At<Condition>> {
    let mut out = Vec::new();
    let mut add = |reader: &mut Reader<'_>,
                   list: &Option<At<Vec<At<wire::Condition>>>>,
                   join: fn(Vec<At<Condition>>) -> Condition| {
        if let Some(list) = list {
            let parts = list.value.iter().map(|part| condition(reader, part)).collect();
            out.push(At { node: list.node, value: join(parts) });
        }
    };
    add(reader, &written.value.all_of, Condition::All);
    add(reader, &written.value.any_of, Condition::Any);
    add(reader, &written.value.none_of, Condition::None);
    if let (Some(count), Some(of)) = (&written.value.at_least, &written.value.of)
        && let Some(count) = reader.count(count)
    {
        let parts = of.value.iter().map(|part| condition(reader, part)).collect();
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        out.push(At { node: written.node, value: Condition::AtLeast(count, parts) });
    }
    out
}

fn place_pattern(reader: &mut Reader<'_>, written: &wire::PlacePattern) -> PlacePattern {
    let country = written.country.as_ref().map(|country| country.value.as_str());
    let region = written.subdivision.as_ref().map(|code| code.value.as_str());
    PlacePattern {
        country: written.country.as_ref().and_then(|country| reader.country(country, region)),
        subdivision: written.subdivision.as_ref().and_then(|code| reader.subdivision(code, country)),
        locality: reader.text(&written.locality),
    }
}

fn members(reader: &mut Reader<'_>, written: &At<wire::Count>) -> Fact {
    match &written.value {
        wire::Count::Scalar(text) => {
            let exactly = reader.count(&At { node: written.node, value: text.clone() });
            Fact::Members { at_least: exactly, at_most: exactly }
        }
        wire::Count::Range(range) => Fact::Members {
            at_least: range.at_least.as_ref().and_then(|low| reader.count(low)),
            at_most: range.at_most.as_ref().and_then(|high| reader.count(high)),
        },
    }
}

fn texts(list: &At<OneOrMany>) -> Vec<SmolStr> {
    list.each().map(|(_, text)| text.clone()).collect()
}

/// For whom, where it is written here, else as `else_` says; the node is where it is written, else `here`.
pub(super) fn audience(
    written: Option<&At<OneOrMany>>,
    inherited: Option<&At<OneOrMany>>,
    here: NodeId,
    else_: Audience,
) -> At<Audience> {
    let Some(list) = written.or(inherited) else {
        return At { node: here, value: else_ };
    };
    let names: Vec<At<SmolStr>> = list.each().map(|(node, name)| At { node, value: name.clone() }).collect();
    let anyone = matches!(names.as_slice(), [only] if only.value == "anyone");
    At { node: list.node, value: if anyone { Audience::Anyone } else { Audience::Classes(names) } }
}

/// What our system does with partners' systems.
pub(super) fn operations(reader: &mut Reader<'_>, manifest: &wire::Manifest) -> ByName<Operation> {
    let entries = manifest.operations.iter().flat_map(|operations| &operations.value.entries);
    entries.map(|(name, written)| (name.clone(), operation(reader, written, manifest.with.as_ref()))).collect()
}

fn operation(reader: &mut Reader<'_>, written: &At<wire::Operation>, top: Option<&At<OneOrMany>>) -> Operation {
    let value = &written.value;
    Operation {
        node: written.node,
        with: audience(value.with.as_ref(), top, written.node, Audience::Nobody),
        formats: formats(reader, value.formats.as_ref()),
        endpoint: value.endpoint.as_ref().and_then(|uri| reader.address(uri, Address::Web)),
        detail: value.detail.as_ref().and_then(|detail| reader.word(codes::DETAILS, Text::new("the detail"), detail)),
        notice: reader.field(&value.notice).map(|notice| notice.value),
    }
}

/// The formats of messages. They have names of any kind, save the words that switch an operation on or off elsewhere: whoever
/// writes `formats: off` wants no messages, and would grant them.
fn formats(reader: &mut Reader<'_>, written: Option<&At<OneOrMany>>) -> Vec<At<SmolStr>> {
    let mut formats = Vec::new();
    for (node, format) in written.into_iter().flat_map(At::each) {
        match Switch::of(format) {
            Some(switch) => reader.no_format(node, format, switch),
            None => formats.push(At { node, value: format.clone() }),
        }
    }
    formats
}
