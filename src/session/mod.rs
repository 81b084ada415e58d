//! The façade: texts in, findings, outcomes and contracts out. What library users call.
//!
//! A [`Session`] remembers the texts that it read, so that every place in what it returns can be shown. It knows the
//! outside only as a [`World`].

mod agreements;
mod certificates;
mod settled;

pub use agreements::{Difference, Opened, Verification};
pub use certificates::{Beside, Certified, Proof};
pub use settled::{NamedFile, Rulebook, SettingsFrom, Settled};

use crate::diagnostic::{self, Diagnostic, Place, Rule, Text};
use crate::input as rules;
use crate::lint::{self, Checked};
use crate::near;
use crate::negotiate::outcome::{Outcome, Pool};
use crate::negotiate::{Explain, Side, negotiate, pools};
use crate::source::{Source, SourceId, Sources, Span};
use crate::syntax::{self, Document};
use crate::world::{CHANGED_MEANWHILE, NAME_NOT_TEXT, NOT_REPLACEABLE, NOT_WRITABLE, ReadError, Wanted, World};

/// The endings by which manifests are known in a folder.
const ENDINGS: [&str; 3] = [".clm.yaml", ".clm.yml", ".clm.json"];

/// Whether a file is a manifest by its name.
pub fn is_manifest(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Texts that were read, and what can be done with them.
#[derive(Debug)]
pub struct Session<W> {
    world: W,
    sources: Sources,
    names: Vec<(String, String)>,
    /// What has been read of it is gone.
    has_read_stdin: bool,
}

/// The name of the standard input.
const STDIN: &str = "-";

/// A manifest that was read.
#[derive(Debug)]
pub struct Loaded {
    /// Its text.
    pub source: SourceId,
    /// Its nodes, if it is a document.
    pub document: Option<Document>,
    /// What it means, if there is no error in it.
    pub manifest: Option<Checked>,
    /// All findings, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it could not be read at all.
    pub unreadable: bool,
}

/// What a negotiation of two names came to.
#[derive(Debug)]
pub enum Negotiated {
    /// The two were negotiated. The outcome does not depend on the day; that one of them has expired is a finding beside it.
    Done(Box<Outcome>, Vec<Diagnostic>),
    /// One of them cannot be: the findings of both.
    Refused(Vec<Diagnostic>),
}

/// What the names of manifests, agreements and certificates end in.
const KINDS: [&str; 3] = [".yaml", ".yml", ".json"];

impl<W: World> Session<W> {
    /// A session in a world.
    pub fn new(world: W) -> Self {
        Self { world, sources: Sources::new(), names: Vec::new(), has_read_stdin: false }
    }

    /// The texts that places refer to.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The texts that places refer to, of a session that is over.
    pub fn into_sources(self) -> Sources {
        self.sources
    }

    /// Whether there is anything in a text.
    pub fn has_text(&self, source: SourceId) -> bool {
        self.sources.get(source).is_some_and(|source| !source.text().is_empty())
    }

    /// The manifests that a name stands for: a folder's, else the name itself. What cannot be looked into is a finding.
    pub fn expand(&mut self, name: &str, even_ignored: bool) -> (Vec<String>, Vec<Diagnostic>) {
        if !self.world.is_folder(name) {
            return (vec![name.to_owned()], Vec::new());
        }
        let wanted = Wanted { endings: &ENDINGS, even_ignored };
        let listing = match self.world.list(name, wanted) {
            Ok(listing) => listing,
            Err(error) => return (Vec::new(), vec![self.unreadable(name, &error)]),
        };
        let closed = |(folder, reason): &(String, String)| {
            self.about(&rules::UNREADABLE_FILE, folder).with_text("reason", machine_says(reason))
        };
        let mut findings: Vec<Diagnostic> = listing.closed.iter().map(closed).collect();
        if listing.files.is_empty() && findings.is_empty() {
            findings.push(self.no_manifests(name, wanted));
        }
        (listing.files, findings)
    }

    /// The finding for a folder without manifests.
    fn no_manifests(&mut self, name: &str, wanted: Wanted<'_>) -> Diagnostic {
        let all = self.world.list(name, Wanted { even_ignored: true, ..wanted });
        let finding = self.about(&rules::NO_MANIFESTS, name);
        if all.is_ok_and(|all| !all.files.is_empty()) {
            return finding.help(Text::new(
                "`.gitignore` or `.ignore` leaves out those that there are: name them, or add `--no-ignore`",
            ));
        }
        finding
    }

    /// The finding for a folder whose manifests the settings leave out, every one.
    pub fn all_excluded(&mut self, name: &str) -> Diagnostic {
        self.about(&rules::NO_MANIFESTS, name).help(Text::new(
            "`exclude` in the settings leaves out those that there are: name them, or add `--isolated`",
        ))
    }

    /// The bytes of a list of manifests.
    ///
    /// # Errors
    /// If it cannot be read, or is too long.
    pub fn list(&mut self, name: &str, most: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        match self.world.read(name, most) {
            Ok(bytes) if bytes.len() <= most => Ok(bytes),
            Ok(_) => {
                let finding = self.about(&syntax::rules::TOO_LARGE, name).with("most", most);
                Err(Box::new(finding.help(Text::new("list the folders that hold the manifests"))))
            }
            Err(error) => Err(Box::new(self.unreadable(name, &error))),
        }
    }

    /// Reads and checks a manifest.
    pub fn load(&mut self, name: &str) -> Loaded {
        let source = match self.text(name) {
            Ok(source) => source,
            Err(problem) => {
                let source = problem.place.source;
                return Loaded {
                    source,
                    document: None,
                    manifest: None,
                    diagnostics: vec![*problem],
                    unreadable: true,
                };
            }
        };
        let Some(text) = self.sources.get(source) else {
            return Loaded { source, document: None, manifest: None, diagnostics: Vec::new(), unreadable: true };
        };
        let read = lint::read(source, text);
        let mut diagnostics = read.diagnostics;
        if let Some(finding) = read.document.as_ref().and_then(|document| agreement_for_manifest(document, name)) {
            // What else is found in it, measured by the rules of manifests, is beside the point.
            return Loaded {
                source,
                document: read.document,
                manifest: None,
                diagnostics: vec![finding],
                unreadable: false,
            };
        }
        if let (Some(document), Some(manifest)) = (&read.document, &read.manifest) {
            diagnostics.extend(self.expired(document, manifest));
            diagnostic::sort(&mut diagnostics);
        }
        if let Some(manifest) = &read.manifest {
            self.names.push((manifest.coop.id.value.to_string(), manifest.coop.name.to_string()));
        }
        let unreadable = read.document.is_none();
        Loaded { source, document: read.document, manifest: read.manifest, diagnostics, unreadable }
    }

    /// Reads and checks a manifest where nothing is set: see [`check_by`](Self::check_by).
    pub fn check(&mut self, name: &str) -> Loaded {
        self.check_by(name, &Rulebook::default())
    }

    /// The names of the coops whose manifests were read, by their ids.
    pub fn names(&self) -> Vec<(String, String)> {
        self.names.clone()
    }

    /// Negotiates the manifests of two names; their order does not matter.
    pub fn negotiate(&mut self, a: &str, b: &str, explain: Explain) -> Negotiated {
        match self.pair(a, b, |one, other| negotiate(one, other, explain)) {
            Ok((outcome, expired)) => Negotiated::Done(Box::new(outcome), expired),
            Err(findings) => Negotiated::Refused(findings),
        }
    }

    /// What comes of the manifests of two names, and whether one of them has expired.
    ///
    /// # Errors
    /// The findings of both, where they are no pair to negotiate.
    fn pair<T>(
        &mut self,
        a: &str,
        b: &str,
        come: impl FnOnce(&Side<'_>, &Side<'_>) -> T,
    ) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
        if self.world.same(a, b) {
            return Err(vec![self.twice(b)]);
        }
        let loaded = [self.load(a), self.load(b)];
        let [first, second] = &loaded;
        match (self.side(first), self.side(second)) {
            (Some(one), Some(other)) if one.checked.coop.id == other.checked.coop.id => {
                let [first, second] = [&one, &other].map(|side| side.document.place(side.checked.coop.id.node));
                Err(vec![same_coop_twice(first, second, &other.checked.coop.id.value)])
            }
            (Some(one), Some(other)) => {
                let come = come(&one, &other);
                let expired = [one, other].into_iter().filter_map(|side| self.expired(side.document, side.checked));
                Ok((come, expired.collect()))
            }
            _ => Err(loaded.into_iter().flat_map(|loaded| loaded.diagnostics).collect()),
        }
    }

    /// What pooling with a third does for the needs of either of two.
    ///
    /// # Errors
    /// The findings, where one of the three cannot be read or has errors, or is of a coop that another is of too.
    pub fn pools(&mut self, a: &str, b: &str, third: &str) -> Result<Vec<Pool>, Vec<Diagnostic>> {
        let loaded = [self.load(a), self.load(b), self.load(third)];
        let sides: Vec<Side<'_>> = loaded.iter().filter_map(|loaded| self.side(loaded)).collect();
        let [one, other, pooled] = sides.as_slice() else {
            return Err(loaded.into_iter().filter(|l| l.manifest.is_none()).flat_map(|l| l.diagnostics).collect());
        };
        let id = |side: &Side<'_>| side.checked.coop.id.value.clone();
        if let Some(twin) = [one, other].into_iter().find(|side| id(side) == id(pooled)) {
            let [first, second] = [twin, pooled].map(|side| side.document.place(side.checked.coop.id.node));
            return Err(vec![same_coop_twice(first, second, &id(pooled))]);
        }
        Ok(pools(one, other, pooled))
    }

    /// Whether a manifest has ended by today.
    fn expired(&self, document: &Document, manifest: &Checked) -> Option<Diagnostic> {
        // What day it is takes asking the machine.
        manifest.valid.until.as_ref()?;
        lint::expired(document, manifest, self.world.today()?)
    }

    /// Reads two versions of a manifest.
    ///
    /// # Errors
    /// The findings, where one of them cannot be read or has errors.
    pub fn versions(&mut self, old: &str, new: &str) -> Result<[Loaded; 2], Vec<Diagnostic>> {
        if old == STDIN && new == STDIN {
            return Err(vec![self.twice(new)]);
        }
        let loaded = [self.load(old), self.load(new)];
        match loaded.iter().all(|version| version.manifest.is_some()) {
            true => Ok(loaded),
            false => {
                let unfit = loaded.into_iter().filter(|version| version.manifest.is_none());
                Err(unfit.flat_map(|version| version.diagnostics).collect())
            }
        }
    }

    /// A manifest that was read as one side of a negotiation; `None` where it has errors.
    pub fn side<'a>(&'a self, loaded: &'a Loaded) -> Option<Side<'a>> {
        Some(Side {
            checked: loaded.manifest.as_ref()?,
            document: loaded.document.as_ref()?,
            source: self.sources.get(loaded.source)?,
        })
    }

    /// The text of a manifest or an agreement, or why there is none.
    fn text(&mut self, name: &str) -> Result<SourceId, Box<Diagnostic>> {
        self.read(name, syntax::MOST_BYTES)
    }

    /// Reads any text of at most so many bytes.
    ///
    /// # Errors
    /// If there is none of that name, or it is no text.
    pub fn read(&mut self, name: &str, most: usize) -> Result<SourceId, Box<Diagnostic>> {
        if name == STDIN && std::mem::replace(&mut self.has_read_stdin, true) {
            return Err(Box::new(self.twice(name)));
        }
        let bytes = self.world.read(name, most).map_err(|error| self.unreadable(name, &error))?;
        match syntax::decode(bytes, most) {
            Ok(text) => Ok(self.sources.add(Source::new(shown(name), text))),
            Err(error) => {
                let end = Span::at(error.before.len());
                let source = self.sources.add(Source::new(shown(name), error.before));
                let finding = Diagnostic::new(error.rule, Place::new(source, end)).with("most", most);
                Err(Box::new(Diagnostic { help: error.help.or(finding.help.clone()), ..finding }))
            }
        }
    }

    /// The finding for a name that cannot be read.
    pub fn unreadable(&mut self, name: &str, error: &ReadError) -> Diagnostic {
        match error {
            ReadError::NotFound => {
                let finding = self.about(&rules::FILE_NOT_FOUND, name);
                match self.near_file(name) {
                    Some(near) => finding.help(Text::new("did you mean `{meant}`?").with("meant", near)),
                    None => finding,
                }
            }
            ReadError::IsFolder => self.about(&rules::FOLDER_FOR_FILE, name),
            ReadError::Failed(reason) => {
                let finding = self.about(&rules::UNREADABLE_FILE, name).with_text("reason", machine_says(reason));
                if reason == NAME_NOT_TEXT { finding.help(Text::new("give it another name")) } else { finding }
            }
        }
    }

    /// A file in the same folder whose name is near, of a kind that is read.
    fn near_file(&self, name: &str) -> Option<String> {
        let (folder, file) = name.rsplit_once('/').unwrap_or((".", name));
        let files = self.world.beside(folder).into_iter().filter(|path| KINDS.iter().any(|kind| path.ends_with(kind)));
        let of = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let stem = |file: &str| file.split('.').next().unwrap_or_default().to_owned();
        let distance = |path: &String| match of(path) {
            // The right name with another ending is nearer than any other name.
            other if stem(&other) == stem(file) && !stem(file).is_empty() => 0,
            other => near::distance(&other, file),
        };
        // Endings are alike in all manifests, so only the rest counts for how much may differ.
        let most = near::most(&stem(file));
        let nearest = files.min_by_key(distance).filter(|path| distance(path) <= most)?;
        Some(nearest.trim_start_matches("./").to_owned())
    }

    /// The finding for what is given twice.
    pub fn twice(&mut self, name: &str) -> Diagnostic {
        let finding = self.about(&rules::SAME_FILE_TWICE, name);
        if name != STDIN {
            return finding;
        }
        finding
            .message(Text::new("the standard input is given twice, and it can be read only once"))
            .help(Text::new("write one of the two to a file, and name that"))
    }

    /// A finding about a file as a whole.
    fn about(&mut self, rule: &'static Rule, name: &str) -> Diagnostic {
        let source = self.sources.add(Source::new(shown(name), ""));
        Diagnostic::new(rule, Place::new(source, Span::at(0))).with("name", shown(name))
    }
}

