//! A benefit in per cent on a part of a package.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::lint::terms::line_costs;
use crate::rule;
use crate::value::CostAmount;

rule! {
    /// An offer inside a package has a benefit in per cent.
    RULE = "CLM0419", "package-benefit", Error, Meaning, "04-manifest#packages",
    summary: "a part of a package has a benefit in per cent",
    message: "`{part}` is part of package `{package}`, where this has no price to be a percentage of",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for package in context.manifest.packages.values() {
        for part in package.includes.keys().filter_map(|name| context.manifest.offers.get(name)) {
            for cost in line_costs(part).filter(|cost| cost.benefit && matches!(cost.amount, CostAmount::Share(_))) {
                found.push(
                    context
                        .value(&RULE, cost.node)
                        .with("part", &part.key)
                        .with("package", &package.key)
                        .help(Text::new("state what it is worth per unit, such as `2 ARS/kg`"))
                        .label(context.key(&RULE, package.node).place, Text::new("the package")),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn parts_state_benefits_in_money() {
        let offers = |worth: &str| {
            format!(
                "with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 ARS/kg, delivery: [{{ value: pickup, worth_to_us: {worth} }}, delivered] }}, p: {{ includes: {{ x: 5 kg }}, price: 9 ARS }} }}"
            )
        };
        fires(&RULE, &offers("2 %"));
        silent(&offers("0.1 ARS/kg"));
    }
}
