//! How things are made, and the things that are neither offered nor needed.

use smol_str::SmolStr;

use super::lines;
use super::reader::Reader;
use crate::by_name::ByName;
use crate::manifest::model::Recipe;
use crate::manifest::wire::{self, Named};
use crate::syntax::At;
use crate::value::{ItemCode, Quantity};
use crate::vocab::units::Units;

/// The codes of each entry of `items`.
pub(super) fn items(reader: &mut Reader<'_>, manifest: &wire::Manifest) -> ByName<Vec<At<ItemCode>>> {
    let entries = manifest.items.iter().flat_map(|items| &items.value);
    entries.map(|(name, item)| (name.clone(), lines::items(reader, manifest, item.value.item.as_ref()))).collect()
}

/// All recipes by name.
pub(super) fn recipes(reader: &mut Reader<'_>, manifest: &wire::Manifest) -> ByName<Recipe> {
    let entries = manifest.recipes.iter().flat_map(|recipes| &recipes.value);
    entries.map(|(name, recipe)| (name.clone(), self::recipe(reader, manifest, recipe))).collect()
}

fn recipe(reader: &mut Reader<'_>, manifest: &wire::Manifest, written: &At<wire::Recipe>) -> Recipe {
    let value = &written.value;
    Recipe {
        node: written.node,
        makes: parts(reader, manifest, &value.makes),
        also: parts(reader, manifest, &value.also),
        from: parts(reader, manifest, &value.from),
        work: value.work.as_ref().and_then(|work| {
            let units = reader.units(&manifest.units, &None);
            reader.quantity_like(&units, work, "6 hour")
        }),
    }
}

fn parts(reader: &mut Reader<'_>, manifest: &wire::Manifest, written: &Named<SmolStr>) -> ByName<At<Quantity>> {
    let entries = written.iter().flat_map(|entries| &entries.value);
    let read = entries.filter_map(|(name, text)| {
        let units = units_of(reader, manifest, name);
        Some((name.clone(), reader.quantity(&units, text)?))
    });
    read.collect()
}

/// A part counts as the line of its name does, so that line's own units are known.
fn units_of(reader: &mut Reader<'_>, manifest: &wire::Manifest, name: &str) -> Units {
    let offer = manifest.offers.as_ref().and_then(|offers| offers.value.get(name)).map(|offer| &offer.value.units);
    let need = manifest.needs.as_ref().and_then(|needs| needs.value.get(name)).map(|need| &need.value.units);
    reader.units(&manifest.units, offer.or(need).unwrap_or(&None))
}
