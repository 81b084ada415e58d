//! What is set for a check: by settings files and by the command line, which goes before them.

use std::collections::BTreeSet;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::Exit;
use crate::cli::output::Output;
use crate::cli::tasks::Task;
use crate::diagnostic::{Diagnostic, Text};
use crate::host::Host;
use crate::i18n::Lang;
use crate::session::{NamedFile, Rulebook, Session, SettingsFrom};
use crate::settings::{FailOn, Shown, show};
use crate::world::World;

#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// Take the settings from this file. Without it, from the nearest `.clm.toml` in or above the folder of each manifest.
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    config: Option<String>,
    /// Read no settings file.
    #[arg(long)]
    isolated: bool,
    /// Set how much a rule or a group of rules matters: off, info, warning or error. May be given several times.
    #[arg(long, value_name = "RULE=LEVEL")]
    severity: Vec<String>,
    /// Check house rules too: a JSON Schema of a federation. May be given several times.
    #[arg(long, value_name = "FILE")]
    schema: Vec<String>,
}

/// The words of `--fail-on`.
pub(super) fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    let names = FailOn::ALL.iter().map(|on| on.name());
    PossibleValuesParser::new(names).map(|word| FailOn::parse(&word).unwrap_or_default())
}

/// A path, or some manifest in it where it is a folder: what is asked for a folder is asked for a manifest in it.
fn in_folder(path: &str) -> String {
    if Host.is_folder(path) { format!("{path}/*") } else { path.to_owned() }
}

impl Flags {
    /// The files that are named.
    pub(super) fn files(&self) -> impl Iterator<Item = &String> {
        self.config.iter().chain(&self.schema)
    }

    fn from(&self) -> SettingsFrom {
        match &self.config {
            Some(file) => SettingsFrom::File(file.clone()),
            None if self.isolated => SettingsFrom::Nowhere,
            None => SettingsFrom::Nearest,
        }
    }

    /// The language that the settings for a path ask for, before anything else is known of them.
    pub(super) fn lang(&self, path: &str) -> Option<Lang> {
        Session::new(Host).lang(&self.from(), &in_folder(path))
    }

    /// Finds and reads what is set for the names, or says what is wrong with it.
    pub(crate) fn settle(&self, names: &[&str], output: &Output) -> Result<Settled, Exit> {
        let mut session = Session::new(Host);
        match self.rulebook(&mut session, names) {
            Ok(book) => Ok(Settled { book, fail_on: None, first: names.first().map(|name| (*name).to_owned()) }),
            Err(findings) => {
                output.refuse(&findings, session.sources());
                Err(Exit::Usage)
            }
        }
    }

    fn rulebook(&self, session: &mut Session<Host>, names: &[&str]) -> Result<Rulebook, Vec<Diagnostic>> {
        session.rulebook(&self.from(), &self.severity, &self.schema, names)
    }

    /// The files that a check of the names reads beside them: settings, and what these name.
    pub(super) fn read_for(&self, names: &[&str]) -> Vec<String> {
        let mut session = Session::new(Host);
        let found = match self.rulebook(&mut session, names) {
            Ok(book) => {
                let baseline = names.first().and_then(|first| book.baseline(first));
                book.files().into_iter().chain(baseline.map(|file| file.path)).collect()
            }
            // What is wrong may be in a file that the settings name.
            Err(findings) => {
                let sources = findings.iter().filter_map(|finding| session.sources().get(finding.place.source));
                sources.map(|source| source.name().to_owned()).collect::<Vec<_>>()
            }
        };
        self.files().cloned().chain(found).collect()
    }

    /// Prints what is set for a path.
    pub(super) fn show(&self, name: &str, fail_on: Option<FailOn>, lang: Option<Lang>, output: &Output) -> Exit {
        if !Host.exists(name) {
            let text = Text::new("there is no file and no folder `{name}`").with("name", name);
            output.object(
                &text,
                &Text::new("name a manifest, or the folder in which it will be, to see what is set for it"),
            );
            return Exit::Usage;
        }
        let file = in_folder(name);
        let settled = match self.settle(&[&file], output) {
            Ok(settled) => settled,
            Err(exit) => return exit,
        };
        let path = settled.book.path(name);
        output.speak(lang.or(settled.lang()));
        let spoken = output.lang();
        let shown = Shown { name, path: &path, fail_on, lang, spoken, schemas: &self.schema };
        output.result(&show(&settled.book.regime(&file), shown));
        Exit::Ok
    }
}

/// What is set for all manifests of a run.
pub(crate) struct Settled {
    pub(super) book: Rulebook,
    fail_on: Option<FailOn>,
    first: Option<String>,
}

impl Settled {
    /// The same with what the command line says of when a manifest fails the check.
    pub(super) fn failing_on(self, fail_on: Option<FailOn>) -> Self {
        Self { fail_on, ..self }
    }

    /// From which findings on a manifest fails the check.
    pub(super) fn fail_on(&self, name: &str) -> FailOn {
        let set = || self.book.settings(name)?.fail_on.as_ref().map(|setting| setting.value);
        self.fail_on.or_else(set).unwrap_or_default()
    }

    /// From which findings on what is about no single manifest fails the check.
    pub(super) fn fail_on_all(&self) -> FailOn {
        self.first.as_deref().map_or_else(|| self.fail_on.unwrap_or_default(), |first| self.fail_on(first))
    }

    /// Gives findings that are about no single manifest the weight that is set for the first.
    pub(super) fn weigh(&self, findings: &mut Vec<Diagnostic>) {
        self.book.regime(self.first.as_deref().unwrap_or(".")).apply(findings);
    }

    /// The language that the settings ask for: one for the whole run, that of the first manifest.
    pub(super) fn lang(&self) -> Option<Lang> {
        self.book.settings(self.first.as_deref()?)?.lang.as_ref().map(|setting| setting.value)
    }

    /// The baseline that the settings name: one for the whole run, that of the first manifest.
    pub(super) fn baseline(&self) -> Option<NamedFile> {
        self.book.baseline(self.first.as_deref()?)
    }

    /// Takes out what the settings leave out, unless it was named itself. Where nothing is left of what was named, that is
    /// told, as of a folder without manifests.
    pub(super) fn without_excluded(&self, mut tasks: Vec<Task>, paths: &[String]) -> Vec<Task> {
        let named: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
        let before = tasks.len();
        tasks.retain(|task| task.name().is_none_or(|name| named.contains(name) || !self.book.excludes(name)));
        if let Some(first) = paths.first().filter(|_| tasks.is_empty() && before > 0) {
            let mut session = Session::new(Host);
            let finding = session.all_excluded(first);
            tasks.push(Task::Tell(Box::new((finding, session.into_sources()))));
        }
        tasks
    }
}
