//! In what a line is counted: one dimension, and how each side's words convert into it.

use smol_str::SmolStr;

use crate::agreement::Role;
use crate::manifest::model::{Line, PriceTerm, Terms};
use crate::value::{Dimension, Price, Quantity, Rational};

/// The dimension of a line and the words that convert into it.
#[derive(Clone, Debug)]
pub(super) struct Measure<'a> {
    offer: &'a Line,
    need: &'a Line,
    dimension: Dimension,
    /// The word in which quantities of the agreement are written, and whose word it is.
    shown: (Role, SmolStr),
    /// Every word that either side writes.
    words: Vec<SmolStr>,
}

impl<'a> Measure<'a> {
    /// The first dimension that the offer writes into which every word of both sides converts; `None` if there is none.
    pub(super) fn find(offer: &'a Line, need: &'a Line, offer_terms: &Terms, need_terms: &Terms) -> Option<Self> {
        let words: Vec<(Role, SmolStr)> = words_of(offer_terms)
            .map(|word| (Role::Provider, word))
            .chain(words_of(need_terms).map(|word| (Role::Receiver, word)))
            .collect();
        let (role, word) = words.first().cloned().unwrap_or_else(|| (Role::Provider, "each".into()));
        let basis = |role, terms: &Terms| price_words(terms).next().map(|word| (role, word));
        let shown = basis(Role::Provider, offer_terms).or_else(|| basis(Role::Receiver, need_terms));
        let mut every: Vec<SmolStr> = words.iter().map(|(_, word)| word.clone()).collect();
        every.sort();
        every.dedup();
        let shown = shown.unwrap_or_else(|| (role, word.clone()));
        let mut measure = Self { offer, need, dimension: Dimension::Count, shown, words: every };
        let fits = |m: &Self, dimension: &Dimension| {
            words.iter().all(|(role, word)| m.factor_in(*role, word, dimension).is_some())
        };
        measure.dimension = measure.equivalents(role, &word).map(|(d, _)| d).find(|d| fits(&measure, d))?.clone();
        Some(measure)
    }

    /// The dimension in which the line is counted.
    pub(super) fn dimension(&self) -> &Dimension {
        &self.dimension
    }

    /// The word in which quantities of the agreement are written.
    pub(super) fn shown_unit(&self) -> &str {
        &self.shown.1
    }

    /// How many base units one of the shown unit is.
    pub(super) fn shown_factor(&self) -> Rational {
        self.factor(self.shown.0, &self.shown.1).unwrap_or_else(Rational::one)
    }

    /// How many base units one of a side's word is.
    pub(super) fn factor(&self, role: Role, word: &str) -> Option<Rational> {
        self.factor_in(role, word, &self.dimension)
    }

    /// A side's quantity in base units.
    pub(super) fn base(&self, role: Role, quantity: &Quantity) -> Option<Rational> {
        Some(&quantity.amount.rational() * &self.factor(role, &quantity.unit)?)
    }

    /// A side's price per base unit.
    pub(super) fn price(&self, role: Role, price: &Price) -> Option<Rational> {
        price.per_unit().checked_div(&self.factor(role, &price.basis.unit)?)
    }

    /// Words that both declare, and differently: what each means by it, in the line's dimension.
    pub(super) fn disputed(&self) -> Vec<(SmolStr, Rational, Rational)> {
        let differing = |word: &SmolStr| {
            let (offer, need) = (self.factor(Role::Provider, word)?, self.factor(Role::Receiver, word)?);
            (self.both_declare(word) && offer != need).then(|| (word.clone(), offer, need))
        };
        self.words.iter().filter_map(differing).collect()
    }

    fn factor_in(&self, role: Role, word: &str, dimension: &Dimension) -> Option<Rational> {
        self.equivalents(role, word).find(|(own, _)| own == dimension).map(|(_, factor)| factor.clone())
    }

    /// What a word of a side means: what that side declares, else what the other declares, else the registry.
    fn equivalents(&self, role: Role, word: &str) -> impl Iterator<Item = &'a (Dimension, Rational)> + use<'a> {
        let (own, other) = match role {
            Role::Provider => (&self.offer.units, &self.need.units),
            Role::Receiver => (&self.need.units, &self.offer.units),
        };
        let units = if own.declares(word) || !other.declares(word) { own } else { other };
        // A word of two meanings does not count against itself.
        let twofold = self.both_declare(word) && own.equivalents(word) != other.equivalents(word);
        let counts =
            move |(dimension, _): &&(Dimension, Rational)| !(twofold && matches!(dimension, Dimension::Word(_)));
        units.equivalents(word).unwrap_or_default().iter().filter(counts)
    }

    fn both_declare(&self, word: &str) -> bool {
        self.offer.units.declares(word) && self.need.units.declares(word)
    }
}

/// The unit words of a side's prices, as bases.
fn price_words(terms: &Terms) -> impl Iterator<Item = SmolStr> {
    let tiers = match terms.price.as_ref().map(|price| &price.value) {
        Some(PriceTerm::Tiers(tiers)) => tiers.as_slice(),
        _ => &[],
    };
    tiers.iter().flat_map(|tier| tier.at_least.iter().chain(&tier.at_most)).map(|price| price.value.basis.unit.clone())
}

/// The unit words of a side's terms, the price's basis first.
fn words_of(terms: &Terms) -> impl Iterator<Item = SmolStr> {
    let mut words: Vec<SmolStr> = price_words(terms).collect();
    if let Some(PriceTerm::Tiers(tiers)) = terms.price.as_ref().map(|price| &price.value) {
        words.extend(tiers.iter().filter_map(|tier| tier.from.as_ref()).map(|from| from.value.unit.clone()));
    }
    if let Some(quantity) = &terms.quantity {
        let q = &quantity.value;
        words.extend([&q.at_least, &q.at_most, &q.multiple_of].into_iter().flatten().map(|q| q.unit.clone()));
    }
    if let Some(volume) = &terms.volume {
        words.extend([&volume.value.at_least, &volume.value.at_most].into_iter().flatten().map(|q| q.unit.clone()));
    }
    words.into_iter()
}
