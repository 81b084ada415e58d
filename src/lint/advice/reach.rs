//! Who can fit a class at all: what its condition leaves of all the coops that there may be.
//!
//! What is left is told too widely rather than too narrowly: a condition of which nothing is left is one that nobody can
//! fit. Nothing here knows any other manifest.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::manifest::model::{ANYONE, Condition, Fact, Manifest, PlacePattern};
use crate::syntax::At;
use crate::vocab::codes;

/// Values of one fact, and facts of one coop, beyond which nobody contradicts himself by mistake.
const MOST: usize = 64;

/// Classes that rest on each other beyond which none is looked through.
const DEEPEST: usize = 32;

/// Who is left.
#[derive(Clone, Debug, Default)]
pub(super) struct Left<'a> {
    /// Of facts of which a coop has one: the values that will do.
    one_of: BTreeMap<&'static str, BTreeSet<&'a str>>,
    /// Of facts of which a coop has several: values of which one must be among them.
    held: BTreeSet<(&'static str, Vec<&'a str>)>,
    /// Values that will not do.
    denied: BTreeSet<(&'static str, &'a str)>,
    /// Places that will not do.
    denied_places: Vec<&'a PlacePattern>,
    at_least: u64,
    at_most: Option<u64>,
    /// Whether the number of members must be stated.
    counted: bool,
}

impl<'a> Left<'a> {
    /// Those who fit both.
    ///
    /// # Errors
    /// The fact of which two statements cannot hold together.
    pub(super) fn and(&self, other: &Self) -> Result<Self, &'static str> {
        let mut both = self.clone();
        for (fact, values) in &other.one_of {
            let common = match both.one_of.get(fact) {
                Some(own) => own.intersection(values).copied().collect(),
                None => values.clone(),
            };
            both.one_of.insert(fact, common);
        }
        both.at_least = both.at_least.max(other.at_least);
        both.at_most = [both.at_most, other.at_most].into_iter().flatten().min();
        both.counted |= other.counted;
        both.held.extend(other.held.iter().take(MOST.saturating_sub(both.held.len())).cloned());
        both.denied.extend(other.denied.iter().take(MOST.saturating_sub(both.denied.len())));
        both.deny_places(other.denied_places.iter().copied());
        both.conflict().map_or(Ok(both), Err)
    }

    /// Those who fit one of the two, and maybe some more.
    fn or(&self, other: &Self) -> Self {
        let both = |(fact, values): (&&'static str, &BTreeSet<&'a str>)| {
            let all: BTreeSet<&str> = values.union(other.one_of.get(fact)?).copied().collect();
            (all.len() <= MOST).then_some((*fact, all))
        };
        Self {
            one_of: self.one_of.iter().filter_map(both).collect(),
            held: self.held.intersection(&other.held).cloned().collect(),
            denied: self.denied.intersection(&other.denied).copied().collect(),
            denied_places: self
                .denied_places
                .iter()
                .filter(|place| other.denied_places.contains(place))
                .copied()
                .collect(),
            at_least: self.at_least.min(other.at_least),
            at_most: self.at_most.zip(other.at_most).map(|(a, b)| a.max(b)),
            counted: self.counted && other.counted,
        }
    }

    /// The fact of which nothing is left.
    fn conflict(&self) -> Option<&'static str> {
        let is_denied =
            |fact: &'static str, value: &str| self.denied.iter().any(|(key, no)| *key == fact && *no == value);
        let single = self.one_of.iter().find(|(fact, values)| values.iter().all(|value| is_denied(fact, value)));
        let several = || self.held.iter().find(|(fact, values)| values.iter().all(|value| is_denied(fact, value)));
        let no_form = || codes::LEGAL_FORMS.iter().all(|form| is_denied("legal_form", form.code));
        let no_place = || self.denied_places.iter().find_map(|place| self.lies_in(place));
        // Who states its number of members has one.
        let no_count = || self.counted && self.at_most.is_some_and(|most| most < self.at_least.max(1));
        single
            .map(|(fact, _)| *fact)
            .or_else(|| several().map(|(fact, _)| *fact))
            .or_else(|| no_form().then_some("legal_form"))
            .or_else(no_place)
            .or_else(|| no_count().then_some("members"))
    }

    /// The narrowest part of a place in which everybody is who is left; `None` where some may be elsewhere.
    fn lies_in(&self, place: &PlacePattern) -> Option<&'static str> {
        let is_all = |(fact, value): (&'static str, &SmolStr)| {
            let values = self.one_of.get(fact);
            values.is_some_and(|values| values.iter().all(|own| own == value)).then_some(fact)
        };
        let parts = PARTS.iter().filter_map(|(fact, part)| Some((*fact, part(place)?)));
        parts.map(is_all).collect::<Option<Vec<_>>>()?.last().copied()
    }

    fn deny_places(&mut self, places: impl Iterator<Item = &'a PlacePattern>) {
        let room = MOST.saturating_sub(self.denied_places.len());
        self.denied_places.extend(places.take(room));
    }

    fn only(mut self, fact: &'static str, values: &'a [SmolStr]) -> Self {
        if values.len() <= MOST {
            self.one_of.insert(fact, values.iter().map(SmolStr::as_str).collect());
        }
        self
    }

    fn holding(mut self, fact: &'static str, values: &'a [SmolStr]) -> Self {
        if values.len() <= MOST {
            self.held.insert((fact, values.iter().map(SmolStr::as_str).collect()));
        }
        self
    }

    fn deny(&mut self, fact: &'static str, values: impl Iterator<Item = &'a SmolStr>) {
        let room = MOST.saturating_sub(self.denied.len());
        self.denied.extend(values.take(room).map(|value| (fact, value.as_str())));
    }
}

