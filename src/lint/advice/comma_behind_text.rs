//! A comma behind a text, as lines end in JSON: here it is part of the text.

use super::Whole;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::lint::cut::is_free;
use crate::rule;
use crate::source::Span;
use crate::syntax::Style;

rule! {
    /// A text without quotes ends with a comma or a semicolon.
    RULE = "CLM1149", "comma-behind-text", Warning, Clarity, "11-advice#terms",
    summary: "a text ends with a comma or a semicolon",
    message: "the `{sign}` at the end is part of the text",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let document = whole.document;
    for (node, text) in document.scalars() {
        let Some(sign) = text.chars().next_back().filter(|sign| matches!(sign, ',' | ';')) else { continue };
        // Of a text that is only signs nothing would be left.
        let is_sign = text.chars().all(|c| matches!(c, ',' | ';' | ' '));
        if is_sign || document.style(node) != Style::Plain || !is_free(document, node) {
            continue;
        }
        let end = document.span(node).end;
        let place = Place::new(document.source(), Span::new(end.saturating_sub(sign.len_utf8()), end));
        let help = Text::new("take it out: a line ends without a sign");
        let mut finding = whole.value(&RULE, node).with("sign", sign).help(help).fix(place, "", false);
        finding.place = place;
        found.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, mended, no_advice};

    fn offer(more: &str) -> String {
        format!("with: anyone\noffers:\n  x:\n    item: hs:1101\n    {more}\n    price: 2 EUR/kg")
    }

    #[test]
    fn a_line_ends_without_a_sign() {
        for text in ["name: Rolls,", "name: Rolls;", "receiver_brings:\n      - paper,\n      - ink", "x_music: tango,"] {
            advises(&RULE, &offer(text));
        }
        for text in ["x_music: ;", "name: Rolls, soft", "name: \"Rolls,\"", "receiver_brings: [paper, ink]"] {
            no_advice(&RULE, &offer(text));
        }
        assert_eq!(mended(&RULE, &offer("name: Rolls,  # soft")), offer("name: Rolls  # soft"));
    }
}
