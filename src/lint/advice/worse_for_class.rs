//! A class that fares worse than everybody else.

use std::cmp::Ordering;
use std::sync::Arc;

use smol_str::SmolStr;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Side, has_others};
use crate::lint::measure;
use crate::lint::terms::{choices, range};
use crate::manifest::model::{Choice, ClassTerms, Line, Quantities, RangeDomain, Statement, TermDomain, Terms, Tier};
use crate::rule;
use crate::syntax::{At, NodeId};
use crate::value::Quantity;

rule! {
    /// A class pays more, is paid less, has less time to pay, or may have less than everybody else.
    RULE = "CLM1136", "worse-for-class", Info, Fairness, "11-advice#fairness",
    summary: "a class fares worse than everybody else",
    message: "with `{class}` it is `{own}`, which is worse for them than `{others}` with everybody else",
}

/// The end of a range that matters to a class, and how it is to that of everybody else where the class fares worse.
type End = (&'static str, &'static str, Ordering);

/// What matters to who takes an offer.
const OFFERED: [End; 5] = [
    ("lead_time", "at_least", Ordering::Greater),
    ("inspection", "at_most", Ordering::Less),
    ("credit_share", "at_most", Ordering::Less),
    ("warranty", "at_most", Ordering::Less),
    ("delay_penalty", "at_most", Ordering::Less),
];

/// What matters to who serves a need.
const NEEDED: [End; 6] = [
    ("lead_time", "at_most", Ordering::Less),
    ("tolerance", "at_most", Ordering::Less),
    ("inspection", "at_least", Ordering::Greater),
    ("shelf_life", "at_least", Ordering::Greater),
    ("warranty", "at_least", Ordering::Greater),
    ("delay_penalty", "at_least", Ordering::Greater),
];

/// Terms of which fewer ways are worse.
const WAYS: [&str; 4] = ["delivery", "delivery_days", "payment_method", "packaging"];

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (side, line) in whole.lines() {
        for class in line.classes.iter().filter(|_| has_others(line)) {
            let worse = price(side, line, &class.terms).into_iter().chain(days(whole, side, &line.terms, &class.terms));
            found.extend(worse.map(|(own, others)| told(whole, class, own, others)));
            found.extend(narrower(whole, side, line, class));
        }
    }
}

fn told(whole: &Whole<'_>, class: &ClassTerms, own: NodeId, others: NodeId) -> Diagnostic {
    whole
        .value(&RULE, own)
        .with("class", &class.class.value)
        .with("own", whole.written(own))
        .with("others", whole.written(others))
        .help(Text::new("swap the two if it was meant the other way round"))
        .label(whole.place(others), Text::new("with everybody else"))
}

/// How a class fares by one of its terms.
enum Fare {
    Worse(Diagnostic),
    /// Better, or so that it may be: the class has something for what it lacks.
    Better,
}

/// Terms by which a class fares worse, where none of its own may make up for them.
fn narrower(whole: &Whole<'_>, side: Side, line: &Line, class: &ClassTerms) -> Vec<Diagnostic> {
    let (own, everybody) = (&class.terms, &line.terms);
    if node(&own.price) != node(&everybody.price) || node(&own.volume) != node(&everybody.volume) {
        return Vec::new();
    }
    let is_own = |own: &&Arc<Statement>| everybody.others.iter().all(|other| other.node != own.node);
    let by_term = own.others.iter().filter(is_own).map(|own| fare(whole, side, class, own, everybody));
    let mut worse = Vec::new();
    for fare in by_term.chain([delivery(whole, line, class), certificates(whole, side, everybody, class)].into_iter().flatten()) {
        match fare {
            Fare::Worse(finding) => worse.push(finding),
            Fare::Better => return Vec::new(),
        }
    }
    worse
}

fn node<T>(term: &Option<At<T>>) -> Option<NodeId> {
    term.as_ref().map(|term| term.node)
}

/// How a class fares by a term of its own. What is not known to be worse may be better.
fn fare(whole: &Whole<'_>, side: Side, class: &ClassTerms, own: &Statement, everybody: &Terms) -> Fare {
    if WAYS.contains(&own.key.as_str()) {
        return ways(whole, class, own, everybody).unwrap_or(Fare::Better);
    }
    let ends: &[End] = if side == Side::Offer { &OFFERED } else { &NEEDED };
    let end = ends.iter().find(|(term, ..)| *term == own.key);
    let compared = || {
        let (_, key, worse) = *end?;
        let (TermDomain::Range(range_of_own), (others_node, others)) = (&own.domain, range(&everybody.others, &own.key)?) else { return None };
        let of = |range: &RangeDomain| if key == "at_least" { range.at_least.clone() } else { range.at_most.clone() };
        let is_worse = range_of_own.circuit == others.circuit && of(range_of_own)?.cmp(&of(others)?) == worse;
        is_worse.then(|| told(whole, class, whole.part(own.node, key), whole.part(others_node.node, key)))
    };
    compared().map_or(Fare::Better, Fare::Worse)
}

