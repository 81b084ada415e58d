//! Which fixes keep what they promise: that what they mend is gone, and nothing is worse in the end.
//!
//! What a text means that cannot be read shows only once it is mended. So each fix is tried, and what is then found on the
//! lines that it wrote tells whether they are what the writer meant: a key moved to where nobody knows it was not meant to
//! be there. Of a text that can be read, the first doubtful fixes are tried in the same way.

use std::collections::BTreeSet;

use super::read_as_is;
use super::section::LARGEST;
use crate::diagnostic::{Diagnostic, Edit, Fix, Group, Moves, Severity, Text, apply, lies_in};
use crate::schema::rules::{EMPTY_VALUE, SPLIT_NUMBER, WRONG_KIND};
use crate::source::{Source, SourceId, Span};
use crate::syntax::rules::{
    DUPLICATE_KEY, LIST_AND_MAPPING, MISSING_COLON, RESERVED_CHARACTER, UNCLOSED_BRACKET, WRONG_INDENT,
};
use crate::syntax::{self, made_readable, others};

/// So many fixes of one text are tried, from the first on; those behind them are told as they are. Whoever mends them comes
/// to a text of which others are the first.
const MOST_TRIED: usize = 8;

/// How often a text is mended and read again to see whether it can be read in the end. Where that takes longer, what may
/// mend it is told untried.
const MOST_ROUNDS: usize = 8;

/// Takes from findings the fixes that would make a text worse that cannot be read, or puts a better one in their place.
pub(super) fn keep(id: SourceId, source: &Source, diagnostics: &mut [Diagnostic]) {
    choose(id, source, diagnostics);
    if !can_be_read_in_the_end(id, source, diagnostics) {
        for at in syntax::gets_nowhere(id, source, diagnostics) {
            diagnostics.get_mut(at).into_iter().for_each(take_back);
        }
    }
    let before = diagnostics.to_vec();
    for finding in diagnostics.iter_mut().take(MOST_TRIED) {
        let stays = |fix: &Fix| fix.safe && !reads_further(id, source, &before, finding, fix);
        if finding.fix.as_ref().is_some_and(stays) {
            take_back(finding);
        }
    }
}

/// Takes from findings of a text that can be read the doubtful fixes that would leave them where they are, or would bring
/// more errors than there are. What is certain about a value is not tried, and nothing is in a text as long as few are.
pub(super) fn keep_what_helps(id: SourceId, source: &Source, diagnostics: &mut [Diagnostic]) {
    if source.text().len() > LARGEST {
        return;
    }
    let before = diagnostics.to_vec();
    let is_doubtful = |finding: &Diagnostic| {
        let of_keys = matches!(finding.rule.group, Group::Syntax | Group::Shape) && *finding.rule != SPLIT_NUMBER;
        finding.fix.as_ref().is_some_and(|fix| !fix.safe || of_keys)
    };
    let doubtful = diagnostics.iter_mut().filter(|finding| is_doubtful(finding));
    for finding in doubtful.take(MOST_TRIED) {
        if !finding.fix.as_ref().is_some_and(|fix| helps(id, source, &before, finding, fix)) {
            take_back(finding);
        }
    }
}

/// Whether a text can be read once a fix was applied to it, without what it mends and with no more errors than before.
/// What shows only then and can be mended in turn is none.
fn helps(id: SourceId, source: &Source, before: &[Diagnostic], finding: &Diagnostic, fix: &Fix) -> bool {
    let Some(mended) = mended(source, fix) else { return false };
    let after = read_as_is(id, &mended);
    let moves = Moves::of(std::iter::once(fix));
    let spot = moves.span(finding.place.span);
    let of = |found: &[Diagnostic]| found.iter().filter(|found| found.rule == finding.rule).count();
    let stays = || after.diagnostics.iter().any(|found| found.rule == finding.rule && found.place.span.touches(spot));
    let is_gone = of(&after.diagnostics) < of(before) || !stays();
    let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
    let left = after.diagnostics.iter().filter(is_error).filter(|found| found.fix.is_none()).count();
    after.document.is_some() && is_gone && left <= before.iter().filter(is_error).count()
}

