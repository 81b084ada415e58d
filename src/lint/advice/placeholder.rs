//! A text that only holds the place of one.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A text holds the place of one that is not decided yet.
    RULE = "CLM1153", "placeholder", Warning, Clarity, "11-advice#terms",
    summary: "a text only holds the place of one",
    message: "`{text}` holds the place of something that `{path}` should say",
}

/// What is written where nothing is known yet, in small letters.
const FILLERS: [&str; 22] = [
    "tbd", "tba", "fixme", "xxx", "xxxx", "???", "...", "…", "changeme", "to be confirmed", "to be defined", "to be agreed",
    "a definir", "a confirmar", "a convenir", "a completar", "a determinar", "por definir", "por confirmar", "por completar",
    "por determinar", "sin definir",
];

/// No filler is longer.
const LONGEST: usize = 16;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (node, text) in whole.document.scalars().filter(|(_, text)| text.len() <= LONGEST) {
        let is_filler = FILLERS.iter().any(|filler| filler.eq_ignore_ascii_case(text)) || text == "TODO";
        if is_filler {
            let help = Text::new("write what holds, or take it out: what is not said can still be agreed");
            let path = whole.path(node);
            found.push(whole.value(&RULE, node).with("text", text).with("path", path).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn what_is_not_known_is_left_out() {
        let offer = |text: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, packaging: {text} }} }}");
        ["TBD", "a convenir", "Por definir", "'???'", "TODO"].iter().for_each(|text| advises(&RULE, &offer(text)));
        ["sack", "todo", "bolsa a convenir entre ambas"].iter().for_each(|text| no_advice(&RULE, &offer(text)));
    }
}
