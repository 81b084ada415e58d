//! How findings are printed: as they come, or kept and printed at the end.

use clap::Args;

use super::verdict::Verdict;
use crate::cli::output::{Format, Look, Output};
use crate::diagnostic::Diagnostic;
use crate::report::{self, Finding};
use crate::source::Sources;

#[derive(Debug, Args)]
pub(super) struct Formats {
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What one text gives to print.
#[derive(Default)]
pub(super) struct Printed {
    /// What is printed at once.
    text: String,
    /// What is kept to the end.
    kept: Vec<Finding>,
}

impl Printed {
    /// Whether there is something to print at once.
    pub(super) fn is_shown(&self) -> bool {
        !self.text.is_empty()
    }
}

/// Prints findings in the formats that were asked for.
pub(super) struct Printer {
    format: Format,
    look: Look,
}

impl Formats {
    pub(super) fn printer(&self, output: &Output) -> Printer {
        Printer { format: self.format, look: output.look(output.is_terminal()) }
    }
}

impl Printer {
    /// What is to be printed of the findings of one text; the text is not needed afterwards.
    pub(super) fn render(&self, findings: &[Diagnostic], sources: &Sources) -> Printed {
        match self.format {
            Format::Text if !findings.iter().any(Diagnostic::counts) => Printed::default(),
            Format::Text => Printed { text: self.look.findings(findings, sources) + "\n", kept: Vec::new() },
            Format::Json => Printed { text: String::new(), kept: report::findings(findings, sources) },
        }
    }

    /// Prints what can be printed at once, and gives back the rest.
    pub(super) fn print(&self, printed: Printed, output: &Output) -> Vec<Finding> {
        if !printed.text.is_empty() {
            output.result(&printed.text);
        }
        printed.kept
    }

    /// Prints what was kept, or the summary.
    pub(super) fn finish(&self, kept: &[Finding], verdict: Verdict, output: &Output) {
        match self.format {
            Format::Text => verdict.summary().iter().for_each(|line| output.tell(line)),
            Format::Json => output.result(&format!("{:#}\n", report::json(kept))),
        }
    }
}
