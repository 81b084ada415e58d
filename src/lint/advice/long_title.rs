//! A name that is a description.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A name for people is too long for a line of a table.
    RULE = "CLM1178", "long-title", Info, Clarity, "11-advice#things",
    summary: "a name for people is too long for a table",
    message: "the name of `{line}` is {count} characters long",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let offers = whole.lines().map(|(_, line)| (&line.key, line.node, line.title.as_deref()));
    let packages = whole.manifest.packages.values().map(|package| (&package.key, package.node, package.title.as_deref()));
    for (key, node, title) in offers.chain(packages) {
        let count = title.map_or(0, |title| title.chars().count());
        if count > LONGEST {
            let help = Text::new("call it by a name, and say what it is like under `properties`");
            let node = whole.part(node, "name");
            found.push(whole.value(&RULE, node).with("line", key).with("count", count).help(help));
        }
    }
}

/// What still stands in a cell of a table.
const LONGEST: usize = 100;

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_name_fits_a_table() {
        let offer = |name: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, name: {name}, price: 2 EUR/kg }} }}");
        advises(&RULE, &offer(&"Flour of wheat that grew on our own fields ".repeat(3)));
        no_advice(&RULE, &offer("Flour of wheat that grew on our own fields"));
    }
}
