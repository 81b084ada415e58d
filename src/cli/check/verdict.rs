//! What was found in all, and what the shell is told of it.

use super::fixes::Fixes;
use crate::cli::Exit;
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::fix::mendable;
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
    /// What is asked for of what can be mended.
    pub(super) fixes: Asked,
    /// Findings that were mended, or would be.
    pub(super) fixed: usize,
    /// Texts that were mended, or would be.
    pub(super) changed: usize,
    /// Whether there was more to mend in a text than is tried at once.
    pub(super) is_cut: bool,
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
    /// None, and none could be: what is staged is not written.
    Never,
    /// None, and what would be is shown.
    Show { all: bool },
    /// Those of which it is certain how, or all.
    Mend { all: bool },
}

impl Verdict {
    /// Whether there is anything to tell.
    pub(super) fn found_anything(&self) -> bool {
        self.errors + self.warnings + self.notes > 0
    }

    /// Nothing yet.
    pub(super) fn of_fixes(fixes: Fixes, staged: bool) -> Self {
        let all = fixes.are_all_wanted();
        let fixes = match (fixes.only_show(), fixes.are_wanted()) {
            (true, _) => Asked::Show { all },
            (false, true) => Asked::Mend { all },
            (false, false) if staged => Asked::Never,
            (false, false) => Asked::Nothing,
        };
        Self { fixes, ..Self::default() }
    }

    /// Counts what counts: what was waived does not.
    pub(super) fn of(findings: &[Diagnostic], fail_on: FailOn) -> Self {
        let fails = |found: &Diagnostic| fail_on.least().is_some_and(|least| found.counts() && found.severity >= least);
        let count = |severity| findings.iter().filter(|found| found.counts() && found.severity == severity).count();
        let (safe, doubtful) = mendable(findings);
        Self {
            safe,
            doubtful,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Info),
            failed: findings.iter().any(fails),
            ..Self::default()
        }
    }

    /// The same where nothing can be mended.
    pub(super) fn without_fixes(self) -> Self {
        Self { safe: 0, doubtful: 0, ..self }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.files += other.files;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.failed |= other.failed;
        self.unreadable |= other.unreadable;
        self.faulty |= other.faulty;
        self.fixed += other.fixed;
        self.changed += other.changed;
        self.is_cut |= other.is_cut;
        self.safe += other.safe;
        self.doubtful += other.doubtful;
        self.unwritten |= other.unwritten;
    }

    pub(super) fn exit(self) -> Exit {
        let found = match self.fixes {
            Asked::Show { .. } => self.fixed > 0,
            Asked::Nothing | Asked::Never | Asked::Mend { .. } => self.failed,
        };
        match (self.faulty, self.unreadable, self.unwritten, found) {
            (true, ..) => Exit::Fault,
            (_, true, ..) => Exit::Unreadable,
            (_, _, true, _) => Exit::Usage,
            (.., true) => Exit::Findings,
            _ => Exit::Ok,
        }
    }

    /// What is said at the end, a line each: how much was found, and what can be done about it with one command.
    pub(super) fn summary(self) -> Vec<Text> {
        match self.fixes {
            Asked::Show { .. } => std::iter::once(self.would_change()).chain(self.cut()).collect(),
            Asked::Nothing | Asked::Never | Asked::Mend { .. } => {
                std::iter::once(self.counts()).chain(self.cut().or_else(|| self.hint())).collect()
            }
        }
    }

    /// That not all was tried, so that what is left may be mended in the same way.
    fn cut(self) -> Option<Text> {
        self.is_cut.then(|| match self.fixes {
            Asked::Mend { .. } => Text::new("there is more to fix than is tried at once: run this again"),
            Asked::Nothing | Asked::Never | Asked::Show { .. } => {
                Text::new("there is more to fix than is tried at once")
            }
        })
    }

    fn counts(self) -> Text {
        let fixed = (self.fixed > 0).then(|| Text::counted(self.fixed, Text::new("1 fixed"), Text::new("{n} fixed")));
        let errors = Text::counted(self.errors, Text::new("1 error"), Text::new("{n} errors"));
        let warnings = Text::counted(self.warnings, Text::new("1 warning"), Text::new("{n} warnings"));
        let notes = (self.notes > 0).then(|| Text::counted(self.notes, Text::new("1 note"), Text::new("{n} notes")));
        let counts = fixed.into_iter().chain([errors, warnings]).chain(notes);
        let listed =
            counts.reduce(|all, next| Text::new("{all}, {next}").with_text("all", all).with_text("next", next));
        let checked = Text::counted(self.files, Text::new("1 manifest checked"), Text::new("{n} manifests checked"));
        Text::new("{checked}: {counts}")
            .with_text("checked", checked)
            .with_text("counts", listed.unwrap_or_else(|| Text::new("{n} errors").with("n", 0)))
    }

    fn would_change(self) -> Text {
        let manifests = Text::counted(self.changed, Text::new("1 manifest"), Text::new("{n} manifests"));
        let fixed =
            Text::new("{n} would be fixed in {manifests}").with("n", self.fixed).with_text("manifests", manifests);
        match (self.fixes, self.fixed, self.doubtful) {
            (Asked::Show { all: false }, 0, more) if more > 0 => unsafely(more),
            (Asked::Show { all: false }, _, more) if more > 0 => {
                Text::new("{fixed}, {n} more with `--unsafe-fixes`").with_text("fixed", fixed).with("n", more)
            }
            (_, 0, _) => Text::new("nothing would be fixed"),
            _ => fixed,
        }
    }

    /// What may still be done with one command.
    fn hint(self) -> Option<Text> {
        match (self.fixes, self.safe, self.doubtful) {
            (Asked::Never | Asked::Mend { all: true } | Asked::Show { .. }, ..) | (_, 0, 0) => None,
            (Asked::Nothing, safe, 0) => Some(Text::new("{n} can be fixed with `--fix`").with("n", safe)),
            (Asked::Nothing, 0, doubtful) => Some(unsafely(doubtful)),
            (Asked::Nothing, safe, doubtful) => {
                let text = Text::new("{n} can be fixed with `--fix`, {more} more with `--unsafe-fixes`");
                Some(text.with("n", safe).with("more", doubtful))
            }
            // What is left was not certain after all.
            (Asked::Mend { all: false }, safe, doubtful) => Some(unsafely(safe + doubtful)),
        }
    }
}

/// How many findings have a fix that may not be what was meant.
fn unsafely(n: usize) -> Text {
    Text::new("{n} can be fixed with `--unsafe-fixes`").with("n", n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_mends_is_told_that_not_all_was_tried_instead_of_what_else_to_ask_for() {
        let told = |fixes, is_cut| {
            let verdict =
                Verdict { files: 1, errors: 1, fixed: 9, changed: 1, safe: 1, fixes, is_cut, ..Verdict::default() };
            verdict.summary().iter().skip(1).map(Text::english).collect::<Vec<_>>()
        };
        for all in [false, true] {
            assert_eq!(told(Asked::Mend { all }, true), ["there is more to fix than is tried at once: run this again"]);
            assert_eq!(told(Asked::Show { all }, true), ["there is more to fix than is tried at once"]);
        }
        assert_eq!(told(Asked::Mend { all: false }, false), ["1 can be fixed with `--unsafe-fixes`"]);
        assert_eq!(told(Asked::Show { all: false }, false), [""; 0]);
    }
}
