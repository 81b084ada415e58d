//! Checks again whenever a manifest changes, until the user has enough.
//!
//! Files are looked at from time to time instead of asking the machine to be told: that works on shared folders and in
//! containers too, follows the same rules as the check itself, and costs at most a tenth of one core however many there are.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use super::inputs::{Inputs, Work};
use crate::cli::Exit;
use crate::cli::output::Output;
use crate::diagnostic::Text;
use crate::host::{Host, Stamp};

/// Milliseconds between two looks.
const PAUSE: u64 = 300;

/// How much longer than a look the pause behind it is, at least.
const SHARE: u64 = 9;

/// Milliseconds for which nothing may change before a change is taken for whole.
const SETTLED: u64 = 50;

/// The exit of a program that was interrupted before it had anything to say.
const INTERRUPTED: u8 = 130;

/// What the manifests looked like.
type Look = BTreeMap<String, Option<Stamp>>;

/// Checks, and checks again; it ends when the user ends it, with the exit of the last check.
pub(super) fn watch(inputs: &Inputs, output: &Output, check: impl Fn(Work) -> Exit) -> Exit {
    let last = Arc::new(AtomicU8::new(INTERRUPTED));
    let said = Arc::clone(&last);
    if let Err(reason) = Host.end_with(move || said.load(Ordering::Relaxed)) {
        output.remark(&Text::new("an interruption will not be noticed: {reason}").with("reason", reason));
    }
    loop {
        output.clear();
        let work = match inputs.gather() {
            Ok(work) => work,
            Err(refusal) => return refusal.tell(output),
        };
        // Seen before they are read: what changes during the check is another than that.
        let seen = look(&work);
        let exit = check(work);
        last.store(exit as u8, Ordering::Relaxed);
        if output.is_unread() {
            return exit;
        }
        output.remark(&Text::new("watching for changes; Ctrl-C ends it"));
        wait_for_another(inputs, &seen);
    }
}

fn look(work: &Work) -> Look {
    work.names().map(|name| (name.clone(), Host.stamp(name))).collect()
}

/// Comes back when the manifests look other than `seen`, and have looked so for a moment.
fn wait_for_another(inputs: &Inputs, seen: &Look) {
    let look_now = || Host.timed(|| inputs.gather().map(|work| look(&work)).unwrap_or_default());
    let mut took = 0;
    loop {
        Host.rest(PAUSE.max(took * SHARE));
        let (mut now, time) = look_now();
        took = time;
        if now == *seen {
            continue;
        }
        loop {
            Host.rest(SETTLED);
            let (then, _) = look_now();
            if then == now {
                return;
            }
            now = then;
        }
    }
}
