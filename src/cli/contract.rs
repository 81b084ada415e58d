//! `clm contract`.

use std::path::Path;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use super::Exit;
use super::misuse::Objection;
use super::output::{Output, Target};
use crate::agreement::Agreement;
use crate::contract::{self, render};
use crate::diagnostic::Text;
use crate::host::Host;
use crate::i18n::{Lang, Locale};
use crate::negotiate::Explain;
use crate::session::{Negotiated, Session};

#[derive(Debug, Args)]
#[command(
    override_usage = "clm contract [OPTIONS] <AGREEMENT>\n       clm contract [OPTIONS] <MANIFEST> <MANIFEST>",
    after_help = "Exit code: 0 drafted, 1 the manifests give no agreement, 2 wrong use, 3 a file that cannot be used.\n\n\
    Examples:\n  clm contract agreement.yaml --lang es --format html --output contrato.html\n  \
    clm contract mill.clm.yaml bakery.clm.yaml --output contract.md"
)]
pub(super) struct Arguments {
    /// An agreement, or the manifests of two coops.
    #[arg(required = true, num_args = 1..=2, value_name = "FILE")]
    files: Vec<String>,
    /// Language, maybe with a region: en, es, es-AR. By default the first that both coops use and the tool knows.
    #[arg(long, value_name = "TAG", value_parser = locale)]
    lang: Option<Locale>,
    /// How the contract is written; by default as the name of the output file says, else Markdown.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write the contract to this file.
    #[arg(long, short, value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    output: Option<String>,
    /// Replace the output file if it exists.
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page for the browser and the printer.
    Html,
    /// Plain text with Markdown.
    Markdown,
}

impl Format {
    /// The format that the ending of a file's name asks for: Markdown where there is no file or no ending.
    fn of_name(file: Option<&str>) -> Option<Self> {
        let ending = file.and_then(|file| Path::new(file).extension()).map(|ending| ending.to_ascii_lowercase());
        match ending.as_ref().map(|ending| ending.to_str().unwrap_or_default()) {
            Some("html" | "htm") => Some(Self::Html),
            None | Some("md" | "markdown" | "txt") => Some(Self::Markdown),
            Some(_) => None,
        }
    }
}

fn locale(tag: &str) -> Result<Locale, Objection> {
    Locale::parse(tag)
        .ok_or_else(|| Objection(Text::new("contracts are written in `en` or `es`, maybe with a region: `es-AR`")))
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    let Some(format) = arguments.format.or_else(|| Format::of_name(arguments.output.as_deref())) else {
        let name = arguments.output.as_deref().unwrap_or_default();
        output.object(
            &Text::new("contracts are written as HTML or Markdown, and `{name}` is named like neither")
                .with("name", name),
            &Text::new("end its name in `.html` or `.md`, or say which with `--format`"),
        );
        return Exit::Usage;
    };
    let mut session = Session::new(Host);
    let agreement = match arguments.files.as_slice() {
        [a, b] => of_manifests(&mut session, a, b, output),
        [file] => session.open(file).map(|opened| opened.agreement).map_err(|findings| {
            output.refuse(&findings, session.sources());
            Exit::Unreadable
        }),
        _ => Err(Exit::Usage),
    };
    let agreement = match agreement {
        Ok(agreement) => agreement,
        Err(exit) => return exit,
    };
    let lang = arguments.lang.clone().unwrap_or_else(|| language_of(&agreement));
    match contract::draft(&agreement, &contract::Options { lang }) {
        Ok(document) => {
            let text = match format {
                Format::Html => render::html(&document),
                Format::Markdown => render::markdown(&document),
            };
            let inputs: Vec<&str> = arguments.files.iter().map(String::as_str).collect();
            let target = Target { file: arguments.output.as_deref(), force: arguments.force, inputs: &inputs };
            output.deliver(&text, target)
        }
        Err(error) => {
            output.say(&format!("{error}\n"));
            Exit::Unreadable
        }
    }
}

fn of_manifests(session: &mut Session<Host>, a: &str, b: &str, output: &Output) -> Result<Agreement, Exit> {
    match session.negotiate(a, b, Explain::Nothing) {
        Negotiated::Done(outcome, expired) => {
            output.warn(&expired, session.sources());
            outcome.agreement.ok_or_else(|| {
                output.remark(&Text::new(
                    "there is no agreement to draft a contract of; `clm negotiate` with the same two files says why",
                ));
                Exit::Findings
            })
        }
        Negotiated::Refused(findings) => {
            output.refuse(&findings, session.sources());
            Err(Exit::Unreadable)
        }
    }
}

/// The first language of the agreement that contracts are written in, else English.
fn language_of(agreement: &Agreement) -> Locale {
    let known = agreement.languages.iter().find_map(|tag| Locale::parse(tag));
    known.unwrap_or_else(|| Locale::from(Lang::En))
}
