//! One line as numbers: what is the best delivery, and what does it cost the two.
//!
//! Everything is in base units of the line's dimension and in one currency. For a fixed rhythm and tier the joint gain is
//! linear in the quantity less a minimum of lines, hence convex: its maximum lies at an end of the tier's piece, and only
//! ends are looked at (rules R4 to R6 of the spec). Nothing here knows manifests, terms or words.

use std::cmp::{Ordering, Reverse};
use std::rc::Rc;

use super::options::{Options, Point};
use super::pieces::{End, Ends, Piece};
use super::points::WorkLimit;
use super::purse::Choice;
use super::reckoning::{Reckoning, TermCosts};
use crate::domain::Interval;
use crate::value::{Duration, Rational};

/// What an option costs a side: `fixed + (unit + share × price) × quantity`, where the price is the side's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Burden {
    /// Money per delivery.
    pub(super) fixed: Rational,
    /// Money per base unit.
    pub(super) unit: Rational,
    /// Part of the price.
    pub(super) share: Rational,
}

impl Burden {
    /// The cost of one delivery of `quantity`; without a price of one's own a share of it is nothing.
    pub(super) fn of(&self, quantity: &Rational, price: Option<&Rational>) -> Rational {
        if self.unit.is_zero() && self.share.is_zero() {
            return self.fixed.clone();
        }
        &self.fixed + &(&self.per_unit(price) * quantity)
    }

    /// What each base unit adds to it.
    pub(super) fn per_unit(&self, price: Option<&Rational>) -> Rational {
        match price.filter(|_| !self.share.is_zero()) {
            Some(price) => &self.unit + &(&self.share * price),
            None => self.unit.clone(),
        }
    }

    /// This burden taken `times` as often.
    pub(super) fn times(&self, times: &Rational) -> Self {
        Self { fixed: &self.fixed * times, unit: &self.unit * times, share: &self.share * times }
    }

    /// Both burdens together.
    pub(super) fn plus(&self, other: &Self) -> Self {
        Self { fixed: &self.fixed + &other.fixed, unit: &self.unit + &other.unit, share: &self.share + &other.share }
    }
}

/// What an option costs each of the two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Burdens {
    pub(super) provider: Burden,
    pub(super) receiver: Burden,
}

impl Burdens {
    /// Whether neither bears anything.
    pub(super) fn are_nothing(&self) -> bool {
        let is_nothing = |burden: &Burden| burden.fixed.is_zero() && burden.unit.is_zero() && burden.share.is_zero();
        is_nothing(&self.provider) && is_nothing(&self.receiver)
    }
}

/// From a quantity on, the least that the provider takes per base unit, and what it asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tier {
    pub(super) from: Rational,
    pub(super) limit: Rational,
    pub(super) ask: Option<Rational>,
}

/// What the receiver says of the price, per base unit of what is delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bid {
    /// Nothing.
    Silent,
    /// Takes what is asked.
    Any,
    /// Pays at most `limit`, and `floor` gladly.
    Limit { limit: Rational, floor: Option<Rational> },
}

/// A volume: an amount in a period of so many years, or in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Volume {
    pub(super) at_least: Option<Rational>,
    pub(super) at_most: Option<Rational>,
    pub(super) years: Option<Rational>,
}

/// A rhythm that both accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rhythm {
    pub(super) every: Duration,
    pub(super) years: Rational,
    pub(super) burdens: Burdens,
    /// Worse rank, sum of ranks.
    pub(super) rank: (usize, usize),
}

/// What an offer says in numbers, whoever takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Supply {
    pub(super) quantity: Interval,
    /// The multiples that are stated; a set of one quantity has forgotten its own.
    pub(super) multiple: Option<Rational>,
    pub(super) volume: Option<Volume>,
    /// `None` where no price is stated. Never empty.
    pub(super) tiers: Option<Vec<Tier>>,
}

impl Supply {
    /// Whether it delivers in the same amounts as another, at whatever price.
    pub(super) fn is_alike_in_amounts(&self, other: &Self) -> bool {
        let begin_alike = match (&self.tiers, &other.tiers) {
            (Some(own), Some(others)) => own.iter().map(|tier| &tier.from).eq(others.iter().map(|tier| &tier.from)),
            (own, others) => own.is_none() && others.is_none(),
        };
        begin_alike && self.quantity == other.quantity && self.multiple == other.multiple && self.volume == other.volume
    }
}

