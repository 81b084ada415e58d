//! In which order the keys of a mapping stand: that of the schema, and of a line what it is about first.

use std::sync::LazyLock;

use serde_json::Value;

use crate::schema::published;
use crate::syntax::{Entry, Kind};

/// What a line is about, before what it asks and offers.
const FIRST: [&str; 8] = ["item", "name", "with", "valid", "includes", "properties", "certificates", "units"];
/// What holds instead of the rest of a line, behind it.
const LAST: [&str; 2] = ["substitutes", "for"];

/// The part of the schema that describes a node; none where the schema says nothing of it.
#[derive(Clone, Copy)]
pub(super) struct Order(Option<&'static Value>);

static SCHEMA: LazyLock<Value> = LazyLock::new(published);

impl Order {
    /// That of a whole manifest.
    pub(super) fn of_manifest() -> Self {
        Self(Some(&SCHEMA)).resolved()
    }

    fn resolved(self) -> Self {
        let reference = self.0.and_then(|schema| schema.get("$ref")).and_then(Value::as_str);
        match reference.and_then(|path| path.strip_prefix('#')) {
            Some(path) => Self(SCHEMA.pointer(path)),
            None => self,
        }
    }

    /// What describes the value of a key.
    pub(super) fn of_key(self, key: &str) -> Self {
        let known = self.0.and_then(|schema| schema.get("properties")?.get(key));
        let coined = || self.0?.get("patternProperties")?.as_object()?.values().next();
        let named = || self.0?.get("additionalProperties");
        Self(known.or_else(coined).or_else(named)).resolved()
    }

    /// What describes the items of a list.
    pub(super) fn of_items(self) -> Self {
        Self(self.0.and_then(|schema| schema.get("items"))).resolved()
    }

    /// The entries of a mapping in order. Names and keys that coops coin stay in theirs.
    pub(super) fn sorted(self, kind: &Kind) -> Vec<&Entry> {
        let Kind::Mapping(entries) = kind else { return Vec::new() };
        let mut entries: Vec<&Entry> = entries.iter().collect();
        if let Some(keys) = self.0.and_then(|schema| schema.get("properties")).and_then(Value::as_object) {
            let is_line = keys.contains_key("price");
            let at = |all: &[&str], key: &str| all.iter().position(|other| *other == key).filter(|_| is_line);
            entries.sort_by_key(|entry| {
                let key = entry.key.as_str();
                match (at(&FIRST, key), keys.keys().position(|other| other == key), at(&LAST, key)) {
                    (Some(at), ..) => (0, at),
                    (_, _, Some(at)) => (3, at),
                    (_, Some(at), _) => (1, at),
                    (None, None, None) => (2, 0),
                }
            });
        }
        entries
    }
}
