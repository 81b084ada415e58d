//! Offers, needs and packages: what, for whom, when, and on which terms for which class.

use std::sync::Arc;

use smol_str::SmolStr;

use super::coop;
use super::costs;
use super::partners;
use super::prices;
use super::reader::Reader;
use super::terms::{self, Scene};
use crate::by_name::ByName;
use crate::manifest::model::{Audience, ClassTerms, Line, Package, Statement, Substitute};
use crate::manifest::wire::{self, OneOrMany};
use crate::syntax::At;
use crate::value::{ItemCode, Rational};
use crate::vocab::units::Units;

/// Which of the two kinds of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Offer,
    Need,
}

/// What an offer and a need have in common as they are written.
struct Written<'a> {
    item: Option<&'a At<OneOrMany>>,
    name: &'a wire::Scalar,
    with: Option<&'a At<OneOrMany>>,
    valid: Option<&'a At<wire::Window>>,
    units: &'a wire::Named<OneOrMany>,
    classes: &'a [At<wire::ClassEntry>],
    substitutes: &'a [At<wire::Substitute>],
    terms: &'a wire::Terms,
}

/// Everything that we sell: lines and packages.
pub(super) fn offers(reader: &mut Reader<'_>, manifest: &wire::Manifest) -> (ByName<Line>, ByName<Package>) {
    let (mut lines, mut packages) = (ByName::default(), ByName::default());
    let defaults = manifest.defaults.as_ref().and_then(|defaults| defaults.value.offers.as_ref());
    let defaults = defaults.map(|defaults| &defaults.value.terms);
    for (key, offer) in manifest.offers.iter().flat_map(|offers| &offers.value) {
        if offer.value.includes.is_some() {
            packages.insert(key.clone(), package(reader, manifest, key, offer));
            continue;
        }
        // A package of which the parts cannot be read is no line, whose price would be one for a unit.
        if reader.document.get(offer.node, "includes").is_some() {
            continue;
        }
        let value = &offer.value;
        let written = Written {
            item: value.item.as_ref(),
            name: &value.name,
            with: value.with.as_ref(),
            valid: value.valid.as_ref(),
            units: &value.units,
            classes: value.r#for.as_ref().map_or(&[], |classes| classes.value.as_slice()),
            substitutes: &[],
            terms: &value.terms,
        };
        let line = line(reader, manifest, Side::Offer, At { node: offer.node, value: key.clone() }, &written, defaults);
        lines.insert(key.clone(), line);
    }
    (lines, packages)
}

/// Everything that we buy.
pub(super) fn needs(reader: &mut Reader<'_>, manifest: &wire::Manifest) -> ByName<Line> {
    let defaults = manifest.defaults.as_ref().and_then(|defaults| defaults.value.needs.as_ref());
    let defaults = defaults.map(|defaults| &defaults.value.terms);
    let mut lines = ByName::default();
    for (key, need) in manifest.needs.iter().flat_map(|needs| &needs.value) {
        let value = &need.value;
        let written = Written {
            item: value.item.as_ref(),
            name: &value.name,
            with: value.with.as_ref(),
            valid: value.valid.as_ref(),
            units: &value.units,
            classes: value.r#for.as_ref().map_or(&[], |classes| classes.value.as_slice()),
            substitutes: value.substitutes.as_ref().map_or(&[], |substitutes| substitutes.value.as_slice()),
            terms: &value.terms,
        };
        let line = line(reader, manifest, Side::Need, At { node: need.node, value: key.clone() }, &written, defaults);
        lines.insert(key.clone(), line);
    }
    lines
}

fn line(
    reader: &mut Reader<'_>,
    manifest: &wire::Manifest,
    side: Side,
    key: At<SmolStr>,
    written: &Written<'_>,
    defaults: Option<&wire::Terms>,
) -> Line {
    let units = reader.units(&manifest.units, written.units);
    let scene = Scene { node: key.node, side, units: &units, circuits: &manifest.circuits };
    let below: Vec<&wire::Terms> = std::iter::once(written.terms).chain(defaults).collect();
    let line_terms = terms::line_terms(reader, scene, &below);
    let classes = written.classes.iter().filter_map(|entry| {
        let layers: Vec<&wire::Terms> = std::iter::once(&entry.value.terms).chain(below.iter().copied()).collect();
        let terms = terms::line_terms(reader, scene, &layers);
        Some(ClassTerms { class: entry.value.with.clone()?.map(|class| class.clone()), terms })
    });
    let classes = classes.collect();
    let silent = match side {
        Side::Offer => Audience::Nobody,
        Side::Need => Audience::Anyone,
    };
    let substitutes = written.substitutes.iter().map(|entry| substitute(reader, manifest, &units, entry)).collect();
    Line {
        node: key.node,
        key: key.value.clone(),
        title: reader.text(written.name),
        items: items(reader, manifest, written.item),
        with: partners::audience(written.with, manifest.with.as_ref(), key.node, silent),
        valid: coop::window(reader, written.valid),
        terms: line_terms,
        classes,
        substitutes,
        units,
    }
}

/// The codes of an entry; those of our own become the URI that others write.
pub(super) fn items(
    reader: &mut Reader<'_>,
    manifest: &wire::Manifest,
    written: Option<&At<OneOrMany>>,
) -> Vec<At<ItemCode>> {
    let id = coop::id(manifest).unwrap_or_default();
    let written = written.iter().flat_map(|list| list.each());
    let codes = written.filter_map(|(node, text)| {
        let value = reader.read::<ItemCode>(node, text)?.resolve(id);
        Some(At { node, value })
    });
    codes.collect()
}

fn substitute(
    reader: &mut Reader<'_>,
    manifest: &wire::Manifest,
    units: &Units,
    written: &At<wire::Substitute>,
) -> Substitute {
    let value = &written.value;
    Substitute {
        node: written.node,
        items: items(reader, manifest, value.item.as_ref()),
        ratio: value.ratio.as_ref().and_then(|ratio| reader.positive(ratio)).unwrap_or_else(Rational::one),
        costs: costs::of_substitute(reader, units, value.costs_us.as_ref()),
    }
}

fn package(reader: &mut Reader<'_>, manifest: &wire::Manifest, key: &str, written: &At<wire::Offer>) -> Package {
    let value = &written.value;
    let includes = value.includes.iter().flat_map(|includes| &includes.value).filter_map(|(name, text)| {
        // A part counts as its offer does, so the offer's own units are known here.
        let own = manifest.offers.as_ref().and_then(|offers| offers.value.get(name));
        let none = None;
        let units = reader.units(&manifest.units, own.map_or(&none, |offer| &offer.value.units));
        let part = reader.quantity(&units, text)?;
        reader.is_something(text, part.value.amount.is_zero(), "10 kg").then(|| (name.clone(), part))
    });
    Package {
        key: key.into(),
        node: written.node,
        includes: includes.collect(),
        title: reader.text(&value.name),
        price: value.terms.entries.get("price").and_then(|price| prices::package(reader, price)),
        with: partners::audience(value.with.as_ref(), manifest.with.as_ref(), written.node, Audience::Nobody),
        valid: coop::window(reader, value.valid.as_ref()),
    }
}

/// The terms of an agreement as a whole.
pub(super) fn agreement(reader: &mut Reader<'_>, manifest: &wire::Manifest) -> Vec<Arc<Statement>> {
    let Some(written) = &manifest.agreement else {
        return Vec::new();
    };
    let units = reader.units(&manifest.units, &None);
    let scene = Scene { node: written.node, side: Side::Offer, units: &units, circuits: &manifest.circuits };
    terms::agreement_terms(reader, scene, &written.value.terms)
}
