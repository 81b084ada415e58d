//! The sections that hold terms: which term stands in which, and how a term becomes a clause.
//!
//! Lines on which a clause reads the same share it. A clause says how firm it is: what is only proposed begins with who
//! proposes it, what silence took ends with who stated it.

use super::ContractError;
use super::clause::Holes;
use super::document::{Block, Inline, Section};
use super::drafter::{Choice, Drafter, reference, text};
use crate::agreement::{Line, Role, Status, Term};
use crate::i18n::{capitalised, fill};
use crate::vocab::terms::{self, CUSTOM_AGREEMENT, CUSTOM_LINE, Scope};

/// A section of terms.
struct Topic {
    key: &'static str,
    terms: &'static [&'static str],
}

/// Which section holds which terms, in the order of the contract; a test holds that each term stands in one.
const TOPICS: &[Topic] = &[
    Topic { key: "goods", terms: &["properties", "certificates", "receiver_brings", "output_licence"] },
    Topic { key: "quantity", terms: &["quantity", "every", "volume", "tolerance"] },
    Topic { key: "price", terms: &["price", "tax", "price_revision", "price_notice"] },
    Topic {
        key: "delivery",
        terms: &[
            "delivery",
            "lead_time",
            "delivery_date",
            "delivery_days",
            "delivery_hours",
            "packaging",
            "delay_penalty",
        ],
    },
    Topic { key: "quality", terms: &["shelf_life", "inspection", "warranty"] },
    Topic {
        key: "payment",
        terms: &["payment_days", "payment_method", "early_discount", "credit_share", "late_interest"],
    },
    Topic { key: "systems", terms: &["confidentiality"] },
    Topic { key: "duration", terms: &["duration", "termination_notice"] },
    Topic { key: "liability", terms: &["liability_cap"] },
    Topic { key: "status", terms: &["loss_of_status"] },
    Topic { key: "gift", terms: &["fairness"] },
    Topic { key: "law", terms: &["law", "disputes"] },
];

/// What is stated on a term, ready for its clause.
#[derive(Default)]
pub(super) struct Stated<'a> {
    pub(super) value: Vec<Inline>,
    pub(super) status: Status,
    pub(super) by: Option<&'a str>,
    /// Who chooses, and whether inside a range.
    pub(super) chooser: Option<(&'a str, bool)>,
    pub(super) code: &'static str,
    /// What kind of statement it is, for templates that word each in its own way.
    pub(super) form: Form,
    pub(super) place: Vec<Inline>,
    pub(super) circuit: Vec<Inline>,
    /// What stands below the clause: amounts, remarks.
    pub(super) below: Vec<Block>,
    pub(super) pointer: String,
}

/// What kind of statement is made on a term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// A range, or alternatives.
    #[default]
    Several,
    /// One value.
    One,
    /// One value, and it is nothing: 0 %, or no money.
    Nothing,
    /// No value yet.
    Gap,
}

impl Form {
    /// The word by which templates test it.
    fn word(self) -> &'static str {
        match self {
            Self::Several => "several",
            Self::One => "one",
            Self::Nothing => "nothing",
            Self::Gap => "gap",
        }
    }
}

/// Lines that share a wording.
struct Group {
    lines: Vec<usize>,
    heading: String,
    blocks: Vec<Block>,
    choice: Option<(Vec<Inline>, String)>,
}

impl Group {
    fn is_on_lines(&self) -> bool {
        !self.lines.is_empty()
    }
}

impl<'a> Drafter<'a> {
    /// All sections that hold terms, without those that would be empty.
    pub(super) fn terms(&self, choices: &mut Vec<Choice>) -> Result<Vec<Section>, ContractError> {
        let mut out = Vec::new();
        for topic in TOPICS {
            let mut section = self.section(topic.key, Vec::new());
            match topic.key {
                "goods" => self.goods(&mut section)?,
                "systems" => section.clauses.extend(self.operations()?),
                "duration" => section.clauses.push(self.dates()?),
                _ => {}
            }
            for name in topic.terms {
                section.clauses.extend(self.term_clause(name, name, choices)?);
                if *name == "price" {
                    self.add_amounts(&mut section);
                }
            }
            out.push(section);
        }
        out.push(self.custom_terms(choices)?);
        out.retain(|section| !section.blocks.is_empty() || !section.clauses.is_empty());
        Ok(out)
    }

    fn custom_terms(&self, choices: &mut Vec<Choice>) -> Result<Section, ContractError> {
        let on_lines = self.agreement.lines.iter().flat_map(|line| names(&line.terms, &line.open));
        let mut found: Vec<&str> =
            on_lines.chain(names(&self.agreement.terms, &self.agreement.open)).filter(|name| is_custom(name)).collect();
        found.sort_unstable();
        found.dedup();
        let mut section = self.section("other", Vec::new());
        for (index, name) in found.iter().enumerate() {
            section.clauses.extend(self.term_clause(name, &format!("other-{}", index + 1), choices)?);
        }
        Ok(section)
    }

