//! What `clm check` takes in: folders, lists, the standard input, what git has, and what changes while it watches.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use clm::i18n::Lang;
use clm::report::said;
use clm::session::Session;
use clm::world::{Memory, NAME_NOT_TEXT, ReadError};

use crate::cli::priced;
use crate::folder::{BAKERY, Folder, MILL, Said};

/// A manifest with an error in its line 17.
fn wrong() -> String {
    priced("12 EUR")
}

#[test]
fn why_a_file_cannot_be_read_is_said_in_every_language_with_a_way_out_that_helps() {
    let unreadable = |reason: &str| {
        let failed = ReadError::Failed(reason.to_owned());
        Session::new(Memory::of(&[])).unreadable("a.clm.yaml", &failed)
    };
    let said_in_spanish = said(&unreadable("Too many levels of symbolic links").message, Lang::Es);
    assert_eq!(said_in_spanish, "no se puede leer `a.clm.yaml`: sus enlaces dan vueltas en círculo");
    assert_eq!(unreadable(NAME_NOT_TEXT).help.unwrap().english(), "give it another name");
}

// Folders.

#[test]
fn without_a_path_the_folder_is_checked_in_which_one_is() {
    let folder = Folder::new().with("mill.clm.yaml", MILL).with("deep/er.clm.yml", wrong());
    let said = folder.run(&["check"]).exits(1).says(&["2 manifests checked: 1 error"]);
    assert!(said.out.starts_with("deep/er.clm.yml:17:12: "), "{said:?}");
    assert_eq!(folder.run(&["check", "."]).out, said.out);
    assert_eq!(folder.run(&["check", "./"]).out, said.out);
    let said = folder.run(&["check", "./deep//"]).exits(1);
    assert!(said.out.starts_with("deep/er.clm.yml:17:12: "), "{said:?}");
    Folder::new().run(&["check"]).exits(3).says(&["CLM0010", "`.clm.yaml`", "0 manifests checked"]);
}