/// What is left by class: those who fit it, or the fact that keeps everybody out.
pub(super) struct Reach<'a> {
    manifest: &'a Manifest,
    classes: BTreeMap<&'a str, Result<Left<'a>, &'static str>>,
}

impl<'a> Reach<'a> {
    /// Of all classes of a manifest, none of which reaches itself.
    pub(super) fn of(manifest: &'a Manifest) -> Self {
        let mut reach = Self { manifest, classes: BTreeMap::new() };
        for name in manifest.partners.keys() {
            let _ = reach.class(name, 0);
        }
        reach
    }

    /// What is left of a class; everybody of one that is not known.
    pub(super) fn left(&self, class: &str) -> Result<Left<'a>, &'static str> {
        self.classes.get(class).cloned().unwrap_or_else(|| Ok(self.everybody()))
    }

    /// Whether a class is one that nobody can fit.
    pub(super) fn is_closed(&self, class: &str) -> bool {
        self.classes.get(class).is_some_and(Result::is_err)
    }

    /// All but ourselves, since nobody deals with itself.
    pub(super) fn everybody(&self) -> Left<'a> {
        let mut left = Left::default();
        left.deny("id", std::iter::once(&self.manifest.coop.id.value));
        left
    }

    fn class(&mut self, name: &str, depth: usize) -> Result<Left<'a>, &'static str> {
        let manifest = self.manifest;
        let Some((name, condition)) = manifest.partners.get_key_value(name).filter(|_| depth < DEEPEST) else {
            return Ok(self.everybody());
        };
        if let Some(known) = self.classes.get(name.as_str()) {
            return known.clone();
        }
        let left = self.condition(condition, depth);
        self.classes.insert(name, left.clone());
        left
    }

    fn condition(&mut self, condition: &'a At<Condition>, depth: usize) -> Result<Left<'a>, &'static str> {
        match &condition.value {
            Condition::All(parts) => self.all(parts, depth),
            Condition::Any(parts) => self.some(1, parts, depth),
            Condition::AtLeast(count, parts) if *count == parts.len() => self.all(parts, depth),
            Condition::AtLeast(count, parts) => self.some(*count, parts, depth),
            Condition::None(parts) => {
                let mut left = self.everybody();
                parts.iter().for_each(|part| deny(&mut left, part));
                left.conflict().map_or(Ok(left), Err)
            }
            Condition::Fact(fact) => self.fact(fact, depth),
        }
    }

    fn all(&mut self, parts: &'a [At<Condition>], depth: usize) -> Result<Left<'a>, &'static str> {
        parts.iter().try_fold(self.everybody(), |left, part| left.and(&self.condition(part, depth)?))
    }

    fn some(&mut self, count: usize, parts: &'a [At<Condition>], depth: usize) -> Result<Left<'a>, &'static str> {
        let each: Vec<_> = parts.iter().map(|part| self.condition(part, depth)).collect();
        let open = each.iter().flatten();
        if open.clone().count() < count {
            return Err(each.iter().find_map(|part| part.as_ref().err().copied()).unwrap_or("of"));
        }
        // Where each two keep each other out, no two of them are fitted.
        let open: Vec<&Left<'_>> = open.collect();
        let apart = |(at, one): (usize, &&Left<'a>)| {
            open.iter().skip(at + 1).map(|other| one.and(other).err()).collect::<Vec<Option<&'static str>>>()
        };
        if count > 1 && open.len() <= MOST {
            let pairs: Vec<_> = open.iter().enumerate().flat_map(apart).collect();
            if let Some(fact) = pairs.first().copied().flatten().filter(|_| pairs.iter().all(Option::is_some)) {
                return Err(fact);
            }
        }
        Ok(open.into_iter().cloned().reduce(|a, b| a.or(&b)).unwrap_or_else(|| self.everybody()))
    }

    fn fact(&mut self, fact: &'a Fact, depth: usize) -> Result<Left<'a>, &'static str> {
        let left = self.everybody();
        let left = match fact {
            Fact::LegalForm(forms) => left.only("legal_form", forms),
            Fact::Id(ids) => left.only("id", ids),
            Fact::Practice(practices) => left.holding("practice", practices),
            Fact::MemberOf(federations) => left.holding("member_of", federations),
            Fact::Certificate(names) => left.holding("certificate", names),
            Fact::Members { at_least, at_most } => {
                Left { at_least: at_least.unwrap_or(0), at_most: *at_most, counted: true, ..left }
            }
            Fact::Place(places) => in_places(left, places),
            Fact::Grants(_) => left,
            Fact::Partner(classes) => {
                let each: Vec<_> = classes.iter().map(|class| self.class(class, depth + 1)).collect();
                let open = each.iter().flatten().cloned().reduce(|a, b| a.or(&b));
                return open.ok_or("partner");
            }
        };
        left.conflict().map_or(Ok(left), Err)
    }
}

