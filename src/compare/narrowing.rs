//! Whether a statement lets through less than it did, as far as the two alone show.
//!
//! Where it cannot be told, a change counts as one by which somebody may lose.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::facts::Extent;
use super::meaning;
use crate::domain::Interval;
use crate::manifest::model::{Audience, Condition, Fact, PlacePattern, Window};
use crate::syntax::At;
use crate::value::Rational;

/// What a change takes from partners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Taken {
    /// Nothing.
    Nothing,
    /// Something from some, perhaps.
    Perhaps,
    /// Something from everyone who had it.
    All,
}

/// What the change of one statement takes, where the entry that it belongs to is in both versions.
pub(super) fn taken(old: Option<&Extent>, new: Option<&Extent>) -> Taken {
    let narrower = match (old, new) {
        (Some(Extent::Audience(old)), Some(Extent::Audience(new))) => return audience(old, new),
        (Some(Extent::Neutral), _) | (None, Some(Extent::Neutral)) | (None, None) => false,
        (Some(Extent::Class(old)), Some(Extent::Class(new))) => !covers(new, old),
        (Some(Extent::Window(old)), new) => window(old, new),
        (None, Some(Extent::Window(new))) => window(&Window::default(), Some(&Extent::Window(new.clone()))),
        (Some(Extent::Stated(old)), Some(Extent::Stated(new))) => !old.is_subset(new),
        (Some(Extent::Stated(_)), None) => true,
        (None, Some(Extent::Stated(_))) => false,
        (Some(Extent::Asked(old)), Some(Extent::Asked(new))) => !new.is_subset(old),
        (None, Some(Extent::Asked(_))) => true,
        (Some(Extent::Asked(_)), None) => false,
        (Some(Extent::Options { values: old, .. }), Some(Extent::Options { values: new, .. })) => !old.is_subset(new),
        (
            Some(Extent::Numbers { range: old, scale: on, costs: before, .. }),
            Some(Extent::Numbers { range: new, scale, costs, .. }),
        ) => on != scale || before != costs || !holds(new, old),
        (Some(Extent::Numbers { silence_accepts, .. } | Extent::Options { silence_accepts, .. }), None) => {
            !silence_accepts
        }
        (None, Some(Extent::Numbers { silence_accepts, .. } | Extent::Options { silence_accepts, .. })) => {
            *silence_accepts
        }
        (Some(Extent::Limit { amounts: old, unit: before, asks }), Some(Extent::Limit { amounts: new, unit, .. })) => {
            before != unit || limit(old, new, *asks)
        }
        _ => true,
    };
    if narrower { Taken::Perhaps } else { Taken::Nothing }
}

/// What is taken where an entry is gone.
pub(super) fn entry_gone(old: &Extent) -> Taken {
    match old {
        Extent::Entry(Audience::Nobody) => Taken::Nothing,
        Extent::Entry(_) => Taken::All,
        _ => Taken::Nothing,
    }
}

fn audience(old: &Audience, new: &Audience) -> Taken {
    match (old, new) {
        (Audience::Nobody, _) | (_, Audience::Anyone) => Taken::Nothing,
        (_, Audience::Nobody) => Taken::All,
        (Audience::Anyone, Audience::Classes(_)) => Taken::Perhaps,
        (Audience::Classes(old), Audience::Classes(new)) => {
            let names =
                |classes: &[At<SmolStr>]| classes.iter().map(|class| class.value.clone()).collect::<BTreeSet<_>>();
            if names(old).is_subset(&names(new)) { Taken::Nothing } else { Taken::Perhaps }
        }
    }
}

fn window(old: &Window, new: Option<&Extent>) -> bool {
    let open = Window::default();
    let new = match new {
        Some(Extent::Window(new)) => new,
        _ => &open,
    };
    let later = match (&old.from, &new.from) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(old), Some(new)) => new.value > old.value,
    };
    let earlier = match (&old.until, &new.until) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(old), Some(new)) => new.value < old.value,
    };
    later || earlier
}

