//! What speaks against a line or an agreement, before it is put into an outcome.

use super::rules;
use super::terms::{Issue, same_scale};
use crate::diagnostic::Text;
use crate::manifest::model::TermDomain;
use crate::negotiate::outcome::{Conflict, Reason, Statement};

/// Statements that cannot hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clash {
    pub(super) kind: &'static str,
    /// The term on which they clash, where it is one.
    pub(super) term: Option<String>,
    /// The property or the certificate that is asked and is lacking or another, where it is one.
    pub(super) asked: Option<String>,
    pub(super) sentence: Text,
    pub(super) said: Vec<Statement>,
}

impl Clash {
    pub(super) fn new(kind: &'static str, sentence: Text, said: Vec<Statement>) -> Self {
        Self { kind, term: None, asked: None, sentence, said }
    }

    /// Two statements on a term without a common value.
    pub(super) fn of_term(issue: &Issue<'_>, said: Vec<Statement>) -> Self {
        let sentence = match [issue.provider, issue.receiver].map(|statement| statement.map(|s| &s.domain)) {
            [Some(TermDomain::Range(_)), Some(TermDomain::Choices(_))]
            | [Some(TermDomain::Choices(_)), Some(TermDomain::Range(_))] => {
                Text::new("on `{term}` one states a range and the other a choice, which have nothing in common")
            }
            [Some(TermDomain::Range(one)), Some(TermDomain::Range(other))] if !same_scale(&one.scale, &other.scale) => {
                Text::new("on `{term}` the two count in different units, and neither converts into the other")
            }
            _ => Text::new("on `{term}` the two have nothing in common"),
        };
        Self::new("term", sentence.with("term", issue.key), said).on(issue.key)
    }

    /// Names the term.
    pub(super) fn on(mut self, term: &str) -> Self {
        self.term = Some(term.to_owned());
        self
    }

    /// Names the property or the certificate that is asked.
    pub(super) fn for_lack_of(mut self, asked: &str) -> Self {
        self.asked = Some(asked.to_owned());
        self
    }

    /// Whether it is about who and when, and not about the terms of the two lines.
    pub(super) fn is_outer(&self) -> bool {
        self.is_of_admission() || self.is_of_windows()
    }

    /// Whether it is that a side is not admitted.
    pub(super) fn is_of_admission(&self) -> bool {
        self.kind == "eligibility"
    }

    /// Whether another is of the same kind and about the same term, property or certificate, if about one, or of the same line
    /// that is not granted, whatever is said of it.
    pub(super) fn is_on_the_same_as(&self, other: &Self) -> bool {
        let line = |clash: &Self| clash.said.first().filter(|_| clash.is_of_admission()).and_then(|said| said.role);
        let subject = |clash: &Self| (clash.kind, clash.term.clone(), clash.asked.clone(), line(clash));
        subject(self) == subject(other)
    }

    /// Whether it is that windows have no day in common.
    pub(super) fn is_of_windows(&self) -> bool {
        self.kind == "time" && self.term.is_none()
    }

    pub(super) fn into_conflict(self) -> Conflict {
        let code = rules::of(self.kind).map(|rule| rule.code);
        let reason = Reason::new(self.kind, self.sentence);
        Conflict { code, reason, statements: self.said, changes: Vec::new() }
    }
}
