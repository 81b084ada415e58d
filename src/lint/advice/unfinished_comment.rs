//! A comment that says of something that it is not finished.

use super::Whole;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::rule;

rule! {
    /// A comment reminds its writer of something to be done.
    RULE = "CLM1152", "unfinished-comment", Info, Clarity, "11-advice#terms",
    summary: "a comment says that something is not finished",
    message: "the comment says that something is not finished: `{mark}`",
}

/// Marks by which writers find again what they left open. In Spanish `TODO` means all, so a mark is followed by a sign.
const MARKS: [&str; 7] = ["TODO", "FIXME", "XXX", "TBD", "HACK", "PENDIENTE", "A CONFIRMAR"];

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let (comments, text) = whole.comments();
    for comment in comments {
        if let Some(mark) = mark_of(comment.words(text)) {
            let place = Place::new(whole.document.source(), comment.span);
            let help = Text::new("settle it before partners read the manifest, and take the comment out");
            found.push(Diagnostic::new(&RULE, place).with("mark", mark).help(help));
        }
    }
}

/// The mark with which a comment begins.
pub(super) fn mark_of(words: &str) -> Option<&'static str> {
    let behind = |mark: &str| {
        let (said, behind) = words.split_at_checked(mark.len())?;
        (said == mark || (IN_ANY_CASE.contains(&mark) && said.eq_ignore_ascii_case(mark))).then_some(behind)
    };
    let ends = |mark: &str| behind(mark).is_some_and(|behind| ends_a_mark(behind) || is_alone(mark, words, behind));
    MARKS.into_iter().find(|mark| ends(mark))
}

/// Marks that are none but a mark in small letters either; `todo` is all in Spanish, and `hack` and `xxx` are words and sizes.
const IN_ANY_CASE: [&str; 4] = ["FIXME", "TBD", "PENDIENTE", "A CONFIRMAR"];

/// Marks that are no word of any language, so that in capitals they need no sign behind them.
const NO_WORDS: [&str; 2] = ["FIXME", "TBD"];

fn is_alone(mark: &str, words: &str, behind: &str) -> bool {
    NO_WORDS.contains(&mark) && words.starts_with(mark) && behind.starts_with(' ')
}

fn ends_a_mark(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with([':', '('])
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_mark_is_told_from_a_sentence() {
        let offer = |comment: &str| format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 EUR/kg }} # {comment}");
        ["TODO: ask the mill", "FIXME", "FIXME price", "TODO(board): vote", "PENDIENTE: precio", "pendiente: precio", "A confirmar", "fixme: ask"].iter().for_each(|text| advises(&RULE, &offer(text)));
        ["TODO LO QUE SE MUELE", "XXXL bags", "nothing to do", "todo: lo que se muele", "pendiente de 3 %", "a confirmar se va por teléfono"].iter().for_each(|text| no_advice(&RULE, &offer(text)));
    }
}
