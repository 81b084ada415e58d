//! The units that a manifest declares: what one of them is, in units of fixed size.

use std::sync::Arc;

use super::reader::Reader;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::names;
use crate::manifest::wire::{Named, OneOrMany};
use crate::syntax::{At, NodeId};
use crate::value::{Dimension, Quantity};
use crate::vocab::reading;
use crate::vocab::units::{UnitError, Units, canonical_word, has_fixed_size};
use smol_str::SmolStr;

/// What is written under `units`: for one line, and for all.
type Written<'w> = [&'w Named<OneOrMany>; 2];

impl Reader<'_> {
    /// The registry and what is declared beside it: for all lines, and over that for one.
    pub(super) fn units(&mut self, all: &Named<OneOrMany>, own: &Named<OneOrMany>) -> Units {
        let shared = match &self.shared_units {
            Some(shared) => shared.clone(),
            None => Arc::new(self.declared(Units::registry(), [all, &None])),
        };
        self.shared_units = Some(shared.clone());
        self.declared(Units::over(shared), [own, all])
    }

    /// Declares what the first of two places says; the other says what else is declared.
    fn declared(&mut self, mut units: Units, written: Written<'_>) -> Units {
        let [here, _] = written;
        for (word, equivalents) in here.iter().flat_map(|declared| &declared.value) {
            let mut size = |(node, text): (NodeId, &SmolStr)| {
                let read = self.read(node, text)?;
                self.doubt_point(node, text);
                Some(read)
            };
            let read: Vec<Option<Quantity>> = equivalents.each().map(&mut size).collect();
            if let Some(plain) = names::plain(word).filter(|plain| plain != word) {
                // It is told already that this is no name; the one that it would be is meant where it is used.
                self.unread_units.extend([plain, word.to_string()]);
                self.lose_unit(equivalents.node);
                continue;
            }
            let Some(read) = read.into_iter().collect::<Option<Vec<_>>>() else {
                self.unread_units.insert(word.to_string());
                continue;
            };
            if let Err(error) = units.declare(word, &read) {
                let is_told = self.is_circle_told(word, &error, written);
                self.unread_units.insert(word.to_string());
                if !is_told {
                    self.bad_unit(word, equivalents, &read, &error, written);
                }
            }
        }
        units
    }

    /// Whether a unit is told in another that is told in it, and the other has been complained of.
    fn is_circle_told(&self, word: &str, error: &UnitError, written: Written<'_>) -> bool {
        let (UnitError::UnknownUnit(unit) | UnitError::NoSize(unit)) = error else { return false };
        let back = |size: &Quantity| canonical_word(&size.unit) == canonical_word(word);
        self.unread_units.contains(canonical_word(unit)) && sizes(unit, written).iter().any(back)
    }

    fn bad_unit(
        &mut self,
        word: &str,
        equivalents: &At<OneOrMany>,
        read: &[Quantity],
        error: &UnitError,
        written: Written<'_>,
    ) {
        let own_word = Text::new("give your own unit a word of its own");
        let in_known_units = Text::new("say what it is in kilograms, litres, pieces or the like");
        let (reason, help) = match error {
            UnitError::FixedSize(symbol) if *symbol == word => (Text::new("it means the same everywhere"), own_word),
            UnitError::FixedSize(symbol) => {
                (Text::new("it means `{symbol}` everywhere").with("symbol", symbol), own_word)
            }
            UnitError::Duration => (Text::new("it is a length of time"), own_word),
            UnitError::Currency => (Text::new("it is a currency"), own_word),
            UnitError::UnknownUnit(unit) | UnitError::NoSize(unit) if !sizes(unit, written).is_empty() => {
                let reason =
                    Text::new("`{unit}` is a unit of your own, and sizes are told in units that everybody knows");
                let meant = read.iter().find(|size| size.unit == *unit).and_then(|size| in_fixed_size(size, written));
                let help =
                    meant.map(|meant| Text::new("write `{word}: {size}`").with("word", word).with("size", meant));
                (reason.with("unit", unit), help.unwrap_or(in_known_units))
            }
            UnitError::UnknownUnit(unit) => {
                (Text::new("no unit is called `{unit}`").with("unit", unit), in_known_units)
            }
            UnitError::NoSize(unit) => {
                (Text::new("nothing says how much one `{unit}` is").with("unit", unit), in_known_units)
            }
            UnitError::Zero => (Text::new("it would be nothing"), Text::new("write an amount above zero")),
            UnitError::SameDimension(dimension) => {
                (two_sizes(dimension), Text::new("write one size for each kind of measure"))
            }
        };
        let node = equivalents.node;
        // Some words cannot be declared at all; else it is their size that is wrong.
        let of_word = matches!(error, UnitError::FixedSize(_) | UnitError::Duration | UnitError::Currency);
        let place = if of_word { self.document.key_place(node) } else { self.document.place(node) };
        let finding = Diagnostic::new(&reading::UNIT_REDEFINED, place).with("word", word).with_text("reason", reason);
        self.add(node, finding.help(help));
    }
}

/// The sizes that are declared of a unit, in whichever place; none where they cannot be read.
fn sizes(unit: &str, written: Written<'_>) -> Vec<Quantity> {
    let entries = written.into_iter().flatten().flat_map(|declared| &declared.value);
    let mut of_unit = entries.filter(|(word, _)| canonical_word(word) == canonical_word(unit));
    let sizes =
        of_unit.next().map(|(_, sizes)| sizes.each().filter_map(|(_, text)| Quantity::parse(text).ok()).collect());
    sizes.unwrap_or_default()
}

/// So much of a declared unit in the first unit of fixed size that it is declared in.
fn in_fixed_size(quantity: &Quantity, written: Written<'_>) -> Option<Quantity> {
    let size = sizes(&quantity.unit, written).into_iter().find(|size| has_fixed_size(&size.unit))?;
    let amount = (&quantity.amount.rational() * &size.amount.rational()).to_decimal()?;
    Some(Quantity { amount, unit: size.unit })
}

/// That a unit is given two sizes of one kind.
fn two_sizes(dimension: &Dimension) -> Text {
    match dimension {
        Dimension::Mass => Text::new("it is given two weights"),
        Dimension::Volume => Text::new("it is given two volumes"),
        Dimension::Length => Text::new("it is given two lengths"),
        Dimension::Area => Text::new("it is given two areas"),
        Dimension::Time => Text::new("it is given two times"),
        Dimension::Energy => Text::new("it is given two amounts of energy"),
        Dimension::Count => Text::new("it is given two numbers of pieces"),
        Dimension::Word(word) => Text::new("it is given two sizes in `{word}`").with("word", word),
    }
}
