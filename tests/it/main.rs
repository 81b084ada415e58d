//! Tests of the whole: the house, generated files, the spec and the rules; then the rims and the laws.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads its own files"
)]

mod architecture;
mod baseline;
mod certificates;
mod cli;
mod contracts;
mod corpora;
mod damage;
mod examples;
mod explaining;
mod fairness;
mod fixes;
mod fmt;
mod folder;
mod formats;
mod generated;
mod inputs;
mod laws;
mod layout;
mod limits;
mod matching;
mod mistakes;
mod negotiating;
mod people;
mod rules;
mod sentences;
mod settings;
mod slips;
mod spec;
mod strings;
mod suppression;
mod swapping;
mod terminal;
mod usage;

use std::path::{Path, PathBuf};

/// A path of the repository.
fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The program, in English whatever the language of the machine.
fn clm() -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_clm"));
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env_remove("LANG");
    command
}

/// All files below a folder with an ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}
