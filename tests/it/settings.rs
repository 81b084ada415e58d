//! Settings, severities, exit codes and house rules, as a user meets them.

use std::fs;

use clm::diagnostic::{Rule, Severity};
use clm::schema::house::HouseRules;
use clm::settings;
use clm::source::{Source, Sources};
use clm::{catalog, lint};

use crate::folder::{Folder, MILL, Said};
use crate::root;
use crate::spec::blocks;

/// A valid manifest of which a warning is told: a need without a price.
const WARNED: &str = "clm: 1\ncoop: { id: https://a.example, name: A, legal_form: worker, place: { country: AR }, \
    contact: { email: trade@a.example, signatory: The chair, office: chair } }\nwith: anyone\n\
    needs: { flour: { item: hs:1101, quantity: { at_most: 500 kg } } }\n";

const CODE: &str = "CLM1101 need-without-price";

/// A folder with one manifest of which a warning is told, in `in/`.
fn warned() -> Folder {
    Folder::new().with("in/a.clm.yaml", WARNED)
}

/// What a check says of the warning: its severity, if it is told.
fn severity(said: &Said) -> Option<&'static str> {
    ["error", "warning", "info"].into_iter().find(|word| said.out.contains(&format!("{word}[{CODE}]")))
}

#[track_caller]
fn told(folder: &Folder, more: &[&str], expected: Option<&str>) -> Said {
    let said = folder.run(&[&["check", "in/a.clm.yaml"], more].concat());
    assert_eq!(severity(&said), expected, "{said:#?}");
    said
}

// What holds.

#[test]
fn each_place_where_a_level_is_set_goes_before_the_next() {
    let said = |toml: &str, more: &[&str]| {
        let folder = warned().with(".clm.toml", toml);
        severity(&folder.run(&[&["check", "in"], more].concat()))
    };
    let group = "groups = { clarity = \"info\" }\n";
    let rule = "rules = { need-without-price = \"error\" }\n";
    let path = |inside: &str| format!("[[paths]]\nmatch = \"in\"\n{inside}");
    assert_eq!(said("", &[]), Some("warning"));
    assert_eq!(said(group, &[]), Some("info"));
    assert_eq!(said(&format!("{group}{rule}"), &[]), Some("error"));
    // A group for some paths goes before a rule for all.
    assert_eq!(said(&format!("{rule}{}", path(group)), &[]), Some("info"));
    // The last path that fits and speaks of the rule decides; one that does not fit is passed over.
    let last = format!("{}{}", path(rule), path("rules = { CLM1101 = \"off\" }\n"));
    assert_eq!(said(&last, &[]), None);
    let silent =
        format!("{}{}[[paths]]\nmatch = \"out/**\"\n{rule}", path(group), path("rules = { unused-class = \"off\" }\n"));
    assert_eq!(said(&silent, &[]), Some("info"));
    // The command line goes before all, a rule before its group, the last flag before the others.
    assert_eq!(said(&last, &["--severity", "clarity=warning"]), Some("warning"));
    let flags = ["--severity", "need-without-price=info", "--severity", "clarity=off"];
    assert_eq!(said(&last, &flags), Some("info"));
    assert_eq!(said("", &["--severity", "CLM1101=info", "--severity", "need-without-price=error"]), Some("error"));
}

#[test]
fn the_nearest_settings_file_holds_and_no_other() {
    let folder = warned().with(".clm.toml", "rules = { need-without-price = \"error\" }\n");
    told(&folder, &[], Some("error")).exits(1);
    let folder = folder.with("in/.clm.toml", "");
    told(&folder, &[], Some("warning")).exits(0);
    let folder = folder.with("other/x.toml", "rules = { need-without-price = \"off\" }\n");
    told(&folder, &["--config", "other/x.toml"], None).exits(0);
    fs::remove_file(folder.path("in/.clm.toml")).unwrap();
    told(&folder, &["--isolated"], Some("warning")).exits(0);
    // The standard input is settled by the folder in which the command runs.
    let said = folder.run_on(&["check", "-"], WARNED);
    assert_eq!(severity(&said), Some("error"), "{said:#?}");
}

#[test]
fn settings_hold_from_wherever_the_command_runs() {
    let folder =
        warned().with(".clm.toml", "[[paths]]\nmatch = \"in/*.yaml\"\nrules = { need-without-price = \"off\" }\n");
    for (inside, name) in [("in", "a.clm.yaml"), ("in", "../in/a.clm.yaml"), (".", "./in/a.clm.yaml")] {
        let output = folder.command(&["check", name]).current_dir(folder.path(inside)).output().unwrap();
        assert_eq!(severity(&Said::of(&["check", name], &output)), None, "{inside} {name}");
    }
    let whole = folder.path("in/a.clm.yaml");
    let whole = whole.to_str().unwrap();
    let elsewhere = Folder::new().run(&["check", whole]).exits(0);
    assert_eq!(severity(&elsewhere), None);
    // A mistake above is named as one would type it.
    let broken = Folder::new().with(".clm.toml", "lang = \"xx\"").with("in/a.clm.yaml", WARNED);
    let output = broken.command(&["check", "a.clm.yaml"]).current_dir(broken.path("in")).output().unwrap();
    Said::of(&[], &output).exits(2).says(&["../.clm.toml:1:8: error[CLM1205"]);
}

