//! Typed values out of a document, by serde.
//!
//! Scalars are given as text: the type that asks decides what it means. A part of the document can be left out, so that
//! the rest of a file with mistakes is still read.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::{At, Document, Entry, Kind, NodeId};

/// By this name [`At`] asks for its node; it is never compared to anything that a file says.
const AT: &str = "clm::At";

/// A value could not be read into its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong, in serde's words.
    pub message: String,
    /// The innermost node at which it went wrong.
    pub node: Option<NodeId>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), node: None }
    }
}

/// Reads a value of type `T` out of a document; nodes in `skip` are left out of the lists and mappings they stand in,
/// and of a document whose root is in it nothing is left.
///
/// # Errors
/// If the document does not have the shape of `T`.
pub fn from_document<'a, T: Deserialize<'a>>(document: &'a Document, skip: &'a BTreeSet<NodeId>) -> Result<T, Error> {
    if skip.contains(&document.root()) {
        return T::deserialize(serde::de::value::MapDeserializer::<_, Error>::new(std::iter::empty::<(&str, &str)>()));
    }
    T::deserialize(NodeDeserializer { document, skip, node: document.root() })
}

#[derive(Clone, Copy)]
struct NodeDeserializer<'a> {
    document: &'a Document,
    skip: &'a BTreeSet<NodeId>,
    node: NodeId,
}

impl<'a> NodeDeserializer<'a> {
    fn at(self, node: NodeId) -> Self {
        Self { node, ..self }
    }

    fn located<T>(self, result: Result<T, Error>) -> Result<T, Error> {
        result.map_err(|error| Error { node: error.node.or(Some(self.node)), ..error })
    }

    fn parsed<T: std::str::FromStr>(self, what: &str) -> Result<T, Error> {
        let number = self.document.text(self.node).and_then(|text| text.parse().ok());
        self.located(number.ok_or_else(|| de::Error::custom(format_args!("expected {what}"))))
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $what:literal;)*) => {
        $(fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
            let value = self.parsed($what)?;
            self.located(visitor.$visit(value))
        })*
    };
}

impl<'a> Deserializer<'a> for NodeDeserializer<'a> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        let result = match self.document.kind(self.node) {
            Kind::Null => visitor.visit_unit(),
            Kind::Scalar(text) => visitor.visit_borrowed_str(text),
            Kind::List(items) => visitor.visit_seq(Items { de: self, items: items.iter() }),
            Kind::Mapping(entries) => visitor.visit_map(Entries { de: self, entries: entries.iter(), value: None }),
        };
        self.located(result)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.document.is_null(self.node) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.document.is_null(self.node) { visitor.visit_unit() } else { self.deserialize_any(visitor) }
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        if name == AT {
            return visitor.visit_seq(Located { de: self, part: 0 });
        }
        let result = visitor.visit_newtype_struct(self);
        self.located(result)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let result = match self.document.kind(self.node) {
            Kind::Scalar(text) => visitor.visit_enum(StrDeserializer::<Error>::new(text)),
            Kind::Mapping(entries) => match entries.as_slice() {
                [entry] => visitor.visit_enum(Variant { de: self, entry }),
                _ => Err(de::Error::custom("expected one key")),
            },
            Kind::Null | Kind::List(_) => Err(de::Error::custom("expected a word")),
        };
        self.located(result)
    }

    numbers! {
        deserialize_u8 visit_u8 "a whole number";
        deserialize_u16 visit_u16 "a whole number";
        deserialize_u32 visit_u32 "a whole number";
        deserialize_u64 visit_u64 "a whole number";
        deserialize_i64 visit_i64 "a whole number";
        deserialize_bool visit_bool "true or false";
    }

    forward_to_deserialize_any! {
        <W: Visitor<'a>>
        i8 i16 i32 f32 f64 char str string bytes byte_buf unit_struct seq tuple tuple_struct map struct identifier
        ignored_any
    }
}

struct Items<'a> {
    de: NodeDeserializer<'a>,
    items: std::slice::Iter<'a, NodeId>,
}

impl<'a> SeqAccess<'a> for Items<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let next = self.items.find(|item| !self.de.skip.contains(item));
        next.map(|item| seed.deserialize(self.de.at(*item))).transpose()
    }
}

struct Entries<'a> {
    de: NodeDeserializer<'a>,
    entries: std::slice::Iter<'a, Entry>,
    value: Option<NodeId>,
}

impl<'a> MapAccess<'a> for Entries<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(entry) = self.entries.find(|entry| !self.de.skip.contains(&entry.value)) else { return Ok(None) };
        self.value = Some(entry.value);
        seed.deserialize(BorrowedStrDeserializer::new(entry.key.as_str())).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let node = self.value.take().ok_or_else(|| de::Error::custom("a value was asked for before its key"))?;
        seed.deserialize(self.de.at(node))
    }
}

/// The node's number and the value: what [`At`] is made of.
struct Located<'a> {
    de: NodeDeserializer<'a>,
    part: u8,
}

impl<'a> SeqAccess<'a> for Located<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.part += 1;
        match self.part {
            1 => {
                let index = u64::try_from(self.de.node.index()).unwrap_or(u64::MAX);
                seed.deserialize(IntoDeserializer::<Error>::into_deserializer(index)).map(Some)
            }
            2 => seed.deserialize(self.de).map(Some),
            _ => Ok(None),
        }
    }
}

struct Variant<'a> {
    de: NodeDeserializer<'a>,
    entry: &'a Entry,
}

impl<'a> EnumAccess<'a> for Variant<'a> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let name = seed.deserialize(StrDeserializer::<Error>::new(&self.entry.key))?;
        Ok((name, self))
    }
}

impl<'a> VariantAccess<'a> for Variant<'a> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Err(de::Error::custom("expected a word"))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.de.at(self.entry.value))
    }

    fn tuple_variant<V: Visitor<'a>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.de.at(self.entry.value).deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'a>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        self.de.at(self.entry.value).deserialize_any(visitor)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(AT, AtVisitor(PhantomData))
    }
}

struct AtVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for AtVisitor<T> {
    type Value = At<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a document")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<At<T>, A::Error> {
        let missing = || de::Error::custom("a value of a document is read from documents only");
        let node: u64 = parts.next_element()?.ok_or_else(missing)?;
        let value = parts.next_element()?.ok_or_else(missing)?;
        Ok(At { node: NodeId::new(usize::try_from(node).unwrap_or(usize::MAX)), value })
    }
}
