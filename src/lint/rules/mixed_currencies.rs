//! Money of several currencies in one line.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::lint::measure;
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// The prices and costs of a line, or of a package and its parts, are in different currencies.
    RULE = "CLM0503", "mixed-currencies", Error, Meaning, "05-terms#prices",
    summary: "the money of one line is in several currencies",
    message: "`{currency}` stands here beside `{other}`",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let offers = &context.manifest.offers;
    for (_, line) in context.lines() {
        look(context, measure::currencies_of_line(line), found);
    }
    for package in context.manifest.packages.values() {
        // Each part by itself has been looked at; here its first money speaks for it.
        let parts = package.includes.keys().filter_map(|name| offers.get(name));
        let parts = parts.filter_map(|line| measure::currencies_of_line(line).into_iter().next());
        let own = package.price.iter().flat_map(|price| measure::currencies_of_package(price.node, &price.value));
        look(context, parts.chain(own).collect(), found);
    }
}

fn look(context: &Context<'_>, money: Vec<(NodeId, &str)>, found: &mut Vec<Diagnostic>) {
    let Some((first, currency)) = money.first() else { return };
    let Some((node, other)) = money.iter().find(|(_, other)| other != currency) else { return };
    found.push(
        context
            .value(&RULE, *node)
            .with("currency", other)
            .with("other", currency)
            .help(Text::new("write all money of it in one currency; currencies are never converted"))
            .label(context.place(*first), Text::new("the first")),
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn a_line_has_one_currency() {
        let line = |price: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, price: {price}, delivery: [pickup, {{ value: delivered, costs_us: 1 ARS/kg }}] }} }}"
            )
        };
        fires(&RULE, &line("2 USD/kg"));
        fires(&RULE, &line("{ at_least: 1 ARS/kg, at_most: 2 USD/kg }"));
        silent(&line("2 ARS/kg"));
    }

    #[test]
    fn a_package_has_the_currency_of_its_parts() {
        fires(
            &RULE,
            "with: anyone\noffers: { x: { item: hs:1101, price: 2 ARS/kg }, p: { includes: { x: 5 kg }, price: 9 USD } }",
        );
    }

    #[test]
    fn lines_may_differ() {
        silent(
            "with: anyone\noffers: { x: { item: hs:1101, price: 2 ARS/kg }, y: { item: hs:1102, price: 2 USD/kg } }",
        );
    }
}
