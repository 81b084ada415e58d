//! The shape of a settings file as it is written, from which its JSON Schema follows.
//!
//! Every value keeps its place, and one that is not what is due there is kept as such, so that all mistakes of a file are
//! told in one run. What the values mean together is not known here.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};
use toml::Spanned;

use super::is_settable;
use crate::catalog;
use crate::diagnostic::{Group, Severity};
use crate::i18n::Lang;
use crate::source::Span;

/// What a rule, or a group of rules, is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is not looked for.
    Off,
    /// Worth knowing.
    Info,
    /// Probably not what was meant.
    Warning,
    /// It fails the check.
    Error,
}

impl Level {
    /// All levels, from the least on.
    pub const ALL: &'static [Self] = &[Self::Off, Self::Info, Self::Warning, Self::Error];

    /// The word for it.
    pub fn name(self) -> &'static str {
        self.severity().map_or("off", Severity::name)
    }

    /// The level of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.name() == word)
    }

    /// How much a finding of this level matters; none where it is not looked for.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Info => Self::Info,
            Severity::Warning => Self::Warning,
            Severity::Error => Self::Error,
        }
    }
}

/// From which findings on a check fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors alone.
    #[default]
    Error,
    /// Warnings too.
    Warning,
    /// Everything that is found.
    Info,
    /// Nothing that is found.
    Never,
}

impl FailOn {
    /// All of them, from the mildest rule on.
    pub const ALL: &'static [Self] = &[Self::Error, Self::Warning, Self::Info, Self::Never];

    /// The word for it.
    pub fn name(self) -> &'static str {
        self.least().map_or("never", Severity::name)
    }

    /// The one of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|on| on.name() == word)
    }

    /// The least severity that fails a check; none where nothing does.
    pub fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// A language in which findings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spoken(pub Lang);

impl<'de> Deserialize<'de> for Spoken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(deserializer)?;
        Lang::parse(&tag).map(Self).ok_or_else(|| serde::de::Error::custom("an unknown language"))
    }
}

impl JsonSchema for Spoken {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Spoken".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let codes = Lang::ALL.iter().map(|lang| lang.code()).collect::<Vec<_>>().join("|");
        schemars::json_schema!({ "type": "string", "pattern": format!("^({codes})([-_].*)?$") })
    }
}

/// A value with its place; without a value where what stands there is not what is due.
#[derive(Clone, Debug)]
pub(super) struct Field<T> {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Option<T>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Attempt<T>(Option<T>);
        impl<'de, T: Deserialize<'de>> Deserialize<'de> for Attempt<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self(T::deserialize(deserializer).ok()))
            }
        }
        let read = Spanned::<Attempt<T>>::deserialize(deserializer)?;
        let span = read.span();
        Ok(Self { span: Span::new(span.start, span.end), value: read.into_inner().0 })
    }
}

impl<T: JsonSchema> JsonSchema for Field<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

/// A key that the writer chose, with its place.
#[derive(Clone, Debug, Eq)]
pub(super) struct Name {
    /// The key.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Spanned::<String>::deserialize(deserializer)?;
        let span = read.span();
        Ok(Self { span: Span::new(span.start, span.end), text: read.into_inner() })
    }
}

impl JsonSchema for Name {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Name".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<String>()
    }
}

/// Rules by code or name, or groups by name, and what each is set to.
pub(super) type LevelTable = BTreeMap<Name, Field<Level>>;

/// One text or several.
#[derive(Clone, Debug)]
pub(super) struct Texts {
    /// Each with its place; one that stands alone has that of the whole.
    pub all: Vec<Field<String>>,
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrSeveral;
        impl<'de> Visitor<'de> for OneOrSeveral {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts { all: vec![Field { span: Span::default(), value: Some(text.to_owned()) }] })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Texts, A::Error> {
                let mut all = Vec::new();
                while let Some(item) = items.next_element()? {
                    all.push(item);
                }
                Ok(Texts { all })
            }
        }
        deserializer.deserialize_any(OneOrSeveral)
    }
}

impl JsonSchema for Texts {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Texts".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["string", "array"], "items": { "type": "string" } })
    }
}

