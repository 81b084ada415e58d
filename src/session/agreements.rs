//! Agreements that were written: read back, drafted into contracts, verified against the manifests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use schemars::Schema;

use super::{Negotiated, Session};
use crate::agreement::{Agreement, Format, agreement_schema, digest_of, write};
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::input as rules;
use crate::negotiate::Explain;
use crate::schema;
use crate::schema::shape::Checker;
use crate::source::{Source, SourceId, Span};
use crate::syntax::{self, Document, de};
use crate::world::World;

/// An agreement that was read.
#[derive(Debug)]
pub struct Opened {
    /// What it says.
    pub agreement: Agreement,
    /// Its text.
    pub source: SourceId,
}

/// One thing in which an agreement differs from what the manifests give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// JSON Pointer in the agreement.
    pub pointer: String,
    /// What the file says; `None` where it says nothing.
    pub found: Option<String>,
    /// What the manifests give; `None` where they give nothing.
    pub expected: Option<String>,
}

/// What verifying came to.
#[derive(Debug)]
pub enum Verification {
    /// The file is what the manifests give, byte for byte.
    Same,
    /// It says the same, but is not written the same.
    WrittenDifferently {
        /// The first line that differs, counted from one.
        line: usize,
    },
    /// It is between other coops than those of the manifests.
    OtherParties {
        /// The coops of the agreement.
        agreement: Vec<String>,
        /// The coops of the manifests.
        manifests: Vec<String>,
    },
    /// It differs.
    Differs {
        /// The parties whose manifest is not the one of which the agreement was made.
        changed: Vec<String>,
        /// In what it differs.
        differences: Vec<Difference>,
    },
    /// The manifests give no agreement.
    NoAgreement,
    /// Something could not be read: the findings.
    Refused(Vec<Diagnostic>),
}

/// The check of agreements, built when the first is read.
static CHECKER: LazyLock<Result<Checker, String>> = LazyLock::new(|| {
    let mut schema = Schema::try_from(agreement_schema()).map_err(|error| error.to_string())?;
    schema::field_decides(&mut schema);
    Checker::new(schema.to_value())
});

impl<W: World> Session<W> {
    /// Reads an agreement and checks that it is the one that its digest was taken of.
    ///
    /// # Errors
    /// The findings, if it cannot be read or was altered.
    pub fn open(&mut self, name: &str) -> Result<Opened, Vec<Diagnostic>> {
        let opened = self.open_unsealed(name)?;
        match digest_of(&opened.agreement) {
            Ok(digest) if digest == opened.agreement.digest => Ok(opened),
            _ => {
                let at = Place::new(opened.source, self.digest_span(&opened));
                Err(vec![Diagnostic::new(&rules::ALTERED_AGREEMENT, at)])
            }
        }
    }

    fn digest_span(&self, opened: &Opened) -> Span {
        let text = self.sources.get(opened.source).map(|source| source.text()).unwrap_or_default();
        let digest = opened.agreement.digest.as_str();
        text.find(digest).map_or(Span::at(0), |at| Span::new(at, at + digest.len()))
    }

    fn open_unsealed(&mut self, name: &str) -> Result<Opened, Vec<Diagnostic>> {
        let source = self.text(name).map_err(|problem| vec![*problem])?;
        let Some(text) = self.sources.get(source) else { return Err(Vec::new()) };
        let parsed = syntax::parse(source, text);
        let Some(document) = parsed.document else { return Err(unread(parsed.diagnostics)) };
        if document.get(document.root(), "clm_agreement").is_none() {
            let manifest = document.get(document.root(), "clm");
            let at = manifest.map_or_else(|| document.place(document.root()), |node| document.key_place(node));
            let finding = Diagnostic::new(&rules::NOT_AN_AGREEMENT, at).with("name", super::shown(name));
            return Err(vec![match manifest {
                Some(_) => finding.help(Text::new(
                    "it is a manifest: make an agreement with `clm negotiate A B --output agreement.yaml`, or give two manifests",
                )),
                None => finding,
            }]);
        }
        agreement_of(&document, text).map(|agreement| Opened { agreement, source })
    }

