//! What was found in all, and what the shell is told of it.

use crate::cli::Exit;
use crate::diagnostic::{Diagnostic, Severity};

/// How much was found in one text or in several.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Verdict {
    /// Texts that were checked.
    pub(super) files: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    /// Whether something could not be read.
    pub(super) unreadable: bool,
}

impl Verdict {
    /// Counts what counts: what was waived does not.
    pub(super) fn of(findings: &[Diagnostic]) -> Self {
        let count = |severity| findings.iter().filter(|found| found.counts() && found.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Info),
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.files += other.files;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.unreadable |= other.unreadable;
    }

    pub(super) fn exit(self) -> Exit {
        match (self.unreadable, self.errors > 0) {
            (true, _) => Exit::Unreadable,
            (false, true) => Exit::Findings,
            (false, false) => Exit::Ok,
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
