//! The keys that come from the term catalogue: on lines, in `defaults`, in `for` and under `agreement`.
//!
//! The catalogue is the only list of terms. What is written here says once how a mapping with terms is read, and how
//! each row of the catalogue becomes a property of the schema. What a domain means is not known here.

use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value, json};

use super::{Domain, Named, OneOrMany, Properties, Scalar, Substitute, Window};
use crate::syntax::At;
use crate::vocab::terms::{
    CUSTOM_AGREEMENT, CUSTOM_LINE, Scope, TERMS, Term, TermKind, Values, term,
};

/// The terms of a mapping, in the order in which they are written.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Every term but `properties`, by its key: a name of the catalogue, or `x_` and what the coop coined.
    pub entries: IndexMap<String, At<Domain>>,
    /// What the item is like, or must be like.
    pub properties: Option<At<Properties>>,
}

impl Terms {
    /// Takes the value of `key` if it is a term of `scope`; gives whether it was.
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        scope: Scope,
        key: &str,
        map: &mut A,
    ) -> Result<bool, A::Error> {
        if term(scope, key).is_none() {
            return Ok(false);
        }
        if key == "properties" {
            self.properties = map.next_value()?;
        } else if let Some(domain) = map.next_value::<Option<At<Domain>>>()? {
            self.entries.insert(key.to_owned(), domain);
        }
        Ok(true)
    }
}

/// Declares a mapping that holds terms besides keys of its own. Serde's `flatten` would lose the places of nodes and
/// the schema's closedness, so reading is spelled out once, here.
macro_rules! with_terms {
    ($scope:ident; $(#[$meta:meta])* pub struct $name:ident {
        $($(#[$field_meta:meta])* $key:literal => pub $field:ident: $type:ty,)*
    }) => {
        #[derive(Clone, Debug, Default, JsonSchema)]
        $(#[$meta])*
        #[schemars(default, deny_unknown_fields, transform = |schema: &mut Schema| add_terms(schema, Scope::$scope))]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            /// Its terms.
            #[schemars(skip)]
            pub terms: Terms,
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Entries;
                impl<'de> Visitor<'de> for Entries {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a mapping with terms")
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        let mut out = $name::default();
                        while let Some(key) = map.next_key::<String>()? {
                            match key.as_str() {
                                $($key => out.$field = map.next_value()?,)*
                                other => {
                                    if !out.terms.read(Scope::$scope, other, &mut map)? {
                                        map.next_value::<IgnoredAny>()?;
                                    }
                                }
                            }
                        }
                        Ok(out)
                    }
                }
                deserializer.deserialize_map(Entries)
            }
        }
    };
}

with_terms! { Line;
    /// Something that the coop sells or gives; with `includes` it is a package of other offers.
    #[schemars(extend("if" = json!({ "required": ["includes"] }), "then" = json!({ "propertyNames": { "enum": PACKAGE_KEYS } }),
        "else" = json!({ "required": ["item"] })))]
    pub struct Offer {
        /// All codes that it is.
        #[schemars(example = json!(["sku:kraft-box-40x30x20", "cpv:44617100"]))]
        "item" => pub item: Option<At<OneOrMany>>,
        /// The name for people.
        #[schemars(example = &"Kraft box 40 × 30 × 20")]
        "name" => pub name: Scalar,
        /// For whom: a class of `partners`, several, or `anyone`; the manifest's `with` where it is not written.
        #[schemars(example = &"sisters")]
        "with" => pub with: Option<At<OneOrMany>>,
        /// When it can be had; both days are included.
        #[schemars(example = json!({ "from": "2027-01-15", "until": "2027-03-31" }))]
        "valid" => pub valid: Option<At<Window>>,
        /// Words for units that this offer uses, with what one of them is.
        #[schemars(example = json!({ "box": ["1 each", "0.614 kg"] }))]
        "units" => pub units: Named<OneOrMany>,
        /// Terms for a class of partners; the first entry whose class fits replaces the terms that it writes.
        #[schemars(extend("minItems" = 1), example = json!([{ "with": "sisters", "payment_days": { "at_most": "90 days" } }]))]
        "for" => pub r#for: Option<At<Vec<At<ClassEntry>>>>,
        /// Makes it a package: how much of each of our offers it holds, all or nothing.
        #[schemars(extend("minProperties" = 1), example = json!({ "kraft-box": "2000 box", "printing": "8 hour" }))]
        "includes" => pub includes: Named<String>,
    }
}

