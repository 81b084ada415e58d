//! Two prices of one line of which one is ten times the other.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::measure;
use crate::manifest::model::Line;
use crate::rule;
use crate::syntax::At;
use crate::value::{Price, Rational};

rule! {
    /// Two prices of one line differ by a factor of ten or more.
    RULE = "CLM1107", "tenfold-price", Warning, Clarity, "11-advice#prices",
    summary: "two prices of one line differ tenfold",
    message: "`{high}` is ten times `{low}` or more",
}

/// From which factor on a digit or a unit has probably slipped.
const FACTOR: i64 = 10;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in whole.lines() {
        for (written, other) in pairs(line) {
            let Some((low, high)) = apart(line, written, other) else { continue };
            found.push(
                whole
                    .value(&RULE, written.node)
                    .with("high", &high.value)
                    .with("low", &low.value)
                    .help(Text::new("look for a slipped digit or another unit in one of the two"))
                    .label(whole.place(other.node), Text::new("the other price")),
            );
        }
    }
}

/// The prices that are held against each other, the one that is told of first: both ends of a range, a tier and the one
/// before, a class's own and everybody's.
fn pairs(line: &Line) -> impl Iterator<Item = (&At<Price>, &At<Price>)> {
    let all = || all_terms(line).map(measure::tiers);
    let ends = all().flatten().filter_map(|tier| Some((tier.at_most.as_ref()?, tier.at_least.as_ref()?)));
    let tiers = all().flat_map(|tiers| tiers.windows(2)).filter_map(|pair| match pair {
        [before, tier] => Some((tier.at_least.as_ref()?, before.at_least.as_ref()?)),
        _ => None,
    });
    let first = measure::tiers(&line.terms).first();
    let classes = line.classes.iter().filter_map(move |class| {
        let own = measure::tiers(&class.terms).first()?;
        Some((own.at_most.as_ref().or(own.at_least.as_ref())?, first?.at_most.as_ref().or(first?.at_least.as_ref())?))
    });
    ends.chain(tiers).chain(classes)
}

/// The lower and the higher of two prices that are far apart.
fn apart<'p>(line: &Line, a: &'p At<Price>, b: &'p At<Price>) -> Option<(&'p At<Price>, &'p At<Price>)> {
    if a.node == b.node || a.currency != b.currency {
        return None;
    }
    // What so much as one price is for comes to at either.
    let (of_a, of_b) = (a.amount.rational(), measure::sum(&line.units, b, &a.basis)?);
    let (low, high, pair) = if of_a < of_b { (of_a, of_b, (a, b)) } else { (of_b, of_a, (b, a)) };
    (low.is_positive() && &low * &Rational::from(FACTOR) <= high).then_some(pair)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_digit_that_slipped_is_seen_beside_another_price() {
        let offer = |price: &str| {
            format!(
                "partners: {{ a: {{ practice: equal_vote }} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: {price} }} }}"
            )
        };
        advises(&RULE, &offer("{ at_least: 82 ARS/kg, at_most: 820 ARS/kg }"));
        advises(&RULE, &offer("{ tiers: [{ from: 1 t, price: 820 ARS/kg }, { from: 2 t, price: 78000 ARS/t }] }"));
        advises(&RULE, &offer("820 ARS/kg, for: [{ with: a, price: 80 ARS/kg }]"));
        no_advice(&RULE, &offer("{ at_least: 83 ARS/kg, at_most: 820 ARS/kg }"));
        no_advice(&RULE, &offer("{ at_least: 0 ARS/kg, at_most: 820 ARS/kg }"));
        no_advice(&RULE, &offer("{ tiers: [{ from: 1 t, price: 820 ARS/kg }, { from: 2 t, price: 780000 ARS/t }] }"));
        no_advice(&RULE, &offer("820 ARS/kg, for: [{ with: a, lead_time: 3 days }]"));
    }
}
