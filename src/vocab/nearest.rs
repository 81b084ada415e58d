//! Did you mean: the word of a list that a wrong word is closest to.

/// The candidate that differs least, if it differs by little: case alone, or one slip in a short word and two in a
/// longer one. Of equally near ones the first wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let slips = match lower.chars().count() {
        0 | 1 => 0,
        2..=5 => 1,
        _ => 2,
    };
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, candidate)| *distance <= slips && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_forgiven_by_length() {
        let words = ["worker", "producer", "kg", "box"];
        assert_eq!(nearest("wroker", words), Some("worker"));
        assert_eq!(nearest("KG", words), Some("kg"));
        assert_eq!(nearest("boxe", words), Some("box"));
        assert_eq!(nearest("k", words), None);
        assert_eq!(nearest("consumer", words), None);
        assert_eq!(nearest("worker", ["worker"]), None);
    }
}
