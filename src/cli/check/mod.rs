//! `clm check`.

mod fixes;
mod formats;
mod inputs;
mod threads;
mod verdict;

use clap::Args;

use self::fixes::{Fixes, Outcome};
use self::formats::{Formats, Printed, Printer};
use self::inputs::{Inputs, Task};
use self::threads::in_threads;
use self::verdict::Verdict;
use super::output::Output;
use super::{Exit, Language};
use crate::diagnostic::Diagnostic;
use crate::host::Host;
use crate::session::{Loaded, Session};
use crate::source::Sources;
use crate::world::{Instead, World};

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 no errors, 1 errors, 2 wrong use, 3 a file that cannot be read.\n\n\
    Examples:\n  clm check my-coop.clm.yaml\n  clm check manifests/\n  clm check - < my-coop.clm.yaml\n  \
    clm check --fix my-coop.clm.yaml\n  clm check --diff --unsafe-fixes my-coop.clm.yaml")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    fixes: Fixes,
    #[command(flatten)]
    formats: Formats,
    #[command(flatten)]
    language: Language,
}

/// How many files a thread checks before what was found in them is printed: enough to be worth it, and few to hold.
const FILES_A_THREAD: usize = 32;

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let tasks = arguments.inputs.tasks();
    let fixes = arguments.fixes;
    if fixes.only_show() || fixes.are_wanted() && tasks.iter().any(Task::is_standard_input) {
        output.step_aside();
    }
    let printer = arguments.formats.printer(output);
    let (mut kept, mut verdict) = (Vec::new(), Verdict::of_fixes(fixes));
    // The standard input is read by one thread alone.
    for shared in tasks.chunk_by(|a, b| !a.is_standard_input() && !b.is_standard_input()) {
        for batch in shared.chunks(FILES_A_THREAD * Host.cores()) {
            for told in in_threads(batch, |task| check(task, fixes, &printer)) {
                if let Some(text) = &told.text {
                    output.text(text);
                }
                if let Some((finding, sources)) = &told.unwritten {
                    output.refuse(std::slice::from_ref(finding), sources);
                }
                kept.extend(printer.print(told.printed, output));
                verdict.add(told.verdict);
            }
        }
    }
    printer.finish(&kept, verdict, output);
    verdict.exit()
}

/// What there is to tell of one text. Nothing of it but this is kept.
struct Told {
    printed: Printed,
    verdict: Verdict,
    /// A text for the standard output.
    text: Option<String>,
    /// Why what was mended was not written.
    unwritten: Option<(Diagnostic, Sources)>,
}

/// Checks one text, mended first if that is wanted.
fn check(task: &Task, fixes: Fixes, printer: &Printer) -> Told {
    let name = match task {
        Task::Check(name) => name,
        Task::Tell(finding, sources) => {
            let findings = std::slice::from_ref(finding.as_ref());
            let printed = printer.render(findings, sources);
            let verdict = Verdict { unreadable: true, ..Verdict::of(findings) };
            return Told { printed, verdict, text: None, unwritten: None };
        }
    };
    let Outcome { bytes, fixed, text, unwritten } =
        if fixes.are_wanted() { fixes.run(name) } else { Outcome::default() };
    let (session, loaded) = inspect(name, bytes);
    let verdict = Verdict {
        // What could not even be opened was not checked.
        files: usize::from(session.has_text(loaded.source)),
        fixed,
        changed: usize::from(fixed > 0),
        unwritten: unwritten.is_some(),
        unreadable: loaded.unreadable,
        ..Verdict::of(&loaded.diagnostics)
    };
    // What is shown is what would change, not what there is to say.
    let findings: &[Diagnostic] = if fixes.only_show() && !loaded.unreadable { &[] } else { &loaded.diagnostics };
    Told { printed: printer.render(findings, session.sources()), verdict, text, unwritten }
}

/// Checks a file, or other bytes in its place.
fn inspect(name: &str, bytes: Option<Vec<u8>>) -> (Session<Box<dyn World>>, Loaded) {
    let world: Box<dyn World> = match bytes {
        Some(bytes) => Box::new(Instead::new(Host, name, bytes)),
        None => Box::new(Host),
    };
    let mut session = Session::new(world);
    let loaded = session.check(name);
    (session, loaded)
}
