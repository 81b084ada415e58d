//! What `clm fmt` owes every manifest: it says the same, every comment stays at what it stood at, and a second time nothing
//! changes. Manifests are written with their keys in any order, indents and brackets of all kinds, and comments that say
//! where they stand; where they stand afterwards is read from the lines, without the reader of comments that lays out.

use std::fs;

use clm::diagnostic::has_errors;
use clm::format::format;
use clm::lint;
use clm::source::{Source, Sources};
use clm::syntax::{Document, Kind, NodeId, comments, parse};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::laws::dice::Dice;
use crate::{files, root};

/// Where a comment stands, as it says itself.
const HEAD: &str = "head";
const BEFORE: &str = "before";
const BEHIND: &str = "behind";
const INSIDE: &str = "inside";

/// A document written as nobody would, with comments that say where they stand.
struct Writer<'d> {
    document: &'d Document,
    dice: Dice,
    out: String,
    /// The column of the list that ends here, if its items stand in that of its key: a comment there is one of them.
    list: Option<usize>,
}

impl Writer<'_> {
    fn whole(mut self) -> String {
        let top = self.dice.chance(1, 3);
        if top {
            self.comment(0, HEAD, "");
        }
        let parted = top && self.dice.chance(1, 2);
        if parted {
            self.out.push('\n');
        }
        let root = self.document.root();
        self.block(root, 0, parted);
        if self.dice.chance(1, 4) {
            self.comment(0, INSIDE, "");
        }
        self.out
    }

    fn path(&self, node: NodeId) -> String {
        self.document.pointer(node)
    }

    fn comment(&mut self, indent: usize, role: &str, path: &str) {
        self.out.push_str(&format!("{}# {role} {path}\n", " ".repeat(indent)));
    }

    /// The entries or items of a node on lines of their own. What stands before the first key of all is about the whole.
    fn block(&mut self, node: NodeId, indent: usize, parted: bool) {
        let (children, is_list) = self.children(node);
        for (at, child) in children.iter().enumerate() {
            let first = node == self.document.root() && at == 0 && !parted;
            if !first {
                self.lead(*child, indent);
            }
            if is_list {
                self.item(*child, indent);
            } else {
                self.entry(*child, indent);
            }
        }
    }

    fn lead(&mut self, node: NodeId, indent: usize) {
        if self.dice.chance(1, 5) {
            self.out.push('\n');
        }
        if self.dice.chance(1, 3) {
            let path = self.path(node);
            self.comment(indent, BEFORE, &path);
        }
    }

    /// The children of a node, those of a mapping in any order.
    fn children(&mut self, node: NodeId) -> (Vec<NodeId>, bool) {
        match self.document.kind(node) {
            Kind::Mapping(entries) => {
                let entries: Vec<NodeId> = entries.iter().map(|entry| entry.value).collect();
                (self.dice.shuffled(&entries), false)
            }
            Kind::List(items) => (items.clone(), true),
            Kind::Null | Kind::Scalar(_) => (Vec::new(), false),
        }
    }

    fn key(&self, node: NodeId) -> String {
        let path = self.document.pointer(node);
        let key = path.rsplit('/').next().unwrap().replace("~1", "/").replace("~0", "~");
        if key.chars().all(|c| c.is_ascii_lowercase() || c == '_') { key } else { quoted(&key) }
    }

    fn behind(&mut self, node: NodeId) {
        if self.dice.chance(1, 5) {
            self.out.push_str(&format!(" # {BEHIND} {}", self.path(node)));
        }
        self.out.push('\n');
    }

    fn entry(&mut self, node: NodeId, indent: usize) {
        let key = self.key(node);
        self.out.push_str(&format!("{}{key}:", " ".repeat(indent)));
        let is_list = matches!(self.document.kind(node), Kind::List(_));
        if self.is_block(node) {
            self.behind(node);
            let inner = indent + if is_list { self.dice.one(&[2, 0, 3, 5]) } else { self.dice.one(&[2, 1, 4]) };
            self.block(node, inner, true);
            // Beside a key in the same column, a comment is about that.
            if inner > indent && self.list != Some(inner) && self.dice.chance(1, 4) {
                let path = self.path(node);
                self.comment(inner, INSIDE, &path);
            }
            self.list = (inner == indent).then_some(indent);
        } else {
            self.out.push(' ');
            self.value(node, indent);
            self.list = None;
        }
    }

    fn item(&mut self, node: NodeId, indent: usize) {
        self.out.push_str(&format!("{}-", " ".repeat(indent)));
        if !self.is_block(node) {
            self.out.push(' ');
            return self.value(node, indent);
        }
        let (begin, inner) = (self.out.len(), indent + 2);
        self.block(node, inner, true);
        // The first stands behind the hyphen if no comment does.
        let first = self.out[begin..].trim_start_matches([' ', '\n']).to_owned();
        self.out.truncate(begin);
        self.out.push_str(&if first.starts_with('#') { format!("\n{}", " ".repeat(inner)) } else { " ".to_owned() });
        self.out.push_str(&first);
        if self.list != Some(inner) && self.dice.chance(1, 4) {
            let path = self.path(node);
            self.comment(inner, INSIDE, &path);
        }
    }

    /// A value that begins on the line of its key or hyphen.
    fn value(&mut self, node: NodeId, indent: usize) {
        let in_lines = !is_empty(self.document, node) && self.dice.chance(1, 3);
        self.brackets(node, indent, in_lines);
        self.behind_value(node, in_lines);
        if self.dice.chance(1, 6) {
            let path = self.path(node);
            let deeper = self.dice.one(&[2, 1, 5]);
            self.comment(indent + deeper, INSIDE, &path);
        }
    }

    /// What stands behind closing brackets with comments between them is at the end of what they hold.
    fn behind_value(&mut self, node: NodeId, in_lines: bool) {
        let has_comments = in_lines && !matches!(self.document.kind(node), Kind::Scalar(_));
        if !has_comments {
            return self.behind(node);
        }
        if self.dice.chance(1, 4) {
            self.out.push_str(&format!(" # {INSIDE} {}", self.path(node)));
        }
        self.out.push('\n');
    }

    /// A node in brackets, on one line or with a comment on each.
    fn brackets(&mut self, node: NodeId, indent: usize, in_lines: bool) {
        if let Some(text) = self.document.text(node) {
            self.out.push_str(&quoted(text));
            return;
        }
        let (children, is_list) = self.children(node);
        let (open, close) = if is_list { ('[', ']') } else { ('{', '}') };
        self.out.push(open);
        if in_lines {
            self.out.push_str(&format!(" # {BEHIND} {}\n", self.path(node)));
        }
        for (at, child) in children.iter().enumerate() {
            if in_lines {
                let indent = indent + self.dice.one(&[2, 7]);
                if self.dice.chance(1, 3) {
                    let path = self.path(*child);
                    self.comment(indent, BEFORE, &path);
                }
                self.out.push_str(&" ".repeat(indent));
            }
            if !is_list {
                let key = self.key(*child);
                self.out.push_str(&format!("{key}: "));
            }
            self.brackets(*child, indent + 2, false);
            let last = at + 1 == children.len();
            self.out.push_str(if last { "" } else { ", " });
            if in_lines {
                self.behind(*child);
            }
        }
        if in_lines {
            if self.dice.chance(1, 4) {
                let path = self.path(node);
                self.comment(indent + 1, INSIDE, &path);
            }
            self.out.push_str(&" ".repeat(indent + 1));
        }
        self.out.push(close);
    }

    fn is_block(&mut self, node: NodeId) -> bool {
        !is_empty(self.document, node) && self.dice.chance(3, 4)
    }
}

