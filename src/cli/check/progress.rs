//! How far a long check is, for somebody who looks on. Nobody is told in a pipe, and of a short check nobody is told.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::output::Output;
use crate::diagnostic::Text;

/// How long a check may take without a word.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar on the standard error, once it is worth it.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Whether anybody looks on.
    watched: bool,
    /// What is said beside the bar.
    words: String,
}

impl Progress {
    pub(crate) fn of(length: usize, output: &Output) -> Self {
        let bar = ProgressBar::with_draw_target(u64::try_from(length).ok(), ProgressDrawTarget::hidden());
        let words = output.said(&Text::new("{pos} of {len} manifests, {eta} left"));
        Self { bar, watched: output.shows_progress(), words }
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        if !self.watched {
            return;
        }
        self.bar.inc(1);
        if self.bar.is_hidden() && self.bar.elapsed() > PATIENCE {
            let style = ProgressStyle::with_template(&format!("{{bar:30}} {}", self.words));
            self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Does something, without the bar in the way if it is to be seen.
    pub(crate) fn aside<T>(&self, seen: bool, print: impl FnOnce() -> T) -> T {
        if seen && !self.bar.is_hidden() { self.bar.suspend(print) } else { print() }
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
