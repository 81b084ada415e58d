//! Places in a schema: which subschemas speak of the node that an error is about, and where each key is known.

use std::collections::BTreeMap;

use jsonschema::paths::Location;
use serde_json::{Map, Value};

/// What a schema says of one node: the subschemas that apply to it, from the one that names it to the one that failed.
#[derive(Clone)]
pub(super) struct Site<'s> {
    chain: Vec<&'s Map<String, Value>>,
    required: bool,
    /// What stands behind a name in an example of the group in which the node has a name.
    named: Option<&'s Value>,
}

impl<'s> Site<'s> {
    /// Follows the path of a failed keyword from the root of the schema.
    pub(super) fn of(schema: &'s Value, path: &Location) -> Self {
        let mut site = Self { chain: schema.as_object().into_iter().collect(), required: true, named: None };
        let mut at = schema;
        let mut segments = path.segments();
        while let Some(segment) = segments.next() {
            let segment = segment.to_string();
            let mut name = None;
            let (next, same_node) = match segment.as_str() {
                "$ref" => (resolve(schema, at), true),
                "properties" | "patternProperties" => {
                    name = segments.next().map(|name| name.to_string());
                    (name.as_deref().and_then(|name| at.get(&segment)?.get(name)), false)
                }
                "allOf" | "anyOf" | "oneOf" => {
                    let index = segments.next().and_then(|index| index.to_string().parse::<usize>().ok());
                    (index.and_then(|index| at.get(&segment)?.get(index)), true)
                }
                "items" | "additionalProperties" => (at.get(&segment), false),
                "then" | "else" | "propertyNames" => (at.get(&segment), true),
                _ => (None, true),
            };
            let Some(next) = next.filter(|next| next.is_object()) else { break };
            if !same_node {
                let of_names = segment == "additionalProperties";
                site.named = site.get("examples").filter(|_| of_names).and_then(|examples| {
                    let example = examples.get(0)?.as_object()?;
                    example.values().next()
                });
                site.chain.clear();
                site.required = name.is_some_and(|name| requires(at, &name));
            }
            site.chain.extend(next.as_object());
            at = next;
        }
        site
    }

    /// The value of a keyword, from the subschema that names the node on.
    pub(super) fn get(&self, keyword: &str) -> Option<&'s Value> {
        self.chain.iter().find_map(|schema| schema.get(keyword))
    }

    /// Whether the node has to be there.
    pub(super) fn is_required(&self) -> bool {
        self.required
    }

    /// The subschema that lists the keys of the node.
    fn owner(&self) -> Option<&'s Map<String, Value>> {
        self.chain.iter().rev().copied().find(|schema| schema.contains_key("properties"))
    }

    /// The keys that the node may have.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        let properties = self.owner().and_then(|schema| schema.get("properties")).and_then(Value::as_object);
        properties.into_iter().flat_map(|properties| properties.keys().map(String::as_str))
    }

    /// The key of a list whose entries have all of these keys, and have to have no other.
    pub(super) fn list_of(&self, keys: &[String]) -> Option<&'s str> {
        let is_entry = |schema: &Value| {
            let Some(entry) = schema.get("items") else { return false };
            let required = entry.get("required").and_then(Value::as_array).filter(|_| entry.get("type").is_some());
            required.is_some_and(|required| {
                !required.is_empty() && required.iter().all(|key| keys.iter().any(|own| key == own))
            }) && keys.iter().all(|key| entry.get("properties").is_some_and(|known| known.get(key).is_some()))
        };
        let properties = self.owner()?.get("properties")?.as_object()?;
        properties.iter().find(|(_, schema)| is_entry(schema)).map(|(key, _)| key.as_str())
    }

    /// Whether coops may coin keys here.
    pub(super) fn takes_coined_keys(&self) -> bool {
        self.owner().is_some_and(|schema| schema.contains_key("patternProperties"))
    }

    /// An example of the node itself: its own, or a mapping with what it has to have.
    pub(super) fn example(&self) -> Option<Value> {
        if let Some(example) = self.get("examples").and_then(|examples| examples.get(0)) {
            return Some(example.clone());
        }
        let required =
            |schema: &&'s Map<String, Value>| schema.get("required").or_else(|| schema.get("else")?.get("required"));
        let Some(keys) = self.chain.iter().rev().find_map(required) else { return self.named.cloned() };
        let keys = keys.as_array()?;
        let entry = |key: &Value| Some((key.as_str()?.to_owned(), self.example_of(key.as_str()?)?.clone()));
        let entries: Map<String, Value> = keys.iter().filter_map(entry).collect();
        (!entries.is_empty()).then_some(Value::Object(entries))
    }

    /// An example of the value of a key.
    pub(super) fn example_of(&self, key: &str) -> Option<&'s Value> {
        self.owner()?.get("properties")?.get(key)?.get("examples")?.get(0)
    }

    /// The key whose presence turns another form on.
    pub(super) fn switch(&self) -> Option<&'s str> {
        self.chain.iter().rev().find_map(|schema| schema.get("if"))?.get("required")?.get(0)?.as_str()
    }
}

fn requires(schema: &Value, key: &str) -> bool {
    schema.get("required").and_then(Value::as_array).is_some_and(|required| required.iter().any(|other| other == key))
}

/// What a `$ref` inside the same schema means.
fn resolve<'s>(schema: &'s Value, at: &'s Value) -> Option<&'s Value> {
    schema.pointer(at.get("$ref")?.as_str()?.strip_prefix('#')?)
}

/// Where each key is known: paths from the root, `*` for a name or an item, shortest first.
pub(super) struct KnownKeys(BTreeMap<String, Vec<Vec<String>>>);

/// Deeper than this no key is looked for; conditions go on without end.
const DEPTH: usize = 4;

impl KnownKeys {
    /// Collects the keys of a schema.
    pub(super) fn of(schema: &Value) -> Self {
        let mut known = Self(BTreeMap::new());
        let mut level = vec![(schema, Vec::new())];
        while !level.is_empty() {
            level = level.into_iter().flat_map(|(at, path)| known.enter(schema, at, &path)).collect();
        }
        known
    }

    /// Notes the keys of one subschema and gives what lies below it.
    fn enter<'s>(&mut self, schema: &'s Value, at: &'s Value, path: &[String]) -> Vec<(&'s Value, Vec<String>)> {
        if path.len() > DEPTH {
            return Vec::new();
        }
        let at = resolve(schema, at).unwrap_or(at);
        let below = |name: &str| path.iter().cloned().chain([name.to_owned()]).collect::<Vec<_>>();
        let mut next = Vec::new();
        for (key, value) in at.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let paths = self.0.entry(key.clone()).or_default();
            if !paths.iter().any(|known| known == path) {
                paths.push(path.to_vec());
            }
            next.push((value, below(key)));
        }
        for keyword in ["additionalProperties", "items"] {
            next.extend(at.get(keyword).filter(|value| value.is_object()).map(|value| (value, below("*"))));
        }
        next
    }

    /// The paths under which a key is known.
    pub(super) fn paths(&self, key: &str) -> &[Vec<String>] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }
}