with_terms! { Line;
    /// Something that the coop buys or takes.
    pub struct Need {
        /// Codes of what would do, any of them.
        #[schemars(required, example = json!(["hs:4804"]))]
        "item" => pub item: Option<At<OneOrMany>>,
        /// The name for people.
        #[schemars(example = &"Kraft paper, 120 g")]
        "name" => pub name: Scalar,
        /// From whom: a class of `partners`, several, or `anyone`; the manifest's `with` where it is not written.
        #[schemars(example = &"anyone")]
        "with" => pub with: Option<At<OneOrMany>>,
        /// When it is needed; both days are included.
        #[schemars(example = json!({ "from": "2027-01-15", "until": "2027-03-31" }))]
        "valid" => pub valid: Option<At<Window>>,
        /// Words for units that this need uses, with what one of them is.
        #[schemars(example = json!({ "roll": "800 kg" }))]
        "units" => pub units: Named<OneOrMany>,
        /// Terms for a class of partners; the first entry whose class fits replaces the terms that it writes.
        #[schemars(extend("minItems" = 1), example = json!([{ "with": "sisters", "payment_days": { "at_least": "15 days" } }]))]
        "for" => pub r#for: Option<At<Vec<At<ClassEntry>>>>,
        /// Other items that would do as well.
        #[schemars(extend("minItems" = 1), example = json!([{ "item": "hs:4805", "ratio": "1.05", "costs_us": "3 %" }]))]
        "substitutes" => pub substitutes: Option<At<Vec<At<Substitute>>>>,
    }
}

with_terms! { Line;
    /// What holds instead for one class of partners.
    pub struct ClassEntry {
        /// The class of `partners`.
        #[schemars(required, example = &"sisters")]
        "with" => pub with: Scalar,
    }
}

with_terms! { Line;
    /// Terms of a line.
    pub struct LineTerms {}
}

with_terms! { Agreement;
    /// Terms of an agreement as a whole.
    pub struct AgreementTerms {}
}

/// Terms of every line.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Defaults {
    /// Terms of everything that we sell or give.
    #[schemars(example = json!({ "payment_days": { "at_most": "30 days" } }))]
    pub offers: Option<At<LineTerms>>,
    /// Terms of everything that we buy or take.
    #[schemars(example = json!({ "payment_days": { "at_least": "30 days" } }))]
    pub needs: Option<At<LineTerms>>,
}

/// What a package may say: its parts bring their own terms.
const PACKAGE_KEYS: &[&str] = &["name", "includes", "price", "with", "valid"];

/// How keys look that a coop coins where standard ones stand.
pub(super) const CUSTOM_KEY: &str = "^x_[a-z0-9][a-z0-9_]*$";

/// Adds the terms of `scope` to the properties of a schema.
fn add_terms(schema: &mut Schema, scope: Scope) {
    let object = schema.ensure_object();
    let properties = object
        .entry("properties")
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(properties) = properties {
        for term in TERMS.iter().filter(|term| term.scope == scope) {
            properties.insert(term.name.to_owned(), reference(term.name));
        }
    }
    let custom = match scope {
        Scope::Line => "x_line_term",
        Scope::Agreement => "x_agreement_term",
    };
    object.insert(
        "patternProperties".to_owned(),
        json!({ CUSTOM_KEY: reference(custom) }),
    );
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
    out.insert("x_line_term".to_owned(), described(&CUSTOM_LINE, custom()));
    out.insert(
        "x_agreement_term".to_owned(),
        described(&CUSTOM_AGREEMENT, custom()),
    );
    out.insert(
        "option".to_owned(),
        Value::Object(of_kinds(&["string", "object"], option(&[]))),
    );
    out.insert("costs".to_owned(), costs());
    out
}

