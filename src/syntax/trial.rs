//! Whether the fixes of a text that cannot be read lead to one that can be.

use super::build::read;
use crate::diagnostic::{Diagnostic, apply, disjoint, lies_in};
use crate::source::{Source, SourceId};

/// How often a text is mended and read again.
const MOST_ROUNDS: usize = 32;

/// Whether a text can be read once its fixes were applied, and those of what stops the reading then. Where no fix is
/// doubtful that is not asked.
pub(super) fn succeeds(id: SourceId, source: &Source, diagnostics: &[Diagnostic]) -> bool {
    if diagnostics.iter().filter_map(|finding| finding.fix.as_ref()).all(|fix| fix.safe) {
        return true;
    }
    let mut text = mended(source.text(), diagnostics);
    for _ in 0..MOST_ROUNDS {
        let Some(now) = text else { return false };
        let parsed = read(id, &Source::new(source.name(), now.as_str()));
        if parsed.document.is_some() {
            return true;
        }
        text = mended(&now, &parsed.diagnostics);
    }
    false
}

/// A text with all fixes that are not in each other's way; none where nothing can be mended.
fn mended(text: &str, diagnostics: &[Diagnostic]) -> Option<String> {
    let fits = |finding: &&Diagnostic| finding.fix.as_ref().is_some_and(|fix| lies_in(fix, text));
    let chosen = disjoint(diagnostics.iter().filter(fits));
    (!chosen.is_empty()).then(|| apply(text, chosen.iter().filter_map(|finding| finding.fix.as_ref())))
}
