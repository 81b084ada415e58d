//! Units of measure: the registry, and what one side declares beside it.

use std::sync::{Arc, LazyLock};

use smol_str::SmolStr;

use super::table::Index;
use super::{currencies, table};
use crate::by_name::ByName;
use crate::near;
use crate::value::{Dimension, Duration, DurationUnit, Quantity, Rational};

/// A unit of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unit {
    symbol: &'static str,
    code: &'static str,
    /// What one of it is.
    size: (Dimension, Rational),
}

impl Unit {
    /// Whether it counts only against itself.
    fn is_word(&self) -> bool {
        matches!(self.size.0, Dimension::Word(_))
    }
}

/// Every word, symbol and code of the registry, in the order of the alphabet. Words of packages and of calendar time
/// count only against themselves.
static REGISTRY: LazyLock<Index<Arc<Unit>>> = LazyLock::new(|| {
    let mut words = Index::default();
    let mut add = |unit: Unit, names: &mut dyn Iterator<Item = &'static str>| {
        let unit = Arc::new(unit);
        words.insert(unit.symbol, unit.clone());
        words.insert(unit.code, unit.clone());
        words.extend(names.map(|name| (name, unit.clone())));
    };
    for row in table::rows(include_str!("data/units.tsv")) {
        if let [dimension, symbol, code, factor, names @ ..] = row.as_slice()
            && let (Some(dimension), Some(factor)) = (dimension_of(dimension), fraction(factor))
        {
            let mut names = names.iter().flat_map(|names| names.split(' ')).filter(|name| !name.is_empty());
            add(Unit { symbol, code, size: (dimension, factor) }, &mut names);
        }
    }
    for row in table::rows(include_str!("data/packages.tsv")) {
        if let [word, code, plural] = row.as_slice() {
            let dimension = Dimension::Word((*word).into());
            add(Unit { symbol: word, code, size: (dimension, Rational::one()) }, &mut std::iter::once(*plural));
        }
    }
    for (word, code, plural) in
        [("day", "DAY", "days"), ("week", "WEE", "weeks"), ("month", "MON", "months"), ("year", "ANN", "years")]
    {
        let dimension = Dimension::Word(word.into());
        add(Unit { symbol: word, code, size: (dimension, Rational::one()) }, &mut std::iter::once(plural));
    }
    words.sort_unstable_keys();
    words
});

pub(super) fn dimension_of(name: &str) -> Option<Dimension> {
    Some(match name {
        "mass" => Dimension::Mass,
        "volume" => Dimension::Volume,
        "length" => Dimension::Length,
        "area" => Dimension::Area,
        "time" => Dimension::Time,
        "energy" => Dimension::Energy,
        "count" => Dimension::Count,
        _ => return None,
    })
}

fn fraction(text: &str) -> Option<Rational> {
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    Rational::new(numerator.parse().ok()?, denominator.parse().ok()?)
}

/// What can be wrong with a declared unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitError {
    /// The word has a fixed size already; it is that of the given symbol.
    FixedSize(&'static str),
    /// The word is a duration.
    Duration,
    /// The word is a currency.
    Currency,
    /// An equivalent's unit is not known.
    UnknownUnit(SmolStr),
    /// An equivalent's unit counts only against itself.
    NoSize(SmolStr),
    /// An equivalent is nothing.
    Zero,
    /// Two equivalents are of one dimension.
    SameDimension(Dimension),
}

/// The registry, and the units that one side declares: those of a line over those of its whole manifest, which all lines
/// share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    declared: ByName<Vec<(Dimension, Rational)>>,
    below: Option<Arc<Units>>,
}

impl Units {
    /// The registry alone.
    pub fn registry() -> Self {
        Self::default()
    }

    /// Nothing declared yet beside what holds for all lines.
    pub fn over(below: Arc<Self>) -> Self {
        Self { declared: ByName::default(), below: Some(below) }
    }

    /// What is declared of a word, here or below.
    fn declaration(&self, word: &str) -> Option<&Vec<(Dimension, Rational)>> {
        // Most often nothing is declared, and no word has to be looked up.
        self.declared().next()?;
        let word = canonical_word(word);
        self.declared.get(word).or_else(|| self.below.as_ref()?.declared.get(word))
    }

