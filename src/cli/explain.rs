//! `clm explain`.

use clap::Args;

use super::output::Output;
use super::{Exit, Language};
use crate::catalog;
use crate::diagnostic::{Rule, Text};
use crate::report;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A code such as CLM0201, or a name such as unknown-key.
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    #[command(flatten)]
    language: Language,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let Some(word) = &arguments.rule else {
        output.result(&catalog::rules().into_iter().map(|rule| row(rule, output)).collect::<String>());
        return Exit::Ok;
    };
    if let Some(rule) = catalog::find(word) {
        output.result(rule.page);
        return Exit::Ok;
    }
    let help = catalog::nearest(word).map_or_else(
        || Text::new("`clm explain` without a code lists all rules"),
        |rule| Text::new("did you mean `{code}` (`{name}`)?").with("code", rule.code).with("name", rule.name),
    );
    output.object(&Text::new("there is no rule `{word}`").with("word", word), &help);
    Exit::Usage
}

/// A line of the list: names are the same in all languages, since they are what settings and comments are written with.
fn row(rule: &Rule, output: &Output) -> String {
    let severity = report::severity_word(rule.severity, output.lang());
    format!("{}  {severity:<11} {:<28} {}\n", rule.code, rule.name, output.said(&rule.heading()))
}
