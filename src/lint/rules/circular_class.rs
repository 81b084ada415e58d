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
    message: "who belongs to `{name}` depends on `{name}` itself",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for name in context.manifest.partners.keys() {
        let Some(circle) = circle(context, name, &mut seen) else { continue };
        let Some((first, condition)) = circle.first().and_then(|first| context.manifest.partners.get_key_value(*first))
        else {
            continue;
        };
        let way = circle.iter().chain(&[first.as_str()]).map(|class| format!("`{class}`")).collect::<Vec<_>>();
        found.push(
            context
                .key(&RULE, condition.node)
                .with("name", first)
                .help(Text::new("write one of these classes without the other: {way}").with("way", way.join(" → "))),
        );
    }
}

/// The first circle that is met on the ways from a class that nobody has looked at. Each class is looked at once, so
/// that the work grows with the text and no faster.
fn circle<'a>(context: &Context<'a>, start: &'a str, seen: &mut BTreeSet<&'a str>) -> Option<Vec<&'a str>> {
    let mut circle = None;
    let mut way: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut open = Some(start);
    loop {
        if let Some(class) = open.take()
            && seen.insert(class)
        {
            way.push((class, mentioned(context, class)));
        }
        let Some((_, rest)) = way.last_mut() else { return circle };
        let Some(next) = rest.pop() else {
            way.pop();
            continue;
        };
        let back = way.iter().position(|(class, _)| *class == next);
        circle = circle.or_else(|| back.map(|from| way.iter().skip(from).map(|(class, _)| *class).collect()));
        open = back.is_none().then_some(next);
    }
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
    fn a_long_chain_is_walked_in_no_time() {
        let link = |i: usize| {
            format!("  c{i}: {{ any_of: [{{ partner: c{} }}, {{ partner: c{} }}] }}\n", i + 1, (i + 2).min(1500))
        };
        let chain: String = (0..1499).map(link).collect();
        silent(&format!(
            "partners:\n{chain}  c1499: {{ partner: c1500 }}\n  c1500: {{ practice: equal_vote }}\nwith: c0\noperations: {{ order: {{}} }}"
        ));
    }

    #[test]
    fn two_ways_to_one_class_are_no_circle() {
        silent(
            "partners: { a: { any_of: [{ partner: b }, { partner: c }] }, b: { partner: c }, c: { practice: equal_vote } }\nwith: a\noperations: { order: {} }",
        );
    }
}
