//! `clm verify`.

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::output::Output;
use super::{Exit, Language};
use crate::diagnostic::Text;
use crate::host::Host;
use crate::session::{Difference, Proof, Session, Verification};

#[derive(Debug, Args)]
#[command(
    override_usage = "clm verify [OPTIONS] <AGREEMENT> <MANIFEST> <MANIFEST>\n       \
    clm verify [OPTIONS] --certificate <FILE> [AGREEMENT] <MANIFEST> <MANIFEST>",
    after_help = "Exit code: 0 the same or proven, 1 different or not proven, 2 wrong use, 3 a file that cannot be read.\n\n\
    Examples:\n  clm verify agreement.yaml mill.clm.yaml bakery.clm.yaml\n  \
    clm verify --certificate certificate.json mill.clm.yaml bakery.clm.yaml"
)]
pub(super) struct Arguments {
    /// The agreement, then the manifests of the two coops; beside a certificate the agreement may be left out.
    #[arg(value_names = ["AGREEMENT", "MANIFEST", "MANIFEST"], required = true, num_args = 2..=3)]
    files: Vec<String>,
    /// Check by this certificate, without negotiating, that no agreement is better.
    #[arg(long, value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    certificate: Option<String>,
    #[command(flatten)]
    language: Language,
}

/// How many differences are shown.
const SHOWN: usize = 10;

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    match (&arguments.certificate, arguments.files.as_slice()) {
        (None, [agreement, a, b]) => compare(agreement, [a, b], output),
        (Some(certificate), [agreement, a, b]) => prove(certificate, Some(agreement), [a, b], output),
        (Some(certificate), [a, b]) => prove(certificate, None, [a, b], output),
        _ => {
            output.object(
                &Text::new("an agreement is verified against the manifests of both coops"),
                &Text::new("name the agreement and two manifests, or a certificate with `--certificate`"),
            );
            Exit::Usage
        }
    }
}

/// Checks a certificate.
fn prove(certificate: &str, agreement: Option<&str>, [a, b]: [&str; 2], output: &Output) -> Exit {
    let mut session = Session::new(Host);
    match session.prove(certificate, agreement, a, b) {
        Proof::Proven { agreement } => {
            output.tell(
                &Text::new("the certificate proves that the two manifests give no better agreement than `{digest}`")
                    .with("digest", agreement),
            );
            return Exit::Ok;
        }
        Proof::Open => output.tell(&Text::new(
            "the certificate proves the best of each line, but not that the needs could not be served better: that takes a longer proof than it holds",
        )),
        Proof::Wrong(why) => output.tell(&Text::new("the certificate proves nothing: {why}").with_text("why", why)),
        Proof::OtherAgreement => output.tell(&Text::new("the certificate is that of another agreement")),
        Proof::Refused(findings) => {
            output.refuse(&findings, session.sources());
            return Exit::Unreadable;
        }
    }
    Exit::Findings
}

/// Recomputes an agreement and compares it.
fn compare(agreement: &str, [a, b]: [&str; 2], output: &Output) -> Exit {
    let mut session = Session::new(Host);
    match session.verify(agreement, a, b) {
        Verification::Same => {
            output.tell(&Text::new("the agreement is what the two manifests give, byte for byte"));
            Exit::Ok
        }
        Verification::WrittenDifferently { line } => {
            output.tell(
                &Text::new(
                    "the agreement says what the two manifests give, but is not written as the tool writes it: line {line} is the first that differs",
                )
                .with("line", line),
            );
            Exit::Findings
        }
        Verification::OtherParties { agreement, manifests } => {
            output.tell(
                &Text::new("the agreement is between {parties}, and the manifests are those of {others}")
                    .with_text("parties", both(&agreement))
                    .with_text("others", both(&manifests)),
            );
            Exit::Findings
        }
        Verification::NoAgreement => {
            output.tell(&Text::new("the two manifests give no agreement; `clm negotiate` says why"));
            Exit::Findings
        }
        Verification::Differs { changed, differences } => {
            differ(&changed, &differences).iter().for_each(|line| output.tell(line));
            Exit::Findings
        }
        Verification::Refused(findings) => {
            output.refuse(&findings, session.sources());
            Exit::Unreadable
        }
    }
}

/// The ids of two coops; of any other number, as an altered agreement may have, with commas.
fn both(ids: &[String]) -> Text {
    match ids {
        [one, other] => Text::new("`{one}` and `{other}`").with("one", one).with("other", other),
        others => Text::new("`{ids}`").with("ids", others.join(", ")),
    }
}

/// In what an agreement differs, and which manifests were changed since it was made: a line each.
fn differ(changed: &[String], differences: &[Difference]) -> Vec<Text> {
    let mut lines = vec![match differences.len() {
        1 => Text::new("the agreement is not what the two manifests give: 1 difference"),
        count => Text::new("the agreement is not what the two manifests give: {n} differences").with("n", count),
    }];
    let other = |name| Text::new("  the manifest of {name} is not the one that the agreement names").with("name", name);
    lines.extend(changed.iter().map(other));
    lines.extend(differences.iter().take(SHOWN).map(|difference| {
        Text::new("  {pointer}: the agreement says {found}, the manifests give {expected}")
            .with("pointer", &difference.pointer)
            .with_text("found", value(difference.found.as_deref()))
            .with_text("expected", value(difference.expected.as_deref()))
    }));
    if let Some(more) = differences.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        lines.push(Text::new("  and {n} more").with("n", more));
    }
    lines
}

fn value(text: Option<&str>) -> Text {
    text.map_or_else(|| Text::new("nothing"), |text| Text::new("`{text}`").with("text", text))
}
