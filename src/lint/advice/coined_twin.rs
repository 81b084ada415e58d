//! A word of the coop's own for what has a word.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::near;
use crate::rule;
use crate::syntax::NodeId;
use crate::vocab::codes;
use crate::vocab::terms::{Scope, TERMS};

rule! {
    /// A coined key is one of the language with `x_` before it.
    RULE = "CLM1154", "coined-twin", Warning, Clarity, "11-advice#terms",
    summary: "a word of one's own stands for one that everybody has",
    message: "`{key}` is a word of your own, and everybody knows `{known}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let terms = |scope: Scope| TERMS.iter().filter(move |term| term.scope == scope).map(|term| term.name);
    let mut tell = |key: &str, node: NodeId, known: Option<&'static str>| {
        let Some(known) = known else { return };
        let help = Text::new("write `{known}`, or choose a word that cannot be taken for it").with("known", known);
        let finding = whole.key(&RULE, node);
        let place = finding.place;
        found.push(finding.with("key", key).with("known", known).help(help).fix(place, known, false));
    };
    let lines = whole.lines().flat_map(|(_, line)| all_terms(line)).flat_map(|terms| &terms.others);
    for statement in lines.filter(|statement| statement.key.starts_with(COINED)) {
        tell(&statement.key, statement.node, twin(&statement.key, terms(Scope::Line)));
    }
    for statement in whole.manifest.agreement.iter().filter(|statement| statement.key.starts_with(COINED)) {
        tell(&statement.key, statement.node, twin(&statement.key, terms(Scope::Agreement)));
    }
    for (name, operation) in whole.manifest.operations.iter().filter(|(name, _)| name.starts_with(COINED)) {
        tell(name, operation.node, twin(name, codes::OPERATIONS.iter().map(|row| row.code)));
    }
}

/// What every word of a coop's own begins with.
const COINED: &str = "x_";

/// Shortest word that may be known in spite of a slip: of a shorter one, another word is one letter away.
const SHORTEST: usize = 5;

/// The known word that a coined one is, but for a slip or what parts its words.
fn twin(key: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let bare = key.strip_prefix(COINED)?;
    let mut known = known.filter(|word| word.len().abs_diff(bare.len()) <= 2);
    known.find(|word| *word == bare || (word.len() >= SHORTEST && is_near(word, bare)))
}

fn is_near(known: &str, word: &str) -> bool {
    let joined = |text: &str| text.replace('_', "");
    joined(known) == joined(word) || near::within(known, word, 1) == Some(1)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn what_has_a_word_is_said_by_it() {
        let offer = |term: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, {term} }} }}");
        advises(&RULE, &offer("x_payment_days: { at_most: 30 days }"));
        advises(&RULE, &offer("x_paymentdays: 30"));
        advises(&RULE, &offer("x_waranty: 12"));
        no_advice(&RULE, &offer("x_duration: long"));
        no_advice(&RULE, &offer("x_colour: red"));
        advises(&RULE, "with: anyone\nagreement: { x_law: AR }");
        advises(&RULE, "with: anyone\noperations: { x_orders: {} }");
        no_advice(&RULE, "with: anyone\noperations: { x_tool_library: {} }");
    }
}
