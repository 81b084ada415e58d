//! Reading scalars, one finding for each that cannot be read.
//!
//! What failed is remembered, so that nothing is said again later of something that is missing only because of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Unread;
use super::meant::{self, Currency, Doubt};
use super::rules;
use super::several::codes_meant;
use super::written::{Count, Written};
use crate::diagnostic::{self, Diagnostic, Label, Place, Rule, Text};
use crate::manifest::model::Statement;
use crate::manifest::names;
use crate::manifest::wire::{OneOrMany, Scalar};
use crate::source::Span;
use crate::syntax::{At, Document, NodeId};
use crate::value::{Decimal, Money, Price, Quantity, Rational, ValueError, ValueErrorKind};
use crate::vocab::currencies;
use crate::vocab::reading::{self, value_diagnostic};
use crate::vocab::units::Units;
use smol_str::SmolStr;

/// Most other places that are shown of one word.
const MOST_LABELS: usize = 3;

/// Words for three masses, so that none can be proposed alone.
const TONS: [&str; 4] = ["ton", "tons", "Ton", "Tons"];

/// Most statements that all lines hold for all classes together.
const MOST_STATEMENTS: usize = 100_000;

pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    found: Vec<Diagnostic>,
    bad: BTreeSet<NodeId>,
    /// Names of the manifest's circuits, which count as currencies.
    circuits: Vec<&'a str>,
    /// What is declared where it cannot be read: it is no group of keys, or was written somewhere else.
    unread: Unread,
    /// Where among the findings it is told of each circuit that nobody declared.
    told_circuits: BTreeMap<String, usize>,
    /// Where among the findings it is told of each unit that nobody declared.
    told_units: BTreeMap<String, usize>,
    /// Units whose declaration cannot be read, so that nothing is said where they are used.
    pub(super) unread_units: BTreeSet<String>,
    /// The units that the manifest declares for all lines, once they have been read.
    pub(super) shared_units: Option<Arc<Units>>,
    /// How many statements on terms have been worked into lines.
    statements: usize,
    /// Those of the defaults, and of lines for their classes, that were read with the units of the whole manifest.
    pub(super) shared_statements: BTreeMap<NodeId, Arc<Statement>>,
    /// The currency of the coop's country, for examples.
    currency: &'static str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            circuits: names::declared(document, &["circuits"]),
            unread: Unread::default(),
            told_circuits: BTreeMap::new(),
            document,
            found: Vec::new(),
            bad: BTreeSet::new(),
            told_units: BTreeMap::new(),
            unread_units: BTreeSet::new(),
            shared_units: None,
            statements: 0,
            shared_statements: BTreeMap::new(),
            currency: currency_of(document),
        }
    }

    /// What was found, and the nodes that could not be read.
    pub(super) fn into_parts(self) -> (Vec<Diagnostic>, BTreeSet<NodeId>) {
        (self.found, self.bad)
    }

    pub(super) fn place(&self, node: NodeId) -> Place {
        self.document.place(node)
    }

    /// A finding of a rule at a node; the closure fills its holes.
    pub(super) fn report_at(&mut self, rule: &'static Rule, node: NodeId, fill: impl FnOnce(Diagnostic) -> Diagnostic) {
        let finding = fill(Diagnostic::new(rule, self.place(node)));
        self.add(node, finding);
    }

    /// Whether so many more statements can be worked in. Classes multiply the terms of a line and the defaults, so that
    /// a small text could mean more than fits in memory.
    pub(super) fn has_room(&mut self, node: NodeId, more: usize) -> bool {
        self.statements = self.statements.saturating_add(more);
        if self.statements <= MOST_STATEMENTS {
            return true;
        }
        if self.statements - more <= MOST_STATEMENTS {
            self.report_at(&rules::TOO_MANY_TERMS, node, |finding| {
                finding
                    .with("most", MOST_STATEMENTS)
                    .help(Text::new("split the manifest, or write fewer classes under `for`"))
            });
        }
        self.bad.insert(node);
        false
    }

    /// Asks for no declaration where some cannot be read.
    pub(super) fn without(mut self, unread: Unread) -> Self {
        self.unread = unread;
        self
    }

    /// Tells of a circuit that nobody declared, once, however often it stands.
    pub(super) fn unknown_circuit(&mut self, name: &At<SmolStr>) {
        if self.unread.circuits || names::is_known(&name.value, &self.circuits) {
            return;
        }
        let place = self.place(name.node);
        let finding = Diagnostic::new(&rules::UNKNOWN_CIRCUIT, place);
        let finding = names::unknown(finding, &name.value, &self.circuits);
        if let Some(told) = self.told_circuits.get(name.value.as_str()).and_then(|at| self.found.get_mut(*at)) {
            diagnostic::also_at(told, finding, MOST_LABELS);
            self.bad.insert(name.node);
            return;
        }
        self.told_circuits.insert(name.value.to_string(), self.found.len());
        self.add(name.node, finding);
    }

    /// Reads a value, or reports why it cannot be read.
    pub(super) fn read<T: Written>(&mut self, node: NodeId, text: &str) -> Option<T> {
        self.read_like(node, text, T::EXPECTED)
    }

    /// The same where values look like another example.
    pub(super) fn read_like<T: Written>(&mut self, node: NodeId, text: &str, expected: &str) -> Option<T> {
        if self.bad.contains(&node) {
            // The defaults are read for each line; what is wrong with them is told once.
            return None;
        }
        match T::read(text) {
            Ok(value) => Some(value),
            Err(error) => {
                let error = self.in_known_words::<T>(error, text);
                let (expected, is_of_line) = self.expected_here(node, expected);
                let told = value_diagnostic(&error, text, self.place(node), self.is_exact(node, text), &expected);
                let guess = || reading::completed(&error, text, &expected);
                let finding = match (self.range_told::<T>(node, text), codes_meant(&error, text)) {
                    (Some(told), _) => told,
                    (None, Some(codes)) => self.several(told, node, Some(codes)),
                    (None, None) if error.suggestion.is_some() => without_doubt::<T>(told, text),
                    (None, None) => self.respelled::<T>(node, text, self.switched(node, text, told)),
                };
                let needs_line = T::EXPECTED.contains("kg") && !text.contains('/');
                let finding = match guess().filter(|_| finding.fix.is_none() && (is_of_line || !needs_line)) {
                    Some(guess) if T::read(&guess).is_ok() => finding.fix(self.place(node), guess, false),
                    _ => finding,
                };
                self.add(node, finding);
                None
            }
        }
    }

    /// A value as it should be written, in the currency of the coop's country and the unit of the line, and whether it has
    /// that.
    fn expected_here(&self, node: NodeId, expected: &str) -> (String, bool) {
        let expected = expected.replace("EUR", self.currency);
        let unit = Some("kg").filter(|kg| expected.contains(kg)).and_then(|_| meant::unit_around(self.document, node));
        match unit {
            Some(unit) => (expected.replace("kg", &unit), true),
            None => (expected, false),
        }
    }

    /// A mistake with what is to be written where words of people stand for a currency or a unit.
    fn in_known_words<T: Written>(&self, error: ValueError, text: &str) -> ValueError {
        let is_money = T::EXPECTED.contains("EUR");
        let known =
            Some(text).filter(|_| is_money).and_then(|text| meant::in_known_words(self.document, text, self.currency));
        let Some(known) = known else { return error };
        match T::read(&known) {
            Ok(_) => ValueError { suggestion: Some(known), ..error },
            Err(other) => ValueError { suggestion: other.suggestion, ..error },
        }
    }

    /// Whether the bytes of a value are the bytes of the file, so that a part of them has a place.
    fn is_exact(&self, node: NodeId, text: &str) -> bool {
        self.place(node).span.len() == text.len()
    }

    /// Tells of every text that says nothing; what nobody could read in it is no mistake of its own.
    pub(super) fn empty_texts(&mut self) {
        for (node, _) in self.document.scalars().filter(|(_, text)| text.trim().is_empty()) {
            self.report_at(&reading::EMPTY_TEXT, node, |finding| {
                finding.help(Text::new("write what it should say, or take the key out"))
            });
        }
    }

    pub(super) fn add(&mut self, node: NodeId, finding: Diagnostic) {
        if self.document.text(node).is_some_and(|text| text.trim().is_empty()) && self.bad.contains(&node) {
            return;
        }
        self.found.push(finding.node(self.document.address(node)));
        self.bad.insert(node);
    }

    /// The value of a field, where it is written and can be read.
    pub(super) fn field<T: Written>(&mut self, field: &Scalar) -> Option<At<T>> {
        let written = field.as_ref()?;
        let value = self.read(written.node, &written.value)?;
        Some(At { node: written.node, value })
    }

    /// Reads each value of a list; what cannot be read is left out.
    pub(super) fn each<T>(
        &mut self,
        list: Option<&At<OneOrMany>>,
        mut read: impl FnMut(&mut Self, &At<SmolStr>) -> Option<T>,
    ) -> Vec<T> {
        let items = list.into_iter().flat_map(At::each);
        items.filter_map(|(node, text)| read(self, &At { node, value: text.clone() })).collect()
    }

    /// A text as it is written.
    pub(super) fn text(&self, field: &Scalar) -> Option<SmolStr> {
        field.as_ref().map(|text| text.value.clone())
    }

    /// Tells of an amount of nothing where something is due.
    pub(super) fn is_something(&mut self, text: &At<SmolStr>, is_zero: bool, expected: &str) -> bool {
        if is_zero {
            let error = ValueError::new(ValueErrorKind::Zero, 0..text.value.len());
            let finding = value_diagnostic(&error, &text.value, self.place(text.node), false, expected);
            self.add(text.node, finding);
        }
        !is_zero
    }

    /// A plain number above zero.
    pub(super) fn positive(&mut self, text: &At<SmolStr>) -> Option<Rational> {
        let number: Decimal = self.read(text.node, &text.value)?;
        if number.is_negative() {
            let error = ValueError::new(ValueErrorKind::Negative, 0..text.value.len());
            let finding = value_diagnostic(&error, &text.value, self.place(text.node), false, Decimal::EXPECTED);
            self.add(text.node, finding);
            return None;
        }
        self.is_something(text, number.is_zero(), Decimal::EXPECTED).then(|| number.rational())
    }

    /// A plain number.
    pub(super) fn number(&mut self, text: &At<SmolStr>) -> Option<Rational> {
        self.read(text.node, &text.value).map(|number: Decimal| number.rational())
    }

    /// A whole number that is not negative.
    pub(super) fn count(&mut self, text: &At<SmolStr>) -> Option<u64> {
        self.read(text.node, &text.value).map(|Count(count)| count)
    }

    /// A quantity whose unit is known.
    pub(super) fn quantity(&mut self, units: &Units, text: &At<SmolStr>) -> Option<At<Quantity>> {
        self.quantity_like(units, text, Quantity::EXPECTED)
    }

    /// The same where quantities look like another example.
    pub(super) fn quantity_like(&mut self, units: &Units, text: &At<SmolStr>, expected: &str) -> Option<At<Quantity>> {
        let value: Quantity = self.read_like(text.node, &text.value, expected)?;
        self.doubt_point(text.node, &text.value);
        self.known_unit(units, text.node, &text.value, &value.unit).then_some(At { node: text.node, value })
    }

    /// A price whose currency and unit are known.
    pub(super) fn price(&mut self, units: &Units, text: &At<SmolStr>) -> Option<At<Price>> {
        let help = instead_of_price(&text.value)
            .filter(|_| text.value != "free")
            .filter(|_| self.document.key_of(text.node) == Some("price"));
        if let Some(help) = help.filter(|_| !self.bad.contains(&text.node)) {
            self.report_at(&reading::NOT_A_NUMBER, text.node, |finding| finding.with("text", &text.value).help(help));
            return None;
        }
        let value: Price = self.read(text.node, &text.value)?;
        self.doubt_point(text.node, &text.value);
        let currency = self.known_currency(text.node, &text.value, &value.currency);
        let unit = self.known_unit(units, text.node, &text.value, &value.basis.unit);
        (currency && unit).then_some(At { node: text.node, value })
    }

    /// A sum whose currency is known.
    pub(super) fn money(&mut self, text: &At<SmolStr>) -> Option<Money> {
        let value: Money = self.read(text.node, &text.value)?;
        self.doubt_point(text.node, &text.value);
        self.known_currency(text.node, &text.value, &value.currency).then_some(value)
    }

    /// Whether a unit is in the registry or declared; it is told if not.
    pub(super) fn known_unit(&mut self, units: &Units, node: NodeId, text: &str, word: &str) -> bool {
        if units.is_known(word) {
            return true;
        }
        if self.unread_units.contains(word) || self.lacks_units(node) || self.told_again(node, word) {
            self.bad.insert(node);
            return false;
        }
        let otherwise = match TONS.contains(&word) {
            true => Text::new("write `t` for 1000 kg, `ton_us` for 2000 lb, or `ton_uk` for 2240 lb"),
            false => Text::new("declare it under `units`, such as `units: {declared}`")
                .with("declared", format!("{{ {word}: 12 kg }}")),
        };
        let before = self.found.len();
        self.unknown_word(&reading::UNKNOWN_UNIT, node, text, word, units.nearest(word).as_deref(), otherwise);
        if self.found.len() > before {
            self.told_units.insert(word.to_owned(), before);
        }
        false
    }

    /// Takes it that nobody can tell which unit is declared at a node, under a name that is none.
    pub(super) fn lose_unit(&mut self, node: NodeId) {
        self.bad.insert(node);
        let group = self.document.parent(node).and_then(|units| self.document.parent(units));
        self.unread.units.extend(group);
    }

    /// Whether a node stands in a group of which the units cannot be read.
    fn lacks_units(&self, node: NodeId) -> bool {
        let mut around = std::iter::successors(Some(node), |node| self.document.parent(*node));
        !self.unread.units.is_empty() && around.any(|node| self.unread.units.contains(&node))
    }

    /// Warns of `12.550`, which is twelve and a half here and thousands where points divide them.
    pub(super) fn doubt_point(&mut self, node: NodeId, text: &str) {
        let Some(doubt) = Doubt::of(text) else { return };
        let whole = self.place(node);
        let at = Span::new(whole.span.start + doubt.at, whole.span.start + doubt.at + doubt.number.len());
        let place = if self.is_exact(node, text) { Place::new(whole.source, at) } else { whole };
        let [thousands, decimals] = doubt.readings();
        let finding = Diagnostic::new(&reading::DOUBTFUL_POINT, place)
            .with("number", doubt.number)
            .node(self.document.address(node))
            .help(either(thousands, decimals));
        self.found.push(finding);
    }

    /// Adds a place to what is told of a unit already, if it is: one word that nobody declared is one mistake.
    fn told_again(&mut self, node: NodeId, word: &str) -> bool {
        let place = self.place(node);
        let Some(told) = self.told_units.get(word).and_then(|at| self.found.get_mut(*at)) else { return false };
        if told.labels.len() < MOST_LABELS && !self.bad.contains(&node) {
            told.labels.push(Label { place, text: Text::new("and here") });
        }
        true
    }

    /// Whether a currency is one of the list or a circuit of this manifest; it is told if not.
    pub(super) fn known_currency(&mut self, node: NodeId, text: &str, word: &str) -> bool {
        if currencies::is_currency(word) || self.circuits.contains(&word) {
            return true;
        }
        let is_name = word.starts_with(|c: char| c.is_ascii_lowercase());
        if is_name && (self.unread.circuits || names::is_known(word, &self.circuits)) {
            self.bad.insert(node);
            return false;
        }
        let (meant, otherwise) = match Currency::of(self.document, word, self.currency) {
            Some(Currency::Certain(code)) => (Some(code), None),
            Some(Currency::OneOf(codes)) => (None, Some(Currency::choice(codes))),
            None => (currencies::nearest(word), None),
        };
        let otherwise = otherwise.unwrap_or(Text::new(
            "write the three letters of the currency (ISO 4217), such as `EUR`, or a name that stands under `circuits`",
        ));
        self.unknown_word(&reading::UNKNOWN_CURRENCY, node, text, word, meant, otherwise);
        false
    }

    /// A word of a value that is in no list, at its own bytes where they can be told.
    fn unknown_word(
        &mut self,
        rule: &'static Rule,
        node: NodeId,
        text: &str,
        word: &str,
        meant: Option<&str>,
        otherwise: Text,
    ) {
        let whole = self.place(node);
        let at = text.rfind(word).filter(|_| self.is_exact(node, text)).map(|at| whole.span.start + at);
        let place = at.map_or(whole, |at| Place::new(whole.source, Span::new(at, at + word.len())));
        self.add(node, reading::unknown_word(rule, word, place, meant, otherwise));
    }
}

