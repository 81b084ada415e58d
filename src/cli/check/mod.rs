//! `clm check`.

mod formats;
mod inputs;
mod origin;
mod progress;
mod threads;
mod verdict;
mod watch;

use clap::Args;

use self::formats::{Formats, Printed, Printer};
use self::inputs::{Inputs, Task, Work};
use self::origin::Origin;
use self::progress::Progress;
use self::threads::in_threads;
use self::verdict::Verdict;
use self::watch::watch;
use super::output::Output;
use super::{Exit, Language, fault};
use crate::host::Host;
use crate::session::{self, Session};
use crate::settings::FailOn;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 no errors, 1 errors, 2 wrong use, 3 a file that cannot be read.\n\n\
    Examples:\n  clm check\n  clm check my-coop.clm.yaml manifests/\n  clm check --staged\n  \
    clm check - --stdin-filename my-coop.clm.json < my-coop.clm.json")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    settings: Flags,
    #[command(flatten)]
    formats: Formats,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    language: Language,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    if arguments.inputs.watch {
        return watch(&arguments.inputs, output, |work| check_all(arguments, work, output));
    }
    match arguments.inputs.gather() {
        Ok(work) => check_all(arguments, work, output),
        Err(refusal) => refusal.tell(output),
    }
}

/// Checks all texts, and prints what was found as soon as it is its turn.
fn check_all(arguments: &Arguments, work: Work, output: &Output) -> Exit {
    let Work { tasks, origin } = work;
    let printer = arguments.formats.printer(output);
    let progress = Progress::of(tasks.len(), output);
    let (mut kept, mut verdict) = (Vec::new(), Verdict::default());
    let work = |task: &Task| check(task, &origin, &printer);
    in_threads(&tasks, Host.cores(), work, |(printed, found)| {
        kept.extend(progress.aside(printed.is_shown(), || printer.print(printed, output)));
        verdict.add(found);
        progress.step();
    });
    progress.end();
    printer.finish(&kept, verdict, output);
    verdict.exit()
}

/// Checks one text. Nothing of it but what was found is kept.
fn check(task: &Task, origin: &Origin, printer: &Printer) -> (Printed, Verdict) {
    let name = match task {
        Task::Check(name) => name,
        Task::Tell(told) => {
            let findings = std::slice::from_ref(&told.0);
            return (printer.render(findings, &told.1), Verdict { unreadable: true, ..Verdict::of(findings) });
        }
    };
    let mut session = Session::new(origin);
    let loaded = session.check(name);
    let verdict = Verdict {
        // What could not even be opened was not checked.
        files: usize::from(session.has_text(loaded.source)),
        unreadable: loaded.unreadable,
        ..Verdict::of(&loaded.diagnostics, settled.fail_on(name))
    };
    (printer.render(&loaded.diagnostics, session.sources()), verdict)
}
