//! What was found written down as a proof that nothing is better: the certificate of an agreement.
//!
//! Here is only written what the search knows; that it proves anything is for who checks it to see.

use std::rc::Rc;

use super::bargain::{Bargain, Burdens, Delivery};
use super::candidate::{Candidate, Pricing};
use super::pieces::Piece;
use super::problem;
use super::serve::{Group, Potentials, Shared};
use super::solve::{Solution, Solved};
use super::terms::{Issue, Kept, Meeting, Settled};
use super::{Explain, Grounds, Negotiation, Part, Side, in_order};
use crate::agreement::Agreement;
use crate::certificate::{
    self, Certificate, Choice, Deal, End, Layer, Least, Line, Need, Node, OfferAndNeed, Points, Potential, Service, Sum,
};
use crate::negotiate::outcome::Outcome;
use crate::value::Rational;

/// Negotiates two manifests and, where that comes to an agreement, says what proves that none is better. The order of the
/// arguments does not matter.
pub fn certified(one: &Side<'_>, other: &Side<'_>, explain: Explain) -> (Outcome, Option<Certificate>) {
    let negotiation = Negotiation::new(in_order(one, other));
    let (outcome, grounds) = negotiation.run(explain);
    let certificate = outcome.agreement.as_ref().zip(grounds.as_ref());
    let certificate = certificate.and_then(|(agreement, grounds)| negotiation.certificate(agreement, grounds));
    (outcome, certificate)
}

impl<'a> Negotiation<'a> {
    fn certificate(&self, agreement: &Agreement, grounds: &Grounds<'a>) -> Option<Certificate> {
        let problem = self.problem()?;
        let parties = problem.parties.into_iter().zip(problem.manifests);
        let lines = self.in_question().into_iter().zip(&problem.lines);
        let weighs = self.whole.fairness.is_some();
        let prove = |(index, line)| prove(self.candidates.get(index)?, grounds.solved.get(index)?, line, weighs);
        Some(Certificate {
            clm_certificate: certificate::VERSION,
            agreement: agreement.digest.clone(),
            parties: parties.map(|(id, manifest)| certificate::Party { id, manifest }).collect(),
            lines: lines.filter_map(prove).collect(),
            serving: grounds.served.groups.iter().map(|group| self.group(group, grounds)).collect(),
        })
    }

    fn group(&self, group: &Group, grounds: &Grounds<'a>) -> certificate::Group {
        let served = &grounds.served;
        let members = || group.services.iter().filter_map(|index| served.services.get(*index));
        let mut needs: Vec<usize> = members().flat_map(|service| service.needs.iter().copied()).collect();
        needs.sort_unstable();
        needs.dedup();
        let id = |by: usize| self.sides.get(by).map_or("", Side::id).to_owned();
        let named = |need: &usize| {
            served.needs.get(*need).map(|(by, need)| Need { receiver: id(*by), need: (*need).to_owned() })
        };
        let parts = group.services.iter().filter_map(|index| served.parts.get(*index));
        let found = group.found(&served.services);
        let step = |visited: &super::serve::Visited| match visited.branch {
            Some(service) if !found.proof.cut => Node::Branch(service),
            Some(_) => Node::Bound(self.potentials(&visited.potentials, &needs)),
            None => Node::Potentials(self.potentials(&visited.potentials, &needs)),
        };
        certificate::Group {
            needs: needs.iter().filter_map(named).collect(),
            services: parts
                .zip(&found.weights)
                .map(|(part, w)| self.written(part, Rational::from(w.clone())))
                .collect(),
            taken: found.taken.clone(),
            proof: found.proof.nodes.iter().map(step).collect(),
        }
    }

    fn written(&self, part: &Part<'a>, weight: Rational) -> Service {
        let pair = |c: &Candidate<'_>| OfferAndNeed { offer: c.offer.key.to_string(), need: c.need.key.to_string() };
        let line = |index: &usize| self.candidates.get(*index).map(pair);
        let (by, package, every, lines): (_, _, _, Vec<_>) = match part {
            Part::Line(index, _) => {
                (self.candidates.get(*index).map_or(0, |c| c.by), None, None, line(index).into_iter().collect())
            }
            Part::Package(deal) => {
                let lines = deal.parts.iter().filter_map(|(index, _)| line(index)).collect();
                (deal.by, Some(deal.package.key.clone()), deal.every.map(|every| every.to_string()), lines)
            }
        };
        let provider = self.sides.get(by).map_or("", Side::id).to_owned();
        Service { provider, package: package.as_deref().map(str::to_owned), every, lines, weight: weight.into() }
    }

