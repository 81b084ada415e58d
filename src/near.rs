//! How far one word is from another: what a proposal of another word is made of.

/// The candidate that a word was probably meant to be: the nearest, and the first of those that are as near, if so few edits
/// lead to it that it may be a slip.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let near = |candidate: &'c str| Some((within(word, candidate, most(candidate))?, candidate));
    let near = candidates.into_iter().filter_map(near);
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// So many edits of a word may be a slip: one in three letters, and one in a short word.
pub fn most(word: &str) -> usize {
    (word.chars().count() / 3).max(1)
}

/// The distance between two words by Damerau and Levenshtein, however large.
pub fn distance(a: &str, b: &str) -> usize {
    strsim::damerau_levenshtein(a, b)
}

/// The distance between two words by Damerau and Levenshtein, if it is at most so many edits.
///
/// Most words that are compared have little in common. That is seen by counting their letters, long before the distance is
/// known, which takes the product of their lengths.
pub fn within(a: &str, b: &str, most: usize) -> Option<usize> {
    // No character takes more than four bytes.
    let is_longer = |a: &str, b: &str| a.len() / 4 > b.len().saturating_add(most);
    if is_longer(a, b) || is_longer(b, a) || at_least(a, b) > most {
        return None;
    }
    Some(distance(a, b)).filter(|distance| *distance <= most)
}

/// So many edits there are at least: one puts in, takes out or changes one character, or swaps two.
fn at_least(a: &str, b: &str) -> usize {
    let mut lack = [0_i32; 64];
    let mut count = |text: &str, one: i32| {
        // Characters that share a place here hide a difference, and never make one.
        for c in text.chars() {
            let place = usize::try_from(u32::from(c)).unwrap_or(0) % lack.len();
            lack.get_mut(place).into_iter().for_each(|count| *count = count.saturating_add(one));
        }
    };
    count(a, 1);
    count(b, -1);
    let sum = |wanted: fn(&i32) -> bool| {
        lack.iter().filter(|count| wanted(count)).map(|count| count.unsigned_abs()).sum::<u32>()
    };
    let (more, fewer) = (sum(|count| *count > 0), sum(|count| *count < 0));
    usize::try_from(more.max(fewer)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_near_where_few_edits_lead_from_one_to_the_other() {
        assert_eq!(within("kg", "kg", 0), Some(0));
        assert_eq!(within("wacth", "watch", 1), Some(1));
        assert_eq!(within("cajón", "cajon", 1), Some(1));
        assert_eq!(within("box", "crate", 2), None);
        assert_eq!(within(&"x".repeat(60_000), &"y".repeat(60_000), 5), None);
    }

    #[test]
    fn the_nearest_is_meant_if_it_may_be_a_slip() {
        assert_eq!(nearest("sarfi", ["text", "sarif", "json"]), Some("sarif"));
        assert_eq!(nearest("bax", ["bag", "box", "bar"]), Some("bag"), "the first of those that are as near");
        assert_eq!((nearest("crate", ["box"]), nearest("x", [])), (None, None));
        assert_eq!(["a", "kilo", "kilogram"].map(most), [1, 1, 2]);
    }

    proptest! {
        #[test]
        fn counting_letters_never_says_more_than_there_is(a in "[a-dñ\u{e4}A-D]{0,8}", b in "[a-dñ\u{e4}A-D]{0,8}") {
            let distance = distance(&a, &b);
            prop_assert!(at_least(&a, &b) <= distance);
            prop_assert_eq!(within(&a, &b, distance), Some(distance));
            prop_assert_eq!(distance.checked_sub(1).and_then(|less| within(&a, &b, less)), None);
        }
    }
}