#[test]
fn what_is_excluded_is_left_out_unless_it_is_named() {
    let folder = warned().with("vendor/deep/b.clm.yaml", WARNED).with(".clm.toml", "exclude = [\"vendor\"]");
    folder.run(&["check", "."]).exits(0).says(&["1 manifest checked"]).never_says("vendor");
    folder.run(&["check", "vendor/deep/b.clm.yaml"]).says(&["vendor/deep/b.clm.yaml:", "1 manifest checked"]);
    folder.run(&["check", "vendor"]).exits(3).says(&["CLM0010", "`vendor`", "`exclude`", "`--isolated`"]);
    folder.run(&["check", ".", "--isolated"]).says(&["2 manifests checked"]);
}

#[test]
fn a_check_fails_from_where_it_is_said() {
    let folder = warned().with("in/bad.clm.yaml", MILL.replace("600 ARS/kg", "600 ARX/kg"));
    let exit = |more: &[&str]| folder.run(&[&["check", "in/a.clm.yaml"], more].concat()).code;
    assert_eq!(exit(&[]), Some(0));
    assert_eq!(exit(&["--fail-on", "warning"]), Some(1));
    assert_eq!(exit(&["--fail-on", "info"]), Some(1));
    assert_eq!(exit(&["--fail-on", "warning", "--severity", "clarity=info"]), Some(0));
    assert_eq!(exit(&["--fail-on", "info", "--severity", "clarity=info"]), Some(1));
    folder.run(&["check", "in/bad.clm.yaml"]).exits(1);
    folder.run(&["check", "in/bad.clm.yaml", "--fail-on", "never"]).exits(0).says(&["1 error"]);
    let folder = folder.with(".clm.toml", "fail_on = \"warning\"");
    folder.run(&["check", "in/a.clm.yaml"]).exits(1);
    folder.run(&["check", "in/a.clm.yaml", "--fail-on", "error"]).exits(0);
    folder.run(&["check", "in", "--fail-on", "sometimes"]).exits(2).says(&["never"]);
}

#[test]
fn what_settings_make_an_error_keeps_nobody_from_negotiating() {
    let folder = Folder::of_a_pair().with("in/.clm.toml", "").with(
        ".clm.toml",
        "schema = \"house.json\"\ngroups = { clarity = \"error\", meaning = \"error\", syntax = \"error\" }",
    );
    let folder = folder.with("house.json", "{ \"required\": [\"valid\"] }");
    folder.run(&["check", "mill.clm.yaml"]).exits(1).says(&["CLM1220", "`valid` is missing"]);
    folder.run(&["negotiate", "mill.clm.yaml", "bakery.clm.yaml"]).exits(0);
}

#[test]
fn what_comments_and_baselines_allow_does_not_fail_a_check_however_it_is_set() {
    let allowed =
        WARNED.replace("needs:", "# clm: allow(need-without-price) because the price is agreed by telephone\nneeds:");
    let folder = Folder::new().with("in/a.clm.yaml", allowed).with(".clm.toml", "groups = { clarity = \"error\" }");
    folder.run(&["check", "in"]).exits(0);
    let folder = warned().with(".clm.toml", "groups = { clarity = \"error\" }\nbaseline = \"known.json\"");
    folder.run(&["baseline", "write", "--baseline", "known.json", "in"]).exits(0);
    folder.run(&["check", "in"]).exits(0);
    let output = folder.command(&["check", "."]).current_dir(folder.path("in")).output().unwrap();
    Said::of(&[], &output).exits(0);
}

// Exit codes.

#[test]
fn every_exit_code_of_a_check_is_given_for_its_own_reason() {
    let folder = warned()
        .with("error.clm.yaml", MILL.replace("600 ARS/kg", "600 ARX/kg"))
        .with("no.clm.yaml", "clm: 1\n\t- x\n\"")
        .with("binary.clm.yaml", b"a\0b")
        .with("fail.toml", "fail_on = \"warning\"")
        .with("wrong.toml", "fail_on = 3")
        .with("house.json", "{ \"required\": [\"valid\"] }")
        .with("broken.json", "{ \"required\": 3 }");
    let a = "in/a.clm.yaml";
    let exit = |arguments: &[&str]| folder.run(&[&["check"], arguments].concat()).code.unwrap();
    assert_eq!(exit(&[a]), 0);
    assert_eq!(exit(&["error.clm.yaml"]), 1);
    assert_eq!(exit(&[a, "--config", "fail.toml"]), 1);
    assert_eq!(exit(&[a, "--schema", "house.json"]), 1);
    for usage in [
        &["--unknown", a][..],
        &[a, "--config", "wrong.toml"],
        &[a, "--config", "missing.toml"],
        &[a, "--config", "wrong.toml", "--isolated"],
        &[a, "--schema", "broken.json"],
        &[a, "--schema", "missing.json"],
        &[a, "--severity", "nonsense=off"],
        // Whatever else is wrong: nothing is checked.
        &["error.clm.yaml", "no.clm.yaml", "--severity", "duplicate-key=off"],
    ] {
        assert_eq!(exit(usage), 2, "{usage:?}");
    }
    for unreadable in ["missing.clm.yaml", "binary.clm.yaml", "no.clm.yaml"] {
        assert_eq!(exit(&[unreadable]), 3, "{unreadable}");
        assert_eq!(exit(&["error.clm.yaml", unreadable]), 3, "{unreadable}");
        assert_eq!(exit(&[unreadable, "--fail-on", "never"]), 3, "{unreadable}");
    }
}

