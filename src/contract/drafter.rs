//! Puts the sections of a contract together and numbers them.
//!
//! Each part of a contract is built by a module of its own; here is what they share, the order in which they stand, and
//! the numbers by which they refer to each other.

use std::collections::BTreeMap;

use super::ContractError;
use super::clause::{Clause, Holes, Templates};
use super::document::{Block, Document, Footer, Inline, Section};
use super::wording::Wording;
use crate::agreement::{Agreement, Line, Party, Role};
use crate::i18n::Locale;

/// What all parts of a contract are drafted from.
pub(super) struct Drafter<'a> {
    pub(super) agreement: &'a Agreement,
    pub(super) wording: Wording,
    templates: Templates,
    /// How each party is called, by id.
    names: BTreeMap<&'a str, String>,
}

/// A clause that leaves room, and who chooses inside it.
pub(super) struct Choice {
    pub(super) anchor: String,
    pub(super) heading: String,
    /// For which lines, where it does not hold for all.
    pub(super) scope: String,
    pub(super) value: Vec<Inline>,
    pub(super) chooser: String,
}

impl<'a> Drafter<'a> {
    /// A drafter for an agreement in a language.
    pub(super) fn new(agreement: &'a Agreement, locale: &Locale) -> Result<Self, ContractError> {
        let locale = match agreement.parties.as_slice() {
            [a, b] if a.country == b.country => locale.clone().or_region(&a.country),
            _ => locale.clone(),
        };
        let templates = Templates::new(&locale)?;
        Ok(Self { agreement, wording: Wording::new(locale), templates, names: names(&agreement.parties) })
    }

    /// The whole contract.
    pub(super) fn document(&self) -> Result<Document, ContractError> {
        let mut choices = Vec::new();
        let mut sections = vec![self.parties(), self.recitals()?, self.definitions()?];
        sections.extend(self.terms(&mut choices)?);
        sections.extend(self.choices(&choices)?);
        sections.extend(self.unproven()?);
        sections.push(self.signatures()?);
        let annex = self.provenance(&sections)?;
        let open = self.open(&sections, &annex)?;
        number(&mut sections);
        sections.insert(0, open);
        sections.push(annex);
        resolve(&mut sections);
        Ok(Document {
            lang: self.wording.locale.tag(),
            title: self.title(),
            subtitle: vec![Inline::Text(self.wording.word("subtitle").to_owned())],
            front: self.front()?,
            sections,
            footer: Footer {
                label: self.wording.word("digest_label").to_owned(),
                digest: self.agreement.digest.clone(),
                page: self.wording.word("page").to_owned(),
            },
        })
    }

    /// A section of which the heading is in the table of words.
    pub(super) fn section(&self, key: &str, blocks: Vec<Block>) -> Section {
        Section {
            heading: self.wording.word(&format!("section.{key}")).to_owned(),
            anchor: format!("part-{key}"),
            blocks,
            ..Section::default()
        }
    }

    /// What a template says.
    pub(super) fn clause(&self, template: &str, holes: &Holes) -> Result<Clause, ContractError> {
        self.templates.clause(template, holes)
    }

    /// What a template of one paragraph says.
    pub(super) fn sentence(&self, template: &str, holes: &Holes) -> Result<Vec<Inline>, ContractError> {
        self.templates.sentence(template, holes)
    }

    /// What a party is called; the id itself where it is no party.
    pub(super) fn name(&self, id: &str) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// What a party is called, in a clause.
    pub(super) fn party(&self, id: &str) -> Vec<Inline> {
        vec![Inline::Strong(self.name(id))]
    }

    /// The party that is not this one.
    pub(super) fn other(&self, id: &str) -> Option<&'a str> {
        self.names
            .contains_key(id)
            .then(|| self.agreement.parties.iter().map(|party| party.id.as_str()).find(|other| *other != id))?
    }

    /// The party in a role of a line.
    pub(super) fn in_role(line: &'a Line, role: Role) -> &'a str {
        match role {
            Role::Provider => &line.provider,
            Role::Receiver => &line.receiver,
        }
    }

    /// Where a party is.
    pub(super) fn place(&self, id: &str) -> String {
        let party = self.agreement.parties.iter().find(|party| party.id == id);
        party.map(|party| self.place_of(party)).unwrap_or_default()
    }

    /// Where a party is: address, town, subdivision, country.
    pub(super) fn place_of(&self, party: &Party) -> String {
        let country = self.wording.country(&party.country);
        let subdivision = party.subdivision.as_deref().map(|code| self.wording.subdivision(code));
        let parts =
            [party.address.as_deref(), party.locality.as_deref(), subdivision.as_deref(), Some(country.as_str())];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Both parties, joined as the language joins two names.
    pub(super) fn both(&self) -> Vec<Inline> {
        let mut out = Vec::new();
        for party in &self.agreement.parties {
            let name = self.name(&party.id);
            out.extend((!out.is_empty()).then(|| text(self.wording.locale.and_before(&name))));
            out.push(Inline::Strong(name));
        }
        out
    }

    fn title(&self) -> String {
        let names: String = self.both().iter().map(Inline::text).collect();
        self.wording.say("title", &[("parties", &names)])
    }
}

/// Names as they are declared; where both are the same or one is missing, the ids tell them apart.
fn names(parties: &[Party]) -> BTreeMap<&str, String> {
    let alike = |party: &Party| parties.iter().filter(|other| other.name.trim() == party.name.trim()).count() > 1;
    let name = |party: &Party| match party.name.trim() {
        "" => party.id.clone(),
        name if alike(party) => format!("{name} ({})", party.id),
        name => name.to_owned(),
    };
    parties.iter().map(|party| (party.id.as_str(), name(party))).collect()
}

/// Numbers sections and their clauses in the order in which they stand.
fn number(sections: &mut [Section]) {
    for (index, section) in sections.iter_mut().enumerate() {
        section.number = (index + 1).to_string();
        for (clause_index, clause) in section.clauses.iter_mut().enumerate() {
            clause.number = format!("{}.{}", index + 1, clause_index + 1);
        }
    }
}

/// Writes the numbers of sections where others refer to them.
fn resolve(sections: &mut [Section]) {
    let numbers: BTreeMap<String, String> = sections
        .iter()
        .flat_map(|section| std::iter::once(section).chain(&section.clauses))
        .map(|section| (section.anchor.clone(), section.number.clone()))
        .collect();
    for section in sections {
        let clauses = section.clauses.iter_mut().flat_map(|clause| &mut clause.blocks);
        section.blocks.iter_mut().chain(clauses).flat_map(inlines_mut).for_each(|inline| {
            if let Inline::Ref { anchor, text } = inline {
                *text = numbers.get(anchor).cloned().unwrap_or_default();
            }
        });
    }
}

fn inlines_mut(block: &mut Block) -> Vec<&mut Inline> {
    match block {
        Block::Paragraph(inlines) | Block::Note(inlines) => inlines.iter_mut().collect(),
        Block::List(items) => items.iter_mut().flatten().collect(),
        Block::Table(table) => table.rows.iter_mut().flatten().flatten().collect(),
        Block::Signatures(_) => Vec::new(),
    }
}

/// The number of another section, written once all are numbered.
pub(super) fn reference(anchor: &str) -> Inline {
    Inline::Ref { anchor: anchor.to_owned(), text: String::new() }
}

/// A run of text.
pub(super) fn text(text: impl Into<String>) -> Inline {
    Inline::Text(text.into())
}
