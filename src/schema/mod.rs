//! JSON Schemas of what is written, generated from the types that read it, and the check of a document against them.
//!
//! What is published here is read by editors and by other people's validators, whatever their reader of YAML makes of
//! `2026-12-01`, `NO` or `30`. What a value means is not known here, only of which kind it is.

pub mod house;
pub mod rules;
pub mod shape;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use schemars::transform::{RecursiveTransform, Transform};
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::manifest::wire;

/// Where the schema of manifests is known by.
const MANIFEST_ID: &str = "https://clm.example/schema/manifest.schema.json";

/// How the names look that coops coin for offers, classes, units and the like.
const NAME: &str = "^[a-z][a-z0-9-]*$";

/// The schema of manifests as it is published. To read it takes a fraction of what generating it takes; a test holds that it is
/// what is generated.
const PUBLISHED: &str = include_str!("../../schema/manifest.schema.json");

/// The same, as the JSON that it is.
pub(crate) fn published() -> Value {
    serde_json::from_str(PUBLISHED).unwrap_or(Value::Bool(true))
}

/// The groups at the top of a manifest, and the keys of each; of those whose entries coops name themselves, none.
pub(crate) static GROUPS: LazyLock<BTreeMap<String, Option<BTreeSet<String>>>> = LazyLock::new(|| {
    let schema = published();
    let group = |(name, written): (&String, &Value)| {
        let reference = written.get("$ref").and_then(Value::as_str).map(|reference| reference.trim_start_matches('#'));
        let group = reference.map_or(Some(written), |reference| schema.pointer(reference))?;
        let is_open = group.get("additionalProperties").is_some_and(Value::is_object);
        let keys = group.get("properties").and_then(Value::as_object).map(|keys| keys.keys().cloned().collect());
        (is_open || keys.is_some()).then(|| (name.clone(), keys.filter(|_| !is_open)))
    };
    schema.get("properties").and_then(Value::as_object).into_iter().flatten().filter_map(group).collect()
});

/// The JSON Schema (draft 2020-12) of a manifest, generated from the types that read one.
pub fn manifest_schema() -> Value {
    let mut schema = SchemaGenerator::default().into_root_schema_for::<wire::Manifest>();
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        definitions.append(&mut wire::definitions());
    }
    RecursiveTransform(name_entries).transform(&mut schema);
    field_decides(&mut schema);
    RecursiveTransform(in_reading_order).transform(&mut schema);
    let Value::Object(body) = schema.to_value() else { return Value::Bool(true) };
    let mut out = Map::new();
    out.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    out.insert("$id".to_owned(), json!(MANIFEST_ID));
    out.extend(body.into_iter().filter(|(key, _)| key != "$schema"));
    Value::Object(out)
}

/// Makes a schema blind to the look of scalars: text, numbers, booleans and dates pass for each other everywhere, and nothing
/// takes a null. For schemas that a document of ours is checked against, since the field decides the type.
pub fn field_decides(schema: &mut Schema) {
    RecursiveTransform(without_null).transform(schema);
    RecursiveTransform(any_scalar).transform(schema);
}

/// Every mapping from names to something is keyed by names that coops coin.
fn name_entries(schema: &mut Schema) {
    if schema.get("additionalProperties").is_some_and(Value::is_object) {
        schema.insert("propertyNames".to_owned(), json!({ "pattern": NAME }));
    }
}

/// An optional key is left out, never null.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(|kind| kind != "null");
    }
    let Some(Value::Array(mut branches)) = schema.remove("anyOf") else { return };
    branches.retain(|branch| branch != &json!({ "type": "null" }));
    match branches.as_mut_slice() {
        [Value::Object(only)] => schema.ensure_object().append(only),
        _ => {
            schema.insert("anyOf".to_owned(), Value::Array(branches));
        }
    }
}

