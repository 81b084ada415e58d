//! The text of a settings file, or of a flag, to what it sets; every mistake with its place and a way out.

use serde::Deserialize;
use toml::de::{DeTable, DeValue, Deserializer};

use super::levels::{Levels, Set};
use super::patterns::Patterns;
use super::wire::{FailOn, Field, File, Level, LevelTable, PathEntry, Texts};
use super::{PathSettings, Setting, Settings, is_settable};
use crate::catalog;
use crate::diagnostic::{self, Diagnostic, Group, Place, Rule, Text};
use crate::i18n::Lang;
use crate::input::settings::{
    BAD_PATTERN, BROKEN_SETTINGS, LOWERED_ERROR, MISSING_MATCH, SET_TWICE, UNKNOWN_GROUP, UNKNOWN_RULE,
    UNKNOWN_SETTING, WRONG_SETTING,
};
use crate::near;
use crate::source::{Source, SourceId, Span};

/// The keys of a settings file and of an entry of `[[paths]]`, with how each is written.
const KEYS: [(&str, &str); 8] = [
    ("rules", "rules = { need-without-price = \"off\" }"),
    ("groups", "groups = { clarity = \"info\" }"),
    ("paths", "paths = [{ match = [\"drafts/**\"], groups = { clarity = \"info\" } }]"),
    ("exclude", "exclude = [\"vendor/**\"]"),
    ("schema", "schema = \"federation.schema.json\""),
    ("fail_on", "fail_on = \"warning\""),
    ("lang", "lang = \"es\""),
    ("baseline", "baseline = \".clm-baseline.json\""),
];
const PATH_KEYS: [(&str, &str); 3] = [
    ("match", "match = [\"drafts/**\"]"),
    ("rules", "rules = { need-without-price = \"off\" }"),
    ("groups", "groups = { clarity = \"info\" }"),
];

