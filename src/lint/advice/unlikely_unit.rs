//! A unit in which nobody counts what a line is about.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::measure;
use crate::manifest::model::Line;
use crate::rule;
use crate::syntax::At;
use crate::value::ItemCode;
use crate::vocab::measures;

rule! {
    /// A line is counted in a unit of a dimension that what it is about does not have.
    RULE = "CLM1134", "unlikely-unit", Warning, Clarity, "11-advice#quantities",
    summary: "something is counted in a unit in which it never is",
    message: "`{item}` is never counted in `{unit}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in whole.lines() {
        let units = measure::units_of_line(line);
        let unlikely = units.into_iter().find_map(|(node, unit)| Some((node, unit, counted_otherwise(line, unit)?)));
        let Some((node, unit, (item, usual))) = unlikely else { continue };
        let help = Text::new("it is counted in units such as `{usual}`: mend the unit, or the code if it is something else");
        let finding = whole.value(&RULE, whole.counted_in(node, unit)).with("item", &item.value).with("unit", unit);
        let finding = finding.help(help.with("usual", usual));
        found.push(finding.label(whole.place(item.node), Text::new("what it is by its code")));
    }
}

/// The first code of a line, where none of what its codes stand for is counted in a unit, with one in which it is. Whoever declares
/// what a package holds has said in what else it is counted.
fn counted_otherwise<'l>(line: &'l Line, unit: &str) -> Option<(&'l At<ItemCode>, &'static str)> {
    let dimension = measure::dimensions(&line.units, unit).next()?;
    let mut classed = line.items.iter().filter(|item| measures::is_classed(item));
    let first = classed.next()?;
    let usual = measures::instead_of(dimension, first)?;
    classed.all(|item| measures::instead_of(dimension, item).is_some()).then_some((first, usual))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    fn offer(item: &str, terms: &str) -> String {
        format!("with: anyone\noffers: {{ x: {{ item: {item}, {terms} }} }}")
    }

    #[test]
    fn a_unit_is_one_of_what_the_thing_has() {
        for (item, unit) in
            [("hs:2716", "kg"), ("hs:1101", "m"), ("hs:110100", "hour"), ("hs:0102", "l"), ("hs:6403", "m2"), ("cpv:72262000", "kg"), ("cpv:15980000", "m")]
        {
            advises(&RULE, &offer(item, &format!("price: 2 EUR/{unit}")));
            advises(&RULE, &format!("needs: {{ x: {{ item: {item}, quantity: {{ at_most: 40 {unit} }} }} }}"));
        }
        advises(&RULE, &offer("hs:2716", "quantity: { at_least: 1 t, at_most: 9 t }, volume: 9 t per month, price: 2 EUR/kg"));
        for (item, unit) in [
            ("hs:2716", "MWh"),
            ("hs:2716", "each"),
            ("hs:1101", "bag"),
            ("hs:1101", "bu"),
            ("hs:1512", "l"),
            ("hs:1601", "m"),
            ("hs:1001", "ha"),
            ("hs:2711", "kWh"),
            ("hs:4407", "m"),
            ("hs:8471", "kg"),
            ("sku:rope", "m"),
            ("cpv:79810000", "m2"),
            ("cpv:15990000", "m"),
            ("cpv:72262000", "m"),
            ("cpv:80500000", "m"),
        ] {
            no_advice(&RULE, &offer(item, &format!("price: 2 EUR/{unit}")));
        }
    }

    #[test]
    fn a_package_is_counted_whatever_it_holds() {
        no_advice(&RULE, &offer("hs:1101", "units: { roll: [3 kg, 2 m] }, price: 2 EUR/roll"));
        no_advice(&RULE, &offer("hs:0709", "price: 20 EUR/week"));
    }

    #[test]
    fn one_code_of_several_that_is_counted_so_is_enough() {
        advises(&RULE, &offer("[hs:1101, hs:1102, sku:flour]", "price: 2 EUR/m"));
        no_advice(&RULE, &offer("[hs:1101, hs:5208]", "price: 2 EUR/m"));
        no_advice(&RULE, &offer("[hs:1101, unspsc:50181900]", "price: 2 EUR/m"));
    }
}
