//! Which of the lines that failed are told in full: all where they are few, else those that matter most to who has to act.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Account, Part};
use crate::diagnostic::Text;
use crate::negotiate::outcome::FailedLine;
use crate::value::Rational;

/// Most lines that are told in full, unless all are asked for.
const MOST_TOLD: usize = 30;

/// Most of them that are of one need, where not all are told.
const MOST_OF_A_NEED: usize = 3;

/// Whose need it is, and its name.
type Need<'a> = (&'a str, &'a str);

/// What is not told in full of the lines for one need.
struct Rest<'a> {
    count: usize,
    served_by: Option<&'a str>,
}

impl<'a> Account<'a> {
    /// The lines that failed, each with why, and how many more there are of each need.
    pub(super) fn failures(&self) -> Vec<Part<'a>> {
        let told = self.told_in_full();
        let is_told = |failed: &&'a FailedLine| told.iter().any(|other| std::ptr::eq(*other, *failed));
        let mut parts: Vec<Part<'a>> = told.iter().flat_map(|failed| self.failed(failed)).collect();
        let mut rest: BTreeMap<Need<'a>, Rest<'a>> = BTreeMap::new();
        for failed in self.outcome.failed.iter().filter(|failed| !is_told(failed)) {
            let served_by = failed.served_by.as_deref();
            rest.entry(need_of(failed)).or_insert(Rest { count: 0, served_by }).count += 1;
        }
        if rest.is_empty() {
            return parts;
        }
        let row = |((receiver, need), rest): (&Need<'a>, &Rest<'a>)| {
            let whose = Text::new("{need} of {receiver}").with("need", need).with("receiver", self.name(receiver));
            (whose, rest.in_words())
        };
        parts.push(Part::Heading(match told.is_empty() {
            true => Text::new("offers that are no deal"),
            false => Text::new("more offers that are no deal"),
        }));
        parts.push(Part::Rows(rest.iter().map(row).collect()));
        parts.push(Part::Sentence(Text::new("`--explain` tells what is in the way of each")));
        parts
    }

    /// Of needs that nothing serves, the lines that lack least; in the order of the outcome.
    fn told_in_full(&self) -> Vec<&'a FailedLine> {
        let all = &self.outcome.failed;
        if self.in_full || all.len() <= MOST_TOLD {
            return all.iter().collect();
        }
        let mut by_need: BTreeMap<Need<'a>, Vec<(usize, &'a FailedLine)>> = BTreeMap::new();
        for (at, failed) in all.iter().enumerate().filter(|(_, failed)| failed.served_by.is_none()) {
            by_need.entry(need_of(failed)).or_default().push((at, failed));
        }
        // The nearest line of every need comes before the second of any.
        let mut nearest: Vec<(usize, usize, &'a FailedLine)> = Vec::new();
        for mut lines in by_need.into_values() {
            lines.sort_by_cached_key(|(_, failed)| lacking(failed));
            let of_need = lines.into_iter().take(MOST_OF_A_NEED).enumerate();
            nearest.extend(of_need.map(|(place, (at, failed))| (place, at, failed)));
        }
        nearest.sort_by_cached_key(|(place, _, failed)| (*place, lacking(failed)));
        nearest.truncate(MOST_TOLD);
        nearest.sort_by_key(|(_, at, _)| *at);
        nearest.into_iter().map(|(_, _, failed)| failed).collect()
    }
}

impl Rest<'_> {
    fn in_words(&self) -> Text {
        let count = Text::counted(self.count, Text::new("1 offer"), Text::new("{n} offers"));
        match self.served_by {
            Some(offer) => {
                Text::new("{count}; it is served by `{offer}`").with_text("count", count).with("offer", offer)
            }
            None => count,
        }
    }
}

fn need_of(failed: &FailedLine) -> Need<'_> {
    (&failed.receiver, &failed.need)
}

/// How much a line lacks, the least first: one change before two, a smaller one before a larger, and what no change mends last.
fn lacking(failed: &FailedLine) -> (bool, usize, Reverse<bool>, Option<Rational>) {
    let Some(change) = failed.changes.first() else { return (true, 0, Reverse(false), None) };
    let sizes = change.edits.iter().map(|edit| Rational::from_text(edit.relative_size.as_deref()?));
    let size = sizes.collect::<Option<Vec<Rational>>>().map(|sizes| sizes.into_iter().sum::<Rational>());
    (false, change.edits.len(), Reverse(size.is_some()), size)
}
