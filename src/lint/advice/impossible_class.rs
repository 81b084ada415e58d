//! A class of partners that no coop can fit.

use super::Whole;
use super::reach::Reach;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::each_fact;
use crate::manifest::model::Fact;
use crate::rule;

rule! {
    /// What a class asks cannot all be true of one coop.
    RULE = "CLM1157", "impossible-class", Warning, Meaning, "11-advice#partners",
    summary: "no coop can fit a class of partners",
    message: "no coop can fit `{class}`: what it says of `{fact}` cannot hold together",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let reach = Reach::of(whole.manifest);
    for (class, condition) in &whole.manifest.partners {
        let Err(fact) = reach.left(class) else { continue };
        // What rests on a class that nobody fits is told there.
        let mut rests = false;
        each_fact(condition, &mut |fact, _| {
            rests |= matches!(fact, Fact::Partner(classes) if classes.iter().any(|class| reach.is_closed(class)));
        });
        if !rests {
            let help = Text::new("let one of the two go, or write them under `any_of` if either will do");
            found.push(whole.key(&RULE, condition.node).with("class", class).with("fact", fact).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    fn class(condition: &str) -> String {
        format!("partners: {{ a: {condition} }}\nwith: a\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}")
    }

    #[test]
    fn facts_that_cannot_hold_together_are_told() {
        for condition in [
            "{ all_of: [{ members: { at_least: 50 } }, { members: { at_most: 10 } }] }",
            "{ legal_form: worker, none_of: [{ legal_form: [worker, producer] }] }",
            "{ all_of: [{ legal_form: worker }, { legal_form: consumer }] }",
            "{ practice: equal_vote, none_of: [{ any_of: [{ practice: equal_vote }, { id: https://b.example }] }] }",
            "{ id: https://a.example }",
            "{ any_of: [{ id: https://a.example }, { all_of: [{ legal_form: worker }, { legal_form: credit }] }] }",
            "{ all_of: [{ place: { country: AR } }, { place: [{ country: CL }, { country: UY }] }] }",
            "{ members: { at_least: 3 }, none_of: [{ members: { at_least: 2 } }] }",
            "{ at_least: 2, of: [{ legal_form: worker }, { id: https://a.example }] }",
            "{ legal_form: worker, partner: b }, b: { legal_form: consumer, grants: order }",
            "{ partner: b }, b: { id: https://a.example }",
        ] {
            advises(&RULE, &class(condition));
        }
    }

    #[test]
    fn what_one_coop_can_be_is_left_alone() {
        for condition in [
            "{ all_of: [{ practice: equal_vote }, { practice: open_books }] }",
            "{ any_of: [{ legal_form: worker }, { legal_form: consumer }] }",
            "{ all_of: [{ member_of: [https://f.example, https://g.example] }, { none_of: [{ member_of: https://f.example }] }] }",
            "{ none_of: [{ members: { at_least: 10 } }] }",
            "{ all_of: [{ place: { country: AR } }, { place: [{ country: CL }, { subdivision: AR-B }] }] }",
            "{ at_least: 1, of: [{ legal_form: worker }, { id: https://a.example }] }",
            "{ legal_form: worker, none_of: [{ all_of: [{ legal_form: worker }, { members: { at_least: 9 } }] }] }",
            "{ any_of: [{ partner: b }, { partner: c }], legal_form: worker }, b: { legal_form: consumer }, c: { legal_form: worker }",
        ] {
            no_advice(&RULE, &class(condition));
        }
    }
}
