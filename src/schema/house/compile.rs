//! A document that holds a JSON Schema to a validator, and what is wrong with it.
//!
//! `type` and `enum` are read our way, since one scalar can be a text and a number. Nothing is fetched.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::json::Json;
use jsonschema::{JsonType, Keyword, ReferencingError, Retrieve, Uri, ValidationError, Validator};
use serde_json::Value;

use super::demand::SEVERITY;
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::input::settings::{BROKEN_HOUSE_RULES, FOREIGN_REFERENCE};
use crate::schema::published;
use crate::schema::tree::{OthersTree, TreeNode, node_at};
use crate::syntax::{Document, Kind, NodeId, Style};

/// The validator that a document describes.
pub(super) fn compile(document: &Document) -> Result<Validator<OthersTree>, Vec<Diagnostic>> {
    let wrong = wrong_severities(document);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let options = jsonschema::options_for::<OthersTree>()
        .with_retriever(NothingIsFetched)
        .with_keyword("type", |_, value, _| Ok(Box::new(OfKind(words(value)))))
        .with_keyword("enum", |_, value, _| Ok(Box::new(OneOf(value.as_array().cloned().unwrap_or_default()))));
    options.build(&value_of(document, document.root())).map_err(|error| vec![told(document, &error)])
}

/// A node as JSON: what stands without quotes counts by its look.
fn value_of(document: &Document, node: NodeId) -> Value {
    match document.kind(node) {
        Kind::Null => Value::Null,
        Kind::List(items) => items.iter().map(|item| value_of(document, *item)).collect(),
        Kind::Mapping(entries) => {
            Value::Object(entries.iter().map(|e| (e.key.to_string(), value_of(document, e.value))).collect())
        }
        Kind::Scalar(text) => match (document.style(node), text.as_str()) {
            (Style::Plain, "true") => Value::Bool(true),
            (Style::Plain, "false") => Value::Bool(false),
            (Style::Plain, text) => TreeNode::In(document, node).number().map_or_else(|| text.into(), Value::Number),
            (_, text) => text.into(),
        },
    }
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().flat_map(words).collect(),
        other => other.as_str().map(str::to_owned).into_iter().collect(),
    }
}

/// The keyword `type`.
struct OfKind(Vec<String>);

impl<'i> Keyword<'i, OthersTree> for OfKind {
    fn validate(&self, instance: <OthersTree as Json>::Node<'i>) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) { Ok(()) } else { Err(ValidationError::custom("another kind is due")) }
    }

    fn is_valid(&self, instance: <OthersTree as Json>::Node<'i>) -> bool {
        self.0.iter().any(|kind| instance.is_of(kind))
    }
}

/// The keyword `enum`.
struct OneOf(Vec<Value>);

impl<'i> Keyword<'i, OthersTree> for OneOf {
    fn validate(&self, instance: <OthersTree as Json>::Node<'i>) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) { Ok(()) } else { Err(ValidationError::custom("another value is due")) }
    }

    fn is_valid(&self, instance: <OthersTree as Json>::Node<'i>) -> bool {
        self.0.iter().any(|option| instance.is_like(option))
    }
}

/// Knows the schema of manifests, so that a federation's may build on it, and no other.
struct NothingIsFetched;

impl Retrieve for NothingIsFetched {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let own = published();
        if own.get("$id").and_then(Value::as_str) == Some(uri.as_str()) {
            Ok(own)
        } else {
            Err("it is not fetched".into())
        }
    }
}

/// What is wrong with a schema, at the smallest part of it.
fn told(document: &Document, error: &ValidationError<'_>) -> Diagnostic {
    if let ValidationErrorKind::Referencing(reference) = error.kind() {
        return foreign(document, reference);
    }
    let node = node_at(document, error.instance_path());
    let reason = match error.kind() {
        ValidationErrorKind::Format { format } if format == "regex" => Text::new("it is no regular expression"),
        ValidationErrorKind::Type { kind: TypeKind::Single(kind) } => due(*kind),
        ValidationErrorKind::AnyOf { .. } if error.instance_path().as_str().ends_with("/type") => {
            Text::new("it takes {words}").with("words", KINDS)
        }
        ValidationErrorKind::AnyOf { .. } | ValidationErrorKind::OneOfNotValid { .. } => {
            Text::new("it is written in none of the ways that are allowed there")
        }
        _ => in_its_words(&error.masked_with("it")),
    };
    broken(document, node, reason)
}

