//! A certificate that ends before the manifest begins.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::rule;

rule! {
    /// A certificate has run out before anybody can take the manifest up.
    RULE = "CLM0413", "certificate-run-out", Error, Meaning, "04-manifest#certificates",
    summary: "a certificate has run out before the manifest can be taken up",
    message: "certificate `{name}` runs out on {until}, before the manifest begins on {from}",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(from) = &context.manifest.valid.from else { return };
    for (name, certificate) in &context.manifest.coop.certificates {
        let Some(until) = certificate.until.as_ref().filter(|until| until.value < from.value) else { continue };
        found.push(
            context
                .value(&RULE, until.node)
                .with("name", name)
                .with("until", until.value)
                .with("from", from.value)
                .help(Text::new("write the date of the renewed certificate, or take it out"))
                .label(context.place(from.node), Text::new("the manifest begins here")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn a_certificate_holds_on_the_first_day() {
        let with =
            |until: &str| format!("  certificates: {{ organic: {{ until: {until} }} }}\nvalid: {{ from: 2027-01-01 }}");
        fires(&RULE, &with("2026-12-31"));
        silent(&with("2027-01-01"));
    }
}
