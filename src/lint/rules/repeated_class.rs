//! A class named twice where once decides.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::manifest::model::Audience;
use crate::rule;
use crate::syntax::{At, NodeId};

rule! {
    /// A class stands twice in one `with`, or `for` has two entries that fit the same partners.
    RULE = "CLM0417", "repeated-class", Error, Meaning, "05-terms#class-terms",
    summary: "a class of partners is named twice where the first decides",
    message: "`{name}` stands here again, and only the first counts",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for with in context.audiences() {
        if let Audience::Classes(names) = &with.value {
            look(context, names.iter(), found);
        }
    }
    for (_, line) in context.lines() {
        look(context, line.classes.iter().map(|class| &class.class), found);
    }
}

/// The first of equal names decides, and nothing behind `anyone` is ever reached.
fn look<'a>(context: &Context<'_>, names: impl Iterator<Item = &'a At<SmolStr>>, found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, NodeId> = BTreeMap::new();
    for name in names {
        let before = first.get(name.value.as_str()).or_else(|| first.get("anyone")).copied();
        first.entry(&name.value).or_insert(name.node);
        let Some(before) = before else { continue };
        let finding = context
            .value(&RULE, name.node)
            .with("name", &name.value)
            .help(Text::new("the first that fits decides; take this one out, or put it first"))
            .label(context.place(before), Text::new("this comes first"));
        found.push(match context.beside(name.node, before) {
            true => finding.edits(vec![context.without(name.node)], true),
            false => finding,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    const CLASS: &str = "partners: { a: { practice: equal_vote } }\nwith: anyone\n";

    #[test]
    fn the_first_entry_of_for_decides() {
        let line = |classes: &str| format!("{CLASS}offers: {{ x: {{ item: hs:1101, for: {classes} }} }}");
        fires(&RULE, &line("[{ with: a, lead_time: 3 days }, { with: a, lead_time: 2 days }]"));
        fires(&RULE, &line("[{ with: anyone, lead_time: 3 days }, { with: a, lead_time: 2 days }]"));
        silent(&line("[{ with: a, lead_time: 3 days }, { with: anyone, lead_time: 2 days }]"));
    }
}
