//! A circuit that nothing is paid in.

use std::collections::BTreeSet;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::measure;
use crate::lint::terms::range;
use crate::rule;

rule! {
    /// A circuit of mutual credit is declared and nothing is paid in it.
    RULE = "CLM1132", "unused-circuit", Info, Clarity, "11-advice#terms",
    summary: "a circuit is declared and nothing is paid in it",
    message: "nothing is paid in `{circuit}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let (manifest, Some(declared)) = (whole.manifest, whole.top("circuits")) else { return };
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (_, line) in whole.lines() {
        let shares = all_terms(line).filter_map(|terms| range(&terms.others, "credit_share"));
        used.extend(shares.filter_map(|(_, share)| share.circuit.as_deref()));
        used.extend(measure::currencies_of_line(line).into_iter().map(|(_, currency)| currency));
    }
    let packages = manifest.packages.values().filter_map(|package| package.price.as_ref());
    used.extend(packages.map(|price| price.at_least.currency.as_str()));
    for (name, circuit) in &manifest.circuits {
        if !used.contains(name.as_str()) && !used.contains(circuit.id.as_str()) {
            let help = Text::new("name it under `credit_share`, such as `credit_share: {example}`, or take it out");
            let example = format!("{{ in: {name}, at_most: 30 % }}");
            let node = whole.part(declared, name);
            found.push(whole.key(&RULE, node).with("circuit", name).help(help.with("example", example)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn something_is_paid_in_a_circuit() {
        let offer = |terms: &str| {
            format!("circuits: {{ punto: {{ id: https://punto.example }} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, {terms} }} }}")
        };
        advises(&RULE, &offer("price: 2 EUR/kg"));
        no_advice(&RULE, &offer("price: 2 EUR/kg, credit_share: { in: punto, at_most: 30 % }"));
        no_advice(&RULE, &offer("price: 2 punto/kg"));
    }
}
