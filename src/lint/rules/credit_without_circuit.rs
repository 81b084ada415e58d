//! Credit that does not say with whom.

use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::manifest::model::TermDomain;
use crate::rule;

rule! {
    /// `credit_share` without `in`.
    RULE = "CLM0526", "credit-without-circuit", Error, Meaning, "04-manifest#circuits",
    summary: "a share of credit does not say in which circuit",
    message: "`credit_share` does not say in which circuit",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let terms = context.lines().flat_map(|(_, line)| all_terms(line));
    for statement in terms.flat_map(|terms| &terms.others).filter(|statement| statement.key == "credit_share") {
        let TermDomain::Range(range) = &statement.domain else { continue };
        // A circuit that is written and not known is told as that.
        let says = context.child(statement.node, "in").is_some();
        if range.circuit.is_none() && !says && context.is_whole(statement.node) {
            let circuit = context.manifest.circuits.keys().next().map_or("punto", SmolStr::as_str);
            found.push(
                context.value(&RULE, statement.node).help(
                    Text::new("add `in: {circuit}`, the name of a circuit declared under `circuits`")
                        .with("circuit", circuit),
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn credit_is_with_somebody() {
        let offer = |term: &str| {
            format!(
                "circuits: {{ punto: {{ id: https://punto.example, unit: 1 ARS }} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, credit_share: {term} }} }}"
            )
        };
        fires(&RULE, &offer("{ at_most: 40 % }"));
        fires(&RULE, &offer("40 %"));
        silent(&offer("{ in: punto, at_most: 40 % }"));
    }
}
