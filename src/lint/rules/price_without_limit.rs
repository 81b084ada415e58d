//! A price range that lacks the end which decides.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, Side, all_terms};
pub(super) use crate::manifest::lower::rules::PRICE_WITHOUT_LIMIT as RULE;
use crate::manifest::model::{Line, PriceTerm, Tier};

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (side, line) in context.lines() {
        for price in all_terms(line).filter_map(|terms| terms.price.as_ref()) {
            let PriceTerm::Tiers(tiers) = &price.value else { continue };
            let without = tiers.iter().filter(|tier| context.is_whole(tier.node) && lacks_limit(side, tier));
            for tier in without {
                let (end, help) = match side {
                    Side::Offer if may_be_need(context, line) => (
                        "at_least",
                        Text::new("add the least that you sell for; if it is a need, put `needs:` on a line of its own before `{line}`")
                            .with("line", &line.key),
                    ),
                    Side::Offer => ("at_least", Text::new("add the least that you sell for; `at_most` is only the asking price")),
                    Side::Need => ("at_most", Text::new("add the most that you pay; `at_least` is only what you pay gladly")),
                };
                found.push(context.value(&RULE, tier.node).with("end", end).help(help));
            }
        }
    }
}

/// Whether an offer behind others may be a need before which the line was left out that begins the needs.
fn may_be_need(context: &Context<'_>, offer: &Line) -> bool {
    let manifest = context.manifest;
    manifest.needs.is_empty() && manifest.offers.get_index_of(&offer.key).is_some_and(|before| before > 0)
}

fn lacks_limit(side: Side, tier: &Tier) -> bool {
    match side {
        Side::Offer => tier.at_least.is_none(),
        Side::Need => tier.at_most.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, helps, silent};

    #[test]
    fn each_side_has_its_own_limit() {
        let offer = |price: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: {price} }} }}");
        let need = |price: &str| format!("needs: {{ x: {{ item: hs:1101, quantity: 5 kg, price: {price} }} }}");
        fires(&RULE, &offer("{ at_most: 2 ARS/kg }"));
        fires(&RULE, &need("{ at_least: 2 ARS/kg }"));
        silent(&offer("{ at_least: 2 ARS/kg }"));
        silent(&need("{ at_most: 2 ARS/kg }"));
    }

    #[test]
    fn an_offer_behind_others_may_be_the_only_need() {
        let offer = |name: &str| format!("  {name}: {{ item: hs:1101, price: {{ at_most: 2 ARS/kg }} }}\n");
        let sold = "  y: { item: hs:1905, price: 2 ARS/kg }\n";
        let help = |offers: &str| helps(&format!("with: anyone\noffers:\n{offers}"));
        let as_need = "add the least that you sell for; if it is a need, put `needs:` on a line of its own before `x`";
        let as_offer = "add the least that you sell for; `at_most` is only the asking price";
        assert_eq!(help(&format!("{sold}{}", offer("x"))), [as_need]);
        assert_eq!(help(&format!("{}{sold}", offer("x"))), [as_offer]);
        let need = "needs:\n  z: { item: hs:1101, quantity: 5 kg, price: 2 ARS/kg }\n";
        assert_eq!(help(&format!("{sold}{}{need}", offer("x"))), [as_offer]);
    }
}