/// Settings of `clm check`. Paths are taken from the folder of this file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(title = "Settings of clm check", deny_unknown_fields)]
pub(super) struct File {
    /// How much rules matter, by name or code. A rule goes before its group.
    #[schemars(extend("examples" = [{ "need-without-price": "off" }]))]
    pub rules: Option<Field<LevelTable>>,
    /// How much all rules of a group matter.
    #[schemars(extend("examples" = [{ "clarity": "info" }]))]
    pub groups: Option<Field<LevelTable>>,
    /// Other levels for some paths. The last entry that fits a file and speaks of a rule goes before the others.
    #[schemars(extend("examples" = [[{ "match": ["drafts/**"], "groups": { "clarity": "info" } }]]))]
    pub paths: Option<Field<Vec<Field<PathEntry>>>>,
    /// Manifests that a folder does not stand for; `*` stands for any name, `**` for any number of folders.
    #[schemars(extend("examples" = [["vendor/**"]]))]
    pub exclude: Option<Field<Texts>>,
    /// Files of house rules: what a federation asks of its members, as JSON Schema.
    #[schemars(extend("examples" = ["federation.schema.json"]))]
    pub schema: Option<Field<Texts>>,
    /// From which findings on the check fails.
    #[schemars(extend("examples" = ["warning"]))]
    pub fail_on: Option<Field<FailOn>>,
    /// In which language findings are told.
    #[schemars(extend("examples" = ["es"]))]
    pub lang: Option<Field<Spoken>>,
    /// The file that lists the findings that were there before and do not count.
    #[schemars(extend("examples" = [".clm-baseline.json"]))]
    pub baseline: Option<Field<String>>,
}

/// Levels for some paths.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields, extend("required" = ["match"]))]
pub(super) struct PathEntry {
    /// For which paths: `*` stands for any name, `**` for any number of folders; what fits a folder fits all in it.
    #[serde(rename = "match")]
    #[schemars(extend("examples" = [["drafts/**"]]))]
    pub matches: Option<Field<Texts>>,
    /// How much rules matter there, by name or code.
    #[schemars(extend("examples" = [{ "need-without-price": "off" }]))]
    pub rules: Option<Field<LevelTable>>,
    /// How much all rules of a group matter there.
    #[schemars(extend("examples" = [{ "clarity": "info" }]))]
    pub groups: Option<Field<LevelTable>>,
}

/// Where the schema of settings is known by.
const SETTINGS_ID: &str = "https://clm.example/schema/settings.schema.json";

/// The JSON Schema (draft 2020-12) of a settings file, for editors that complete TOML.
pub fn settings_schema() -> Value {
    let mut schema = SchemaGenerator::default().into_root_schema_for::<File>();
    for pointer in ["/properties", "/$defs/PathEntry/properties"] {
        if let Some(Value::Object(properties)) = schema.pointer_mut(pointer) {
            name_what_there_is(properties);
        }
    }
    let Value::Object(body) = schema.to_value() else { return Value::Bool(true) };
    let mut out = Map::new();
    out.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    out.insert("$id".to_owned(), json!(SETTINGS_ID));
    out.extend(body.into_iter().filter(|(key, _)| key != "$schema"));
    without_null(Value::Object(out))
}

/// Lists the rules and groups that can be set, so that an editor proposes them.
fn name_what_there_is(properties: &mut Map<String, Value>) {
    let level = json!({ "$ref": "#/$defs/Level" });
    let settable: Vec<_> = catalog::rules().into_iter().filter(|rule| is_settable(rule)).collect();
    let rules: Map<_, _> = settable
        .iter()
        .map(|rule| (rule.name.to_owned(), json!({ "description": rule.summary, "$ref": "#/$defs/Level" })))
        .collect();
    let groups: Map<_, _> = Group::ALL
        .iter()
        .filter(|group| settable.iter().any(|rule| rule.group == **group))
        .map(|group| (group.name().to_owned(), level.clone()))
        .collect();
    let codes = json!({ "^[Cc][Ll][Mm][0-9]{4}$": level });
    let tables = [
        ("rules", json!({ "properties": rules, "patternProperties": codes })),
        ("groups", json!({ "properties": groups })),
    ];
    for (key, table) in tables {
        let (Some(Value::Object(schema)), Value::Object(table)) = (properties.get_mut(key), table) else { continue };
        schema.retain(|keyword, _| matches!(keyword.as_str(), "description" | "examples"));
        schema.insert("type".to_owned(), json!("object"));
        schema.extend(table);
        schema.insert("additionalProperties".to_owned(), json!(false));
    }
}

/// TOML has no null: a setting is left out.
fn without_null(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let null = json!({ "type": "null" });
            Value::Array(items.into_iter().filter(|item| *item != null && *item != "null").map(without_null).collect())
        }
        Value::Object(entries) => {
            let mut entries: Map<_, _> = entries.into_iter().map(|(key, value)| (key, without_null(value))).collect();
            entries.retain(|key, value| !(key == "default" && value.is_null()));
            if let Some([Value::Object(only)]) = entries.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
                let only = only.clone();
                entries.remove("anyOf");
                entries.extend(only);
            }
            if let Some([only]) = entries.get("type").and_then(Value::as_array).map(Vec::as_slice) {
                let only = only.clone();
                entries.insert("type".to_owned(), only);
            }
            Value::Object(entries)
        }
        other => other,
    }
}
