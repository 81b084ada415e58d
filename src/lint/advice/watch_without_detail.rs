//! Stock that may be watched nobody knows how finely.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::Audience;
use crate::rule;

rule! {
    /// `watch_stock` does not say how finely.
    RULE = "CLM1163", "watch-without-detail", Info, Clarity, "11-advice#partners",
    summary: "how finely stock may be watched is not said",
    message: "`{operation}` does not say how finely stock may be watched",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let name = "watch_stock";
    let Some(operation) = whole.manifest.operations.get(name) else { return };
    // To anyone, it matters more than that: told as such.
    if operation.detail.is_none() && matches!(operation.with.value, Audience::Classes(_)) {
        let help = Text::new("add `detail: exact`, `detail: level` or `detail: in_stock`");
        found.push(whole.key(&RULE, operation.node).with("operation", name).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn how_finely_is_said() {
        let watch = |operation: &str| format!("partners: {{ a: {{ practice: equal_vote }} }}\nwith: a\noperations: {{ {operation} }}");
        advises(&RULE, &watch("watch_stock: {}"));
        no_advice(&RULE, &watch("watch_stock: { detail: level }"));
        no_advice(&RULE, &watch("watch_price: {}"));
    }
}
