//! A class that asks of partners what we do not do ourselves.

use smol_str::SmolStr;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::each_fact;
use crate::manifest::model::Fact;
use crate::rule;
use crate::vocab::codes;

rule! {
    /// A class asks for an operation that takes two, and the manifest does not have it.
    RULE = "CLM1161", "unreturned-grant", Warning, Fairness, "11-advice#partners",
    summary: "a class asks for an operation of two that the manifest does not have",
    message: "`{class}` asks partners for `{operation}`, which takes two, and `operations` does not have it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (class, condition) in &whole.manifest.partners {
        each_fact(condition, &mut |fact, node| {
            let Fact::Grants(names) = fact else { return };
            let lacks = |name: &&SmolStr| {
                codes::JOINT_OPERATIONS.contains(&name.as_str()) && !whole.manifest.operations.contains_key(*name)
            };
            if let Some(operation) = names.first().filter(|_| names.iter().all(|name| lacks(&name))) {
                let help = Text::new("add `{operation}` under `operations`, or ask for what one side gives alone, such as `watch_stock`");
                let node = whole.scalar(node, operation);
                let finding = whole.value(&RULE, node).with("class", class).with("operation", operation);
                found.push(finding.help(help.with("operation", operation)));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn what_takes_two_is_done_by_us_too() {
        let class = |grants: &str, own: &str| format!("partners: {{ a: {{ grants: {grants} }} }}\nwith: a\noperations: {{ {own}: {{}} }}");
        advises(&RULE, &class("order", "invoice"));
        advises(&RULE, &class("[order, pay]", "invoice"));
        no_advice(&RULE, &class("order", "order"));
        no_advice(&RULE, &class("[order, invoice]", "invoice"));
        no_advice(&RULE, &class("watch_stock", "invoice"));
    }
}
