//! The check of a document's shape: which keys stand where, and which kind of node stands behind each.
//!
//! A JSON Schema decides and never speaks: whatever it finds is told in our words, one finding for one mistake. The
//! document is validated where it stands; paths are only built once there is something to tell. What a value means is
//! not known here.

mod site;
mod tell;
mod tree;
mod words;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use jsonschema::ValidationError;
use serde_json::Value;

use crate::diagnostic::{self, Diagnostic};
use crate::syntax::{Document, Kind, NodeId};

use site::{KnownKeys, Site};
use tell::Teller;
use tree::{Tree, TreeNode};

/// What the shape of a document is worth.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The nodes that cannot be read; without them the rest can.
    pub bad: BTreeSet<NodeId>,
}

/// Checks the shape of a manifest.
pub fn check(document: &Document) -> Shape {
    static MANIFEST: LazyLock<Result<Checker, String>> = LazyLock::new(|| Checker::new(super::manifest_schema()));
    // The schema is our own; that it compiles is tested.
    MANIFEST.as_ref().map(|checker| checker.check(document)).unwrap_or_default()
}

/// A compiled schema that documents are checked against.
pub struct Checker {
    schema: Value,
    known: KnownKeys,
    validator: Validator<Tree>,
}

impl Checker {
    /// Compiles a schema, whose scalars must be described as [`super::field_decides`] leaves them.
    ///
    /// # Errors
    ///
    /// What is wrong with the schema.
    pub fn new(schema: Value) -> Result<Self, String> {
        let validator = jsonschema::options_for::<Tree>().build(&schema).map_err(|error| error.to_string())?;
        Ok(Self { known: KnownKeys::of(&schema), schema, validator })
    }

    /// Checks the shape of a document.
    pub fn check(&self, document: &Document) -> Shape {
        let root = TreeNode::In(document, document.root());
        if self.validator.is_valid(root) {
            return Shape::default();
        }
        let mut mistakes = Vec::new();
        for error in self.validator.iter_errors(root) {
            self.collect(document, &error, &mut mistakes);
        }
        let mut shape = Teller::new(document, &self.known).tell(mistakes);
        diagnostic::sort(&mut shape.diagnostics);
        shape
    }

    /// Turns an error of the validator into mistakes of ours.
    fn collect<'s>(&'s self, document: &Document, error: &ValidationError<'_>, out: &mut Vec<Mistake<'s>>) {
        use ValidationErrorKind as E;
        let node = node_at(document, error);
        let what = match error.kind() {
            E::AnyOf { context } | E::OneOfNotValid { context } => {
                for error in nearest(error, context) {
                    self.collect(document, error, out);
                }
                return;
            }
            E::AdditionalProperties { unexpected } => What::UnknownKeys(unexpected.clone()),
            E::Required { property } => What::MissingKey(property.as_str().unwrap_or_default().to_owned()),
            E::Type { .. } | E::Not { .. } | E::MinItems { .. } | E::MinProperties { .. } => match document.kind(node) {
                Kind::Null => What::Empty,
                _ if matches!(error.kind(), E::MinItems { .. } | E::MinProperties { .. }) => What::Empty,
                _ => What::WrongKind,
            },
            E::PropertyNames { error } => {
                let name = error.instance().as_str().unwrap_or_default().to_owned();
                if matches!(error.kind(), E::Enum { .. }) { What::Excluded(name) } else { What::BadName(name) }
            }
            E::Enum { options } => What::UnknownWord(options.as_array().cloned().unwrap_or_default()),
            E::Constant { expected_value } => What::UnknownWord(vec![expected_value.as_ref().clone()]),
            _ => What::UnknownWord(Vec::new()),
        };
        out.push(Mistake { node, site: Site::of(&self.schema, error.evaluation_path()), what });
    }
}

/// What is wrong with one node.
struct Mistake<'s> {
    /// The node; the mapping, where it is about keys.
    node: NodeId,
    /// What the schema says of it.
    site: Site<'s>,
    what: What,
}

enum What {
    UnknownKeys(Vec<String>),
    MissingKey(String),
    WrongKind,
    Empty,
    BadName(String),
    /// The key stands beside another that excludes it.
    Excluded(String),
    /// None of these; none are given where a pattern or the like failed.
    UnknownWord(Vec<Value>),
}

/// The branch of alternatives that was most likely meant: of the right kind and discriminator, with the fewest errors.
fn nearest<'e>(outer: &ValidationError<'_>, branches: &'e [Vec<ValidationError<'static>>]) -> &'e [ValidationError<'static>] {
    let strangeness = |errors: &&Vec<ValidationError<'static>>| {
        let wrong_kind = errors.iter().any(|error| {
            matches!(error.kind(), ValidationErrorKind::Type { .. }) && error.instance_path() == outer.instance_path()
        });
        let wrong_word = errors.iter().any(|error| {
            matches!(error.kind(), ValidationErrorKind::Constant { .. } | ValidationErrorKind::Enum { .. })
        });
        (wrong_kind, wrong_word, errors.len())
    };
    branches.iter().min_by_key(strangeness).map_or(&[], Vec::as_slice)
}

