//! Units: the registry of known words, and what one side declares on top of it.
//!
//! A word is found by its symbol, its English names or its UN/CEFACT code. Sizes are exact. How quantities of two sides
//! are brought together is not known here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use indexmap::IndexMap;

use super::nearest::nearest;
use super::table::rows;
use crate::value::{Dimension, DurationUnit, Quantity, Rational};

/// A unit of the registry.
#[derive(Debug)]
struct Unit {
    symbol: &'static str,
    code: Option<&'static str>,
    dimension: Dimension,
    size: Rational,
}

struct Registry {
    units: Vec<Unit>,
    /// Positions in `units` by every spelling.
    spellings: BTreeMap<&'static str, usize>,
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let mut registry = Registry { units: Vec::new(), spellings: BTreeMap::new() };
    for row in rows(include_str!("data/units.tsv")) {
        let (singular, code) = (row.field(2), row.field(4));
        let dimension = dimension(row.field(0)).unwrap_or_else(|| Dimension::Word(singular.to_owned()));
        let size = size(row.field(5)).unwrap_or_default();
        let code = (code != "-").then_some(code);
        let spellings = [row.field(1), singular, row.field(3)].into_iter().chain(code);
        let unit = Unit { symbol: row.field(1), code, dimension, size };
        registry.add(unit, spellings.chain(row.field(6).split_whitespace()));
    }
    for row in rows(include_str!("data/packages.tsv")) {
        let (word, code) = (row.field(0), row.field(2));
        let unit =
            Unit { symbol: word, code: Some(code), dimension: Dimension::Word(word.to_owned()), size: Rational::one() };
        registry.add(unit, [word, row.field(1), code].into_iter());
    }
    registry
});

impl Registry {
    fn add(&mut self, unit: Unit, spellings: impl Iterator<Item = &'static str>) {
        let position = self.units.len();
        self.units.push(unit);
        for spelling in spellings {
            self.spellings.entry(spelling).or_insert(position);
        }
    }

    fn unit(&self, word: &str) -> Option<&Unit> {
        self.units.get(*self.spellings.get(word)?)
    }
}

fn dimension(name: &str) -> Option<Dimension> {
    let all = [
        Dimension::Mass,
        Dimension::Volume,
        Dimension::Length,
        Dimension::Area,
        Dimension::Time,
        Dimension::Energy,
        Dimension::Count,
    ];
    all.into_iter().find(|dimension| dimension.to_string() == name)
}

/// `0.45359237` or `5/18`, exactly.
fn size(text: &str) -> Option<Rational> {
    if let Some((n, d)) = text.split_once('/') {
        return Rational::new(n.parse().ok()?, d.parse().ok()?);
    }
    let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
    let tens = 10_i128.checked_pow(u32::try_from(behind.len()).ok()?)?;
    Rational::new(format!("{whole}{behind}").parse().ok()?, tens)
}

/// Words that people write for a unit of the registry and that are not in it, because they are of another language or
/// mean several units; each with the one that is most likely meant.
const MEANT: [(&str, &str); 46] = [
    ("kilo", "kg"),
    ("kilos", "kg"),
    ("kgs", "kg"),
    ("gr", "g"),
    ("grs", "g"),
    ("gramo", "g"),
    ("gramos", "g"),
    ("ton", "t"),
    ("tons", "t"),
    ("tn", "t"),
    ("tonelada", "t"),
    ("toneladas", "t"),
    ("libra", "lb"),
    ("libras", "lb"),
    ("onza", "oz"),
    ("onzas", "oz"),
    ("cwt", "us_cwt"),
    ("lt", "l"),
    ("lts", "l"),
    ("litro", "l"),
    ("litros", "l"),
    ("gal", "us_gal"),
    ("gallon", "us_gallon"),
    ("gallons", "us_gallons"),
    ("quart", "us_quart"),
    ("quarts", "us_quarts"),
    ("pint", "us_pint"),
    ("pints", "us_pints"),
    ("bushel", "us_bushel"),
    ("bushels", "us_bushels"),
    ("floz", "us_fl_oz"),
    ("metro", "m"),
    ("metros", "m"),
    ("mt", "m"),
    ("mts", "m"),
    ("sqm", "m2"),
    ("sqft", "ft2"),
    ("hora", "hour"),
    ("horas", "hours"),
    ("ud", "each"),
    ("uds", "each"),
    ("unidad", "each"),
    ("unidades", "each"),
    ("pieza", "piece"),
    ("piezas", "pieces"),
    ("docena", "dozen"),
];

