//! Statements on terms: from the written domain of each key to what it accepts.
//!
//! The layers of a line (its class entry, itself, the defaults) are laid over each other here, key by key; a key that is
//! written replaces the one below whole.

use std::sync::Arc;

use super::costs;
use super::lines::Side;
use super::prices;
use super::quantities;
use super::reader::Reader;
use super::rules;
use super::scales::{self, Number};
use crate::diagnostic::Text;
use crate::manifest::model::{Choice, RangeDomain, Rhythm, Scale, Statement, TermDomain, Terms};
use crate::manifest::wire;
use crate::syntax::{At, NodeId};
use crate::value::Duration;
use crate::vocab::terms::{self as catalogue, Scope, Term, TermKind, Values};
use crate::vocab::units::Units;
use smol_str::SmolStr;

/// What a statement is read against.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) node: NodeId,
    pub(super) side: Side,
    pub(super) units: &'a Units,
    pub(super) circuits: &'a wire::Named<wire::Circuit>,
}

/// The terms that hold on a line, from the layer that decides first to the one that decides last.
pub(super) fn line_terms(reader: &mut Reader<'_>, scene: Scene<'_>, layers: &[&wire::Terms]) -> Terms {
    let mut terms = Terms::default();
    let mut keys: Vec<&str> = layers.iter().flat_map(|layer| layer.entries.keys()).map(SmolStr::as_str).collect();
    keys.sort_by_cached_key(|key| catalogue::order(key));
    keys.dedup();
    if !reader.has_room(scene.node, keys.len()) {
        return terms;
    }
    for key in keys {
        let mut layers = layers.iter().enumerate();
        let written = layers.find_map(|(depth, layer)| layer.entries.get(key).map(|written| (depth, written)));
        if let Some((depth, written)) = written {
            line_term(reader, scene, key, (depth > 0, written), &mut terms);
        }
    }
    let properties = layers.iter().find_map(|layer| layer.properties.as_ref());
    terms.properties = properties.and_then(|written| quantities::properties(reader, scene.units, written));
    terms
}

/// Works in what is written of a key, on the line itself or below it, where it may hold for other lines too.
fn line_term(
    reader: &mut Reader<'_>,
    scene: Scene<'_>,
    key: &str,
    (is_below, written): (bool, &At<wire::Domain>),
    terms: &mut Terms,
) {
    if key == "price" {
        terms.price = prices::price(reader, scene, written);
        return;
    }
    if is_any(written) {
        return;
    }
    match key {
        "quantity" => terms.quantity = quantities::quantity(reader, scene.units, written),
        "volume" => terms.volume = quantities::volume(reader, scene, written),
        "every" => terms.every = rhythms(reader, scene.units, written),
        "certificates" => terms.certificates = Some(names(written)),
        _ if is_below => terms.others.extend(shared_statement(reader, scene, key, written)),
        _ => terms.others.extend(statement(reader, Scope::Line, scene, key, written)),
    }
}

/// The terms of the agreement as a whole, in catalogue order.
pub(super) fn agreement_terms(reader: &mut Reader<'_>, scene: Scene<'_>, written: &wire::Terms) -> Vec<Arc<Statement>> {
    let mut entries: Vec<_> = written.entries.iter().filter(|(_, domain)| !is_any(domain)).collect();
    entries.sort_by_key(|(key, _)| catalogue::order(key));
    entries.into_iter().filter_map(|(key, domain)| statement(reader, Scope::Agreement, scene, key, domain)).collect()
}

/// `any`: as if nothing were written, here or below.
fn is_any(written: &At<wire::Domain>) -> bool {
    matches!(&written.value, wire::Domain::Scalar(text) if text == "any")
}

/// The statement of a place below a line; one for all lines that read it alike.
fn shared_statement(
    reader: &mut Reader<'_>,
    scene: Scene<'_>,
    key: &str,
    written: &At<wire::Domain>,
) -> Option<Arc<Statement>> {
    // With units of its own a line may read another value.
    let is_read_alike = !scene.units.declares_own();
    if let Some(known) = reader.shared_statements.get(&written.node).filter(|_| is_read_alike) {
        return Some(known.clone());
    }
    let found = statement(reader, Scope::Line, scene, key, written)?;
    if is_read_alike {
        reader.shared_statements.insert(written.node, found.clone());
    }
    Some(found)
}

fn statement(
    reader: &mut Reader<'_>,
    scope: Scope,
    scene: Scene<'_>,
    key: &str,
    written: &At<wire::Domain>,
) -> Option<Arc<Statement>> {
    let term = catalogue::term(scope, key)?;
    let is_range = match (term.values, term.kind) {
        (Values::Free, _) => matches!(&written.value, wire::Domain::Mapping(keys) if keys.value.is_none()),
        (_, kind) => kind == TermKind::Range,
    };
    let domain = if is_range {
        TermDomain::Range(range(reader, scene, term, written)?)
    } else {
        TermDomain::Choices(choices(reader, scene.units, term, written)?)
    };
    Some(Arc::new(Statement { node: written.node, term, key: key.into(), domain }))
}

/// An interval; a value alone is both of its ends.
fn range(
    reader: &mut Reader<'_>,
    scene: Scene<'_>,
    term: &'static Term,
    written: &At<wire::Domain>,
) -> Option<RangeDomain> {
    match &written.value {
        wire::Domain::Scalar(text) => {
            let text = At { node: written.node, value: text.clone() };
            let Number { value, scale } = scales::number(reader, term.values, scene.units, &text)?;
            let (at_least, at_most) = (Some(value.clone()), Some(value));
            Some(RangeDomain { scale, at_least, at_most, multiple_of: None, circuit: None, costs: Vec::new() })
        }
        wire::Domain::Mapping(keys) => {
            let circuit = keys.r#in.as_ref().map(|name| circuit(reader, scene.circuits, name));
            let range = interval(reader, scene.units, term.values, keys)?;
            Some(RangeDomain { circuit: circuit.unwrap_or(None), ..range })
        }
        wire::Domain::List(_) => None,
    }
}

