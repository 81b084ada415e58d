//! Texts mended by the edits that findings carry.
//!
//! [`mend`] applies what it is given and looks again: whether a text got better is judged by the same check that found
//! fault with it, which the caller passes in. Files and single rules are not known here.
//!
//! A text that cannot be read tells of one stop at a time. As long as that is cheap it is mended from stop to stop; a long one
//! with many mistakes is divided, and its parts are mended each by itself before the whole is looked at again.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::diagnostic::{Diagnostic, Fix, Moves, Severity, apply, disjoint, lies_in};
use crate::source::Span;
use crate::syntax::Parts;

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
    /// Whether more would have been tried, had not as much been read as is read for one text.
    pub is_cut: bool,
}

/// How many rounds in a row may leave as much to do as there was before.
const MOST_IDLE: usize = 16;

/// How many bytes are read for one text: of a long one that cannot be divided and has a mistake in every line, the rest is left
/// for another time.
const MOST_READ: usize = 256 << 20;

/// So many times over a text that cannot be read is read, to see where its fixes lead.
const TRIED: usize = 32;

/// Mends a text: applies the fixes of what is found in it, first by place where two overlap, until there are no more that
/// make it better. `read` checks a text.
pub fn mend(text: &str, wanted: Wanted, read: impl Fn(&str) -> Reading) -> Mended {
    mend_within(MOST_READ, text, wanted, read)
}

/// Mends a text, and reads so many bytes at most.
fn mend_within(most: usize, text: &str, wanted: Wanted, read: impl Fn(&str) -> Reading) -> Mended {
    let way = Way { wanted, trusting: true, hopeful: wanted == Wanted::All, most, read: &read };
    let first = Bench::of(text, way, 0);
    let (was_document, errors_before) = (first.reading.is_document, errors(&first.reading));
    let mut bench = first.run();
    // What showed only on the way could not be mended after all.
    if was_document && errors(&bench.reading) > errors_before {
        bench = Bench::of(text, Way { trusting: false, ..way }, 0).run();
    }
    // Where a text cannot be read in the end, each has to get on by itself.
    if wanted == Wanted::All && !bench.reading.is_document {
        bench = Bench::of(text, Way { hopeful: false, ..way }, 0).run();
    }
    Mended { text: bench.text, fixed: bench.fixed, is_cut: bench.is_cut }
}

/// How many findings `mend` would try to be rid of: safely, and only with the other fixes.
pub fn mendable(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let fixes = diagnostics.iter().filter(|finding| finding.counts()).filter_map(|finding| finding.fix.as_ref());
    let (safe, other): (Vec<&Fix>, Vec<&Fix>) = fixes.partition(|fix| fix.safe);
    (safe.len(), other.len())
}

/// How texts are mended.
struct Way<'r, R> {
    wanted: Wanted,
    /// Whether errors that show only once something is mended, and can be mended in turn, are put up with.
    trusting: bool,
    /// Whether what a text looks like on the way is of no account, since it can be read in the end.
    hopeful: bool,
    /// How many bytes are read at most.
    most: usize,
    read: &'r R,
}

impl<R> Clone for Way<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Way<'_, R> {}

/// A text being mended.
struct Bench<'r, R> {
    text: String,
    reading: Reading,
    way: Way<'r, R>,
    /// Of how many texts it is a part, one in the other.
    level: usize,
    /// How many bytes were read.
    spent: usize,
    /// How many bytes of the text are read, while it cannot be, before it is divided next.
    patience: usize,
    fixed: usize,
    is_cut: bool,
    /// What it was on the way, by fingerprint: two fixes that undo each other would never end.
    seen: BTreeSet<u64>,
}

impl<'r, R: Fn(&str) -> Reading> Bench<'r, R> {
    /// A text to be mended, for which so many bytes were read before.
    fn of(text: &str, way: Way<'r, R>, spent: usize) -> Self {
        let reading = (way.read)(text);
        Self {
            spent: spent + cost(text, &reading),
            text: text.to_owned(),
            reading,
            way,
            level: 0,
            patience: Parts::PATIENCE,
            fixed: 0,
            is_cut: false,
            seen: BTreeSet::from([fingerprint(text)]),
        }
    }

