//! Which fixes of a text that cannot be read keep what they promise: that nothing is worse in the end.
//!
//! What such a text means shows only once it is mended. So each fix is tried, and what is then found on the lines that it
//! wrote tells whether they are what the writer meant: a key moved to where nobody knows it was not meant to be there.

use std::collections::BTreeSet;

use super::read_as_is;
use crate::diagnostic::{Diagnostic, Edit, Fix, Group, Severity, Text, apply, lies_in};
use crate::schema::rules::EMPTY_VALUE;
use crate::source::{Source, SourceId, Span};
use crate::syntax::rules::{DUPLICATE_KEY, LIST_AND_MAPPING, MISSING_COLON, UNCLOSED_BRACKET, WRONG_INDENT};
use crate::syntax::{self, made_readable, others};

/// So many fixes of one text are tried; where more things stop the reading at once, they are not of the doubtful kinds.
const MOST_TRIED: usize = 8;

/// Takes from findings the fixes that would make a text worse, or puts a better one in their place.
pub(super) fn keep(id: SourceId, source: &Source, diagnostics: &mut [Diagnostic]) {
    for finding in diagnostics.iter_mut().take(MOST_TRIED) {
        let first = finding.fix.take();
        let first_fix = first.clone();
        let trial = first.as_ref().map(|fix| outcome(id, source, finding, fix));
        // Of the columns in which a line may begin, any may do: the one is meant that moves the fewest lines.
        let is_column = *finding.rule == WRONG_INDENT;
        if !is_column && matches!(trial, Some(Outcome::Better(_))) {
            finding.fix = first;
            continue;
        }
        let others = others(finding, source.text()).into_iter().map(|edits| Fix { edits, safe: false });
        let tried = others.map(|fix| (outcome(id, source, finding, &fix), fix));
        let unknown = first.clone().filter(|_| trial == Some(Outcome::Unknown));
        let mut better = trial.into_iter().zip(first).chain(tried).filter_map(|(outcome, fix)| match outcome {
            Outcome::Better(changed) => Some((changed, fix)),
            Outcome::Worse | Outcome::Unknown => None,
        });
        let better = if is_column { better.min_by_key(|(changed, _)| *changed) } else { better.next() };
        let better = better.map(|(_, fix)| fix);
        let first_is_better = better.is_some() && better == first_fix;
        if let Some(meant) = better.as_ref().and_then(one_value) {
            finding.help = Some(Text::new("write `{meant}`").with("meant", meant));
        }
        say_otherwise(finding, first_is_better, better.as_ref());
        show_what_moves(source, finding, better.as_ref());
        finding.fix = better.or(unknown);
        if finding.fix.is_none() && finding.help.as_ref().is_some_and(|help| help.template() == WRITTEN) {
            finding.help = finding.rule.way_out();
        }
    }
}

/// Says of a finding what another fix does than the one that it was told with.
fn say_otherwise(finding: &mut Diagnostic, is_first: bool, fix: Option<&Fix>) {
    if is_first {
        return;
    }
    let takes_out = fix.and_then(|fix| fix.edits.first()).is_some_and(|edit| edit.replacement.is_empty());
    if *finding.rule == LIST_AND_MAPPING {
        finding.message = finding.rule.sentence();
        finding.help = match takes_out {
            true => Some(Text::new("take the `- ` out: this is a key like those above")),
            false => finding.rule.way_out(),
        };
    } else if *finding.rule == UNCLOSED_BRACKET && takes_out {
        finding.help = Some(Text::new("take it out"));
    } else if *finding.rule == MISSING_COLON && fix.is_some() {
        finding.help = Some(Text::new("if it belongs to the text above, begin it further right than that key"));
    }
}

/// Takes from findings the fixes that would drop a word: in brackets, one without a colon is read as a key with nothing
/// behind, and is rather the rest of what stands before its comma.
pub(super) fn spare_words(source: &Source, diagnostics: &mut [Diagnostic]) {
    let is_word = |edit: &Edit| {
        let gone = source.slice(edit.place.span).trim();
        let is_null = gone.is_empty() || matches!(gone, "~" | "null" | "Null" | "NULL");
        !is_null && !gone.ends_with(':') && !gone.contains(": ") && !gone.contains("\":")
    };
    let drops = |edit: &Edit| edit.replacement.is_empty() && is_word(edit);
    for finding in diagnostics.iter_mut().filter(|finding| *finding.rule == EMPTY_VALUE) {
        finding.fix = finding.fix.take().filter(|fix| !fix.edits.iter().any(drops));
    }
}

/// How a fix is told that writes one value.
const WRITTEN: &str = "write `{meant}`";

