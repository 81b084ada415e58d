//! Comments by which the writer of a manifest allows what a rule dislikes, with the reason.
//!
//! `# clm: allow(rule) because …` holds for the entry that begins on the next line, or for its own line where it stands
//! behind something; `allow-file` holds for the whole file. What is allowed stays among the findings, waived. An error
//! cannot be allowed: such a manifest cannot be understood, whatever the reason.

mod directive;
pub mod rules;
mod scope;

use std::collections::BTreeMap;

use directive::Directive;
use scope::Scopes;

use crate::diagnostic::{self, Diagnostic, Edit, Group, Place, Rule, Severity, Text, Waiver, shortened};
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
    if !text.split('#').skip(1).any(|behind| directive::addressed(behind.trim_start()).is_some()) {
        return;
    }
    // With an error in a manifest nothing is advised about it, so that nobody knows what would be found.
    let complete = !diagnostic::has_errors(findings);
    let mut faults = Vec::new();
    let mut allowances = Vec::new();
    let scopes = Scopes::of(document, text);
    let read = comments(document, text).into_iter().filter_map(|comment| Directive::read(comment, text));
    let directives: Vec<_> = read.collect();
    for directive in &directives {
        match directive {
            Err(fault) => faults.push(fault.at(document.source())),
            Ok(directive) => {
                let covered = scopes.covered(directive);
                for name in &directive.rules {
                    let place = Place::new(document.source(), name.span);
                    match (book.find)(name.text) {
                        Some(rule) => allowances.push(Allowance { directive, rule, place, covered }),
                        None => faults.push(unknown(name.text, place, book, faults.len() < MOST_MEANT)),
                    }
                }
            }
        }
    }
    let used = waive(&allowances, findings);
    let judged = allowances.iter().zip(used).filter_map(|(allowance, used)| match used {
        Used::Never => complete.then(|| unused(allowance, text)),
        Used::Waived => None,
        Used::OnError => Some(on_error(allowance)),
    });
    faults.extend(judged);
    findings.extend(faults);
}

/// For so many names that are none, what was probably meant is looked for.
const MOST_MEANT: usize = 100;

/// What one comment allows of one rule.
struct Allowance<'d, 't> {
    directive: &'d Directive<'t>,
    rule: &'static Rule,
    /// Where the rule is named.
    place: Place,
    covered: Span,
}

impl Allowance<'_, '_> {
    /// What tells it from others: those that are alike allow the same.
    fn key(&self) -> (&'static str, Span) {
        (self.rule.code, self.covered)
    }
}

/// What came of an allowance.
#[derive(Clone, Copy)]
enum Used {
    Never,
    Waived,
    /// It would allow an error.
    OnError,
}

/// Waives what is allowed, the later allowance over the earlier, and says what came of each. However often the same is
/// allowed, it is looked at once.
fn waive(allowances: &[Allowance<'_, '_>], findings: &mut [Diagnostic]) -> Vec<Used> {
    let mut of_rule: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        of_rule.entry(finding.rule.code).or_default().push((finding.place.span.start, index));
    }
    of_rule.values_mut().for_each(|found| found.sort_unstable());
    let last: BTreeMap<_, usize> = allowances.iter().enumerate().map(|(at, one)| (one.key(), at)).collect();
    let mut known: BTreeMap<_, Used> = BTreeMap::new();
    let mut judge = |at: usize, allowance: &Allowance<'_, '_>| {
        let found = of_rule.get(allowance.rule.code).map_or(&[][..], Vec::as_slice);
        let from = found.partition_point(|(start, _)| *start < allowance.covered.start);
        let covered = found.iter().skip(from).take_while(|(start, _)| *start <= allowance.covered.end);
        let covered = covered.map(|(_, index)| *index);
        let used = *known.entry(allowance.key()).or_insert_with(|| used(covered.clone(), findings));
        if last.get(&allowance.key()) == Some(&at) {
            let waiver = Waiver::Comment(shortened(allowance.directive.reason).into_owned());
            for index in covered {
                let finding = findings.get_mut(index).filter(|finding| finding.severity != Severity::Error);
                finding.into_iter().for_each(|finding| finding.waiver = Some(waiver.clone()));
            }
        }
        used
    };
    allowances.iter().enumerate().map(|(at, allowance)| judge(at, allowance)).collect()
}

/// What comes of allowing some findings.
fn used(covered: impl Iterator<Item = usize>, findings: &[Diagnostic]) -> Used {
    let severities = covered.filter_map(|index| findings.get(index)).map(|finding| finding.severity);
    match severities.max() {
        None => Used::Never,
        Some(Severity::Error) => Used::OnError,
        Some(_) => Used::Waived,
    }
}

fn on_error(allowance: &Allowance<'_, '_>) -> Diagnostic {
    Diagnostic::new(&rules::ALLOWED_ERROR, allowance.place)
        .with("rule", allowance.rule.name)
        .help(Text::new("mend it; only warnings and notes can be allowed"))
}

fn unknown(name: &str, place: Place, book: KnownRules, look: bool) -> Diagnostic {
    let finding = Diagnostic::new(&rules::UNKNOWN_ALLOWED_RULE, place).with("rule", name);
    if Group::ALL.iter().any(|group| group.name() == name) {
        let help =
            Text::new("`{group}` is a group: allow its rules one by one; `clm rules --group {group}` lists them");
        return finding.help(help.with("group", name));
    }
    match Some(name).filter(|_| look).and_then(book.nearest) {
        Some(near) => {
            finding.help(Text::new("did you mean `{meant}`?").with("meant", near.name)).fix(place, near.name, false)
        }
        None => finding.help(Text::new("`clm rules` lists all rules")),
    }
}

/// The finding for a comment that allows what is not there; it may go where it allows nothing else.
fn unused(allowance: &Allowance<'_, '_>, text: &str) -> Diagnostic {
    let Allowance { directive, rule, place, .. } = allowance;
    let finding = Diagnostic::new(&rules::UNUSED_ALLOWANCE, *place).with("rule", rule.name);
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
