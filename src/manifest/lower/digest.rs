//! The digest of a manifest: SHA-256 of its canonical JSON, blind to layout, comments and the order of keys.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::manifest::model::Manifest;
use crate::syntax::{Document, Kind, NodeId};

/// A document as plain JSON, every scalar a string as it is written, so that YAML and JSON with the same content agree.
pub fn json(document: &Document) -> Value {
    value(document, document.root())
}

fn value(document: &Document, node: NodeId) -> Value {
    match document.kind(node) {
        Kind::Null => Value::Null,
        Kind::Scalar(text) => Value::String(text.to_string()),
        Kind::List(items) => Value::Array(items.iter().map(|item| value(document, *item)).collect()),
        Kind::Mapping(entries) => {
            let entries = entries.iter().map(|entry| (entry.key.to_string(), value(document, entry.value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

impl Manifest {
    /// SHA-256 of the canonical JSON of the document that the manifest was read from, as `sha256:` and hex digits; blind
    /// to layout and order of keys. Taken once.
    pub fn digest(&self, document: &Document) -> &str {
        self.digest.get_or_init(|| digest(document))
    }
}

/// `sha256:` and hex digits; empty where the document cannot be written, which strings and lists always can.
fn digest(document: &Document) -> String {
    let Ok(bytes) = serde_json_canonicalizer::to_vec(&json(document)) else {
        return String::new();
    };
    let hex: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}