/// What the checker of schemas says, which knows English alone.
fn in_its_words(reason: &dyn std::fmt::Display) -> Text {
    Text::new("{reason}").with("reason", reason)
}

/// What the keyword `type` takes.
const KINDS: &str = "`string`, `number`, `integer`, `boolean`, `array`, `object`, `null`";

fn due(kind: JsonType) -> Text {
    match kind {
        JsonType::Array => Text::new("it must be a list"),
        JsonType::Object => Text::new("it must be a group of keys"),
        JsonType::Boolean => Text::new("it must be `true` or `false`"),
        JsonType::Integer => Text::new("it must be a whole number"),
        JsonType::Number => Text::new("it must be a number"),
        JsonType::String => Text::new("it must be a text"),
        JsonType::Null => Text::new("it must be empty"),
    }
}

/// What is wrong with a file that is not even the beginning of a schema, not measured as a manifest.
pub(super) fn unread(mut finding: Diagnostic) -> Diagnostic {
    if matches!(finding.rule.name, "root-not-mapping" | "empty-document" | "missing-colon") {
        finding = Diagnostic::new(&BROKEN_HOUSE_RULES, finding.place);
        finding = finding.message(Text::new("a JSON Schema is due here: keywords and what they ask"));
    }
    finding
}

fn broken(document: &Document, node: NodeId, reason: Text) -> Diagnostic {
    let place = match document.kind(node) {
        Kind::Scalar(_) => document.place(node),
        _ => document.key_place(node),
    };
    let finding = Diagnostic::new(&BROKEN_HOUSE_RULES, place).node(document.address(node));
    let finding = match document.key_of(node) {
        None => finding.message(Text::new("this file is not as JSON Schema asks: {reason}")),
        Some(key) => finding.with("key", key),
    };
    finding.with_text("reason", reason)
}

/// Tells of a reference that leads nowhere, where it stands.
fn foreign(document: &Document, error: &ReferencingError) -> Diagnostic {
    let wanted = match error {
        ReferencingError::Unretrievable { uri, .. } => uri.clone(),
        ReferencingError::PointerToNowhere { pointer } => pointer.clone(),
        ReferencingError::NoSuchAnchor { anchor } | ReferencingError::InvalidAnchor { anchor } => anchor.clone(),
        ReferencingError::UnknownSpecification { specification } => specification.clone(),
        other => return broken(document, document.root(), in_its_words(&other)),
    };
    let references = document.scalars().filter(|(node, _)| is_reference(document, *node));
    let bare = |text: &str| text.trim_start_matches('#').split('#').next().unwrap_or_default().to_owned();
    let leads_there =
        |text: &str| !bare(text).is_empty() && bare(&wanted).ends_with(bare(text).trim_start_matches("./"));
    let Some((node, text)) = references.into_iter().find(|(_, text)| leads_there(text)) else {
        return broken(document, document.root(), in_its_words(error));
    };
    if document.pointer(node).ends_with("/$schema") {
        return broken(document, node, Text::new("no version of JSON Schema has this name"));
    }
    let mut finding = Diagnostic::new(&FOREIGN_REFERENCE, document.place(node)).node(document.address(node));
    if text.starts_with('#') {
        finding.message = Text::new("`{reference}` leads nowhere in this file");
        finding = finding.help(Text::new("`#/$defs/name` leads to what stands under `$defs` and there under `name`"));
    } else {
        finding = finding
            .help(Text::new("put what it refers to into this file, under `$defs`, and refer to it as `#/$defs/…`"));
    }
    finding.with("reference", text)
}

fn is_reference(document: &Document, node: NodeId) -> bool {
    let pointer = document.pointer(node);
    ["/$ref", "/$dynamicRef", "/$schema"].iter().any(|key| pointer.ends_with(key))
}

/// Severities of our own keyword that are none.
fn wrong_severities(document: &Document) -> Vec<Diagnostic> {
    let is_set = |node: &NodeId| document.pointer(*node).ends_with(&format!("/{SEVERITY}"));
    let wrong = document.scalars().filter(|(node, text)| Severity::parse(text).is_none() && is_set(node));
    wrong.map(|(node, _)| broken(document, node, Text::new("it takes `info`, `warning` or `error`"))).collect()
}
