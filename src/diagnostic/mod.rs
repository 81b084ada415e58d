//! What a check has to say: a rule, a place and the data of one sentence.
//!
//! Nothing here is printed. A [`Diagnostic`] carries a sentence template and its arguments, so that every output format
//! and every language renders the same finding. Terminals and their crates are not known here.

mod address;
mod edits;
mod json;
pub mod periods;
mod quotes;
mod rule;

pub use address::{Address, Step, path};
pub use edits::{Moves, apply, disjoint, lies_in};
pub use json::as_json;
pub use quotes::keep_quotes;
pub use rule::{Group, Rule, Severity};

use std::borrow::Cow;

use crate::source::{SourceId, Span};

/// A sentence with holes: `unknown key {key}` and what fills them.
///
/// The template is English and is the key of translations. It is always written as a literal, so that a test finds every
/// one of them in the sources and asks for it in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    template: &'static str,
    /// What fills the holes.
    pub args: Vec<(&'static str, Argument)>,
    /// Whether it is said to somebody who writes JSON.
    in_json: bool,
}

/// What fills a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// What the user wrote, a number, a word of the language: the same to every reader.
    Written(String),
    /// Words of ours, which every language says its own way.
    Said(Text),
}

impl Argument {
    /// How many bytes it keeps.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Written(text) => text.len(),
            Self::Said(text) => text.bytes(),
        }
    }

    /// As it stands in the English sentence.
    pub fn english(&self) -> String {
        match self {
            Self::Written(text) => text.clone(),
            Self::Said(text) => text.english(),
        }
    }
}

impl Text {
    /// A template without arguments yet.
    pub const fn new(template: &'static str) -> Self {
        Self { template, args: Vec::new(), in_json: false }
    }

    /// The same, with the groups, lists and entries that it spells written as JSON has them.
    #[must_use]
    pub fn in_json(mut self) -> Self {
        self.in_json = true;
        self
    }

    /// The words for a number of things: of one, or of any other number, which fills the hole `n`. In every language of ours
    /// only 1 takes the singular.
    pub fn counted(n: usize, one: Self, many: Self) -> Self {
        if n == 1 { one } else { many.with("n", n) }
    }

    /// How many bytes it keeps.
    pub fn bytes(&self) -> usize {
        let args = self.args.iter().map(|arg| size_of_val(arg) + arg.1.bytes());
        size_of::<Self>() + args.sum::<usize>()
    }

    /// The English template with `{name}` holes.
    pub fn template(&self) -> &'static str {
        self.template
    }

    /// Fills the hole `name` with what is the same in every language.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, Argument::Written(value.to_string())));
        self
    }

    /// Fills the hole `name` with words of ours.
    #[must_use]
    pub fn with_text(mut self, name: &'static str, text: Self) -> Self {
        self.args.push((name, Argument::Said(text)));
        self
    }

    /// Renders the sentence, and what is said in its holes, as `words` has each template. Some words change before others:
    /// `meet` is shown what stands before a hole and what will fill it.
    pub fn render(&self, words: &dyn Fn(&'static str) -> &'static str, meet: &dyn Fn(&mut String, &str)) -> String {
        let template = words(self.template);
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            out.push_str(before);
            let Some(close) = from.find('}') else {
                rest = from;
                break;
            };
            let (hole, after) = from.split_at(close + 1);
            let name = hole.trim_matches(['{', '}']);
            let value = match self.args.iter().find(|(key, _)| *key == name) {
                Some((_, Argument::Written(value))) => shortened(value),
                Some((_, Argument::Said(text))) => Cow::Owned(text.render(words, meet)),
                None => Cow::Borrowed(hole),
            };
            meet(&mut out, &value);
            out.push_str(&value);
            rest = after;
        }
        out.push_str(rest);
        if self.in_json { json::with_json(out) } else { out }
    }

    /// Renders the English sentence.
    pub fn english(&self) -> String {
        self.render(&|template| template, &|_, _| ())
    }
}

/// Most characters of what fills a hole: who wrote more knows it by its beginning.
const MOST_SHOWN: usize = 240;

/// A value as it is shown in a sentence.
pub fn shortened(value: &str) -> Cow<'_, str> {
    match value.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", value.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(value),
    }
}

/// Where something is: a source and a span of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which text.
    pub source: SourceId,
    /// Which bytes of it.
    pub span: Span,
}

impl Place {
    /// The place `span` of `source`.
    pub fn new(source: SourceId, span: Span) -> Self {
        Self { source, span }
    }
}

/// A second place that a finding speaks of, with a few words about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What is to be seen there.
    pub text: Text,
}

/// A replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub place: Place,
    /// The new text.
    pub replacement: String,
}

/// The edits that together would mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced, in order of place, none over another.
    pub edits: Vec<Edit>,
    /// Whether it keeps what the writer meant in every case.
    pub safe: bool,
}