/// The finding for an agreement that is given as a manifest.
fn agreement_for_manifest(document: &Document, name: &str) -> Option<Diagnostic> {
    let node = document.get(document.root(), "clm_agreement")?;
    if document.get(document.root(), "clm").is_some() {
        return None;
    }
    Some(Diagnostic::new(&rules::NOT_A_MANIFEST, document.key_place(node)).with("name", shown(name)))
}

/// Why a file could not be read or written, in plain words where the machine gives one of its usual reasons.
fn machine_says(reason: &str) -> Text {
    match reason {
        "Permission denied" => Text::new("you are not allowed to"),
        "No space left on device" | "Disk quota exceeded" => Text::new("there is no room left"),
        "Read-only file system" => Text::new("nothing can be written there"),
        "File name too long" => Text::new("its name is too long"),
        "Too many levels of symbolic links" => Text::new("its links lead round in a circle"),
        "Is a directory" => Text::new("it is a folder"),
        NOT_WRITABLE => Text::new("it is protected against writing"),
        CHANGED_MEANWHILE => Text::new("it was changed while it was being checked"),
        NAME_NOT_TEXT => Text::new("its name is not text in UTF-8"),
        NOT_REPLACEABLE => Text::new("it is not a file that can be replaced"),
        other => Text::new("{reason}").with("reason", other),
    }
}

