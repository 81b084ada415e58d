//! `clm negotiate`.

use std::collections::BTreeMap;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use super::output::{Output, Target};
use super::{Exit, Language};
use crate::agreement::{self, Agreement};
use crate::diagnostic::Text;
use crate::host::Host;
use crate::negotiate::Explain;
use crate::negotiate::outcome::{Outcome, Verdict};
use crate::report::{self, Account};
use crate::session::{Negotiated, Session};

#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 agreement, 1 impasse, 2 wrong use, 3 a manifest that cannot be read or has errors,\n\
    5 undecided because a stated limit of work was exceeded.\n\n\
    Examples:\n  clm negotiate mill.clm.yaml bakery.clm.yaml\n  clm negotiate mill.clm.yaml bakery.clm.yaml --output agreement.yaml"
)]
pub(super) struct Arguments {
    /// The manifest of one coop; the order of the two does not matter.
    #[arg(value_name = "MANIFEST")]
    a: String,
    /// The manifest of the other.
    #[arg(value_name = "MANIFEST")]
    b: String,
    /// Write the agreement to this file: JSON if its name ends in .json, else YAML.
    #[arg(long, short, value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    output: Option<String>,
    /// Replace the output file if it exists.
    #[arg(long)]
    force: bool,
    /// Count operations without any line as an impasse.
    #[arg(long)]
    lines: bool,
    /// Say also what limits each deal: which single changes would raise what the two gain together.
    #[arg(long)]
    explain: bool,
    /// Say also what either could gain by taking an offer together with the coop of this manifest.
    #[arg(long, value_name = "MANIFEST")]
    pool: Option<String>,
    /// How the outcome is printed. Without it as text, or narrated where TERM is dumb.
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    language: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: what is agreed, or what is in the way.
    Text,
    /// Whole sentences, for screen readers.
    Narrated,
    /// For programs: everything, as `clm schema outcome` says.
    Json,
    /// For issues and comments.
    Markdown,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let mut session = Session::new(Host);
    let explain = if arguments.explain { Explain::Deals } else { Explain::Failures };
    let mut outcome = match session.negotiate(&arguments.a, &arguments.b, explain) {
        Negotiated::Done(outcome, expired) => {
            output.warn(&expired, session.sources());
            outcome
        }
        Negotiated::Refused(findings) => {
            output.refuse(&findings, session.sources());
            return Exit::Unreadable;
        }
    };
    if let Some(third) = &arguments.pool {
        match session.pools(&arguments.a, &arguments.b, third) {
            Ok(pools) => outcome.pools = pools,
            Err(findings) => {
                output.refuse(&findings, session.sources());
                return Exit::Unreadable;
            }
        }
    }
    let exit = exit_of(outcome.verdict, arguments.lines);
    if let (Some(file), Some(agreement), Exit::Ok) = (&arguments.output, &outcome.agreement, exit) {
        let inputs: Vec<&str> =
            [&arguments.a, &arguments.b].into_iter().chain(&arguments.pool).map(String::as_str).collect();
        let target = Target { file: Some(file), force: arguments.force, inputs: &inputs };
        let written = deliver(agreement, target, output);
        if written != Exit::Ok || file == "-" {
            return written;
        }
    } else if let Some(file) = &arguments.output {
        output.remark(&Text::new("there is no agreement, so nothing is written to {name}").with("name", file));
    }
    let names = names(&outcome, &session);
    let name = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let account = Account { outcome: &outcome, names: &name, sources: session.sources(), lang: output.lang() };
    let usual = if Host.is_dumb() { Format::Narrated } else { Format::Text };
    output.result(&match arguments.format.unwrap_or(usual) {
        Format::Text => report::outcome(&account),
        Format::Narrated => report::outcome_narrated(&account),
        Format::Json => serde_json::to_string_pretty(&outcome).map_or_else(|e| e.to_string(), |text| text + "\n"),
        Format::Markdown => report::outcome_as_markdown(&account),
    });
    exit
}

fn exit_of(verdict: Verdict, lines: bool) -> Exit {
    match verdict {
        Verdict::Agreement => Exit::Ok,
        Verdict::OperationsOnly if !lines => Exit::Ok,
        Verdict::OperationsOnly | Verdict::Impasse => Exit::Findings,
        Verdict::Undecided => Exit::Undecided,
    }
}

/// Writes an agreement in the notation that the name of the file asks for.
fn deliver(agreement: &Agreement, target: Target<'_>, output: &Output) -> Exit {
    match agreement::write(agreement, agreement::Format::of_name(target.file.unwrap_or_default())) {
        Ok(text) => output.deliver(&text, target),
        Err(error) => {
            output.say(&format!("{}\n", error.0));
            Exit::Usage
        }
    }
}

/// The names of the parties by their ids; two of one name are told apart by id.
fn names(outcome: &Outcome, session: &Session<Host>) -> BTreeMap<String, String> {
    let of_agreement = outcome.agreement.iter().flat_map(|a| &a.parties).map(|p| (p.id.clone(), p.name.clone()));
    let names: BTreeMap<String, String> = session.names().into_iter().chain(of_agreement).collect();
    let alike = |name: &String| names.values().filter(|other| *other == name).count() > 1;
    let told_apart = |(id, name): (&String, &String)| {
        (id.clone(), if alike(name) { format!("{name} ({id})") } else { name.clone() })
    };
    names.iter().map(told_apart).collect()
}
