//! What the program says of itself: rules, their pages, completions and the manual.

use clm::catalog;

use crate::folder::Folder;

#[test]
fn rules_are_explained_by_code_and_by_name() {
    let folder = Folder::new();
    let page = folder.run(&["explain", "CLM0109"]).exits(0).says(&["duplicate-key", "## Why"]).out;
    for word in ["clm0109", "duplicate-key", "Duplicate-Key"] {
        assert_eq!(folder.run(&["explain", word]).exits(0).out, page, "{word}");
    }
    folder.run(&["explain", "duplicate-kye"]).exits(2).says(&["did you mean `CLM0109` (`duplicate-key`)?"]);
    for word in ["109", "0109", "clm 109", "duplicate key"] {
        folder.run(&["explain", word]).exits(2).says(&["did you mean `CLM0109` (`duplicate-key`)?"]);
    }
    folder.run(&["explain", "nonsense"]).exits(2).says(&["`clm rules` lists all rules"]);
    let list = folder.run(&["explain"]).exits(0).says(&["CLM0001", "CLM0109", "duplicate-key"]).out;
    assert_eq!(folder.run(&["rules"]).exits(0).out, list);
}

#[test]
fn pages_are_printed_for_people_documents_and_programs() {
    let folder = Folder::new();
    let page = |format: &str| folder.run(&["explain", "duplicate-key", "--format", format]).exits(0).out;
    assert!(page("markdown").starts_with("# CLM0109 duplicate-key\n\n## What it says\n"));
    assert!(page("text").starts_with("CLM0109 duplicate-key\n") && !page("text").contains("```"));
    let json: serde_json::Value = serde_json::from_str(&page("json")).unwrap();
    assert_eq!((&json["code"], &json["severity"]), (&"CLM0109".into(), &"error".into()));
    assert_eq!(json.pointer("/sections/2/heading"), Some(&"Bad".into()));
    assert_eq!(json.pointer("/sections/2/examples/0/kind"), Some(&"yaml".into()));
}

#[test]
fn rules_are_listed_by_group_and_in_three_notations() {
    let folder = Folder::new();
    let all = catalog::rules();
    assert_eq!(folder.run(&["rules"]).exits(0).out.lines().count(), all.len());
    let clarity = all.iter().filter(|rule| rule.group.name() == "clarity").count();
    let rules = folder.run(&["rules", "--group", "clarity"]).exits(0).out;
    assert!(rules.lines().count() == clarity && rules.lines().all(|line| line.contains("  clarity  ")), "{rules}");
    let json = folder.run(&["rules", "--group", "clarity", "--format", "json"]).exits(0).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["rules"].as_array().unwrap().len(), clarity);
    assert!(json["rules"].as_array().unwrap().iter().all(|rule| rule["group"] == "clarity"));
    let markdown = folder.run(&["rules", "--group", "clarity", "--format", "markdown"]).exits(0).out;
    assert!(markdown.lines().count() == clarity + 2 && markdown.lines().all(|line| line.ends_with('|')));
    folder.run(&["rules", "--group", "clarit"]).exits(2).says(&["clarity"]);
}

#[test]
fn shells_are_told_of_every_command_and_rule() {
    let folder = Folder::new();
    let commands = ["negotiate", "completions", "staged", "stdin-filename"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        folder.run(&["completions", shell]).exits(0).says(&commands);
    }
    for shell in ["bash", "zsh", "fish"] {
        folder.run(&["completions", shell]).exits(0).says(&["need-without-price", "CLM0109", "outcome"]);
    }
    folder.run(&["completions", "tcsh"]).exits(2).says(&["bash"]);
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let folder = Folder::new();
    folder.run(&["man"]).exits(0).says(&[".TH clm 1", "clm\\-check(1)"]).never_says("help(1)");
    let before = folder.names();
    folder.run(&["man", "nowhere"]).exits(2).says(&["CLM0005", "`nowhere`"]);
    assert_eq!(folder.names(), before);
    folder.run(&["man", "."]).exits(0).says(&["written to clm.1", "written to clm-check.1"]);
    let pages = folder.names();
    let help = folder.run(&["--help"]).out;
    // What a description goes on with is set in further.
    let command =
        |line: &str| Some(line.strip_prefix("  ")?.split(' ').next()?.to_owned()).filter(|word| !word.is_empty());
    let commands = help.lines().skip_while(|line| *line != "Commands:").filter_map(command);
    let commands: Vec<String> = commands.take_while(|command| command != "help").collect();
    assert!(commands.len() >= 10, "{commands:?}");
    for command in commands.iter().map(String::as_str).chain(["baseline-write", "baseline-prune"]) {
        let page = folder.read(&format!("clm-{command}.1"));
        assert!(page.contains(&format!(".TH clm-{command} 1")) && page.contains(".SH OPTIONS"), "{page}");
    }
    assert!(!pages.iter().any(|page| page.contains("help")), "{pages:?}");
    // None is replaced unless all may be.
    std::fs::remove_file(folder.path("clm.1")).unwrap();
    folder.run(&["man", "."]).exits(2).says(&["CLM0004", "--force"]);
    assert!(!folder.path("clm.1").exists());
    folder.run(&["man", ".", "--force"]).exits(0);
    assert_eq!(folder.names(), pages);
}
