//! Quantities and prices of one line that cannot be brought together.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::lint::measure;
use crate::manifest::model::{Line, Manifest};
use crate::rule;
use crate::syntax::{At, NodeId};
use crate::value::{Dimension, Quantity};

rule! {
    /// The units of a line or of a package's part have no dimension in common.
    RULE = "CLM0502", "mixed-dimensions", Error, Meaning, "04-manifest#units",
    summary: "the quantities and prices of one line do not measure the same thing",
    message: "`{unit}` and `{other}` measure different things",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in context.lines() {
        let mut uses = measure::units_of_line(line);
        let parts = context.manifest.packages.values().filter_map(|package| package.includes.get(&line.key));
        uses.extend(parts.map(|part| (part.node, part.value.unit.as_str())));
        let Some(((node, unit), (first, other))) = at_odds(context.manifest, line, &uses) else { continue };
        found.push(
            context
                .value(&RULE, node)
                .with("unit", unit)
                .with("other", other)
                .help(Text::new("say under `units` what one is in the other, such as `units: { box: 12 kg }`"))
                .label(context.place(first), Text::new("counted in another way here")),
        );
    }
}

/// A place where a unit stands, and the unit.
pub(super) type Use<'a> = (NodeId, &'a str);

/// Two uses that do not measure the same, the one that is probably wrong first.
pub(super) fn at_odds<'a>(manifest: &Manifest, line: &Line, uses: &[Use<'a>]) -> Option<(Use<'a>, Use<'a>)> {
    let first = *uses.first()?;
    if uses.iter().all(|(_, unit)| *unit == first.1) && line.units.is_known(first.1) {
        return None;
    }
    let mut common: Option<Vec<&Dimension>> = None;
    let against = uses.iter().find(|(_, unit)| {
        let dimensions = measure::dimensions(&line.units, unit);
        let narrowed: Vec<&Dimension> = match &common {
            None => dimensions.collect(),
            Some(common) => dimensions.filter(|dimension| common.contains(dimension)).collect(),
        };
        let is_against = narrowed.is_empty();
        common = Some(narrowed);
        is_against
    })?;
    // A unit that stands once, against another that stands everywhere else, is the mistake.
    let recipes = parts_of_recipes(manifest, line).map(|part| part.value.unit.as_str());
    let others = || uses.iter().map(|(_, unit)| *unit).chain(recipes.clone()).filter(|unit| *unit != first.1);
    let is_alone = others().count() > 1 && others().all(|unit| unit == against.1) && is_once(uses, first.1);
    Some(if is_alone { (first, *against) } else { (*against, first) })
}

/// Whether a unit stands in one place only.
fn is_once(uses: &[Use<'_>], unit: &str) -> bool {
    uses.iter().filter(|(_, other)| *other == unit).count() == 1
}

/// What recipes say of a line.
fn parts_of_recipes<'m>(manifest: &'m Manifest, line: &'m Line) -> impl Iterator<Item = &'m At<Quantity>> + Clone {
    manifest.recipes.values().flat_map(|recipe| {
        [&recipe.makes, &recipe.also, &recipe.from].into_iter().filter_map(|parts| parts.get(&line.key))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    fn offer(terms: &str) -> String {
        format!("with: anyone\noffers: {{ x: {{ item: hs:1101, {terms} }} }}")
    }

    #[test]
    fn everything_on_a_line_is_counted_in_one_way() {
        fires(&RULE, &offer("quantity: 4 box, price: 2 ARS/kg"));
        fires(&RULE, &offer("quantity: { at_least: 4 l, at_most: 9 kg }"));
        fires(&RULE, &offer("volume: { at_most: 4 l per month }, price: 2 ARS/kg"));
        fires(&RULE, &offer("price: { tiers: [{ from: 4 l, price: 2 ARS/kg }] }"));
        fires(&RULE, &offer("price: 2 ARS/kg, delivery: [pickup, { value: delivered, costs_us: 1 ARS/l }]"));
        silent(&offer("quantity: 4 box, price: 2 ARS/box"));
    }

    #[test]
    fn a_declared_unit_brings_two_measures_together() {
        silent(&offer("units: { box: [12 kg, 20 l] }, quantity: 4 box, price: 2 ARS/kg"));
        fires(
            &RULE,
            &offer("units: { box: [12 kg, 20 l] }, quantity: { at_least: 4 box, at_most: 90 kg }, price: 2 ARS/l"),
        );
    }

    #[test]
    fn a_package_counts_its_parts_as_they_are_sold() {
        fires(
            &RULE,
            "with: anyone\noffers: { x: { item: hs:1101, price: 2 ARS/kg }, p: { includes: { x: 5 l }, price: 9 ARS } }",
        );
    }
}
