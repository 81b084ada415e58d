//! Layout: what stays, what goes where, and that the meaning is kept.

use std::path::Path;

use proptest::prelude::*;

use super::format;
use crate::diagnostic::has_errors;
use crate::manifest::lower::json;
use crate::source::{Source, Sources};
use crate::syntax::{Document, comments, parse};

const EVERY_KEY: &str = include_str!("../schema/every_key.clm.yaml");

fn read(name: &str, text: &str) -> (Source, Document) {
    let source = Source::new(name, text);
    let parsed = parse(Sources::new().add(source.clone()), &source);
    assert!(!has_errors(&parsed.diagnostics), "{:#?}\n{text}", parsed.diagnostics);
    (source, parsed.document.unwrap())
}

fn laid_out_as(name: &str, text: &str) -> String {
    let (source, document) = read(name, text);
    let once = format(&document, &source).unwrap_or_else(|place| panic!("{place:?} would say something else:\n{text}"));
    let (again, other) = read(name, &once);
    assert_eq!(json(&document), json(&other), "{text}\n=>\n{once}");
    let words = |document: &Document, text: &str| {
        let mut all: Vec<String> =
            comments(document, text).into_iter().map(|comment| comment.words(text).to_owned()).collect();
        all.sort();
        all
    };
    assert_eq!(words(&document, text), words(&other, &once));
    assert_eq!(format(&other, &again).as_ref(), Ok(&once), "a second time is another:\n{text}\n=>\n{once}");
    once
}

fn laid_out(text: &str) -> String {
    laid_out_as("a.clm.yaml", text)
}

#[track_caller]
fn becomes(text: &str, expected: &str) {
    assert_eq!(laid_out(text), expected, "{text}");
}

#[track_caller]
fn stays(text: &str) {
    becomes(text, text);
}

#[test]
fn keys_stand_in_the_order_of_the_schema_and_names_in_that_of_the_writer() {
    becomes("with: anyone\ncoop: { name: A, id: x }\nclm: 1\n", "clm: 1\ncoop: { id: x, name: A }\nwith: anyone\n");
    becomes(
        "offers:\n  b: { for: [], x_b: 1, x_a: 2, price: free, item: x }\n  a: { valid: { until: x, from: y } }\n",
        "offers:\n  b: { item: x, price: free, x_b: 1, x_a: 2, for: [] }\n  a: { valid: { from: y, until: x } }\n",
    );
    becomes("units: { b: 1 kg, a: 2 kg }\n", "units: { b: 1 kg, a: 2 kg }\n");
    becomes(
        "offers:\n  a:\n    price:\n      tiers:\n        - price: 1 ARS/kg\n          from: 2 kg\n",
        "offers:\n  a:\n    price:\n      tiers:\n        - from: 2 kg\n          price: 1 ARS/kg\n",
    );
}

#[test]
fn spacing_and_indents_are_alike() {
    becomes("coop:   {name:   A,id: x,}\n", "coop: { id: x, name: A }\n");
    becomes(
        "coop:\n        id: x\n        member_of:\n        - a\n        -   b\n",
        "coop:\n  id: x\n  member_of:\n    - a\n    - b\n",
    );
    becomes("coop: { member_of: [ a,b ], place: { } }\n", "coop: { place: {}, member_of: [a, b] }\n");
    becomes("coop:\n  name:\n    A\n\n\n\nvalid: { from: x }\n\n", "coop:\n  name: A\n\nvalid: { from: x }\n");
    becomes("---\nclm: 1", "clm: 1\n");
    becomes("coop:\n\n  name: A\n", "coop:\n  name: A\n");
    becomes(
        "partners:\n  a:\n    any_of:\n    - - x\n      - y\n    -\n      id: z\n",
        "partners:\n  a:\n    any_of:\n      - - x\n        - y\n      - id: z\n",
    );
}

