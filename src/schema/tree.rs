//! Our tree, as the validator wants to see JSON: no conversion, no copy.
//!
//! Every scalar is a string here, since the field decides the type. To the schemas of others, which know nothing of that, one
//! that is written as a number counts as a number too, and `true` and `false` as truth values. Nothing about manifests is known
//! here.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object, cmp};
use jsonschema::paths::Location;
use serde_json::{Number, Value};

use crate::syntax::{Document, Entry, Kind, NodeId};

/// The representation of JSON that a [`Document`] is, to a schema of ours or of others.
pub(super) struct Tree<const OTHERS: bool>;

/// A document to our own schemas.
pub(super) type OwnTree = Tree<false>;

/// A document to the schemas of others.
pub(super) type OthersTree = Tree<true>;

/// A node of a document, or the name of a key where the schema speaks of names.
#[derive(Clone, Copy)]
pub(super) enum TreeNode<'a> {
    In(&'a Document, NodeId),
    Name(&'a str),
}

impl<'a> TreeNode<'a> {
    pub(super) fn kind(self) -> Option<&'a Kind> {
        match self {
            Self::In(document, node) => Some(document.kind(node)),
            Self::Name(_) => None,
        }
    }

    pub(super) fn text(self) -> Option<&'a str> {
        match (self, self.kind()) {
            (Self::Name(name), _) => Some(name),
            (_, Some(Kind::Scalar(text))) => Some(text),
            _ => None,
        }
    }

    /// The number that a scalar is written as.
    pub(super) fn number(self) -> Option<Number> {
        let text = self.text().filter(|text| text.starts_with(|c: char| c.is_ascii_digit() || c == '-'))?;
        serde_json::from_str(text).ok().filter(|_| !text.ends_with(char::is_whitespace))
    }

    /// The truth value that a scalar is written as.
    fn truth(self) -> Option<bool> {
        self.text()?.parse().ok()
    }

    /// Whether it is of one of the kinds that JSON Schema knows.
    pub(super) fn is_of(self, kind: &str) -> bool {
        match (kind, self.kind()) {
            ("object", Some(Kind::Mapping(_))) | ("array", Some(Kind::List(_))) | ("null", Some(Kind::Null)) => true,
            ("string", _) => self.text().is_some(),
            ("number", _) => self.number().is_some(),
            ("integer", _) => self.number().is_some_and(|number| JsonNumber::is_integer(&number)),
            ("boolean", _) => self.truth().is_some(),
            _ => false,
        }
    }

    /// Whether it is what a schema of others says, in whichever way a scalar can be read.
    pub(super) fn is_like(self, expected: &Value) -> bool {
        let Self::In(document, _) = self else { return self.text() == expected.as_str() };
        match (expected, self.kind()) {
            (Value::Null, kind) => matches!(kind, Some(Kind::Null)),
            (Value::String(expected), _) => self.text() == Some(expected),
            (Value::Bool(expected), _) => self.truth() == Some(*expected),
            (Value::Number(expected), _) => self.number().is_some_and(|number| cmp::equal_numbers(&number, expected)),
            (Value::Array(expected), Some(Kind::List(items))) => {
                items.len() == expected.len()
                    && items.iter().zip(expected).all(|(item, expected)| Self::In(document, *item).is_like(expected))
            }
            (Value::Object(expected), Some(Kind::Mapping(entries))) => {
                let fits = |entry: &Entry| {
                    expected.get(entry.key.as_str()).is_some_and(|value| Self::In(document, entry.value).is_like(value))
                };
                entries.len() == expected.len() && entries.iter().all(fits)
            }
            _ => false,
        }
    }

    /// The whole of it as JSON, scalars as text.
    fn whole(self) -> Value {
        match (self, self.kind()) {
            (Self::In(document, _), Some(Kind::List(items))) => {
                items.iter().map(|item| Self::In(document, *item).whole()).collect()
            }
            (Self::In(document, _), Some(Kind::Mapping(entries))) => {
                let entry = |entry: &Entry| (entry.key.to_string(), Self::In(document, entry.value).whole());
                Value::Object(entries.iter().map(entry).collect())
            }
            _ => self.text().map_or(Value::Null, Value::from),
        }
    }
}

