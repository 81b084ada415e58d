//! `clm check` with `--fix`, `--unsafe-fixes` and `--diff`: what is mended, and what is left alone.

use std::collections::BTreeSet;
use std::fs;

use clm::catalog;
use clm::diagnostic::Severity;
use clm::fix::{Mended, Reading, Wanted, mend};
use clm::lint;
use clm::source::{Source, Sources};

use crate::folder::{Folder, MILL};
use crate::spec::blocks;

/// A mill with two mistakes that are certain and one that is not.
const WRONG: &str = "\
# Ours.
clm: 1
coop:
  id: https://mill.example
  name: The Mill   # as in the register
  legal_form: producer
  place: { country: AR }
with: anyone
offers:
  flour:
    item: hs:1101
    price: 0,95 EUR/kg
    quantity: { at_least: 500kg }
    lead_time: { at_least: 10 days, at_most: 3 days }
";

pub(crate) fn reading(text: &str) -> Reading {
    let source = Source::new("a.clm.yaml", text);
    let read = lint::read(Sources::new().add(source.clone()), &source);
    let mut diagnostics = read.diagnostics;
    let digest = read.manifest.as_ref().zip(read.document.as_ref()).map(|(manifest, document)| {
        diagnostics.extend(lint::advise(document, &source, manifest));
        manifest.digest(document).to_owned()
    });
    Reading { is_document: read.document.is_some(), digest, diagnostics }
}

/// The bad examples of the pages on documents, shapes, values and meaning, with the code of each.
fn bad_examples() -> Vec<(&'static str, String)> {
    let rules = catalog::rules().into_iter().filter(|rule| matches!(rule.code.get(3..4), Some("0")));
    let bad = rules.flat_map(|rule| {
        let (_, rest) = rule.page.split_once("\n## Bad\n").unwrap();
        let section = rest.split("\n## ").next().unwrap();
        let examples = blocks(rule.code, section).into_iter().filter(|block| block.info == "yaml");
        examples.map(|block| (rule.code, block.text)).collect::<Vec<_>>()
    });
    bad.collect()
}

/// Rules of which every case that is mended in its second file is mended so by the fix.
const MENDED_AS_IN_THE_CASE: [&str; 5] = ["CLM0121", "CLM0122", "CLM0125", "CLM0127", "CLM0208"];

#[test]
fn the_fixes_make_of_the_first_file_of_a_case_its_second() {
    let chapters = ["01-documents", "02-shape"].map(|chapter| format!("tests/conformance/{chapter}"));
    let folders = chapters.iter().flat_map(|chapter| fs::read_dir(chapter).unwrap().map(|entry| entry.unwrap().path()));
    let mut mended = BTreeSet::new();
    for folder in folders {
        let file = |name: &str| fs::read_to_string(folder.join(name));
        let (Ok(wrong), Ok(right)) = (file("a.clm.yaml"), file("b.clm.yaml")) else { continue };
        let found = reading(&wrong).diagnostics;
        let Some(code) = MENDED_AS_IN_THE_CASE.into_iter().find(|code| found.iter().any(|one| one.rule.code == *code))
        else {
            continue;
        };
        assert_eq!(mend(&wrong, Wanted::All, reading).text, right, "{}", folder.display());
        mended.insert(code);
    }
    assert_eq!(mended, BTreeSet::from(MENDED_AS_IN_THE_CASE));
}

