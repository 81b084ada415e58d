//! One number for all that R10 weighs, so that ways of serving are compared by a single sum.
//!
//! Each criterion becomes a whole number and takes the digits above those of all later ones. The digits of a criterion have
//! room for whatever it can add up to, so that a later one never outweighs an earlier one. The last criteria, the smallest
//! lists of lines and of those in packages, give each need digits of its own: of two lists the one is smaller that serves
//! the first need that they differ in by the smaller offer or package, or at all.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;

use super::{ServedLine, Service};
use crate::value::Rational;

/// A provider and one of the other side's needs: what a line serves.
type Served<'s> = (&'s str, &'s str);

/// The weights of services, in their order. The greater the sum over a way of serving, the better it is.
pub(super) fn weights<'s>(services: &[&'s Service<'s>]) -> Vec<BigInt> {
    // Whole numbers that mostly fit into a machine's.
    let mut weights = vec![Rational::zero(); services.len()];
    for criterion in criteria(services) {
        let radix = criterion.iter().map(Rational::abs).sum::<Rational>() + Rational::one();
        for (weight, value) in weights.iter_mut().zip(criterion) {
            *weight = &(&*weight * &radix) + &value;
        }
    }
    for by in [by_offer, by_package] {
        let (digits, above) = digits(services, by);
        for (weight, service) in weights.iter_mut().zip(services) {
            let lines = service.lines.iter().filter_map(|line| digits.get(&served(line))?.of(by(service, line)?));
            *weight = &(&*weight * &above) + &lines.sum();
        }
    }
    weights.iter().map(|weight| weight.to_integer().unwrap_or_default()).collect()
}

/// What each service adds to each criterion but the last two, the criterion that decides first being first.
fn criteria<'s>(services: &[&'s Service<'s>]) -> Vec<Vec<Rational>> {
    let counted = |count: &dyn Fn(&Service<'_>) -> usize| services.iter().map(|s| number(count(s))).collect();
    let mut criteria: Vec<Vec<Rational>> = vec![counted(&|s| s.needs.len()), counted(&|s| s.agreed)];
    criteria.extend(by_currency(services, |service| service.gain.as_ref()));
    let prices = by_currency(services, |service| service.price.as_ref());
    criteria.extend(prices.into_iter().map(negated));
    criteria.push(negated(counted(&|s| if s.package.is_some() { s.needs.len() } else { 0 })));
    criteria
}

/// By which offer a service serves a need.
fn by_offer<'s>(_: &Service<'s>, (_, _, offer): &ServedLine<'s>) -> Option<&'s str> {
    Some(offer)
}

/// In which package, if in one.
fn by_package<'s>(service: &Service<'s>, _: &ServedLine<'s>) -> Option<&'s str> {
    service.package.map(|(_, name)| name)
}

fn negated(values: Vec<Rational>) -> Vec<Rational> {
    values.into_iter().map(|value| -value).collect()
}

/// One criterion a currency, in order of code.
fn by_currency<'s>(
    services: &[&'s Service<'s>],
    amount: impl Fn(&'s Service<'s>) -> Option<&'s (&'s str, Rational)>,
) -> Vec<Vec<Rational>> {
    let codes: BTreeSet<&str> = services.iter().filter_map(|s| amount(s)).map(|(code, _)| *code).collect();
    let of = |service: &&'s Service<'s>, code: &str| {
        amount(service).filter(|(currency, _)| *currency == code).map(|(_, amount)| amount.clone()).unwrap_or_default()
    };
    codes.into_iter().map(|code| whole(services.iter().map(|service| of(service, code)).collect())).collect()
}

/// Amounts as whole multiples of the largest fraction of which they all are.
fn whole(amounts: Vec<Rational>) -> Vec<Rational> {
    let times = amounts.iter().filter_map(Rational::recip).fold(Rational::one(), |times, one| times.lcm(&one.abs()));
    amounts.iter().map(|amount| amount * &times).collect()
}

/// The digits of one need: by what it can be served, in order, and what one of its lowest digit is worth.
struct Digits<'s> {
    names: Vec<&'s str>,
    place: Rational,
}

impl Digits<'_> {
    /// The smaller the name, the more.
    fn of(&self, name: &str) -> Option<Rational> {
        let before = self.names.binary_search(&name).ok()?;
        Some(&number(self.names.len() - before) * &self.place)
    }
}

/// By what a service serves a need, if by anything that counts.
type By<'s> = fn(&Service<'s>, &ServedLine<'s>) -> Option<&'s str>;

/// The digits of each need, and what is worth more than all of them together.
fn digits<'s>(services: &[&'s Service<'s>], by: By<'s>) -> (BTreeMap<Served<'s>, Digits<'s>>, Rational) {
    let mut digits: BTreeMap<Served<'s>, Digits<'s>> = BTreeMap::new();
    for (service, line) in services.iter().flat_map(|service| service.lines.iter().map(move |line| (service, line))) {
        let Some(name) = by(service, line) else { continue };
        let new = || Digits { names: Vec::new(), place: Rational::zero() };
        digits.entry(served(line)).or_insert_with(new).names.push(name);
    }
    let mut place = Rational::one();
    for digit in digits.values_mut().rev() {
        digit.names.sort_unstable();
        digit.names.dedup();
        digit.place.clone_from(&place);
        place = &place * &number(digit.names.len() + 1);
    }
    (digits, place)
}

/// A count as a number.
fn number(count: usize) -> Rational {
    Rational::from(i64::try_from(count).unwrap_or(i64::MAX))
}

fn served<'s>((provider, need, _): &ServedLine<'s>) -> Served<'s> {
    (provider, need)
}