#[test]
fn comments_go_with_what_they_stand_at() {
    stays(
        "# Head.\n\n# Of clm.\nclm: 1  # one\n\n# Of coop.\ncoop:  # behind\n  # Of id.\n  id: x\n  # At the end of coop.\n\n# At the end.\n",
    );
    becomes("coop:\n  id: x     # one\n  name: A   # two\n", "coop:\n  id: x  # one\n  name: A  # two\n");
    // What may belong to the text stays where that is told of it.
    becomes("coop:\n  name: Rolls #5\n  id: x   #5\n", "coop:\n  id: x  #5\n  name: Rolls #5\n");
    becomes("coop: {id: x} # one\n", "coop: { id: x }  # one\n");
    becomes(
        "# Head.\ncoop: { id: x } # ours\n# One.\nclm: 1\n",
        "# Head.\n\n# One.\nclm: 1\ncoop: { id: x }  # ours\n",
    );
    becomes(
        "offers:\n  a:\n    # Dear.\n    price: free\n    # What it is.\n    item: x # this\n",
        "offers:\n  a:\n    # What it is.\n    item: x  # this\n    # Dear.\n    price: free\n",
    );
    becomes(
        "coop:\n  practices: [ # ours\n    a, # one\n    # Two.\n    b\n    ] # all\n",
        "coop:\n  practices:  # ours\n    - a  # one\n    # Two.\n    - b\n    # all\n",
    );
    becomes(
        "partners:\n  a:\n    any_of:\n    # First.\n    - # of it\n      id: x # y\n    # Last.\n",
        "partners:\n  a:\n    any_of:\n      # First.\n      # of it\n      - id: x  # y\n      # Last.\n",
    );
    becomes("coop:\n  name:\n    # Why.\n    A\n", "coop:\n  # Why.\n  name: A\n");
    becomes(
        "offers:\n  a:\n    for:\n      - # Dear.\n        price: free\n        # Who.\n        with: b\n",
        "offers:\n  a:\n    for:\n      # Dear.\n      # Who.\n      - with: b\n        price: free\n",
    );
}

#[test]
fn a_comment_at_the_end_of_a_block_stays_in_it() {
    becomes(
        "coop:\n  name: A\n  id: x\n  # - Of coop.\nclm: 1\n# At the end.\n",
        "clm: 1\ncoop:\n  id: x\n  name: A\n  # - Of coop.\n# At the end.\n",
    );
    becomes(
        "needs:\n  b: # behind\n    item: x\n    # Of b.\n  # c: { item: y }\nclm: 1\n",
        "clm: 1\nneeds:\n  b:  # behind\n    item: x\n    # Of b.\n  # c: { item: y }\n",
    );
    // Of a list in the column of its key, what is indented further alone is certainly a part.
    becomes(
        "coop:\n  member_of:\n  - b\n   # Of b.\n  # Of name.\n  name: A\n",
        "coop:\n  # Of name.\n  name: A\n  member_of:\n    - b\n      # Of b.\n",
    );
    becomes("with:\n- a\n- b\n# Of coop.\ncoop: { id: x }\n", "# Of coop.\ncoop: { id: x }\nwith:\n  - a\n  - b\n");
    becomes("coop:\n      # Of id.\n  id: x\n", "coop:\n  # Of id.\n  id: x\n");
    becomes("coop:\n    name: A\n  # Of coop.\n", "coop:\n  name: A\n  # Of coop.\n");
    becomes("with: a\n    # Of with.\nclm: 1\n", "clm: 1\nwith: a\n  # Of with.\n");
    becomes("coop:\n  practices: [ # None.\n    # Yet.\n    ]\n", "coop:\n  practices: []  # None.\n    # Yet.\n");
    becomes("coop:\n  member_of:\n  - b\n  # - c\nwith: a\n", "coop:\n  member_of:\n    - b\n    # - c\nwith: a\n");
    // Below a text of several lines, what is indented as that would be part of it.
    becomes(
        "coop:\n  name: |\n    A\n\n  # Of coop.\n  # Of id.\n  id: x\n",
        "coop:\n  # Of coop.\n  # Of id.\n  id: x\n  name: |\n    A\n",
    );
}

#[test]
fn a_comment_that_goes_on_below_stays_in_its_column() {
    becomes(
        "coop:\n   name: A     # as in the register,\n               # which is old\n   id: x\n",
        "coop:\n  id: x\n  name: A  # as in the register,\n           # which is old\n",
    );
    becomes(
        "with: a # one\n        # two\n\n        # three\nclm: 1\n",
        "clm: 1\nwith: a  # one\n         # two\n\n  # three\n",
    );
    stays("coop:  # one\n       # two\n  id: x\n");
}

