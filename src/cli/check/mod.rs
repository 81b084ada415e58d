//! `clm check`.

mod threads;

use clap::Args;

use self::threads::in_threads;
use super::output::{Format, Look, Output};
use super::{Exit, Language};
use crate::diagnostic::{Diagnostic, Severity};
use crate::host::Host;
use crate::report::{self, Finding};
use crate::session::Session;
use crate::source::Sources;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 no errors, 1 errors, 2 wrong use, 3 a file that cannot be read.\n\n\
    Examples:\n  clm check my-coop.clm.yaml\n  clm check manifests/\n  clm check - < my-coop.clm.yaml")]
pub(super) struct Arguments {
    /// Manifests, folders that hold some, or `-` for the standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    language: Language,
}

/// How many files a thread checks before what was found in them is printed: enough to be worth it, and few to hold.
const FILES_A_THREAD: usize = 32;

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let view = View { format: arguments.format, look: output.look(output.is_terminal()) };
    let tasks: Vec<Task> = arguments.paths.iter().flat_map(|path| tasks(path, view)).collect();
    let mut whole = Findings::default();
    // The standard input is read by one thread alone.
    for shared in tasks.chunk_by(|a, b| !a.is_standard_input() && !b.is_standard_input()) {
        for batch in shared.chunks(FILES_A_THREAD * Host.cores()) {
            for found in in_threads(batch, |task| task.run(view)) {
                if !found.text.is_empty() {
                    output.result(&found.text);
                }
                whole.add(found);
            }
        }
    }
    match arguments.format {
        Format::Text => output.result(&whole.summary()),
        Format::Json => output.result(&format!("{:#}\n", report::json(&whole.kept))),
    }
    match (whole.unreadable, whole.errors > 0) {
        (true, _) => Exit::Unreadable,
        (false, true) => Exit::Findings,
        (false, false) => Exit::Ok,
    }
}

/// For whom findings are printed, and how.
#[derive(Clone, Copy)]
struct View {
    format: Format,
    look: Look,
}

/// One thing to do, in the order in which it is told of.
enum Task {
    Check(String),
    /// A path that leads to no file; what there is to say of it.
    Tell(Findings),
}

/// The files that a path stands for.
fn tasks(path: &str, view: View) -> Vec<Task> {
    let mut session = Session::new(Host);
    match session.expand(path) {
        Ok(names) => names.into_iter().map(Task::Check).collect(),
        Err(finding) => {
            let found = Findings::new(&[*finding], session.sources(), view);
            vec![Task::Tell(Findings { unreadable: true, ..found })]
        }
    }
}

impl Task {
    fn is_standard_input(&self) -> bool {
        matches!(self, Self::Check(name) if name == "-")
    }

    /// Nothing of a file but what was found in it is kept.
    fn run(&self, view: View) -> Findings {
        let name = match self {
            Self::Check(name) => name,
            Self::Tell(found) => return found.clone(),
        };
        let mut session = Session::new(Host);
        let loaded = session.check(name);
        Findings {
            // What could not even be opened was not checked.
            files: usize::from(session.has_text(loaded.source)),
            unreadable: loaded.unreadable,
            ..Findings::new(&loaded.diagnostics, session.sources(), view)
        }
    }
}

/// What was found in one file or in several: rendered and counted.
#[derive(Clone, Default)]
struct Findings {
    text: String,
    kept: Vec<Finding>,
    files: usize,
    errors: usize,
    warnings: usize,
    /// Whether something could not be read.
    unreadable: bool,
}

impl Findings {
    fn new(findings: &[Diagnostic], sources: &Sources, view: View) -> Self {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let mut found = Self { errors: count(Severity::Error), warnings: count(Severity::Warning), ..Self::default() };
        match view.format {
            Format::Text if findings.is_empty() => {}
            Format::Text => found.text = view.look.findings(findings, sources) + "\n",
            Format::Json => found.kept = report::findings(findings, sources),
        }
        found
    }

    /// Adds what was found elsewhere, but for the text, which is printed already.
    fn add(&mut self, other: Self) {
        self.kept.extend(other.kept);
        self.files += other.files;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.unreadable |= other.unreadable;
    }

    fn summary(&self) -> String {
        let counted = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        format!(
            "{} checked: {}, {}\n",
            counted(self.files, "manifest", "manifests"),
            counted(self.errors, "error", "errors"),
            counted(self.warnings, "warning", "warnings")
        )
    }
}
