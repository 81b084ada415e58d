//! Whether the fixes of a text that cannot be read lead to one that can be.

use super::build::read;
use crate::diagnostic::{Diagnostic, apply, disjoint, lies_in};
use crate::source::{Source, SourceId};

/// How often a text is mended and read again.
const MOST_ROUNDS: usize = 32;

/// How many bytes more than twice its own a text may come to. Quotes around quotes double what is between them each time,
/// which is not what was meant and would have no end.
const MOST_MORE: usize = 1024;

/// Whether a text can be read once its fixes were applied, and those of what stops the reading then. Where no fix is
/// doubtful that is not asked.
pub(super) fn succeeds(id: SourceId, source: &Source, diagnostics: &[Diagnostic]) -> bool {
    if diagnostics.iter().filter_map(|finding| finding.fix.as_ref()).all(|fix| fix.safe) {
        return true;
    }
    mended(source.text(), diagnostics)
        .is_some_and(|text| made_readable(id, &Source::new(source.name(), text)).is_some())
}

/// What a text becomes once all that stops its reading is mended; none where it cannot be.
pub fn made_readable(id: SourceId, source: &Source) -> Option<Source> {
    let mut now = source.clone();
    for _ in 0..MOST_ROUNDS {
        let parsed = read(id, &now);
        if parsed.document.is_some() {
            return Some(now);
        }
        let mended = mended(now.text(), &parsed.diagnostics)?;
        if mended.len() > 2 * source.text().len() + MOST_MORE {
            return None;
        }
        now = Source::new(source.name(), mended);
    }
    None
}

/// A text with all fixes that are not in each other's way; none where nothing can be mended.
pub fn mended(text: &str, diagnostics: &[Diagnostic]) -> Option<String> {
    let fits = |finding: &&Diagnostic| finding.fix.as_ref().is_some_and(|fix| lies_in(fix, text));
    let chosen = disjoint(diagnostics.iter().filter(fits));
    (!chosen.is_empty()).then(|| apply(text, chosen.iter().filter_map(|finding| finding.fix.as_ref())))
}
