//! The same code twice in one line.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::rule;

rule! {
    /// An item code stands twice in a line, as one of its substitutes, or in an entry of `items`.
    RULE = "CLM0415", "repeated-item", Error, Meaning, "04-manifest#items",
    summary: "an item code stands twice in one line",
    message: "`{item}` stands here twice",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let lines = context.lines().map(|(_, line)| {
        let own = line.items.iter();
        own.chain(line.substitutes.iter().flat_map(|substitute| &substitute.items)).collect::<Vec<_>>()
    });
    let items = context.manifest.items.values().map(|codes| codes.iter().collect());
    for codes in lines.chain(items) {
        let mut first = BTreeMap::new();
        for code in codes {
            let Some(before) = first.insert(code.value.to_string(), code.node) else { continue };
            let finding = context
                .value(&RULE, code.node)
                .with("item", &code.value)
                .help(Text::new("write each code once; a need takes its own item at its own price"))
                .label(context.place(before), Text::new("here already"));
            found.push(match context.beside(code.node, before) {
                true => finding.edits(vec![context.without(code.node)], true),
                false => finding,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn a_code_is_the_same_however_it_is_written() {
        fires(&RULE, "with: anyone\noffers: { x: { item: [sku:a, \"https://a.example#a\"] } }");
        fires(&RULE, "needs: { x: { item: hs:1101, quantity: { at_most: 1 kg }, substitutes: [{ item: hs:1101 }] } }");
    }

    #[test]
    fn two_lines_may_have_the_same_item() {
        silent("with: anyone\noffers: { x: { item: hs:1101 }, y: { item: hs:1101 } }");
    }
}