    /// The clause of a term: what the whole says on it, then what each line says.
    fn term_clause(
        &self,
        name: &str,
        anchor: &str,
        choices: &mut Vec<Choice>,
    ) -> Result<Option<Section>, ContractError> {
        let mut clause = Section { anchor: anchor.replace('_', "-"), ..Section::default() };
        let mut groups = Vec::new();
        for stated in self.agreement_term(name) {
            clause.sources.push(stated.pointer.clone());
            groups.push(self.group(name, Vec::new(), stated, None)?);
        }
        for (index, line) in self.agreement.lines.iter().enumerate() {
            for stated in self.line_term(index, line, name) {
                clause.sources.push(stated.pointer.clone());
                let next = self.group(name, vec![index], stated, Some(line))?;
                match groups.iter_mut().find(|group: &&mut Group| group.is_on_lines() && group.blocks == next.blocks) {
                    Some(group) => group.lines.extend(next.lines),
                    None => groups.push(next),
                }
            }
        }
        let Some(first) = groups.first() else {
            return Ok(None);
        };
        clause.heading = first.heading.clone();
        for group in groups {
            if let Some((value, chooser)) = group.choice {
                let (anchor, heading) = (clause.anchor.clone(), clause.heading.clone());
                let scope = self.scope(&group.lines, "lines_among").unwrap_or_default();
                choices.push(Choice { anchor, heading, scope, value, chooser });
            }
            clause.blocks.extend(self.with_lines(&group.lines, group.blocks));
        }
        Ok(Some(clause))
    }

    fn group(
        &self,
        name: &str,
        lines: Vec<usize>,
        stated: Stated<'a>,
        line: Option<&'a Line>,
    ) -> Result<Group, ContractError> {
        let party = |role| line.map(|line| self.party(Drafter::in_role(line, role))).unwrap_or_default();
        let holes = Holes::default()
            .put("provider", party(Role::Provider))
            .put("receiver", party(Role::Receiver))
            .put("value", stated.value.clone())
            .put("place", stated.place.clone())
            .put("circuit", stated.circuit.clone())
            .put("term", vec![Inline::Code(name.to_owned())])
            .put("dates", self.agreement.ends.as_ref().map(|_| reference("dates")).into_iter().collect())
            .test("code", stated.code)
            .test("form", stated.form.word())
            .test("once", line.is_some_and(|line| line.every.is_none()));
        let template = if is_custom(name) { "custom" } else { name };
        let mut written = self.clause(&format!("terms/{template}"), &holes)?;
        if is_custom(name) {
            written.heading = custom_heading(name);
        }
        self.add_status(&mut written.blocks, &stated);
        written.blocks.extend(stated.below);
        let choice = stated.chooser.map(|(chooser, _)| (stated.value, self.name(chooser)));
        Ok(Group { lines, heading: written.heading, blocks: written.blocks, choice })
    }

    /// Says who proposes, who took what by silence, and who chooses.
    fn add_status(&self, blocks: &mut [Block], stated: &Stated<'a>) {
        let word = |key: &str| self.wording.word(key).to_owned();
        let by = stated.by.map(|id| self.name(id));
        if stated.status == Status::Proposed {
            let party = by.clone().unwrap_or_else(|| word("one_party"));
            for block in blocks.iter_mut() {
                let mark = Inline::Proposed(self.wording.say("proposed", &[("party", &party)]));
                prefix(block, vec![mark, text(": ")]);
            }
        }
        let mut after = Vec::new();
        if let Some((chooser, range)) = stated.chooser {
            let key = if range { "chooser_range" } else { "chooser_list" };
            after.push(text(format!(" {}", self.wording.say(key, &[("party", &self.name(chooser))]))));
        }
        if stated.status == Status::AcceptedBySilence {
            let other = stated.by.and_then(|id| self.other(id)).map(|id| self.name(id));
            let (by, other) = (by.unwrap_or_else(|| word("one_party")), other.unwrap_or_else(|| word("other_party")));
            after.push(text(" "));
            after.push(Inline::Aside(self.wording.say("accepted", &[("by", &by), ("other", &other)])));
        }
        let Some(Block::Paragraph(last)) = blocks.last_mut() else {
            return;
        };
        last.extend(after);
    }

    /// Says on which lines a wording holds, where it does not hold on all.
    fn with_lines(&self, lines: &[usize], mut blocks: Vec<Block>) -> Vec<Block> {
        if let (Some(named), Some(block)) = (self.scope(lines, "lines_named"), blocks.first_mut()) {
            prefix(block, vec![Inline::Scope(named), text(" ")]);
        }
        blocks
    }

