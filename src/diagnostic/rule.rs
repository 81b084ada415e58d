//! Rules as data: declared once, listed in the catalogue, explained from their page.

use super::Text;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably not what was meant; negotiation goes on.
    Warning,
    /// The document cannot be used.
    Error,
}

impl Severity {
    /// The word shown to people and machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of a word as [`name`](Self::name) gives it.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Info, Self::Warning, Self::Error].into_iter().find(|severity| severity.name() == word)
    }
}

/// What kind of mistake a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The text is not a document of our subset of YAML or JSON.
    Syntax,
    /// Keys and kinds of node.
    Shape,
    /// How a single value is written.
    Value,
    /// What the statements mean together.
    Meaning,
    /// Correct, but likely to be misread.
    Clarity,
    /// Valid, but one-sided or not what cooperating asks for.
    Fairness,
    /// What law says about it where it holds.
    Law,
    /// What is shown or promised to more people than is meant, or cannot be trusted.
    Safety,
    /// Files, folders and other input.
    Input,
    /// What two manifests say that cannot hold together.
    Conflict,
}

impl Group {
    /// All groups, in the order in which lists show them.
    pub const ALL: &'static [Self] = &[
        Self::Syntax,
        Self::Shape,
        Self::Value,
        Self::Meaning,
        Self::Clarity,
        Self::Fairness,
        Self::Law,
        Self::Safety,
        Self::Input,
        Self::Conflict,
    ];

    /// The word used in settings and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Shape => "shape",
            Self::Value => "value",
            Self::Meaning => "meaning",
            Self::Clarity => "clarity",
            Self::Fairness => "fairness",
            Self::Law => "law",
            Self::Safety => "safety",
            Self::Input => "input",
            Self::Conflict => "conflict",
        }
    }
}

/// One rule of the catalogue. Declared with [`rule!`](crate::rule!).
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `CLM` + chapter of the spec + number; never reused.
    pub code: &'static str,
    /// Named after what it dislikes, in kebab case.
    pub name: &'static str,
    /// One line for lists: lower case, no full stop.
    pub summary: &'static str,
    /// The sentence of a finding, with `{holes}`: lower case, no full stop, the user's words in backticks.
    pub message: &'static str,
    /// The way out, where it is the same for every finding of the rule.
    pub help: Option<&'static str>,
    /// Default severity.
    pub severity: Severity,
    /// What kind of mistake it is about.
    pub group: Group,
    /// First version of the tool that has it.
    pub since: &'static str,
    /// Section of the spec that it enforces: `02-documents#duplicate-keys`.
    pub anchor: &'static str,
    /// The page that `clm explain` shows, from `spec/rules/<code>.md`.
    pub page: &'static str,
}

impl Rule {
    /// What it is about, in one line.
    pub fn heading(&self) -> Text {
        Text::new(self.summary)
    }

    /// The sentence of a finding, its holes not filled yet.
    pub fn sentence(&self) -> Text {
        Text::new(self.message)
    }

    /// The way out that every finding of the rule has, if there is one.
    pub fn way_out(&self) -> Option<Text> {
        self.help.map(Text::new)
    }
}

/// Declares a rule and pulls its page in, so that a rule without a page does not compile. `help` is the way out
/// of every finding of the rule; it is left out where findings differ in it.
///
/// ```text
/// rule! {
///     /// A key stands twice in one mapping.
///     DUPLICATE_KEY = "CLM0204", "duplicate-key", Error, Syntax, "02-documents#duplicate-keys",
///     summary: "a key stands twice in one place",
///     message: "key `{key}` stands twice in this mapping",
///     help: "keep one of the two",
/// }
/// ```
#[macro_export]
macro_rules! rule {
    (@help) => { None };
    (@help $help:literal) => { Some($help) };
    ($(#[$doc:meta])* $id:ident = $code:literal, $name:literal, $severity:ident, $group:ident, $anchor:literal,
     summary: $summary:literal, message: $message:literal $(, help: $help:literal)? $(,)?) => {
        $(#[$doc])*
        #[allow(unreachable_pub, reason = "rules are listed by their module")]
        pub static $id: $crate::diagnostic::Rule = $crate::diagnostic::Rule {
            code: $code,
            name: $name,
            summary: $summary,
            message: $message,
            help: $crate::rule!(@help $($help)?),
            severity: $crate::diagnostic::Severity::$severity,
            group: $crate::diagnostic::Group::$group,
            since: "0.1.0",
            anchor: $anchor,
            page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/spec/rules/", $code, ".md")),
        };
    };
}
