//! What is printed where: results to the standard output, everything about them to the standard error.

use std::cell::{Cell, RefCell};
use std::io::{ErrorKind, IsTerminal, Write};

use clap::ValueEnum;

use super::{Colour, Exit};
use crate::diagnostic::{Diagnostic, Text};
use crate::host::{Host, WriteError};
use crate::i18n::Lang;
use crate::report::{self, Paint, Width};
use crate::session::{NotWritten, not_written};
use crate::source::Sources;
use crate::world::World;

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
    width: Width,
    lang: Cell<Lang>,
    /// Whether results are told beside, since the standard output is for a text alone.
    aside: Cell<bool>,
    /// Why a part of the result did not arrive.
    lost: RefCell<Option<std::io::Error>>,
    /// Whether the reader of the result has gone away.
    unread: Cell<bool>,
}

impl Output {
    pub(super) fn new(colour: Colour) -> Self {
        Self {
            colour,
            width: Host.columns().map_or(Width::USUAL, Width::of),
            lang: Cell::new(Host.lang().unwrap_or(Lang::En)),
            aside: Cell::new(false),
            lost: RefCell::new(None),
            unread: Cell::new(false),
        }
    }

    /// Speaks another language from now on, where one is asked for.
    pub(super) fn speak(&self, asked: Option<Lang>) {
        self.lang.set(asked.unwrap_or(self.lang.get()));
    }

    /// Leaves the standard output to what [`text`](Self::text) prints: results are said on the standard error from now on.
    pub(super) fn step_aside(&self) {
        self.aside.set(true);
    }

    /// Prints a result.
    pub(super) fn result(&self, text: &str) {
        if self.aside.get() { self.say(text) } else { self.text(text) }
    }

    /// Prints to the standard output. A reader that has gone away wants no more of it.
    pub(super) fn text(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                self.lost.replace(Some(error));
            }
            Err(_) => self.unread.set(true),
            Ok(()) => {}
        }
    }

    /// Whether nobody reads the result any more.
    pub(super) fn is_unread(&self) -> bool {
        self.unread.get()
    }

    /// The exit of a command, unless its result was lost on the way.
    pub(super) fn exit(&self, exit: Exit) -> Exit {
        let Some(error) = self.lost.take() else { return exit };
        let mut sources = Sources::new();
        let why = NotWritten::Failed(crate::host::words(&error));
        let finding = not_written(&mut sources, "<stdout>", &why);
        self.refuse(&[finding], &sources);
        exit.worse(Exit::Usage)
    }

    /// Says something about the result.
    pub(super) fn say(&self, text: &str) {
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// A sentence in the language that is spoken, without characters that a terminal must not be handed.
    pub(super) fn said(&self, text: &Text) -> String {
        report::escape(&report::said(text, self.lang.get()))
    }

    /// Prints a sentence that is a result.
    pub(super) fn tell(&self, text: &Text) {
        self.result(&(self.said(text) + "\n"));
    }

    /// Says a sentence about the result.
    pub(super) fn remark(&self, text: &Text) {
        self.say(&(self.said(text) + "\n"));
    }

    /// Says what is wrong with what was asked, and the way out.
    pub(super) fn object(&self, text: &Text, help: &Text) {
        self.wrong(&self.said(text));
        self.say(&format!("  {}: {}\n", self.said(&Text::new("help")), self.said(help)));
    }

    /// Says what is wrong with what was asked, in words that are those of the language already.
    pub(super) fn wrong(&self, words: &str) {
        self.say(&format!("{}: {words}\n", self.said(&Text::new("error"))));
    }

    /// Takes away what is on the terminal, where the result goes to one.
    pub(super) fn clear(&self) {
        if self.is_terminal() && !Host.is_dumb() {
            self.result("\u{1b}[2J\u{1b}[H");
        }
    }

    /// Whether somebody looks on and may be told how far a long command is.
    pub(super) fn shows_progress(&self) -> bool {
        std::io::stderr().is_terminal() && !Host.is_dumb() && !Host.is_unattended() && self.colour != Colour::Never
    }

    /// How findings look on a stream: framed on a terminal, plain elsewhere.
    pub(super) fn look(&self, terminal: bool) -> Look {
        let auto = self.colour == Colour::Auto && terminal && !Host.is_dumb();
        Look {
            lang: self.lang.get(),
            framed: auto || self.colour == Colour::Always,
            colour: self.colour == Colour::Always || (auto && !Host.no_color()),
            terminal: terminal && !Host.is_dumb(),
            width: self.width,
        }
    }

    /// Says what keeps a command from going on.
    pub(super) fn refuse(&self, findings: &[Diagnostic], sources: &Sources) {
        self.say(&self.look(std::io::stderr().is_terminal()).findings(findings, sources));
    }

    /// Says what is worth knowing beside a result.
    pub(super) fn warn(&self, findings: &[Diagnostic], sources: &Sources) {
        if !findings.is_empty() {
            self.refuse(findings, sources);
        }
    }

    /// The language that is spoken.
    pub(super) fn lang(&self) -> Lang {
        self.lang.get()
    }

    /// How wide what is printed may be.
    pub(super) fn width(&self) -> Width {
        self.width
    }

    /// How wide a result may be that goes where it is to be delivered.
    pub(super) fn width_for(&self, target: Target<'_>) -> Width {
        if target.is_file() { Width::USUAL } else { self.width }
    }

    /// Whether what is printed on the standard output has colour.
    pub(super) fn has_colour(&self) -> bool {
        self.look(self.is_terminal()).colour
    }

    /// Whether results go to a terminal.
    pub(super) fn is_terminal(&self) -> bool {
        if self.aside.get() { std::io::stderr().is_terminal() } else { std::io::stdout().is_terminal() }
    }

    /// Whether a result could be written, as far as can be known before it is there; what keeps it from that is said.
    pub(super) fn can_deliver(&self, target: Target<'_>) -> Result<(), Exit> {
        let Some(name) = target.file.filter(|name| *name != "-") else { return Ok(()) };
        target.check(name).map_err(|why| self.not_written(name, &why))
    }

    /// Says why a result was not written, or would not be.
    pub(super) fn not_written(&self, name: &str, why: &NotWritten) -> Exit {
        let mut sources = Sources::new();
        let finding = not_written(&mut sources, name, why);
        self.refuse(&[finding], &sources);
        Exit::Usage
    }

    /// Writes a result to a file, or prints it. What it was made of is never written over.
    pub(super) fn deliver(&self, text: &str, target: Target<'_>) -> Exit {
        let Some(name) = target.file.filter(|name| *name != "-") else {
            self.result(text);
            return Exit::Ok;
        };
        match target.check(name).and_then(|()| Host.write(name, text, target.force).map_err(NotWritten::from)) {
            Ok(()) => {
                self.remark(&Text::new("written to {name}").with("name", name));
                Exit::Ok
            }
            Err(why) => self.not_written(name, &why),
        }
    }
}

