//! A circuit without an end to what may be owed in it.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A mutual-credit circuit states no `limit`.
    RULE = "CLM1176", "circuit-without-limit", Info, Safety, "11-advice#things",
    summary: "a circuit does not say up to which balance the coop goes",
    message: "`{circuit}` does not say up to which balance you go",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (name, _) in whole.manifest.circuits.iter().filter(|(_, circuit)| circuit.limit.is_none()) {
        if let Some(node) = whole.at(&["circuits", name]) {
            let help = Text::new("add `limit`, the balance beyond which you take no more of it");
            found.push(whole.key(&RULE, node).with("circuit", name).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn what_is_owed_has_an_end() {
        let circuit = |keys: &str| format!("circuits: {{ punto: {{ id: https://punto.example{keys} }} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, credit_share: {{ in: punto, at_most: 40 % }} }} }}");
        advises(&RULE, &circuit(", unit: 1 EUR"));
        no_advice(&RULE, &circuit(", unit: 1 EUR, limit: 900 EUR"));
    }
}
