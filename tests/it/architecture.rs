//! The layers of the house: what may import what.
//!
//! A module imports only from layers with a smaller number; siblings of one layer do not know each other. A module that
//! is missing from the table fails, and so does a row without a module, so the table is always whole and true.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::{files, root};

/// Layer and module, from the ground up.
const LAYERS: &[(u8, &str, &str)] = &[
    (0, "source", "text, byte spans, lines and columns"),
    (0, "value", "exact numbers, quantities, units, money, prices, dates, item codes"),
    (0, "by_name", "what a manifest gives a name, by that name"),
    (0, "near", "how far one word is from another"),
    (1, "diagnostic", "rules and findings as data"),
    (1, "i18n", "language tags, plural and number forms, message tables"),
    (1, "world", "the port to the outside: read, list, today"),
    (2, "syntax", "YAML or JSON text to a tree with places"),
    (2, "input", "rules about what is given to the tool"),
    (2, "vocab", "the term catalogue and the code lists"),
    (3, "manifest", "the shape as written, the meaning, and the way from one to the other"),
    (4, "schema", "JSON Schemas and the shape check"),
    (4, "domain", "set algebra of terms"),
    (5, "lint", "the rules on one manifest; the only door onward"),
    (5, "format", "documents laid out anew, their meaning kept"),
    (5, "certificate", "the proof of an agreement, as data"),
    (5, "agreement", "what was agreed, its canonical form and digest"),
    (6, "fix", "texts mended by the edits that findings carry"),
    (6, "negotiate", "two manifests to an agreement or an account of why not"),
    (6, "contract", "an agreement to a text"),
    (7, "proof", "a certificate checked, without a search"),
    (7, "catalog", "every rule of every layer in one slice"),
    (7, "market", "many manifests: which pairs could deal, and what each comes to"),
    (7, "reading", "a manifest in sentences"),
    (7, "compose", "answers and lists to the text of a manifest"),
    (8, "settings", "what is set: how much each rule matters, for which files, in which order"),
    (8, "report", "findings and outcomes as text and JSON"),
    (9, "session", "the façade for library users"),
    (9, "host", "the only file system, environment, clock and door to other programs"),
    (9, "compare", "what two versions of a manifest change, and for whom"),
    (10, "baseline", "the findings that are known, so that only new ones count"),
    (11, "cli", "the command line"),
];

/// Lines that a file may have. What is longer has two subjects.
const LINES: usize = 700;

fn layer(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(_, name, _)| *name == module).map(|(layer, ..)| *layer)
}

/// The top module that a file of `src` belongs to; none for the roots.
fn module_of(file: &Path) -> Option<String> {
    let relative = file.strip_prefix(root("src")).unwrap();
    let first = relative.components().next()?.as_os_str().to_string_lossy().into_owned();
    let module = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
    (!matches!(module.as_str(), "lib" | "main")).then_some(module)
}

/// How deep below the crate's root the module of a file is: `src/a.rs` and `src/a/mod.rs` are 1, `src/a/b.rs` is 2.
fn depth_of(file: &Path) -> usize {
    let relative = file.strip_prefix(root("src")).unwrap();
    let depth = relative.components().count();
    if relative.file_name().is_some_and(|name| name == "mod.rs") { depth - 1 } else { depth }
}

/// The text without comments, strings and character literals, so that only code is left.
fn code_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(hashes) = raw_string(rest) {
            let end = format!("\"{}", "#".repeat(hashes));
            let start = hashes + 2;
            rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len())
        } else if c == '"' {
            string_end(rest)
        } else if c == '\'' {
            char_end(rest)
        } else {
            0
        };
        if skip == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            out.push(' ');
            rest = &rest[skip..];
        }
    }
    out
}

fn raw_string(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.chars().take_while(|c| *c == '#').count();
    after[hashes..].starts_with('"').then_some(hashes)
}

fn string_end(rest: &str) -> usize {
    let mut escaped = false;
    for (i, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return i + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Length of a character literal; zero for a lifetime.
fn char_end(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => rest[2..].char_indices().skip(1).find(|(_, c)| *c == '\'').map_or(0, |(i, _)| i + 3),
        Some(_) => chars.next().filter(|(_, c)| *c == '\'').map_or(0, |(i, _)| i + 1),
        None => 0,
    }
}

/// Names that follow a path prefix, `use crate::{a, b}` and `use crate::{\n a::{…}, b }` included.
fn names_after(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let whole =
            code[..at].chars().next_back().is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':' || c == '$'));
        if !whole {
            continue;
        }
        let after = code[at + prefix.len()..].trim_start();
        match after.strip_prefix('{') {
            Some(group) => found.extend(group_heads(group)),
            None => found.extend(word(after)),
        }
    }
    found
}

