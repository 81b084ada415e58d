//! Notice of a price change that is shorter than a lead time.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::measure;
use crate::lint::terms::range;
use crate::rule;
use crate::value::Rational;

rule! {
    /// A price may change sooner than what was ordered comes.
    RULE = "CLM1128", "late-price-notice", Info, Fairness, "11-advice#terms",
    summary: "a price may change sooner than an order comes",
    message: "a price may change with a notice of `{notice}`, and `{offer}` comes `{lead}` after the order",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let Some((statement, domain)) = range(&whole.manifest.agreement, "price_notice") else { return };
    let Some(notice) = domain.at_least.as_ref().or(domain.at_most.as_ref()) else { return };
    let mut slowest: Option<(&str, &Rational, _)> = None;
    for offer in whole.manifest.offers.values().filter(|offer| !measure::tiers(&offer.terms).is_empty()) {
        let Some((lead_time, lead)) = range(&offer.terms.others, "lead_time") else { continue };
        // What may come late is ordered at a price that may have changed when it comes.
        let longest = lead.at_most.as_ref().map(|most| (most, "at_most"));
        let Some((days, end)) = longest.or_else(|| Some((lead.at_least.as_ref()?, "at_least"))) else { continue };
        if days > notice && slowest.is_none_or(|(_, other, _)| days > other) {
            let may_be_sooner = end == "at_most" && lead.at_least != lead.at_most;
            slowest = Some((&offer.key, days, (whole.part(lead_time.node, end), may_be_sooner)));
        }
    }
    if let Some((offer, _, (node, may_be_sooner))) = slowest {
        let end = if domain.at_least.is_some() { "at_least" } else { "at_most" };
        let late = Text::new("a price may change with a notice of `{notice}`, and `{offer}` may come as late as `{lead}` after the order");
        let finding = whole.value(&RULE, statement.node);
        let finding = if may_be_sooner { finding.message(late) } else { finding };
        found.push(
            finding
                .with("notice", whole.written(whole.part(statement.node, end)))
                .with("offer", offer)
                .with("lead", whole.written(node))
                .help(Text::new("give a notice of `{lead}` at least, so that whoever orders knows the price").with("lead", whole.written(node)))
                .label(whole.place(node), Text::new("the longest lead time")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice, told};

    #[test]
    fn who_orders_knows_the_price() {
        let offers = |notice: &str| {
            format!(
                "with: anyone\nagreement: {{ price_notice: {notice} }}\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, lead_time: {{ at_least: 10 days }} }}, y: {{ item: hs:1102, price: 2 EUR/kg, lead_time: {{ at_least: 21 days }} }} }}"
            )
        };
        advises(&RULE, &offers("{ at_least: 5 days }"));
        advises(&RULE, &offers("15 days"));
        let written = "a price may change with a notice of `2 weeks`, and `y` comes `21 days` after the order";
        assert_eq!(told(&RULE, &offers("2 weeks")), [written]);
        no_advice(&RULE, &offers("{ at_least: 3 weeks }"));
        no_advice(&RULE, &offers("{ at_most: 30 days }"));
    }

    #[test]
    fn the_latest_day_counts_where_there_is_one() {
        let offer = |notice: &str, lead: &str| {
            format!(
                "with: anyone\nagreement: {{ price_notice: {{ at_least: {notice} }} }}\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, lead_time: {{ {lead} }} }} }}"
            )
        };
        let written = |lead| format!("a price may change with a notice of `3 days`, and `x` may come as late as `{lead}` after the order");
        assert_eq!(told(&RULE, &offer("3 days", "at_least: 10 days, at_most: 30 days")), [written("30 days")]);
        assert_eq!(told(&RULE, &offer("3 days", "at_most: 30 days")), [written("30 days")]);
        no_advice(&RULE, &offer("30 days", "at_least: 10 days, at_most: 30 days"));
        let on_the_day = "a price may change with a notice of `3 days`, and `x` comes `10 days` after the order";
        assert_eq!(told(&RULE, &offer("3 days", "at_least: 10 days, at_most: 10 days")), [on_the_day]);
    }

    #[test]
    fn what_is_free_has_no_price_that_changes() {
        let offer = |price: &str| {
            format!(
                "with: anyone\nagreement: {{ price_notice: {{ at_least: 3 days }} }}\noffers: {{ x: {{ item: hs:1101, price: {price}, lead_time: {{ at_least: 10 days }} }} }}"
            )
        };
        advises(&RULE, &offer("{ tiers: [{ from: 1 kg, price: 2 EUR/kg }, { from: 1 t, price: 1.80 EUR/kg }] }"));
        no_advice(&RULE, &offer("free"));
    }
}
