//! Exact numbers as text.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::value::Rational;

/// An exact number: `120`, `-0.5` or, where no decimal holds it, `1/3`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(pub Rational);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Rational::from_text(&text).map(Self).ok_or_else(|| {
            de::Error::invalid_value(de::Unexpected::Str(&text), &"an exact number, such as `120`, `-0.5` or `1/3`")
        })
    }
}

impl JsonSchema for Exact {
    fn schema_name() -> Cow<'static, str> {
        "Exact".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An exact number: `120`, `-0.5` or, where no decimal holds it, `1/3`.",
            "type": "string",
            "pattern": "^-?[0-9]+(\\.[0-9]+|/[1-9][0-9]*)?$"
        })
    }
}

impl From<Rational> for Exact {
    fn from(number: Rational) -> Self {
        Self(number)
    }
}

impl From<&Rational> for Exact {
    fn from(number: &Rational) -> Self {
        Self(number.clone())
    }
}
