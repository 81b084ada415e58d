//! What somebody at a terminal sees of a long command, and nobody else does.
#![cfg(unix)]

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::folder::{BAKERY, Folder, MILL};

/// Longer than a command goes on without a word.
const LONG: Duration = Duration::from_millis(700);

/// Three manifests, of which the second is a pipe.
const NAMES: [&str; 3] = ["a.clm.yaml", "b.clm.yaml", "c.clm.yaml"];

fn with_a_pipe() -> Folder {
    let folder = Folder::new().with(NAMES[0], MILL).with(NAMES[2], MILL.replace("mill.", "other-mill."));
    let made = Command::new("mkfifo").arg(folder.path(NAMES[1])).status().expect("mkfifo");
    assert!(made.success());
    folder
}

/// Writes a manifest into the pipe of a folder, long after somebody has begun to read it: however fast the program is, it
/// takes long.
fn fed<T>(folder: &Folder, run: impl FnOnce() -> T) -> T {
    let pipe = folder.path(NAMES[1]);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut pipe = OpenOptions::new().write(true).open(pipe).expect("somebody who reads");
            thread::sleep(LONG);
            pipe.write_all(BAKERY.as_bytes()).expect("somebody who reads still");
        });
        run()
    })
}

/// What a command writes to a terminal on its standard error.
fn on_a_terminal(folder: &Folder, arguments: &[&str], environment: &[(&str, &str)]) -> String {
    at_a_terminal(folder, arguments, environment, None)
}

/// What a command writes to a terminal: on its standard output where the terminal has so many columns, else on its standard
/// error.
fn at_a_terminal(folder: &Folder, arguments: &[&str], environment: &[(&str, &str)], columns: Option<u16>) -> String {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&master).expect("a terminal of our own");
    unlockpt(&master).expect("a terminal that can be opened");
    let name = ptsname(&master, Vec::new()).expect("a name");
    let terminal =
        OpenOptions::new().read(true).write(true).open(name.to_str().expect("a path")).expect("the other end");
    let mut command = folder.command(arguments);
    command.env_remove("CI").envs(environment.iter().copied());
    command.stdin(Stdio::null());
    match columns {
        None => command.stdout(Stdio::null()).stderr(terminal),
        Some(columns) => {
            let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
            tcsetwinsize(&terminal, size).expect("a terminal of this size");
            command.stdout(terminal).stderr(Stdio::null())
        }
    };
    let mut child = command.spawn().expect("the program");
    drop(command);
    let reader = thread::spawn(move || {
        let mut seen = Vec::new();
        // Once nobody has the other end any more, reading it is an error.
        File::from(master).read_to_end(&mut seen).ok();
        seen
    });
    child.wait().expect("its end");
    String::from_utf8(reader.join().expect("all of it")).expect("text")
}

#[test]
fn a_long_command_says_at_a_terminal_how_far_it_is() {
    let folder = with_a_pipe();
    for command in ["check", "match"].map(|command| [&[command][..], &NAMES].concat()) {
        let seen = fed(&folder, || on_a_terminal(&folder, &command, &[]));
        assert!(seen.contains("of 3 manifests"), "{command:?}: {seen:?}");
        let in_spanish = [&command[..], &["--lang", "es"]].concat();
        let seen = fed(&folder, || on_a_terminal(&folder, &in_spanish, &[]));
        assert!(seen.contains("de 3 manifiestos"), "{command:?}: {seen:?}");
        for quiet in [("CI", "true"), ("TERM", "dumb")] {
            let seen = fed(&folder, || on_a_terminal(&folder, &command, &[quiet]));
            assert!(!seen.contains("manifests,"), "{command:?} with {quiet:?}: {seen:?}");
        }
        let piped = fed(&folder, || folder.run(&command));
        assert!(!piped.err.contains("manifests,"), "{piped:?}");
    }
}

/// A manifest of which there is something to say.
fn with_a_finding() -> Folder {
    Folder::new()
        .with("a.clm.yaml", format!("{MILL}needs: {{ wheat: {{ item: hs:1001, quantity: {{ at_most: 10 t }} }} }}\n"))
}