/// Whether a node holds no others.
fn is_empty(document: &Document, node: NodeId) -> bool {
    match document.kind(node) {
        Kind::Mapping(entries) => entries.is_empty(),
        Kind::List(items) => items.is_empty(),
        Kind::Null | Kind::Scalar(_) => true,
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn read(text: &str) -> (Source, Option<Document>) {
    let source = Source::new("a.clm.yaml", text);
    let parsed = parse(Sources::new().add(source.clone()), &source);
    (source, parsed.document.filter(|_| !has_errors(&parsed.diagnostics)))
}

fn digest(text: &str) -> Option<String> {
    let source = Source::new("a.clm.yaml", text);
    let read = lint::read(Sources::new().add(source.clone()), &source);
    Some(read.manifest.as_ref()?.digest(read.document.as_ref()?).to_owned())
}

/// An entry or item of a text that is laid out: its path, offset and column.
struct Begin {
    path: String,
    at: usize,
    column: usize,
}

/// Everything that begins outside of brackets, in order.
fn begins(document: &Document, text: &str) -> Vec<Begin> {
    let (mut found, mut open) = (Vec::new(), vec![document.root()]);
    while let Some(node) = open.pop() {
        let at = |place: usize| place - text[..place].rfind('\n').map_or(0, |end| end + 1);
        match document.kind(node) {
            Kind::Mapping(entries) if !text[document.span(node).start..].starts_with('{') => {
                for entry in entries {
                    let place = entry.key_span.start;
                    found.push(Begin { path: document.pointer(entry.value), at: place, column: at(place) });
                    open.push(entry.value);
                }
            }
            Kind::List(items) if !items.is_empty() && !is_in_brackets(document, text, node) => {
                for item in items {
                    let place = hyphen(document, text, *item);
                    found.push(Begin { path: document.pointer(*item), at: place, column: at(place) });
                    open.push(*item);
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|begin| begin.at);
    found
}

fn is_in_brackets(document: &Document, text: &str, list: NodeId) -> bool {
    let Kind::List(items) = document.kind(list) else { return false };
    let start = document.span(list).start;
    text[start..].starts_with('[') && items.iter().all(|item| document.span(*item).start != start)
}

/// Where the hyphen of an item stands, two before what it holds.
fn hyphen(document: &Document, text: &str, item: NodeId) -> usize {
    match document.kind(item) {
        Kind::List(items) if !items.is_empty() && !is_in_brackets(document, text, item) => {
            hyphen(document, text, items[0]) - 2
        }
        _ => document.span(item).start - 2,
    }
}

/// What each comment says of where it stands, and where it stands, of a text that is laid out.
fn standing(document: &Document, text: &str) -> Vec<(String, String)> {
    let begins = begins(document, text);
    let found = comments(document, text).into_iter().map(|comment| {
        let start = comment.span.start;
        let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let at = begins.partition_point(|begin| begin.at < start);
        let place = match (at.checked_sub(1).map(|at| &begins[at]), begins.get(at)) {
            (Some(last), _) if !comment.alone && last.at >= line => format!("{BEHIND} {}", last.path),
            (None, _) if is_head(text, start) => format!("{HEAD} "),
            (None, _) => format!("{BEFORE} {}", begins[0].path),
            (_, Some(next)) if next.column == start - line => format!("{BEFORE} {}", next.path),
            _ => {
                let around = begins[..at].iter().rev().find(|begin| begin.column < start - line);
                format!("{INSIDE} {}", around.map_or("", |begin| &begin.path))
            }
        };
        (comment.words(text).to_owned() + if comment.words(text).contains(' ') { "" } else { " " }, place)
    });
    found.collect()
}

/// Whether a comment at the top is about the whole: something else stands between it and the first key.
fn is_head(text: &str, start: usize) -> bool {
    let rest = &text[start..];
    let lines = rest.lines().take_while(|line| line.starts_with('#')).count();
    start == 0 || rest.lines().nth(lines).is_some_and(str::is_empty)
}

/// Whether a comment stands where it says. Above the first key of an item is above the item, behind the hyphen too, and above
/// the first key of all is at the top.
fn fits(said: &str, place: &str, document: &Document) -> bool {
    let first = |path: &str| {
        let (item, key) = path.rsplit_once('/')?;
        let of = begins_with(document, item)?;
        (of == key && is_item(item)).then(|| item.to_owned())
    };
    let mut path = said.strip_prefix(BEFORE).map(|path| path.trim().to_owned());
    let mut ways = vec![said.to_owned()];
    ways.extend(said.strip_prefix(BEHIND).filter(|path| is_item(path)).map(|item| BEFORE.to_owned() + item));
    while let Some(outer) = path.as_deref().and_then(first) {
        ways.push(format!("{BEFORE} {outer}"));
        path = Some(outer);
    }
    let top = begins_with(document, "").is_some_and(|key| said == format!("{BEFORE} /{key}")) && place.trim() == HEAD;
    top || ways.iter().any(|way| way == place)
}

/// Whether a path leads to an item of a list.
fn is_item(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|step| step.parse::<usize>().is_ok())
}

/// The first key of the mapping at a path.
fn begins_with(document: &Document, path: &str) -> Option<String> {
    let mut open = vec![document.root()];
    while let Some(node) = open.pop() {
        match document.kind(node) {
            Kind::Mapping(entries) if document.pointer(node) == path => return Some(entries.first()?.key.to_string()),
            Kind::Mapping(entries) => open.extend(entries.iter().map(|entry| entry.value)),
            Kind::List(items) => open.extend(items),
            Kind::Null | Kind::Scalar(_) => {}
        }
    }
    None
}

#[test]
fn however_a_manifest_is_written_its_comments_stay_where_they_stand_and_it_says_the_same() {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (mut laid_out, mut stood) = (0, 0);
    for path in ["examples", "tests/conformance"].iter().flat_map(|folder| files(&root(folder), "yaml")) {
        let (_, Some(document)) = read(&fs::read_to_string(&path).unwrap()) else { continue };
        let dice = Dice::of(1500..2500).new_tree(&mut runner).unwrap().current();
        let text = Writer { document: &document, dice, out: String::new(), list: None }.whole();
        let (source, before) = read(&text);
        let before = before.unwrap_or_else(|| panic!("{} is not read:\n{text}", path.display()));
        let once =
            format(&before, &source).unwrap_or_else(|_| panic!("{} cannot be laid out:\n{text}", path.display()));
        let (again, after) = read(&once);
        let after = after.unwrap();
        assert_eq!(format(&after, &again).as_ref(), Ok(&once), "a second time is another:\n{text}\n=>\n{once}");
        assert_eq!(digest(&text), digest(&once), "{text}\n=>\n{once}");
        let standing = standing(&after, &once);
        assert_eq!(standing.len(), comments(&before, &text).len(), "{text}\n=>\n{once}");
        for (said, place) in &standing {
            assert!(fits(said, place, &after), "`{said}` stands {place}:\n{text}\n=>\n{once}");
        }
        (laid_out, stood) = (laid_out + 1, stood + standing.len());
    }
    assert!(laid_out > 800 && stood > 10_000, "only {laid_out} manifests with {stood} comments");
}
