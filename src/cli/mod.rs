//! The command line: arguments in, exit code out. One file a command; everything else is the session's.

mod baseline;
mod breaking;
mod check;
mod contract;
mod diff;
mod difference;
mod explain;
mod fault;
mod fmt;
mod help;
mod init;
mod manual;
mod matching;
mod misuse;
mod negotiate;
mod output;
mod read;
mod schema;
mod tasks;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

pub use help::texts;
use misuse::Objection;
use output::Output;

use crate::diagnostic::Text;
use crate::host::Host;
use crate::i18n::Lang;
use crate::report;

/// What the program says to the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// All is well.
    Ok = 0,
    /// Errors were found, no deal was made, or an agreement differs.
    Findings = 1,
    /// The command was given wrongly, or its output could not be written.
    Usage = 2,
    /// Something could not be read, or is not valid.
    Unreadable = 3,
    /// The program itself failed.
    Fault = 4,
    /// A stated limit of work was exceeded.
    Undecided = 5,
}

impl Exit {
    /// Of two that apply, the one that is told.
    fn worse(self, other: Self) -> Self {
        if self as u8 >= other as u8 { self } else { other }
    }
}

/// Cooperation License Manifests: check them, negotiate them, turn agreements into contracts.
#[derive(Debug, Parser)]
#[command(name = "clm", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Begin with: clm init, or clm check my-coop.clm.yaml")]
struct Arguments {
    /// When to use colour and frames.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// In which language findings are told.
#[derive(Debug, clap::Args)]
struct Language {
    /// In which language to speak: en or es. Without it, as LC_ALL, LC_MESSAGES or LANG say, else English.
    #[arg(long, value_name = "LANG", value_parser = language)]
    lang: Option<Lang>,
}

fn language(tag: &str) -> Result<Lang, Objection> {
    let known = || Lang::ALL.iter().map(|lang| format!("`{}`", lang.code())).collect::<Vec<_>>().join(", ");
    Lang::parse(tag).ok_or_else(|| Objection(Text::new("the languages are {known}").with("known", known())))
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a first manifest, by questions or from a list of products.
    Init(init::Arguments),
    /// Read a manifest aloud, in plain sentences.
    Read(read::Arguments),
    /// Check manifests and say what is wrong with them.
    Check(check::Arguments),
    /// Write down what is found today, so that only new findings count; take out what is gone.
    Baseline(baseline::Arguments),
    /// Lay out manifests as all are laid out; what they mean stays the same.
    Fmt(fmt::Arguments),
    /// Find out whether two coops can deal, and on which terms.
    Negotiate(negotiate::Arguments),
    /// Find out which pairs of many coops can deal, and what they gain.
    Match(matching::Arguments),
    /// Turn an agreement, or two manifests, into a contract.
    Contract(contract::Arguments),
    /// Recompute an agreement from the two manifests.
    Verify(verify::Arguments),
    /// Say what a new version of a manifest changes, by meaning.
    Diff(diff::Arguments),
    /// Say which partners lose something by a new version of a manifest.
    Breaking(breaking::Arguments),
    /// Print a JSON Schema, for editors and other tools.
    Schema(schema::Arguments),
    /// Explain a rule by its code or name; without one, list them all.
    Explain(explain::Arguments),
    /// List the rules.
    Rules(explain::ListArguments),
    /// Print what completes commands, options and rules in a shell.
    Completions(manual::CompletionArguments),
    /// Print the manual, or write its pages into a folder.
    Man(manual::ManualArguments),
}

/// Runs the program.
pub fn main() -> ExitCode {
    fault::watch();
    let exit = fault::caught(|| {
        let arguments = match misuse::arguments() {
            Ok(arguments) => arguments,
            Err(exit) => return exit,
        };
        let output = Output::new(arguments.color);
        if let Some(wrong) = Host.rules_url().filter(|text| !report::is_address(text)) {
            let text = Text::new("`{value}` in `CLM_RULES_URL` is not the address of the pages of rules");
            output.speak(misuse::asked_here());
            let help = Text::new(
                "write it like `https://rules.example`; the code of the rule is put behind it, or where it says `{example}`",
            );
            output.object(&text.with("value", wrong), &help.with("example", "{code}"));
            return Exit::Usage;
        }
        let exit = run(&arguments.command, &output);
        output.exit(exit)
    });
    let exit = exit.unwrap_or_else(|fault| {
        output::last_words(&fault::sentences(&fault));
        Exit::Fault
    });
    ExitCode::from(exit as u8)
}

fn run(command: &Command, output: &Output) -> Exit {
    match command {
        Command::Init(arguments) => init::run(arguments, output),
        Command::Read(arguments) => read::run(arguments, output),
        Command::Check(arguments) => check::run(arguments, output),
        Command::Baseline(arguments) => baseline::run(arguments, output),
        Command::Fmt(arguments) => fmt::run(arguments, output),
        Command::Negotiate(arguments) => negotiate::run(arguments, output),
        Command::Match(arguments) => matching::run(arguments, output),
        Command::Contract(arguments) => contract::run(arguments, output),
        Command::Verify(arguments) => verify::run(arguments, output),
        Command::Diff(arguments) => diff::run(arguments, output),
        Command::Breaking(arguments) => breaking::run(arguments, output),
        Command::Schema(arguments) => schema::run(arguments, output),
        Command::Explain(arguments) => explain::run(arguments, output),
        Command::Rules(arguments) => explain::run_list(arguments, output),
        Command::Completions(arguments) => manual::run_completions(arguments, output),
        Command::Man(arguments) => manual::run_manual(arguments, output),
    }
}
