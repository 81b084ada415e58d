//! A class that fares worse than everybody else.

use std::cmp::Ordering;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Side;
use crate::lint::measure;
use crate::lint::terms::range;
use crate::manifest::model::{Line, Terms};
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// A class pays more, is paid less, or has less time to pay than everybody else.
    RULE = "CLM1136", "worse-for-class", Info, Fairness, "11-advice#fairness",
    summary: "a class fares worse than everybody else",
    message: "with `{class}` it is `{own}`, which is worse for them than `{others}` with everybody else",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (side, line) in whole.lines() {
        for class in &line.classes {
            let worse = price(side, line, &class.terms).into_iter().chain(days(whole, side, &line.terms, &class.terms));
            for (own, others) in worse {
                found.push(
                    whole
                        .value(&RULE, own)
                        .with("class", &class.class.value)
                        .with("own", whole.written(own))
                        .with("others", whole.written(others))
                        .help(Text::new("swap the two if it was meant the other way round"))
                        .label(whole.place(others), Text::new("with everybody else")),
                );
            }
        }
    }
}

/// The prices of a class and of everybody, where the class fares worse.
fn price(side: Side, line: &Line, class: &Terms) -> Option<(NodeId, NodeId)> {
    let first = |terms| measure::tiers(terms).first();
    let (own, others) = (first(class)?, first(&line.terms)?);
    let (own, others) = (own.at_most.as_ref().or(own.at_least.as_ref())?, others.at_most.as_ref().or(others.at_least.as_ref())?);
    let worse = match side {
        Side::Offer => Ordering::Greater,
        Side::Need => Ordering::Less,
    };
    (measure::compare_prices(&line.units, own, others) == Some(worse)).then_some((own.node, others.node))
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
}