    /// Declares what one of a word is, in one or several dimensions: `box` is `1 each` and `0.614 kg`.
    ///
    /// # Errors
    /// If the word means something already, or an equivalent is of no fixed size.
    pub fn declare(&mut self, word: &str, equivalents: &[Quantity]) -> Result<(), UnitError> {
        if DurationUnit::of_word(word).is_some() && Duration::parse(&format!("1 {word}")).is_ok() {
            return Err(UnitError::Duration);
        }
        if currencies::is_currency(word) {
            return Err(UnitError::Currency);
        }
        if let Some(unit) = REGISTRY.get(word)
            && !unit.is_word()
        {
            return Err(UnitError::FixedSize(unit.symbol));
        }
        let mut found = vec![(Dimension::Word(canonical_word(word).into()), Rational::one())];
        for equivalent in equivalents {
            let unit = REGISTRY
                .get(equivalent.unit.as_str())
                .ok_or_else(|| UnitError::UnknownUnit(equivalent.unit.clone()))?;
            if unit.is_word() {
                return Err(UnitError::NoSize(equivalent.unit.clone()));
            }
            if equivalent.amount.is_zero() {
                return Err(UnitError::Zero);
            }
            let (dimension, factor) = &unit.size;
            if found.iter().any(|(other, _)| other == dimension) {
                return Err(UnitError::SameDimension(dimension.clone()));
            }
            found.push((dimension.clone(), &equivalent.amount.rational() * factor));
        }
        self.declared.insert(canonical_word(word).into(), found);
        Ok(())
    }

    /// What one of a word is, by dimension, the word's own first where it is declared; `None` for a word not known.
    pub fn equivalents(&self, word: &str) -> Option<&[(Dimension, Rational)]> {
        let of_registry = || REGISTRY.get(word).map(|unit| std::slice::from_ref(&unit.size));
        self.declaration(word).map(Vec::as_slice).or_else(of_registry)
    }

    /// How many base units of a dimension one of a word is.
    pub fn factor(&self, word: &str, dimension: &Dimension) -> Option<&Rational> {
        self.equivalents(word)?.iter().find(|(own, _)| own == dimension).map(|(_, factor)| factor)
    }

    /// Whether a word is in the registry or declared.
    pub fn is_known(&self, word: &str) -> bool {
        REGISTRY.contains_key(word) || self.declares(word)
    }

    /// Whether a word is declared, beside or over the registry.
    pub fn declares(&self, word: &str) -> bool {
        self.declaration(word).is_some()
    }

    /// Whether it declares more than what holds for all lines.
    pub fn declares_own(&self) -> bool {
        !self.declared.is_empty()
    }

    /// Whether all words mean the same to both without a look at them: nothing of their own over the same below.
    pub fn is_shared_with(&self, other: &Self) -> bool {
        let same_below = match (&self.below, &other.below) {
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (None, None) => true,
            _ => false,
        };
        std::ptr::eq(self, other) || (same_below && !self.declares_own() && !other.declares_own())
    }

    /// The words declared, those of all lines first.
    fn declared(&self) -> impl Iterator<Item = &str> {
        let below = self.below.iter().flat_map(|below| below.declared.keys());
        below.chain(self.declared.keys()).map(SmolStr::as_str)
    }

    /// The word that another one means for certain: in small letters, without an `s` or a full stop, or in Spanish.
    pub fn meant(&self, word: &str) -> Option<String> {
        let small = word.to_lowercase();
        let bare = small.trim_end_matches('.').trim_end_matches('s');
        let known = [small.as_str(), bare].into_iter().find(|word| self.is_known(word));
        known.or_else(|| in_spanish(&SPANISH, small.trim_end_matches('.'))).map(str::to_owned)
    }

    /// The word that was probably meant: what it means for certain, else what it was mistyped for.
    pub fn nearest(&self, word: &str) -> Option<String> {
        if let Some(meant) = self.meant(word) {
            return Some(meant);
        }
        let small = word.to_lowercase();
        let bare = small.trim_end_matches('.').trim_end_matches('s');
        let squeezed = without_twins(&small);
        if self.is_known(&squeezed) {
            return Some(squeezed);
        }
        // Of two letters, one is too many to differ; and of what is short for a ton, three are meant.
        if word.chars().count() < 3 || matches!(bare, "ton") {
            return None;
        }
        if let Some(meant) = in_spanish(&PACKAGES, bare) {
            return self.declares(meant).then(|| meant.to_owned());
        }
        // What is near a word may well be another: only a slip of the hand behind its first letter counts.
        let most = if small.chars().count() > 5 { 2 } else { 1 };
        let is_slip = |name: &str| {
            let name = name.to_lowercase();
            name.chars().next() == small.chars().next() && near::within(&small, &name, most).is_some()
        };
        let names = REGISTRY.keys().copied().filter(|name| name.len() > 1 && name.chars().any(char::is_lowercase));
        table::nearest(word, names.chain(self.declared()).filter(|name| is_slip(name))).map(str::to_owned)
    }
}

fn in_spanish(words: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    words.iter().find(|(words, _)| words.split(' ').any(|other| other == word)).map(|(_, meant)| *meant)
}

/// The word for a package that is named in Spanish, in the singular or plural.
pub fn package_in_spanish(word: &str) -> Option<&'static str> {
    in_spanish(&PACKAGES, word.to_lowercase().trim_end_matches('.').trim_end_matches('s'))
}

