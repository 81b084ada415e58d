//! A thing that goes both ways.

use std::collections::BTreeMap;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::Line;
use crate::rule;
use crate::syntax::NodeId;
use crate::value::ItemCode;

rule! {
    /// One code is both offered and needed.
    RULE = "CLM1169", "offered-and-needed", Info, Clarity, "11-advice#things",
    summary: "one code is both offered and needed",
    message: "`{item}` is offered as `{offer}` and needed as `{need}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let needs: BTreeMap<&ItemCode, (&Line, NodeId)> =
        whole.manifest.needs.values().flat_map(|need| need.items.iter().map(move |item| (&item.value, (need, item.node)))).collect();
    if needs.is_empty() {
        return;
    }
    for offer in whole.manifest.offers.values() {
        for item in &offer.items {
            let Some((need, node)) = needs.get(&item.value) else { continue };
            let help = Text::new("if they differ, give each a code of its own: in one agreement a thing goes one way only");
            let finding = whole.value(&RULE, *node).with("item", &item.value).with("offer", &offer.key);
            let finding = finding.with("need", &need.key).help(help);
            found.push(finding.label(whole.place(item.node), Text::new("offered here")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_thing_goes_one_way() {
        let both = |item: &str| format!("with: anyone\noffers: {{ x: {{ item: [sku:x, hs:1101], price: 2 EUR/kg }} }}\nneeds: {{ y: {{ item: {item}, quantity: {{ at_most: 5 kg }}, price: any }} }}");
        advises(&RULE, &both("hs:1101"));
        no_advice(&RULE, &both("hs:1102"));
    }
}