/// Threads cannot be had with a stack of an exabyte, so the program fails where it asks for one.
#[test]
fn a_fault_of_the_program_is_told_as_one() {
    if std::thread::available_parallelism().map_or(1, usize::from) == 1 {
        return;
    }
    let folder = warned().with("in/b.clm.yaml", WARNED);
    let mut command = folder.command(&["check", "in"]);
    let output = command.env("RUST_MIN_STACK", (1_u64 << 60).to_string()).output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("clm itself failed: "), "{told}");
    assert!(told.contains("please report this line") && told.contains(env!("CARGO_PKG_VERSION")), "{told}");
    assert!(!told.contains("RUST_BACKTRACE"), "{told}");
}

// What is wrong with settings.

#[test]
fn all_mistakes_of_a_settings_file_are_told_in_one_run_each_with_a_way_out() {
    let toml = "fail-on = \"warning\"\nlang = \"fr\"\nexclude = 3\nclarity = \"off\"\nduplicate-key = \"off\"\n\
        schema = [\"a.json\", 3]\n[rules]\nneed-without-prize = \"off\"\nduplicate-key = \"off\"\nunused-class = \"of\"\n\
        CLM1101 = \"error\"\nneed-without-price = \"info\"\nmeaning = \"off\"\nnot-admitted = \"off\"\nclm0201 = \"error\"\n\
        [groups]\nshape = \"off\"\nclarty = \"off\"\nunused-class = \"off\"\n[[paths]]\nrules = { x = 3 }\n[[paths]]\n\
        match = \"[x\"\ngroups = \"off\"\n";
    let said = warned().with(".clm.toml", toml).run(&["check", "in"]).exits(2);
    assert_eq!(said.out, "", "{said:#?}");
    let lines: Vec<&str> = said.err.lines().collect();
    let expected = [
        (".clm.toml:1:1: error[CLM1202 unknown-setting]: there is no setting `fail-on`", "did you mean `fail_on`?"),
        (".clm.toml:2:8: error[CLM1205 wrong-setting]: `lang` does not take `fr`", "it takes `en`, `es`"),
        (
            ".clm.toml:3:11: error[CLM1205 wrong-setting]: `exclude` is not written this way",
            "`exclude = [\"vendor/**\"]`",
        ),
        (".clm.toml:4:1: error[CLM1202 unknown-setting]: there is no setting `clarity`", "it belongs under `[groups]`"),
        (
            ".clm.toml:5:1: error[CLM1202 unknown-setting]: there is no setting `duplicate-key`",
            "it belongs under `[rules]`",
        ),
        (".clm.toml:6:21: error[CLM1205 wrong-setting]: `schema` is not written this way", "federation.schema.json"),
        (".clm.toml:8:1: error[CLM1203 unknown-rule]: there is no rule `need-without-prize`", "`need-without-price`"),
        (
            ".clm.toml:9:1: error[CLM1206 lowered-error]: `duplicate-key` cannot be set to `off`",
            "only warnings and notes",
        ),
        (".clm.toml:10:16: error[CLM1205 wrong-setting]: `unused-class` does not take `of`", "did you mean `off`?"),
        (".clm.toml:12:1: error[CLM1208 set-twice]: `need-without-price` is set twice here", "keep one of the two"),
        (".clm.toml:13:1: error[CLM1203 unknown-rule]: there is no rule `meaning`", "it belongs under `[groups]`"),
        (
            ".clm.toml:14:1: error[CLM1205 wrong-setting]: `not-admitted` is not looked for by `clm check`",
            "take it out",
        ),
        (".clm.toml:17:1: error[CLM1206 lowered-error]: there is nothing to set in the group `shape`", "take it out"),
        (
            ".clm.toml:18:1: error[CLM1204 unknown-group]: there is no group of rules `clarty`",
            "did you mean `clarity`?",
        ),
        (".clm.toml:19:1: error[CLM1204 unknown-group]: there is no group of rules `unused-class`", "under `[rules]`"),
        (".clm.toml:20:1: error[CLM1209 missing-match]: `[[paths]]` does not say for which paths it holds", "`match ="),
        (".clm.toml:21:11: error[CLM1203 unknown-rule]: there is no rule `x`", "`clm rules` lists all rules"),
        (
            ".clm.toml:21:15: error[CLM1205 wrong-setting]: `x` does not take `3`",
            "it takes `off`, `info`, `warning`, `error`",
        ),
        (".clm.toml:23:9: error[CLM1207 bad-pattern]: `[x` is no pattern of paths", "`*` stands for any name"),
        (".clm.toml:24:10: error[CLM1205 wrong-setting]: `groups` is not written this way", "`groups = {"),
    ];
    let heads: Vec<&str> = lines.iter().filter(|line| line.starts_with(".clm.toml:")).copied().collect();
    assert_eq!(heads.len(), expected.len(), "{heads:#?}");
    for (head, (message, help)) in heads.iter().zip(expected) {
        assert!(head.starts_with(message), "{head}\nis not\n{message}");
        assert!(said.err.contains(help), "{help} is not said of {message}");
    }
    assert!(said.err.lines().filter(|line| !line.starts_with(".clm.toml")).all(|line| line.chars().count() <= 80));
}

