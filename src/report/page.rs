//! The page of a rule: as text for a terminal, and in parts for programs. As Markdown it is what is written.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::layout::{Width, wrap};
use super::words::{said, severity_word};
use crate::diagnostic::{Rule, Text};
use crate::i18n::{self, Lang};

/// A piece of a section of a page.
enum Piece {
    Paragraph(String),
    /// What stands between fences, and the word behind the first of them.
    Example {
        kind: String,
        text: String,
    },
}

/// What stands under a heading.
struct Section {
    heading: String,
    pieces: Vec<Piece>,
}

/// Whether the page of a rule is written in a language.
pub fn has_page(rule: &Rule, lang: Lang) -> bool {
    lang == Lang::En || i18n::page(rule.code, lang).is_some()
}

/// The page of a rule as Markdown, in English where it is not written in the language that is asked for. Examples are the
/// same in all languages.
pub fn page_as_markdown(rule: &Rule, lang: Lang) -> Cow<'static, str> {
    let Some(prose) = i18n::page(rule.code, lang) else { return rule.page.into() };
    let (english, headings) = (Lang::En.headings(), lang.headings());
    let under = |heading: &str| {
        let behind = rule.page.split_once(&format!("\n## {heading}\n\n")).map_or("", |(_, behind)| behind);
        behind.split("\n## ").next().unwrap_or_default().trim_end()
    };
    let (bad, better) = prose.examples.unwrap_or_else(|| (under(english.bad), under(english.better)));
    let sections =
        [(headings.what, prose.what), (headings.why, prose.why), (headings.bad, bad), (headings.better, better)];
    let section = |(heading, text): (&str, &str)| format!("\n## {heading}\n\n{text}\n");
    format!("# {} {}\n{}", rule.code, rule.name, sections.map(section).concat()).into()
}

/// The page of a rule for a terminal: headings, paragraphs as wide as it has room, examples set in.
pub fn page(rule: &Rule, lang: Lang, colour: bool, width: Width) -> String {
    let bold = |text: &str| if colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() };
    let mut out = format!("{}\n", bold(&format!("{} {}", rule.code, rule.name)));
    let head = Text::new("{severity} of the group {group}: {summary}")
        .with("severity", severity_word(rule.severity, lang))
        .with("group", rule.group.name())
        .with_text("summary", rule.heading());
    out.push_str(&wrap("", &said(&head, lang), width));
    for section in sections(&page_as_markdown(rule, lang)) {
        out.push_str(&format!("\n{}\n", bold(&section.heading)));
        for (i, piece) in section.pieces.iter().enumerate() {
            if i > 0 {
                out.push('\n');
            }
            match piece {
                Piece::Paragraph(text) => out.push_str(&wrap("  ", text, width)),
                Piece::Example { text, .. } => out.extend(text.lines().map(|line| indented("    ", line))),
            }
        }
    }
    out
}

/// The page of a rule for programs, with all that the catalogue has about it; what people read of it in their language.
pub fn page_json(rule: &Rule, lang: Lang) -> Value {
    let section = |section: &Section| {
        let text = section.pieces.iter().filter_map(|piece| match piece {
            Piece::Paragraph(text) => Some(text.as_str()),
            Piece::Example { .. } => None,
        });
        let examples = section.pieces.iter().filter_map(|piece| match piece {
            Piece::Example { kind, text } => Some(json!({ "kind": kind, "text": text })),
            Piece::Paragraph(_) => None,
        });
        let text = text.collect::<Vec<_>>().join("\n\n");
        json!({ "heading": section.heading, "text": text, "examples": examples.collect::<Vec<_>>() })
    };
    let mut document = Map::from_iter([("clm_rule".to_owned(), Value::from(1))]);
    document.extend(about(rule));
    let in_language = |english: &'static str| Value::from(i18n::translated(english, lang).unwrap_or(english));
    document.insert("summary".to_owned(), in_language(rule.summary));
    document.insert("message".to_owned(), in_language(rule.message));
    let page = page_as_markdown(rule, lang);
    document.insert("sections".to_owned(), sections(&page).iter().map(section).collect());
    Value::Object(document)
}

/// What the catalogue has about a rule.
pub(super) fn about(rule: &Rule) -> Map<String, Value> {
    let entries = [
        ("code", rule.code),
        ("name", rule.name),
        ("group", rule.group.name()),
        ("severity", rule.severity.name()),
        ("summary", rule.summary),
        ("message", rule.message),
        ("section", rule.anchor),
        ("since", rule.since),
    ];
    entries.into_iter().map(|(key, value)| (key.to_owned(), Value::from(value))).collect()
}

fn indented(indent: &str, line: &str) -> String {
    if line.is_empty() { "\n".to_owned() } else { format!("{indent}{line}\n") }
}

