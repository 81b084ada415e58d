//! A class in `with` that adds nobody.

use smol_str::SmolStr;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::containment::is_in;
use crate::manifest::model::Audience;
use crate::rule;
use crate::syntax::At;

rule! {
    /// A class stands in `with` beside one that holds all of it; one that stands behind `anyone` is an error already.
    RULE = "CLM1159", "idle-class", Warning, Clarity, "11-advice#partners",
    summary: "a class in `with` adds nobody",
    message: "`{class}` adds nobody here: `{other}` holds all of it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for with in whole.audiences() {
        let Audience::Classes(names) = &with.value else { continue };
        for name in names.iter().take(MOST) {
            if let Some(other) = wider(whole, names, name) {
                let help = Text::new("leave only the one that is meant");
                found.push(whole.value(&RULE, name.node).with("class", &name.value).with("other", other).help(help));
            }
        }
    }
}

/// Most classes of one `with` that are compared with each other.
const MOST: usize = 32;

/// Another class of the list of which everybody in this one is.
fn wider<'n>(whole: &Whole<'_>, names: &'n [At<SmolStr>], name: &At<SmolStr>) -> Option<&'n str> {
    whole.manifest.partners.get(&name.value)?;
    let mut before = true;
    names.iter().take(MOST).map(|other| other.value.as_str()).find(|other| {
        before &= *other != name.value;
        // Of two that hold each other, the first stands.
        *other != name.value && is_in(whole, &name.value, &[other]) && (before || !is_in(whole, other, &[&name.value]))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_class_is_named_where_it_lets_somebody_in() {
        let with = |with: &str| {
            format!("partners: {{ a: {{ practice: equal_vote }}, b: {{ partner: a, legal_form: worker }} }}\nwith: {with}\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }}, y: {{ item: hs:1102, price: 2 EUR/kg, with: b }} }}")
        };
        ["[a, anyone]", "[a, b]", "[b, a]"].iter().for_each(|classes| advises(&RULE, &with(classes)));
        ["a", "[b]", "[anyone]"].iter().for_each(|classes| no_advice(&RULE, &with(classes)));
    }

    #[test]
    fn a_class_may_be_in_another_without_naming_it() {
        let with = |other: &str| {
            format!("partners: {{ a: {{ legal_form: [worker, consumer] }}, b: {other} }}\nwith: [a, b]\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}")
        };
        advises(&RULE, &with("{ legal_form: worker, practice: equal_vote }"));
        advises(&RULE, &with("{ legal_form: [consumer, worker] }"));
        no_advice(&RULE, &with("{ legal_form: [worker, producer] }"));
        no_advice(&RULE, &with("{ practice: equal_vote }"));
    }
}
