//! Two offers of one side that serve a need together, where none serves it alone or the two sides gain less by one.
//!
//! Each of the two is a line of its own, with its terms, its limit and its price; only the need's least and most of one
//! delivery go by what both deliver. What the rest of the agreement takes of an offer is not there for the two.

mod half;
mod pair;
mod search;
mod starts;
mod steps;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::bargain::Bargain;
use super::candidate::{Candidate, Pricing};
use super::outcome::{NeedOf, Reason, Share, Sum, Together};
use super::points::WorkLimit;
use super::solve::{Solution, Solved};
use super::{Explain, Negotiation, Part, Served, serve};
use crate::diagnostic::Text;
use crate::value::{ItemCode, Rational};
use search::best_pair;

/// How a need could be served by two.
struct Ways<'a> {
    /// The lines that could be one of them.
    lines: Vec<Candidate<'a>>,
    /// What serves it now, and what is gained by that in a year.
    now: Option<(String, Rational)>,
}

/// What is told of a need, and what of the offers it would take.
struct Told<'a> {
    together: Together,
    /// Which share of the volume of which offer.
    uses: Vec<(usize, Rational)>,
    /// The items that move, and from which side.
    items: BTreeSet<(&'a ItemCode, usize)>,
}

impl<'a> Negotiation<'a> {
    /// The best two offers together for each need that nothing serves; where deals are explained, also for each that one line
    /// serves and two would serve at a greater gain. Beside it, for which needs not all was looked at.
    pub(super) fn together(&self, served: &Served<'a>, explain: Explain) -> (Vec<Together>, Vec<Reason>) {
        let mut told: BTreeMap<usize, Told<'a>> = BTreeMap::new();
        let mut notes = Vec::new();
        for (need, (_, key)) in served.needs.iter().enumerate() {
            let found = self.ways_for(need, served, explain).map(|ways| {
                let found = best_pair(&ways.lines, ways.now.as_ref().map(|(_, gain)| gain));
                told.extend(found.best.and_then(|pair| Some((need, self.told(&pair, ways.now)?))));
                found.limit
            });
            notes.extend(found.unwrap_or_else(Some).map(|limit| not_to_the_end(key, limit)));
        }
        let rest = Rest::of(&|need| told.contains_key(&need), served);
        let contending: Vec<Vec<NeedOf>> = told.values().map(|one| contending(one, &told, &rest)).collect();
        let told = told.into_values().map(|told| told.together).zip(contending);
        let mut together: Vec<Together> =
            told.map(|(together, contends_with)| Together { contends_with, ..together }).collect();
        together.sort_by(|a, b| (&a.provider, &a.need).cmp(&(&b.provider, &b.need)));
        (together, notes)
    }

