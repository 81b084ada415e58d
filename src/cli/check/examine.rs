//! One text after the other, as settings, comments, a baseline and fixes have it: what `check` and `baseline` share.

use super::fixes::{Fixes, Outcome};
use super::inputs::{Inputs, Work};
use super::known::{Met, Opened};
use super::origin::Origin;
use super::settings::{Flags, Settled};
use super::threads::{Weighed, in_threads};
use super::verdict::Verdict;
use crate::cli::output::Output;
use crate::cli::tasks::Task;
use crate::cli::{Exit, fault};
use crate::diagnostic::Diagnostic;
use crate::host::Host;
use crate::session::{self, Loaded, Session};
use crate::settings::FailOn;
use crate::source::Sources;
use crate::world::{Instead, World};

/// All that decides what is found in a text.
pub(crate) struct Examiner {
    pub(super) origin: Origin,
    pub(super) settled: Settled,
    known: Option<Opened>,
    fixes: Fixes,
}

impl Examiner {
    /// Finds what is set for some work, and what is left to do of it.
    ///
    /// # Errors
    /// If something is wrong with the settings; it was told.
    pub(super) fn of(work: Work, inputs: &Inputs, flags: &Flags, output: &Output) -> Result<(Vec<Task>, Self), Exit> {
        let Work { tasks, origin } = work;
        let names: Vec<&str> = tasks.iter().filter_map(Task::name).collect();
        let settled = flags.settle(&names, output)?;
        let tasks = settled.without_excluded(tasks, &inputs.paths);
        Ok((tasks, Self { origin, settled, known: None, fixes: Fixes::default() }))
    }

    /// What is known does not count.
    pub(super) fn knowing(mut self, known: Option<Opened>) -> Self {
        self.known = known;
        self
    }

    /// What fails a check is what the command line says, where it says anything of it.
    pub(super) fn failing_on(mut self, fail_on: Option<FailOn>) -> Self {
        self.settled = self.settled.failing_on(fail_on);
        self
    }

    /// What can be mended is.
    pub(super) fn mending(mut self, fixes: Fixes) -> Self {
        self.fixes = fixes;
        self
    }

    /// Examines everything that inputs stand for, and hands over what was found, in order.
    ///
    /// # Errors
    /// If it cannot begin; why was told.
    pub(crate) fn each(
        inputs: &Inputs,
        flags: &Flags,
        known: Option<Opened>,
        output: &Output,
        take: impl FnMut(Examined),
    ) -> Result<Option<Opened>, Exit> {
        let work = inputs.gather().map_err(|refusal| refusal.tell(output))?;
        let (tasks, examiner) = Self::of(work, inputs, flags, output)?;
        let examiner = examiner.knowing(known);
        in_threads(&tasks, Host.cores(), |task| examiner.examine(task), take);
        Ok(examiner.known)
    }

    /// What is stale in the baseline, and the texts that the findings speak of.
    pub(super) fn stale(&self, met: &Met) -> Option<(Vec<Diagnostic>, &Sources)> {
        self.known.as_ref().map(|known| known.tell(met))
    }

    /// Whether a text comes from the standard input.
    pub(super) fn is_piped(&self, task: &Task) -> bool {
        task.name().is_some_and(|name| self.is_piped_name(name))
    }

    /// Whether a name is that of the standard input.
    pub(super) fn is_piped_name(&self, name: &str) -> bool {
        name == "-" || self.origin.is_piped(name)
    }

    /// Examines one text. Where the program itself fails on it, the others go on.
    pub(super) fn examine(&self, task: &Task) -> Examined {
        let name = match task {
            Task::Manifest(name) => name,
            Task::Tell(told) => {
                let (finding, sources) = told.as_ref().clone();
                return Examined { unreadable: true, ..Examined::told(finding, sources) };
            }
        };
        fault::caught(|| self.file(name)).unwrap_or_else(|why| {
            let (finding, sources) = session::fault(name, &why);
            Examined { faulty: true, ..Examined::told(finding, sources) }
        })
    }

