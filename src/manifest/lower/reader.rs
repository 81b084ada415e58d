//! Reading scalars, one finding for each that cannot be read.
//!
//! What failed is remembered, so that nothing is said again later of something that is missing only because of it.

use std::collections::BTreeSet;

use super::rules;
use crate::diagnostic::{Diagnostic, Place, Rule, Text};
use crate::manifest::names;
use crate::manifest::wire::{Named, OneOrMany, Scalar};
use crate::syntax::{At, Document, NodeId};
use crate::value::{Decimal, Price, Quantity, Rational, ValueError};
use crate::vocab::reading::value_diagnostic;
use crate::vocab::units::Units;

pub(super) struct Reader<'a> {
    document: &'a Document,
    found: Vec<Diagnostic>,
    bad: BTreeSet<NodeId>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document, found: Vec::new(), bad: BTreeSet::new() }
    }

    /// What was found, and the nodes that could not be read.
    pub(super) fn into_parts(self) -> (Vec<Diagnostic>, BTreeSet<NodeId>) {
        (self.found, self.bad)
    }

    fn place(&self, node: NodeId) -> Place {
        self.document.place(node)
    }

    /// A finding of a rule at a node; the closure fills its holes.
    pub(super) fn report_at(&mut self, rule: &'static Rule, node: NodeId, fill: impl FnOnce(Diagnostic) -> Diagnostic) {
        let finding = Diagnostic::new(rule, self.place(node)).pointer(self.document.pointer(node));
        self.found.push(fill(finding));
        self.bad.insert(node);
    }

    /// A name that nobody declared, with the nearest that somebody did.
    pub(super) fn unknown<'n>(&mut self, rule: &'static Rule, name: &At<String>, known: impl IntoIterator<Item = &'n str>) {
        let known: Vec<&str> = known.into_iter().collect();
        self.report_at(rule, name.node, |finding| names::unknown(finding, &name.value, &known));
    }

    /// Reads a value, or reports why it cannot be read.
    pub(super) fn read<T>(&mut self, node: NodeId, text: &str, parse: impl FnOnce(&str) -> Result<T, ValueError>) -> Option<T> {
        match parse(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.found.push(value_diagnostic(self.document, node, text, &error));
                self.bad.insert(node);
                None
            }
        }
    }

    /// The value of a field, where it is written and can be read.
    pub(super) fn field<T>(&mut self, field: &Scalar, parse: impl FnOnce(&str) -> Result<T, ValueError>) -> Option<At<T>> {
        let written = field.as_ref()?;
        let value = self.read(written.node, &written.value, parse)?;
        Some(At { node: written.node, value })
    }

    /// A text as it is written.
    pub(super) fn text(&self, field: &Scalar) -> Option<String> {
        field.as_ref().map(|text| text.value.clone())
    }

    /// A plain number.
    pub(super) fn number(&mut self, text: &At<String>) -> Option<Rational> {
        self.read(text.node, &text.value, Decimal::parse).map(|number| number.rational())
    }

    /// A whole number that is not negative.
    pub(super) fn count(&mut self, text: &At<String>) -> Option<u64> {
        self.read(text.node, &text.value, Decimal::parse_count)
    }

    /// A quantity whose unit is known.
    pub(super) fn quantity(&mut self, units: &Units, text: &At<String>) -> Option<At<Quantity>> {
        let value = self.read(text.node, &text.value, Quantity::parse)?;
        self.known_unit(units, text.node, &text.value, &value.unit).then_some(At { node: text.node, value })
    }

    /// A price whose currency and unit are known.
    pub(super) fn price(&mut self, units: &Units, text: &At<String>) -> Option<At<Price>> {
        let value = self.read(text.node, &text.value, Price::parse)?;
        let currency = self.known_currency(text.node, &text.value, &value.currency);
        let unit = self.known_unit(units, text.node, &text.value, &value.basis.unit);
        (currency && unit).then_some(At { node: text.node, value })
    }
}
