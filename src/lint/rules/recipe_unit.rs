//! A recipe that counts otherwise than the line it speaks of.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::lint::measure;
use crate::lint::rules::mixed_dimensions::against;
use crate::manifest::model::Line;
use crate::rule;
use crate::syntax::At;
use crate::value::{Dimension, Quantity};
use crate::vocab::units::Units;

rule! {
    /// A recipe's quantity cannot be compared with its line's, or its work is no time.
    RULE = "CLM0421", "recipe-unit", Error, Meaning, "04-manifest#recipes",
    summary: "a recipe counts in another way than the line it speaks of",
    message: "the recipe counts `{name}` in `{unit}`, and how much that is in the units of its line is not said",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let manifest = context.manifest;
    for recipe in manifest.recipes.values() {
        let out = recipe.makes.iter().chain(&recipe.also).map(|(name, part)| (part, manifest.offers.get(name), name));
        let used = recipe
            .from
            .iter()
            .map(|(name, part)| (part, manifest.needs.get(name).or_else(|| manifest.offers.get(name)), name));
        for (part, line, name) in out.chain(used) {
            if let Some(line) = line.filter(|line| !shares_a_dimension(part, line)) {
                found.push(
                    context
                        .value(&RULE, part.node)
                        .with("unit", &part.value.unit)
                        .with("name", name)
                        .help(
                            Text::new("write a unit of the line, or say under `units` of the line how much one `{unit}` is")
                                .with("unit", &part.value.unit),
                        )
                        .label(context.key(&RULE, line.node).place, Text::new("the line")),
                );
            }
        }
        if let Some(work) = recipe.work.as_ref().filter(|work| !is_time(&work.value)) {
            found.push(
                context
                    .value(&RULE, work.node)
                    .message(Text::new("`{unit}` is no unit of time, in which work is counted").with("unit", &work.value.unit))
                    .help(Text::new("write hours, such as `35 hour`")),
            );
        }
    }
}

fn is_time(work: &Quantity) -> bool {
    Units::registry().factor(&work.unit, &Dimension::Time).is_some()
}

/// A line whose own units do not fit together is told as that; a recipe only has to fit one of them.
fn shares_a_dimension(part: &At<Quantity>, line: &Line) -> bool {
    let own: Vec<&Dimension> = measure::dimensions(&line.units, &part.value.unit).collect();
    let uses = measure::units_of_line(line);
    let fits = |unit| measure::dimensions(&line.units, unit).any(|dimension| own.contains(&dimension));
    match against(line, &uses) {
        Some(_) => uses.iter().any(|(_, unit)| fits(unit)),
        None => uses.iter().all(|(_, unit)| fits(unit)),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent, told};

    fn recipe(makes: &str, work: &str) -> String {
        format!(
            "with: anyone\noffers: {{ b: {{ item: hs:1905, units: {{ loaf: 0.5 kg }}, price: 3 ARS/kg }} }}\nrecipes: {{ r: {{ makes: {{ b: {makes} }}, work: {work} }} }}"
        )
    }

    #[test]
    fn what_is_not_known_is_said() {
        let expected = "the recipe counts `b` in `l`, and how much that is in the units of its line is not said";
        assert_eq!(told(&RULE, &recipe("100 l", "35 hour")), [expected]);
    }

    #[test]
    fn a_recipe_counts_like_its_lines() {
        fires(&RULE, &recipe("100 l", "35 hour"));
        fires(&RULE, &recipe("100 kg", "35 kg"));
        silent(&recipe("100 loaf", "35 hour"));
    }
}