/// The ways of a term that everybody has and a class has not, where it has no other.
fn ways(whole: &Whole<'_>, class: &ClassTerms, own: &Statement, everybody: &Terms) -> Option<Fare> {
    let others = everybody.others.iter().find(|other| other.key == own.key)?;
    let (mine, theirs) = (choices(&class.terms.others, &own.key), choices(&everybody.others, &own.key));
    let same = |a: &Choice, b: &Choice| (&a.value, &a.at, a.costs.is_empty()) == (&b.value, &b.at, b.costs.is_empty());
    let lacking = theirs.iter().find(|their| !mine.iter().any(|my| same(my, their)))?;
    mine.iter().all(|my| theirs.iter().any(|their| same(my, their))).then(|| {
        let text = Text::new("`{class}` has less choice of `{term}` than everybody else, who may have `{way}` too");
        let finding = whole.key(&RULE, own.node).message(text).with("class", &class.class.value);
        let finding = finding.with("term", &own.key).with("way", whole.written(whole.part(lacking.node, "value")));
        let help = Text::new("add it for the class too, or swap the two if it was meant the other way round");
        Fare::Worse(finding.help(help).label(whole.place(others.node), Text::new("with everybody else")))
    })
}

/// What one delivery may hold, with a class and with everybody.
fn delivery(whole: &Whole<'_>, line: &Line, class: &ClassTerms) -> Option<Fare> {
    let (own, others) = (class.terms.quantity.as_ref()?, line.terms.quantity.as_ref()?);
    if own.node == others.node {
        return None;
    }
    let compared = |end: fn(&Quantities) -> &Option<Quantity>| match (end(&own.value), end(&others.value)) {
        (Some(own), Some(others)) => measure::compare(&line.units, own, others),
        (None, None) => Some(Ordering::Equal),
        _ => None,
    };
    let ends = (compared(|quantity| &quantity.at_least), compared(|quantity| &quantity.at_most));
    // What is worse at one end only is not made up for at the other, nor by smaller steps.
    let key = match ends {
        _ if own.multiple_of != others.multiple_of => None,
        (Some(Ordering::Greater), Some(Ordering::Equal | Ordering::Less)) => Some("at_least"),
        (Some(Ordering::Equal), Some(Ordering::Less)) => Some("at_most"),
        _ => None,
    };
    let worse = |key| Fare::Worse(told(whole, class, whole.part(own.node, key), whole.part(others.node, key)));
    Some(key.map_or(Fare::Better, worse))
}

/// The certificates that a need asks of a class, and of nobody else.
fn certificates(whole: &Whole<'_>, side: Side, everybody: &Terms, class: &ClassTerms) -> Option<Fare> {
    let own = class.terms.certificates.as_ref().filter(|_| side == Side::Need)?;
    let others = everybody.certificates.as_ref();
    if others.is_some_and(|others| others.node == own.node) {
        return None;
    }
    let asks = |list: &[At<SmolStr>], name: &At<SmolStr>| list.iter().any(|other| other.value == name.value);
    let asked = others.map_or(&[] as &[_], |others| others.value.as_slice());
    if asked.iter().any(|name| !asks(&own.value, name)) {
        return Some(Fare::Better);
    }
    let more = own.value.iter().find(|name| !asks(asked, name))?;
    let text = Text::new("`{class}` is asked for `{certificate}`, and everybody else is not");
    let finding = whole.value(&RULE, more.node).message(text).with("class", &class.class.value);
    let help = Text::new("ask it of everybody, or swap the two if it was meant the other way round");
    Some(Fare::Worse(finding.with("certificate", &more.value).help(help)))
}

/// The prices of a class and of everybody, where the class fares worse.
fn price(side: Side, line: &Line, class: &Terms) -> Option<(NodeId, NodeId)> {
    let worse = match side {
        Side::Offer => Ordering::Greater,
        Side::Need => Ordering::Less,
    };
    let (own, everybodys) = (measure::tiers(class), measure::tiers(&line.terms));
    let is_own = own.first()?.node != everybodys.first()?.node;
    everybodys.iter().filter(|_| is_own).find_map(|others| {
        let at_once = match &others.from {
            Some(from) if !std::ptr::eq(others, everybodys.first()?) => measure::tier_at(&line.units, own, from)?,
            _ => own.first()?,
        };
        let price = |tier: &Tier| tier.at_most.clone().or_else(|| tier.at_least.clone());
        let (own, others) = (price(at_once)?, price(others)?);
        (measure::compare_prices(&line.units, &own, &others) == Some(worse)).then_some((own.node, others.node))
    })
}