#[test]
fn codes_are_links_where_somebody_says_where_their_pages_are() {
    let folder = with_a_finding();
    let check = ["check", "a.clm.yaml"];
    let there = ("CLM_RULES_URL", "https://rules.example/{code}.html");
    let seen = at_a_terminal(&folder, &check, &[there], Some(80));
    assert!(seen.contains("\u{1b}]8;;https://rules.example/CLM1101.html\u{1b}\\"), "{seen:?}");
    for without in [&[][..], &[there, ("NO_COLOR", "1")], &[there, ("TERM", "dumb")]] {
        let seen = at_a_terminal(&folder, &check, without, Some(80));
        assert!(seen.contains("CLM1101") && !seen.contains("]8;"), "{without:?}: {seen:?}");
        let is_told = seen.contains("`clm explain CODE`");
        assert_eq!(is_told, without.is_empty(), "{without:?}: {seen:?}");
    }
    let mut refused = folder.command(&check);
    let refused = refused.env(there.0, "rules.example").output().expect("the program");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2));
    assert!(said.starts_with("error: `rules.example` in `CLM_RULES_URL` is not the address"), "{said}");
    for (arguments, locale) in [(&["check", "--lang", "es"][..], "C"), (&["check"][..], "es_AR.UTF-8")] {
        let mut refused = folder.command(arguments);
        let refused = refused.env(there.0, "rules.example").env("LC_ALL", locale).output().expect("the program");
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(said.contains("no es la dirección") && said.contains("ayuda: "), "{said}");
    }
}

#[test]
fn reports_link_to_pages_where_somebody_says_where_they_are() {
    let folder = with_a_finding();
    for format in ["json", "jsonl", "sarif", "rdjson", "markdown"] {
        let run = |pages: &str| {
            let mut command = folder.command(&["check", "a.clm.yaml", "--format", format]);
            String::from_utf8(command.env("CLM_RULES_URL", pages).output().expect("the program").stdout).expect("text")
        };
        assert!(run("https://rules.example/").contains("https://rules.example/CLM1101"), "{format}");
        assert!(!run("").contains("https://rules.example") && !run("").contains("https://clm.example"), "{format}");
    }
}

#[test]
fn text_is_as_wide_as_the_terminal_within_reason() {
    let folder = with_a_finding();
    let widest = |columns: u16| {
        let seen = at_a_terminal(&folder, &["explain", "need-without-price"], &[("NO_COLOR", "1")], Some(columns));
        let prose = seen.lines().take_while(|line| !line.contains("clm: 1"));
        prose.map(|line| line.trim_end().chars().count()).max().unwrap_or(0)
    };
    assert!(widest(50) <= 50 && widest(50) > 40, "{}", widest(50));
    // A terminal without a size may have one that somebody tells of.
    let told = [("NO_COLOR", "1"), ("COLUMNS", "50")];
    let seen = at_a_terminal(&folder, &["explain", "need-without-price"], &told, Some(0));
    let prose = seen.lines().take_while(|line| !line.contains("clm: 1"));
    assert!(prose.map(|line| line.trim_end().chars().count()).max().is_some_and(|widest| widest <= 50), "{seen}");
    let long = Folder::new().with(
        "a.clm.yaml",
        format!("{MILL}needs: {{ wheat: {{ name: {}, item: hs:1001, quantity: 1 t }} }}\n", "wheat ".repeat(20)),
    );
    let seen = at_a_terminal(&long, &["check", "a.clm.yaml"], &[("NO_COLOR", "1")], Some(50));
    assert!(seen.lines().all(|line| line.trim_end().chars().count() <= 50) && seen.contains('…'), "{seen}");
    assert!(widest(10) <= 40, "{}", widest(10));
    assert!(widest(200) <= 100 && widest(200) > 80, "{}", widest(200));
}

#[test]
fn pairs_are_paragraphs_where_a_table_has_no_room() {
    let folder = Folder::of_a_pair();
    let seen = |columns: u16| at_a_terminal(&folder, &["match"], &[("NO_COLOR", "1")], Some(columns));
    let narrow = seen(45);
    let lines: Vec<&str> = narrow.lines().map(str::trim_end).collect();
    assert!(lines.iter().all(|line| line.chars().count() <= 45), "{narrow}");
    let told = ["The Bakery and The Mill", "  verdict: deal", "  lines: 1"];
    assert!(told.iter().all(|line| lines.contains(line)), "{narrow}");
    assert!(seen(60).contains("verdict  "), "{}", seen(60));
}

#[test]
fn a_manual_on_a_terminal_is_no_source_of_one() {
    let folder = Folder::new();
    let nobody = [("PATH", "/nonexistent")];
    let seen = at_a_terminal(&folder, &["man"], &nobody, Some(80));
    assert!(seen.contains("Usage: clm") && !seen.contains(".TH"), "{seen:?}");
    assert!(on_a_terminal(&folder, &["man"], &nobody).is_empty());
    assert!(folder.run(&["man"]).out.contains(".TH clm 1"));
}
