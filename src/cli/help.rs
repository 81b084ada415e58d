//! What `--help` prints in another language than English: the declaration of the command line with its texts replaced.
//!
//! The texts are rows of the table of sentences, line by line as the declaration has them, so that nothing is declared
//! twice. Manual pages and completions are made of the declaration as it is.

use std::collections::BTreeSet;

use clap::builder::{PossibleValue, StyledStr};
use clap::{Arg, Command, CommandFactory};

use crate::i18n::{Lang, translated};

/// What the parser itself writes into help and usage, as rows of the table have it.
const OWN: [&str; 12] = [
    "Usage",
    "Commands",
    "Arguments",
    "Options",
    "Values",
    "by default {value}",
    "values: {values}",
    "COMMAND",
    "OPTIONS",
    "Print help",
    "Print version",
    "Print this message or the help of a command",
];

/// The commands that the parser adds itself, and their options.
const ADDED: [&str; 2] = ["help", "version"];

/// The declaration of the command line in a language.
pub(super) fn command(lang: Lang) -> Command {
    let mut command = super::Arguments::command();
    if lang == Lang::En {
        return command;
    }
    // Only what is built has all its options, those of the parser included.
    command.build();
    spoken(command, lang)
}

/// Every line of text of the command line, and what the parser adds: what the table of sentences has to have.
pub fn texts() -> BTreeSet<String> {
    let mut texts: BTreeSet<String> = OWN.iter().map(|text| (*text).to_owned()).collect();
    collect(&super::Arguments::command(), &mut texts);
    texts
}

fn collect(command: &Command, out: &mut BTreeSet<String>) {
    let arguments: Vec<&Arg> = command.get_arguments().collect();
    let valued = arguments.iter().filter(|arg| arg.get_action().takes_values());
    let values: Vec<PossibleValue> = valued.clone().flat_map(|arg| arg.get_possible_values()).collect();
    let of_command = [command.get_about(), command.get_long_about(), command.get_after_help()];
    let of_arguments = arguments.iter().flat_map(|arg| [arg.get_help(), arg.get_long_help()]);
    let of_values = values.iter().map(PossibleValue::get_help);
    let texts = of_command.into_iter().chain(of_arguments).chain(of_values).flatten().map(ToString::to_string);
    let headings = arguments.iter().filter_map(|arg| arg.get_help_heading()).map(str::to_owned);
    let names = valued.flat_map(|arg| arg.get_value_names().unwrap_or_default()).map(ToString::to_string);
    let lines: Vec<String> = texts.chain(headings).chain(names).collect();
    let lines = lines.iter().flat_map(|text| text.lines()).filter(|line| is_prose(line));
    out.extend(lines.map(|line| bare(line).0.to_owned()));
    command.get_subcommands().for_each(|below| collect(below, out));
}

/// Whether a line is said to people; the others are commands to be copied.
fn is_prose(line: &str) -> bool {
    !line.is_empty() && !line.starts_with("  ")
}

/// A line without its full stop, and whether there is one.
fn bare(line: &str) -> (&str, &str) {
    line.strip_suffix('.').map_or((line, ""), |bare| (bare, "."))
}

