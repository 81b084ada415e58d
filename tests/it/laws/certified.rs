//! Certificates prove what was negotiated, and nothing that is worse.

use clm::certificate::{Certificate, Choice, Deal, Exact, Layer, Line, Node};
use clm::diagnostic;
use clm::negotiate::problem::{Problem, problem};
use clm::negotiate::{Explain, Side, agreement_of, certified};
use clm::proof;
use clm::value::Rational;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use super::dice::Dice;
use super::pairs::{self, Manifest};
use super::{config, markets, of_pair, optimal};

/// Whether a certificate proves the agreement that it names; why not.
fn verdict(one: &Side<'_>, other: &Side<'_>, certificate: &Certificate) -> Result<(), String> {
    let problem = problem(one, other).expect("within the limits");
    let proven = proof::check(&problem, certificate).map_err(|why: diagnostic::Text| why.english())?;
    if proven.is_open {
        return Err("only a bound".to_owned());
    }
    let agreement = agreement_of(one, other, &problem, &proven.way).ok_or("no way of serving")?;
    if agreement.digest == certificate.agreement { Ok(()) } else { Err("another agreement".to_owned()) }
}

/// Judges the certificate of a pair, where there is one.
fn with_certificate(
    [a, b]: &[Manifest; 2],
    judge: impl FnOnce(&Side<'_>, &Side<'_>, Certificate) -> Option<()>,
) -> Option<()> {
    of_pair(a, b, |one, other| judge(one, other, certified(one, other, Explain::Nothing).1?))?
}

fn any_manifests() -> impl Strategy<Value = [Manifest; 2]> {
    prop_oneof![pairs::any_pair(), pairs::any_couple(), markets::any_market(), optimal::any_manifests()]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn certificates_prove_what_was_agreed(pair in any_manifests()) {
        let judged = with_certificate(&pair, |one, other, certificate| {
            if let Err(why) = verdict(one, other, &certificate) {
                panic!("{why}\n{pair:?}\n{}", certificate.write());
            }
            let read: Certificate = serde_json::from_str(&certificate.write()).expect("what is written can be read");
            assert_eq!(read, certificate);
            Some(())
        });
        prop_assume!(judged.is_some());
    }

    #[test]
    fn what_is_worse_is_never_proven(pair in any_manifests(), mut dice in Dice::any()) {
        let judged = with_certificate(&pair, |one, other, certificate| {
            let worse = worsened(&problem(one, other)?, &certificate, &mut dice)?;
            if verdict(one, other, &worse).is_ok() {
                panic!("{pair:?}\n{}\nworse:\n{}", certificate.write(), worse.write());
            }
            Some(())
        });
        prop_assume!(judged.is_some());
    }
}