/// First words of the members of a `{…}` group.
fn group_heads(group: &str) -> Vec<String> {
    let mut heads = Vec::new();
    let (mut depth, mut start) = (0_usize, true);
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            c if c.is_whitespace() => {}
            _ if start => {
                heads.extend(word(&group[i..]));
                start = false;
            }
            _ => {}
        }
    }
    heads
}

fn word(text: &str) -> Option<String> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// Which top modules a file speaks of, by `crate::` and by as many `super::` as lead to the root.
fn imports(file: &Path) -> BTreeSet<String> {
    let code = code_of(&fs::read_to_string(file).unwrap());
    let mut found = names_after(&code, "crate::");
    let supers = "super::".repeat(depth_of(file));
    for (at, _) in code.match_indices(&supers) {
        let after = &code[at + supers.len()..];
        found.extend(word(after).filter(|name| name != "super" && layer(name).is_some()));
    }
    found
}

/// Every module and what it imports, by top module.
fn house() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut house: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for file in files(&root("src"), "rs") {
        let Some(module) = module_of(&file) else { continue };
        let entry = house.entry(module.clone()).or_default();
        for name in imports(&file) {
            if name != module {
                entry.insert(name, file.strip_prefix(root("")).unwrap().display().to_string());
            }
        }
    }
    house
}

#[test]
fn every_module_is_in_the_table_and_every_row_is_a_module() {
    let house = house();
    let missing: Vec<&String> = house.keys().filter(|module| layer(module).is_none()).collect();
    assert!(missing.is_empty(), "not in the table of layers: {missing:?}");
    let empty: Vec<&str> = LAYERS.iter().map(|(_, name, _)| *name).filter(|name| !house.contains_key(*name)).collect();
    assert!(empty.is_empty(), "in the table of layers, and no module: {empty:?}");
}

#[test]
fn nothing_is_imported_against_the_grain() {
    let mut wrong = Vec::new();
    for (module, imports) in house() {
        let Some(own) = layer(&module) else { continue };
        for (name, file) in imports {
            // Macros and items of the root (`crate::rule!`) are no modules.
            if let Some(other) = layer(&name).filter(|other| *other >= own) {
                wrong.push(format!("{file}: `{module}` (layer {own}) imports `{name}` (layer {other})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A proof that is checked by what searches for it would be no proof.
#[test]
fn proofs_are_checked_by_nothing_that_searches() {
    let known = BTreeSet::from(["problem", "Fairness", "Pricing"].map(str::to_owned));
    for file in files(&root("src/proof"), "rs") {
        let code = code_of(&fs::read_to_string(&file).unwrap());
        let names = names_after(&code, "crate::negotiate::");
        assert!(names.is_subset(&known), "{}: {names:?}", file.display());
        assert!(!code.contains("use crate::{"), "{}: a group of imports hides whose they are", file.display());
    }
}

#[test]
fn there_is_no_circle() {
    let house = house();
    let mut left: BTreeSet<&String> = house.keys().collect();
    loop {
        let free: Vec<&String> =
            left.iter().filter(|module| house[**module].keys().all(|name| !left.contains(name))).copied().collect();
        if free.is_empty() {
            break;
        }
        for module in free {
            left.remove(module);
        }
    }
    assert!(left.is_empty(), "these import each other in a circle: {left:?}");
}

#[test]
fn files_have_one_subject() {
    let long: Vec<String> = files(&root("src"), "rs")
        .into_iter()
        .filter_map(|file| {
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            (lines > LINES).then(|| format!("{}: {lines} lines", file.display()))
        })
        .collect();
    assert!(long.is_empty(), "longer than {LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = files(&root("src"), "rs")
        .into_iter()
        .filter(|file| !fs::read_to_string(file).unwrap().starts_with("//!"))
        .map(|file| file.display().to_string())
        .collect();
    assert!(silent.is_empty(), "without a first line `//!`: {silent:?}");
}

#[test]
fn the_reader_of_imports_sees_what_is_written() {
    let code = code_of(
        "use crate::{a::{x, y}, b};\n// crate::c\nlet s = \"crate::d\"; let c = '\"'; crate::e::f();\nfn g<'a>(h: &'a str) { crate::i }",
    );
    let names: Vec<String> = names_after(&code, "crate::").into_iter().collect();
    assert_eq!(names, ["a", "b", "e", "i"]);
}