/// Reads a settings file. `folder`, named from the top, is where its paths are taken from.
///
/// # Errors
///
/// All that is wrong with it.
pub fn read(id: SourceId, source: &Source, folder: &str) -> Result<Settings, Vec<Diagnostic>> {
    let mut reader = Reader { id, source, found: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(source.text());
    if !errors.is_empty() {
        return Err(reader.broken(&errors));
    }
    reader.unknown_keys(table.get_ref());
    // Whatever stands somewhere is read as far as it goes, so only a fault of this program could refuse the whole.
    let file = match File::deserialize(Deserializer::from(table)) {
        Ok(file) => file,
        Err(error) => return Err(reader.broken(&[error])),
    };
    let settings = reader.settings(file, folder);
    if reader.found.is_empty() { Ok(settings) } else { Err(reader.in_order()) }
}

/// Reads what a flag sets: `RULE=LEVEL` or `GROUP=LEVEL`.
pub fn levels(id: SourceId, source: &Source, levels: &mut Levels) -> Vec<Diagnostic> {
    let mut reader = Reader { id, source, found: Vec::new() };
    reader.flag(levels);
    reader.found
}

struct Reader<'s> {
    id: SourceId,
    source: &'s Source,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn in_order(mut self) -> Vec<Diagnostic> {
        diagnostic::sort(&mut self.found);
        self.found
    }

    fn at(&self, rule: &'static Rule, span: Span) -> Diagnostic {
        Diagnostic::new(rule, Place::new(self.id, span))
    }

    fn broken(&self, errors: &[toml::de::Error]) -> Vec<Diagnostic> {
        let end = self.source.text().len();
        let finding = |error: &toml::de::Error| {
            let span = error.span().map_or(Span::at(end), |span| Span::new(span.start, span.end));
            self.at(&BROKEN_SETTINGS, span).with_text("reason", reason(error.message()))
        };
        let mut found: Vec<Diagnostic> = errors.iter().map(finding).collect();
        diagnostic::sort(&mut found);
        // What follows from a mistake on its line is not told again.
        found.dedup_by_key(|finding| self.source.line_column(finding.place.span.start).line);
        found
    }

    fn unknown_keys(&mut self, table: &DeTable<'_>) {
        self.unknown_keys_of(table, &KEYS);
        let entries = match table.get("paths").map(toml::Spanned::get_ref) {
            Some(DeValue::Array(entries)) => entries,
            _ => return,
        };
        for entry in entries.iter() {
            if let DeValue::Table(table) = entry.get_ref() {
                self.unknown_keys_of(table, &PATH_KEYS);
            }
        }
    }

    fn unknown_keys_of(&mut self, table: &DeTable<'_>, keys: &[(&'static str, &str)]) {
        let known = |key: &str| keys.iter().any(|(known, _)| *known == key);
        let mut unknown: Vec<_> = table.keys().filter(|key| !known(key.get_ref())).collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown {
            let (word, span) = (key.get_ref().as_ref(), Span::new(key.span().start, key.span().end));
            let help = match nearest(word, keys.iter().map(|(key, _)| *key)) {
                Some(near) => Text::new("did you mean `{meant}`?").with("meant", near),
                None if catalog::find(word).is_some() => {
                    Text::new("`{key}` is a rule: it belongs under `[rules]`").with("key", word)
                }
                None if group(word).is_some() => {
                    Text::new("`{key}` is a group of rules: it belongs under `[groups]`").with("key", word)
                }
                None => {
                    Text::new("settings that stand here: {keys}").with("keys", words(keys.iter().map(|(key, _)| *key)))
                }
            };
            self.found.push(self.at(&UNKNOWN_SETTING, span).with("key", word).help(help));
        }
    }

    fn settings(&mut self, file: File, folder: &str) -> Settings {
        let levels = self.levels(file.rules.as_ref(), file.groups.as_ref());
        let paths = self.taken("paths", file.paths).map(|setting| setting.value).unwrap_or_default();
        let paths = paths.into_iter().filter_map(|entry| self.path_entry(entry)).collect();
        Settings {
            source: self.source.clone(),
            folder: folder.to_owned(),
            levels,
            paths,
            exclude: file.exclude.and_then(|field| self.patterns("exclude", field)),
            schemas: file.schema.map(|field| self.texts("schema", field)).unwrap_or_default(),
            fail_on: file
                .fail_on
                .and_then(|field| self.one_of("fail_on", field, FailOn::ALL.iter().map(|on| on.name()))),
            lang: file
                .lang
                .and_then(|field| self.one_of("lang", field, Lang::ALL.iter().map(|lang| lang.code())))
                .map(|setting| Setting { value: setting.value.0, span: setting.span }),
            baseline: self.taken("baseline", file.baseline),
        }
    }

    fn path_entry(&mut self, entry: Field<PathEntry>) -> Option<PathSettings> {
        let span = entry.span;
        let entry = self.taken("paths", Some(entry))?.value;
        let levels = self.levels(entry.rules.as_ref(), entry.groups.as_ref());
        let Some(matches) = entry.matches else {
            // The place of a whole entry begins with its header.
            let header = Span::new(span.start, span.end.min(span.start + self.first_line(span)));
            self.found.push(self.at(&MISSING_MATCH, header));
            return None;
        };
        let matches = self.patterns("match", matches)?.value;
        Some(PathSettings { matches, levels })
    }

    fn first_line(&self, span: Span) -> usize {
        self.source.slice(span).lines().next().map_or(0, str::len)
    }

    /// The value of a field; one that is not what is due is told.
    fn taken<T>(&mut self, key: &'static str, field: Option<Field<T>>) -> Option<Setting<T>> {
        let field = field?;
        match field.value {
            Some(value) => Some(Setting { value, span: field.span }),
            None => {
                self.not_written_so(key, field.span);
                None
            }
        }
    }

    fn not_written_so(&mut self, key: &'static str, span: Span) {
        let example = KEYS.iter().chain(&PATH_KEYS).find(|(known, _)| *known == key).map_or("", |(_, example)| example);
        let mut finding = self.at(&WRONG_SETTING, span);
        finding.message = Text::new("`{key}` is not written this way").with("key", key);
        let help = Text::new("write for example `{example}`").with("example", example);
        self.found.push(finding.help(help));
    }

    /// The value of a field that takes one of a few words.
    fn one_of<T>(
        &mut self,
        key: &'static str,
        field: Field<T>,
        all: impl Iterator<Item = &'static str> + Clone,
    ) -> Option<Setting<T>> {
        if let Some(value) = field.value {
            return Some(Setting { value, span: field.span });
        }
        self.no_such_word(key, field.span, all);
        None
    }

    fn no_such_word(&mut self, key: &str, span: Span, all: impl Iterator<Item = &'static str> + Clone) {
        let value = self.source.slice(span).trim_matches(['"', '\'']).to_owned();
        let help = match nearest(&value, all.clone()) {
            Some(near) => Text::new("did you mean `{meant}`?").with("meant", near),
            None => Text::new("it takes {words}").with("words", words(all)),
        };
        self.found.push(self.at(&WRONG_SETTING, span).with("key", key).with("value", value).help(help));
    }

    fn texts(&mut self, key: &'static str, field: Field<Texts>) -> Vec<Setting<String>> {
        let whole = field.span;
        let all = self.taken(key, Some(field)).map(|setting| setting.value.all).unwrap_or_default();
        let alone = all.len() == 1;
        all.into_iter()
            .filter_map(|text| {
                let span = if alone && text.span == Span::default() { whole } else { text.span };
                self.taken(key, Some(Field { span, value: text.value }))
            })
            .collect()
    }

    fn patterns(&mut self, key: &'static str, field: Field<Texts>) -> Option<Setting<Patterns>> {
        let span = field.span;
        let before = self.found.len();
        let texts = self.texts(key, field);
        let all: Vec<String> = texts.iter().map(|text| text.value.clone()).collect();
        match Patterns::new(all) {
            Ok(value) => (self.found.len() == before).then_some(Setting { value, span }),
            Err((at, reason)) => {
                let text = texts.get(at)?;
                let finding = self.at(&BAD_PATTERN, text.span).with("pattern", &text.value).with_text("reason", reason);
                self.found.push(finding);
                None
            }
        }
    }

    fn levels(&mut self, rules: Option<&Field<LevelTable>>, groups: Option<&Field<LevelTable>>) -> Levels {
        let mut levels = Levels::default();
        for (name, span, set) in self.table("rules", rules) {
            self.rule(&name, span, set, &mut levels);
        }
        for (name, span, set) in self.table("groups", groups) {
            self.group(&name, span, set, &mut levels);
        }
        levels
    }

    /// The entries of a table of levels, in the order written; one whose level is none is told, and its name is still one to
    /// look at.
    fn table(&mut self, key: &'static str, field: Option<&Field<LevelTable>>) -> Vec<(String, Span, Option<Set>)> {
        let Some(field) = field else { return Vec::new() };
        let Some(table) = &field.value else {
            self.not_written_so(key, field.span);
            return Vec::new();
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span);
        let mut sets = Vec::new();
        for (name, level) in entries {
            if level.value.is_none() {
                self.no_such_word(&name.text, level.span, Level::ALL.iter().map(|level| level.name()));
            }
            sets.push((name.text.clone(), name.span, level.value.map(|value| Set { level: value, span: level.span })));
        }
        sets
    }

    fn rule(&mut self, name: &str, span: Span, set: Option<Set>, levels: &mut Levels) {
        let Some(rule) = catalog::find(name) else {
            let help = match (group(name), catalog::nearest(name)) {
                (Some(_), _) => Text::new("`{key}` is a group of rules: it belongs under `[groups]`").with("key", name),
                (None, Some(rule)) => Text::new("did you mean `{meant}`?").with("meant", rule.name),
                (None, None) => Text::new("`clm rules` lists all rules"),
            };
            self.found.push(self.at(&UNKNOWN_RULE, span).with("rule", name).help(help));
            return;
        };
        let Some(set) = set else { return };
        if let Some(before) = levels.rules.get(rule.code) {
            let before = Place::new(self.id, before.span);
            let finding = self.at(&SET_TWICE, span).with("rule", name).label(before, Text::new("and here"));
            self.found.push(finding);
            return;
        }
        if self.may_set(rule, name, span, set.level) {
            levels.rules.insert(rule.code, set);
        }
    }

    /// Whether a rule may be set so; what may not is told.
    fn may_set(&mut self, rule: &'static Rule, name: &str, span: Span, level: Level) -> bool {
        if rule.group == Group::Conflict {
            let mut finding = self.at(&WRONG_SETTING, span);
            finding.message = Text::new("`{rule}` is not looked for by `clm check`").with("rule", name);
            self.found.push(finding.help(Text::new("take it out: it explains why two manifests do not deal")));
            return false;
        }
        if is_settable(rule) || level == Level::Error {
            return true;
        }
        let finding = self.at(&LOWERED_ERROR, span).with("rule", name).with("level", level.name());
        self.found.push(finding.help(Text::new("take it out: only warnings and notes can be set to something else")));
        false
    }

    fn group(&mut self, name: &str, span: Span, set: Option<Set>, levels: &mut Levels) {
        let Some(group) = group(name) else {
            let all = || Group::ALL.iter().filter(|group| has_settable(**group)).map(|group| group.name());
            let help = match nearest(name, all()) {
                _ if catalog::find(name).is_some() => {
                    Text::new("`{key}` is a rule: it belongs under `[rules]`").with("key", name)
                }
                Some(near) => Text::new("did you mean `{meant}`?").with("meant", near),
                None => Text::new("groups that can be set: {words}").with("words", words(all())),
            };
            self.found.push(self.at(&UNKNOWN_GROUP, span).with("group", name).help(help));
            return;
        };
        if has_settable(group) {
            levels.groups.extend(set.map(|set| (group, set)));
            return;
        }
        let mut finding = self.at(&LOWERED_ERROR, span);
        finding.message = Text::new("there is nothing to set in the group `{group}`").with("group", name);
        self.found.push(finding.help(Text::new("take it out: a manifest that breaks its rules cannot be understood")));
    }

    /// Reads the text of a flag.
    fn flag(&mut self, levels: &mut Levels) {
        let text = self.source.text();
        let Some((name, word)) = text.split_once('=') else {
            let mut finding = self.at(&WRONG_SETTING, Span::new(0, text.len()));
            finding.message = Text::new("`{value}` sets nothing").with("value", text);
            let help = Text::new("write `RULE=LEVEL` or `GROUP=LEVEL`, for example `{example}`");
            self.found.push(finding.help(help.with("example", "need-without-price=off")));
            return;
        };
        let (name_span, word_span) = (Span::new(0, name.len()), Span::new(name.len() + 1, text.len()));
        let level = Level::parse(word);
        if level.is_none() {
            self.no_such_word(name, word_span, Level::ALL.iter().map(|level| level.name()));
        }
        let set = level.map(|level| Set { level, span: word_span });
        // The flag that comes last counts.
        if group(name).is_some() {
            self.group(name, name_span, set, levels);
        } else {
            catalog::find(name).map(|rule| levels.rules.remove(rule.code));
            self.rule(name, name_span, set, levels);
        }
    }
}

