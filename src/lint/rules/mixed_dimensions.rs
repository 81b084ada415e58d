//! Quantities and prices of one line that cannot be brought together.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::lint::measure;
use crate::manifest::model::{Line, Manifest};
use crate::rule;
use crate::syntax::NodeId;
use crate::value::{Dimension, Duration};
use crate::vocab::units::{Units, has_fixed_size};

rule! {
    /// The units of a line or of a package's part have no dimension in common.
    RULE = "CLM0502", "mixed-dimensions", Error, Meaning, "04-manifest#units",
    summary: "the quantities and prices of one line do not measure the same thing",
    message: "nothing says how much `{unit}` is in `{other}`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let recipes = units_of_recipes(context.manifest);
    // A line that holds a key twice may be two lines.
    for (_, line) in context.lines().filter(|(_, line)| !context.is_bad(line.node)) {
        let mut uses = measure::units_of_line(line);
        let parts = context.manifest.packages.values().filter_map(|package| package.includes.get(&line.key));
        uses.extend(parts.map(|part| (part.node, part.value.unit.as_str())));
        let counted = recipes.get(line.key.as_str()).map_or(&[][..], Vec::as_slice);
        let Some(((node, unit), (first, other))) = at_odds(line, &uses, counted) else { continue };
        // What is wrong with their declaration is told there.
        let unread = [line.node, context.document.root()];
        if unread.iter().any(|group| context.lacks_units(*group)) {
            continue;
        }
        if [unit, other].iter().any(|unit| is_declared_wrongly(context, line, unit)) {
            continue;
        }
        let finding = context
            .value(&RULE, node)
            .with("unit", unit)
            .with("other", other)
            .help(way_out(&line.units, unit, other))
            .label(context.place(context.counted_in(first, other)), Text::new("counted in another way here"));
        found.push(Diagnostic { place: context.place(context.counted_in(node, unit)), ..finding });
    }
}

/// How two units are brought together: by declaring the one that is no unit of fixed size, else by a third one that is both.
fn way_out(units: &Units, unit: &str, other: &str) -> Text {
    let is_own = |word: &&str| !has_fixed_size(word) && Duration::parse(&format!("1 {word}")).is_err();
    let Some(own) = [unit, other].into_iter().find(is_own) else {
        return Text::new("count all in `{unit}` or all in `{other}`, or declare a unit of your own that is both")
            .with("unit", unit)
            .with("other", other);
    };
    let measure = [unit, other].into_iter().find(|word| has_fixed_size(word)).unwrap_or("kg");
    if units.declares(own) {
        return Text::new("say under `units` what one `{own}` is in `{measure}` too").with("own", own).with("measure", measure);
    }
    Text::new("say under `units` what one `{own}` is, such as `{example}`")
        .with("own", own)
        .with("example", format!("units: {{ {own}: 12 {measure} }}"))
}

/// Whether something is wrong with what a line, or the manifest, declares of a unit.
fn is_declared_wrongly(context: &Context<'_>, line: &Line, unit: &str) -> bool {
    let units = [context.child(line.node, "units"), context.top("units")];
    units.into_iter().flatten().filter_map(|units| context.child(units, unit)).any(|node| context.is_bad(node))
}

/// A place where a unit stands, and the unit.
type Use<'a> = (NodeId, &'a str);

/// Two uses that do not measure the same, the one that is probably wrong first. A unit that stands once, against another
/// that stands everywhere else, is the mistake; `recipes` are the units in which recipes count the line.
fn at_odds<'a>(line: &Line, uses: &[Use<'a>], recipes: &[&str]) -> Option<(Use<'a>, Use<'a>)> {
    let (first, against) = (*uses.first()?, against(line, uses)?);
    let others: Vec<&str> =
        uses.iter().map(|(_, unit)| *unit).chain(recipes.iter().copied()).filter(|unit| *unit != first.1).collect();
    let once = uses.iter().filter(|(_, unit)| *unit == first.1).all(|(node, _)| *node == first.0);
    let is_alone = once && others.len() > 1 && others.iter().all(|unit| *unit == against.1);
    Some(if is_alone { (first, against) } else { (against, first) })
}

/// The first of the uses on a line that does not measure the same as those before it.
pub(super) fn against<'a>(line: &Line, uses: &[Use<'a>]) -> Option<Use<'a>> {
    let first = uses.first()?;
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
    });
    against.copied()
}

/// The units in which recipes count each line, by its name.
fn units_of_recipes(manifest: &Manifest) -> BTreeMap<&str, Vec<&str>> {
    let mut units: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let groups = manifest.recipes.values().flat_map(|recipe| [&recipe.makes, &recipe.also, &recipe.from]);
    for (name, part) in groups.flatten() {
        units.entry(name).or_default().push(&part.value.unit);
    }
    units
}

#[cfg(test)]
mod tests {
    use super::{RULE, way_out};
    use crate::lint::trial::{fires, silent};
    use crate::vocab::reading::UNIT_REDEFINED;
    use crate::vocab::units::Units;

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
    fn a_unit_that_is_declared_wrongly_is_told_there_alone() {
        fires(&UNIT_REDEFINED, &offer("units: { l: 0.92 kg }, quantity: { at_least: 5 l }, price: 2 ARS/kg"));
        fires(&UNIT_REDEFINED, &offer("units: { pack: 12 box }, quantity: { at_least: 5 pack }, price: 2 ARS/box"));
    }

    #[test]
    fn the_way_out_is_one_that_leads_out() {
        let units = Units::registry();
        let said = |unit, other| way_out(&units, unit, other).english();
        assert!(said("pack", "l").ends_with("`units: { pack: 12 l }`"));
        assert!(said("box", "pack").ends_with("`units: { box: 12 kg }`"));
        for (unit, other) in [("L", "kg"), ("hour", "day")] {
            assert!(said(unit, other).starts_with(&format!("count all in `{unit}` or all in `{other}`")));
        }
    }

    #[test]
    fn what_is_declared_is_declared_in_one_measure_more() {
        let mut units = Units::registry();
        units.declare("box", &[crate::value::Quantity::parse("12 each").unwrap()]).unwrap();
        assert_eq!(way_out(&units, "box", "kg").english(), "say under `units` what one `box` is in `kg` too");
    }

    #[test]
    fn a_package_counts_its_parts_as_they_are_sold() {
        fires(
            &RULE,
            "with: anyone\noffers: { x: { item: hs:1101, price: 2 ARS/kg }, p: { includes: { x: 5 l }, price: 9 ARS } }",
        );
    }
}
