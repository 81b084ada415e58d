//! The schema of terms, generated from the catalogue: each row becomes a property, with what editors show of it.
//!
//! The catalogue is the only list of terms; here stands only how a domain of each kind may be written. What a domain
//! means is not known here.

use schemars::Schema;
use serde_json::{Map, Value, json};

use crate::vocab::terms::{CUSTOM_AGREEMENT, CUSTOM_LINE, Scope, TERMS, Term, TermKind};

/// How keys look that a coop coins where standard ones stand.
pub(super) const CUSTOM_KEY: &str = "^x_[a-z0-9][a-z0-9_]*$";

/// Adds the terms of `scope` to the properties of a schema.
pub(super) fn add_terms(schema: &mut Schema, scope: Scope) {
    let object = schema.ensure_object();
    let properties = object.entry("properties").or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(properties) = properties {
        for term in TERMS.iter().filter(|term| term.scope == scope) {
            properties.insert(term.name.to_owned(), reference(term.name));
        }
    }
    let custom = match scope {
        Scope::Line => "x_line_term",
        Scope::Agreement => "x_agreement_term",
    };
    object.insert("patternProperties".to_owned(), json!({ CUSTOM_KEY: reference(custom) }));
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// The schema of each row of the catalogue by its name, and of what the rows share; the schemas of lines refer to them.
pub(crate) fn definitions() -> Map<String, Value> {
    let mut out = Map::new();
    for term in TERMS {
        out.insert(term.name.to_owned(), described(term, domain(term)));
    }
    out.insert("x_line_term".to_owned(), described(&CUSTOM_LINE, custom(&CUSTOM_LINE)));
    out.insert("x_agreement_term".to_owned(), described(&CUSTOM_AGREEMENT, custom(&CUSTOM_AGREEMENT)));
    out.insert("costs".to_owned(), costs());
    out
}

/// Adds what editors show of a term.
fn described(term: &Term, schema: Map<String, Value>) -> Value {
    let summary = format!("{}\n\nFor example `{}: {}`", term.summary, term.name, term.example);
    explained(&summary, example(term), schema)
}

/// The example of a row; the catalogue is our own, and a test reads them all.
fn example(term: &Term) -> Option<Value> {
    serde_yaml::from_str(term.example).ok()
}

/// An example for a key inside a domain of a term: what the example of the term says there, or says of its like.
fn example_of(term: &Term, key: &str) -> Option<Value> {
    let ends = ["at_least", "at_most", "multiple_of"];
    match (example(term)?, key) {
        (Value::Object(keys), _) => keys
            .get(key)
            .or_else(|| ends.iter().find_map(|end| keys.get(*end)).filter(|_| ends.contains(&key)))
            .cloned(),
        (Value::Array(options), "value") => options.first().cloned(),
        (scalar @ Value::String(_), _) if key == "value" || ends.contains(&key) => Some(scalar),
        _ => None,
    }
}

/// How the domain of a term may be written. The keywords of each kind of node bind that kind alone, so that the ways
/// need no `anyOf` and a mistake is always a mistake in one of them.
fn domain(term: &Term) -> Map<String, Value> {
    match (term.name, term.kind) {
        ("quantity", _) => of_kinds(&["string", "object"], keys(term, &["at_least", "at_most", "multiple_of"])),
        ("volume", _) => of_kinds(&["string", "object"], keys(term, &["at_least", "at_most"])),
        ("price", _) => of_kinds(&["string", "object"], price(term)),
        ("certificates", _) => of_kinds(&["string", "array"], items(json!({ "type": "string" }))),
        ("properties", _) => {
            let mut schema = Map::new();
            schema.insert("additionalProperties".to_owned(), Value::Object(property(term)));
            of_kinds(&["string", "object"], schema)
        }
        ("credit_share", _) => of_kinds(
            &["string", "object"],
            keys(term, &["in", "at_least", "at_most", "multiple_of", "costs_us", "worth_to_us"]),
        ),
        (_, TermKind::Range) => {
            let names = ["at_least", "at_most", "multiple_of", "costs_us", "worth_to_us"];
            of_kinds(&["string", "object"], keys(term, &names))
        }
        ("delivery", _) => alternatives(term, &["value", "at", "costs_us", "worth_to_us", "points"]),
        // Points weigh the choices of a delivery, not how often it is made.
        ("every", _) => alternatives(term, &["value", "costs_us", "worth_to_us"]),
        _ => alternatives(term, OPTION),
    }
}

/// The keys of an alternative.
const OPTION: &[&str] = &["value", "costs_us", "worth_to_us", "points"];

/// A list of alternatives, or one of them.
fn alternatives(term: &Term, names: &[&str]) -> Map<String, Value> {
    let mut schema = option(term, names);
    let entry = of_kinds(&["string", "object"], schema.clone());
    schema.append(&mut items(explained("one of the alternatives", example_of(term, "value"), entry)));
    of_kinds(&["string", "array", "object"], schema)
}

fn option(term: &Term, names: &[&str]) -> Map<String, Value> {
    let mut schema = keys(term, names);
    schema.insert("required".to_owned(), json!(["value"]));
    schema
}

/// What a term that the coop coins may be: a range, or alternatives.
fn custom(term: &Term) -> Map<String, Value> {
    let names = ["at_least", "at_most", "multiple_of", "value", "costs_us", "worth_to_us", "points"];
    let mut schema = keys(term, &names);
    only_with(&mut schema, "value", OPTION);
    schema.insert("dependentRequired".to_owned(), json!({ "points": ["value"] }));
    let entry = of_kinds(&["string", "object"], option(term, OPTION));
    schema.append(&mut items(explained("one of the alternatives", example_of(term, "value"), entry)));
    of_kinds(&["string", "array", "object"], schema)
}

/// A property: a text, any of several, or a range.
fn property(term: &Term) -> Map<String, Value> {
    let mut schema = keys(term, &["at_least", "at_most", "multiple_of"]);
    schema.append(&mut items(json!({ "type": "string" })));
    of_kinds(&["string", "array", "object"], schema)
}

fn price(term: &Term) -> Map<String, Value> {
    let amount = of_kinds(&["string", "object"], keys(term, &["at_least", "at_most"]));
    let from = Map::from_iter([("type".to_owned(), json!("string"))]);
    let tier = json!({
        "type": "object",
        "properties": {
            "from": explained("from which quantity of one delivery on this price holds", Some(json!("500 box")), from),
            "price": explained("the price from there on: an amount, or a range", Some(json!("820 ARS/box")), amount),
        },
        "required": ["from", "price"],
        "additionalProperties": false,
    });
    let tiers = of_kinds(&["array"], items(tier));
    let example = json!([{ "from": "500 box", "price": "820 ARS/box" }]);
    let mut schema = keys(term, &["at_least", "at_most"]);
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert(
            "tiers".to_owned(),
            explained("prices by the quantity of one delivery, from the smallest on", Some(example), tiers),
        );
    }
    only_with(&mut schema, "tiers", &["tiers"]);
    schema
}

