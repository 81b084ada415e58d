//! `clm fmt`.

use clap::Args;

use super::output::Output;
use super::{Exit, Language, difference};
use crate::diagnostic::{Diagnostic, Text, has_errors};
use crate::format::format;
use crate::host::Host;
use crate::report;
use crate::session::{Loaded, NotWritten, Session, not_written};
use crate::source::Sources;
use crate::syntax;
use crate::world::{Instead, World};

#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 all is laid out, 1 a manifest with errors, or with --check or --diff one that would change, \
    2 wrong use, 3 a file that cannot be read.\n\n\
    Examples:\n  clm fmt my-coop.clm.yaml\n  clm fmt --diff manifests/\n  clm fmt - < my-coop.clm.yaml"
)]
pub(super) struct Arguments {
    /// Manifests, folders that hold some, or `-` for the standard input, whose text is printed.
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<String>,
    /// Write nothing; name the files that would change, and exit with 1 if there are any.
    #[arg(long, conflicts_with = "diff")]
    check: bool,
    /// Write nothing; print how the files would change, and exit with 1 if any would.
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    language: Language,
}

/// What became of a file.
enum Laid {
    /// It is laid out already.
    Out,
    /// It would be another, with the text before and after.
    Otherwise { before: String, after: String },
    /// It was not looked at further.
    Refused(Exit),
}

/// How many files came to what.
#[derive(Default)]
struct Count {
    changed: usize,
    unchanged: usize,
    refused: usize,
    exit: Option<Exit>,
}

impl Count {
    fn refuse(&mut self, exit: Exit) {
        self.refused += 1;
        let worse = |other: Exit| other as u8 >= exit as u8;
        self.exit = self.exit.filter(|other| worse(*other)).or(Some(exit));
    }
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let mut count = Count::default();
    for path in &arguments.paths {
        let mut session = Session::new(Host);
        let (names, findings) = session.expand(path, false);
        names.iter().for_each(|name| file(name, arguments, &mut count, output));
        if !findings.is_empty() {
            output.refuse(&findings, session.sources());
            count.refuse(Exit::Unreadable);
        }
    }
    if arguments.paths.iter().any(|path| path != "-") {
        let summary = summary(arguments, &count);
        if arguments.check || arguments.diff { output.remark(&summary) } else { output.tell(&summary) }
    }
    let would_change = (arguments.check || arguments.diff) && count.changed > 0;
    count.exit.unwrap_or(if would_change { Exit::Findings } else { Exit::Ok })
}

fn file(name: &str, arguments: &Arguments, count: &mut Count, output: &Output) {
    // Read once: what is written later takes the place of these bytes and of no others.
    let bytes = Host.read(name, syntax::MOST_BYTES).unwrap_or_default();
    let text = match lay_out(name, &bytes, output) {
        Laid::Refused(exit) => return count.refuse(exit),
        Laid::Out if name == "-" && !arguments.check && !arguments.diff => {
            count.unchanged += 1;
            return output.text(&String::from_utf8_lossy(&bytes));
        }
        Laid::Out => {
            count.unchanged += 1;
            return;
        }
        Laid::Otherwise { after, .. } if arguments.check => {
            drop(after);
            format!("{}\n", report::escape(if name == "-" { "<stdin>" } else { name }))
        }
        Laid::Otherwise { before, after } if arguments.diff => difference::unified(name, &before, &after),
        Laid::Otherwise { after, .. } => {
            let whole = syntax::marked_as(&bytes, &after);
            if name != "-" {
                return write(name, &bytes, &whole, count, output);
            }
            whole
        }
    };
    count.changed += 1;
    output.text(&text);
}

fn write(name: &str, bytes: &[u8], text: &str, count: &mut Count, output: &Output) {
    match Host.rewrite(name, bytes, text) {
        Ok(()) => {
            count.changed += 1;
            output.remark(&Text::new("laid out {name}").with("name", name));
        }
        Err(error) => {
            let mut sources = Sources::new();
            let finding = not_written(&mut sources, name, &NotWritten::from(error));
            output.refuse(&[finding], &sources);
            count.refuse(Exit::Usage);
        }
    }
}

/// What a file is laid out. What keeps it from being so is said.
fn lay_out(name: &str, bytes: &[u8], output: &Output) -> Laid {
    let world: Box<dyn World> =
        if bytes.is_empty() && name != "-" { Box::new(Host) } else { Box::new(Instead::new(Host, name, bytes)) };
    let mut session = Session::new(world);
    let Loaded { source, document, diagnostics, unreadable, .. } = session.load(name);
    let (Some(source), Some(document), false) = (session.sources().get(source), document, has_errors(&diagnostics))
    else {
        let errors: Vec<Diagnostic> =
            diagnostics.into_iter().filter(|found| has_errors(std::slice::from_ref(found))).collect();
        output.refuse(&errors, session.sources());
        return Laid::Refused(if unreadable { Exit::Unreadable } else { Exit::Findings });
    };
    match format(&document, source) {
        Some(after) if after != source.text() => Laid::Otherwise { before: source.text().to_owned(), after },
        Some(_) | None => Laid::Out,
    }
}

fn summary(arguments: &Arguments, count: &Count) -> Text {
    let all = count.changed + count.unchanged + count.refused;
    let changed = match arguments.check || arguments.diff {
        true => Text::new("{n} would be laid out").with("n", count.changed),
        false => Text::counted(count.changed, Text::new("1 laid out"), Text::new("{n} laid out")),
    };
    let text = match count.refused {
        0 => Text::new("{all}: {changed}, {unchanged} as they should be"),
        refused => {
            Text::new("{all}: {changed}, {unchanged} as they should be, {refused} refused").with("refused", refused)
        }
    };
    text.with_text("all", Text::counted(all, Text::new("1 manifest"), Text::new("{n} manifests")))
        .with_text("changed", changed)
        .with("unchanged", count.unchanged)
}