/// A word with each letter once where it stands twice in a row: a key that was held too long.
fn without_twins(word: &str) -> String {
    let mut before = None;
    word.chars().filter(|c| before.replace(*c) != Some(*c)).collect()
}

/// Units of fixed size in Spanish and its abbreviations, with the word of the registry.
const SPANISH: [(&str, &str); 13] = [
    ("kilogramo kilogramos kgr kgrs", "kg"),
    ("gramo gramos gr grs", "g"),
    ("tonelada toneladas tn tns", "t"),
    ("libra libras", "lb"),
    ("onza onzas", "oz"),
    ("litro litros lt lts", "l"),
    ("metro metros mt mts", "m"),
    ("centímetro centímetros centimetro centimetros", "cm"),
    ("kilómetro kilómetros kilometro kilometros", "km"),
    ("hectárea hectáreas hectarea hectareas", "ha"),
    ("hora horas hrs hr", "hour"),
    ("unidad unidades ud uds un u pieza piezas pza pzas", "each"),
    ("docena docenas doc", "dozen"),
];

/// Packages in Spanish, in the singular, with the word of the registry: how much one holds is for its owner to declare.
const PACKAGES: [(&str, &str); 9] = [
    ("caja cajita", "box"),
    ("cajón cajon cajone", "crate"),
    ("bolsa bolsita", "bag"),
    ("saco costal", "sack"),
    ("lata", "can"),
    ("botella", "bottle"),
    ("paquete", "pack"),
    ("frasco tarro", "jar"),
    ("bandeja", "tray"),
];

/// Words for pieces in the plural of English, beside those in Spanish.
const PIECES: [&str; 6] = ["unit", "units", "piece", "pieces", "pc", "pcs"];

/// The word of the registry for a unit in daily use, whatever the language: `unidades`, `kilos`, `pieces`.
pub fn in_daily_use(word: &str) -> Option<String> {
    let small = word.to_lowercase();
    let piece = PIECES.contains(&small.trim_end_matches('.')).then(|| "each".to_owned());
    piece.or_else(|| Units::registry().meant(word))
}

/// The registry's symbol for a word, symbol or code; a word that is not in it stands for itself.
pub fn canonical_word(word: &str) -> &str {
    REGISTRY.get(word).map_or(word, |unit| unit.symbol)
}

/// Whether one of a word is the same everywhere, so that others can be told in it.
pub fn has_fixed_size(word: &str) -> bool {
    REGISTRY.get(word).is_some_and(|unit| !unit.is_word())
}

/// The UN/CEFACT code of a word of the registry.
pub fn code(word: &str) -> Option<&'static str> {
    REGISTRY.get(word).map(|unit| unit.code)
}