/// Whether every number of one interval is in another.
fn holds(outer: &Interval, inner: &Interval) -> bool {
    if inner.is_empty() {
        return true;
    }
    let low = match (outer.lo(), inner.lo()) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(outer), Some(inner)) => outer <= inner,
    };
    let high = match (outer.hi(), inner.hi()) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(outer), Some(inner)) => outer >= inner,
    };
    let step = match (outer.step(), inner.step()) {
        (None, _) => true,
        (Some(outer), Some(inner)) => inner.is_multiple_of(outer),
        (Some(outer), None) => inner.single().is_some_and(|value| value.is_multiple_of(outer)),
    };
    low && high && step
}

/// Whether a limit of price moved against the partners: up where we sell, down where we buy.
fn limit(old: &[Rational], new: &[Rational], asks: bool) -> bool {
    old.len() != new.len() || old.iter().zip(new).any(|(old, new)| if asks { new < old } else { new > old })
}

/// Whether whoever meets one condition meets the other; where it cannot be told, not.
pub(super) fn covers(outer: &Condition, inner: &Condition) -> bool {
    if meaning::condition(outer) == meaning::condition(inner) {
        return true;
    }
    let each = |list: &[At<Condition>]| list.iter().all(|part| covers(outer, &part.value));
    let some = |list: &[At<Condition>]| list.iter().any(|part| covers(outer, &part.value));
    let by_inner = match inner {
        Condition::Any(list) => each(list),
        Condition::All(list) => some(list),
        _ => false,
    };
    by_inner
        || match (outer, inner) {
            (Condition::All(list), _) => list.iter().all(|part| covers(&part.value, inner)),
            (Condition::Any(list), _) => list.iter().any(|part| covers(&part.value, inner)),
            (Condition::None(list), Condition::None(others)) => {
                list.iter().all(|part| others.iter().any(|other| covers(&other.value, &part.value)))
            }
            (Condition::AtLeast(count, list), Condition::AtLeast(other, others)) => {
                let same =
                    |list: &[At<Condition>]| meaning::sorted(list.iter().map(|part| meaning::condition(&part.value)));
                count <= other && same(list) == same(others)
            }
            (Condition::Fact(outer), Condition::Fact(inner)) => fact_covers(outer, inner),
            _ => false,
        }
}

fn fact_covers(outer: &Fact, inner: &Fact) -> bool {
    let all = |outer: &[SmolStr], inner: &[SmolStr]| inner.iter().all(|value| outer.contains(value));
    match (outer, inner) {
        (Fact::LegalForm(outer), Fact::LegalForm(inner))
        | (Fact::MemberOf(outer), Fact::MemberOf(inner))
        | (Fact::Practice(outer), Fact::Practice(inner))
        | (Fact::Id(outer), Fact::Id(inner))
        | (Fact::Certificate(outer), Fact::Certificate(inner))
        | (Fact::Grants(outer), Fact::Grants(inner))
        | (Fact::Partner(outer), Fact::Partner(inner)) => all(outer, inner),
        (Fact::Members { at_least: low, at_most: high }, Fact::Members { at_least, at_most }) => {
            low.is_none_or(|low| at_least.is_some_and(|least| least >= low))
                && high.is_none_or(|high| at_most.is_some_and(|most| most <= high))
        }
        (Fact::Place(outer), Fact::Place(inner)) => {
            inner.iter().all(|place| outer.iter().any(|wider| place_covers(wider, place)))
        }
        _ => false,
    }
}

fn place_covers(outer: &PlacePattern, inner: &PlacePattern) -> bool {
    let part = |outer: &Option<SmolStr>, inner: &Option<SmolStr>| outer.is_none() || outer == inner;
    part(&outer.country, &inner.country)
        && part(&outer.subdivision, &inner.subdivision)
        && part(&outer.locality, &inner.locality)
}
