//! What each line comes to by itself (R4 to R6, R8).
//!
//! Costs are straight in the quantity and nothing costs less than nothing at no quantity, so the joint gain, a straight line
//! less a least of straight lines, is convex and at most zero at no quantity: between two ends it is never above the greater
//! of them, and of every single choice never above what it is at the last quantity, nor payable where it is not there.

use super::costs::{Rank, Setting};
use super::{points, sums};
use crate::certificate::{self, Deal, End, Exact, Piece};
use crate::diagnostic::Text;
use crate::negotiate::Pricing;
use crate::negotiate::problem::{Choice, Line, Problem, Rhythm, Term, Tier};
use crate::value::Rational;

/// The delivery that was shown to be the best of a line.
#[derive(Clone, Debug)]
pub(super) struct Best {
    /// Index of the rhythm.
    pub(super) rhythm: usize,
    /// Index of the tier.
    pub(super) tier: Option<usize>,
    pub(super) quantity: Rational,
    pub(super) gain: Option<Rational>,
    /// What the terms cost the provider.
    pub(super) provider_cost: Rational,
    /// The option of each term, where the choices are bound to each other or weighed in points.
    pub(super) picks: Option<Vec<usize>>,
}

/// For each line its best delivery; `None` where none is possible.
pub(super) fn check(problem: &Problem, written: &[certificate::Line]) -> Result<Vec<Option<Best>>, Text> {
    let mut written = written.iter().peekable();
    let mut found = Vec::new();
    for line in &problem.lines {
        let provider = problem.parties.get(line.by);
        let same =
            |w: &&certificate::Line| provider == Some(&w.provider) && (&line.offer, &line.need) == (&w.offer, &w.need);
        let Some(proof) = written.next_if(same) else {
            return Err(Text::new("the certificate says nothing of `{offer}` for `{need}`")
                .with("offer", &line.offer)
                .with("need", &line.need));
        };
        found.push(of_line(problem, line, proof).map_err(|why| {
            Text::new("`{offer}` for `{need}`: {why}")
                .with("offer", &line.offer)
                .with("need", &line.need)
                .with_text("why", why)
        })?);
    }
    match written.next() {
        Some(more) => Err(Text::new("`{offer}` and `{need}` are no line of the two manifests that numbers decide on")
            .with("offer", &more.offer)
            .with("need", &more.need)),
        None => Ok(found),
    }
}

fn of_line(problem: &Problem, line: &Line, proof: &certificate::Line) -> Result<Option<Best>, Text> {
    if is_worth_by_delivery(line) {
        return Err(Text::new("something is worth money by the delivery, which nothing can be shown of"));
    }
    let best = proof.deal.as_ref().map(|deal| of_deal(line, deal)).transpose()?;
    let pieces = pieces(line)?;
    let weighed = points::check(problem.fairness, line, !pieces.is_empty(), proof.points.as_ref())?;
    let key = |piece: &Piece| (piece.every.clone(), piece.from.clone());
    if !pieces.iter().map(Allowed::key).eq(proof.pieces.iter().map(key)) {
        return Err(Text::new("the rhythms and tiers of the certificate are not those that hold an allowed quantity"));
    }
    let rank = best.as_ref().map(|(_, rank)| rank);
    let disputed = problem.fairness.is_none() && line.pricing == Pricing::Free;
    let possible = !disputed && weighed.as_ref().is_none_or(|points| points.chosen.is_some());
    for (allowed, piece) in pieces.iter().zip(&proof.pieces) {
        allowed.check(piece)?;
        if possible {
            allowed.bounds(piece, rank)?;
        }
    }
    match (best, possible) {
        (Some(_), _) if disputed => Err(Text::new("the two have no rule of fairness in common, and there is a deal")),
        (Some(_), false) => Err(Text::new("no choice leaves both sums of points at zero or more, and there is a deal")),
        (Some((best, _)), true) => {
            let picks = weighed.and_then(|points| points.chosen).or(best.picks);
            Ok(Some(Best { picks, ..best }))
        }
        (None, _) => Ok(None),
    }
}

/// Whether a delivery is worth something before anything is delivered.
fn is_worth_by_delivery(line: &Line) -> bool {
    let of_terms = line.terms.iter().flat_map(|term| &term.options).map(|choice| &choice.costs);
    let mut costs = of_terms.chain(line.rhythms.iter().map(|rhythm| &rhythm.costs));
    costs.any(|costs| costs.provider.fixed.is_negative() || costs.receiver.fixed.is_negative())
}