    /// Of what a need could be served by two; of no lines where a package serves it, or a line that is not to be explained or
    /// has no gain.
    fn ways_for(&self, need: usize, served: &Served<'a>, explain: Explain) -> Result<Ways<'a>, WorkLimit> {
        let mut ways = Ways { lines: Vec::new(), now: None };
        let Some((by, key)) = served.needs.get(need) else { return Ok(ways) };
        let rest = Rest::of(&|other| other == need, served);
        if let Some(part) = rest.serves {
            ways.now = self.serving(part).filter(|_| explain == Explain::Deals);
            if ways.now.is_none() {
                return Ok(ways);
            }
        }
        let of_need = |line: &&Candidate<'a>| 1 - line.by == *by && line.need.key == *key && line.is_open();
        for line in self.candidates.iter().filter(of_need) {
            if self.can_be_free(line)? {
                ways.lines.extend(rest.leaves(line, self.volume_of(line)));
            }
        }
        Ok(ways)
    }

    /// The name of the offer that serves a need, and what is gained by it in a year.
    fn serving(&self, part: &Part<'a>) -> Option<(String, Rational)> {
        let Part::Line(index, solution) = part else { return None };
        let line = self.candidates.get(*index)?;
        Some((line.offer.key.to_string(), line.gain_per_year(solution)?))
    }

    /// Whether points stand in the way of a line, whatever is delivered; there are none where money moves.
    fn can_be_free(&self, line: &Candidate<'a>) -> Result<bool, WorkLimit> {
        match (line.pricing, self.whole.fairness) {
            (Pricing::Free, None) => Ok(false),
            (Pricing::Free, Some(rule)) => line.has_fair_points(rule),
            _ => Ok(true),
        }
    }

    /// What is told of two lines of one delivery each, and what they take.
    fn told(&self, pair: &[Candidate<'a>; 2], now: Option<(String, Rational)>) -> Option<Told<'a>> {
        let [first, second] = pair;
        let solved: Vec<(&Candidate<'a>, Rc<Solution>)> = pair
            .iter()
            .map(|line| match self.solve(line) {
                Solved::Possible(solution) => Some((line, solution)),
                Solved::Impossible | Solved::Undecided(_) => None,
            })
            .collect::<Option<_>>()?;
        let share = |(line, solution): &(&Candidate<'a>, Rc<Solution>)| {
            Some(Share { offer: line.offer.key.to_string(), deal: line.deal(solution)? })
        };
        let gains = solved.iter().filter_map(|(line, solution)| line.gain_per_year(solution));
        let gained = gains.reduce(|one, other| &one + &other);
        let currency = first.currency.as_ref().or(second.currency.as_ref());
        let (instead_of, before) = now.unzip();
        let more = gained.zip(currency).map(|(gained, currency)| Sum {
            amount: &gained - &before.unwrap_or_default(),
            currency: (*currency).to_owned(),
        });
        let together = Together {
            provider: first.provider.id().to_owned(),
            receiver: first.receiver.id().to_owned(),
            need: first.need.key.to_string(),
            instead_of,
            offers: solved.iter().map(share).collect::<Option<_>>()?,
            more,
            contends_with: Vec::new(),
        };
        let uses = solved.iter().filter_map(|(line, solution)| self.whole_share(line, solution)).collect();
        Some(Told { together, uses, items: pair.iter().flat_map(|line| self.moved(line)).collect() })
    }

    /// Which share of the whole volume of its offer a line takes that was left a part of it.
    fn whole_share(&self, line: &Candidate<'a>, solution: &Solution) -> Option<(usize, Rational)> {
        let is_same =
            |other: &&Candidate<'a>| std::ptr::eq(other.offer, line.offer) && std::ptr::eq(other.need, line.need);
        let (_, whole) = self.candidates.iter().find(is_same)?.counted.as_ref()?;
        let (_, part) = line.counted.as_ref()?;
        let of_whole = Bargain { supply: whole.supply.clone(), ..part.as_ref().clone() };
        Some((self.volume_of(line), of_whole.share_of_volume(&solution.delivery)?))
    }
}

/// The other needs told of that draw on an offer of which there is not enough for all of them, or whose item would come back.
fn contending(one: &Told<'_>, told: &BTreeMap<usize, Told<'_>>, rest: &Rest<'_, '_>) -> Vec<NeedOf> {
    let taken = |volume: usize| -> Rational {
        let told = told.values().flat_map(|told| &told.uses).map(|(of, share)| (*of, share));
        rest.uses.iter().copied().chain(told).filter(|(of, _)| *of == volume).map(|(_, share)| share).sum()
    };
    let scarce: Vec<usize> =
        one.uses.iter().map(|(volume, _)| *volume).filter(|volume| taken(*volume) > Rational::one()).collect();
    let draws = |other: &Told<'_>| other.uses.iter().any(|(volume, _)| scarce.contains(volume));
    let comes_back = |other: &Told<'_>| one.items.iter().any(|(code, by)| other.items.contains(&(*code, 1 - by)));
    let others = told.values().filter(|other| !std::ptr::eq(*other, one) && (draws(other) || comes_back(other)));
    let mut needs: Vec<NeedOf> = others
        .map(|other| NeedOf { receiver: other.together.receiver.clone(), need: other.together.need.clone() })
        .collect();
    needs.sort_by(|a, b| (&a.receiver, &a.need).cmp(&(&b.receiver, &b.need)));
    needs
}

/// That a search stopped at its limit, which is never silent.
fn not_to_the_end(need: &str, limit: WorkLimit) -> Reason {
    let sentence = Text::new(
        "whether two offers would serve `{need}` better together was not looked at to the end: more than {most} {what} would have to be looked at",
    );
    let sentence = sentence.with("need", need).with("most", limit.most).with_text("what", limit.what.words());
    Reason::new("work_limit", sentence)
}

/// What is agreed beside some needs.
struct Rest<'s, 'a> {
    /// What serves these needs themselves, if they are one.
    serves: Option<&'s Part<'a>>,
    /// Which share of the volume of which offer the rest uses up.
    uses: Vec<(usize, &'s Rational)>,
    /// The items that move, and from which side.
    items: BTreeSet<(&'a ItemCode, usize)>,
}

impl<'s, 'a> Rest<'s, 'a> {
    fn of(needs: &dyn Fn(usize) -> bool, served: &'s Served<'a>) -> Self {
        let chosen = serve::chosen(&served.groups);
        let chosen = chosen.into_iter().filter_map(|at| Some((served.services.get(at)?, served.parts.get(at)?)));
        let mut rest = Self { serves: None, uses: Vec::new(), items: BTreeSet::new() };
        for (service, part) in chosen {
            if service.needs.iter().any(|need| needs(*need)) {
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
