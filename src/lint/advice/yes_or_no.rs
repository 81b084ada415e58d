//! A yes or a no where a text is due: it is read as the word that it is.

use super::Whole;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::lint::cut::is_free;
use crate::rule;
use crate::source::Span;
use crate::syntax::{NodeId, Style, take_out_whole};
use crate::vocab::switch::Switch;
use crate::vocab::terms::{self, Scope, Term, Values};

rule! {
    /// A word like `yes` or `off` without quotes stands where a text is due.
    RULE = "CLM1150", "yes-or-no", Warning, Clarity, "11-advice#terms",
    summary: "a yes or a no is read as a text",
    message: "`{word}` switches nothing on or off: `{key}` says only this word",
}

/// Words that nobody writes for what they name.
const WORDS: [&str; 10] = ["yes", "no", "on", "off", "true", "false", "y", "n", "sí", "si"];

/// None of them is longer.
const LONGEST: usize = 5;

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let document = whole.document;
    for (node, word) in document.scalars() {
        let is_word = || WORDS.contains(&word.to_lowercase().as_str()) && document.style(node) == Style::Plain;
        let is_word = word.len() <= LONGEST && is_word();
        if is_word && is_free(document, node) {
            found.extend(told(whole, node, word));
        }
    }
}

/// Keys of what things, people and places are called, as they happen to be.
const SAID: [&str; 5] = ["name", "locality", "address", "signatory", "office"];

fn told(whole: &Whole<'_>, node: NodeId, word: &str) -> Option<Diagnostic> {
    let key = whole.document.key_of(node)?;
    let finding = whole.value(&RULE, node).with("key", key).with("word", word);
    if compares(whole, node, key) {
        // Two coops may well agree on this word, as long as both write it.
        let meant = format!("\"{word}\"");
        let place = finding.place;
        let help = Text::new("write `{meant}` if partners are to write this word too").with("meant", &meant);
        return Some(finding.help(help).fix(place, meant, false));
    }
    if SAID.contains(&key) {
        let meant = format!("\"{word}\"");
        let place = finding.place;
        let help = Text::new("write `{meant}` if that is what it is called").with("meant", &meant);
        return Some(finding.help(help).fix(place, meant, false));
    }
    let is_alone = whole.document.key_span(node).is_some();
    if is_alone && Switch::of(word) == Some(Switch::Off) {
        let whole_entry =
            Span::new(whole.document.key_place(node).span.start, whole.document.span(node).end);
        let place = Place::new(whole.document.source(), whole_entry);
        let help = Text::new("take `{key}` out: what is not written is not said").with("key", key);
        let mut finding = finding.help(help).fix(place, "", false);
        take_out_whole(std::slice::from_mut(&mut finding), whole.source);
        return Some(finding);
    }
    let help = match example(key) {
        Some(example) => Text::new("name what it is, for example `{key}: {example}`").with("example", example),
        None => Text::new("write what `{key}` should say, or take it out"),
    };
    Some(finding.help(help.with("key", key)))
}

/// Whether what is written is a coop's own, a property or a term that it coined, in which any word may be one to compare.
fn compares(whole: &Whole<'_>, node: NodeId, key: &str) -> bool {
    let around = || std::iter::successors(whole.document.parent(node), |node| whole.document.parent(*node));
    key.starts_with("x_") || around().any(|group| {
        whole.document.key_of(group).is_some_and(|key| key == "properties" || key.starts_with("x_"))
    })
}

/// An example of what stands behind a key.
fn example(key: &str) -> Option<&'static str> {
    let of_texts = |term: &&Term| term.values == Values::Text;
    match key {
        "practices" => Some("[equal_vote, open_books]"),
        _ => terms::term(Scope::Line, key).filter(of_texts).map(|term| term.example),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, mended, no_advice};

    fn offer(more: &str) -> String {
        format!("with: anyone\noffers:\n  x:\n    item: hs:1101\n    {more}\n    price: 2 EUR/kg")
    }

    #[test]
    fn a_word_that_would_switch_something_is_told_where_it_is_a_text() {
        for text in ["receiver_brings: no", "receiver_brings: [yes]", "properties: { organic: yes }", "x_gift: Sí", "packaging: off"] {
            advises(&RULE, &offer(text));
        }
        for text in ["receiver_brings: [paper]", "properties: { organic: \"yes\" }", "x_gift: none", "x_gift: maybe"] {
            no_advice(&RULE, &offer(text));
        }
        advises(&RULE, &format!("  practices: yes\n{}", offer("name: Flour")));
    }

    #[test]
    fn what_something_is_called_is_quoted_and_stays() {
        assert_eq!(mended(&RULE, &offer("name: No")), offer("name: \"No\""));
    }

    #[test]
    fn what_is_compared_is_quoted_and_what_is_denied_is_taken_out() {
        assert_eq!(mended(&RULE, &offer("properties: { organic: yes }")), offer("properties: { organic: \"yes\" }"));
        assert_eq!(mended(&RULE, &offer("receiver_brings: no")), offer("GONE").replace("    GONE\n", ""));
    }
}