/// Where one kind of scalar may stand, every kind may, even one that a reader has already turned into something that JSON
/// does not know, such as a date: so what is refused is said, not what is taken.
fn any_scalar(schema: &mut Schema) {
    let kinds = match schema.get("type") {
        Some(Value::String(only)) => vec![only.as_str()],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    if !kinds.iter().any(|kind| matches!(*kind, "string" | "integer" | "number" | "boolean")) {
        return;
    }
    let refused: Vec<&str> = ["array", "object", "null"].into_iter().filter(|kind| !kinds.contains(kind)).collect();
    schema.remove("type");
    schema.insert("not".to_owned(), json!({ "type": refused }));
}

/// In which order the keywords of a schema are written, for people who read the file.
const ORDER: &[&str] =
    &["title", "description", "examples", "$ref", "type", "not", "enum", "required", "properties", "items", "$defs"];

/// Where keywords come that are not listed: before the definitions.
const UNRANKED: usize = ORDER.len() - 1;

fn in_reading_order(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    let mut keywords: Vec<(String, Value)> = std::mem::take(object).into_iter().collect();
    let rank = |keyword: &str| {
        let known = ORDER.iter().position(|other| *other == keyword);
        known.map_or(UNRANKED, |rank| if rank < UNRANKED { rank } else { rank + 1 })
    };
    keywords.sort_by(|(a, _), (b, _)| (rank(a), a).cmp(&(rank(b), b)));
    object.extend(keywords);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::codes;
    use crate::vocab::terms::CodeList as C;

    /// The kinds of node that a schema takes, in the words of the chapter.
    fn written_as(root: &Value, schema: &Value) -> String {
        if let Some(reference) = schema.get("$ref") {
            return written_as(root, root.pointer(reference.as_str().unwrap().trim_start_matches('#')).unwrap());
        }
        let lists = |value: Option<&Value>, kind: &str| match value {
            Some(Value::Array(kinds)) => kinds.iter().any(|other| other == kind),
            Some(only) => only == kind,
            None => false,
        };
        let takes = |kind: &str| match schema.get("type") {
            Some(kinds) => lists(Some(kinds), kind),
            None => !lists(schema["not"].get("type"), kind),
        };
        let words = [("string", "value"), ("array", "list"), ("object", "mapping")];
        words.iter().filter(|(kind, _)| takes(kind)).map(|(_, word)| *word).collect::<Vec<_>>().join(" or ")
    }

    #[test]
    fn the_tables_of_the_chapter_are_those_of_the_schema() {
        let root = manifest_schema();
        let chapter = include_str!("../../spec/02-shape.md");
        let sections: Vec<(&str, &str)> =
            chapter.split("\n### ").skip(1).filter_map(|text| text.split_once('\n')).collect();
        let headings = [
            ("Place of a condition", "PlacePattern"),
            ("Agreement", "AgreementTerms"),
            ("Terms for a class", "ClassEntry"),
        ];
        let mut names: Vec<&str> = vec!["Manifest"];
        let is_mapping = |name: &&str| name.starts_with(char::is_uppercase) && *name != "LineTerms";
        names.extend(root["$defs"].as_object().unwrap().keys().map(String::as_str).filter(is_mapping));
        for name in names {
            let schema = if name == "Manifest" { &root } else { &root["$defs"][name] };
            let heading = headings.iter().find(|(_, other)| *other == name).map_or(name, |(heading, _)| heading);
            let section =
                sections.iter().find(|(title, _)| *title == heading).unwrap_or_else(|| panic!("no {heading}")).1;
            let section = section.split("\n## ").next().unwrap();
            let rows: Vec<String> = section
                .lines()
                .filter(|line| line.starts_with("| `"))
                .map(|line| line.split('|').skip(1).take(3).map(str::trim).collect::<Vec<_>>().join("|"))
                .collect();
            let is_term = |key: &str| schema["properties"][key]["$ref"] == format!("#/$defs/{key}");
            let required =
                |key: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|other| other == key));
            let expected: Vec<String> = schema["properties"]
                .as_object()
                .unwrap()
                .iter()
                .filter(|(key, _)| !is_term(key))
                .map(|(key, value)| {
                    format!("`{key}`|{}|{}", if required(key) { "yes" } else { "" }, written_as(&root, value))
                })
                .collect();
            assert_eq!(rows, expected, "{heading}");
        }
    }

    /// Every key that a schema describes, by its path, with what is said of it.
    fn described(schema: &Value, path: &str, out: &mut Vec<(String, Value)>) {
        for keyword in ["properties", "patternProperties", "$defs"] {
            for (key, below) in schema.get(keyword).and_then(Value::as_object).into_iter().flatten() {
                let path = format!("{path}/{keyword}/{key}");
                if keyword == "properties" {
                    out.push((path.clone(), below.clone()));
                }
                described(below, &path, out);
            }
        }
        for keyword in ["items", "additionalProperties"] {
            schema.get(keyword).into_iter().for_each(|below| described(below, &format!("{path}/{keyword}"), out));
        }
    }

    #[test]
    fn the_groups_of_a_manifest_are_those_with_keys() {
        let open: Vec<&str> = GROUPS.iter().filter(|(_, keys)| keys.is_none()).map(|(name, _)| name.as_str()).collect();
        assert_eq!(open, ["circuits", "items", "needs", "offers", "partners", "recipes", "units"]);
        let closed: Vec<&str> =
            GROUPS.iter().filter(|(_, keys)| keys.is_some()).map(|(name, _)| name.as_str()).collect();
        assert_eq!(closed, ["agreement", "coop", "defaults", "operations", "valid"]);
        assert!(GROUPS["agreement"].as_ref().unwrap().contains("law"));
    }

    #[test]
    fn what_is_published_is_what_is_generated() {
        let (published, generated) = (published(), manifest_schema());
        assert!(published == generated, "`CLM_UPDATE=1 cargo test` writes the schema anew");
        assert_eq!(published.to_string(), generated.to_string(), "the order of keywords too");
    }

    #[test]
    fn every_key_has_a_description_and_an_example() {
        let root = manifest_schema();
        let mut keys = Vec::new();
        described(&root, "", &mut keys);
        assert!(keys.len() > 200, "only {} keys found", keys.len());
        for (path, schema) in keys {
            let referred = schema.get("$ref").and_then(|name| root.pointer(name.as_str()?.trim_start_matches('#')));
            let says = |keyword: &str| schema.get(keyword).or_else(|| referred?.get(keyword));
            assert!(says("description").is_some_and(|text| !text.as_str().unwrap_or_default().is_empty()), "{path}");
            assert!(says("examples").is_some_and(|list| list.get(0).is_some()), "{path} has no example");
        }
    }

    #[test]
    fn no_key_and_no_word_of_the_language_is_a_truth_value_to_yaml_1_1() {
        let truths = ["y", "n", "yes", "no", "on", "off", "true", "false"];
        let mut keys = Vec::new();
        described(&manifest_schema(), "", &mut keys);
        let keys = keys.iter().filter_map(|(path, _)| Some(path.rsplit_once('/')?.1.to_owned()));
        let rows = [codes::LEGAL_FORMS, codes::OPERATIONS, codes::DETAILS, codes::LANGUAGES];
        let lists =
            [C::Delivery, C::Weekdays, C::PaymentMethods, C::Disputes, C::PriceRevision, C::LossOfStatus, C::Fairness];
        let rows = rows.into_iter().chain(lists.map(codes::rows)).flatten().map(|row| row.code.to_owned());
        let plain = ["any", "free", "anyone", "per", "after", "within"].into_iter();
        let plain = plain.chain(codes::PLAIN_DELIVERY.map(|(word, _)| word)).map(str::to_owned);
        for word in keys.chain(rows).chain(plain) {
            assert!(!truths.contains(&word.to_lowercase().as_str()), "{word}");
        }
    }

    #[test]
    fn no_keyword_gives_alternatives_a_choice() {
        let text = manifest_schema().to_string();
        for keyword in ["anyOf", "oneOf", "allOf", "\"null\",\"string\""] {
            assert!(!text.contains(keyword), "{keyword}");
        }
    }
}
