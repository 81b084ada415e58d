//! What was found in all, and what the shell is told of it.

use crate::cli::Exit;
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::settings::FailOn;

/// How much was found in one text or in several.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Verdict {
    /// Texts that were checked.
    pub(super) files: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    /// Whether anything that was found fails the check.
    pub(super) failed: bool,
    /// Whether something could not be read.
    pub(super) unreadable: bool,
    /// Whether the program itself failed.
    pub(super) faulty: bool,
}

impl Verdict {
    /// Counts what counts: what was waived does not.
    pub(super) fn of(findings: &[Diagnostic], fail_on: FailOn) -> Self {
        let fails = |found: &Diagnostic| fail_on.least().is_some_and(|least| found.counts() && found.severity >= least);
        let count = |severity| findings.iter().filter(|found| found.counts() && found.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Info),
            failed: findings.iter().any(fails),
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.files += other.files;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.failed |= other.failed;
        self.unreadable |= other.unreadable;
        self.faulty |= other.faulty;
    }

    pub(super) fn exit(self) -> Exit {
        match (self.faulty, self.unreadable, self.failed) {
            (true, ..) => Exit::Fault,
            (_, true, _) => Exit::Unreadable,
            (.., true) => Exit::Findings,
            _ => Exit::Ok,
        }
    }

    /// How many of what were found, in a line.
    pub(super) fn summary(self) -> Text {
        let counts = match self.notes {
            0 => Text::new("{checked}: {errors}, {warnings}"),
            notes => Text::new("{checked}: {errors}, {warnings}, {notes}")
                .with_text("notes", counted(notes, Text::new("1 note"), Text::new("{n} notes"))),
        };
        counts
            .with_text(
                "checked",
                counted(self.files, Text::new("1 manifest checked"), Text::new("{n} manifests checked")),
            )
            .with_text("errors", counted(self.errors, Text::new("1 error"), Text::new("{n} errors")))
            .with_text("warnings", counted(self.warnings, Text::new("1 warning"), Text::new("{n} warnings")))
    }
}

/// The words for a number of things; in every language of ours only 1 takes the singular.
fn counted(n: usize, one: Text, many: Text) -> Text {
    if n == 1 { one } else { many.with("n", n) }
}
