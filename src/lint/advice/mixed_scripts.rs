//! A word with letters of two alphabets that look alike.

use unicode_security::skeleton;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A word of Latin letters holds one of another alphabet that looks like one of them.
    RULE = "CLM1192", "mixed-scripts", Warning, Safety, "11-advice#trust",
    summary: "a word mixes letters of two alphabets that look alike",
    message: "in `{word}` the letter `{letter}` is not the Latin `{plain}` that it looks like",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for passage in whole.passages().iter().filter(|passage| !passage.is_ascii()) {
        let Some(node) = passage.node else { continue };
        let mut words = passage.text.split(|c: char| !c.is_alphanumeric());
        let disguised = || disguised(passage.text);
        if let Some((word, (letter, plain))) = words.find_map(|word| Some((word, stranger(word)?))).or_else(disguised) {
            let help = Text::new("type the word again in one alphabet: to a computer it is another word");
            let finding = whole.value(&RULE, node).with("word", word).with("letter", letter);
            found.push(finding.with("plain", plain).help(help));
        }
    }
}

/// A letter of a word with Latin letters that is of another alphabet and looks like a Latin one, and that one.
fn stranger(word: &str) -> Option<(char, char)> {
    if word.is_ascii() || !word.contains(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    word.chars().filter(|c| !c.is_ascii()).find_map(|letter| Some((letter, looks_like(letter)?)))
}

/// Words of fewer letters may be of another language and happen to look like Latin.
const SHORTEST_DISGUISED: usize = 4;

/// A word beside Latin ones of which every letter is of another alphabet and looks like a Latin one, where no other word of the
/// text shows that it is written in that alphabet.
fn disguised(text: &str) -> Option<(&str, (char, char))> {
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_latin = |word: &str| word.contains(|c: char| c.is_ascii_alphabetic());
    let is_plain = |word: &str| word.is_ascii() || word.chars().all(|c| looks_like(c).is_some()) || is_latin(word);
    if !words().any(is_latin) || !words().all(is_plain) {
        return None;
    }
    let found = words().find(|word| !word.is_ascii() && !is_latin(word) && word.chars().count() >= SHORTEST_DISGUISED)?;
    let letter = found.chars().next()?;
    Some((found, (letter, looks_like(letter)?)))
}

/// The Latin letter that a Greek, Cyrillic, Armenian or Cherokee one looks like.
fn looks_like(letter: char) -> Option<char> {
    if !matches!(letter, '\u{370}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}') {
        return None;
    }
    let mut look = skeleton(letter.encode_utf8(&mut [0; 4])).collect::<Vec<_>>().into_iter();
    look.next().filter(|plain| plain.is_ascii_alphabetic() && look.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_word_is_of_one_alphabet() {
        let offer = |name: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, name: \"{name}\", price: 2 EUR/kg }} }}");
        ["Flo\\u0443r", "\u{410}cme", "Harin\u{430} de trigo", "\u{3bf}il"].iter().for_each(|name| advises(&RULE, &offer(name)));
        ["\u{441}\u{430}\u{441}\u{430}\u{43e} oscuro", "Pan \u{440}\u{430}\u{440}\u{430} hoy"].iter().for_each(|name| advises(&RULE, &offer(name)));
        ["\u{441}\u{430}\u{441}\u{430}\u{43e}", "\u{410}\u{41e} Danone", "\u{441}\u{430}\u{441}\u{430}\u{43e} \u{43c}\u{443}\u{43a}\u{430} Acme"].iter().for_each(|name| no_advice(&RULE, &offer(name)));
        ["Мука пшеничная", "Acme Мука", "10 kΩ", "β-caroteno", "Ñandú", "小麦粉 A", "5 μm"].iter().for_each(|name| no_advice(&RULE, &offer(name)));
    }
}
