//! Documents that others wrote, where they are at hand.

use std::path::{Path, PathBuf};

use super::{Document, Entry, Kind, NodeId, Style, parse};
use crate::source::{Source, Sources};

/// The folder of a corpus beside the project, or beside the folder that holds it.
fn corpus(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = ["../shared/corpora", "../../shared/corpora"].map(|place| root.join(place).join(name));
    let found = places.into_iter().find(|place| place.is_dir());
    if found.is_none() {
        println!("skipped: no {name} here");
    }
    found
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir().unwrap().flatten() {
            if entry.path().is_dir() { open.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found.sort();
    found
}

fn bytes(path: &Path) -> Vec<u8> {
    use std::io::Read;
    let mut bytes = Vec::new();
    #[allow(clippy::disallowed_methods, reason = "tests read the corpora")]
    std::fs::File::open(path).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// The document, or the names of what is wrong with it.
fn read(name: &str, bytes: Vec<u8>) -> Result<Document, Vec<&'static str>> {
    let text = super::decode(bytes, super::MOST_BYTES).map_err(|error| vec![error.rule.name])?;
    let source = Source::new(name, text);
    let parsed = parse(Sources::new().add(source.clone()), &source);
    let errors: Vec<_> = parsed.diagnostics.iter().map(|d| d.rule.name).collect();
    if errors.is_empty() { parsed.document.ok_or(errors) } else { Err(errors) }
}

/// Whether a document says what JSON says; what is no text in JSON is compared as it is written there.
fn same(document: &Document, node: NodeId, json: &serde_json::Value) -> bool {
    match (document.kind(node), json) {
        (Kind::Scalar(text), serde_json::Value::String(expected)) => text == expected,
        (Kind::Null, serde_json::Value::Null) => true,
        (Kind::Scalar(text), serde_json::Value::Bool(truth)) => {
            document.style(node) == Style::Plain && *text == truth.to_string()
        }
        (Kind::Scalar(text), serde_json::Value::Number(number)) => {
            let written = text
                .parse::<f64>()
                .or_else(|_| i64::from_str_radix(text.trim_start_matches("0o"), 8).map(|n| n as f64));
            document.style(node) == Style::Plain && written.ok() == number.as_f64()
        }
        (Kind::List(items), serde_json::Value::Array(list)) => {
            items.len() == list.len() && items.iter().zip(list).all(|(item, json)| same(document, *item, json))
        }
        (Kind::Mapping(entries), serde_json::Value::Object(map)) => {
            let holds = |e: &Entry| map.get(e.key.as_str()).is_some_and(|json| same(document, e.value, json));
            entries.len() == map.len() && entries.iter().all(holds)
        }
        _ => false,
    }
}

#[test]
fn yaml_test_suite() {
    let Some(folder) = corpus("yaml-test-suite") else { return };
    for path in files(&folder.join("error")).iter().filter(|p| p.extension().is_some_and(|e| e == "yaml")) {
        assert!(read("x.yaml", bytes(path)).is_err(), "{} was accepted", path.display());
    }
    let (mut as_json, mut refused, mut unnamed) = (0, 0, Vec::new());
    for path in files(&folder.join("valid")).iter().filter(|p| p.extension().is_some_and(|e| e == "yaml")) {
        match read("x.yaml", bytes(path)) {
            Err(names) if names.contains(&"not-yaml") => unnamed.push(path.clone()),
            Err(_) => refused += 1,
            Ok(document) => {
                let json = path.with_extension("json");
                if json.is_file() {
                    let expected: serde_json::Value = serde_json::from_slice(&bytes(&json)).unwrap();
                    assert!(same(&document, document.root(), &expected), "{} differs from its JSON", path.display());
                    as_json += 1;
                }
            }
        }
    }
    println!("{as_json} read as their JSON, {refused} refused by a named rule");
    assert!(unnamed.is_empty(), "refused without a name: {unnamed:?}");
    assert!(as_json > 50, "only {as_json} read");
}

#[test]
fn json_test_suite() {
    let Some(folder) = corpus("json-test-suite") else { return };
    for path in files(&folder.join("test_parsing")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut text = b"{\"a\":".to_vec();
        text.extend(bytes(&path));
        text.push(b'}');
        // Each document is read as the value of a key, because ours begin with keys.
        let result = read("x.json", text);
        match name.split('_').next() {
            Some("y") => {
                let expected: Option<serde_json::Value> = serde_json::from_slice(&bytes(&path)).ok();
                let named = result.as_ref().is_err_and(|names| names.iter().all(|name| REFUSED.contains(name)));
                let read_right = result.as_ref().is_ok_and(|d| {
                    let node = d.get(d.root(), "a");
                    expected.as_ref().is_none_or(|json| node.is_some_and(|node| same(d, node, json)))
                });
                assert!(named || read_right, "{name}: {result:?}");
            }
            Some("n") => assert!(result.is_err(), "{name} was accepted"),
            // What RFC 8259 leaves open: the size of numbers is no matter, half characters and other encodings are refused.
            _ => assert_eq!(result.is_ok(), name.starts_with("i_number"), "{name}: {result:?}"),
        }
    }
}

/// What JSON allows and our documents do not hold.
const REFUSED: [&str; 2] = ["duplicate-key", "forbidden-character"];
