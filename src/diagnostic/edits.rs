//! Edits of bytes: which lie in a text, which are in each other's way, and what comes of them.

use std::collections::BTreeMap;

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
    let mut taken = Taken::default();
    findings.retain(|finding| {
        let free = spans(finding).all(|span| taken.is_free(span));
        if free {
            spans(finding).for_each(|span| taken.add(span));
        }
        free
    });
    findings
}

/// What is replaced already, by where it begins: no two of it touch.
#[derive(Default)]
struct Taken(BTreeMap<usize, usize>);

impl Taken {
    /// Whether nothing that is replaced touches a span.
    fn is_free(&self, span: Span) -> bool {
        self.0.range(..=span.end).next_back().is_none_or(|(_, end)| *end < span.start)
    }

    fn add(&mut self, span: Span) {
        let end = self.0.entry(span.start).or_insert(span.end);
        *end = span.end.max(*end);
    }
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

/// Where the places of a text are once fixes were applied to it.
pub struct Moves {
    /// What is replaced, in order, with how many bytes are written up to there and how many are gone before it.
    edits: Vec<(Span, usize, usize)>,
}

impl Moves {
    /// Those of fixes that do not overlap.
    pub fn of<'d>(fixes: impl Iterator<Item = &'d Fix>) -> Self {
        let mut edits: Vec<&Edit> = fixes.flat_map(|fix| &fix.edits).collect();
        edits.sort_by_key(|edit| edit.place.span);
        let (mut more, mut less) = (0, 0);
        let of = |edit: &Edit| {
            more += edit.replacement.len();
            let moved = (edit.place.span, more, less);
            less += edit.place.span.len();
            moved
        };
        Self { edits: edits.into_iter().map(of).collect() }
    }

    /// Where a span is then.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.to(span.start), self.to(span.end))
    }

    /// Where a place is then, behind what is written there.
    pub fn end(&self, at: usize) -> usize {
        let before = self.edits.partition_point(|(span, ..)| span.start <= at);
        self.behind(before, at)
    }

    fn to(&self, at: usize) -> usize {
        self.behind(self.edits.partition_point(|(span, ..)| span.start < at), at)
    }

    /// Where a place is behind the first so many edits.
    fn behind(&self, before: usize, at: usize) -> usize {
        let Some((span, more, less)) = before.checked_sub(1).and_then(|last| self.edits.get(last)) else { return at };
        (at + more).saturating_sub(less + span.end.min(at) - span.start)
    }
}
