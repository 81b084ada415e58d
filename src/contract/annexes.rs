//! What a contract says about itself: what is open, who chooses, what is not proven, and where each clause was stated.

use super::ContractError;
use super::clause::Holes;
use super::document::{Block, Column, Inline, Section, Table};
use super::drafter::{Choice, Drafter, reference, text};
use crate::agreement::{Provenance, StatementPlace};
use crate::vocab::codes;

impl Drafter<'_> {
    /// What must be settled before the parties sign: every gap and every proposal of the sections, found in the tree
    /// itself so that none can be forgotten.
    pub(super) fn open(&self, sections: &[Section], annex: &Section) -> Result<Section, ContractError> {
        let all = sections.iter().flat_map(|section| std::iter::once(section).chain(&section.clauses)).chain([annex]);
        let items: Vec<Vec<Inline>> = all.filter_map(|section| self.open_item(section)).collect();
        let blocks = if items.is_empty() {
            vec![Block::Paragraph(self.sentence("nothing_open", &Holes::default())?)]
        } else {
            vec![Block::Paragraph(self.sentence("open", &Holes::default())?), Block::List(items)]
        };
        Ok(self.section("open", blocks))
    }

    fn open_item(&self, section: &Section) -> Option<Vec<Inline>> {
        let mut found: Vec<String> = Vec::new();
        for block in section.blocks.iter().filter(|block| !matches!(block, Block::Table(_))) {
            let mut scope = String::new();
            for inline in block.inlines() {
                let what = match inline {
                    Inline::Slot(_) => self.wording.word("to_be_agreed"),
                    Inline::Proposed(by) => by,
                    Inline::Scope(lines) => {
                        scope = format!("{lines} ");
                        continue;
                    }
                    _ => continue,
                };
                let item = format!("{scope}{what}");
                if !found.contains(&item) {
                    found.push(item);
                }
            }
        }
        let what = found.join("; ");
        (!found.is_empty())
            .then(|| vec![reference(&section.anchor), text(format!(" {}: ", section.heading)), Inline::Emph(what)])
    }

    /// Where a clause leaves room, and who chooses inside it.
    pub(super) fn choices(&self, choices: &[Choice]) -> Result<Option<Section>, ContractError> {
        if choices.is_empty() {
            return Ok(None);
        }
        let rows = choices.iter().map(|choice| {
            let value = choice.value.iter().map(Inline::text).collect::<String>();
            let scope = if choice.scope.is_empty() { String::new() } else { format!(" ({})", choice.scope) };
            vec![
                vec![reference(&choice.anchor), text(format!(" {}{scope}", choice.heading))],
                vec![text(value)],
                vec![text(choice.chooser.clone())],
            ]
        });
        let columns = [("clause", false), ("value", false), ("chooser", false)];
        let table = Block::Table(self.table("choices", &columns, rows.collect()));
        let intro = Block::Paragraph(self.sentence("choices", &Holes::default())?);
        Ok(Some(self.section("choices", vec![intro, table])))
    }

    /// What the agreement rests on without evidence, and who declares it.
    pub(super) fn unproven(&self) -> Result<Option<Section>, ContractError> {
        let facts = &self.agreement.unproven;
        if facts.is_empty() {
            return Ok(None);
        }
        let items = facts.iter().map(|fact| {
            let (party, kind) = (self.name(&fact.party), self.wording.label("fact", &fact.fact));
            let value = match fact.fact.as_str() {
                "legal_form" => self.wording.code(codes::LEGAL_FORMS, &fact.value),
                "place" => self.wording.country(&self.wording.subdivision(&fact.value)),
                "practice" => self.wording.code(codes::PRACTICES, &fact.value),
                _ => fact.value.clone(),
            };
            vec![text(self.wording.say("declares", &[("party", &party), ("fact", &kind), ("value", &value)]))]
        });
        let intro = Block::Paragraph(self.sentence("unproven", &Holes::default())?);
        let mut section = self.section("unproven", vec![intro, Block::List(items.collect())]);
        section.sources = (0..facts.len()).map(|index| format!("/unproven/{index}")).collect();
        Ok(Some(section))
    }

    /// From the clauses to the lines of both manifests.
    pub(super) fn provenance(&self, sections: &[Section]) -> Result<Section, ContractError> {
        let places = &self.agreement.provenance;
        if places.is_empty() {
            let blocks = vec![Block::Paragraph(self.sentence("no_provenance", &Holes::default())?)];
            return Ok(self.section("provenance", blocks));
        }
        let mut rows: Vec<(usize, Vec<Vec<Inline>>)> = places
            .iter()
            .map(|entry| {
                let (order, clause) = clause_of(sections, &entry.of);
                (order, self.provenance_row(entry, clause))
            })
            .collect();
        rows.sort_by_key(|(order, _)| *order);
        let heading =
            |key: &str| Column { heading: self.wording.word(&format!("col.{key}")).to_owned(), amounts: false };
        let stated = self.agreement.parties.iter().map(|party| Column {
            heading: self.wording.say("col.stated", &[("party", &self.name(&party.id))]),
            amounts: false,
        });
        let table = Table {
            caption: self.wording.word("table.provenance").to_owned(),
            columns: ["clause", "part", "rule"].into_iter().map(heading).chain(stated).collect(),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        };
        let intro = Block::Paragraph(self.sentence("provenance", &Holes::default())?);
        Ok(self.section("provenance", vec![intro, Block::Table(table)]))
    }

    fn provenance_row(&self, entry: &Provenance, clause: Option<&Section>) -> Vec<Vec<Inline>> {
        let named = |clause: &Section| vec![reference(&clause.anchor), text(format!(" {}", clause.heading))];
        let mut row = vec![
            clause.map_or_else(|| vec![text(self.wording.word("none"))], named),
            vec![Inline::Code(entry.of.clone())],
            vec![text(entry.rule.clone())],
        ];
        for party in &self.agreement.parties {
            let places: Vec<&StatementPlace> =
                entry.statements.iter().filter(|place| place.party == party.id).collect();
            row.push(self.places(&places));
        }
        row
    }

    fn places(&self, places: &[&StatementPlace]) -> Vec<Inline> {
        if places.is_empty() {
            return vec![text(self.wording.word("none"))];
        }
        let mut out = Vec::new();
        for place in places {
            out.extend((!out.is_empty()).then(|| text("; ")));
            out.push(Inline::Code(format!("{}:{}:{}", file_name(&place.file), place.line, place.column)));
            out.push(text(" "));
            out.push(Inline::Code(place.pointer.clone()));
        }
        out
    }
}

