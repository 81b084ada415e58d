//! A class that asks of partners what we do not do ourselves.

use std::cell::LazyCell;

use smol_str::SmolStr;

use super::Whole;
use super::reach::Reach;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::{Audience, Condition, Fact, Line, Operation};
use crate::rule;
use crate::syntax::{At, NodeId};
use crate::vocab::codes;

rule! {
    /// A class asks for an operation that it does not get from us.
    RULE = "CLM1161", "unreturned-grant", Warning, Fairness, "11-advice#partners",
    summary: "a class asks for an operation that it does not get in return",
    message: "`{class}` asks partners for `{operation}`, which takes two, and `operations` does not have it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let partners = &whole.manifest.partners;
    let reach = LazyCell::new(|| Reach::of(whole.manifest));
    for (class, condition) in partners {
        each_asked(condition, &mut |names, node| {
            let lacks: Vec<_> = names.iter().map(|name| (name, lack(whole, &reach, class, name))).collect();
            let is_all = lacks.iter().all(|(_, lack)| lack.is_some());
            let is_given = |name: &SmolStr| {
                whole.manifest.operations.get(name).is_some_and(|operation| !is_for_others(&reach, class, operation))
            };
            if names.iter().any(is_given) {
                return;
            }
            // Of what one side gives, a part that we have nothing to give of excuses nothing of the rest.
            let told_of = |lack: &Lack| is_all || matches!(lack, Lack::Ungranted);
            let first = lacks.iter().find_map(|(name, lack)| Some((name, lack.as_ref().filter(|lack| told_of(lack))?)));
            let Some((operation, lack)) = first else { return };
            let finding = whole.value(&RULE, whole.scalar(node, operation));
            found.push(told(whole, finding, class, operation, lack));
        });
    }
}

/// Why a class does not get from us the operation that it must grant.
enum Lack {
    /// It takes two, and we do not have it.
    OfTwo,
    /// It is one side's to give, and we have something to give it of.
    Ungranted,
    /// Ours is for others, and nobody can be of both.
    ForOthers(NodeId),
}

fn lack<'a>(whole: &Whole<'a>, reach: &Reach<'a>, class: &str, name: &str) -> Option<Lack> {
    let manifest = whole.manifest;
    if let Some(operation) = manifest.operations.get(name) {
        return is_for_others(reach, class, operation).then_some(Lack::ForOthers(operation.with.node));
    }
    if codes::JOINT_OPERATIONS.contains(&name) {
        return Some(Lack::OfTwo);
    }
    // Of what a coop coined nobody else knows whether it goes both ways.
    let is_for_them = |line: &Line| !is_apart_from(reach, class, &line.with.value);
    let has_it = match name {
        "watch_stock" | "watch_price" => manifest.offers.values().any(is_for_them),
        "forecast" => manifest.needs.values().any(is_for_them),
        _ => false,
    };
    // One may be given for another: forecasts for a look at the stock. Prices are for whoever buys, and no look inside.
    let gives = |(given, operation): (&SmolStr, &Operation)| {
        let weighs = given != "watch_price" && !codes::JOINT_OPERATIONS.contains(&given.as_str());
        (weighs || given == name) && !is_for_others(reach, class, operation)
    };
    (has_it && !manifest.operations.iter().any(gives)).then_some(Lack::Ungranted)
}

/// Whether nobody of a class may have an operation.
fn is_for_others<'a>(reach: &Reach<'a>, class: &str, operation: &Operation) -> bool {
    is_apart_from(reach, class, &operation.with.value)
}

/// Whether nobody of a class is among those for whom something is.
fn is_apart_from<'a>(reach: &Reach<'a>, class: &str, audience: &Audience) -> bool {
    let Ok(own) = reach.left(class) else { return false };
    let is_apart = |name: &At<SmolStr>| reach.left(&name.value).is_ok_and(|other| own.and(&other).is_err());
    match audience {
        Audience::Nobody => true,
        Audience::Anyone => false,
        Audience::Classes(names) => names.iter().take(MOST).all(is_apart),
    }
}

/// Most classes of one operation that are looked at.
const MOST: usize = 32;

