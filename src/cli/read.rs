//! `clm read`.

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use super::output::{Output, Target};
use super::{Exit, Language};
use crate::host::Host;
use crate::i18n::Locale;
use crate::reading::{self, Speech};
use crate::report;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 read, 2 wrong use, 3 a manifest that cannot be read or has errors.\n\n\
    Examples:\n  clm read my-coop.clm.yaml\n  clm read my-coop.clm.yaml --lang es --format markdown --output my-coop.md")]
pub(super) struct Arguments {
    /// The manifest, or `-` for the standard input.
    #[arg(value_name = "FILE")]
    file: String,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write it to this file.
    #[arg(long, short, value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    output: Option<String>,
    /// Replace the output file if it exists.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    language: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Plain text, as wide as the terminal or of eighty columns.
    Text,
    /// Markdown.
    Markdown,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let mut session = Session::new(Host);
    let loaded = session.load(&arguments.file);
    let (Some(document), Some(manifest)) = (&loaded.document, &loaded.manifest) else {
        output.refuse(&loaded.diagnostics, session.sources());
        return Exit::Unreadable;
    };
    output.warn(&loaded.diagnostics, session.sources());
    let locale = Locale::from(output.lang()).or_region(&manifest.coop.place.country);
    let reading = reading::read(document, &Speech::new(&locale));
    let target = Target { file: arguments.output.as_deref(), force: arguments.force, inputs: &[&arguments.file] };
    let text = match arguments.format {
        Format::Text => report::reading(&reading, output.width_for(target)),
        Format::Markdown => report::reading_as_markdown(&reading),
    };
    output.deliver(&text, target)
}
