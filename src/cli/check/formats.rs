//! How findings are printed and where to: as they come, or in documents that are written at the end.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Args, Command};

use super::verdict::Verdict;
use crate::cli::Exit;
use crate::cli::misuse::Objection;
use crate::cli::output::{Look, Output, Target};
use crate::diagnostic::{Diagnostic, Text};
use crate::host::Host;
use crate::near;
use crate::report::{self, Finding, Report};
use crate::session::is_manifest;
use crate::source::Sources;
use crate::world::World;

#[derive(Debug, Args)]
pub(super) struct Formats {
    /// How findings are printed; with a file behind a colon, that file is written instead. May be given several times.
    ///
    /// One format at most goes to the standard output. The file of an earlier report is replaced.
    #[arg(long = "format", value_name = "FORMAT[:FILE]", value_parser = Words)]
    format: Vec<Asked>,
}

/// A format, and the file that it is written to; without one, it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    format: Format,
    file: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Concise,
    Narrated,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Checkstyle,
    Rdjson,
    Markdown,
}

impl Format {
    /// All formats, each with its name and whom it is for.
    const ALL: [(&'static str, Self, &'static str); 12] = [
        ("text", Self::Text, "For people: places, lines and ways out; as it is without this option"),
        ("concise", Self::Concise, "One line a finding"),
        (
            "narrated",
            Self::Narrated,
            "Whole sentences, for screen readers; as it is without this option where TERM is dumb",
        ),
        ("json", Self::Json, "For programs: everything, as `clm schema findings` says"),
        ("jsonl", Self::Jsonl, "The same, one finding a line"),
        ("sarif", Self::Sarif, "SARIF 2.1.0, for code scanning"),
        ("github", Self::Github, "Workflow commands of GitHub Actions"),
        ("gitlab", Self::Gitlab, "Code Quality report of GitLab"),
        ("junit", Self::Junit, "XML of JUnit, for services that show tests"),
        ("checkstyle", Self::Checkstyle, "XML of Checkstyle, for collectors of warnings"),
        ("rdjson", Self::Rdjson, "Diagnostics of reviewdog, with suggested edits"),
        ("markdown", Self::Markdown, "A report for issues and comments"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, format, _)| *format == self).map_or("", |(name, ..)| name)
    }

    /// Whether it is printed text by text, so that nothing has to be kept.
    fn streams(self) -> bool {
        matches!(self, Self::Text | Self::Concise | Self::Narrated | Self::Jsonl | Self::Github)
    }

    /// Whether how much was found is said elsewhere when this is printed: it is for people or a log, and does not say so.
    fn lacks_count(self) -> bool {
        matches!(self, Self::Concise | Self::Github)
    }
}

/// Reads what `--format` is given, and tells help and completions which formats there are.
#[derive(Clone, Copy, Debug)]
struct Words;

impl TypedValueParser for Words {
    type Value = Asked;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Asked, clap::Error> {
        asked.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::ALL.iter().map(|(name, _, help)| PossibleValue::new(*name).help(*help))))
    }
}

/// What `--format` is given: `sarif`, `sarif:report.sarif`.
fn asked(word: &str) -> Result<Asked, Objection> {
    let (name, file) = word.split_once(':').map_or((word, None), |(name, file)| (name, Some(file)));
    let Some((_, format, _)) = Format::ALL.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)) else {
        return Err(Objection(unknown(name)));
    };
    match file {
        Some("") => {
            Err(Objection(Text::new("write `{name}:FILE`, or `{name}` for the standard output").with("name", name)))
        }
        Some("-") | None => Ok(Asked { format: *format, file: None }),
        Some(file) => Ok(Asked { format: *format, file: Some(file.to_owned()) }),
    }
}

fn unknown(name: &str) -> Text {
    match near::nearest(&name.to_lowercase(), Format::ALL.iter().map(|(known, ..)| *known)) {
        Some(known) => Text::new("did you mean `{meant}`?").with("meant", known),
        None => {
            let known = Format::ALL.map(|(known, ..)| format!("`{known}`")).join(", ");
            Text::new("the formats are {known}").with("known", known)
        }
    }
}

impl Formats {
    /// The printer of the formats that were asked for. `read` are the files that the command reads: none of them is
    /// written over. What can be known to be wrong is told before anything is checked.
    pub(super) fn printer(&self, read: Vec<String>, output: &Output) -> Result<Printer, Exit> {
        let mut asked = self.format.clone();
        if asked.is_empty() {
            let format = if Host.is_dumb() { Format::Narrated } else { Format::Text };
            asked.push(Asked { format, file: None });
        }
        if let Some((wrong, help)) = contradiction(&asked) {
            output.object(&wrong, &help);
            return Err(Exit::Usage);
        }
        let inputs: Vec<&str> = read.iter().map(String::as_str).collect();
        for file in asked.iter().filter_map(|asked| asked.file.as_deref()) {
            output.can_deliver(Target { file: Some(file), force: true, inputs: &inputs })?;
        }
        let look = |asked: &Asked| match asked.file {
            Some(_) => output.look(false).in_file(),
            None => output.look(output.is_terminal()),
        };
        let outlets = asked.into_iter().map(|asked| Outlet { look: look(&asked), asked }).collect();
        Ok(Printer { outlets, read })
    }
}

