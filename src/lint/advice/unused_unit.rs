//! A unit that is declared and counts nothing.

use std::collections::BTreeSet;

use super::Whole;
use super::words::{counts_in, entries};
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;
use crate::syntax::NodeId;
use crate::vocab::units::canonical_word;

rule! {
    /// A declared unit is never used.
    RULE = "CLM1173", "unused-unit", Warning, Clarity, "11-advice#things",
    summary: "a declared unit is never used",
    message: "nothing is counted in `{unit}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let of_lines = [&["offers"], &["needs"]].into_iter().filter_map(|path| whole.at(path));
    let lines = of_lines.flat_map(|node| entries(whole, node)).map(|(_, line)| line);
    let declared: BTreeSet<NodeId> =
        whole.top("units").into_iter().chain(lines.filter_map(|line| whole.child(line, "units"))).collect();
    if declared.is_empty() {
        return;
    }
    let units = || declared.iter().flat_map(|node| entries(whole, *node));
    let mut unused: BTreeSet<&str> = units().map(|(unit, _)| canonical_word(unit)).collect();
    // Most units are used soon, and then nothing more is to be looked for.
    let mut scalars = whole.document.scalars();
    while let Some((node, text)) = scalars.next().filter(|_| !unused.is_empty()) {
        for word in counts_in(text) {
            if unused.contains(canonical_word(word)) && !is_in_any(whole, node, &declared) {
                unused.remove(canonical_word(word));
            }
        }
    }
    let top = whole.top("units");
    for (unit, node) in units() {
        let is_hidden = || whole.document.parent(node) == top && is_hidden(whole, canonical_word(unit), &declared);
        if unused.contains(canonical_word(unit)) || is_hidden() {
            let help = Text::new("count in it, or take it out: a partner's word for a unit is the partner's own");
            found.push(whole.key(&RULE, node).with("unit", unit).help(help));
        }
    }
}

/// Whether every line that counts in a unit of the whole manifest declares one of that name itself.
fn is_hidden(whole: &Whole<'_>, unit: &str, declared: &BTreeSet<NodeId>) -> bool {
    let declares = |node: &NodeId| entries(whole, *node).any(|(own, _)| canonical_word(own) == unit);
    let of_lines = declared.iter().filter(|node| Some(**node) != whole.top("units") && declares(node));
    let hiding: BTreeSet<NodeId> = of_lines.filter_map(|node| whole.document.parent(*node)).collect();
    let counts = |text: &str| counts_in(text).any(|word| canonical_word(word) == unit);
    // Where a unit is used outside of the lines, which of the two is meant is not looked at.
    let is_open = |(node, text): (NodeId, &str)| {
        counts(text) && !is_in_any(whole, node, &hiding) && !is_in_any(whole, node, declared)
    };
    !hiding.is_empty() && !whole.document.scalars().any(is_open)
}

fn is_in_any(whole: &Whole<'_>, node: NodeId, outside: &BTreeSet<NodeId>) -> bool {
    let mut above = std::iter::successors(whole.document.parent(node), |node| whole.document.parent(*node));
    above.any(|node| outside.contains(&node))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_unit_counts_something() {
        let offer = |units: &str, quantity: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, units: {{ {units} }}, quantity: {{ at_least: {quantity} }}, price: 2 EUR/kg }} }}");
        advises(&RULE, &offer("sack: 25 kg", "50 kg"));
        advises(&RULE, &offer("sack: 25 kg, bag: 5 kg", "2 bags"));
        no_advice(&RULE, &offer("sack: 25 kg", "4 sack"));
        no_advice(&RULE, "units: { sack: 25 kg }\nwith: anyone\noffers: { x: { item: hs:1101, price: 50 EUR/sack } }");
        no_advice(&RULE, "units: { sack: 25 kg }\nwith: anyone\noffers: { x: { item: hs:1101, price: 500 EUR/10 sack } }");
        advises(&RULE, "units: { sack: 25 kg }\nwith: anyone\noffers: { x: { item: hs:1101, price: 2 EUR/kg, packaging: sack } }");
        let hidden = |more: &str| format!("units: {{ sack: 50 kg }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, units: {{ sack: 25 kg }}, price: 50 EUR/sack }}{more} }}");
        advises(&RULE, &hidden(""));
        no_advice(&RULE, &hidden(", y: { item: hs:1102, price: 50 EUR/sack }"));
    }
}
