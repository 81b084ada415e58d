//! What a text becomes, and that both ways to read it come to the same.

use proptest::prelude::*;

use super::super::common;
use super::super::events;
use super::*;
use crate::source::Sources;

fn parsed(text: &str) -> (Parsed, Source) {
    let source = Source::new("x", text);
    let id = Sources::new().add(source.clone());
    (parse(id, &source), source)
}

fn names(text: &str) -> Vec<&'static str> {
    parsed(text).0.diagnostics.iter().map(|d| d.rule.name).collect()
}

/// All that is made of some steps of a text.
fn built(text: &str, steps: impl Iterator<Item = Result<Located, Stop>>) -> String {
    let source = Source::new("x", text);
    let mut builder = Builder::new(Sources::new().add(source), text, false);
    let complete = builder.run(steps);
    format!("{complete} {:?} {:?} {:#?} {:#?}", builder.root, builder.incomplete, builder.found, builder.nodes)
}

/// Whether a text is common; if so, the parser makes the same of it.
fn is_common(text: &str) -> bool {
    let Some(steps) = common::steps(text) else { return false };
    assert_eq!(built(text, steps.into_iter().map(Ok)), built(text, events::parsed(text)), "{text}");
    true
}

/// A bit of everything that is common.
const COMMON: &str = "# The mill\nclm: 1\ncoop:\n  id: https://mill.example   # us\n  name: \"Molino # 1\"\n  place: { country: AR, locality: 'El Ñandú' }\n\
    list:\n  - one\n  - two: 2 kg\n    # in between\n    three: [4, -5 kg, { six: seven eight }, []]\n\n  -   nine: ten\n      eleven:\n      - a: b\n        c: d\n      - \"e\"\n\
    terms:\n    deep:\n      deeper: { a: b }   \n    back: here, and there\nlast: a:b#c\n";

#[test]
fn the_common_way_of_writing_is_read_as_the_parser_reads_it() {
    let examples = [
        "clm: 1\ncoop:\n  id: https://a.example # us\n  place: { country: AR, 'x y': \"z\" }\n",
        "# first\n\na:\n- b: c\n  d:\n    - e\n\n    # f\n    - [g, { h: -1, i: [] }]\nj: k  l \n",
        "\"a b\":   'c # d' # e\nñ: 包:x\n",
        "a: b#c:d\ne: (f) g, h:i",
        "a:\n  b: {}\n  c: []\n   \n",
        "a: null\nb: “x”\na: c\n",
        include_str!("../../../examples/madison/driftless-grain.clm.yaml"),
    ];
    examples.iter().chain([&COMMON]).for_each(|text| assert!(is_common(text), "{text}"));
    let others = [
        "",
        "# a",
        "a",
        "a:",
        "a: b: c",
        "a: |\n  b",
        "a: b\n c",
        " a: b",
        "a: [b,\n  c]",
        "a:\n b: c\n  d: e",
        "a: 'b''c'",
        "a: \"\\n\"",
        "a:\tb",
        "a: b\r\n",
        "a: [b, ]",
        "a: {b}",
        "a: {b: }",
        "a: [b: c]",
        "a: - b",
        "? a\n: b",
        "a: &b c",
        "a: *b",
        "a: !b c",
        "---\na: b",
        "a: b\n...\n",
        "a: [b]c",
        "a: [b] c",
        "a: \"b\" c",
        "a: [b]#c",
        "a:\n  b",
        "a: [b c, d:]",
        "a: [\"b\":c]",
        "a: {b:c}",
        "a:\n- - b",
        "a:\n  - b\n - c",
        "a:\n  - b\n  c: d",
        "a: b\nc",
    ];
    others.iter().for_each(|text| assert!(!is_common(text), "{text}"));
}

const MANIFEST: &str = "clm: 1\ncoop: # us\n  id: https://a.example\n  name: \"A \\\"B\\\"\"\n  list: [a, { b: c }]\n  items:\n    - x\n    - y: 2\n      z:\n";

