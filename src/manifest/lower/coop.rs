//! Who speaks: identity, place, certificates, circuits and time.

use smol_str::SmolStr;

use super::reader::Reader;
use super::words::Address;
use crate::by_name::ByName;
use crate::diagnostic::Text;
use crate::manifest::model::{Certificate, Circuit, Contact, Coop, Place, Window};
use crate::manifest::wire::{self, Named, OneOrMany};
use crate::syntax::At;
use crate::vocab::codes;

/// The `id` of the coop as it is written.
pub(super) fn id(manifest: &wire::Manifest) -> Option<&str> {
    manifest.coop.as_ref().and_then(|coop| coop.value.id.as_ref()).map(|id| id.value.as_str())
}

/// `None` where there is no coop or it has no `id`, without which nothing can be computed.
pub(super) fn coop(reader: &mut Reader<'_>, written: Option<&At<wire::Coop>>) -> Option<Coop> {
    let value = &written?.value;
    // A wrong address is told, and still names the coop, so that the rest can be looked at.
    let id = value.id.clone();
    if let Some(id) = &id {
        reader.address(id, Address::Identity);
    }
    Some(Coop {
        name: reader.text(&value.name).unwrap_or_default(),
        legal_form: value
            .legal_form
            .as_ref()
            .and_then(|form| reader.word(codes::LEGAL_FORMS, Text::new("the legal form"), form))
            .unwrap_or_default(),
        place: value.place.as_ref().map(|place| self::place(reader, &place.value)).unwrap_or_default(),
        members: value.members.as_ref().and_then(|members| self::members(reader, members)),
        identifiers: texts(&value.identifiers),
        member_of: reader.each(value.member_of.as_ref(), |reader, text| reader.address(text, Address::Identity)),
        practices: texts_of(value.practices.as_ref()),
        languages: reader.each(value.languages.as_ref(), Reader::language),
        contact: value.contact.as_ref().map(|contact| self::contact(reader, &contact.value)).unwrap_or_default(),
        certificates: certificates(reader, &value.certificates),
        id: id?.map(|id| id.clone()),
    })
}

/// How many members there are: a coop of none is no coop.
fn members(reader: &mut Reader<'_>, text: &At<SmolStr>) -> Option<u64> {
    let members = reader.count(text)?;
    reader.is_something(text, members == 0, "24").then_some(members)
}

fn place(reader: &mut Reader<'_>, written: &wire::Place) -> Place {
    let country = written.country.as_ref().map(|country| country.value.as_str());
    let region = written.subdivision.as_ref().map(|code| code.value.as_str());
    Place {
        country: written.country.as_ref().and_then(|country| reader.country(country, region)).unwrap_or_default(),
        subdivision: written.subdivision.as_ref().and_then(|code| reader.subdivision(code, country)),
        locality: reader.text(&written.locality),
        address: reader.text(&written.address),
    }
}

fn contact(reader: &mut Reader<'_>, written: &wire::Contact) -> Contact {
    Contact {
        email: reader.text(&written.email),
        phone: reader.text(&written.phone),
        signatory: reader.text(&written.signatory),
        office: reader.text(&written.office),
    }
}

fn texts(written: &Named<SmolStr>) -> ByName<SmolStr> {
    let entries = written.iter().flat_map(|entries| &entries.value);
    entries.map(|(name, text)| (name.clone(), text.value.clone())).collect()
}

/// The texts of a list; practices are an open list.
fn texts_of(written: Option<&At<OneOrMany>>) -> Vec<SmolStr> {
    written.iter().flat_map(|list| list.each()).map(|(_, text)| text.clone()).collect()
}

fn certificates(reader: &mut Reader<'_>, written: &Named<wire::Certificate>) -> ByName<Certificate> {
    let entries = written.iter().flat_map(|entries| &entries.value);
    let read = entries.map(|(name, certificate)| {
        let value = &certificate.value;
        let certificate = Certificate {
            number: reader.text(&value.number),
            issuer: reader.text(&value.issuer),
            until: reader.field(&value.until),
            evidence: value.evidence.as_ref().and_then(|uri| reader.address(uri, Address::Web)),
        };
        (name.clone(), certificate)
    });
    read.collect()
}

/// Circuits by name; one whose URI cannot be read is still declared.
pub(super) fn circuits(reader: &mut Reader<'_>, written: &Named<wire::Circuit>) -> ByName<Circuit> {
    let entries = written.iter().flat_map(|entries| &entries.value);
    let read = entries.map(|(name, circuit)| {
        let value = &circuit.value;
        let circuit = Circuit {
            id: value.id.as_ref().and_then(|id| reader.address(id, Address::Identity)).unwrap_or_default(),
            unit: value.unit.as_ref().and_then(|unit| reader.money(unit)),
            limit: value.limit.as_ref().and_then(|limit| reader.money(limit)),
        };
        (name.clone(), circuit)
    });
    read.collect()
}

/// A span of days.
pub(super) fn window(reader: &mut Reader<'_>, written: Option<&At<wire::Window>>) -> Window {
    let Some(written) = written else {
        return Window::default();
    };
    Window { from: reader.field(&written.value.from), until: reader.field(&written.value.until) }
}
