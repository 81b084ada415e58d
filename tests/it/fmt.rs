//! `clm fmt`: what is laid out anew, and what is left alone.

use std::fs;

use crate::folder::{Folder, MILL, Said};
use crate::{files, root};

const MESSY: &str = "\
with:   anyone
clm: 1
# Who we are.
coop:
    place: {country: AR} # here
    name: 'The Mill'
    id: \"https://mill.example\"
    legal_form: producer


offers:
  # Fine.
  flour: {price: 600 ARS/kg,item: hs:1101}
";

const TIDY: &str = "\
clm: 1
# Who we are.
coop:
  id: https://mill.example
  name: The Mill
  legal_form: producer
  place: { country: AR }  # here
with: anyone

offers:
  # Fine.
  flour: { item: hs:1101, price: 600 ARS/kg }
";

#[test]
fn a_manifest_is_laid_out_in_its_file() {
    let folder = Folder::new().with("mill.clm.yaml", MESSY).with("good.clm.yaml", MILL);
    let said = folder.run(&["fmt"]).exits(0);
    assert_eq!(said.out, "2 manifests: 1 laid out, 1 as they should be\n");
    assert_eq!(said.err, "laid out mill.clm.yaml\n");
    assert_eq!((folder.read("mill.clm.yaml").as_str(), folder.read("good.clm.yaml").as_str()), (TIDY, MILL));
    folder.run(&["fmt", "--check", "."]).exits(0);
}

#[test]
fn the_standard_input_is_read_once() {
    let said = Folder::new().run_on(&["fmt", "-", "-"], MESSY).exits(3);
    assert_eq!(said.out, "");
    assert!(said.err.contains("the standard input is given twice"), "{said:#?}");
}

#[test]
fn what_would_change_is_named_or_shown_and_not_written() {
    let folder = Folder::new().with("mill.clm.yaml", MESSY).with("good.clm.yaml", MILL);
    let said = folder.run(&["fmt", "--check", "."]).exits(1);
    assert_eq!(said.out, "mill.clm.yaml\n");
    assert_eq!(said.err, "2 manifests: 1 would be laid out, 1 as they should be\n");
    let said = folder.run(&["fmt", "--diff", "mill.clm.yaml"]).exits(1);
    assert!(said.out.starts_with("--- mill.clm.yaml\n+++ mill.clm.yaml\n@@ "), "{said:#?}");
    assert_eq!(folder.read("mill.clm.yaml"), MESSY);
    folder.run(&["fmt", "--check", "--diff", "."]).exits(2);
}

#[test]
fn the_standard_input_is_laid_out_on_the_standard_output() {
    let folder = Folder::new();
    let said = folder.run_on(&["fmt", "-"], MESSY).exits(0);
    assert_eq!((said.out.as_str(), said.err.as_str()), (TIDY, ""));
    assert_eq!(folder.run_on(&["fmt", "-"], TIDY).exits(0).out, TIDY);
    assert_eq!(folder.run_on(&["fmt", "--check", "-"], MESSY).exits(1).out, "<stdin>\n");
}

#[test]
fn the_standard_input_is_json_or_yaml_by_its_name_or_as_it_is() {
    let folder = Folder::new();
    let json = "{\"clm\":1,\"coop\":{\"name\":\"The Mill\",\"id\":\"https://mill.example\",\"legal_form\":\"producer\",\"place\":{\"country\":\"AR\"}}}\n";
    let laid_out = "{\n  \"clm\": 1,\n  \"coop\": { \"id\": \"https://mill.example\", \"name\": \"The Mill\", \"legal_form\": \"producer\", \"place\": { \"country\": \"AR\" } }\n}\n";
    assert_eq!(folder.run_on(&["fmt", "-"], json).exits(0).out, laid_out);
    assert_eq!(folder.run_on(&["fmt", "--stdin-filename", "a.clm.json"], json).exits(0).out, laid_out);
    let as_yaml = folder.run_on(&["fmt", "-", "--stdin-filename", "a.clm.yaml"], json).exits(0);
    assert!(as_yaml.out.starts_with("clm: 1\ncoop: { id: https://mill.example, "), "{as_yaml:#?}");
    folder
        .run_on(&["fmt", "-", "--check", "--stdin-filename", "new/a.clm.json"], json)
        .exits(1)
        .says(&["new/a.clm.json\n"]);
    folder
        .run_on(&["fmt", "-", "--stdin-filename", "new/a.clm.json"], TIDY)
        .exits(1)
        .says(&["new/a.clm.json:1:1: error"]);
    folder.run(&["fmt", ".", "--stdin-filename", "a.clm.json"]).exits(2).says(&["`--stdin-filename`", "add `-`"]);
    assert!(folder.names().is_empty());
}

