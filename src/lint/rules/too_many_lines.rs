//! More lines than a negotiation decides.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// More offers, needs or packages than the language allows.
    RULE = "CLM0420", "too-many-lines", Error, Meaning, "04-manifest#limits",
    summary: "there are more offers, needs or packages than a negotiation takes",
    message: "there are {count} offers; the most is {most}",
}

/// Offers of one manifest.
const OFFERS: usize = 200;
/// Needs of one manifest.
const NEEDS: usize = 200;
/// Packages of one manifest.
const PACKAGES: usize = 10;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let manifest = context.manifest;
    let offers: Vec<NodeId> = manifest.offers.values().map(|line| line.node).collect();
    let needs: Vec<NodeId> = manifest.needs.values().map(|line| line.node).collect();
    let packages: Vec<NodeId> = manifest.packages.values().map(|package| package.node).collect();
    let message = [
        RULE.sentence(),
        Text::new("there are {count} needs; the most is {most}"),
        Text::new("there are {count} packages; the most is {most}"),
    ];
    let lines = [(offers, OFFERS), (needs, NEEDS), (packages, PACKAGES)];
    for ((nodes, most), message) in lines.into_iter().zip(message) {
        let Some(first_too_many) = nodes.get(most) else { continue };
        found.push(
            context
                .key(&RULE, *first_too_many)
                .message(message)
                .with("count", nodes.len())
                .with("most", most)
                .help(Text::new("split the manifest, or let one line carry several item codes")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{NEEDS, PACKAGES, RULE};
    use crate::lint::trial::{fires, silent};

    fn needs(count: usize) -> String {
        let line = |i| format!("  n{i}: {{ item: hs:1101, quantity: {{ at_most: 1 kg }} }}\n");
        format!("needs:\n{}", (0..count).map(line).collect::<String>())
    }

    #[test]
    fn the_limit_itself_is_allowed() {
        silent(&needs(NEEDS));
        fires(&RULE, &needs(NEEDS + 1));
    }

    #[test]
    fn packages_have_a_limit_of_their_own() {
        let package = |i| format!("  p{i}: {{ includes: {{ x: 1 kg }}, price: 5 ARS }}\n");
        let packages: String = (0..=PACKAGES).map(package).collect();
        fires(&RULE, &format!("with: anyone\noffers:\n  x: {{ item: hs:1101 }}\n{packages}"));
    }
}