/// The days to pay in, where the class has to pay sooner, or is paid later.
fn days(whole: &Whole<'_>, side: Side, everybody: &Terms, class: &Terms) -> Option<(NodeId, NodeId)> {
    let (own_node, own) = range(&class.others, "payment_days")?;
    let (others_node, others) = range(&everybody.others, "payment_days")?;
    let (key, worse) = match side {
        Side::Offer => ("at_most", own.at_most.as_ref()? < others.at_most.as_ref()?),
        Side::Need => ("at_least", own.at_least.as_ref()? > others.at_least.as_ref()?),
    };
    worse.then(|| (whole.part(own_node.node, key), whole.part(others_node.node, key)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    fn line(kind: &str, everybody: &str, class: &str) -> String {
        format!(
            "partners: {{ a: {{ practice: equal_vote }} }}\nwith: anyone\n{kind}: {{ x: {{ item: hs:1101, quantity: {{ at_most: 5 t }}, {everybody}, for: [{{ with: a, {class} }}] }} }}"
        )
    }

    #[test]
    fn a_class_pays_no_more_and_no_sooner() {
        let offer = |everybody: &str, class: &str| line("offers", everybody, class);
        advises(&RULE, &offer("price: 2 EUR/kg", "price: 2100 EUR/t"));
        advises(&RULE, &offer("price: { at_least: 1 EUR/kg, at_most: 2 EUR/kg }", "price: 2.10 EUR/kg"));
        no_advice(&RULE, &offer("price: 2 EUR/kg", "price: 1.90 EUR/kg"));
        let tiers = "price: { tiers: [{ from: 1 kg, price: 2 EUR/kg }, { from: 1 t, price: 1.80 EUR/kg }] }";
        advises(&RULE, &offer(tiers, "price: 1.90 EUR/kg"));
        advises(&RULE, &offer(tiers, "price: { tiers: [{ from: 1 kg, price: 1.90 EUR/kg }, { from: 2 t, price: 1.70 EUR/kg }] }"));
        no_advice(&RULE, &offer(tiers, "price: 1.80 EUR/kg"));
        advises(&RULE, &offer("payment_days: { at_most: 60 days }", "payment_days: { at_most: 30 days }"));
        no_advice(&RULE, &offer("payment_days: { at_most: 60 days }", "payment_days: { at_most: 90 days }"));
    }

    #[test]
    fn a_class_is_paid_no_less_and_no_later() {
        let need = |everybody: &str, class: &str| line("needs", everybody, class);
        advises(&RULE, &need("price: { at_most: 2 EUR/kg }", "price: { at_most: 1.90 EUR/kg }"));
        no_advice(&RULE, &need("price: { at_most: 2 EUR/kg }", "price: { at_most: 2.10 EUR/kg }"));
        advises(&RULE, &need("payment_days: { at_least: 10 days }", "payment_days: { at_least: 30 days }"));
        no_advice(&RULE, &need("payment_days: { at_least: 10 days }", "payment_days: { at_least: 7 days }"));
    }

    #[test]
    fn a_class_has_no_less_for_nothing() {
        let all = "price: 2 EUR/kg, lead_time: { at_least: 2 days }, delivery: [pickup, delivered]";
        let offer = |class: &str| line("offers", all, class).replace("quantity: { at_most: 5 t }", "quantity: { at_least: 10 kg }");
        for worse in ["quantity: { at_least: 100 kg }", "lead_time: { at_least: 20 days }", "delivery: pickup"] {
            advises(&RULE, &offer(worse));
            no_advice(&RULE, &offer(&format!("{worse}, price: 1.90 EUR/kg")));
            no_advice(&RULE, &offer(&format!("{worse}, early_discount: 2 % within 10 days")));
        }
        let most = |class: &str| line("offers", "price: 2 EUR/kg", &format!("quantity: {{ {class} }}"));
        advises(&RULE, &most("at_most: 1 t"));
        ["at_most: 9 t", "at_most: 1 t, multiple_of: 1 kg"].iter().for_each(|class| no_advice(&RULE, &most(class)));
        // Where each class has terms of its own there is nobody else.
        no_advice(&RULE, &offer("delivery: pickup").replace("with: anyone", "with: a"));
        for other in ["quantity: { at_least: 5 kg }", "lead_time: { at_least: 1 days }", "delivery: [delivered, pickup]", "delivery: FCA"] {
            no_advice(&RULE, &offer(other));
        }
    }

    #[test]
    fn a_class_is_asked_for_no_more_for_nothing() {
        let need = |everybody: &str, class: &str| line("needs", everybody, class);
        let asked = "certificates: [a]";
        advises(&RULE, &need(asked, "certificates: [a, b]"));
        advises(&RULE, &need("price: any", "certificates: [a]"));
        no_advice(&RULE, &need(asked, "certificates: [b]"));
        no_advice(&RULE, &need(asked, "certificates: [a, b], price: any"));
        advises(&RULE, &need("lead_time: { at_most: 9 days }", "lead_time: { at_most: 2 days }"));
        no_advice(&RULE, &need("lead_time: { at_most: 9 days }", "lead_time: { at_most: 20 days }"));
    }
}