/// What a name is called in messages.
fn shown(name: &str) -> &str {
    if name == STDIN { "<stdin>" } else { name }
}

/// The finding for two manifests of one coop, by where each says whose it is.
pub fn same_coop_twice(first: Place, second: Place, id: &str) -> Diagnostic {
    Diagnostic::new(&rules::SAME_COOP_TWICE, second).with("id", id).label(first, Text::new("and here"))
}

/// The finding for a file on which the program itself failed.
pub fn fault(name: &str, fault: &str) -> (Diagnostic, Sources) {
    let mut sources = Sources::new();
    let place = Place::new(sources.add(Source::new(shown(name), "")), Span::at(0));
    (Diagnostic::new(&rules::settings::TOOL_FAULT, place).with("fault", fault), sources)
}

/// The finding for a manifest that is not laid out because of something in it.
pub fn not_laid_out(name: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&rules::NOT_LAID_OUT, place).with("name", shown(name))
}

/// Why a result was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotWritten {
    /// It is one of the files that were read.
    IsInput,
    /// There is a file of that name.
    Exists,
    /// There is no such folder.
    NoFolder(String),
    /// It is a folder.
    IsFolder,
    /// In the words of the machine.
    Failed(String),
}

/// The finding for a result that was not written.
pub fn not_written(sources: &mut Sources, name: &str, why: &NotWritten) -> Diagnostic {
    let rule = match why {
        NotWritten::IsInput => &rules::OUTPUT_IS_INPUT,
        NotWritten::Exists => &rules::OUTPUT_EXISTS,
        NotWritten::NoFolder(_) => &rules::NO_OUTPUT_FOLDER,
        NotWritten::IsFolder => &rules::FOLDER_FOR_FILE,
        NotWritten::Failed(_) => &rules::NOT_WRITTEN,
    };
    let place = Place::new(sources.add(Source::new(name, "")), Span::at(0));
    let finding = Diagnostic::new(rule, place).with("name", name);
    match why {
        NotWritten::NoFolder(folder) => finding.with("folder", folder),
        NotWritten::Failed(reason) => finding.with_text("reason", machine_says(reason)),
        NotWritten::IsInput | NotWritten::Exists | NotWritten::IsFolder => finding,
    }
}
