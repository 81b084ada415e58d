//! A term that tells a story where partners compare words.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::manifest::model::TermDomain;
use crate::rule;

rule! {
    /// A choice of text is so long that nobody writes the same.
    RULE = "CLM1155", "prose-term", Info, Clarity, "11-advice#terms",
    summary: "a term is a long text, and texts meet only where they are equal",
    message: "`{path}` is {count} characters long, and texts meet only where they are equal to the letter",
}

/// Longest text that two coops may well write alike.
const LONGEST: usize = 120;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let of_agreement = whole.manifest.agreement.iter();
    let of_lines = whole.lines().flat_map(|(_, line)| all_terms(line)).flat_map(|terms| &terms.others);
    for statement in of_agreement.chain(of_lines) {
        let TermDomain::Choices(choices) = &statement.domain else { continue };
        for choice in choices.iter().filter(|choice| choice.value.len() > LONGEST) {
            let count = choice.value.chars().count();
            if count > LONGEST {
                let help = Text::new("say it in a word or two that a partner can write as well");
                let path = whole.path(statement.node);
                found.push(whole.value(&RULE, choice.node).with("path", path).with("count", count).help(help));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn what_partners_compare_is_short() {
        let offer = |text: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, packaging: {text} }} }}");
        advises(&RULE, &offer(&"on pallets of the size that fits the truck ".repeat(4)));
        no_advice(&RULE, &offer("on pallets of the size that fits the truck"));
        no_advice(&RULE, &offer(&"ñ".repeat(100)));
    }
}