/// Says what keeps the command line from being read.
pub(super) fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Says what there is still to say when the program itself has failed.
pub(super) fn last_words([failed, report, version]: &[Text; 3]) {
    let said = |text: &Text| report::escape(&report::said(text, Host.lang().unwrap_or(Lang::En)));
    let help = said(&Text::new("help"));
    let text = format!("{}\n  {help}: {}; {}\n", said(failed), said(report), said(version));
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Where a result goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target<'a> {
    /// The file; the standard output where there is none, or for `-`.
    pub(super) file: Option<&'a str>,
    /// Whether a file of that name is replaced.
    pub(super) force: bool,
    /// The files of which the result was made.
    pub(super) inputs: &'a [&'a str],
}

impl Target<'_> {
    /// Whether it is a file.
    fn is_file(&self) -> bool {
        self.file.is_some_and(|name| name != "-")
    }

    /// Whether a file of this name could be written, as far as can be known before.
    fn check(&self, name: &str) -> Result<(), NotWritten> {
        if self.inputs.iter().any(|input| Host.same(input, name)) {
            return Err(NotWritten::IsInput);
        }
        Host.can_write(name, self.force).map_err(NotWritten::from)
    }
}

/// How findings look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    lang: Lang,
    framed: bool,
    colour: bool,
    /// Whether a terminal shows it that may know links.
    terminal: bool,
    width: Width,
}

impl Look {
    /// The same in a file, which is read elsewhere.
    pub(super) fn in_file(self) -> Self {
        Self { width: Width::USUAL, ..self }
    }

    /// How wide lines may be.
    pub(super) fn width(self) -> Width {
        self.width
    }

    /// The language that is spoken.
    pub(super) fn lang(self) -> Lang {
        self.lang
    }

    /// Whether somebody reads it at a terminal, where codes of rules lead nowhere.
    pub(super) fn lacks_links(self) -> bool {
        self.terminal && Host.rules_url().is_none()
    }

    /// Findings as text, an empty line between two; what was waived is not shown.
    pub(super) fn findings(self, findings: &[Diagnostic], sources: &Sources) -> String {
        let links = Host.rules_url().filter(|_| self.colour && self.terminal);
        let paint = Paint { colour: self.colour, links, width: self.width };
        let one = |finding: &Diagnostic| {
            if self.framed {
                report::fancy(finding, sources, self.lang, paint)
            } else {
                report::plain(finding, sources, self.lang, self.width)
            }
        };
        findings.iter().filter(|finding| finding.counts()).map(one).collect::<Vec<_>>().join("\n")
    }
}

impl From<WriteError> for NotWritten {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Exists => Self::Exists,
            WriteError::NoFolder(folder) => Self::NoFolder(folder),
            WriteError::IsFolder => Self::IsFolder,
            WriteError::Failed(reason) => Self::Failed(reason),
        }
    }
}
