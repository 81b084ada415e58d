//! What is said of a command line that is given wrongly: what is wrong, the way out, and how the command is used.

use std::ffi::OsString;
use std::fmt;

use clap::error::{ContextKind as Part, ContextValue, ErrorKind as Kind};
use clap::{CommandFactory, FromArgMatches};

use super::{Arguments, Exit, help};
use crate::diagnostic::Text;
use crate::host::Host;
use crate::i18n::Lang;
use crate::report;

const PROGRAM: &str = "clm";

/// Words that other programs have for what a command does.
const OTHER_WORDS: [(&str, &str); 6] = [
    ("lint validate validar verificar revisar", "check"),
    ("format formatear", "fmt"),
    ("new create nuevo crear", "init"),
    ("show mostrar leer", "read"),
    ("compare comparar", "diff"),
    ("negociar", "negotiate"),
];

/// What keeps a word from being the value of an option, in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Objection(pub(super) Text);

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.english())
    }
}

impl std::error::Error for Objection {}

/// Reads the command line; what was asked of the parser itself, and what is wrong, is said.
pub(super) fn arguments() -> Result<Arguments, Exit> {
    let words: Vec<OsString> = std::env::args_os().collect();
    let lang = asked(&words).or(Host.lang()).unwrap_or(Lang::En);
    let mut command = help::command(lang);
    let read = command.try_get_matches_from_mut(&words).and_then(|mut read| Arguments::from_arg_matches_mut(&mut read));
    read.map_err(|error| {
        if !error.use_stderr() || error.kind() == Kind::DisplayHelpOnMissingArgumentOrSubcommand {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Ok };
        }
        super::output::complain(&told(&error, &words, lang));
        Exit::Usage
    })
}

/// The language that the command line asks for with which the program was started.
pub(super) fn asked_here() -> Option<Lang> {
    asked(&std::env::args_os().collect::<Vec<_>>())
}