/// Why a word cannot be declared as a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitError {
    /// The word measures the same everywhere: `kg`, `dozen`.
    FixedSize(String),
    /// The word is a period: `day`, `months`.
    Period(String),
    /// The word is a currency: `EUR`.
    Currency(String),
    /// No word that a quantity could be written with.
    Malformed(String),
    /// No equivalent was given.
    Empty(String),
    /// The equivalent at this position is zero.
    Zero(usize),
    /// The equivalent at this position measures what an earlier one already does.
    SameDimension(usize, Dimension),
    /// The equivalent at this position is the word itself.
    Itself(usize),
}

/// The registry and one side's declared units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    declared: IndexMap<String, Vec<Quantity>>,
}

impl Units {
    /// The registry alone.
    pub fn registry() -> Self {
        Self::default()
    }

    /// Declares what one of a word is: `box: [1 each, 0.614 kg]`. A later declaration of a word replaces an earlier one.
    ///
    /// The units of the equivalents may be declared afterwards: that they are known can be asked only when all are.
    ///
    /// # Errors
    /// Why the word or an equivalent cannot stand; nothing is declared then.
    pub fn declare(&mut self, word: &str, equivalents: Vec<Quantity>) -> Result<(), UnitError> {
        check_word(word)?;
        if equivalents.is_empty() {
            return Err(UnitError::Empty(word.to_owned()));
        }
        let mut seen = Vec::new();
        for (i, equivalent) in equivalents.iter().enumerate() {
            if !equivalent.amount.rational().is_positive() {
                return Err(UnitError::Zero(i));
            }
            let dimension = own_dimension(&equivalent.unit);
            if dimension == own_dimension(word) {
                return Err(UnitError::Itself(i));
            }
            if seen.contains(&dimension) {
                return Err(UnitError::SameDimension(i, dimension));
            }
            seen.push(dimension);
        }
        self.declared.insert(base_word(word).to_owned(), equivalents);
        Ok(())
    }

    /// What one of a word is, in every dimension in which it can be counted.
    ///
    /// A unit of fixed size has one. A declared word has itself first, then its equivalents in the order written, then
    /// what follows from those of them that are declared words in turn. An undeclared package word has itself alone.
    pub fn equivalents(&self, word: &str) -> Option<Vec<(Dimension, Rational)>> {
        if !self.is_known(word) {
            return None;
        }
        let mut found = Vec::new();
        self.collect(vec![(word.to_owned(), Rational::one())], &mut found);
        Some(found)
    }

    /// Breadth first, so that what is stated comes before what follows from it; a circle ends where it closes.
    fn collect(&self, words: Vec<(String, Rational)>, found: &mut Vec<(Dimension, Rational)>) {
        let mut next = Vec::new();
        for (word, times) in words {
            let Some((dimension, size)) = self.own_size(&word) else { continue };
            if found.iter().any(|(known, _)| *known == dimension) {
                continue;
            }
            found.push((dimension, &size * &times));
            for equivalent in self.declared.get(base_word(&word)).into_iter().flatten() {
                next.push((equivalent.unit.clone(), equivalent.amount.rational() * &times));
            }
        }
        if !next.is_empty() {
            self.collect(next, found);
        }
    }

