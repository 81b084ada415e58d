//! One of the two manifests in a negotiation, and how its statements are quoted.

use super::words;
use crate::agreement::{Role, StatementPlace};
use crate::diagnostic::Text;
use crate::lint::Checked;
use crate::manifest::model::Manifest;
use crate::negotiate::outcome::{SHORT, Statement};
use crate::source::Source;
use crate::syntax::{Document, Kind, NodeId};

/// A checked manifest with the text it was read from.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The manifest, without errors.
    pub checked: &'a Checked,
    /// The tree that its nodes refer to.
    pub document: &'a Document,
    /// The text that the tree's places refer to.
    pub source: &'a Source,
}

impl<'a> Side<'a> {
    pub(super) fn manifest(&self) -> &'a Manifest {
        self.checked
    }

    pub(super) fn id(&self) -> &'a str {
        &self.manifest().coop.id.value
    }

    /// The place of a node for the provenance of an agreement.
    pub(super) fn place(&self, node: NodeId) -> StatementPlace {
        let at = self.source.line_column(self.document.span(node).start);
        StatementPlace {
            party: self.id().to_owned(),
            file: self.source.name().to_owned(),
            pointer: self.document.pointer(node),
            line: at.line,
            column: at.column,
        }
    }

    /// A node as a statement of an outcome, in the words of the file.
    pub(super) fn quote(&self, role: Option<Role>, node: NodeId) -> Statement {
        let text = self.source.slice(self.document.span(node));
        let says = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_short = |text: &str| text.chars().count() <= SHORT;
        // What is long as it is written can be short in words.
        let in_words = self.in_words(node, &says).filter(|words| is_short(&says) || is_short(&words.english()));
        let StatementPlace { party, file, pointer, line, column } = self.place(node);
        let path = self.document.path(node, self.source);
        let place = self.document.place(node);
        Statement { party, role, path, file, pointer, line, column, says, in_words, is_silent: false, place }
    }

    /// What a node says, as it is said in a sentence: values and ranges in words, all else as it is written.
    fn in_words(&self, node: NodeId, written: &str) -> Option<Text> {
        match self.document.kind(node) {
            Kind::Null => None,
            Kind::Scalar(text) => Some(words::value(text)),
            Kind::List(items) => {
                let all: Option<Vec<Text>> = items.iter().map(|item| self.option_in_words(*item)).collect();
                all.and_then(words::commas).or_else(|| Some(as_written(written)))
            }
            Kind::Mapping(_) => {
                let said = self.range_in_words(node).or_else(|| self.option_in_words(node));
                said.or_else(|| Some(as_written(written)))
            }
        }
    }

    /// One of several options, without what it costs or is worth.
    fn option_in_words(&self, node: NodeId) -> Option<Text> {
        let value = words::value(self.word(node)?);
        let place = self.document.get(node, "at").and_then(|at| self.document.text(at));
        Some(match place {
            Some(place) => Text::new("{value} at {place}").with_text("value", value).with("place", place),
            None => value,
        })
    }

    /// A group of the ends of a range, and the circuit that it is in; without what it costs or is worth.
    fn range_in_words(&self, node: NodeId) -> Option<Text> {
        let Kind::Mapping(entries) = self.document.kind(node) else { return None };
        let ends = ["at_least", "at_most", "multiple_of"];
        let is_said = |key: &str| ends.contains(&key) || ["in", "costs_us", "worth_to_us"].contains(&key);
        if !entries.iter().all(|entry| is_said(&entry.key)) {
            return None;
        }
        let [least, most, step] = ends.map(|end| self.document.text(self.document.get(node, end)?));
        let between = match (least, most) {
            (Some(least), Some(most)) if least == most => Some(words::value(least)),
            (Some(least), Some(most)) => Some(words::from_to(least, most)),
            _ => words::between(least, most),
        };
        let circuit = self.document.get(node, "in").and_then(|circuit| self.document.text(circuit));
        let between = between.map(|range| match circuit {
            Some(circuit) => Text::new("{value} in {circuit}").with_text("value", range).with("circuit", circuit),
            None => range,
        });
        Some(match (between, step) {
            (Some(range), Some(step)) => words::in_multiples(range, step),
            (Some(range), None) => range,
            (None, Some(step)) => words::multiples(step),
            (None, None) => return None,
        })
    }

    /// The word by which a choice is written: its value, where it is a group.
    pub(super) fn word(&self, choice: NodeId) -> Option<&'a str> {
        let document = self.document;
        document.text(choice).or_else(|| document.text(document.get(choice, "value")?))
    }

    /// Where the points of a choice are written, if they are.
    pub(super) fn points_of(&self, choice: NodeId) -> Option<NodeId> {
        self.document.get(choice, "points")
    }

    /// Where its operations stand, or would stand.
    pub(super) fn operations(&self) -> NodeId {
        let document = self.document;
        document.get(document.root(), "operations").unwrap_or_else(|| document.root())
    }

    /// Where it says who it is.
    pub(super) fn coop(&self) -> NodeId {
        let document = self.document;
        document.get(document.root(), "coop").unwrap_or_else(|| document.root())
    }
}

fn as_written(text: &str) -> Text {
    Text::new("{value}").with("value", text)
}
