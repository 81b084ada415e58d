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
    let mut registry = Registry {
        units: Vec::new(),
        spellings: BTreeMap::new(),
    };
    for row in rows(include_str!("data/units.tsv")) {
        let (singular, code) = (row.field(2), row.field(4));
        let dimension =
            dimension(row.field(0)).unwrap_or_else(|| Dimension::Word(singular.to_owned()));
        let size = size(row.field(5)).unwrap_or_default();
        let code = (code != "-").then_some(code);
        let spellings = [row.field(1), singular, row.field(3)]
            .into_iter()
            .chain(code);
        let unit = Unit {
            symbol: row.field(1),
            code,
            dimension,
            size,
        };
        registry.add(unit, spellings.chain(row.field(6).split_whitespace()));
    }
    for row in rows(include_str!("data/packages.tsv")) {
        let (word, code) = (row.field(0), row.field(2));
        let unit = Unit {
            symbol: word,
            code: Some(code),
            dimension: Dimension::Word(word.to_owned()),
            size: Rational::one(),
        };
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
    all.into_iter()
        .find(|dimension| dimension.to_string() == name)
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
        self.declared
            .insert(base_word(word).to_owned(), equivalents);
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
            let Some((dimension, size)) = self.own_size(&word) else {
                continue;
            };
            if found.iter().any(|(known, _)| *known == dimension) {
                continue;
            }
            found.push((dimension, &size * &times));
            for equivalent in self.declared.get(base_word(&word)).into_iter().flatten() {
                next.push((
                    equivalent.unit.clone(),
                    equivalent.amount.rational() * &times,
                ));
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
            None => self
                .declares(word)
                .then(|| (Dimension::Word(word.to_owned()), Rational::one())),
        }
    }

    /// The dimensions of a word, in the order of [`equivalents`](Self::equivalents); none for an unknown word.
    pub fn dimensions(&self, word: &str) -> Vec<Dimension> {
        self.equivalents(word)
            .unwrap_or_default()
            .into_iter()
            .map(|(dimension, _)| dimension)
            .collect()
    }

    /// A quantity in base units of a dimension; `None` if it cannot be counted in it.
    pub fn convert(&self, quantity: &Quantity, dimension: &Dimension) -> Option<Rational> {
        let (_, size) = self
            .equivalents(&quantity.unit)?
            .into_iter()
            .find(|(known, _)| known == dimension)?;
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
        self.declared
            .iter()
            .map(|(word, equivalents)| (word.as_str(), equivalents.as_slice()))
    }

    /// The one symbol of a word, however it is spelt: `kg` for `kilograms` and `KGM`, `box` for `boxes`.
    pub fn canonical<'a>(&'a self, word: &str) -> Option<&'a str> {
        let declared = self
            .declared
            .get_key_value(base_word(word))
            .map(|(word, _)| word.as_str());
        declared.or_else(|| Some(REGISTRY.unit(word)?.symbol))
    }

    /// The UN/CEFACT code of a word: `KGM`, `XBX`; `None` for words that have none.
    pub fn rec20(&self, word: &str) -> Option<&'static str> {
        REGISTRY.unit(word)?.code
    }

    /// The known word that an unknown one probably means.
    pub fn nearest(&self, word: &str) -> Option<String> {
        let lower = word.to_lowercase();
        let meant = MEANT
            .iter()
            .find(|(written, _)| *written == lower)
            .map(|(_, meant)| *meant);
        let declared = self.declared.keys().map(String::as_str);
        // `bolsas` for a declared `bolsa` is not a slip of the registry's.
        let plural = declared.clone().find(|known| {
            lower
                .strip_prefix(known)
                .is_some_and(|end| matches!(end, "s" | "es"))
        });
        plural
            .or(meant)
            .or_else(|| nearest(word, declared.chain(REGISTRY.spellings.keys().copied())))
            .map(str::to_owned)
    }
}

/// A word as it is declared and counted: the singular of a package word, whatever was written.
fn base_word(word: &str) -> &str {
    match REGISTRY.unit(word) {
        Some(Unit {
            dimension: Dimension::Word(_),
            symbol,
            ..
        }) => symbol,
        _ => word,
    }
}