/// A delivery that is said to be the best: whether it is allowed, can be paid and gains what it is said to gain.
fn of_deal(line: &Line, deal: &Deal) -> Result<(Best, Rank), Text> {
    let quantity = &deal.quantity.0;
    let unheard = || Text::new("{quantity} is not allowed").with("quantity", quantity);
    let at = line.rhythms.iter().position(|rhythm| rhythm.every == deal.every).ok_or_else(unheard)?;
    let rhythm = line.rhythms.get(at).filter(|rhythm| rhythm.quantities.contains(quantity)).ok_or_else(unheard)?;
    let tier = line.tiers.iter().rposition(|tier| tier.from <= *quantity);
    if !quantity.is_positive() || (tier.is_none() && !line.tiers.is_empty()) {
        return Err(unheard());
    }
    let setting = Setting { line, rhythm, tier: tier.and_then(|tier| line.tiers.get(tier)) };
    let picks = bound(line, deal)?;
    let (mut provider, mut receiver) = (Rational::zero(), Rational::zero());
    for (index, term) in line.terms.iter().enumerate() {
        let pick = picks.as_ref().and_then(|picks| term.options.get(*picks.get(index)?));
        let borne = match pick {
            Some(choice) => {
                let costs = &choice.costs;
                (setting.provider(costs).at(quantity), setting.receiver(costs).at(quantity))
            }
            None => setting.by_itself(term, quantity),
        };
        provider = &provider + &borne.0;
        receiver = &receiver + &borne.1;
    }
    let gain = setting.gain(quantity, &(&provider + &receiver));
    if gain != deal.gain.as_ref().map(|gain| gain.0.clone()) {
        return Err(not_the_gain(quantity, gain.as_ref()));
    }
    if gain.as_ref().is_some_and(|gain| gain.is_negative() || setting.purse(quantity) < receiver) {
        return Err(Text::new("a delivery of {quantity} costs more than it is worth").with("quantity", quantity));
    }
    let rank = setting.rank(gain.clone(), quantity);
    Ok((Best { rhythm: at, tier, quantity: quantity.clone(), gain, provider_cost: provider, picks }, rank))
}

/// The options that are taken whole, one of each term.
fn bound(line: &Line, deal: &Deal) -> Result<Option<Vec<usize>>, Text> {
    if deal.bound.is_empty() {
        return Ok(None);
    }
    let unknown = || Text::new("the options that are bound to each other are not one of each term");
    if !deal.bound.iter().map(|choice| &choice.term).eq(line.terms.iter().map(|term| &term.name)) {
        return Err(unknown());
    }
    let pick =
        |(choice, term): (&certificate::Choice, &Term)| term.options.iter().position(|o| o.name == choice.option);
    deal.bound.iter().zip(&line.terms).map(pick).collect::<Option<_>>().map(Some).ok_or_else(unknown)
}

fn not_the_gain(quantity: &Rational, gain: Option<&Rational>) -> Text {
    let found =
        gain.map_or_else(|| Text::new("nothing that can be said"), |gain| Text::new("{gain}").with("gain", gain));
    Text::new("the two gain {found} by a delivery of {quantity}, and not what the certificate says")
        .with_text("found", found)
        .with("quantity", quantity)
}

/// The quantities that one rhythm and one tier allow.
struct Allowed<'p> {
    setting: Setting<'p>,
    first: Rational,
    last: Rational,
    /// Whether the last itself belongs to the next tier.
    open: bool,
}

/// The pieces that hold a quantity, rhythm by rhythm and tier by tier.
fn pieces(line: &Line) -> Result<Vec<Allowed<'_>>, Text> {
    let mut found = Vec::new();
    for rhythm in &line.rhythms {
        if line.tiers.is_empty() {
            found.extend(piece(line, rhythm, None, None)?);
        }
        for (index, tier) in line.tiers.iter().enumerate() {
            found.extend(piece(line, rhythm, Some(tier), line.tiers.get(index + 1))?);
        }
    }
    Ok(found)
}

fn piece<'p>(
    line: &'p Line,
    rhythm: &'p Rhythm,
    tier: Option<&'p Tier>,
    next: Option<&Tier>,
) -> Result<Option<Allowed<'p>>, Text> {
    let set = &rhythm.quantities;
    if set.is_empty() {
        return Ok(None);
    }
    let most = set.hi().ok_or_else(|| Text::new("there is no largest quantity"))?;
    let step = set.step();
    let from = tier.map(|tier| tier.from.clone()).unwrap_or_default();
    let least = set.lo().cloned().unwrap_or_default().max(from);
    let first = step.map_or_else(|| least.clone(), |step| least.ceil_to(step));
    let (last, open) = match (next.map(|next| &next.from), step) {
        (Some(next), Some(step)) => ((&next.ceil_to(step) - step).min(most.clone()), false),
        (Some(next), None) if most >= next => (next.clone(), true),
        _ => (most.clone(), false),
    };
    let holds_some = last.is_positive() && if open { first < last } else { first <= last };
    Ok(holds_some.then_some(Allowed { setting: Setting { line, rhythm, tier }, first, last, open }))
}

