//! The operations of a manifest: the standard ones by name, and those that a coop coins.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};

use super::catalogue::{CUSTOM_KEY, explained};
use super::{OneOrMany, Scalar};
use crate::by_name::ByName;
use crate::syntax::At;

/// What our system does with the systems of partners, by name; those that a coop coins begin with `x_`.
#[derive(Clone, Debug, Default)]
pub struct Operations {
    /// The operations in the order in which they are written.
    pub entries: ByName<At<Operation>>,
}

/// One operation.
#[derive(Clone, Debug, Default, serde::Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Operation {
    /// For whom: a class of `partners`, several, or `anyone`; the manifest's `with` where it is not written.
    #[schemars(example = &"sisters")]
    pub with: Option<At<OneOrMany>>,
    /// Message formats, preferred first.
    #[schemars(example = json!(["ubl-order-2.1", "csv"]))]
    pub formats: Option<At<OneOrMany>>,
    /// Where messages go.
    #[schemars(example = &"https://cajasdelsur.example/orders")]
    pub endpoint: Scalar,
    /// How finely something may be watched: `exact`, `level` or `in_stock`.
    #[schemars(example = &"level")]
    pub detail: Scalar,
    /// How long before a change partners are told.
    #[schemars(example = &"7 days")]
    pub notice: Scalar,
}

impl<'de> Deserialize<'de> for Operations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Deserialize::deserialize(deserializer).map(|entries| Self { entries })
    }
}

impl JsonSchema for Operations {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Operations".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let operation = generator.subschema_for::<Operation>().to_value();
        let mut properties = Map::new();
        for (name, summary) in OPERATIONS {
            let Value::Object(operation) = operation.clone() else {
                continue;
            };
            properties.insert((*name).to_owned(), explained(summary, Some(json!({})), operation));
        }
        let mut schema = Schema::default();
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("properties".to_owned(), Value::Object(properties));
        schema.insert("patternProperties".to_owned(), json!({ CUSTOM_KEY: operation }));
        schema.insert("additionalProperties".to_owned(), json!(false));
        schema
    }
}

/// The standard operations: the first four take two, the others are grants.
static OPERATIONS: &[(&str, &str)] = &[
    ("order", "orders are sent and taken by our systems"),
    ("dispatch", "dispatches are announced by our systems"),
    ("invoice", "invoices are sent and taken by our systems"),
    ("pay", "payments are made by our systems"),
    ("watch_stock", "partners may watch what we have in stock"),
    ("watch_price", "partners may watch our prices"),
    ("forecast", "partners get our forecasts"),
];