/// A text with one fix applied, if it is of this text.
fn mended(source: &Source, fix: &Fix) -> Option<Source> {
    lies_in(fix, source.text()).then(|| Source::new(source.name(), apply(source.text(), std::iter::once(fix))))
}

/// Takes a fix back, and the help that spells it.
fn take_back(finding: &mut Diagnostic) {
    finding.fix = None;
    if finding.help.as_ref().is_some_and(|help| help.template().starts_with("write `")) {
        finding.help = finding.rule.way_out();
    }
}

/// Whether a text can be read once its fixes were applied, and those of what stops the reading then.
fn can_be_read_in_the_end(id: SourceId, source: &Source, diagnostics: &[Diagnostic]) -> bool {
    if diagnostics.iter().filter_map(|finding| finding.fix.as_ref()).all(|fix| fix.safe) {
        return true;
    }
    let (mut now, mut found) = (source.clone(), diagnostics.to_vec());
    for _ in 0..MOST_ROUNDS {
        let Some(mended) = syntax::mended(now.text(), &found) else { return false };
        now = Source::new(source.name(), mended);
        let read = read_as_is(id, &now);
        if read.document.is_some() {
            return true;
        }
        found = read.diagnostics;
        choose(id, &now, &mut found);
    }
    true
}

/// Whether a text that cannot be read is read further once a fix was applied to it, or what stopped the reading is gone.
fn reads_further(id: SourceId, source: &Source, before: &[Diagnostic], finding: &Diagnostic, fix: &Fix) -> bool {
    let Some(mended) = mended(source, fix) else { return false };
    let after = syntax::parse(id, &mended);
    let left = |text: &Source, found: &[Diagnostic]| {
        let errors = found.iter().filter(|found| found.severity == Severity::Error);
        errors.map(|found| text.text().len().saturating_sub(found.place.span.start)).max()
    };
    after.document.is_some()
        || after.diagnostics.iter().all(|found| found.rule != finding.rule)
        || left(&mended, &after.diagnostics) < left(source, before)
}

/// Tries the fixes of a text that cannot be read, and what else may be meant.
fn choose(id: SourceId, source: &Source, diagnostics: &mut [Diagnostic]) {
    let before = diagnostics.to_vec();
    let outcome = |finding: &Diagnostic, fix: &Fix| outcome(id, source, &before, finding, fix);
    for finding in diagnostics.iter_mut().take(MOST_TRIED) {
        let first = finding.fix.take();
        let first_fix = first.clone();
        let trial = first.as_ref().map(|fix| outcome(finding, fix));
        // Of the columns in which a line may begin, any may do: the one is meant that moves the fewest lines.
        let is_column = *finding.rule == WRONG_INDENT;
        if !is_column && matches!(trial, Some(Outcome::Better(_))) {
            finding.fix = first;
            continue;
        }
        let others = others(finding, source.text()).into_iter().map(|edits| Fix { edits, safe: false });
        let tried = others.map(|fix| (outcome(finding, &fix), fix));
        let unknown = first.clone().filter(|_| trial == Some(Outcome::Unknown));
        let mut better = trial.into_iter().zip(first).chain(tried).filter_map(|(outcome, fix)| match outcome {
            Outcome::Better(changed) => Some((changed, fix)),
            Outcome::Worse | Outcome::Unknown => None,
        });
        let better = if is_column { better.min_by_key(|(changed, _)| *changed) } else { better.next() };
        let better = better.map(|(_, fix)| fix);
        let first_is_meant = if better.is_some() { better == first_fix } else { unknown.is_some() };
        if let Some(meant) = better.as_ref().and_then(one_value) {
            finding.help = Some(Text::new("write `{meant}`").with("meant", meant));
        }
        say_otherwise(source, finding, first_is_meant, better.as_ref());
        show_what_moves(source, finding, better.as_ref());
        finding.fix = better.or(unknown);
        if finding.fix.is_none() && finding.help.as_ref().is_some_and(|help| help.template() == WRITTEN) {
            finding.help = finding.rule.way_out();
        }
    }
}

