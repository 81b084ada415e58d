//! A rhythm over a stock.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::rule;

rule! {
    /// A line states `every` and a volume without a period.
    RULE = "CLM0523", "stock-with-rhythm", Error, Meaning, "05-terms#quantity-volume-and-rhythm",
    summary: "a line has a rhythm and a volume without a period",
    message: "a volume without a period is taken once, but `every` says again and again",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for terms in context.lines().flat_map(|(_, line)| all_terms(line)) {
        let (Some(volume), Some(every)) = (&terms.volume, &terms.every) else { continue };
        if volume.value.per.is_none() {
            found.push(
                context
                    .value(&RULE, volume.node)
                    .help(Text::new("add the period, such as `per month`, or take `every` out"))
                    .label(context.place(every.node), Text::new("the rhythm")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn a_stock_has_no_rhythm_on_either_side() {
        fires(&RULE, "needs: { x: { item: hs:1101, volume: { at_most: 5 kg }, every: 1 week } }");
        fires(&RULE, "with: anyone\noffers: { x: { item: hs:1101, volume: { at_most: 5 kg }, every: 1 week } }");
        silent("needs: { x: { item: hs:1101, volume: { at_most: 5 kg per month }, every: 1 week } }");
        silent("with: anyone\noffers: { x: { item: hs:1101, every: 1 week } }");
    }
}
