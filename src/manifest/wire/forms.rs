//! Nodes that may be written in several ways: as a scalar, as a list or as a mapping.
//!
//! Which way was taken is told by the kind of node alone, never by what stands in it; so every alternative is certain
//! and one flat schema describes them all. What a value means is not known here.

use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::json;
use smol_str::SmolStr;

use super::{CountRange, Scalar};
use crate::by_name::ByName;
use crate::syntax::{At, NodeId};

/// One value, or a list of values.
#[derive(Clone, Debug)]
pub enum OneOrMany<T = SmolStr> {
    /// A value alone.
    One(T),
    /// A list.
    Many(Vec<At<T>>),
}

impl<T> At<OneOrMany<T>> {
    /// The values with the nodes at which they are written, whichever way was taken.
    pub fn each(&self) -> impl Iterator<Item = (NodeId, &T)> {
        let (one, many) = match &self.value {
            OneOrMany::One(value) => (Some((self.node, value)), [].as_slice()),
            OneOrMany::Many(values) => (None, values.as_slice()),
        };
        one.into_iter().chain(many.iter().map(|at| (at.node, &at.value)))
    }
}

/// What is accepted on a term.
#[derive(Clone, Debug)]
pub enum Domain {
    /// A value alone: exactly this, `any` or `free`.
    Scalar(SmolStr),
    /// Alternatives, preferred first.
    List(Vec<At<Choice>>),
    /// A range, an alternative with its costs, or tiers.
    Mapping(Box<Mapping>),
}

/// One alternative of a list.
#[derive(Clone, Debug)]
pub enum Choice {
    /// A value alone.
    Scalar(SmolStr),
    /// A value with what it costs.
    Mapping(Box<Mapping>),
}

/// The keys of a range, of an alternative and of tiers; which of them a term takes, its schema says.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Mapping {
    /// Lower end of a range.
    pub at_least: Scalar,
    /// Upper end of a range.
    pub at_most: Scalar,
    /// Only multiples of this, counted from zero.
    pub multiple_of: Scalar,
    /// The circuit, on `credit_share`.
    pub r#in: Scalar,
    /// The alternative itself.
    pub value: Scalar,
    /// The place, on `delivery`.
    pub at: Scalar,
    /// What the alternative is worth where no money moves.
    pub points: Scalar,
    /// What it costs the side that writes it.
    pub costs_us: Option<At<OneOrMany>>,
    /// What it is worth to the side that writes it.
    pub worth_to_us: Option<At<OneOrMany>>,
    /// Prices from a quantity on.
    pub tiers: Option<At<Vec<At<Tier>>>>,
}

/// A price from a quantity on.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Tier {
    /// From which quantity of one delivery.
    pub from: Scalar,
    /// The price: an amount or a range.
    pub price: Option<At<Choice>>,
}

/// Properties by name, or `any`.
#[derive(Clone, Debug)]
pub enum Properties {
    /// A word for all of them: `any`.
    Scalar(SmolStr),
    /// What is stated or asked of each.
    Named(ByName<At<Domain>>),
}

/// How many there are: a number, or a range.
#[derive(Clone, Debug)]
pub enum Count {
    /// Exactly so many.
    Scalar(SmolStr),
    /// From and to.
    Range(CountRange),
}

/// Reads each kind of node into the variant named for it; a kind that is not named is an error.
macro_rules! read_by_kind {
    ($type:ident { $($kind:ident => $variant:expr),* $(,)? }) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct ByKind;
                impl<'de> Visitor<'de> for ByKind {
                    type Value = $type;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("one of:", $(" ", stringify!($kind)),*))
                    }
                    $(read_by_kind!(@$kind $variant);)*
                }
                deserializer.deserialize_any(ByKind)
            }
        }
    };
    (@scalar $variant:expr) => {
        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok($variant(text.into()))
        }
    };
    (@list $variant:expr) => {
        fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
            Deserialize::deserialize(SeqAccessDeserializer::new(items)).map($variant)
        }
    };
    (@mapping $variant:expr) => {
        fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
            Deserialize::deserialize(MapAccessDeserializer::new(entries)).map($variant)
        }
    };
}

read_by_kind!(Domain { scalar => Domain::Scalar, list => Domain::List, mapping => Domain::Mapping });
read_by_kind!(Choice { scalar => Choice::Scalar, mapping => Choice::Mapping });
read_by_kind!(Properties { scalar => Properties::Scalar, mapping => Properties::Named });
read_by_kind!(Count { scalar => Count::Scalar, mapping => Count::Range });

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByKind<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ByKind<T> {
            type Value = OneOrMany<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or a list of values")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                T::deserialize(de::value::StrDeserializer::new(text)).map(OneOrMany::One)
            }
            fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(entries)).map(OneOrMany::One)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
                Deserialize::deserialize(SeqAccessDeserializer::new(items)).map(OneOrMany::Many)
            }
        }
        deserializer.deserialize_any(ByKind(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("one_or_many_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // The keywords of each kind of node bind that kind alone, so the two ways need no `anyOf`.
        let mut schema = T::json_schema(generator);
        let kind = schema.remove("type").unwrap_or_else(|| "string".into());
        schema.insert("type".into(), json!([kind, "array"]));
        schema.insert("items".into(), generator.subschema_for::<T>().to_value());
        schema.insert("minItems".into(), 1.into());
        schema
    }
}

impl JsonSchema for Count {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "count".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = CountRange::json_schema(generator);
        schema.insert("type".into(), json!(["string", "object"]));
        schema
    }
}
