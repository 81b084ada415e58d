//! `clm check`.

mod formats;
mod inputs;
mod settings;
mod threads;
mod verdict;

use clap::Args;

use self::formats::{Formats, Printed, Printer};
use self::inputs::{Inputs, Task};
use self::settings::{Flags, Settled};
use self::threads::in_threads;
use self::verdict::Verdict;
use super::output::Output;
use super::{Exit, Language, fault};
use crate::host::Host;
use crate::session::{self, Session};
use crate::settings::FailOn;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 nothing that fails the check, 1 findings that do, 2 wrong use or settings, \
    3 a file that cannot be read, 4 a fault of clm itself.\n\n\
    Examples:\n  clm check my-coop.clm.yaml\n  clm check manifests/\n  clm check - < my-coop.clm.yaml")]
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

/// How many files a thread checks before what was found in them is printed: enough to be worth it, and few to hold.
const FILES_A_THREAD: usize = 32;

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    if let Some(path) = arguments.settings.only_shown() {
        return arguments.settings.show(path, arguments.language.lang, output);
    }
    let tasks = arguments.inputs.tasks();
    let names: Vec<&str> = tasks.iter().filter_map(Task::name).collect();
    let settled = match arguments.settings.settle(&names, output) {
        Ok(settled) => settled,
        Err(exit) => return exit,
    };
    output.speak(arguments.language.lang.or(settled.lang()));
    let printer = arguments.formats.printer(output);
    let tasks = settled.without_excluded(tasks, &arguments.inputs.paths);
    let (mut kept, mut verdict) = (Vec::new(), Verdict::default());
    // The standard input is read by one thread alone.
    for shared in tasks.chunk_by(|a, b| !a.is_standard_input() && !b.is_standard_input()) {
        for batch in shared.chunks(FILES_A_THREAD * Host.cores()) {
            for (printed, found) in in_threads(batch, |task| check(task, &settled, &printer)) {
                kept.extend(printer.print(printed, output));
                verdict.add(found);
            }
        }
    };
    let printer = arguments.formats.printer(output);
    let (mut kept, mut verdict, mut met) = (Vec::new(), Verdict::default(), Met::default());
    let check = |task: &Task| {
        let examined = Examined::of(task, known.as_ref());
        (printer.render(&examined.diagnostics, &examined.sources), examined.verdict(), examined.met)
    };
    in_batches(&arguments.inputs.tasks(), check, |_, (printed, found, known)| {
        kept.extend(printer.print(printed, output));
        verdict.add(found);
        met.add(known);
    });
    if let Some(known) = &known {
        let (stale, sources) = known.tell(&met);
        kept.extend(printer.print(printer.render(&stale, sources), output));
        verdict.add(Verdict::of(&stale));
    }
    printer.finish(&kept, verdict, output);
    verdict.exit()
}

/// Checks one text. Nothing of it but what was found is kept; where the program itself fails on it, the others go on.
fn check(task: &Task, settled: &Settled, printer: &Printer) -> (Printed, Verdict) {
    fault::caught(|| check_one(task, settled, printer)).unwrap_or_else(|fault| {
        let (finding, sources) = session::fault(task.name().unwrap_or_default(), &fault, fault::REPORT);
        let findings = std::slice::from_ref(&finding);
        (printer.render(findings, &sources), Verdict { faulty: true, ..Verdict::of(findings, FailOn::Error) })
    })
}

fn check_one(task: &Task, settled: &Settled, printer: &Printer) -> (Printed, Verdict) {
    let name = match task {
        Task::Check(name) => name,
        Task::Tell(finding, sources) => {
            let findings = std::slice::from_ref(finding.as_ref());
            let verdict = Verdict { unreadable: true, ..Verdict::of(findings, FailOn::Error) };
            return (printer.render(findings, sources), verdict);
        }
    };
    let mut session = Session::new(Host);
    let loaded = session.check_by(name, &settled.book);
    let verdict = Verdict {
        // What could not even be opened was not checked.
        files: usize::from(session.has_text(loaded.source)),
        unreadable: loaded.unreadable,
        ..Verdict::of(&loaded.diagnostics, settled.fail_on(name))
    };
    (printer.render(&loaded.diagnostics, session.sources()), verdict)
}