/// The language that the command line asks for. That of a contract is another matter.
fn asked(words: &[OsString]) -> Option<Lang> {
    let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    let is_contract = words.iter().skip(1).find(|word| !word.starts_with('-')) == Some(&"contract");
    let tag = words.iter().enumerate().find_map(|(at, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(at + 1).copied(),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    Lang::parse(tag?).filter(|_| !is_contract)
}

/// The command that the words name, as far as there is one: `clm baseline write`.
fn command_of(words: &[OsString]) -> String {
    let program = Arguments::command();
    let (mut at, mut name) = (&program, PROGRAM.to_owned());
    for word in words.iter().skip(1).filter_map(|word| word.to_str()) {
        let Some(below) = at.find_subcommand(word) else { break };
        name += &format!(" {word}");
        at = below;
    }
    name
}

/// All that is said of an error.
fn told(error: &clap::Error, words: &[OsString], lang: Lang) -> String {
    let command = &command_of(words);
    let said = |text: &Text| report::escape(&report::said(text, lang));
    let usage = usage(error);
    let (wrong, way_out) = (what_is_wrong(error, words), way_out(error, command));
    let mut out = format!("{}: {}\n", said(&Text::new("error")), said(&wrong));
    out += &format!("  {}: {}\n", said(&Text::new("help")), said(&way_out));
    if !usage.is_empty() {
        out += &format!("\n{}: {}\n", said(&Text::new("Usage")), report::escape(&usage));
    }
    out
}

fn what_is_wrong(error: &clap::Error, words: &[OsString]) -> Text {
    let part = |part: Part| parts(error, part).into_iter().next();
    let option = part(Part::InvalidArg).map(|option| name_of(&option)).unwrap_or_default();
    let value = part(Part::InvalidValue).unwrap_or_default();
    let wrong = match error.kind() {
        Kind::InvalidSubcommand => {
            Text::new("there is no command `{word}`").with("word", part(Part::InvalidSubcommand).unwrap_or_default())
        }
        Kind::UnknownArgument if option.starts_with('-') => Text::new("there is no option `{option}` here"),
        Kind::UnknownArgument => Text::new("`{option}` is one word too many"),
        Kind::InvalidValue if value.is_empty() => Text::new("a value is missing behind `{option}`"),
        Kind::InvalidValue | Kind::ValueValidation => Text::new("`{option}` does not take `{value}`"),
        Kind::TooManyValues => Text::new("`{value}` is one word too many"),
        Kind::TooFewValues | Kind::WrongNumberOfValues => Text::new("words are missing behind `{option}`"),
        Kind::ArgumentConflict => conflict(&option, &parts(error, Part::PriorArg)),
        Kind::MissingRequiredArgument => {
            Text::new("{listed} must be given").with("listed", quoted(&parts(error, Part::InvalidArg)))
        }
        Kind::MissingSubcommand => Text::new("the command is missing"),
        Kind::InvalidUtf8 => {
            let no_text = words.iter().find(|word| word.to_str().is_none());
            let shown = no_text.map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
            Text::new("`{word}` on the command line is not written in UTF-8").with("word", shown)
        }
        _ => Text::new("the command cannot be read: {reason}").with("reason", error),
    };
    wrong.with("option", &option).with("value", &value)
}

fn conflict(option: &str, others: &[String]) -> Text {
    let others: Vec<String> = others.iter().map(|other| name_of(other)).collect();
    match others.as_slice() {
        [other] if other == option => Text::new("`{option}` is given twice"),
        _ => Text::new("`{option}` cannot be used with {others}").with("others", quoted(&others)),
    }
}

fn way_out(error: &clap::Error, command: &str) -> Text {
    let word = parts(error, Part::InvalidSubcommand).into_iter().next().unwrap_or_default();
    let same = OTHER_WORDS.iter().find(|(others, _)| others.split(' ').any(|other| other == word));
    if let Some((_, meant)) = same.filter(|_| command == PROGRAM) {
        return Text::new("did you mean `{meant}`?").with("meant", meant);
    }
    // The likeliest comes last.
    let meant = [Part::SuggestedSubcommand, Part::SuggestedArg];
    if let Some(meant) = meant.into_iter().flat_map(|part| parts(error, part)).last() {
        return Text::new("did you mean `{meant}`?").with("meant", name_of(&meant));
    }
    let objection = std::error::Error::source(error).and_then(|source| source.downcast_ref::<Objection>());
    if let Some(Objection(text)) = objection {
        return text.clone();
    }
    let known = parts(error, Part::ValidValue);
    if !known.is_empty() {
        return Text::new("it takes {words}").with("words", quoted(&known));
    }
    if error.kind() == Kind::ArgumentConflict {
        return Text::new("keep one of the two");
    }
    let option = parts(error, Part::InvalidArg).first().map(|option| name_of(option)).unwrap_or_default();
    if let Some(example) = of_a_command(&option).filter(|_| command == PROGRAM) {
        return Text::new("write it behind the command, as in `{example}`").with("example", example);
    }
    Text::new("`{command} --help` says how it is used").with("command", command)
}

/// An option as it is given to a command, if one has it.
fn of_a_command(option: &str) -> Option<String> {
    let name = option.strip_prefix("--")?;
    let program = Arguments::command();
    let has_it = |below: &&clap::Command| below.get_arguments().any(|argument| argument.get_long() == Some(name));
    let first = program.find_subcommand("check").filter(has_it).or_else(|| program.get_subcommands().find(has_it))?;
    Some(format!("{PROGRAM} {} {option}", first.get_name()))
}

/// The texts of a part of an error.
fn parts(error: &clap::Error, part: Part) -> Vec<String> {
    match error.get(part) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// The name of an option without its value.
fn name_of(option: &str) -> String {
    option.split([' ', '=']).next().unwrap_or(option).to_owned()
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// How the command is used, without a heading.
fn usage(error: &clap::Error) -> String {
    match error.get(Part::Usage) {
        Some(ContextValue::StyledStr(usage)) => {
            let usage = usage.to_string();
            usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned()
        }
        _ => String::new(),
    }
}
