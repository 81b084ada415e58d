//! Fixes of values in quotes.

use super::{Diagnostic, Edit};
use crate::source::Source;

/// Leaves what stood in quotes in quotes: rules speak of values, and JSON has no texts but those in quotes.
pub fn keep_quotes(diagnostics: &mut [Diagnostic], source: &Source) {
    let fixes = diagnostics.iter_mut().filter_map(|finding| finding.fix.as_mut());
    for edit in fixes.flat_map(|fix| &mut fix.edits) {
        keep(edit, source.slice(edit.place.span));
    }
}

fn keep(edit: &mut Edit, old: &str) {
    let new = &edit.replacement;
    // What brings quotes of its own, or is no single value, is meant as it is.
    if new.is_empty() || new.starts_with(['"', '\'', '[', '{']) {
        return;
    }
    let inside = |quote: char| {
        let inner = old.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains(quote)).then_some(inner)
    };
    if inside('"').is_some() {
        edit.replacement = format!("\"{}\"", new.replace('\\', "\\\\").replace('"', "\\\""));
    } else if inside('\'').is_some() {
        edit.replacement = format!("'{}'", new.replace('\'', "''"));
    }
}
