//! The settings that hold for one file, as TOML that could be a settings file, each with where it comes from.

use super::levels::{Origin, Regime};
use super::{FailOn, Level, Settings, is_settable};
use crate::catalog;
use crate::diagnostic::{Rule, Text};
use crate::i18n::{Lang, translated};
use crate::source::Span;

/// What is shown beside what the settings file says.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The file, as it was given.
    pub name: &'a str,
    /// The same from the top.
    pub path: &'a str,
    /// What the command line says of when a check fails.
    pub fail_on: Option<FailOn>,
    /// What it says of the language.
    pub lang: Option<Lang>,
    /// The language in which comments are written.
    pub spoken: Lang,
    /// Files of house rules that it names.
    pub schemas: &'a [String],
}

/// What is written behind a setting that the command line made.
fn by_command() -> Text {
    Text::new("the command line")
}

/// What is written behind a setting that nobody made.
fn by_default() -> Text {
    Text::new("by default")
}

impl Shown<'_> {
    fn say(&self, text: &Text) -> String {
        let words = |template| translated(template, self.spoken).unwrap_or(template);
        text.render(&words, &|before, next| self.spoken.meet(before, next))
    }

    /// A line that is a comment.
    fn comment(&self, text: &Text) -> String {
        format!("# {}\n", self.say(text))
    }
}

/// The settings that hold for a file.
pub fn show(regime: &Regime<'_>, shown: Shown<'_>) -> String {
    let settings = regime.settings();
    let mut out = shown.comment(&Text::new("What holds for {name}").with("name", one_line(shown.name)));
    out.push_str(&shown.comment(&match settings {
        Some(settings) => Text::new("Settings file: {name}").with("name", one_line(settings.source.name())),
        None => Text::new("Settings file: none"),
    }));
    if settings.is_some_and(|settings| settings.excludes(shown.path)) {
        out.push_str(&shown.comment(&Text::new("Excluded: it is checked only where it is named itself")));
    }
    out.push('\n');
    out.push_str(&general(settings, shown));
    out.push_str("\n[rules]\n");
    out.extend(catalog::rules().into_iter().filter(|rule| is_settable(rule)).map(|rule| row(regime, rule, shown)));
    out
}

fn general(settings: Option<&Settings>, shown: Shown<'_>) -> String {
    let set = |key: &str, value: String, from: String| format!("{key} = {value}  # {from}\n");
    let from = |span: Span| settings.map(|settings| line(settings, span)).unwrap_or_default();
    let mut out = String::new();
    let fail_on = settings.and_then(|settings| settings.fail_on.as_ref());
    out.push_str(&match (shown.fail_on, fail_on) {
        (Some(on), _) => set("fail_on", quoted(on.name()), shown.say(&by_command())),
        (None, Some(on)) => set("fail_on", quoted(on.value.name()), from(on.span)),
        (None, None) => set("fail_on", quoted(FailOn::default().name()), shown.say(&by_default())),
    });
    match (shown.lang, settings.and_then(|settings| settings.lang.as_ref())) {
        (Some(lang), _) => out.push_str(&set("lang", quoted(lang.code()), shown.say(&by_command()))),
        (None, Some(lang)) => out.push_str(&set("lang", quoted(lang.value.code()), from(lang.span))),
        (None, None) => out.push_str(&shown.comment(&Text::new("lang: as the environment says"))),
    }
    let named: Vec<String> = settings.iter().flat_map(|settings| &settings.schemas).map(|s| s.value.clone()).collect();
    let both: Vec<String> = named.iter().chain(shown.schemas).cloned().collect();
    if !both.is_empty() {
        let file = settings.and_then(|settings| settings.schemas.first()).map(|schema| from(schema.span));
        let command = (!shown.schemas.is_empty()).then(|| shown.say(&by_command()));
        let from = match (file, command) {
            (Some(file), Some(command)) => {
                shown.say(&Text::new("{file} and {command}").with("file", file).with("command", command))
            }
            (file, command) => file.or(command).unwrap_or_default(),
        };
        out.push_str(&set("schema", list(&both), from));
    }
    if let Some(exclude) = settings.and_then(|settings| settings.exclude.as_ref()) {
        out.push_str(&set("exclude", list(exclude.value.texts()), from(exclude.span)));
    }
    if let Some(baseline) = settings.and_then(|settings| settings.baseline.as_ref()) {
        out.push_str(&set("baseline", quoted(&baseline.value), from(baseline.span)));
    }
    out
}

fn row(regime: &Regime<'_>, rule: &Rule, shown: Shown<'_>) -> String {
    let (level, origin) = regime.level(rule);
    let place = |span| regime.settings().map(|settings| line(settings, span)).unwrap_or_default();
    let from = match origin {
        Origin::Own => shown.say(&by_default()),
        Origin::Command => shown.say(&by_command()),
        Origin::File(span) => place(span),
        Origin::Paths(entry, span) => {
            let text = Text::new("{place}, for {files}").with("place", place(span));
            shown.say(&text.with("files", list(entry.matches.texts())))
        }
    };
    format!("{} = {}  # {from}\n", rule.name, quoted(Level::name(level)))
}

fn line(settings: &Settings, span: Span) -> String {
    format!("{}:{}", one_line(settings.source.name()), settings.source.line_column(span.start))
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

/// A text as TOML writes it; what JSON escapes is escaped alike there.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A name in a comment, which ends with its line.
fn one_line(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
