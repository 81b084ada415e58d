//! Mutual credit without a balance up to which anybody goes.

use std::collections::BTreeSet;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::terms::range;
use crate::rule;

rule! {
    /// A share is paid in a circuit of which no limit is stated.
    RULE = "CLM1133", "credit-without-limit", Warning, Safety, "11-advice#terms",
    summary: "a share is paid in credit without a limit",
    message: "`{circuit}` has no `limit`: what is owed in it may grow without end",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let circuits = &whole.manifest.circuits;
    let Some(declared) = whole.top("circuits").filter(|_| circuits.values().any(|circuit| circuit.limit.is_none())) else {
        return;
    };
    let shares = whole.lines().flat_map(|(_, line)| all_terms(line)).filter_map(|terms| range(&terms.others, "credit_share"));
    let used: BTreeSet<&str> = shares.filter_map(|(_, share)| share.circuit.as_deref()).collect();
    for (name, circuit) in circuits.iter().filter(|(_, circuit)| circuit.limit.is_none()) {
        if used.contains(circuit.id.as_str()) {
            let currency = circuit.unit.as_ref().map_or(name.as_str(), |unit| unit.currency.as_str());
            let help = Text::new("add the balance up to which you go, such as `limit: 5000 {currency}`");
            let node = whole.part(declared, name);
            found.push(whole.key(&RULE, node).with("circuit", name).help(help.with("currency", currency)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn credit_ends_somewhere() {
        let offer = |circuit: &str, terms: &str| {
            format!("circuits: {{ punto: {{ id: https://punto.example{circuit} }} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg{terms} }} }}")
        };
        let share = ", credit_share: { in: punto, at_most: 30 % }";
        advises(&RULE, &offer("", share));
        no_advice(&RULE, &offer(", unit: 1 EUR, limit: 5000 EUR", share));
        no_advice(&RULE, &offer("", ""));
    }
}
