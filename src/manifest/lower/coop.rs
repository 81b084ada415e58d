//! Who speaks: identity, place, certificates, circuits and time.

use indexmap::IndexMap;

use super::reader::Reader;
use crate::manifest::model::{Certificate, Circuit, Contact, Coop, Place, Window};
use crate::manifest::wire::{self, Named};
use crate::syntax::At;
use crate::value::{Date, Money};
use crate::vocab::{codes, countries};

/// The `id` of the coop as it is written.
pub(super) fn id(manifest: &wire::Manifest) -> Option<&str> {
    manifest.coop.as_ref().and_then(|coop| coop.value.id.as_ref()).map(|id| id.value.as_str())
}

/// `None` where there is no coop or it has no `id`, without which nothing can be computed.
pub(super) fn coop(reader: &mut Reader<'_>, written: Option<&At<wire::Coop>>) -> Option<Coop> {
    let value = &written?.value;
    let id = reader.field(&value.id, codes::uri);
    Some(Coop {
        name: reader.text(&value.name).unwrap_or_default(),
        legal_form: reader.code(&value.legal_form, codes::legal_form).unwrap_or_default(),
        place: value.place.as_ref().map(|place| self::place(reader, &place.value)).unwrap_or_default(),
        members: value.members.as_ref().and_then(|members| reader.count(members)),
        identifiers: texts(&value.identifiers),
        member_of: reader.list(value.member_of.as_ref(), codes::uri),
        practices: reader.list(value.practices.as_ref(), codes::practice),
        languages: reader.list(value.languages.as_ref(), codes::language),
        contact: value.contact.as_ref().map(|contact| self::contact(reader, &contact.value)).unwrap_or_default(),
        certificates: certificates(reader, &value.certificates),
        id: id?,
    })
}

fn place(reader: &mut Reader<'_>, written: &wire::Place) -> Place {
    Place {
        country: reader.code(&written.country, countries::country).unwrap_or_default(),
        subdivision: reader.code(&written.subdivision, countries::subdivision),
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

fn texts(written: &Named<String>) -> IndexMap<String, String> {
    let entries = written.iter().flat_map(|entries| &entries.value);
    entries.map(|(name, text)| (name.clone(), text.value.clone())).collect()
}

fn certificates(reader: &mut Reader<'_>, written: &Named<wire::Certificate>) -> IndexMap<String, Certificate> {
    let entries = written.iter().flat_map(|entries| &entries.value);
    let read = entries.map(|(name, certificate)| {
        let value = &certificate.value;
        let certificate = Certificate {
            number: reader.text(&value.number),
            issuer: reader.text(&value.issuer),
            until: reader.field(&value.until, Date::parse),
            evidence: reader.code(&value.evidence, codes::uri),
        };
        (name.clone(), certificate)
    });
    read.collect()
}

/// Circuits by name; one whose URI cannot be read is still declared.
pub(super) fn circuits(reader: &mut Reader<'_>, written: &Named<wire::Circuit>) -> IndexMap<String, Circuit> {
    let entries = written.iter().flat_map(|entries| &entries.value);
    let read = entries.map(|(name, circuit)| {
        let value = &circuit.value;
        let circuit = Circuit {
            id: reader.code(&value.id, codes::uri).unwrap_or_default(),
            unit: reader.field(&value.unit, Money::parse).map(|unit| unit.value),
            limit: reader.field(&value.limit, Money::parse).map(|limit| limit.value),
        };
        (name.clone(), circuit)
    });
    read.collect()
}

/// A span of days.
pub(super) fn window(reader: &mut Reader<'_>, written: Option<&At<wire::Window>>) -> Window {
    let Some(written) = written else { return Window::default() };
    Window {
        from: reader.field(&written.value.from, Date::parse),
        until: reader.field(&written.value.until, Date::parse),
    }
}
