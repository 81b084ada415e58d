//! What is set for `clm check`: how much each rule matters, for which files, from which findings on it fails.
//!
//! [`read`] turns the text of a settings file into [`Settings`], with all mistakes in it as findings; a [`Regime`] is what
//! they come to for one file. Where a settings file lies, and how it is found, is not known here.

mod levels;
mod patterns;
pub mod place;
mod read;
mod show;
mod wire;

pub use levels::{Levels, Regime};
pub use patterns::Patterns;
pub use read::{levels, read};
pub use show::{Shown, show};
pub use wire::{FailOn, Level, settings_schema};

use crate::diagnostic::{Group, Rule, Severity};
use crate::i18n::Lang;
use crate::input::settings::HOUSE_RULE;
use crate::source::{Source, Span};

/// What settings files are called.
pub const FILE_NAME: &str = ".clm.toml";

/// A value with its place in the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// What is set.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// What one settings file says.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its text, by the name under which readers know it.
    pub source: Source,
    /// The folder, named from the top, from which its paths are taken.
    pub folder: String,
    /// What it says for all files.
    pub levels: Levels,
    /// What it says for some, in the order written.
    pub paths: Vec<PathSettings>,
    /// What a folder does not stand for.
    pub exclude: Option<Setting<Patterns>>,
    /// Files of house rules, as written.
    pub schemas: Vec<Setting<String>>,
    /// From which findings on a check fails.
    pub fail_on: Option<Setting<FailOn>>,
    /// In which language findings are told.
    pub lang: Option<Setting<Lang>>,
    /// The file that lists what was found before, as written.
    pub baseline: Option<Setting<String>>,
}

/// Levels for some files.
#[derive(Clone, Debug)]
pub struct PathSettings {
    matches: Patterns,
    levels: Levels,
}

impl Settings {
    /// Whether a file, named from the top, is left out where its folder is given.
    pub fn excludes(&self, path: &str) -> bool {
        let inside = place::below(&self.folder, path);
        self.exclude.as_ref().zip(inside).is_some_and(|(exclude, path)| exclude.value.fits(path))
    }
}

/// Whether settings may say how much a rule matters: not where a manifest that breaks it cannot be understood.
pub fn is_settable(rule: &Rule) -> bool {
    let is_looked_for = rule.group != Group::Conflict;
    is_looked_for && (rule.severity != Severity::Error || rule.code == HOUSE_RULE.code)
}