#[test]
fn every_node_knows_its_place() {
    let (parsed, source) = parsed(MANIFEST);
    let document = parsed.document.unwrap();
    let at = |pointer: &str| {
        let node = document.find(pointer).unwrap();
        (source.slice(document.span(node)).to_owned(), document.path(node, &source))
    };
    assert_eq!(at("/coop/id"), ("https://a.example".into(), "coop.id".into()));
    assert_eq!(at("/coop/name"), ("\"A \\\"B\\\"\"".into(), "coop.name".into()));
    assert_eq!(at("/coop/list"), ("[a, { b: c }]".into(), "coop.list".into()));
    assert_eq!(at("/coop/items/1"), ("y: 2\n      z:".into(), "coop.items[y 2]".into()));
    assert_eq!(at("/coop/items").0, "x\n    - y: 2\n      z:");
    let empty = document.find("/coop/items/1/z").unwrap();
    assert!(document.is_null(empty) && document.span(empty).is_empty());
    assert_eq!(document.pointer(empty), "/coop/items/1/z");
    assert_eq!(source.slice(document.key_span(empty).unwrap()), "z");
}

#[test]
fn what_the_subset_leaves_out_is_told_by_name() {
    assert_eq!(names("clm: &a 1\nb: *a\n"), ["anchor"]);
    assert_eq!(names("clm: *a\n"), ["alias"]);
    assert_eq!(names("clm: !x 1\n"), ["tag"]);
    assert_eq!(names("<<: { a: b }\nclm: 1\n"), ["merge-key"]);
    assert_eq!(names("<<: { a: b }\nclm: 1\nb: c\n"), ["merge-key"]);
    assert_eq!(names("\"<<\": a\n"), Vec::<&str>::new());
    assert_eq!(names("[a, b]: c\nclm: 1\n"), ["complex-key"]);
    assert_eq!(names("[a, b]: { c: d }\nclm: 1\nb: c\n"), ["complex-key"]);
    assert_eq!(names("? ? ? a\n: b\nclm: 1\n"), ["complex-key"]);
    assert_eq!(names("a: \"\\u0065\\u0301\"\n"), ["not-nfc"]);
    assert_eq!(names("clm: 1\n---\nclm: 2\n"), ["several-documents"]);
    assert_eq!(names("a: 1\nb: 2\na: 3\na: 4\n"), ["duplicate-key", "duplicate-key"]);
    assert_eq!(names("# nothing\n"), ["empty-document"]);
    assert_eq!(names(""), ["empty-document"]);
    assert_eq!(names("- a\n"), ["root-not-mapping"]);
    assert_eq!(names("a: “x”\n"), ["typographic-quote"]);
    assert_eq!(names("a: \"\\u202e\"\n"), ["forbidden-character"]);
    for standing in ["\u{200b}", "\u{3164}", "\u{fe0f}", "\u{180e}", "\u{2800}", "\u{e0100}"] {
        assert_eq!(names(&format!("a: \"Coope{standing}rativa\"\n")), ["forbidden-character"], "{standing:?}");
    }
    assert_eq!(names("a: \"\u{200b}\\u200b\"\n"), ["forbidden-character", "forbidden-character"]);
    assert_eq!(names("a: \"Jose\u{301}\"\n"), ["not-nfc"]);
    assert_eq!(names("a: \"Jose\\u0301\"\n"), ["not-nfc"]);
    assert_eq!(names("a: 1\rb: 2 # c\rc: 3\r\n"), ["forbidden-character"]);
    assert_eq!(names("a: 1\r\nb: 2\r\n"), Vec::<&str>::new());
}