#[test]
fn a_file_that_is_no_toml_is_told_line_by_line() {
    let said = warned().with(".clm.toml", "a = off\nb = [1,\n").run(&["check", "in"]).exits(2);
    said.says(&[
        ".clm.toml:1:5: error[CLM1201 broken-settings]",
        "a text stands in quotes",
        ".clm.toml:2:8: error[CLM1201",
    ]);
    let mistakes = [
        ("fail_on: warning", "letras, cifras"),
        ("fail_on = \"warning", "entre comillas no se cierra"),
        ("exclude = [\"a\",, \"b\"]", "una coma de más"),
        ("fail_on == \"never\"", "un `=` de más"),
        ("fail_on = 01", "desde acá no se puede leer"),
    ];
    for (text, told) in mistakes {
        let said = warned().with(".clm.toml", text).run(&["check", "in", "--lang", "es"]).exits(2);
        let all = said.err.replace("\n  ", " ");
        assert!(all.contains(told), "{text}: {all}");
    }
    warned().with(".clm.toml", b"\xff\xfe").run(&["check", "in"]).exits(2).says(&["UTF-8"]);
    warned().with(".clm.toml/x", "").run(&["check", "in"]).exits(0);
}

#[test]
fn a_flag_is_told_of_like_a_settings_file() {
    let said = |flag: &str| warned().run(&["check", "in", "--severity", flag]).exits(2);
    said("need-without-prize=off").says(&["--severity:1:1: error[CLM1203", "did you mean `need-without-price`?"]);
    said("need-without-price").says(&["CLM1205", "`RULE=LEVEL`"]);
    said("clarity=none").says(&["--severity:1:9: error[CLM1205", "it takes `off`"]);
    said("duplicate-key=info").says(&["CLM1206"]);
    said("shape=off").says(&["CLM1206"]);
}

// What is shown.

#[test]
fn settings_are_shown_with_where_each_comes_from_and_can_be_used_as_settings() {
    let toml = "fail_on = \"warning\"\nexclude = [\"vendor\"]\n\n[[paths]]\nmatch = [\"in/**\"]\ngroups = { clarity = \"info\" }\n";
    let folder = warned().with(".clm.toml", toml).with("vendor/x.clm.yaml", WARNED);
    let said = folder.run(&["check", "--show-settings", "in/a.clm.yaml", "--severity", "house-rule=warning"]).exits(0);
    let said = said.says(&[
        "# What holds for in/a.clm.yaml",
        "# Settings file: .clm.toml",
        "fail_on = \"warning\"  # .clm.toml:1:11",
        "need-without-price = \"info\"  # .clm.toml:6:22, for [\"in/**\"]",
        "house-rule = \"warning\"  # the command line",
        "expired-manifest = \"warning\"  # by default",
    ]);
    told(&folder.with("shown.toml", &said.out), &["--config", "shown.toml"], Some("info"));
    let folder = warned().with(".clm.toml", toml).with("vendor/x.clm.yaml", WARNED);
    folder.run(&["check", "--show-settings", "vendor/x.clm.yaml"]).exits(0).says(&["# Excluded"]);
    folder.run(&["check", "--show-settings", "in"]).exits(0).says(&["need-without-price = \"info\""]);
    folder
        .run(&["check", "--show-settings", "in", "--isolated"])
        .exits(0)
        .says(&["# Settings file: none", "fail_on = \"error\""]);
    folder.run(&["check", "--show-settings", "in", "in"]).exits(2);
}

// House rules.

/// A manifest of a coop with some facts, for house rules to be held against.
const MEMBER: &str = "clm: 1\ncoop:\n  id: https://a.example\n  name: A\n  legal_form: worker\n  members: 12\n  \
    languages: [es, en]\n  place: { country: AR, locality: Rosario }\nwith: anyone\n";

/// What is told of a manifest by a schema: severity, column of the place, message.
fn asked(schema: &str) -> Vec<String> {
    asked_of(schema, MEMBER)
}

fn asked_of(schema: &str, manifest: &str) -> Vec<String> {
    let mut sources = Sources::new();
    let source = Source::new("house.json", schema);
    let rules = HouseRules::read(sources.add(source.clone()), &source).unwrap_or_else(|found| panic!("{found:#?}"));
    let text = Source::new("a.clm.yaml", manifest);
    let read = lint::read(sources.add(text.clone()), &text);
    let document = read.document.unwrap();
    let tell = |finding: &clm::diagnostic::Diagnostic| {
        assert_eq!(finding.rule.code, "CLM1220");
        assert_eq!(finding.labels.len(), 1, "a demand has a place");
        let demanded = source.slice(finding.labels[0].place.span);
        assert!(!demanded.is_empty());
        format!("{}: {} ({demanded})", text.line_column(finding.place.span.start), finding.message.english())
    };
    let found = rules.check(&document, &text, &mut Sources::new());
    found.iter().map(tell).collect()
}

