//! Reading a comment that speaks to the tool.

use super::rules;
use crate::diagnostic::{Diagnostic, Place, Rule, Text};
use crate::source::{SourceId, Span};
use crate::syntax::Comment;

/// What a comment allows.
#[derive(Debug)]
pub(super) struct Directive<'t> {
    /// Where it stands.
    pub(super) comment: Comment,
    /// Whether it holds for the whole file.
    pub(super) file: bool,
    /// The rules by name or code, as written.
    pub(super) rules: Vec<Name<'t>>,
    /// Why.
    pub(super) reason: &'t str,
}

/// A word with its place.
#[derive(Debug)]
pub(super) struct Name<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
}

/// Why a comment that speaks to the tool cannot be followed.
#[derive(Debug)]
pub(super) struct Fault {
    rule: &'static Rule,
    span: Span,
    help: Text,
}

impl Fault {
    pub(super) fn at(&self, source: SourceId) -> Diagnostic {
        Diagnostic::new(self.rule, Place::new(source, self.span)).help(self.help.clone())
    }
}

/// How a comment is written that allows something.
const FORM: Text = Text::new("write `# clm: allow(rule-name) because …`, or `allow-file` for the whole file");

/// What a reason begins with.
const BECAUSE: [&str; 2] = ["because", "porque"];

/// What a comment says to the tool, behind its name in whatever case; none where it speaks to nobody.
pub(super) fn addressed(words: &str) -> Option<&str> {
    let (name, said) = words.split_at_checked("clm:".len())?;
    name.eq_ignore_ascii_case("clm:").then_some(said)
}

impl<'t> Directive<'t> {
    /// Reads a comment; none where it does not speak to the tool.
    pub(super) fn read(comment: Comment, text: &'t str) -> Option<Result<Self, Fault>> {
        let words = comment.words(text);
        let said = addressed(words)?.trim_start();
        // A remark on the version of the language begins alike.
        if said.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        Some(Self::said(comment, said, text))
    }

    fn said(comment: Comment, said: &'t str, text: &'t str) -> Result<Self, Fault> {
        let fault = |rule, span, help| Err(Fault { rule, span, help });
        let parts = said.split_once('(').and_then(|(verb, rest)| Some((verb.trim(), rest.split_once(')')?)));
        let Some((verb, (names, behind))) = parts else {
            return fault(&rules::UNREADABLE_ALLOWANCE, comment.span, FORM);
        };
        if verb != "allow" && verb != "allow-file" {
            return fault(&rules::UNREADABLE_ALLOWANCE, comment.span, FORM);
        }
        let rules = named(names, text);
        if rules.is_empty() {
            return fault(&rules::UNREADABLE_ALLOWANCE, comment.span, FORM);
        }
        if let Some(rest) = behind.trim_start().strip_prefix(':').filter(|rest| given(rest).is_some()) {
            let colon = offset(rest, text).saturating_sub(1);
            let help = Text::new("take out the colon before `because`");
            return fault(&rules::UNREADABLE_ALLOWANCE, Span::new(colon, colon + 1), help);
        }
        let Some(reason) = given(behind) else {
            let help = Text::new("say why behind it: `because …`; what needs no reason is better mended");
            return fault(&rules::ALLOWANCE_WITHOUT_REASON, comment.span, help);
        };
        Ok(Self { comment, file: verb == "allow-file", rules, reason })
    }
}

/// The reason that stands behind what is allowed; none where nothing is said, in letters.
fn given(behind: &str) -> Option<&str> {
    let reason = BECAUSE.iter().find_map(|word| behind.trim().strip_prefix(word))?.trim();
    reason.contains(char::is_alphabetic).then_some(reason)
}

/// Where a part of a text begins in it.
fn offset(part: &str, text: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// The names between the brackets, with their places in the text.
fn named<'t>(names: &'t str, text: &'t str) -> Vec<Name<'t>> {
    let parts = names.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| Name { text: part, span: Span::new(offset(part, text), offset(part, text) + part.len()) })
        .collect()
}
