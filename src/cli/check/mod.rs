//! `clm check`.

mod formats;
mod inputs;
mod threads;
mod verdict;

use clap::Args;

use self::formats::{Formats, Kept, Printed, Printer};
use self::inputs::{Inputs, Task};
use self::threads::in_threads;
use self::verdict::Verdict;
use super::output::Output;
use super::{Exit, Language};
use crate::host::Host;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 no errors, 1 errors, 2 wrong use, 3 a file that cannot be read.\n\n\
    Examples:\n  clm check my-coop.clm.yaml\n  clm check manifests/\n  clm check - < my-coop.clm.yaml\n  \
    clm check manifests/ --format github --format sarif:clm.sarif")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    formats: Formats,
    #[command(flatten)]
    language: Language,
}

/// How many files a thread checks before what was found in them is printed: enough to be worth it, and few to hold.
const FILES_A_THREAD: usize = 32;

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let printer = match arguments.formats.printer(arguments.inputs.names(), output) {
        Ok(printer) => printer,
        Err(exit) => return exit,
    };
    let tasks = arguments.inputs.tasks();
    let (mut kept, mut verdict) = (Kept::default(), Verdict::default());
    // The standard input is read by one thread alone.
    for shared in tasks.chunk_by(|a, b| !a.is_standard_input() && !b.is_standard_input()) {
        for batch in shared.chunks(FILES_A_THREAD * Host.cores()) {
            for (printed, found) in in_threads(batch, |task| check(task, &printer)) {
                printer.print(printed, &mut kept, output);
                verdict.add(found);
            }
        }
    }
    printer.finish(kept, verdict, output)
}

/// Checks one text. Nothing of it but what was found is kept.
fn check(task: &Task, printer: &Printer) -> (Printed, Verdict) {
    let name = match task {
        Task::Check(name) => name,
        Task::Tell(finding, sources) => {
            let findings = std::slice::from_ref(finding.as_ref());
            let file = sources.get(finding.place.source).map_or("", |source| source.name());
            return (printer.render(file, findings, sources), Verdict { unreadable: true, ..Verdict::of(findings) });
        }
    };
    let mut session = Session::new(Host);
    let loaded = session.check(name);
    let verdict = Verdict {
        // What could not even be opened was not checked.
        files: usize::from(session.has_text(loaded.source)),
        unreadable: loaded.unreadable,
        ..Verdict::of(&loaded.diagnostics)
    };
    let file = session.sources().get(loaded.source).map_or(name.as_str(), |source| source.name());
    (printer.render(file, &loaded.diagnostics, session.sources()), verdict)
}
