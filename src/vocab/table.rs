//! Tab-separated tables with `#` comments.

use std::hash::{BuildHasherDefault, Hasher};

use indexmap::IndexMap;

use crate::near;

/// A table of ours by the words in it.
pub(super) type Index<V> = IndexMap<&'static str, V, BuildHasherDefault<Fnv>>;

/// The hash of Fowler, Noll and Vo: quick for short words. Nobody but us chooses the words of a table, so that none can be made
/// to fall together.
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

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
            let most = (candidate.chars().count() / 3).max(1);
            Some((near::within(&folded, &candidate.to_lowercase(), most)?, candidate))
        })
        .min_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.cmp(y)))
        .map(|(_, candidate)| candidate)
}
