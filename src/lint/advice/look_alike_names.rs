//! Two names that are easily taken for each other.

use std::collections::BTreeMap;

use super::Whole;
use super::words::entries;
use crate::diagnostic::{Diagnostic, Text};
use crate::near;
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// Two names of one kind look alike.
    RULE = "CLM1172", "look-alike-names", Info, Clarity, "11-advice#things",
    summary: "two names look alike",
    message: "`{name}` is easily taken for `{other}`",
}

/// What holds names that others are written by. A recipe takes those of lines and items side by side.
const GROUPS: [&[&[&str]]; 6] = [
    &[&["offers"], &["needs"], &["items"]],
    &[&["units"]],
    &[&["recipes"]],
    &[&["partners"]],
    &[&["circuits"]],
    &[&["coop", "certificates"]],
];

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for group in GROUPS {
        let mut looks: BTreeMap<String, (&str, NodeId)> = BTreeMap::new();
        let mut letters: BTreeMap<Vec<u8>, (&str, NodeId)> = BTreeMap::new();
        let names = group.iter().filter_map(|path| whole.at(path)).flat_map(|node| entries(whole, node));
        for (name, node) in names.filter(|(name, _)| (SHORTEST..=LONGEST).contains(&name.len())) {
            let alike = other_of(&mut looks, look(name), name, node);
            let swapped = other_of(&mut letters, sorted(name), name, node).filter(|(other, _)| is_swapped(name, other));
            // One thing may be both offered and needed.
            if let Some((other, before)) = alike.or(swapped).filter(|(other, _)| *other != name) {
                let help = Text::new("give one of them a name that cannot be mistaken");
                let finding = whole.key(&RULE, node).with("name", name).with("other", other).help(help);
                found.push(finding.label(whole.key(&RULE, before).place, Text::new("the other one")));
            }
        }
    }
}

/// A name of one letter is that letter; longer ones than the last are nobody's.
const SHORTEST: usize = 2;
/// Names of fewer letters are taken in at a glance, but for digits that look like letters.
const SHORTEST_READ: usize = 4;
const LONGEST: usize = 60;

/// What came before under the same key, if anything did.
fn other_of<'n, K: Ord>(
    seen: &mut BTreeMap<K, (&'n str, NodeId)>,
    key: K,
    name: &'n str,
    node: NodeId,
) -> Option<(&'n str, NodeId)> {
    let other = seen.get(&key).copied();
    seen.entry(key).or_insert((name, node));
    other
}

/// A name as it looks at a glance: of signs that look alike, one stands for all. No sign stands for two digits, since numbers
/// are told apart by theirs.
fn look(name: &str) -> String {
    if name.len() < SHORTEST_READ {
        return name.chars().map(letter_of).collect();
    }
    let mut look = String::with_capacity(name.len());
    for c in name.chars().filter(|c| *c != '-') {
        let pair = match (look.chars().next_back(), c) {
            (Some('r'), 'n') => Some('m'),
            (Some('v'), 'v') => Some('w'),
            _ => None,
        };
        if pair.is_some() {
            look.pop();
        }
        look.push(pair.unwrap_or_else(|| if c == 'i' { 'l' } else { letter_of(c) }));
    }
    look
}

/// The letter that a digit looks like.
fn letter_of(c: char) -> char {
    match c {
        '1' => 'l',
        '0' => 'o',
        '2' => 'z',
        '5' => 's',
        '8' => 'b',
        other => other,
    }
}

fn sorted(name: &str) -> Vec<u8> {
    let mut letters: Vec<u8> = name.bytes().collect();
    letters.sort_unstable();
    letters
}

/// Whether two names are one but for two letters next to each other; numbers are told apart by their digits.
fn is_swapped(one: &str, other: &str) -> bool {
    let apart: Vec<(char, char)> = one.chars().zip(other.chars()).filter(|(a, b)| a != b).collect();
    let is_read = one.len() >= SHORTEST_READ;
    let letters = is_read && apart.iter().all(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_lowercase());
    apart.len() == 2 && letters && near::within(one, other, 1) == Some(1)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn names_are_told_apart_at_a_glance() {
        let offers = |one: &str, two: &str| {
            format!("with: anyone\noffers: {{ {one}: {{ item: hs:1101, price: 2 EUR/kg }}, {two}: {{ item: hs:1102, price: 2 EUR/kg }} }}")
        };
        for (one, two) in [("flour", "fluor"), ("box-1", "box-l"), ("box-10", "box-1o"), ("corn-meal", "com-meal"), ("t85-flour", "t85flour"),
            ("sail-cloth", "sall-cloth"), ("box-5", "box-s"), ("gas-8ar", "gas-bar"), ("size-2", "size-z"), ("a1", "al"), ("b-0", "b-o")] {
            advises(&RULE, &offers(one, two));
        }
        for (one, two) in [("flour-000", "flour-0000"), ("box-12", "box-21"), ("stop", "post"), ("zone-1", "zone-2"), ("rye", "rey"), ("ml", "mi"), ("a1", "a7"), ("a-b", "ab"), ("box", "boxes"), ("box-5", "box-8")] {
            no_advice(&RULE, &offers(one, two));
        }
    }

    #[test]
    fn what_is_offered_and_needed_is_told_apart_in_a_recipe() {
        let lines = |offer: &str, need: &str| {
            format!("with: anyone\noffers: {{ {offer}: {{ item: hs:1101, price: 2 EUR/kg }} }}\nneeds: {{ {need}: {{ item: hs:1102, quantity: {{ at_most: 5 t }} }} }}")
        };
        advises(&RULE, &lines("flour-0", "flour-o"));
        no_advice(&RULE, &lines("flour-0", "flour-0"));
        no_advice(&RULE, &lines("flour-0", "flour-1"));
    }
}
