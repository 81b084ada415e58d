//! A range that is open on the side on which its writer has something to lose.

use super::Whole;
use crate::diagnostic::{Diagnostic, Edit, Text};
use crate::lint::context::{Side, all_terms};
use crate::lint::terms::range;
use crate::rule;
use crate::value::Rational;

rule! {
    /// A range limits the other side where it costs nothing, and not where it costs something.
    RULE = "CLM1121", "wrong-end", Warning, Meaning, "11-advice#terms",
    summary: "a range is open on the side on which its writer has something to lose",
    message: "`{term}` of `{line}` has no `{missing}`: the other side may go as far as it likes",
}

/// The end without which a term binds nobody: who pays late, delivers late or delivers little does as it likes.
static ENDS: [(Side, &str, End); 7] = [
    (Side::Offer, "payment_days", End::Most),
    (Side::Offer, "inspection", End::Most),
    (Side::Offer, "delay_penalty", End::Most),
    (Side::Need, "lead_time", End::Most),
    (Side::Need, "tolerance", End::Most),
    (Side::Need, "shelf_life", End::Least),
    (Side::Need, "warranty", End::Least),
];

#[derive(Clone, Copy)]
enum End {
    Least,
    Most,
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (side, line) in whole.lines() {
        for terms in all_terms(line) {
            for (_, term, end) in ENDS.iter().filter(|(of, ..)| *of == side) {
                let Some((statement, domain)) = range(&terms.others, term) else { continue };
                let (wanted, other, missing, written) = match end {
                    End::Least => (&domain.at_least, &domain.at_most, "at_least", "at_most"),
                    End::Most => (&domain.at_most, &domain.at_least, "at_most", "at_least"),
                };
                // From zero on is everything, which is said on purpose.
                if wanted.is_some() || !other.as_ref().is_some_and(Rational::is_positive) {
                    continue;
                }
                let node = whole.part(statement.node, written);
                let value = whole.written(node);
                let help = Text::new("write `{missing}: {value}` if that is what is meant");
                let key = whole.document.key_place(node);
                found.push(
                    whole
                        .value(&RULE, node)
                        .with("term", term)
                        .with("line", &line.key)
                        .with("missing", missing)
                        .help(help.with("missing", missing).with("value", value))
                        .edits(vec![Edit { place: key, replacement: missing.to_owned() }], false),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, mended, no_advice};

    fn offer(terms: &str) -> String {
        format!("with: anyone\noffers: {{ x: {{ item: hs:1101, {terms} }} }}")
    }

    fn need(terms: &str) -> String {
        format!("needs: {{ x: {{ item: hs:1101, quantity: 5 t, {terms} }} }}")
    }

    #[test]
    fn who_is_paid_says_until_when() {
        let (least, most) = ("payment_days: { at_least: 30 days }", "payment_days: { at_most: 30 days }");
        assert_eq!(mended(&RULE, &offer(least)), offer(most));
        no_advice(&RULE, &offer(most));
        no_advice(&RULE, &offer("payment_days: { at_least: 10 days, at_most: 30 days }"));
        no_advice(&RULE, &offer("payment_days: { at_least: 0 days }"));
        no_advice(&RULE, &need(least));
    }

    #[test]
    fn who_waits_says_how_long_and_who_stores_how_long_it_keeps() {
        advises(&RULE, &need("lead_time: { at_least: 10 days }"));
        advises(&RULE, &need("tolerance: { at_least: 5 % }"));
        assert_eq!(
            mended(&RULE, &need("shelf_life: { at_most: 90 days }")),
            need("shelf_life: { at_least: 90 days }")
        );
        no_advice(&RULE, &offer("lead_time: { at_least: 10 days }"));
        no_advice(&RULE, &offer("shelf_life: { at_most: 90 days }"));
        no_advice(&RULE, &need("lead_time: 10 days"));
    }

    #[test]
    fn the_defaults_are_told_once() {
        advises(
            &RULE,
            "with: anyone\ndefaults: { offers: { payment_days: { at_least: 30 days } } }\noffers: { x: { item: hs:1101 }, y: { item: hs:1102 } }",
        );
    }
}
