//! `clm diff`.

use clap::{Args, ValueEnum};

use super::output::Output;
use super::{Exit, Language};
use crate::compare;
use crate::host::Host;
use crate::i18n::Locale;
use crate::report;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "Order, layout, comments and defaults written out are no change.\n\n\
    Exit code: 0 the same meaning, 1 another, 2 wrong use, 3 a manifest that cannot be read or has errors.\n\n\
    Examples:\n  clm diff old.clm.yaml new.clm.yaml\n  git show HEAD:my-coop.clm.yaml | clm diff - my-coop.clm.yaml")]
pub(super) struct Arguments {
    /// The older version, or `-` for the standard input.
    #[arg(value_name = "OLD")]
    old: String,
    /// The newer version, or `-` for the standard input.
    #[arg(value_name = "NEW")]
    new: String,
    /// How the changes are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    language: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For people, as Markdown.
    Markdown,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let mut session = Session::new(Host);
    let loaded = match session.versions(&arguments.old, &arguments.new) {
        Ok(loaded) => loaded,
        Err(findings) => {
            output.refuse(&findings, session.sources());
            return Exit::Unreadable;
        }
    };
    let [Some(old), Some(new)] = loaded.each_ref().map(|loaded| session.side(loaded)) else {
        return Exit::Unreadable;
    };
    let speech = compare::speech(&Locale::from(output.lang()).or_region(&new.checked.coop.place.country));
    let diff = compare::diff(&old, &new, &speech);
    let reading = || compare::diff_reading(&diff, old.source.name(), new.source.name(), &speech);
    output.result(&match arguments.format {
        Format::Text => report::reading(&reading(), output.width()),
        Format::Markdown => report::reading_as_markdown(&reading()),
        Format::Json => format!("{:#}\n", compare::json_of_diff(&diff)),
    });
    if diff.is_same() { Exit::Ok } else { Exit::Findings }
}
