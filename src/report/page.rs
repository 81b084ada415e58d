//! The page of a rule: as text for a terminal, and in parts for programs. As Markdown it is what is written.

use serde_json::{Map, Value, json};

use super::layout;
use crate::diagnostic::Rule;

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

/// The page of a rule for a terminal: headings, paragraphs of eighty columns, examples set in.
pub fn page(rule: &Rule, colour: bool) -> String {
    let bold = |text: &str| if colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() };
    let mut out = format!("{}\n", bold(&format!("{} {}", rule.code, rule.name)));
    out.push_str(&layout::wrap(
        "",
        &format!("{} of the group {}: {}", rule.severity.name(), rule.group.name(), rule.summary),
    ));
    for section in sections(rule.page) {
        out.push_str(&format!("\n{}\n", bold(&section.heading)));
        for (i, piece) in section.pieces.iter().enumerate() {
            if i > 0 {
                out.push('\n');
            }
            match piece {
                Piece::Paragraph(text) => out.push_str(&layout::wrap("  ", text)),
                Piece::Example { text, .. } => out.extend(text.lines().map(|line| indented("    ", line))),
            }
        }
    }
    out
}

/// The page of a rule for programs, with all that the catalogue has about it.
pub fn page_json(rule: &Rule) -> Value {
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
    document.insert("sections".to_owned(), sections(rule.page).iter().map(section).collect());
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
            let shown = page(rule, false);
            let behind_title = shown.split_once("\n\n").unwrap().1;
            assert_eq!(words(behind_title), written.get(2..).unwrap(), "{}", rule.code);
            let prose = shown.lines().filter(|line| !line.starts_with("    "));
            assert!(prose.into_iter().all(|line| line.chars().count() <= layout::COLUMNS), "{}", rule.code);
            let parts = page_json(rule);
            let sections = parts["sections"].as_array().unwrap();
            assert!(sections.iter().all(|section| section["text"] != "" || section["examples"] != json!([])));
            assert_eq!(parts["code"], rule.code);
        }
    }

    #[test]
    fn headings_are_bold_where_there_is_colour() {
        let rule = catalog::find("duplicate-key").unwrap();
        assert!(page(rule, true).starts_with("\u{1b}[1mCLM0109 duplicate-key\u{1b}[0m\n"));
        assert!(!page(rule, false).contains('\u{1b}'));
    }
}
