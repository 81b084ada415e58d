//! Figures of the inside that anybody may watch.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::{ANYONE, Audience};
use crate::rule;

rule! {
    /// Exact stock or forecasts are granted to anyone.
    RULE = "CLM1162", "watched-by-anyone", Warning, Safety, "11-advice#partners",
    summary: "anyone may watch exact stock or forecasts",
    message: "anyone at all may have `{operation}`, competitors included",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (name, operation) in &whole.manifest.operations {
        if !is_for_anyone(&operation.with.value) {
            continue;
        }
        let help = match (name.as_str(), operation.detail.as_deref()) {
            ("watch_stock", None | Some("exact")) => {
                Text::new("name a class of partners in `with`, or write `detail: in_stock`")
            }
            ("forecast", _) => Text::new("name a class of partners in `with`"),
            _ => continue,
        };
        found.push(whole.key(&RULE, operation.node).with("operation", name).help(help));
    }
}

fn is_for_anyone(audience: &Audience) -> bool {
    match audience {
        Audience::Anyone => true,
        Audience::Classes(names) => names.iter().any(|name| name.value == ANYONE),
        Audience::Nobody => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn figures_of_the_inside_are_for_partners() {
        let watch = |with: &str, operation: &str| format!("partners: {{ a: {{ practice: equal_vote }} }}\nwith: {with}\noperations: {{ {operation} }}");
        advises(&RULE, &watch("anyone", "watch_stock: { detail: exact }"));
        advises(&RULE, &watch("anyone", "watch_stock: {}"));
        advises(&RULE, &watch("anyone", "forecast: {}"));
        no_advice(&RULE, &watch("anyone", "watch_stock: { detail: in_stock }"));
        no_advice(&RULE, &watch("anyone", "watch_price: {}"));
        no_advice(&RULE, &watch("a", "watch_stock: { detail: exact }"));
    }
}
