//! Whatever a coop writes is read as that in a contract: nothing of it becomes markup, and nothing makes the tool fail.

use proptest::prelude::*;
use serde_json::Value;

use super::super::render::{html, markdown};
use super::{drafted, sample};
use crate::agreement::Agreement;
use crate::contract::{Block, Column, Document, Footer, Inline, Section, Signature, Table};

/// Text that is likely to mean something to Markdown, HTML, templates or tables, and any other.
fn hostile() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "**x**",
        "[a](javascript:alert(1))",
        "a|b",
        "\\|",
        "`|`",
        "``",
        "- x",
        "1. x",
        "# x",
        "> x",
        "---",
        "===",
        "&amp;",
        "&#60;b>",
        "{{ x }}",
        "{% x %}",
        "{a}",
        "\u{1}0\u{2}",
        "a\n\n# b",
        "https://a.example",
        "www.a.example",
        ":smile:",
        "~~x~~",
        "<!-- x",
        "</style>",
        "]]>",
        "\\",
        "![x](y)",
        "*",
        "__x__",
        "$x$",
        "",
        " ",
        "    x",
        "a@b.example",
        "\u{202e}x",
        "|---|",
        "\"; }",
        "21 %",
        "1 ARS/box",
        "2026-12-01",
    ]);
    prop_oneof![
        known.prop_map(str::to_owned),
        "[ -~\\n]{0,24}",
        "\\PC{0,12}",
        any::<String>(),
        prop::collection::vec(
            prop::sample::select(vec!["\\", "`", "*", "_", "[", "]", "|", "<", "&", "a", " ", "\n"]),
            0..10
        )
        .prop_map(|parts| parts.concat()),
    ]
}

/// A document with the text everywhere that text can stand.
fn everywhere(text: &str) -> Document {
    let text = || text.to_owned();
    let kinds = || {
        vec![
            Inline::Text(text()),
            Inline::Text(" ".into()),
            Inline::Strong(text()),
            Inline::Text(" ".into()),
            Inline::Emph(text()),
            Inline::Text(" ".into()),
            Inline::Code(text()),
            Inline::Text(" ".into()),
            Inline::Slot(text()),
            Inline::Text(" ".into()),
            Inline::Proposed(text()),
            Inline::Text(" ".into()),
            Inline::Ref { anchor: "a".into(), text: text() },
        ]
    };
    let table = Table {
        caption: text(),
        columns: vec![Column { heading: text(), amounts: true }, Column { heading: text(), amounts: false }],
        rows: vec![vec![kinds(), kinds()]],
    };
    Document {
        lang: "en".into(),
        title: text(),
        subtitle: kinds(),
        front: vec![Block::Note(kinds())],
        sections: vec![Section {
            number: "1".into(),
            heading: text(),
            anchor: "a".into(),
            blocks: vec![
                Block::Paragraph(kinds()),
                Block::List(vec![kinds()]),
                Block::Table(table),
                Block::Signatures(vec![Signature { party: kinds(), fields: vec![(text(), text())] }]),
            ],
            ..Section::default()
        }],
        footer: Footer { label: text(), digest: text(), page: text() },
    }
}

/// How often the text stands in [`everywhere`], the footer of the page apart.
const PLACES: usize = 1 + 7 + 7 + 1 + 7 + 7 + 3 + 14 + 7 + 2 + 2;

/// The text as both forms can show it: invisible characters replaced, white space as one space.
fn shown(text: &str) -> String {
    crate::contract::render::visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The elements of an HTML text and what stands between them, escapes undone.
fn parsed(html: &str) -> (Vec<String>, Vec<String>) {
    let (mut tags, mut texts) = (Vec::new(), Vec::new());
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        texts.push(unescaped(text));
        let (tag, after) = after.split_once('>').expect("a tag is closed");
        tags.push(tag.to_owned());
        rest = after;
    }
    (tags, texts)
}

fn unescaped(text: &str) -> String {
    assert!(!text.contains('>'), "a bare > in {text}");
    let ours = ["&lt;", "&gt;", "&quot;", "&#39;", "&amp;"];
    assert_eq!(
        text.matches('&').count(),
        ours.iter().map(|entity| text.matches(entity).count()).sum::<usize>(),
        "{text}"
    );
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

/// The names of elements, without attributes.
fn names(tags: &[String]) -> Vec<&str> {
    tags.iter().map(|tag| tag.split(' ').next().unwrap_or_default()).collect()
}

/// Reads escaped Markdown text back; fails where a character would mean something.
fn read_back(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let escaped = rest.chars().next().expect("a backslash escapes something");
                assert!(escaped.is_ascii_punctuation(), "{markdown}");
                out.push(escaped);
                rest = &rest[1..];
            }
            '&' => {
                rest = rest.strip_prefix("#124;").expect("the only entity is the bar");
                out.push('|');
            }
            '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '$' => {
                panic!("{c} means something in {markdown}")
            }
            c => out.push(c),
        }
    }
    out
}

fn begins_a_block(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let counts = digits.len() < line.len()
        && digits.starts_with(['.', ')'])
        && digits[1..].chars().next().is_none_or(char::is_whitespace);
    line.starts_with(['#', '>', '-', '+', '*', '=', '|', '`', '~', ' ']) || counts
}

fn paragraph(inline: Inline) -> String {
    markdown(&Document { title: "t".into(), front: vec![Block::Paragraph(vec![inline])], ..Document::default() })
        .strip_prefix("# t\n\n")
        .unwrap_or_default()
        .trim_end_matches('\n')
        .to_owned()
}

