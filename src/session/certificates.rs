//! Certificates: made beside an agreement, and checked against the manifests.

use super::{Negotiated, Session};
use crate::certificate::{Certificate, MOST_BYTES};
use crate::diagnostic::{Diagnostic, Text};
use crate::negotiate::{Explain, Side, agreement_of, certified, fairness, negotiate, problem};
use crate::proof;
use crate::world::World;

/// What is asked of a negotiation beside its outcome.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside {
    /// What proves the agreement.
    pub certificate: bool,
    /// What each rule of fairness chooses on free lines, in the outcome.
    pub fairness: bool,
}

/// What a negotiation came to, with the certificate of its agreement.
#[derive(Debug)]
pub struct Certified {
    /// The same as without a certificate.
    pub negotiated: Negotiated,
    /// What proves the agreement, where there is one.
    pub certificate: Option<Certificate>,
}

/// What checking a certificate came to.
#[derive(Debug)]
pub enum Proof {
    /// No agreement of the two manifests is better than the one that it names.
    Proven {
        /// The digest of that agreement.
        agreement: String,
    },
    /// It gives only a bound for who serves whom.
    Open,
    /// It proves nothing.
    Wrong(Text),
    /// It proves another agreement than the one given.
    OtherAgreement,
    /// Something could not be read: the findings.
    Refused(Vec<Diagnostic>),
}

impl<W: World> Session<W> {
    /// Negotiates the manifests of two names, and says more beside the outcome.
    pub fn negotiate_with(&mut self, a: &str, b: &str, explain: Explain, beside: Beside) -> Certified {
        let come = |one: &Side<'_>, other: &Side<'_>| {
            let (mut outcome, certificate) = match beside.certificate {
                true => certified(one, other, explain),
                false => (negotiate(one, other, explain), None),
            };
            if beside.fairness {
                outcome.fairness = fairness(one, other);
            }
            (outcome, certificate)
        };
        match self.pair(a, b, come) {
            Ok(((outcome, certificate), expired)) => {
                Certified { negotiated: Negotiated::Done(Box::new(outcome), expired), certificate }
            }
            Err(findings) => Certified { negotiated: Negotiated::Refused(findings), certificate: None },
        }
    }

    /// Checks a certificate against the two manifests, without negotiating them, and that it is that of an agreement, where one
    /// is given.
    pub fn prove(&mut self, certificate: &str, agreement: Option<&str>, a: &str, b: &str) -> Proof {
        match self.proven(certificate, agreement, a, b) {
            Ok(proof) => proof,
            Err(findings) => Proof::Refused(findings),
        }
    }

    fn proven(
        &mut self,
        certificate: &str,
        agreement: Option<&str>,
        a: &str,
        b: &str,
    ) -> Result<Proof, Vec<Diagnostic>> {
        let source = self.read(certificate, MOST_BYTES).map_err(|problem| vec![*problem])?;
        let certificate = Certificate::read(source, &self.sources).map_err(|problem| vec![*problem])?;
        let given = agreement.map(|name| self.open(name)).transpose()?;
        let (proof, _) = self.pair(a, b, |one, other| of_pair(one, other, &certificate))?;
        Ok(match given {
            Some(given) if given.agreement.digest != certificate.agreement => Proof::OtherAgreement,
            _ => proof,
        })
    }
}

/// What a certificate proves of two manifests.
fn of_pair(one: &Side<'_>, other: &Side<'_>, certificate: &Certificate) -> Proof {
    let Some(problem) = problem::problem(one, other) else {
        return Proof::Wrong(Text::new("what the two manifests leave to be chosen exceeds a stated limit"));
    };
    let proven = match proof::check(&problem, certificate) {
        Ok(proven) => proven,
        Err(why) => return Proof::Wrong(why),
    };
    let best = agreement_of(one, other, &problem, &proven.way).map(|agreement| agreement.digest);
    match best {
        Some(digest) if digest != certificate.agreement => Proof::Wrong(
            Text::new("it shows that `{digest}` is best, and says it of another agreement").with("digest", digest),
        ),
        None => Proof::Wrong(Text::new("what it shows to be best is no agreement")),
        Some(_) if proven.is_open => Proof::Open,
        Some(agreement) => Proof::Proven { agreement },
    }
}
