//! A class named twice where once decides.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::containment::is_in;
use crate::lint::context::Context;
use crate::manifest::model::{ANYONE, Audience, Line};
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
    let mut known = Known::default();
    for (_, line) in context.lines() {
        look(context, line.classes.iter().map(|class| &class.class), found);
        look_inside(context, line, &mut known, found);
    }
}

/// Most entries of one `for` that are compared with each other.
const MOST: usize = 32;

/// Whether a class is inside others: most lines name the same ones.
#[derive(Default)]
struct Known<'a>(BTreeMap<(&'a str, Vec<&'a str>), bool>);

impl<'a> Known<'a> {
    fn is_in(&mut self, context: &Context<'a>, class: &'a str, others: Vec<&'a str>) -> bool {
        if let Some(known) = self.0.get(&(class, others.clone())) {
            return *known;
        }
        let found = is_in(context, class, &others);
        self.0.insert((class, others), found);
        found
    }
}

/// An entry behind others that hold all of its class is never the first that fits.
fn look_inside<'a>(context: &Context<'a>, line: &'a Line, known: &mut Known<'a>, found: &mut Vec<Diagnostic>) {
    let mut before: Vec<&At<SmolStr>> = Vec::new();
    for class in line.classes.iter().take(MOST).map(|entry| &entry.class) {
        let names: Vec<&str> = before.iter().map(|before| before.value.as_str()).collect();
        // What stands twice, or behind `anyone`, is told as that.
        let is_told = names.iter().any(|name| *name == class.value || *name == ANYONE);
        if !is_told && known.is_in(context, &class.value, names) {
            let finding = context
                .value(&RULE, class.node)
                .message(Text::new("whoever fits `{name}` fits what comes before it, and only the first counts"))
                .with("name", &class.value)
                .help(Text::new("the first that fits decides; take this one out, or put it first"));
            // Where none of them alone holds it, several do together, the first of them mostly.
            let holder = before.iter().find(|before| known.is_in(context, &class.value, vec![&before.value])).or(before.first());
            found.push(holder.into_iter().fold(finding, |finding, before| {
                finding.label(context.place(before.node), Text::new("this comes first"))
            }));
        }
        before.push(class);
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

    #[test]
    fn a_class_inside_one_before_it_is_never_first() {
        let line = |classes: &str| {
            format!(
                "partners: {{ a: {{ legal_form: [worker, consumer] }}, b: {{ partner: a, practice: equal_vote }}, c: {{ legal_form: worker }}, d: {{ legal_form: consumer }}, e: {{ practice: equal_vote }} }}\nwith: [a, e, b, c, d]\noffers: {{ x: {{ item: hs:1101, for: {classes} }} }}"
            )
        };
        let entries = |names: &[&str]| {
            let entries: Vec<String> = names.iter().map(|name| format!("{{ with: {name}, lead_time: 3 days }}")).collect();
            line(&format!("[{}]", entries.join(", ")))
        };
        [&["a", "b"] as &[&str], &["a", "c"], &["e", "a", "d"], &["c", "d", "a"], &["e", "b"]]
            .iter()
            .for_each(|names| fires(&RULE, &entries(names)));
        [&["b", "a"] as &[&str], &["c", "a"], &["c", "b"], &["a", "e"], &["e", "c", "d"]]
            .iter()
            .for_each(|names| silent(&entries(names)));
    }
}
