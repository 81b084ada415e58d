//! One of the two manifests in a negotiation, and how its statements are quoted.

use crate::agreement::{Role, StatementPlace};
use crate::lint::Checked;
use crate::manifest::model::Manifest;
use crate::negotiate::outcome::Statement;
use crate::source::Source;
use crate::syntax::{Document, NodeId};

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

/// Longest quotation of a statement, in characters.
const QUOTE: usize = 60;

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
        self.statement(role, node, shorten(text))
    }

    /// A node as a statement of an outcome, in words of ours.
    pub(super) fn statement(&self, role: Option<Role>, node: NodeId, says: String) -> Statement {
        let StatementPlace { party, file, pointer, line, column } = self.place(node);
        let path = self.document.path(node, self.source);
        Statement { party, role, path, file, pointer, line, column, says, place: self.document.place(node) }
    }
}

/// A text on one line, cut where it is long.
fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUOTE {
        return line;
    }
    line.chars().take(QUOTE - 1).chain(['…']).collect()
}
