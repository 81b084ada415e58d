//! A certificate that runs out before the manifest does.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::manifest::model::Terms;
use crate::rule;
use crate::syntax::At;
use crate::value::Date;

rule! {
    /// A certificate runs out while the manifest can still be taken up.
    RULE = "CLM1182", "short-lived-certificate", Info, Safety, "11-advice#trust",
    summary: "a certificate runs out before the manifest does",
    message: "`{certificate}` runs out on {until}, and the manifest can be taken up until {end}",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (name, certificate) in &whole.manifest.coop.certificates {
        let Some(until) = &certificate.until else { continue };
        let Some(end) = &whole.manifest.valid.until else {
            found.extend(before_offer(whole, name, until));
            continue;
        };
        if until.value < end.value {
            let help = Text::new("let `valid` end with it, or renew it and write its new last day");
            let finding = whole.value(&RULE, until.node).with("certificate", name).with("until", until.value);
            let finding = finding.with("end", end.value).help(help);
            found.push(finding.label(whole.place(end.node), Text::new("the manifest ends here")));
        }
    }
}

/// A certificate that runs out before an offer does that states it.
fn before_offer(whole: &Whole<'_>, name: &str, until: &At<Date>) -> Option<Diagnostic> {
    let states = |terms: &Terms| terms.certificates.iter().flat_map(|stated| &stated.value).any(|stated| stated.value == name);
    let mut offers = whole.manifest.offers.values().filter(|offer| all_terms(offer).any(states));
    let (offer, end) = offers.find_map(|offer| Some((offer, offer.valid.until.as_ref().filter(|end| until.value < end.value)?)))?;
    let text = Text::new("`{certificate}` runs out on {until}, and `{offer}` can be taken up until {end}");
    let finding = whole.value(&RULE, until.node).message(text).with("certificate", name).with("until", until.value);
    let finding = finding.with("offer", &offer.key).with("end", end.value);
    let help = Text::new("let `valid` end with it, or renew it and write its new last day");
    Some(finding.help(help).label(whole.place(end.node), Text::new("the offer ends here")))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_certificate_holds_as_long_as_what_rests_on_it() {
        let coop = |until: &str, end: &str| {
            format!("  certificates: {{ organic: {{ until: {until} }} }}\nvalid: {{ from: 2026-01-01{end} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, certificates: [organic] }} }}")
        };
        advises(&RULE, &coop("2027-06-30", ", until: 2027-12-31"));
        no_advice(&RULE, &coop("2027-12-31", ", until: 2027-12-31"));
        no_advice(&RULE, &coop("2027-06-30", ""));
        let offer = |end: &str| coop("2027-06-30", "").replace("certificates: [", &format!("valid: {{ until: {end} }}, certificates: ["));
        advises(&RULE, &offer("2027-12-31"));
        no_advice(&RULE, &offer("2027-06-30"));
    }
}