    fn potentials(&self, found: &Potentials, needs: &[usize]) -> certificate::Potentials {
        let scale = Rational::from(u32::try_from(found.scale).unwrap_or(1));
        let whole = |times: &num_bigint::BigInt| Rational::from(times.clone()).checked_div(&scale).unwrap_or_default();
        let of_need = |need: &usize| found.needs.get(need).map(whole).unwrap_or_default().into();
        let shared = found.shared.iter().filter_map(|(shared, times)| {
            let (by, offer, package) = self.shared(*shared)?;
            let (provider, potential) = (self.sides.get(by)?.id().to_owned(), whole(times));
            potential.is_positive().then(|| Potential { provider, offer, package, potential: potential.into() })
        });
        certificate::Potentials { needs: needs.iter().map(of_need).collect(), shared: shared.collect() }
    }

    /// Whose offer or package it is that services share, and its name.
    fn shared(&self, shared: Shared) -> Option<(usize, Option<String>, Option<String>)> {
        let side = |of: usize| self.sides.get(of % 2).map(Side::manifest);
        match shared {
            Shared::Offer(of) => {
                let (name, _) = side(of)?.offers.get_index(of / 2)?;
                Some((of % 2, Some(name.to_string()), None))
            }
            Shared::Package(of) => {
                let (name, _) = side(of)?.packages.get_index(of / 2)?;
                Some((of % 2, None, Some(name.to_string())))
            }
            Shared::Nothing => None,
        }
    }
}

/// What proves that nothing is better on a line. Points decide only where there is a rule that `weighs` them.
fn prove(candidate: &Candidate<'_>, solved: &Solved, line: &problem::Line, weighs: bool) -> Option<Line> {
    let (_, bargain) = candidate.counted.as_ref()?;
    let solution = match solved {
        Solved::Possible(solution) => Some(solution.as_ref()),
        Solved::Impossible => None,
        Solved::Undecided(_) => return None,
    };
    let pieces = pieces(bargain, line);
    let is_weighed = weighs && candidate.pricing == Pricing::Free && !pieces.is_empty();
    Some(Line {
        provider: candidate.provider.id().to_owned(),
        offer: line.offer.clone(),
        need: line.need.clone(),
        deal: solution.map(|solution| deal(bargain, solution, line)),
        pieces,
        points: if is_weighed { points(candidate, solution) } else { None },
    })
}

fn deal(bargain: &Bargain, solution: &Solution, line: &problem::Line) -> Deal {
    let delivery = &solution.delivery;
    let picks = bargain.choice(delivery).ok().flatten().and_then(|choice| choice.picks);
    let picked = |(term, pick): (&problem::Term, usize)| {
        let option = term.options.get(pick)?.name.clone();
        Some(Choice { term: term.name.clone(), option })
    };
    Deal {
        quantity: (&delivery.quantity).into(),
        every: bargain.rhythm(delivery).map(|rhythm| rhythm.every.to_string()),
        gain: delivery.gain.as_ref().map(Into::into),
        bound: line.terms.iter().zip(picks.unwrap_or_default()).filter_map(picked).collect(),
    }
}

fn pieces(bargain: &Bargain, line: &problem::Line) -> Vec<certificate::Piece> {
    let rhythms = (0..line.rhythms.len()).map(|rhythm| bargain.rhythms.as_ref().map(|_| rhythm));
    let written = |(rhythm, tier, piece): (Option<usize>, Option<usize>, Piece)| {
        let next = tier.and_then(|tier| line.tiers.get(tier + 1)).map(|next| next.from.clone());
        let open = piece.last.is_none();
        let (first, last) = (piece.first?, piece.last.or(next).filter(Rational::is_positive)?);
        let at = |quantity| Delivery { quantity, rhythm, tier, gain: None };
        let (first, last) = (at(first), at(last));
        Some(certificate::Piece {
            every: bargain.rhythm(&last).map(|rhythm| rhythm.every.to_string()),
            from: tier.and_then(|tier| line.tiers.get(tier)).map(|tier| (&tier.from).into()),
            costs: costs(bargain, &last, line),
            first: end(bargain, &first, line),
            last: end(bargain, &last, line),
            open,
        })
    };
    let all = rhythms.flat_map(|rhythm| bargain.pieces(rhythm).into_iter().map(move |(tier, p)| (rhythm, tier, p)));
    all.filter_map(written).collect()
}

