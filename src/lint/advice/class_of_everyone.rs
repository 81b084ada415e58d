//! A class of partners that keeps nobody out.

use super::Whole;
use super::reach::{Reach, holds_of_all};
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// Every coop that states what a class asks about fits it.
    RULE = "CLM1158", "class-of-everyone", Warning, Meaning, "11-advice#partners",
    summary: "a class of partners keeps nobody out",
    message: "`{class}` keeps nobody out who states what it asks about",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let reach = Reach::of(whole.manifest);
    for (class, condition) in &whole.manifest.partners {
        if holds_of_all(&reach, condition) {
            let help = Text::new("ask for more, or write `with: anyone` if all are meant");
            found.push(whole.key(&RULE, condition.node).with("class", class).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_class_parts_some_from_others() {
        let class = |condition: &str| format!("partners: {{ a: {condition} }}\nwith: a\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}");
        for condition in [
            "{ members: { at_least: 0 } }",
            "{ none_of: [{ id: https://a.example }] }",
            "{ any_of: [{ members: { at_least: 1 } }, { practice: equal_vote }] }",
            "{ partner: anyone }",
            "{ any_of: [{ legal_form: worker }, { none_of: [{ legal_form: worker }] }] }",
            "{ any_of: [{ members: { at_most: 50 } }, { members: { at_least: 51 } }] }",
            "{ legal_form: [worker, producer, consumer, multi_stakeholder, housing, credit, federation, mutual, association, other] }",
        ] {
            advises(&RULE, &class(condition));
        }
        for condition in [
            "{ members: { at_least: 2 } }",
            "{ members: { at_most: 9 } }",
            "{ members: { at_least: 1 }, practice: equal_vote }",
            "{ none_of: [{ id: [https://a.example, https://b.example] }] }",
            "{ grants: order }",
            "{ any_of: [{ legal_form: worker }, { none_of: [{ legal_form: consumer }] }] }",
            "{ any_of: [{ members: { at_most: 50 } }, { members: { at_least: 52 } }] }",
            "{ any_of: [{ members: { at_most: 50 } }, { members: { at_least: 5, at_most: 90 } }] }",
        ] {
            no_advice(&RULE, &class(condition));
        }
    }
}