#[test]
fn the_fixes_of_the_pages_rid_their_examples_of_what_is_wrong_and_add_nothing() {
    let (mut mended, mut wrong) = (BTreeSet::new(), Vec::new());
    for (code, text) in bad_examples() {
        let before = reading(&text);
        let of = |reading: &Reading| reading.diagnostics.iter().filter(|found| found.rule.code == code).count();
        if !before.diagnostics.iter().any(|found| found.rule.code == code && found.fix.is_some()) {
            continue;
        }
        let Mended { text: after, fixed, .. } = mend(&text, Wanted::All, reading);
        let left = reading(&after);
        let known: BTreeSet<&str> = before.diagnostics.iter().map(|found| found.rule.code).collect();
        // Where reading stopped, nothing was known of what stands behind.
        let errors = left.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        let new: Vec<&str> = errors.map(|found| found.rule.code).collect();
        let is_new = |code: &&&str| !known.contains(**code) && before.is_document;
        if fixed == 0 || of(&left) > 0 || new.iter().any(|code| is_new(&code)) {
            wrong.push(format!("{code}: {fixed} fixed, then {new:?}\n{after}"));
        }
        mended.insert(code);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(mended.len() >= 40, "only {} rules have a fix that works: {mended:?}", mended.len());
}

#[test]
fn what_is_safe_for_a_valid_manifest_keeps_its_digest() {
    let mut kept = 0;
    for file in crate::files(&crate::root("tests/conformance"), "yaml") {
        let text = fs::read_to_string(file).unwrap();
        let before = reading(&text);
        if before.digest.is_none() {
            continue;
        }
        let after = mend(&text, Wanted::Safe, reading);
        assert_eq!(reading(&after.text).digest, before.digest, "{}", after.text);
        kept += 1;
    }
    assert!(kept > 400, "only {kept} valid manifests");
}

#[test]
fn certain_mistakes_are_mended_in_the_file_and_the_rest_is_shown() {
    let folder = Folder::new().with("mill.clm.yaml", WRONG);
    let said = folder.run(&["check", "--fix", "mill.clm.yaml"]).exits(1);
    said.says(&[
        "error[CLM0504 reversed-range]",
        "1 manifest checked: 2 fixed, 1 error, 0 warnings\n1 can be fixed with `--unsafe-fixes`\n",
    ]);
    let mended = WRONG.replace("0,95 EUR/kg", "0.95 EUR/kg").replace("500kg", "500 kg");
    assert_eq!(folder.read("mill.clm.yaml"), mended);
    // A second time there is nothing to do.
    folder.run(&["check", "--fix", "mill.clm.yaml"]).exits(1).says(&["1 manifest checked: 1 error"]);
    assert_eq!(folder.read("mill.clm.yaml"), mended);
    folder.run(&["check", "--unsafe-fixes", "mill.clm.yaml"]).exits(0).says(&["1 fixed, 0 errors"]);
    let swapped = mended.replace("at_least: 10 days, at_most: 3 days", "at_least: 3 days, at_most: 10 days");
    assert_eq!(folder.read("mill.clm.yaml"), swapped);
    assert_eq!(folder.names(), ["mill.clm.yaml"]);
}

#[test]
fn without_being_asked_nothing_is_mended_and_it_is_said_what_could_be() {
    let folder = Folder::new().with("mill.clm.yaml", WRONG);
    folder
        .run(&["check", "mill.clm.yaml"])
        .exits(1)
        .says(&["2 can be fixed with `--fix`, 1 more with `--unsafe-fixes`\n"]);
    assert_eq!(folder.read("mill.clm.yaml"), WRONG);
}

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let folder = Folder::new().with("mill.clm.yaml", WRONG).with("good.clm.yaml", MILL);
    let said = folder.run(&["check", "--diff", "."]).exits(1);
    assert_eq!(said.err, "2 would be fixed in 1 manifest, 1 more with `--unsafe-fixes`\n");
    let expected = "\
--- mill.clm.yaml
+++ mill.clm.yaml
@@ -9,6 +9,6 @@
 offers:
   flour:
     item: hs:1101
-    price: 0,95 EUR/kg
-    quantity: { at_least: 500kg }
+    price: 0.95 EUR/kg
+    quantity: { at_least: 500 kg }
     lead_time: { at_least: 10 days, at_most: 3 days }
";
    assert_eq!(said.out, expected);
    assert_eq!(folder.read("mill.clm.yaml"), WRONG);
    let said = folder.run(&["check", "--diff", "good.clm.yaml"]).exits(0);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", "nothing would be fixed\n"));
    folder.run(&["check", "--diff", "--format", "json", "."]).exits(2).says(&["cannot be used with"]);
}

#[test]
fn of_the_standard_input_the_mended_text_is_printed_and_the_rest_is_said_beside() {
    let folder = Folder::new();
    let said = folder.run_on(&["check", "--fix", "-"], WRONG).exits(1);
    assert_eq!(said.out, WRONG.replace("0,95 EUR/kg", "0.95 EUR/kg").replace("500kg", "500 kg"));
    assert!(said.err.contains("<stdin>:14:") && said.err.contains("2 fixed, 1 error"), "{said:#?}");
    // A text with nothing to mend comes out as it went in.
    assert_eq!(folder.run_on(&["check", "--fix", "-"], MILL).exits(0).out, MILL);
    assert_eq!(folder.run_on(&["check", "--fix", "-"], "").exits(3).out, "");
}

#[test]
fn line_ends_marks_and_a_missing_last_line_break_stay_as_they_are() {
    let windows = format!("\u{feff}{}", WRONG.replace('\n', "\r\n").trim_end());
    let folder = Folder::new().with("mill.clm.yaml", &windows);
    folder.run(&["check", "--fix", "mill.clm.yaml"]).exits(1).says(&["2 fixed"]);
    assert_eq!(folder.read("mill.clm.yaml"), windows.replace("0,95", "0.95").replace("500kg", "500 kg"));
}

