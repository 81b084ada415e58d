//! Keywords of a house's schema that are none of JSON Schema but for a slip: they would be notes, and ask nothing of anybody.

use super::demand::{HELP, MESSAGE, SEVERITY};
use crate::diagnostic::{Diagnostic, Text};
use crate::input::settings::BROKEN_HOUSE_RULES;
use crate::near;
use crate::syntax::{Document, Kind, NodeId};

/// Keywords behind which a schema stands, or a list of them.
const OF_SCHEMAS: [&str; 18] = [
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "contains",
    "contentSchema",
    "else",
    "extends",
    "if",
    "items",
    "not",
    "oneOf",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "disallow",
];

/// Keywords behind which schemas stand under names.
const OF_NAMES: [&str; 6] =
    ["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"];

/// Keywords behind which something else stands.
const OTHERS: [&str; 48] = [
    "$anchor",
    "$comment",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveAnchor",
    "$recursiveRef",
    "$ref",
    "$schema",
    "$vocabulary",
    "const",
    "contentEncoding",
    "contentMediaType",
    "default",
    "dependentRequired",
    "deprecated",
    "description",
    "divisibleBy",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "id",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "discriminator",
    "externalDocs",
    "nullable",
    "xml",
    "markdownDescription",
];

/// What is wrong with the keywords of a schema, in order of place.
pub(super) fn slips(schema: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    look(schema, schema.root(), &mut found);
    if found.is_empty() && is_something_else(schema) {
        let finding = Diagnostic::new(&BROKEN_HOUSE_RULES, schema.place(schema.root()));
        found.push(
            finding.message(Text::new("no key of this file is a keyword of JSON Schema, so that it asks nothing")),
        );
    }
    found
}

/// Whether a file has keys and none of a schema: a manifest, say, that was named by mistake.
fn is_something_else(schema: &Document) -> bool {
    let Kind::Mapping(entries) = schema.kind(schema.root()) else { return false };
    let known = |key: &str| OF_SCHEMAS.contains(&key) || OF_NAMES.contains(&key) || OTHERS.contains(&key);
    !entries.is_empty() && !entries.iter().any(|entry| known(entry.key.as_str()))
}

/// Looks through a schema, or a list of schemas.
fn look(schema: &Document, node: NodeId, found: &mut Vec<Diagnostic>) {
    let entries = match schema.kind(node) {
        Kind::Mapping(entries) => entries,
        Kind::List(items) => return items.iter().for_each(|item| look(schema, *item, found)),
        Kind::Null | Kind::Scalar(_) => return,
    };
    for entry in entries {
        let key = entry.key.as_str();
        if OF_SCHEMAS.contains(&key) {
            look(schema, entry.value, found);
        } else if OF_NAMES.contains(&key) {
            let Kind::Mapping(named) = schema.kind(entry.value) else { continue };
            named.iter().for_each(|named| look(schema, named.value, found));
        } else if let Some(meant) = meant(key) {
            let place = schema.key_place(entry.value);
            let finding = Diagnostic::new(&BROKEN_HOUSE_RULES, place).node(schema.address(entry.value));
            let text = Text::new("`{key}` is no keyword of JSON Schema, so that it asks nothing").with("key", key);
            found.push(finding.message(text).help(Text::new("did you mean `{meant}`?").with("meant", meant)));
        }
    }
}

/// The keyword that a key is but for a slip, or for how its words are joined; none for one of the schema's own.
fn meant(key: &str) -> Option<String> {
    let own = [SEVERITY, MESSAGE, HELP].into_iter().flat_map(|key| [key.to_owned(), format!("{key}-es")]);
    let own: Vec<String> = own.filter(|key| key != "x-clm-severity-es").collect();
    if own.iter().any(|own| own == key) || OTHERS.contains(&key) {
        return None;
    }
    if key.starts_with("x-clm") {
        return own.into_iter().min_by_key(|own| near::distance(own, key));
    }
    if key.starts_with("x-") {
        return None;
    }
    let bare = |word: &str| word.replace(['-', '_', ' ', '$'], "").to_lowercase();
    let most = if key.chars().count() < LONG { 1 } else { 2 };
    let key = bare(key);
    let distance = |known: &str| {
        let known = bare(known);
        // Many a word is one letter from a short one, or is a note that names several.
        let is_note =
            known.len() < SHORTEST && letters(&known) != letters(&key) || key.strip_suffix('s') == Some(&known);
        near::within(&key, &known, most).filter(|_| !is_note)
    };
    let all = OF_SCHEMAS.iter().chain(&OF_NAMES).chain(&OTHERS);
    let near = all.filter_map(|known| Some((distance(known)?, *known)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known.to_owned())
}

/// Of keywords of fewer letters only two that changed places are told.
const SHORTEST: usize = 6;

/// The letters of a word, in order.
fn letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// From so many letters on two may be wrong.
const LONG: usize = 9;

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_keyword_is_known_but_for_a_slip() {
        for (key, keyword) in [
            ("requried", "required"),
            ("propertys", "properties"),
            ("min_length", "minLength"),
            ("Pattern", "pattern"),
            ("ref", "$ref"),
            ("additonalPropertes", "additionalProperties"),
            ("x-clm-mesage", "x-clm-message"),
            ("itmes", "items"),
        ] {
            assert_eq!(meant(key).as_deref(), Some(keyword), "{key}");
        }
        for key in [
            "required",
            "x-owner",
            "x-clm-help-es",
            "note",
            "since",
            "iff",
            "$comment",
            "rev",
            "when",
            "titles",
            "patterns",
        ] {
            assert_eq!(meant(key), None, "{key}");
        }
    }
}
