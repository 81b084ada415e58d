//! The marks that a merge of two versions leaves.

use super::mistakes::{Line, MOST_LABELS, finding, lines, lines_near};
use super::rules::CONFLICT_MARKER;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::source::SourceId;

/// What stands at the beginning of a marked line.
const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// The markers of a merge, as one finding, where there are several at the beginning of lines. A lone one may be a heading in a
/// text of several lines, or stand in a letter that is cited there.
pub(super) fn conflict_markers(source: SourceId, text: &str) -> Option<Diagnostic> {
    // Few texts hold any of them, and it takes less to look for them than for lines.
    if !MARKERS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let marks: Vec<Line<'_>> = markers(text).collect();
    let at_beginning = marks.iter().filter(|line| line.indent() == 0).count();
    (at_beginning > 1).then(|| of_markers(source, &marks)).flatten()
}

/// The markers of a merge, if reading stopped at one of them.
pub(super) fn conflict(source: SourceId, text: &str, here: &Line<'_>) -> Option<Diagnostic> {
    let is_near = lines_near(text, here).any(|line| is_marker(&line));
    is_near.then(|| of_markers(source, &markers(text).collect::<Vec<_>>())).flatten()
}

fn markers(text: &str) -> impl Iterator<Item = Line<'_>> {
    lines(text).map(|(start, text)| Line { start, text }).filter(is_marker)
}

fn is_marker(line: &Line<'_>) -> bool {
    let said = line.text.trim();
    let behind = MARKERS.iter().find_map(|mark| said.strip_prefix(mark));
    behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(' '))
}

/// The first of some marked lines, with those behind it as labels.
fn of_markers(source: SourceId, marks: &[Line<'_>]) -> Option<Diagnostic> {
    let (first, rest) = marks.split_first()?;
    let label = |d: Diagnostic, mark: &Line<'_>| d.label(Place::new(source, mark.body()), Text::new("and here"));
    let told = rest.iter().take(MOST_LABELS).fold(finding(&CONFLICT_MARKER, source, first.body()), label);
    let has_origin = marks.iter().any(|mark| mark.text.trim_start().starts_with('|'));
    Some(match marks.len() {
        1 => told,
        n if has_origin => told.help(Text::new("the lines between `<<<<<<<` and `|||||||` are one version, those up to `=======` what it was before, and those up to `>>>>>>>` the other: keep the lines of one, and take out the rest with the {n} marked lines").with("n", n)),
        n => told.help(Text::new("the lines between `<<<<<<<` and `=======` are one version, and those below it up to `>>>>>>>` the other: keep the lines of one, and take out the rest with the {n} marked lines").with("n", n)),
    })
}
