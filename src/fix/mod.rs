//! Texts mended by the edits that findings carry.
//!
//! [`mend`] applies what it is given and looks again: whether a text got better is judged by the same check that found
//! fault with it, which the caller passes in. Files, formats and single rules are not known here.

mod edits;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Fix, Severity};

use edits::{apply, disjoint, lies_in};

/// Which fixes are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those that keep what the writer meant in every case.
    Safe,
    /// Those too that may not be what was meant.
    All,
}

/// What a check says of a text.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What it found.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the text could be read as a document.
    pub is_document: bool,
    /// The digest of what it means, if there is no error in it.
    pub digest: Option<String>,
}

/// A text as far as it could be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// How many findings it was rid of.
    pub fixed: usize,
}

/// How often a text is looked through: each time something is mended, and what stops the reading comes one by one.
const MOST_ROUNDS: usize = 64;

/// Mends a text: applies the fixes of what is found in it, first by place where two overlap, until there are no more that
/// make it better. `read` checks a text.
pub fn mend(text: &str, wanted: Wanted, read: impl Fn(&str) -> Reading) -> Mended {
    let seen = BTreeSet::from([text.to_owned()]);
    let mut bench = Bench { text: text.to_owned(), reading: read(text), wanted, read, fixed: 0, seen };
    for _ in 0..MOST_ROUNDS {
        if !bench.round() {
            break;
        }
    }
    Mended { text: bench.text, fixed: bench.fixed }
}

/// How many findings `mend` would try to be rid of: safely, and only with the other fixes.
pub fn mendable(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let fixes = diagnostics.iter().filter(|finding| finding.counts()).filter_map(|finding| finding.fix.as_ref());
    let (safe, other): (Vec<&Fix>, Vec<&Fix>) = fixes.partition(|fix| fix.safe);
    (safe.len(), other.len())
}

/// A text being mended.
struct Bench<R> {
    text: String,
    reading: Reading,
    wanted: Wanted,
    read: R,
    fixed: usize,
    /// What it was on the way: two fixes that undo each other would never end.
    seen: BTreeSet<String>,
}

impl<R: Fn(&str) -> Reading> Bench<R> {
    /// Applies what can be applied at once; false where nothing could.
    fn round(&mut self) -> bool {
        let reading = self.reading.clone();
        let fits = |finding: &&Diagnostic| {
            let fix = finding.fix.as_ref().filter(|fix| fix.safe || self.wanted == Wanted::All);
            finding.counts() && fix.is_some_and(|fix| lies_in(fix, &self.text))
        };
        let chosen = disjoint(reading.diagnostics.iter().filter(fits));
        if chosen.is_empty() {
            return false;
        }
        let fixed = self.fixed;
        if !self.take(&self.text.clone(), &chosen, chosen.len()) {
            self.one_by_one(&chosen);
        }
        self.fixed > fixed
    }

    /// Applies those that make the text better beside those before them.
    fn one_by_one(&mut self, chosen: &[&Diagnostic]) {
        let before = self.text.clone();
        let mut kept: Vec<&Diagnostic> = Vec::new();
        for finding in chosen {
            kept.push(finding);
            if !self.take(&before, &kept, 1) {
                kept.pop();
            }
        }
    }

    /// Applies fixes to a text, and keeps the outcome if the last `new` of them are worth it.
    fn take(&mut self, before: &str, fixes: &[&Diagnostic], new: usize) -> bool {
        let text = apply(before, fixes.iter().filter_map(|finding| finding.fix.as_ref()));
        let reading = (self.read)(&text);
        let mended = fixes.get(fixes.len().saturating_sub(new)..).unwrap_or_default();
        let better = !self.seen.contains(&text) && self.is_better(&text, &reading, mended);
        if better {
            self.seen.insert(text.clone());
            self.fixed += new;
            (self.text, self.reading) = (text, reading);
        }
        better
    }

    /// Whether a text is better than the one at hand: what was mended is gone, nothing is worse, and what is mended safely
    /// means the same.
    fn is_better(&self, text: &str, after: &Reading, mended: &[&Diagnostic]) -> bool {
        let before = &self.reading;
        if !before.is_document {
            // What stops the reading now may be noticed at the line before.
            let other = mended.iter().all(|finding| of(after, finding.rule.code) == 0);
            return after.is_document || other || left_to_read(text, after) < left_to_read(&self.text, before);
        }
        let gone = |finding: &&Diagnostic| {
            let code = finding.rule.code;
            let due = mended.iter().filter(|other| other.rule.code == code).count();
            of(after, code) + due <= of(before, code)
        };
        let same = self.wanted == Wanted::All || before.digest.is_none() || before.digest == after.digest;
        after.is_document && same && errors(after) <= errors(before) && mended.iter().all(gone)
    }
}

fn of(reading: &Reading, code: &str) -> usize {
    reading.diagnostics.iter().filter(|finding| finding.counts() && finding.rule.code == code).count()
}

fn errors(reading: &Reading) -> usize {
    let errors = reading.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    errors.filter(|finding| finding.counts()).count()
}

/// How many bytes stand behind where reading a text stopped.
fn left_to_read(text: &str, reading: &Reading) -> usize {
    let stops = reading.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    stops.map(|finding| text.len().saturating_sub(finding.place.span.start)).max().unwrap_or(text.len())
}
