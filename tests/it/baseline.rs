//! Baselines as a user meets them.

use crate::folder::Folder;

const NEEDY: &str = "clm: 1
coop:
  id: https://a.example
  name: A
  legal_form: worker
  place: { country: AR }
  contact: { email: trade@a.example, signatory: The chair, office: chair }
with: anyone
needs:
  flour: { item: hs:1101, quantity: { at_most: 500 kg } }
";

#[test]
fn what_is_known_does_not_count_and_what_is_gone_is_told_until_it_is_taken_out() {
    let folder = Folder::new().with("a/x.clm.yaml", NEEDY);
    folder.run(&["check", "a"]).exits(0).says(&["CLM1101"]);
    folder.run(&["baseline", "write", "a"]).exits(0).says(&["written to .clm-baseline.json", "findings in it: 1"]);
    let check = ["check", "a", "--baseline", ".clm-baseline.json"];
    folder.run(&check).exits(0).says(&["1 manifest checked: 0 errors, 0 warnings"]);

    let more = NEEDY.replace("needs:\n", "# more\nneeds:\n  salt: { item: hs:2501, quantity: { at_most: 5 kg } }\n");
    let folder = folder.with("a/x.clm.yaml", more);
    let found = folder.run(&check).exits(0);
    assert!(found.out.contains("`salt`") && !found.out.contains("`flour`"), "{found:#?}");

    let folder = folder.with("a/x.clm.yaml", NEEDY.replace("500 kg }", "500 kg }, price: any"));
    folder.run(&check).exits(0).says(&["CLM1242", ".clm-baseline.json:4:", "`a/x.clm.yaml`", "clm baseline prune"]);
    folder.run(&["baseline", "prune", "a"]).exits(0).says(&["taken out: 1; left in it: 0"]);
    folder.run(&check).exits(0).says(&["0 warnings"]);
}

#[test]
fn what_is_known_of_a_file_that_is_gone_is_stale_and_of_one_that_was_not_checked_is_not() {
    let folder = Folder::new().with("a.clm.yaml", NEEDY).with("b.clm.yaml", NEEDY);
    folder.run(&["baseline", "write", "--baseline", "known/k.json", "."]).exits(2).says(&["CLM0005"]);
    let folder = folder.with("known/here", "");
    folder.run(&["baseline", "write", "--baseline", "known/k.json", "."]).exits(0);
    assert!(folder.read("known/k.json").contains("\"../a.clm.yaml\""));
    folder.run(&["baseline", "write", "--baseline", "known/k.json", "."]).exits(2).says(&["CLM0004", "--force"]);
    let check = ["check", "./a.clm.yaml", "--baseline", "known/k.json"];
    folder.run(&check).exits(0).says(&["0 errors, 0 warnings"]);
    std::fs::remove_file(folder.path("b.clm.yaml")).unwrap();
    folder.run(&check).exits(0).says(&["CLM1242", "b.clm.yaml", "1 warning"]);
}

#[test]
fn what_an_error_keeps_from_being_looked_for_is_not_called_gone() {
    let folder = Folder::new().with("a.clm.yaml", NEEDY);
    folder.run(&["baseline", "write", "a.clm.yaml"]).exits(0).says(&["findings in it: 1"]);
    let check = ["check", "--baseline", ".clm-baseline.json", "a.clm.yaml"];
    let folder = folder.with("a.clm.yaml", NEEDY.replace("500 kg", "500kg"));
    folder.run(&check).exits(1).says(&["1 error, 0 warnings"]).never_says("CLM1242");
    folder.run(&["baseline", "prune", "a.clm.yaml"]).exits(0).says(&["taken out: 0; left in it: 1"]);
    let folder = folder.with("a.clm.yaml", NEEDY);
    folder.run(&check).exits(0).says(&["0 errors, 0 warnings"]);
}

#[test]
fn errors_can_be_known_too_but_not_what_cannot_be_read() {
    let folder = Folder::new().with("a.clm.yaml", NEEDY.replace("hs:1101", "hs:11011"));
    folder.run(&["baseline", "write", "a.clm.yaml"]).exits(0);
    folder.run(&["check", "--baseline", ".clm-baseline.json", "a.clm.yaml"]).exits(0);
    let folder = folder.with("a.clm.yaml", "a: [");
    folder.run(&["check", "--baseline", ".clm-baseline.json", "a.clm.yaml"]).exits(3);
    folder.run(&["baseline", "write", "--force", "a.clm.yaml"]).exits(3).says(&["CLM01"]);
}

#[test]
fn a_file_that_is_no_baseline_is_refused_at_its_place() {
    let folder = Folder::new().with("a.clm.yaml", NEEDY).with("k.json", "{\n  \"clm_baseline\": 1,\n  oops\n}\n");
    folder.run(&["check", "a.clm.yaml", "--baseline", "k.json"]).exits(2).says(&[
        "k.json:3:3",
        "CLM1241",
        "clm baseline write",
    ]);
    folder.run(&["check", "a.clm.yaml", "--baseline", "no.json"]).exits(2).says(&["CLM0001"]);
    folder.run(&["baseline", "prune", "."]).exits(3).says(&["CLM0001", ".clm-baseline.json"]);
}

#[test]
fn what_is_read_is_never_written_over() {
    let folder = Folder::new().with("a.clm.yaml", NEEDY).with(".clm.toml", "fail_on = \"error\"\n");
    folder.run(&["baseline", "write", "--force", "--baseline", "a.clm.yaml", "."]).exits(2).says(&["CLM0013"]);
    assert_eq!(folder.read("a.clm.yaml"), NEEDY);
    folder.run(&["check", ".", "--format", "json:.clm.toml"]).exits(2);
    assert_eq!(folder.read(".clm.toml"), "fail_on = \"error\"\n");
}

#[test]
fn what_is_stale_weighs_as_it_is_set() {
    let folder = Folder::new().with("a.clm.yaml", NEEDY);
    folder.run(&["baseline", "write", "."]).exits(0);
    let folder = folder.with("a.clm.yaml", NEEDY.replace("500 kg }", "500 kg }, price: any"));
    let check = ["check", ".", "--baseline", ".clm-baseline.json"];
    folder.run(&[&check[..], &["--severity", "stale-baseline=error"]].concat()).exits(1).says(&["error[CLM1242"]);
    folder.run(&[&check[..], &["--severity", "stale-baseline=off"]].concat()).exits(0).says(&["0 errors, 0 warnings"]);
}
