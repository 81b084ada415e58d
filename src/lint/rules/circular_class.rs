//! A class of partners that is defined by itself.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, each_fact};
use crate::manifest::model::Fact;
use crate::rule;

rule! {
    /// A class that reaches itself through `partner`.
    RULE = "CLM0406", "circular-class", Error, Meaning, "04-manifest#conditions",
    summary: "a class of partners is defined by itself",
    message: "who belongs to `{name}` depends on who belongs to `{name}`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for (name, condition) in &context.manifest.partners {
        let Some(path) = way_back(context, name) else { continue };
        if path.iter().any(|class| told.contains(class)) {
            continue;
        }
        let way = path.iter().map(|class| format!("`{class}`")).collect::<Vec<_>>().join(" → ");
        told.extend(path);
        found.push(
            context
                .key(&RULE, condition.node)
                .with("name", name)
                .help(Text::new("write one of these classes without the other: {way}").with("way", way)),
        );
    }
}

/// The classes on a way from a class back to itself, both ends included.
fn way_back<'a>(context: &Context<'a>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut seen = BTreeSet::new();
    let mut open = vec![vec![start]];
    while let Some(path) = open.pop() {
        for next in path.last().into_iter().flat_map(|class| mentioned(context, class)) {
            let mut longer = path.clone();
            longer.push(next);
            if next == start {
                return Some(longer);
            }
            if seen.insert(next) {
                open.push(longer);
            }
        }
    }
    None
}

/// The declared classes that a class speaks of.
fn mentioned<'a>(context: &Context<'a>, class: &str) -> Vec<&'a str> {
    let partners = &context.manifest.partners;
    let mut names = Vec::new();
    if let Some(condition) = partners.get(class) {
        each_fact(condition, &mut |fact, _| {
            if let Fact::Partner(classes) = fact {
                names.extend(classes.iter().filter_map(|name| Some(partners.get_key_value(name)?.0.as_str())));
            }
        });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn one_circle_is_one_finding_however_long() {
        fires(&RULE, "partners: { a: { partner: a } }\nwith: a\noperations: { order: {} }");
        fires(
            &RULE,
            "partners: { a: { partner: b }, b: { partner: c }, c: { partner: a } }\nwith: a\noperations: { order: {} }",
        );
    }

    #[test]
    fn two_ways_to_one_class_are_no_circle() {
        silent(
            "partners: { a: { any_of: [{ partner: b }, { partner: c }] }, b: { partner: c }, c: { practice: equal_vote } }\nwith: a\noperations: { order: {} }",
        );
    }
}
