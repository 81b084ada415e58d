//! `clm completions` and `clm man`: what shells and readers of manuals are told of the commands. Nothing is written twice:
//! both are made of the declaration that reads the command line.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Command, CommandFactory, ValueHint};
use clap_complete::Shell;
use clap_mangen::Man;

use super::output::{Output, Target};
use super::{Arguments, Exit, help};
use crate::catalog;
use crate::diagnostic::{Rule, Text};
use crate::host::Host;
use crate::world::{below, tidy};

#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 printed, 2 wrong use.\n\nExamples:\n  clm completions bash > ~/.local/share/bash-completion/completions/clm\n  \
    clm completions zsh > \"${fpath[1]}/_clm\"\n  clm completions fish > ~/.config/fish/completions/clm.fish"
)]
pub(super) struct CompletionArguments {
    /// Of which shell.
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 printed or written, 2 wrong use or not written.\n\n\
    Examples:\n  clm man\n  clm man > clm.1\n  clm man ~/.local/share/man/man1 --force")]
pub(super) struct ManualArguments {
    /// Write all pages into this folder, one a command; without it, the first page is shown on a terminal, and printed elsewhere.
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: Option<String>,
    /// Replace pages that exist.
    #[arg(long, requires = "folder")]
    force: bool,
}

/// Prints the completions of a shell.
pub(super) fn run_completions(arguments: &CompletionArguments, output: &Output) -> Exit {
    let mut command = with_rules(Arguments::command());
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "clm", &mut text);
    output.result(&String::from_utf8_lossy(&text));
    if arguments.shell == Shell::Fish {
        output.result(&values_for_fish(&command));
    }
    Exit::Ok
}

/// The values of arguments without a name, which the script that is made for fish leaves out.
fn values_for_fish(program: &Command) -> String {
    let mut lines = String::new();
    for command in program.get_subcommands() {
        let values = command.get_positionals().flat_map(clap::Arg::get_possible_values);
        let values: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
        if !values.is_empty() {
            let (name, values) = (command.get_name(), values.join(" "));
            lines += &format!("complete -c clm -n \"__fish_clm_using_subcommand {name}\" -f -a \"{values}\"\n");
        }
    }
    lines
}

/// The command with all rules to choose from where one is due. The command line itself takes any word, since it knows
/// better what to say of one that is no rule.
fn with_rules(command: Command) -> Command {
    let words = |rule: &'static Rule| [rule.name, rule.code].map(|word| PossibleValue::new(word).help(rule.summary));
    let rules = PossibleValuesParser::new(catalog::rules().into_iter().flat_map(words));
    command.mut_subcommand("explain", |explain| explain.mut_arg("rule", |rule| rule.value_parser(rules)))
}

/// Prints the first page of the manual, or writes all.
pub(super) fn run_manual(arguments: &ManualArguments, output: &Output) -> Exit {
    let pages = pages();
    let Some(folder) = &arguments.folder else {
        let first = pages.first().map_or("", |(_, text)| text);
        if !output.is_terminal() {
            output.result(first);
        } else if !Host.show_manual(first) {
            // A page as it is written is nothing for people.
            output.result(&help::command(output.lang()).render_long_help().to_string());
            output.remark(&Text::new("this is the help: there is no program here that shows manual pages"));
        }
        return Exit::Ok;
    };
    let mut pages: Vec<(String, String)> =
        pages.into_iter().map(|(name, text)| (below(&tidy(folder), &name), text)).collect();
    // A page that must not be replaced is refused before any is written.
    pages.sort_by_key(|(name, _)| !Host.exists(name));
    for (name, text) in &pages {
        let exit = output.deliver(text, Target { file: Some(name), force: arguments.force, inputs: &[] });
        if exit != Exit::Ok {
            return exit;
        }
    }
    Exit::Ok
}

/// The pages with the names of their files: that of the program, then one a command.
fn pages() -> Vec<(String, String)> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    of_command(&program).into_iter().map(page).collect()
}

/// A command and those below it.
fn of_command(command: &Command) -> Vec<Command> {
    let below = command.get_subcommands().filter(|below| below.get_name() != "help");
    std::iter::once(command.clone()).chain(below.flat_map(of_command)).collect()
}

fn page(command: Command) -> (String, String) {
    let man = Man::new(command);
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = man.render(&mut text);
    (man.get_filename(), String::from_utf8_lossy(&text).into_owned())
}
