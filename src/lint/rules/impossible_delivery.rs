//! A line whose smallest delivery is more than its volume, or its largest less.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, Side, all_terms};
use crate::lint::measure;
use crate::manifest::model::{Line, Terms};
use crate::rule;
use crate::value::{Duration, Rational};

rule! {
    /// No delivery fits both the quantity and the volume at any rhythm of the line.
    RULE = "CLM0524", "impossible-delivery", Error, Meaning, "05-terms#quantity-volume-and-rhythm",
    summary: "no delivery fits both the quantity and the volume",
    message: "no delivery of this quantity fits the volume of `{name}`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (side, line) in context.lines() {
        for terms in all_terms(line).filter(|terms| !fits(side, line, terms)) {
            let (Some(quantity), Some(volume)) = (&terms.quantity, &terms.volume) else { continue };
            found.push(
                context
                    .value(&RULE, quantity.node)
                    .with("name", &line.key)
                    .help(Text::new("change one of the two, or add a rhythm under `every` at which they fit"))
                    .label(context.place(volume.node), Text::new("the volume")),
            );
        }
    }
}

/// Whether some rhythm has room for a delivery; what cannot be compared is another rule's.
fn fits(side: Side, line: &Line, terms: &Terms) -> bool {
    let (Some(quantity), Some(volume)) = (&terms.quantity, &terms.volume) else { return true };
    let rhythms: Vec<Rational> = match (&volume.value.per, &terms.every) {
        (Some(per), Some(every)) => every.value.iter().map(|rhythm| share(&rhythm.every, per)).collect(),
        // An offer that names no rhythm can be had at any, however rare.
        (Some(_), None) if side == Side::Offer => return true,
        _ => vec![Rational::one()],
    };
    let Some((delivery, period)) = measure::delivery_and_period(&line.units, &quantity.value, &volume.value) else {
        return true;
    };
    rhythms.iter().any(|share| {
        let below = |low: &Option<Rational>, high: &Option<Rational>, factor: (&Rational, &Rational)| match (low, high)
        {
            (Some(low), Some(high)) => low * factor.0 <= high * factor.1,
            _ => true,
        };
        let one = Rational::one();
        below(&delivery.low, &period.high, (&one, share)) && below(&period.low, &delivery.high, (share, &one))
    })
}

/// How many of the volume's periods lie between two deliveries.
fn share(every: &Duration, per: &Duration) -> Rational {
    every.years().checked_div(&per.years()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn some_rhythm_has_room() {
        let need = |every: &str| {
            format!(
                "needs: {{ x: {{ item: hs:1101, quantity: {{ at_least: 500 kg }}, volume: {{ at_most: 400 kg per week }}, every: {every} }} }}"
            )
        };
        fires(&RULE, &need("1 week"));
        silent(&need("[1 week, 2 weeks]"));
    }

    #[test]
    fn the_largest_delivery_is_enough() {
        let need = |most: &str| {
            format!(
                "needs: {{ x: {{ item: hs:1101, quantity: {{ at_most: {most} }}, volume: {{ at_least: 400 kg per week }}, every: 1 week }} }}"
            )
        };
        fires(&RULE, &need("300 kg"));
        silent(&need("0.4 t"));
    }

    #[test]
    fn a_stock_holds_one_delivery() {
        fires(
            &RULE,
            "with: anyone\noffers: { x: { item: hs:1101, quantity: { at_least: 5 kg }, volume: { at_most: 4 kg } } }",
        );
        silent(
            "with: anyone\noffers: { x: { item: hs:1101, quantity: { at_least: 5 kg }, volume: { at_most: 4 kg per week } } }",
        );
    }
}