#[test]
fn what_is_ignored_or_hidden_is_left_out_until_it_is_named() {
    let folder = Folder::new()
        .with(".gitignore", "out/\n*.draft.clm.yaml\n!kept.draft.clm.yaml\n")
        .with(".ignore", "/theirs\n")
        .with("mill.clm.yaml", MILL)
        .with("kept.draft.clm.yaml", MILL)
        .with("new.draft.clm.yaml", wrong())
        .with("out/x.clm.yaml", wrong())
        .with("theirs/x.clm.yaml", wrong())
        .with(".hidden/x.clm.yaml", wrong())
        .with(".clm.yaml", wrong())
        .with("sub/.gitignore", "x.*\n")
        .with("sub/x.clm.yaml", wrong())
        .with("sub/theirs/y.clm.yaml", MILL)
        .with("mill.yaml", wrong());
    folder.run(&["check"]).exits(0).says(&["3 manifests checked: 0 errors"]);
    folder.run(&["check", "--no-ignore"]).exits(1).says(&["7 manifests checked: 4 errors"]);
    for named in ["new.draft.clm.yaml", "out/x.clm.yaml", ".hidden", ".clm.yaml", "mill.yaml", "out"] {
        folder.run(&["check", named]).exits(1).says(&["1 manifest checked: 1 error"]);
    }
    let said = folder.run(&["check", "sub/theirs", "theirs"]);
    said.exits(1).says(&["2 manifests checked", "theirs/x.clm.yaml:17"]);
    let folder = Folder::new().with(".gitignore", "*.json\n").with("in/x.clm.json", "{}");
    folder.run(&["check", "in"]).exits(3).says(&["CLM0010", "`.gitignore`", "`--no-ignore`"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_entered_is_told_by_the_name_of_the_file() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let folder = Folder::new().with("in/mill.clm.yaml", MILL);
    let mode =
        |name: &str, mode: u32| fs::set_permissions(folder.path(name), fs::Permissions::from_mode(mode)).unwrap();
    // Nothing is closed to the superuser, who is somebody else here, and may have put the program where nobody else finds it.
    let program = folder.path("clm");
    fs::copy(env!("CARGO_BIN_EXE_clm"), &program).unwrap();
    mode("clm", 0o755);
    mode("", 0o755);
    mode("in", 0);
    let mut command = Command::new(&program);
    command.args(["check", "in/mill.clm.yaml"]).current_dir(folder.path("")).env("LC_ALL", "C");
    if fs::metadata(&program).unwrap().uid() == 0 {
        command.uid(65534);
    }
    let said = command.output().map(|output| (output.status.code(), String::from_utf8(output.stdout).unwrap()));
    mode("in", 0o755);
    match said {
        Ok((code, out)) => {
            assert_eq!(code, Some(3), "{out}");
            assert!(out.contains("in/mill.clm.yaml") && !out.contains(".clm.toml"), "{out}");
        }
        Err(problem) => println!("skipped: the program cannot be run by somebody else: {problem}"),
    }
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_unless_they_are_named() {
    let folder = Folder::new().with("in/mill.clm.yaml", MILL).with("out/wrong.clm.yaml", wrong());
    std::os::unix::fs::symlink("..", folder.path("in/circle")).unwrap();
    std::os::unix::fs::symlink("../out/wrong.clm.yaml", folder.path("in/link.clm.yaml")).unwrap();
    folder.run(&["check", "in"]).exits(0).says(&["1 manifest checked"]);
    folder.run(&["check", "in/link.clm.yaml"]).exits(1).says(&["in/link.clm.yaml:17:12", "1 manifest checked"]);
    folder
        .run(&["check", "in/circle/out"])
        .exits(1)
        .says(&["in/circle/out/wrong.clm.yaml:17:12", "1 manifest checked"]);
    // A link and what it leads to are one manifest.
    folder.run(&["check", "in/link.clm.yaml", "out"]).exits(1).says(&["1 manifest checked: 1 error"]);
}

#[test]
fn a_manifest_is_checked_once_by_whatever_names() {
    let folder = Folder::of_a_pair().with("in/x.clm.yaml", wrong());
    let here = folder.path("in/x.clm.yaml");
    let said = folder.run(&["check", "in", "./in/x.clm.yaml", here.to_str().unwrap(), ".", "in/", "mill.clm.yaml"]);
    said.exits(1).says(&["3 manifests checked: 1 error"]);
}

// Lists and the standard input.

#[test]
fn the_standard_input_goes_by_a_name() {
    let folder = Folder::new();
    let named = |name: &str, text: &str| folder.run_on(&["check", "-", "--stdin-filename", name], text);
    named("new/mill.clm.yaml", &wrong()).exits(1).says(&["new/mill.clm.yaml:17:12: error"]).never_says("stdin");
    named("mill.clm.json", MILL).exits(1).says(&["mill.clm.json:1:1: error[CLM0135"]);
    folder.run_on(&["check", "--stdin-filename", "x.clm.yaml"], MILL).exits(0).says(&["1 manifest checked"]);
    // What an editor has not saved yet goes before the file, and both are one.
    let folder = Folder::new().with("mill.clm.yaml", wrong());
    let arguments = ["check", "-", ".", "--stdin-filename", "mill.clm.yaml"];
    folder.run_on(&arguments, MILL).exits(0).says(&["1 manifest checked: 0 errors"]);
    folder.run(&["check", "x", "--stdin-filename", "y"]).exits(2).says(&["`--stdin-filename`", "add `-`"]);
    folder.run(&["check", "-", "--stdin-filename", ""]).exits(2);
}

#[test]
fn paths_may_come_from_a_list() {
    let folder = Folder::of_a_pair().with("in/x y.clm.yaml", wrong()).with("list", "mill.clm.yaml\r\n\nin\n");
    folder.run(&["check", "--files-from", "list"]).exits(1).says(&["2 manifests checked", "in/x y.clm.yaml:17"]);
    folder.run(&["check", "bakery.clm.yaml", "--files-from", "list"]).exits(1).says(&["3 manifests checked"]);
    let zeros = "mill.clm.yaml\0in/x y.clm.yaml\0";
    folder.run_on(&["check", "--files-from", "-", "-0"], zeros).exits(1).says(&["2 manifests checked: 1 error"]);
    folder.run_on(&["check", "--files-from", "-"], "mill.clm.yaml").exits(0).says(&["1 manifest checked"]);
    folder.run_on(&["check", "--files-from", "-"], "").exits(0).says(&["0 manifests checked"]);
    folder.run(&["check", "--files-from", "lst"]).exits(3).says(&["CLM0001", "`lst`"]).never_says("checked");
    folder.run_on(&["check", "--files-from", "-", "-"], "").exits(2).says(&["at once", "help: "]);
    folder.run(&["check", "-0", "mill.clm.yaml"]).exits(2).says(&["--files-from"]);
}

#[cfg(target_os = "linux")]
#[test]
fn no_more_is_read_of_a_list_than_a_list_may_have() {
    let said = Folder::new().run(&["check", "--files-from", "/dev/zero"]).exits(3);
    said.says(&["CLM0129", "larger than 67108864 bytes", "list the folders that hold the manifests"]);
}

// Git.

/// A folder with a repository; none where there is no git, and then it is said that the test is skipped.
fn repository() -> Option<Folder> {
    let folder = Folder::new();
    let begun = Command::new("git").args(["init", "-q", "-b", "main"]).current_dir(folder.path("")).status();
    let begun = begun.ok().filter(std::process::ExitStatus::success);
    if begun.is_none() {
        println!("skipped: there is no git that can begin a repository");
    }
    begun.map(|_| folder)
}

fn git(folder: &Folder, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=The Mill", "-c", "user.email=mill@mill.example", "-c", "commit.gpgsign=false"]);
    command.env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE").env_remove("GIT_WORK_TREE");
    let output = command.args(arguments).current_dir(folder.path("")).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(folder: &Folder) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "x", "--allow-empty"]);
}

/// Runs in a folder below.
fn run_in(folder: &Folder, below: &str, arguments: &[&str]) -> Said {
    let output = folder.command(arguments).current_dir(folder.path(below)).stdin(Stdio::null()).output().unwrap();
    Said::of(arguments, &output)
}

#[test]
fn what_is_staged_is_checked_as_it_would_be_committed() {
    let Some(folder) = repository() else { return };
    folder.run(&["check", "--staged"]).exits(0).says(&["0 manifests checked: 0 errors, 0 warnings"]);
    let folder = folder.with("mill.clm.yaml", MILL).with("in/x.clm.yaml", wrong()).with("readme.yaml", "x");
    folder.run(&["check", "--staged"]).exits(0).says(&["0 manifests checked"]);
    git(&folder, &["add", "-A"]);
    // What is staged counts, whatever the files say meanwhile.
    fs::write(folder.path("in/x.clm.yaml"), MILL).unwrap();
    fs::remove_file(folder.path("mill.clm.yaml")).unwrap();
    let said = folder.run(&["check", "--staged"]).exits(1).says(&["2 manifests checked: 1 error"]);
    assert!(said.out.starts_with("in/x.clm.yaml:17:12: "), "{said:?}");
    folder.run(&["check", "--staged", "mill.clm.yaml"]).exits(0).says(&["1 manifest checked"]);
    folder.run(&["check", "--staged", "readme.yaml"]).exits(3).says(&["1 manifest checked: 1 error"]);
    folder.run(&["check", "--staged", "mil.clm.yaml"]).exits(3).says(&["CLM0001"]);
    // What is staged is not what lies there to be mended.
    for option in ["--fix", "--unsafe-fixes"] {
        folder.run(&["check", "--staged", option]).exits(2).says(&["--staged"]);
    }
    assert_eq!(folder.read("in/x.clm.yaml"), MILL);
    // Names are those that one would type.
    let said = run_in(&folder, "in", &["check", "--staged"]).exits(1).says(&["1 manifest checked"]);
    assert!(said.out.starts_with("x.clm.yaml:17:12: "), "{said:?}");
    run_in(&folder, "in", &["check", "--staged", "../mill.clm.yaml", ".."]).exits(1).says(&["2 manifests checked"]);
    // A file is the one that is meant, by whatever name it is reached, also where its ending says nothing.
    let whole = folder.path("readme.yaml").to_string_lossy().into_owned();
    for name in [whole.as_str(), "in/../readme.yaml"] {
        folder.run(&["check", "--staged", name]).exits(3).says(&["1 manifest checked: 1 error"]);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("in", folder.path("way")).unwrap();
        for name in ["way", "way/x.clm.yaml"] {
            folder.run(&["check", "--staged", name]).exits(1).says(&["1 manifest checked: 1 error"]);
        }
        fs::remove_file(folder.path("way")).unwrap();
    }
    git(&folder, &["commit", "-q", "-m", "x"]);
    folder.run(&["check", "--staged"]).exits(0).says(&["0 manifests checked"]);
    // What goes is not checked, and what is renamed is.
    git(&folder, &["rm", "-q", "--cached", "mill.clm.yaml"]);
    git(&folder, &["mv", "in/x.clm.yaml", "in/y.clm.yaml"]);
    folder.run(&["check", "--staged"]).exits(1).says(&["1 manifest checked", "in/y.clm.yaml:17:12"]);
    // Nothing is promised that is refused.
    fs::write(folder.path("in/y.clm.yaml"), MILL.replace("    price:", "    prize:")).unwrap();
    git(&folder, &["add", "-A"]);
    let hint = |arguments: &[&str]| folder.run(arguments).exits(1).all().contains("can be fixed");
    assert_eq!((hint(&["check", "in"]), hint(&["check", "--staged"])), (true, false));
}

#[cfg(unix)]
#[test]
fn names_of_any_kind_come_from_git_and_links_do_not() {
    let Some(folder) = repository() else { return };
    let odd = [
        "-x.clm.yaml",
        "a b.clm.yaml",
        "ñandú \"q\".clm.yaml",
        "line\nbreak.clm.yaml",
        "[x]*.clm.yaml",
        ":!x.clm.yaml",
    ];
    let folder = odd.iter().fold(folder, |folder, name| folder.with(name, wrong()));
    std::os::unix::fs::symlink("a b.clm.yaml", folder.path("link.clm.yaml")).unwrap();
    let folder = folder.with(".hidden/x.clm.yaml", wrong());
    git(&folder, &["add", "-A"]);
    folder.run(&["check", "--staged"]).exits(1).says(&["6 manifests checked: 6 errors"]);
    folder.run(&["check", "--staged", "--", "[x]*.clm.yaml"]).exits(1).says(&["1 manifest checked"]);
    folder.run(&["check", "--staged", "--", "-x.clm.yaml", ":!x.clm.yaml"]).exits(1).says(&["2 manifests checked"]);
    folder.run(&["check", "--staged", ".hidden"]).exits(1).says(&["1 manifest checked"]);
    git(&folder, &["commit", "-q", "-m", "x"]);
    odd.iter().for_each(|name| fs::write(folder.path(name), MILL).unwrap());
    folder.run(&["check", "--since", "HEAD"]).exits(0).says(&["6 manifests checked: 0 errors"]);
}

#[test]
fn what_changed_since_the_branch_began_is_checked_with_what_is_new() {
    let Some(folder) = repository() else { return };
    let folder = folder.with("old.clm.yaml", wrong()).with("gone.clm.yaml", wrong()).with(".gitignore", "out\n");
    commit(&folder);
    git(&folder, &["checkout", "-q", "-b", "ours"]);
    let folder = folder.with("in/committed.clm.yaml", MILL);
    fs::remove_file(folder.path("gone.clm.yaml")).unwrap();
    commit(&folder);
    // What goes on elsewhere meanwhile is not ours.
    git(&folder, &["checkout", "-q", "main"]);
    let folder = folder.with("theirs.clm.yaml", wrong());
    commit(&folder);
    git(&folder, &["checkout", "-q", "ours"]);
    let folder = folder.with("new.clm.yaml", BAKERY).with("out/x.clm.yaml", wrong());
    folder.run(&["check", "--since", "main"]).exits(0).says(&["2 manifests checked: 0 errors"]);
    folder.run(&["check", "--since", "main", "--no-ignore"]).exits(1).says(&["3 manifests checked: 1 error"]);
    folder.run(&["check", "--since", "main", "in"]).exits(0).says(&["1 manifest checked"]);
    folder.run(&["check", "--since", "main", "ni"]).exits(3).says(&["CLM0001", "`ni`"]);
    // The working tree counts.
    fs::write(folder.path("in/committed.clm.yaml"), wrong()).unwrap();
    let said = run_in(&folder, "in", &["check", "--since", "main"]).exits(1).says(&["1 manifest checked: 1 error"]);
    assert!(said.out.starts_with("committed.clm.yaml:17:12: "), "{said:?}");
    git(&folder, &["worktree", "add", "-q", "tree", "main~1"]);
    let folder = folder.with("tree/more.clm.yaml", MILL);
    run_in(&folder, "tree", &["check", "--since", "main"]).exits(0).says(&["1 manifest checked"]);
}

#[cfg(target_os = "linux")]
#[test]
fn what_has_no_name_in_utf_8_does_not_pass_for_unchanged() {
    use std::os::unix::ffi::OsStrExt;
    let Some(folder) = repository() else { return };
    let folder = folder.with("mill.clm.yaml", MILL);
    commit(&folder);
    fs::write(folder.path("").join(std::ffi::OsStr::from_bytes(b"bad\xff.clm.yaml")), wrong()).unwrap();
    folder.run(&["check", "--since", "HEAD"]).exits(3).says(&["CLM0003", "its name is not text in UTF-8"]);
    git(&folder, &["add", "-A"]);
    folder.run(&["check", "--since", "HEAD"]).exits(3).says(&["CLM0003", "its name is not text in UTF-8"]);
}

#[test]
fn where_git_has_no_answer_it_is_said_why() {
    let Some(folder) = repository() else { return };
    let folder = folder.with("mill.clm.yaml", MILL);
    for unknown in ["main", "--since=--exec=x", "--since=", "--since=@{", "--since=HEAD"] {
        let option = if unknown.starts_with('-') { unknown.to_owned() } else { format!("--since={unknown}") };
        folder.run(&["check", &option]).exits(2).says(&["git knows no commit `", "help: "]).never_says("checked");
    }
    commit(&folder);
    git(&folder, &["checkout", "-q", "--orphan", "other"]);
    commit(&folder);
    git(&folder, &["commit", "-q", "--amend", "-m", "y"]);
    folder.run(&["check", "--since", "main"]).exits(2).says(&["`main`", "no commit in common", "help: "]);
    folder.run(&["check", "--staged", "--since", "main"]).exits(2);
    folder.run(&["check", "--staged", "-"]).exits(2).says(&["help: "]);
    folder.run(&["check", "--staged", "/"]).exits(2).says(&["git", "help: "]);
    let no_git = |option: &str| {
        let output = folder.command(&["check", option]).env("PATH", "").stdin(Stdio::null()).output().unwrap();
        Said::of(&["check", option], &output).exits(2).says(&["`git` cannot be started", "install git"])
    };
    no_git("--staged");
    no_git("--since=main");
    for option in ["--staged", "--since=main"] {
        Folder::new().with("mill.clm.yaml", MILL).run(&["check", option]).exits(2).says(&["git repository", "help: "]);
    }
}

// Watching.

#[cfg(unix)]
#[test]
fn a_change_is_checked_again_until_one_has_enough() {
    let folder = Folder::new().with("in/mill.clm.yaml", MILL).with("in/out/mill.txt", "x");
    let mut command = folder.command(&["check", "in", "--watch"]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut until = |said: &str| {
        let before: Vec<String> = lines.by_ref().take_while(|line| !line.contains(said)).collect();
        assert!(
            !before.iter().any(|line| line.contains(" checked: ") || line.contains('\u{1b}')),
            "{said}: {before:?}"
        );
    };
    until("1 manifest checked: 0 errors");
    fs::write(folder.path("in/mill.clm.yaml"), wrong()).unwrap();
    until("1 manifest checked: 1 error");
    fs::write(folder.path("in/out/bakery.clm.yaml"), BAKERY).unwrap();
    until("2 manifests checked: 1 error");
    fs::remove_file(folder.path("in/out/bakery.clm.yaml")).unwrap();
    until("1 manifest checked: 1 error");
    fs::write(folder.path(".clm.toml"), "exclude = [\"**/mill.*\"]\n").unwrap();
    until("0 manifests checked: 1 error");
    fs::write(folder.path(".clm.toml"), "").unwrap();
    until("1 manifest checked: 1 error");
    // What the settings name is read too, and looked at even while something is wrong in it.
    fs::write(folder.path("house.json"), "{\"x-clm-severity\"").unwrap();
    fs::write(folder.path("known.json"), "{").unwrap();
    fs::write(folder.path(".clm.toml"), "schema = \"house.json\"\n").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    fs::write(folder.path("house.json"), "{\"required\": [\"needs\"]}").unwrap();
    until("1 manifest checked: 1 error");
    fs::write(folder.path("in/mill.clm.yaml"), MILL).unwrap();
    until("1 manifest checked: 1 error");
    fs::write(folder.path("house.json"), "{}").unwrap();
    until("1 manifest checked: 0 errors");
    fs::write(folder.path(".clm.toml"), "baseline = \"known.json\"\n").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    fs::write(folder.path("known.json"), "{\"clm_baseline\": 1, \"findings\": []}").unwrap();
    until("1 manifest checked: 0 errors");
    fs::write(folder.path("in/mill.clm.yaml"), wrong()).unwrap();
    fs::write(folder.path(".clm.toml"), "").unwrap();
    until("1 manifest checked: 1 error");
    // What is said comes before the exit is known; a person takes longer too.
    std::thread::sleep(std::time::Duration::from_millis(500));
    let ended = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(ended.success());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn what_can_be_read_once_cannot_be_watched() {
    let folder = Folder::of_a_pair();
    for arguments in [&["-"][..], &["--stdin-filename", "x"], &["--files-from", "-"], &["--staged"]] {
        folder.run(&[&["check", "--watch"], arguments].concat()).exits(2).says(&["--watch"]);
    }
}