/// A line is shown that is to be moved, rather than the one at which that was noticed.
fn show_what_moves(source: &Source, finding: &mut Diagnostic, fix: Option<&Fix>) {
    let Some(first) = fix.filter(|_| *finding.rule == WRONG_INDENT).and_then(|fix| fix.edits.first()) else { return };
    let line = |at: usize| source.text().get(..at).map_or(0, |before| before.matches('\n').count());
    let moved = first.place.span;
    if line(moved.start) != line(finding.place.span.start) && !moved.is_empty() {
        finding.place = first.place;
    }
}

/// What a fix writes, if that is a value.
fn one_value(fix: &Fix) -> Option<String> {
    let [edit] = fix.edits.as_slice() else { return None };
    let value = edit.replacement.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// What a fix leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The text can be read, and nothing is wrong with what was written anew: so many lines are other ones then.
    Better(usize),
    /// Something is wrong with it.
    Worse,
    /// The text still cannot be read because of something further down, or only if what was written anew is mended again:
    /// nothing can be said.
    Unknown,
}

fn outcome(id: SourceId, source: &Source, finding: &Diagnostic, fix: &Fix) -> Outcome {
    if !lies_in(fix, source.text()) {
        return Outcome::Worse;
    }
    let mended = Source::new(source.name(), apply(source.text(), std::iter::once(fix)));
    let Some(readable) = made_readable(id, &mended) else { return further(id, finding, fix, &mended) };
    let before: BTreeSet<&str> = source.text().lines().collect();
    let written: BTreeSet<&str> = mended.text().lines().filter(|line| !before.contains(line)).collect();
    let lines: BTreeSet<&str> = readable.text().lines().collect();
    if !written.is_subset(&lines) {
        return Outcome::Unknown;
    }
    // Where a line begins decides where those below it have to, which are moved in turn, and what it belongs to itself.
    let is_column = *finding.rule == WRONG_INDENT;
    let own = line_of(source.text(), finding.place.span.start).filter(|_| is_column);
    let written = match is_column {
        true => lines.difference(&before).copied().chain(own).collect(),
        false => written,
    };
    let is_written = |span: Span| line_of(readable.text(), span.start).is_some_and(|line| written.contains(line));
    let found = read_as_is(id, &readable).diagnostics;
    // Several keys that stand in the wrong place are told as one, at the first of them.
    let shows = |found: &Diagnostic| {
        is_written(found.place.span) || found.labels.iter().any(|label| is_written(label.place.span))
    };
    let merges = |found: &Diagnostic| is_column && *found.rule == DUPLICATE_KEY;
    let worse = found.iter().any(|found| merges(found) || (shows(found) && speaks_against(found, finding, fix)));
    let changed = source.text().lines().zip(readable.text().lines()).filter(|(old, new)| old != new).count();
    if worse { Outcome::Worse } else { Outcome::Better(changed) }
}

/// What a fix leads to after which a text can still not be read: it is none if what stops the reading is where it was.
fn further(id: SourceId, finding: &Diagnostic, fix: &Fix, mended: &Source) -> Outcome {
    let line = |at: usize| mended.text().get(..at).map_or(0, |before| before.matches('\n').count());
    let last = fix.edits.iter().map(|edit| line(edit.place.span.start)).chain([line(finding.place.span.start)]).max();
    let stops = syntax::parse(id, mended).diagnostics;
    let errors = stops.iter().filter(|found| found.severity == Severity::Error);
    let is_near = |found: &Diagnostic| last.is_some_and(|last| line(found.place.span.start) <= last);
    if errors.into_iter().any(is_near) { Outcome::Worse } else { Outcome::Unknown }
}

/// Whether what is found on a line that a fix wrote tells that it was not meant so.
fn speaks_against(found: &Diagnostic, mended: &Diagnostic, fix: &Fix) -> bool {
    let is_mendable = found.fix.as_ref().is_some_and(|fix| fix.safe);
    // Where a bracket closes, a value may be of the wrong kind as it was before.
    let decides = *mended.rule != UNCLOSED_BRACKET;
    let of_shape = found.rule.group == Group::Shape && decides && (!is_mendable || *mended.rule == WRONG_INDENT);
    // What was put in quotes is no text, if it cannot be read as it stands there.
    let is_quoted = |edit: &Edit| edit.replacement.len() > 1 && edit.replacement.starts_with(['"', '\'']);
    let of_quotes = !is_mendable && fix.edits.iter().any(is_quoted);
    found.severity == Severity::Error && (of_shape || of_quotes)
}

/// The line on which a byte stands.
fn line_of(text: &str, at: usize) -> Option<&str> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |at| at + 1);
    text.get(start..)?.lines().next()
}
