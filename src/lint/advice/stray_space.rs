//! Spaces that nobody sees.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;
use crate::syntax::Style;

rule! {
    /// A text begins or ends with a space, or has two in a row.
    RULE = "CLM1179", "stray-space", Info, Clarity, "11-advice#things",
    summary: "a text begins or ends with a space, or has two in a row",
    message: "`{text}` has a space too many",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (node, text) in whole.document.scalars() {
        if !has_two_in_a_row(text) && text.trim() == text {
            continue;
        }
        let style = whole.document.style(node);
        if matches!(style, Style::Literal | Style::Folded) || text.contains('\n') {
            continue;
        }
        let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let finding = whole.value(&RULE, node).with("text", text);
        let finding = finding.help(Text::new("write `{tidy}`: what looks alike should be alike").with("tidy", &tidy));
        let place = whole.place(node);
        let is_plain = style == Style::Plain && place.span.len() == text.len();
        found.push(if is_plain { finding.fix(place, tidy, true) } else { finding });
    }
}

/// Short texts are looked through faster byte by byte than by a search that has to be prepared.
fn has_two_in_a_row(text: &str) -> bool {
    text.as_bytes().windows(2).any(|two| two == b"  ")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn spaces_part_words() {
        let offer = |name: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, name: {name}, price: 2 EUR/kg }} }}");
        ["Wheat  flour", "' Wheat flour'", "\"Wheat flour \""].iter().for_each(|name| advises(&RULE, &offer(name)));
        no_advice(&RULE, &offer("Wheat flour"));
        no_advice(&RULE, "with: anyone\noffers:\n  x: { item: hs:1101, price: 2 EUR/kg }\n  y:\n    item: hs:1102\n    price: 2 EUR/kg\n    name: >-\n      Rye\n      flour");
    }
}
