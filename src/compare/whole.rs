//! What a manifest states beside its lines: the coop, classes, operations, circuits, the agreement as a whole.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::facts::{Entry, Extent, List, Said};
use super::meaning::{self, Measures};
use crate::by_name::ByName;
use crate::manifest::model::{Coop, Manifest, Operation, Recipe};
use crate::negotiate::Side;
use crate::reading::Speech;
use crate::syntax::NodeId;
use crate::vocab::codes;
use crate::vocab::terms::Scope;
use crate::vocab::units::Units;

/// The node under a path of keys, or the root.
fn node_at(side: &Side<'_>, path: &[&str]) -> NodeId {
    let document = side.document;
    path.iter().fold(document.root(), |node, key| document.get(node, key).unwrap_or(node))
}

fn one(text: &str) -> Extent {
    Extent::Stated(BTreeSet::from([text.to_owned()]))
}

/// Who speaks.
pub(super) fn coop(list: &mut List<'_>, side: &Side<'_>, coop: &Coop) {
    let entry = Entry {
        path: "coop".to_owned(),
        name: list.speech.word("entry.coop").to_owned(),
        node: node_at(side, &["coop"]),
    };
    list.add_text(&entry, "id", Some(&coop.id.value), one(&coop.id.value));
    list.add_text(&entry, "name", Some(&coop.name), Extent::Neutral);
    let form = list.speech.code(codes::LEGAL_FORMS, &coop.legal_form);
    add_code(list, &entry, "legal_form", &coop.legal_form, form);
    let place = &coop.place;
    let country = (&place.country, list.speech.country(&place.country));
    let subdivision = place.subdivision.as_ref().map(|code| (code, list.speech.subdivision(code)));
    let locality = place.locality.as_ref().map(|town| (town, town.to_string()));
    for (key, part) in
        [("place.country", Some(country)), ("place.subdivision", subdivision), ("place.locality", locality)]
    {
        let Some((code, words)) = part else { continue };
        add_code(list, &entry, key, code, words);
    }
    list.add_text(&entry, "place.address", place.address.as_deref(), Extent::Neutral);
    if let Some(members) = coop.members.map(|members| members.to_string()) {
        list.add_text(&entry, "members", Some(&members), Extent::Opaque);
    }
    for (scheme, number) in &coop.identifiers {
        let said =
            Said { meaning: number.to_string(), words: number.to_string(), extent: Extent::Neutral, node: entry.node };
        list.add(&entry, &format!("identifiers.{scheme}"), scheme.to_string(), said);
    }
    stated(list, &entry, "member_of", &coop.member_of, |_, federation| federation.to_owned());
    stated(list, &entry, "practices", &coop.practices, |speech, practice| speech.named(codes::PRACTICES, practice));
    if !coop.languages.is_empty() {
        let names: Vec<String> = coop.languages.iter().map(|tag| list.speech.language(tag)).collect();
        let node = list.teller.under(entry.node, "languages");
        let (meaning, words) = (coop.languages.join(", "), list.speech.all(&names));
        let label = list.speech.word("part.languages").to_owned();
        list.add(&entry, "languages", label, Said { meaning, words, extent: Extent::Neutral, node });
    }
    let contact = &coop.contact;
    for (key, value) in [
        ("contact.email", &contact.email),
        ("contact.phone", &contact.phone),
        ("contact.signatory", &contact.signatory),
        ("contact.office", &contact.office),
    ] {
        list.add_text(&entry, key, value.as_deref(), Extent::Neutral);
    }
    for (name, held) in &coop.certificates {
        let until = held.until.as_ref().map(|day| day.value.to_string().into());
        let parts = [held.number.clone(), held.issuer.clone(), until, held.evidence.clone()];
        let words = parts.iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        let words = if words.is_empty() { list.speech.word("stated").to_owned() } else { words };
        let said = Said { meaning: format!("{parts:?}"), words, extent: one(name), node: entry.node };
        let name_in_words = list.speech.named(codes::CERTIFICATES, name);
        let label = list.speech.say("part.certificate", &[("name", &name_in_words)]);
        list.add(&entry, &format!("certificates.{name}"), label, said);
    }
}

/// A code of the coop, for which others may ask, in words.
fn add_code(list: &mut List<'_>, entry: &Entry, key: &str, code: &str, words: String) {
    let label = list.speech.word(&format!("part.{key}")).to_owned();
    let node = list.teller.under(entry.node, key);
    list.add(entry, key, label, Said { meaning: code.to_owned(), words, extent: one(code), node });
}

/// A list of facts, of which each may be asked for.
fn stated(list: &mut List<'_>, entry: &Entry, key: &str, values: &[SmolStr], name: impl Fn(&Speech, &str) -> String) {
    if values.is_empty() {
        return;
    }
    let names: Vec<String> = values.iter().map(|value| name(list.speech, value)).collect();
    let values: Vec<String> = values.iter().map(SmolStr::to_string).collect();
    let said = Said {
        meaning: meaning::sorted(values.iter().cloned()),
        words: list.speech.all(&names),
        extent: Extent::Stated(values.into_iter().collect()),
        node: entry.node,
    };
    let label = list.speech.word(&format!("part.{key}")).to_owned();
    list.add(entry, key, label, said);
}

