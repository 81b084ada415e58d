//! In what a line is counted: one dimension, and how each side's words convert into it.

use crate::agreement::Role;
use crate::manifest::model::{PriceTerm, Terms};
use crate::value::{Dimension, Price, Quantity, Rational};
use crate::vocab::units::Units;

/// The words of one side for units, as its terms write them: the price's basis first.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    units: &'a Units,
    words: Vec<&'a str>,
    /// How many of them are of prices.
    of_prices: usize,
}

impl<'a> Words<'a> {
    /// The words of terms, which mean what `units` say.
    pub(super) fn of(units: &'a Units, terms: &'a Terms) -> Self {
        let mut words: Vec<&str> = price_words(terms).collect();
        let of_prices = words.len();
        if let Some(PriceTerm::Tiers(tiers)) = terms.price.as_ref().map(|price| &price.value) {
            words.extend(tiers.iter().filter_map(|tier| tier.from.as_ref()).map(|from| from.value.unit.as_str()));
        }
        if let Some(quantity) = &terms.quantity {
            let q = &quantity.value;
            words.extend([&q.at_least, &q.at_most, &q.multiple_of].into_iter().flatten().map(|q| q.unit.as_str()));
        }
        if let Some(volume) = &terms.volume {
            let ends = [&volume.value.at_least, &volume.value.at_most];
            words.extend(ends.into_iter().flatten().map(|q| q.unit.as_str()));
        }
        Self { units, words, of_prices }
    }

    /// Whether a line with the one is counted like a line with the other.
    pub(super) fn are_like(&self, other: &Self) -> bool {
        (self.of_prices > 0) == (other.of_prices > 0)
            && self.words == other.words
            && self.units.is_shared_with(other.units)
    }

    /// The first of them.
    pub(super) fn first(&self) -> Option<&'a str> {
        self.words.first().copied()
    }

    /// The basis of the first price.
    fn basis(&self) -> Option<&'a str> {
        self.first().filter(|_| self.of_prices > 0)
    }
}

/// The dimension of a line and the words that convert into it.
#[derive(Clone, Debug)]
pub(super) struct Measure<'a> {
    offer: &'a Units,
    need: &'a Units,
    dimension: Dimension,
    /// Whose word it is in which quantities of the agreement are written, the word, and how many base units one of it is.
    shown: (Role, &'a str, Rational),
    /// To what the ends of volumes are rounded where no multiples are stated: three decimals of that.
    grain: Rational,
    /// Every word that either side writes of quantities and prices, with how many base units one of it is to each.
    words: Vec<(&'a str, [Option<Rational>; 2])>,
}

/// So much of a unit, exactly.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    pub(super) amount: Rational,
    pub(super) unit: String,
}

impl<'a> Measure<'a> {
    /// The first dimension that the offer writes into which every word of both sides converts; `None` if there is none.
    pub(super) fn find(offer: &Words<'a>, need: &Words<'a>) -> Option<Self> {
        let offered = offer.words.iter().map(|word| (Role::Provider, *word));
        let words: Vec<(Role, &str)> = offered.chain(need.words.iter().map(|word| (Role::Receiver, *word))).collect();
        let (role, word) = words.first().copied().unwrap_or((Role::Provider, "each"));
        let basis = |role, words: &Words<'a>| words.basis().map(|word| (role, word));
        let shown = basis(Role::Provider, offer).or_else(|| basis(Role::Receiver, need)).unwrap_or((role, word));
        let mut every: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
        every.sort_unstable();
        every.dedup();
        let (offer, need) = (offer.units, need.units);
        let bare = Self {
            offer,
            need,
            dimension: Dimension::Count,
            shown: (shown.0, shown.1, Rational::one()),
            grain: Rational::one(),
            words: Vec::new(),
        };
        let fits =
            |dimension: &Dimension| words.iter().all(|(role, word)| bare.factor_in(*role, word, dimension).is_some());
        let dimension =
            bare.equivalents(role, word).map(|(dimension, _)| dimension).find(|dimension| fits(dimension))?;
        let factor = bare.factor_in(shown.0, shown.1, dimension).unwrap_or_else(Rational::one);
        let grain = factor.checked_div(&Rational::from(1000)).unwrap_or_else(Rational::one);
        let worth = |word: &'a str| (word, Role::BOTH.map(|role| bare.factor_in(role, word, dimension)));
        let words = every.into_iter().map(worth).collect();
        Some(Self { dimension: dimension.clone(), shown: (shown.0, shown.1, factor), grain, words, ..bare })
    }

