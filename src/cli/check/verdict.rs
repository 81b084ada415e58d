//! What was found in all, and what the shell is told of it.

use super::fixes::Fixes;
use crate::cli::Exit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fix::mendable;

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
    /// What is asked for of what can be mended.
    pub(super) fixes: Asked,
    /// Findings that were mended, or would be.
    pub(super) fixed: usize,
    /// Texts that were mended, or would be.
    pub(super) changed: usize,
    /// Findings that can be mended safely.
    pub(super) safe: usize,
    /// Findings that can be mended otherwise.
    pub(super) doubtful: usize,
    /// Whether something could not be written.
    pub(super) unwritten: bool,
}

/// Which findings are mended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Asked {
    /// None.
    #[default]
    Nothing,
    /// None, and what would be is shown.
    Show { all: bool },
    /// Those of which it is certain how, or all.
    Mend { all: bool },
}

impl Verdict {
    /// Nothing yet.
    pub(super) fn of_fixes(fixes: Fixes) -> Self {
        let all = fixes.are_all_wanted();
        let fixes = match (fixes.only_show(), fixes.are_wanted()) {
            (true, _) => Asked::Show { all },
            (false, true) => Asked::Mend { all },
            (false, false) => Asked::Nothing,
        };
        Self { fixes, ..Self::default() }
    }

    /// Counts what counts: what was waived does not.
    pub(super) fn of(findings: &[Diagnostic]) -> Self {
        let count = |severity| findings.iter().filter(|found| found.counts() && found.severity == severity).count();
        let (safe, doubtful) = mendable(findings);
        Self {
            safe,
            doubtful,
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
        self.fixed += other.fixed;
        self.changed += other.changed;
        self.safe += other.safe;
        self.doubtful += other.doubtful;
        self.unwritten |= other.unwritten;
    }

    pub(super) fn exit(self) -> Exit {
        let found = match self.fixes {
            Asked::Show { .. } => self.fixed > 0,
            Asked::Nothing | Asked::Mend { .. } => self.errors > 0,
        };
        match (self.unreadable, self.unwritten, found) {
            (true, ..) => Exit::Unreadable,
            (false, true, _) => Exit::Usage,
            (false, false, true) => Exit::Findings,
            (false, false, false) => Exit::Ok,
        }
    }

    pub(super) fn summary(self) -> String {
        match self.fixes {
            Asked::Show { .. } => self.would_change(),
            Asked::Nothing | Asked::Mend { .. } => self.counts() + &self.hint(),
        }
    }

    fn counts(self) -> String {
        let notes = if self.notes == 0 { String::new() } else { format!(", {}", counted(self.notes, "note", "notes")) };
        let fixed = if self.fixed == 0 { String::new() } else { format!("{} fixed, ", self.fixed) };
        format!(
            "{} checked: {fixed}{}, {}{notes}\n",
            counted(self.files, "manifest", "manifests"),
            counted(self.errors, "error", "errors"),
            counted(self.warnings, "warning", "warnings")
        )
    }

    fn would_change(self) -> String {
        let more = match (self.fixes, self.doubtful) {
            (Asked::Show { all: false }, more) if more > 0 => format!(", {more} more with --unsafe-fixes"),
            _ => String::new(),
        };
        format!("{} would be fixed in {}{more}\n", self.fixed, counted(self.changed, "manifest", "manifests"))
    }

    /// What may still be done with one command.
    fn hint(self) -> String {
        match (self.fixes, self.safe, self.doubtful) {
            (Asked::Nothing, 0, 0) | (Asked::Mend { all: true } | Asked::Show { .. }, ..) => String::new(),
            (Asked::Nothing, safe, 0) => format!("{safe} can be fixed with --fix\n"),
            (Asked::Nothing, 0, doubtful) => format!("{doubtful} can be fixed with --unsafe-fixes\n"),
            (Asked::Nothing, safe, doubtful) => {
                format!("{safe} can be fixed with --fix, {doubtful} more with --unsafe-fixes\n")
            }
            // What is left was not certain after all.
            (Asked::Mend { all: false }, 0, 0) => String::new(),
            (Asked::Mend { all: false }, safe, doubtful) => {
                format!("{} more can be fixed with --unsafe-fixes\n", safe + doubtful)
            }
        }
    }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
