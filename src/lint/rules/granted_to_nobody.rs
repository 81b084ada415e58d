//! Offers or operations that nobody may have, because no `with` is written.

use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::manifest::model::Audience;
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// Something is offered and granted to nobody.
    RULE = "CLM0410", "granted-to-nobody", Warning, Clarity, "04-manifest#default-deny",
    summary: "something is offered, and nobody may have it",
    message: "nobody may have `{name}`: no `with` says who",
}

/// Names and nodes of what nobody may have.
fn orphans<'a>(context: &Context<'a>) -> Vec<(&'a SmolStr, NodeId)> {
    // A `with` that is misspelt is told as that.
    if context.top("with").is_some() || context.is_unread("with") {
        return Vec::new();
    }
    let manifest = context.manifest;
    let offers = manifest.offers.iter().map(|(name, line)| (name, line.node, &line.with));
    let packages = manifest.packages.iter().map(|(name, package)| (name, package.node, &package.with));
    let operations = manifest.operations.iter().map(|(name, operation)| (name, operation.node, &operation.with));
    let all = offers.chain(packages).chain(operations);
    all.filter(|(_, node, with)| with.value == Audience::Nobody && context.is_whole(*node))
        .map(|(name, node, _)| (name, node))
        .collect()
}

/// Whether there is something that nobody may have.
pub(super) fn any(context: &Context<'_>) -> bool {
    !orphans(context).is_empty()
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut orphans = orphans(context).into_iter();
    let Some((name, node)) = orphans.next() else { return };
    let mut finding = context
        .key(&RULE, node)
        .with("name", name)
        .help(Text::new("write `with: anyone` at the top of the manifest, or name a class that `partners` declares"));
    for (_, node) in orphans {
        finding = finding.label(context.key(&RULE, node).place, Text::new("nor this"));
    }
    found.push(finding);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn a_missing_with_is_one_finding_for_all_it_leaves_out() {
        fires(&RULE, "offers: { x: { item: hs:1101 }, y: { item: hs:1102 } }\noperations: { order: {} }");
        fires(&RULE, "offers: { x: { item: hs:1101, with: anyone }, y: { item: hs:1102 } }");
    }

    #[test]
    fn needs_are_open_to_anyone() {
        silent("needs: { x: { item: hs:1101, quantity: { at_most: 1 kg } } }");
    }
}