/// Why formats cannot be had together, and the way out.
fn contradiction(asked: &[Asked]) -> Option<(Text, Text)> {
    let printed: Vec<&str> =
        asked.iter().filter(|asked| asked.file.is_none()).map(|asked| asked.format.name()).collect();
    if let [first, second, ..] = printed.as_slice() {
        let wrong = Text::new("`{first}` and `{second}` cannot both be printed: the standard output takes one format");
        let help = Text::new("write one of them to a file: `--format {second}:FILE`");
        return Some((wrong.with("first", first).with("second", second), help.with("second", second)));
    }
    let files: Vec<&str> = asked.iter().filter_map(|asked| asked.file.as_deref()).collect();
    if let Some(file) = files.iter().find(|file| is_manifest(file)) {
        let wrong = Text::new("`{file}` has the name of a manifest, and the next check would take the report for one");
        return Some((wrong.with("file", file), Text::new("give the report another ending")));
    }
    let twice =
        files.iter().enumerate().find(|(at, file)| files.iter().skip(at + 1).any(|other| Host.same(file, other)));
    let wrong = Text::new("two formats cannot be written to one file, `{file}`");
    twice.map(|(_, file)| (wrong.with("file", file), Text::new("give each a file of its own")))
}

/// A format with what it is printed like.
#[derive(Debug)]
struct Outlet {
    asked: Asked,
    look: Look,
}

impl Outlet {
    /// What is to be printed at once of the findings of one text.
    fn now(&self, diagnostics: &[Diagnostic], found: &[Finding], sources: &Sources) -> String {
        let lang = self.look.lang();
        let standing = || found.iter().filter(|finding| finding.counts());
        match self.asked.format {
            Format::Text if !diagnostics.iter().any(Diagnostic::counts) => String::new(),
            Format::Text => self.look.findings(diagnostics, sources) + "\n",
            Format::Concise => standing().map(|finding| report::concise(finding, lang)).collect(),
            Format::Narrated => report::narrated(&standing().collect::<Vec<_>>(), lang),
            Format::Github => standing().map(|finding| report::github(finding, lang)).collect(),
            Format::Jsonl => found.iter().map(|finding| report::jsonl(finding, Host.rules_url())).collect(),
            _ => String::new(),
        }
    }

    /// What is to be printed at the end.
    fn last(&self, report: &Report<'_>) -> String {
        match self.asked.format {
            Format::Json => report::json(report.findings, report.pages),
            Format::Sarif => report::sarif(report),
            Format::Gitlab => report::gitlab(report),
            Format::Junit => report::junit(report),
            Format::Checkstyle => report::checkstyle(report),
            Format::Rdjson => report::rdjson(report),
            Format::Markdown => report::markdown(report),
            Format::Text => report.summary.iter().map(|text| report::said(text, report.lang) + "\n").collect(),
            Format::Narrated => {
                report.summary.iter().map(|text| report::in_sentence(text, report.lang) + "\n").collect()
            }
            Format::Concise | Format::Github | Format::Jsonl => String::new(),
        }
    }
}

/// What one text gives to print.
#[derive(Debug, Default)]
pub(super) struct Printed {
    /// What each format prints at once.
    now: Vec<String>,
    /// The file, if there is one.
    file: Option<String>,
    /// What is kept to the end.
    found: Vec<Finding>,
    /// Whether there is something to print at once.
    shown: bool,
}

impl Printed {
    /// Whether there is something to print at once.
    pub(super) fn is_shown(&self) -> bool {
        self.shown
    }

    /// About how many bytes it keeps.
    pub(super) fn bytes(&self) -> usize {
        self.now.iter().map(String::len).sum::<usize>() + self.found.iter().map(Finding::bytes).sum::<usize>()
    }
}

/// What is kept to the end. Texts are not.
#[derive(Debug, Default)]
pub(super) struct Kept {
    files: Vec<String>,
    found: Vec<Finding>,
    /// The beginning of each file that is to be written.
    begun: Vec<String>,
}

/// Prints findings in the formats that were asked for.
#[derive(Debug)]
pub(super) struct Printer {
    outlets: Vec<Outlet>,
    read: Vec<String>,
}

impl Printer {
    /// Whether anything is written that has to wait for the end.
    fn keeps(&self) -> bool {
        self.outlets.iter().any(|outlet| !outlet.asked.format.streams())
    }

    /// What is to be printed of the findings of one file, or of those that are about none that was checked; its text is not needed afterwards.
    pub(super) fn render(&self, file: Option<&str>, findings: &[Diagnostic], sources: &Sources) -> Printed {
        let freed = self.outlets.iter().any(|outlet| outlet.asked.format != Format::Text);
        let found = if freed { report::findings(findings, sources) } else { Vec::new() };
        let now: Vec<String> = self.outlets.iter().map(|outlet| outlet.now(findings, &found, sources)).collect();
        let is_shown = |(outlet, text): (&Outlet, &String)| outlet.asked.file.is_none() && !text.is_empty();
        let shown = self.outlets.iter().zip(&now).any(is_shown);
        if self.keeps() {
            let file = file.map(|name| if name == "-" { "<stdin>" } else { name }.to_owned());
            Printed { now, file, found, shown }
        } else {
            Printed { now, shown, ..Printed::default() }
        }
    }