#[test]
fn limits_are_quick_and_one_finding_each() {
    assert_eq!(names(&"[".repeat(100_000)), ["too-deep"]);
    assert_eq!(names(&format!("a: [{}]", "x,".repeat(30_000))), ["too-many-values"]);
    assert_eq!(names(&format!("{}: 1\n", "k".repeat(129))), ["long-key"]);
    assert_eq!(names(&format!("a: {}\n", "k".repeat(65_537))), ["long-text"]);
    let mut bomb = String::from("a0: &a0 [x, x]\n");
    (1..60).for_each(|i| bomb.push_str(&format!("a{i}: &a{i} [*a{0}, *a{0}]\n", i - 1)));
    assert!(names(&bomb).iter().all(|name| *name == "anchor"));
}

/// Trees of texts, as JSON has them.
fn tree() -> impl Strategy<Value = serde_json::Value> {
    let text = || "[ -~\u{a1}-\u{17f}]{0,12}".prop_map(serde_json::Value::String);
    text().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::Array),
            proptest::collection::btree_map("[a-z\\\\\" ]{0,6}", inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

fn as_json(document: &Document, node: NodeId) -> serde_json::Value {
    match document.kind(node) {
        Kind::Null => "".into(),
        Kind::Scalar(text) => text.as_str().into(),
        Kind::List(items) => items.iter().map(|item| as_json(document, *item)).collect(),
        Kind::Mapping(entries) => {
            let entry = |e: &Entry| (e.key.to_string(), as_json(document, e.value));
            serde_json::Value::Object(entries.iter().map(entry).collect())
        }
    }
}

proptest! {
    #[test]
    fn json_is_read_as_it_is_written(tree in tree(), pretty: bool) {
        let root = serde_json::json!({ "root": tree });
        let text = if pretty { serde_json::to_string_pretty(&root) } else { serde_json::to_string(&root) }.unwrap();
        let document = parsed(&text).0.document;
        let found = document.as_ref().map(|d| as_json(d, d.root()));
        prop_assert_eq!(found, Some(root));
    }

    #[test]
    fn yaml_of_another_writer_is_read_as_it_was_meant(tree in tree()) {
        let root = serde_json::json!({ "root": tree });
        let text = serde_yaml::to_string(&root).unwrap();
        let document = parsed(&text).0.document;
        let found = document.as_ref().map(|d| as_json(d, d.root()));
        prop_assert_eq!(found, Some(root), "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic_and_spans_lie_in_the_text(text in "\\PC{0,60}|[ \\n\\t:\\-\\[\\]{}#&*!|>'\"%@`a,1]{0,60}") {
        let (parsed, source) = parsed(&text);
        for finding in &parsed.diagnostics {
            prop_assert!(source.text().get(finding.place.span.start..finding.place.span.end).is_some(), "{:?}", finding);
        }
        // What is not read is refused with an error.
        prop_assert!(parsed.document.is_some() || diagnostic::has_errors(&parsed.diagnostics));
    }

    #[test]
    fn whatever_is_taken_for_common_the_parser_reads_alike(edits in proptest::collection::vec((0usize..400, 0usize..3, "[ \\n\\-:#,\\[\\]{}'\"a1ñ~.]{0,3}"), 1..4)) {
        let mut text = COMMON.to_owned();
        for (at, gone, put) in edits {
            let ends = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            let (from, to) = (ends(at), ends(at + gone));
            text.replace_range(from..to, &put);
        }
        is_common(&text);
    }

    #[test]
    fn a_damaged_manifest_is_refused_or_read(at in 0usize..170, insert in "[ \\n\\t:\\-\\[\\]{}#&*!|>'\"%@`a,1]{0,3}", drop in 0usize..4) {
        let mut text = MANIFEST.to_owned();
        let at = at.min(text.len());
        text.replace_range(at..(at + drop).min(text.len()), &insert);
        let (parsed, source) = parsed(&text);
        prop_assert!(parsed.document.is_some() || !parsed.diagnostics.is_empty());
        for finding in &parsed.diagnostics {
            prop_assert!(source.text().get(finding.place.span.start..finding.place.span.end).is_some());
        }
    }
}