    fn file(&self, name: &str) -> Examined {
        let Outcome { bytes, fixed, is_cut, text, unwritten } =
            if self.fixes.are_wanted() { self.fixes.run(name, self) } else { Outcome::default() };
        let (session, mut loaded) = self.inspect(name, bytes);
        let met = self.waive(name, &mut loaded, session.sources());
        let mendable = loaded.diagnostics.iter().any(|finding| finding.fix.is_some());
        Examined {
            protected: mendable && !self.is_piped_name(name) && Host.is_protected(name),
            name: name.to_owned(),
            // What could not even be opened was not checked.
            checked: session.has_text(loaded.source),
            diagnostics: loaded.diagnostics,
            unreadable: loaded.unreadable,
            faulty: false,
            fail_on: self.settled.fail_on(name),
            met,
            fixed,
            is_cut,
            text,
            unwritten,
            sources: session.into_sources(),
        }
    }

    /// Waives what the baseline knows.
    pub(super) fn waive(&self, name: &str, loaded: &mut Loaded, sources: &Sources) -> Met {
        let known = self.known.as_ref().filter(|_| !loaded.unreadable);
        known.map(|known| known.waive(name, loaded, sources)).unwrap_or_default()
    }

    /// Checks a file, or other bytes in its place.
    pub(super) fn inspect(&self, name: &str, bytes: Option<Vec<u8>>) -> (Session<Box<dyn World + '_>>, Loaded) {
        let world: Box<dyn World> = match bytes {
            Some(bytes) => Box::new(Instead::new(&self.origin, name, bytes)),
            None => Box::new(&self.origin),
        };
        let mut session = Session::new(world);
        let loaded = session.check_by(name, &self.settled.book);
        (session, loaded)
    }
}

/// What was found in one text. Nothing but what findings speak of is kept of it.
pub(crate) struct Examined {
    /// What the text is called; empty for what leads to none.
    pub(crate) name: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) sources: Sources,
    pub(crate) unreadable: bool,
    /// Whether the program itself failed on it.
    pub(super) faulty: bool,
    /// What of the baseline was met.
    pub(crate) met: Met,
    /// Whether there was anything to check.
    checked: bool,
    fail_on: FailOn,
    /// Whether fixes could not be written into it.
    protected: bool,
    /// How many findings were mended, or would be.
    fixed: usize,
    /// Whether there was more to mend than is tried at once.
    is_cut: bool,
    /// A text for the standard output.
    pub(super) text: Option<String>,
    /// Why what was mended was not written.
    pub(super) unwritten: Option<(Diagnostic, Sources)>,
}

impl Weighed for Examined {
    fn bytes(&self) -> usize {
        self.diagnostics.len() * size_of::<Diagnostic>() + self.sources.bytes()
    }
}

impl Examined {
    /// A finding about what leads to no text.
    fn told(finding: Diagnostic, sources: Sources) -> Self {
        Self {
            name: String::new(),
            diagnostics: vec![finding],
            sources,
            unreadable: false,
            faulty: false,
            met: Met::default(),
            checked: false,
            fail_on: FailOn::Error,
            protected: false,
            fixed: 0,
            is_cut: false,
            text: None,
            unwritten: None,
        }
    }

    /// Why it was not examined, if it was not.
    pub(crate) fn failed(&self) -> Exit {
        match (self.faulty, self.unreadable) {
            (true, _) => Exit::Fault,
            (_, true) => Exit::Unreadable,
            _ => Exit::Ok,
        }
    }

    pub(super) fn verdict(&self) -> Verdict {
        let found = Verdict::of(&self.diagnostics, self.fail_on);
        // Nothing is to be had by a fix that cannot be written.
        let found = if self.unwritten.is_some() || self.protected { found.without_fixes() } else { found };
        Verdict {
            files: usize::from(self.checked),
            unreadable: self.unreadable,
            faulty: self.faulty,
            fixed: self.fixed,
            changed: usize::from(self.fixed > 0),
            is_cut: self.is_cut,
            unwritten: self.unwritten.is_some(),
            ..found
        }
    }
}
