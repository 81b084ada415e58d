//! `{ at_least: N, of: […] }` where N is no number of them.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, each_condition};
use crate::manifest::model::{Condition, Fact};
use crate::rule;

rule! {
    /// More conditions asked than there are, or none, or a range of members that nobody is in.
    RULE = "CLM0408", "impossible-count", Error, Meaning, "04-manifest#conditions",
    summary: "a condition counts more than there is, or nothing",
    message: "`at_least: {asked}` does not fit a list of {given}",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for class in context.manifest.partners.values() {
        each_condition(class, &mut |condition| match &condition.value {
            Condition::AtLeast(asked, parts)
                if (*asked == 0 || *asked > parts.len()) && context.is_whole(condition.node) =>
            {
                found.push(
                    context
                        .value(&RULE, context.part(condition.node, "at_least"))
                        .with("asked", asked)
                        .with("given", parts.len())
                        .help(Text::new("write a number from 1 to {most}").with("most", parts.len())),
                )
            }
            Condition::Fact(Fact::Members { at_least: Some(low), at_most: Some(high) }) if low > high => found.push(
                context
                    .value(&RULE, condition.node)
                    .message(
                        Text::new("`at_least: {low}` is above `at_most: {high}`").with("low", low).with("high", high),
                    )
                    .help(Text::new("nobody has so many members; swap the two")),
            ),
            _ => {}
        });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    fn class(condition: &str) -> String {
        format!("partners: {{ a: {condition} }}\nwith: a\noperations: {{ order: {{}} }}")
    }

    #[test]
    fn counts_are_from_one_to_all() {
        fires(&RULE, &class("{ at_least: 0, of: [{ practice: equal_vote }] }"));
        fires(&RULE, &class("{ at_least: 2, of: [{ practice: equal_vote }] }"));
        silent(&class("{ at_least: 1, of: [{ practice: equal_vote }] }"));
    }

    #[test]
    fn a_range_of_members_has_members() {
        fires(&RULE, &class("{ members: { at_least: 30, at_most: 3 } }"));
        silent(&class("{ members: { at_least: 3, at_most: 3 } }"));
    }
}
