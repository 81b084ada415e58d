//! Our tree, as the validator wants to see JSON: no conversion, no copy.
//!
//! Every scalar is a string here; the field decides the type. Nothing about manifests is known here.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, Node, NodeIdentity, Object};
use serde_json::{Number, Value};

use crate::syntax::{Document, Entry, Kind, NodeId};

/// The representation of JSON that a [`Document`] is.
pub(super) struct Tree;

/// A node of a document, or the name of a key where the schema speaks of names.
#[derive(Clone, Copy)]
pub(super) enum TreeNode<'a> {
    In(&'a Document, NodeId),
    Name(&'a str),
}

impl<'a> TreeNode<'a> {
    fn kind(self) -> Option<&'a Kind> {
        match self {
            Self::In(document, node) => Some(document.kind(node)),
            Self::Name(_) => None,
        }
    }

    fn text(self) -> Option<&'a str> {
        match (self, self.kind()) {
            (Self::Name(name), _) => Some(name),
            (_, Some(Kind::Scalar(text))) => Some(text),
            _ => None,
        }
    }
}

impl Json for Tree {
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

impl<'a> Node<'a, Tree> for TreeNode<'a> {
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
        None
    }

    fn as_boolean(&self) -> Option<bool> {
        None
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
        matches!((self.text(), expected), (Some(text), Value::String(expected)) if text == expected)
    }

    /// Only errors ask for it, and they are told by place: a name is all that is needed of a value.
    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self {
            Self::Name(name) => Value::from(*name),
            Self::In(..) => Value::Null,
        })
    }

    /// The tree is no deeper than its reader allows, so nothing needs to be remembered of nodes.
    fn identity(&self) -> Option<NodeIdentity> {
        None
    }
}

/// The entries of a mapping.
pub(super) struct Entries<'a> {
    document: &'a Document,
    entries: &'a [Entry],
}

impl<'a> Object<'a, Tree> for Entries<'a> {
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

impl<'a> Array<'a, Tree> for Items<'a> {
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
