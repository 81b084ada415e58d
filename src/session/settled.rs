//! Settings found and read, each file once, and manifests checked as they say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Loaded, Session};
use crate::catalog;
use crate::diagnostic::{self, Diagnostic, Place, Text};
use crate::i18n::Lang;
use crate::input::FILE_NOT_FOUND;
use crate::lint;
use crate::schema::house::HouseRules;
use crate::settings::{self, FILE_NAME, Levels, Regime, Settings, place};
use crate::source::{Source, Sources, Span};
use crate::vocab::reading::DOUBTFUL_POINT;
use crate::world::{ReadError, World};

/// Where settings come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SettingsFrom {
    /// The nearest settings file in or above the folder of each manifest.
    #[default]
    Nearest,
    /// One file, for all.
    File(String),
    /// None.
    Nowhere,
}

/// Where the rules stand that weigh amounts against each other.
const WEIGHING: [&str; 2] = ["11-advice#prices", "11-advice#quantities"];

/// One settings file with the house rules that it names.
#[derive(Debug)]
pub struct Settled {
    /// What it says.
    pub settings: Settings,
    house: Vec<HouseRules>,
    /// The settings file itself, and the house rules that it names.
    files: Vec<String>,
}

/// The settings of all folders that were asked for, and what the command line says beside them.
#[derive(Debug, Default)]
pub struct Rulebook {
    here: String,
    command: Levels,
    house: Vec<HouseRules>,
    /// By folder, named from the top.
    folders: BTreeMap<String, Option<Arc<Settled>>>,
    /// The one file for all.
    only: Option<Arc<Settled>>,
}

/// A file that settings name.
#[derive(Clone, Debug)]
pub struct NamedFile {
    /// From the folder in which the command runs.
    pub path: String,
    /// The settings.
    pub settings: Source,
    /// Where in them.
    pub span: Span,
}

impl NamedFile {
    /// A finding about the file, with where it is named; `missing` is the way out if there is none.
    pub fn blamed(&self, finding: Diagnostic, sources: &mut Sources, missing: Text) -> Diagnostic {
        named_at(finding, Place::new(sources.add(self.settings.clone()), self.span), missing)
    }
}

/// A finding about a file that is named in settings: names in them are not taken from where the command runs.
fn named_at(mut finding: Diagnostic, place: Place, missing: Text) -> Diagnostic {
    if *finding.rule == FILE_NOT_FOUND && finding.help == FILE_NOT_FOUND.way_out() {
        finding.help = Some(missing);
    }
    finding.label(place, Text::new("named here"))
}

impl Rulebook {
    /// What is set for a name.
    fn settled(&self, name: &str) -> Option<&Settled> {
        let found = || self.folders.get(&folder_of(&self.here, name)).and_then(Option::as_deref);
        self.only.as_deref().or_else(found)
    }

    /// What the settings file for a name says.
    pub fn settings(&self, name: &str) -> Option<&Settings> {
        self.settled(name).map(|settled| &settled.settings)
    }

    /// How much each rule matters for a name.
    pub fn regime(&self, name: &str) -> Regime<'_> {
        let path = (name != "-").then(|| self.path(name));
        Regime::new(&self.command, self.settings(name), path.as_deref())
    }

    /// Whether a name is left out where its folder is given.
    pub fn excludes(&self, name: &str) -> bool {
        self.settings(name).is_some_and(|settings| settings.exclude.is_some() && settings.excludes(&self.path(name)))
    }

    /// A name from the top.
    pub fn path(&self, name: &str) -> String {
        place::absolute(&self.here, name)
    }

    /// The baseline that the settings for a name name.
    pub fn baseline(&self, name: &str) -> Option<NamedFile> {
        let settings = self.settings(name)?;
        let setting = settings.baseline.as_ref()?;
        let path = place::absolute(&settings.folder, &setting.value);
        let path = if name.starts_with('/') { path } else { place::from_here(&self.here, &path) };
        Some(NamedFile { path, settings: settings.source.clone(), span: setting.span })
    }

    /// The files that all this was read from: settings, and house rules that they name.
    pub fn files(&self) -> Vec<String> {
        let settled = self.folders.values().flatten().chain(&self.only);
        let files: BTreeSet<String> = settled.flat_map(|settled| settled.files.iter().cloned()).collect();
        files.into_iter().collect()
    }

    fn house(&self, name: &str) -> impl Iterator<Item = &HouseRules> {
        self.settled(name).into_iter().flat_map(|settled| &settled.house).chain(&self.house)
    }
}

