//! What the systems of the parties do with each other, and from when until when the agreement holds.

use super::ContractError;
use super::clause::Holes;
use super::document::{Block, Inline, Section};
use super::drafter::{Drafter, text};
use super::wording::Wording;
use crate::agreement::Operation;
use crate::vocab::codes;

impl Drafter<'_> {
    /// Who may do what; nothing where there are no operations.
    pub(super) fn operations(&self) -> Result<Option<Section>, ContractError> {
        let operations = &self.agreement.operations;
        if operations.is_empty() {
            return Ok(None);
        }
        let items = operations.iter().map(|operation| self.operation(operation)).collect::<Result<Vec<_>, _>>()?;
        Ok(Some(Section {
            heading: self.wording.word("clause.operations").to_owned(),
            anchor: "operations".to_owned(),
            blocks: vec![Block::List(items)],
            sources: (0..operations.len()).map(|index| format!("/operations/{index}")).collect(),
            ..Section::default()
        }))
    }

    fn operation(&self, operation: &Operation) -> Result<Vec<Inline>, ContractError> {
        let party = |id: &Option<String>| id.as_deref().map(|id| self.party(id)).unwrap_or_default();
        let code = |code: &String| Inline::Code(code.clone());
        let detail =
            operation.detail.as_deref().map(|detail| self.wording.code(codes::DETAILS, detail)).unwrap_or_default();
        let notice = operation.notice.as_deref().map(|notice| self.wording.measure(notice)).unwrap_or_default();
        let endpoints = operation
            .endpoints
            .iter()
            .flat_map(|endpoint| [vec![text(format!("{}: ", self.name(&endpoint.name))), code(&endpoint.value)]]);
        let mut addresses = Vec::new();
        for endpoint in endpoints {
            addresses.extend((!addresses.is_empty()).then(|| text("; ")));
            addresses.extend(endpoint);
        }
        let mutual = operation.granted_by.is_none() || operation.granted_to.is_none();
        let holes = Holes::default()
            .test("mutual", mutual)
            .put("operation", vec![text(operation_name(&self.wording, &operation.operation))])
            .put("by", party(&operation.granted_by))
            .put("to", party(&operation.granted_to))
            .put("format", operation.format.iter().map(code).collect())
            .test("by_hand", operation.by_hand)
            .text("detail", &detail)
            .text("notice", &notice)
            .put("endpoints", addresses);
        self.sentence("operation", &holes)
    }

    /// The first and the last day.
    pub(super) fn dates(&self) -> Result<Section, ContractError> {
        let date =
            |date: &Option<String>| date.as_deref().map(|date| self.wording.locale.date(date)).unwrap_or_default();
        let agreement = self.agreement;
        let holes = Holes::default().text("starts", &date(&agreement.starts)).text("ends", &date(&agreement.ends));
        Ok(Section {
            heading: self.wording.word("clause.dates").to_owned(),
            anchor: "dates".to_owned(),
            blocks: self.clause("dates", &holes)?.blocks,
            sources: vec!["/starts".to_owned(), "/ends".to_owned()],
            ..Section::default()
        })
    }
}

/// What an operation is called at the head of an item; a name of the coops' own stays as it is written.
fn operation_name(wording: &Wording, name: &str) -> String {
    let label = wording.code(codes::OPERATIONS, name);
    let mut characters = label.chars();
    match characters.next().filter(|_| codes::find(codes::OPERATIONS, name).is_some()) {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => label,
    }
}
