//! Findings on house rules: in the federation's own words where it has some, else in plain ones, at the smallest thing to edit.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as E;

use super::demand::{Demand, Demands};
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::input::settings::HOUSE_RULE;
use crate::schema::tree::node_at;
use crate::source::Source;
use crate::syntax::{Document, Kind, NodeId};

/// Tells what in one document is not as one schema asks.
pub(super) struct Teller<'d> {
    document: &'d Document,
    source: &'d Source,
    demands: Demands<'d>,
    pub(super) found: Vec<Diagnostic>,
}

impl<'d> Teller<'d> {
    pub(super) fn new(document: &'d Document, source: &'d Source, demands: Demands<'d>) -> Self {
        Self { document, source, demands, found: Vec::new() }
    }

    pub(super) fn tell(&mut self, error: &ValidationError<'_>) {
        let node = node_at(self.document, error.instance_path());
        let demand = self.demands.at(error.evaluation_path());
        match error.kind() {
            // Who has words for all ways together does not mean one of them.
            E::AnyOf { context } | E::OneOfNotValid { context } if demand.message().is_none() => {
                if let Some(keys) = missing_each(error, context) {
                    let plain = match node == self.document.root() {
                        true => Text::new("one of {keys} is missing"),
                        false => Text::new("one of {keys} is missing in `{path}`").with("path", self.path(node)),
                    };
                    return self.add(&demand, node, self.first_key(node), plain.with("keys", listed(&keys)));
                }
                for error in nearest(error, context) {
                    self.tell(error);
                }
            }
            E::AdditionalProperties { unexpected } | E::UnevaluatedProperties { unexpected } => {
                for key in unexpected {
                    let below = self.document.get(node, key).unwrap_or(node);
                    let plain = self.of_key(
                        Text::new("`{key}` may not stand here"),
                        Text::new("`{key}` may not stand in `{path}`"),
                        node,
                        key,
                    );
                    self.add(&demand, below, self.document.key_place(below), plain);
                }
            }
            E::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                let plain = self.of_key(
                    Text::new("`{key}` is missing"),
                    Text::new("`{key}` is missing in `{path}`"),
                    node,
                    key,
                );
                self.add(&demand, node, self.first_key(node), plain);
            }
            E::PropertyNames { error } => {
                let key = error.instance().as_str().unwrap_or_default().to_owned();
                let below = self.document.get(node, &key).unwrap_or(node);
                let demand = self.demands.at(error.evaluation_path());
                let plain = self.of_key(
                    Text::new("`{key}` is no name that may stand here"),
                    Text::new("`{key}` is no name that may stand in `{path}`"),
                    node,
                    &key,
                );
                self.add(&demand, below, self.document.key_place(below), plain);
            }
            kind => {
                let plain = self.plain(kind, &demand).with("path", self.path(node)).with("value", self.value(node));
                self.add(&demand, node, self.place(node), plain);
            }
        }
    }

    fn add(&mut self, demand: &Demand<'_>, node: NodeId, place: Place, plain: Text) {
        let mut finding = Diagnostic::new(&HOUSE_RULE, place).node(self.document.address(node));
        finding.severity = demand.severity().unwrap_or(finding.severity);
        finding.message = demand.message().unwrap_or(plain);
        finding.help = demand.help();
        self.found.push(finding.label(demand.place(), Text::new("demanded here")));
    }

    /// A sentence about a key of a mapping, which is named unless it is the whole document.
    fn of_key(&self, at_top: Text, below: Text, node: NodeId, key: &str) -> Text {
        let top = node == self.document.root();
        (if top { at_top } else { below }).with("key", key).with("path", self.path(node))
    }

    /// What a keyword demands, in plain words.
    fn plain(&self, kind: &E, demand: &Demand<'_>) -> Text {
        let text = match kind {
            E::Custom { keyword, .. } if keyword == "type" => of_kind(&demand.words()),
            E::Custom { .. } | E::Enum { .. } => one_of(&demand.words()),
            E::Constant { .. } => one_of(&demand.words()),
            E::Minimum { .. } => Text::new("`{path}` is `{value}`, and must be at least {limit}"),
            E::Maximum { .. } => Text::new("`{path}` is `{value}`, and must be at most {limit}"),
            E::ExclusiveMinimum { .. } => Text::new("`{path}` is `{value}`, and must be more than {limit}"),
            E::ExclusiveMaximum { .. } => Text::new("`{path}` is `{value}`, and must be less than {limit}"),
            E::MultipleOf { .. } => Text::new("`{path}` is `{value}`, and must be a multiple of {limit}"),
            E::MinLength { .. } => Text::new("`{path}` is too short: {limit} characters are the least"),
            E::MaxLength { .. } => Text::new("`{path}` is too long: {limit} characters are the most"),
            E::MinItems { .. } => Text::new("`{path}` has too few entries: {limit} is the least"),
            E::MaxItems { .. } => Text::new("`{path}` has too many entries: {limit} is the most"),
            E::MinProperties { .. } => Text::new("`{path}` has too few keys: {limit} is the least"),
            E::MaxProperties { .. } => Text::new("`{path}` has too many keys: {limit} is the most"),
            E::Pattern { .. } | E::Format { .. } => {
                Text::new("`{path}` is `{value}`, which is not of the form `{limit}`")
            }
            E::UniqueItems => Text::new("`{path}` holds an entry twice"),
            E::Contains => Text::new("`{path}` holds no entry of the kind that is asked for"),
            E::OneOfMultipleValid { .. } => Text::new("`{path}` fits several of the ways, and may fit one alone"),
            E::FalseSchema => Text::new("`{path}` may not stand here"),
            _ => HOUSE_RULE.sentence(),
        };
        match demand.words().as_slice() {
            [limit] => text.with("limit", limit),
            _ => text,
        }
    }

    fn path(&self, node: NodeId) -> String {
        let path = self.document.path(node, self.source);
        if path.is_empty() { "manifest".to_owned() } else { path }
    }

    fn value(&self, node: NodeId) -> &str {
        self.document.text(node).unwrap_or_default()
    }

    /// A scalar or an item itself, else the key behind which it stands; of the whole document, its first key.
    fn place(&self, node: NodeId) -> Place {
        match self.document.kind(node) {
            Kind::Scalar(_) => self.document.place(node),
            _ if node == self.document.root() => self.first_key(node),
            _ => self.document.key_place(node),
        }
    }

    fn first_key(&self, mapping: NodeId) -> Place {
        match self.document.kind(mapping) {
            Kind::Mapping(entries) => entries
                .first()
                .map_or_else(|| self.document.place(mapping), |entry| self.document.key_place(entry.value)),
            _ => self.document.key_place(mapping),
        }
    }
}

