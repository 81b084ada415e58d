//! What somebody at a terminal sees of a long command, and nobody else does.
#![cfg(unix)]

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::process::Stdio;
use std::thread;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::folder::{BAKERY, Folder, MILL};

/// So many manifests that the program built for tests is not done before it speaks.
const MANY: usize = 900;

/// A folder of mills and bakeries, each of its own item so that few deal.
fn many() -> Folder {
    (0..MANY).fold(Folder::new(), |folder, n| {
        let text = if n % 2 == 0 {
            MILL.replace("mill.", &format!("mill-{n}."))
        } else {
            BAKERY.replace("bakery.", &format!("bakery-{n}."))
        };
        folder.with(&format!("{n:04}.clm.yaml"), text.replace("hs:1101", &format!("sku:flour-{n}")))
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
    let folder = many();
    for command in [&["check"][..], &["match"]] {
        let seen = on_a_terminal(&folder, command, &[]);
        assert!(seen.contains(&format!("of {MANY} manifests")), "{command:?}: {seen:?}");
        let seen = on_a_terminal(&folder, &[command, &["--lang", "es"]].concat(), &[]);
        assert!(seen.contains(&format!("de {MANY} manifiestos")), "{command:?}: {seen:?}");
        for quiet in [("CI", "true"), ("TERM", "dumb")] {
            let seen = on_a_terminal(&folder, command, &[quiet]);
            assert!(!seen.contains("manifests,"), "{command:?} with {quiet:?}: {seen:?}");
        }
        let piped = folder.run(command);
        assert!(!piped.err.contains("manifests,"), "{piped:?}");
    }
}
