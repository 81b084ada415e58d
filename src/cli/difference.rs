//! How two texts differ, as other programs apply it.

use similar::TextDiff;

/// Lines that are shown around what differs.
const AROUND: usize = 3;

/// The unified diff of two texts of one file; empty where they are alike.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    let name = if name == "-" { "<stdin>" } else { name };
    TextDiff::from_lines(before, after).unified_diff().context_radius(AROUND).header(name, name).to_string()
}
