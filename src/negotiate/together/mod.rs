//! Two offers of one side that serve a need together, where none serves it alone or the two sides gain less by one.
//!
//! Each of the two is a line of its own, with its terms, its limit and its price; only the need's least and most of one
//! delivery go by what both deliver. What the rest of the agreement takes of an offer is not there for the two.

mod pair;

use std::collections::BTreeSet;
use std::rc::Rc;

use super::candidate::Candidate;
use super::outcome::{Share, Together};
use super::solve::Solved;
use super::{Explain, Negotiation, Part, Served, serve, write};
use crate::value::{ItemCode, Rational};
use pair::best_pair;

impl<'a> Negotiation<'a> {
    /// The best two offers together for each need that nothing serves; where deals are explained, also for each that one line
    /// serves and two would serve at a greater gain.
    pub(super) fn together(&self, served: &Served<'a>, explain: Explain) -> Vec<Together> {
        let needs = 0..served.needs.len();
        let mut found: Vec<Together> = needs.filter_map(|need| self.together_for(need, served, explain)).collect();
        found.sort_by(|a, b| (&a.provider, &a.need).cmp(&(&b.provider, &b.need)));
        found
    }

    fn together_for(&self, need: usize, served: &Served<'a>, explain: Explain) -> Option<Together> {
        let (by, key) = served.needs.get(need)?;
        let rest = Rest::of(need, served);
        let (now, before) = match rest.serves {
            None => (None, None),
            Some(Part::Line(index, solution)) if explain == Explain::Deals => {
                let line = self.candidates.get(*index)?;
                (Some(line.offer.key.to_string()), Some(line.gain_per_year(solution)?))
            }
            Some(_) => return None,
        };
        let of_need = |line: &&Candidate<'a>| 1 - line.by == *by && line.need.key == *key && line.is_open();
        let lines = self.candidates.iter().filter(of_need);
        let lines: Vec<Candidate<'a>> = lines.filter_map(|line| rest.leaves(line, self.volume_of(line))).collect();
        let pair = best_pair(&lines, before.as_ref())?;
        let [first, second] = &pair;
        let shares: Vec<(Share, Option<Rational>)> = pair.iter().map(|line| self.share(line)).collect::<Option<_>>()?;
        let (offers, gains): (Vec<Share>, Vec<Option<Rational>>) = shares.into_iter().unzip();
        let currency = first.currency.as_ref().or(second.currency.as_ref());
        let gained = gains.into_iter().flatten().reduce(|one, other| &one + &other);
        let more = gained.zip(currency).map(|(gained, currency)| {
            format!("{} {currency}", write::decimal(&(&gained - &before.unwrap_or_default())))
        });
        Some(Together {
            provider: first.provider.id().to_owned(),
            receiver: first.receiver.id().to_owned(),
            need: (*key).to_owned(),
            instead_of: now,
            offers,
            more,
        })
    }

    /// What a line of one certain delivery comes to, and what is gained by it in a year.
    fn share(&self, line: &Candidate<'a>) -> Option<(Share, Option<Rational>)> {
        let Solved::Possible(solution) = self.solve(line) else { return None };
        let share = Share { offer: line.offer.key.to_string(), deal: line.deal(&solution)? };
        Some((share, line.gain_per_year(&solution)))
    }
}

/// What is agreed beside a need.
struct Rest<'s, 'a> {
    /// What serves the need itself.
    serves: Option<&'s Part<'a>>,
    /// Which share of the volume of which offer the rest uses up.
    uses: Vec<(usize, &'s Rational)>,
    /// The items that move, and from which side.
    items: BTreeSet<(&'a ItemCode, usize)>,
}

impl<'s, 'a> Rest<'s, 'a> {
    fn of(need: usize, served: &'s Served<'a>) -> Self {
        let chosen = serve::chosen(&served.groups);
        let chosen = chosen.into_iter().filter_map(|at| Some((served.services.get(at)?, served.parts.get(at)?)));
        let mut rest = Self { serves: None, uses: Vec::new(), items: BTreeSet::new() };
        for (service, part) in chosen {
            if service.needs.contains(&need) {
                rest.serves = Some(part);
                continue;
            }
            rest.uses.extend(service.uses.iter().map(|(volume, share)| (*volume, share)));
            rest.items.extend(service.items.iter().copied());
        }
        rest
    }

    /// A line with what is left of its offer's volume; nothing where its item already goes the other way.
    fn leaves(&self, line: &Candidate<'a>, volume: usize) -> Option<Candidate<'a>> {
        if line.codes().any(|code| self.items.contains(&(code, 1 - line.by))) {
            return None;
        }
        let used: Rational = self.uses.iter().filter(|(of, _)| *of == volume).map(|(_, share)| *share).sum();
        let left = &Rational::one() - &used;
        let mut line = line.clone();
        let (_, bargain) = line.counted.as_mut()?;
        let supply = Rc::make_mut(&mut Rc::make_mut(bargain).supply);
        if let Some(volume) = &mut supply.volume {
            volume.at_most = volume.at_most.as_ref().map(|most| most * &left);
        }
        Some(line)
    }
}