#[test]
fn what_stands_at_the_top_stays_there_and_what_is_about_the_first_key_goes_with_it() {
    becomes(
        "# The mill.\n\n# Who we are.\ncoop: { id: x }\nclm: 1\n",
        "# The mill.\n\nclm: 1\n\n# Who we are.\ncoop: { id: x }\n",
    );
    becomes("# The mill.\ncoop: { id: x }\nclm: 1\n", "# The mill.\nclm: 1\ncoop: { id: x }\n");
    becomes(
        "# The mill.\n# clm: allow(x) because y\ncoop: { id: x }\nclm: 1\n",
        "# The mill.\nclm: 1\n# clm: allow(x) because y\ncoop: { id: x }\n",
    );
    becomes(
        "# Top.\n{ clm: 1, # one\n coop: { id: x } # x\n} # all\n# End.\n",
        "# Top.\nclm: 1  # one\ncoop: { id: x }  # x\n# all\n# End.\n",
    );
}

#[test]
fn what_allows_something_on_its_line_keeps_it_there() {
    let long = "x".repeat(120);
    stays(&format!("coop: {{ id: {long} }}  # clm: allow(x) because y\n"));
    becomes(&format!("coop: {{ id: {long} }} # y\n"), &format!("coop:  # y\n  id: {long}\n"));
}

#[test]
fn brackets_stay_unless_the_line_is_too_long() {
    let long = format!("https://a.example/{}", "x".repeat(36));
    becomes(
        &format!("coop:\n  certificates: {{ a: {{ number: 1, evidence: '{long}', issuer: some body somewhere }} }}\n"),
        &format!("coop:\n  certificates:\n    a: {{ number: 1, issuer: some body somewhere, evidence: {long} }}\n"),
    );
    becomes(
        "coop: { practices: [equal_vote,\n  worker_control] }\n",
        "coop: { practices: [equal_vote, worker_control] }\n",
    );
    becomes("{\"clm\": 1, \"coop\": {\"id\": \"x y\"}}\n", "clm: 1\ncoop: { id: x y }\n");
}

#[test]
fn quotes_stay_where_somebody_might_read_another_value() {
    becomes(
        "offers: { a: { item: \"hs:1101\", name: 'a, b', x_a: \"it's\" } }\nwith: 'a, b'\n",
        "with: a, b\noffers: { a: { item: hs:1101, name: \"a, b\", x_a: it's } }\n",
    );
    becomes(
        "offers: { a: { x_a: ['no', \"1e3\", '0x1', '2026-12-01', '007', 'a: b', 'a #b', 'a, b', 'plain', \"2 kg\", \"\\u00e1\"] } }\n",
        "offers: { a: { x_a: [\"no\", \"1e3\", \"0x1\", \"2026-12-01\", \"007\", \"a: b\", \"a #b\", \"a, b\", plain, 2 kg, á] } }\n",
    );
    becomes("'coop': { \"name\": '' }\n", "coop: { name: \"\" }\n");
}

#[test]
fn texts_of_several_lines_keep_their_lines() {
    becomes(
        "coop:\n    name: |\n        one\n          two\n\n        # three\n    id: x\n",
        "coop:\n  id: x\n  name: |\n    one\n      two\n\n    # three\n",
    );
    becomes(
        "coop:\n    name: >-\n        one\n        two\n\n        three\n    id: x\n",
        "coop:\n  id: x\n  name: >-\n    one\n    two\n\n    three\n",
    );
    becomes(
        "coop:\n    name: one\n        two\n    id: \"a\n      b\"\n",
        "coop:\n  id: \"a\n    b\"\n  name: one\n    two\n",
    );
    stays("coop:\n  name: |2-\n      one\n    two\n");
    stays("coop:\n  name: |+\n    one\n\nvalid: {}\n");
    becomes("coop:\n  name: > # why\n    one\n", "coop:\n  name: >  # why\n    one\n");
}

#[test]
fn json_is_spread_where_it_does_not_fit() {
    let name = "a.clm.json";
    assert_eq!(
        laid_out_as(name, "{\"coop\":{\"name\":\"A\",\"id\":\"x\"},\"clm\":1}"),
        "{\n  \"clm\": 1,\n  \"coop\": { \"id\": \"x\", \"name\": \"A\" }\n}\n"
    );
    assert_eq!(
        laid_out_as(name, "{\"coop\":{\n\"member_of\":[\"a\",\n\"b\"],\"place\":{}}}"),
        "{\n  \"coop\": {\n    \"place\": {},\n    \"member_of\": [\n      \"a\",\n      \"b\"\n    ]\n  }\n}\n"
    );
}

