//! `clm explain` and `clm rules`: the pages of the rules, and their lists.

use clap::{Args, ValueEnum};

use super::output::Output;
use super::{Exit, Language};
use crate::catalog;
use crate::diagnostic::{Group, Rule, Text};
use crate::report;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 explained, 2 wrong use, or a rule that nobody knows.\n\n\
    Examples:\n  clm explain CLM0109\n  clm explain duplicate-key --format json")]
pub(super) struct Arguments {
    /// A code such as CLM0201, or a name such as unknown-key.
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    /// How the page is printed; without it, as text on a terminal and as Markdown elsewhere.
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    language: Language,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 listed, 2 wrong use.\n\n\
    Examples:\n  clm rules\n  clm rules --group fairness\n  clm rules --format markdown > rules.md")]
pub(super) struct ListArguments {
    /// Only the rules of this group.
    #[arg(long, value_name = "GROUP", value_parser = group())]
    group: Option<Group>,
    /// How the rules are listed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    language: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For documents.
    Markdown,
    /// For programs.
    Json,
}

/// Prints the page of a rule.
pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let Some(word) = &arguments.rule else {
        list(&catalog::rules(), arguments.format.unwrap_or(Format::Text), output);
        return Exit::Ok;
    };
    if let Some(rule) = catalog::find(word) {
        let usual = if output.is_terminal() { Format::Text } else { Format::Markdown };
        let (format, lang) = (arguments.format.unwrap_or(usual), output.lang());
        output.result(&match format {
            Format::Text => report::page(rule, lang, output.has_colour(), output.width()),
            Format::Markdown => report::page_as_markdown(rule, lang).into_owned(),
            Format::Json => format!("{:#}\n", report::page_json(rule, lang)),
        });
        if format != Format::Json && !report::has_page(rule, lang) {
            output.remark(&Text::new("this page is written in English alone so far"));
        }
        return Exit::Ok;
    }
    let help = catalog::nearest(word).map_or_else(
        || Text::new("`clm rules` lists all rules"),
        |rule| Text::new("did you mean `{code}` (`{name}`)?").with("code", rule.code).with("name", rule.name),
    );
    output.object(&Text::new("there is no rule `{word}`").with("word", word), &help);
    Exit::Usage
}

/// Prints the rules of a group, or all.
pub(super) fn run_list(arguments: &ListArguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let is_wanted = |rule: &&Rule| arguments.group.is_none_or(|group| rule.group == group);
    let rules: Vec<&Rule> = catalog::rules().into_iter().filter(is_wanted).collect();
    list(&rules, arguments.format, output);
    Exit::Ok
}

fn list(rules: &[&Rule], format: Format, output: &Output) {
    let lang = output.lang();
    output.result(&match format {
        Format::Text if output.is_terminal() => report::rules_in_columns(rules, lang, output.width()),
        Format::Text => report::rules_in_lines(rules, lang),
        Format::Markdown => report::rules_as_markdown(rules, lang),
        Format::Json => format!("{:#}\n", report::rules_as_json(rules)),
    });
}

/// The groups as values of an option.
fn group() -> impl clap::builder::TypedValueParser<Value = Group> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    let named = |name: String| Group::ALL.iter().copied().find(|group| group.name() == name).ok_or("no group");
    PossibleValuesParser::new(Group::ALL.iter().map(|group| group.name())).try_map(named)
}
