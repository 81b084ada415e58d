//! Indents that are not made of the spaces of the keyboard.

use super::mistakes::{Line, finding, lines, lines_near};
use super::rules::{TAB_INDENT, WRONG_INDENT};
use crate::diagnostic::{Diagnostic, Edit, Place, Text};
use crate::source::{SourceId, Span};

/// The finding for a tab or an odd space in the indent of the line at which reading stopped, or near it.
pub(super) fn odd_margin(source: SourceId, text: &str, here: &Line<'_>) -> Option<Diagnostic> {
    tab_indent(text, here).map(|span| finding(&TAB_INDENT, source, span)).or_else(|| odd_indent(source, text, here))
}

fn tab_indent(text: &str, here: &Line<'_>) -> Option<Span> {
    let tabbed = |line: &Line<'_>| {
        let indent = line.text.get(..line.indent()).unwrap_or_default();
        indent.find('\t').map(|at| Span::new(line.start + at, line.start + line.indent()))
    };
    lines_near(text, here).find_map(|line| tabbed(&line))
}

/// The finding for lines that are indented with spaces that are none of the keyboard's, near the one at which reading stopped.
fn odd_indent(source: SourceId, text: &str, here: &Line<'_>) -> Option<Diagnostic> {
    let is_odd = |c: &char| c.is_whitespace() && !c.is_ascii();
    let odd = |line: &Line<'_>| line.text.chars().take_while(|c| c.is_whitespace()).find(is_odd);
    let (line, sign) = lines_near(text, here).find_map(|line| Some((line, odd(&line)?)))?;
    let blank = |line: &Line<'_>| Span::new(line.start, line.start + line.indent());
    let all = lines(text).map(|(start, text)| Line { start, text }).filter(|line| odd(line).is_some());
    let edit = |line: Line<'_>| {
        let columns = line.text.chars().take_while(|c| c.is_whitespace()).count();
        Edit { place: Place::new(source, blank(&line)), replacement: " ".repeat(columns) }
    };
    let told = finding(&WRONG_INDENT, source, blank(&line))
        .message(
            Text::new("this line is indented with a space that is none of the keyboard's (`{code}`)")
                .with("code", format!("U+{:04X}", u32::from(sign))),
        )
        .help(Text::new("indent it with spaces"));
    Some(told.edits(all.map(edit).collect(), true))
}
