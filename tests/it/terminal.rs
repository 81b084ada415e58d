//! What somebody at a terminal sees of a long command, and nobody else does.
#![cfg(unix)]

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

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

/// What a command writes to a terminal on its standard error, and with which code it exits.
fn on_a_terminal(folder: &Folder, arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&master).expect("a terminal of our own");
    unlockpt(&master).expect("a terminal that can be opened");
    let name = ptsname(&master, Vec::new()).expect("a name");
    let terminal =
        OpenOptions::new().read(true).write(true).open(name.to_str().expect("a path")).expect("the other end");
    let mut command = folder.command(arguments);
    command.env_remove("CI").envs(environment.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(terminal);
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