/// The node that an error is about.
fn node_at(document: &Document, error: &ValidationError<'_>) -> NodeId {
    let mut node = document.root();
    for segment in error.instance_path().segments() {
        let segment = segment.to_string();
        let next = match document.kind(node) {
            Kind::Mapping(entries) => entries.iter().find(|entry| entry.key == segment).map(|entry| entry.value),
            Kind::List(items) => segment.parse::<usize>().ok().and_then(|index| items.get(index).copied()),
            _ => None,
        };
        node = next.unwrap_or(node);
    }
    node
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources};

    fn parse(text: &str) -> Document {
        let source = Sources::new().add(Source::new("a.clm.yaml", text));
        Document::of(&serde_yaml::from_str(text).unwrap(), source)
    }

    fn findings(text: &str) -> Vec<String> {
        let tell = |finding: &Diagnostic| {
            let help = finding.help.as_ref().map(|help| format!(" ({})", help.english())).unwrap_or_default();
            format!("{} {}: {}{help}", finding.rule.code, finding.pointer, finding.message.english())
        };
        check(&parse(text)).diagnostics.iter().map(tell).collect()
    }

    const EVERY_KEY: &str = include_str!("../every_key.clm.yaml");

    /// The smallest manifest, with more behind it.
    fn with(more: &str) -> String {
        format!("clm: 1\ncoop:\n  id: https://a.example\n  name: A\n  legal_form: worker\n  place: {{ country: AR }}\n{more}")
    }

    #[test]
    fn the_schema_compiles_and_a_manifest_with_every_key_passes() {
        Checker::new(crate::schema::manifest_schema()).unwrap();
        assert_eq!(findings(EVERY_KEY), [""; 0]);
        assert_eq!(findings(&with("")), [""; 0]);
    }

    #[test]
    fn one_mistake_is_one_finding_in_plain_words() {
        for (text, expected) in [
            (with("colour: red"), "CLM0201 /colour: unknown key `colour` (take the key out)"),
        ] {
            assert_eq!(findings(&text), [expected], "{text}");
        }
    }

    #[test]
    fn show() {
        for more in [
            "colour: red", "payment_days: 3", "statuss: 3", "offers:", "offers: []", "offers: x", "offers: { a: }", "offers: { a: { item: x, pirce: 3 } }",
            "offers: { A: { item: x } }", "offers: { a: { name: x } }", "offers: { a: { items: x } }", "offers: { a: { item: {} } }", "offers: { a: { include: { b: 3 }, price: 3 } }",
            "offers: { a: { item: x, includes: { b: 3 }, price: 3 } }", "offers: { a: { item: x, price: { at_least: 3, tiers: [] } } }",
            "offers: { a: { item: x, price: { tiers: [3] } } }", "offers: { a: { item: x, price: { tiers: [{ form: 3, price: 3 }] } } }",
            "offers: { a: { item: x, price: [3] } }", "offers: { a: { item: x, lead_time: [3] } }", "offers: { a: { item: x, delivery: [[3]] } }",
            "offers: { a: { item: x, delivery: { costs_us: 3 } } }", "offers: { a: { item: x, law: AR } }", "agreement: { payment_days: 3 }", "offers: { a: { item: x, colour: red } }",
            "partners: { a: { at_least: 3 } }", "partners: { a: {} }", "partners: { a: [x] }", "partners: { a: { place: AR } }", "offers: { a: { item: [] } }",
            "offers: { a: { item: x, for: { with: b } } }", "operations: { odrer: {} }", "operations: { sing: {} }", "valid: 2026-01-01", "valid: { form: 3 }", "needs: { a: { item: x, includes: { b: 3 } } }",
            "offers: { a: { item: x, x_a: { value: 3, at_least: 3 } } }", "offers: { a: { item: x, x_A: 3 } }", "offers: { a: null }", "offers: { a: { item: x, properties: [a] } }",
        ] {
            println!("{more}\n    {}", findings(&with(more)).join("\n    "));
        }
        for text in ["", "[]", "x", "clm: 2\ncoop: { id: a, name: b, legal_form: c, place: { country: d } }", "clm: 1\ncoop: { id: a, name: b, legal_from: c, place: { contry: d } }",
            "clm: 1\ncoop: { id: a, name: b, legal_form: c, country: d }", "clm: 1\ncoop: { }", "clm: 1\nname: a\nid: b", "coop: { id: a, name: b, legal_form: c, place: Argentina }"] {
            println!("{text}\n    {}", findings(text).join("\n    "));
        }
    }
}