/// A text in a language, line by line.
fn said(text: &str, lang: Lang) -> String {
    let line = |line: &str| {
        let (bare, stop) = bare(line);
        let words = translated(bare, lang).filter(|_| is_prose(line));
        words.map_or_else(|| line.to_owned(), |words| format!("{words}{stop}"))
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// What the parser adds, with its hole filled.
fn own(text: &'static str, hole: &str, value: &str, lang: Lang) -> String {
    said(text, lang).replace(hole, value)
}

/// A word or heading in a language.
fn word(text: &'static str, lang: Lang) -> &'static str {
    translated(text, lang).unwrap_or(text)
}

/// A usage line with its placeholders in a language.
fn with_placeholders(text: &str, lang: Lang) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_uppercase()) {
        let (before, from) = rest.split_at(start);
        let length = from.find(|c: char| !(c.is_ascii_uppercase() || c == '_')).unwrap_or(from.len());
        let (word, behind) = from.split_at(length);
        out.push_str(before);
        out.push_str(translated(word, lang).unwrap_or(word));
        rest = behind;
    }
    out + rest
}

fn spoken(mut command: Command, lang: Lang) -> Command {
    let names: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    let below: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_arg(name, |arg| argument(arg, lang));
    }
    for name in below {
        command = command.mut_subcommand(name, |below| spoken(below, lang));
    }
    let style = *command.get_styles().get_header();
    let usage = with_placeholders(&usage_of(&mut command), lang);
    let heading = word("Usage", lang);
    command = command
        .override_usage(usage)
        .subcommand_help_heading(word("Commands", lang))
        .subcommand_value_name(word("COMMAND", lang))
        .help_template(format!(
            "{{before-help}}{{about-with-newline}}\n{style}{heading}:{style:#} {{usage}}\n\n{{all-args}}{{after-help}}"
        ));
    if let Some(about) = command.get_about().map(ToString::to_string) {
        let is_added = command.get_name() == "help";
        let about =
            if is_added { said("Print this message or the help of a command", lang) } else { said(&about, lang) };
        command = command.about(about);
    }
    if let Some(after) = command.get_after_help().map(ToString::to_string) {
        command = command.after_help(said(&after, lang));
    }
    command
}

/// The usage of a command without its heading.
fn usage_of(command: &mut Command) -> String {
    let usage = command.render_usage().to_string();
    usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned()
}

fn argument(arg: Arg, lang: Lang) -> Arg {
    let heading = match arg.get_help_heading() {
        Some(heading) => translated(heading, lang),
        None if arg.is_positional() => Some(word("Arguments", lang)),
        None => Some(word("Options", lang)),
    };
    let names: Option<Vec<&str>> =
        arg.get_value_names().unwrap_or_default().iter().map(|name| translated(name, lang)).collect();
    let is_flag = !arg.get_action().takes_values();
    let text = match arg.get_id().as_str() {
        "help" => said("Print help", lang),
        "version" => said("Print version", lang),
        _ => arg.get_help().map(|help| said(&help.to_string(), lang)).unwrap_or_default(),
    };
    let long = arg.get_long_help().filter(|_| !ADDED.contains(&arg.get_id().as_str()));
    let long = long.map_or_else(|| text.clone(), |long| said(&long.to_string(), lang));
    let values: Vec<PossibleValue> = if is_flag { Vec::new() } else { arg.get_possible_values() };
    let default =
        if is_flag { None } else { arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned()) };
    let (short, long) =
        (with_notes(&text, &values, default.as_deref(), lang), with_values(&long, &values, default.as_deref(), lang));
    let arg = arg.help_heading(heading).help(short).long_help(long).hide_possible_values(true).hide_default_value(true);
    match names {
        Some(names) if !names.is_empty() && !is_flag => arg.value_names(names),
        _ => arg,
    }
}

/// The short help of an option, with its values and its default in brackets.
fn with_notes(text: &str, values: &[PossibleValue], default: Option<&str>, lang: Lang) -> StyledStr {
    let mut out = text.to_owned();
    if let Some(default) = default {
        out += &format!(" [{}]", own("by default {value}", "{value}", default, lang));
    }
    if !values.is_empty() {
        let listed = values.iter().map(PossibleValue::get_name).collect::<Vec<_>>().join(", ");
        out += &format!(" [{}]", own("values: {values}", "{values}", &listed, lang));
    }
    out.into()
}

/// The long help of an option, with what each of its values means.
fn with_values(text: &str, values: &[PossibleValue], default: Option<&str>, lang: Lang) -> StyledStr {
    if values.iter().all(|value| value.get_help().is_none()) {
        return with_notes(text, values, default, lang);
    }
    let widest = values.iter().map(|value| value.get_name().len()).max().unwrap_or_default();
    let meaning =
        |value: &PossibleValue| value.get_help().map(|help| said(&help.to_string(), lang)).unwrap_or_default();
    let lines = values.iter().map(|value| {
        let name = format!("{}:", value.get_name());
        format!("- {name:width$} {}", meaning(value), width = widest + 1)
    });
    let mut out = format!("{text}\n\n{}:\n{}", said("Values", lang), lines.collect::<Vec<_>>().join("\n"));
    if let Some(default) = default {
        out += &format!("\n\n[{}]", own("by default {value}", "{value}", default, lang));
    }
    out.into()
}
