//! A certificate checked against two manifests, without a search.
//!
//! Nothing is taken from the certificate on trust, and nothing here chooses: whatever it says is computed anew from what the
//! two manifests leave to be chosen, and compared. The time is linear in the certificate and the options of the manifests.

mod costs;
mod lines;
mod points;
mod serving;
mod sums;
mod tree;
mod weights;

use crate::certificate::Certificate;
use crate::diagnostic::Text;
use crate::negotiate::problem::{Problem, Way};

/// What a certificate proves.
#[derive(Clone, Debug)]
pub struct Proven {
    /// The deal that it proves to be the best.
    pub way: Way,
    /// Whether it leaves open that the needs could be served better, since it gives only a bound.
    pub is_open: bool,
}

/// Checks a certificate.
///
/// # Errors
/// What does not hold.
pub fn check(problem: &Problem, certificate: &Certificate) -> Result<Proven, Text> {
    made_of_these(problem, certificate)?;
    let deals = lines::check(problem, &certificate.lines)?;
    serving::check(problem, &deals, &certificate.serving)
}

/// Whether a certificate is about these two manifests.
fn made_of_these(problem: &Problem, certificate: &Certificate) -> Result<(), Text> {
    let ids: Vec<&String> = certificate.parties.iter().map(|party| &party.id).collect();
    if !ids.iter().copied().eq(&problem.parties) {
        let listed = |ids: &[&String]| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join("`, `");
        let parties: Vec<&String> = problem.parties.iter().collect();
        return Err(Text::new("the certificate is about `{parties}`, and the manifests are those of `{others}`")
            .with("parties", listed(&ids))
            .with("others", listed(&parties)));
    }
    let mut parties = certificate.parties.iter().zip(&problem.manifests);
    match parties.find(|(party, manifest)| party.manifest != **manifest) {
        Some((party, _)) => {
            Err(Text::new("the manifest of `{party}` is not the one that the certificate names")
                .with("party", &party.id))
        }
        None => Ok(()),
    }
}
