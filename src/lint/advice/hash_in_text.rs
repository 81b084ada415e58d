//! A `#` inside a text, which makes a comment of what stands behind it.

use std::collections::BTreeMap;

use super::Whole;
use super::unfinished_comment::mark_of;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::lint::cut::is_free;
use crate::rule;
use crate::source::Span;
use crate::syntax::{Comment, NodeId, Style, quoted};
use crate::vocab::terms::TERMS;

rule! {
    /// A `#` cuts a text without quotes.
    RULE = "CLM1199", "hash-in-text", Warning, Clarity, "11-advice#terms",
    summary: "a `#` makes a comment of the end of a text",
    message: "behind this `#` all is a comment, so `{key}` says only `{text}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let (comments, text) = whole.comments();
    let glued: Vec<&Comment> = comments.iter().filter(|comment| begins_a_word(comment, text)).collect();
    if glued.is_empty() {
        return;
    }
    // Where several end, the first does.
    let mut ends = BTreeMap::new();
    for (node, _) in whole.document.scalars() {
        ends.entry(whole.document.span(node).end).or_insert(node);
    }
    let behind: Vec<(&Comment, Option<NodeId>)> =
        glued.into_iter().map(|comment| (comment, cut_text(whole, &ends, comment, text))).collect();
    // Who writes no space behind the `#` elsewhere writes comments so; a number is none even then.
    let is_habit = behind.iter().any(|(_, node)| node.is_none());
    for (comment, node) in behind {
        if let Some(node) = node.filter(|_| is_number(comment, text) || !is_habit) {
            found.extend(told(whole, node, comment, text));
        }
    }
}

fn is_number(comment: &Comment, text: &str) -> bool {
    comment.words(text).starts_with(|c: char| c.is_ascii_digit())
}

fn begins_a_word(comment: &Comment, text: &str) -> bool {
    let said = text.get(comment.span.start + 1..comment.span.end).unwrap_or_default();
    let is_term = || TERMS.iter().any(|term| said.split(':').next() == Some(term.name));
    // What comments to oneself and to the program begin with is told as what it is.
    let is_remark = || said.starts_with("clm:") || mark_of(said).is_some();
    said.starts_with(char::is_alphanumeric) && !is_remark() && !is_term()
}

/// The text without quotes that a comment cuts: it stands behind it with one space between, as words do, or is a number.
fn cut_text(whole: &Whole<'_>, ends: &BTreeMap<usize, NodeId>, comment: &Comment, text: &str) -> Option<NodeId> {
    let before = text.get(..comment.span.start).filter(|_| !comment.alone)?;
    let end = before.trim_end_matches(' ').len();
    if before.len() - end > 1 && !is_number(comment, text) {
        return None;
    }
    let document = whole.document;
    let node = *ends.get(&end)?;
    // What is cut off an address is its last part.
    let is_address = document.text(node)?.starts_with("https://");
    // Who wrote quotes has said where the text ends, unless a number stands behind, which is no remark.
    let goes_on = match document.style(node) {
        Style::Plain => true,
        Style::SingleQuoted | Style::DoubleQuoted => is_number(comment, text),
        Style::Literal | Style::Folded => false,
    };
    ((is_free(document, node) || is_address) && goes_on).then_some(node)
}