    /// The dimension in which the line is counted.
    pub(super) fn dimension(&self) -> &Dimension {
        &self.dimension
    }

    /// The word in which quantities of the agreement are written.
    pub(super) fn shown_unit(&self) -> &str {
        self.shown.1
    }

    /// How many base units one of the shown unit is.
    pub(super) fn shown_factor(&self) -> &Rational {
        &self.shown.2
    }

    /// Whose word it is.
    pub(super) fn shown_by(&self) -> Role {
        self.shown.0
    }

    /// To what the ends of volumes are rounded where no multiples are stated.
    pub(super) fn grain(&self) -> &Rational {
        &self.grain
    }

    /// How many base units one of a side's word is.
    pub(super) fn factor(&self, role: Role, word: &str) -> Option<Rational> {
        // Most are the few of quantities and prices; costs may name others.
        match self.words.iter().find(|(known, _)| *known == word) {
            Some((_, [offer, _])) if role == Role::Provider => offer.clone(),
            Some((_, [_, need])) => need.clone(),
            None => self.factor_in(role, word, &self.dimension),
        }
    }

    /// A side's quantity in base units.
    pub(super) fn base(&self, role: Role, quantity: &Quantity) -> Option<Rational> {
        Some(&quantity.amount.rational() * &self.factor(role, &quantity.unit)?)
    }

    /// A side's price per base unit.
    pub(super) fn price(&self, role: Role, price: &Price) -> Option<Rational> {
        price.per_unit().checked_div(&self.factor(role, &price.basis.unit)?)
    }

    /// Words that both declare, and differently: what one of it is to each. That is in the line's dimension, else in the first
    /// of those that the side declares.
    pub(super) fn disputed(&self) -> Vec<(&'a str, [(Rational, &Dimension); 2])> {
        let differing = |(word, factors): &(&'a str, [Option<Rational>; 2])| {
            let is_disputed = self.both_declare(word) && factors[0] != factors[1];
            let meaning = |role, factor: &Option<Rational>| match factor {
                Some(factor) => Some((factor.clone(), &self.dimension)),
                None => self.equivalents(role, word).next().map(|(dimension, factor)| (factor.clone(), dimension)),
            };
            let [offer, need] = factors;
            let meanings = [meaning(Role::Provider, offer)?, meaning(Role::Receiver, need)?];
            is_disputed.then_some((*word, meanings))
        };
        self.words.iter().filter_map(differing).collect()
    }

    /// What one of a word as a side means it is to the other that means something else by it: so much of the same word, in base
    /// units where that does not convert.
    pub(super) fn to_the_other(&self, role: Role, word: &str) -> Option<Amount> {
        let own = self.factor(role, word).filter(|_| self.both_declare(word))?;
        match self.factor(role.other(), word) {
            Some(other) if other == own => None,
            Some(other) => Some(Amount { amount: own.checked_div(&other)?, unit: word.to_owned() }),
            None => Some(Amount { amount: own, unit: self.dimension.base_unit().to_owned() }),
        }
    }

    fn factor_in(&self, role: Role, word: &str, dimension: &Dimension) -> Option<Rational> {
        self.equivalents(role, word).find(|(own, _)| own == dimension).map(|(_, factor)| factor.clone())
    }

    /// What a word of a side means: what that side declares, else what the other declares, else the registry.
    fn equivalents(&self, role: Role, word: &str) -> impl Iterator<Item = &'a (Dimension, Rational)> + use<'a> {
        let (own, other) = match role {
            Role::Provider => (self.offer, self.need),
            Role::Receiver => (self.need, self.offer),
        };
        let units = if own.declares(word) || !other.declares(word) { own } else { other };
        // A word of two meanings does not count against itself.
        let twofold = self.both_declare(word) && own.equivalents(word) != other.equivalents(word);
        let counts =
            move |(dimension, _): &&(Dimension, Rational)| !(twofold && matches!(dimension, Dimension::Word(_)));
        units.equivalents(word).unwrap_or_default().iter().filter(counts)
    }

    fn both_declare(&self, word: &str) -> bool {
        self.offer.declares(word) && self.need.declares(word)
    }
}

/// The unit words of a side's prices, as bases.
fn price_words(terms: &Terms) -> impl Iterator<Item = &str> {
    let tiers = match terms.price.as_ref().map(|price| &price.value) {
        Some(PriceTerm::Tiers(tiers)) => tiers.as_slice(),
        _ => &[],
    };
    let prices = tiers.iter().flat_map(|tier| tier.at_least.iter().chain(&tier.at_most));
    prices.map(|price| price.value.basis.unit.as_str())
}
