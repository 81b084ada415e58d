//! A certificate of which nobody can say which one it is.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A certificate lacks its issuer or its number.
    RULE = "CLM1180", "unnamed-certificate", Warning, Safety, "11-advice#trust",
    summary: "a certificate lacks its issuer or its number",
    message: "`{certificate}` does not say {keys}: nobody can ask whether it holds",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (name, certificate) in &whole.manifest.coop.certificates {
        let Some(node) = whole.at(&["coop", "certificates", name]) else { continue };
        let stated = [
            ("`issuer`", certificate.issuer.is_some()),
            ("`number`", certificate.number.is_some()),
            ("`evidence`", certificate.evidence.is_some()),
        ];
        if certificate.issuer.is_none() || certificate.number.is_none() {
            let lacking: Vec<&str> = stated.iter().filter(|(_, stated)| !stated).map(|(key, _)| *key).collect();
            let help = Text::new("add what stands on the certificate");
            let finding = whole.key(&RULE, node).with("certificate", name).help(help);
            found.push(match lacking.split_last() {
                Some((last, first)) if !first.is_empty() => {
                    let keys = Text::new("{one} or {other}").with("one", first.join(", ")).with("other", last);
                    finding.with_text("keys", keys)
                }
                _ => finding.with("keys", lacking.join("")),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{COOP, advice, advises, no_advice};

    fn coop(certificate: &str) -> String {
        "with: anyone\noffers: { x: { item: hs:1101, price: 2 EUR/kg, certificates: [organic] } }".to_string()
            .replace("with: anyone", &format!("  certificates: {{ organic: {certificate} }}\nwith: anyone"))
    }

    #[test]
    fn a_certificate_says_which_one_it_is() {
        ["{}", "{ number: A-1, evidence: https://b.example/1 }", "{ issuer: B }"].iter().for_each(|text| advises(&RULE, &coop(text)));
        no_advice(&RULE, &coop("{ number: A-1, issuer: B }"));
    }

    #[test]
    fn what_is_missing_is_joined_with_or() {
        let said = |certificate: &str| {
            let found = advice(&format!("{COOP}{}\n", coop(certificate)));
            found.iter().find(|finding| *finding.rule == RULE).unwrap().message.english()
        };
        assert!(said("{}").contains("does not say `issuer`, `number` or `evidence`:"), "{}", said("{}"));
        assert!(said("{ number: A-1, evidence: https://b.example/1 }").contains("does not say `issuer`:"));
    }
}