    /// Recomputes an agreement from the two manifests and compares it with the file, byte for byte.
    pub fn verify(&mut self, name: &str, a: &str, b: &str) -> Verification {
        let opened = match self.open_unsealed(name) {
            Ok(opened) => opened,
            Err(findings) => return Verification::Refused(findings),
        };
        let outcome = match self.negotiate(a, b, Explain::Nothing) {
            Negotiated::Done(outcome, _) => outcome,
            Negotiated::Refused(findings) => return Verification::Refused(findings),
        };
        let parties = |ids: BTreeSet<&String>| ids.into_iter().cloned().collect::<Vec<_>>();
        let agreement = parties(opened.agreement.parties.iter().map(|party| &party.id).collect());
        let manifests = parties(outcome.parties.iter().collect());
        if agreement != manifests {
            return Verification::OtherParties { agreement, manifests };
        }
        let Some(expected) = outcome.agreement else { return Verification::NoAgreement };
        let text = self.sources.get(opened.source).map(|source| source.text()).unwrap_or_default();
        let format = if text.trim_start().starts_with('{') { Format::Json } else { Format::Yaml };
        let expected = with_names_of(expected, &opened.agreement);
        let written = write(&expected, format).unwrap_or_default();
        if written == text {
            return Verification::Same;
        }
        let differences = differences(&opened.agreement, &expected);
        if differences.is_empty() {
            return Verification::WrittenDifferently { line: first_difference(text, &written) };
        }
        Verification::Differs { changed: changed(&opened.agreement, &expected), differences }
    }
}

/// The first line in which two texts differ, counted from one.
fn first_difference(a: &str, b: &str) -> usize {
    a.split_inclusive('\n').zip(b.split_inclusive('\n')).take_while(|(a, b)| a == b).count() + 1
}

/// The parties whose manifest has another digest than the agreement says.
fn changed(found: &Agreement, expected: &Agreement) -> Vec<String> {
    let same = |id: &str, digest: &str| found.parties.iter().any(|party| party.id == id && party.manifest == digest);
    let others = expected.parties.iter().filter(|party| !same(&party.id, &party.manifest));
    others.map(|party| party.name.clone()).collect()
}

/// Findings on a text that is no document; what an empty one should begin with is a manifest's way out, not this one's.
fn unread(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for finding in findings.iter_mut().filter(|finding| ["CLM0110", "CLM0111"].contains(&finding.rule.code)) {
        finding.help = rules::NOT_AN_AGREEMENT.way_out();
    }
    findings
}

fn agreement_of(document: &Document, source: &Source) -> Result<Agreement, Vec<Diagnostic>> {
    let unread = |node| {
        let finding =
            Diagnostic::new(&rules::UNREADABLE_FILE, document.place(node)).with("name", document.path(node, source));
        vec![finding.with_text("reason", Text::new("it is not written as agreements are"))]
    };
    let checker = CHECKER.as_ref().map_err(|_| unread(document.root()))?;
    let shape = checker.check(document);
    if !shape.diagnostics.is_empty() {
        return Err(shape.diagnostics);
    }
    let read = de::from_document(document, &BTreeSet::new());
    read.map_err(|error| unread(error.node.unwrap_or(document.root())))
}

/// Files may lie elsewhere now than when the agreement was made: their names are taken from it.
fn with_names_of(mut agreement: Agreement, written: &Agreement) -> Agreement {
    let places = written.provenance.iter().flat_map(|p| &p.statements);
    let names: BTreeMap<&String, &String> = places.map(|place| (&place.party, &place.file)).collect();
    for place in agreement.provenance.iter_mut().flat_map(|p| &mut p.statements) {
        if let Some(name) = names.get(&place.party) {
            place.file.clone_from(name);
        }
    }
    agreement
}

fn differences(found: &Agreement, expected: &Agreement) -> Vec<Difference> {
    let json = |agreement: &Agreement| serde_json::to_value(agreement).unwrap_or_default();
    let mut all = Vec::new();
    compare("", Some(&json(found)), Some(&json(expected)), &mut all);
    all
}

fn compare(
    pointer: &str,
    found: Option<&serde_json::Value>,
    expected: Option<&serde_json::Value>,
    all: &mut Vec<Difference>,
) {
    use serde_json::Value;
    match (found, expected) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            keys.into_iter().for_each(|key| compare(&format!("{pointer}/{key}"), a.get(key), b.get(key), all));
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            (0..a.len().max(b.len())).for_each(|i| compare(&format!("{pointer}/{i}"), a.get(i), b.get(i), all));
        }
        (found, expected) if found == expected => {}
        (found, expected) => {
            let text = |value: Option<&Value>| {
                value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            };
            all.push(Difference { pointer: pointer.to_owned(), found: text(found), expected: text(expected) });
        }
    }
}
