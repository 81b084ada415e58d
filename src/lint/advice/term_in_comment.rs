//! A term that stands in a comment.

use super::Whole;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::rule;
use crate::vocab::terms::TERMS;

rule! {
    /// A term stands in a comment, where no partner's system reads it.
    RULE = "CLM1151", "term-in-comment", Info, Clarity, "11-advice#terms",
    summary: "a term stands in a comment",
    message: "`{term}` stands in a comment, where no partner reads it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let (comments, text) = whole.comments();
    for comment in comments {
        let key = comment.words(text).trim_start_matches("- ").split_once(": ").map(|(key, _)| key);
        if let Some(term) = TERMS.iter().find(|term| Some(term.name) == key) {
            let place = Place::new(whole.document.source(), comment.span);
            let help = Text::new("state it, if it holds; take the comment out, if it does not");
            found.push(Diagnostic::new(&RULE, place).with("term", term.name).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_term_counts_only_where_it_is_stated() {
        let offer = |behind: &str| format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 EUR/kg }} {behind}");
        advises(&RULE, &offer("# payment_days: 10 days"));
        advises(&RULE, &offer("\n    # - delivery: pickup"));
        no_advice(&RULE, &offer("# payment_days as with everybody"));
        no_advice(&RULE, &offer("# note: ask us"));
    }
}
