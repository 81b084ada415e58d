//! `clm check`.

mod formats;
mod inputs;
mod known;
mod settings;
mod threads;
mod verdict;

use clap::Args;

use self::formats::Formats;
pub(super) use self::inputs::Inputs;
use self::inputs::Task;
use self::known::Known;
pub(super) use self::known::{Met, Opened, name_in};
pub(super) use self::settings::{Flags, Settled};
use self::threads::in_threads;
use self::verdict::Verdict;
use super::output::Output;
use super::{Exit, Language, fault};
use crate::diagnostic::Diagnostic;
use crate::host::Host;
use crate::session::{self, Session};
use crate::settings::FailOn;
use crate::source::Sources;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 nothing that fails the check, 1 findings that do, 2 wrong use or settings, \
    3 a file that cannot be read, 4 a fault of clm itself.\n\n\
    Examples:\n  clm check my-coop.clm.yaml\n  clm check manifests/\n  clm check - < my-coop.clm.yaml")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    settings: Flags,
    /// From which findings on the exit code is 1. Without it, as the settings say, else errors.
    #[arg(long, value_name = "LEVEL", value_parser = settings::fail_on())]
    fail_on: Option<FailOn>,
    /// Print what is set for a manifest or folder, and from where, and check nothing.
    #[arg(long, value_name = "PATH", conflicts_with = "paths")]
    show_settings: Option<String>,
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
    let lang = arguments.language.lang;
    output.speak(lang);
    if let Some(path) = &arguments.show_settings {
        return arguments.settings.show(path, arguments.fail_on, lang, output);
    }
    let tasks = arguments.inputs.tasks();
    let settled = match arguments.settings.settle(&names(&tasks), output) {
        Ok(settled) => settled.failing_on(arguments.fail_on),
        Err(exit) => return exit,
    };
    output.speak(lang.or(settled.lang()));
    let known = match arguments.known.open(settled.baseline().as_deref()) {
        Ok(known) => known,
        Err((finding, sources)) => {
            output.refuse(&[*finding], &sources);
            return Exit::Usage;
        }
    };
    let printer = arguments.formats.printer(output);
    let (mut kept, mut verdict, mut met) = (Vec::new(), Verdict::default(), Met::default());
    let check = |task: &Task| {
        let examined = Examined::of(task, &settled, known.as_ref());
        (printer.render(&examined.diagnostics, &examined.sources), examined.verdict(), examined.met)
    };
    in_batches(&settled.without_excluded(tasks, &arguments.inputs.paths), check, |_, (printed, found, known)| {
        kept.extend(printer.print(printed, output));
        verdict.add(found);
        met.add(known);
    });
    if let Some(known) = &known {
        let (stale, sources) = known.tell(&met);
        kept.extend(printer.print(printer.render(&stale, sources), output));
        verdict.add(Verdict::of(&stale, settled.fail_on("")));
    }
    printer.finish(&kept, verdict, output);
    verdict.exit()
}

/// The manifests among the tasks.
fn names(tasks: &[Task]) -> Vec<&str> {
    tasks.iter().filter_map(Task::name).collect()
}

/// Examines every text as the settings say and hands over what was found, in order.
pub(super) fn each(
    inputs: &Inputs,
    settled: impl FnOnce(&[&str]) -> Result<Settled, Exit>,
    known: Option<&Opened>,
    mut take: impl FnMut(&str, Examined),
) -> Result<(), Exit> {
    let tasks = inputs.tasks();
    let settled = settled(&names(&tasks))?;
    let tasks = settled.without_excluded(tasks, &inputs.paths);
    let examine = |task: &Task| Examined::of(task, &settled, known);
    in_batches(&tasks, examine, |task, examined| take(task.name().unwrap_or_default(), examined));
    Ok(())
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
    /// Whether the program itself failed on it.
    faulty: bool,
    fail_on: FailOn,
}

impl Examined {
    /// What is found in one text. Where the program itself fails on it, that is what is found, and the others go on.
    fn of(task: &Task, settled: &Settled, known: Option<&Opened>) -> Self {
        let examined = fault::caught(|| match task {
            Task::Check(name) => Self::of_file(name, settled, known),
            Task::Tell(finding, sources) => {
                Self { unreadable: true, ..Self::only(finding.as_ref().clone(), sources.clone()) }
            }
        });
        examined.unwrap_or_else(|fault| {
            let (finding, sources) = session::fault(task.name().unwrap_or_default(), &fault, fault::REPORT);
            Self { unreadable: true, faulty: true, ..Self::only(finding, sources) }
        })
    }

    /// One finding and nothing else.
    fn only(finding: Diagnostic, sources: Sources) -> Self {
        Self {
            diagnostics: vec![finding],
            sources,
            unreadable: false,
            met: Met::default(),
            checked: false,
            faulty: false,
            fail_on: FailOn::Error,
        }
    }

    fn of_file(name: &str, settled: &Settled, known: Option<&Opened>) -> Self {
        let mut session = Session::new(Host);
        let mut loaded = session.check_by(name, &settled.regimes);
        let met = known.filter(|_| !loaded.unreadable);
        let met = met.map(|known| known.waive(name, &mut loaded.diagnostics, session.sources())).unwrap_or_default();
        Self {
            diagnostics: loaded.diagnostics,
            unreadable: loaded.unreadable,
            met,
            // What could not even be opened was not checked.
            checked: session.has_text(loaded.source),
            faulty: false,
            fail_on: settled.fail_on(name),
            sources: session.into_sources(),
        }
    }

    fn verdict(&self) -> Verdict {
        let counted = Verdict::of(&self.diagnostics, self.fail_on);
        Verdict { files: usize::from(self.checked), unreadable: self.unreadable, faulty: self.faulty, ..counted }
    }
}