/// What a need says in numbers, whoever meets it; of what is delivered, also where that is a substitute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Demand {
    pub(super) quantity: Interval,
    /// As in [`Supply`].
    pub(super) multiple: Option<Rational>,
    pub(super) volume: Option<Volume>,
    pub(super) bid: Bid,
}

impl Demand {
    /// Whether it asks for the same amounts as another, at whatever price.
    pub(super) fn is_alike_in_amounts(&self, other: &Self) -> bool {
        self.quantity == other.quantity && self.multiple == other.multiple && self.volume == other.volume
    }
}

/// A line as numbers.
#[derive(Clone, Debug)]
pub(super) struct Bargain {
    pub(super) supply: Rc<Supply>,
    pub(super) demand: Rc<Demand>,
    /// The multiples that both quantities are counted in, where some are stated.
    pub(super) multiples: Option<Rational>,
    /// To what the ends of a volume times a rhythm are rounded down where no multiples are stated.
    pub(super) grain: Rational,
    /// `None` for a single delivery.
    pub(super) rhythms: Option<Rc<[Rhythm]>>,
    pub(super) options: Rc<Options>,
    /// What a substitute costs, as a term without a choice.
    pub(super) stand_in: Option<[Burdens; 1]>,
    /// Where the pieces of its quantities end.
    pub(super) ends: Ends,
}

/// A delivery: how much, how often, in which tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Delivery {
    pub(super) quantity: Rational,
    /// Index into the rhythms.
    pub(super) rhythm: Option<usize>,
    /// Index into the tiers.
    pub(super) tier: Option<usize>,
    /// U − L of one delivery; `None` where not both state an amount.
    pub(super) gain: Option<Rational>,
}

/// A delivery that is looked at.
struct Looked<'b> {
    /// As in [`Delivery`].
    rhythm: Option<usize>,
    end: &'b End,
    /// As in [`Delivery`].
    gain: Option<Rational>,
}

impl Looked<'_> {
    /// A delivery that costs more than it is worth is none.
    fn pays(&self) -> bool {
        self.gain.as_ref().is_none_or(|gain| !gain.is_negative())
    }

    /// Whether it is at least as good as another in the same rhythm.
    fn is_better_than(&self, other: &Self) -> bool {
        (&self.gain, &self.end.quantity) >= (&other.gain, &other.end.quantity)
    }

    fn into_delivery(self) -> Delivery {
        let End { tier, quantity } = self.end.clone();
        Delivery { quantity, rhythm: self.rhythm, tier, gain: self.gain }
    }
}

/// A delivery with what it comes to in a year; a single one counts once.
struct Rated {
    gain: Option<Rational>,
    quantity: Rational,
    delivery: Delivery,
}

/// Where quantities have no upper end (only ever while explaining), this many grains stand for *as much as you like*.
const PLENTY: i64 = 1_000_000_000_000;

