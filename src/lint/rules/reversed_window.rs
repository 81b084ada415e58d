//! A time that ends before it begins.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::rule;

rule! {
    /// `until` is before `from`.
    RULE = "CLM0411", "reversed-window", Error, Meaning, "04-manifest#validity",
    summary: "a time ends before it begins",
    message: "`until: {until}` is before `from: {from}`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for window in context.windows() {
        let (Some(from), Some(until)) = (&window.from, &window.until) else { continue };
        if until.value < from.value {
            found.push(
                context
                    .value(&RULE, until.node)
                    .with("until", until.value)
                    .with("from", from.value)
                    .help(Text::new("`until` is the last day; write a day on or after {from}").with("from", from.value))
                    .label(context.place(from.node), Text::new("it begins here"))
                    .edits(context.swapped(from.node, until.node), false),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn every_window_runs_forward() {
        fires(&RULE, "valid: { from: 2027-01-02, until: 2027-01-01 }");
        fires(&RULE, "with: anyone\noffers: { x: { item: hs:1101, valid: { from: 2027-01-02, until: 2027-01-01 } } }");
    }

    #[test]
    fn a_single_day_is_a_window() {
        silent("valid: { from: 2027-01-01, until: 2027-01-01 }");
    }
}
