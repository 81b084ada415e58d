//! A class of partners that no coop can fit.

use super::Whole;
use super::reach::Reach;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::each_fact;
use crate::manifest::model::Fact;
use crate::rule;
use crate::syntax::NodeId;

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
        let (mut rests, mut said) = (false, Vec::new());
        each_fact(condition, &mut |stated, node| {
            rests |= matches!(stated, Fact::Partner(classes) if classes.iter().any(|class| reach.is_closed(class)));
            if name(stated).is_some_and(|name| fact.split('.').next() == Some(name)) {
                said.push((stated, node));
            }
        });
        // What rests on a class that nobody fits is told there.
        if !rests {
            found.push(told(whole, condition.node, fact, &said).with("class", class));
        }
    }
}

/// What keeps everybody out of a class, at the statements that do.
fn told(whole: &Whole<'_>, class: NodeId, fact: &str, said: &[(&Fact, NodeId)]) -> Diagnostic {
    let own_id = &whole.manifest.coop.id.value;
    let alone = said.iter().find_map(|(stated, node)| match stated {
        Fact::Id(ids) if ids.iter().all(|id| id == own_id) => {
            let text = Text::new("no coop can fit `{class}`: it is this coop itself, and nobody trades with itself");
            Some((node, text, Text::new("write the id of the partner that is meant")))
        }
        Fact::Members { at_most: Some(0), .. } => {
            let text = Text::new("no coop can fit `{class}`: it would have no members");
            Some((node, text, Text::new("write how many members a partner may have")))
        }
        _ => None,
    });
    if let Some((node, text, help)) = alone {
        return whole.value(&RULE, *node).message(text).help(help);
    }
    let help = Text::new("let one of the two go, or write them under `any_of` if either will do");
    let finding = match said {
        [(_, node)] => whole.value(&RULE, *node),
        [(_, one), (_, other)] => {
            whole.value(&RULE, *other).label(whole.place(*one), Text::new("what it cannot hold together with"))
        }
        _ => whole.key(&RULE, class),
    };
    finding.with("fact", fact).help(help)
}

/// The key under which a condition states a fact.
fn name(fact: &Fact) -> Option<&'static str> {
    Some(match fact {
        Fact::LegalForm(_) => "legal_form",
        Fact::MemberOf(_) => "member_of",
        Fact::Practice(_) => "practice",
        Fact::Place(_) => "place",
        Fact::Members { .. } => "members",
        Fact::Id(_) => "id",
        Fact::Certificate(_) => "certificate",
        Fact::Grants(_) | Fact::Partner(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::diagnostic::Place;
    use crate::lint::trial::{COOP, advice, advises, no_advice};

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
            "{ place: { country: AR, locality: Rosario }, none_of: [{ place: { locality: Rosario } }] }",
            "{ place: { country: AR, locality: Rosario }, none_of: [{ place: { country: AR, locality: Rosario } }] }",
            "{ place: { locality: Rosario }, none_of: [{ place: [{ country: CL }, { locality: Rosario }] }] }",
            "{ members: 0 }",
            "{ members: { at_most: 0 } }",
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
            "{ place: { country: AR }, none_of: [{ place: { locality: Rosario } }] }",
            "{ place: { locality: Rosario }, none_of: [{ place: { country: CL, locality: Rosario } }] }",
            "{ place: [{ locality: Rosario }, { locality: Azul }], none_of: [{ place: { locality: Rosario } }] }",
            "{ members: 1 }",
            "{ none_of: [{ members: { at_least: 1 } }] }",
            "{ legal_form: worker, none_of: [{ all_of: [{ legal_form: worker }, { members: { at_least: 9 } }] }] }",
            "{ any_of: [{ partner: b }, { partner: c }], legal_form: worker }, b: { legal_form: consumer }, c: { legal_form: worker }",
        ] {
            no_advice(&RULE, &class(condition));
        }
    }

    #[test]
    fn what_clashes_is_underlined() {
        let told = |condition: &str| {
            let text = format!("{COOP}{}\n", class(condition));
            let of_rule = advice(&text).into_iter().find(|finding| finding.rule == &RULE);
            let finding = of_rule.unwrap_or_else(|| panic!("nothing in {text}"));
            let at = |place: Place| text[place.span.start..place.span.end].to_owned();
            (at(finding.place), finding.labels.iter().map(|label| at(label.place)).collect::<Vec<_>>(), finding.message.english())
        };
        let (at, labels, _) = told("{ legal_form: worker, none_of: [{ legal_form: [worker, producer] }] }");
        assert_eq!((at.as_str(), labels), ("[worker, producer]", vec!["worker".to_owned()]));
        let (at, _, said) = told("{ practice: equal_vote, id: https://a.example }");
        assert_eq!((at.as_str(), said.ends_with("nobody trades with itself")), ("https://a.example", true));
        let (at, _, said) = told("{ practice: equal_vote, members: 0 }");
        assert_eq!((at.as_str(), said.ends_with("it would have no members")), ("0", true));
        let three = "{ all_of: [{ legal_form: worker }, { legal_form: consumer }, { legal_form: [worker, consumer] }] }";
        assert_eq!(told(three).0, "a");
    }
}
