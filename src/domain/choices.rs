//! Lists of alternatives: what two of them have in common, and how far down each list it stands.

/// An alternative that both lists hold, with its rank among the common ones on each side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Common<T> {
    /// The alternative.
    pub value: T,
    /// Its rank in the first list, counted from zero among the common alternatives.
    pub first: usize,
    /// Its rank in the second list.
    pub second: usize,
}

impl<T> Common<T> {
    /// What is least decides between equals: the worse of the two ranks, then their sum.
    pub fn order(&self) -> (usize, usize) {
        (self.first.max(self.second), self.first + self.second)
    }
}

/// The alternatives in both lists, in the order of the first; `join` says whether two are the same, and what they are
/// together. A list that is `None` holds everything and ranks everything first.
pub fn common<A: Clone, T>(
    first: Option<&[A]>,
    second: Option<&[A]>,
    join: impl Fn(Option<&A>, Option<&A>) -> Option<T>,
) -> Vec<Common<T>> {
    match (first, second) {
        (None, None) => Vec::new(),
        (Some(first), None) => {
            let joined = first.iter().filter_map(|a| join(Some(a), None));
            joined.enumerate().map(|(rank, value)| Common { value, first: rank, second: 0 }).collect()
        }
        (None, Some(second)) => {
            let joined = second.iter().filter_map(|b| join(None, Some(b)));
            joined.enumerate().map(|(rank, value)| Common { value, first: 0, second: rank }).collect()
        }
        (Some(first), Some(second)) => meet(first, second, join),
    }
}

fn meet<A, T>(first: &[A], second: &[A], join: impl Fn(Option<&A>, Option<&A>) -> Option<T>) -> Vec<Common<T>> {
    let mut pairs: Vec<(usize, T)> = Vec::new();
    for a in first {
        let found = second.iter().enumerate().find_map(|(at, b)| join(Some(a), Some(b)).map(|value| (at, value)));
        pairs.extend(found);
    }
    let mut places: Vec<usize> = pairs.iter().map(|(at, _)| *at).collect();
    places.sort_unstable();
    pairs
        .into_iter()
        .enumerate()
        .map(|(first, (at, value))| Common { value, first, second: places.partition_point(|place| *place < at) })
        .collect()
}

/// The steps that both ladders hold, in the order of `scale`.
pub fn ladder(first: &[String], second: &[String], scale: &[&str]) -> Vec<String> {
    let rank = |step: &String| (scale.iter().position(|s| s == step).unwrap_or(scale.len()), step.clone());
    let mut steps: Vec<String> = first.iter().filter(|step| second.contains(step)).cloned().collect();
    steps.sort_by_key(rank);
    steps.dedup();
    steps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn same(a: Option<&u8>, b: Option<&u8>) -> Option<u8> {
        match (a, b) {
            (Some(a), Some(b)) => (a == b).then_some(*a),
            (one, other) => one.or(other).copied(),
        }
    }

    fn list() -> impl Strategy<Value = Vec<u8>> {
        Just((0..6).collect::<Vec<u8>>())
            .prop_shuffle()
            .prop_flat_map(|all| (0..=all.len()).prop_map(move |n| all[..n].to_vec()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5000))]

        #[test]
        fn swapping_the_lists_swaps_the_ranks(a in list(), b in list()) {
            let mut there: Vec<_> = common(Some(&a), Some(&b), same).iter().map(|c| (c.value, c.first, c.second)).collect();
            let mut back: Vec<_> = common(Some(&b), Some(&a), same).iter().map(|c| (c.value, c.second, c.first)).collect();
            there.sort_unstable();
            back.sort_unstable();
            prop_assert_eq!(there, back);
        }

        #[test]
        fn what_is_common_is_in_both_and_ranks_count_the_common_ones(a in list(), b in list()) {
            let met = common(Some(&a), Some(&b), same);
            let both: Vec<u8> = a.iter().copied().filter(|v| b.contains(v)).collect();
            prop_assert_eq!(met.iter().map(|c| c.value).collect::<Vec<_>>(), both);
            let mut second: Vec<usize> = met.iter().map(|c| c.second).collect();
            second.sort_unstable();
            prop_assert_eq!(second, (0..met.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_ladder_keeps_the_scale() {
        let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let scale = ["dialogue", "mediation", "arbitration"];
        assert_eq!(
            ladder(&list(&["arbitration", "dialogue"]), &list(&["dialogue", "mediation", "arbitration"]), &scale),
            ["dialogue", "arbitration"]
        );
    }
}
