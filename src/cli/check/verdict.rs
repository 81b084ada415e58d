//! What was found in all, and what the shell is told of it.

use crate::cli::Exit;
use crate::diagnostic::{Diagnostic, Severity};
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

    pub(super) fn summary(self) -> String {
        let counted = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let notes = if self.notes == 0 { String::new() } else { format!(", {}", counted(self.notes, "note", "notes")) };
        format!(
            "{} checked: {}, {}{notes}\n",
            counted(self.files, "manifest", "manifests"),
            counted(self.errors, "error", "errors"),
            counted(self.warnings, "warning", "warnings")
        )
    }
}
