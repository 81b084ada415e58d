//! Two lines that people cannot tell apart.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Whole;
use super::twin_lines::are_twins;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::Line;
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// Two offers, or two needs, have one name for people.
    RULE = "CLM1171", "same-title", Info, Clarity, "11-advice#things",
    summary: "two lines have one name for people",
    message: "`{line}` and `{other}` are both called `{title}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let manifest = whole.manifest;
    let packages = manifest.packages.values().map(|package| (package.key.as_str(), package.node, package.title.as_deref()));
    compare(whole, manifest.offers.values().map(titled).chain(packages), found);
    compare(whole, manifest.needs.values().map(titled), found);
}

/// A key, where it stands, and the name for people.
type Titled<'m> = (&'m str, NodeId, Option<&'m str>);

fn titled(line: &Line) -> Titled<'_> {
    (&line.key, line.node, line.title.as_deref())
}

fn compare<'m>(whole: &Whole<'_>, lines: impl Iterator<Item = Titled<'m>>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (&str, NodeId)> = BTreeMap::new();
    for (key, node, title) in lines {
        let Some(title) = title else { continue };
        match seen.entry(title.to_lowercase()) {
            Entry::Vacant(place) => {
                place.insert((key, node));
            }
            Entry::Occupied(other) => {
                let (other, before) = *other.get();
                if !are_twins(whole, node, before) {
                    let help = Text::new("say in the name in what they differ: a contract shows the names, not the keys");
                    let finding = whole.value(&RULE, whole.part(node, "name")).with("line", key).with("other", other);
                    let label = Text::new("the other one");
                    found.push(finding.with("title", title).help(help).label(whole.place(whole.part(before, "name")), label));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn each_line_has_a_name_of_its_own() {
        let offers = |one: &str, two: &str| {
            format!("with: anyone\noffers: {{ x: {{ item: hs:1101, name: {one}, price: 2 EUR/kg }}, y: {{ item: hs:1102, name: {two}, price: 2 EUR/kg }} }}")
        };
        advises(&RULE, &offers("Flour", "flour"));
        no_advice(&RULE, &offers("Wheat flour", "Rye flour"));
        no_advice(&RULE, &offers("Flour", "Flour").replace("hs:1102", "hs:1101"));
    }
}
