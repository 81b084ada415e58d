//! What is told of one text, where more was found in it than anybody reads.

use std::cmp::Reverse;

use crate::diagnostic::{Diagnostic, Severity};
use crate::input::MORE_FINDINGS;

/// Most findings of one text that are told one by one.
const MOST: usize = 1_000;

/// All findings, or the worst of them: those that count before those that were waived, errors before warnings. Of the rest one
/// finding says how many there are, where the first of them stands.
pub(super) fn told(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if found.len() <= MOST {
        return found;
    }
    let mut ranked: Vec<(bool, Reverse<Severity>, usize)> = found.iter().enumerate().map(rank).collect();
    ranked.sort_unstable();
    let mut left_out = vec![false; found.len()];
    for (.., index) in ranked.iter().skip(MOST) {
        left_out.get_mut(*index).into_iter().for_each(|left_out| *left_out = true);
    }
    let mut rest = ranked.get(MOST).and_then(|(.., worst)| Some(about(found.get(*worst)?, found.len() - MOST)));
    let tell = |(finding, left_out): (Diagnostic, bool)| match left_out {
        true => rest.take().map(|rest| Diagnostic {
            place: finding.place,
            pointer: finding.pointer,
            steps: finding.steps,
            ..rest
        }),
        false => Some(finding),
    };
    found.into_iter().zip(left_out).filter_map(tell).collect()
}

fn rank((index, finding): (usize, &Diagnostic)) -> (bool, Reverse<Severity>, usize) {
    (!finding.counts(), Reverse(finding.severity), index)
}

/// The finding for so many that are left out, which matter as much as the worst of them.
fn about(worst: &Diagnostic, count: usize) -> Diagnostic {
    let finding = Diagnostic::new(&MORE_FINDINGS, worst.place).with("n", count);
    Diagnostic { severity: worst.severity, waiver: worst.waiver.clone(), ..finding }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, Waiver};
    use crate::input::{FILE_NOT_FOUND, NO_MANIFESTS};
    use crate::source::{Source, Sources, Span};

    /// So many findings, one a byte; every second is a warning.
    fn found(count: usize) -> Vec<Diagnostic> {
        let source = Sources::new().add(Source::new("x", "x".repeat(count)));
        let finding = |at: usize| Diagnostic::new(&FILE_NOT_FOUND, Place::new(source, Span::new(at, at + 1)));
        let severity = |at: usize| if at.is_multiple_of(2) { Severity::Warning } else { Severity::Error };
        (0..count).map(|at| Diagnostic { severity: severity(at), ..finding(at) }).collect()
    }

    #[test]
    fn as_many_as_can_be_read_are_told_as_they_are() {
        assert_eq!(told(found(MOST)), found(MOST));
    }

    #[test]
    fn of_more_the_worst_are_told_in_order_and_the_rest_is_counted_where_it_begins() {
        let told = told(found(1_600));
        assert_eq!(told.len(), MOST + 1);
        assert!(told.is_sorted_by_key(|finding| finding.place));
        let errors = told.iter().filter(|finding| finding.severity == Severity::Error).count();
        assert_eq!(errors, 800, "all that there are");
        let rest: Vec<&Diagnostic> = told.iter().filter(|finding| finding.rule == &MORE_FINDINGS).collect();
        let [rest] = rest.as_slice() else { panic!("{rest:?}") };
        assert_eq!((rest.place.span.start, rest.severity), (400, Severity::Warning));
        assert_eq!(rest.message.english(), "600 more findings are left out from here on");
    }

    #[test]
    fn what_was_waived_is_left_out_before_what_counts() {
        let mut many = found(1_001);
        many.iter_mut().for_each(|finding| finding.waiver = Some(Waiver::Baseline));
        let last = Diagnostic { waiver: None, rule: &NO_MANIFESTS, severity: Severity::Info, ..many[1_000].clone() };
        many[1_000] = last.clone();
        let told = told(many);
        assert_eq!(told.last(), Some(&last));
        assert!(told.iter().any(|finding| finding.rule == &MORE_FINDINGS && !finding.counts()));
    }
}