#[test]
fn what_would_come_to_say_something_else_is_told_and_left_alone() {
    let odd = TIDY.replace("name: The Mill\n", "name: >-2\n    The Mill\n      \t\n");
    let folder = Folder::new().with("mill.clm.yaml", &odd);
    let said = folder.run(&["fmt", "mill.clm.yaml"]).exits(1);
    said.says(&[
        "mill.clm.yaml:5:3: error[CLM0016 not-laid-out]",
        "1 manifest: 0 laid out, 0 as they should be, 1 refused",
    ]);
    assert_eq!(folder.read("mill.clm.yaml"), odd);
    folder.run(&["fmt", "--check", "mill.clm.yaml"]).exits(1).says(&["CLM0016"]);
}

#[test]
fn a_manifest_with_errors_is_shown_and_left_alone() {
    let wrong = MESSY.replace("600 ARS/kg", "600");
    let folder = Folder::new().with("mill.clm.yaml", &wrong);
    let said = folder.run(&["fmt", "mill.clm.yaml"]).exits(1);
    assert!(said.err.contains("error[CLM0311 missing-currency]"), "{said:#?}");
    assert_eq!(said.out, "1 manifest: 0 laid out, 0 as they should be, 1 refused\n");
    assert_eq!(folder.read("mill.clm.yaml"), wrong);
    folder.run(&["fmt", "nothing.clm.yaml"]).exits(3).says(&["CLM0001"]);
    folder.run_on(&["fmt", "-"], "clm: [").exits(3).says(&["CLM0121"]);
}

#[test]
fn line_ends_and_marks_stay() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let folder = Folder::new().with("mill.clm.yaml", windows(MESSY));
    folder.run(&["fmt", "mill.clm.yaml"]).exits(0);
    assert_eq!(folder.read("mill.clm.yaml"), windows(TIDY));
}

#[test]
fn the_examples_are_laid_out() {
    let folder = Folder::new();
    let examples = files(&root("examples"), "yaml");
    assert!(examples.len() >= 13);
    for path in examples {
        let text = fs::read_to_string(&path).unwrap();
        let said = folder.run_on(&["fmt", "-"], &text).exits(0);
        assert!(said.out == text, "{} is not laid out; `clm fmt examples` does it", path.display());
    }
}

#[test]
fn a_manifest_is_laid_out_once_by_whatever_names_it_is_reached() {
    let folder = Folder::new().with("in/mill.clm.yaml", MESSY);
    let twice = folder.run(&["fmt", "--check", "in", "in/mill.clm.yaml", "./in//mill.clm.yaml"]).exits(1);
    assert_eq!(twice.out, "in/mill.clm.yaml\n");
    folder.run(&["fmt", "in/mill.clm.yaml", "in"]).exits(0).says(&["1 manifest: 1 laid out, 0 as they should be"]);
}

#[cfg(unix)]
#[test]
fn why_the_standard_input_cannot_be_read_is_said() {
    let folder = Folder::new();
    let mut command = folder.command(&["fmt", "-"]);
    let output = command.stdin(fs::File::open("/").unwrap()).output().unwrap();
    Said::of(&["fmt", "-"], &output).exits(3).says(&["CLM0002", "is a folder"]).never_says("CLM0110");
}
