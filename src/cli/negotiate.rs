//! `clm negotiate`.

use std::collections::BTreeMap;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use super::output::{Output, Target};
use super::{Exit, Language};
use crate::agreement::{self, Agreement};
use crate::certificate::Certificate;
use crate::diagnostic::Text;
use crate::host::Host;
use crate::negotiate::Explain;
use crate::negotiate::outcome::{Outcome, Reason, Verdict};
use crate::report::{self, Account};
use crate::session::{Beside, Certified, Negotiated, Session};
use crate::world::World;

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
    /// Replace the output files if they exist.
    #[arg(long)]
    force: bool,
    /// Write what proves that no agreement is better to this file, as JSON; `clm verify --certificate` checks it.
    #[arg(long, value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    certificate: Option<String>,
    /// Show what the other rules of fairness would choose on lines without money, and by how much they differ.
    #[arg(long, value_enum, value_name = "RULES")]
    fairness: Option<Rules>,
    /// Count operations without any line as an impasse.
    #[arg(long)]
    lines: bool,
    /// Say also what limits each deal: which single changes would raise what the two gain together; and of every offer that is
    /// no deal what is in the way.
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

/// Of which rules of fairness something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rules {
    /// All three.
    All,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let mut session = Session::new(Host);
    let explain = if arguments.explain { Explain::Deals } else { Explain::Failures };
    let beside = Beside { certificate: arguments.certificate.is_some(), fairness: arguments.fairness.is_some() };
    let Certified { negotiated, certificate } = session.negotiate_with(&arguments.a, &arguments.b, explain, beside);
    let mut outcome = match negotiated {
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
            Ok(pools) => {
                outcome.notes.extend(pools.is_empty().then(|| nothing_to_pool(third)));
                outcome.pools = pools;
            }
            Err(findings) => {
                output.refuse(&findings, session.sources());
                return Exit::Unreadable;
            }
        }
    }
    let exit = exit_of(outcome.verdict, arguments.lines);
    let agreement = outcome.agreement.as_ref().filter(|_| exit == Exit::Ok);
    if let Some(exit) = write_files(arguments, agreement, certificate.as_ref(), output) {
        return exit;
    }
    output.result(&told(arguments, &outcome, &session, output));
    exit
}

/// That a third manifest was looked at in vain.
fn nothing_to_pool(third: &str) -> Reason {
    let sentence = Text::new("no offer taken together with the coop of {file} would give the three more than alone");
    Reason::new("pool", sentence.with("file", third))
}

/// The outcome in the format that is asked for.
fn told(arguments: &Arguments, outcome: &Outcome, session: &Session<Host>, output: &Output) -> String {
    let names = names(outcome, session);
    let name = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let account = Account {
        outcome,
        names: &name,
        sources: session.sources(),
        lang: output.lang(),
        width: output.width(),
        in_full: arguments.explain,
    };
    let usual = if Host.is_dumb() { Format::Narrated } else { Format::Text };
    let format = arguments.format.unwrap_or(usual);
    let of_fairness = |as_told: fn(&Account<'_>) -> String| match arguments.fairness {
        Some(Rules::All) => format!("\n{}", as_told(&account)),
        None => String::new(),
    };
    match format {
        Format::Text => report::outcome(&account) + &of_fairness(report::fairness),
        Format::Narrated => report::outcome_narrated(&account) + &of_fairness(report::fairness_narrated),
        Format::Json => serde_json::to_string_pretty(outcome).map_or_else(|e| e.to_string(), |text| text + "\n"),
        Format::Markdown => report::outcome_as_markdown(&account) + &of_fairness(report::fairness_as_markdown),
    }
}

fn exit_of(verdict: Verdict, lines: bool) -> Exit {
    match verdict {
        Verdict::Agreement => Exit::Ok,
        Verdict::OperationsOnly if !lines => Exit::Ok,
        Verdict::OperationsOnly | Verdict::Impasse => Exit::Findings,
        Verdict::Undecided => Exit::Undecided,
    }
}

/// Writes the files that are asked for, none if one of them cannot be written. The exit, where nothing more is to be printed.
fn write_files(
    arguments: &Arguments,
    agreement: Option<&Agreement>,
    certificate: Option<&Certificate>,
    output: &Output,
) -> Option<Exit> {
    if let (Some(one), Some(other)) = (&arguments.output, &arguments.certificate)
        && Host.same(one, other)
    {
        output.object(
            &Text::new("the agreement and its certificate would both be written to {name}").with("name", one),
            &Text::new("give each a file of its own"),
        );
        return Some(Exit::Usage);
    }
    let notation = arguments.output.as_deref().map_or(agreement::Format::Yaml, agreement::Format::of_name);
    let agreed = match agreement.map(|agreement| agreement::write(agreement, notation)).transpose() {
        Ok(text) => text,
        Err(error) => {
            output.say(&format!("{}\n", error.0));
            return Some(Exit::Usage);
        }
    };
    let proof = agreement.and(certificate).map(Certificate::write);
    let files = [(&arguments.output, agreed), (&arguments.certificate, proof)];
    let files = files.iter().filter_map(|(name, text)| Some((name.as_deref()?, text.as_deref())));
    let inputs: Vec<&str> =
        [&arguments.a, &arguments.b].into_iter().chain(&arguments.pool).map(String::as_str).collect();
    let target = |name| Target { file: Some(name), force: arguments.force, inputs: &inputs };
    for (name, _) in files.clone().filter(|(_, text)| text.is_some()) {
        if let Err(exit) = output.can_deliver(target(name)) {
            return Some(exit);
        }
    }
    let mut printed = None;
    for (name, text) in files {
        match text.map(|text| output.deliver(text, target(name))) {
            Some(Exit::Ok) if name == "-" => printed = Some(Exit::Ok),
            Some(Exit::Ok) => {}
            Some(exit) => return Some(exit),
            None => {
                output.remark(&Text::new("there is no agreement, so nothing is written to {name}").with("name", name));
            }
        }
    }
    printed
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