/// Says that where `key` is written only `others` may stand beside it.
fn only_with(schema: &mut Map<String, Value>, key: &str, others: &[&str]) {
    schema.insert("if".to_owned(), json!({ "required": [key] }));
    schema.insert("then".to_owned(), json!({ "propertyNames": { "enum": others } }));
}

/// The keywords of a mapping with keys from those that domains of a term have.
fn keys(term: &Term, names: &[&str]) -> Map<String, Value> {
    let mut properties = Map::new();
    for (name, summary, example) in KEYS.iter().filter(|(name, ..)| names.contains(name)) {
        let schema = if name.ends_with("_us") { ("$ref", json!("#/$defs/costs")) } else { ("type", json!("string")) };
        let schema = Map::from_iter([(schema.0.to_owned(), schema.1)]);
        let example = example_of(term, name).unwrap_or_else(|| Value::from(*example));
        properties.insert((*name).to_owned(), explained(summary, Some(example), schema));
    }
    let mut schema = Map::new();
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema.insert("minProperties".to_owned(), json!(1));
    schema
}

/// The keys of ranges and alternatives, with what editors show of them, and an example where that of the term has none.
static KEYS: &[(&str, &str, &str)] = &[
    ("in", "the circuit, by its name under `circuits`", "punto"),
    ("value", "the alternative itself", "tango"),
    ("at", "the place, where it is not the side's own", "Rosario"),
    ("at_least", "the lower end; it belongs to the range", "40 cm"),
    ("at_most", "the upper end; it belongs to the range", "40 cm"),
    ("multiple_of", "only multiples of this, counted from zero", "10 cm"),
    ("costs_us", "what it costs us: money per delivery or per unit, or a percentage", "2 %"),
    ("worth_to_us", "what it is worth to us: money per unit, or a percentage", "1 %"),
    ("points", "what it is worth to us where no money moves", "3"),
];

/// What a cost may be: one, or several that add up.
fn costs() -> Value {
    Value::Object(of_kinds(&["string", "array"], items(json!({ "type": "string" }))))
}

/// The keywords of a list.
fn items(item: Value) -> Map<String, Value> {
    Map::from_iter([("items".to_owned(), item), ("minItems".to_owned(), json!(1))])
}

/// Says which kinds of node a schema takes.
fn of_kinds(kinds: &[&str], schema: Map<String, Value>) -> Map<String, Value> {
    let kinds = if let [kind] = kinds { json!(kind) } else { json!(kinds) };
    let mut out = Map::from_iter([("type".to_owned(), kinds)]);
    out.extend(schema);
    out
}

pub(super) fn explained(summary: &str, example: Option<Value>, schema: Map<String, Value>) -> Value {
    let mut out = Map::from_iter([("description".to_owned(), json!(summary))]);
    out.extend(example.map(|example| ("examples".to_owned(), json!([example]))));
    out.extend(schema);
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_catalogue_has_an_example_and_can_be_written() {
        let definitions = definitions();
        for term in TERMS {
            let schema = &definitions[term.name];
            assert!(schema.get("examples").is_some(), "the example of {} is not YAML", term.name);
            assert!(schema.get("type").is_some(), "{} is of no kind", term.name);
        }
    }
}
