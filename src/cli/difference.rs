//! How two texts differ, as other programs apply it.

use std::collections::{BTreeMap, BTreeSet};

use similar::algorithms::{Capture, Compact, DiffHook, Replace, diff_slices};
use similar::udiff::UnifiedHunkHeader;
use similar::{Algorithm, DiffOp, DiffableStr, group_diff_ops};

/// Lines that are shown around what differs.
const AROUND: usize = 3;

/// The unified diff of two texts of one file; empty where they are alike.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    let name = if name == "-" { "<stdin>" } else { name };
    let (old, new) = (before.tokenize_lines(), after.tokenize_lines());
    let groups = group_diff_ops(changes(&old, &new), AROUND);
    let hunks: String = groups.iter().filter(|ops| !ops.is_empty()).map(|ops| hunk(ops, &old, &new)).collect();
    if hunks.is_empty() { hunks } else { format!("--- {name}\n+++ {name}\n{hunks}") }
}

/// What is taken out, put in and left.
///
/// A line that only one of the texts has is taken out or put in, whatever the others are. Those that both have are looked for
/// among themselves, those first that stand once: so the time goes by how many lines moved, and not by how many were changed.
fn changes(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut numbers = BTreeMap::new();
    let (old, new) = (numbered(old, &mut numbers), numbered(new, &mut numbers));
    let mut told = Compact::new(Replace::new(Capture::new()), old.as_slice(), new.as_slice());
    let (mut old_at, mut new_at) = (0, 0);
    let end = Run { old: old.len(), new: new.len(), len: 0 };
    for run in runs(&Shared::of(&old, &new), &Shared::of(&new, &old)).into_iter().chain([end]) {
        if run.old > old_at {
            let Ok(()) = told.delete(old_at, run.old - old_at, new_at);
        }
        if run.new > new_at {
            let Ok(()) = told.insert(run.old, new_at, run.new - new_at);
        }
        if run.len > 0 {
            let Ok(()) = told.equal(run.old, run.new, run.len);
        }
        (old_at, new_at) = (run.old + run.len, run.new + run.len);
    }
    let Ok(()) = told.finish();
    told.into_inner().into_inner().into_ops()
}

/// Lines that are left, one after the other in both texts.
struct Run {
    old: usize,
    new: usize,
    len: usize,
}

/// The lines of a text that another has too.
struct Shared {
    lines: Vec<usize>,
    /// Where each stands among all.
    at: Vec<usize>,
}

impl Shared {
    fn of(lines: &[usize], others: &[usize]) -> Self {
        let others: BTreeSet<usize> = others.iter().copied().collect();
        let shared = lines.iter().copied().enumerate().filter(|(_, line)| others.contains(line));
        let (at, lines) = shared.unzip();
        Self { lines, at }
    }
}

/// The lines that are left of those that both texts have.
fn runs(old: &Shared, new: &Shared) -> Vec<Run> {
    let mut found = Capture::new();
    let Ok(()) = diff_slices(Algorithm::Patience, &mut found, &old.lines, &new.lines);
    let equal = found.into_ops().into_iter().filter_map(|op| match op {
        DiffOp::Equal { old_index, new_index, len } => Some((old_index..old_index + len).zip(new_index..)),
        _ => None,
    });
    let placed = |(in_old, in_new): (usize, usize)| old.at.get(in_old).copied().zip(new.at.get(in_new).copied());
    let mut runs: Vec<Run> = Vec::new();
    for (old, new) in equal.flatten().filter_map(placed) {
        match runs.last_mut().filter(|run| (run.old + run.len, run.new + run.len) == (old, new)) {
            Some(run) => run.len += 1,
            None => runs.push(Run { old, new, len: 1 }),
        }
    }
    runs
}

/// Lines as numbers, the same for the same.
fn numbered<'t>(lines: &[&'t str], numbers: &mut BTreeMap<&'t str, usize>) -> Vec<usize> {
    let number = |line: &&'t str| {
        let next = numbers.len();
        *numbers.entry(*line).or_insert(next)
    };
    lines.iter().map(number).collect()
}

/// Changes that stand near each other, with the lines around them.
fn hunk(ops: &[DiffOp], old: &[&str], new: &[&str]) -> String {
    let mut out = format!("{}\n", UnifiedHunkHeader::new(ops));
    for change in ops.iter().flat_map(|op| op.iter_changes(old, new)) {
        out.push_str(&format!("{}{}", change.tag(), change.value()));
        if change.missing_newline() {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use similar::TextDiff;

    use super::{changes, unified};

    /// What the library makes of two texts, by all of their lines.
    fn usual(before: &str, after: &str) -> String {
        TextDiff::from_lines(before, after).unified_diff().context_radius(super::AROUND).header("a", "a").to_string()
    }

    proptest! {
        #[test]
        fn what_is_changed_makes_one_text_of_the_other(before in "([a-d]\n){0,12}[ab]?", after in "([a-d]\n){0,12}[ab]?") {
            prop_assert_eq!(unified("a", &before, &after).is_empty(), before == after);
            prop_assert_eq!(applied(&before, &after), after);
        }

        #[test]
        fn where_all_lines_are_told_apart_it_is_the_usual_diff(gone in proptest::collection::btree_set(0..40usize, 0..9)) {
            let line = |at: usize, mark: &str| format!("{at}{mark}\n");
            let before: String = (0..40).map(|at| line(at, "")).collect();
            let after: String = (0..40).map(|at| line(at, if gone.contains(&at) { "!" } else { "" })).collect();
            prop_assert_eq!(unified("a", &before, &after), usual(&before, &after));
        }
    }

    /// The second text, put together by what the changes from the first are.
    fn applied(before: &str, after: &str) -> String {
        let (old, new): (Vec<&str>, Vec<&str>) =
            (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
        let ops = changes(&old, &new);
        let kept = |change: &similar::Change<&str>| change.tag() != similar::ChangeTag::Delete;
        ops.iter()
            .flat_map(|op| op.iter_changes(&old, &new))
            .filter(kept)
            .map(|change| change.value().to_owned())
            .collect()
    }

    #[test]
    fn heads_and_the_missing_end_of_a_line_are_those_that_other_programs_read() {
        for (before, after) in [
            ("a", "b"),
            ("", "a\n"),
            ("a\n", ""),
            ("a\nb", "a\nb\n"),
            ("x\na\n", "a\n"),
            ("a\r\nb\r\n", "a\r\nc\r\n"),
            ("a\n", "a\n"),
        ] {
            assert_eq!(unified("a", before, after), usual(before, after), "{before:?} {after:?}");
        }
        assert!(unified("-", "a", "b").starts_with("--- <stdin>\n+++ <stdin>\n@@ -1 +1 @@\n-a\n\\ No newline"));
    }
}