/// Why a finding that was found does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waiver {
    /// The writer of the manifest allowed it, for the reason given.
    Comment(String),
    /// It stands in a baseline: it was there before.
    Baseline,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule was broken.
    pub rule: &'static Rule,
    /// How much it matters, by default the rule's own.
    pub severity: Severity,
    /// The smallest thing to edit.
    pub place: Place,
    /// JSON Pointer of the node concerned, for machines; empty for the whole document.
    pub pointer: String,
    /// The same by the names of keys and items, for people.
    pub steps: Vec<Step>,
    /// The sentence.
    pub message: Text,
    /// The way out, at most one.
    pub help: Option<Text>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// The edits that would do, where they are certain.
    pub fix: Option<Fix>,
    /// Why it does not count, if it does not.
    pub waiver: Option<Waiver>,
}

impl Diagnostic {
    /// A finding of `rule` at `place`, with the rule's own sentence, way out and severity, and no arguments yet.
    pub fn new(rule: &'static Rule, place: Place) -> Self {
        Self {
            rule,
            severity: rule.severity,
            place,
            pointer: String::new(),
            steps: Vec::new(),
            message: rule.sentence(),
            help: rule.way_out(),
            labels: Vec::new(),
            fix: None,
            waiver: None,
        }
    }

    /// Fills a hole of the rule's sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.message = self.message.with(name, value);
        self
    }

    /// Fills a hole of the rule's sentence with words of ours.
    #[must_use]
    pub fn with_text(mut self, name: &'static str, text: Text) -> Self {
        self.message = self.message.with_text(name, text);
        self
    }

    /// Says it in another sentence than the rule's own.
    #[must_use]
    pub fn message(mut self, text: Text) -> Self {
        self.message = text;
        self
    }

    /// Says which node is concerned.
    #[must_use]
    pub fn node(mut self, address: Address) -> Self {
        (self.pointer, self.steps) = (address.pointer, address.steps);
        self
    }

    /// Gives the way out; it takes the place of the rule's own.
    #[must_use]
    pub fn help(mut self, text: Text) -> Self {
        self.help = Some(text);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, place: Place, text: Text) -> Self {
        self.labels.push(Label { place, text });
        self
    }

    /// Adds the edit that would do.
    #[must_use]
    pub fn fix(mut self, place: Place, replacement: impl Into<String>, safe: bool) -> Self {
        self.fix = Some(Fix { edits: vec![Edit { place, replacement: replacement.into() }], safe });
        self
    }

    /// Adds edits that would do together.
    #[must_use]
    pub fn edits(mut self, mut edits: Vec<Edit>, safe: bool) -> Self {
        edits.sort_by_key(|edit| edit.place);
        self.fix = Some(Fix { edits, safe });
        self
    }

    /// Whether it counts: nobody has waived it.
    pub fn counts(&self) -> bool {
        self.waiver.is_none()
    }
}

/// Puts findings in the order in which they are shown: by source, place, then code; exact repetitions are dropped.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (a.place.source, a.place.span.start, a.rule.code, a.place.span.end).cmp(&(
            b.place.source,
            b.place.span.start,
            b.rule.code,
            b.place.span.end,
        ))
    });
    diagnostics.dedup();
}

/// Adds the place of a finding to one of the same name, and its edits; at most so many places are shown.
pub fn also_at(told: &mut Diagnostic, finding: Diagnostic, most: usize) {
    let is_told = told.place == finding.place || told.labels.iter().any(|label| label.place == finding.place);
    if !is_told && told.labels.len() < most {
        told.labels.push(Label { place: finding.place, text: Text::new("and here") });
    }
    if let (Some(fix), Some(more)) = (&mut told.fix, finding.fix) {
        fix.edits.extend(more.edits);
        fix.edits.sort_by_key(|edit| edit.place);
        fix.edits.dedup();
    }
}

/// Whether any of the findings is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_by_name_and_unknown_ones_stay_visible() {
        let text = Text::new("unknown key `{key}` in {where}").with("key", "statuss");
        assert_eq!(text.english(), "unknown key `statuss` in {where}");
        assert_eq!(text.render(&|_| "clave `{key}` desconocida", &|_, _| ()), "clave `statuss` desconocida");
    }

    #[test]
    fn words_of_ours_in_a_hole_are_said_in_the_same_language() {
        let text = Text::new("`{key}` takes {due}").with("key", "{due}").with_text("due", Text::new("a list"));
        assert_eq!(text.english(), "`{due}` takes a list");
        let spanish = |template| if template == "a list" { "una lista" } else { "`{key}` lleva {due}" };
        assert_eq!(text.render(&spanish, &|_, _| ()), "`{due}` lleva una lista");
    }

    #[test]
    fn a_sentence_shows_the_beginning_of_what_is_long() {
        let text = Text::new("`{text}` is long").with("text", "ñ".repeat(70_000));
        assert_eq!(text.english(), format!("`{}…` is long", "ñ".repeat(240)));
    }

    #[test]
    fn an_argument_is_never_read_as_a_template() {
        assert_eq!(Text::new("{a}{b}").with("a", "{b}").with("b", "x").english(), "{b}x");
    }
}
