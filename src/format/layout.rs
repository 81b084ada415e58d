//! YAML: a document written line by line.

use std::borrow::Cow;

use super::comments::{Comments, Line};
use super::order::Order;
use super::scalars::Around;
use super::{GAP, STEP, WIDTH, in_brackets, is_block_text, scalars};
use crate::source::Span;
use crate::syntax::{Document, Entry, Kind, NodeId, Style};

pub(super) struct Layout<'d> {
    document: &'d Document,
    text: &'d str,
    comments: &'d Comments<'d>,
}

impl<'d> Layout<'d> {
    pub(super) fn new(document: &'d Document, text: &'d str, comments: &'d Comments<'d>) -> Self {
        Self { document, text, comments }
    }

    /// The whole text.
    pub(super) fn write(&self) -> String {
        let mut out = String::new();
        lines(&self.comments.head, 0, &mut out);
        let (root, order) = (self.document.root(), Order::of_manifest());
        let first = order.sorted(self.document.kind(root)).first().map(|entry| entry.value);
        // Comments of the first key would be about the whole without an empty line before them.
        if !out.is_empty()
            && (self.comments.head_apart || first.is_some_and(|first| !self.comments.before(first).is_empty()))
        {
            empty_line(&mut out);
        }
        self.spread(root, order, 0, &mut out);
        out
    }

    /// The entries of a mapping, each on lines of its own.
    fn mapping(&self, node: NodeId, order: Order, indent: usize, out: &mut String) {
        let begin = out.len();
        for entry in order.sorted(self.document.kind(node)) {
            self.lead(entry.value, indent, begin, out);
            out.push_str(&" ".repeat(indent));
            out.push_str(&self.key(entry));
            out.push(':');
            self.value(entry.value, order.of_key(&entry.key), indent, out);
        }
    }

    /// The items of a list, each on lines of its own.
    fn list(&self, items: &[NodeId], order: Order, indent: usize, out: &mut String) {
        let begin = out.len();
        for item in items {
            self.lead(*item, indent, begin, out);
            self.item(*item, order.of_items(), indent, out);
        }
    }

    fn item(&self, node: NodeId, order: Order, indent: usize, out: &mut String) {
        let inner = indent + STEP;
        if let Some(line) = self.inline(node, order, inner, indent + "- ".len()) {
            out.push_str(&format!("{}- {line}", " ".repeat(indent)));
            self.end_line(node, out);
            lines(self.comments.foot(node), inner, out);
            return;
        }
        let mut block = String::new();
        self.spread(node, order, inner, &mut block);
        // What is said before the first of it is said before the hyphen.
        let is_said = |line: &&str| line.trim_start().starts_with('#') || line.trim().is_empty();
        let said: usize = block.split_inclusive('\n').take_while(is_said).map(str::len).sum();
        let (said, rest) = block.split_at_checked(said).unwrap_or(("", &block));
        for comment in self.comments.behind(node) {
            out.push_str(&format!("{}{comment}\n", " ".repeat(indent)));
        }
        for line in said.lines() {
            let line = line.trim();
            out.push_str(&if line.is_empty() { "\n".to_owned() } else { format!("{}{line}\n", " ".repeat(indent)) });
        }
        out.push_str(&format!("{}- ", " ".repeat(indent)));
        out.push_str(rest.get(inner..).unwrap_or_default());
    }

    /// What stands behind the colon of a key, and the comments that belong to both.
    fn value(&self, node: NodeId, order: Order, indent: usize, out: &mut String) {
        let column = out.len() - out.rfind('\n').map_or(0, |end| end + 1);
        match self.inline(node, order, indent + STEP, column + 1) {
            Some(line) => {
                if !line.is_empty() {
                    out.push(' ');
                    out.push_str(&line);
                }
                self.end_line(node, out);
                lines(self.comments.foot(node), indent + STEP, out);
            }
            None => {
                self.end_line(node, out);
                self.spread(node, order, indent + STEP, out);
            }
        }
    }

    /// Ends the line of an entry with the comment behind it. Those that go on with it stand below it.
    fn end_line(&self, node: NodeId, out: &mut String) {
        // Of a text of several lines, it stands behind the sign before it.
        let comments = if is_block_text(self.document, node) { &[] } else { self.comments.behind(node) };
        let length = out.chars().rev().take_while(|c| *c != '\n').count();
        for (nth, comment) in comments.iter().enumerate() {
            let gap = if nth == 0 { self.gap(node, comment) } else { length + GAP };
            out.push_str(&" ".repeat(gap));
            out.push_str(comment);
            out.push('\n');
        }
        if comments.is_empty() {
            out.push('\n');
        }
    }

