//! Who speaks, until when, in which circuits, and what the coop's own words for units mean.

use super::phrases::Teller;
use super::{Block, Script};
use crate::syntax::NodeId;
use crate::vocab::codes;

pub(super) fn tell(teller: &Teller<'_>, script: &mut Script<'_>) {
    if let Some(version) = teller.text(teller.document.root(), "clm") {
        script.sentence("language", &[("version", version)]);
    }
    if let Some(coop) = teller.at(&["coop"]) {
        script.section("section.who");
        identity(teller, script, coop);
        inner_life(teller, script, coop);
        contact(teller, script, coop);
        certificates(teller, script, coop);
    }
    if let Some(window) = teller.at(&["valid"]).and_then(|node| teller.window(node)) {
        script.point("valid_manifest", &[("window", &window)]);
    }
    circuits(teller, script);
    units(teller, script, teller.at(&["units"]));
}

fn identity(teller: &Teller<'_>, script: &mut Script<'_>, coop: NodeId) {
    let form = teller.speech.wording.code(codes::LEGAL_FORMS, teller.text(coop, "legal_form").unwrap_or_default());
    script.point("who.name", &[("name", teller.text(coop, "name").unwrap_or_default()), ("form", &form)]);
    let place = teller.document.get(coop, "place").map(|place| teller.place(place)).unwrap_or_default();
    script.point("who.place", &[("place", &place)]);
    script.point("who.id", &[("id", teller.text(coop, "id").unwrap_or_default())]);
}

fn inner_life(teller: &Teller<'_>, script: &mut Script<'_>, coop: NodeId) {
    let get = |key: &str| teller.document.get(coop, key);
    if let Some(members) = teller.text(coop, "members") {
        let key = if teller.speech.locale().is_singular(members) { "who.member" } else { "who.members" };
        script.point(key, &[("members", &teller.speech.wording.locale.number(members))]);
    }
    for entry in teller.entries(get("identifiers")) {
        let number = teller.document.text(entry.value).unwrap_or_default();
        script.point("who.identifier", &[("scheme", &entry.key), ("number", number)]);
    }
    let each =
        |key: &str, name: &dyn Fn(&str) -> String| teller.texts(get(key)).into_iter().map(name).collect::<Vec<_>>();
    for (said, sentence) in [
        (each("member_of", &str::to_owned), "who.member_of"),
        (each("practices", &|practice| teller.speech.named(codes::PRACTICES, practice)), "who.practices"),
        (each("languages", &|tag| teller.speech.language(tag)), "who.languages"),
    ] {
        if !said.is_empty() {
            script.point(sentence, &[("list", &teller.speech.all(&said))]);
        }
    }
}

fn contact(teller: &Teller<'_>, script: &mut Script<'_>, coop: NodeId) {
    let Some(contact) = teller.document.get(coop, "contact") else { return };
    script.point_of("who.email", "email", teller.text(contact, "email"));
    script.point_of("who.phone", "phone", teller.text(contact, "phone"));
    script.point_of("who.signatory", "signatory", teller.text(contact, "signatory"));
    script.point_of("who.office", "office", teller.text(contact, "office"));
}

fn certificates(teller: &Teller<'_>, script: &mut Script<'_>, coop: NodeId) {
    for entry in teller.entries(teller.document.get(coop, "certificates")) {
        let part = |key: &str, sentence: &str| {
            let text = teller.text(entry.value, key)?;
            let text = if key == "until" { teller.speech.date(text) } else { text.to_owned() };
            Some(teller.speech.say(sentence, &[("value", &text)]))
        };
        let parts = [
            Some(teller.speech.named(codes::CERTIFICATES, &entry.key)),
            part("number", "certificate.number"),
            part("issuer", "certificate.issuer"),
            part("until", "certificate.until"),
            part("evidence", "certificate.evidence"),
        ];
        let said: Vec<String> = parts.into_iter().flatten().collect();
        script.point("who.certificate", &[("certificate", &said.join(", "))]);
    }
}

fn circuits(teller: &Teller<'_>, script: &mut Script<'_>) {
    for entry in teller.entries(teller.at(&["circuits"])) {
        let id = teller.text(entry.value, "id").unwrap_or_default();
        script.point("circuit", &[("name", &entry.key), ("id", id)]);
        for (key, sentence) in [("unit", "circuit.unit"), ("limit", "circuit.limit")] {
            if let Some(money) = teller.text(entry.value, key) {
                let money = teller.speech.measure(money);
                script.point(sentence, &[("name", &entry.key), ("money", &money)]);
            }
        }
    }
}

/// What the words for units mean that are declared at a node.
pub(super) fn units(teller: &Teller<'_>, script: &mut Script<'_>, node: Option<NodeId>) {
    for entry in teller.entries(node) {
        let sizes = teller.sizes(entry.value);
        let unit = teller.speech.wording.unit(&entry.key, true);
        let unit = if unit == entry.key.as_str() { unit } else { format!("{unit} ({})", entry.key) };
        script.blocks.push(Block::Point(teller.speech.say("unit_means", &[("unit", &unit), ("size", &sizes)])));
    }
}

impl Teller<'_> {
    /// What one of a declared unit is.
    pub fn sizes(&self, node: NodeId) -> String {
        let sizes = self.texts(Some(node)).into_iter().map(|size| self.speech.measure(size));
        sizes.collect::<Vec<_>>().join("; ")
    }

    /// An address from the street to the country, or a part of it.
    pub(super) fn place(&self, node: NodeId) -> String {
        let part = |key: &str| self.text(node, key).map(str::to_owned);
        let subdivision = self.text(node, "subdivision").map(|code| self.speech.subdivision(code));
        let country = self.text(node, "country").map(|code| self.speech.country(code));
        let parts = [part("address"), part("locality"), subdivision, country];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// From when and until when something holds; `None` where neither is written.
    pub fn window(&self, node: NodeId) -> Option<String> {
        let day = |key: &str| self.text(node, key).map(|date| self.speech.date(date));
        Some(match (day("from"), day("until")) {
            (Some(from), Some(until)) => self.speech.say("window.both", &[("from", &from), ("until", &until)]),
            (Some(from), None) => self.speech.say("window.from", &[("from", &from)]),
            (None, Some(until)) => self.speech.say("window.until", &[("until", &until)]),
            (None, None) => return None,
        })
    }
}
