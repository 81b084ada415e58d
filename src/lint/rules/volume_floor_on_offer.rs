//! A least volume where somebody sells.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::rule;

rule! {
    /// An offer's volume states a lower end.
    RULE = "CLM0521", "volume-floor-on-offer", Error, Meaning, "05-terms#quantity-volume-and-rhythm",
    summary: "the volume of an offer states a least",
    message: "the volume of an offer has only `at_most`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for volume in context.manifest.offers.values().flat_map(all_terms).filter_map(|terms| terms.volume.as_ref()) {
        if volume.value.at_least.is_some() {
            found.push(
                context
                    .value(&RULE, context.part(volume.node, "at_least"))
                    .help(Text::new("write `{ at_most: … }`; the smallest delivery stands under `quantity`")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn an_offer_has_so_much_at_most() {
        let offer = |volume: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, volume: {volume} }} }}");
        fires(&RULE, &offer("{ at_least: 1 t per month, at_most: 2 t per month }"));
        silent(&offer("{ at_most: 2 t per month }"));
        silent(&offer("2 t per month"));
    }
}