/// The currency of the country in which a coop says that it is.
fn currency_of(document: &Document) -> &'static str {
    let place = document.get(document.root(), "coop").and_then(|coop| document.get(coop, "place"));
    let country = place.and_then(|place| document.text(document.get(place, "country")?));
    currencies::of_country(country.unwrap_or_default())
}

/// Words by which people say that nothing is paid, and that a price is open.
const FOR_NOTHING: [&str; 9] =
    ["free", "gratis", "free of charge", "for free", "no charge", "sin cargo", "sin costo", "gratuito", "none"];
const OPEN: [&str; 9] =
    ["negotiable", "to be agreed", "tbd", "tba", "ask", "on request", "a convenir", "negociable", "consultar"];

/// What to write where words stand for a price.
fn instead_of_price(text: &str) -> Option<Text> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let word = text.trim().to_lowercase();
    if FOR_NOTHING.contains(&word.as_str()) {
        return Some(Text::new("write `free` if nothing is paid for it"));
    }
    OPEN.contains(&word.as_str()).then(|| Text::new("take `price` out to leave it open: then a price is proposed"))
}

/// The two ways to write a number whose point is in doubt.
fn either(thousands: impl ToString, decimals: impl ToString) -> Text {
    Text::new("write `{thousands}` for thousands, or `{decimals}`")
        .with("thousands", thousands)
        .with("decimals", decimals)
}

/// What is told of a value in which the point of a number is in doubt: which of two it is, nobody can say for the writer.
fn without_doubt<T: Written>(told: Diagnostic, text: &str) -> Diagnostic {
    let read = |text: String| match T::read(&text) {
        Ok(_) => Some(text),
        Err(error) => error.suggestion,
    };
    let readings = Doubt::of(text).map(|doubt| doubt.readings().map(|reading| read(doubt.read_as(text, &reading))));
    match readings {
        Some([Some(thousands), Some(decimals)]) => Diagnostic { fix: None, ..told }.help(either(thousands, decimals)),
        // Of what is counted in whole ones only one reading is left.
        _ => told,
    }
}
