//! The baseline of a check: what it waives, and what of it is stale.

use std::collections::BTreeSet;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use crate::baseline::{Baseline, MOST_BYTES};
use crate::diagnostic::{Diagnostic, Text};
use crate::host::Host;
use crate::session::{Loaded, NamedFile, Session};
use crate::source::{SourceId, Sources};

#[derive(Debug, Args)]
pub(super) struct Known {
    /// Findings that stand in this file do not count; `clm baseline write` makes one.
    #[arg(long, value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    baseline: Option<String>,
}

/// A baseline that was read from a file.
#[derive(Debug)]
pub(crate) struct Opened {
    name: String,
    baseline: Baseline,
    id: SourceId,
    sources: Sources,
}

/// What a check has met of a baseline.
#[derive(Debug, Default)]
pub(crate) struct Met {
    /// Those in which everything was looked for.
    files: BTreeSet<String>,
    entries: BTreeSet<usize>,
}

impl Met {
    pub(crate) fn add(&mut self, other: Self) {
        self.files.extend(other.files);
        self.entries.extend(other.entries);
    }
}

impl Known {
    /// The file that was asked for.
    pub(super) fn name(&self) -> Option<&str> {
        self.baseline.as_deref()
    }

    /// Reads the baseline that was asked for, else the one that the settings name.
    ///
    /// # Errors
    /// If it cannot be read, or is none.
    pub(super) fn open(&self, set: Option<&NamedFile>) -> Result<Option<Opened>, (Box<Diagnostic>, Sources)> {
        if let Some(name) = &self.baseline {
            return Opened::read(name).map(Some);
        }
        let Some(set) = set else { return Ok(None) };
        Opened::read(&set.path).map(Some).map_err(|(finding, mut sources)| {
            let missing = Text::new("`clm baseline write --baseline {path}` makes one").with("path", &set.path);
            (Box::new(set.blamed(*finding, &mut sources, missing)), sources)
        })
    }
}

impl Opened {
    pub(crate) fn read(name: &str) -> Result<Self, (Box<Diagnostic>, Sources)> {
        let mut session = Session::new(Host);
        let read = session.read(name, MOST_BYTES).and_then(|id| Ok((id, Baseline::read(id, session.sources())?)));
        match read {
            Ok((id, baseline)) => Ok(Self { name: name.to_owned(), baseline, id, sources: session.sources().clone() }),
            Err(finding) => Err((finding, session.sources().clone())),
        }
    }

    /// Waives what is known of a file. Where an error kept rules from being asked, what was not found may still be there.
    pub(super) fn waive(&self, name: &str, loaded: &mut Loaded, sources: &Sources) -> Met {
        let file = name_in(&self.name, name);
        let entries = self.baseline.waive(&file, &mut loaded.diagnostics, sources).into_iter().collect();
        let files = loaded.manifest.is_some().then_some(file);
        Met { files: files.into_iter().collect(), entries }
    }

    /// Which entries are stale: all was looked for in their file, or it is gone.
    pub(crate) fn stale(&self, met: &Met) -> BTreeSet<usize> {
        let gone = |file: &str| !Host.exists(&beside(&self.name, file));
        self.baseline.stale(&met.entries, &|file| met.files.contains(file) || gone(file))
    }

    /// The findings about what is stale, and the texts that they speak of.
    pub(super) fn tell(&self, met: &Met) -> (Vec<Diagnostic>, &Sources) {
        (self.baseline.tell(&self.stale(met), self.id, &self.sources), &self.sources)
    }

    pub(crate) fn baseline(&self) -> &Baseline {
        &self.baseline
    }
}

/// How a baseline names a file: from its own folder.
pub(crate) fn name_in(baseline: &str, file: &str) -> String {
    Host.from_folder_of(baseline, file)
}

/// The file that a baseline means by a name.
fn beside(baseline: &str, file: &str) -> String {
    match baseline.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{file}"),
        None => file.to_owned(),
    }
}