impl Bargain {
    /// The deliveries that R4 allows, as far as they have to be looked at, with their joint gains; those of a rhythm stand
    /// beside each other. `costs` are those of the terms, by tier.
    fn deliveries<'b>(
        &'b self,
        costs: &'b [Option<TermCosts<'b>>],
    ) -> impl Iterator<Item = Result<Looked<'b>, WorkLimit>> {
        let allowed = self.both_quantities();
        let runs = self.each_rhythm().flat_map(move |rhythm| {
            let runs = self.ends(rhythm, &allowed).chunk_by(|a, b| a.tier == b.tier);
            runs.map(move |run| (rhythm, run))
        });
        runs.flat_map(move |(rhythm, run)| {
            let costs = run.first().and_then(|end| costs.get(end.tier?)?.as_ref());
            let every = rhythm.and_then(|at| self.rhythms.as_ref()?.get(at));
            let reckoning = costs.map(|costs| costs.in_rhythm(every));
            run.iter().filter_map(move |end| match &reckoning {
                None => Some(Ok(Looked { rhythm, end, gain: None })),
                Some(reckoning) => match reckoning.gain(&end.quantity) {
                    Ok(gain) => Some(Ok(Looked { rhythm, end, gain: Some(gain?) })),
                    Err(limit) => Some(Err(limit)),
                },
            })
        })
    }

    /// Where the pieces of the quantities of a rhythm end; `allowed` are those of both sides.
    fn ends(&self, rhythm: Option<usize>, allowed: &Interval) -> &[End] {
        self.ends.of(rhythm.unwrap_or(0), self.rhythms.as_ref().map_or(1, |all| all.len()), || {
            let pieces = self.pieces_of(rhythm, allowed).into_iter();
            pieces.flat_map(|(tier, piece)| piece.ends().map(move |quantity| End { tier, quantity })).collect()
        })
    }

    /// The indices of the rhythms; for a single delivery there is none.
    fn each_rhythm(&self) -> impl Iterator<Item = Option<usize>> + use<> {
        let single = self.rhythms.is_none().then_some(None);
        single.into_iter().chain((0..self.rhythms.as_ref().map_or(0, |all| all.len())).map(Some))
    }

    /// What the terms cost in each tier; `None` where not both state an amount.
    fn costs_by_tier(&self) -> Vec<Option<TermCosts<'_>>> {
        self.supply.tiers.iter().flatten().map(|tier| TermCosts::of(self, Some(tier))).collect()
    }

    /// The joint gain of an allowed quantity in a rhythm, zero where not both state an amount; `None` where no tier begins at
    /// it or below, or no choice leaves the receiver anything to pay.
    pub(super) fn gain_of(&self, quantity: &Rational, rhythm: Option<usize>) -> Result<Option<Rational>, WorkLimit> {
        let reached = |tiers: &Vec<Tier>| tiers.iter().rposition(|tier| tier.from <= *quantity);
        let tier = self.supply.tiers.as_ref().map(reached);
        if tier == Some(None) {
            return Ok(None);
        }
        let delivery = Delivery { quantity: quantity.clone(), rhythm, tier: tier.flatten(), gain: None };
        self.reckoned(&delivery, |reckoning| reckoning.gain(quantity)).unwrap_or(Ok(Some(Rational::zero())))
    }

    /// Whether R4 allows any delivery, paid for or not.
    pub(super) fn is_deliverable(&self) -> bool {
        let allowed = self.both_quantities();
        self.each_rhythm().any(|rhythm| !self.ends(rhythm, &allowed).is_empty())
    }

    /// Whether some delivery is allowed at all and, where both state an amount, pays.
    pub(super) fn possible(&self) -> Result<bool, WorkLimit> {
        let costs = self.costs_by_tier();
        for looked in self.deliveries(&costs) {
            if looked?.pays() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The delivery of R6.
    pub(super) fn best(&self) -> Result<Option<Delivery>, WorkLimit> {
        let costs = self.costs_by_tier();
        let mut of_rhythms: Vec<Looked<'_>> = Vec::new();
        for looked in self.deliveries(&costs) {
            let looked = looked?;
            if !looked.pays() {
                continue;
            }
            match of_rhythms.last_mut().filter(|best| best.rhythm == looked.rhythm) {
                // What is better per delivery is better per year in the same rhythm.
                Some(best) if looked.is_better_than(best) => *best = looked,
                Some(_) => {}
                None => of_rhythms.push(looked),
            }
        }
        let rated = of_rhythms.into_iter().map(|looked| self.rated(looked.into_delivery()));
        Ok(rated.max_by(|a, b| self.compare(a, b)).map(|rated| rated.delivery))
    }

    fn rated(&self, delivery: Delivery) -> Rated {
        let gain = delivery.gain.as_ref().map(|gain| self.per_year(gain, &delivery));
        Rated { gain, quantity: self.per_year(&delivery.quantity, &delivery), delivery }
    }

    /// Greater is better: gain per time, quantity per time, rhythm by rank, quantity.
    fn compare(&self, a: &Rated, b: &Rated) -> Ordering {
        let rhythm = |rated: &Rated| self.rhythm(&rated.delivery).map(|r| Reverse((r.rank, r.every.to_string())));
        (&a.gain, &a.quantity)
            .cmp(&(&b.gain, &b.quantity))
            .then_with(|| rhythm(a).cmp(&rhythm(b)))
            .then_with(|| a.delivery.quantity.cmp(&b.delivery.quantity))
    }

    /// The rhythm of a delivery; `None` for a single one.
    pub(super) fn rhythm(&self, delivery: &Delivery) -> Option<&Rhythm> {
        self.rhythms.as_ref()?.get(delivery.rhythm?)
    }

    /// The tier of a delivery.
    pub(super) fn tier(&self, delivery: &Delivery) -> Option<&Tier> {
        self.supply.tiers.as_ref()?.get(delivery.tier?)
    }

    /// An amount per delivery as an amount per year; a single delivery counts once.
    pub(super) fn per_year(&self, amount: &Rational, delivery: &Delivery) -> Rational {
        self.rhythm(delivery).and_then(|r| amount.checked_div(&r.years)).unwrap_or_else(|| amount.clone())
    }

    /// Which share of the offer's volume a delivery uses up; `None` where the offer states none.
    pub(super) fn share_of_volume(&self, delivery: &Delivery) -> Option<Rational> {
        let volume = self.supply.volume.as_ref()?;
        let most = volume.at_most.as_ref()?;
        let rate = match (self.rhythm(delivery), &volume.years) {
            (Some(rhythm), Some(years)) => (&delivery.quantity * years).checked_div(&rhythm.years)?,
            _ => delivery.quantity.clone(),
        };
        rate.checked_div(most)
    }

    /// The quantities that one delivery may have in a rhythm (R4).
    pub(super) fn quantities(&self, rhythm: Option<usize>) -> Interval {
        self.within_volumes(rhythm, self.both_quantities())
    }

    /// What both say of the quantity of a delivery, in whatever rhythm.
    fn both_quantities(&self) -> Interval {
        self.supply.quantity.meet(&self.demand.quantity)
    }

    fn within_volumes(&self, rhythm: Option<usize>, quantities: Interval) -> Interval {
        self.sets_of_volumes(rhythm).fold(quantities, |set, volume| set.meet(&volume))
    }

    /// What each stated volume allows in one delivery.
    pub(super) fn sets_of_volumes(&self, rhythm: Option<usize>) -> impl Iterator<Item = Interval> {
        let years = rhythm.and_then(|at| self.rhythms.as_ref()?.get(at)).map(|r| &r.years);
        let volumes = [self.supply.volume.as_ref(), self.demand.volume.as_ref()];
        volumes.into_iter().flatten().map(move |volume| self.in_one_delivery(volume, years))
    }

    /// What a volume allows in one delivery, its ends rounded down where they are not as they are written.
    fn in_one_delivery(&self, volume: &Volume, years: Option<&Rational>) -> Interval {
        let times = match (years, &volume.years) {
            (Some(every), Some(period)) => every.checked_div(period).unwrap_or_else(Rational::one),
            // A single delivery takes at most one period; a stock has none. A recurring need never meets a stock.
            (None, _) => Rational::one(),
            (Some(_), None) => return Interval::empty(),
        };
        let end = |amount: &Rational| match &self.multiples {
            Some(step) => (amount * &times).floor_to(step),
            None if times == Rational::one() => amount.clone(),
            None => (amount * &times).floor_to(&self.grain),
        };
        Interval::new(volume.at_least.as_ref().map(end), volume.at_most.as_ref().map(end), None)
    }

    /// What the need alone asks of one delivery in a rhythm.
    pub(super) fn asked(&self, rhythm: Option<usize>) -> Interval {
        let years = rhythm.and_then(|at| self.rhythms.as_ref()?.get(at)).map(|r| &r.years);
        let volume = self.demand.volume.as_ref().map(|volume| self.in_one_delivery(volume, years));
        volume.map_or_else(|| self.demand.quantity.clone(), |volume| self.demand.quantity.meet(&volume))
    }

    /// Every tier's piece of the allowed quantities of a rhythm, with the tier.
    pub(super) fn pieces(&self, rhythm: Option<usize>) -> Vec<(Option<usize>, Piece)> {
        self.pieces_of(rhythm, &self.both_quantities())
    }

    fn pieces_of(&self, rhythm: Option<usize>, quantities: &Interval) -> Vec<(Option<usize>, Piece)> {
        let set = self.within_volumes(rhythm, quantities.clone());
        if set.is_empty() {
            return Vec::new();
        }
        let Some(tiers) = &self.supply.tiers else {
            return vec![(None, Piece::of(&set, &Rational::zero(), None, || self.plenty()))];
        };
        let piece = |(index, tier): (usize, &Tier)| {
            let next = tiers.get(index + 1).map(|next| &next.from);
            (Some(index), Piece::of(&set, &tier.from, next, || self.plenty()))
        };
        tiers.iter().enumerate().map(piece).collect()
    }

    fn plenty(&self) -> Rational {
        let last = self.supply.tiers.iter().flatten().last().map(|tier| &tier.from + &tier.from).unwrap_or_default();
        &last + &(&self.grain * &Rational::from(PLENTY))
    }

    /// The options of each term that leaves a choice; what a substitute costs stands as the last.
    pub(super) fn options(&self) -> impl Iterator<Item = &[Burdens]> {
        let stand_in = self.stand_in.iter().map(<[Burdens; 1]>::as_slice);
        self.options.terms.iter().map(Vec::as_slice).chain(stand_in)
    }

    /// All that the costs of options go by in a delivery.
    pub(super) fn point(&self, delivery: &Delivery) -> Point {
        let (offered, paid) = self.options.goes_by_price;
        let provider = self.tier(delivery).filter(|_| offered).map(|tier| tier.limit.clone());
        (delivery.quantity.clone(), provider, self.limit().filter(|_| paid).cloned())
    }

    /// The joint gain of a priced delivery with the options that cost the two least, whatever they leave the receiver.
    pub(super) fn least_cost_gain(&self, delivery: &Delivery) -> Option<Rational> {
        self.reckoned(delivery, |reckoning| reckoning.least_cost_gain(&delivery.quantity))
    }

    /// The options taken in a delivery (R5); all that cost least where no limit binds them. `None` where not both state an
    /// amount, or no choice leaves the receiver anything to pay.
    pub(super) fn choice(&self, delivery: &Delivery) -> Result<Option<Choice>, WorkLimit> {
        self.reckoned(delivery, |reckoning| reckoning.choice(&delivery.quantity)).unwrap_or(Ok(None))
    }

    /// What is read of a priced delivery.
    fn reckoned<T>(&self, delivery: &Delivery, read: impl FnOnce(&Reckoning<'_>) -> T) -> Option<T> {
        let costs = TermCosts::of(self, self.tier(delivery))?;
        Some(read(&costs.in_rhythm(self.rhythm(delivery))))
    }

    /// What an option costs the provider in a delivery.
    pub(super) fn provider_cost(&self, burdens: &Burdens, delivery: &Delivery) -> Rational {
        burdens.provider.of(&delivery.quantity, self.tier(delivery).map(|tier| &tier.limit))
    }

    /// What an option costs the receiver in a delivery.
    pub(super) fn receiver_cost(&self, burdens: &Burdens, delivery: &Delivery) -> Rational {
        burdens.receiver.of(&delivery.quantity, self.limit())
    }

    /// The receiver's limit.
    pub(super) fn limit(&self) -> Option<&Rational> {
        match &self.demand.bid {
            Bid::Limit { limit, .. } => Some(limit),
            Bid::Silent | Bid::Any => None,
        }
    }

    /// What an option costs the two together, by the delivery and by the base unit.
    pub(super) fn line_of(&self, burdens: &Burdens, delivery: &Delivery) -> (Rational, Rational) {
        let provider = burdens.provider.per_unit(self.tier(delivery).map(|tier| &tier.limit));
        let receiver = burdens.receiver.per_unit(self.limit());
        (&burdens.provider.fixed + &burdens.receiver.fixed, &provider + &receiver)
    }

    /// What an option costs the two together in a delivery.
    pub(super) fn joint(&self, burdens: &Burdens, delivery: &Delivery) -> Rational {
        &self.provider_cost(burdens, delivery) + &self.receiver_cost(burdens, delivery)
    }
}
