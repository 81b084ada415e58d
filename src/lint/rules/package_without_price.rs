//! A package that says no price.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::rule;

rule! {
    /// A package has no price of its own.
    RULE = "CLM0418", "package-without-price", Error, Meaning, "04-manifest#packages",
    summary: "a package has no price of its own",
    message: "package `{name}` has no price",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for package in context.manifest.packages.values() {
        if package.price.is_none() && context.is_whole(package.node) {
            found.push(
                context
                    .key(&RULE, package.node)
                    .with("name", &package.key)
                    .help(Text::new("add a price for all of it together, such as `price: 1650000 ARS`")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn a_package_is_sold_at_its_own_price() {
        let offer = "with: anyone\noffers: { x: { item: hs:1101, price: 2 ARS/kg }, p: { includes: { x: 5 kg }";
        fires(&RULE, &format!("{offer} }} }}"));
        silent(&format!("{offer}, price: 9 ARS }} }}"));
    }
}
