//! Edits of bytes: which lie in a text, which are in each other's way, and what comes of them.

use super::{Diagnostic, Edit, Fix};
use crate::source::Span;

/// Whether all edits of a fix are of this text, in order and none over another.
pub fn lies_in(fix: &Fix, text: &str) -> bool {
    let is_there = |edit: &Edit| text.get(edit.place.span.start..edit.place.span.end).is_some();
    let apart = |pair: &[Edit]| matches!(pair, [one, next] if one.place.span.end <= next.place.span.start);
    !fix.edits.is_empty() && fix.edits.iter().all(is_there) && fix.edits.windows(2).all(apart)
}

/// Findings of whose fixes none touches what another replaces: of two, the one that begins first.
pub fn disjoint<'d>(findings: impl Iterator<Item = &'d Diagnostic>) -> Vec<&'d Diagnostic> {
    let mut findings: Vec<&Diagnostic> = findings.collect();
    findings.sort_by_key(|finding| spans(finding).map(|span| span.start).min());
    let mut taken: Vec<Span> = Vec::new();
    findings.retain(|finding| {
        let free =
            spans(finding).all(|span| taken.iter().all(|other| span.end < other.start || other.end < span.start));
        if free {
            taken.extend(spans(finding));
        }
        free
    });
    findings
}

fn spans(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.place.span)
}

/// The text with the edits of fixes that do not overlap. New lines end as those of the text do.
pub fn apply<'d>(text: &str, fixes: impl Iterator<Item = &'d Fix>) -> String {
    let mut edits: Vec<&Edit> = fixes.flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.place.span);
    let windows = text.contains("\r\n");
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.place.span.start).unwrap_or_default());
        if windows {
            out.push_str(&edit.replacement.replace("\r\n", "\n").replace('\n', "\r\n"));
        } else {
            out.push_str(&edit.replacement);
        }
        at = edit.place.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Where a place of a text is once fixes were applied to it.
pub fn moved<'d>(at: usize, fixes: impl Iterator<Item = &'d Fix>) -> usize {
    let before = fixes.flat_map(|fix| &fix.edits).filter(|edit| edit.place.span.start < at);
    let (more, less) = before.fold((0, 0), |(more, less), edit| {
        (more + edit.replacement.len(), less + edit.place.span.end.min(at) - edit.place.span.start)
    });
    (at + more).saturating_sub(less)
}
