//! A class of partners that nothing speaks of.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::lint::rules::granted_to_nobody;
use crate::manifest::model::{ANYONE, Audience, Fact};
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// A class is declared and granted nothing.
    RULE = "CLM0416", "unused-class", Warning, Clarity, "04-manifest#partners",
    summary: "a class of partners is declared and never used",
    message: "nothing is granted to `{name}`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for with in context.audiences() {
        if let Audience::Classes(names) = &with.value {
            used.extend(names.iter().map(|name| name.value.as_str()));
        }
    }
    used.extend(context.lines().flat_map(|(_, line)| &line.classes).map(|class| class.class.value.as_str()));
    let mut inner: BTreeSet<SmolStr> = BTreeSet::new();
    context.each_fact(&mut |fact, _| {
        if let Fact::Partner(names) = fact {
            inner.extend(names.iter().cloned());
        }
    });
    // A name that no class has is probably this one misspelt, and a `with` that is missing is told as that.
    let declared = context.declared(&["partners"]);
    let misspelt = used.iter().any(|name| *name != ANYONE && !declared.contains(name))
        || inner.iter().any(|name| *name != ANYONE && !declared.contains(&name.as_str()));
    if misspelt || granted_to_nobody::any(context) || !context.is_whole(context.document.root()) {
        return;
    }
    for (name, condition) in &context.manifest.partners {
        let at_the_top = context.top("with").is_some_and(|with| context.reads(with, name));
        if !used.contains(name.as_str()) && !inner.contains(name) && !at_the_top && name != "anyone" {
            found.push(
                context
                    .key(&RULE, condition.node)
                    .with("name", name)
                    .help(Text::new("name it in `with`, in `for` or in another class, or take it out"))
                    .edits(vec![context.without(alone(context).unwrap_or(condition.node))], false),
            );
        }
    }
}

/// All classes, if there is but one: without it there are none.
fn alone(context: &Context<'_>) -> Option<NodeId> {
    let partners = context.top("partners")?;
    (context.declared(&["partners"]).len() == 1).then_some(partners)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::granted_to_nobody::RULE as GRANTED_TO_NOBODY;
    use crate::lint::rules::unknown_class::RULE as UNKNOWN_CLASS;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn one_mistake_is_one_finding() {
        let sisters = "partners: { sisters: { practice: equal_vote } }\n";
        fires(&UNKNOWN_CLASS, &format!("{sisters}with: sister\noperations: {{ order: {{}} }}"));
        fires(&GRANTED_TO_NOBODY, &format!("{sisters}operations: {{ order: {{}} }}"));
    }

    #[test]
    fn a_class_is_used_wherever_it_is_named() {
        fires(&RULE, "partners: { a: { practice: equal_vote } }");
        silent("partners: { a: { practice: equal_vote }, b: { partner: a } }\nwith: b\noperations: { order: {} }");
        silent(
            "partners: { a: { practice: equal_vote } }\nwith: anyone\noffers: { x: { item: hs:1101, for: [{ with: a, lead_time: 3 days }] } }",
        );
        silent("partners: { a: { practice: equal_vote } }\nwith: [a]");
    }
}
