//! Comments by which the writer of a manifest allows what a rule dislikes, with the reason.
//!
//! `# clm: allow(rule) because …` holds for the entry that begins on the next line, or for its own line where it stands
//! behind something; `allow-file` holds for the whole file. What is allowed stays among the findings, waived. An error
//! cannot be allowed: such a manifest cannot be understood, whatever the reason.

mod directive;
pub mod rules;
mod scope;

use directive::Directive;

use crate::diagnostic::{self, Diagnostic, Edit, Place, Rule, Severity, Text, Waiver};
use crate::source::{Source, Span};
use crate::syntax::{Comment, Document, comments};

pub use rules::RULES;

/// How rules are found that comments name. Those of all layers can be named, and not all are known here.
#[derive(Clone, Copy, Debug)]
pub struct KnownRules {
    /// The rule of a code or name.
    pub find: fn(&str) -> Option<&'static Rule>,
    /// The rule that was probably meant.
    pub nearest: fn(&str) -> Option<&'static Rule>,
}

/// Waives what the comments of a document allow, and adds what is wrong with these comments.
pub fn apply(document: &Document, source: &Source, book: KnownRules, findings: &mut Vec<Diagnostic>) {
    let text = source.text();
    // Most manifests have none, and looking for comments takes a walk over the whole document.
    if !text.split('#').skip(1).any(|behind| behind.trim_start().starts_with("clm:")) {
        return;
    }
    // With an error in a manifest nothing is advised about it, so that nobody knows what would be found.
    let complete = !diagnostic::has_errors(findings);
    let mut faults = Vec::new();
    for comment in comments(document, text) {
        match Directive::read(comment, text) {
            None => {}
            Some(Err(fault)) => faults.push(fault.at(document.source())),
            Some(Ok(directive)) => {
                let covered = scope::of(&directive, document, text);
                for name in &directive.rules {
                    let place = Place::new(document.source(), name.span);
                    let fault = match (book.find)(name.text) {
                        Some(rule) => allow(&directive, rule, place, covered, text, findings),
                        None => Some(unknown(name.text, place, book)),
                    };
                    faults.extend(fault.filter(|fault| complete || fault.rule != &rules::UNUSED_ALLOWANCE));
                }
            }
        }
    }
    findings.extend(faults);
}

/// Waives what one comment allows of one rule; what is wrong with that.
fn allow(
    directive: &Directive<'_>,
    rule: &'static Rule,
    name: Place,
    covered: Span,
    text: &str,
    findings: &mut [Diagnostic],
) -> Option<Diagnostic> {
    let inside = |at: usize| covered.start <= at && at <= covered.end;
    let mut found = findings.iter_mut().filter(|f| f.rule == rule && inside(f.place.span.start)).peekable();
    if found.peek().is_none() {
        return Some(unused(directive, rule.name, name, text));
    }
    let mut error = false;
    for finding in found {
        if finding.severity == Severity::Error {
            error = true;
        } else {
            finding.waiver = Some(Waiver::Comment(directive.reason.to_owned()));
        }
    }
    error.then(|| {
        let fault = Diagnostic::new(&rules::ALLOWED_ERROR, name).with("rule", rule.name);
        fault.help(Text::new("mend it; only warnings and notes can be allowed"))
    })
}

fn unknown(name: &str, place: Place, book: KnownRules) -> Diagnostic {
    let finding = Diagnostic::new(&rules::UNKNOWN_ALLOWED_RULE, place).with("rule", name);
    match (book.nearest)(name) {
        Some(near) => {
            finding.help(Text::new("did you mean `{meant}`?").with("meant", near.name)).fix(place, near.name, false)
        }
        None => finding.help(Text::new("`clm rules` lists all rules")),
    }
}

/// The finding for a comment that allows what is not there; it may go where it allows nothing else.
fn unused(directive: &Directive<'_>, rule: &str, place: Place, text: &str) -> Diagnostic {
    let finding = Diagnostic::new(&rules::UNUSED_ALLOWANCE, place).with("rule", rule);
    if directive.rules.len() > 1 {
        return finding.help(Text::new("take the name out of the comment"));
    }
    let edit = Edit { place: Place::new(place.source, whole(directive.comment, text)), replacement: String::new() };
    finding.help(Text::new("take the comment out")).edits(vec![edit], true)
}

/// A comment with what goes when it is taken out: its line, or the space before it.
fn whole(comment: Comment, text: &str) -> Span {
    let before = text.get(..comment.span.start).unwrap_or_default();
    if comment.alone {
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = text.get(comment.span.end..).unwrap_or_default();
        let end = rest.find('\n').map_or(text.len(), |at| comment.span.end + at + 1);
        Span::new(start, end)
    } else {
        Span::new(before.trim_end_matches([' ', '\t']).len(), comment.span.end)
    }
}
