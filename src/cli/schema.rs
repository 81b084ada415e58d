//! `clm schema`.

use clap::{Args, ValueEnum};

use super::Exit;
use super::output::Output;
use crate::agreement::agreement_schema;
use crate::certificate::certificate_schema;
use crate::market::table_schema;
use crate::negotiate::outcome::outcome_schema;
use crate::report::findings_schema;
use crate::schema::manifest_schema;
use crate::settings::settings_schema;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 printed, 2 wrong use.\n\nExamples:\n  clm schema manifest > manifest.schema.json")]
pub(super) struct Arguments {
    /// Of which kind of document.
    #[arg(value_enum, value_name = "KIND")]
    of: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// What coops write.
    Manifest,
    /// What `clm negotiate --output` writes.
    Agreement,
    /// What `clm negotiate --certificate` writes.
    Certificate,
    /// What `clm negotiate --format json` prints.
    Outcome,
    /// What `clm match --format json` prints.
    Match,
    /// What `clm check --format json` prints.
    Findings,
    /// What stands in `.clm.toml`.
    Settings,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    let schema = match arguments.of {
        Kind::Manifest => manifest_schema(),
        Kind::Agreement => agreement_schema(),
        Kind::Certificate => certificate_schema(),
        Kind::Outcome => outcome_schema(),
        Kind::Match => table_schema(),
        Kind::Findings => findings_schema(),
        Kind::Settings => settings_schema(),
    };
    output.result(&format!("{schema:#}\n"));
    Exit::Ok
}