fn end(bargain: &Bargain, delivery: &Delivery, line: &problem::Line) -> End {
    let least = |(options, term): (&[Burdens], &problem::Term)| {
        let costs = |burdens: &&Burdens| bargain.joint(burdens, delivery);
        let (pick, burdens) = options.iter().enumerate().min_by_key(|(_, burdens)| costs(burdens))?;
        let (fixed, per_unit) = bargain.line_of(burdens, delivery);
        let is_free = options.iter().all(|burdens| *burdens == Burdens::default());
        let option = term.options.get(pick).filter(|_| !is_free)?.name.clone();
        Some(Least { term: term.name.clone(), option, fixed: fixed.into(), per_unit: per_unit.into() })
    };
    let gain = bargain.least_cost_gain(delivery);
    let least = bargain.options().zip(&line.terms).filter_map(least).filter(|_| gain.is_some()).collect();
    End { quantity: (&delivery.quantity).into(), gain: gain.map(Into::into), least }
}

/// The sums of costs at the last quantity, where what costs the two least leaves the receiver nothing to pay.
fn costs(bargain: &Bargain, last: &Delivery, line: &problem::Line) -> Vec<Layer> {
    let is_bound = bargain.choice(last).is_ok_and(|choice| choice.is_none_or(|choice| choice.picks.is_some()));
    if bargain.least_cost_gain(last).is_none() || !is_bound {
        return Vec::new();
    }
    let weighed = |burdens: &Burdens| (bargain.joint(burdens, last), bargain.receiver_cost(burdens, last));
    let terms = bargain.options().zip(&line.terms).map(|(options, term)| {
        let option = |(burdens, choice): (&Burdens, &problem::Choice)| (choice.name.clone(), weighed(burdens));
        (term.name.clone(), options.iter().zip(&term.options).map(option).collect())
    });
    layers(terms.collect(), |pair| pair.clone()).0
}

/// The sums of points of a free line, and which one was chosen; `None` where no option carries points.
fn points(candidate: &Candidate<'_>, solution: Option<&Solution>) -> Option<Points> {
    let carrying =
        candidate.sheet.issues.iter().any(|issue| matches!(*issue.meeting, Meeting::One(_)) && issue.has_points());
    if !carrying {
        return None;
    }
    let options = |issue: &Issue<'_>| match &*issue.meeting {
        Meeting::One(list) => {
            Some((issue.key.to_owned(), list.iter().map(|a| (a.name(), a.points.clone())).collect::<Vec<_>>()))
        }
        _ => None,
    };
    // Most points come first.
    let (terms, picks) = layers(candidate.sheet.issues.iter().filter_map(options).collect(), |(provider, receiver)| {
        (-provider, -receiver)
    });
    let pick = |(issue, settled): (&Issue<'_>, &Rc<Settled>)| match (&*issue.meeting, &settled.kept) {
        (Meeting::One(list), Kept::One(kept)) => list.iter().position(|a| a == kept),
        _ => None,
    };
    let taken =
        solution.map(|s| candidate.sheet.issues.iter().zip(&s.settled.terms).filter_map(pick).collect::<Vec<_>>());
    Some(Points { terms, chosen: taken.and_then(|taken| picks.iter().position(|picks| *picks == taken)) })
}

/// Options of a term, each with its pair of numbers.
type Weighed = Vec<(String, (Rational, Rational))>;

/// Term by term the sums that no other is at least as good as by both numbers, and the picks of the last ones. What is
/// smaller by `order` is better.
fn layers(
    terms: Vec<(String, Weighed)>,
    order: impl Fn(&(Rational, Rational)) -> (Rational, Rational),
) -> (Vec<Layer>, Vec<Vec<usize>>) {
    let mut sums: Vec<((Rational, Rational), Vec<usize>)> = vec![Default::default()];
    let mut layers = Vec::new();
    for (term, options) in terms {
        let mut reached = Vec::new();
        for (after, (pair, picks)) in sums.iter().enumerate() {
            for (pick, (_, more)) in options.iter().enumerate() {
                let pair = (&pair.0 + &more.0, &pair.1 + &more.1);
                let picks: Vec<usize> = picks.iter().copied().chain([pick]).collect();
                reached.push((order(&pair), picks, after, pair));
            }
        }
        reached.sort();
        let mut best: Option<Rational> = None;
        reached.retain(|((_, second), ..)| {
            let better = best.as_ref().is_none_or(|best| second < best);
            if better {
                best = Some(second.clone());
            }
            better
        });
        let sum = |(_, picks, after, pair): &(_, Vec<usize>, usize, (Rational, Rational))| {
            let option = picks.last().and_then(|pick| options.get(*pick)).map(|(name, _)| name.clone());
            Sum { after: *after, option: option.unwrap_or_default(), pair: ((&pair.0).into(), (&pair.1).into()) }
        };
        layers.push(Layer { term, sums: reached.iter().map(sum).collect() });
        sums = reached.into_iter().map(|(_, picks, _, pair)| (pair, picks)).collect();
    }
    (layers, sums.into_iter().map(|(_, picks)| picks).collect())
}
