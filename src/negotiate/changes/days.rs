//! Changes of days: a window that holds longer, or from an earlier day on.

use super::{Proposal, TermEdit};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::Window;
use crate::negotiate::candidate::Candidate;
use crate::negotiate::terms::{Issue, Meeting};
use crate::negotiate::time::Span;
use crate::negotiate::write;
use crate::syntax::NodeId;
use crate::value::Date;

/// An end of a window at another day.
#[derive(Clone, Copy, Debug)]
pub(super) struct MovedDay {
    role: Role,
    /// The end, by where it is written.
    node: NodeId,
    day: Date,
}

/// An end of a window, where it is written, and the day to which it moves.
pub(super) struct Reach {
    pub(super) node: NodeId,
    pub(super) day: Date,
    pub(super) to: Text,
}

/// The ends of a window that keep it from some days: the last day too soon for their first, the first too late for their last.
pub(super) fn reaching(window: &Window, days: &Span) -> Vec<Reach> {
    let too_soon = window.until.as_ref().zip(days.from).filter(|(until, from)| until.value < *from);
    let too_late = window.from.as_ref().zip(days.until).filter(|(from, until)| from.value > *until);
    let longer = too_soon.map(|(until, day)| (until.node, day, Text::new("let it be valid until {day}")));
    let sooner = too_late.map(|(from, day)| (from.node, day, Text::new("let it be valid from {day} on")));
    let ends = longer.into_iter().chain(sooner);
    ends.map(|(node, day, to)| Reach { node, day, to: to.with("day", day) }).collect()
}

/// Windows of a line that have no day in common, each moved to where the others are.
pub(super) fn in_common(candidate: &Candidate<'_>) -> Vec<Proposal> {
    moved(candidate, &candidate.span)
}

/// Windows that begin after the last day of delivery, moved to that day.
pub(super) fn before_a_delivery(candidate: &Candidate<'_>, issue: &Issue<'_>) -> Vec<Proposal> {
    let Meeting::Range(range) = &*issue.meeting else { return Vec::new() };
    let last = range.set.hi().filter(|_| issue.key == "delivery_date").and_then(write::whole);
    moved(candidate, &Span { from: None, until: last.and_then(Date::from_day_number) })
}

fn moved(candidate: &Candidate<'_>, days: &Span) -> Vec<Proposal> {
    let of = |role| {
        let reaches = candidate.windows(role).into_iter().flat_map(|window| reaching(window, days));
        reaches.map(move |Reach { node, day, to }| {
            let (statement, edit) = (candidate.said(role, node), TermEdit::Day(MovedDay { role, node, day }));
            Proposal { role, statement, to, size: None, edit }
        })
    };
    Role::BOTH.into_iter().flat_map(of).collect()
}

impl<'a> Candidate<'a> {
    /// The same pair with some ends of its windows at other days.
    pub(super) fn on_days(&self, moved: &[MovedDay]) -> Self {
        let mut candidate = self.clone();
        let windows =
            Role::BOTH.into_iter().flat_map(|role| self.windows(role).into_iter().map(move |window| (role, window)));
        candidate.span = windows.fold(Span::default(), |span, (role, window)| {
            let mut window = window.clone();
            for end in [&mut window.from, &mut window.until].into_iter().flatten() {
                let day = moved.iter().find(|moved| (moved.role, moved.node) == (role, end.node));
                end.value = day.map_or(end.value, |moved| moved.day);
            }
            span.narrowed(&window)
        });
        if !candidate.span.is_empty() {
            candidate.clashes.retain(|clash| !clash.is_of_windows());
        }
        candidate
    }
}
