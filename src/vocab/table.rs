//! Tab-separated tables with `#` comments.

use crate::near;

/// The rows of a table, each as its fields.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
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
