//! One number for all that R10 weighs, so that ways of serving are compared by a single sum.
//!
//! Each criterion becomes a whole number and takes the digits above those of all later ones. The digits of a criterion have
//! room for whatever it can add up to, so that a later one never outweighs an earlier one. The last criterion, the smallest
//! list of lines, gives each need digits of its own: of two lists the one is smaller that serves the first need that
//! they differ in by the smaller offer, or at all.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_traits::Signed;

use super::Service;
use crate::value::Rational;

/// A provider and one of the other side's needs: what a line serves.
type Served<'s> = (&'s str, &'s str);

/// The weights of services, in their order. The greater the sum over a way of serving, the better it is.
pub(super) fn weights(services: &[&Service]) -> Vec<BigInt> {
    let mut weights = vec![BigInt::ZERO; services.len()];
    for criterion in criteria(services) {
        let radix = criterion.iter().map(BigInt::abs).sum::<BigInt>() + 1;
        for (weight, value) in weights.iter_mut().zip(criterion) {
            *weight = &*weight * &radix + value;
        }
    }
    let (digits, above) = digits(services);
    for (weight, service) in weights.iter_mut().zip(services) {
        let lines = service.lines.iter().filter_map(|line| digits.get(&served(line))?.of(&line.2));
        *weight = &*weight * &above + lines.sum::<BigInt>();
    }
    weights
}

/// What each service adds to each criterion but the last, the criterion that decides first being first.
fn criteria(services: &[&Service]) -> Vec<Vec<BigInt>> {
    let counted = |count: &dyn Fn(&Service) -> usize| services.iter().map(|s| BigInt::from(count(s))).collect();
    let mut criteria: Vec<Vec<BigInt>> = vec![counted(&|s| s.needs.len()), counted(&|s| s.agreed)];
    criteria.extend(by_currency(services, |service| service.gain.as_ref()));
    let prices = by_currency(services, |service| service.price.as_ref());
    criteria.extend(prices.into_iter().map(negated));
    criteria.push(negated(counted(&|s| usize::from(s.package.is_some()))));
    criteria
}

fn negated(values: Vec<BigInt>) -> Vec<BigInt> {
    values.into_iter().map(|value| -value).collect()
}

/// One criterion a currency, in order of code.
fn by_currency<'s>(
    services: &[&'s Service],
    amount: impl Fn(&'s Service) -> Option<&'s (String, Rational)>,
) -> Vec<Vec<BigInt>> {
    let codes: BTreeSet<&String> = services.iter().filter_map(|s| amount(s)).map(|(code, _)| code).collect();
    let of = |service: &&'s Service, code: &String| {
        amount(service).filter(|(currency, _)| currency == code).map(|(_, amount)| amount.clone()).unwrap_or_default()
    };
    codes.into_iter().map(|code| whole(services.iter().map(|service| of(service, code)).collect())).collect()
}

/// Amounts as whole multiples of the largest fraction of which they all are.
fn whole(amounts: Vec<Rational>) -> Vec<BigInt> {
    let times = amounts.iter().filter_map(Rational::recip).fold(Rational::one(), |times, one| times.lcm(&one.abs()));
    amounts.iter().map(|amount| (amount * &times).to_integer().unwrap_or_default()).collect()
}

/// The digits of one need: the offers that can serve it, in order, and what one of its lowest digit is worth.
struct Digits<'s> {
    offers: BTreeSet<&'s str>,
    place: BigInt,
}

impl Digits<'_> {
    /// The smaller the offer, the more.
    fn of(&self, offer: &str) -> Option<BigInt> {
        Some(BigInt::from(self.offers.range(offer..).count()) * &self.place)
    }
}

/// The digits of each need, and what is worth more than all of them together.
fn digits<'s>(services: &[&'s Service]) -> (BTreeMap<Served<'s>, Digits<'s>>, BigInt) {
    let mut digits: BTreeMap<Served<'s>, Digits<'s>> = BTreeMap::new();
    for line in services.iter().flat_map(|service| &service.lines) {
        let new = || Digits { offers: BTreeSet::new(), place: BigInt::ZERO };
        digits.entry(served(line)).or_insert_with(new).offers.insert(&line.2);
    }
    let mut place = BigInt::from(1);
    for digit in digits.values_mut().rev() {
        digit.place.clone_from(&place);
        place *= digit.offers.len() + 1;
    }
    (digits, place)
}

fn served((provider, need, _): &(String, String, String)) -> Served<'_> {
    (provider, need)
}
