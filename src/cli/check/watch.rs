//! Checks again whenever a manifest changes, until the user has enough.
//!
//! Files are looked at from time to time instead of asking the machine to be told: that works on shared folders and in
//! containers too, follows the same rules as the check itself, and costs at most a tenth of one core however many there are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use clap::Args;

use super::inputs::{HEADING, Inputs, Work};
use crate::cli::Exit;
use crate::cli::output::Output;
use crate::diagnostic::Text;
use crate::host::{Host, Stamp};
use crate::settings::FILE_NAME;
use crate::world::{World, below};

#[derive(Debug, Args)]
pub(super) struct Watching {
    /// Stay, and check again whenever a manifest or a settings file changes. Ctrl-C ends it.
    #[arg(long, conflicts_with = "staged", help_heading = HEADING)]
    pub(super) watch: bool,
}

/// Milliseconds between two looks.
const PAUSE: u64 = 300;

/// How much longer than a look the pause behind it is, at least.
const SHARE: u64 = 9;

/// Milliseconds for which nothing may change before a change is taken for whole.
const SETTLED: u64 = 50;

/// The exit of a program that was interrupted before it had anything to say.
const INTERRUPTED: u8 = 130;

/// What the files looked like.
type Look = BTreeMap<String, Option<Stamp>>;

/// What is looked at.
struct Watched<'a> {
    inputs: &'a Inputs,
    /// Files that are read beside the manifests.
    others: Vec<String>,
}

/// Checks, and checks again; it ends when the user ends it, with the exit of the last check. `beside` names the files that are
/// read beside manifests of some names.
pub(super) fn watch(
    inputs: &Inputs,
    beside: impl Fn(&[&str]) -> Vec<String>,
    output: &Output,
    check: impl Fn(Work) -> Exit,
) -> Exit {
    if let Some(refusal) = inputs.read_once() {
        return refusal.tell(output);
    }
    let last = Arc::new(AtomicU8::new(INTERRUPTED));
    let said = Arc::clone(&last);
    if let Err(reason) = Host.end_with(move || said.load(Ordering::Relaxed)) {
        output.remark(&Text::new("Ctrl-C will not be noticed: {reason}").with("reason", reason));
    }
    loop {
        output.clear();
        let others = inputs.gather().map(|work| beside(&work.names().collect::<Vec<_>>())).unwrap_or_default();
        let watched = Watched { inputs, others };
        // Seen before they are read: what changes during the check is another than that.
        let seen = watched.look();
        let exit = match inputs.gather() {
            Ok(work) => check(work),
            Err(refusal) => refusal.tell(output),
        };
        last.store(exit as u8, Ordering::Relaxed);
        if output.is_unread() || exit == Exit::Usage && seen.is_empty() {
            return exit;
        }
        output.remark(&Text::new("watching for changes; Ctrl-C ends it"));
        watched.wait_for_another(&seen);
    }
}

impl Watched<'_> {
    /// How the manifests look, and what settings there are for them.
    fn look(&self) -> Look {
        let Ok(work) = self.inputs.gather() else { return Look::new() };
        let names = work.names().map(str::to_owned);
        let names: Vec<String> = names.chain(self.others.iter().cloned()).collect();
        let settings = settings_for(&names);
        names.into_iter().chain(settings).map(|name| (name.clone(), Host.stamp(&name))).collect()
    }

    /// Comes back when it looks other than `seen`, and has looked so for a moment.
    fn wait_for_another(&self, seen: &Look) {
        let mut took = 0;
        loop {
            Host.rest(PAUSE.max(took * SHARE));
            let (mut now, time) = Host.timed(|| self.look());
            took = time;
            while now != *seen {
                Host.rest(SETTLED);
                let then = self.look();
                if then == now {
                    return;
                }
                now = then;
            }
        }
    }
}

/// Where settings files of manifests are, or would be.
fn settings_for(names: &[String]) -> BTreeSet<String> {
    let here = Host.here();
    let folders = names.iter().map(|name| Path::new(name).parent().unwrap_or(Path::new("")).to_path_buf());
    let folders: BTreeSet<_> = folders.collect();
    let above = folders.iter().flat_map(|folder| {
        let folder = Path::new(&here).join(folder);
        folder.ancestors().map(|above| below(&above.to_string_lossy(), FILE_NAME)).collect::<Vec<_>>()
    });
    above.collect()
}