/// The name of a file without the folders above it, which are those of whoever drew up the agreement.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(path)
}

/// The clause that puts a part of the agreement into words, and its place among all: the one that names the part or most
/// closely holds it, else the first that puts something inside it into words.
fn clause_of<'s>(sections: &'s [Section], of: &str) -> (usize, Option<&'s Section>) {
    let all = sections.iter().flat_map(|section| std::iter::once(section).chain(&section.clauses)).enumerate();
    let closeness = |section: &Section| section.sources.iter().filter_map(|source| closeness(source, of)).max();
    let ranked = all.filter_map(|(order, section)| Some((closeness(section)?, order, section)));
    let best = ranked.min_by_key(|(close, order, _)| (std::cmp::Reverse(*close), *order));
    best.map_or((usize::MAX, None), |(_, order, section)| (order, Some(section)))
}

/// How closely what a clause puts into words is the part that is looked for.
fn closeness(source: &str, of: &str) -> Option<usize> {
    if holds(source, of) { Some(source.len()) } else { holds(of, source).then_some(0) }
}

/// Whether `part` is `whole` or lies in it.
fn holds(whole: &str, part: &str) -> bool {
    part.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_belongs_to_the_clause_that_names_it_most_closely() {
        let section = |anchor: &str, sources: &[&str]| Section {
            anchor: anchor.into(),
            sources: sources.iter().map(|source| (*source).to_owned()).collect(),
            ..Section::default()
        };
        let sections = [
            section("line", &["/lines/1"]),
            section("price", &["/lines/1/price"]),
            section("ten", &["/lines/10/price"]),
        ];
        let of = |pointer: &str| clause_of(&sections, pointer).1.map(|section| section.anchor.as_str());
        assert_eq!(of("/lines/1"), Some("line"));
        assert_eq!(of("/lines/1/price/total"), Some("price"));
        assert_eq!(of("/lines/1/units"), Some("line"));
        assert_eq!(of("/lines/10"), Some("ten"));
        assert_eq!(of("/terms/0"), None);
    }
}
