//! `clm fmt`.

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueHint};

use super::output::Output;
use super::tasks::{Task, expanded};
use super::{Exit, Language, difference};
use crate::diagnostic::{Diagnostic, Text, has_errors};
use crate::format::format;
use crate::host::Host;
use crate::report;
use crate::session::{Loaded, NotWritten, Session, not_laid_out, not_written};
use crate::source::Sources;
use crate::syntax;
use crate::world::{Instead, ReadError, World};

#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 all is laid out, 1 errors, or with --check or --diff something to lay out, 2 wrong use, \
    3 a file that cannot be read.\n\n\
    Examples:\n  clm fmt my-coop.clm.yaml\n  clm fmt --diff manifests/\n  clm fmt - < my-coop.clm.yaml\n  \
    clm fmt - --stdin-filename my-coop.clm.json < my-coop.clm.json"
)]
pub(super) struct Arguments {
    /// Manifests, folders that hold some, or `-` for the standard input, whose text is printed; without any, the folder in
    /// which the command runs.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    /// What the standard input is called, JSON or YAML by its ending. Without it, JSON stays JSON.
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    stdin_filename: Option<String>,
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

impl Arguments {
    /// What is laid out.
    fn paths(&self) -> Vec<String> {
        match self.paths.is_empty() {
            true => vec![if self.stdin_filename.is_some() { "-" } else { "." }.to_owned()],
            false => self.paths.clone(),
        }
    }

    /// Whether nothing is written.
    fn only_looks(&self) -> bool {
        self.check || self.diff
    }
}

/// A manifest to lay out.
struct Manifest<'a> {
    /// What it is called.
    name: &'a str,
    piped: bool,
    /// Read once: what is written later takes the place of these bytes and of no others.
    bytes: Result<Vec<u8>, ReadError>,
}

impl<'a> Manifest<'a> {
    fn read(path: &'a str, arguments: &'a Arguments) -> Self {
        let piped = path == "-";
        let name = arguments.stdin_filename.as_deref().filter(|_| piped).unwrap_or(path);
        Self { name, piped, bytes: Host.read(path, syntax::MOST_BYTES) }
    }

    fn shown(&self) -> &str {
        if self.name == "-" { "<stdin>" } else { self.name }
    }
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let paths = arguments.paths();
    if arguments.stdin_filename.is_some() && !paths.iter().any(|path| path == "-") {
        output.object(
            &Text::new("`--stdin-filename` names the standard input, which is not laid out here"),
            &Text::new("add `-` to what is laid out"),
        );
        return Exit::Usage;
    }
    if paths.iter().filter(|path| *path == "-").count() > 1 {
        let mut session = Session::new(Host);
        let finding = session.twice("-").help(Text::new("leave out one `-`"));
        output.refuse(&[finding], session.sources());
        return Exit::Unreadable;
    }
    let mut count = Count::default();
    for task in expanded(&Host, &paths, false) {
        match task {
            Task::Manifest(name) => file(&Manifest::read(&name, arguments), arguments, &mut count, output),
            Task::Tell(told) => {
                let (finding, sources) = *told;
                output.refuse(&[finding], &sources);
                count.refuse(Exit::Unreadable);
            }
        }
    }
    if paths.iter().any(|path| path != "-") {
        let summary = summary(arguments, &count);
        if arguments.only_looks() { output.remark(&summary) } else { output.tell(&summary) }
    }
    let would_change = arguments.only_looks() && count.changed > 0;
    count.exit.unwrap_or(if would_change { Exit::Findings } else { Exit::Ok })
}

fn file(manifest: &Manifest<'_>, arguments: &Arguments, count: &mut Count, output: &Output) {
    let Manifest { name, piped, .. } = manifest;
    let bytes = match &manifest.bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            let mut session = Session::new(Host);
            let finding = session.unreadable(name, error);
            output.refuse(&[finding], session.sources());
            return count.refuse(Exit::Unreadable);
        }
    };
    let text = match lay_out(name, bytes, output) {
        Laid::Refused(exit) => return count.refuse(exit),
        Laid::Out => {
            count.unchanged += 1;
            if !*piped || arguments.only_looks() {
                return;
            }
            String::from_utf8_lossy(bytes).into_owned()
        }
        Laid::Otherwise { before, after } => {
            let whole = syntax::marked_as(bytes, &after);
            if !piped && !arguments.only_looks() {
                return write(name, bytes, &whole, count, output);
            }
            count.changed += 1;
            match arguments {
                Arguments { check: true, .. } => format!("{}\n", report::escape(manifest.shown())),
                Arguments { diff: true, .. } => difference::unified(name, &before, &after),
                _ => whole,
            }
        }
    };
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

/// What a manifest is laid out. What keeps it from being so is said.
fn lay_out(name: &str, bytes: &[u8], output: &Output) -> Laid {
    let mut session = Session::new(Instead::new(Host, name, bytes));
    let Loaded { source, document, diagnostics, unreadable, .. } = session.load(name);
    let (Some(source), Some(document), false) = (session.sources().get(source), document, has_errors(&diagnostics))
    else {
        let errors: Vec<Diagnostic> =
            diagnostics.into_iter().filter(|found| has_errors(std::slice::from_ref(found))).collect();
        output.refuse(&errors, session.sources());
        return Laid::Refused(if unreadable { Exit::Unreadable } else { Exit::Findings });
    };
    match format(&document, source) {
        Ok(after) if after != source.text() => Laid::Otherwise { before: source.text().to_owned(), after },
        Ok(_) => Laid::Out,
        Err(place) => {
            output.refuse(&[not_laid_out(name, place)], session.sources());
            Laid::Refused(Exit::Findings)
        }
    }
}

fn summary(arguments: &Arguments, count: &Count) -> Text {
    let all = count.changed + count.unchanged + count.refused;
    let changed = match arguments.only_looks() {
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
