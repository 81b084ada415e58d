//! A class that fares worse than everybody else.

use super::{Whole, fares};
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::has_others;
use crate::manifest::model::ClassTerms;
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// A class pays more, is paid less, has less time to pay, or may have less than everybody else.
    RULE = "CLM1136", "worse-for-class", Info, Fairness, "11-advice#fairness",
    summary: "a class fares worse than everybody else",
    message: "with `{class}` it is `{own}`, which is worse for them than `{others}` with everybody else",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (side, line) in whole.lines() {
        for class in line.classes.iter().filter(|_| has_others(line)) {
            found.extend(fares::worse(whole, side, line, class));
        }
    }
}

/// A term of a class that is worse than that of everybody else.
pub(super) fn told(whole: &Whole<'_>, class: &ClassTerms, own: NodeId, others: NodeId) -> Diagnostic {
    whole
        .value(&RULE, own)
        .with("class", &class.class.value)
        .with("own", whole.written(own))
        .with("others", whole.written(others))
        .help(Text::new("swap the two if it was meant the other way round"))
        .label(whole.place(others), Text::new("with everybody else"))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice, told};

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
        advises(&RULE, &offer("price: free", "price: 2 EUR/kg"));
        no_advice(&RULE, &offer("price: 2 EUR/kg", "price: free"));
    }

    #[test]
    fn more_to_pay_and_more_time_to_pay_it_is_a_trade() {
        let both = "price: 2 EUR/kg, payment_days: { at_most: 30 days }";
        let offer = |class: &str| line("offers", both, class);
        no_advice(&RULE, &offer("price: 2.10 EUR/kg, payment_days: { at_most: 60 days }"));
        no_advice(&RULE, &offer("price: 1.90 EUR/kg, payment_days: { at_most: 10 days }"));
        no_advice(&RULE, &offer("price: 2.10 EUR/kg, delivery: delivered"));
        // What everybody else has too is nothing that makes up for it.
        advises(&RULE, &offer("price: 2.10 EUR/kg, payment_days: { at_most: 30 days }"));
        for worse in ["price: 2.10 EUR/kg", "payment_days: { at_most: 10 days }"] {
            advises(&RULE, &offer(worse));
        }
        assert_eq!(told(&RULE, &offer("price: 2.10 EUR/kg, payment_days: { at_most: 10 days }")).len(), 2);
        let need = |class: &str| line("needs", "price: { at_most: 2 EUR/kg }, payment_days: { at_least: 10 days }", class);
        no_advice(&RULE, &need("price: { at_most: 1.90 EUR/kg }, payment_days: { at_least: 2 days }"));
        advises(&RULE, &need("price: free"));
    }

    #[test]
    fn a_lost_tier_is_told_as_one_and_a_higher_price_for_little_is_none() {
        let tiers = "price: { tiers: [{ from: 1 kg, price: 2 EUR/kg }, { from: 1 t, price: 1.80 EUR/kg }] }";
        let lost = |class: &str| told(&RULE, &line("offers", tiers, class));
        assert_eq!(
            lost("price: 1.90 EUR/kg, quantity: { at_most: 2 t }"),
            ["`a` pays less than everybody else for little, and more from `1 t` on: `1.90 EUR/kg`"]
        );
        assert_eq!(lost("price: 1.90 EUR/kg, payment_days: { at_most: 9 days }"), [""; 0]);
        // What the class cannot take at once costs it nothing.
        assert_eq!(lost("price: 1.90 EUR/kg, quantity: { at_most: 500 kg }"), [""; 0]);
        assert_eq!(lost("price: 1.90 EUR/kg, volume: { at_most: 500 kg }"), [""; 0]);
        assert_eq!(lost("price: 1.90 EUR/kg, quantity: { at_most: 1 t }").len(), 1);
        assert_eq!(lost("price: 2.10 EUR/kg").len(), 1);
        let more_at_once = "price: { tiers: [{ from: 1 kg, price: 2.20 EUR/kg }, { from: 500 kg, price: 1.70 EUR/kg }] }";
        assert_eq!(lost(more_at_once), [""; 0]);
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
    fn a_class_has_no_smaller_volume_for_nothing() {
        for kind in ["offers", "needs"] {
            let volume = |own: &str| line(kind, "volume: { at_most: 500 kg per month }", own);
            advises(&RULE, &volume("volume: { at_most: 50 kg per month }"));
            for other in ["500 kg per month", "800 kg per month", "50 kg per week", "50 kg"] {
                no_advice(&RULE, &volume(&format!("volume: {{ at_most: {other} }}")));
            }
            no_advice(&RULE, &volume("volume: { at_most: 50 kg per month }, price: 1 EUR/kg"));
        }
        let bound = |own: &str| line("needs", "volume: 500 kg per month", &format!("volume: {own}"));
        advises(&RULE, &bound("5 kg per month"));
        advises(&RULE, &bound("{ at_least: 5 kg per month, at_most: 500 kg per month }"));
        no_advice(&RULE, &bound("{ at_least: 500 kg per month, at_most: 900 kg per month }"));
    }

    #[test]
    fn a_class_has_no_fewer_rhythms_hours_or_kinds_for_nothing() {
        for kind in ["offers", "needs"] {
            let of = |everybody: &str, own: &str| line(kind, everybody, own);
            let rhythms = |own: &str| of("every: [1 week, 1 month]", &format!("every: {own}"));
            advises(&RULE, &rhythms("1 month"));
            ["[1 month, 1 week]", "[1 month, 2 weeks]"].iter().for_each(|own| no_advice(&RULE, &rhythms(own)));
            let hours = |own: &str| of("delivery_hours: { at_least: 05:00, at_most: 20:00 }", &format!("delivery_hours: {{ {own} }}"));
            advises(&RULE, &hours("at_least: 08:00, at_most: 09:00"));
            advises(&RULE, &hours("at_least: 05:00, at_most: 09:00"));
            ["at_least: 05:00, at_most: 20:00", "at_least: 04:00, at_most: 09:00"].iter().for_each(|own| no_advice(&RULE, &hours(own)));
            let kinds = |own: &str| of("properties: { color: [a, b], weight: { at_least: 80 g, at_most: 120 g } }", &format!("properties: {{ {own} }}"));
            advises(&RULE, &kinds("color: a, weight: { at_least: 80 g, at_most: 120 g }"));
            advises(&RULE, &kinds("color: [b, a], weight: 100 g"));
            advises(&RULE, &kinds("color: [b, a], weight: { at_least: 0.08 kg, at_most: 100 g }"));
            for other in [
                "color: [b, a], weight: { at_least: 80 g, at_most: 0.12 kg }",
                "color: [a, c], weight: 100 g",
                "color: a, weight: { at_least: 50 g }",
                "color: a",
                "color: a, weight: 100 g, length: 5 cm",
            ] {
                no_advice(&RULE, &kinds(other));
            }
        }
    }

    #[test]
    fn a_class_has_no_smaller_discount_for_nothing() {
        let early = |kind: &str, own: &str| line(kind, "early_discount: 2 % within 10 days", &format!("early_discount: {own}"));
        for own in ["1 % within 10 days", "1 % within 5 days", "2 % within 5 days"] {
            advises(&RULE, &early("offers", own));
            no_advice(&RULE, &early("needs", own));
        }
        advises(&RULE, &early("needs", "3 % within 10 days"));
        no_advice(&RULE, &early("offers", "3 % within 10 days"));
        no_advice(&RULE, &early("offers", "1 % within 20 days"));
    }

    #[test]
    fn a_range_beyond_that_of_everybody_is_worse_whichever_end_is_written() {
        let lead = |own: &str| line("offers", "lead_time: { at_most: 10 days }", &format!("lead_time: {{ {own} }}"));
        advises(&RULE, &lead("at_least: 20 days"));
        ["at_least: 5 days", "at_most: 2 days"].iter().for_each(|own| no_advice(&RULE, &lead(own)));
        let warranty = |own: &str| line("offers", "warranty: { at_least: 12 months }", &format!("warranty: {{ {own} }}"));
        advises(&RULE, &warranty("at_most: 6 months"));
        no_advice(&RULE, &warranty("at_most: 24 months"));
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
