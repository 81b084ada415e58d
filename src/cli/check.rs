//! `clm check`.

use clap::Args;

use super::Exit;
use super::output::{Format, Output};
use crate::diagnostic::{Diagnostic, Severity};
use crate::host::Host;
use crate::report;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 no errors, 1 errors, 2 wrong use, 3 a file that cannot be read.\n\n\
    Examples:\n  clm check my-coop.clm.yaml\n  clm check manifests/\n  clm check - < my-coop.clm.yaml")]
pub(super) struct Arguments {
    /// Manifests, folders that hold some, or `-` for the standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    let mut session = Session::new(Host);
    let mut findings: Vec<Diagnostic> = Vec::new();
    let (mut files, mut unreadable) = (0_usize, false);
    for path in &arguments.paths {
        match session.expand(path) {
            Ok(names) => {
                for name in names {
                    let loaded = session.load(&name);
                    // What could not even be opened was not checked.
                    files += usize::from(session.has_text(loaded.source));
                    unreadable |= loaded.unreadable;
                    findings.extend(loaded.diagnostics);
                }
            }
            Err(finding) => {
                unreadable = true;
                findings.push(*finding);
            }
        }
    }
    match arguments.format {
        Format::Text => {
            if !findings.is_empty() {
                output.result(&output.findings(&findings, session.sources(), output.is_terminal()));
                output.result("\n");
            }
            output.result(&summary(files, &findings));
        }
        Format::Json => output.result(&format!("{:#}\n", report::as_json(&findings, session.sources()))),
    }
    match (unreadable, findings.iter().any(|finding| finding.severity == Severity::Error)) {
        (true, _) => Exit::Unreadable,
        (false, true) => Exit::Findings,
        (false, false) => Exit::Ok,
    }
}

fn summary(files: usize, findings: &[Diagnostic]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counted = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    format!(
        "{} checked: {}, {}\n",
        counted(files, "manifest", "manifests"),
        counted(count(Severity::Error), "error", "errors"),
        counted(count(Severity::Warning), "warning", "warnings")
    )
}
