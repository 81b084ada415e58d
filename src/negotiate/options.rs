//! The options of a line's terms, and which of them can cost least at any quantity and price.
//!
//! What an option costs is straight in the quantity and in the prices, and none of these is ever below zero. So an option
//! that costs the two at least as much as another by each of the three never has to be looked at where each term is decided
//! by itself, and terms of which one option is left add up to one burden.

use super::bargain::{Burden, Burdens};
use crate::value::Rational;

/// The options of the terms that leave a choice. Lines whose terms are the same share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// Of each term.
    pub(super) terms: Vec<Vec<Burdens>>,
    /// What all terms together cost of which one option is never dearer than another.
    pub(super) settled: Burdens,
    /// Of each other term, those that can cost least.
    pub(super) contested: Vec<Vec<Burdens>>,
    /// Whether some option costs a part of the price of the provider, of the receiver.
    pub(super) goes_by_price: (bool, bool),
}

/// All that costs of options go by: quantity, and the own prices of the provider and of the receiver where they matter.
pub(super) type Point = (Rational, Option<Rational>, Option<Rational>);

impl Options {
    pub(super) fn new(terms: Vec<Vec<Burdens>>) -> Self {
        let any = |share: fn(&Burdens) -> &Rational| terms.iter().flatten().any(|option| !share(option).is_zero());
        let goes_by_price = (any(|option| &option.provider.share), any(|option| &option.receiver.share));
        let (mut settled, mut contested) = (Burdens::default(), Vec::new());
        for options in &terms {
            match least(options).as_slice() {
                [only] => settled = settled.plus(only),
                several => contested.push(several.iter().map(|option| (*option).clone()).collect()),
            }
        }
        Self { terms, settled, contested, goes_by_price }
    }
}

impl Burdens {
    /// Both together.
    fn plus(&self, other: &Self) -> Self {
        Self { provider: self.provider.plus(&other.provider), receiver: self.receiver.plus(&other.receiver) }
    }
}

/// The options that can cost the two least, without those that come to the same for each.
fn least(options: &[Burdens]) -> Vec<&Burdens> {
    let joint = |of: &Burdens| (&of.provider.fixed + &of.receiver.fixed, &of.provider.unit + &of.receiver.unit);
    let priced: Vec<(&Burdens, (Rational, Rational))> = options.iter().map(|option| (option, joint(option))).collect();
    let mut kept: Vec<&(&Burdens, (Rational, Rational))> = Vec::new();
    for option in &priced {
        if !kept.iter().any(|known| is_never_dearer(known, option)) {
            kept.retain(|known| !is_never_dearer(option, known));
            kept.push(option);
        }
    }
    kept.into_iter().map(|(option, _)| *option).collect()
}

/// Whether the one never costs the two more than the other, and where both cost the same, costs the receiver the same too.
fn is_never_dearer(
    (one, (fixed, unit)): &(&Burdens, (Rational, Rational)),
    (other, (other_fixed, other_unit)): &(&Burdens, (Rational, Rational)),
) -> bool {
    let shares = |of: fn(&Burdens) -> &Burden| of(one).share <= of(other).share;
    let is_less = fixed < other_fixed || unit < other_unit;
    let is_same = || one.receiver.fixed == other.receiver.fixed && one.receiver.unit == other.receiver.unit;
    fixed <= other_fixed
        && unit <= other_unit
        && shares(|burdens| &burdens.provider)
        && shares(|burdens| &burdens.receiver)
        && (is_less || is_same())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn burdens() -> impl Strategy<Value = Burdens> {
        let burden = || {
            proptest::array::uniform3(-1i64..3).prop_map(|[fixed, unit, share]| Burden {
                fixed: fixed.into(),
                unit: unit.into(),
                share: share.into(),
            })
        };
        (burden(), burden()).prop_map(|(provider, receiver)| Burdens { provider, receiver })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn what_is_left_costs_as_little_as_all_and_the_receiver_as_much(
            options in proptest::collection::vec(burdens(), 1..6),
            quantity in 1i64..4,
            prices in (0i64..3, 0i64..3),
        ) {
            let (quantity, provider, receiver) = (quantity.into(), prices.0.into(), prices.1.into());
            let costs = |option: &Burdens| {
                let paid = option.receiver.of(&quantity, Some(&receiver));
                (&option.provider.of(&quantity, Some(&provider)) + &paid, paid)
            };
            // The least for the two; of those that cost as little, the dearest for the receiver.
            let taken = |options: Vec<(Rational, Rational)>| {
                options.into_iter().min_by(|(a, paid), (b, other)| a.cmp(b).then_with(|| other.cmp(paid)))
            };
            let left: Vec<_> = least(&options).into_iter().map(costs).collect();
            prop_assert_eq!(taken(left), taken(options.iter().map(costs).collect()));
        }
    }
}