    /// Goes on as long as there is less and less to do.
    fn run(mut self) -> Self {
        let (mut least, mut idle, mut stopped) = (self.left(), 0, 0);
        while idle < MOST_IDLE && !self.is_done() && self.may_read() && self.round() {
            stopped += if self.reading.is_document { 0 } else { self.text.len() };
            if stopped >= self.patience && self.may_read() {
                stopped = 0;
                self.patience = if self.divide() { Parts::PATIENCE } else { 2 * self.patience };
            }
            let left = self.left();
            idle = if left < least { 0 } else { idle + 1 };
            least = least.min(left);
        }
        self
    }

    /// Whether nothing more is to be done: a part has only to be read.
    fn is_done(&self) -> bool {
        self.level > 0 && self.reading.is_document
    }

    /// Whether more may be read; where something would still be tried, that is told.
    fn may_read(&mut self) -> bool {
        let may = self.spent < self.way.most;
        self.is_cut = !may && self.reading.diagnostics.iter().any(|finding| self.fits(finding));
        may
    }

    /// Mends the parts of a text, each by itself, up to the first that cannot be read in the end; false where the text is read
    /// no further then.
    fn divide(&mut self) -> bool {
        let before = self.text.clone();
        let Some(parts) = Parts::of(&before).filter(|_| self.level < Parts::MOST_LEVELS) else { return false };
        let (mut spent, level) = (self.spent, self.level + 1);
        let (text, _, fixed) = parts.mended(|part| {
            let bench = Bench { level, ..Bench::of(part, self.way, spent) }.run();
            spent = bench.spent;
            (bench.text, bench.reading.is_document, bench.fixed)
        });
        self.spent = spent;
        let (reading, fixed) = (self.read(&text), fixed.iter().sum::<usize>());
        let further = reading.is_document || left_to_read(&text, &reading) < left_to_read(&self.text, &self.reading);
        let better = fixed > 0 && further && self.seen.insert(fingerprint(&text));
        if better {
            self.fixed += fixed;
            (self.text, self.reading) = (text, reading);
        }
        better
    }

    fn read(&mut self, text: &str) -> Reading {
        let reading = (self.way.read)(text);
        self.spent += cost(text, &reading);
        reading
    }

    /// How much is left to do: how much to read, else how many fixes and how far from the end the first.
    fn left(&self) -> (bool, usize, usize) {
        if !self.reading.is_document {
            return (true, left_to_read(&self.text, &self.reading), 0);
        }
        let places = self.reading.diagnostics.iter().filter(|finding| self.fits(finding));
        let first = places.clone().map(|finding| finding.place.span.start).min();
        (false, places.count(), first.map_or(0, |first| self.text.len().saturating_sub(first)))
    }

    /// Whether there is a fix of a finding, and it is wanted.
    fn is_offered(&self, finding: &Diagnostic) -> bool {
        finding.counts() && finding.fix.as_ref().is_some_and(|fix| fix.safe || self.way.wanted == Wanted::All)
    }

    /// Whether the fix of a finding is wanted and may be applied.
    fn fits(&self, finding: &Diagnostic) -> bool {
        self.is_offered(finding) && finding.fix.as_ref().is_some_and(|fix| lies_in(fix, &self.text))
    }

    /// Applies what can be applied at once; false where nothing could.
    fn round(&mut self) -> bool {
        let reading = self.reading.clone();
        let chosen = disjoint(reading.diagnostics.iter().filter(|finding| self.fits(finding)));
        let fixed = self.fixed;
        self.keep(&self.text.clone(), &mut Vec::new(), &chosen);
        self.seen.insert(fingerprint(&self.text));
        self.fixed > fixed
    }

    /// Applies those that make the text better beside `kept`: all, else of each half those that do.
    fn keep<'d>(&mut self, before: &str, kept: &mut Vec<&'d Diagnostic>, chosen: &[&'d Diagnostic]) {
        if chosen.is_empty() {
            return;
        }
        kept.extend(chosen);
        if self.take(before, kept, chosen.len()) {
            return;
        }
        kept.truncate(kept.len() - chosen.len());
        if chosen.len() > 1 {
            let (first, second) = chosen.split_at(chosen.len() / 2);
            self.keep(before, kept, first);
            self.keep(before, kept, second);
        }
    }