/// What keeps a text from being TOML, in words of ours: those of the reader of TOML are for programmers, and English.
fn reason(message: &str) -> Text {
    match message.split([',', '\n']).next().unwrap_or_default() {
        "string values must be quoted" => Text::new("a text stands in quotes"),
        "duplicate key" => Text::new("a key stands twice"),
        "unclosed array" => Text::new("a list is not closed"),
        "unclosed inline table" => Text::new("a brace is not closed"),
        "unclosed table" | "unclosed array table" => Text::new("the name of a table is not closed"),
        "key with no value" | "missing value" | "missing value for key" => Text::new("a key has no value"),
        "invalid unquoted key" | "missing assignment between key-value pairs" | "unexpected key or value" => {
            Text::new("a key is written with letters, digits, `-` and `_`, and `=` stands between it and its value")
        }
        "extra `=`" | "extra assignment between key-value pairs" | "unexpected `=` in array" => {
            Text::new("there is one `=` too many")
        }
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            Text::new("a comma is missing")
        }
        "extra comma in array" | "extra comma in inline table" => Text::new("there is one comma too many"),
        "missing opening quote" | "invalid basic string" | "invalid literal string" => {
            Text::new("a text in quotes is not closed, or holds what cannot stand in quotes")
        }
        "missing escaped value" | "too few unicode value digits" => {
            Text::new("behind a backslash stands what means nothing")
        }
        _ => Text::new("it cannot be read from here on"),
    }
}

/// The group of a name.
fn group(name: &str) -> Option<Group> {
    Group::ALL.iter().copied().find(|group| group.name() == name)
}

fn has_settable(group: Group) -> bool {
    catalog::rules().into_iter().any(|rule| rule.group == group && is_settable(rule))
}

/// The word that was probably meant.
fn nearest<'w>(word: &str, candidates: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let word = word.to_lowercase().replace(['-', ' '], "_");
    let most = near::most(&word);
    candidates
        .filter_map(|candidate| Some((near::within(&word, &candidate.replace('-', "_"), most)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Words in backticks, with commas.
fn words<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
