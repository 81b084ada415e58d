//! How much is looked at in search of two offers together.

use crate::negotiate::points::{Work, WorkLimit};

/// Most steps of a need; each looks at a pair of deliveries, or at a choice of terms.
const MOST_STEPS: usize = 20_000;

/// Most pairs of offers of a need that are looked at: more than 200 offers have in one rhythm.
pub(super) const MOST_PAIRS: usize = 20_000;

/// What is said where not all of them were.
pub(super) const TOO_MANY_PAIRS: WorkLimit = WorkLimit { what: Work::Together, most: MOST_PAIRS };

/// How many steps were made.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps(usize);

impl Steps {
    /// So many more.
    pub(super) fn take(&mut self, more: usize) -> Result<(), WorkLimit> {
        self.0 = self.0.saturating_add(more);
        if self.0 > MOST_STEPS {
            return Err(WorkLimit { what: Work::Together, most: MOST_STEPS });
        }
        Ok(())
    }
}