/// Adds what editors show of a term.
fn described(term: &Term, mut schema: Map<String, Value>) -> Value {
    let mut out = Map::new();
    out.insert(
        "description".to_owned(),
        json!(format!(
            "{}\n\nFor example `{}: {}`",
            term.summary, term.name, term.example
        )),
    );
    out.append(&mut schema);
    Value::Object(out)
}

/// How the domain of a term may be written. The keywords of each kind of node bind that kind alone, so that the ways
/// need no `anyOf` and a mistake is always a mistake in one of them.
fn domain(term: &Term) -> Map<String, Value> {
    match (term.name, term.kind) {
        ("quantity", _) => of_kinds(
            &["string", "object"],
            keys(&["at_least", "at_most", "multiple_of"]),
        ),
        ("volume", _) => of_kinds(&["string", "object"], keys(&["at_least", "at_most"])),
        ("price", _) => of_kinds(&["string", "object"], price()),
        ("certificates", _) => of_kinds(&["string", "array"], items(json!({ "type": "string" }))),
        ("properties", _) => {
            let mut schema = Map::new();
            schema.insert("additionalProperties".to_owned(), Value::Object(property()));
            of_kinds(&["string", "object"], schema)
        }
        ("credit_share", _) => of_kinds(
            &["string", "object"],
            keys(&[
                "in",
                "at_least",
                "at_most",
                "multiple_of",
                "costs_us",
                "worth_to_us",
            ]),
        ),
        (_, TermKind::Range) => {
            let schema = keys(&[
                "at_least",
                "at_most",
                "multiple_of",
                "costs_us",
                "worth_to_us",
            ]);
            let schema = of_kinds(&["string", "object"], schema);
            if term.values == Values::Dates {
                maybe_dates(schema)
            } else {
                schema
            }
        }
        ("delivery", _) => alternatives(&["at"]),
        _ => alternatives(&[]),
    }
}

/// A list of alternatives, or one of them.
fn alternatives(more: &[&str]) -> Map<String, Value> {
    let one = if more.is_empty() {
        reference("option")
    } else {
        Value::Object(of_kinds(&["string", "object"], option(more)))
    };
    let mut schema = option(more);
    schema.append(&mut items(one));
    of_kinds(&["string", "array", "object"], schema)
}

fn option(more: &[&str]) -> Map<String, Value> {
    let mut names = vec!["value"];
    names.extend(more);
    names.extend(["costs_us", "worth_to_us", "points"]);
    let mut schema = keys(&names);
    schema.insert("required".to_owned(), json!(["value"]));
    schema
}

/// What a term that the coop coins may be: a range, or alternatives.
fn custom() -> Map<String, Value> {
    let mut schema = keys(&[
        "at_least",
        "at_most",
        "multiple_of",
        "value",
        "costs_us",
        "worth_to_us",
        "points",
    ]);
    only_with(
        &mut schema,
        "value",
        &["value", "costs_us", "worth_to_us", "points"],
    );
    schema.append(&mut items(reference("option")));
    maybe_dates(of_kinds(&["string", "array", "object"], schema))
}

/// A property: a text, any of several, or a range.
fn property() -> Map<String, Value> {
    let mut schema = keys(&["at_least", "at_most", "multiple_of"]);
    schema.append(&mut items(json!({ "type": "string" })));
    maybe_dates(of_kinds(&["string", "array", "object"], schema))
}

fn price() -> Map<String, Value> {
    let amount = of_kinds(&["string", "object"], keys(&["at_least", "at_most"]));
    let from = Map::from_iter([("type".to_owned(), json!("string"))]);
    let tier = json!({
        "type": "object",
        "properties": {
            "from": explained("from which quantity of one delivery on this price holds", &json!("500 box"), from),
            "price": explained("the price from there on: an amount, or a range", &json!("820 ARS/box"), amount),
        },
        "required": ["from", "price"],
        "additionalProperties": false,
    });
    let tiers = of_kinds(&["array"], items(tier));
    let example = json!([{ "from": "500 box", "price": "820 ARS/box" }]);
    let mut schema = keys(&["at_least", "at_most"]);
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert(
            "tiers".to_owned(),
            explained(
                "prices by the quantity of one delivery, from the smallest on",
                &example,
                tiers,
            ),
        );
    }
    only_with(&mut schema, "tiers", &["tiers"]);
    schema
}

