//! House rules: what a federation, or a coop itself, asks of manifests beyond the language, as a JSON Schema of its own.
//!
//! The schema is read with the reader of manifests, so that every demand has a place that can be shown, and is held against a
//! document where it stands. It says nothing about whether a manifest is valid: only a check asks for it.

mod compile;
mod demand;
mod keywords;
mod tell;

use jsonschema::Validator;

use super::tree::{OthersTree, TreeNode};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::source::{Source, SourceId, Sources};
use crate::syntax::{self, Document};

use demand::Demands;
use tell::Teller;

/// A file of house rules, ready to be held against manifests.
pub struct HouseRules {
    source: Source,
    document: Document,
    validator: Validator<OthersTree>,
}

impl HouseRules {
    /// Reads a JSON Schema, written as JSON or YAML.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn read(id: SourceId, source: &Source) -> Result<Self, Vec<Diagnostic>> {
        let parsed = syntax::parse(id, source);
        let mut errors = parsed.diagnostics;
        errors.retain(|finding| finding.severity == Severity::Error);
        match parsed.document {
            Some(document) if errors.is_empty() => {
                let validator = compile::compile(&document)?;
                let slips = keywords::slips(&document);
                if !slips.is_empty() {
                    return Err(slips);
                }
                Ok(Self { source: source.clone(), document, validator })
            }
            _ => Err(errors.into_iter().map(compile::unread).collect()),
        }
    }

    /// What in a document, which was read from `source`, is not as these rules ask, in order of place. Their text joins
    /// `sources` where there is something to tell.
    pub fn check(&self, document: &Document, source: &Source, sources: &mut Sources) -> Vec<Diagnostic> {
        let root = TreeNode::In(document, document.root());
        if self.validator.is_valid(root) {
            return Vec::new();
        }
        let demands = Demands::new(&self.document, sources.add(self.source.clone()));
        let mut teller = Teller::new(document, source, demands);
        for error in self.validator.iter_errors(root) {
            teller.tell(&error);
        }
        let mut found = teller.found;
        diagnostic::sort(&mut found);
        found
    }
}

impl std::fmt::Debug for HouseRules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HouseRules").field("name", &self.source.name()).finish_non_exhaustive()
    }
}
