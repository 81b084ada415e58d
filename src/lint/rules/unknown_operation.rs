//! A condition that asks for an operation which nobody can grant.

use crate::diagnostic::Diagnostic;
use crate::lint::context::Context;
use crate::manifest::model::Fact;
use crate::rule;

rule! {
    /// `grants` names an operation that is neither of the language nor begins with `x_`.
    RULE = "CLM0405", "unknown-operation", Error, Meaning, "04-manifest#operations",
    summary: "a condition asks for an operation that nobody can grant",
    message: "there is no operation `{name}`",
}

/// The operations of the language.
const OPERATIONS: [&str; 7] = ["order", "dispatch", "invoice", "pay", "watch_stock", "watch_price", "forecast"];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    context.each_fact(&mut |fact, node| {
        let Fact::Grants(names) = fact else { return };
        for name in names.iter().filter(|name| !name.starts_with("x_") && !OPERATIONS.contains(&name.as_str())) {
            found.push(context.unknown(&RULE, context.scalar(node, name), name, &OPERATIONS));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    fn class(condition: &str) -> String {
        format!("partners: {{ a: {condition} }}\nwith: a\noperations: {{ order: {{}} }}")
    }

    #[test]
    fn operations_are_those_of_the_language_or_coined() {
        fires(&RULE, &class("{ grants: [order, watch_stocks] }"));
        silent(&class("{ grants: [order, x_share_van] }"));
    }
}