    /// The dimension in which a word is counted by itself, and its size in it.
    fn own_size(&self, word: &str) -> Option<(Dimension, Rational)> {
        match REGISTRY.unit(word) {
            Some(unit) => Some((unit.dimension.clone(), unit.size.clone())),
            None => self.declares(word).then(|| (Dimension::Word(word.to_owned()), Rational::one())),
        }
    }

    /// The dimensions of a word, in the order of [`equivalents`](Self::equivalents); none for an unknown word.
    pub fn dimensions(&self, word: &str) -> Vec<Dimension> {
        self.equivalents(word).unwrap_or_default().into_iter().map(|(dimension, _)| dimension).collect()
    }

    /// A quantity in base units of a dimension; `None` if it cannot be counted in it.
    pub fn convert(&self, quantity: &Quantity, dimension: &Dimension) -> Option<Rational> {
        let (_, size) = self.equivalents(&quantity.unit)?.into_iter().find(|(known, _)| known == dimension)?;
        Some(size * quantity.amount.rational())
    }

    /// Whether a word is in the registry or declared.
    pub fn is_known(&self, word: &str) -> bool {
        REGISTRY.unit(word).is_some() || self.declares(word)
    }

    /// Whether a word is declared.
    pub fn declares(&self, word: &str) -> bool {
        self.declared.contains_key(base_word(word))
    }

    /// The declared words with their equivalents as written.
    pub fn declared(&self) -> impl Iterator<Item = (&str, &[Quantity])> {
        self.declared.iter().map(|(word, equivalents)| (word.as_str(), equivalents.as_slice()))
    }

    /// The one symbol of a word, however it is spelt: `kg` for `kilograms` and `KGM`, `box` for `boxes`.
    pub fn canonical<'a>(&'a self, word: &str) -> Option<&'a str> {
        let declared = self.declared.get_key_value(base_word(word)).map(|(word, _)| word.as_str());
        declared.or_else(|| Some(REGISTRY.unit(word)?.symbol))
    }

    /// The UN/CEFACT code of a word: `KGM`, `XBX`; `None` for words that have none.
    pub fn rec20(&self, word: &str) -> Option<&'static str> {
        REGISTRY.unit(word)?.code
    }

    /// The known word that an unknown one probably means.
    pub fn nearest(&self, word: &str) -> Option<String> {
        let lower = word.to_lowercase();
        let meant = MEANT.iter().find(|(written, _)| *written == lower).map(|(_, meant)| *meant);
        let declared = self.declared.keys().map(String::as_str);
        // `bolsas` for a declared `bolsa` is not a slip of the registry's.
        let plural = declared.clone().find(|known| lower.strip_prefix(known).is_some_and(|end| matches!(end, "s" | "es")));
        plural
            .or(meant)
            .or_else(|| nearest(word, declared.chain(REGISTRY.spellings.keys().copied())))
            .map(str::to_owned)
    }
}

/// A word as it is declared and counted: the singular of a package word, whatever was written.
fn base_word(word: &str) -> &str {
    match REGISTRY.unit(word) {
        Some(Unit { dimension: Dimension::Word(_), symbol, .. }) => symbol,
        _ => word,
    }
}

fn own_dimension(word: &str) -> Dimension {
    REGISTRY.unit(word).map_or_else(|| Dimension::Word(word.to_owned()), |unit| unit.dimension.clone())
}

fn check_word(word: &str) -> Result<(), UnitError> {
    let quantity = Quantity::parse(&format!("1 {word}"));
    if quantity.is_ok_and(|quantity| quantity.unit == word) {
        if DurationUnit::of_word(base_word(word)).is_some() {
            return Err(UnitError::Period(word.to_owned()));
        }
        if super::currencies::is_currency(word) {
            return Err(UnitError::Currency(word.to_owned()));
        }
        return match own_dimension(word) {
            Dimension::Word(_) => Ok(()),
            _ => Err(UnitError::FixedSize(word.to_owned())),
        };
    }
    Err(UnitError::Malformed(word.to_owned()))
}
