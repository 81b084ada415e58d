//! What a schema of others demands at the place where a document failed, and what it says of it in its own words.

use jsonschema::paths::Location;

use crate::diagnostic::{Place, Severity, Text};
use crate::source::{SourceId, Span};
use crate::syntax::{Document, Kind, NodeId};

/// The keyword by which a schema says how much a demand of it matters.
pub(super) const SEVERITY: &str = "x-clm-severity";

/// The keywords by which it says what a finding says, and what to do; each may end in `-es` for Spanish.
pub(super) const MESSAGE: &str = "x-clm-message";
pub(super) const HELP: &str = "x-clm-help";

/// The demands of one schema.
pub(super) struct Demands<'s> {
    schema: &'s Document,
    source: SourceId,
}

/// One demand: the keyword that failed, and the schemas around it on the way that the check went.
pub(super) struct Demand<'s> {
    schema: &'s Document,
    source: SourceId,
    /// From the innermost on.
    around: Vec<NodeId>,
    keyword: NodeId,
}

impl<'s> Demands<'s> {
    pub(super) fn new(schema: &'s Document, source: SourceId) -> Self {
        Self { schema, source }
    }

    /// Follows the way that a check went, references included.
    pub(super) fn at(&self, way: &Location) -> Demand<'s> {
        let schema = self.schema;
        let mut at = schema.root();
        let mut around = vec![at];
        for step in way.segments() {
            let step = step.to_string();
            let next = match schema.kind(at) {
                Kind::Mapping(_) => schema.get(at, &step),
                Kind::List(items) => step.parse::<usize>().ok().and_then(|index| items.get(index).copied()),
                Kind::Null | Kind::Scalar(_) => None,
            };
            // Behind a reference the way goes on where it leads.
            let next = next.map(|next| if step == "$ref" { self.referred(next).unwrap_or(next) } else { next });
            let Some(next) = next else { break };
            at = next;
            around.push(at);
        }
        around.reverse();
        Demand { schema, source: self.source, around, keyword: at }
    }

    /// Where a reference leads inside the schema.
    fn referred(&self, reference: NodeId) -> Option<NodeId> {
        let target = self.schema.text(reference)?.strip_prefix('#')?;
        if target.is_empty() || target.starts_with('/') {
            return self.schema.find(target);
        }
        let anchors = self.schema.scalars().filter(|(_, text)| *text == target);
        let is_anchor = |node: NodeId| self.schema.pointer(node).ends_with("/$anchor");
        anchors.map(|(node, _)| node).find(|node| is_anchor(*node)).and_then(|node| self.schema.parent(node))
    }
}

impl Demand<'_> {
    /// The keyword and its value, or the keyword alone where more stands behind it.
    pub(super) fn place(&self) -> Place {
        let value = self.schema.span(self.keyword);
        let span = match (self.schema.key_span(self.keyword), self.schema.kind(self.keyword)) {
            (Some(key), Kind::Scalar(_) | Kind::Null) => Span::new(key.start, value.end),
            (Some(key), _) => key,
            (None, _) => value,
        };
        Place::new(self.source, span)
    }

    /// The value of the keyword, if it is a single one.
    pub(super) fn words(&self) -> Vec<String> {
        match self.schema.kind(self.keyword) {
            Kind::List(items) => items.iter().filter_map(|item| self.schema.text(*item)).map(str::to_owned).collect(),
            _ => self.schema.text(self.keyword).map(str::to_owned).into_iter().collect(),
        }
    }

    /// How much it matters, if the schema says so.
    pub(super) fn severity(&self) -> Option<Severity> {
        Severity::parse(self.nearest(SEVERITY)?)
    }

    /// What the schema says of a document that fails it, in both languages.
    pub(super) fn message(&self) -> Option<Text> {
        let (message, spanish) = (self.nearest(MESSAGE)?, self.nearest(&format!("{MESSAGE}-es")));
        Some(Text::new("{message}").with("message", message).with("message_es", spanish.unwrap_or(message)))
    }

    /// What it says to do: its help, else the nearest description or title.
    pub(super) fn help(&self) -> Option<Text> {
        let in_both = |help: &str, spanish: Option<&str>| {
            Text::new("{help}").with("help", help).with("help_es", spanish.unwrap_or(help))
        };
        if let Some(help) = self.nearest(HELP) {
            return Some(in_both(help, self.nearest(&format!("{HELP}-es"))));
        }
        // What the whole schema is called is said of none of its demands.
        let inner = || self.around.iter().filter(|node| **node != self.schema.root());
        let described = ["description", "title"].iter().find_map(|key| inner().find_map(|node| self.said(*node, key)));
        described.map(|text| in_both(text, None))
    }

    /// What the innermost schema that says anything under a key says.
    fn nearest(&self, key: &str) -> Option<&str> {
        self.around.iter().find_map(|node| self.said(*node, key))
    }

    fn said(&self, node: NodeId, key: &str) -> Option<&str> {
        self.schema.get(node, key).and_then(|value| self.schema.text(value))
    }
}
