//! `clm verify`.

use clap::Args;

use super::Exit;
use super::output::Output;
use crate::host::Host;
use crate::report;
use crate::session::{Difference, Session, Verification};

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 the same, 1 different, 2 wrong use, 3 a file that cannot be read.\n\n\
    Example:\n  clm verify agreement.yaml mill.clm.yaml bakery.clm.yaml")]
pub(super) struct Arguments {
    /// The agreement.
    #[arg(value_name = "AGREEMENT")]
    agreement: String,
    /// The manifest of one coop.
    #[arg(value_name = "MANIFEST")]
    a: String,
    /// The manifest of the other.
    #[arg(value_name = "MANIFEST")]
    b: String,
}

/// How many differences are shown.
const SHOWN: usize = 10;

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    let mut session = Session::new(Host);
    match session.verify(&arguments.agreement, &arguments.a, &arguments.b) {
        Verification::Same => {
            output.result("the agreement is what the two manifests give, byte for byte\n");
            Exit::Ok
        }
        Verification::WrittenDifferently { line } => {
            output.result(&format!(
                "the agreement says what the two manifests give, but is not written as the tool writes it: line {line} is \
                 the first that differs\n"
            ));
            Exit::Findings
        }
        Verification::OtherParties { agreement, manifests } => {
            let named = |ids: &[String]| report::escape(&ids.join(" and "));
            output.result(&format!(
                "the agreement is between {}, and the manifests are those of {}\n",
                named(&agreement),
                named(&manifests)
            ));
            Exit::Findings
        }
        Verification::NoAgreement => {
            output.result("the two manifests give no agreement; `clm negotiate` says why\n");
            Exit::Findings
        }
        Verification::Differs { changed, differences } => {
            output.result(&differ(&changed, &differences));
            Exit::Findings
        }
        Verification::Refused(findings) => {
            output.refuse(&findings, session.sources());
            Exit::Unreadable
        }
    }
}

/// In what an agreement differs, and which manifests were changed since it was made.
fn differ(changed: &[String], differences: &[Difference]) -> String {
    let count = differences.len();
    let word = if count == 1 { "difference" } else { "differences" };
    let mut out = format!("the agreement is not what the two manifests give: {count} {word}\n");
    for name in changed {
        out.push_str(&format!("  the manifest of {} is not the one that the agreement names\n", report::escape(name)));
    }
    let text = |side: &Option<String>| {
        side.as_deref().map_or_else(|| "nothing".to_owned(), |text| format!("`{}`", report::escape(text)))
    };
    for difference in differences.iter().take(SHOWN) {
        out.push_str(&format!(
            "  {}: the agreement says {}, the manifests give {}\n",
            report::escape(&difference.pointer),
            text(&difference.found),
            text(&difference.expected)
        ));
    }
    if count > SHOWN {
        out.push_str(&format!("  and {} more\n", count - SHOWN));
    }
    out
}
