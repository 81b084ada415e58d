//! A range that holds one value.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Side, all_terms};
use crate::lint::multiples::{self, Counted};
use crate::manifest::model::Volume;
use crate::rule;
use crate::syntax::{At, NodeId};

rule! {
    /// A range holds a single value.
    RULE = "CLM1114", "range-of-one", Info, Clarity, "11-advice#quantities",
    summary: "a range holds one value",
    message: "this range holds one value, `{value}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (side, line) in whole.lines() {
        for terms in all_terms(line) {
            multiples::of_terms(line, terms).for_each(|counted| judge(whole, &counted, found));
            if let Some(volume) = terms.volume.as_ref().filter(|_| side == Side::Need) {
                judge_volume(whole, volume, found);
            }
        }
    }
    let agreement = whole.manifest.agreement.iter().filter_map(|statement| multiples::of_statement(statement));
    agreement.for_each(|counted| judge(whole, &counted, found));
}

fn judge(whole: &Whole<'_>, counted: &Counted<'_>, found: &mut Vec<Diagnostic>) {
    let Some(most) = whole.child(counted.node, "at_most").filter(|_| counted.is_plain) else { return };
    let (Some(low), Some(high)) = (counted.lowest(), counted.highest()) else { return };
    if low != high {
        return;
    }
    let is_written = counted.ends.high.as_ref() == Some(&high);
    let value = if is_written { Some(whole.written(most).to_owned()) } else { counted.written(&high) };
    found.extend(value.map(|value| finding(whole, counted.node, most, &value)));
}

fn judge_volume(whole: &Whole<'_>, volume: &At<Volume>, found: &mut Vec<Diagnostic>) {
    let end = |key| whole.child(volume.node, key);
    if let (Some(least), Some(most)) = (end("at_least"), end("at_most"))
        && whole.written(least) == whole.written(most)
    {
        found.push(finding(whole, volume.node, most, whole.written(most)));
    }
}

fn finding(whole: &Whole<'_>, range: NodeId, most: NodeId, value: &str) -> Diagnostic {
    let help = Text::new("write `{value}` alone").with("value", value);
    let alone = whole.quoted_as(most, value);
    whole.value(&RULE, range).with("value", value).help(help).fix(whole.place(range), alone, false)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{mended, no_advice};

    #[test]
    fn one_value_is_written_as_one() {
        let offer = |terms: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, {terms} }} }}");
        let mend = |from: &str, to: &str| assert_eq!(mended(&RULE, &offer(from)), offer(to));
        mend("quantity: { at_least: 500 kg, at_most: 0.5 t }", "quantity: 0.5 t");
        mend("quantity: { at_least: \"500 kg\", at_most: \"500 kg\" }", "quantity: \"500 kg\"");
        mend("quantity: { at_least: 510 kg, at_most: 590 kg, multiple_of: 50 kg }", "quantity: 550 kg");
        mend("quantity: { at_most: 90 kg, multiple_of: 50 kg }", "quantity: 50 kg");
        mend("payment_days: { at_least: 30 days, at_most: 30 days }", "payment_days: 30 days");
        no_advice(&RULE, &offer("quantity: { at_most: 100 kg, multiple_of: 50 kg }"));
        no_advice(&RULE, &offer("quantity: 500 kg, payment_days: 30 days"));
        no_advice(&RULE, &offer("quantity: { at_most: 40 kg, multiple_of: 50 kg }"));
    }

    #[test]
    fn what_says_more_than_its_ends_is_left_alone() {
        no_advice(
            &RULE,
            "with: anyone\ncircuits: { punto: { id: https://punto.example } }\noffers: { x: { item: hs:1101, credit_share: { in: punto, at_least: 20 %, at_most: 20 % } } }",
        );
    }

    #[test]
    fn a_volume_of_a_need_is_asked_as_one_amount() {
        let need = |volume: &str| format!("needs: {{ x: {{ item: hs:1101, volume: {volume} }} }}");
        assert_eq!(
            mended(&RULE, &need("{ at_least: 5 t per month, at_most: 5 t per month }")),
            need("5 t per month")
        );
        no_advice(&RULE, &need("{ at_least: 4 t per month, at_most: 5 t per month }"));
    }
}