impl Allowed<'_> {
    fn key(&self) -> (Option<String>, Option<Exact>) {
        (self.setting.rhythm.every.clone(), self.setting.tier.map(|tier| Exact(tier.from.clone())))
    }

    /// Whether a piece has the ends that it is said to have, and these cost what they are said to cost.
    fn check(&self, piece: &Piece) -> Result<(), Text> {
        if (&piece.first.quantity.0, &piece.last.quantity.0, piece.open) != (&self.first, &self.last, self.open) {
            return Err(Text::new(
                "the allowed quantities run from {first} to {last}, and not as the certificate says",
            )
            .with("first", &self.first)
            .with("last", &self.last));
        }
        self.check_end(&piece.first)?;
        self.check_end(&piece.last)
    }

    /// Whether of each term that is shown no option costs the two less, and the gain is what is left.
    fn check_end(&self, end: &End) -> Result<(), Text> {
        let quantity = &end.quantity.0;
        let mut shown = end.least.iter();
        let mut all = Rational::zero();
        let costing = self.setting.line.terms.iter().filter(|term| term.costs_anything());
        for term in costing.filter(|_| self.setting.limits().is_some()) {
            let missing = || Text::new("no option of `{term}` is shown to cost least").with("term", &term.name);
            let least = shown.next().filter(|least| least.term == term.name).ok_or_else(missing)?;
            let choice = term.options.iter().find(|choice| choice.name == least.option).ok_or_else(missing)?;
            let costs = self.setting.joint(&choice.costs);
            if (&costs.fixed, &costs.per_unit) != (&least.fixed.0, &least.per_unit.0) {
                return Err(Text::new("`{option}` of `{term}` does not cost what the certificate says")
                    .with("option", &least.option)
                    .with("term", &term.name));
            }
            let least = costs.at(quantity);
            let less = term.options.iter().find(|other| self.setting.joint(&other.costs).at(quantity) < least);
            if let Some(less) = less {
                return Err(Text::new("of `{term}`, `{less}` costs less than `{option}` in a delivery of {quantity}")
                    .with("term", &term.name)
                    .with("less", &less.name)
                    .with("option", &choice.name)
                    .with("quantity", quantity));
            }
            all = &all + &least;
        }
        let gain = self.setting.gain(quantity, &all);
        if shown.next().is_some() || gain != end.gain.as_ref().map(|gain| gain.0.clone()) {
            return Err(not_the_gain(quantity, gain.as_ref()));
        }
        Ok(())
    }

    /// Whether no quantity of the piece is better than the best, or possible where there is no best.
    fn bounds(&self, piece: &Piece, best: Option<&Rank>) -> Result<(), Text> {
        if piece.costs.is_empty() {
            self.bound(piece.first.gain.as_ref(), &self.first, false, best)?;
            return self.bound(piece.last.gain.as_ref(), &self.last, self.open, best);
        }
        let purse = self.setting.purse(&self.last);
        let options = self.setting.line.terms.iter().map(|term| {
            let weigh = |choice: &Choice| {
                let costs = &choice.costs;
                (self.setting.joint(costs).at(&self.last), self.setting.receiver(costs).at(&self.last))
            };
            (term, term.options.iter().map(weigh).collect())
        });
        let sums = sums::check(options.collect(), &piece.costs, sums::Better::Less)?;
        for sum in sums.iter().filter(|sum| sum.pair.1 <= purse) {
            let gain = self.setting.gain(&self.last, &sum.pair.0).map(Exact);
            self.bound(gain.as_ref(), &self.last, self.open, best)?;
        }
        Ok(())
    }

    /// Whether a quantity with such a gain is no better than the best; `near` where quantities only come near it.
    fn bound(&self, gain: Option<&Exact>, quantity: &Rational, near: bool, best: Option<&Rank>) -> Result<(), Text> {
        let rank = self.setting.rank(gain.map(|gain| gain.0.clone()), quantity);
        let possible = quantity.is_positive() && !gain.is_some_and(|gain| gain.0.is_negative());
        let better = match best {
            Some(best) if near => rank.gain > best.gain,
            Some(best) => rank > *best,
            None => true,
        };
        if !(possible && better) {
            return Ok(());
        }
        let found = match &self.setting.rhythm.every {
            Some(every) => Text::new("{quantity} every {every}").with("every", every),
            None => Text::new("{quantity}"),
        };
        Err(Text::new("a delivery of {found} would be better").with_text("found", found.with("quantity", quantity)))
    }
}
