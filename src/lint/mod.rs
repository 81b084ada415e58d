//! Whether what a manifest says can hold together: the rules of chapters 4 and 5, and the only door onward.
//!
//! [`read`] is the whole way from a text to a [`Checked`] manifest. All findings of a text come in one run, and a part
//! that could not be read is never complained of twice. Nothing here negotiates, and nothing here knows what day it is.

mod context;
mod measure;
#[cfg(test)]
mod pages;
pub mod rules;
mod terms;
#[cfg(test)]
mod trial;

use std::collections::BTreeSet;
use std::ops::Deref;

pub use rules::{RULES, expired};

use crate::diagnostic::{self, Diagnostic};
use crate::manifest::lower;
use crate::manifest::model::Manifest;
use crate::manifest::wire;
use crate::schema::shape;
use crate::source::{Source, SourceId};
use crate::syntax::{self, Document, NodeId};

/// What has been checked and found without errors. Only [`check`] makes one.
#[derive(Clone, Debug)]
pub struct Checked<T = Manifest>(T);

impl<T> Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// What became of a text.
#[derive(Debug)]
pub struct Read {
    /// Its nodes, for everything that asks where something stands; `None` if the text is no document at all.
    pub document: Option<Document>,
    /// What it means, if there is no error in it.
    pub manifest: Option<Checked>,
    /// All findings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text and checks everything that can be checked without another manifest and without a clock.
pub fn read(id: SourceId, source: &Source) -> Read {
    let parsed = syntax::parse(id, source);
    let mut diagnostics = parsed.diagnostics;
    let manifest = parsed.document.as_ref().and_then(|document| manifest(document, &mut diagnostics));
    diagnostic::sort(&mut diagnostics);
    // What the defaults or the manifest's `with` say wrong is wrong once, on however many lines it holds.
    diagnostics.dedup_by(|b, a| a.rule.code == b.rule.code && a.place == b.place);
    // A document that is not well written may be understood otherwise than it is meant.
    let manifest = manifest.filter(|_| !diagnostic::has_errors(&diagnostics));
    Read { document: parsed.document, manifest, diagnostics }
}

fn manifest(document: &Document, diagnostics: &mut Vec<Diagnostic>) -> Option<Checked> {
    let shape = shape::check(document);
    diagnostics.extend(shape.diagnostics);
    let wire: wire::Manifest = syntax::de::from_document(document, &shape.bad).ok()?;
    let lowered = lower::lower(document, &wire);
    diagnostics.extend(lowered.diagnostics);
    let bad = shape.bad.into_iter().chain(lowered.bad).collect();
    let (checked, found) = check(document, lowered.manifest?, &bad);
    diagnostics.extend(found);
    checked.ok()
}

/// Holds what was lowered against the rules. `bad` are the nodes that could not be read and are reported already.
pub fn check(
    document: &Document,
    manifest: Manifest,
    bad: &BTreeSet<NodeId>,
) -> (Result<Checked, Manifest>, Vec<Diagnostic>) {
    let context = context::Context::new(document, &manifest, bad);
    let mut found = Vec::new();
    for check in rules::CHECKS {
        let before = found.len();
        (check.run)(&context, &mut found);
        debug_assert!(found.iter().skip(before).all(|finding| finding.rule.code == check.rule.code));
    }
    let errors = diagnostic::has_errors(&found);
    (if errors { Err(manifest) } else { Ok(Checked(manifest)) }, found)
}