    /// Applies fixes to a text, and keeps the outcome if the last `new` of them are worth it.
    fn take(&mut self, before: &str, fixes: &[&Diagnostic], new: usize) -> bool {
        let text = apply(before, fixes.iter().filter_map(|finding| finding.fix.as_ref()));
        let reading = self.read(&text);
        let mended = fixes.get(fixes.len().saturating_sub(new)..).unwrap_or_default();
        let moves = Moves::of(fixes.iter().filter_map(|finding| finding.fix.as_ref()));
        let better = !self.seen.contains(&fingerprint(&text)) && self.is_better(&text, &reading, mended, &moves);
        if better {
            self.fixed += new;
            (self.text, self.reading) = (text, reading);
        }
        better
    }

    /// Whether a text is better than the one at hand: what was mended is gone, nothing is worse, and what is mended safely
    /// means the same. `moves` says where a place of the old text is in the new one.
    fn is_better(&self, text: &str, after: &Reading, mended: &[&Diagnostic], moves: &Moves) -> bool {
        let before = &self.reading;
        if !before.is_document && self.way.hopeful {
            return true;
        }
        if !before.is_document {
            // What stops the reading now may be noticed at the line before.
            let other = mended.iter().all(|finding| of(after, finding.rule.code) == 0);
            let fewer = self.way.wanted == Wanted::All && errors(after) < errors(before);
            return after.is_document || other || fewer || left_to_read(text, after) < left_to_read(&self.text, before);
        }
        let (were, are, due) =
            (Spots::of(&before.diagnostics), Spots::of(&after.diagnostics), Spots::of(mended.iter().copied()));
        let gone = |finding: &&Diagnostic| {
            let code = finding.rule.code;
            // What could not be looked at before may hold more of the kind.
            let spot = moves.span(finding.place.span);
            are.many(code) + due.many(code) <= were.many(code) || !are.touch(code, spot)
        };
        let same = self.way.wanted == Wanted::All || before.digest.is_none() || before.digest == after.digest;
        let lasting = |finding: &&Diagnostic| !(self.way.trusting && self.is_offered(finding));
        let left = errors_of(after).filter(lasting).count();
        after.is_document && same && left <= errors(before) && mended.iter().all(gone)
    }
}

/// Where findings of each code stand that count.
struct Spots(BTreeMap<&'static str, Vec<Span>>);

impl Spots {
    fn of<'d>(findings: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let mut spots: BTreeMap<&'static str, Vec<Span>> = BTreeMap::new();
        for finding in findings.into_iter().filter(|finding| finding.counts()) {
            spots.entry(finding.rule.code).or_default().push(finding.place.span);
        }
        for of_code in spots.values_mut() {
            of_code.sort();
            // Each reaches as far as the furthest that begins before it, so that one look tells of all.
            let mut furthest = 0;
            of_code.iter_mut().for_each(|span| {
                furthest = span.end.max(furthest);
                span.end = furthest;
            });
        }
        Self(spots)
    }

    fn of_code(&self, code: &str) -> &[Span] {
        self.0.get(code).map_or(&[], Vec::as_slice)
    }

    fn many(&self, code: &str) -> usize {
        self.of_code(code).len()
    }

    /// Whether one touches a place.
    fn touch(&self, code: &str, spot: Span) -> bool {
        let spans = self.of_code(code);
        let begun = spans.partition_point(|span| span.start <= spot.end);
        begun.checked_sub(1).and_then(|last| spans.get(last)).is_some_and(|span| spot.start <= span.end)
    }
}

/// How many bytes are read to check a text.
fn cost(text: &str, reading: &Reading) -> usize {
    text.len() * if reading.is_document { 1 } else { TRIED }
}

/// A number that two texts do not share.
fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn of(reading: &Reading, code: &str) -> usize {
    reading.diagnostics.iter().filter(|finding| finding.counts() && finding.rule.code == code).count()
}

fn errors(reading: &Reading) -> usize {
    errors_of(reading).count()
}

fn errors_of(reading: &Reading) -> impl Iterator<Item = &Diagnostic> {
    reading.diagnostics.iter().filter(|finding| finding.severity == Severity::Error && finding.counts())
}

/// How many bytes stand behind where reading a text stopped.
fn left_to_read(text: &str, reading: &Reading) -> usize {
    let stops = reading.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    stops.map(|finding| text.len().saturating_sub(finding.place.span.start)).max().unwrap_or(text.len())
}
