//! A certificate that nobody can look up.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A certificate has no `evidence`.
    RULE = "CLM1181", "unproven-certificate", Info, Safety, "11-advice#trust",
    summary: "a certificate has no `evidence`",
    message: "`{certificate}` has no `evidence`, and agreements will list it as unproven",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (name, certificate) in &whole.manifest.coop.certificates {
        let Some(node) = whole.at(&["coop", "certificates", name]) else { continue };
        // Of one that does not even say which it is, that is told.
        if certificate.evidence.is_none() && certificate.issuer.is_some() && certificate.number.is_some() {
            let help = Text::new("add `evidence`, the address at which it can be looked up");
            found.push(whole.key(&RULE, node).with("certificate", name).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    fn coop(certificate: &str) -> String {
        "with: anyone\noffers: { x: { item: hs:1101, price: 2 EUR/kg, certificates: [organic] } }".to_string()
            .replace("with: anyone", &format!("  certificates: {{ organic: {certificate} }}\nwith: anyone"))
    }

    #[test]
    fn a_certificate_can_be_looked_up() {
        advises(&RULE, &coop("{ number: A-1, issuer: B }"));
        no_advice(&RULE, &coop("{ number: A-1, issuer: B, evidence: https://b.example/1 }"));
        no_advice(&RULE, &coop("{}"));
    }
}