/// The finding with what it says, and the way out.
fn told(whole: &Whole<'_>, finding: Diagnostic, class: &str, operation: &str, lack: &Lack) -> Diagnostic {
    let named = |text: Text| text.with("class", class).with("operation", operation);
    let finding = match lack {
        Lack::OfTwo => finding.help(named(Text::new(
            "add `{operation}` under `operations`, or ask for what one side gives alone, such as `watch_stock`",
        ))),
        Lack::Ungranted => finding
            .message(Text::new("`{class}` asks partners for `{operation}`, and `operations` gives them nothing of the kind in return"))
            .help(named(Text::new("grant `{operation}` to `{class}` under `operations` too, or do not ask for it"))),
        Lack::ForOthers(with) => finding
            .message(Text::new("`{class}` asks partners for `{operation}`, and nobody of that class may have ours"))
            .help(named(Text::new("name `{class}` in the `with` of `{operation}`, or do not ask for it")))
            .label(whole.place(*with), Text::new("for whom ours is")),
    };
    finding.with("class", class).with("operation", operation)
}

/// Shows every list of operations of which a condition asks one, with its node. What is denied is not asked for.
fn each_asked(condition: &At<Condition>, visit: &mut dyn FnMut(&[SmolStr], NodeId)) {
    match &condition.value {
        Condition::Fact(Fact::Grants(names)) => visit(names, condition.node),
        Condition::Fact(_) | Condition::None(_) => {}
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| each_asked(part, visit));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn what_takes_two_is_done_by_us_too() {
        let class = |grants: &str, own: &str| format!("partners: {{ a: {{ grants: {grants} }} }}\nwith: a\noperations: {{ {own}: {{}} }}");
        advises(&RULE, &class("order", "invoice"));
        advises(&RULE, &class("[order, pay]", "invoice"));
        no_advice(&RULE, &class("order", "order"));
        no_advice(&RULE, &class("[order, invoice]", "invoice"));
        no_advice(&RULE, &class("watch_stock", "invoice"));
    }

    #[test]
    fn what_one_side_gives_is_given_in_return_by_who_has_it() {
        let class = |grants: &str, body: &str| format!("partners: {{ a: {{ grants: {grants} }} }}\nwith: a\n{body}");
        let offers = "offers: { x: { item: hs:1101, price: 2 EUR/kg } }";
        let needs = "needs: { x: { item: hs:1101, quantity: { at_most: 5 kg } } }";
        advises(&RULE, &class("watch_stock", offers));
        advises(&RULE, &class("[watch_price, watch_stock]", offers));
        advises(&RULE, &class("forecast", needs));
        no_advice(&RULE, &class("watch_stock", needs));
        no_advice(&RULE, &class("forecast", offers));
        advises(&RULE, &class("[forecast, watch_price]", offers));
        no_advice(&RULE, &class("[order, watch_stock]", needs));
        no_advice(&RULE, &class("watch_stock", &format!("{offers}\noperations: {{ watch_stock: {{ detail: level }} }}")));
        no_advice(&RULE, &class("watch_stock", &format!("{offers}\noperations: {{ forecast: {{}} }}")));
        advises(&RULE, &class("watch_stock", &format!("{offers}\noperations: {{ order: {{ formats: [csv] }} }}")));
        advises(&RULE, &class("watch_stock", &format!("{offers}\noperations: {{ watch_price: {{}} }}")));
        no_advice(&RULE, &class("[watch_stock, watch_price]", &format!("{offers}\noperations: {{ watch_price: {{}} }}")));
        no_advice(&RULE, &class("watch_price", &format!("{offers}\noperations: {{ forecast: {{}} }}")));
        no_advice(&RULE, &class("x_open_ledger", offers));
        // What is offered to others alone is nothing to be looked at by these.
        let apart = |with: &str| {
            format!("partners: {{ a: {{ legal_form: producer, grants: watch_stock }}, b: {{ legal_form: consumer }} }}\nwith: [a, b]\noffers: {{ x: {{ item: hs:1101, with: {with}, price: 2 EUR/kg }} }}")
        };
        no_advice(&RULE, &apart("b"));
        advises(&RULE, &apart("a"));
    }

    #[test]
    fn ours_is_for_some_of_those_who_are_asked() {
        let class = |with: &str| {
            format!("partners: {{ a: {{ legal_form: worker, grants: order }}, b: {{ legal_form: consumer }}, c: {{ practice: equal_vote }} }}\nwith: [a, b, c]\noperations: {{ order: {{ with: {with}, formats: [csv] }} }}")
        };
        advises(&RULE, &class("b"));
        ["a", "c", "[a, b]", "[b, c]", "anyone"].iter().for_each(|with| no_advice(&RULE, &class(with)));
    }
}