fn of_kind(kinds: &[String]) -> Text {
    match kinds.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["string"] => Text::new("`{path}` must be a single value"),
        ["integer"] => Text::new("`{path}` must be a whole number"),
        ["number"] => Text::new("`{path}` must be a number"),
        ["boolean"] => Text::new("`{path}` must be `true` or `false`"),
        ["array"] => Text::new("`{path}` must be a list"),
        ["object"] => Text::new("`{path}` must be a group of keys"),
        ["null"] => Text::new("`{path}` must be empty"),
        _ => Text::new("`{path}` is of none of the kinds {words}").with("words", listed(kinds)),
    }
}

fn one_of(words: &[String]) -> Text {
    match words {
        [_] => Text::new("`{path}` must be `{limit}`"),
        [] => Text::new("`{path}` is none of the values that are allowed"),
        several => Text::new("`{path}` is `{value}`, and must be one of {words}").with("words", listed(several)),
    }
}

fn listed(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The keys of which each way asks for one alone, where that is all that a document lacks.
fn missing_each(outer: &ValidationError<'_>, ways: &[Vec<ValidationError<'static>>]) -> Option<Vec<String>> {
    let missing = |way: &Vec<ValidationError<'static>>| match way.as_slice() {
        [error] if error.instance_path() == outer.instance_path() => match error.kind() {
            E::Required { property } => property.as_str().map(str::to_owned),
            _ => None,
        },
        _ => None,
    };
    ways.iter().map(missing).collect::<Option<Vec<String>>>().filter(|keys| keys.len() > 1)
}

/// The way that was most likely meant: of the right kind, with the fewest mistakes.
fn nearest<'e>(
    outer: &ValidationError<'_>,
    ways: &'e [Vec<ValidationError<'static>>],
) -> &'e [ValidationError<'static>] {
    let strangeness = |errors: &&Vec<ValidationError<'static>>| {
        let wrong_kind = errors.iter().any(|error| {
            let kind = matches!(error.kind(), E::Custom { keyword, .. } if keyword == "type");
            kind && error.instance_path() == outer.instance_path()
        });
        let wrong_word = errors.iter().any(|error| matches!(error.kind(), E::Custom { .. } | E::Constant { .. }));
        (wrong_kind, wrong_word, errors.len())
    };
    ways.iter().min_by_key(strangeness).map_or(&[], Vec::as_slice)
}
