//! Two lines that say the same.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Whole;
use super::words::entries;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::Line;
use crate::rule;
use crate::syntax::{Entry as Pair, Kind, NodeId};
use crate::value::ItemCode;

rule! {
    /// Two offers, or two needs, say the same in all but their names.
    RULE = "CLM1170", "twin-lines", Warning, Clarity, "11-advice#things",
    summary: "two lines say the same",
    message: "`{line}` says the same as `{other}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for lines in [&whole.manifest.offers, &whole.manifest.needs] {
        let mut seen: BTreeMap<Vec<&ItemCode>, &Line> = BTreeMap::new();
        for line in lines.values() {
            match seen.entry(codes(line)) {
                Entry::Vacant(place) => {
                    place.insert(line);
                }
                Entry::Occupied(other) if say_the_same(whole, line.node, other.get().node) => {
                    let help = Text::new("take one of them out, or say in what they differ");
                    let finding = whole.key(&RULE, line.node).with("line", &line.key).with("other", &other.get().key);
                    found.push(finding.help(help).label(whole.key(&RULE, other.get().node).place, Text::new("the other one")));
                }
                Entry::Occupied(_) => {}
            }
        }
    }
}

/// The codes of a line, in whatever order they are written.
fn codes(line: &Line) -> Vec<&ItemCode> {
    let mut codes: Vec<&ItemCode> = line.items.iter().map(|item| &item.value).collect();
    codes.sort_unstable();
    codes
}

/// Whether two lines say the same in all but their names.
pub(super) fn are_twins(whole: &Whole<'_>, one: NodeId, other: NodeId) -> bool {
    let item = |node: NodeId| whole.child(node, "item");
    item(one).zip(item(other)).is_some_and(|(a, b)| are_alike(whole, a, b)) && say_the_same(whole, one, other)
}

/// Whether two lines are written alike but for their items and names.
fn say_the_same(whole: &Whole<'_>, one: NodeId, other: NodeId) -> bool {
    let rest = |node: NodeId| entries(whole, node).filter(|(key, _)| !matches!(*key, "item" | "name"));
    rest(one).count() == rest(other).count()
        && rest(one).all(|(key, node)| whole.child(other, key).is_some_and(|value| are_alike(whole, node, value)))
}

fn are_alike(whole: &Whole<'_>, one: NodeId, other: NodeId) -> bool {
    match (whole.document.kind(one), whole.document.kind(other)) {
        (Kind::List(one), Kind::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| are_alike(whole, *one, *other))
        }
        (Kind::Mapping(of_one), Kind::Mapping(of_other)) => {
            let found = |entry: &Pair| {
                whole.child(other, &entry.key).is_some_and(|value| are_alike(whole, entry.value, value))
            };
            of_one.len() == of_other.len() && of_one.iter().all(found)
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn two_lines_differ_in_more_than_their_names() {
        let offers = |one: &str, two: &str| format!("with: anyone\noffers: {{ x: {{ {one} }}, y: {{ {two} }} }}");
        advises(&RULE, &offers("item: hs:1101, price: 2 EUR/kg, name: One", "name: Two, price: 2 EUR/kg, item: hs:1101"));
        advises(&RULE, &offers("item: [hs:1101, sku:a], price: { at_least: 2 EUR/kg }", "item: [sku:a, hs:1101], price: { at_least: 2 EUR/kg }"));
        no_advice(&RULE, &offers("item: hs:1101, price: 2 EUR/kg", "item: hs:1101, price: 3 EUR/kg"));
        no_advice(&RULE, &offers("item: hs:1101, price: 2 EUR/kg", "item: hs:1102, price: 2 EUR/kg"));
        no_advice(&RULE, &offers("item: hs:1101, price: 2 EUR/kg", "item: hs:1101, price: 2 EUR/kg, delivery: pickup"));
    }
}