/// The sections of a page; the title is told from the rule.
fn sections(page: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let (mut paragraph, mut fence) = (String::new(), None::<(String, String)>);
    for line in page.lines().chain([""]) {
        let marks = line.strip_prefix("```");
        if let (Some((kind, text)), true) = (fence.take_if(|_| marks.is_some()), marks.is_some()) {
            add(&mut sections, Piece::Example { kind, text });
        } else if let Some((_, text)) = &mut fence {
            text.push_str(line);
            text.push('\n');
        } else if !line.is_empty() && marks.is_none() && !line.starts_with('#') {
            paragraph.push_str(line);
            paragraph.push('\n');
        } else {
            if !paragraph.is_empty() {
                add(&mut sections, Piece::Paragraph(std::mem::take(&mut paragraph).trim_end().to_owned()));
            }
            if let Some(heading) = line.strip_prefix("## ") {
                sections.push(Section { heading: heading.to_owned(), pieces: Vec::new() });
            }
            fence = marks.map(|kind| (kind.to_owned(), String::new()));
        }
    }
    sections
}

/// Adds a piece to the last section.
fn add(sections: &mut [Section], piece: Piece) {
    if let Some(section) = sections.last_mut() {
        section.pieces.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog;

    #[test]
    fn nothing_of_a_page_is_lost_but_its_marks() {
        for rule in catalog::rules() {
            let words = |text: &str| {
                let marks = |word: &&str| !word.starts_with("```") && !word.chars().all(|c| c == '#');
                text.split_whitespace().filter(marks).map(str::to_owned).collect::<Vec<_>>()
            };
            // The kinds of examples stand behind their fences.
            let written: Vec<String> =
                rule.page.lines().filter(|line| !line.starts_with("```")).flat_map(words).collect();
            let shown = page(rule, Lang::En, false, Width::USUAL);
            let behind_title = shown.split_once("\n\n").unwrap().1;
            assert_eq!(words(behind_title), written.get(2..).unwrap(), "{}", rule.code);
            let prose = shown.lines().filter(|line| !line.starts_with("    "));
            assert!(prose.into_iter().all(|line| line.chars().count() <= Width::USUAL.columns()), "{}", rule.code);
            let parts = page_json(rule, Lang::En);
            let sections = parts["sections"].as_array().unwrap();
            assert!(sections.iter().all(|section| section["text"] != "" || section["examples"] != json!([])));
            assert_eq!(parts["code"], rule.code);
        }
    }

    #[test]
    fn headings_are_bold_where_there_is_colour() {
        let rule = catalog::find("duplicate-key").unwrap();
        assert!(page(rule, Lang::En, true, Width::USUAL).starts_with("\u{1b}[1mCLM0109 duplicate-key\u{1b}[0m\n"));
        assert!(!page(rule, Lang::En, false, Width::USUAL).contains('\u{1b}'));
    }

    #[test]
    fn a_page_in_spanish_has_the_examples_of_the_english_one() {
        for rule in catalog::rules().into_iter().filter(|rule| has_page(rule, Lang::Es)) {
            let examples = |page: &str| {
                let pieces = sections(page).into_iter().flat_map(|section| section.pieces);
                let texts = pieces.filter_map(|piece| match piece {
                    Piece::Example { kind, text } => Some((kind, text)),
                    Piece::Paragraph(_) => None,
                });
                texts.collect::<Vec<_>>()
            };
            let spanish = page_as_markdown(rule, Lang::Es);
            assert_eq!(examples(&spanish), examples(rule.page), "{}", rule.code);
            let headings: Vec<String> = sections(&spanish).into_iter().map(|section| section.heading).collect();
            assert_eq!(headings, ["Qué dice", "Por qué", "Mal", "Mejor"], "{}", rule.code);
        }
        let rule = catalog::find("CLM0314").unwrap();
        assert!(page(rule, Lang::Es, false, Width::USUAL).contains("\nQué dice\n  Un precio no dice"));
        let parts = page_json(rule, Lang::Es);
        assert_eq!(parts["sections"][0]["heading"], "Qué dice");
        assert_eq!(parts["summary"], said(&rule.heading(), Lang::Es));
    }

    #[test]
    fn every_page_in_spanish_is_one_of_a_rule_and_is_written_as_pages_are() {
        for page in i18n::pages() {
            let (code, name) = page.title.split_once(' ').unwrap();
            let rule = catalog::find(code).unwrap_or_else(|| panic!("{}: there is no such rule", page.title));
            assert_eq!(rule.name, name, "{code}");
            for text in [page.what, page.why] {
                assert!(text.starts_with(|c: char| c.is_uppercase() || matches!(c, '`' | '¿')), "{code}: {text}");
                assert!(text.ends_with(['.', ')']), "{code}: {text}");
            }
        }
    }
}
