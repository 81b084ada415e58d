//! A practice that is nearly one that coops declare.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::Fact;
use crate::manifest::names;
use crate::near;
use crate::rule;
use crate::syntax::NodeId;
use crate::vocab::codes;

rule! {
    /// A practice is one slip away from a common one.
    RULE = "CLM1165", "near-practice", Warning, Clarity, "11-advice#partners",
    summary: "a practice is nearly one that coops declare",
    message: "`{practice}` is nearly `{known}`, and practices count to the letter",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let mut tell = |practice: &str, node: NodeId| {
        if codes::find(codes::PRACTICES, practice).is_some() {
            return;
        }
        let known = |word: &str| codes::find(codes::PRACTICES, word).map(|known| known.code.to_owned());
        if let Some(several) = names::list_meant(practice, known) {
            let scalar = whole.scalar(node, practice);
            let message = Text::new("`{practice}` counts as one practice, and names several").with("practice", practice);
            let finding = whole.value(&RULE, scalar).message(message);
            let mut finding = names::as_list(whole.document, scalar, finding, &several);
            finding.fix.iter_mut().for_each(|fix| fix.safe = false);
            found.push(finding);
            return;
        }
        // A sign at the end of a line is told as that.
        let Some(known) = nearly(practice).filter(|_| !practice.ends_with([',', ';'])) else { return };
        let finding = whole.value(&RULE, whole.scalar(node, practice));
        let place = finding.place;
        let help = Text::new("write `{known}`").with("known", known);
        found.push(finding.with("practice", practice).with("known", known).help(help).fix(place, known, false));
    };
    if let Some(node) = whole.at(&["coop", "practices"]) {
        whole.manifest.coop.practices.iter().for_each(|practice| tell(practice, node));
    }
    whole.each_fact(&mut |fact, node| {
        if let Fact::Practice(practices) = fact {
            practices.iter().for_each(|practice| tell(practice, node));
        }
    });
}

/// The common practice that this one is but for a slip, capitals or what parts its words.
fn nearly(practice: &str) -> Option<&'static str> {
    let mut known = codes::PRACTICES.iter().map(|row| row.code);
    if practice.len() > LONGEST {
        return None;
    }
    let plain = practice.to_lowercase().replace(['-', ' '], "_");
    known.find(|known| near::within(known, &plain, 1).is_some())
}

/// No common practice is longer.
const LONGEST: usize = 40;

#[cfg(test)]
mod tests {
    use super::{RULE, nearly};
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn practices_are_spelt_as_others_spell_them() {
        let coop = |declared: &str, asked: &str| format!("with: a\npartners: {{ a: {{ practice: {asked} }} }}\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, x_note: {declared} }} }}");
        advises(&RULE, &coop("x", "equal-vote"));
        advises(&RULE, &coop("x", "[worker_control, open_book]"));
        no_advice(&RULE, &coop("x", "[equal_vote, rotating_chair]"));
        advises(&RULE, &coop("x", "[equal_vote open_books]"));
        advises(&RULE, &coop("x", "equal_vote y open_books"));
        assert_eq!(nearly("Equal vote"), Some("equal_vote"));
        no_advice(&RULE, &coop("x", "surplus_by_use"));
    }
}