#[test]
fn a_demand_is_told_in_plain_words_at_the_smallest_thing_to_edit() {
    let coop = |inside: &str| format!("{{\"properties\": {{\"coop\": {inside}}}}}");
    let of = |key: &str, inside: &str| coop(&format!("{{\"properties\": {{\"{key}\": {inside}}}}}"));
    for (schema, expected) in [
        ("{\"required\": [\"valid\"]}".to_owned(), "1:1: `valid` is missing (\"required\")"),
        (coop("{\"required\": [\"contact\"]}"), "3:3: `contact` is missing in `coop` (\"required\")"),
        (of("members", "{\"minimum\": 20}"), "6:12: `coop.members` is `12`, and must be at least 20 (\"minimum\": 20)"),
        (
            of("members", "{\"exclusiveMaximum\": 12}"),
            "6:12: `coop.members` is `12`, and must be less than 12 (\"exclusiveMaximum\": 12)",
        ),
        (
            of("members", "{\"multipleOf\": 5}"),
            "6:12: `coop.members` is `12`, and must be a multiple of 5 (\"multipleOf\": 5)",
        ),
        (of("members", "{\"enum\": [1, 2]}"), "6:12: `coop.members` is `12`, and must be one of `1`, `2` (\"enum\")"),
        (
            of("name", "{\"minLength\": 3}"),
            "4:9: `coop.name` is too short: 3 characters are the least (\"minLength\": 3)",
        ),
        (of("name", "{\"type\": \"integer\"}"), "4:9: `coop.name` must be a whole number (\"type\": \"integer\")"),
        (
            of("name", "{\"type\": [\"integer\", \"null\"]}"),
            "4:9: `coop.name` is of none of the kinds `integer`, `null` (\"type\")",
        ),
        (
            of("name", "{\"pattern\": \"^B\"}"),
            "4:9: `coop.name` is `A`, which is not of the form `^B` (\"pattern\": \"^B\")",
        ),
        (of("name", "{\"const\": \"B\"}"), "4:9: `coop.name` must be `B` (\"const\": \"B\")"),
        (of("name", "false"), "4:9: `coop.name` may not stand here (\"name\": false)"),
        (
            of("languages", "{\"maxItems\": 1}"),
            "7:3: `coop.languages` has too many entries: 1 is the most (\"maxItems\": 1)",
        ),
        (
            of("languages", "{\"contains\": {\"const\": \"eu\"}}"),
            "7:3: `coop.languages` holds no entry of the kind that is asked for (\"contains\")",
        ),
        (of("languages", "{\"items\": {\"enum\": [\"es\"]}}"), "7:19: `coop.languages[en]` must be `es` (\"enum\")"),
        (
            of("place", "{\"additionalProperties\": false, \"properties\": {\"country\": {}}}"),
            "8:25: `locality` may not stand in `coop.place` (\"additionalProperties\": false)",
        ),
        (
            of("place", "{\"propertyNames\": {\"maxLength\": 7}}"),
            "8:25: `locality` is no name that may stand in `coop.place` (\"maxLength\": 7)",
        ),
        (
            of("place", "{\"maxProperties\": 1}"),
            "8:3: `coop.place` has too many keys: 1 is the most (\"maxProperties\": 1)",
        ),
        (of("name", "{\"not\": {\"const\": \"A\"}}"), "4:9: `coop.name` is not as the house rules ask (\"not\")"),
        // Of several ways the nearest is told: the one of the right kind.
        (
            of("languages", "{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"array\", \"maxItems\": 1}]}"),
            "7:3: `coop.languages` has too many entries: 1 is the most (\"maxItems\": 1)",
        ),
        // Of keys of which one would do, all are named.
        (
            "{\"anyOf\": [{\"required\": [\"valid\"]}, {\"required\": [\"agreement\"]}]}".to_owned(),
            "1:1: one of `valid`, `agreement` is missing (\"anyOf\")",
        ),
        (
            of("place", "{\"oneOf\": [{\"required\": [\"subdivision\"]}, {\"required\": [\"address\"]}]}"),
            "8:12: one of `subdivision`, `address` is missing in `coop.place` (\"oneOf\")",
        ),
        (
            of("name", "{\"oneOf\": [{\"maxLength\": 1}, {\"type\": \"string\"}]}"),
            "4:9: `coop.name` fits several of the ways, and may fit one alone (\"oneOf\")",
        ),
        // Behind a reference, the place is where the demand is written.
        (
            "{\"$ref\": \"#/$defs/x\", \"$defs\": {\"x\": {\"required\": [\"valid\"]}}}".to_owned(),
            "1:1: `valid` is missing (\"required\")",
        ),
        (
            "{\"$ref\": \"#x\", \"$defs\": {\"x\": {\"$anchor\": \"x\", \"required\": [\"valid\"]}}}".to_owned(),
            "1:1: `valid` is missing (\"required\")",
        ),
        (
            "{\"if\": {\"required\": [\"with\"]}, \"then\": {\"required\": [\"offers\"]}}".to_owned(),
            "1:1: `offers` is missing (\"required\")",
        ),
    ] {
        assert_eq!(asked(&schema), [expected], "{schema}");
    }
}

