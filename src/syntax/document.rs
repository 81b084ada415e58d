//! The tree of a document.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use smol_str::SmolStr;

use super::items::{self, Name};
use crate::diagnostic::{Address, Place, Step, path};
use crate::source::{Source, SourceId, Span};

/// A node of one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(super) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single quotes.
    SingleQuoted,
    /// In double quotes.
    DoubleQuoted,
    /// Behind `|`.
    Literal,
    /// Behind `>`.
    Folded,
}

/// A key of a mapping and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: SmolStr,
    /// Where the key stands, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: NodeId,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is written, or `~` or `null`.
    Null,
    /// A text, without quotes and with escapes resolved; what it means is decided by the field that it stands in.
    Scalar(SmolStr),
    /// A list.
    List(Vec<NodeId>),
    /// Keys and values, in the order written; no key twice.
    Mapping(Vec<Entry>),
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) style: Style,
    pub(super) span: Span,
    pub(super) key_span: Option<Span>,
    pub(super) parent: Option<NodeId>,
}

/// A document as a tree.
#[derive(Clone, Debug)]
pub struct Document {
    source: SourceId,
    nodes: Vec<Node>,
    root: NodeId,
    /// What the items of its lists are called, once somebody has asked for one.
    names: OnceLock<BTreeMap<NodeId, Name>>,
}

/// What a node of another document is taken for.
static NOTHING: Node =
    Node { kind: Kind::Null, style: Style::Plain, span: Span { start: 0, end: 0 }, key_span: None, parent: None };

impl Document {
    pub(super) fn new(source: SourceId, mut nodes: Vec<Node>, root: NodeId) -> Self {
        // Many documents are kept at once where many manifests are matched.
        nodes.shrink_to_fit();
        Self { source, nodes, root, names: OnceLock::new() }
    }

    fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(id.index()).unwrap_or(&NOTHING)
    }

    /// The text that it was read from.
    pub fn source(&self) -> SourceId {
        self.source
    }

    /// The outermost node.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node; never, for a document that was read.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What a node is.
    pub fn kind(&self, id: NodeId) -> &Kind {
        &self.node(id).kind
    }

    /// Where a value stands: of a block, from its first key or item to the end of its last; empty where nothing is written.
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// Where the key stands under which a node is.
    pub fn key_span(&self, id: NodeId) -> Option<Span> {
        self.node(id).key_span
    }

    /// The node around a node.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    /// The place of a value.
    pub fn place(&self, id: NodeId) -> Place {
        Place::new(self.source, self.span(id))
    }

    /// The place of the key of a node, or of the node itself where it has none.
    pub fn key_place(&self, id: NodeId) -> Place {
        Place::new(self.source, self.key_span(id).unwrap_or_else(|| self.span(id)))
    }

    /// The value under a key of a mapping.
    pub fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        match self.kind(id) {
            Kind::Mapping(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| entry.value),
            Kind::Null | Kind::Scalar(_) | Kind::List(_) => None,
        }
    }

    /// The key behind which a node stands, its list's where it is an item.
    pub fn key_of(&self, id: NodeId) -> Option<&str> {
        let parent = self.parent(id)?;
        match self.kind(parent) {
            Kind::Mapping(entries) => key_among(entries, id).map(SmolStr::as_str),
            Kind::Null | Kind::Scalar(_) | Kind::List(_) => self.key_of(parent),
        }
    }

    /// The text of a scalar.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match self.kind(id) {
            Kind::Scalar(text) => Some(text),
            Kind::Null | Kind::List(_) | Kind::Mapping(_) => None,
        }
    }

    /// What every node is, in the order of the document.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.nodes.iter().map(|node| &node.kind)
    }

    /// Every scalar with its text, in the order of the document.
    pub fn scalars(&self) -> impl Iterator<Item = (NodeId, &str)> {
        self.nodes.iter().enumerate().filter_map(move |(index, node)| {
            let Kind::Scalar(text) = &node.kind else { return None };
            Some((NodeId::new(index), text.as_str()))
        })
    }

    /// Whether nothing is written, or `~` or `null`.
    pub fn is_null(&self, id: NodeId) -> bool {
        matches!(self.kind(id), Kind::Null)
    }

    /// How a scalar is written; lists and mappings count as plain.
    pub fn style(&self, id: NodeId) -> Style {
        self.node(id).style
    }

    /// Whether a list or a group of keys stands in brackets of its own.
    pub fn is_in_brackets(&self, id: NodeId) -> bool {
        let first = match self.kind(id) {
            Kind::List(items) => items.first().map(|item| self.span(*item)),
            Kind::Mapping(entries) => entries.first().map(|entry| entry.key_span),
            Kind::Null | Kind::Scalar(_) => return false,
        };
        first.is_none_or(|first| self.span(id).start < first.start)
    }

    /// The JSON Pointer (RFC 6901) of a node; empty for the root.
    pub fn pointer(&self, id: NodeId) -> String {
        // Most are shorter, and grow once at most.
        let mut pointer = String::with_capacity(48);
        for way in self.ways(id) {
            pointer.push('/');
            match way {
                Way::Key(key) if key.bytes().any(|byte| matches!(byte, b'~' | b'/')) => {
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                }
                Way::Key(key) => pointer.push_str(key),
                Way::Item(_, index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }

    /// A node for machines and for people.
    pub fn address(&self, id: NodeId) -> Address {
        Address { pointer: self.pointer(id), steps: self.steps(id) }
    }

    /// The path of a node for people: `offers.kraft-box.price.tiers[from 500 box]`. `source` is the text of the document.
    pub fn path(&self, id: NodeId, source: &Source) -> String {
        path(&self.steps(id).iter().map(|step| step.placed(source)).collect::<Vec<_>>())
    }

    /// The way to a node by the names of keys and items.
    fn steps(&self, id: NodeId) -> Vec<Step> {
        let step = |way| match way {
            Way::Key(key) => Step::Key(items::key(key)),
            Way::Item(item, _) => self.item(item),
        };
        self.ways(id).into_iter().map(step).collect()
    }

    fn item(&self, id: NodeId) -> Step {
        let name = self.names.get_or_init(|| items::names(self)).get(&id).cloned().unwrap_or_default();
        Step::Item { words: name.words, at: (!name.is_alone).then(|| self.span(id).start) }
    }

    /// Whether a byte belongs to a key or a scalar.
    pub(super) fn is_written_at(&self, offset: usize) -> bool {
        // Nodes stand in the order of the text, each from its key on.
        let start = |node: &Node| node.key_span.map_or(node.span.start, |key| key.start.min(node.span.start));
        let begun = self.nodes.partition_point(|node| start(node) <= offset);
        let last = begun.checked_sub(1).and_then(|last| self.nodes.get(last));
        last.is_some_and(|node| {
            let in_key = node.key_span.is_some_and(|key| offset < key.end);
            let in_scalar = matches!(node.kind, Kind::Scalar(_)) && node.span.start <= offset && offset < node.span.end;
            in_key || in_scalar
        })
    }

    /// The smallest node whose key or value holds a span.
    pub(super) fn innermost(&self, span: Span) -> Option<NodeId> {
        let holds = |outer: Span| outer.start <= span.start && span.end <= outer.end;
        // From the key on, so that what stands between the two belongs to the value.
        let whole = |node: &Node| Span::new(node.key_span.map_or(node.span.start, |key| key.start), node.span.end);
        let around = self.nodes.iter().enumerate().filter(|(_, node)| holds(whole(node)));
        around.min_by_key(|(_, node)| whole(node).len()).map(|(index, _)| NodeId::new(index))
    }

    /// The node of a JSON Pointer.
    pub fn find(&self, pointer: &str) -> Option<NodeId> {
        if pointer.is_empty() {
            return Some(self.root);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self.root, |at, step| match self.kind(at) {
            Kind::Mapping(_) => self.get(at, &step.replace("~1", "/").replace("~0", "~")),
            Kind::List(items) => items.get(step.parse::<usize>().ok()?).copied(),
            Kind::Null | Kind::Scalar(_) => None,
        })
    }

    fn ways(&self, id: NodeId) -> Vec<Way<'_>> {
        // Few are longer.
        let mut ways = Vec::with_capacity(8);
        let mut at = id;
        while let Some(parent) = self.parent(at) {
            match self.kind(parent) {
                Kind::Mapping(entries) => ways.extend(key_among(entries, at).map(Way::Key)),
                Kind::List(items) => ways.extend(items.binary_search(&at).ok().map(|index| Way::Item(at, index))),
                Kind::Null | Kind::Scalar(_) => {}
            }
            at = parent;
        }
        ways.reverse();
        ways
    }
}

/// The key of the entry whose value is a node.
fn key_among(entries: &[Entry], id: NodeId) -> Option<&SmolStr> {
    // What is written later has the greater id.
    let index = entries.binary_search_by_key(&id, |entry| entry.value).ok()?;
    entries.get(index).map(|entry| &entry.key)
}

/// A step from one node to another below it.
enum Way<'d> {
    Key(&'d SmolStr),
    Item(NodeId, usize),
}
