//! The examples and the README: every command that they show is run and prints what they say.
//!
//! `CLM_UPDATE=1 cargo test` writes what is printed into them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::{files, root};

fn clm(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = crate::clm();
    command.current_dir(folder).env("NO_COLOR", "1").args(arguments).output().unwrap()
}

/// A folder with a copy of the examples, where commands may write.
fn playground() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in ["yaml", "json"].into_iter().flat_map(|ending| files(&root("examples"), ending)) {
        let to = folder.path().join(file.strip_prefix(root("")).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(&file, &to).unwrap();
    }
    folder
}

/// The words of a command, a `*` replaced by the files that fit.
fn words(folder: &Path, line: &str) -> Vec<String> {
    let expand = |word: &str| -> Vec<String> {
        let Some((before, after)) = word.split_once('*') else { return vec![word.to_owned()] };
        let (inside, start) = before.rsplit_once('/').unwrap_or((".", before));
        let names = files(&folder.join(inside), "yaml")
            .into_iter()
            .map(|p| p.strip_prefix(folder).unwrap().to_string_lossy().into_owned());
        names.filter(|n| n.rsplit('/').next().unwrap().starts_with(start) && n.ends_with(after)).collect()
    };
    line.split_whitespace().flat_map(expand).collect()
}

/// What a line of a console block prints, for the commands that are run: `clm …` and `head -n COUNT FILE`.
fn printed(folder: &Path, command: &str) -> Option<String> {
    let words = words(folder, command);
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["clm", arguments @ ..] => {
            let run = clm(folder, arguments);
            Some(String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap())
        }
        ["head", "-n", count, file] => {
            let text = fs::read_to_string(folder.join(file)).unwrap();
            Some(text.split_inclusive('\n').take(count.parse().unwrap()).collect())
        }
        _ => None,
    }
}

/// The text with what each command of its console blocks prints behind it, and how many there are.
fn with_output(text: &str) -> (String, usize) {
    let playground = playground();
    let (mut out, mut inside, mut count) = (String::new(), false, 0);
    let mut skipping = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
            skipping = false;
        }
        let command = line.strip_prefix("$ ").filter(|_| inside);
        if command.is_some() {
            skipping = false;
        }
        if !skipping {
            out.push_str(line);
            out.push('\n');
        }
        if let Some(output) = command.and_then(|command| printed(playground.path(), command)) {
            out.push_str(&output);
            (skipping, count) = (true, count + 1);
        }
    }
    (out, count)
}

#[test]
fn the_commands_of_the_readmes_print_what_they_say() {
    let mut readmes: Vec<PathBuf> = files(&root("examples"), "md");
    readmes.push(root("README.md"));
    let mut commands = 0;
    for readme in readmes {
        let text = fs::read_to_string(&readme).unwrap();
        let (expected, count) = with_output(&text);
        commands += count;
        if std::env::var_os("CLM_UPDATE").is_some() {
            fs::write(&readme, &expected).unwrap();
        } else {
            assert!(
                text == expected,
                "{} does not print what the tool prints; `CLM_UPDATE=1 cargo test` writes it",
                readme.display()
            );
        }
    }
    assert!(commands >= 20, "only {commands} commands are shown");
}

#[test]
fn every_command_stands_in_the_tables_of_the_readme_and_of_the_spec() {
    let help = String::from_utf8(clm(&root(""), &["--help"]).stdout).unwrap();
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = listed
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' '))?.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.len() > 10, "{help}");
    for page in ["README.md", "spec/10-tool.md"] {
        let text = fs::read_to_string(root(page)).unwrap();
        let tables: String = text.lines().filter(|line| line.starts_with("| `clm ")).collect();
        for name in &names {
            let shown = tables.contains(&format!("`clm {name} ")) || tables.contains(&format!("`clm {name}`"));
            assert!(shown, "{page} says nothing of `clm {name}`");
        }
    }
}

/// The pairs of manifests of each scenario.
fn pairs() -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for scenario in ["buenos-aires", "madison", "bilbao"] {
        let names: Vec<String> = files(&root("examples").join(scenario), "yaml")
            .into_iter()
            .map(|p| p.strip_prefix(root("")).unwrap().to_string_lossy().into_owned())
            .collect();
        for (index, a) in names.iter().enumerate() {
            pairs.extend(names.iter().skip(index + 1).map(|b| (a.clone(), b.clone())));
        }
    }
    pairs
}

#[test]
fn every_pair_gives_the_same_bytes_in_both_orders_and_some_fail() {
    let (mut deals, mut failures) = (0, 0);
    for (a, b) in pairs() {
        let there = clm(&root(""), &["negotiate", "--format", "json", &a, &b]);
        let back = clm(&root(""), &["negotiate", "--format", "json", &b, &a]);
        assert_eq!(String::from_utf8(there.stdout).unwrap(), String::from_utf8(back.stdout).unwrap(), "{a} and {b}");
        match there.status.code() {
            Some(0) => deals += 1,
            Some(1) => failures += 1,
            other => panic!("{a} and {b}: exit {other:?}"),
        }
    }
    assert!(deals >= 15 && failures >= 5, "{deals} deals and {failures} failures");
}

#[test]
fn every_deal_becomes_an_agreement_that_verifies_and_a_contract_in_two_languages() {
    let playground = playground();
    let folder = playground.path();
    for (index, (a, b)) in pairs().into_iter().enumerate() {
        let file = format!("agreement-{index}.yaml");
        let made = clm(folder, &["negotiate", &a, &b, "--output", &file]);
        if made.status.code() != Some(0) {
            assert!(!folder.join(&file).exists(), "{a} and {b} failed and left {file}");
            continue;
        }
        let verified = clm(folder, &["verify", &file, &b, &a]);
        assert_eq!(verified.status.code(), Some(0), "{a} and {b}: {}", String::from_utf8_lossy(&verified.stdout));
        for lang in ["es-AR", "en"] {
            for format in ["html", "markdown"] {
                let contract = clm(folder, &["contract", &file, "--lang", lang, "--format", format]);
                let text = String::from_utf8(contract.stdout).unwrap();
                assert_eq!(
                    contract.status.code(),
                    Some(0),
                    "{a} and {b}: {}",
                    String::from_utf8_lossy(&contract.stderr)
                );
                assert!(text.contains("sha256:"), "{a} and {b}: a {format} contract in {lang} without digests");
            }
        }
    }
}

#[test]
fn the_manifest_of_the_readme_is_clean() {
    let text = fs::read_to_string(root("README.md")).unwrap();
    let manifest = text.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mill.clm.yaml"), manifest).unwrap();
    let checked = clm(folder.path(), &["check", "mill.clm.yaml"]);
    assert_eq!(String::from_utf8(checked.stdout).unwrap(), "1 manifest checked: 0 errors, 0 warnings\n");
    let laid_out = clm(folder.path(), &["fmt", "--diff", "mill.clm.yaml"]);
    assert_eq!(String::from_utf8(laid_out.stdout).unwrap(), "");
}
