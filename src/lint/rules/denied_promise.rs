//! `none_of` over something that is not a plain fact.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, each_condition, each_fact};
use crate::manifest::model::{Condition, Fact};
use crate::rule;

rule! {
    /// `grants` or `partner` inside `none_of`.
    RULE = "CLM0407", "denied-promise", Error, Meaning, "04-manifest#conditions",
    summary: "`none_of` holds something that is not a plain fact",
    message: "`{key}` cannot stand inside `none_of`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for class in context.manifest.partners.values() {
        each_condition(class, &mut |condition| {
            let Condition::None(parts) = &condition.value else { return };
            for part in parts {
                each_fact(part, &mut |fact, node| {
                    let Some(key) = promise(fact) else { return };
                    found.push(context.key(&RULE, node).with("key", key).help(Text::new(
                        "deny facts only: `legal_form`, `member_of`, `practice`, `place`, `members`, `id` or `certificate`",
                    )));
                });
            }
        });
    }
}

fn promise(fact: &Fact) -> Option<&'static str> {
    match fact {
        Fact::Grants(_) => Some("grants"),
        Fact::Partner(_) => Some("partner"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn promises_are_found_at_any_depth() {
        fires(
            &RULE,
            "partners: { a: { none_of: [{ all_of: [{ grants: order }] }] } }\nwith: a\noperations: { order: {} }",
        );
        fires(
            &RULE,
            "partners: { a: { none_of: [{ partner: b }] }, b: { practice: equal_vote } }\nwith: a\noperations: { order: {} }",
        );
    }

    #[test]
    fn facts_may_be_denied_and_promises_asked() {
        silent(
            "partners: { a: { all_of: [{ none_of: [{ practice: equal_vote }] }, { grants: order }] } }\nwith: a\noperations: { order: {} }",
        );
    }
}
