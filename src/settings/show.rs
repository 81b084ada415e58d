//! The settings that hold for one file, as TOML that could be a settings file, each with where it comes from.

use super::levels::{Origin, Regime};
use super::{FailOn, Level, Settings, is_settable};
use crate::catalog;
use crate::diagnostic::Rule;
use crate::i18n::Lang;
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
    /// Files of house rules that it names.
    pub schemas: &'a [String],
}

/// What is written behind a setting that the command line made.
const COMMAND: &str = "the command line";

/// The settings that hold for a file.
pub fn show(regime: &Regime<'_>, shown: Shown<'_>) -> String {
    let settings = regime.settings();
    let mut out = format!("# What holds for {}\n", one_line(shown.name));
    out.push_str(&match settings {
        Some(settings) => format!("# Settings file: {}\n", one_line(settings.source.name())),
        None => "# Settings file: none\n".to_owned(),
    });
    if settings.is_some_and(|settings| settings.excludes(shown.path)) {
        out.push_str("# Excluded: it is checked only where it is named itself\n");
    }
    out.push('\n');
    out.push_str(&general(settings, shown));
    out.push_str("\n[rules]\n");
    out.extend(catalog::rules().into_iter().filter(|rule| is_settable(rule)).map(|rule| row(regime, rule)));
    out
}

fn general(settings: Option<&Settings>, shown: Shown<'_>) -> String {
    let set = |key: &str, value: String, from: String| format!("{key} = {value}  # {from}\n");
    let from = |span: Span| settings.map(|settings| line(settings, span)).unwrap_or_default();
    let mut out = String::new();
    let fail_on = settings.and_then(|settings| settings.fail_on.as_ref());
    out.push_str(&match (shown.fail_on, fail_on) {
        (Some(on), _) => set("fail_on", quoted(on.name()), COMMAND.to_owned()),
        (None, Some(on)) => set("fail_on", quoted(on.value.name()), from(on.span)),
        (None, None) => set("fail_on", quoted(FailOn::default().name()), "by default".to_owned()),
    });
    match (shown.lang, settings.and_then(|settings| settings.lang.as_ref())) {
        (Some(lang), _) => out.push_str(&set("lang", quoted(lang.code()), COMMAND.to_owned())),
        (None, Some(lang)) => out.push_str(&set("lang", quoted(lang.value.code()), from(lang.span))),
        (None, None) => out.push_str("# lang: as the environment says\n"),
    }
    let named: Vec<String> = settings.iter().flat_map(|settings| &settings.schemas).map(|s| s.value.clone()).collect();
    let both: Vec<String> = named.iter().chain(shown.schemas).cloned().collect();
    if !both.is_empty() {
        let file = settings.and_then(|settings| settings.schemas.first()).map(|schema| from(schema.span));
        let command = (!shown.schemas.is_empty()).then(|| COMMAND.to_owned());
        let both_from = file.into_iter().chain(command).collect::<Vec<_>>().join(" and ");
        out.push_str(&set("schema", list(&both), both_from));
    }
    if let Some(exclude) = settings.and_then(|settings| settings.exclude.as_ref()) {
        out.push_str(&set("exclude", list(exclude.value.texts()), from(exclude.span)));
    }
    if let Some(baseline) = settings.and_then(|settings| settings.baseline.as_ref()) {
        out.push_str(&set("baseline", quoted(&baseline.value), from(baseline.span)));
    }
    out
}

fn row(regime: &Regime<'_>, rule: &Rule) -> String {
    let (level, origin) = regime.level(rule);
    let place = |span| regime.settings().map(|settings| line(settings, span)).unwrap_or_default();
    let from = match origin {
        Origin::Own => "by default".to_owned(),
        Origin::Command => COMMAND.to_owned(),
        Origin::File(span) => place(span),
        Origin::Paths(entry, span) => format!("{}, for {}", place(span), list(entry.matches.texts())),
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