    /// The numbers of lines in a phrase; none where they are all lines or the agreement as a whole.
    fn scope(&self, lines: &[usize], phrase: &str) -> Option<String> {
        if lines.is_empty() || lines.len() == self.agreement.lines.len() {
            return None;
        }
        let numbers: Vec<String> = lines.iter().map(|index| (index + 1).to_string()).collect();
        let phrase = self.wording.form(phrase, numbers.len() == 1);
        Some(fill(&phrase, &[("list", &self.wording.locale.list(&numbers))]))
    }

    /// All that the agreement as a whole says on a term.
    fn agreement_term(&self, name: &str) -> Vec<Stated<'a>> {
        let row = terms::term(Scope::Agreement, name).unwrap_or(&CUSTOM_AGREEMENT);
        let found = self.agreement.terms.iter().enumerate().filter(|(_, term)| term.term == name);
        let mut out: Vec<Stated<'a>> = found
            .map(|(index, term)| {
                let mut stated = self.stated(term, row, format!("/terms/{index}"), None);
                if name == "price_revision" && self.is_index_in_pesos(term) {
                    stated.below.extend(self.remark("note_ar_index"));
                }
                stated
            })
            .collect();
        out.extend(self.gap(&self.agreement.open, name, "/open"));
        out
    }

    /// All that a line says on a term.
    fn line_term(&self, index: usize, line: &'a Line, name: &str) -> Vec<Stated<'a>> {
        let pointer = format!("/lines/{index}");
        let row = terms::term(Scope::Line, name).unwrap_or(&CUSTOM_LINE);
        let own = self.own_term(line, name).map(|stated| Stated { pointer: format!("{pointer}/{name}"), ..stated });
        let found = line.terms.iter().enumerate().filter(|(_, term)| term.term == name).map(|(at, term)| {
            self.with_line_details(line, term, self.stated(term, row, format!("{pointer}/terms/{at}"), Some(line)))
        });
        own.into_iter().chain(found).chain(self.gap(&line.open, name, &format!("{pointer}/open"))).collect()
    }

    /// The gap of a term that a contract needs and nobody stated.
    fn gap(&self, open: &[String], name: &str, pointer: &str) -> Option<Stated<'a>> {
        let at = open.iter().position(|open| open == name)?;
        let slot = || vec![self.wording.slot()];
        let form = Form::Gap;
        Some(Stated { value: slot(), circuit: slot(), form, pointer: format!("{pointer}/{at}"), ..Stated::default() })
    }

    fn stated(&self, term: &'a Term, row: &terms::Term, pointer: String, line: Option<&'a Line>) -> Stated<'a> {
        let is_range = term.at_least != term.at_most || term.at_least.is_none();
        let leaves_room = term.value.is_none() && (term.values.len() > 1 || (term.values.is_empty() && is_range));
        let chooser = term.chooser.zip(line).filter(|_| leaves_room);
        Stated {
            value: self.wording.term(term, row.kind, row.values),
            status: term.status,
            by: term.by.as_deref(),
            chooser: chooser.map(|(role, line)| (Drafter::in_role(line, role), term.values.is_empty())),
            form: form_of(term),
            pointer,
            ..Stated::default()
        }
    }

    /// A remark of law, which is no part of what is agreed.
    pub(super) fn remark(&self, template: &str) -> Option<Block> {
        self.sentence(template, &Holes::default()).ok().map(Block::Note)
    }
}

fn names<'t>(terms: &'t [Term], open: &'t [String]) -> impl Iterator<Item = &'t str> {
    terms.iter().map(|term| term.term.as_str()).chain(open.iter().map(String::as_str))
}

/// Whether a term is of the coops' own: whatever the catalogue does not name is shown as one.
fn is_custom(name: &str) -> bool {
    !terms::TERMS.iter().any(|term| term.name == name)
}

/// A term of the coops' own as a heading: `x_pallet_deposit` is `Pallet deposit`.
fn custom_heading(name: &str) -> String {
    capitalised(name.strip_prefix("x_").filter(|rest| !rest.is_empty()).unwrap_or(name)).replace('_', " ")
}

fn form_of(term: &Term) -> Form {
    match (&term.value, &term.at_least, &term.at_most) {
        (Some(value), ..) => one_or_nothing(value),
        (None, Some(a), Some(b)) if a == b && term.values.is_empty() => one_or_nothing(a),
        (None, None, None) if term.values.is_empty() => Form::Gap,
        _ if term.values.len() == 1 => Form::One,
        _ => Form::Several,
    }
}

fn one_or_nothing(value: &str) -> Form {
    if value == "0 %" { Form::Nothing } else { Form::One }
}

fn prefix(block: &mut Block, before: Vec<Inline>) {
    if let Block::Paragraph(content) = block {
        content.splice(0..0, before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_term_stands_in_exactly_one_section() {
        let placed: Vec<_> = TOPICS.iter().flat_map(|topic| topic.terms).collect();
        for term in terms::TERMS {
            assert_eq!(placed.iter().filter(|name| ***name == term.name).count(), 1, "{}", term.name);
        }
        assert_eq!(placed.len(), terms::TERMS.len());
    }
}