#[test]
fn a_scalar_is_text_and_number_as_the_schema_asks() {
    let of = |inside: &str| format!("{{\"properties\": {{\"coop\": {{\"properties\": {{\"members\": {inside}}}}}}}}}");
    for fits in [
        "{\"type\": \"integer\"}",
        "{\"type\": \"number\", \"maximum\": 12}",
        "{\"type\": \"string\", \"pattern\": \"^12$\"}",
        "{\"type\": [\"null\", \"integer\"]}",
        "{\"const\": 12}",
        "{\"const\": 12.0}",
        "{\"enum\": [12, \"many\"]}",
        "{\"enum\": [\"12\"]}",
    ] {
        assert_eq!(asked(&of(fits)), [""; 0], "{fits}");
        let quoted = MEMBER.replace("members: 12", "members: \"12\"");
        assert_eq!(asked_of(&of(fits), &quoted), [""; 0], "{fits}");
    }
    for not in ["{\"type\": \"boolean\"}", "{\"type\": \"object\"}", "{\"const\": 13}", "{\"enum\": [\"twelve\"]}"] {
        assert_eq!(asked(&of(not)).len(), 1, "{not}");
    }
    // A value with a unit is text: a limit says nothing of it.
    let priced = format!("{MEMBER}offers: {{ x: {{ item: hs:1101, price: 3 ARS/kg }} }}\n");
    let price = |inside: &str| {
        format!(
            "{{\"properties\": {{\"offers\": {{\"additionalProperties\": {{\"properties\": {{\"price\": {inside}}}}}}}}}}}"
        )
    };
    assert_eq!(asked_of(&price("{\"minimum\": 5}"), &priced), [""; 0]);
    assert_eq!(asked_of(&price("{\"pattern\": \" EUR/\"}"), &priced).len(), 1);
    let unique = "{\"properties\": {\"coop\": {\"properties\": {\"languages\": {\"uniqueItems\": true}}}}}";
    assert_eq!(asked(unique), [""; 0]);
    assert_eq!(asked_of(unique, &MEMBER.replace("[es, en]", "[es, es]")).len(), 1);
}

#[test]
fn a_federation_speaks_in_its_own_words() {
    let schema = r#"{ "x-clm-severity": "warning", "properties": { "coop": {
        "x-clm-message": "we ask for a contact", "x-clm-message-es": "pedimos un contacto", "x-clm-help": "write `contact`",
        "required": ["contact", "practices"], "properties": { "members": { "minimum": 20, "description": "We are big",
        "x-clm-message": "twenty found a coop", "x-clm-severity": "info" } } } } }"#;
    let folder = Folder::new().with("a.clm.yaml", MEMBER).with("house.json", schema);
    let quiet = ["--severity", "unreachable-coop=off", "--severity", "silent-manifest=off"];
    let run =
        |more: &[&str]| folder.run(&[&["check", "a.clm.yaml", "--schema", "house.json"], &quiet[..], more].concat());
    run(&[]).exits(0).says(&[
        "a.clm.yaml:3:3: warning[CLM1220 house-rule]: we ask for a contact\n",
        "  house.json:3:9: demanded here\n",
        "  help: write `contact`\n",
        "a.clm.yaml:6:12: info[CLM1220 house-rule]: twenty found a coop\n",
        // One demand with one message is told once, however many keys are missing.
        "0 errors, 1 warning, 1 note",
    ]);
    run(&["--severity", "house-rule=error"]).exits(1).says(&["2 errors"]);
    run(&["--severity", "house-rule=off"]).exits(0).says(&["0 errors, 0 warnings\n"]);
    run(&["--color", "always"]).exits(0).says(&["house.json:3:9: demanded here"]);
}

#[test]
fn several_schemas_hold_together_those_of_settings_from_their_folder() {
    let folder = Folder::new()
        .with("a/b/x.clm.yaml", MEMBER)
        .with("a/.clm.toml", "schema = [\"rules/one.json\", \"rules/two.yaml\"]")
        .with("a/rules/one.json", "{\"required\": [\"valid\"]}")
        .with("a/rules/two.yaml", "# in YAML\nrequired: [offers]\n")
        .with("three.json", "{\"required\": [\"needs\"]}");
    folder.run(&["check", "a/b/x.clm.yaml", "--schema", "three.json"]).exits(1).says(&[
        "`valid` is missing",
        "a/rules/one.json:1:2: demanded here",
        "`offers` is missing",
        "a/rules/two.yaml:2:1: demanded here",
        "`needs` is missing",
        "3 errors",
    ]);
    folder.run(&["check", "a/b/x.clm.yaml", "--isolated"]).exits(0);
}