#[test]
fn json_without_a_name_stays_json() {
    let json = "{\"clm\":1,\"coop\":{\"name\":\"A\",\"id\":\"x\"}}";
    let laid_out = "{\n  \"clm\": 1,\n  \"coop\": { \"id\": \"x\", \"name\": \"A\" }\n}\n";
    assert_eq!(laid_out_as("<stdin>", json), laid_out);
    assert_eq!(laid_out_as("<stdin>", "{clm: 1, coop: {id: x}}\n"), "clm: 1\ncoop: { id: x }\n");
    assert_eq!(laid_out_as("a.clm.yml", json), "clm: 1\ncoop: { id: x, name: A }\n");
}

#[test]
fn what_would_say_something_else_is_named() {
    let (source, document) = read("a.clm.yaml", "clm: 1\noffers:\n  a:\n    x_note: >-2\n      one\n        \t\n");
    let place = format(&document, &source).unwrap_err();
    assert_eq!(source.slice(place.span), "x_note");
}

/// The texts of a folder that can be read.
#[expect(clippy::disallowed_methods, reason = "a test reads its own files")]
fn texts(folder: &Path, found: &mut Vec<(String, String)>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            texts(&path, found);
        } else if name.ends_with(".clm.yaml") || name.ends_with(".clm.json") {
            let text = std::fs::read_to_string(&path).unwrap();
            let source = Source::new(&name, &text);
            let parsed = parse(Sources::new().add(source.clone()), &source);
            if parsed.document.is_some() && !has_errors(&parsed.diagnostics) {
                found.push((name, text));
            }
        }
    }
}

#[test]
fn every_manifest_that_there_is_keeps_its_meaning() {
    let mut found = vec![("every_key.clm.yaml".to_owned(), EVERY_KEY.to_owned())];
    for folder in ["examples", "tests/conformance"] {
        texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    assert!(found.len() > 600, "only {} manifests", found.len());
    for (name, text) in found {
        laid_out_as(&name, &text);
        laid_out_as(&name, &text.replace('\n', "\r\n"));
    }
}

/// What is done to one line of a text: nothing, or something that changes no meaning.
fn disturbed(line: &str, how: u8, nth: usize) -> String {
    let indent = " ".repeat(line.len() - line.trim_start().len());
    match how {
        0 => format!("{indent}# before {nth}\n{line}\n"),
        1 if !line.contains('"') => format!("{line} # behind {nth}\n"),
        2 => format!("\n\n{line}\n"),
        3 => format!("{line}  \n"),
        4 if !line.contains('"') => format!("{}\n", line.replace(", ", ",   ").replace("{ ", "{").replace(" }", "  }")),
        5 => format!("\n{indent}    # deeper {nth}\n\n{line}\n"),
        6 => format!("# at the margin {nth}\n{line}\n"),
        7 if !line.contains('"') => {
            let open = format!("{{ # open {nth}\n{indent}      ");
            format!("{}\n", line.replace("{ ", &open).replace(" }", &format!("\n{indent}      }}")))
        }
        _ => format!("{line}\n"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn however_it_is_laid_out_it_means_the_same(how in proptest::collection::vec(0u8..24, 120), deeper in 0usize..3) {
        let text: String = EVERY_KEY.lines().enumerate().map(|(nth, line)| {
            let indent = line.len() - line.trim_start().len();
            let line = format!("{}{line}", " ".repeat(indent.min(4) * deeper));
            disturbed(&line, how[nth % how.len()], nth)
        }).collect();
        laid_out(&text);
    }

    #[test]
    fn json_means_the_same_as_it_is_and_as_yaml(keys in Just(()).prop_perturb(|(), mut rng| rng.random::<u64>())) {
        let (_, document) = read("x.clm.yaml", EVERY_KEY);
        let serde_json::Value::Object(entries) = json(&document) else { unreachable!() };
        let mut entries: Vec<_> = entries.into_iter().collect();
        let turn = usize::try_from(keys % 14).unwrap();
        entries.rotate_left(turn);
        let value = serde_json::Value::Object(entries.into_iter().collect());
        for text in [value.to_string(), format!("{value:#}")] {
            laid_out_as("x.clm.json", &text);
            laid_out_as("x.clm.yaml", &text);
        }
    }
}
