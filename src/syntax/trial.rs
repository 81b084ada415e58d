//! Whether the fixes of a text that cannot be read lead to one that can be.

use super::build::{Parsed, read};
use super::parts::Parts;
use crate::diagnostic::{Diagnostic, Fix, Moves, Severity, apply, disjoint, lies_in};
use crate::source::{Source, SourceId};

/// So many doubtful fixes of one text are tried each by itself, from the first on.
const MOST_TRIED: usize = 8;

/// How often a text is mended and read again as a whole. Where it has more mistakes, its parts are mended each by itself, and
/// where it is long, as soon as that takes too long.
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
    readable(id, source, Parts::MOST_LEVELS)
}

/// The same, where the text may be divided so often.
fn readable(id: SourceId, source: &Source, levels: usize) -> Option<Source> {
    let mut now = source.clone();
    let as_whole = (Parts::PATIENCE / source.text().len().max(1)).min(MOST_ROUNDS);
    for round in 0..=MOST_ROUNDS {
        let parsed = read(id, &now);
        if parsed.document.is_some() {
            return Some(now);
        }
        // Only the whole may still be mended otherwise, where a mistake reaches from one part into another.
        if round == as_whole {
            match in_parts(id, &now, levels) {
                None if levels == Parts::MOST_LEVELS => {}
                readable => return readable,
            }
        }
        let mended = mended(now.text(), &parsed.diagnostics)?;
        if mended.len() > 2 * source.text().len() + MOST_MORE {
            return None;
        }
        now = Source::new(source.name(), mended);
    }
    None
}

/// What a text becomes once each of its parts can be read.
fn in_parts(id: SourceId, source: &Source, levels: usize) -> Option<Source> {
    let (parts, levels) = (Parts::of(source.text())?, levels.checked_sub(1)?);
    let (whole, all, _) = parts.mended(|part| match readable(id, &Source::new(source.name(), part), levels) {
        Some(readable) => (readable.text().to_owned(), true, ()),
        None => (part.to_owned(), false, ()),
    });
    let whole = Source::new(source.name(), whole);
    (all && read(id, &whole).document.is_some()).then_some(whole)
}

/// A text with all fixes that are not in each other's way; none where nothing can be mended.
pub fn mended(text: &str, diagnostics: &[Diagnostic]) -> Option<String> {
    let fits = |finding: &&Diagnostic| finding.fix.as_ref().is_some_and(|fix| lies_in(fix, text));
    let chosen = disjoint(diagnostics.iter().filter(fits));
    (!chosen.is_empty()).then(|| apply(text, chosen.iter().filter_map(|finding| finding.fix.as_ref())))
}

/// Which findings have a doubtful fix that gets nowhere by itself, of a text that cannot be read in the end.
pub fn gets_nowhere(id: SourceId, source: &Source, diagnostics: &[Diagnostic]) -> Vec<usize> {
    let doubtful = diagnostics.iter().enumerate().filter_map(|(at, finding)| {
        let fix = finding.fix.as_ref().filter(|fix| !fix.safe)?;
        Some((at, finding, fix))
    });
    let gets_on = |nth: usize, finding: &Diagnostic, fix: &Fix| {
        nth < MOST_TRIED && gets_on(id, source, diagnostics, finding, fix)
    };
    let left = doubtful.enumerate().filter(|(nth, (_, finding, fix))| !gets_on(*nth, finding, fix));
    left.map(|(_, (at, ..))| at).collect()
}

/// Whether a text that cannot be read is read no less far once a fix was applied to it, with an error fewer up to the last
/// line that it writes. `before` is what is found in the text.
pub fn gets_on(id: SourceId, source: &Source, before: &[Diagnostic], finding: &Diagnostic, fix: &Fix) -> bool {
    if !lies_in(fix, source.text()) {
        return false;
    }
    let text = apply(source.text(), std::iter::once(fix));
    let mended = Source::new(source.name(), text);
    let Parsed { document, diagnostics: after } = read(id, &mended);
    let edited = fix.edits.iter().map(|edit| edit.place.span.end).chain([finding.place.span.start]).max();
    let edited = edited.unwrap_or_default();
    let moved = Moves::of(std::iter::once(fix)).end(edited);
    let left = near(&mended, &after, moved);
    document.is_some() || (left < near(source, before, edited) && rest(&mended, &after) <= rest(source, before))
}

fn errors(found: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    found.iter().filter(|found| found.severity == Severity::Error)
}

/// How many errors begin up to the end of the line of a place.
fn near(source: &Source, found: &[Diagnostic], place: usize) -> usize {
    let behind = source.text().get(place..).unwrap_or_default();
    let end = place + behind.find('\n').unwrap_or(behind.len());
    errors(found).filter(|found| found.place.span.start <= end).count()
}

/// How much of a text stands behind the last error in it: behind it nothing was read.
fn rest(source: &Source, found: &[Diagnostic]) -> usize {
    let last = errors(found).map(|found| found.place.span.start).max();
    source.text().len() - last.unwrap_or_default().min(source.text().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn a_text_is_readable_in_the_end_however_many_mistakes_stop_it() {
        let readable = |text: String| {
            let source = Source::new("x.clm.yaml", text);
            made_readable(Sources::new().add(source.clone()), &source).map(|source| source.text().to_owned())
        };
        let keys =
            |value: &str| format!("a: 1\nb:\n{}", format!("  c: {value}\n  d: {value}\n").repeat(5 * MOST_ROUNDS));
        assert_eq!(readable(keys("Pan: rico")), Some(keys("\"Pan: rico\"")));
        assert_eq!(readable(keys("Pan: rico") + "e: >x y: #\n"), None);
    }
}
