//! Names: which are declared, and which one was probably meant where none is.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Text};
use crate::near;
use crate::syntax::{Document, Kind, NodeId, Style};

/// Longest name, and most known names, for which a near one is looked for; comparing takes the product of both.
const LONGEST: usize = 40;
const MOST: usize = 400;

/// Of how many letters a name is at least that is proposed.
const SHORTEST: usize = 3;

/// Most names that are listed where none is near.
const LISTED: usize = 8;

/// The keys of the mapping at a path from the top, in the order written. An entry that cannot be read is declared all
/// the same, so that one mistake in it is not one more wherever its name stands.
pub fn declared<'d>(document: &'d Document, path: &[&str]) -> Vec<&'d str> {
    let mut node = document.root();
    for step in path {
        let Some(next) = document.get(node, step) else { return Vec::new() };
        node = next;
    }
    match document.kind(node) {
        Kind::Mapping(entries) => entries.iter().map(|entry| entry.key.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Whether a name is one of those known, or may be the one that would stand where something is written that is no name: that
/// is told there.
pub fn is_known(name: &str, known: &[&str]) -> bool {
    if known.iter().any(|other| *other == name || plain(other).is_some_and(|plain| plain == name)) {
        return true;
    }
    let (names, others): (Vec<&str>, Vec<&str>) = known.iter().partition(|other| is_name(other));
    let holds = |other: &&str| plain(other).is_some_and(|plain| plain.split('-').any(|part| part == name));
    nearest(name, &names).is_none() && others.iter().any(holds)
}

/// Whether a text is written as names are.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Fills the hole `name` and adds the way out: the nearest of the known names, or all of them.
pub fn unknown(finding: Diagnostic, name: &str, known: &[&str]) -> Diagnostic {
    let finding = finding.with("name", name);
    if let Some(near) = nearest(name, known) {
        let place = finding.place;
        let finding = finding.help(Text::new("did you mean `{meant}`?").with("meant", near));
        return finding.fix(place, near, plain(name).as_deref() == Some(near));
    }
    if known.is_empty() {
        return finding.help(Text::new("none is declared yet"));
    }
    let listed = known.iter().take(LISTED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    finding.help(Text::new("these are declared: {listed}").with("listed", listed))
}

/// What people write between words that are several.
const BETWEEN: [&str; 13] = [",", ";", "/", "，", "、", ">", "→", "+", " and ", " or ", " y ", " e ", " o "];

/// What a text names that names several things: `pickup, delivered`. `known` says what a word stands for; none where one of
/// them stands for nothing. With nothing but spaces between them, the words have to stand for themselves.
pub fn list_meant(text: &str, known: impl Fn(&str) -> Option<String>) -> Option<Vec<String>> {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let mut words = vec![inner.unwrap_or(text)];
    for between in BETWEEN {
        words = words.into_iter().flat_map(|part| part.split(between)).collect();
    }
    let words = words.into_iter().map(str::trim).filter(|word| !word.is_empty());
    let words: Option<Vec<String>> = words.map(&known).collect();
    let itself = |word: &str| known(word).filter(|meant| meant == word);
    let apart = || text.split_whitespace().map(itself).collect::<Option<Vec<_>>>();
    words.filter(|words| words.len() > 1).or_else(|| apart().filter(|words| words.len() > 1))
}

/// Says of a text that names several things how they are written, with the edit that does it. Where the text stands in a
/// list already, what lacks is a comma.
pub fn as_list(document: &Document, node: NodeId, told: Diagnostic, words: &[impl AsRef<str>]) -> Diagnostic {
    let quote = |word: &str| match document.style(node) {
        Style::DoubleQuoted => format!("\"{word}\""),
        _ => word.to_owned(),
    };
    let listed = words.iter().map(|word| quote(word.as_ref())).collect::<Vec<_>>().join(", ");
    let place = document.place(node);
    let Some(list) = document.parent(node).filter(|parent| matches!(document.kind(*parent), Kind::List(_))) else {
        let meant = format!("[{listed}]");
        return told.help(Text::new("a list is written `{meant}`").with("meant", &meant)).fix(place, meant, false);
    };
    if !document.is_in_brackets(list) {
        return told.help(Text::new("write each on a line of its own, with a `- ` before it"));
    }
    let is_apart = document.text(node).is_some_and(|text| text.split_whitespace().eq(words.iter().map(AsRef::as_ref)));
    told.help(Text::new("write `{meant}`").with("meant", &listed)).fix(place, listed, is_apart)
}

/// The known name that is nearest, if it is near. One or two letters are near to too many others.
fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    if name.len() > LONGEST || known.len() > MOST {
        return None;
    }
    let known = known.iter().copied();
    near::nearest(name, known.filter(|other| other.len() <= LONGEST && other.chars().count() >= SHORTEST))
}

/// A name as names are written: small letters without accents, with hyphens; `None` where nothing is left of it.
pub fn plain(name: &str) -> Option<String> {
    let letters = name.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase);
    let plain: String = letters.map(|c| if matches!(c, ' ' | '_') { '-' } else { c }).collect();
    Some(plain).filter(|plain| !plain.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{list_meant, nearest, plain};

    #[test]
    fn names_are_known_by_their_letters() {
        assert_eq!(plain("Cajón_grande").as_deref(), Some("cajon-grande"));
        assert_eq!(plain("cajon-2").as_deref(), Some("cajon-2"));
    }

    #[test]
    fn several_words_are_a_list_if_all_are_known() {
        let known = |word: &str| ["pickup", "delivered"].contains(&word).then(|| word.to_owned());
        for text in ["pickup, delivered", "pickup / delivered", "pickup y delivered", "pickup, and delivered"] {
            let meant = list_meant(text, known);
            assert_eq!(meant.as_deref(), Some(["pickup", "delivered"].map(str::to_owned).as_slice()), "{text}");
        }
        assert_eq!((list_meant("pickup", known), list_meant("pickup, post", known)), (None, None));
    }

    #[test]
    fn near_is_a_slip_and_not_another_word() {
        assert_eq!(nearest("cooperative", &["sisters", "cooperatives"]), Some("cooperatives"));
        assert_eq!(nearest("wacth_stock", &["watch_stock", "watch_price"]), Some("watch_stock"));
        assert_eq!((nearest("b", &["a"]), nearest("ab", &["ac"])), (None, None));
        assert_eq!(nearest("x", &[]), None);
    }
}
