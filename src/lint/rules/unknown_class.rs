//! A name in `with`, `for` or `partner` that `partners` does not declare.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::manifest::names;
use crate::manifest::model::{ANYONE, Audience, Fact};
use crate::rule;
use crate::syntax::NodeId;
use crate::vocab::switch::Switch;

rule! {
    /// A class of partners that nobody declared.
    RULE = "CLM0401", "unknown-class", Error, Meaning, "04-manifest#with",
    summary: "a class of partners is used that is not declared",
    message: "no class of partners is called `{name}`",
}

/// Words by which people say `anyone`.
const EVERYBODY: [&str; 10] =
    ["all", "any", "everybody", "everyone", "anybody", "public", "todos", "todas", "cualquiera", "cualquier"];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.is_unread("partners") {
        return;
    }
    let mut known = context.declared(&["partners"]);
    known.push(ANYONE);
    let mut look = |name: &str, node: NodeId| {
        if !names::is_known(name, &known) {
            let finding = context.unknown(&RULE, node, name, &known);
            found.push(match for_everybody_or_nobody(name).filter(|_| finding.fix.is_none()) {
                Some((help, true)) => {
                    let place = finding.place;
                    finding.help(help).fix(place, ANYONE, false)
                }
                Some((help, false)) => finding.help(help),
                None => finding,
            });
        }
    };
    for with in context.audiences() {
        if let Audience::Classes(names) = &with.value {
            names.iter().for_each(|name| look(&name.value, name.node));
        }
    }
    for (_, line) in context.lines() {
        line.classes.iter().for_each(|class| look(&class.class.value, class.class.node));
    }
    context.each_fact(&mut |fact, node| {
        if let Fact::Partner(names) = fact {
            names.iter().for_each(|name| look(name, context.scalar(node, name)));
        }
    });
}

/// How a word is said that lets everybody in or nobody, and whether it is `anyone`.
fn for_everybody_or_nobody(word: &str) -> Option<(Text, bool)> {
    let is_everybody = EVERYBODY.contains(&word.to_lowercase().as_str());
    let anyone = || (Text::new("write `anyone` if it is for everybody"), true);
    match Switch::of(word) {
        Some(Switch::Off) => Some((
            Text::new("nothing is switched off with `{word}`: name those for whom it is, or take out what is for nobody")
                .with("word", word),
            false,
        )),
        Some(Switch::On) => Some(anyone()),
        None => is_everybody.then(anyone),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};
    use crate::schema::rules::{UNKNOWN_KEY, WRONG_KIND};

    #[test]
    fn a_name_is_looked_for_wherever_a_class_can_be_meant() {
        fires(&RULE, "operations: { order: { with: friends } }");
        fires(&RULE, "partners: { a: { partner: friends } }\nwith: a\noperations: { order: {} }");
        fires(
            &RULE,
            "with: anyone\noffers: { x: { item: hs:1101, price: 2 ARS/kg, for: [{ with: friends, price: 1 ARS/kg }] } }",
        );
    }

    #[test]
    fn one_wrong_name_for_everything_is_one_finding() {
        fires(
            &RULE,
            "with: friends\noffers: { x: { item: hs:1101 }, y: { item: hs:1102 } }\noperations: { order: {} }",
        );
    }

    #[test]
    fn classes_that_are_written_wrongly_are_not_missing_too() {
        let used = "with: friends\noperations: { order: {} }";
        fires(&WRONG_KIND, &format!("partners: [friends]\n{used}"));
        fires(&UNKNOWN_KEY, &format!("  partners: {{ friends: {{ practice: equal_vote }} }}\n{used}"));
    }

    #[test]
    fn anyone_needs_no_declaration() {
        silent("with: anyone\noperations: { order: {} }");
    }
}