/// Every unit of the registry once: symbol and UN/CEFACT code, in order of symbols.
pub fn all() -> Vec<(&'static str, &'static str)> {
    let mut list: Vec<_> = REGISTRY.values().map(|unit| (unit.symbol, unit.code)).collect();
    list.sort_unstable();
    list.dedup();
    list
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn size(word: &str) -> (Dimension, Rational) {
        Units::registry().equivalents(word).unwrap()[0].clone()
    }

    #[test]
    fn factors_are_exact_and_every_word_of_a_unit_means_the_same() {
        assert_eq!(size("lb"), (Dimension::Mass, Rational::new(45_359_237, 100_000_000).unwrap()));
        assert_eq!(size("pounds"), size("LBR"));
        assert!(&size("g").1 * &Rational::from(450) < size("lb").1);
        assert_eq!(&size("oz").1 * &Rational::from(16), size("lb").1);
        assert_eq!(&size("gal").1 * &Rational::from(1_000_000_000), Rational::from(3_785_411_784_i64));
        assert_eq!(&size("yd").1 * &Rational::from(1760), size("mi").1);
        assert_eq!(&size("ft").1 * &size("ft").1, size("ft2").1);
        assert_eq!(&size("ft2").1 * &Rational::from(43560), &size("acre").1 * &Rational::from(1).clone());
    }

    #[test]
    fn a_package_word_counts_against_itself_until_it_is_declared() {
        let mut units = Units::registry();
        assert_eq!(units.equivalents("boxes").unwrap(), [(Dimension::Word("box".into()), Rational::one())]);
        let equivalents = ["1 each", "0.614 kg"].map(|text| Quantity::parse(text).unwrap());
        units.declare("box", &equivalents).unwrap();
        let dimensions: Vec<_> = units.equivalents("box").unwrap().iter().map(|(d, _)| d.clone()).collect();
        assert_eq!(dimensions, [Dimension::Word("box".into()), Dimension::Count, Dimension::Mass]);
    }

    #[test]
    fn what_holds_for_all_lines_is_shared_and_gives_way_to_a_line_s_own() {
        let one = |text: &str| [Quantity::parse(text).unwrap()];
        let mut all = Units::registry();
        all.declare("sack", &one("25 kg")).unwrap();
        all.declare("crate", &one("20 kg")).unwrap();
        let all = Arc::new(all);
        let mut lines = [Units::over(all.clone()), Units::over(all.clone())];
        assert_eq!(Arc::strong_count(&all), 3);
        lines[0].declare("sack", &one("50 kg")).unwrap();
        let size = |units: &Units, word: &str| units.equivalents(word).unwrap()[1].1.clone();
        assert_eq!(lines.each_ref().map(|units| size(units, "sack")), [50, 25].map(Rational::from));
        assert_eq!(lines.each_ref().map(|units| size(units, "crates")), [20, 20].map(Rational::from));
        assert!(lines[1].declares("crate") && !lines[1].declares("roll"));
    }

    #[test]
    fn words_that_mean_something_cannot_be_declared() {
        let declare = |word: &str| Units::registry().declare(word, &[Quantity::parse("1 each").unwrap()]);
        assert_eq!(declare("kg"), Err(UnitError::FixedSize("kg")));
        assert_eq!(declare("month"), Err(UnitError::Duration));
        assert_eq!(declare("EUR"), Err(UnitError::Currency));
        assert_eq!(declare("cajon"), Ok(()));
    }

    #[test]
    fn near_words_are_found() {
        assert_eq!(Units::registry().nearest("kilogramm").as_deref(), Some("kilogram"));
        assert_eq!(Units::registry().nearest("boxs").as_deref(), Some("box"));
        for (written, meant) in [
            ("kgs", "kg"),
            ("KG", "kg"),
            ("kg.", "kg"),
            ("T", "t"),
            ("Litros", "l"),
            ("hs", "h"),
            ("horas", "hour"),
            ("kgg", "kg"),
        ] {
            assert_eq!(Units::registry().nearest(written).as_deref(), Some(meant), "{written}");
        }
        assert_eq!((Units::registry().nearest("tons"), Units::registry().nearest("xq")), (None, None));
        assert!(SPANISH.iter().all(|(_, meant)| Units::registry().is_known(meant)));
        assert_eq!(Units::registry().nearest("zzzzzz"), None);
    }

    #[test]
    fn measures_of_one_family_fit_together() {
        let units = Units::registry();
        let base = |text: &str| {
            let quantity = Quantity::parse(text).unwrap();
            let (dimension, factor) = units.equivalents(&quantity.unit).unwrap()[0].clone();
            (dimension, quantity.amount.rational() * factor)
        };
        let same = [
            ("14 lb", "1 st"),
            ("2000 lb", "1 ton_us"),
            ("2240 lb", "1 ton_uk"),
            ("112 lb", "1 cwt_uk"),
            ("175 oz_t", "12 lb"),
            ("5000 ct", "1 kg"),
            ("10 dt", "1 t"),
            ("231 in3", "1 gal"),
            ("128 floz", "1 gal"),
            ("160 floz_uk", "1 gal_uk"),
            ("8 pt_uk", "1 gal_uk"),
            ("4 qt_uk", "1 gal_uk"),
            ("8 gal_uk", "1 bu_uk"),
            ("2150.42 in3", "1 bu"),
            ("42 gal", "1 bbl"),
            ("27 ft3", "1 yd3"),
            ("1728 in3", "1 ft3"),
            ("128 ft3", "1 cord"),
            ("12 board_foot", "1 ft3"),
            ("1000 dm3", "1 m3"),
            ("144 in2", "1 ft2"),
            ("9 ft2", "1 yd2"),
            ("640 acre", "1 mi2"),
            ("100 ha", "1 km2"),
            ("3.6 MJ", "1 kWh"),
            ("1000 MJ", "1 GJ"),
            ("1000 J", "1 kJ"),
            ("60 min", "1 h"),
            ("12 gross", "1 great_gross"),
        ];
        for (left, right) in same {
            assert_eq!(base(left), base(right), "{left}");
        }
    }

    #[test]
    fn no_spelling_is_taken_twice() {
        let mut owners = BTreeMap::new();
        let mut own = |names: Vec<&'static str>| {
            for name in &names {
                if let Some(other) = owners.insert(*name, names.clone()) {
                    panic!("`{name}` is of {names:?} and of {other:?}");
                }
            }
        };
        for row in table::rows(include_str!("data/units.tsv")) {
            own([row[1], row[2]]
                .into_iter()
                .chain(row[4..].iter().flat_map(|names| names.split_whitespace()))
                .collect());
        }
        for row in table::rows(include_str!("data/packages.tsv")) {
            own(row);
        }
    }
}