    /// Prints what can be printed at once, and keeps the rest.
    pub(super) fn print(&self, printed: Printed, kept: &mut Kept, output: &Output) {
        kept.begun.resize(self.outlets.len(), String::new());
        for ((outlet, text), begun) in self.outlets.iter().zip(printed.now).zip(&mut kept.begun) {
            if outlet.asked.file.is_some() {
                begun.push_str(&text);
            } else if !text.is_empty() {
                output.result(&text);
            }
        }
        if self.keeps() {
            kept.files.extend(printed.file);
            kept.found.extend(printed.found);
        }
    }

    /// Prints and writes what was kept, and what there is to say in all.
    pub(super) fn finish(&self, mut kept: Kept, verdict: Verdict, output: &Output) -> Exit {
        kept.begun.resize(self.outlets.len(), String::new());
        let summary = verdict.summary();
        let mut exit = verdict.exit();
        let read: Vec<&str> = self.read.iter().map(String::as_str).collect();
        for (outlet, begun) in self.outlets.iter().zip(kept.begun) {
            let report = Report {
                files: &kept.files,
                findings: &kept.found,
                summary: &summary,
                lang: outlet.look.lang(),
                pages: Host.rules_url(),
                exit: exit as u8,
            };
            let mut text = begun + &outlet.last(&report);
            if outlet.asked.format == Format::Text && outlet.look.lacks_links() && verdict.found_anything() {
                let more = Text::new("`clm explain CODE` says why a rule is there and what to write instead");
                text += &report::wrapped(&output.said(&more), outlet.look.width());
            }
            let target = Target { file: outlet.asked.file.as_deref(), force: true, inputs: &read };
            exit = exit.worse(output.deliver(&text, target));
        }
        let printed = self.outlets.iter().find(|outlet| outlet.asked.file.is_none());
        if printed.is_none_or(|outlet| outlet.asked.format.lacks_count()) {
            summary.iter().for_each(|text| output.remark(text));
        }
        exit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_asked_for_by_name_with_or_without_a_file() {
        let of = |format, file: Option<&str>| Ok(Asked { format, file: file.map(str::to_owned) });
        assert_eq!(asked("sarif"), of(Format::Sarif, None));
        assert_eq!(asked("SARIF:a:b.sarif"), of(Format::Sarif, Some("a:b.sarif")));
        assert_eq!(asked("json:-"), of(Format::Json, None));
        assert!(asked("json:").unwrap_err().to_string().contains("`json:FILE`"));
        assert!(asked("serif").unwrap_err().to_string().contains("did you mean `sarif`?"));
        assert!(asked("git-hub:x").unwrap_err().to_string().contains("did you mean `github`?"));
        assert!(asked("html").unwrap_err().to_string().contains("`checkstyle`, `rdjson`, `markdown`"));
    }

    #[test]
    fn formats_that_would_meet_are_refused() {
        let wrong = |words: &[&str]| {
            let asked: Vec<Asked> = words.iter().map(|word| asked(word).unwrap()).collect();
            contradiction(&asked).map(|(wrong, help)| format!("{}; {}", wrong.english(), help.english()))
        };
        assert_eq!(wrong(&["text", "sarif:a", "json:b"]), None);
        assert!(wrong(&["json", "sarif:x", "text"]).unwrap().contains("`--format text:FILE`"));
        assert!(wrong(&["json:x", "sarif:./x"]).unwrap().contains("one file, `x`"));
        assert!(wrong(&["json:x.clm.json"]).unwrap().contains("name of a manifest"));
    }

    #[test]
    fn what_was_waived_is_told_to_machines_that_ask_for_it_alone() {
        use crate::cli::Colour;
        use crate::diagnostic::{Place, Waiver};
        use crate::source::{Source, Span};
        let mut sources = Sources::new();
        let source = sources.add(Source::new("x.yaml", "a: 1\n"));
        let mut finding = Diagnostic::new(&crate::input::FILE_NOT_FOUND, Place::new(source, Span::new(0, 1)));
        finding.waiver = Some(Waiver::Comment("agreed with the mill".to_owned()));
        let diagnostics = [finding];
        let found = report::findings(&diagnostics, &sources);
        let lang = crate::i18n::Lang::En;
        let report = Report { files: &[], findings: &found, summary: &[], lang, pages: None, exit: 0 };
        for (name, format, _) in Format::ALL {
            let outlet = Outlet { asked: asked(name).unwrap(), look: Output::new(Colour::Never).look(false) };
            let text = outlet.now(&diagnostics, &found, &sources) + &outlet.last(&report);
            let told = text.contains("agreed with the mill");
            assert_eq!(told, [Format::Json, Format::Jsonl, Format::Sarif].contains(&format), "{name}: {text}");
            assert!(told || !text.contains("CLM0001"), "{name}: {text}");
        }
    }
}
