//! When things hold (R2): windows, the life of an agreement, and days as numbers.

use crate::domain::Interval;
use crate::manifest::model::Window;
use crate::syntax::{At, NodeId};
use crate::value::{Date, Duration, DurationUnit, Rational};

/// The life of an agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Life {
    /// The days on which both manifests can be taken up; the agreement starts with the first.
    pub(super) window: Span,
    /// Its last day where a duration says it, counted from its start.
    pub(super) last: Option<Date>,
    /// Whether a duration was agreed; then the windows say nothing about its end.
    pub(super) has_duration: bool,
}

impl Life {
    /// The life of an agreement of the agreed duration in months, of which the longest counts.
    pub(super) fn new(window: Span, longest: Option<u32>) -> Self {
        let months = longest.map(|count| Duration { count, unit: DurationUnit::Month });
        let after = window.from.as_ref().zip(months.as_ref()).and_then(|(from, months)| from.add(months));
        Self { last: after.and_then(|date| date.day_before()), has_duration: longest.is_some(), window }
    }

    /// Its last day, where it has one.
    pub(super) fn end(&self) -> Option<Date> {
        if self.has_duration { self.last } else { self.window.until }
    }
}

/// A span of days, both ends inclusive; a missing end is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
}

impl Span {
    /// The days that are also in a window.
    pub(super) fn narrowed(&self, window: &Window) -> Self {
        let (from, until) = (window.from.as_ref().map(|at| &at.value), window.until.as_ref().map(|at| &at.value));
        Self { from: self.from.iter().chain(from).max().cloned(), until: self.until.iter().chain(until).min().cloned() }
    }

    /// The days that are in all of some windows.
    pub(super) fn in_all<'w>(windows: impl IntoIterator<Item = &'w Window>) -> Self {
        windows.into_iter().fold(Self::default(), |span, window| span.narrowed(window))
    }

    /// Where the first or the last of these days is written in one of the windows that they come from.
    pub(super) fn bound(&self, windows: &[&Window]) -> Option<NodeId> {
        self.beginning(windows).or_else(|| windows.iter().find_map(|window| written(&window.until, self.until)))
    }

    /// Where the first of these days is written in one of the windows that they come from.
    pub(super) fn beginning(&self, windows: &[&Window]) -> Option<NodeId> {
        windows.iter().find_map(|window| written(&window.from, self.from))
    }

    /// Whether no day is left.
    pub(super) fn is_empty(&self) -> bool {
        matches!((&self.from, &self.until), (Some(from), Some(until)) if from > until)
    }

    /// The days from its first on, as numbers.
    pub(super) fn since_start(&self) -> Interval {
        Interval::new(self.from.as_ref().map(|date| Rational::from(date.day_number())), None, None)
    }
}

/// Where an end of a window is written, if it is that day.
fn written(end: &Option<At<Date>>, day: Option<Date>) -> Option<NodeId> {
    end.as_ref().filter(|at| Some(at.value) == day).map(|at| at.node)
}
