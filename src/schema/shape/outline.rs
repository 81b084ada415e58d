//! Whether a manifest is of the right shape, asked without compiling a validator: most are, and then nothing has to be told.
//!
//! It reads the keywords that the published schema uses and refuses to be made of any other, so it says yes only where the
//! validator does. Compiling one takes several times as long as all else that a check of one file does. What is wrong where
//! it says no is not known here.

use std::fmt;

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use jsonschema::JsonType;
use jsonschema::json::Node;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use smol_str::SmolStr;

use crate::by_name::ByName;
use crate::manifest::names;
use crate::schema::tree::{OwnTree, TreeNode};
use crate::syntax::{Document, Entry, Kind, NodeId};

/// Where a reference leads: to a definition of the same schema.
const DEFINITIONS: &str = "#/$defs/";

/// A schema of ours with its definitions, to be asked for yes or no.
pub(super) struct Outline(Box<Keywords>);

impl Outline {
    /// Reads a schema.
    ///
    /// # Errors
    ///
    /// If it has a keyword that is not known here.
    pub(super) fn read(schema: &str) -> Result<Self, String> {
        serde_json::from_str(schema).map(Self).map_err(|error| error.to_string())
    }

    /// Whether a document is what the schema asks.
    pub(super) fn takes(&self, document: &Document) -> bool {
        self.0.take(&self.0.definitions, TreeNode::In(document, document.root()))
    }
}

type Definitions = ByName<Schema>;

/// A schema within a schema.
enum Schema {
    /// It takes everything or nothing.
    Always(bool),
    Keywords(Box<Keywords>),
}

/// What a schema asks; a keyword that is not written asks nothing.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Keywords {
    #[serde(default, rename = "$defs")]
    definitions: Definitions,
    #[serde(rename = "$ref")]
    reference: Option<SmolStr>,
    r#type: Option<Kinds>,
    not: Option<Schema>,
    r#enum: Option<Vec<Value>>,
    pattern: Option<Pattern>,
    r#if: Option<Schema>,
    then: Option<Schema>,
    r#else: Option<Schema>,
    // Of lists.
    items: Option<Schema>,
    #[serde(default)]
    min_items: usize,
    // Of mappings.
    #[serde(default)]
    required: Vec<SmolStr>,
    #[serde(default)]
    dependent_required: ByName<Vec<SmolStr>>,
    #[serde(default)]
    properties: ByName<Schema>,
    #[serde(default)]
    pattern_properties: IndexMap<Pattern, Schema, RandomState>,
    additional_properties: Option<Schema>,
    property_names: Option<Schema>,
    #[serde(default)]
    min_properties: usize,
    // What only people and editors read.
    #[serde(default, rename = "$schema")]
    _dialect: IgnoredAny,
    #[serde(default, rename = "$id")]
    _id: IgnoredAny,
    #[serde(default, rename = "title")]
    _title: IgnoredAny,
    #[serde(default, rename = "description")]
    _description: IgnoredAny,
    #[serde(default, rename = "examples")]
    _examples: IgnoredAny,
}

impl Schema {
    fn takes(&self, definitions: &Definitions, node: TreeNode<'_>) -> bool {
        match self {
            Self::Always(verdict) => *verdict,
            Self::Keywords(keywords) => keywords.take(definitions, node),
        }
    }
}