#[test]
fn values_of_json_stay_in_their_quotes() {
    let json = "{\"clm\": 1, \"coop\": {\"id\": \"https://a.example\", \"name\": \"A\", \"legalForm\": \"Worker\", \"place\": {\"country\": \"ar\"}},}\n";
    let folder = Folder::new().with("a.clm.json", json);
    folder.run(&["check", "--fix", "a.clm.json"]).exits(0).says(&["4 fixed, 0 errors"]);
    let mended = json.replace("legalForm", "legal_form").replace("Worker", "worker").replace("\"ar\"", "\"AR\"");
    assert_eq!(folder.read("a.clm.json"), mended.replace("}},}", "}}}"));
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay_and_what_is_protected_is_not_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new().with("real/mill.clm.yaml", WRONG).with("other.clm.yaml", WRONG);
    symlink("real/mill.clm.yaml", folder.path("mill.clm.yaml")).unwrap();
    let mode = |name: &str, mode| fs::set_permissions(folder.path(name), fs::Permissions::from_mode(mode)).unwrap();
    mode("real/mill.clm.yaml", 0o640);
    mode("other.clm.yaml", 0o444);
    folder.run(&["check", "--fix", "mill.clm.yaml"]).exits(1).says(&["2 fixed"]);
    assert!(fs::symlink_metadata(folder.path("mill.clm.yaml")).unwrap().is_symlink());
    assert!(folder.read("real/mill.clm.yaml").contains("0.95"));
    assert_eq!(fs::metadata(folder.path("real/mill.clm.yaml")).unwrap().permissions().mode() & 0o777, 0o640);
    let said = folder.run(&["check", "--fix", "other.clm.yaml"]).exits(2);
    said.says(&["CLM0009", "protected against writing", "3 errors"]).never_says("can be fixed");
    assert_eq!(folder.read("other.clm.yaml"), WRONG);
    assert_eq!(folder.names(), ["mill.clm.yaml", "other.clm.yaml", "real"]);
}

#[test]
fn one_file_by_two_names_is_mended_once() {
    let folder = Folder::new().with("mill.clm.yaml", WRONG);
    folder.run(&["check", "--fix", "mill.clm.yaml", "./mill.clm.yaml"]).exits(1);
    assert!(folder.read("mill.clm.yaml").contains("500 kg"));
    assert_eq!(folder.names(), ["mill.clm.yaml"]);
}

#[test]
fn what_stops_the_reading_is_mended_one_after_the_other() {
    let text = "%YAML 1.2\n---\nclm: 1\n// ours\ncoop\n\tid: https://a.example\n\tname: \"Co-op \"A\"\n\tlegal_form:worker\n\tplace: { country: AR locality: Rosario\n";
    let folder = Folder::new().with("a.clm.yaml", text);
    let said = folder.run(&["check", "--unsafe-fixes", "a.clm.yaml"]);
    said.exits(0);
    assert_eq!(
        folder.read("a.clm.yaml"),
        "---\nclm: 1\n# ours\ncoop:\n  id: https://a.example\n  name: \"Co-op \\\"A\"\n  legal_form: worker\n  place: { country: AR, locality: Rosario }\n"
    );
}

#[test]
fn what_is_protected_is_not_said_to_be_mendable() {
    let folder = Folder::new().with("a.clm.yaml", WRONG);
    let path = folder.path("a.clm.yaml");
    assert!(folder.run(&["check", "a.clm.yaml"]).all().contains("can be fixed"));
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    assert!(!folder.run(&["check", "a.clm.yaml"]).all().contains("can be fixed"));
}

/// What one line of the mill becomes by what is certain, and by what is proposed.
fn line_mended(line: &str, instead: &str) -> [String; 2] {
    assert!(MILL.contains(line), "{line}");
    let text = MILL.replace(line, instead);
    [Wanted::Safe, Wanted::All].map(|wanted| {
        let after = mend(&text, wanted, reading).text;
        let head = MILL.find(line).unwrap();
        let tail = MILL.len() - head - line.len();
        after[head..after.len() - tail].to_owned()
    })
}

/// A line is only changed by who asks for what is proposed.
fn is_proposed(line: &str, instead: &str, meant: &str) {
    assert_eq!(line_mended(line, instead), [instead, meant]);
}

