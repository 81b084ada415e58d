//! What is printed where: results to the standard output, everything about them to the standard error.

use std::cell::RefCell;
use std::io::{ErrorKind, IsTerminal, Write};

use clap::ValueEnum;

use super::{Colour, Exit};
use crate::diagnostic::Diagnostic;
use crate::host::{Host, WriteError};
use crate::report;
use crate::source::Sources;

/// For whom a result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// The two streams of the program.
#[derive(Debug)]
pub(super) struct Output {
    colour: Colour,
    /// Why a part of the result did not arrive.
    lost: RefCell<Option<std::io::Error>>,
}

impl Output {
    pub(super) fn new(colour: Colour) -> Self {
        Self { colour, lost: RefCell::new(None) }
    }

    /// Prints a result. A reader that has gone away wants no more of it.
    pub(super) fn result(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                self.lost.replace(Some(error));
            }
            _ => {}
        }
    }

    /// The exit of a command, unless its result was lost on the way.
    pub(super) fn exit(&self, exit: Exit) -> Exit {
        let Some(error) = self.lost.take() else { return exit };
        let mut sources = Sources::new();
        let why = crate::session::NotWritten::Failed(error.to_string());
        let finding = crate::session::not_written(&mut sources, "<stdout>", &why);
        self.refuse(&[finding], &sources);
        Exit::Usage
    }

    /// Says something about the result.
    pub(super) fn say(&self, text: &str) {
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// Findings as text for a stream: framed on a terminal, plain elsewhere.
    pub(super) fn findings(&self, findings: &[Diagnostic], sources: &Sources, terminal: bool) -> String {
        let auto = self.colour == Colour::Auto && terminal;
        let framed = auto || self.colour == Colour::Always;
        let colour = self.colour == Colour::Always || (auto && !Host.no_color());
        let one = |finding: &Diagnostic| {
            if framed { report::fancy(finding, sources, colour) } else { report::plain(finding, sources) }
        };
        findings.iter().map(one).collect::<Vec<_>>().join("\n")
    }

    /// Says what keeps a command from going on.
    pub(super) fn refuse(&self, findings: &[Diagnostic], sources: &Sources) {
        self.say(&self.findings(findings, sources, std::io::stderr().is_terminal()));
    }

    /// Whether the standard output is a terminal.
    pub(super) fn is_terminal(&self) -> bool {
        std::io::stdout().is_terminal()
    }

    /// Writes a result to a file, or prints it.
    pub(super) fn deliver(&self, text: &str, file: Option<&str>, force: bool) -> Exit {
        let Some(name) = file.filter(|name| *name != "-") else {
            self.result(text);
            return Exit::Ok;
        };
        match Host.write(name, text, force) {
            Ok(()) => {
                self.say(&format!("written to {}\n", report::escape(name)));
                Exit::Ok
            }
            Err(error) => {
                let mut sources = Sources::new();
                let finding = crate::session::not_written(&mut sources, name, &reason(error));
                self.refuse(&[finding], &sources);
                Exit::Usage
            }
        }
    }
}

fn reason(error: WriteError) -> crate::session::NotWritten {
    use crate::session::NotWritten;
    match error {
        WriteError::Exists => NotWritten::Exists,
        WriteError::NoFolder(folder) => NotWritten::NoFolder(folder),
        WriteError::IsFolder => NotWritten::IsFolder,
        WriteError::Failed(reason) => NotWritten::Failed(reason),
    }
}
