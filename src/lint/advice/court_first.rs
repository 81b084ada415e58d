//! Disputes that go straight to a court.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::terms::choices;
use crate::rule;

rule! {
    /// Nothing is tried before a court.
    RULE = "CLM1137", "court-first", Info, Fairness, "11-advice#fairness",
    summary: "disputes go straight to a court",
    message: "`disputes` begins with a court: nobody has to talk first",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let steps = choices(&whole.manifest.agreement, "disputes");
    let statement = whole.manifest.agreement.iter().find(|statement| statement.key == "disputes");
    let (Some(statement), [court]) = (statement, steps) else { return };
    if court.value == "court" {
        let step = |word| whole.quoted_as(court.node, word);
        let steps = format!("[{}, {}]", step("dialogue"), step("court"));
        found.push(
            whole
                .value(&RULE, statement.node)
                .help(Text::new("put a step before it that keeps partners partners: `[dialogue, court]`"))
                .fix(whole.place(statement.node), steps, false),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{mended, no_advice};

    #[test]
    fn a_court_is_not_the_first_step() {
        let agreement = |steps: &str| format!("agreement: {{ disputes: {steps} }}");
        assert_eq!(mended(&RULE, &agreement("[court]")), agreement("[dialogue, court]"));
        assert_eq!(mended(&RULE, &agreement("court")), agreement("[dialogue, court]"));
        no_advice(&RULE, &agreement("[court, federation_mediation]"));
        assert_eq!(mended(&RULE, "\"agreement\": { \"disputes\": [\"court\"] }"), "\"agreement\": { \"disputes\": [\"dialogue\", \"court\"] }");
        no_advice(&RULE, &agreement("arbitration"));
        no_advice(&RULE, "with: anyone");
    }
}