impl<const OTHERS: bool> Json for Tree<OTHERS> {
    type Node<'a> = TreeNode<'a>;
    type PreparedKey = String;
    type StringBuffer = ();
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(TreeNode<'_>) -> T) -> T {
        f(TreeNode::Name(string))
    }
}

impl<'a, const OTHERS: bool> Node<'a, Tree<OTHERS>> for TreeNode<'a> {
    type Object = Entries<'a>;
    type Array = Items<'a>;
    type Number = Number;

    fn as_object(&self) -> Option<Entries<'a>> {
        match (*self, self.kind()) {
            (Self::In(document, _), Some(Kind::Mapping(entries))) => Some(Entries { document, entries }),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Items<'a>> {
        match (*self, self.kind()) {
            (Self::In(document, _), Some(Kind::List(items))) => Some(Items { document, items }),
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.text().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<Number> {
        if OTHERS { self.number() } else { None }
    }

    fn as_boolean(&self) -> Option<bool> {
        if OTHERS { self.truth() } else { None }
    }

    fn is_null(&self) -> bool {
        matches!(self.kind(), Some(Kind::Null))
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            None | Some(Kind::Scalar(_)) => JsonType::String,
            Some(Kind::Null) => JsonType::Null,
            Some(Kind::List(_)) => JsonType::Array,
            Some(Kind::Mapping(_)) => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        if OTHERS {
            return self.is_like(expected);
        }
        matches!((self.text(), expected), (Some(text), Value::String(expected)) if text == expected)
    }

    /// Errors ask for it, and they are told by place: a name is all that is needed of a value. Schemas of others compare the
    /// items of a list by it too.
    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self {
            Self::Name(name) => Value::from(*name),
            Self::In(..) if OTHERS => self.whole(),
            Self::In(..) => Value::Null,
        })
    }

    /// The tree is no deeper than its reader allows, and neither are our schemas; one of others may go in a circle.
    fn identity(&self) -> Option<NodeIdentity> {
        match *self {
            Self::In(document, node) if OTHERS => {
                let address = std::ptr::from_ref(document.kind(node)).addr();
                Some(NodeIdentity::new(address))
            }
            _ => None,
        }
    }
}

/// The node at a place that the validator names.
pub(super) fn node_at(document: &Document, path: &Location) -> NodeId {
    let mut node = document.root();
    for segment in path.segments() {
        let segment = segment.to_string();
        let next = match document.kind(node) {
            Kind::Mapping(entries) => entries.iter().find(|entry| entry.key == segment).map(|entry| entry.value),
            Kind::List(items) => segment.parse::<usize>().ok().and_then(|index| items.get(index).copied()),
            _ => None,
        };
        node = next.unwrap_or(node);
    }
    node
}

/// The entries of a mapping.
pub(super) struct Entries<'a> {
    document: &'a Document,
    entries: &'a [Entry],
}

impl<'a, const OTHERS: bool> Object<'a, Tree<OTHERS>> for Entries<'a> {
    type Node = TreeNode<'a>;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        self.entries.len()
    }

    fn get(&self, key: &String) -> Option<TreeNode<'a>> {
        self.entries.iter().find(|entry| entry.key == *key).map(|entry| TreeNode::In(self.document, entry.value))
    }

    fn members(&self) -> Members<'a> {
        Members { document: self.document, rest: self.entries.iter() }
    }
}

/// Goes through the entries of a mapping.
pub(super) struct Members<'a> {
    document: &'a Document,
    rest: std::slice::Iter<'a, Entry>,
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, TreeNode<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.rest.next().map(|entry| (entry.key.as_str(), TreeNode::In(self.document, entry.value)))
    }
}

/// The items of a list.
pub(super) struct Items<'a> {
    document: &'a Document,
    items: &'a [NodeId],
}

impl<'a, const OTHERS: bool> Array<'a, Tree<OTHERS>> for Items<'a> {
    type Node = TreeNode<'a>;
    type ElementsIter = Elements<'a>;

    fn len(&self) -> usize {
        self.items.len()
    }

    fn elements(&self) -> Elements<'a> {
        Elements { document: self.document, rest: self.items.iter() }
    }
}

/// Goes through the items of a list.
pub(super) struct Elements<'a> {
    document: &'a Document,
    rest: std::slice::Iter<'a, NodeId>,
}

impl<'a> Iterator for Elements<'a> {
    type Item = TreeNode<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest.next().map(|node| TreeNode::In(self.document, *node))
    }
}