/// A proof that nothing is hard for would prove little: among markets are those that need each kind of it.
#[test]
fn markets_need_every_kind_of_proof() {
    let mut runner = TestRunner::new_with_rng(config(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut seen =
        [("lines", 0), ("branches", 0), ("packages", 0), ("sums of costs", 0), ("points", 0), ("several groups", 0)];
    for _ in 0..600 {
        let pair = markets::any_market().new_tree(&mut runner).expect("a pair").current();
        with_certificate(&pair, |_, _, certificate| {
            let groups = &certificate.serving;
            let services = || groups.iter().flat_map(|group| group.taken.iter().map(|at| &group.services[*at]));
            let kinds = [
                services().any(|service| service.package.is_none()),
                groups.iter().any(|group| group.proof.len() > 1),
                services().any(|service| service.package.is_some()),
                certificate.lines.iter().any(|line| line.deal.as_ref().is_some_and(|deal| !deal.bound.is_empty())),
                certificate.lines.iter().any(|line| line.points.as_ref().is_some_and(|points| points.chosen.is_some())),
                groups.len() > 1,
            ];
            seen.iter_mut().zip(kinds).for_each(|((_, count), is)| *count += usize::from(is));
            Some(())
        });
    }
    assert!(seen.iter().all(|(_, count)| *count >= 5), "of 600 markets: {seen:?}");
}

/// The certificate of a deal that is worse, or of nothing; `None` where there is nothing to change in the way drawn.
fn worsened(problem: &Problem, certificate: &Certificate, dice: &mut Dice) -> Option<Certificate> {
    let mut worse = certificate.clone();
    let at = dice.below(worse.lines.len().max(1));
    match dice.below(10) {
        0 | 1 => another_delivery(worse.lines.get_mut(at)?, dice)?,
        2 => worse.lines.get_mut(at)?.deal.take().map(drop)?,
        3 => another_option(problem, at, worse.lines.get_mut(at)?, dice)?,
        4 => {
            let points = worse.lines.iter_mut().find_map(|line| line.points.as_mut())?;
            let chosen = points.chosen.as_mut()?;
            let count = points.terms.last()?.sums.len();
            *chosen = (*chosen + 1 + dice.below(count.checked_sub(1).filter(|others| *others > 0)?)) % count;
        }
        5 => {
            let layers = worse.lines.iter_mut().flat_map(|line| {
                let of_points = line.points.iter_mut().flat_map(|points| &mut points.terms);
                line.pieces.iter_mut().flat_map(|piece| &mut piece.costs).chain(of_points)
            });
            let mut layers: Vec<&mut Layer> = layers.filter(|layer| layer.sums.len() > 1).collect();
            let layer = dice.below(layers.len().max(1));
            let sums = &mut layers.get_mut(layer)?.sums;
            sums.remove(dice.below(sums.len()));
        }
        6 | 7 => another_way(&mut worse, dice)?,
        8 => cheaper_potential(&mut worse, dice)?,
        _ => {
            let groups = worse.serving.len();
            let group = worse.serving.get_mut(dice.below(groups.max(1)))?;
            if dice.chance(1, 2) { group.services.pop().map(drop)? } else { group.proof.pop().map(drop)? }
        }
    }
    Some(worse)
}

/// Another quantity or rhythm, with all that is said of it being true.
fn another_delivery(line: &mut Line, dice: &mut Dice) -> Option<()> {
    let deal = line.deal.as_mut()?;
    let ends = line.pieces.iter().flat_map(|piece| {
        let last = Some(&piece.last).filter(|_| !piece.open);
        [Some(&piece.first), last].into_iter().flatten().map(move |end| (piece.every.clone(), end))
    });
    let others: Vec<Deal> = ends
        .map(|(every, end)| Deal { quantity: end.quantity.clone(), every, gain: end.gain.clone(), bound: Vec::new() })
        .filter(|other| (&other.quantity, &other.every) != (&deal.quantity, &deal.every))
        .collect();
    *deal = others.get(dice.below(others.len().max(1)))?.clone();
    Some(())
}

/// Options that cost the two more than those taken, with all that is said of them being true.
fn another_option(problem: &Problem, at: usize, line: &mut Line, dice: &mut Dice) -> Option<()> {
    let of = problem.lines.get(at)?;
    let deal = line.deal.as_mut()?;
    let (quantity, gain) = (deal.quantity.0.clone(), deal.gain.clone()?.0);
    let rhythm = of.rhythms.iter().find(|rhythm| rhythm.every == deal.every)?;
    let tier = of.tiers.iter().rfind(|tier| tier.from <= quantity)?;
    let limit = of.limit.as_ref()?;
    let joint = |costs: &clm::negotiate::problem::Costs| {
        let side = |cost: &clm::negotiate::problem::Cost, price: &Rational| {
            cost.fixed.clone() + (cost.unit.clone() + cost.share.clone() * price) * &quantity
        };
        side(&costs.provider, &tier.limit) + side(&costs.receiver, limit)
    };
    let picks: Vec<usize> = of.terms.iter().map(|term| dice.below(term.options.len())).collect();
    let taken = of.terms.iter().zip(&picks).map(|(term, pick)| (term, &term.options[*pick]));
    let costs: Rational = taken.clone().map(|(_, option)| joint(&option.costs)).sum();
    let other = (limit.clone() - &tier.limit) * &quantity - joint(&rhythm.costs) - costs;
    deal.bound = taken.map(|(term, o)| Choice { term: term.name.clone(), option: o.name.clone() }).collect();
    deal.gain = Some(Exact(other.clone()));
    (other < gain).then_some(())
}

/// Another way of serving: something that was taken is left out, or another service takes its place.
fn another_way(certificate: &mut Certificate, dice: &mut Dice) -> Option<()> {
    let groups = certificate.serving.len();
    let group = certificate.serving.get_mut(dice.below(groups.max(1)))?;
    let out = dice.below(group.taken.len().max(1));
    let gone = group.services.get(*group.taken.get(out)?)?.weight.clone();
    let lighter: Vec<usize> = (0..group.services.len()).filter(|at| group.services[*at].weight < gone).collect();
    match lighter.get(dice.below(lighter.len().max(1))).filter(|_| dice.chance(1, 2)) {
        Some(other) if !group.taken.contains(other) => group.taken[out] = *other,
        _ => drop(group.taken.remove(out)),
    }
    Some(())
}

/// A need that is said to be worth less than it is.
fn cheaper_potential(certificate: &mut Certificate, dice: &mut Dice) -> Option<()> {
    let groups = certificate.serving.len();
    let [Node::Potentials(potentials)] = certificate.serving.get_mut(dice.below(groups.max(1)))?.proof.as_mut_slice()
    else {
        return None;
    };
    let needs: Vec<&mut Exact> = potentials.needs.iter_mut().filter(|potential| potential.0.is_positive()).collect();
    let at = dice.below(needs.len().max(1));
    let potential = needs.into_iter().nth(at)?;
    potential.0 = potential.0.clone() - Rational::new(1, 3)?;
    Some(())
}