fn own_dimension(word: &str) -> Dimension {
    REGISTRY.unit(word).map_or_else(
        || Dimension::Word(word.to_owned()),
        |unit| unit.dimension.clone(),
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    fn base(units: &Units, text: &str, dimension: Dimension) -> String {
        units
            .convert(&quantity(text), &dimension)
            .map_or_else(|| "none".to_owned(), |amount| amount.to_string())
    }

    #[test]
    fn every_row_is_read_and_no_spelling_is_taken_twice() {
        let rows = |table: &'static str| rows(table).collect::<Vec<_>>();
        let (units, packages) = (
            rows(include_str!("data/units.tsv")),
            rows(include_str!("data/packages.tsv")),
        );
        assert_eq!(REGISTRY.units.len(), units.len() + packages.len());
        let mut owners = BTreeMap::new();
        for row in &units {
            let spellings = [1, 2, 3, 4]
                .map(|column| row.field(column))
                .into_iter()
                .chain(row.field(6).split_whitespace());
            for spelling in spellings.filter(|spelling| *spelling != "-") {
                assert_eq!(
                    *owners.entry(spelling).or_insert(row.field(1)),
                    row.field(1),
                    "{spelling}"
                );
            }
        }
        for row in &packages {
            for spelling in [0, 1, 2].map(|column| row.field(column)) {
                assert_eq!(
                    *owners.entry(spelling).or_insert(row.field(0)),
                    row.field(0),
                    "{spelling}"
                );
            }
        }
        for unit in &REGISTRY.units {
            assert!(unit.size.is_positive(), "{}", unit.symbol);
        }
        for spelling in REGISTRY.spellings.keys() {
            assert!(
                Quantity::parse(&format!("1 {spelling}")).is_ok(),
                "{spelling}"
            );
            assert!(
                !crate::vocab::currencies::is_currency(spelling) || spelling.len() == 3,
                "{spelling}"
            );
        }
        for (word, meant) in MEANT {
            assert!(
                !REGISTRY.spellings.contains_key(word) && REGISTRY.spellings.contains_key(meant),
                "{word}"
            );
        }
    }

    #[test]
    fn sizes_are_exact() {
        let units = Units::registry();
        assert_eq!(base(&units, "1 lb", Dimension::Mass), "0.45359237");
        assert_eq!(base(&units, "16 oz", Dimension::Mass), "0.45359237");
        assert!(
            units.convert(&quantity("450 g"), &Dimension::Mass)
                < units.convert(&quantity("1 lb"), &Dimension::Mass)
        );
        let same = [
            ("14 lb", "1 st", Dimension::Mass),
            ("2000 lb", "1 short_ton", Dimension::Mass),
            ("2240 lb", "1 long_ton", Dimension::Mass),
            ("100 lb", "1 us_cwt", Dimension::Mass),
            ("112 lb", "1 uk_cwt", Dimension::Mass),
            ("175 oz_t", "12 lb", Dimension::Mass),
            ("231 in3", "1 us_gal", Dimension::Volume),
            ("4 us_qt", "1 us_gal", Dimension::Volume),
            ("8 us_pt", "1 us_gal", Dimension::Volume),
            ("128 us_fl_oz", "1 us_gal", Dimension::Volume),
            ("160 uk_fl_oz", "1 uk_gal", Dimension::Volume),
            ("8 uk_pt", "1 uk_gal", Dimension::Volume),
            ("4 uk_qt", "1 uk_gal", Dimension::Volume),
            ("8 uk_gal", "1 uk_bu", Dimension::Volume),
            ("2150.42 in3", "1 us_bu", Dimension::Volume),
            ("42 us_gal", "1 bbl", Dimension::Volume),
            ("27 ft3", "1 yd3", Dimension::Volume),
            ("1728 in3", "1 ft3", Dimension::Volume),
            ("128 ft3", "1 cord", Dimension::Volume),
            ("12 board_foot", "1 ft3", Dimension::Volume),
            ("1000 l", "1 m3", Dimension::Volume),
            ("12 in", "1 ft", Dimension::Length),
            ("1760 yd", "1 mi", Dimension::Length),
            ("144 in2", "1 ft2", Dimension::Area),
            ("9 ft2", "1 yd2", Dimension::Area),
            ("4840 yd2", "1 ac", Dimension::Area),
            ("640 ac", "1 mi2", Dimension::Area),
            ("100 ha", "1 km2", Dimension::Area),
            ("60 min", "1 h", Dimension::Time),
            ("3600 s", "1 hour", Dimension::Time),
            ("3.6 MJ", "1 kWh", Dimension::Energy),
            ("1000 MJ", "1 GJ", Dimension::Energy),
            ("12 dozen", "1 gross", Dimension::Count),
            ("12 gross", "1 great_gross", Dimension::Count),
        ];
        for (left, right, dimension) in same {
            assert_eq!(
                base(&units, left, dimension.clone()),
                base(&units, right, dimension),
                "{left}"
            );
        }
    }

    #[test]
    fn a_word_is_found_by_symbol_name_and_code() {
        let units = Units::registry();
        for word in ["kg", "kilogram", "kilograms", "KGM"] {
            assert_eq!(
                (units.canonical(word), units.rec20(word)),
                (Some("kg"), Some("KGM")),
                "{word}"
            );
        }
        for word in ["box", "boxes", "XBX"] {
            assert_eq!(
                (units.canonical(word), units.rec20(word)),
                (Some("box"), Some("XBX")),
                "{word}"
            );
        }
        assert_eq!(units.canonical("Kg"), None);
    }

    #[test]
    fn a_package_word_counts_against_itself_until_it_is_declared() {
        let mut units = Units::registry();
        let itself = Dimension::Word("box".to_owned());
        assert_eq!(units.dimensions("box"), [itself.clone()]);
        units
            .declare("box", vec![quantity("1 each"), quantity("0.614 kg")])
            .unwrap();
        assert_eq!(
            units.dimensions("boxes"),
            [itself.clone(), Dimension::Count, Dimension::Mass]
        );
        assert_eq!(base(&units, "2000 box", Dimension::Mass), "1228");
        assert_eq!(base(&units, "2000 XBX", itself), "2000");
        assert_eq!(base(&units, "2000 box", Dimension::Volume), "none");
    }

    #[test]
    fn the_order_of_declarations_does_not_matter() {
        let (mut one, mut other) = (Units::registry(), Units::registry());
        one.declare("pallet", vec![quantity("40 cajon")]).unwrap();
        one.declare("cajon", vec![quantity("18 kg")]).unwrap();
        other.declare("cajon", vec![quantity("18 kg")]).unwrap();
        other.declare("pallet", vec![quantity("40 cajon")]).unwrap();
        assert_eq!(one.equivalents("pallet"), other.equivalents("pallet"));
        assert_eq!(base(&one, "1 pallet", Dimension::Mass), "720");
    }

    #[test]
    fn what_is_stated_goes_before_what_follows_and_circles_end() {
        let mut units = Units::registry();
        units.declare("box", vec![quantity("12 kg")]).unwrap();
        units
            .declare("pallet", vec![quantity("40 box"), quantity("500 kg")])
            .unwrap();
        assert_eq!(base(&units, "1 pallet", Dimension::Mass), "500");
        units.declare("box", vec![quantity("1 pallet")]).unwrap();
        assert_eq!(units.dimensions("box").len(), 3);
    }

    #[test]
    fn only_free_words_can_be_declared() {
        let declare = |word, texts: &[&str]| {
            Units::registry().declare(word, texts.iter().map(|text| quantity(text)).collect())
        };
        assert_eq!(
            declare("kg", &["1 each"]),
            Err(UnitError::FixedSize("kg".to_owned()))
        );
        assert_eq!(
            declare("dozen", &["12 box"]),
            Err(UnitError::FixedSize("dozen".to_owned()))
        );
        assert_eq!(
            declare("months", &["1 each"]),
            Err(UnitError::Period("months".to_owned()))
        );
        assert_eq!(
            declare("MON", &["1 each"]),
            Err(UnitError::Period("MON".to_owned()))
        );
        assert_eq!(
            declare("EUR", &["1 each"]),
            Err(UnitError::Currency("EUR".to_owned()))
        );
        assert_eq!(
            declare("big box", &["1 each"]),
            Err(UnitError::Malformed("big box".to_owned()))
        );
        assert_eq!(declare("box", &[]), Err(UnitError::Empty("box".to_owned())));
        assert_eq!(declare("box", &["0 kg"]), Err(UnitError::Zero(0)));
        assert_eq!(declare("box", &["2 boxes"]), Err(UnitError::Itself(0)));
        assert_eq!(
            declare("box", &["2 kg", "1 each", "3 lb"]),
            Err(UnitError::SameDimension(2, Dimension::Mass))
        );
        assert_eq!(declare("bolsa", &["25 kg", "1 bag"]), Ok(()));
    }

    #[test]
    fn what_was_probably_meant() {
        let mut units = Units::registry();
        units.declare("bolsa", vec![quantity("25 kg")]).unwrap();
        let meant = [
            ("kilos", "kg"),
            ("Kg", "kg"),
            ("palet", "pallet"),
            ("gallon", "us_gallon"),
            ("bolsas", "bolsa"),
            ("horas", "hours"),
        ];
        for (word, expected) in meant {
            assert_eq!(units.nearest(word).as_deref(), Some(expected), "{word}");
        }
        assert_eq!(units.nearest("entrega"), None);
    }
}