/// Says of a finding what another fix does than the one that it was told with.
fn say_otherwise(source: &Source, finding: &mut Diagnostic, is_first: bool, fix: Option<&Fix>) {
    if is_first {
        return;
    }
    let is_gone = |edit: &Edit| edit.replacement.is_empty() || source.slice(edit.place.span).trim() == "-";
    let takes_out = fix.and_then(|fix| fix.edits.first()).is_some_and(is_gone);
    let quotes = fix.and_then(one_value).is_some_and(|value| value.starts_with(['"', '\'']));
    if *finding.rule == LIST_AND_MAPPING && quotes {
        // Its help spells the text.
        finding.message = Text::new("this text goes on below like a list");
    } else if *finding.rule == LIST_AND_MAPPING {
        finding.message = finding.rule.sentence();
        let moves_in = fix.is_some_and(|fix| fix.edits.iter().all(|edit| edit.replacement.trim().is_empty()));
        finding.help = match (takes_out, moves_in) {
            (true, _) => Some(Text::new("take the `- ` out: this is a key like those above")),
            (false, true) => Some(Text::new("begin it further right: it belongs to the item above")),
            (false, false) => finding.rule.way_out(),
        };
        show_hyphen(source, finding, fix.filter(|_| takes_out));
    } else if *finding.rule == RESERVED_CHARACTER && takes_out {
        finding.message = Text::new("no list is due here, so that no sign stands before a key");
        finding.help = Some(Text::new("take it out"));
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

/// The item is shown whose hyphen goes.
fn show_hyphen(source: &Source, finding: &mut Diagnostic, fix: Option<&Fix>) {
    let Some(hyphen) = fix.and_then(|fix| fix.edits.first()).map(|edit| edit.place.span.start) else { return };
    let item = source.text().get(hyphen..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    finding.place.span = Span::new(hyphen, hyphen + item.trim_end().len());
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

fn outcome(id: SourceId, source: &Source, before: &[Diagnostic], finding: &Diagnostic, fix: &Fix) -> Outcome {
    let Some(mended) = mended(source, fix) else { return Outcome::Worse };
    let Some(readable) = made_readable(id, &mended) else {
        // What stops the reading further down says nothing of it.
        return if syntax::gets_on(id, source, before, finding, fix) { Outcome::Unknown } else { Outcome::Worse };
    };
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
    // A list where none is due is told at its key, if it cannot be mended.
    let opens = |found: &Diagnostic| {
        let from_key = readable.text().get(found.place.span.start..).unwrap_or_default();
        let below = from_key.lines().skip(1).find(|line| says_something(line));
        *finding.rule == RESERVED_CHARACTER
            && *found.rule == WRONG_KIND
            && below.is_some_and(|line| written.contains(line))
    };
    // Several keys that stand in the wrong place are told as one, at the first of them; and a list where none is due at its key,
    // with edits at its items.
    let shows = |found: &Diagnostic| {
        let edits = found.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.place.span);
        let labels = found.labels.iter().map(|label| label.place.span);
        std::iter::once(found.place.span).chain(labels).chain(edits).any(is_written) || opens(found)
    };
    // A line that becomes the rest of the text above makes it no value.
    let joins = *finding.rule == MISSING_COLON && fix.edits.iter().all(|edit| edit.replacement.trim().is_empty());
    let is_joined = |span: Span| {
        let said = readable.text().get(span.start..span.end).unwrap_or_default();
        joins && said.lines().any(|line| written.iter().any(|written| written.trim() == line.trim()))
    };
    let spoils = |found: &Diagnostic| found.severity == Severity::Error && is_joined(found.place.span);
    let merges = |found: &Diagnostic| is_column && *found.rule == DUPLICATE_KEY;
    let worse = found
        .iter()
        .any(|found| merges(found) || spoils(found) || (shows(found) && speaks_against(found, finding, fix)));
    let changed = source.text().lines().zip(readable.text().lines()).filter(|(old, new)| old != new).count();
    if worse { Outcome::Worse } else { Outcome::Better(changed) }
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

/// Whether a line is more than blank or a comment.
fn says_something(line: &str) -> bool {
    let said = line.trim_start();
    !said.is_empty() && !said.starts_with('#')
}

/// The line on which a byte stands.
fn line_of(text: &str, at: usize) -> Option<&str> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |at| at + 1);
    text.get(start..)?.lines().next()
}