type Part = fn(&PlacePattern) -> Option<&SmolStr>;

/// The parts of a place, the widest first.
const PARTS: [(&str, Part); 3] = [
    ("place.country", |place| place.country.as_ref()),
    ("place.subdivision", |place| place.subdivision.as_ref()),
    ("place.locality", |place| place.locality.as_ref()),
];

/// What a list of places leaves: of each part, the values that the list names, where every place names one.
fn in_places<'a>(mut left: Left<'a>, places: &'a [PlacePattern]) -> Left<'a> {
    for (fact, part) in PARTS {
        let values: Option<BTreeSet<&str>> = places.iter().map(|place| part(place).map(SmolStr::as_str)).collect();
        if let Some(values) = values.filter(|values| values.len() <= MOST) {
            left.one_of.insert(fact, values);
        }
    }
    left
}

/// Takes away those of whom a fact holds. What is denied of several facts together denies none of them alone.
fn deny<'a>(left: &mut Left<'a>, part: &'a At<Condition>) {
    match &part.value {
        Condition::Any(parts) => parts.iter().for_each(|part| deny(left, part)),
        Condition::Fact(Fact::LegalForm(forms)) => left.deny("legal_form", forms.iter()),
        Condition::Fact(Fact::Id(ids)) => left.deny("id", ids.iter()),
        Condition::Fact(Fact::Practice(practices)) => left.deny("practice", practices.iter()),
        Condition::Fact(Fact::MemberOf(federations)) => left.deny("member_of", federations.iter()),
        Condition::Fact(Fact::Certificate(names)) => left.deny("certificate", names.iter()),
        Condition::Fact(Fact::Members { at_least: Some(least), at_most: None }) => {
            let below = least.saturating_sub(1);
            left.at_most = Some(left.at_most.map_or(below, |most| most.min(below)));
        }
        Condition::Fact(Fact::Members { at_least: None, at_most: Some(most) }) => {
            left.at_least = left.at_least.max(most.saturating_add(1));
        }
        Condition::Fact(Fact::Place(places)) => {
            let whole = places.iter().filter(|place| place.subdivision.is_none() && place.locality.is_none());
            left.deny("place.country", whole.filter_map(|place| place.country.as_ref()));
            let regions = places.iter().filter(|place| place.locality.is_none());
            left.deny("place.subdivision", regions.filter_map(|place| place.subdivision.as_ref()));
            let towns = places.iter().filter(|place| place.country.is_none() && place.subdivision.is_none());
            left.deny("place.locality", towns.filter_map(|place| place.locality.as_ref()));
            left.deny_places(places.iter());
        }
        Condition::Fact(_) | Condition::All(_) | Condition::AtLeast(..) | Condition::None(_) => {}
    }
}

