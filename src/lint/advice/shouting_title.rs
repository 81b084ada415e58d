//! A name in capitals only.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A name for people is written in capitals only.
    RULE = "CLM1177", "shouting-title", Info, Clarity, "11-advice#things",
    summary: "a name for people is in capitals only",
    message: "`{title}` is written in capitals only",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let offers = whole.lines().map(|(_, line)| (line.node, line.title.as_deref()));
    let packages = whole.manifest.packages.values().map(|package| (package.node, package.title.as_deref()));
    let titled = offers.chain(packages).filter_map(|(node, title)| Some((whole.part(node, "name"), title?)));
    for (node, title) in titled.filter(|(_, title)| shouts(title)) {
        let help = Text::new("write it as it would stand in a sentence: it will stand in a contract");
        found.push(whole.value(&RULE, node).with("title", title).help(help));
    }
}

/// Fewer letters may be initials.
const FEWEST: usize = 10;

fn shouts(title: &str) -> bool {
    let capitals = title.chars().filter(|c| c.is_uppercase()).count();
    capitals >= FEWEST && !title.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_name_is_not_shouted() {
        let offer = |name: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, name: {name}, price: 2 EUR/kg }} }}");
        ["WHEAT FLOUR 000", "HARINA DE MAÍZ"].iter().for_each(|name| advises(&RULE, &offer(name)));
        ["Wheat flour", "FSC MIX", "H87 C-40"].iter().for_each(|name| no_advice(&RULE, &offer(name)));
    }
}
