//! From the shape as written to what it means.
//!
//! Every scalar is read here, defaults, `any`, `for` and `with` are worked in, and names become what they stand for.
//! What cannot be read is told once and left out; whether what was read can hold together is not asked here.

mod coop;
mod costs;
mod digest;
mod lines;
mod partners;
mod prices;
mod quantities;
mod reader;
mod recipes;
pub mod rules;
mod scales;
mod terms;

use std::collections::BTreeSet;

pub use digest::json;

use super::model::Manifest;
use super::wire;
use crate::diagnostic::Diagnostic;
use crate::syntax::{Document, NodeId};
use reader::Reader;

/// What became of a manifest as written.
#[derive(Debug)]
pub struct Lowered {
    /// What it means, as far as it can be read; `None` where it does not say who speaks.
    pub manifest: Option<Manifest>,
    /// What cannot be read.
    pub diagnostics: Vec<Diagnostic>,
    /// The nodes that cannot be read: what is missing in the manifest because of them is no mistake of its own.
    pub bad: BTreeSet<NodeId>,
}

/// Reads what a manifest means.
pub fn lower(document: &Document, wire: &wire::Manifest) -> Lowered {
    let circuits = wire.circuits.iter().flat_map(|circuits| circuits.value.keys().cloned()).collect();
    let mut reader = Reader::new(document, circuits);
    let manifest = manifest(&mut reader, document, wire);
    let (diagnostics, bad) = reader.into_parts();
    Lowered { manifest, diagnostics, bad }
}

fn manifest(reader: &mut Reader<'_>, document: &Document, wire: &wire::Manifest) -> Option<Manifest> {
    let coop = coop::coop(reader, wire.coop.as_ref());
    let valid = coop::window(reader, wire.valid.as_ref());
    let circuits = coop::circuits(reader, &wire.circuits);
    let partners = partners::classes(reader, &wire.partners);
    let operations = partners::operations(reader, wire);
    let agreement = lines::agreement(reader, wire);
    let (offers, packages) = lines::offers(reader, wire);
    let needs = lines::needs(reader, wire);
    let items = recipes::items(reader, wire);
    let recipes = recipes::recipes(reader, wire);
    Some(Manifest {
        source: document.source(),
        digest: digest::digest(document),
        coop: coop?,
        valid,
        circuits,
        partners,
        operations,
        agreement,
        offers,
        needs,
        packages,
        items,
        recipes,
    })
}
