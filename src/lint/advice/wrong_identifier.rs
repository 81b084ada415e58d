//! A registration whose digits do not fit together.

use super::Whole;
use super::check_digits::fit;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// The check digits of a registration are wrong.
    RULE = "CLM1184", "wrong-identifier", Warning, Safety, "11-advice#trust",
    summary: "the check digits of a registration are wrong",
    message: "`{number}` cannot be a `{register}`: its digits do not fit together",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (register, number) in &whole.manifest.coop.identifiers {
        if fit(register, number) == Some(false)
            && let Some(node) = whole.at(&["coop", "identifiers", register])
        {
            let help = Text::new("compare it with the paper of the register: one digit may be mistyped");
            found.push(whole.value(&RULE, node).with("number", number).with("register", register).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_registration_proves_itself() {
        let coop = |identifiers: &str| format!("  identifiers: {{ {identifiers} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}");
        advises(&RULE, &coop("cuit: 30-00000003-2"));
        no_advice(&RULE, &coop("cuit: 30-00000003-1, ein: 00-1000005, own-register: 7"));
    }
}
