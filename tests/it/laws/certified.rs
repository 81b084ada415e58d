//! A certificate proves what was negotiated, and nothing that is worse.

use clm::certificate::{Certificate, Exact, Node, Points};
use clm::diagnostic;
use clm::negotiate::{Explain, Side, agreement_of, certified, problem};
use clm::proof;
use clm::value::Rational;
use proptest::prelude::*;

use super::dice::Dice;
use super::pairs::{self, Manifest};
use super::{config, of_pair};

/// Whether a certificate proves the agreement that it names; why not.
fn verdict(one: &Side<'_>, other: &Side<'_>, certificate: &Certificate) -> Result<(), diagnostic::Text> {
    let problem = problem::problem(one, other).expect("within the limits");
    let proven = proof::check(&problem, certificate)?;
    assert!(!proven.is_open, "small pairs are proven to the end");
    let agreement = agreement_of(one, other, &problem, &proven.way).expect("a way of serving");
    assert_eq!(agreement.digest, certificate.agreement, "what is proven is what was agreed");
    Ok(())
}

/// What is judged of a pair that has a certificate.
fn with_certificate(a: &Manifest, b: &Manifest, judge: impl FnOnce(&Side<'_>, &Side<'_>, Certificate)) -> Option<()> {
    of_pair(a, b, |one, other| {
        let certificate = certified(one, other, Explain::Nothing).1?;
        judge(one, other, certificate);
        Some(())
    })?
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn certificates_prove_what_was_agreed([a, b] in prop_oneof![pairs::any_pair(), pairs::any_couple()]) {
        let judged = with_certificate(&a, &b, |one, other, certificate| {
            if let Err(why) = verdict(one, other, &certificate) {
                panic!("{}\n{a:?}\n{b:?}\n{}", why.english(), certificate.write());
            }
            let read: Certificate = serde_json::from_str(&certificate.write()).expect("what is written can be read");
            assert_eq!(read, certificate);
        });
        prop_assume!(judged.is_some());
    }
}
