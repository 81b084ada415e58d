//! What a contract opens with and is closed by: the disclaimer, the parties, recitals, definitions, signatures.

use super::ContractError;
use super::clause::Holes;
use super::document::{Block, Column, Inline, Section, Signature, Table};
use super::drafter::{Drafter, reference, text};
use crate::agreement::Party;
use crate::i18n::Lang;
use crate::vocab::codes;

impl Drafter<'_> {
    /// What must be read first: that this is no legal advice, and whether the parties write contracts in this language.
    pub(super) fn front(&self) -> Result<Vec<Block>, ContractError> {
        let mut out = vec![Block::Note(self.sentence("disclaimer", &Holes::default())?)];
        let languages = &self.agreement.languages;
        let ours = self.wording.locale.lang;
        if !languages.is_empty() && !languages.iter().any(|tag| Lang::parse(tag) == Some(ours)) {
            let names: Vec<String> = languages.iter().map(|tag| self.wording.label("lang", tag)).collect();
            let holes = Holes::default().put("languages", vec![text(self.wording.locale.list(&names))]);
            out.push(Block::Note(self.sentence("translation", &holes)?));
        }
        Ok(out)
    }

    /// The two parties side by side.
    pub(super) fn parties(&self) -> Section {
        let parties = &self.agreement.parties;
        type Cell = fn(&Drafter<'_>, &Party) -> Vec<Inline>;
        let facts: [(&str, Cell); 10] = [
            ("party.id", |_, party| vec![Inline::Code(party.id.clone())]),
            ("party.form", |drafter, party| some(&drafter.wording.code(codes::LEGAL_FORMS, &party.legal_form))),
            ("party.place", |drafter, party| some(&drafter.place_of(party))),
            ("party.members", |drafter, party| {
                party
                    .members
                    .map(|members| text(drafter.wording.locale.number(&members.to_string())))
                    .into_iter()
                    .collect()
            }),
            ("party.identifiers", |_, party| {
                let numbers: Vec<String> =
                    party.identifiers.iter().map(|id| format!("{} {}", registry_name(&id.name), id.value)).collect();
                some(&numbers.join(", "))
            }),
            ("party.member_of", |_, party| some(&party.member_of.join(", "))),
            ("party.practices", |drafter, party| {
                let practices: Vec<String> =
                    party.practices.iter().map(|practice| drafter.wording.code(codes::PRACTICES, practice)).collect();
                some(&practices.join("; "))
            }),
            ("party.contact", |_, party| some(&joined(&[&party.email, &party.phone]))),
            ("party.signatory", |_, party| some(&joined(&[&party.signatory, &party.office]))),
            ("party.manifest", |_, party| vec![Inline::Code(party.manifest.clone())]),
        ];
        let rows = facts.iter().filter_map(|(key, cell)| {
            let mut cells: Vec<Vec<Inline>> = parties.iter().map(|party| cell(self, party)).collect();
            let stated = cells.iter().any(|cell| !cell.is_empty());
            cells.iter_mut().filter(|cell| cell.is_empty()).for_each(|cell| cell.push(text(self.wording.word("none"))));
            stated.then(|| [vec![vec![text(self.wording.word(key))]], cells].concat())
        });
        let mut columns = vec![Column { heading: self.wording.word("col.party").to_owned(), amounts: false }];
        columns.extend(parties.iter().map(|party| Column { heading: self.name(&party.id), amounts: false }));
        let table = Table { caption: self.wording.word("table.parties").to_owned(), columns, rows: rows.collect() };
        let mut section = self.section("parties", vec![Block::Table(table)]);
        section.sources = vec!["/parties".to_owned(), "/languages".to_owned()];
        section
    }

    /// Why the parties deal with each other.
    pub(super) fn recitals(&self) -> Result<Section, ContractError> {
        Ok(self.section("recitals", self.clause("recitals", &Holes::default().put("parties", self.both()))?.blocks))
    }

    /// What words mean and which documents they stand for.
    pub(super) fn definitions(&self) -> Result<Section, ContractError> {
        let manifest =
            |party: Option<&Party>| party.map(|party| Inline::Code(party.manifest.clone())).into_iter().collect();
        let goods = if self.agreement.lines.is_empty() { Vec::new() } else { vec![reference("part-goods")] };
        // The gap that is explained here is no gap to fill.
        let slot = vec![Inline::Emph(self.wording.word("slot").to_owned())];
        let name = |party: Option<&Party>| party.map(|party| self.party(&party.id)).unwrap_or_default();
        let holes = Holes::default()
            .put("a", name(self.agreement.parties.first()))
            .put("b", name(self.agreement.parties.last()))
            .put("digest", vec![Inline::Code(self.agreement.digest.clone())])
            .put("manifest_a", manifest(self.agreement.parties.first()))
            .put("manifest_b", manifest(self.agreement.parties.last()))
            .put("goods", goods)
            .put("slot", slot);
        let mut blocks = self.clause("definitions", &holes)?.blocks;
        blocks.iter_mut().for_each(set_defined_words_apart);
        Ok(self.section("definitions", blocks))
    }

    /// Where the parties sign.
    pub(super) fn signatures(&self) -> Result<Section, ContractError> {
        let digest = Holes::default().put("digest", vec![Inline::Code(self.agreement.digest.clone())]);
        let signatures = self.agreement.parties.iter().map(|party| self.signature(party)).collect();
        let blocks = vec![Block::Paragraph(self.sentence("signatures", &digest)?), Block::Signatures(signatures)];
        Ok(self.section("signatures", blocks))
    }

    fn signature(&self, party: &Party) -> Signature {
        let field =
            |key: &str, known: Option<&String>| (self.wording.word(key).to_owned(), known.cloned().unwrap_or_default());
        Signature {
            party: self.party(&party.id),
            fields: vec![
                field("sign.date", None),
                field("sign.signature", None),
                field("sign.name", party.signatory.as_ref()),
                field("sign.office", party.office.as_ref()),
            ],
        }
    }
}

/// Gives weight to what each item defines, which stands before its first colon.
fn set_defined_words_apart(block: &mut Block) {
    let Block::List(items) = block else { return };
    for item in items {
        if let Some(Inline::Text(first)) = item.first()
            && let Some((word, meaning)) = first.split_once(": ")
        {
            let parts = [Inline::Strong(word.to_owned()), text(format!(": {meaning}"))];
            item.splice(0..1, parts);
        }
    }
}

/// Registers that are known by their initials, as they are written.
const REGISTERS: &[&str] =
    &["cif", "cnpj", "cuit", "ein", "gln", "inaes", "lei", "nif", "nit", "rfc", "ruc", "rut", "siren", "siret", "vat"];

/// A register by its initials where it has some: `cuit` is `CUIT`.
fn registry_name(name: &str) -> String {
    if REGISTERS.contains(&name) { name.to_uppercase() } else { name.to_owned() }
}

fn some(words: &str) -> Vec<Inline> {
    if words.is_empty() { Vec::new() } else { vec![text(words)] }
}

fn joined(parts: &[&Option<String>]) -> String {
    parts.iter().filter_map(|part| part.as_deref()).collect::<Vec<_>>().join(", ")
}