/// The folder of a file, named from the top; that of the standard input is where the command runs.
fn folder_of(here: &str, name: &str) -> String {
    if name == "-" {
        return place::absolute(here, ".");
    }
    let path = place::absolute(here, name);
    place::above(&path).unwrap_or("/").to_owned()
}

impl<W: World> Session<W> {
    /// Finds and reads what is set for the names, each settings file once. `flags` are levels as the command line gives them,
    /// `schemas` the files of house rules that it names.
    ///
    /// # Errors
    ///
    /// All that is wrong with what is set.
    pub fn rulebook(
        &mut self,
        from: &SettingsFrom,
        flags: &[String],
        schemas: &[String],
        names: &[&str],
    ) -> Result<Rulebook, Vec<Diagnostic>> {
        let mut book = Rulebook { here: self.world.here(), ..Rulebook::default() };
        let mut wrong = Vec::new();
        for flag in flags {
            let source = Source::new("--severity", flag);
            let id = self.sources.add(source.clone());
            wrong.extend(settings::levels(id, &source, &mut book.command));
        }
        for schema in schemas {
            self.house_rules(schema, None).map_or_else(|found| wrong.extend(found), |rules| book.house.push(rules));
        }
        match from {
            SettingsFrom::Nowhere => {}
            SettingsFrom::File(name) => match self.settings_file(&book.here, name) {
                Ok(settled) => book.only = Some(Arc::new(settled)),
                Err(found) => wrong.extend(found),
            },
            SettingsFrom::Nearest => {
                for name in names {
                    let folder = folder_of(&book.here, name);
                    self.nearest(&mut book, &folder, name.starts_with('/'), &mut wrong);
                }
            }
        }
        if wrong.is_empty() { Ok(book) } else { Err(wrong) }
    }

    /// The language that the settings for a name ask for, as far as they can be read, so that what else is wrong can be told
    /// in it.
    pub fn lang(&mut self, from: &SettingsFrom, name: &str) -> Option<Lang> {
        let here = self.world.here();
        let file = match from {
            SettingsFrom::Nowhere => return None,
            SettingsFrom::File(file) => file.clone(),
            SettingsFrom::Nearest => {
                let folder = folder_of(&here, name);
                let above = std::iter::successors(Some(folder.as_str()), |folder| place::above(folder));
                let mut files = above.map(|folder| place::from_here(&here, &place::inside(folder, FILE_NAME)));
                files
                    .find(|file| !matches!(self.world.read(file, 0), Err(ReadError::NotFound | ReadError::IsFolder)))?
            }
        };
        let id = self.text(&file).ok()?;
        let source = self.sources.get(id)?.clone();
        settings::read(id, &source, &folder_of(&here, &file)).ok()?.lang.map(|setting| setting.value)
    }