    /// How many spaces stand before the comment behind an entry. One before `#5` stays one: it may belong to the text, and
    /// what is told of that would not be told any more.
    fn gap(&self, node: NodeId, comment: &str) -> usize {
        let is_word = comment.strip_prefix('#').is_some_and(|said| said.starts_with(char::is_alphanumeric));
        let behind = self.text.get(self.document.span(node).end..).and_then(|behind| behind.strip_prefix(' '));
        let is_near = self.document.text(node).is_some() && behind.is_some_and(|behind| behind.starts_with(comment));
        if is_word && is_near { 1 } else { GAP }
    }

    /// The entries or items of a node on lines of their own, and the comments at their end.
    fn spread(&self, node: NodeId, order: Order, indent: usize, out: &mut String) {
        match self.document.kind(node) {
            Kind::Mapping(_) => self.mapping(node, order, indent, out),
            Kind::List(items) => self.list(items, order, indent, out),
            Kind::Null | Kind::Scalar(_) => {}
        }
        lines(self.comments.foot(node), indent, out);
    }

    /// A value that begins on the line of its key or hyphen; `None` for what takes lines of its own. Of a text of several
    /// lines, the others are indented by `indent`.
    fn inline(&self, node: NodeId, order: Order, indent: usize, column: usize) -> Option<String> {
        match self.document.kind(node) {
            Kind::Null => Some(String::new()),
            Kind::Scalar(value) => Some(self.scalar(node, value, indent, Around::Lines)),
            Kind::List(_) | Kind::Mapping(_) => {
                if !in_brackets(self.document, self.text, node) || self.comments.is_broken(node) {
                    return None;
                }
                let line = self.brackets(node, order);
                let must = matches!(line.as_str(), "{}" | "[]") || self.comments.binds_line(node);
                (must || column + line.chars().count() <= WIDTH).then_some(line)
            }
        }
    }

    /// A list or mapping in brackets, on one line.
    fn brackets(&self, node: NodeId, order: Order) -> String {
        match self.document.kind(node) {
            Kind::Mapping(entries) if entries.is_empty() => "{}".to_owned(),
            kind @ Kind::Mapping(_) => {
                let entry = |entry: &Entry| {
                    format!("{}: {}", self.key(entry), self.brackets(entry.value, order.of_key(&entry.key)))
                };
                let entries: Vec<String> = order.sorted(kind).into_iter().map(entry).collect();
                format!("{{ {} }}", entries.join(", "))
            }
            Kind::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.brackets(*item, order.of_items())).collect();
                format!("[{}]", items.join(", "))
            }
            Kind::Scalar(value) => self.scalar(node, value, 0, Around::Brackets),
            Kind::Null => String::new(),
        }
    }

    fn scalar(&self, node: NodeId, value: &str, indent: usize, around: Around) -> String {
        let written = self.written(self.document.span(node));
        match self.document.style(node) {
            style @ (Style::Literal | Style::Folded) => {
                let comment = self.comments.behind(node).first().copied();
                scalars::block(self.text, self.document.span(node), value, style, indent, comment)
            }
            _ if written.contains('\n') => scalars::moved(written, indent),
            Style::Plain => written.to_owned(),
            Style::SingleQuoted | Style::DoubleQuoted => scalars::quoted_if_needed(value, around),
        }
    }

    fn key(&self, entry: &'d Entry) -> Cow<'d, str> {
        let written = self.written(entry.key_span);
        match written.starts_with(['"', '\'']) {
            true => scalars::quoted_if_needed(&entry.key, Around::Brackets).into(),
            false => written.into(),
        }
    }

    fn written(&self, span: Span) -> &'d str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The comments before an entry, and the empty line before it. At the beginning of a block there is none.
    fn lead(&self, node: NodeId, indent: usize, begin: usize, out: &mut String) {
        // Right behind the key that holds the block, and at the top of the text.
        let is_first = |out: &str| out.len() == begin && (indent > 0 || begin == 0);
        for line in self.comments.before(node) {
            let apart = line.apart && !is_first(out);
            lines(&[Line { apart, ..*line }], indent, out);
        }
        if self.comments.is_apart(node) && !is_first(out) {
            empty_line(out);
        }
    }
}

/// Comments on lines of their own.
fn lines(comments: &[Line<'_>], indent: usize, out: &mut String) {
    for Line { text, apart } in comments {
        if *apart && !out.is_empty() {
            empty_line(out);
        }
        out.push_str(&format!("{}{text}\n", " ".repeat(indent)));
    }
}

/// An empty line, where there is none yet: the end of a text of several lines may be one.
fn empty_line(out: &mut String) {
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
}