/// Whether every coop that states what a condition asks about fits it.
pub(super) fn holds_of_all(reach: &Reach<'_>, condition: &At<Condition>) -> bool {
    let all = |part: &At<Condition>| holds_of_all(reach, part);
    match &condition.value {
        Condition::All(parts) => parts.iter().all(all),
        Condition::Any(parts) => parts.iter().any(all) || hold_of_all_together(parts),
        Condition::AtLeast(count, parts) => parts.iter().filter(|part| all(part)).count() >= *count,
        Condition::None(parts) => parts.iter().all(|part| is_ourselves(reach, part)),
        Condition::Fact(Fact::LegalForm(forms)) => {
            codes::LEGAL_FORMS.iter().all(|form| forms.iter().any(|own| own == form.code))
        }
        Condition::Fact(Fact::Members { at_least, at_most: None }) => at_least.is_none_or(|least| least <= 1),
        Condition::Fact(Fact::Partner(classes)) => classes.iter().any(|class| class == ANYONE),
        Condition::Fact(_) => false,
    }
}

/// Whether of several ways to fit there is one for every coop that states what they ask about: what one denies another asks, or
/// legal forms or numbers of members that leave none out.
fn hold_of_all_together(parts: &[At<Condition>]) -> bool {
    let parts: Vec<&Condition> = parts.iter().map(|part| alone(&part.value)).collect();
    let is_asked = |denied: &At<Condition>| parts.contains(&&denied.value);
    let denied = parts.iter().any(|part| matches!(part, Condition::None(denied) if denied.iter().all(is_asked)));
    let is_form = |form: &str| {
        parts
            .iter()
            .any(|part| matches!(part, Condition::Fact(Fact::LegalForm(forms)) if forms.iter().any(|own| own == form)))
    };
    denied || codes::LEGAL_FORMS.iter().all(|form| is_form(form.code)) || counts_all(&parts)
}

/// A condition without the group around it that holds nothing else.
fn alone(condition: &Condition) -> &Condition {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => match parts.as_slice() {
            [only] => alone(&only.value),
            _ => condition,
        },
        _ => condition,
    }
}

/// Whether the numbers of members of several ways leave out none from one on.
fn counts_all(parts: &[&Condition]) -> bool {
    let span = |part: &&Condition| match part {
        Condition::Fact(Fact::Members { at_least, at_most }) => Some((at_least.unwrap_or(0), *at_most)),
        _ => None,
    };
    let mut spans: Vec<(u64, Option<u64>)> = parts.iter().filter_map(span).collect();
    spans.sort_unstable();
    // Up to which number all are let in; `None` where there is no end.
    let mut most = Some(0_u64);
    for (least, end) in spans {
        let Some(reached) = most else { break };
        if least > reached.saturating_add(1) {
            return false;
        }
        most = end.map(|end| end.max(reached));
    }
    most.is_none()
}

/// Whether a condition holds of nobody but ourselves, who are nobody's partner.
fn is_ourselves(reach: &Reach<'_>, part: &At<Condition>) -> bool {
    matches!(&part.value, Condition::Fact(Fact::Id(ids)) if ids.iter().all(|id| *id == reach.manifest.coop.id.value))
}
