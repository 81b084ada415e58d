//! An operation of two that names no format.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::Audience;
use crate::rule;
use crate::vocab::codes;

rule! {
    /// An operation that takes two names no message format.
    RULE = "CLM1164", "operation-without-format", Info, Clarity, "11-advice#partners",
    summary: "an operation that takes two names no format",
    message: "`{operation}` names no format, so that it will always be done by hand",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for name in codes::JOINT_OPERATIONS {
        let Some(operation) = whole.manifest.operations.get(name).filter(|operation| operation.formats.is_empty()) else {
            continue;
        };
        if operation.with.value != Audience::Nobody {
            let help = Text::new("add `formats`, preferred first, such as `formats: [ubl-order-2.1, csv]`");
            found.push(whole.key(&RULE, operation.node).with("operation", name).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn systems_that_talk_name_a_format() {
        advises(&RULE, "with: anyone\noperations: { order: { endpoint: https://a.example/orders } }");
        no_advice(&RULE, "with: anyone\noperations: { order: { formats: [csv] }, watch_price: {} }");
    }
}
