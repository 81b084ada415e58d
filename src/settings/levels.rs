//! How much a rule matters for one file: what is set, where, and which of it counts.
//!
//! From first to last: the command line; the entries of `[[paths]]` that fit the file, the last one first; what the settings
//! say for all files; the rule's own. In each of them a rule goes before its group.

use std::collections::BTreeMap;

use super::wire::Level;
use super::{PathSettings, Settings, is_settable};
use crate::diagnostic::{Diagnostic, Group, Rule, Severity};
use crate::source::Span;

/// What is set in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// By the codes of rules.
    pub(super) rules: BTreeMap<&'static str, Set>,
    /// By groups.
    pub(super) groups: BTreeMap<Group, Set>,
}

/// A level and where it was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Set {
    pub(super) level: Level,
    pub(super) span: Span,
}

impl Levels {
    /// What is set for a rule here, by itself or by its group.
    fn of(&self, rule: &Rule) -> Option<Set> {
        self.rules.get(rule.code).or_else(|| self.groups.get(&rule.group)).copied()
    }
}

/// Where a level comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'a> {
    /// Nobody set it.
    Own,
    /// The command line.
    Command,
    /// The settings, for all files.
    File(Span),
    /// The settings, for some files.
    Paths(&'a PathSettings, Span),
}

/// What is set for one file.
#[derive(Clone, Debug)]
pub struct Regime<'a> {
    command: &'a Levels,
    settings: Option<&'a Settings>,
    /// The entries that fit, the last one first.
    fitting: Vec<&'a PathSettings>,
}

impl<'a> Regime<'a> {
    /// What the command line and the settings say for a file that is named from the top; none where it has no name.
    pub fn new(command: &'a Levels, settings: Option<&'a Settings>, path: Option<&str>) -> Self {
        let entries = settings.iter().flat_map(|settings| settings.paths.iter().rev());
        let inside = settings.zip(path).and_then(|(settings, path)| super::place::below(&settings.folder, path));
        let fitting = entries.filter(|entry| inside.is_some_and(|path| entry.matches.fits(path))).collect();
        Self { command, settings, fitting }
    }

    /// The settings file that holds.
    pub fn settings(&self) -> Option<&'a Settings> {
        self.settings
    }

    /// What a rule is set to, and by whom.
    pub(super) fn level(&self, rule: &Rule) -> (Level, Origin<'a>) {
        if let Some(set) = self.command.of(rule) {
            return (set.level, Origin::Command);
        }
        for entry in &self.fitting {
            if let Some(set) = entry.levels.of(rule) {
                return (set.level, Origin::Paths(entry, set.span));
            }
        }
        match self.settings.and_then(|settings| settings.levels.of(rule)) {
            Some(set) => (set.level, Origin::File(set.span)),
            None => (rule.severity.into(), Origin::Own),
        }
    }

    /// Gives findings the severities that are set, and takes away what is not looked for. What keeps a manifest from being
    /// understood stays an error.
    pub fn apply(&self, findings: &mut Vec<Diagnostic>) {
        findings.retain_mut(|finding| {
            let closes_the_door = finding.severity == Severity::Error && finding.rule.severity != Severity::Error;
            if closes_the_door || !is_settable(finding.rule) {
                return true;
            }
            match self.level(finding.rule) {
                (_, Origin::Own) => true,
                (level, _) => level.severity().inspect(|severity| finding.severity = *severity).is_some(),
            }
        });
    }
}
