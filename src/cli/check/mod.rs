//! `clm check`.

mod examine;
mod fixes;
mod formats;
mod inputs;
mod known;
mod most;
mod origin;
mod progress;
mod settings;
mod threads;
mod verdict;
mod watch;

use clap::Args;

pub(super) use self::examine::{Examined, Examiner};
use self::fixes::Fixes;
use self::formats::{Formats, Kept, Printed, Printer};
pub(super) use self::inputs::Inputs;
use self::inputs::Work;
use self::known::Known;
pub(super) use self::known::{Met, Opened, name_in};
pub(super) use self::progress::Progress;
pub(super) use self::settings::Flags;
pub(super) use self::threads::{Weighed, in_threads};
use self::verdict::Verdict;
use self::watch::{Watching, watch};
use super::output::Output;
use super::{Exit, Language};
use crate::cli::tasks::Task;
use crate::diagnostic::Diagnostic;
use crate::host::Host;
use crate::settings::FailOn;
use crate::source::Sources;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 nothing that fails the check, 1 findings that do, 2 wrong use or settings, \
    3 a file that cannot be read, 4 a fault of clm itself.\n\n\
    Examples:\n  clm check\n  clm check my-coop.clm.yaml manifests/\n  clm check --staged\n  \
    clm check - --stdin-filename my-coop.clm.json < my-coop.clm.json\n  clm check --fix my-coop.clm.yaml\n  \
    clm check --diff --unsafe-fixes my-coop.clm.yaml\n  \
    clm check --format github --format sarif:clm.sarif")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    watching: Watching,
    #[command(flatten)]
    settings: Flags,
    /// From which findings on the exit code is 1. Without it, as the settings say, else errors.
    #[arg(long, value_name = "LEVEL", value_parser = settings::fail_on())]
    fail_on: Option<FailOn>,
    /// Print what is set for a manifest or folder, and from where, and check nothing.
    #[arg(long, value_name = "PATH", conflicts_with = "paths")]
    show_settings: Option<String>,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    fixes: Fixes,
    #[command(flatten)]
    formats: Formats,
    #[command(flatten)]
    language: Language,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    let of_settings = || arguments.settings.lang(arguments.inputs.first());
    output.speak(arguments.language.lang.or_else(of_settings));
    if let Some(path) = &arguments.show_settings {
        return arguments.settings.show(path, arguments.fail_on, arguments.language.lang, output);
    }
    if arguments.watching.watch {
        let known = arguments.known.name().map(str::to_owned);
        let beside = |names: &[&str]| arguments.settings.read_for(names).into_iter().chain(known.clone()).collect();
        return watch(&arguments.inputs, beside, output, |work| check(arguments, work, output));
    }
    match arguments.inputs.gather() {
        Ok(work) => check(arguments, work, output),
        Err(refusal) => refusal.tell(output),
    }
}

/// Checks all texts, and prints what was found as soon as it is its turn.
fn check(arguments: &Arguments, work: Work, output: &Output) -> Exit {
    let mut read = arguments.inputs.named(&work);
    let fixes = arguments.fixes;
    let (tasks, examiner) = match Examiner::of(work, &arguments.inputs, &arguments.settings, output) {
        Ok((tasks, examiner)) => (tasks, examiner.failing_on(arguments.fail_on).mending(fixes)),
        Err(exit) => return exit,
    };
    let set = examiner.settled.baseline();
    let of_settings = || set.as_ref().map(|set| set.path.clone());
    read.extend(arguments.known.name().map(str::to_owned).or_else(of_settings));
    read.extend(arguments.settings.files().cloned());
    read.extend(examiner.settled.book.files());
    let known = match arguments.known.open(set.as_ref()) {
        Ok(known) => known,
        Err((finding, sources)) => {
            output.refuse(&[*finding], &sources);
            return Exit::Usage;
        }
    };
    let examiner = examiner.knowing(known);
    output.speak(arguments.language.lang.or(examiner.settled.lang()));
    if fixes.only_show() || fixes.are_wanted() && tasks.iter().any(|task| examiner.is_piped(task)) {
        output.step_aside();
    }
    let printer = match arguments.formats.printer(read, output) {
        Ok(printer) => printer,
        Err(exit) => return exit,
    };
    let mut sum = Sum { verdict: Verdict::of_fixes(fixes, arguments.inputs.staged), ..Sum::default() };
    let progress = Progress::of(tasks.len(), output);
    let tell = |task: &Task| Told::of(examiner.examine(task), fixes, &printer);
    in_threads(&tasks, Host.cores(), tell, |told| {
        progress.aside(told.is_shown(), || sum.take(told, &printer, output));
        progress.step();
    });
    progress.end();
    if let Some((stale, sources)) = examiner.stale(&sum.met) {
        let mut stale = stale;
        examiner.settled.weigh(&mut stale);
        let verdict = Verdict::of(&stale, examiner.settled.fail_on_all());
        sum.take(Told::alone(printer.render(None, &most::told(stale), sources), verdict), &printer, output);
    }
    printer.finish(sum.kept, sum.verdict, output)
}

/// What all texts came to.
#[derive(Default)]
struct Sum {
    kept: Kept,
    verdict: Verdict,
    met: Met,
}

impl Sum {
    /// Prints what there is to print at once, and keeps the rest.
    fn take(&mut self, told: Told, printer: &Printer, output: &Output) {
        if let Some(text) = &told.text {
            output.text(text);
        }
        if let Some((finding, sources)) = &told.unwritten {
            output.refuse(std::slice::from_ref(finding), sources);
        }
        printer.print(told.printed, &mut self.kept, output);
        self.verdict.add(told.verdict);
        self.met.add(told.met);
    }
}

/// What there is to tell of one text. Nothing of it but this is kept.
struct Told {
    printed: Printed,
    verdict: Verdict,
    met: Met,
    /// A text for the standard output.
    text: Option<String>,
    /// Why what was mended was not written.
    unwritten: Option<(Diagnostic, Sources)>,
}

impl Weighed for Told {
    fn bytes(&self) -> usize {
        self.printed.bytes() + self.text.as_ref().map_or(0, String::len)
    }
}

impl Told {
    fn of(examined: Examined, fixes: Fixes, printer: &Printer) -> Self {
        let verdict = examined.verdict();
        // What is shown of fixes is what would change, not what there is to say.
        let only_changes = fixes.only_show() && !examined.unreadable && !examined.faulty;
        let findings = if only_changes { Vec::new() } else { most::told(examined.diagnostics) };
        let file = Some(examined.name.as_str()).filter(|name| !name.is_empty());
        let printed = printer.render(file, &findings, &examined.sources);
        Self { printed, verdict, met: examined.met, text: examined.text, unwritten: examined.unwritten }
    }

    /// Findings that are about no text that was checked.
    fn alone(printed: Printed, verdict: Verdict) -> Self {
        Self { printed, verdict, met: Met::default(), text: None, unwritten: None }
    }

    /// Whether anything of it is seen at once.
    fn is_shown(&self) -> bool {
        self.printed.is_shown() || self.text.is_some() || self.unwritten.is_some()
    }
}