/// Says that where `key` is written only `others` may stand beside it.
fn only_with(schema: &mut Map<String, Value>, key: &str, others: &[&str]) {
    schema.insert("if".to_owned(), json!({ "required": [key] }));
    schema.insert(
        "then".to_owned(),
        json!({ "propertyNames": { "enum": others } }),
    );
}

/// The keywords of a mapping with keys from those that domains have.
fn keys(names: &[&str]) -> Map<String, Value> {
    let mut properties = Map::new();
    for (name, summary, example) in KEYS {
        if names.contains(name) {
            let schema = if name.ends_with("_us") {
                reference("costs")
            } else {
                json!({ "type": "string" })
            };
            let Value::Object(schema) = schema else {
                continue;
            };
            properties.insert(
                (*name).to_owned(),
                explained(summary, &json!(example), schema),
            );
        }
    }
    let mut schema = Map::new();
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema.insert("minProperties".to_owned(), json!(1));
    schema
}

/// The keys of ranges and alternatives, with what editors show of them.
static KEYS: &[(&str, &str, &str)] = &[
    ("in", "the circuit, by its name under `circuits`", "punto"),
    ("value", "the alternative itself", "delivered"),
    ("at", "the place, where it is not the side's own", "Rosario"),
    (
        "at_least",
        "the lower end; it belongs to the range",
        "10 days",
    ),
    (
        "at_most",
        "the upper end; it belongs to the range",
        "30 days",
    ),
    (
        "multiple_of",
        "only multiples of this, counted from zero",
        "50 box",
    ),
    (
        "costs_us",
        "what it costs us: money per delivery or per unit, or a percentage",
        "0.07 % per day after 30 days",
    ),
    (
        "worth_to_us",
        "what it is worth to us: money per unit, or a percentage",
        "1 % per day",
    ),
    ("points", "what it is worth to us where no money moves", "3"),
];

/// What a cost may be: one, or several that add up.
fn costs() -> Value {
    Value::Object(of_kinds(
        &["string", "array"],
        items(json!({ "type": "string" })),
    ))
}

/// The keywords of a list.
fn items(item: Value) -> Map<String, Value> {
    Map::from_iter([
        ("items".to_owned(), item),
        ("minItems".to_owned(), json!(1)),
    ])
}

/// Says which kinds of node a schema takes.
fn of_kinds(kinds: &[&str], schema: Map<String, Value>) -> Map<String, Value> {
    let kinds = if let [kind] = kinds {
        json!(kind)
    } else {
        json!(kinds)
    };
    let mut out = Map::from_iter([("type".to_owned(), kinds)]);
    out.extend(schema);
    out
}

pub(super) fn explained(summary: &str, example: &Value, schema: Map<String, Value>) -> Value {
    let mut out = Map::new();
    out.insert("description".to_owned(), json!(summary));
    out.insert("examples".to_owned(), json!([example]));
    out.extend(schema);
    Value::Object(out)
}

/// Marks every scalar of a domain as one that a reader may take for a date.
fn maybe_dates(mut schema: Map<String, Value>) -> Map<String, Value> {
    schema.insert(MAYBE_DATE.to_owned(), json!(true));
    if let Some(item @ Value::Object(_)) = schema.get_mut("items")
        && item.get("type").is_some()
    {
        mark(item);
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties
            .values_mut()
            .filter(|value| value.get("type").is_some())
            .for_each(mark);
    }
    schema
}

fn mark(schema: &mut Value) {
    if let Value::Object(schema) = schema {
        schema.insert(MAYBE_DATE.to_owned(), json!(true));
    }
}

/// Stands in a schema whose scalars some readers of YAML take for dates; it does not appear in what is published.
pub(crate) const MAYBE_DATE: &str = "x-maybe-date";