#[test]
fn house_rules_wait_until_a_manifest_is_valid() {
    let folder = Folder::new()
        .with("a.clm.yaml", MEMBER.replace("country: AR", "country: XX"))
        .with("house.json", "{\"required\": [\"valid\"]}");
    folder.run(&["check", "a.clm.yaml", "--schema", "house.json"]).exits(1).never_says("CLM1220");
}

#[test]
fn a_schema_that_cannot_be_used_ends_the_command_with_its_place() {
    for (schema, expected) in [
        (
            "{\"required\": \"x\"}",
            "house.json:1:14: error[CLM1211 broken-house-rules]: `required` is not as JSON Schema asks",
        ),
        (
            "{\"type\": \"strng\"}",
            "house.json:1:10: error[CLM1211 broken-house-rules]: `type` is not as JSON Schema asks: it takes `string`",
        ),
        ("{\"pattern\": \"[a\"}", "it is no regular expression"),
        ("[1]", "house.json:1:1: error[CLM1211 broken-house-rules]: a JSON Schema is due here"),
        ("true", "a JSON Schema is due here"),
        ("", "a JSON Schema is due here"),
        ("{", "house.json:1:1: error[CLM0121 unclosed-bracket]"),
        ("{\"x\": 1, \"x\": 2}", "CLM0109"),
        (
            "{\"$schema\": \"https://draft.example/x\"}",
            "house.json:1:13: error[CLM1211 broken-house-rules]: `$schema` is not as",
        ),
        ("{\"x-clm-severity\": \"fatal\"}", "it takes `info`, `warning` or `error`"),
        (
            "{\"$ref\": \"https://x.example/a.json\"}",
            "house.json:1:10: error[CLM1212 foreign-reference]: `https://x.example/a.json` does not",
        ),
        ("{\"$ref\": \"other.json#/x\"}", "CLM1212"),
        ("{\"$ref\": \"#/$defs/x\"}", "`#/$defs/x` leads nowhere in this file"),
        ("{\"$ref\": \"#x\"}", "`#x` leads nowhere in this file"),
        ("{\"requried\": [\"coop\"]}", "house.json:1:2"),
        ("{\"clm\": 1, \"coop\": {}}", "no key of this file is a keyword of JSON Schema"),
        ("{\"requried\": [\"coop\"]}", "`requried` is no keyword of JSON Schema, so that it asks nothing\n"),
        ("{\"properties\": {\"coop\": {\"propertis\": {}}}}", "help: did you mean `properties`?"),
        ("{\"allOf\": [{\"min_properties\": 1}]}", "help: did you mean `minProperties`?"),
        ("{\"x-clm-mesage\": \"ask us\"}", "help: did you mean `x-clm-message`?"),
    ] {
        let folder = Folder::new().with("a.clm.yaml", MEMBER).with("house.json", schema);
        let said = folder.run(&["check", "a.clm.yaml", "--schema", "house.json"]).exits(2).says(&[expected]);
        assert_eq!(said.out, "", "{schema}");
    }
    let folder = Folder::new().with("a.clm.yaml", MEMBER).with(".clm.toml", "schema = \"house.json\"");
    folder
        .run(&["check", "a.clm.yaml"])
        .exits(2)
        .says(&["house.json: error[CLM0001 file-not-found]", ".clm.toml:1:10: named here"]);
    // Schemas that go in a circle come to an end, and the schema of manifests may be built upon.
    for schema in [
        "{\"$ref\": \"#\"}",
        "{\"allOf\": [{\"$ref\": \"#\"}]}",
        "{\"$ref\": \"https://clm.example/schema/manifest.schema.json\"}",
        // A note of the federation's own, and names of keys that look like keywords.
        "{\"x-requried\": 1, \"note\": \"of the assembly\", \"properties\": {\"requried\": {}, \"coop\": {\"default\": {\"typ\": 1}}}}",
    ] {
        let folder = Folder::new().with("a.clm.yaml", MEMBER).with("house.json", schema);
        folder.run(&["check", "a.clm.yaml", "--schema", "house.json"]).exits(0);
    }
}

#[test]
fn the_example_of_a_federation_is_one_that_its_members_can_meet() {
    let schema = fs::read_to_string(root("examples/madison/ridge-farmers.schema.json")).unwrap();
    let manifest = fs::read_to_string(root("examples/madison/driftless-grain.clm.yaml")).unwrap();
    let found = asked_of(&schema, &manifest);
    assert_eq!(found.len(), 2, "{found:#?}");
    let better = manifest.replace("payment_days: { at_most: 30 days }", "payment_days: { at_most: 21 days }");
    let better = better.replace("contact: {", "contact: { phone: +1 608 555 0100,");
    assert_eq!(asked_of(&schema, &better), [""; 0]);
    let worse = better.replace("members: 64", "members: 4").replace(", federation_mediation]", "]");
    let worse = worse.replace("disputes: [dialogue]", "disputes: dialogue").replace(", until: 2027-08-31", "");
    assert_eq!(asked_of(&schema, &worse).len(), 2, "{:#?}", asked_of(&schema, &worse));
}

// Pages.

fn page_blocks(rule: &Rule, heading: &str, kind: &str) -> Vec<String> {
    let section = rule.page.split_once(&format!("## {heading}\n")).map_or("", |(_, rest)| rest);
    let section = section.split("\n## ").next().unwrap_or_default();
    blocks(rule.code, section).into_iter().filter(|block| block.info == kind).map(|block| block.text).collect()
}