fn told(whole: &Whole<'_>, node: NodeId, comment: &Comment, text: &str) -> Option<Diagnostic> {
    let document = whole.document;
    let start = document.span(node).start;
    // A comment may stand behind the text in turn.
    let said = text.get(comment.span.start..comment.span.end)?.split(" # ").next()?;
    // In brackets a comma ends the text, and what closes them is no part of it.
    let in_brackets = document.parent(node).is_some_and(|group| document.is_in_brackets(group));
    let ends = if in_brackets { said.find([',', ']', '}']) } else { None };
    let closes = ends.is_some_and(|at| said.get(at..).is_some_and(|rest| rest.contains([']', '}'])));
    let end = comment.span.start + said.get(..ends.unwrap_or(said.len()))?.trim_end().len();
    let written = text.get(start..end)?;
    let meant = match document.style(node) {
        Style::Plain => written.to_owned(),
        _ => format!("{} {}", document.text(node)?, text.get(comment.span.start..end)?),
    };
    let quoted = quoted(&meant);
    let key = document.key_of(node)?;
    let place = |start, end| Place::new(document.source(), Span::new(start, end));
    let finding = Diagnostic::new(&RULE, place(comment.span.start, comment.span.start + 1))
        .node(document.address(node))
        .with("key", key)
        .with("text", document.text(node)?);
    if meant.contains('\n') {
        let help = match document.style(node) {
            Style::Plain => Text::new("put the text in quotes"),
            _ => Text::new("put what stands behind them in the quotes, or a space behind the `#` of a comment"),
        };
        return Some(finding.help(help));
    }
    let help = match document.key_span(node) {
        Some(_) => Text::new("write `{key}: {value}`, or a space behind the `#` of a comment").with("key", key),
        None => Text::new("write `{value}`, or a space behind the `#` of a comment"),
    };
    let told = finding.help(help.with("value", &quoted));
    Some(if closes { told } else { told.fix(place(start, end), quoted, false) })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, mended, no_advice};

    fn offer(name: &str) -> String {
        format!("with: anyone\noffers:\n  x:\n    item: hs:1101\n    name: {name}\n    price: 2 EUR/kg")
    }

    #[test]
    fn a_sign_inside_a_text_is_told_from_a_comment() {
        ["Rolls #5, soft", "Rolls   #5", "Flour #organic", "Box no. #12 # the best"].iter().for_each(|name| advises(&RULE, &offer(name)));
        for name in
            ["Rolls # 5", "Rolls #", "Rolls #- old", "Rolls  #old name", "Rolls #TODO: ask", "'Rolls' #old", "Rolls#5", "Rolls ##"]
        {
            no_advice(&RULE, &offer(name));
        }
        no_advice(&RULE, &offer("Rolls").replace("2 EUR/kg", "3 USD/kg #old price"));
        no_advice(&RULE, &offer("Rolls").replace("hs:1101", "hs:1101 #5"));
        no_advice(&RULE, &offer("Rolls #clm: 1"));
        advises(&RULE, &offer("Rolls").replace("hs:1101", "https://mill.example #rolls"));
    }

    #[test]
    fn who_writes_comments_without_a_space_means_words_as_comments() {
        let habit = |name: &str| offer(name).replace("2 EUR/kg", "3 USD/kg #old price");
        no_advice(&RULE, &habit("Flour #organic"));
        advises(&RULE, &habit("Rolls #5"));
    }

    #[test]
    fn texts_in_lists_and_of_properties_are_looked_at_and_a_number_behind_quotes() {
        let with = |more: &str| offer("Rolls").replace("    price", &format!("    {more}\n    price"));
        advises(&RULE, &with("receiver_brings:\n      - paper #2\n      - ink"));
        advises(&RULE, &with("properties:\n      ink: blue #2"));
        advises(&RULE, &with("properties:\n      ink:\n        - blue #2\n        - red"));
        advises(&RULE, &offer("\"Rolls\" #5"));
        no_advice(&RULE, &offer("\"Rolls\" #old"));
        no_advice(&RULE, &with("delivery:\n      - pickup #2\n      - delivered"));
        assert_eq!(mended(&RULE, &offer("'Rolls' #5")), offer("\"Rolls #5\""));
        let list = |first: &str| with(&format!("receiver_brings:\n      - {first}\n      - ink"));
        assert_eq!(mended(&RULE, &list("paper #2")), list("\"paper #2\""));
    }

    #[test]
    fn in_brackets_the_text_ends_at_a_comma() {
        let brings = |list: &str| offer("Rolls").replace("    price", &format!("    receiver_brings: [{list}\n      ]\n    price"));
        assert_eq!(mended(&RULE, &brings("ink, paper #2, glue")), brings("ink, \"paper #2\", glue"));
        advises(&RULE, &brings("ink, paper #2]"));
    }

    #[test]
    fn the_whole_text_is_quoted() {
        assert_eq!(mended(&RULE, &offer("Rolls #5, soft # best")), offer("\"Rolls #5, soft\" # best"));
        assert_eq!(mended(&RULE, &offer("The 2\" rolls #5")), offer("'The 2\" rolls #5'"));
        advises(&RULE, &offer("Rolls\n      and buns #5"));
    }
}