impl Keywords {
    fn take(&self, definitions: &Definitions, node: TreeNode<'_>) -> bool {
        let takes = |schema: &Schema| schema.takes(definitions, node);
        let is_known = |reference: &SmolStr| {
            let name = reference.strip_prefix(DEFINITIONS);
            name.and_then(|name| definitions.get(name)).is_some_and(takes)
        };
        let depends = |condition: &Schema| {
            let consequence = if takes(condition) { &self.then } else { &self.r#else };
            consequence.as_ref().is_none_or(takes)
        };
        self.r#type.as_ref().is_none_or(|kinds| kinds.hold(node))
            && self.not.as_ref().is_none_or(|schema| !takes(schema))
            && self.reference.as_ref().is_none_or(is_known)
            && self.r#enum.as_ref().is_none_or(|options| options.iter().any(|option| is(node, option)))
            && self.pattern.is_none_or(|pattern| node.text().is_none_or(|text| pattern.fits(text)))
            && self.r#if.as_ref().is_none_or(depends)
            && match (node, node.kind()) {
                (TreeNode::In(document, _), Some(Kind::List(items))) => self.take_list(definitions, document, items),
                (TreeNode::In(document, _), Some(Kind::Mapping(entries))) => {
                    self.take_mapping(definitions, document, entries)
                }
                _ => true,
            }
    }

    fn take_list(&self, definitions: &Definitions, document: &Document, items: &[NodeId]) -> bool {
        let takes = |schema: &Schema| items.iter().all(|item| schema.takes(definitions, TreeNode::In(document, *item)));
        items.len() >= self.min_items && self.items.as_ref().is_none_or(takes)
    }

    fn take_mapping(&self, definitions: &Definitions, document: &Document, entries: &[Entry]) -> bool {
        let has = |key: &SmolStr| entries.iter().any(|entry| entry.key == *key);
        entries.len() >= self.min_properties
            && self.required.iter().all(has)
            && self.dependent_required.iter().all(|(key, others)| !has(key) || others.iter().all(has))
            && entries.iter().all(|entry| self.take_entry(definitions, document, entry))
    }

    fn take_entry(&self, definitions: &Definitions, document: &Document, entry: &Entry) -> bool {
        let name = TreeNode::Name(&entry.key);
        let takes = |schema: &Schema| schema.takes(definitions, TreeNode::In(document, entry.value));
        let fitting = self.pattern_properties.iter().filter(|(pattern, _)| pattern.fits(&entry.key));
        let mut described = self.properties.get(&entry.key).into_iter().chain(fitting.map(|(_, schema)| schema));
        self.property_names.as_ref().is_none_or(|schema| schema.takes(definitions, name))
            && match described.next() {
                Some(schema) => takes(schema) && described.all(takes),
                None => self.additional_properties.as_ref().is_none_or(takes),
            }
    }
}

fn is(node: TreeNode<'_>, option: &Value) -> bool {
    Node::<OwnTree>::equals_value(&node, option)
}

/// The kinds of node that `type` lists.
struct Kinds(Vec<JsonType>);

impl Kinds {
    fn hold(&self, node: TreeNode<'_>) -> bool {
        self.0.contains(&Node::<OwnTree>::json_type(&node))
    }
}

/// The patterns of names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
enum Pattern {
    /// That a coop coins.
    #[serde(rename = "^[a-z][a-z0-9-]*$")]
    Coined,
    /// Of a key of its own.
    #[serde(rename = "^x_[a-z0-9][a-z0-9_]*$")]
    OwnKey,
}

impl Pattern {
    fn fits(self, text: &str) -> bool {
        match self {
            Self::Coined => names::is_name(text),
            Self::OwnKey => text.strip_prefix("x_").is_some_and(|rest| {
                !rest.is_empty()
                    && !rest.starts_with('_')
                    && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            }),
        }
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByKind;
        impl<'de> Visitor<'de> for ByKind {
            type Value = Schema;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a schema")
            }

            fn visit_bool<E: de::Error>(self, verdict: bool) -> Result<Schema, E> {
                Ok(Schema::Always(verdict))
            }

            fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Schema, A::Error> {
                Deserialize::deserialize(MapAccessDeserializer::new(entries)).map(Schema::Keywords)
            }
        }
        deserializer.deserialize_any(ByKind)
    }
}

impl<'de> Deserialize<'de> for Kinds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Kinds;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a kind or a list of kinds")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Kinds, E> {
                kind(word).map(|kind| Kinds(vec![kind]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut words: A) -> Result<Kinds, A::Error> {
                let mut kinds = Vec::new();
                while let Some(word) = words.next_element::<&str>()? {
                    kinds.push(kind(word)?);
                }
                Ok(Kinds(kinds))
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}

fn kind<E: de::Error>(word: &str) -> Result<JsonType, E> {
    word.parse().map_err(|_| E::custom(format_args!("`{word}` is no kind")))
}
