//! `clm check`.

mod formats;
mod inputs;
mod known;
mod threads;
mod verdict;

use clap::Args;

use self::formats::Formats;
pub(super) use self::inputs::Inputs;
use self::inputs::Task;
use self::known::Known;
pub(super) use self::known::{Met, Opened, name_in};
use self::threads::in_threads;
use self::verdict::Verdict;
use super::output::Output;
use super::{Exit, Language};
use crate::diagnostic::Diagnostic;
use crate::host::Host;
use crate::session::Session;
use crate::source::Sources;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 no errors, 1 errors, 2 wrong use, 3 a file that cannot be read.\n\n\
    Examples:\n  clm check my-coop.clm.yaml\n  clm check manifests/\n  clm check - < my-coop.clm.yaml")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
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
    let known = match arguments.known.open() {
        Ok(known) => known,
        Err((finding, sources)) => {
            output.refuse(&[*finding], &sources);
            return Exit::Usage;
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

/// Examines every text and hands over what was found, in order.
pub(super) fn each(inputs: &Inputs, known: Option<&Opened>, mut take: impl FnMut(&str, Examined)) {
    let examine = |task: &Task| Examined::of(task, known);
    in_batches(&inputs.tasks(), examine, |task, examined| {
        let name = if let Task::Check(name) = task { name } else { "" };
        take(name, examined);
    });
}

/// Works on tasks on all cores and hands over what each comes to, in order, a batch at a time.
fn in_batches<R: Send>(tasks: &[Task], work: impl Fn(&Task) -> R + Sync, mut take: impl FnMut(&Task, R)) {
    // The standard input is read by one thread alone.
    for shared in tasks.chunk_by(|a, b| !a.is_standard_input() && !b.is_standard_input()) {
        for batch in shared.chunks(FILES_A_THREAD * Host.cores()) {
            for (task, done) in batch.iter().zip(in_threads(batch, &work)) {
                take(task, done);
            }
        }
    }
}

/// What was found in one text. Nothing but what findings speak of is kept of it.
pub(super) struct Examined {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) sources: Sources,
    pub(super) unreadable: bool,
    /// What of the baseline was met.
    pub(super) met: Met,
    /// Whether there was anything to check.
    checked: bool,
}

impl Examined {
    fn of(task: &Task, known: Option<&Opened>) -> Self {
        match task {
            Task::Check(name) => Self::of_file(name, known),
            Task::Tell(finding, sources) => Self {
                diagnostics: vec![finding.as_ref().clone()],
                sources: sources.clone(),
                unreadable: true,
                met: Met::default(),
                checked: false,
            },
        }
    }

    fn of_file(name: &str, known: Option<&Opened>) -> Self {
        let mut session = Session::new(Host);
        let mut loaded = session.check(name);
        let met = known.filter(|_| !loaded.unreadable);
        let met = met.map(|known| known.waive(name, &mut loaded.diagnostics, session.sources())).unwrap_or_default();
        Self {
            diagnostics: loaded.diagnostics,
            unreadable: loaded.unreadable,
            met,
            // What could not even be opened was not checked.
            checked: session.has_text(loaded.source),
            sources: session.into_sources(),
        }
    }

    fn verdict(&self) -> Verdict {
        let counted = Verdict::of(&self.diagnostics);
        Verdict { files: usize::from(self.checked), unreadable: self.unreadable, ..counted }
    }
}