/// The interval of a mapping, without its circuit.
pub(super) fn interval(
    reader: &mut Reader<'_>,
    units: &Units,
    values: Values,
    keys: &wire::Mapping,
) -> Option<RangeDomain> {
    let mut ends = Ends { scale: scales::of(values), units, values, failed: false };
    let mut end = |field: &wire::Scalar| field.as_ref().and_then(|text| ends.number(reader, text));
    let (at_least, at_most, multiple_of) = (end(&keys.at_least), end(&keys.at_most), end(&keys.multiple_of));
    let Ends { scale, failed, .. } = ends;
    let scale = scale.unwrap_or(Scale::Number);
    let costs = costs::on_range(reader, units, &scale, keys);
    (!failed).then_some(RangeDomain { scale, at_least, at_most, multiple_of, circuit: None, costs })
}

/// The ends of one range, which all count in the scale of the first.
struct Ends<'a> {
    scale: Option<Scale>,
    units: &'a Units,
    values: Values,
    failed: bool,
}

impl Ends<'_> {
    fn number(&mut self, reader: &mut Reader<'_>, text: &At<SmolStr>) -> Option<crate::value::Rational> {
        let number = scales::number(reader, self.values, self.units, text).and_then(|Number { value, scale }| {
            match &self.scale {
                Some(own) if !scales::same(own, &scale) => {
                    let help = Text::new("write all of it in units of one measure");
                    reader.report_at(&rules::MIXED_ENDS, text.node, |finding| {
                        finding.with("value", &text.value).help(help)
                    });
                    None
                }
                Some(_) => Some(value),
                None => {
                    self.scale = Some(scale);
                    Some(value)
                }
            }
        });
        self.failed |= number.is_none();
        number
    }
}

fn circuit(reader: &mut Reader<'_>, circuits: &wire::Named<wire::Circuit>, name: &At<SmolStr>) -> Option<SmolStr> {
    reader.unknown_circuit(name);
    let circuit = circuits.as_ref()?.value.get(&name.value)?;
    circuit.value.id.as_ref().map(|id| id.value.clone())
}

/// A value alone, a list, or one alternative with its costs.
fn choices(
    reader: &mut Reader<'_>,
    units: &Units,
    term: &'static Term,
    written: &At<wire::Domain>,
) -> Option<Vec<Choice>> {
    let alternatives = alternatives(written);
    let count = alternatives.len();
    let read: Vec<Choice> =
        alternatives.into_iter().filter_map(|(node, written)| choice(reader, units, term, node, written)).collect();
    (read.len() == count).then_some(read)
}

/// One alternative as it is written.
#[derive(Clone, Copy)]
enum Written<'a> {
    Scalar(&'a SmolStr),
    Mapping(&'a wire::Mapping),
}

fn alternatives(written: &At<wire::Domain>) -> Vec<(NodeId, Written<'_>)> {
    match &written.value {
        wire::Domain::Scalar(text) => vec![(written.node, Written::Scalar(text))],
        wire::Domain::Mapping(keys) => vec![(written.node, Written::Mapping(keys))],
        wire::Domain::List(list) => list
            .iter()
            .map(|entry| match &entry.value {
                wire::Choice::Scalar(text) => (entry.node, Written::Scalar(text)),
                wire::Choice::Mapping(keys) => (entry.node, Written::Mapping(keys)),
            })
            .collect(),
    }
}

fn choice(
    reader: &mut Reader<'_>,
    units: &Units,
    term: &'static Term,
    node: NodeId,
    written: Written<'_>,
) -> Option<Choice> {
    match written {
        Written::Scalar(text) => {
            let value = scales::choice(reader, term.values, &At { node, value: text.clone() })?;
            Some(Choice { node, value, at: None, costs: Vec::new(), points: None })
        }
        Written::Mapping(keys) => {
            let value = keys.value.as_ref().and_then(|text| scales::choice(reader, term.values, text));
            let costs = costs::on_choice(reader, units, keys);
            let points = keys.points.as_ref().map(|text| reader.number(text));
            Some(Choice { node, value: value?, at: reader.text(&keys.at), costs, points: points.unwrap_or(None) })
        }
    }
}

fn rhythms(reader: &mut Reader<'_>, units: &Units, written: &At<wire::Domain>) -> Option<At<Vec<Rhythm>>> {
    let alternatives = alternatives(written);
    let count = alternatives.len();
    let mut rhythms = Vec::with_capacity(count);
    for (node, written) in alternatives {
        let (text, costs) = match written {
            Written::Scalar(text) => (Some(At { node, value: text.clone() }), Vec::new()),
            Written::Mapping(keys) => (keys.value.clone(), costs::on_choice(reader, units, keys)),
        };
        let every = text.and_then(|text| {
            let every: Duration = reader.read_like(text.node, &text.value, "1 week")?;
            reader.is_something(&text, every.count == 0, "1 week").then_some(every)
        });
        rhythms.extend(every.map(|every| Rhythm { node, every: every.in_largest_unit(), costs }));
    }
    (rhythms.len() == count).then_some(At { node: written.node, value: rhythms })
}

/// Names of certificates.
fn names(written: &At<wire::Domain>) -> At<Vec<At<SmolStr>>> {
    let names = alternatives(written).into_iter().filter_map(|(node, written)| match written {
        Written::Scalar(text) => Some(At { node, value: text.clone() }),
        Written::Mapping(_) => None,
    });
    At { node: written.node, value: names.collect() }
}