/// Every text of an agreement, by number.
fn texts_mut<'v>(value: &'v mut Value, out: &mut Vec<&'v mut String>) {
    match value {
        Value::String(text) => out.push(text),
        Value::Array(items) => items.iter_mut().for_each(|item| texts_mut(item, out)),
        Value::Object(fields) => {
            let own = ["status", "chooser"];
            fields
                .iter_mut()
                .filter(|(key, _)| !own.contains(&key.as_str()))
                .for_each(|(_, field)| texts_mut(field, out));
        }
        _ => {}
    }
}

#[test]
fn no_text_of_an_agreement_is_left_unsaid() {
    let agreement = sample::boxes();
    let mut value = serde_json::to_value(&agreement).unwrap();
    let mut texts = Vec::new();
    texts_mut(&mut value, &mut texts);
    let digest = 0;
    for at in (0..texts.len()).filter(|at| *at != digest) {
        let contract = drafted(with_text(&agreement, at, "zebra-9"), "es");
        let (_, shown) = parsed(&html(&contract));
        // A statement of somebody who is no party has no column in the annex.
        let is_party = texts[at].starts_with("https://") && at > texts.len() - agreement.provenance.len() * 12;
        assert!(is_party || shown.iter().any(|text| text.contains("zebra-9")), "text {at}, `{}`", texts[at]);
    }
}

fn with_text(agreement: &Agreement, at: usize, text: &str) -> Agreement {
    let mut value = serde_json::to_value(agreement).unwrap();
    let mut texts = Vec::new();
    texts_mut(&mut value, &mut texts);
    let at = at % texts.len();
    *texts[at] = text.to_owned();
    serde_json::from_value(value).unwrap()
}

proptest! {
    #[test]
    fn in_html_the_text_is_text_and_the_elements_are_ours(text in hostile()) {
        let page = html(&everywhere(&text));
        let plain = html(&everywhere("x"));
        let (tags, texts) = parsed(&page);
        let (expected, _) = parsed(&plain);
        prop_assert_eq!(names(&tags), names(&expected));
        // Two attributes hold text: it ends where the quotation marks do, which it cannot write itself.
        for (tag, expected) in tags.iter().zip(&expected) {
            let label = ["aria-label=\"", "data-label=\""].iter().find_map(|label| tag.split_once(label));
            match label {
                Some((before, value)) => {
                    prop_assert!(expected.starts_with(before), "{}", tag);
                    prop_assert_eq!(value.find('"'), Some(value.len() - 1), "{}", tag);
                }
                None => prop_assert_eq!(tag, expected),
            }
        }
        let found = texts.iter().map(|found| shown(found)).filter(|found| found.contains(&shown(&text))).count();
        prop_assert!(found >= PLACES / 2, "{} of {} places", found, PLACES);
    }

    #[test]
    fn in_markdown_the_text_is_text(text in hostile()) {
        let written = paragraph(Inline::Text(text.clone()));
        prop_assert!(!begins_a_block(&written), "{}", written);
        prop_assert!(!written.contains('\n'));
        prop_assert_eq!(shown(&read_back(&written)), shown(&text));
        for (inline, mark) in [(Inline::Strong(text.clone()), "**"), (Inline::Emph(text.clone()), "*")] {
            let written = paragraph(inline);
            let inner = written.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)).unwrap_or(&written);
            prop_assert_eq!(shown(&read_back(inner)), shown(&text));
        }
        let written = paragraph(Inline::Code(text.clone()));
        match written.strip_prefix('`') {
            Some(rest) => prop_assert_eq!(rest, format!("{}`", crate::contract::render::visible(&text))),
            None => prop_assert_eq!(shown(&read_back(&written)), shown(&text)),
        }
    }

    #[test]
    fn in_markdown_no_text_changes_the_blocks(text in hostile()) {
        let kind = |line: &str| match line {
            line if line.starts_with('|') => format!("row {}", line.matches('|').count()),
            line => line.chars().take_while(|c| ['#', '>', '-'].contains(c)).collect(),
        };
        let blocks = |text: &str| markdown(&everywhere(text)).lines().map(kind).collect::<Vec<_>>();
        // An empty text leaves its heading empty and its paragraph with the spaces between.
        prop_assume!(!shown(&text).is_empty());
        prop_assert_eq!(blocks(&text), blocks("x"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_in_any_field_of_an_agreement_makes_a_contract(at in 0usize..400, text in hostile(), spanish: bool) {
        let contract = drafted(with_text(&sample::boxes(), at, &text), if spanish { "es" } else { "en" });
        let (tags, _) = parsed(&html(&contract));
        for name in names(&tags) {
            prop_assert!(!["script", "b", "img", "!--"].contains(&name), "{}", name);
        }
        markdown(&contract);
    }

    #[test]
    fn names_are_read_as_they_were_written(text in hostile()) {
        let mut agreement = sample::boxes();
        agreement.parties[0].name.clone_from(&text);
        agreement.parties[1].locality = Some(text.clone());
        agreement.lines[0].name = Some(text.clone());
        agreement.lines[0].terms.last_mut().unwrap().value = Some(text.clone());
        let (_, texts) = parsed(&html(&drafted(agreement, "es")));
        let wanted = shown(&text);
        let found = texts.iter().filter(|found| shown(found).contains(&wanted)).count();
        prop_assert!(found >= 10, "{} times", found);
    }
}