    /// The settings of a folder: its own, else those of the folder above.
    fn nearest(
        &mut self,
        book: &mut Rulebook,
        folder: &str,
        from_the_top: bool,
        wrong: &mut Vec<Diagnostic>,
    ) -> Option<Arc<Settled>> {
        if let Some(known) = book.folders.get(folder) {
            return known.clone();
        }
        let path = place::inside(folder, FILE_NAME);
        let name = if from_the_top { path } else { place::from_here(&book.here, &path) };
        let is_there = match self.world.read(&name, 0) {
            Err(ReadError::NotFound | ReadError::IsFolder) => false,
            // Of a folder that nobody may enter it is not known; what cannot be read there is told by its own name.
            Err(ReadError::Failed(_)) => {
                let beside = self.world.beside(name.rsplit_once('/').map_or(".", |(folder, _)| folder));
                beside.iter().any(|file| file.rsplit('/').next() == Some(FILE_NAME))
            }
            Ok(_) => true,
        };
        let settled = match is_there {
            false => place::above(folder).and_then(|above| self.nearest(book, above, from_the_top, wrong)),
            true => match self.settings_file(&book.here, &name) {
                Ok(settled) => Some(Arc::new(settled)),
                Err(found) => {
                    wrong.extend(found);
                    None
                }
            },
        };
        book.folders.insert(folder.to_owned(), settled.clone());
        settled
    }

    fn settings_file(&mut self, here: &str, name: &str) -> Result<Settled, Vec<Diagnostic>> {
        let id = self.text(name).map_err(|problem| vec![*problem])?;
        let source = self.sources.get(id).cloned().unwrap_or_else(|| Source::new(name, ""));
        let folder = folder_of(here, name);
        let settings = settings::read(id, &source, &folder)?;
        let (mut house, mut wrong, mut files) = (Vec::new(), Vec::new(), vec![name.to_owned()]);
        for schema in &settings.schemas {
            let path = place::absolute(&folder, &schema.value);
            let shown = if name.starts_with('/') { path } else { place::from_here(here, &path) };
            let named = diagnostic::Place::new(id, schema.span);
            files.push(shown.clone());
            self.house_rules(&shown, Some(named)).map_or_else(|found| wrong.extend(found), |rules| house.push(rules));
        }
        if wrong.is_empty() { Ok(Settled { settings, house, files }) } else { Err(wrong) }
    }

    /// Reads a file of house rules; `named` is where the settings name it.
    fn house_rules(&mut self, name: &str, named: Option<Place>) -> Result<HouseRules, Vec<Diagnostic>> {
        let here = |finding: Diagnostic| match named {
            Some(place) => named_at(
                finding,
                place,
                Text::new("check the name; it is looked for from the folder of the settings file"),
            ),
            None => finding,
        };
        let id = self.text(name).map_err(|problem| vec![here(*problem)])?;
        let source = self.sources.get(id).cloned().unwrap_or_else(|| Source::new(name, ""));
        HouseRules::read(id, &source)
    }

    /// Reads and checks a manifest, says what a careful reader and the house rules would, waives what its comments allow, and
    /// sets how much each finding matters.
    pub fn check_by(&mut self, name: &str, book: &Rulebook) -> Loaded {
        let mut loaded = self.load(name);
        if let Some(document) = &loaded.document {
            if let (Some(manifest), Some(source)) = (&loaded.manifest, self.sources.get(loaded.source)) {
                let told: BTreeSet<Place> = loaded.diagnostics.iter().map(|finding| finding.place).collect();
                let advice = lint::advise(document, source, manifest).into_iter();
                // What is odd about the text of a value is told; what follows from it is the same mistake.
                loaded.diagnostics.extend(advice.filter(|finding| !told.contains(&finding.place)));
                for rules in book.house(name) {
                    let Some(source) = self.sources.get(loaded.source).cloned() else { break };
                    loaded.diagnostics.extend(rules.check(document, &source, &mut self.sources));
                }
            }
            if let Some(source) = self.sources.get(loaded.source) {
                lint::suppression::apply(document, source, catalog::KNOWN, &mut loaded.diagnostics);
            }
            // While a number is in doubt, what seems odd about amounts may be that number.
            if loaded.diagnostics.iter().any(|finding| finding.counts() && *finding.rule == DOUBTFUL_POINT) {
                loaded.diagnostics.retain(|finding| !finding.counts() || !WEIGHING.contains(&finding.rule.anchor));
            }
        }
        book.regime(name).apply(&mut loaded.diagnostics);
        diagnostic::sort(&mut loaded.diagnostics);
        loaded
    }
}