#[test]
fn a_number_sign_that_may_belong_to_a_text_is_never_cut_off() {
    is_proposed("name: Flour", "name: Recorte: fino #2", "name: \"Recorte: fino #2\"");
    is_proposed("name: Flour", "name: Rolls: #5", "name: \"Rolls: #5\"");
    is_proposed("name: Flour", "name: @home #2 # ours", "name: \"@home #2\" # ours");
    let certain = "name: \"Recorte: fino\" # two";
    assert_eq!(line_mended("name: Flour", "name: Recorte: fino # two"), [certain, certain]);
}

#[test]
fn a_comment_that_holds_the_closing_bracket_is_kept_as_what_it_is() {
    let quantity = "quantity: { at_least: 100 kg, multiple_of: 25 kg }";
    is_proposed(
        quantity,
        "quantity: { at_least: 100 kg #ojo, multiple_of: 25 kg }",
        "quantity: { at_least: 100 kg, multiple_of: 25 kg } #ojo",
    );
    is_proposed(
        "with: anyone",
        "with: anyone\nvalid: { from: 2026-12-01 #desde, until: 2027-11-30 }",
        "with: anyone\nvalid: { from: 2026-12-01, until: 2027-11-30 } #desde",
    );
    is_proposed(
        "signatory: The chair, office: chair }",
        "signatory: The chair, office: Presidencia # 2 }",
        "signatory: The chair, office: Presidencia } # 2",
    );
    is_proposed(
        "signatory: The chair, office: chair }",
        "signatory: The chair, office: Presidencia #ojo }",
        "signatory: The chair, office: \"Presidencia #ojo\" }",
    );
    is_proposed(
        "agreement: { law: [AR] }",
        "agreement: { law: [AR #Argentina] }",
        "agreement: { law: [AR] } #Argentina",
    );
}

#[test]
fn a_dash_that_marks_an_item_becomes_a_hyphen() {
    for dash in ["–", "—"] {
        let tiers = |mark: &str| {
            format!(
                "price:\n      tiers:\n        {mark} {{ from: 500 kg, price: 820 ARS/kg }}\n        {mark} {{ from: 900 kg, price: 800 ARS/kg }}"
            )
        };
        is_proposed("price: { at_least: 600 ARS/kg }", &tiers(dash), &tiers("-"));
    }
}

#[test]
fn an_item_behind_its_key_is_no_text_if_others_are_below() {
    let list = "name: - Rolls\n      - Buns";
    assert_eq!(line_mended("name: Flour", list)[0], list);
}

#[test]
fn quotes_of_print_and_of_two_kinds_become_one_pair() {
    let meant = "name: \"Recorte: fino\"";
    assert_eq!(line_mended("name: Flour", "name: “Recorte: fino”"), [meant, meant]);
    for text in ["\"Rolls'", "'Rolls\""] {
        let quote = &text[..1];
        let meant = format!("name: {quote}Rolls{quote}");
        assert_eq!(line_mended("name: Flour", &format!("name: {text}")), [meant.clone(), meant]);
    }
}

#[test]
fn no_word_of_a_package_becomes_a_unit_of_another_kind() {
    let units = "name: Flour\n    units: { box: 12 kg }";
    let volume = |word: &str| format!("{units}\n    quantity: {{ at_most: 60000 {word} }}");
    let mended = |word: &str| {
        let text = MILL.replace("    quantity: { at_least: 100 kg, multiple_of: 25 kg }\n", "");
        let text = text.replace("name: Flour", &volume(word));
        mend(&text, Wanted::All, reading).text
    };
    assert!(mended("cajas").contains("60000 box }"), "{}", mended("cajas"));
    for word in ["latas", "bolsas", "vasos"] {
        assert!(mended(word).contains(&format!("60000 {word} }}")), "{}", mended(word));
    }
    let undeclared = "quantity: { at_least: 100 cajas }";
    is_proposed("quantity: { at_least: 100 kg, multiple_of: 25 kg }", undeclared, undeclared);
}

#[test]
fn a_value_that_begins_with_a_sign_is_quoted_rather_than_taken_out() {
    for sign in ["!", "&"] {
        let meant = format!("name: \"{sign}kraft\"");
        is_proposed("name: Flour", &format!("name: {sign}kraft"), &meant);
        is_proposed("name: Flour", &format!("name: {sign}kraft # ours"), &format!("{meant} # ours"));
    }
}

#[test]
fn what_a_comma_cut_off_a_text_in_brackets_is_not_dropped() {
    let properties = |flute: &str| format!("name: Flour\n    properties: {{ flute: {flute} }}");
    is_proposed("name: Flour", &properties("a, b"), &properties("[a, b]"));
}
