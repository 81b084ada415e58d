//! Tab-separated tables with `#` comments.

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use crate::near;

/// A table of ours by the words in it. Nobody but us chooses them, so that the hash needs no seed of its own.
pub(super) type Index<V> = IndexMap<&'static str, V, FixedState>;

/// The rows of a table, each as its fields.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// The code that a word was probably meant to be. Of codes as short as three letters most are one letter away from another, so
/// that one with another letter is no slip of it.
pub(super) fn nearest_code<'c>(word: &str, codes: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.to_lowercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    let letters = sorted(word);
    let is_slip = |code: &&str| code.len() > 3 || code.len() != word.len() || sorted(code) == letters;
    nearest(word, codes.filter(is_slip))
}

/// The candidate that a word was probably meant to be, if one is near enough.
pub(super) fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let folded = word.to_lowercase();
    candidates
        .filter_map(|candidate| {
            Some((near::within(&folded, &candidate.to_lowercase(), near::most(candidate))?, candidate))
        })
        .min_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.cmp(y)))
        .map(|(_, candidate)| candidate)
}