/// Everything that is neither the coop nor a line.
pub(super) fn rest(list: &mut List<'_>, side: &Side<'_>, manifest: &Manifest) {
    // What is said of the manifest as a whole stands at its top.
    let all = Entry {
        path: String::new(),
        name: list.speech.word("entry.manifest").to_owned(),
        node: node_at(side, &["valid"]),
    };
    list.add_window(&all, "valid", &manifest.valid);
    circuits(list, side, manifest);
    for (name, class) in &manifest.partners {
        let entry = Entry {
            path: format!("partners.{name}"),
            name: list.speech.say("entry.class", &[("name", name)]),
            node: class.node,
        };
        let said = Said {
            meaning: meaning::condition(&class.value),
            words: list.speech.say("part.whoever", &[("condition", &list.teller.condition(class.node))]),
            extent: Extent::Class(class.value.clone()),
            node: class.node,
        };
        let label = list.speech.word("part.condition").to_owned();
        list.add(&entry, "", label, said);
    }
    for (name, operation) in &manifest.operations {
        operation_facts(list, name, operation);
    }
    agreement(list, side, manifest);
    for (name, codes) in &manifest.items {
        let entry = Entry {
            path: format!("items.{name}"),
            name: list.speech.say("entry.item", &[("name", name)]),
            node: node_at(side, &["items", name]),
        };
        let codes: Vec<String> = codes.iter().map(|code| code.value.to_string()).collect();
        let label = list.speech.word("part.item").to_owned();
        let said = Said {
            meaning: meaning::sorted(codes.iter().cloned()),
            words: list.speech.all(&codes),
            extent: Extent::Neutral,
            node: entry.node,
        };
        list.add(&entry, "", label, said);
    }
    for (name, recipe) in &manifest.recipes {
        recipe_fact(list, manifest, name, recipe);
    }
}

fn circuits(list: &mut List<'_>, side: &Side<'_>, manifest: &Manifest) {
    for (name, circuit) in &manifest.circuits {
        let entry = Entry {
            path: format!("circuits.{name}"),
            name: list.speech.say("entry.circuit", &[("name", name)]),
            node: node_at(side, &["circuits", name]),
        };
        list.add_text(&entry, "id", Some(&circuit.id), Extent::Opaque);
        for (key, money) in [("unit", &circuit.unit), ("limit", &circuit.limit)] {
            let Some(money) = money else { continue };
            let said = Said {
                meaning: format!("{} {}", money.amount.rational(), money.currency),
                words: list.speech.measure(&money.to_string()),
                extent: Extent::Opaque,
                node: entry.node,
            };
            let label = list.speech.word(&format!("part.circuit_{key}")).to_owned();
            list.add(&entry, key, label, said);
        }
    }
}

fn operation_facts(list: &mut List<'_>, name: &str, operation: &Operation) {
    let entry = Entry {
        path: format!("operations.{name}"),
        name: list.speech.say("entry.operation", &[("name", name)]),
        node: operation.node,
    };
    list.add_entry(&entry, &operation.with.value);
    list.add_audience(&entry, &operation.with);
    let formats: Vec<String> = operation.formats.iter().map(|format| format.value.to_string()).collect();
    if !formats.is_empty() {
        let said = Said {
            meaning: formats.join(" > "),
            words: list.speech.any(&formats),
            extent: Extent::Options { values: formats.iter().cloned().collect(), silence_accepts: true },
            node: operation.formats.first().map_or(entry.node, |format| format.node),
        };
        let label = list.speech.word("part.formats").to_owned();
        list.add(&entry, "formats", label, said);
    }
    list.add_text(&entry, "endpoint", operation.endpoint.as_deref(), Extent::Neutral);
    if let Some(detail) = &operation.detail {
        let said = Said {
            meaning: detail.to_string(),
            words: list.speech.code(codes::DETAILS, detail),
            extent: Extent::Opaque,
            node: list.teller.under(entry.node, "detail"),
        };
        list.add(&entry, "detail", list.speech.word("part.detail").to_owned(), said);
    }
    if let Some(notice) = &operation.notice {
        let said = Said {
            meaning: meaning::period(notice),
            words: list.speech.measure(&notice.to_string()),
            extent: Extent::Opaque,
            node: entry.node,
        };
        let label = list.speech.word("part.notice").to_owned();
        list.add(&entry, "notice", label, said);
    }
}

fn agreement(list: &mut List<'_>, side: &Side<'_>, manifest: &Manifest) {
    let entry = Entry {
        path: "agreement".to_owned(),
        name: list.speech.word("entry.agreement").to_owned(),
        node: node_at(side, &["agreement"]),
    };
    let measures = Measures { units: &Units::registry(), circuits: &manifest.circuits };
    for statement in &manifest.agreement {
        let said = super::lines::statement(list, measures, Scope::Agreement, statement, false);
        let label = list.teller.label(&statement.key, false);
        list.add(&entry, &statement.key, label, said);
    }
}

fn recipe_fact(list: &mut List<'_>, manifest: &Manifest, name: &str, recipe: &Recipe) {
    let registry = Units::registry();
    let part = |amounts: &ByName<crate::syntax::At<crate::value::Quantity>>| {
        meaning::sorted(amounts.iter().map(|(key, amount)| {
            let line = manifest.offers.get(key).or_else(|| manifest.needs.get(key));
            let units = line.map_or(&registry, |line| &line.units);
            format!("{key} {}", Measures { units, circuits: &manifest.circuits }.quantity(&amount.value))
        }))
    };
    let work = recipe.work.as_ref().map_or_else(String::new, |work| work.value.to_string());
    let said = Said {
        meaning: format!("{} / {} / {} / {work}", part(&recipe.makes), part(&recipe.also), part(&recipe.from)),
        words: list.teller.recipe(name, recipe.node).trim_end_matches('.').to_owned(),
        extent: Extent::Neutral,
        node: recipe.node,
    };
    let entry = Entry {
        path: format!("recipes.{name}"),
        name: list.speech.say("entry.recipe", &[("name", name)]),
        node: recipe.node,
    };
    list.add(&entry, "", list.speech.word("part.recipe").to_owned(), said);
}