fn settings_codes(text: &str) -> Vec<&'static str> {
    let source = Source::new(".clm.toml", text);
    let found = settings::read(Sources::new().add(source.clone()), &source, "/").err().unwrap_or_default();
    found.iter().map(|finding| finding.rule.code).collect()
}

fn schema_codes(text: &str) -> Vec<&'static str> {
    let source = Source::new("house.json", text);
    let found = HouseRules::read(Sources::new().add(source.clone()), &source).err().unwrap_or_default();
    found.iter().map(|finding| finding.rule.code).collect()
}

#[test]
fn the_examples_of_pages_on_settings_and_house_rules_run() {
    let mut tried = 0;
    for rule in clm::input::settings::RULES {
        let only_it = |codes: Vec<&'static str>| !codes.is_empty() && codes.iter().all(|code| *code == rule.code);
        for bad in page_blocks(rule, "Bad", "toml") {
            assert!(only_it(settings_codes(&bad)), "{}: {:?}", rule.code, settings_codes(&bad));
            tried += 1;
        }
        for better in page_blocks(rule, "Better", "toml") {
            assert_eq!(settings_codes(&better), [""; 0], "{}", rule.code);
        }
        let house: Vec<String> = page_blocks(rule, "Bad", "json");
        let manifests = [page_blocks(rule, "Bad", "yaml house"), page_blocks(rule, "Better", "yaml house")];
        match (house.first(), &manifests) {
            (Some(schema), [bad, better]) if !bad.is_empty() => {
                assert!(bad.iter().all(|text| asked_of(schema, text).len() == 1), "{}", rule.code);
                assert!(better.iter().all(|text| asked_of(schema, text).is_empty()), "{}", rule.code);
            }
            (Some(schema), _) => {
                assert!(only_it(schema_codes(schema)), "{}: {:?}", rule.code, schema_codes(schema));
                let better = page_blocks(rule, "Better", "json");
                assert!(!better.is_empty() && better.iter().all(|text| schema_codes(text).is_empty()), "{}", rule.code);
            }
            (None, _) => continue,
        }
        tried += 1;
    }
    assert_eq!(tried, 12, "one page, that on faults of the tool, has no example that runs");
}

#[test]
fn the_blocks_of_the_chapter_are_settings_and_schemas() {
    let chapter = fs::read_to_string(root("spec/12-checking.md")).unwrap();
    let mut run = 0;
    for block in blocks("12-checking.md", &chapter) {
        let codes = match block.info.as_str() {
            "toml" => settings_codes(&block.text),
            "json" if block.text.contains("x-clm-message") => schema_codes(&block.text),
            _ => continue,
        };
        assert_eq!(codes, [""; 0], "{}", block.place);
        run += 1;
    }
    assert!(run >= 2);
}

#[test]
fn the_schema_of_settings_agrees_with_their_reader() {
    let schema = settings::settings_schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let chapter = fs::read_to_string(root("spec/12-checking.md")).unwrap();
    let pages = clm::input::settings::RULES.iter().flat_map(|rule| {
        [("Bad", false), ("Better", true)].map(|(heading, fits)| (page_blocks(rule, heading, "toml"), fits, rule.code))
    });
    let whole = blocks("12", &chapter)
        .into_iter()
        .filter(|block| block.info == "toml")
        .map(|block| (vec![block.text], true, "12"));
    for (texts, fits, code) in pages.chain(whole) {
        for text in texts {
            // What no schema can say: what is no TOML, what a pattern means, and one rule by two names.
            if matches!(code, "CLM1201" | "CLM1207" | "CLM1208") && !fits {
                continue;
            }
            let value: serde_json::Value = toml::from_str(&text).unwrap();
            assert_eq!(validator.is_valid(&value), fits, "{code}: {text}");
        }
    }
    // Every key that the schema knows is read, and tells when it is written wrongly.
    let keys =
        |pointer: &str| schema.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for key in keys("/properties") {
        assert_eq!(settings_codes(&format!("{key} = 1979-05-27")), ["CLM1205"], "{key}");
    }
    for key in keys("/$defs/PathEntry/properties") {
        let entry = format!("[[paths]]\n{key} = 1979-05-27{}", if key == "match" { "" } else { "\nmatch = \"x\"" });
        assert_eq!(settings_codes(&entry), ["CLM1205"], "{key}");
    }
}

#[test]
fn what_can_be_set_is_what_is_no_error() {
    for rule in catalog::rules() {
        let codes = settings_codes(&format!("rules = {{ {} = \"off\" }}", rule.name));
        let expected: &[&str] = match rule.severity {
            Severity::Error if rule.name != "house-rule" => &["CLM1206"],
            _ if rule.code.starts_with("CLM07") => &["CLM1205"],
            _ => &[],
        };
        assert_eq!(codes, expected, "{}", rule.name);
    }
    let groups = clm::diagnostic::Group::ALL.iter().map(|group| group.name());
    assert!(groups.into_iter().all(|group| catalog::find(group).is_none()), "a group and a rule have one name");
}
