//! JSON: what stood on one line stays there where it fits, all else is spread over lines.

use super::order::Order;
use super::{STEP, WIDTH};
use crate::syntax::{Document, Kind, NodeId};

/// The text of a document as JSON.
pub(super) fn write(document: &Document, text: &str) -> String {
    let writer = Writer { document, text };
    let mut out = writer.spread(document.root(), Order::of_manifest(), 0);
    out.push('\n');
    out
}

struct Writer<'d> {
    document: &'d Document,
    text: &'d str,
}

impl Writer<'_> {
    fn written(&self, node: NodeId) -> &str {
        let span = self.document.span(node);
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// A node, `column` characters behind the beginning of its line, which is indented by `indent`.
    fn node(&self, node: NodeId, order: Order, indent: usize, column: usize) -> String {
        if !self.written(node).contains('\n') {
            let line = self.line(node, order);
            // A comma may follow.
            if column + line.chars().count() < WIDTH {
                return line;
            }
        }
        self.spread(node, order, indent)
    }

    /// A node on one line.
    fn line(&self, node: NodeId, order: Order) -> String {
        let parts = |parts: Vec<String>| parts.join(", ");
        match self.document.kind(node) {
            Kind::Mapping(entries) if entries.is_empty() => "{}".to_owned(),
            kind @ Kind::Mapping(_) => {
                let entry = |entry: &crate::syntax::Entry| {
                    format!("{}: {}", self.key(entry.key_span), self.line(entry.value, order.of_key(&entry.key)))
                };
                format!("{{ {} }}", parts(order.sorted(kind).into_iter().map(entry).collect()))
            }
            Kind::List(items) => {
                format!("[{}]", parts(items.iter().map(|item| self.line(*item, order.of_items())).collect()))
            }
            Kind::Null | Kind::Scalar(_) => self.written(node).to_owned(),
        }
    }

    /// A node with each of its parts on lines of their own.
    fn spread(&self, node: NodeId, order: Order, indent: usize) -> String {
        let inner = indent + STEP;
        let (open, close, parts) = match self.document.kind(node) {
            kind @ Kind::Mapping(entries) if !entries.is_empty() => {
                let entry = |entry: &crate::syntax::Entry| {
                    let key = format!("{}: ", self.key(entry.key_span));
                    let column = inner + key.chars().count();
                    key + &self.node(entry.value, order.of_key(&entry.key), inner, column)
                };
                ('{', '}', order.sorted(kind).into_iter().map(entry).collect::<Vec<_>>())
            }
            Kind::List(items) if !items.is_empty() => {
                let item = |item: &NodeId| self.node(*item, order.of_items(), inner, inner);
                ('[', ']', items.iter().map(item).collect())
            }
            _ => return self.line(node, order),
        };
        let pad = " ".repeat(inner);
        let body = parts.join(&format!(",\n{pad}"));
        format!("{open}\n{pad}{body}\n{}{close}", " ".repeat(indent))
    }

    fn key(&self, span: crate::source::Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}
