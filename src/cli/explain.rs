//! `clm explain`.

use clap::Args;

use super::Exit;
use super::output::Output;
use crate::catalog;
use crate::diagnostic::Rule;
use crate::report;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A code such as CLM0201, or a name such as unknown-key.
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    let Some(word) = &arguments.rule else {
        output.result(&catalog::rules().into_iter().map(row).collect::<String>());
        return Exit::Ok;
    };
    if let Some(rule) = catalog::find(word) {
        output.result(rule.page);
        return Exit::Ok;
    }
    let help = catalog::nearest(word).map_or_else(
        || "`clm explain` without a code lists all rules".to_owned(),
        |rule| format!("did you mean {} ({})?", rule.code, rule.name),
    );
    output.say(&format!("there is no rule `{}`\n  help: {help}\n", report::escape(word)));
    Exit::Usage
}

fn row(rule: &Rule) -> String {
    format!("{}  {:<8} {:<28} {}\n", rule.code, rule.severity.name(), rule.name, rule.summary)
}
