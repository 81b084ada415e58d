//! What a careful reader would raise about a manifest that is valid: one file a rule, each with its check and its tests.
//!
//! Advice closes no door: negotiation neither asks for it nor changes by it. It is given on manifests without errors only,
//! so that no mistake is told twice, and it may be silenced by settings or, with a reason, by a comment.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::Checked;
use super::context::Context;
use crate::diagnostic::{self, Diagnostic, Rule};
use crate::source::Source;
use crate::syntax::{Comment, Document, comments};

/// A valid manifest with its text.
pub(super) struct Whole<'a> {
    context: Context<'a>,
    source: &'a Source,
}

impl<'a> Deref for Whole<'a> {
    type Target = Context<'a>;

    fn deref(&self) -> &Context<'a> {
        &self.context
    }
}

impl Whole<'_> {
    /// The comments of the text, and the text in which they stand.
    pub(super) fn comments(&self) -> (Vec<Comment>, &str) {
        (comments(self.document, self.source.text()), self.source.text())
    }
}

/// One rule and how to look for it.
struct Check {
    rule: &'static Rule,
    run: fn(&Whole<'_>, &mut Vec<Diagnostic>),
}

macro_rules! checks {
    ($($module:ident)*) => {
        $(pub mod $module;)*

        /// All checks, in the order of their codes.
        static CHECKS: &[Check] = &[$(Check { rule: &$module::RULE, run: $module::check }),*];

        /// All rules of advice.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),*];
    };
}

checks! {
    need_without_price
    term_in_comment
}

/// What there is to say about a valid manifest, in order of place. Which day it is does not matter.
pub fn advise(document: &Document, source: &Source, manifest: &Checked) -> Vec<Diagnostic> {
    let whole = Whole { context: Context::new(document, manifest, &BTreeSet::new()), source };
    let mut found = Vec::new();
    for check in CHECKS {
        let before = found.len();
        (check.run)(&whole, &mut found);
        debug_assert!(found.iter().skip(before).all(|finding| finding.rule.code == check.rule.code));
    }
    diagnostic::sort(&mut found);
    diagnostic::keep_quotes(&mut found, source);
    found
}
